/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of vCards through the rows of an import. It is read twice: first organisations and groups,
 * then the people who work there and belong to them. */
#include "config.h"

#include "kontor-card-private.h"
#include "kontor-error.h"
#include "kontor-import-rows-private.h"
#include "kontor-import-run-private.h"
#include "kontor-model.h"
#include "kontor-vcard-reader.h"
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* With so many cards, against those that are there, building the indexes anew is the cheaper way.
 */
#define BULK_CARDS 2000
#define ASK_COST 50

/* Cards of one type on their way. */
typedef struct
{
  KontorCardPlan *cards;  /* owned */
  KontorImportPlan *plan; /* owned */
  KontorImportRows *rows; /* owned */
  KontorCardRow *row;     /* borrowed: the present one */
  int points[6];          /* slots by kind */
  int address, job, attachment;
  const KontorImportCell *account; /* (nullable): the column of the organisation */
} Stream;

typedef struct
{
  KontorImportRun *run;
  KontorSchema *schema; /* owned */
  Stream people, organisations;
  GHashTable *groups; /* UID or address of a member → (element-type utf8) names of its groups */
  guint pass;
  guint64 n;
} Cards;

static const char *const point_kinds[] = { "phone", "mobile", "fax", "mail", "web", "messenger" };

static void
clear_stream (Stream *stream)
{
  kontor_import_rows_free (stream->rows);
  kontor_import_plan_free (stream->plan);
  kontor_card_plan_free (stream->cards);
}

