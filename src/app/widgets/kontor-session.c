/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commits on behalf of widgets, and the news of them. Shows nothing: the window does. */
#include "config.h"

#include "kontor-session.h"

#include "kontor-date.h"
#include "kontor-error.h"
#include <glib/gi18n.h>

/* What takes longer is shown (ui.md 6); in ms. Tests wait less, by KONTOR_SHOW_JOBS_AFTER. */
#define SHOW_AFTER_MS 3000
#define JOBS_KEY "kontor-jobs"

typedef struct
{
  KontorJob *job;   /* owned */
  GListStore *jobs; /* owned */
} ShownJob;

struct _KontorSession
{
  GObject parent_instance;

  /* owned */
  KontorWorkspace *workspace;
  KontorSchema *schema;
};

enum
{
  SIGNAL_COMMITTED,
  SIGNAL_UNDONE,
  SIGNAL_TOLD,
  SIGNAL_FAILED,
  SIGNAL_CHANGED,
  SIGNAL_SCHEMA_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorSession, kontor_session, G_TYPE_OBJECT)

/* What a commit needs until it is finished. */
typedef struct
{
  KontorSession *session;
  KontorSessionDone done;
  gpointer data;
  GDestroyNotify destroy;
  gboolean redo;
} Pending;

static Pending *
pending_new (KontorSession *self, KontorSessionDone done, gpointer data, GDestroyNotify destroy)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->session = g_object_ref (self);
  pending->done = done;
  pending->data = data;
  pending->destroy = destroy;
  return pending;
}

static void
pending_free (Pending *pending)
{
  if (pending->destroy != NULL)
    pending->destroy (pending->data);
  g_object_unref (pending->session);
  g_free (pending);
}

static void
workspace_changed_cb (KontorWorkspace *workspace, KontorChangeSet *changes, KontorSession *self)
{
  if (kontor_change_set_touches_schema (changes))
    {
      kontor_schema_unref (self->schema);
      self->schema = kontor_workspace_ref_schema (self->workspace);
      g_signal_emit (self, signals[SIGNAL_SCHEMA_CHANGED], 0);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, changes);
}

static void
workspace_failed_cb (KontorWorkspace *workspace, GError *error, KontorSession *self)
{
  kontor_session_fail (self, error);
}

static void
kontor_session_dispose (GObject *object)
{
  KontorSession *self = KONTOR_SESSION (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->schema, kontor_schema_unref);
  G_OBJECT_CLASS (kontor_session_parent_class)->dispose (object);
}

static void
kontor_session_class_init (KontorSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = kontor_session_dispose;

  signals[SIGNAL_COMMITTED] = g_signal_new ("committed",
                                            type,
                                            G_SIGNAL_RUN_LAST,
                                            0,
                                            NULL,
                                            NULL,
                                            NULL,
                                            G_TYPE_NONE,
                                            1,
                                            G_TYPE_POINTER);
  signals[SIGNAL_UNDONE] = g_signal_new ("undone",
                                         type,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         2,
                                         G_TYPE_POINTER,
                                         G_TYPE_BOOLEAN);
  signals[SIGNAL_TOLD] = g_signal_new ("told",
                                       type,
                                       G_SIGNAL_RUN_LAST,
                                       0,
                                       NULL,
                                       NULL,
                                       NULL,
                                       G_TYPE_NONE,
                                       1,
                                       G_TYPE_STRING);
  signals[SIGNAL_FAILED] = g_signal_new ("failed",
                                         type,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         G_TYPE_ERROR);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          type,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          KONTOR_TYPE_CHANGE_SET);
  signals[SIGNAL_SCHEMA_CHANGED] =
    g_signal_new ("schema-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kontor_session_init (KontorSession *self)
{
}

/**
 * kontor_session_new:
 * @workspace: an open workspace
 *
 * Returns: (transfer full): what the widgets of one window share
 */
KontorSession *
kontor_session_new (KontorWorkspace *workspace)
{
  KontorSession *self = g_object_new (KONTOR_TYPE_SESSION, NULL);

  self->workspace = g_object_ref (workspace);
  self->schema = kontor_workspace_ref_schema (workspace);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (workspace_changed_cb), self, 0);
  g_signal_connect_object (workspace, "failed", G_CALLBACK (workspace_failed_cb), self, 0);
  return self;
}

/**
 * kontor_session_get_workspace:
 * @self: a session
 *
 * Returns: (transfer none): its workspace
 */
KontorWorkspace *
kontor_session_get_workspace (KontorSession *self)
{
  return self->workspace;
}

/**
 * kontor_session_get_schema:
 * @self: a session
 *
 * Returns: (transfer none): the present fields and pick lists; until "schema-changed"
 */
