/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The look before an import: what becomes of each row, and what the person decides then. */
#include "config.h"

#include "import-fixture.h"
#include <string.h>

static const KontorCheckedRow *
get_row (KontorImportCheck *check, guint64 line)
{
  for (guint i = 0; i < check->rows->len; i++)
    {
      const KontorCheckedRow *row = &g_array_index (check->rows, KontorCheckedRow, i);

      if (row->line == line)
        return row;
    }
  g_assert_not_reached ();
}

static void
decide (ImportFixture *fixture, guint64 line, KontorImportDecision decision, const KontorId *record)
{
  if (fixture->options == NULL)
    fixture->options = kontor_import_options_new ();
  kontor_import_options_decide (fixture->options, line, decision, record);
}

#define KNOWN             \
  "Name,Email,Position\n" \
  "Ana Trujillo,ana@example.com,Owner\n"

#define MIXED                                  \
  "Name,Email,Birthday,Mobile\n"               \
  "Bert Brecht,bert@example.com,,\n"           \
  "Ana Trujillo,ana@example.com,1970-12-31,\n" \
  "Anna Truhillo,ana@example.com,,555 0101\n"  \
  "Carl,,31.02.1980,\n"                        \
  "Bertolt B.,bert@example.com,,555 0102\n"

static void
test_verdicts (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorImportCheck) check = NULL;
  const KontorCheckedRow *row;

  fixture->type = "contact";
  import_text (fixture, KNOWN);
  fixture->type = "contact";
  fixture->mode = KONTOR_IMPORT_FILL;
  check = check_text (fixture, MIXED);
  g_assert_cmpuint (check->rows->len, ==, 5);
  g_assert_cmpuint (check->n_new, ==, 1);
  g_assert_cmpuint (check->n_update, ==, 1);
  g_assert_cmpuint (check->n_duplicates, ==, 2);
  g_assert_cmpuint (check->n_faulty, ==, 1);

  row = get_row (check, 2);
  g_assert_cmpint (row->verdict, ==, KONTOR_VERDICT_NEW);
  g_assert_cmpstr (row->title, ==, "Bert Brecht");
  g_assert_true (kontor_id_is_null (&row->record));
  g_assert_true (row->type == &kontor_contact_type);

  row = get_row (check, 3);
  g_assert_cmpint (row->verdict, ==, KONTOR_VERDICT_UPDATE);
  g_assert_false (kontor_id_is_null (&row->record));
  g_assert_cmpuint (row->other_line, ==, 0);

  /* one looks like a record that is there, the other like a row further up */
  row = get_row (check, 4);
  g_assert_cmpint (row->verdict, ==, KONTOR_VERDICT_DUPLICATE);
  g_assert_true (kontor_id_equal (&row->record, &get_row (check, 3)->record));
  g_assert_cmpuint (row->other_line, ==, 0);
  row = get_row (check, 6);
  g_assert_cmpint (row->verdict, ==, KONTOR_VERDICT_DUPLICATE);
  g_assert_cmpuint (row->other_line, ==, 2);

  row = get_row (check, 5);
  g_assert_cmpint (row->verdict, ==, KONTOR_VERDICT_FAULTY);
  g_assert_cmpstr (row->title, ==, "Carl, 31.02.1980");
  g_assert_nonnull (strstr (row->reason, "31.02.1980"));
  g_assert_cmpstr (row->value, ==, "Birthday: 31.02.1980");
}

static void
test_decisions (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorImportCheck) check = NULL;

  fixture->type = "contact";
  import_text (fixture, KNOWN);
  fixture->type = "contact";
  check = check_text (fixture, MIXED);
  /* the known one is left alone, what looks like her changes her */
  decide (fixture, 3, KONTOR_DECISION_SKIP, NULL);
  decide (fixture, 4, KONTOR_DECISION_FILL, &get_row (check, 4)->record);
  decide (fixture, 6, KONTOR_DECISION_FILL, NULL);
  fixture->type = "contact";
  fixture->mode = KONTOR_IMPORT_OVERWRITE;
  import_text (fixture, MIXED);
  import_assert_counts (fixture, 1, 2, 1, 1);
  import_assert_sql (fixture,
                     "SELECT name,birth_date,main_phone FROM v_contact ORDER BY name",
                     "Ana Trujillo|-|555 0101;Bert Brecht|-|555 0102");
  import_assert_sound (fixture);
}

