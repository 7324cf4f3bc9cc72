/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of phone numbers reduced to digits. */
#include "config.h"

#include <string.h>

#include "kontor-phone.h"

static void
test_digits (void)
{
  static const char *const cases[][3] = {
    { "RU", "+7 (495) 123-45-67", "4951234567" },
    { "RU", "8 495 1234567", "4951234567" },
    { "RU", "495-123-45-67", "4951234567" },
    { "RU", "74951234567", "4951234567" },
    { "RU", "8(800)555-35-35", "8005553535" },
    { "RU", "800 555 35 35", "8005553535" },
    { "RU", "тел. 8-916-123-45-67 доб. 12", "9161234567" },
    { "RU", "+7 495 123 45 67 ext. 89", "4951234567" },
    { "RU", "123-45-67", "1234567" },
    { "RU", "81-23-45", "812345" },
    { "RU", "+49 30 123456", "30123456" },
    { "RU", "810 49 30 123456", "30123456" },
    { "RU", "00 49 (0)30 123456", "30123456" },
    { "RU", "+7 8 495 123 45 67", "4951234567" },
    { "RU", "8 (495) 123-45-67, 123-45-68", "4951234567" },
    { "RU", "123-45-67/68", "1234567" },
    { "KZ", "8 727 250 00 00", "7272500000" },
    { "BY", "8 017 123-45-67", "171234567" },
    { "BY", "+375 17 123 45 67", "171234567" },
    { "UA", "044 123 45 67", "441234567" },
    { "DE", "030-0074321", "300074321" },
    { "DE", "0621/08460", "62108460" },
    { "DE", "+49 (0) 30 / 123 456 - 78", "3012345678" },
    { "DE", "0049 30 12345678", "3012345678" },
    { "AT", "0732 / 7720-0", "73277200" },
    { "GB", "(171) 555-7788", "1715557788" },
    { "GB", "+44 (0)20 7946 0958", "2079460958" },
    { "GB", "020 7946 0958", "2079460958" },
    { "US", "(171) 555-7788 x12", "1715557788" },
    { "US", "1-212-555-1234", "2125551234" },
    { "US", "+1 212 555 1234 #45", "2125551234" },
    { "US", "011 44 20 7946 0958", "2079460958" },
    { "HU", "06 1 234 5678", "12345678" },
    { "HU", "+36 06 1 234 5678", "12345678" },
    { "IT", "06 1234 5678", "0612345678" },
    { "IT", "+39 06 1234 5678", "0612345678" },
    { "FR", "01 40 20 50 50", "140205050" },
    { "FR", "+33 1 40 20 50 50", "140205050" },
    { "MX", "01 55 1234 5678", "5512345678" },
    { "MX", "(5) 555-4729", "55554729" },
    { "JP", "010 1 212 555 1234", "2125551234" },
    { "JP", "03-1234-5678", "312345678" },
    { "CH", "0452-076545", "452076545" },
    { "BR", "(11) 555-1189", "115551189" },
    { "us", "1 (212) 555 1234", "2125551234" },
    { NULL, "+52 5 555 4729", "55554729" },
    { NULL, "0049 30 12345678", "3012345678" },
    { NULL, "030 12345678", "03012345678" },
    { NULL, "+380 44 123 45 67", "441234567" },
    { NULL, "+244 222 123 456", "222123456" },
    { "ZZ", "12345", "12345" },
    { "RU", "０１２３４", "01234" },
    { "RU", "", "" },
    { "RU", "нет", "" },
    { "RU", "+", "" },
    { "RU", "+7", "7" },
    { "US", "1-800-FLOWERS", "1800" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *digits = kontor_phone_digits (cases[i][1], cases[i][0]);

      if (g_strcmp0 (digits, cases[i][2]) != 0)
        g_error ("%s in %s: %s, not %s", cases[i][1], cases[i][0], digits, cases[i][2]);
    }
  {
    g_autofree char *none = kontor_phone_digits (NULL, "RU");

    g_assert_cmpstr (none, ==, "");
  }
}

static void
test_extension (void)
{
  static const char *const cases[][2] = {
    { "8 495 123-45-67 доб. 12", "12" },
    { "8 495 123-45-67 ДОБ 12", "12" },
    { "8 495 123-45-67 (вн. 345)", "345" },
    { "+1 212 555 1234 x12", "12" },
    { "+1 212 555 1234 ext.: 12", "12" },
    { "+1 212 555 1234 extension 12", "12" },
    { "+1 212 555 1234#12", "12" },
    { "+1 212 555 1234,12", "12" },
    { "+1-212-555-1234;ext=12", "12" },
    { "+1 212 555 1234", NULL },
    { "+1 212 555 1234, 2125551235", NULL },
    { "ext", NULL },
    { "", NULL },
    { "x12", NULL },
    { "fax 123456", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *extension = kontor_phone_extension (cases[i][0]);

      g_assert_cmpstr (extension, ==, cases[i][1]);
    }
  g_assert_null (kontor_phone_extension (NULL));
}

static void
test_equal (void)
{
  g_assert_true (kontor_phone_equal ("4951234567", "4951234567"));
  g_assert_true (kontor_phone_equal ("74951234567", "951234567"));
  g_assert_true (kontor_phone_equal ("1234567", "1234567"));
  g_assert_false (kontor_phone_equal ("4951234567", "4951234568"));
  g_assert_false (kontor_phone_equal ("4951234567", "1234567"));
  g_assert_false (kontor_phone_equal ("", ""));
  g_assert_false (kontor_phone_equal (NULL, "1"));
  g_assert_false (kontor_phone_equal ("1", NULL));
}

static void
test_looks_like (void)
{
  static const char *const yes[] = { "495",         "+7 (495) 123-45-67",      "4729",
                                     "tel. 495 12", "8 495 123-45-67 доб. 12", "123 45",
                                     "#123" };
  static const char *const no[] = {
    "",          "12",        "Ana",   "Ana 4729",       "a1b2c3",   "INV-2024",
    "x@1234.ru", "12\"345\"", "1=234", "Room 123 floor", "tel. Ann", "C_123"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (yes); i++)
    {
      if (!kontor_phone_looks_like (yes[i]))
        g_error ("%s looks like a number", yes[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (no); i++)
    {
      if (kontor_phone_looks_like (no[i]))
        g_error ("%s doesn't look like a number", no[i]);
    }
  g_assert_false (kontor_phone_looks_like (NULL));
}

static void
test_country_prefix (void)
{
  g_assert_cmpstr (kontor_phone_country_prefix ("RU"), ==, "7");
  g_assert_cmpstr (kontor_phone_country_prefix ("us"), ==, "1");
  g_assert_cmpstr (kontor_phone_country_prefix ("UZ"), ==, "998");
  g_assert_cmpstr (kontor_phone_country_prefix ("AO"), ==, "244");
  g_assert_cmpstr (kontor_phone_country_prefix ("VA"), ==, "39");
  g_assert_cmpstr (kontor_phone_country_prefix ("ZW"), ==, "263");
  g_assert_null (kontor_phone_country_prefix ("ZZ"));
  g_assert_null (kontor_phone_country_prefix ("76"));
  g_assert_null (kontor_phone_country_prefix (""));
  g_assert_null (kontor_phone_country_prefix (NULL));
}

static void
test_longest (void)
{
  g_assert_cmpuint (kontor_phone_longest ("+44 121 5"), ==, 10);
  g_assert_cmpuint (kontor_phone_longest ("+7 (495"), ==, 10);
  g_assert_cmpuint (kontor_phone_longest ("tel.: +49 30"), ==, 13);
  g_assert_cmpuint (kontor_phone_longest ("0121 5"), ==, 0);
  g_assert_cmpuint (kontor_phone_longest ("+244 1"), ==, 0);
  g_assert_cmpuint (kontor_phone_longest ("+0"), ==, 0);
  g_assert_cmpuint (kontor_phone_longest ("+"), ==, 0);
  g_assert_cmpuint (kontor_phone_longest (NULL), ==, 0);
}

static void
test_hostile (void)
{
  g_autofree char *many = g_strnfill (100000, '7');
  g_autofree char *digits = kontor_phone_digits (many, "RU");
  g_autofree char *bytes = kontor_phone_digits ("\xff\xfe+7\xc3", "RU");

  g_assert_cmpuint (strlen (digits), <=, 32);
  g_assert_cmpstr (bytes, ==, "7");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/phone/digits", test_digits);
  g_test_add_func ("/base/phone/extension", test_extension);
  g_test_add_func ("/base/phone/equal", test_equal);
  g_test_add_func ("/base/phone/looks-like", test_looks_like);
  g_test_add_func ("/base/phone/country-prefix", test_country_prefix);
  g_test_add_func ("/base/phone/longest", test_longest);
  g_test_add_func ("/base/phone/hostile", test_hostile);

  return g_test_run ();
}
