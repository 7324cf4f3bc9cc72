/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vCards as text: dialects, folding, encodings, limits, cards that are not whole, and writing. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-file-kind.h"
#include "kontor-text-encoding.h"
#include "kontor-vcard-reader.h"
#include "pattern-stream.h"
#include <string.h>
#include <sys/resource.h>

static char *seeds; /* where the files of other programs are */

static KontorVcardReader *
open_stream (GInputStream *stream, const char *encoding)
{
  g_autoptr(GError) error = NULL;
  KontorVcardReader *reader = kontor_vcard_reader_new (stream, encoding, &error);

  g_assert_no_error (error);
  kontor_vcard_reader_set_name (reader, "people.vcf");
  return reader;
}

/* (element-type KontorVcard): all cards, the bad ones too; their number is in @bad. */
static GPtrArray *
read_stream (GInputStream *stream, const char *encoding, guint *bad)
{
  g_autoptr(KontorVcardReader) reader = open_stream (stream, encoding);
  GPtrArray *cards = g_ptr_array_new_with_free_func ((GDestroyNotify) kontor_vcard_free);
  KontorVcardStatus status;

  *bad = 0;
  do
    {
      g_autoptr(GError) error = NULL;
      KontorVcard *card = NULL;

      status = kontor_vcard_reader_next (reader, &card, NULL, &error);
      if (card != NULL)
        g_ptr_array_add (cards, card);
      if (status != KONTOR_VCARD_BAD)
        {
          g_assert_no_error (error);
          continue;
        }
      (*bad)++;
      g_assert_true (kontor_error_is (error, KONTOR_ERROR_INVALID));
      g_assert_cmpstr (kontor_error_get_detail (error)->file, ==, "people.vcf");
      g_assert_cmpuint (kontor_error_get_detail (error)->line, ==, card->line);
    }
  while (status <= KONTOR_VCARD_BAD);
  return cards;
}

static GPtrArray *
read_text (const char *text, gssize length, guint *bad)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) size, NULL);

  return read_stream (stream,
                      kontor_text_guess_encoding ((const guint8 *) text, size, TRUE, NULL),
                      bad);
}

