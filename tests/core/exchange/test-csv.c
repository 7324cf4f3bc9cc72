/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading and writing CSV: rows and their lines, dialects, encodings, limits, and what is no CSV.
 */
#include "config.h"

#include "kontor-csv-dialect.h"
#include "kontor-csv-reader.h"
#include "kontor-csv-writer.h"
#include "kontor-error.h"
#include "kontor-file-kind.h"
#include "kontor-formats.h"
#include "kontor-line-reader.h"
#include "kontor-text-encoding.h"
#include "pattern-stream.h"
#include <string.h>
#include <sys/resource.h>

static const KontorCsvDialect plain = { .encoding = "UTF-8", .delimiter = ',', .first_line = 1 };

static KontorCsvReader *
open_bytes (const char *text, gssize length, const KontorCsvDialect *dialect)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (text, length, NULL);
  g_autoptr(GError) error = NULL;
  KontorCsvReader *reader = kontor_csv_reader_new (stream, dialect, &error);

  g_assert_no_error (error);
  kontor_csv_reader_set_name (reader, "people.csv");
  return reader;
}

/* "3:a|b;5:c|d;" of rows, "!3;" for a bad one on line 3, "#3" for a failure there. */
static char *
describe (const char *text, gssize length, const KontorCsvDialect *dialect)
{
  g_autoptr(KontorCsvReader) reader = open_bytes (text, length, dialect);
  GString *out = g_string_new (NULL);
  KontorCsvStatus status;

  do
    {
      g_autoptr(GError) error = NULL;
      KontorCsvRow row;

      status = kontor_csv_reader_next (reader, &row, NULL, &error);
      g_assert_true ((status == KONTOR_CSV_BAD_ROW || status == KONTOR_CSV_FAILED) ==
                     (error != NULL));
      if (status == KONTOR_CSV_ROW)
        {
          g_string_append_printf (out, "%" G_GUINT64_FORMAT ":", row.line);
          for (guint i = 0; i < row.n_cells; i++)
            g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", row.cells[i]);
          g_string_append_c (out, ';');
        }
      else if (error != NULL)
        {
          KontorErrorDetail *detail = kontor_error_get_detail (error);

          g_assert_cmpstr (detail->file, ==, "people.csv");
          g_string_append_printf (out,
                                  "%c%" G_GUINT64_FORMAT ";",
                                  status == KONTOR_CSV_FAILED ? '#' : '!',
                                  detail->line);
        }
    }
  while (status <= KONTOR_CSV_BAD_ROW);
  return g_string_free (out, FALSE);
}

#define assert_rows(text, dialect, expected)                      \
  G_STMT_START                                                    \
  {                                                               \
    g_autofree char *rows_found = describe (text, -1, (dialect)); \
    g_assert_cmpstr (rows_found, ==, (expected));                 \
  }                                                               \
  G_STMT_END

/* --- Rows --------------------------------------------------------------------------------- */

static void
test_rows (void)
{
  KontorCsvDialect tabs = { .encoding = "UTF-8", .delimiter = '\t', .first_line = 1 };
  KontorCsvDialect third = { .encoding = "UTF-8", .delimiter = ',', .first_line = 3 };

  assert_rows ("", &plain, "");
  assert_rows ("\n\r\n\n", &plain, "");
  assert_rows ("a,b\nc,d\n", &plain, "1:a|b;2:c|d;");
  assert_rows ("a,b\r\nc,d", &plain, "1:a|b;2:c|d;");
  assert_rows ("a,b\rc,d\r", &plain, "1:a|b;2:c|d;");
  assert_rows ("a,b\n\n\nc,d\n", &plain, "1:a|b;4:c|d;");
  assert_rows ("a,b\r\n\r\nc,d\r\n", &plain, "1:a|b;3:c|d;");
  assert_rows ("\"a\",\"b,c\"\n", &plain, "1:a|b,c;");
  assert_rows ("\"say \"\"hi\"\"\",b\n", &plain, "1:say \"hi\"|b;");
  assert_rows ("5\" pipe,b\n", &plain, "1:5\" pipe|b;");
  assert_rows (",,\na,,\n", &plain, "1:||;2:a||;");
  assert_rows ("\"\"\n", &plain, "1:;");
  assert_rows ("a\tb c\t\n", &tabs, "1:a|b c|;");
  assert_rows ("title\nmore\na,b\nc,d\n", &third, "3:a|b;4:c|d;");
  assert_rows ("title\r\nmore\r\na,b\r\nc,d\r\n", &third, "3:a|b;4:c|d;");
  assert_rows ("\xef\xbb\xbf"
               "a,b\n",
               &plain,
               "1:a|b;");
}