/* The people's rows own the match that both use. */
static void
clear_cards (Cards *cards)
{
  clear_stream (&cards->organisations);
  clear_stream (&cards->people);
  g_clear_pointer (&cards->groups, g_hash_table_unref);
  g_clear_pointer (&cards->schema, kontor_schema_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cards, clear_cards)

/* --- A row into the draft --------------------------------------------------------------------- */

static void
add_points (Stream *stream, KontorImportDraft *draft)
{
  for (guint i = 0; i < stream->row->points->len; i++)
    {
      KontorRecord *point = g_ptr_array_index (stream->row->points, i);
      const char *kind = kontor_record_get_text (point, KONTOR_CONTACT_POINT_KIND);

      for (guint k = 0; k < G_N_ELEMENTS (point_kinds); k++)
        if (g_str_equal (point_kinds[k], kind))
          kontor_import_draft_add (draft, (guint) stream->points[k], g_object_ref (point));
    }
}

static void
add_jobs (Stream *stream, KontorImportDraft *draft)
{
  for (guint i = 0; i < stream->row->jobs->len; i++)
    {
      KontorCardJob *job = g_ptr_array_index (stream->row->jobs, i);
      KontorDraftLink link = { .cell = (KontorImportCell *) stream->account,
                               .text = job->account,
                               .record = job->record };

      kontor_import_draft_add (draft, (guint) stream->job, g_object_ref (job->record));
      g_array_append_val (draft->links, link);
    }
}

static void
fill_cb (KontorImportDraft *draft, gpointer data)
{
  Stream *stream = data;
  KontorCardRow *row = stream->row;

  draft->cells = (const char *const *) row->summary;
  draft->n_cells = g_strv_length (row->summary);
  add_points (stream, draft);
  for (guint i = 0; i < row->addresses->len; i++)
    kontor_import_draft_add (draft,
                             (guint) stream->address,
                             g_object_ref (row->addresses->pdata[i]));
  for (guint i = 0; i < row->attachments->len; i++)
    kontor_import_draft_add (draft,
                             (guint) stream->attachment,
                             g_object_ref (row->attachments->pdata[i]));
  for (guint i = 0; i < row->tags->len; i++)
    g_ptr_array_add (draft->tags, g_strdup (row->tags->pdata[i]));
  for (guint i = 0; i < row->blobs->len; i++)
    g_ptr_array_add (draft->blobs, g_bytes_ref (row->blobs->pdata[i]));
  if (row->photo != NULL && draft->records[0] != NULL)
    kontor_record_set_text (draft->records[0], KONTOR_CONTACT_PHOTO, row->photo);
  if (row->main && draft->records[stream->job] != NULL)
    kontor_record_set_integer (draft->records[stream->job], KONTOR_ACCOUNT_CONTACT_MAIN, 1);
  if (stream->account != NULL)
    add_jobs (stream, draft);
}

/* --- Getting ready ---------------------------------------------------------------------------- */

static int
find_point_slot (KontorImportPlan *plan, const char *kind)
{
  for (guint i = 0; i < plan->n_slots; i++)
    if (plan->slots[i].kind == KONTOR_SLOT_POINT && g_str_equal (plan->slots[i].point, kind))
      return (int) i;
  g_assert_not_reached ();
}

static const KontorImportCell *
find_account (KontorImportPlan *plan)
{
  for (guint i = 0; i < plan->n_cells; i++)
    if (plan->cells[i].field == kontor_field_by_id (KONTOR_ACCOUNT_CONTACT_ACCOUNT))
      return &plan->cells[i];
  return NULL;
}

static gboolean
open_stream (Cards *self,
             Stream *stream,
             const KontorRecordType *type,
             gboolean preload,
             GError **error)
{
  KontorImportRun *run = self->run;
  g_autofree char *currency = kontor_workspace_dup_currency (run->workspace);

  stream->cards =
    kontor_card_plan_new (self->schema, type, kontor_workspace_get_blob_limit (run->workspace));
  stream->plan = kontor_import_plan_new (stream->cards->map, currency);
  stream->rows = kontor_import_rows_new (run->workspace,
                                         stream->plan,
                                         run->options,
                                         run->report,
                                         preload,
                                         error);
  if (stream->rows == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (point_kinds); i++)
    stream->points[i] = find_point_slot (stream->plan, point_kinds[i]);
  stream->address = kontor_import_plan_find_slot (stream->plan, KONTOR_SLOT_ADDRESS, FALSE);
  stream->job = kontor_import_plan_find_slot (stream->plan, KONTOR_SLOT_JOB, FALSE);
  stream->attachment = kontor_import_plan_find_slot (stream->plan, KONTOR_SLOT_CHILD, FALSE);
  stream->account = find_account (stream->plan);
  stream->rows->fill = fill_cb;
  stream->rows->fill_data = stream;
  stream->rows->write = run->write;
  stream->rows->begin = kontor_import_run_begin;
  stream->rows->begin_data = run;
  stream->rows->seen = run->seen;
  stream->rows->seen_data = run->seen_data;
  return TRUE;
}

static guint64
count_existing (KontorImportRun *run)
{
  g_autoptr(KontorQuery) query = kontor_query_new (&kontor_contact_type);

  return (guint64) MAX (0, kontor_workspace_count (run->workspace, query, run->cancellable, NULL));
}

static gboolean
open_streams (Cards *self, GError **error)
{
  KontorImportRun *run = self->run;
  guint64 n = run->inspection->n_rows, existing = count_existing (run);
  gboolean preload;

  run->bulk =
    kontor_import_options_only_adds (run->options) && n >= BULK_CARDS && n * 2 >= existing;
  preload = run->bulk || n * ASK_COST >= existing;
  if (!open_stream (self, &self->people, &kontor_contact_type, preload, error) ||
      !open_stream (self, &self->organisations, &kontor_account_type, preload, error))
    return FALSE;
  kontor_import_rows_share_match (self->organisations.rows, self->people.rows);
  /* people find the organisations of the file by their names, whatever those are known by */
  kontor_import_rows_list_link_keys (&kontor_account_type, self->organisations.rows->own_keys);
  return TRUE;
}

/* --- Groups ----------------------------------------------------------------------------------- */

static char *
dup_member (const char *text)
{
  g_autofree char *trimmed = g_strstrip (kontor_vcard_unescape (text));
  g_autofree char *uuid = NULL;
  const char *member = trimmed;

  if (g_ascii_strncasecmp (member, "mailto:", 7) == 0)
    member += 7;
  if (g_uuid_string_is_valid (member))
    member = uuid = g_strconcat (KONTOR_CARD_UUID, member, NULL);
  return g_utf8_strdown (member, -1);
}

static void
add_member (Cards *self, const char *group, const char *text)
{
  char *member = dup_member (text);
  GPtrArray *names = g_hash_table_lookup (self->groups, member);

  if (names == NULL)
    {
      names = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->groups, g_strdup (member), names);
    }
  g_ptr_array_add (names, g_strdup (group));
  g_free (member);
}