static GPtrArray *
read_seed (const char *name, guint n_cards)
{
  g_autofree char *path = g_build_filename (seeds, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *cards;
  gsize length;
  guint bad;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  cards = read_text (text, (gssize) length, &bad);
  g_assert_cmpuint (bad, ==, 0);
  g_assert_cmpuint (cards->len, ==, n_cards);
  for (guint i = 0; i < cards->len; i++)
    g_assert_cmpuint (((KontorVcard *) cards->pdata[i])->problems->len, ==, 0);
  return cards;
}

/* "item1.TEL;TYPE=home;X=1:5" of the @nth property of that name. */
static void
assert_property (GPtrArray *cards, guint card, const char *name, guint nth, const char *expected)
{
  const KontorVcard *in = g_ptr_array_index (cards, card);
  g_autoptr(GString) found = g_string_new (NULL);

  for (guint i = 0; i < in->properties->len; i++)
    {
      const KontorVcardProperty *property = g_ptr_array_index (in->properties, i);

      if (g_str_equal (property->name, name) && nth-- == 0)
        {
          kontor_vcard_property_append (property, KONTOR_VCARD_3_0, FALSE, found);
          break;
        }
    }
  g_assert_cmpstr (found->str, ==, expected);
}

#define assert_value(cards, card, name, expected) \
  assert_property (cards, card, name, 0, name ":" expected)

/* --- Dialects -----------------------------------------------------------------------------------
 */

static void
test_outlook (void)
{
  g_autoptr(GPtrArray) cards = read_seed ("outlook-21", 1);
  KontorVcardProperty *photo = kontor_vcard_find (cards->pdata[0], "PHOTO");

  assert_property (cards, 0, "N", 0, "N;LANGUAGE=en-us:Trujillo;Ana;María;Dr.;Jr.");
  assert_value (cards, 0, "FN", "Dr. Ana María Trujillo Jr.");
  assert_value (cards, 0, "NOTE", "First line\\nSecond line with a = sign\\n");
  assert_property (cards, 0, "TEL", 0, "TEL;TYPE=WORK,VOICE:(5) 555-4729");
  assert_property (cards, 0, "TEL", 3, "TEL;TYPE=WORK,FAX:(5) 555-3745");
  assert_property (cards,
                   0,
                   "ADR",
                   0,
                   "ADR;TYPE=WORK,PREF:;Piso 2;Avda. de la Constitución 2222;México D.F.;;05021;"
                   "Mexico");
  assert_property (cards, 0, "EMAIL", 0, "EMAIL;TYPE=PREF,INTERNET:ana@example.com");
  g_assert_nonnull (photo->data);
  g_assert_cmpuint (g_bytes_get_size (photo->data), ==, 133);
  g_assert_cmpstr (kontor_vcard_media_type (photo->data), ==, "image/jpeg");
}

static void
test_phones (void)
{
  g_autoptr(GPtrArray) android = read_seed ("android-21", 2);
  g_autoptr(GPtrArray) nokia = read_seed ("nokia-21-koi8", 1);
  g_autoptr(GPtrArray) blackberry = read_seed ("blackberry-21", 1);

  assert_value (android, 0, "N", "Иванов;Иван;Петрович;;");
  assert_value (android, 0, "FN", "Иван Петрович Иванов");
  assert_value (android, 0, "NOTE", "Первая строка\\nвторая");
  assert_property (android, 1, "TEL", 0, "TEL;TYPE=WORK,PREF:112");
  assert_value (nokia, 0, "N", "Петров;Пётр");
  assert_value (nokia, 0, "ADR", ";;ул. Ленина, 1;Москва;;101000;Россия");
  assert_value (blackberry, 0, "ORG", "Berglunds snabbköp");
  assert_property (blackberry, 0, "TEL", 1, "TEL;TYPE=WORK,FAX:+46 921 12 34 67");
  g_assert_cmpuint (g_bytes_get_size (kontor_vcard_find (blackberry->pdata[0], "PHOTO")->data),
                    ==,
                    133);
  assert_value (blackberry, 0, "X-BLACKBERRY-PIN", "2100000A");
}

static void
test_desktops (void)
{
  g_autoptr(GPtrArray) lotus = read_seed ("lotus-30", 1);
  g_autoptr(GPtrArray) apple = read_seed ("apple-30", 3);
  g_autoptr(GPtrArray) evolution = read_seed ("evolution-30", 1);
  g_autoptr(GPtrArray) thunderbird = read_seed ("thunderbird-40", 3);

  assert_value (lotus,
                0,
                "NOTE",
                "A note with an escaped comma\\, a semicolon\\; and a\\nbreak that is so long it "
                "had to be folded");
  assert_property (lotus, 0, "EMAIL", 1, "EMAIL;TYPE=X-NOTES:CN=Thomas Hardy/OU=Sales/O=Horn");
  assert_property (apple, 0, "EMAIL", 0, "item1.EMAIL;TYPE=INTERNET,PREF:pedro@example.br");
  g_assert_cmpstr (kontor_vcard_find_grouped (apple->pdata[0], "X-ABLABEL", "item1")->value,
                   ==,
                   "Lawyer");
  g_assert_cmpstr (kontor_vcard_property_get_param (kontor_vcard_find (apple->pdata[0], "BDAY"),
                                                    "X-APPLE-OMIT-YEAR"),
                   ==,
                   "1604");
  assert_property (evolution,
                   0,
                   "TEL",
                   0,
                   "TEL;TYPE=WORK,VOICE;X-EVOLUTION-UI-SLOT=1:(5) 555-3932");
  assert_property (thunderbird,
                   0,
                   "TEL",
                   1,
                   "TEL;TYPE=VOICE,HOME;VALUE=uri;PREF=2:tel:+44-171-555-9199;ext=3");
  assert_property (thunderbird, 0, "EMAIL", 0, "EMAIL;PREF=1:elizabeth@example.co.uk");
  g_assert_cmpstr (kontor_vcard_media_type (
                     kontor_vcard_find (thunderbird->pdata[0], "PHOTO")->data),
                   ==,
                   "image/png");
}

/* --- How lines are put together --------------------------------------------------------------- */

static void
test_lines (void)
{
  g_autoptr(GPtrArray) mac = read_seed ("mac-lines", 1);
  g_autoptr(GPtrArray) twice = read_seed ("twice-crlf", 1);
  g_autoptr(GPtrArray) wide = read_seed ("utf16", 1);
  g_autoptr(GPtrArray) old = NULL;
  g_autoptr(GPtrArray) no_end = NULL;
  guint bad;

  assert_value (mac, 0, "NOTE", "folded here");
  assert_value (twice, 0, "NOTE", "longer");
  assert_value (wide, 0, "FN", "Ünïcödé Человек");
  g_assert_cmpuint (((KontorVcard *) wide->pdata[0])->line, ==, 1);
  /* version 2.1 folds in front of a space that stays; lower case and spaces at the end are seen */
  old = read_text ("\n\nbegin:vcard \nversion:2.1\nnote:two\n words\nend:vcard\n", -1, &bad);
  g_assert_cmpuint (bad, ==, 0);
  assert_value (old, 0, "NOTE", "two words");
  g_assert_cmpuint (((KontorVcard *) old->pdata[0])->line, ==, 3);
  g_assert_cmpuint (((KontorVcard *) old->pdata[0])->version, ==, KONTOR_VCARD_2_1);
  no_end = read_text ("BEGIN:VCARD\nFN:x\nEND:VCARD", -1, &bad);
  g_assert_cmpuint (no_end->len, ==, 1);
  g_assert_cmpuint (bad, ==, 0);
}

static void
test_agent (void)
{
  g_autoptr(GPtrArray) cards = read_seed ("agent-21", 1);
  g_autofree char *inner = NULL;
  g_autoptr(GPtrArray) agents = NULL;
  guint bad;

  assert_value (cards, 0, "N", "Boss;The");
  assert_property (cards, 0, "TEL", 0, "TEL;TYPE=WORK:654321");
  inner = kontor_vcard_unescape (kontor_vcard_find (cards->pdata[0], "AGENT")->value);
  agents = read_text (inner, -1, &bad);
  g_assert_cmpuint (agents->len, ==, 1);
  assert_value (agents, 0, "N", "Helper;Sam");
}

static void
test_cut (void)
{
  g_autofree char *path = g_build_filename (seeds, "cut", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GPtrArray) cards = NULL;
  guint bad;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  cards = read_text (text, -1, &bad);
  g_assert_cmpuint (cards->len, ==, 3);
  g_assert_cmpuint (bad, ==, 2);
  g_assert_cmpuint (((KontorVcard *) cards->pdata[1])->line, ==, 6);
  g_assert_cmpuint (((KontorVcard *) cards->pdata[2])->line, ==, 10);
  assert_value (cards, 1, "TEL", "1");
  /* what there is of the last one is not lost */
  assert_value (cards, 2, "NOTE", "half a =");
}

static void
assert_problem (const KontorVcard *card, guint i, guint64 line, const char *part)
{
  const KontorVcardProblem *problem;

  g_assert_cmpuint (i, <, card->problems->len);
  problem = g_ptr_array_index (card->problems, i);
  g_test_message ("%" G_GUINT64_FORMAT ": %s", problem->line, problem->text);
  g_assert_cmpuint (problem->line, ==, line);
  g_assert_nonnull (strstr (problem->text, part));
}

static void
test_broken (void)
{
  g_autofree char *path = g_build_filename (seeds, "broken", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GPtrArray) cards = NULL;
  KontorVcard *card;
  gsize length;
  guint bad;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  cards = read_text (text, (gssize) length, &bad);
  g_assert_cmpuint (bad, ==, 0);
  g_assert_cmpuint (cards->len, ==, 2);
  card = cards->pdata[0];
  g_assert_cmpuint (card->line, ==, 2);
  assert_value (cards, 0, "FN", "Nul Byte");
  assert_property (cards, 0, "TEL", 0, "TEL;TYPE=WORK:12345\\n;;;:x");
  g_assert_true (
    g_str_has_prefix (kontor_vcard_find (card, "NOTE")->value, "first line\\nsecond line"));
  g_assert_null (kontor_vcard_find (card, "PHOTO"));
  assert_problem (card, 0, 1, "outside of any card");
  assert_problem (card, 1, 4, "NUL bytes");
  assert_problem (card, 2, 7, "added to the one before");
  assert_problem (card, 3, 10, "added to the one before");
}

/* --- Limits --------------------------------------------------------------------------------------
 */

static gsize
get_peak_kb (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (gsize) usage.ru_maxrss;
}

static void
assert_long (GInputStream *stream, const char *reason)
{
  gsize before = get_peak_kb ();
  guint bad;
  g_autoptr(GPtrArray) cards = read_stream (stream, "UTF-8", &bad);

  g_assert_cmpuint (bad, ==, 0);
  g_assert_cmpuint (cards->len, ==, 2);
  assert_problem (cards->pdata[0], 0, 3, reason);
  assert_value (cards, 0, "FN", "Kept");
  assert_value (cards, 0, "TEL", "1");
  assert_value (cards, 1, "FN", "Next");
#if !defined(__SANITIZE_ADDRESS__)
  g_assert_cmpuint (get_peak_kb () - before, <, 160 * 1024);
#else
  g_test_message ("%" G_GSIZE_FORMAT " KB", get_peak_kb () - before);
#endif
}

#define REST "\nTEL:1\nEND:VCARD\nBEGIN:VCARD\nFN:Next\nEND:VCARD\n"

static void
test_large_photo (void)
{
  g_autoptr(GInputStream) folded =
    pattern_stream_new ("BEGIN:VCARD\nFN:Kept\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/",
                        "\n "
                        "AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIIIJJJJKKKKLLLLMMMMNNNNOOOOPPPPQQQQRRRR",
                        40 * 1024 * 1024 / 74,
                        REST);
  g_autoptr(GInputStream) plain =
    pattern_stream_new ("BEGIN:VCARD\nFN:Kept\nPHOTO;ENCODING=BASE64;JPEG:/9j/",
                        "\nAAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIIIJJJJKKKKLLLLMMMMNNNNOOOOPPPPQQQQRRR"
                        "R",
                        40 * 1024 * 1024 / 73,
                        "\n" REST);

  assert_long (folded, "PHOTO is larger than 16 MB");
  assert_long (plain, "PHOTO is larger than 16 MB");
}

static void
test_long_line (void)
{
  g_autoptr(GInputStream) stream =
    pattern_stream_new ("BEGIN:VCARD\nFN:Kept\nNOTE:",
                        "all work and no play makes a dull boy of anybody who reads such a line ",
                        g_test_slow () ? 1024 * 1024 * 1024 / 71 : 128 * 1024 * 1024 / 71,
                        REST);

  assert_long (stream, "NOTE is larger than 16 MB");
}

static void
test_many_properties (void)
{
  g_autoptr(GInputStream) stream =
    pattern_stream_new ("BEGIN:VCARD\nFN:Kept\n", "TEL:1\n", 2000000, "END:VCARD\n");
  guint bad;
  g_autoptr(GPtrArray) cards = read_stream (stream, "UTF-8", &bad);
  KontorVcard *card = cards->pdata[0];

  g_assert_cmpuint (card->properties->len, ==, KONTOR_VCARD_MAX_PROPERTIES);
  g_assert_cmpuint (card->problems->len, ==, 1);
  assert_problem (card, 0, KONTOR_VCARD_MAX_PROPERTIES + 2, "larger than a card may be");
}

static void
test_read_error (void)
{
  g_autoptr(GInputStream) stream =
    pattern_stream_new ("BEGIN:VCARD\nFN:Kept\n", "TEL:1\n", 1000000, "END:VCARD\n");
  g_autoptr(KontorVcardReader) reader = open_stream (stream, "UTF-8");
  g_autoptr(KontorVcard) card = NULL;
  g_autoptr(GError) error = NULL;

  pattern_stream_fail_at (stream, 200000);
  g_assert_cmpint (kontor_vcard_reader_next (reader, &card, NULL, &error), ==, KONTOR_VCARD_FAILED);
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_IO));
  g_assert_cmpstr (kontor_error_get_detail (error)->file, ==, "people.vcf");
  g_assert_null (card);
}

