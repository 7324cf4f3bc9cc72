/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signatures as people have them, and what the clipboard has as HTML. */
#include "config.h"

#include "kontor-html-text.h"
#include "kontor-signature.h"
#include <string.h>

typedef struct
{
  const char *text;
  const char *expected; /* name|position|company|phone|mobile|fax|mail|web|street|postcode|city */
} Case;

static const Case cases[] = {
  { "Ana Trujillo\nOwner\nTrujillo Emparedados y helados S.A.\nPhone: +52 5 555 4729\n"
    "ana@trujillo.example\nwww.trujillo.example",
    "Ana Trujillo|Owner|Trujillo Emparedados y helados S.A.|+52 5 555 4729|||ana@trujillo.example|"
    "www.trujillo.example|||" },
  { "Best regards,\n\nJohn Smith\nSenior Sales Manager | Acme Inc.\n"
    "T: (555) 010-2000 | M: +1 555 010 3000 | F: +1 555 010 4000\n"
    "john.smith@acme.example | https://acme.example/team",
    "John Smith|Senior Sales Manager|Acme Inc.|(555) 010-2000|+1 555 010 3000|+1 555 010 4000|"
    "john.smith@acme.example|https://acme.example/team|||" },
  { "Mit freundlichen Grüßen\nDr. Petra Groß\nLeiterin Einkauf\nMüller & Söhne GmbH\n"
    "Obere Straße 57\nD-12209 Berlin\nTel.: 030 / 007 43 21\nFax: 030 / 007 43 22\n"
    "Mobil: 0170 123 45 67\nE-Mail: p.gross@mueller.example",
    "Dr. Petra Groß|Leiterin Einkauf|Müller & Söhne GmbH|030 / 007 43 21|0170 123 45 67|"
    "030 / 007 43 22|p.gross@mueller.example||Obere Straße 57|12209|Berlin" },
  { "С уважением,\nБорис Трубин\nначальник отдела снабжения\nООО «Трубы и фитинги»\n"
    "119019, Москва, ул. Арбат, д. 5\nтел.: +7 (495) 123-45-67, моб. 8 916 123 45 67\n"
    "b.trubin@truby.example",
    "Борис Трубин|начальник отдела снабжения|ООО «Трубы и фитинги»|+7 (495) 123-45-67|"
    "8 916 123 45 67||b.trubin@truby.example||ул. Арбат, д. 5|119019|Москва" },
  { "--\nEva von Adam, Managing Director\nevas@adam.example",
    "Eva von Adam|Managing Director|||||"
    "evas@adam.example||||" },
  { "> Udo Ulm\n> Ulm Bau\n> Handy 0171 2345678\n",
    "Udo Ulm||Ulm Bau|0171 2345678|0171 2345678||||||" },
};

static char *
describe (const KontorSignature *self)
{
#define TEXT(field) (self->field != NULL ? self->field : "")
  return g_strjoin ("|",
                    TEXT (name),
                    TEXT (position),
                    TEXT (company),
                    TEXT (phone),
                    TEXT (mobile),
                    TEXT (fax),
                    TEXT (mail),
                    TEXT (web),
                    TEXT (street),
                    TEXT (postcode),
                    TEXT (city),
                    NULL);
#undef TEXT
}

static void
test_signatures (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KontorSignature) signature = kontor_signature_parse (cases[i].text);
      g_autofree char *found = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_nonnull (signature);
      found = describe (signature);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

/* Letters, lists, code, nothing. */
static void
test_no_signatures (void)
{
  static const char *const texts[] = {
    "",
    "\n\n \n",
    "Hello Ana,\nplease send the price list until Friday.\nThanks",
    "Ana Trujillo",
    "ana@example.com",
    "+49 30 123456",
    "int main (void)\n{\n  return 0;\n}\n",
    "1;2;3\n4;5;6\n",
    "\xff\xfe",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(KontorSignature) signature = kontor_signature_parse (texts[i]);

      g_test_message ("%u", i);
      g_assert_null (signature);
    }
}

