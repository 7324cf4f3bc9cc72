/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of KontorFieldRow share. */
#pragma once

#include "kontor-field-editor.h"
#include "kontor-field-row.h"
#include <adwaita.h>

G_BEGIN_DECLS

struct _KontorFieldRow
{
  GtkWidget parent_instance;

  /* template */
  GtkLabel *label;
  GtkStack *stack;
  GtkWidget *dot;
  GtkLabel *value;
  AdwBin *slot;
  GtkBox *caption_box;
  GtkLabel *caption;
  GtkWidget *use_button;
  GtkWidget *lock;
  GtkBox *suffixes;

  /* owned */
  KontorSession *session;
  KontorRecord *record;
  char *text; /* label of the field here */
  char *uri;
  char *begun_with; /* the stored text when editing began */

  KontorFieldEditor *editor; /* borrowed, while editing */
  const KontorFieldDef *field;
  gboolean keep_open;
  gboolean saving;
};

/* kontor-field-row-input.c: how keys and clicks begin, end and carry on editing */
void kontor_field_row_bind_input (GtkWidgetClass *klass);

G_END_DECLS
