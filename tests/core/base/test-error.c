/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the errors: their details, sentences and exit statuses. */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "kontor-error.h"

static void
test_detail (void)
{
  g_autoptr(GError) error =
    kontor_error_new (KONTOR_BASE_ERROR, KONTOR_ERROR_INVALID, "%s is not a date.", "31.02.2026");
  g_autoptr(GError) copy = NULL;
  KontorErrorDetail *detail = kontor_error_get_detail (error);

  g_assert_nonnull (detail);
  g_assert_null (detail->file);
  g_assert_cmpuint (detail->line, ==, 0);

  kontor_error_set_file (error, "/home/ann/accounts.csv");
  kontor_error_set_line (error, 814);
  kontor_error_set_column (error, "Founded");
  kontor_error_set_field (error, "founded");
  kontor_error_set_value (error, "31.02.2026");
  kontor_error_set_value (error, "30.02.2026");

  copy = g_error_copy (error);
  g_clear_error (&error);
  detail = kontor_error_get_detail (copy);
  g_assert_cmpstr (detail->file, ==, "/home/ann/accounts.csv");
  g_assert_cmpuint (detail->line, ==, 814);
  g_assert_cmpstr (detail->column, ==, "Founded");
  g_assert_cmpstr (detail->field, ==, "founded");
  g_assert_cmpstr (detail->value, ==, "30.02.2026");
  g_assert_true (kontor_error_is (copy, KONTOR_ERROR_INVALID));
  g_assert_false (kontor_error_is (copy, KONTOR_ERROR_LIMIT));
  g_assert_false (kontor_error_is (NULL, KONTOR_ERROR_FAILED));
}

static void
test_value_is_shortened (void)
{
  g_autoptr(GError) error = kontor_error_new (KONTOR_BASE_ERROR, KONTOR_ERROR_INVALID, "Bad.");
  g_autofree char *huge = g_malloc (3 * 1000 * 1000 + 1);
  g_autofree char *exact = g_strnfill (200, 'a');
  const char *value;

  for (gsize i = 0; i < 1000 * 1000; i++)
    memcpy (huge + 3 * i, "€", 3);
  huge[3 * 1000 * 1000] = '\0';
  kontor_error_set_value (error, huge);
  value = kontor_error_get_detail (error)->value;
  g_assert_cmpint (g_utf8_strlen (value, -1), ==, 200);
  g_assert_true (g_str_has_suffix (value, "€…"));

  kontor_error_set_value (error, exact);
  g_assert_cmpstr (kontor_error_get_detail (error)->value, ==, exact);
  kontor_error_set_value (error,
                          "a\xff"
                          "b");
  g_assert_true (g_utf8_validate (kontor_error_get_detail (error)->value, -1, NULL));
  kontor_error_set_value (error, NULL);
  g_assert_null (kontor_error_get_detail (error)->value);
}

static void
test_foreign (void)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_BUSY, "busy");

  g_assert_null (kontor_error_get_detail (error));
  g_assert_null (kontor_error_get_detail (NULL));
  kontor_error_set_file (error, "x");
  kontor_error_set_line (error, 1);
  kontor_error_set_column (error, "x");
  kontor_error_set_field (error, "x");
  kontor_error_set_value (error, "x");
  kontor_error_set_file (NULL, "x");
  /* G_IO_ERROR_BUSY happens to have another number than KONTOR_ERROR_BUSY; any will do. */
  g_assert_false (kontor_error_is (error, (KontorErrorCode) error->code));
}

static void
test_register_twice (void)
{
  GQuark once = kontor_error_domain_register ("kontor-test-error");

  g_assert_cmpuint (once, !=, 0);
  g_assert_cmpuint (kontor_error_domain_register ("kontor-test-error"), ==, once);
  g_assert_cmpuint (once, !=, KONTOR_BASE_ERROR);
}

static gpointer
register_domains (gpointer data)
{
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("kontor-test-%d-error", i);
      g_autoptr(GError) error =
        kontor_error_new (kontor_error_domain_register (name), KONTOR_ERROR_FAILED, "x");

      g_assert_nonnull (kontor_error_get_detail (error));
    }

  return NULL;
}

