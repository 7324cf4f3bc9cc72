/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The integrity check: the pages, the log against the rows, search against the rows, totals against
 * the rows, attachments against their hashes. And the repair of everything that can be computed. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-error.h"
#include "kontor-workspace-private.h"
#include <string.h>
#include <glib/gi18n-lib.h>

#define MAX_PROBLEMS 200
#define REPORT_EVERY 1024

static void add_problem (GPtrArray *problems, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_problem (GPtrArray *problems, const char *format, ...)
{
  va_list args;

  if (problems->len >= MAX_PROBLEMS)
    return;
  va_start (args, format);
  g_ptr_array_add (problems, g_strdup_vprintf (format, args));
  va_end (args);
}

/* --- Pages -------------------------------------------------------------------------------- */

static gboolean
check_pages (KontorDb *db, GPtrArray *problems, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db, "PRAGMA integrity_check(50)", error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (row)
    {
      g_autoptr(GError) local_error = NULL;

      if (!kontor_db_step (db, stmt, &row, &local_error))
        {
          /* A page that can't be read at all is what was looked for. */
          if (kontor_error_is (local_error, KONTOR_ERROR_CORRUPT))
            {
              add_problem (problems, "%s", local_error->message);
              return TRUE;
            }
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (row && g_strcmp0 ((const char *) sqlite3_column_text (stmt, 0), "ok") != 0)
        add_problem (problems,
                     /* Translators: %s is what SQLite says. */
                     _("The file is damaged: %s"),
                     (const char *) sqlite3_column_text (stmt, 0));
    }
  sqlite3_reset (stmt);
  return TRUE;
}

/* --- The log ------------------------------------------------------------------------------ */

typedef struct
{
  KontorDb *db;
  GPtrArray *problems;
  KontorRecord *record; /* of .id, or NULL */
  KontorId id;
  gboolean is_known;
  gboolean is_trashed; /* by the log */
  gboolean has_trash;  /* the log says something about it */
  GHashTable *seen;    /* fields a later operation has set */
} LogCheck;

static void
report_field (LogCheck *check, const KontorRecordType *type, const char *field)
{
  char id[KONTOR_ID_TEXT_SIZE];

  kontor_id_format (&check->id, id);
  if (field != NULL)
    add_problem (check->problems,
                 /* Translators: a kind of record, an id, the name of a field. */
                 _("%s %s: “%s” is not what its history says."),
                 kontor_record_type_get_label (type),
                 id,
                 field);
  else
    add_problem (check->problems,
                 /* Translators: a kind of record, an id. */
                 _("%s %s: its history says something else about the trash or whether it exists."),
                 kontor_record_type_get_label (type),
                 id);
}

static void
check_existence (LogCheck *check, const KontorLogEntry *entry)
{
  gboolean gone = entry->kind == KONTOR_OP_KIND_PURGE;

  check->is_known = TRUE;
  if (gone != (check->record == NULL))
    report_field (check, entry->type, NULL);
}

static void
check_trash (LogCheck *check, const KontorLogEntry *entry)
{
  gboolean trashed;

  if (check->has_trash || check->record == NULL || (entry->type->flags & KONTOR_TYPE_SET) != 0)
    return;
  if (entry->kind == KONTOR_OP_KIND_DEL)
    trashed = TRUE;
  else if (entry->kind == KONTOR_OP_KIND_UNDEL || entry->kind == KONTOR_OP_KIND_NEW)
    trashed = FALSE;
  else
    return;
  check->has_trash = TRUE;
  if (trashed != kontor_record_is_trashed (check->record))
    report_field (check, entry->type, NULL);
}

/* Newest first: the first word about a field is the last one that was spoken. */
static void
check_fields (LogCheck *check, const KontorLogEntry *entry)
{
  if (check->record == NULL || entry->fields == NULL)
    return;
  for (guint i = 0; i < entry->fields->len; i++)
    {
      const KontorLogField *logged = &g_array_index (entry->fields, KontorLogField, i);
      g_auto(KontorValue) present = KONTOR_VALUE_INIT;

      /* Of a counter the log has what was added. */
      if (!g_hash_table_add (check->seen, (gpointer) logged->field) ||
          entry->kind == KONTOR_OP_KIND_INC)
        continue;
      kontor_record_get_value (check->record, logged->field, &present);
      if (!kontor_value_equal (&present, &logged->now))
        report_field (check, entry->type, logged->field->name);
    }
}

static gboolean
take_record (LogCheck *check, const KontorLogEntry *entry, GError **error)
{
  GError *local_error = NULL;

  if (kontor_id_equal (&check->id, &entry->id))
    return TRUE;
  g_clear_object (&check->record);
  g_hash_table_remove_all (check->seen);
  check->id = entry->id;
  check->is_known = check->has_trash = FALSE;
  check->record =
    kontor_rows_get (check->db, entry->type, &entry->id, KONTOR_READ_TRASHED, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

static gboolean
check_entry (LogCheck *check, const KontorLogEntry *entry, GError **error)
{
  if (entry->type == NULL)
    return TRUE;
  if (!take_record (check, entry, error))
    return FALSE;
  if (!check->is_known)
    check_existence (check, entry);
  check_trash (check, entry);
  check_fields (check, entry);
  return TRUE;
}

static gboolean
check_log (KontorDb *db,
           GPtrArray *problems,
           KontorProgress progress,
           gpointer data,
           GError **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  LogCheck check = { .db = db, .problems = problems, .seen = seen };
  guint64 total = kontor_db_get_integer (db, "SELECT count(*) FROM change_op", 0), done = 0;
  sqlite3_stmt *stmt = kontor_db_prepare (db,
                                          "SELECT " KONTOR_LOG_COLUMNS
                                          " FROM change_op o ORDER BY o.id DESC,o.x DESC,o.i DESC",
                                          error);
  gboolean row = TRUE, ok = stmt != NULL;

  while (ok && row)
    {
      g_auto(KontorLogEntry) entry = { 0 };
      GError *local_error = NULL;

      ok = kontor_db_step (db, stmt, &row, error);
      if (!ok || !row)
        break;
      if (kontor_log_entry_read (db, stmt, 0, &entry, &local_error))
        ok = check_entry (&check, &entry, error);
      else if (local_error != NULL)
        {
          add_problem (problems,
                       _("A line of the history can't be read: %s"),
                       local_error->message);
          g_error_free (local_error);
        }
      if (++done % REPORT_EVERY == 0 && progress != NULL)
        progress (done, total, data);
    }
  if (stmt != NULL)
    sqlite3_reset (stmt);
  g_clear_object (&check.record);
  return ok;
}

/* --- All of it ---------------------------------------------------------------------------- */

static gboolean
set_mark (KontorDb *db, gboolean on, GError **error)
{
  if (!kontor_db_begin (db, error))
    return FALSE;
  if (kontor_db_set_meta (db, "bulk", on ? "1" : NULL, error) && kontor_db_commit (db, error))
    return TRUE;
  kontor_db_rollback (db);
  return FALSE;
}

/* What is broken off is done at the next opening, for the sake of the mark. Until the search index
 * is made anew nothing may be taken out of it: it may be what is damaged. */
static gboolean
repair_all (KontorDb *db, KontorProgress progress, gpointer data, GError **error)
{
  if (!set_mark (db, TRUE, error))
    return FALSE;
  db->search_later = TRUE;
  return kontor_db_exec (db, "REINDEX", error) &&
         kontor_ddl_build_indexes (db, progress, data, error) &&
         kontor_derive_rebuild (db, progress, data, error) &&
         kontor_search_rebuild_index (db, progress, data, error) &&
         kontor_totals_rebuild (db, error) && set_mark (db, FALSE, error);
}

/**
 * kontor_check_run:
 * @db: a connection; the writing one for @repair
 * @repair: rebuild indexes, computed columns, search and totals first
 * @problems: (element-type utf8): one sentence each is added
 * @progress: (nullable): told how far it is
 * @data: for @progress
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set where the check itself could not be made
 */
gboolean
kontor_check_run (KontorDb *db,
                  gboolean repair,
                  GPtrArray *problems,
                  KontorProgress progress,
                  gpointer data,
                  GError **error)
{
  guint n_before = problems->len;

  if (repair && !repair_all (db, progress, data, error))
    return FALSE;
  if (!check_pages (db, problems, error))
    return FALSE;
  /* What stands on damaged pages would only be reported once more. */
  if (problems->len > n_before)
    return TRUE;
  return check_log (db, problems, progress, data, error) &&
         kontor_search_check (db, problems, error) && kontor_totals_check (db, problems, error) &&
         kontor_blob_check (db, problems, error);
}
