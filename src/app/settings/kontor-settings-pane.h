/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page within the preferences: a list of records to put in order, and a form for one of them.
 * Derived classes say which records, and what is done with them. */
#pragma once

#include "kontor-field-editor.h"
#include "kontor-order-list.h"
#include "kontor-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_SETTINGS_PANE (kontor_settings_pane_get_type ())
G_DECLARE_DERIVABLE_TYPE (KontorSettingsPane, kontor_settings_pane, KONTOR, SETTINGS_PANE, AdwBin)

/**
 * KontorSettingsPaneClass:
 * @build_query: (nullable): what to read; without it the schema alone is shown
 * @show: shows what was read, on the first time and after each change of fields and lists
 * @add: "Add" was asked for
 * @open: a row was opened
 * @remove: a row is to be removed
 * @moved: the person put a row elsewhere
 * @toggled: the person ticked a row
 * @accept: the form is done
 */
struct _KontorSettingsPaneClass
{
  AdwBinClass parent_class;

  KontorQuery *(*build_query) (KontorSettingsPane *self);
  void (*show) (KontorSettingsPane *self, GPtrArray *records);
  void (*add) (KontorSettingsPane *self);
  void (*open) (KontorSettingsPane *self, KontorOrderItem *item);
  void (*remove) (KontorSettingsPane *self, KontorOrderItem *item);
  void (*moved) (KontorSettingsPane *self, KontorOrderItem *item);
  void (*toggled) (KontorSettingsPane *self, KontorOrderItem *item);
  void (*accept) (KontorSettingsPane *self);
};

void kontor_settings_pane_set_up (KontorSettingsPane *self,
                                  KontorSession *session,
                                  const char *title,
                                  const char *subtitle);
KontorSession *kontor_settings_pane_get_session (KontorSettingsPane *self);
KontorOrderList *kontor_settings_pane_get_list (KontorSettingsPane *self);
GPtrArray *kontor_settings_pane_get_records (KontorSettingsPane *self);
KontorRecord *kontor_settings_pane_find_record (KontorSettingsPane *self, const char *key);
void
kontor_settings_pane_set_titles (KontorSettingsPane *self, const char *title, const char *subtitle);
void kontor_settings_pane_set_words (KontorSettingsPane *self,
                                     const char *add_label,
                                     const char *hint,
                                     const char *empty_title,
                                     const char *empty_text);
void kontor_settings_pane_set_top (KontorSettingsPane *self, GtkWidget *widget);
void kontor_settings_pane_set_rows (KontorSettingsPane *self, GPtrArray *items);
void kontor_settings_pane_read (KontorSettingsPane *self);

void kontor_settings_pane_show_form (KontorSettingsPane *self,
                                     GtkWidget *form,
                                     const char *title,
                                     const char *verb);
void kontor_settings_pane_set_form_note (KontorSettingsPane *self, const char *text);
void kontor_settings_pane_set_form_error (KontorSettingsPane *self, const char *text);
void kontor_settings_pane_close_form (KontorSettingsPane *self);
gboolean kontor_settings_pane_has_form (KontorSettingsPane *self);

void kontor_settings_pane_commit (KontorSettingsPane *self, KontorStep *step);
void kontor_settings_pane_commit_form (KontorSettingsPane *self, KontorStep *step);
char *kontor_settings_key (const KontorId *id);
char *kontor_settings_check_text (KontorFieldEditor *editor);

G_END_DECLS
