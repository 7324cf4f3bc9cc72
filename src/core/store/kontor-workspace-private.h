/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of KontorWorkspace share: the object, its threads, and how a function of the
 * database gets to run on one of them. */
#pragma once

#include "kontor-lease.h"
#include "kontor-threads.h"

G_BEGIN_DECLS

typedef enum
{
  KONTOR_LANE_WRITE,
  KONTOR_LANE_READ, /* reader 1: what a person waits for */
  KONTOR_LANE_LONG, /* reader 2: long work */
} KontorLane;

/* What outlives the object until the last thread has ended. */
typedef struct _KontorFile KontorFile;

struct _KontorWorkspace
{
  GObject parent_instance;

  /* Fixed from opening on. */
  char *path;
  KontorOpenFlags flags;
  gboolean read_only;
  KontorEnv *env;
  GMainContext *context; /* where signals are emitted */
  KontorFile *file;
  KontorThread *writer, *readers[2];

  GMutex lock; /* over everything in this group */
  gboolean closed;
  KontorSchema *schema;
  KontorAccess access;
  KontorId user, device;
  char country[3], currency[4];
  char *undo_label, *redo_label;
  GQueue changes; /* (element-type KontorChangeSet): to be emitted */
  GQueue errors;  /* (element-type GError) */
  gboolean undo_changed;
  GSource *emit;
  KontorLongStep *long_step; /* borrowed: the one that is being written */

  /* The writer's thread only. */
  gint64 known_x;
  gint64 data_version;

  /* The opening thread's context. */
  GSource *timer;
  GFileMonitor *monitor;
  gint watch_queued; /* atomic */
};

/* @func runs on a database thread, in one read transaction where @lane reads. The result is what it
 * returns; NULL may be a result, so an error is told by @error alone. */
gpointer kontor_workspace_run (KontorWorkspace *self,
                               KontorLane lane,
                               KontorPriority priority,
                               KontorDbFunc func,
                               gpointer data,
                               GCancellable *cancellable,
                               GError **error);
void kontor_workspace_run_async (KontorWorkspace *self,
                                 KontorLane lane,
                                 KontorPriority priority,
                                 KontorDbFunc func,
                                 gpointer data,
                                 GDestroyNotify free_data,
                                 GDestroyNotify free_result,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gpointer kontor_workspace_run_finish (KontorWorkspace *self, GAsyncResult *result, GError **error);

/* kontor-workspace.c */
KontorWorkspace *kontor_workspace_open_in (const char *path,
                                           KontorOpenFlags flags,
                                           KontorEnv *env,
                                           GMainContext *context, /* (nullable): the thread's own */
                                           GError **error);
KontorLease *kontor_workspace_lease (KontorWorkspace *self);
void kontor_workspace_publish (KontorWorkspace *self, KontorDb *db);

/* kontor-workspace-signal.c */
gboolean kontor_workspace_has_listeners (KontorWorkspace *self); /* to "changed" */
void kontor_workspace_emit_changes (KontorWorkspace *self, KontorChangeSet *changes);
void kontor_workspace_emit_error (KontorWorkspace *self, const GError *error);
void kontor_workspace_update_undo (KontorWorkspace *self, KontorDb *db);
void kontor_workspace_install_signals (GObjectClass *klass);
void kontor_workspace_drop_signals (KontorWorkspace *self);

/* kontor-workspace-write.c */
void kontor_workspace_after_write (KontorWorkspace *self, KontorDb *db, KontorChangeSet *changes);
void kontor_workspace_abandon_long_step (KontorWorkspace *self);

/* kontor-watch.c */
void kontor_watch_start (KontorWorkspace *self);
void kontor_watch_stop (KontorWorkspace *self);
void kontor_watch_begin (KontorWorkspace *self, KontorDb *db); /* from here on changes are seen */
void kontor_watch_look (KontorWorkspace *self, KontorDb *db);

/* kontor-find-value.c */
GPtrArray *kontor_rows_find_by_value (KontorDb *db,
                                      const KontorRecordType *type,
                                      const KontorFieldDef *field,
                                      const KontorValue *value,
                                      guint limit,
                                      GError **error);

/* kontor-erase.c */
gboolean kontor_erase_begin (KontorDb *db, KontorStep *step);
void kontor_erase_end (KontorWorkspace *self, KontorDb *db);
gboolean kontor_erase_is_due (KontorDb *db);
void kontor_erase_resume (KontorWorkspace *self);

/* kontor-search-refresh.c */
void kontor_search_refresh (KontorWorkspace *self, const char *country);

/* kontor-sql.c */
gboolean
kontor_sql_run (KontorDb *db, const char *sql, KontorSqlRow row, gpointer row_data, GError **error);

/* kontor-blob.c */
gboolean kontor_blob_check (KontorDb *db, GPtrArray *problems, GError **error);

G_END_DECLS
