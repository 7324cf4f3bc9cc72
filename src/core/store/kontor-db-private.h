/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One SQLite connection and what belongs to it: statements, schema snapshot, who the user is.
 * Used by one thread at a time. The rest of the store is written in terms of it. */
#pragma once

#include "kontor-access.h"
#include "kontor-schema.h"
#include "kontor-workspace.h"
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _KontorDb KontorDb;
struct _KontorDb
{
  sqlite3 *handle;
  char *path;
  gboolean read_only;
  gboolean has_functions; /* those of queries are known to SQLite */
  gboolean bulk;          /* indexes and search are built later: don't maintain them */
  gboolean search_later;  /* of search only the documents are written: its index is being rebuilt */
  KontorEnv *env;         /* owned */
  KontorSchema *schema;   /* owned; replaced when custom fields or pick lists change */
  KontorAccess access;
  KontorId user, device;
  char country[3];
  char currency[4];
  GHashTable *statements;    /* SQL text → sqlite3_stmt */
  gpointer words;            /* packed word list of search (C8), owned by kontor-words.c */
  gpointer rows;             /* row plans and their statements, owned by kontor-rows.c */
  gint64 generation;         /* meta.schema_generation that @schema was read at */
  int user_version;          /* of the file, when it was opened */
  gboolean immutable;        /* opened from a folder that can't be written: no locks, no WAL */
  gint wal_pages;            /* pages in the WAL after the last commit */
  GCancellable *cancellable; /* borrowed (nullable): of the job that runs */
  gint stopping;             /* atomic: its thread is to end */
  gint64 deadline;           /* monotonic time when the running statement gives up; 0: never */
};

/* kontor-db-open.c */
typedef enum
{
  KONTOR_DB_WRITER,
  KONTOR_DB_READER,    /* of a file somebody here writes */
  KONTOR_DB_READ_ONLY, /* nothing is ever written */
} KontorDbMode;
KontorDb *
kontor_db_open (const char *path, KontorDbMode mode, KontorEnv *env, GError **error); /* as it is */
gboolean kontor_db_start_writing (KontorDb *db, GError **error); /* of a WRITER, with the lease */
KontorDb *kontor_db_create (const char *path, KontorEnv *env, GError **error); /* no tables yet */
void kontor_db_free (KontorDb *db);                                            /* nullable */
gboolean kontor_db_close_file (KontorDb *db, GError **error); /* a plain single file again */
gboolean kontor_db_checkpoint (KontorDb *db, gboolean truncate, GError **error);
gboolean kontor_db_keep_wal_short (KontorDb *db, GError **error);
void kontor_db_set_bulk_pragmas (KontorDb *db, gboolean bulk);
/* A new workspace with all tables, its settings, one user and the pick lists, for tests of one
 * connection. @path: NULL for one in memory. */
KontorDb *kontor_db_open_for_test (const char *path, KontorEnv *env);
void kontor_store_set_vfs_for_testing (const char *name); /* NULL: SQLite's own */
const char *kontor_store_get_vfs (void);
void kontor_db_error_not_workspace (const char *path, GError **error);
void kontor_db_error_lent (const char *path, GError **error);

