/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Custom fields, pick lists and layouts of a workspace: what can't be is refused, what is removed
 * is still shown where it was chosen, and everything is known at once and after opening anew. */
#include "config.h"

#include "commit-fixture.h"
#include <string.h>

static KontorStep *
new_field (const char *label, const char *kind)
{
  g_autoptr(KontorRecord) field = kontor_record_new (&kontor_custom_field_type, NULL);
  KontorStep *step = kontor_step_new ("Field");

  kontor_record_set_text (field, KONTOR_CUSTOM_FIELD_TYPE, "contact");
  kontor_record_set_text (field, KONTOR_CUSTOM_FIELD_LABEL, label);
  kontor_record_set_text (field, KONTOR_CUSTOM_FIELD_KIND, kind);
  kontor_step_create (step, field);
  return step;
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (10000, 'x');
  g_autoptr(KontorCommit) commit = NULL;
  KontorStep *imported;

  fixture_refuse (fixture, new_field ("Size", "nonsense"), KONTOR_ERROR_INVALID, "kind");
  fixture_refuse (fixture, new_field ("Size", "money"), KONTOR_ERROR_INVALID, "kind");
  fixture_refuse (fixture, new_field ("Size", "pick"), KONTOR_ERROR_INVALID, "kind");
  fixture_refuse (fixture, new_field ("Size", "link"), KONTOR_ERROR_INVALID, "kind");
  fixture_refuse (fixture, new_field (longest, "text"), KONTOR_ERROR_INVALID, "label");
  fixture_refuse (fixture, new_field ("FULL NAME", "text"), KONTOR_ERROR_INVALID, "label");
  kontor_commit_free (fixture_commit (fixture, new_field ("Size <b>&", "text")));
  fixture_refuse (fixture, new_field ("size <b>&", "text"), KONTOR_ERROR_INVALID, "label");
  /* two offices may have called two fields the same */
  imported = new_field ("Size <b>&", "text");
  kontor_step_set_origin (imported, KONTOR_ORIGIN_IMPORT);
  kontor_commit_free (fixture_commit (fixture, imported));
}

/* The limit is told, not found out later by a field that is missing. */
static void
test_many_fields (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorSchema) schema = NULL;
  g_autoptr(GPtrArray) custom = NULL;
  KontorStep *step = kontor_step_new ("Fields");

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *label = g_strdup_printf ("Field %u", i);
      g_autoptr(KontorRecord) field = kontor_record_new (&kontor_custom_field_type, NULL);

      kontor_record_set_text (field, KONTOR_CUSTOM_FIELD_TYPE, "contact");
      kontor_record_set_text (field, KONTOR_CUSTOM_FIELD_LABEL, label);
      kontor_record_set_text (field, KONTOR_CUSTOM_FIELD_KIND, "text");
      kontor_step_create (step, field);
    }
  kontor_commit_free (fixture_commit (fixture, step));
  fixture_refuse (fixture, new_field ("One more", "text"), KONTOR_ERROR_INVALID, "kind");
  schema = kontor_workspace_ref_schema (fixture->workspace);
  custom = kontor_schema_get_custom_fields (schema, &kontor_contact_type);
  g_assert_cmpuint (custom->len, ==, 200);
  fixture_assert_sound (fixture);
}

static KontorId
add_value (Fixture *fixture, const char *code, const char *label)
{
  KontorRecord *value = kontor_record_new (&kontor_pick_list_type, NULL);

  kontor_record_set_text (value, KONTOR_PICK_LIST_LIST, "colour");
  kontor_record_set_text (value, KONTOR_PICK_LIST_CODE, code);
  kontor_record_set_text (value, KONTOR_PICK_LIST_LABEL, label);
  return fixture_commit_new (fixture, value);
}

static guint
count_offered (Fixture *fixture)
{
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);
  g_autoptr(GPtrArray) values = kontor_schema_get_pick_values (schema, "colour");

  return values->len;
}

static void
assert_label (Fixture *fixture, const char *code, const char *label)
{
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);

  g_assert_cmpstr (kontor_schema_pick_label (schema, "colour", code), ==, label);
}

static void
test_removed_value (Fixture *fixture, gconstpointer data)
{
  KontorId red = add_value (fixture, "red", "Red");

  add_value (fixture, "blue", "Blue");
  fixture_commit_trash (fixture, &kontor_pick_list_type, &red);
  g_assert_cmpuint (count_offered (fixture), ==, 1);
  assert_label (fixture, "red", "Red");
  /* one that has its code now goes before it */
  add_value (fixture, "red", "Crimson");
  assert_label (fixture, "red", "Crimson");
  g_assert_cmpuint (count_offered (fixture), ==, 2);
  kontor_commit_free (fixture_undo (fixture));
  kontor_commit_free (fixture_undo (fixture));
  g_assert_cmpuint (count_offered (fixture), ==, 2);
  fixture_reopen (fixture);
  assert_label (fixture, "red", "Red");
}

static KontorId
add_layout (Fixture *fixture, const char *definition)
{
  KontorRecord *layout = kontor_record_new (&kontor_layout_type, NULL);

  kontor_record_set_text (layout, KONTOR_LAYOUT_TYPE, "contact");
  kontor_record_set_text (layout, KONTOR_LAYOUT_PLACE, "page");
  kontor_record_set_text (layout, KONTOR_LAYOUT_DEFINITION, definition);
  return fixture_commit_new (fixture, layout);
}

static char *
dup_layout (Fixture *fixture)
{
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);
  KontorLayout *layout =
    kontor_schema_get_layout (schema, &kontor_contact_type, KONTOR_LAYOUT_PAGE);

  return layout != NULL ? kontor_layout_to_text (layout) : NULL;
}

static void
assert_layout (Fixture *fixture, const char *expected)
{
  g_autofree char *text = dup_layout (fixture);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_layout (Fixture *fixture, gconstpointer data)
{
  static const char first[] = "{\"sections\":[{\"fields\":[\"name\"]}]}";
  static const char second[] = "{\"sections\":[{\"fields\":[\"notes\"]}]}";
  KontorId layout, other;

  assert_layout (fixture, NULL);
  layout = add_layout (fixture, first);
  assert_layout (fixture, first);
  fixture_commit_text (fixture, &layout, KONTOR_LAYOUT_DEFINITION, second);
  assert_layout (fixture, second);
  kontor_commit_free (fixture_undo (fixture));
  assert_layout (fixture, first);
  fixture_reopen (fixture);
  assert_layout (fixture, first);
  /* of two that two devices made, all show the older one */
  other = add_layout (fixture, second);
  assert_layout (fixture, first);
  fixture_commit_trash (fixture, &kontor_layout_type, &layout);
  assert_layout (fixture, second);
  /* what another program writes does no harm */
  fixture_commit_text (fixture, &other, KONTOR_LAYOUT_DEFINITION, "{\"sections\":5}");
  assert_layout (fixture, NULL);
  fixture_assert_sound (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
#define ADD(name, test) \
  g_test_add ("/definitions/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)
  ADD ("refused", test_refused);
  ADD ("many-fields", test_many_fields);
  ADD ("removed-value", test_removed_value);
  ADD ("layout", test_layout);
  return g_test_run ();
}