/* --- Values and writing ----------------------------------------------------------------------- */

static void
test_values (void)
{
  static const struct
  {
    const char *value, *iso;
  } dates[] = {
    { "19960415", "1996-04-15" },
    { "1996-04-15", "1996-04-15" },
    { "1996-04-15T10:00:00Z", "1996-04-15" },
    { "19960415T102200", "1996-04-15" },
    { "--0415", NULL },
    { "1996-04", NULL },
    { "1996-02-30", NULL },
    { "circa 1800", NULL },
    { "0000-01-01", NULL },
    { "199604151", NULL },
  };
  g_auto(GStrv) parts = kontor_vcard_split ("a\\;b;c\\,d\\nE;\\\\;C:\\temp;", ';');
  g_autofree char *escaped = kontor_vcard_escape ("a,b;c\\d\r\ne");
  g_autofree char *joined = g_strjoinv ("|", parts);

  g_assert_cmpstr (joined, ==, "a;b|c,d\nE|\\|C:\\temp|");
  g_assert_cmpstr (escaped, ==, "a\\,b\\;c\\\\d\\ne");
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *iso = kontor_vcard_date_to_iso (dates[i].value);

      g_assert_cmpstr (iso, ==, dates[i].iso);
    }
}

static void
test_write (void)
{
  g_autoptr(KontorVcard) card = kontor_vcard_new (KONTOR_VCARD_3_0);
  g_autoptr(GString) out = g_string_new (NULL);
  KontorVcardProperty *tel = kontor_vcard_property_new ("tel", "+49 30 1");

  tel->group = g_strdup ("item1");
  kontor_vcard_property_add_param (tel, "TYPE", "home");
  kontor_vcard_property_add_param (tel, "TYPE", "pref");
  kontor_vcard_property_add_param (tel, "X-NOTE", "say \"hi\",\nplease");
  kontor_vcard_take (card, tel);
  kontor_vcard_take (card,
                     kontor_vcard_property_new ("NOTE",
                                                "Очень длинная заметка, которая не помещается в "
                                                "одну строку и потому "
                                                "складывается"));
  kontor_vcard_append (card, out);
  g_assert_true (
    g_str_has_prefix (out->str,
                      "BEGIN:VCARD\r\nVERSION:3.0\r\nitem1.TEL;TYPE=HOME,PREF;X-NOTE=\"say "
                      "^'hi^',^nplease\":+49 30 1\r\nNOTE:"));
  g_assert_true (g_str_has_suffix (out->str, "\r\nEND:VCARD\r\n"));
  for (const char *line = out->str; *line != '\0'; line = strstr (line, "\r\n") + 2)
    {
      gsize length = (gsize) (strstr (line, "\r\n") - line);

      g_assert_cmpuint (length, <=, 75);
      g_assert_true (g_utf8_validate_len (line, length, NULL));
    }
  g_string_truncate (out, 0);
  card->version = KONTOR_VCARD_4_0;
  kontor_vcard_append (card, out);
  g_assert_nonnull (strstr (out->str, "item1.TEL;TYPE=home;PREF=1;X-NOTE="));
}

