/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button of the header bar that is there while anything takes long, and shows how far it is. */
#pragma once

#include "kontor-job.h"
#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_JOB_BUTTON (kontor_job_button_get_type ())
G_DECLARE_FINAL_TYPE (KontorJobButton, kontor_job_button, KONTOR, JOB_BUTTON, GtkWidget)

void kontor_job_button_set_session (KontorJobButton *self, KontorSession *session);

G_END_DECLS
