/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every template of the program becomes a widget and goes away again without a complaint, and every
 * field that can be edited has an editor that gives back what it was given. */
#include "config.h"

#include "commit-fixture.h"
#include "kontor-attachment-row.h"
#include "kontor-attachment-section.h"
#include "kontor-attachment-window.h"
#include "kontor-child-row.h"
#include "kontor-child-section.h"
#include "kontor-chip.h"
#include "kontor-composer.h"
#include "kontor-contacts-area.h"
#include "kontor-field-editor.h"
#include "kontor-field-row.h"
#include "kontor-fields-page.h"
#include "kontor-filter-group.h"
#include "kontor-filter-row.h"
#include "kontor-import-row-box.h"
#include "kontor-import-window.h"
#include "kontor-link-entry.h"
#include "kontor-mass-dialog.h"
#include "kontor-new-dialog.h"
#include "kontor-org-chart.h"
#include "kontor-palette.h"
#include "kontor-party-page.h"
#include "kontor-point-list.h"
#include "kontor-preferences.h"
#include "kontor-record-list.h"
#include "kontor-record-row.h"
#include "kontor-restore-window.h"
#include "kontor-settings-pane.h"
#include "kontor-row-editor.h"
#include "kontor-sidebar.h"
#include "kontor-star-list.h"
#include "kontor-steps-window.h"
#include "kontor-tag-box.h"
#include "kontor-timeline-row.h"
#include "kontor-timeline.h"
#include "kontor-welcome.h"
#include "kontor-window.h"
#include <string.h>

#define UI_PATH KONTOR_APP_PATH "/ui/"

static GHashTable *
list_types (void)
{
  const GType types[] = {
    KONTOR_TYPE_CHILD_ROW,         KONTOR_TYPE_CHILD_SECTION,  KONTOR_TYPE_CONTACTS_AREA,
    KONTOR_TYPE_FIELD_ROW,         KONTOR_TYPE_IMPORT_ROW_BOX, KONTOR_TYPE_IMPORT_WINDOW,
    KONTOR_TYPE_LINK_ENTRY,        KONTOR_TYPE_NEW_DIALOG,     KONTOR_TYPE_PARTY_PAGE,
    KONTOR_TYPE_POINT_LIST,        KONTOR_TYPE_RECORD_LIST,    KONTOR_TYPE_RECORD_ROW,
    KONTOR_TYPE_SIDEBAR,           KONTOR_TYPE_STAR_LIST,      KONTOR_TYPE_RESTORE_WINDOW,
    KONTOR_TYPE_TAG_BOX,           KONTOR_TYPE_TIMELINE_ROW,   KONTOR_TYPE_TIMELINE,
    KONTOR_TYPE_WELCOME,           KONTOR_TYPE_WINDOW,         KONTOR_TYPE_FILTER_GROUP,
    KONTOR_TYPE_FILTER_ROW,        KONTOR_TYPE_MASS_DIALOG,    KONTOR_TYPE_PALETTE,
    KONTOR_TYPE_PREFERENCES,       KONTOR_TYPE_STEPS_WINDOW,   KONTOR_TYPE_CHIP,
    KONTOR_TYPE_COMPOSER,          KONTOR_TYPE_ATTACHMENT_ROW, KONTOR_TYPE_ATTACHMENT_SECTION,
    KONTOR_TYPE_ATTACHMENT_WINDOW, KONTOR_TYPE_FIELDS_PAGE,    KONTOR_TYPE_SETTINGS_PANE,
    KONTOR_TYPE_ROW_EDITOR,        KONTOR_TYPE_ORG_CHART,
  };
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_hash_table_insert (names, (gpointer) g_type_name (types[i]), GSIZE_TO_POINTER (types[i]));
  return names;
}

/* The class a template file is of. */
static char *
dup_class (const char *path)
{
  g_autoptr(GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  const char *xml = g_bytes_get_data (bytes, NULL);
  const char *name = strstr (xml, "<template class=\"");

  g_assert_nonnull (name);
  name += strlen ("<template class=\"");
  return g_strndup (name, strcspn (name, "\""));
}

static void
check_template (GHashTable *types, const char *path)
{
  g_autofree char *name = dup_class (path);
  GType type = GPOINTER_TO_SIZE (g_hash_table_lookup (types, name));
  GtkWidget *widget;

  g_test_message ("%s", path);
  g_assert_cmpuint (type, !=, 0);
  widget = g_object_ref_sink (g_object_new (type, NULL));
  if (GTK_IS_WINDOW (widget))
    gtk_window_destroy (GTK_WINDOW (widget));
  g_assert_finalize_object (widget);
}

static void
test_templates (void)
{
  g_auto(GStrv) directories =
    g_resources_enumerate_children (UI_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr(GHashTable) types = list_types ();
  guint n = 0;

  g_assert_nonnull (directories);
  for (guint i = 0; directories[i] != NULL; i++)
    {
      g_autofree char *directory = g_strconcat (UI_PATH, directories[i], NULL);
      g_auto(GStrv) files =
        g_resources_enumerate_children (directory, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      for (guint j = 0; files[j] != NULL; j++, n++)
        {
          g_autofree char *path = g_strconcat (directory, files[j], NULL);

          check_template (types, path);
        }
    }
  g_assert_cmpuint (n, ==, g_hash_table_size (types));
}

static void
check_editor (KontorSession *session, const KontorRecordType *type, const KontorFieldDef *field)
{
  g_autoptr(KontorRecord) record = kontor_record_new (type, &KONTOR_ID_NULL);
  GtkWidget *editor = g_object_ref_sink (kontor_field_editor_new (session, field));
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_test_message ("%s.%s", type->name, field->name);
  kontor_field_editor_load (KONTOR_FIELD_EDITOR (editor), record);
  g_assert_false (kontor_field_editor_is_edited (KONTOR_FIELD_EDITOR (editor)));
  g_assert_nonnull (kontor_field_editor_get_target (KONTOR_FIELD_EDITOR (editor)));
  before = kontor_field_editor_dup_text (KONTOR_FIELD_EDITOR (editor));
  kontor_field_editor_set_text (KONTOR_FIELD_EDITOR (editor), "what nobody has");
  g_assert_true (kontor_field_editor_is_edited (KONTOR_FIELD_EDITOR (editor)));
  kontor_field_editor_load (KONTOR_FIELD_EDITOR (editor), record);
  after = kontor_field_editor_dup_text (KONTOR_FIELD_EDITOR (editor));
  g_assert_cmpstr (before, ==, after);
  g_assert_finalize_object (editor);
}

static void
test_editors (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorSession) session = kontor_session_new (fixture->workspace);
  guint n = 0;

  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);
      g_autoptr(GPtrArray) fields =
        kontor_schema_get_fields (kontor_session_get_schema (session), type);

      for (guint j = 0; j < fields->len; j++)
        if (kontor_field_is_editable (g_ptr_array_index (fields, j)))
          {
            check_editor (session, type, g_ptr_array_index (fields, j));
            n++;
          }
    }
  g_assert_cmpuint (n, >, 100);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  adw_init ();

  g_test_add_func ("/app/templates", test_templates);
  g_test_add ("/app/editors", Fixture, NULL, fixture_set_up, test_editors, fixture_tear_down);
  return g_test_run ();
}