/* Lines are those of the file, whatever stands inside quotes. */
static void
test_lines (void)
{
  assert_rows ("a,\"b\nb\nb\"\nc,d\n", &plain, "1:a|b\nb\nb;4:c|d;");
  assert_rows ("\"x\r\ny\",z\r\nc,d\r\n", &plain, "1:x\r\ny|z;3:c|d;");
  assert_rows ("\"x\ry\",z\rc,d\r", &plain, "1:x\ry|z;3:c|d;");
  assert_rows ("\n\n\"a\n\n\",b\n\nc,d", &plain, "3:a\n\n|b;7:c|d;");
}

/* The same however the file falls into blocks. */
static void
test_blocks (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GString) expected = g_string_new (NULL);
  g_autofree char *found = NULL;
  guint64 line = 1;

  for (guint i = 0; i < 20000; i++)
    {
      g_string_append_printf (text, "row %u,\"two\r\nlines, %u\",ö%u\r\n", i, i, i);
      g_string_append_printf (expected,
                              "%" G_GUINT64_FORMAT ":row %u|two\r\nlines, %u|ö%u;",
                              line,
                              i,
                              i,
                              i);
      line += 2;
    }
  found = describe (text->str, text->len, &plain);
  g_assert_cmpstr (found, ==, expected->str);
}

static void
test_open_quote (void)
{
  assert_rows ("a,b\nc,\"d\ne,f\ng,h\n", &plain, "1:a|b;#2;");
  assert_rows ("a,b\n\"c\nd\",\"e\n", &plain, "1:a|b;#3;");
  assert_rows ("\"", &plain, "#1;");
}

/* --- What is wrong with a row --------------------------------------------------------------- */

static void
test_bad_rows (void)
{
  g_autoptr(GString) text = g_string_new ("a,b\n");
  g_autofree char *found = NULL;

  assert_rows ("a,b\nc,\xff\xfe\ne,f\n", &plain, "1:a|b;!2;3:e|f;");
  assert_rows ("a,b\nc,\xc3\ne,f\n", &plain, "1:a|b;!2;3:e|f;");
  assert_rows ("a,b\nc,d\xc3", &plain, "1:a|b;!2;");
  found = describe ("a,b\nc,d\0d\ne,f\n", 14, &plain);
  g_assert_cmpstr (found, ==, "1:a|b;!2;3:e|f;");
  g_clear_pointer (&found, g_free);

  for (guint i = 0; i < KONTOR_CSV_MAX_CELL + 1; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, ",c\nd,e\n");
  found = describe (text->str, text->len, &plain);
  g_assert_cmpstr (found, ==, "1:a|b;!2;3:d|e;");
}

static void
test_many_columns (void)
{
  g_autoptr(GString) text = g_string_new ("a,b\n");
  g_autoptr(KontorCsvReader) reader = NULL;
  g_autoptr(GError) error = NULL;
  KontorCsvRow row;

  for (guint i = 0; i < 10000; i++)
    g_string_append (text, "x,");
  g_string_append (text, "y\nc,d\n");
  reader = open_bytes (text->str, text->len, &plain);
  g_assert_cmpint (kontor_csv_reader_next (reader, &row, NULL, NULL), ==, KONTOR_CSV_ROW);
  g_assert_cmpint (kontor_csv_reader_next (reader, &row, NULL, &error), ==, KONTOR_CSV_BAD_ROW);
  g_assert_error (error, KONTOR_FORMATS_ERROR, KONTOR_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "10001"));
  g_assert_cmpuint (row.n_cells, ==, KONTOR_CSV_MAX_COLUMNS);
  g_assert_cmpint (kontor_csv_reader_next (reader, &row, NULL, NULL), ==, KONTOR_CSV_ROW);
  g_assert_cmpuint (row.line, ==, 3);
  g_assert_cmpuint (row.n_cells, ==, 2);
  g_assert_cmpint (kontor_csv_reader_next (reader, &row, NULL, NULL), ==, KONTOR_CSV_END);
}

