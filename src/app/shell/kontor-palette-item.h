/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row of the command palette stands for. */
#pragma once

#include "kontor-workspace.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An action of the window with its target, and what is seen of it. */
typedef struct
{
  const char *section; /* heading, translated */
  char *title;
  char *detail; /* (nullable) */
  char *icon;   /* (nullable) */
  char *accel;  /* (nullable) */
  char *action; /* name, without a target */
  GVariant *target;

  const KontorRecordType *type; /* of a record; NULL: a command */
  KontorId id;
  const char *command; /* (nullable): its name in the table of keys */
} KontorPaletteItem;

KontorPaletteItem *kontor_palette_item_new_record (const char *section,
                                                   const char *title,
                                                   const char *detail,
                                                   const KontorRecordType *type,
                                                   const KontorId *id);
KontorPaletteItem *kontor_palette_item_new_for_record (const char *title,
                                                       const char *accel,
                                                       const char *action,
                                                       const KontorRecordType *type,
                                                       const KontorId *id);
KontorPaletteItem *
kontor_palette_item_new_create (const KontorRecordType *type, const char *title, const char *name);
KontorPaletteItem *kontor_palette_item_new_tag (const char *name);
void kontor_palette_item_free (KontorPaletteItem *item);

/* Commands whose titles have words that begin with those of @text; without any the frequent ones */
void
kontor_palette_add_commands (GPtrArray *items, const char *text, gboolean has_record, guint max);

GtkWidget *kontor_palette_item_create_row (KontorPaletteItem *item);
KontorPaletteItem *kontor_palette_item_of_row (GtkListBoxRow *row);
void kontor_palette_update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data);

G_END_DECLS