static void
test_skip_and_new (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "contact";
  import_text (fixture, KNOWN);
  decide (fixture, 3, KONTOR_DECISION_CREATE, NULL);
  decide (fixture, 4, KONTOR_DECISION_SKIP, NULL);
  decide (fixture, 6, KONTOR_DECISION_SKIP, NULL);
  fixture->type = "contact";
  import_text (fixture, MIXED);
  import_assert_counts (fixture, 2, 0, 2, 1);
  import_assert_sql (fixture,
                     "SELECT name FROM v_contact ORDER BY name",
                     "Ana Trujillo;Ana Trujillo;Bert Brecht");
}

/* --- JSON lines ------------------------------------------------------------------------------- */

#define LINE(id, name, job)                                                                     \
  "{\"type\":\"contact\",\"id\":\"0190b8a0-0000-7000-8000-00000000000" id "\",\"name\":\"" name \
  "\"" job "}\n"

static void
test_lines (ImportFixture *fixture, gconstpointer data)
{
  const char *text = LINE ("1", "Ana B.", ",\"middle_name\":\"Maria\"") LINE ("2", "Bert B.", "")
    LINE ("3", "Carl", "") "{\"type\":\"contact\"}\n";
  g_autoptr(KontorImportCheck) check = NULL;

  import_lines (fixture, LINE ("1", "Ana", "") LINE ("2", "Bert", ""));
  check = check_text (fixture, text);
  g_assert_cmpuint (check->n_known, ==, 2);
  g_assert_cmpstr (get_row (check, 1)->title, ==, "Ana B.");
  g_assert_cmpint (get_row (check, 3)->verdict, ==, KONTOR_VERDICT_NEW);
  g_assert_nonnull (get_row (check, 4)->reason);

  decide (fixture, 1, KONTOR_DECISION_FILL, NULL);
  decide (fixture, 2, KONTOR_DECISION_OVERWRITE, NULL);
  import_text (fixture, text);
  import_assert_counts (fixture, 1, 2, 0, 1);
  import_assert_sql (fixture,
                     "SELECT name,middle_name FROM v_contact ORDER BY name",
                     "Ana|Maria;Bert B.|-;Carl|-");
}

/* --- Many ------------------------------------------------------------------------------------- */

/* What is said of a row does not grow with the row, and no character is cut in two. */
static void
test_long_text (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(GString) text = g_string_new ("Name,Birthday\nx");
  g_autoptr(KontorImportCheck) check = NULL;
  const KontorCheckedRow *row;

  for (guint i = 0; i < 5000; i++)
    g_string_append (text, "ё");
  g_string_append (text, ",never\n");
  fixture->type = "contact";
  check = check_text (fixture, text->str);
  row = get_row (check, 2);
  g_assert_cmpint (row->verdict, ==, KONTOR_VERDICT_FAULTY);
  g_assert_cmpuint (strlen (row->title), <=, 200);
  g_assert_true (g_utf8_validate (row->title, -1, NULL));
}

/* Faults behind very many good rows are told all the same. */
static void
test_many (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(GString) text = g_string_new ("Name,Phone\n");
  g_autoptr(KontorImportCheck) check = NULL;

  for (guint i = 0; i < KONTOR_CHECK_MAX_ROWS + 10; i++)
    g_string_append_printf (text, "Person %u,%u\n", i, 1000000 + i);
  g_string_append (text, ",1\n");
  fixture->type = "contact";
  check = check_text (fixture, text->str);
  g_assert_cmpuint (check->n_new, ==, KONTOR_CHECK_MAX_ROWS + 10);
  g_assert_cmpuint (check->rows->len, ==, KONTOR_CHECK_MAX_ROWS + 1);
  g_assert_cmpint (get_row (check, KONTOR_CHECK_MAX_ROWS + 12)->verdict, ==, KONTOR_VERDICT_FAULTY);
}

#define ADD(path, function)          \
  g_test_add ("/check/" path,        \
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
  ADD ("verdicts", test_verdicts);
  ADD ("decisions", test_decisions);
  ADD ("skip-and-new", test_skip_and_new);
  ADD ("lines", test_lines);
  ADD ("long-text", test_long_text);
  ADD ("many", test_many);
  return g_test_run ();
}
