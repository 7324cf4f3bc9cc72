/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All keys of the window in one table: accelerators, the shortcuts window and tooltips come from
 * it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * KontorKey:
 * @action: detailed name of an action
 * @accels: (nullable): keys, parted by "|"; the first is shown
 * @title: N_(): what it does
 * @group: N_(): heading in the shortcuts window
 * @area_action: (nullable): what the window's action has the area do
 * @needs_record: whether it is about the record that is shown; those of a page are anyway
 */
typedef struct
{
  const char *action;
  const char *accels;
  const char *title;
  const char *group;
  const char *area_action;
  gboolean needs_record;
} KontorKey;

extern const KontorKey kontor_keys[];
extern const guint kontor_n_keys;

void kontor_keys_install (GtkApplication *application);
GtkWidget *kontor_keys_create_window (void);
gboolean kontor_key_is_command (const KontorKey *key);

G_END_DECLS
