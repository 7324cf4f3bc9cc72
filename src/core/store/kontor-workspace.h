/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KontorWorkspace: the one file, its one writer and two readers. Every change is a step through
 * kontor_workspace_commit(); every question is a KontorQuery. No sqlite3 type appears here.
 *
 * Functions without _async wait for a database thread: never call them on a thread that draws.
 * They may be called from any other thread, also from several at once. */
#pragma once

#include "kontor-access.h"
#include "kontor-change-set.h"
#include "kontor-progress.h"
#include "kontor-query.h"
#include "kontor-reader.h"
#include "kontor-step.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define KONTOR_STORE_ERROR (kontor_store_error_quark ())
GQuark kontor_store_error_quark (void);

#define KONTOR_WORKSPACE_SUFFIX ".kontor"
#define KONTOR_TRANSACTION_MAX_OPS 1000

#define KONTOR_TYPE_WORKSPACE (kontor_workspace_get_type ())
G_DECLARE_FINAL_TYPE (KontorWorkspace, kontor_workspace, KONTOR, WORKSPACE, GObject)

/* --- Opening and closing ------------------------------------------------------------------ */

typedef enum
{
  KONTOR_OPEN_DEFAULT = 0,
  KONTOR_OPEN_READ_ONLY = 1 << 0, /* never writes, not even WAL; a read-only folder implies it */
  KONTOR_OPEN_NO_WATCH = 1 << 1,  /* does not look for other processes' changes (short commands) */
} KontorOpenFlags;

/* What a new workspace is made with; any may be NULL. */
typedef struct
{
  const char *name;      /* of the workspace */
  const char *user_name; /* of the one user, who has every right (C1) */
  const char *country;   /* ISO 3166-1: phones and addresses */
  const char *currency;  /* ISO 4217 */
} KontorInit;

