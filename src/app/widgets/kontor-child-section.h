/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that belong to the one on a page: addresses, positions, needs. Each shows a line or a few
 * and unfolds to its fields. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * KontorChildSpec:
 * @type: type of the children
 * @title: N_(): heading
 * @add_label: (nullable): N_(): what adding one is called; %NULL where none can be added
 * @fields: (array zero-terminated=1): what a child unfolds to
 * @new_fields: (array zero-terminated=1): what is asked for a new one
 * @summarize: (transfer full): the lines a folded child shows; the first stands out
 * @begin: makes the draft of a new child of @parent
 * @add_action: (nullable): an action that adds instead
 * @open_link: a link of the child whose record can be opened, or 0
 * @more_action: (nullable): an action beside the one that adds
 * @more_label: (nullable): N_(): what it does
 * @more_icon: (nullable): its icon
 * @summarize_for: (nullable): instead of @summarize: seen from the record of the page
 * @find_target: (nullable): instead of @open_link: the record that can be opened
 * @make_removal: (nullable): the step that takes a row away, where it is not the child to the trash
 * @gather: (nullable) (transfer full): the rows, where they are not the children of @type
 */
typedef struct
{
  const KontorRecordType *type;
  const char *title;
  const char *add_label;
  const KontorFieldId *fields;
  const KontorFieldId *new_fields;
  char *(*summarize) (KontorSession *session, KontorRecord *child);
  KontorRecord *(*begin) (KontorRecord *parent);
  const char *add_action;
  KontorFieldId open_link;
  const char *more_action;
  const char *more_label;
  const char *more_icon;
  char *(*summarize_for) (KontorSession *session, KontorRecord *child, KontorRecord *page);
  gboolean (*find_target) (KontorRecord *child,
                           KontorRecord *page,
                           const char **type,
                           KontorId *id);
  KontorStep *(*make_removal) (KontorRecord *child, KontorRecord *page);
  GPtrArray *(*gather) (KontorPageData *data);
} KontorChildSpec;

#define KONTOR_TYPE_CHILD_SECTION (kontor_child_section_get_type ())
G_DECLARE_FINAL_TYPE (KontorChildSection, kontor_child_section, KONTOR, CHILD_SECTION, GtkWidget)

GtkWidget *kontor_child_section_new (KontorSession *session, const KontorChildSpec *spec);
void kontor_child_section_set_children (KontorChildSection *self,
                                        KontorRecord *parent,
                                        GPtrArray *children);
void kontor_child_section_add (KontorChildSection *self);

G_END_DECLS