static void
test_register_in_threads (void)
{
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("register", register_domains, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_describe (void)
{
  static const struct
  {
    const char *file;
    guint64 line;
    const char *column;
    const char *expected;
  } cases[] = {
    { NULL, 0, NULL, "It is wrong." },
    { "/tmp/accounts.csv", 814, NULL, "accounts.csv, line 814: It is wrong." },
    { "/tmp/accounts.csv", 814, "Founded", "accounts.csv, line 814, column Founded: It is wrong." },
    { "/tmp/accounts.csv", 0, NULL, "accounts.csv: It is wrong." },
    { "/tmp/accounts.csv", 0, "Founded", "accounts.csv, column Founded: It is wrong." },
    { NULL, 3, NULL, "Line 3: It is wrong." },
    { NULL, 3, "2", "Line 3, column 2: It is wrong." },
    { NULL, 0, "Name", "Column Name: It is wrong." },
    { "", 0, NULL, "It is wrong." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error =
        kontor_error_new (KONTOR_BASE_ERROR, KONTOR_ERROR_INVALID, "It is wrong.");
      g_autofree char *text = NULL;

      kontor_error_set_file (error, cases[i].file);
      kontor_error_set_line (error, cases[i].line);
      kontor_error_set_column (error, cases[i].column);
      text = kontor_error_describe (error);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_describe_names_a_file_once (void)
{
  g_autoptr(GError) error =
    kontor_error_new (KONTOR_BASE_ERROR, KONTOR_ERROR_NOT_FOUND, "There is no file “a.csv”.");
  g_autofree char *text = NULL;

  kontor_error_set_file (error, "/tmp/a.csv");
  text = kontor_error_describe (error);
  g_assert_cmpstr (text, ==, "There is no file “a.csv”.");
}

static void
test_describe_foreign (void)
{
  g_autoptr(GError) full = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no space");
  g_autoptr(GError) file = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOENT, "no “x”");
  g_autoptr(GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "c");
  g_autoptr(GError) other = g_error_new_literal (g_quark_from_static_string ("other"), 5, "Odd.");
  g_autofree char *full_text = kontor_error_describe (full);
  g_autofree char *file_text = kontor_error_describe (file);
  g_autofree char *cancelled_text = kontor_error_describe (cancelled);
  g_autofree char *other_text = kontor_error_describe (other);
  g_autofree char *none_text = kontor_error_describe (NULL);

  g_assert_true (g_str_has_prefix (full_text, "The disk is full."));
  g_assert_nonnull (strstr (full_text, "no space"));
  g_assert_nonnull (strstr (file_text, "no “x”"));
  g_assert_cmpstr (cancelled_text, ==, "Cancelled.");
  g_assert_cmpstr (other_text, ==, "Odd.");
  g_assert_cmpstr (none_text, !=, "");
}

static void
test_exit_status (void)
{
  static const struct
  {
    KontorErrorCode code;
    int status;
  } own[] = {
    { KONTOR_ERROR_FAILED, 71 },    { KONTOR_ERROR_BUSY, 75 },      { KONTOR_ERROR_CONFLICT, 79 },
    { KONTOR_ERROR_NOT_FOUND, 66 }, { KONTOR_ERROR_DENIED, 77 },    { KONTOR_ERROR_INVALID, 65 },
    { KONTOR_ERROR_LIMIT, 69 },     { KONTOR_ERROR_FULL, 73 },      { KONTOR_ERROR_IO, 74 },
    { KONTOR_ERROR_CORRUPT, 70 },   { KONTOR_ERROR_READ_ONLY, 78 }, { KONTOR_ERROR_NEWER, 76 },
    { KONTOR_ERROR_FOREIGN, 72 },
  };
  static const struct
  {
    int code;
    int status;
  } io[] = {
    { G_IO_ERROR_CANCELLED, 130 },
    { G_IO_ERROR_NOT_FOUND, 66 },
    { G_IO_ERROR_NO_SPACE, 73 },
    { G_IO_ERROR_READ_ONLY, 78 },
    { G_IO_ERROR_BUSY, 75 },
    { G_IO_ERROR_PERMISSION_DENIED, 77 },
    { G_IO_ERROR_INVALID_DATA, 65 },
    { G_IO_ERROR_FAILED, 74 },
    { 9999, 74 },
  };

  g_assert_cmpint (kontor_error_exit_status (NULL), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    {
      g_autoptr(GError) error = kontor_error_new (KONTOR_BASE_ERROR, own[i].code, "x");

      g_assert_cmpint (kontor_error_exit_status (error), ==, own[i].status);
      for (gsize j = 0; j < i; j++)
        g_assert_cmpint (own[i].status, !=, own[j].status);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (io); i++)
    {
      g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, io[i].code, "x");

      g_assert_cmpint (kontor_error_exit_status (error), ==, io[i].status);
    }
  {
    g_autoptr(GError) usage = g_error_new_literal (G_OPTION_ERROR, 0, "x");
    g_autoptr(GError) odd = kontor_error_new (KONTOR_BASE_ERROR, (KontorErrorCode) 999, "x");

    g_assert_cmpint (kontor_error_exit_status (usage), ==, 2);
    g_assert_cmpint (kontor_error_exit_status (odd), ==, 71);
  }
}

static void
test_set_error (void)
{
  g_autoptr(GError) error = NULL;

  kontor_set_error (NULL, KONTOR_BASE_ERROR, KONTOR_ERROR_BUSY, "nobody %s", "listens");
  kontor_set_error (&error, KONTOR_BASE_ERROR, KONTOR_ERROR_BUSY, "wait %d s", 5);
  g_assert_error (error, KONTOR_BASE_ERROR, (int) KONTOR_ERROR_BUSY);
  g_assert_cmpstr (error->message, ==, "wait 5 s");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/error/detail", test_detail);
  g_test_add_func ("/base/error/value-is-shortened", test_value_is_shortened);
  g_test_add_func ("/base/error/foreign", test_foreign);
  g_test_add_func ("/base/error/register-twice", test_register_twice);
  g_test_add_func ("/base/error/register-in-threads", test_register_in_threads);
  g_test_add_func ("/base/error/describe", test_describe);
  g_test_add_func ("/base/error/describe-names-a-file-once", test_describe_names_a_file_once);
  g_test_add_func ("/base/error/describe-foreign", test_describe_foreign);
  g_test_add_func ("/base/error/exit-status", test_exit_status);
  g_test_add_func ("/base/error/set-error", test_set_error);

  return g_test_run ();
}