KontorSchema *
kontor_session_get_schema (KontorSession *self)
{
  return self->schema;
}

static GListStore *
get_jobs (KontorSession *self)
{
  GListStore *jobs = g_object_get_data (G_OBJECT (self->workspace), JOBS_KEY);

  if (jobs == NULL)
    {
      jobs = g_list_store_new (KONTOR_TYPE_JOB);
      g_object_set_data_full (G_OBJECT (self->workspace), JOBS_KEY, jobs, g_object_unref);
    }
  return jobs;
}

/**
 * kontor_session_get_jobs:
 * @self: a session
 *
 * Returns: (transfer none): the #KontorJob s on its workspace that take long, whichever window
 * began them, and those that have ended, until somebody dismisses them
 */
GListModel *
kontor_session_get_jobs (KontorSession *self)
{
  return G_LIST_MODEL (get_jobs (self));
}

static gboolean
show_job_cb (gpointer data)
{
  ShownJob *shown = data;

  if (!kontor_job_is_finished (shown->job))
    g_list_store_append (shown->jobs, shown->job);
  return G_SOURCE_REMOVE;
}

static void
shown_job_free (gpointer data)
{
  ShownJob *shown = data;

  g_object_unref (shown->job);
  g_object_unref (shown->jobs);
  g_free (shown);
}

/**
 * kontor_session_add_job:
 * @self: a session
 * @job: long work
 *
 * Has the windows show @job if it takes longer than people wait, and afterwards what came of it.
 */
void
kontor_session_add_job (KontorSession *self, KontorJob *job)
{
  ShownJob *shown = g_new0 (ShownJob, 1);
  const char *sooner = g_getenv ("KONTOR_SHOW_JOBS_AFTER");
  guint after = sooner != NULL ? (guint) g_ascii_strtoull (sooner, NULL, 10) : SHOW_AFTER_MS;

  shown->job = g_object_ref (job);
  shown->jobs = g_object_ref (get_jobs (self));
  g_timeout_add_full (G_PRIORITY_DEFAULT, after, show_job_cb, shown, shown_job_free);
}

/**
 * kontor_session_dismiss_job:
 * @self: a session
 * @job: a job that has ended
 *
 * Takes it out of the list.
 */
void
kontor_session_dismiss_job (KontorSession *self, KontorJob *job)
{
  GListStore *jobs = get_jobs (self);
  guint position;

  if (kontor_job_is_finished (job) && g_list_store_find (jobs, job, &position))
    g_list_store_remove (jobs, position);
}

/**
 * kontor_session_now:
 * @self: a session
 *
 * Returns: the present, in ms since 1970, UTC
 */
gint64
kontor_session_now (KontorSession *self)
{
  return kontor_env_now (kontor_workspace_get_env (self->workspace));
}

/**
 * kontor_session_today:
 * @self: a session
 *
 * Returns: (transfer full): today, as "YYYY-MM-DD"
 */
char *
kontor_session_today (KontorSession *self)
{
  return kontor_date_today (kontor_session_now (self));
}

/**
 * kontor_session_can:
 * @self: a session
 * @type: a record type
 * @field: (nullable): one field of it
 * @right: what somebody wants to do
 *
 * Returns: whether the user may, and the file can be written where that is needed
 */
gboolean
kontor_session_can (KontorSession *self,
                    const KontorRecordType *type,
                    const KontorFieldDef *field,
                    KontorRights right)
{
  KontorAccess access = kontor_workspace_get_access (self->workspace);

  if (right != KONTOR_RIGHT_READ && right != KONTOR_RIGHT_EXPORT &&
      kontor_workspace_is_read_only (self->workspace))
    return FALSE;
  return kontor_access_can (&access, type, field, right);
}

static void
finish (Pending *pending, const KontorCommit *commit, const GError *error)
{
  if (pending->done != NULL)
    pending->done (pending->session, commit, error, pending->data);
  pending_free (pending);
}

static void
commit_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pending *pending = user_data;
  KontorSession *self = pending->session;
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorCommit) commit =
    kontor_workspace_commit_finish (KONTOR_WORKSPACE (source), result, &error);

  if (commit != NULL)
    g_signal_emit (self, signals[SIGNAL_COMMITTED], 0, commit);
  else if (pending->done == NULL)
    kontor_session_fail (self, error);
  finish (pending, commit, error);
}

/**
 * kontor_session_commit:
 * @self: a session
 * @step: what to do
 *
 * Commits @step; the window tells how it ended.
 */
void
kontor_session_commit (KontorSession *self, KontorStep *step)
{
  kontor_session_commit_then (self, step, NULL, NULL, NULL);
}