static void
test_columns_of_errors (void)
{
  g_autoptr(KontorCsvReader) reader = open_bytes ("a,b\nc,d,\xff\n", -1, &plain);
  g_autoptr(GError) error = NULL;
  KontorCsvRow row;

  g_assert_cmpint (kontor_csv_reader_next (reader, &row, NULL, NULL), ==, KONTOR_CSV_ROW);
  g_assert_cmpint (kontor_csv_reader_next (reader, &row, NULL, &error), ==, KONTOR_CSV_BAD_ROW);
  g_assert_cmpstr (kontor_error_get_detail (error)->column, ==, "3");
  g_assert_cmpuint (kontor_error_get_detail (error)->line, ==, 2);
  g_assert_cmpuint (row.n_cells, ==, 3);
  g_assert_cmpstr (row.cells[2], ==, "");
}

/* --- Limits -------------------------------------------------------------------------------- */

/* Under AddressSanitizer freed memory is kept for a while, and nothing can be said. */
static gint64
get_peak_memory (void)
{
#if defined(__SANITIZE_ADDRESS__)
  return 0;
#else
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (gint64) usage.ru_maxrss * 1024;
#endif
}

/* A line of 2 GB is refused before much of it is read. */
static void
refuse_huge (const char *begin, const char *repeated, const char *part_of_message)
{
  guint64 times = G_GUINT64_CONSTANT (2) * 1024 * 1024 * 1024 / strlen (repeated);
  g_autoptr(GInputStream) stream = pattern_stream_new (begin, repeated, times, "\n");
  g_autoptr(KontorCsvReader) reader = NULL;
  g_autoptr(GError) error = NULL;
  gint64 before = get_peak_memory ();
  KontorCsvStatus status;
  KontorCsvRow row;

  reader = kontor_csv_reader_new (stream, &plain, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kontor_csv_reader_next (reader, &row, NULL, &error), ==, KONTOR_CSV_ROW);
  status = kontor_csv_reader_next (reader, &row, NULL, &error);
  g_assert_cmpint (status, ==, KONTOR_CSV_FAILED);
  g_assert_error (error, KONTOR_FORMATS_ERROR, KONTOR_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, part_of_message));
  g_assert_cmpuint (kontor_error_get_detail (error)->line, ==, 2);
  g_assert_cmpuint (pattern_stream_get_read (stream), <, 2 * KONTOR_CSV_MAX_ROW);
  g_assert_cmpint (get_peak_memory () - before, <, 200 * 1024 * 1024);
  g_clear_error (&error);
  g_assert_cmpint (kontor_csv_reader_next (reader, &row, NULL, &error), ==, KONTOR_CSV_FAILED);
}

static void
test_huge_line (void)
{
  refuse_huge ("a,b\n", "x", "16 MB");
  refuse_huge ("a,b\n", "x,", "16 MB");
  refuse_huge ("a,b\n\"", "x\n", "quote");
}

/* Any number of rows fits in the same memory. */
static void
test_many_rows (void)
{
  g_autoptr(GInputStream) stream =
    pattern_stream_new ("a,b\n", "some text,\"more, of it\"\n", 1000000, "");
  g_autoptr(KontorCsvReader) reader = kontor_csv_reader_new (stream, &plain, NULL);
  gint64 before = get_peak_memory ();
  guint64 n = 0;
  KontorCsvRow row;

  while (kontor_csv_reader_next (reader, &row, NULL, NULL) == KONTOR_CSV_ROW)
    {
      n++;
      g_assert_cmpuint (row.line, ==, n);
    }
  g_assert_cmpuint (n, ==, 1000001);
  g_assert_cmpuint (kontor_csv_reader_get_bytes (reader), ==, 4 + 24 * 1000000);
  g_assert_cmpint (get_peak_memory () - before, <, 16 * 1024 * 1024);
}