/* kontor-db.c */
sqlite3_stmt *
kontor_db_prepare (KontorDb *db, const char *sql, GError **error); /* cached, reset, borrowed */
void kontor_db_trim_statements (KontorDb *db);                     /* between jobs */
sqlite3_stmt *kontor_db_prepare_printf (KontorDb *db, GError **error, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
gboolean kontor_db_step (KontorDb *db, sqlite3_stmt *stmt, gboolean *row, GError **error);
gboolean
kontor_db_run (KontorDb *db, sqlite3_stmt *stmt, GError **error); /* to the end, then reset */
gboolean kontor_db_exec (KontorDb *db, const char *sql, GError **error);
gboolean kontor_db_begin (KontorDb *db, GError **error); /* BEGIN IMMEDIATE; checks user_version */
gboolean kontor_db_commit (KontorDb *db, GError **error);
void kontor_db_rollback (KontorDb *db);
void kontor_db_set_error (KontorDb *db, int rc, GError **error);
gint64 kontor_db_get_integer (KontorDb *db, const char *sql, gint64 fallback);
void kontor_db_bind_id (sqlite3_stmt *stmt, int i, const KontorId *id); /* null id → NULL */
gboolean kontor_db_column_id (sqlite3_stmt *stmt, int i, KontorId *id);

char *kontor_db_dup_meta (KontorDb *db, const char *key);
gint64 kontor_db_get_meta_integer (KontorDb *db, const char *key, gint64 fallback);
gboolean kontor_db_set_meta (KontorDb *db, const char *key, const char *text, GError **error);
gboolean kontor_db_set_meta_integer (KontorDb *db, const char *key, gint64 value, GError **error);

/* kontor-ddl.c: SQL from the type tables */
char *kontor_ddl_table (KontorSchema *schema, const KontorRecordType *type);
GPtrArray *
kontor_ddl_indexes (KontorSchema *schema,
                    const KontorRecordType *type); /* CREATE INDEX …, all secondary ones */
char *kontor_ddl_view (KontorSchema *schema,
                       const KontorRecordType *type); /* readable view "v_<type>" */
gboolean kontor_ddl_create_all (KontorDb *db, GError **error);
gboolean
kontor_ddl_add_missing_columns (KontorDb *db,
                                GError **error); /* after migration or a new custom field */
gboolean kontor_ddl_renew_sort_keys (KontorDb *db, GError **error); /* of another fold */
gboolean kontor_ddl_drop_indexes (KontorDb *db, GError **error);    /* bulk: marks meta.bulk */
gboolean
kontor_ddl_build_indexes (KontorDb *db, KontorProgress progress, gpointer data, GError **error);
gboolean kontor_db_load_schema (KontorDb *db,
                                GError **error); /* custom fields and pick lists → db->schema */
gboolean kontor_db_renew_schema (KontorDb *db, GError **error); /* only if it changed since */
char *kontor_ddl_model_hash (void); /* of all built-in types and their columns */
gboolean kontor_ddl_create_views (KontorDb *db, GError **error); /* drops the old ones */

/* kontor-rows.c: records to rows and back, by the field table */
KontorRecord *kontor_rows_get (KontorDb *db,
                               const KontorRecordType *type,
                               const KontorId *id,
                               KontorReadFlags flags,
                               GError **error); /* NULL without error: not there */
GPtrArray *kontor_rows_fetch (KontorDb *db,
                              const KontorRecordType *type,
                              const gint64 *rids,
                              guint n,
                              KontorReadFlags flags,
                              GError **error);
GPtrArray *kontor_rows_find (KontorDb *db,
                             const KontorRecordType *type,
                             const KontorFieldDef *link,
                             const KontorId *target,
                             KontorReadFlags flags,
                             GError **error);
gboolean kontor_rows_insert (KontorDb *db, KontorRecord *record, GError **error); /* sets rid */
gboolean kontor_rows_update (KontorDb *db,
                             KontorRecord *record,
                             const KontorFieldDef *const *fields, /* changed ones; NULL: all */
                             guint n_fields,
                             GError **error);
gboolean
kontor_rows_set_hidden (KontorDb *db, KontorRecord *record, gboolean hidden, GError **error);
void kontor_rows_free (KontorDb *db); /* before the connection is closed */
char *kontor_rows_dup_title (KontorDb *db, const KontorRecordType *type, const KontorId *id);
gboolean kontor_rows_fill_link_titles (KontorDb *db, GPtrArray *records, GError **error);

/* kontor-commit.c: the one way in. The caller has the writer; the function owns the transactions.
 */
gboolean kontor_commit_step (KontorDb *db,
                             KontorStep *step,
                             KontorCommit *commit,
                             KontorChangeSet *changes,
                             GError **error);
/* One transaction of a long step whose step row is already written. */
gboolean kontor_commit_open_step (KontorDb *db,
                                  const KontorId *step_id,
                                  const char *label,
                                  KontorOrigin origin,
                                  GError **error);
gboolean kontor_commit_part (KontorDb *db,
                             const KontorId *step_id,
                             KontorStep *part,
                             GHashTable *expected,
                             KontorChangeSet *changes,
                             GError **error);
gboolean
kontor_commit_close_step (KontorDb *db, const KontorId *step_id, const char *label, GError **error);

/* kontor-undo.c */
typedef struct
{
  KontorId step;
  char *label;
} KontorUndoPoint;
gboolean kontor_undo_peek (KontorDb *db,
                           gboolean redo,
                           KontorUndoPoint *point,
                           GError **error); /* FALSE, no error: none */
gboolean kontor_undo_apply (KontorDb *db,
                            const KontorId *step,
                            KontorCommit *commit,
                            KontorChangeSet *changes,
                            KontorProgress progress,
                            gpointer progress_data,
                            GCancellable *cancellable,
                            GError **error);
/* Erases what an open step has written, and the step. */
gboolean kontor_undo_roll_back_step (KontorDb *db,
                                     const KontorId *step,
                                     KontorChangeSet *changes,
                                     KontorProgress progress,
                                     gpointer progress_data,
                                     GError **error);
gboolean
kontor_undo_roll_back_open (KontorDb *db, KontorChangeSet *changes, GError **error); /* at open */

/* kontor-history.c */
GPtrArray *kontor_history_steps (KontorDb *db, guint limit, GError **error);
GPtrArray *kontor_history_of (KontorDb *db,
                              const KontorRecordType *type,
                              const KontorId *id,
                              const KontorFieldDef *field,
                              guint limit,
                              GError **error);
KontorRecord *kontor_history_as_of (KontorDb *db,
                                    const KontorRecordType *type,
                                    const KontorId *id,
                                    gint64 x,
                                    GError **error);
/* Changes committed by another process beyond transaction @after (C12). */
gboolean kontor_history_changes_since (KontorDb *db,
                                       gint64 after,
                                       gint64 *last,
                                       KontorChangeSet *changes,
                                       GError **error);

/* kontor-derive.c: computed columns, search documents and totals of the records a transaction
 * touched */
typedef struct _KontorWork KontorWork; /* the records of one transaction; kontor-commit-private.h */
gboolean
kontor_derive_rebuild (KontorDb *db, KontorProgress progress, gpointer data, GError **error);
/* What a bulk step left to compute, with the indexes back in place. */
gboolean
kontor_derive_finish_bulk (KontorDb *db, KontorProgress progress, gpointer data, GError **error);
gboolean kontor_totals_rebuild (KontorDb *db, GError **error);
gboolean kontor_totals_check (KontorDb *db, GPtrArray *problems, GError **error);

/* kontor-search-index.c, -rebuild.c, -check.c: search_doc, its FTS5 tables, word, phone_digits (C7
 * to C9). rowid = type number << 40 | rid. Texts come unfolded; the index folds them. */
#define KONTOR_SEARCH_ROWID(type, rid) ((gint64) (type)->number << 40 | (rid))
typedef struct
{
  const KontorRecordType *type;
  gint64 rid;
  KontorId id;
  const char *title;         /* as shown */
  const char *names;         /* other names: parts, organisation */
  const char *points;        /* mails, web addresses, cities */
  const char *text;          /* long texts */
  const char *const *phones; /* as typed, NULL-terminated, or NULL */
} KontorSearchDoc;
gboolean kontor_search_create (KontorDb *db, GError **error);
void kontor_search_update_hash (GChecksum *sum);
gboolean
kontor_search_put (KontorDb *db, const KontorSearchDoc *doc, gboolean is_new, GError **error);
gboolean
kontor_search_remove (KontorDb *db, const KontorRecordType *type, gint64 rid, GError **error);
gboolean
kontor_search_rebuild_index (KontorDb *db,
                             KontorProgress progress,
                             gpointer data,
                             GError **error); /* FTS and words from search_doc, after bulk */
gboolean kontor_search_drop_orphans (KontorDb *db, GError **error); /* before a rebuild */
gboolean kontor_search_check (KontorDb *db, GPtrArray *problems, GError **error);

/* kontor-search-refresh.c: after the country of the workspace has changed */
gboolean kontor_search_note_country (KontorDb *db, const char *country, GError **error);
gboolean kontor_search_is_stale (KontorDb *db);

/* kontor-words.c */
void kontor_words_free (KontorDb *db); /* db->words; safe where there are none */

/* kontor-search.c */
KontorSearchResult *kontor_search_run (KontorDb *db,
                                       const char *text,
                                       const KontorRecordType *type,
                                       guint limit,
                                       GError **error);
/* Appends SQL that selects the rids of @type matching @text ("SELECT …", each value a "?"), and its
 * values to @binds: (element-type utf8), all of them text, which the caller frees. */
void kontor_search_append_sql (KontorDb *db,
                               const KontorRecordType *type,
                               const char *text,
                               GString *sql,
                               GPtrArray *binds);

/* kontor-query-sql.c */
char *kontor_query_to_sql (KontorDb *db,
                           KontorQuery *query,
                           gboolean count,
                           guint limit,
                           GArray **binds, /* (element-type KontorValue) */
                           GError **error);
GArray *kontor_query_run (KontorDb *db, KontorQuery *query, guint limit, GError **error);
gint64 kontor_query_count (KontorDb *db, KontorQuery *query, GError **error);

/* kontor-check.c */
gboolean kontor_check_run (KontorDb *db,
                           gboolean repair,
                           GPtrArray *problems,
                           KontorProgress progress,
                           gpointer data,
                           GError **error);

/* kontor-init.c */
gboolean kontor_init_write (KontorDb *db, const KontorInit *init, GError **error);

G_END_DECLS
