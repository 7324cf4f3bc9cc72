/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of KontorPartyPage share. */
#pragma once

#include "kontor-attachment-section.h"
#include "kontor-contacts-layout.h"
#include "kontor-field-list.h"
#include "kontor-job-button.h"
#include "kontor-party-page.h"
#include "kontor-point-list.h"
#include "kontor-split-view.h"
#include "kontor-star-button.h"
#include "kontor-tag-box.h"
#include "kontor-timeline.h"
#include <adwaita.h>
#include <string.h>

G_BEGIN_DECLS

struct _KontorPartyPage
{
  GtkWidget parent_instance;

  /* template */
  AdwHeaderBar *header;
  GtkWidget *back_button;
  AdwWindowTitle *window_title;
  GtkRevealer *trash_banner;
  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *subtitle;
  KontorStarButton *star;
  GtkWidget *jobs;
  KontorJobButton *job_button;
  KontorTagBox *tags;
  GtkWidget *freshness;
  GtkLabel *freshness_label;
  GtkWidget *switch_row;
  GtkToggleButton *timeline_button;
  KontorSplitView *split;
  GtkBox *facts;
  GtkToggleButton *edit_button;
  KontorPointList *points;
  KontorFieldList *fields;
  KontorAttachmentSection *attachments;
  KontorTimeline *timeline;
  GtkWidget *drop_frame;
  GtkLabel *drop_label;

  /* owned */
  KontorSession *session;
  KontorRecord *record;
  GPtrArray *sections;       /* (element-type KontorChildSection), borrowed children */
  GPtrArray *contact_points; /* (element-type KontorRecord) */
  GCancellable *cancellable;

  GtkWidget *drop_row; /* weak (nullable): the entry that files hover over */

  const KontorChildSpec *const *section_specs;
  const KontorRecordType *type; /* NULL until a record is shown */
  KontorId id;
  gboolean editing;
  gboolean loading;
  gboolean stale; /* it changed while it was being read */
  gboolean wants_focus;
};

/* kontor-party-page-actions.c */
void kontor_party_page_install_actions (GtkWidgetClass *klass);
void kontor_party_page_update_actions (KontorPartyPage *self);

/* kontor-party-page-drop.c */
void kontor_party_page_take_drops (KontorPartyPage *self);
void kontor_party_page_take_text (KontorPartyPage *self, const char *text);

G_END_DECLS