static void
test_broken_stream (void)
{
  g_autoptr(GInputStream) stream = pattern_stream_new ("", "a,b\n", 1000000, "");
  g_autoptr(KontorCsvReader) reader = kontor_csv_reader_new (stream, &plain, NULL);
  g_autoptr(GError) error = NULL;
  KontorCsvStatus status;
  KontorCsvRow row;

  pattern_stream_fail_at (stream, 300000);
  kontor_csv_reader_set_name (reader, "people.csv");
  while ((status = kontor_csv_reader_next (reader, &row, NULL, &error)) == KONTOR_CSV_ROW)
    ;
  g_assert_cmpint (status, ==, KONTOR_CSV_FAILED);
  g_assert_error (error, KONTOR_FORMATS_ERROR, KONTOR_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "the disk is gone"));
  g_assert_cmpstr (kontor_error_get_detail (error)->file, ==, "people.csv");
}

/* --- Encodings ------------------------------------------------------------------------------ */

static const char russian[] = "Имя;Город\r\nИванов Иван;Москва\r\nПётр;Тверь\r\nЯна;Омск\r\n";
static const char western[] = "Name;Ort\r\nJürgen Müller;Köln\r\nJosé Núñez;México\r\n";
static const char polish[] = "Imię;Miasto\r\nŁukasz Żółć;Łódź\r\nŚwięta;Częstochowa\r\n";

static void
assert_encoding (const char *text, const char *encoding, const char *expected)
{
  g_autoptr(GError) error = NULL;
  KontorCsvDialect dialect = { 0 };
  g_autofree char *bytes = NULL;
  g_autofree char *found = NULL;
  g_autofree char *wanted = NULL;
  gsize length;

  bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &length, &error);
  g_assert_no_error (error);
  kontor_csv_guess_dialect ((guint8 *) bytes, length, TRUE, NULL, NULL, &dialect, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dialect.encoding, ==, expected);
  g_assert_cmpint (dialect.delimiter, ==, ';');
  found = describe (bytes, length, &dialect);
  dialect.encoding = "UTF-8";
  wanted = describe (text, -1, &dialect);
  g_assert_cmpstr (found, ==, wanted);
}

static void
test_encodings (void)
{
  static const char *const cyrillic[] = { "WINDOWS-1251", "KOI8-R", "IBM866", "UTF-8" };

  for (guint i = 0; i < G_N_ELEMENTS (cyrillic); i++)
    assert_encoding (russian, cyrillic[i], cyrillic[i]);
  assert_encoding (russian, "UTF-16LE", "UTF-16LE");
  assert_encoding (russian, "UTF-16BE", "UTF-16BE");
  assert_encoding (western, "UTF-16LE", "UTF-16LE");
  assert_encoding (western, "WINDOWS-1252", "WINDOWS-1252");
  assert_encoding (western, "ISO-8859-1", "WINDOWS-1252");
  assert_encoding (western, "UTF-8", "UTF-8");
  assert_encoding (polish, "WINDOWS-1250", "WINDOWS-1250");
  assert_encoding (polish, "ISO-8859-2", "ISO-8859-2");
  assert_encoding ("a;b\r\nc;d\r\n", "ASCII", "UTF-8");
}

static void
assert_mark (const char *bytes, gsize length, const char *encoding, gsize bom)
{
  KontorCsvDialect dialect = { .delimiter = ',', .first_line = 1 };
  g_autofree char *found = NULL;
  gsize mark;

  dialect.encoding = kontor_text_guess_encoding ((const guint8 *) bytes, length, TRUE, &mark);
  g_assert_cmpstr (dialect.encoding, ==, encoding);
  g_assert_cmpuint (mark, ==, bom);
  found = describe (bytes, length, &dialect);
  g_assert_cmpstr (found, ==, "1:a|b;");
}

static void
test_marks (void)
{
  assert_mark ("\xef\xbb\xbf"
               "a,b",
               6,
               "UTF-8",
               3);
  assert_mark ("\xff\xfe"
               "a\0,\0b\0",
               8,
               "UTF-16LE",
               2);
  assert_mark ("\xfe\xff"
               "\0a\0,\0b",
               8,
               "UTF-16BE",
               2);
  assert_mark ("\xff\xfe\0\0"
               "a\0\0\0,\0\0\0b\0\0\0",
               16,
               "UTF-32LE",
               4);
}

