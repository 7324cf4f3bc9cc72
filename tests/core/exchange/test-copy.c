/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records for the clipboard, and what is told of a text from there. */
#include "config.h"

#include "import-fixture.h"
#include "kontor-copy.h"
#include "kontor-error.h"
#include <string.h>

static KontorCopy *
copy_query (ImportFixture *fixture, const char *text, GError **error)
{
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);
  g_autoptr(KontorQuery) query = kontor_query_parse (schema, text, error);
  g_autoptr(GArray) rids = kontor_workspace_query (fixture->workspace, query, 0, NULL, error);

  g_assert_no_error (*error);
  return kontor_copy_records (fixture->workspace, query, rids, NULL, error);
}

static void
test_formats (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorCopy) copy = NULL;
  g_autoptr(GError) error = NULL;

  fixture->type = "contact";
  import_text (fixture,
               "Name,City,Notes\nAna <Truj>,México,\"=1+2\nnext\"\nBert & Co,Berlin,a\tb\n");
  copy = copy_query (fixture, "contact sort name columns name, city, notes", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (copy->n, ==, 2);
  /* what could be a formula is text; cells stay in their row */
  g_assert_cmpstr (copy->tsv,
                   ==,
                   "Full name\tCity\tNotes\n"
                   "Ana <Truj>\tMéxico\t'=1+2 next\n"
                   "Bert & Co\tBerlin\ta b\n");
  g_test_message ("%s", copy->html);
  g_assert_nonnull (strstr (copy->html, "<td>Ana &lt;Truj&gt;</td><td>México</td>"));
  g_assert_nonnull (strstr (copy->html, "<td>&#39;=1+2<br>next</td>"));
  g_assert_nonnull (strstr (copy->html, "Bert &amp; Co"));
  g_assert_true (g_str_has_prefix (copy->cards, "BEGIN:VCARD"));
  g_assert_nonnull (strstr (copy->cards, "FN:Bert & Co"));
  g_assert_cmpint (kontor_paste_find_kind (copy->tsv), ==, KONTOR_PASTE_TABLE);
  g_assert_cmpint (kontor_paste_find_kind (copy->cards), ==, KONTOR_PASTE_CARDS);
}

/* What has no card has none; too many are refused with a way out. */
static void
test_limits (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorCopy) copy = NULL;
  g_autoptr(GArray) rids = g_array_new (FALSE, TRUE, sizeof (gint64));
  g_autoptr(KontorQuery) query = kontor_query_new (&kontor_contact_type);
  g_autoptr(GError) error = NULL;

  fixture->type = "tag";
  import_text (fixture, "Name\nVIP\n");
  copy = copy_query (fixture, "tag columns name", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (copy->tsv, ==, "Name\nVIP\n");
  g_assert_null (copy->cards);
  g_array_set_size (rids, KONTOR_COPY_MAX_ROWS + 1);
  g_assert_null (kontor_copy_records (fixture->workspace, query, rids, NULL, &error));
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_LIMIT));
}

static void
test_kinds (ImportFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    KontorPasteKind kind;
  } texts[] = {
    { "", KONTOR_PASTE_NOTHING },
    { " \n\t", KONTOR_PASTE_NOTHING },
    { "Name\tCity\nAna\tBerlin\n", KONTOR_PASTE_TABLE },
    { "Name;City\r\nAna;Berlin\r\n", KONTOR_PASTE_TABLE },
    { "Name,City\nAna,Berlin", KONTOR_PASTE_TABLE },
    { "begin:vcard\nend:vcard", KONTOR_PASTE_CARDS },
    { "\xef\xbb\xbf"
      "BEGIN:VCARD",
      KONTOR_PASTE_CARDS },
    { "Ana Trujillo\nOwner\nana@example.com", KONTOR_PASTE_TEXT },
    { "Dear Ana,\nthanks for your letter.", KONTOR_PASTE_TEXT },
    { "one line", KONTOR_PASTE_TEXT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i].text);
      g_assert_cmpint (kontor_paste_find_kind (texts[i].text), ==, texts[i].kind);
    }
}

#define ADD(path, function)          \
  g_test_add ("/copy/" path,         \
              ImportFixture,         \
              NULL,                  \
              import_fixture_set_up, \
              function,              \
              import_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  kontor_model_init ();
  ADD ("formats", test_formats);
  ADD ("limits", test_limits);
  ADD ("kinds", test_kinds);
  return g_test_run ();
}