/**
 * kontor_session_commit_then:
 * @self: a session
 * @step: what to do
 * @done: (nullable): called when it is done, or was refused
 * @data: for @done
 * @destroy: (nullable): frees @data
 *
 * Commits @step. The window tells that it was done; an error is told by @done, where it belongs.
 */
void
kontor_session_commit_then (KontorSession *self,
                            KontorStep *step,
                            KontorSessionDone done,
                            gpointer data,
                            GDestroyNotify destroy)
{
  kontor_workspace_commit_async (self->workspace,
                                 step,
                                 NULL,
                                 commit_cb,
                                 pending_new (self, done, data, destroy));
}

static void
undo_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pending *pending = user_data;
  KontorSession *self = pending->session;
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorCommit) commit =
    kontor_workspace_undo_finish (KONTOR_WORKSPACE (source), result, &error);

  if (commit != NULL)
    g_signal_emit (self, signals[SIGNAL_UNDONE], 0, commit, pending->redo);
  else if (error != NULL)
    kontor_session_fail (self, error);
  finish (pending, commit, error);
}

/**
 * kontor_session_undo:
 * @self: a session
 * @step: (nullable): a step, else the last one
 *
 * Takes a step back; without one to take back nothing happens.
 */
void
kontor_session_undo (KontorSession *self, const KontorId *step)
{
  kontor_workspace_undo_async (self->workspace,
                               step,
                               FALSE,
                               NULL,
                               undo_cb,
                               pending_new (self, NULL, NULL, NULL));
}

/**
 * kontor_session_redo:
 * @self: a session
 *
 * Does again what was taken back last.
 */
void
kontor_session_redo (KontorSession *self)
{
  Pending *pending = pending_new (self, NULL, NULL, NULL);

  pending->redo = TRUE;
  kontor_workspace_undo_async (self->workspace, NULL, TRUE, NULL, undo_cb, pending);
}

/**
 * kontor_session_announce:
 * @self: a session
 * @commit: what a job has done
 *
 * Has the window tell that it is done, as after kontor_session_commit().
 */
void
kontor_session_announce (KontorSession *self, const KontorCommit *commit)
{
  g_signal_emit (self, signals[SIGNAL_COMMITTED], 0, commit);
}

/**
 * kontor_session_tell:
 * @self: a session
 * @text: what was done that is no step
 *
 * Has the window tell @text.
 */
void
kontor_session_tell (KontorSession *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_TOLD], 0, text);
}

/**
 * kontor_session_fail:
 * @self: a session
 * @error: what went wrong
 *
 * Has the window tell @error, unless somebody broke the work off.
 */
void
kontor_session_fail (KontorSession *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

/**
 * kontor_session_add_field:
 * @schema: the fields of the workspace
 * @step: where to
 * @record: a stored record, as it was read
 * @field: a field of it
 * @value: its new value
 * @currency: (nullable): of money: the new currency
 *
 * Adds what sets the field; nothing where it has that value. On any thread.
 */
void
kontor_session_add_field (KontorSchema *schema,
                          KontorStep *step,
                          KontorRecord *record,
                          const KontorFieldDef *field,
                          const KontorValue *value,
                          const char *currency)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);
  const KontorId *id = kontor_record_get_id (record);
  g_auto(KontorValue) before = KONTOR_VALUE_INIT;

  kontor_record_get_value (record, field, &before);
  if (!kontor_value_equal (&before, value))
    kontor_step_set (step, type, id, field, value);
  if (currency != NULL && field->companion != NULL)
    {
      const KontorFieldDef *companion = kontor_schema_find_field (schema, type, field->companion);
      g_auto(KontorValue) code = KONTOR_VALUE_INIT;

      kontor_value_set_text (&code, currency);
      if (g_strcmp0 (kontor_record_value_text (record, companion), currency) != 0)
        kontor_step_set (step, type, id, companion, &code);
    }
}

/**
 * kontor_session_step_field:
 * @self: a session
 * @record: a stored record, as it was read
 * @field: a field of it
 * @value: its new value
 * @currency: (nullable): of money: the new currency
 * @label: what the step is called, such as "Phone changed"
 *
 * Returns: (transfer full) (nullable): a step that sets the field, or %NULL when it has that value
 */
KontorStep *
kontor_session_step_field (KontorSession *self,
                           KontorRecord *record,
                           const KontorFieldDef *field,
                           const KontorValue *value,
                           const char *currency,
                           const char *label)
{
  g_autoptr(KontorStep) step = kontor_step_new (label);

  kontor_session_add_field (self->schema, step, record, field, value, currency);
  return kontor_step_is_empty (step) ? NULL : g_steal_pointer (&step);
}