static void
test_kind (void)
{
  static const char *const texts[] = { "BEGIN:VCARD\nFN:x\n",
                                       "\n \nbegin:vcard\n",
                                       "\xef\xbb\xbf"
                                       "BEGIN:VCARD\r\n" };
  const char wide[] = "\xff\xfe"
                      "B\0E\0G\0I\0N\0:\0V\0C\0A\0R\0D\0\r\0\n\0";
  KontorFileKind kind;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      kind = KONTOR_FILE_CSV;
      g_assert_true (kontor_file_kind_guess ((const guint8 *) texts[i],
                                             strlen (texts[i]),
                                             "UTF-8",
                                             &kind,
                                             NULL));
      g_assert_cmpint (kind, ==, KONTOR_FILE_VCARD);
    }
  g_assert_true (
    kontor_file_kind_guess ((const guint8 *) wide, sizeof wide - 1, "UTF-16LE", &kind, NULL));
  g_assert_cmpint (kind, ==, KONTOR_FILE_VCARD);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  g_assert_cmpint (argc, >, 1);
  seeds = argv[1];
  g_test_add_func ("/vcard/outlook", test_outlook);
  g_test_add_func ("/vcard/phones", test_phones);
  g_test_add_func ("/vcard/desktops", test_desktops);
  g_test_add_func ("/vcard/lines", test_lines);
  g_test_add_func ("/vcard/agent", test_agent);
  g_test_add_func ("/vcard/cut", test_cut);
  g_test_add_func ("/vcard/broken", test_broken);
  g_test_add_func ("/vcard/large-photo", test_large_photo);
  g_test_add_func ("/vcard/long-line", test_long_line);
  g_test_add_func ("/vcard/many-properties", test_many_properties);
  g_test_add_func ("/vcard/read-error", test_read_error);
  g_test_add_func ("/vcard/values", test_values);
  g_test_add_func ("/vcard/write", test_write);
  g_test_add_func ("/vcard/kind", test_kind);
  return g_test_run ();
}