/* A group is a tag of its members. */
static void
take_group (Cards *self, const KontorVcard *card)
{
  KontorVcardProperty *fn = kontor_vcard_find (card, "FN");
  KontorVcardProperty *n = kontor_vcard_find (card, "N");
  const char *value = fn != NULL ? fn->value : n != NULL ? n->value : "";
  g_autofree char *name = g_strstrip (kontor_vcard_unescape (value));

  for (guint i = 0; i < card->properties->len && *name != '\0'; i++)
    {
      const KontorVcardProperty *property = g_ptr_array_index (card->properties, i);

      if (g_str_equal (property->name, "MEMBER") || g_str_equal (property->name, "EMAIL") ||
          g_str_equal (property->name, "X-ADDRESSBOOKSERVER-MEMBER"))
        add_member (self, name, property->value);
    }
}

static void
add_groups_of (Cards *self, KontorCardRow *row, const char *key)
{
  g_autofree char *member = dup_member (key);
  GPtrArray *names = g_hash_table_lookup (self->groups, member);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      char *clean =
        kontor_import_clean_text (kontor_field_by_id (KONTOR_TAG_NAME), names->pdata[i], NULL);

      if (clean != NULL && !g_ptr_array_find_with_equal_func (row->tags, clean, g_str_equal, NULL))
        g_ptr_array_add (row->tags, clean);
      else
        g_free (clean);
    }
}

static void
add_groups (Cards *self, KontorCardRow *row, const char *uid)
{
  if (g_hash_table_size (self->groups) == 0)
    return;
  if (uid != NULL)
    add_groups_of (self, row, uid);
  for (guint i = 0; i < row->points->len; i++)
    if (g_str_equal (kontor_record_get_text (row->points->pdata[i], KONTOR_CONTACT_POINT_KIND),
                     "mail"))
      add_groups_of (self,
                     row,
                     kontor_record_get_text (row->points->pdata[i], KONTOR_CONTACT_POINT_VALUE));
}

/* --- Cards ------------------------------------------------------------------------------------ */

static void
set_cell (Stream *stream, const char *path, char *text)
{
  gboolean found;
  guint column = kontor_card_plan_find (stream->cards, path, &found);

  g_free (stream->row->cells[column]);
  stream->row->cells[column] = text;
}

/* An id that this workspace gave out leads to the record itself. */
static gboolean
set_uid (Stream *stream, const char *uid, GError **error)
{
  KontorMatchKey key = { KONTOR_MATCH_ID, stream->cards->type, NULL };
  g_autofree char *lower = NULL;
  gboolean found = FALSE;
  KontorId id;

  if (uid == NULL)
    return TRUE;
  if (g_str_has_prefix (uid, KONTOR_CARD_UUID))
    {
      lower = g_ascii_strdown (uid + strlen (KONTOR_CARD_UUID), -1);
      if (kontor_id_parse (lower, &id) &&
          !kontor_match_find (stream->rows->match, &key, lower, &id, &found, error))
        return FALSE;
    }
  if (found)
    set_cell (stream, "id", g_steal_pointer (&lower));
  else
    set_cell (stream, "uid", g_strdup (uid));
  return TRUE;
}

static void
tell_problems (Cards *self, const KontorVcard *card)
{
  for (guint i = 0; i < card->problems->len; i++)
    {
      const KontorVcardProblem *problem = g_ptr_array_index (card->problems, i);
      g_autofree char *text =
        /* Translators: number of a line, a sentence about it */
        g_strdup_printf (_("Line %" PRIu64 ": %s"), problem->line, problem->text);

      kontor_import_report_add_warning (self->run->report, text);
    }
}

static gboolean
take_card (Cards *self, Stream *stream, KontorVcard *card, GError **error)
{
  g_autoptr(KontorCardRow) row = kontor_card_row_new (stream->cards, card);
  g_autofree char *uid = kontor_card_dup_uid (card);

  stream->row = row;
  if (!set_uid (stream, uid, error))
    return FALSE;
  add_groups (self, row, uid);
  tell_problems (self, card);
  return kontor_import_rows_take (stream->rows,
                                  card->line,
                                  (const char *const *) row->cells,
                                  row->n_cells,
                                  error);
}

