/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Long work that somebody may watch and cancel. Progress may come from any thread. */
#pragma once

#include "kontor-progress.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_JOB (kontor_job_get_type ())
G_DECLARE_FINAL_TYPE (KontorJob, kontor_job, KONTOR, JOB, GObject)

/* Properties: "fraction" (0 to 1, below 0 while unknown), "detail" (text), "finished". Until it is
 * finished the program goes on, even without a window. */

KontorJob *kontor_job_new (const char *title);
const char *kontor_job_get_title (KontorJob *self);
const char *kontor_job_get_detail (KontorJob *self);
double kontor_job_get_fraction (KontorJob *self);
GCancellable *kontor_job_get_cancellable (KontorJob *self);
void kontor_job_set_can_keep (KontorJob *self);
gboolean kontor_job_can_keep (KontorJob *self);
void kontor_job_stop (KontorJob *self, gboolean keep);
gboolean kontor_job_keeps (KontorJob *self);
void kontor_job_report (guint64 done, guint64 total, gpointer job); /* a KontorProgress */
void kontor_job_finish (KontorJob *self, const char *report);
const char *kontor_job_get_outcome (KontorJob *self);
gboolean kontor_job_is_finished (KontorJob *self);

G_END_DECLS