/* A character cut by the end of the file is a bad row, in every encoding. */
static void
test_cut_characters (void)
{
  KontorCsvDialect wide = { .encoding = "UTF-16LE", .delimiter = ',', .first_line = 1 };
  g_autofree char *found = describe ("a\0\n\0b\0,\0c", 9, &wide);
  KontorCsvDialect sjis = { .encoding = "SHIFT_JIS", .delimiter = ',', .first_line = 1 };
  g_autofree char *cut = describe ("a,b\n\x93\x8c\x8b", -1, &sjis);

  g_assert_cmpstr (found, ==, "1:a;!2;");
  g_assert_cmpstr (cut, ==, "1:a|b;!2;");
}

/* A sample may end inside a character, and a letter may be broken in a file that is UTF-8. */
static void
test_utf8_samples (void)
{
  const char *text = "Мария;Москва;улица";
  g_autoptr(GString) broken = g_string_new (NULL);

  for (gsize n = strlen (text) - 4; n < strlen (text); n++)
    g_assert_cmpstr (kontor_text_guess_encoding ((const guint8 *) text, n, FALSE, NULL),
                     ==,
                     "UTF-8");
  for (guint i = 0; i < 40; i++)
    g_string_append (broken, text);
  g_string_append (broken, "\xd0;\n");
  g_assert_cmpstr (kontor_text_guess_encoding ((const guint8 *) broken->str,
                                               broken->len,
                                               TRUE,
                                               NULL),
                   ==,
                   "UTF-8");
  g_assert_null (kontor_text_find_encoding ("no-such-thing"));
  g_assert_null (kontor_text_find_encoding (""));
  g_assert_null (kontor_text_find_encoding ("a/b"));
  g_assert_cmpstr (kontor_text_find_encoding ("utf8"), ==, "UTF-8");
  g_assert_cmpstr (kontor_text_find_encoding ("koi8-r"), ==, "KOI8-R");
}

/* --- Dialects ------------------------------------------------------------------------------- */

static gboolean
is_known (const char *cell, gpointer data)
{
  return g_str_equal (cell, "name") || g_str_equal (cell, "2016");
}

static void
assert_dialect (const char *text, char delimiter, gboolean has_header, guint64 first_line)
{
  g_autoptr(GError) error = NULL;
  KontorCsvDialect dialect = { 0 };

  g_test_message ("%s", text);
  kontor_csv_guess_dialect ((const guint8 *) text,
                            strlen (text),
                            TRUE,
                            is_known,
                            NULL,
                            &dialect,
                            &error);
  g_assert_no_error (error);
  g_assert_cmpint (dialect.delimiter, ==, delimiter);
  g_assert_cmpint (dialect.has_header, ==, has_header);
  g_assert_cmpuint (dialect.first_line, ==, first_line);
}

static void
test_dialects (void)
{
  assert_dialect ("a,b,c\n1,2,3\n", ',', TRUE, 1);
  assert_dialect ("a;b\n1,5;2\n1,6;3\n1,7;4\n", ';', TRUE, 1);
  assert_dialect ("a\tb\nx, y\tz\n", '\t', TRUE, 1);
  assert_dialect ("a|b|c\nx|y|z\n", '|', TRUE, 1);
  assert_dialect ("name,address\nAna,\"Calle 1; Madrid\"\nEva,\"Via 2; Roma\"\n", ',', TRUE, 1);
  assert_dialect ("name\nAna\nEva\n", ',', TRUE, 1);
  assert_dialect ("sep=;\na,b;c\n1;2\n", ';', TRUE, 2);
  assert_dialect ("sep=,\r\na,b\r\n1;1,2;2\r\n", ',', TRUE, 2);
  assert_dialect ("List of customers\n\nname,city\nAna,Madrid\nEva,Roma\n", ',', TRUE, 3);
}

static void
test_headers (void)
{
  assert_dialect ("Ana,1970-01-02\nEva,1971-03-04\n", ',', FALSE, 1);
  assert_dialect ("Ana,ana@example.com\nEva,eva@example.com\n", ',', FALSE, 1);
  assert_dialect ("Ana,+34 91 123 45 67\nEva,+39 06 123 45 67\n", ',', FALSE, 1);
  assert_dialect ("Ana,Madrid\nEva,Madrid\n", ',', FALSE, 1);
  assert_dialect ("Who,Where\nEva,Roma\nAna,Roma\n", ',', TRUE, 1);
  assert_dialect ("name,2016\nEva,12\n", ',', TRUE, 1);
  assert_dialect ("1,2\n3,4\n", ',', FALSE, 1);
}