static void
test_hostile (void)
{
  static const char *const pieces[] = {
    "@",    "@.",           "+", "(((((", "a@b.cc ",       "\t", "|",
    "www.", "1 2 3 4 5 6 ", "А", "-",     "((((((((((((1", "ул."
  };
  gint64 begin = g_get_monotonic_time ();
  g_autofree char *large = g_strnfill (1024 * 1024, 'A');

  g_assert_null (kontor_signature_parse (large));
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr(GString) text = g_string_new ("Ana Trujillo\nana@example.com\n");

      while (text->len + 20 < KONTOR_SIGNATURE_MAX_BYTES)
        g_string_append (text, pieces[i]);
      kontor_signature_free (kontor_signature_parse (text->str));
    }
  /* every cut of a good one */
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize n = 0; n <= strlen (cases[i].text); n++)
      {
        g_autofree char *cut = g_strndup (cases[i].text, n);

        kontor_signature_free (kontor_signature_parse (cut));
      }
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * G_USEC_PER_SEC);
}

/* --- HTML ------------------------------------------------------------------------------------- */

static void
assert_table (const char *html, const char *expected)
{
  g_autofree char *csv = kontor_html_table_to_csv (html, strlen (html));

  g_assert_cmpstr (csv, ==, expected);
}

static void
test_tables (void)
{
  assert_table ("<p>x</p><table border=1><tr><th>Name<th>City</tr>"
                "<tr><td>Ana &amp; Co</td><td>M&uuml;nchen</td></tr></table><p>y",
                "Name,City\r\nAna & Co,München\r\n");
  /* line breaks and nested tables are text; a ">" in quotes ends nothing */
  assert_table ("<table><tr><td title=\"a>b\">A<br>B<td>C <table><tr><td>D</table></table>",
                "A B,C D\r\n");
  assert_table ("<table><tr><td>&#1040;&#x411;&bogus;<td>&lt;</table>", "\"АБ&bogus;\",<\r\n");
  assert_table ("<table><style>td{}</style><tr><td>1<tr><td>2", "1\r\n2\r\n");
  assert_table ("<p>Just text</p>", NULL);
  assert_table ("<table><tr><td>alone</table>", NULL);
  assert_table ("", NULL);
  assert_table ("<", NULL);
  assert_table ("<table><!--", NULL);
}

static void
test_text (void)
{
  const char *html =
    "<html><head><title>t</title><style>p{}</style></head><body><div>Ana "
    "Trujillo</div><div><b>Owner</b></div><p>Tel <a href='tel:1'>+52 5 555 4729</a>"
    "<br>ana@example.com</p></body>";
  g_autofree char *text = kontor_html_to_text (html, strlen (html));
  g_autoptr(KontorSignature) signature = kontor_signature_parse (text);

  g_assert_nonnull (signature);
  g_assert_cmpstr (signature->name, ==, "Ana Trujillo");
  g_assert_cmpstr (signature->position, ==, "Owner");
  g_assert_cmpstr (signature->phone, ==, "+52 5 555 4729");
  g_assert_cmpstr (signature->mail, ==, "ana@example.com");
}

/* Every cut of a table, and a megabyte of open tags. */
static void
test_hostile_html (void)
{
  const char *html = "<table><tr><td a='1\"2'>x&#xffffffff;&#0;</td><!-- --><td>\xff\xc3</td></tr>";
  g_autoptr(GString) many = g_string_new (NULL);

  for (gsize n = 0; n <= strlen (html); n++)
    g_free (kontor_html_table_to_csv (html, n));
  while (many->len < 1024 * 1024)
    g_string_append (many, "<table><td>&");
  g_free (kontor_html_table_to_csv (many->str, many->len));
  g_free (kontor_html_to_text (many->str, many->len));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature/signatures", test_signatures);
  g_test_add_func ("/signature/none", test_no_signatures);
  g_test_add_func ("/signature/hostile", test_hostile);
  g_test_add_func ("/html/tables", test_tables);
  g_test_add_func ("/html/text", test_text);
  g_test_add_func ("/html/hostile", test_hostile_html);
  return g_test_run ();
}
