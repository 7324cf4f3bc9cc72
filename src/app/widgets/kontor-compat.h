/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The few things GTK 4.8 and libadwaita 1.2 do by what later versions deprecate, in one place. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  KONTOR_CHOOSE_OPEN,
  KONTOR_CHOOSE_OPEN_MANY,
  KONTOR_CHOOSE_SAVE,
  KONTOR_CHOOSE_FOLDER,
} KontorChooseMode;

/* A named group of file name patterns, "*.csv;*.txt". */
typedef struct
{
  const char *name; /* N_() */
  const char *patterns;
} KontorFileFilter;

void kontor_choose_files_async (GtkWidget *parent,
                                KontorChooseMode mode,
                                const char *title,
                                const char *accept,
                                const char *suggestion,
                                const KontorFileFilter *filters,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GListModel *kontor_choose_files_finish (GAsyncResult *result, GError **error);

void kontor_confirm_async (GtkWidget *parent,
                           const char *heading,
                           const char *body,
                           const char *verb,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean kontor_confirm_finish (GAsyncResult *result);

void kontor_stack_tell_hidden (GtkStack *stack);
guint kontor_signal_new (GType type, const char *name);
void kontor_bin_empty_soon (AdwBin *bin);
void kontor_widget_grab_focus_soon (GtkWidget *widget);
void kontor_widget_hand_on_focus (GtkWidget *leaving, GtkWidget *heir);
void kontor_widget_name_buttons (GtkWidget *widget, const char *label);
void kontor_widget_dispose_template (GtkWidget *widget, GType type);
void kontor_column_view_scroll_to (GtkColumnView *view, guint position);
void kontor_list_view_scroll_to (GtkListView *view, guint position);
void kontor_widget_set_tooltip (GtkWidget *widget, const char *text);
void kontor_widget_open_uri (GtkWidget *widget,
                             const char *uri,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

G_END_DECLS