static void
test_delimiter_names (void)
{
  char delimiter;

  g_assert_true (kontor_csv_delimiter_from_text ("tab", &delimiter));
  g_assert_cmpint (delimiter, ==, '\t');
  g_assert_true (kontor_csv_delimiter_from_text (":", &delimiter));
  g_assert_cmpint (delimiter, ==, ':');
  g_assert_true (kontor_csv_delimiter_from_text ("Semicolon", &delimiter));
  g_assert_cmpint (delimiter, ==, ';');
  g_assert_false (kontor_csv_delimiter_from_text ("", &delimiter));
  g_assert_false (kontor_csv_delimiter_from_text ("a", &delimiter));
  g_assert_false (kontor_csv_delimiter_from_text ("\"", &delimiter));
  g_assert_false (kontor_csv_delimiter_from_text (",,", &delimiter));
  g_assert_false (kontor_csv_delimiter_from_text ("é", &delimiter));
}

/* --- What a file is ------------------------------------------------------------------------- */

static void
assert_kind (const char *bytes, gsize length, int expected, const char *part_of_message)
{
  const guint8 *data = (const guint8 *) bytes;
  const char *encoding = kontor_text_guess_encoding (data, length, TRUE, NULL);
  g_autoptr(GError) error = NULL;
  KontorFileKind kind;
  gboolean known = kontor_file_kind_guess (data, length, encoding, &kind, &error);

  g_assert_true (known == (expected >= 0));
  g_assert_true (known == (error == NULL));
  if (known)
    g_assert_cmpint (kind, ==, expected);
  else
    g_assert_nonnull (strstr (error->message, part_of_message));
}

