/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of countries and addresses. */
#include "config.h"

#include <string.h>

#include "kontor-country-private.h"
#include "kontor-fold.h"

static void
check_code (const char *text, const char *expected)
{
  g_autofree char *code = kontor_country_code_from_text (text);

  if (g_strcmp0 (code, expected) != 0)
    g_error ("%s is %s, not %s", text, code, expected);
}

static void
test_table (void)
{
  g_assert_cmpuint (kontor_n_countries, ==, 250);
  for (gsize i = 0; i < kontor_n_countries; i++)
    {
      const KontorCountry *country = &kontor_countries[i];

      g_assert_cmpuint (strlen (country->code), ==, 2);
      g_assert_cmpuint (strlen (country->code3), ==, 3);
      g_assert_true (g_utf8_validate (country->russian, -1, NULL));
      g_assert_cmpstr (country->english, !=, country->russian);
      if (i > 0)
        g_assert_cmpstr (kontor_countries[i - 1].code, <, country->code);
    }
}

/* Whatever the table calls a country must find this country and no other. */
static void
test_every_name (void)
{
  for (gsize i = 0; i < kontor_n_countries; i++)
    {
      const KontorCountry *country = &kontor_countries[i];
      g_auto(GStrv) aliases = g_strsplit (country->aliases, "|", -1);
      g_autofree char *lower = g_ascii_strdown (country->code, -1);

      check_code (country->code, country->code);
      check_code (lower, country->code);
      check_code (country->code3, country->code);
      check_code (country->english, country->code);
      check_code (country->russian, country->code);
      for (char **alias = aliases; *alias != NULL; alias++)
        {
          if (**alias != '\0')
            check_code (*alias, country->code);
        }
    }
}

static void
test_texts (void)
{
  static const char *const cases[][2] = {
    { "USA", "US" },
    { "U.S.A.", "US" },
    { " united states ", "US" },
    { "UNITED STATES OF AMERICA", "US" },
    { "США", "US" },
    { "UK", "GB" },
    { "U.K.", "GB" },
    { "Great Britain", "GB" },
    { "Англия", "GB" },
    { "Россия", "RU" },
    { "РФ", "RU" },
    { "Российская Федерация", "RU" },
    { "Russia", "RU" },
    { "Korea", "KR" },
    { "Philipines", "PH" },
    { "Deutschland", "DE" },
    { "Österreich", "AT" },
    { "Cote d'Ivoire", "CI" },
    { "Viet-Nam", "VN" },
    { "Turkiye", "TR" },
    { "中国", "CN" },
    { "deu", "DE" },
    { "", NULL },
    { "..", NULL },
    { "Atlantis", NULL },
    { "XX", NULL },
    { "New Caledonia, France", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check_code (cases[i][0], cases[i][1]);
  check_code (NULL, NULL);
  {
    g_autofree char *huge = g_strnfill (1000000, 'a');

    check_code (huge, NULL);
  }
}

static void
test_name (void)
{
  g_autofree char *germany = kontor_country_name ("DE");
  g_autofree char *lower = kontor_country_name ("de");
  g_autofree char *unknown = kontor_country_name ("Atlantis");
  g_autofree char *none = kontor_country_name (NULL);

  g_assert_cmpstr (germany, ==, "Germany");
  g_assert_cmpstr (lower, ==, "Germany");
  g_assert_cmpstr (unknown, ==, "Atlantis");
  g_assert_cmpstr (none, ==, "");
}

static void
test_name_in_russian (void)
{
  if (g_test_subprocess ())
    {
      g_autofree char *germany = kontor_country_name ("DE");
      g_autofree char *america = kontor_country_name ("US");

      g_assert_cmpstr (germany, ==, "Германия");
      g_assert_cmpstr (america, ==, "США");
      return;
    }

  g_setenv ("LANGUAGE", "ru", TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_unsetenv ("LANGUAGE");
  g_test_trap_assert_passed ();
}

static void
test_address (void)
{
  static const struct
  {
    const char *street, *city, *region, *postcode, *country, *separator, *expected;
  } cases[] = {
    { "1 Main St",
      "Seattle",
      "WA",
      "98128",
      "US",
      "\n",
      "1 Main St\nSeattle, WA 98128\nUnited States" },
    { "1 Main St",
      "Seattle",
      NULL,
      "98128",
      "US",
      ", ",
      "1 Main St, Seattle, 98128, United States" },
    { "Obere Str. 57",
      "Berlin",
      NULL,
      "12209",
      "DE",
      "\n",
      "Obere Str. 57\n12209 Berlin\nGermany" },
    { "12 Orchestra Terrace",
      "London",
      "",
      "SW7 1RZ",
      "GB",
      ", ",
      "12 Orchestra Terrace, London, SW7 1RZ, United Kingdom" },
    { "ул. Ленина, 5",
      "Химки",
      "Московская область",
      "141400",
      "RU",
      ", ",
      "141400, Московская область, Химки, ул. Ленина, 5, Russia" },
    { "Via Monte Bianco 34",
      "Torino",
      "TO",
      "10100",
      "it",
      "\n",
      "Via Monte Bianco 34\n10100 Torino (TO)\nItaly" },
    { "Street", "City", "Region", "1", NULL, "; ", "Street; 1 City; Region" },
    { NULL, "City", NULL, NULL, "Atlantis", ", ", "City, Atlantis" },
    { NULL, NULL, NULL, NULL, "US", ", ", "United States" },
    { "", "", "", "", "", ", ", "" },
    { NULL, NULL, NULL, NULL, NULL, "\n", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = kontor_address_format (cases[i].street,
                                                     cases[i].city,
                                                     cases[i].region,
                                                     cases[i].postcode,
                                                     cases[i].country,
                                                     cases[i].separator);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_list (void)
{
  g_autoptr(GPtrArray) codes = kontor_country_list_codes ();
  g_autofree char *last = NULL;

  g_assert_cmpuint (codes->len, ==, kontor_n_countries);
  for (guint i = 0; i < codes->len; i++)
    {
      g_autofree char *name = kontor_country_name (g_ptr_array_index (codes, i));
      g_autofree char *key = kontor_fold_sort (name);

      if (last != NULL)
        g_assert_cmpstr (last, <=, key);
      g_free (last);
      last = g_steal_pointer (&key);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/country/table", test_table);
  g_test_add_func ("/base/country/every-name", test_every_name);
  g_test_add_func ("/base/country/texts", test_texts);
  g_test_add_func ("/base/country/name", test_name);
  g_test_add_func ("/base/country/list", test_list);
  g_test_add_func ("/base/country/name-in-russian", test_name_in_russian);
  g_test_add_func ("/base/country/address", test_address);

  return g_test_run ();
}