char *kontor_workspace_default_path (void);
KontorWorkspace *
kontor_workspace_create (const char *path, const KontorInit *init, KontorEnv *env, GError **error);
KontorWorkspace *
kontor_workspace_open (const char *path, KontorOpenFlags flags, KontorEnv *env, GError **error);
void kontor_workspace_open_async (const char *path,
                                  KontorOpenFlags flags,
                                  KontorEnv *env,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
KontorWorkspace *kontor_workspace_open_finish (GAsyncResult *result, GError **error);
gboolean kontor_workspace_close (KontorWorkspace *self,
                                 GError **error); /* joins; may be called twice */
void kontor_workspace_close_async (KontorWorkspace *self,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean
kontor_workspace_close_finish (KontorWorkspace *self, GAsyncResult *result, GError **error);

const char *kontor_workspace_get_path (KontorWorkspace *self);
gboolean kontor_workspace_is_read_only (KontorWorkspace *self);
const KontorId *kontor_workspace_get_user (KontorWorkspace *self);
const KontorId *kontor_workspace_get_device (KontorWorkspace *self);
KontorAccess kontor_workspace_get_access (KontorWorkspace *self);
KontorSchema *kontor_workspace_ref_schema (KontorWorkspace *self);
KontorEnv *kontor_workspace_get_env (KontorWorkspace *self);
char *kontor_workspace_dup_country (KontorWorkspace *self);
char *kontor_workspace_dup_currency (KontorWorkspace *self);

/* Signals, emitted in the main context the workspace was opened in:
 *   "changed" (KontorChangeSet *set)
 *   "undo-changed" ()             what Undo and Redo would do is another step now
 *   "failed" (GError *error)      a background task (watch, checkpoint, rebuild) failed */

/* --- Writing ------------------------------------------------------------------------------ */

/* A piece of an undo that was left alone because somebody changed it since. */
typedef struct
{
  const KontorRecordType *type;
  KontorId id;
  char *title;
  const KontorFieldDef *field; /* NULL: the record as a whole */
  char *by;                    /* who changed it since, may be NULL */
} KontorUndoRest;

typedef struct
{
  KontorId step;
  char *label; /* of the step; of an undo: of the step that was undone */
  guint n_ops;
  GPtrArray *rest;                    /* (element-type KontorUndoRest): of an undo */
  const KontorRecordType *first_type; /* the record the step begins with, to be shown */
  KontorId first_id;
} KontorCommit;

KontorCommit *kontor_commit_copy (const KontorCommit *commit);
void kontor_commit_free (KontorCommit *commit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorCommit, kontor_commit_free)

/* At most KONTOR_TRANSACTION_MAX_OPS a transaction; a longer step becomes several by itself. */
KontorCommit *kontor_workspace_commit (KontorWorkspace *self,
                                       KontorStep *step,
                                       GCancellable *cancellable,
                                       GError **error);
void kontor_workspace_commit_async (KontorWorkspace *self,
                                    KontorStep *step,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
KontorCommit *
kontor_workspace_commit_finish (KontorWorkspace *self, GAsyncResult *result, GError **error);

/* A step of any size, handed over in parts from a working thread (imports, mass changes).
 * With KONTOR_LONG_BULK, and no other process on the file, secondary indexes and full-text search
 * are built at the end. The parts are visible as they are committed. Ending without keeping undoes
 * what was written; so does opening a workspace whose process died in between. */
typedef enum
{
  KONTOR_LONG_DEFAULT = 0,
  KONTOR_LONG_BULK = 1 << 0,
} KontorLongFlags;

typedef struct _KontorLongStep KontorLongStep;
KontorLongStep *kontor_workspace_begin_long (KontorWorkspace *self,
                                             const char *label,
                                             KontorOrigin origin,
                                             KontorLongFlags flags,
                                             GError **error);
gboolean kontor_long_step_append (KontorLongStep *self,
                                  KontorStep *part,
                                  GCancellable *cancellable,
                                  GError **error);
/* Operations a part may have so that, should it fail, nothing of it is there. */
guint kontor_long_step_get_max_ops (KontorLongStep *self);
/* Links may lead to @id before a later part creates it. */
void
kontor_long_step_expect (KontorLongStep *self, const KontorRecordType *type, const KontorId *id);
/* What is kept may be less than what was begun. */
void kontor_long_step_set_label (KontorLongStep *self, const char *label);
KontorCommit *kontor_long_step_end (KontorLongStep *self, /* frees it */
                                    gboolean keep,
                                    KontorProgress progress,
                                    gpointer progress_data,
                                    GError **error);
const KontorId *kontor_long_step_get_id (KontorLongStep *self);

/* Undo and redo take this device's own steps in turn, across restarts (C15). NULL without error:
 * there is nothing to take back. */
KontorCommit *kontor_workspace_undo (KontorWorkspace *self,
                                     KontorProgress progress,
                                     gpointer progress_data,
                                     GCancellable *cancellable,
                                     GError **error);
KontorCommit *kontor_workspace_redo (KontorWorkspace *self,
                                     KontorProgress progress,
                                     gpointer progress_data,
                                     GCancellable *cancellable,
                                     GError **error);
KontorCommit *kontor_workspace_undo_step (KontorWorkspace *self,
                                          const KontorId *step,
                                          KontorProgress progress,
                                          gpointer progress_data,
                                          GCancellable *cancellable,
                                          GError **error);
void kontor_workspace_undo_async (KontorWorkspace *self,
                                  const KontorId *step, /* (nullable): the last */
                                  gboolean redo,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
KontorCommit *
kontor_workspace_undo_finish (KontorWorkspace *self, GAsyncResult *result, GError **error);
char *kontor_workspace_dup_undo_label (KontorWorkspace *self); /* (nullable); never waits */
char *kontor_workspace_dup_redo_label (KontorWorkspace *self);

/* --- Reading ------------------------------------------------------------------------------ */

typedef enum
{
  KONTOR_READ_DEFAULT = 0,
  KONTOR_READ_LINK_TITLES = 1 << 0, /* fill in kontor_record_get_link_title() */
  KONTOR_READ_TRASHED = 1 << 1,     /* also records in the trash */
} KontorReadFlags;

KontorRecord *kontor_workspace_get (KontorWorkspace *self,
                                    const KontorRecordType *type,
                                    const KontorId *id,
                                    KontorReadFlags flags,
                                    GError **error); /* NOT_FOUND */
/* Records of @type whose @link is @target, oldest first. */
GPtrArray *kontor_workspace_find (KontorWorkspace *self,
                                  const KontorRecordType *type,
                                  const KontorFieldDef *link,
                                  const KontorId *target,
                                  KontorReadFlags flags,
                                  GError **error);
/* By an exact value of one field, folded for text fields that are SORTED; for imports and titles.
 */
GPtrArray *kontor_workspace_find_by_value (KontorWorkspace *self,
                                           const KontorRecordType *type,
                                           const KontorFieldDef *field,
                                           const KontorValue *value,
                                           guint limit,
                                           GError **error);
char *kontor_workspace_dup_title (KontorWorkspace *self,
                                  const KontorRecordType *type,
                                  const KontorId *id);

GArray *kontor_workspace_query (KontorWorkspace *self, /* (element-type gint64): rids in order */
                                KontorQuery *query,
                                guint limit, /* 0: all */
                                GCancellable *cancellable,
                                GError **error);
gint64 kontor_workspace_count (KontorWorkspace *self,
                               KontorQuery *query,
                               GCancellable *cancellable,
                               GError **error);           /* -1 on error */
GPtrArray *kontor_workspace_fetch (KontorWorkspace *self, /* aligned with @rids; NULL where gone */
                                   const KontorRecordType *type,
                                   const gint64 *rids,
                                   guint n_rids,
                                   KontorReadFlags flags,
                                   GError **error);

/* Everything a record page shows, read in one go. */
typedef struct
{
  KontorRecord *record;
  GHashTable *children;  /* type name → (element-type KontorRecord) GPtrArray */
  GPtrArray *tags;       /* (element-type KontorRecord) of type tag */
  GPtrArray *activities; /* (element-type KontorRecord), newest first, at most the limit */
} KontorPageData;

void kontor_page_data_free (KontorPageData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorPageData, kontor_page_data_free)

KontorPageData *kontor_workspace_read_page (KontorWorkspace *self,
                                            const KontorRecordType *type,
                                            const KontorId *id,
                                            guint activity_limit,
                                            GError **error);
void kontor_workspace_read_page_async (KontorWorkspace *self,
                                       const KontorRecordType *type,
                                       const KontorId *id,
                                       guint activity_limit,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
KontorPageData *
kontor_workspace_read_page_finish (KontorWorkspace *self, GAsyncResult *result, GError **error);

/* --- The timeline of a record ------------------------------------------------------------- */

typedef enum
{
  KONTOR_TIMELINE_THIS,
  KONTOR_TIMELINE_PEOPLE,       /* of an organisation: and of its people */
  KONTOR_TIMELINE_SUBSIDIARIES, /* and of those that are part of it, and their people */
} KontorTimelineScope;

#define KONTOR_TIMELINE_ALL_KINDS G_MAXUINT

typedef struct
{
  KontorTimelineScope scope;
  guint kinds;       /* bits by the place in the choices of an entry's kind */
  const char *words; /* (nullable): they stand in the subject or the text */
  guint limit;       /* at most so many beside those on top */
} KontorTimelineFilter;

typedef struct
{
  GPtrArray *activities;  /* (element-type KontorRecord): pinned and open ones, then newest first */
  GPtrArray *with;        /* (element-type utf8): beyond "this": the other records of each */
  GPtrArray *attachments; /* (element-type GPtrArray): of each entry its files, %NULL of most */
  guint64 n;              /* how many there are in all */
  gboolean more;
} KontorTimelineData;

void kontor_timeline_data_free (KontorTimelineData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorTimelineData, kontor_timeline_data_free)

KontorTimelineData *kontor_workspace_read_timeline (KontorWorkspace *self,
                                                    const KontorId *id,
                                                    const KontorTimelineFilter *filter,
                                                    GError **error);
void kontor_workspace_read_timeline_async (KontorWorkspace *self,
                                           const KontorId *id,
                                           const KontorTimelineFilter *filter,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
KontorTimelineData *
kontor_workspace_read_timeline_finish (KontorWorkspace *self, GAsyncResult *result, GError **error);

/* --- History ------------------------------------------------------------------------------ */

typedef struct
{
  KontorId step;
  char *label;
  gint64 at; /* ms */
  KontorOrigin origin;
  char *user_name;
  KontorId user, device;
  gboolean undone;
  guint64 n_ops;
  gint64 x; /* last transaction of the step: the point for reading as of it */
  const KontorRecordType *first_type;
  KontorId first_id;
  char *first_title;
} KontorStepInfo;

void kontor_step_info_free (KontorStepInfo *info);

typedef struct
{
  gint64 x;
  guint i;
  KontorId step;
  char *label;
  gint64 at;
  KontorOrigin origin;
  char *user_name;
  KontorOpKind kind;
  const KontorRecordType *type; /* the record's, or a child's */
  KontorId id;
  GArray *fields; /* (element-type KontorHistoryField) */
} KontorHistoryEntry;

typedef struct
{
  const KontorFieldDef *field;
  KontorValue was, now;
  char *was_text, *now_text; /* as people read them */
} KontorHistoryField;

void kontor_history_entry_free (KontorHistoryEntry *entry);

GPtrArray *kontor_workspace_list_steps (KontorWorkspace *self, guint limit, GError **error);
void kontor_workspace_list_steps_async (KontorWorkspace *self,
                                        guint limit,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
GPtrArray *
kontor_workspace_list_steps_finish (KontorWorkspace *self, GAsyncResult *result, GError **error);
/* Newest first, the record's children included; @field: only entries that touch it. */
GPtrArray *kontor_workspace_get_history (KontorWorkspace *self,
                                         const KontorRecordType *type,
                                         const KontorId *id,
                                         const KontorFieldDef *field,
                                         guint limit,
                                         GError **error);
void kontor_workspace_get_history_async (KontorWorkspace *self,
                                         const KontorRecordType *type,
                                         const KontorId *id,
                                         guint limit,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
GPtrArray *
kontor_workspace_get_history_finish (KontorWorkspace *self, GAsyncResult *result, GError **error);
/* The record as it was after transaction @x; NOT_FOUND where it did not exist then. */
KontorRecord *kontor_workspace_get_as_of (KontorWorkspace *self,
                                          const KontorRecordType *type,
                                          const KontorId *id,
                                          gint64 x,
                                          GError **error);
gint64 kontor_workspace_get_last_x (KontorWorkspace *self, GError **error);

/* --- Search ------------------------------------------------------------------------------- */

typedef struct
{
  const KontorRecordType *type;
  gint64 rid;
  KontorId id;
  char *title;
  char *detail; /* second line: what was found, or the organisation */
} KontorSearchHit;

typedef struct
{
  GPtrArray *hits;  /* (element-type KontorSearchHit), best first, grouped by type */
  char *suggestion; /* (nullable): the word it was corrected to */
  gboolean more;    /* there are more than asked for */
} KontorSearchResult;

void kontor_search_hit_free (KontorSearchHit *hit);
void kontor_search_result_free (KontorSearchResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorSearchResult, kontor_search_result_free)

KontorSearchResult *kontor_workspace_search (KontorWorkspace *self,
                                             const char *text,
                                             const KontorRecordType *type, /* (nullable) */
                                             guint limit,
                                             GCancellable *cancellable,
                                             GError **error);
void kontor_workspace_search_async (KontorWorkspace *self,
                                    const char *text,
                                    const KontorRecordType *type,
                                    guint limit,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
KontorSearchResult *
kontor_workspace_search_finish (KontorWorkspace *self, GAsyncResult *result, GError **error);

/* --- Totals ------------------------------------------------------------------------------- */

gboolean kontor_workspace_get_total (KontorWorkspace *self,
                                     const char *total,
                                     const KontorId *key, /* (nullable) */
                                     gint64 *n,
                                     gint64 *sum,
                                     GError **error);

/* --- The file as a whole ------------------------------------------------------------------ */

gboolean kontor_workspace_backup (KontorWorkspace *self,
                                  const char *path,
                                  KontorProgress progress,
                                  gpointer progress_data,
                                  GCancellable *cancellable,
                                  GError **error);

/* Problems found, one sentence each; empty when all is well. */
GPtrArray *kontor_workspace_check (KontorWorkspace *self,
                                   gboolean repair, /* rebuild indexes, search and totals */
                                   KontorProgress progress,
                                   gpointer progress_data,
                                   GCancellable *cancellable,
                                   GError **error);

/* Read-only SQL over the file and its readable views; @row is called on the reader's thread. */
typedef gboolean (*KontorSqlRow) (guint n_columns,
                                  const char *const *names,
                                  const char *const *texts, /* NULL for NULL */
                                  const int *types, /* 1 integer 2 float 3 text 4 blob 5 null */
                                  gpointer data);
gboolean kontor_workspace_sql (KontorWorkspace *self,
                               const char *sql,
                               KontorSqlRow row,
                               gpointer row_data,
                               GCancellable *cancellable,
                               GError **error);

/* --- Attachments: content-addressed chunks of 1 MiB in the file ---------------------------- */

#define KONTOR_BLOB_CHUNK (1024 * 1024)
#define KONTOR_BLOB_HASH_TEXT 64
#define KONTOR_BLOB_LIMIT G_GINT64_CONSTANT (104857600) /* 100 MiB, the default limit */

gint64 kontor_workspace_get_blob_limit (KontorWorkspace *self);
char *kontor_workspace_put_blob (KontorWorkspace *self, /* hash in hex; call before committing */
                                 GInputStream *stream,
                                 gint64 limit,
                                 gint64 *size,
                                 KontorProgress progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable,
                                 GError **error);
GInputStream *kontor_workspace_open_blob (KontorWorkspace *self, const char *hash, GError **error);

G_END_DECLS