static void
test_kinds (void)
{
  static const char zip[] = "PK\x03\x04\x14\0\x06\0\x08\0[Content_Types].xml";
  static const char ods[] = "PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
  static const char ole[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0";
  static const char noise[] = "\x01\x02\x03\x04\x05\0\x06\x07\x10\x11\x12\x13";

  assert_kind ("name\nAna\n", 9, KONTOR_FILE_CSV, NULL);
  assert_kind ("{\"type\":\"contact\"}\n", 19, KONTOR_FILE_JSON_LINES, NULL);
  assert_kind ("\xef\xbb\xbf{\"a\":1}", 10, KONTOR_FILE_JSON_LINES, NULL);
  assert_kind (zip, sizeof zip, -1, "Excel");
  assert_kind (ods, sizeof ods, -1, "LibreOffice");
  assert_kind ("PK\x03\x04....", 8, -1, "compressed");
  assert_kind (ole, sizeof ole, -1, "Office");
  assert_kind ("%PDF-1.7\n", 9, -1, "PDF");
  assert_kind ("\x89PNG\r\n\x1a\n", 8, -1, "picture");
  assert_kind ("\x1f\x8b\x08\0", 4, -1, "compressed");
  assert_kind ("SQLite format 3", 16, -1, "workspace");
  assert_kind ("BEGIN:VCARD\r\n", 13, KONTOR_FILE_VCARD, NULL);
  assert_kind (" <!DOCTYPE html><p>", 19, -1, "web page");
  assert_kind ("<?xml version='1.0'?>", 21, -1, "XML");
  assert_kind ("[{\"a\":1}]", 9, -1, "array");
  assert_kind (noise, sizeof noise, -1, "not a text");
  assert_kind ("", 0, -1, "empty");
  assert_kind (" \n\r\n", 4, -1, "empty");
}

/* --- Lines ---------------------------------------------------------------------------------- */

static void
test_line_reader (void)
{
  static const char text[] = "one\r\n\n\ntwo\n\xff\nnul\0\nlast";
  g_autoptr(GInputStream) stream =
    g_memory_input_stream_new_from_data (text, sizeof text - 1, NULL);
  g_autoptr(KontorLineReader) reader = kontor_line_reader_new (stream, "UTF-8", NULL);
  g_autoptr(GError) error = NULL;
  KontorLine line;

  kontor_line_reader_set_name (reader, "all.jsonl");
  g_assert_cmpint (kontor_line_reader_next (reader, &line, NULL, &error), ==, KONTOR_LINE_READ);
  g_assert_cmpstr (line.text, ==, "one");
  g_assert_cmpuint (line.length, ==, 3);
  g_assert_cmpuint (line.number, ==, 1);
  g_assert_cmpint (kontor_line_reader_next (reader, &line, NULL, &error), ==, KONTOR_LINE_READ);
  g_assert_cmpstr (line.text, ==, "two");
  g_assert_cmpuint (line.number, ==, 4);
  g_assert_cmpint (kontor_line_reader_next (reader, &line, NULL, &error), ==, KONTOR_LINE_BAD);
  g_assert_error (error, KONTOR_FORMATS_ERROR, KONTOR_ERROR_INVALID);
  g_assert_cmpuint (kontor_error_get_detail (error)->line, ==, 5);
  g_assert_cmpstr (kontor_error_get_detail (error)->file, ==, "all.jsonl");
  g_clear_error (&error);
  g_assert_cmpint (kontor_line_reader_next (reader, &line, NULL, &error), ==, KONTOR_LINE_BAD);
  g_assert_nonnull (strstr (error->message, "NUL"));
  g_clear_error (&error);
  g_assert_cmpint (kontor_line_reader_next (reader, &line, NULL, &error), ==, KONTOR_LINE_READ);
  g_assert_cmpstr (line.text, ==, "last");
  g_assert_cmpint (kontor_line_reader_next (reader, &line, NULL, &error), ==, KONTOR_LINE_END);
  g_assert_no_error (error);
}

static void
test_huge_json_line (void)
{
  g_autoptr(GInputStream) stream =
    pattern_stream_new ("{}\n", "x", G_GUINT64_CONSTANT (2147483648), "\n{}\n");
  g_autoptr(KontorLineReader) reader = kontor_line_reader_new (stream, "UTF-8", NULL);
  g_autoptr(GError) error = NULL;
  KontorLine line;

  g_assert_cmpint (kontor_line_reader_next (reader, &line, NULL, &error), ==, KONTOR_LINE_READ);
  g_assert_cmpint (kontor_line_reader_next (reader, &line, NULL, &error), ==, KONTOR_LINE_FAILED);
  g_assert_error (error, KONTOR_FORMATS_ERROR, KONTOR_ERROR_LIMIT);
  g_assert_cmpuint (kontor_error_get_detail (error)->line, ==, 2);
  g_assert_cmpuint (pattern_stream_get_read (stream), <, 3 * KONTOR_LINE_MAX);
  g_assert_cmpint (kontor_line_reader_next (reader, &line, NULL, NULL), ==, KONTOR_LINE_END);
}

/* --- Writing -------------------------------------------------------------------------------- */

static void
assert_written (KontorCsvWriteFlags flags, const char *text, const char *expected)
{
  g_autoptr(GString) out = g_string_new (NULL);
  KontorCsvWriter writer;

  kontor_csv_writer_init (&writer, out, flags);
  kontor_csv_writer_add_text (&writer, text);
  kontor_csv_writer_add_number (&writer, "-5");
  kontor_csv_writer_end_row (&writer);
  g_assert_true (g_str_has_suffix (out->str, ",-5\r\n"));
  g_string_truncate (out, out->len - 5);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_writer (void)
{
  assert_written (KONTOR_CSV_WRITE_DEFAULT, "plain", "plain");
  assert_written (KONTOR_CSV_WRITE_DEFAULT, NULL, "");
  assert_written (KONTOR_CSV_WRITE_DEFAULT, "a,b", "\"a,b\"");
  assert_written (KONTOR_CSV_WRITE_DEFAULT, "a\"b\"", "\"a\"\"b\"\"\"");
  assert_written (KONTOR_CSV_WRITE_DEFAULT, "a\nb", "\"a\nb\"");
  assert_written (KONTOR_CSV_WRITE_DEFAULT, " a", "\" a\"");
  assert_written (KONTOR_CSV_WRITE_QUOTED, "plain", "\"plain\"");
  assert_written (KONTOR_CSV_WRITE_DEFAULT, "=1+1", "\"'=1+1\"");
  assert_written (KONTOR_CSV_WRITE_DEFAULT, "+49 30 1", "\"'+49 30 1\"");
  assert_written (KONTOR_CSV_WRITE_DEFAULT, "-5", "\"'-5\"");
  assert_written (KONTOR_CSV_WRITE_DEFAULT, "@a", "\"'@a\"");
  assert_written (KONTOR_CSV_WRITE_DEFAULT, "\ta", "\"'\ta\"");
  assert_written (KONTOR_CSV_WRITE_DEFAULT, "＝a", "\"'＝a\"");
  assert_written (KONTOR_CSV_WRITE_DEFAULT, "'quoted'", "'quoted'");
  assert_written (KONTOR_CSV_WRITE_DEFAULT, "'=a", "\"''=a\"");
  assert_written (KONTOR_CSV_WRITE_PLAIN, "=1+1", "=1+1");
  assert_written (KONTOR_CSV_WRITE_PLAIN, "a,b", "\"a,b\"");
}

/* Every text comes back as it was, whatever is in it. */
static void
test_round_trip (void)
{
  static const char *const pieces[] = { "=",  "+", "-", "@", "\t", "\r", "\n", "＝", "'",
                                        "\"", ",", ";", "a", " ",  "ö",  "'=", "Ж",  "0" };
  g_autoptr(GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 4000; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(GString) out = g_string_new (NULL);
      g_autoptr(KontorCsvReader) reader = NULL;
      KontorCsvWriter writer;
      KontorCsvRow row;

      for (guint n = g_rand_int_range (random, 0, 7); n > 0; n--)
        g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      kontor_csv_writer_init (&writer, out, i % 2 == 0 ? 0 : KONTOR_CSV_WRITE_QUOTED);
      kontor_csv_writer_add_text (&writer, text->str);
      if (i % 3 == 0)
        kontor_csv_writer_add_text (&writer, text->str);
      kontor_csv_writer_end_row (&writer);
      reader = open_bytes (out->str, out->len, &plain);
      g_assert_cmpint (kontor_csv_reader_next (reader, &row, NULL, NULL), ==, KONTOR_CSV_ROW);
      g_assert_cmpuint (row.n_cells, ==, i % 3 == 0 ? 2 : 1);
      for (guint k = 0; k < row.n_cells; k++)
        g_assert_cmpstr (kontor_csv_unguard (row.cells[k]), ==, text->str);
      g_assert_cmpint (kontor_csv_reader_next (reader, &row, NULL, NULL), ==, KONTOR_CSV_END);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  g_test_add_func ("/csv/rows", test_rows);
  g_test_add_func ("/csv/lines", test_lines);
  g_test_add_func ("/csv/blocks", test_blocks);
  g_test_add_func ("/csv/open-quote", test_open_quote);
  g_test_add_func ("/csv/bad-rows", test_bad_rows);
  g_test_add_func ("/csv/many-columns", test_many_columns);
  g_test_add_func ("/csv/columns-of-errors", test_columns_of_errors);
  g_test_add_func ("/csv/many-rows", test_many_rows);
  g_test_add_func ("/csv/huge-line", test_huge_line);
  g_test_add_func ("/csv/broken-stream", test_broken_stream);
  g_test_add_func ("/csv/encodings", test_encodings);
  g_test_add_func ("/csv/marks", test_marks);
  g_test_add_func ("/csv/cut-characters", test_cut_characters);
  g_test_add_func ("/csv/utf8-samples", test_utf8_samples);
  g_test_add_func ("/csv/dialects", test_dialects);
  g_test_add_func ("/csv/headers", test_headers);
  g_test_add_func ("/csv/delimiter-names", test_delimiter_names);
  g_test_add_func ("/csv/kinds", test_kinds);
  g_test_add_func ("/csv/line-reader", test_line_reader);
  g_test_add_func ("/csv/huge-json-line", test_huge_json_line);
  g_test_add_func ("/csv/writer", test_writer);
  g_test_add_func ("/csv/round-trip", test_round_trip);
  return g_test_run ();
}
