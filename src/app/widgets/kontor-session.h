/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the widgets of one window share: the workspace, and commits whose outcome the window tells
 * in a toast. */
#pragma once

#include "kontor-job.h"
#include "kontor-model.h"
#include "kontor-workspace.h"

G_BEGIN_DECLS

#define KONTOR_TYPE_SESSION (kontor_session_get_type ())
G_DECLARE_FINAL_TYPE (KontorSession, kontor_session, KONTOR, SESSION, GObject)

/* Signals:
 *   "committed" (KontorCommit *)             a step is done; its label says what
 *   "undone" (KontorCommit *, gboolean redo) a step was taken back, or done again
 *   "told" (char *)                          something was done that is no step
 *   "failed" (GError *)                      something did not work; the error says what to do
 *   "changed" (KontorChangeSet *)            the workspace's, while this session lives
 *   "schema-changed" ()                      fields or pick lists are others now */

KontorSession *kontor_session_new (KontorWorkspace *workspace);

KontorWorkspace *kontor_session_get_workspace (KontorSession *self);
KontorSchema *kontor_session_get_schema (KontorSession *self);
GListModel *kontor_session_get_jobs (KontorSession *self);
void kontor_session_add_job (KontorSession *self, KontorJob *job);
void kontor_session_dismiss_job (KontorSession *self, KontorJob *job);
gint64 kontor_session_now (KontorSession *self);
char *kontor_session_today (KontorSession *self);
gboolean kontor_session_can (KontorSession *self,
                             const KontorRecordType *type,
                             const KontorFieldDef *field,
                             KontorRights right);

/* Called on the main thread; @commit is NULL when @error is set, which is then the callee's to
 * tell. */
typedef void (*KontorSessionDone) (KontorSession *self,
                                   const KontorCommit *commit,
                                   const GError *error,
                                   gpointer data);

void kontor_session_commit (KontorSession *self, KontorStep *step);
void kontor_session_commit_then (KontorSession *self,
                                 KontorStep *step,
                                 KontorSessionDone done,
                                 gpointer data,
                                 GDestroyNotify destroy);
void kontor_session_undo (KontorSession *self, const KontorId *step);
void kontor_session_redo (KontorSession *self);
void kontor_session_announce (KontorSession *self, const KontorCommit *commit);
void kontor_session_tell (KontorSession *self, const char *text);
void kontor_session_fail (KontorSession *self, const GError *error);

void kontor_session_add_field (KontorSchema *schema,
                               KontorStep *step,
                               KontorRecord *record,
                               const KontorFieldDef *field,
                               const KontorValue *value,
                               const char *currency);
KontorStep *kontor_session_step_field (KontorSession *self,
                                       KontorRecord *record,
                                       const KontorFieldDef *field,
                                       const KontorValue *value,
                                       const char *currency,
                                       const char *label);

G_END_DECLS
