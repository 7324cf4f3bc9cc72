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
} KontorChildSpec;

#define KONTOR_TYPE_CHILD_SECTION (kontor_child_section_get_type ())
G_DECLARE_FINAL_TYPE (KontorChildSection, kontor_child_section, KONTOR, CHILD_SECTION, GtkWidget)

GtkWidget *kontor_child_section_new (KontorSession *session, const KontorChildSpec *spec);
void kontor_child_section_set_children (KontorChildSection *self,
                                        KontorRecord *parent,
                                        GPtrArray *children);
void kontor_child_section_add (KontorChildSection *self);

G_END_DECLS
