/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter builder shows any filter and gives back the same one. */
#include "config.h"

#include "commit-fixture.h"
#include "kontor-filter-group.h"
#include "kontor-filter-path.h"
#include <adwaita.h>

static const char *const cases[] = {
  "city=Berlin",
  "city~ber and not has activity (kind=call)",
  "city=Berlin or city=\"New York\"",
  "not (city=Berlin or city=Bonn)",
  "not city=Berlin",
  "not (city=Berlin and city=Bonn)",
  "city in (Berlin, Bonn)",
  "city is empty and name is not empty",
  "tags=VIP and tags!=Partner",
  "account.city=Berlin",
  "account.parent.name=Acme", /* two links: kept as it is written */
  "birth_date>=1980-01-01",
  "created_at<=today-30",
  "owner=me",
  "search \"ana tru\"",
  "has activity",
  "has activity (kind=call and (at>=today-7 or text~price))",
  "(city=Berlin or city=Bonn) and (name~a or has activity)",
  "not has activity (not (kind=call or kind=note))",
};

static KontorFilter *
parse (KontorSession *session, const char *text)
{
  g_autoptr(GError) error = NULL;
  KontorFilter *filter =
    kontor_filter_parse (kontor_session_get_schema (session), &kontor_contact_type, text, &error);

  g_assert_no_error (error);
  return filter;
}

/* A group of one is that one; what is left says the same in the same order. */
static char *
dup_plain (const KontorFilter *filter)
{
  if ((filter->kind == KONTOR_FILTER_AND || filter->kind == KONTOR_FILTER_OR) &&
      filter->children->len == 1)
    return dup_plain (g_ptr_array_index (filter->children, 0));
  if (filter->kind == KONTOR_FILTER_COMPARE || filter->kind == KONTOR_FILTER_SEARCH)
    return kontor_filter_to_text (filter);
  {
    GString *out = g_string_new (NULL);

    g_string_append_printf (out, "%d", filter->kind);
    if (filter->related != NULL)
      g_string_append_printf (out, " %s", filter->related->name);
    g_string_append_c (out, '(');
    for (guint i = 0; i < filter->children->len; i++)
      {
        g_autofree char *child = dup_plain (g_ptr_array_index (filter->children, i));

        g_string_append_printf (out, "%s;", child);
      }
    g_string_append_c (out, ')');
    return g_string_free (out, FALSE);
  }
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorSession) session = kontor_session_new (fixture->workspace);
  GtkWidget *group = g_object_ref_sink (kontor_filter_group_new (session, &kontor_contact_type));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KontorFilter) filter = parse (session, cases[i]);
      g_autoptr(KontorFilter) got = NULL;
      g_autofree char *got_text = NULL;
      g_autofree char *plain = NULL;

      g_test_message ("%s", cases[i]);
      kontor_filter_group_set_filter (KONTOR_FILTER_GROUP (group), filter);
      got = kontor_filter_group_dup_filter (KONTOR_FILTER_GROUP (group));
      g_assert_nonnull (got);
      got_text = dup_plain (got);
      plain = dup_plain (filter);
      g_assert_cmpstr (got_text, ==, plain);
    }
  kontor_filter_group_set_filter (KONTOR_FILTER_GROUP (group), NULL);
  g_assert_null (kontor_filter_group_dup_filter (KONTOR_FILTER_GROUP (group)));
  g_assert_finalize_object (group);
}

/* Every field that is offered makes a condition the language understands. */
static void
test_fields (Fixture *fixture, gconstpointer data)
{
  KontorSchema *schema;
  g_autoptr(KontorSession) session = kontor_session_new (fixture->workspace);
  g_autoptr(GPtrArray) paths = NULL;

  schema = kontor_session_get_schema (session);
  paths = kontor_filter_path_list (schema, &kontor_contact_type);
  g_assert_cmpuint (paths->len, >, 30);
  for (guint i = 0; i < paths->len; i++)
    {
      const KontorFilterPath *path = g_ptr_array_index (paths, i);
      g_autoptr(KontorFilter) filter = NULL;
      g_autoptr(KontorFilter) again = NULL;
      g_autofree char *text = NULL;

      if (path->fields->len == 0)
        continue;
      filter =
        kontor_filter_new_compare (g_ptr_array_index (path->fields, path->fields->len - 1),
                                   path->value == KONTOR_FILTER_VALUE_BOOLEAN ? KONTOR_OP_EQ
                                                                              : KONTOR_OP_NOT_EMPTY,
                                   path->value == KONTOR_FILTER_VALUE_BOOLEAN ? "yes" : NULL);
      if (path->fields->len == 2)
        g_ptr_array_insert (filter->path, 0, g_ptr_array_index (path->fields, 0));
      text = kontor_filter_to_text (filter);
      again = parse (session, text);
      g_assert_true (kontor_filter_equal (filter, again));
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  adw_init ();
  g_test_add ("/filter-builder/round-trip",
              Fixture,
              NULL,
              fixture_set_up,
              test_round_trip,
              fixture_tear_down);
  g_test_add ("/filter-builder/fields",
              Fixture,
              NULL,
              fixture_set_up,
              test_fields,
              fixture_tear_down);
  return g_test_run ();
}