static void
refuse_card (Cards *self, const KontorVcard *card, const GError *reason)
{
  g_auto(GStrv) summary = kontor_card_summarise (card);

  kontor_import_report_edit_counts (self->run->report)->rows++;
  kontor_import_rows_refuse (self->people.rows,
                             reason,
                             card->line,
                             (const char *const *) summary,
                             g_strv_length (summary));
}

static gboolean
is_empty (const KontorVcard *card)
{
  for (guint i = 0; i < card->properties->len; i++)
    {
      const KontorVcardProperty *property = g_ptr_array_index (card->properties, i);

      if (property->data != NULL || strspn (property->value, "; ") < strlen (property->value))
        return FALSE;
    }
  return TRUE;
}

/* Nobody can be made of a card without anything in it. */
static void
refuse_empty (Cards *self, const KontorVcard *card)
{
  g_autoptr(GError) reason = kontor_error_new (KONTOR_EXCHANGE_ERROR,
                                                KONTOR_ERROR_INVALID,
                                                "%s",
                                                _("There is nothing in the card."));

  kontor_error_set_line (reason, card->line);
  refuse_card (self, card, reason);
}

static gboolean
handle_card (Cards *self, KontorVcard *card, GError *bad, GError **error)
{
  g_autoptr(GError) reason = bad;
  gboolean is_group = kontor_card_is_group (card);

  if (self->pass == 0)
    {
      if (is_group && reason == NULL)
        take_group (self, card);
      else if (!is_group && reason == NULL && kontor_card_is_organisation (card))
        return take_card (self, &self->organisations, card, error);
      return TRUE;
    }
  if (reason != NULL)
    refuse_card (self, card, reason);
  else if (is_empty (card))
    refuse_empty (self, card);
  else if (!is_group && !kontor_card_is_organisation (card))
    return take_card (self, &self->people, card, error);
  return TRUE;
}

static gboolean
read_cards (Cards *self, KontorVcardReader *reader, GError **error)
{
  guint64 size = kontor_import_source_get_size (self->run->source);

  for (;; self->n++)
    {
      g_autoptr(KontorVcard) card = NULL;
      GError *local_error = NULL;
      KontorVcardStatus status =
        kontor_vcard_reader_next (reader, &card, self->run->cancellable, &local_error);
      guint64 bytes = (kontor_vcard_reader_get_bytes (reader) + self->pass * size) / 2;

      if (status == KONTOR_VCARD_END)
        return TRUE;
      if (status == KONTOR_VCARD_FAILED)
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
      if (!kontor_import_run_tick (self->run, self->n, bytes, error))
        {
          g_clear_error (&local_error);
          return FALSE;
        }
      if (!handle_card (self, card, local_error, error))
        return FALSE;
    }
}

static gboolean
read_pass (Cards *self, guint pass, GError **error)
{
  KontorImportRun *run = self->run;
  g_autoptr(GInputStream) stream = kontor_import_source_open (run->source, error);
  g_autoptr(KontorVcardReader) reader = NULL;

  if (stream == NULL)
    return FALSE;
  reader = kontor_vcard_reader_new (stream, run->inspection->dialect.encoding, error);
  if (reader == NULL)
    return FALSE;
  kontor_vcard_reader_set_name (reader, kontor_import_source_get_name (run->source));
  self->pass = pass;
  return read_cards (self, reader, error);
}

/**
 * kontor_import_run_cards:
 * @run: a run over a file of vCards
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set: nothing more can be done
 */
gboolean
kontor_import_run_cards (KontorImportRun *run, GError **error)
{
  g_auto(Cards) self = { .run = run, .schema = kontor_workspace_ref_schema (run->workspace) };

  self.groups =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return open_streams (&self, error) && read_pass (&self, 0, error) &&
         kontor_import_rows_finish (self.organisations.rows, error) &&
         read_pass (&self, 1, error) && kontor_import_rows_finish (self.people.rows, error);
}
