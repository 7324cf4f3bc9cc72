/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the folds for search and sorting, and of the comparison with one typing error. */
#include "config.h"

#include <string.h>

#include "kontor-fold.h"

static void
check_fold (const char *text, const char *expected)
{
  g_autofree char *folded = kontor_fold_search (text);

  g_assert_cmpstr (folded, ==, expected);
}

static void
test_search_table (void)
{
  static const char *const cases[][2] = {
    { "", "" },
    { "   ", "" },
    { "...", "" },
    { "Ana Trujillo", "ana truillo" },
    { "  Ana,\tTrujillo!  ", "ana truillo" },
    { "A4-B5", "a4 b5" },
    { "O’Brien & Sons, Ltd.", "o brien sons ltd" },
    { "Müller", "muller" },
    { "Łódź", "lodz" },
    { "Straße", "strasse" },
    { "STRAẞE", "strasse" },
    { "Ærø", "aero" },
    { "Þór", "thor" },
    { "Đorđe", "dorde" },
    { "Işık", "isik" },
    { "İstanbul", "istanbul" },
    { "ﬁn", "fin" },
    { "№ 5", "no 5" },
    { "x²", "ks2" },
    { "Ｋｏｎｔｏｒ１", "kontor1" },
    { "ΣΊΣΥΦΟΣ", "σισυφοσ" },
    { "σίσυφος", "σισυφοσ" },
    { "Щербаков Юрий", "sherbakov iuri" },
    { "Хрущёв", "hrushev" },
    { "Её подъезд", "ee podiezd" },
    { "ьъ", "" },
    { "а ь б", "a b" },
    { "東京タワー", "東 京 タ ワ ー" },
    { "がっこう", "か っ こ う" },
    { "Kontor東京GmbH", "kontor 東 京 gmbh" },
    { "soft\xc2\xadware", "softvare" },
    { "a\xff"
      "b",
      "a b" },
    { "\xf0\x9f\x98\x80 smile", "smile" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check_fold (cases[i][0], cases[i][1]);
  check_fold (NULL, "");
}

/* Names in both scripts and in several spellings, which must be found by each other. */
static void
test_search_spellings (void)
{
  static const char *const same[][6] = {
    { "Щербаков Юрий",
      "Shcherbakov Yuriy",
      "Scherbakov Yurii",
      "Scherbakov Yuri",
      "Shcherbakov Iurii",
      "Šcherbakov Jurij" },
    { "Müller", "Muller", "MÜLLER", "Mu\xcc\x88ller" },
    { "Łódź", "Lodz", "LODZ" },
    { "Чехов", "Chekhov", "Chehov" },
    { "Хрущёв", "Khrushchev", "Hrushchev", "Хрущев", "Khruschev" },
    { "Владимир", "Vladimir", "Wladimir" },
    { "Цветаева", "Tsvetaeva", "Cvetaeva", "Tsvetayeva" },
    { "Евгений", "Yevgeny", "Evgeny", "Evgenii", "Jevgenij" },
    { "Сергеев", "Sergeev", "Sergeyev" },
    { "Васильев", "Vasilyev", "Vasiliev" },
    { "Мария", "Mariya", "Maria", "Marija" },
    { "Юлия", "Yulia", "Iuliia", "Julija", "Yuliya" },
    { "Яковлев", "Yakovlev", "Iakovlev", "Jakovlev" },
    { "Достоевский", "Dostoevsky", "Dostoyevsky", "Dostoevskii", "Dostoevskij" },
    { "Алексей", "Aleksey", "Alexey", "Aleksei", "Alexei" },
    { "Шмидт", "Shmidt", "Schmidt" },
    { "Ельцин", "Yeltsin", "Eltsin", "Elcin" },
    { "Харьков", "Kharkov", "Harkov" },
    { "Жуков", "Zhukov", "ЖУКОВ" },
    { "Їжак", "Yizhak", "Izhak" },
    { "Љубљана", "Ljubljana" },
    { "Ґава", "Gava" },
    { "Straße", "Strasse", "STRASSE" },
    { "Weiß", "Weiss" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *first = kontor_fold_search (same[i][0]);

      for (gsize j = 1; j < G_N_ELEMENTS (same[i]) && same[i][j] != NULL; j++)
        check_fold (same[i][j], first);
    }
}

static void
test_search_keeps_apart (void)
{
  static const char *const apart[][2] = {
    { "Жуков", "Шуков" }, { "Мария", "Марина" }, { "Иванов", "Иваново" }, { "Berg", "Burg" },
    { "Чехов", "Шехов" }, { "Mai", "Mae" },      { "ab", "a b" },         { "Петров", "Pietrov" },
    { "1", "l" },         { "Smith", "Smyths" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (apart); i++)
    {
      g_autofree char *a = kontor_fold_search (apart[i][0]);
      g_autofree char *b = kontor_fold_search (apart[i][1]);

      g_assert_cmpstr (a, !=, b);
    }
}

/* Mostly letters the rules look at, then marks, other scripts, and bytes that are no UTF-8. */
static char *
make_text (GRand *rand)
{
  static const char *const pieces[] = { "s",         "c",
                                        "h",         "k",
                                        "t",         "i",
                                        "y",         "j",
                                        "e",         "w",
                                        "x",         "a",
                                        "u",         "S",
                                        "CH",        "KH",
                                        "shch",      "ь",
                                        "ъ",         "е",
                                        "Ё",         "й",
                                        "щ",         "ц",
                                        "х",         "Я",
                                        "ї",         "и\xcc\x86",
                                        "e\xcc\x88", "ü",
                                        "ß",         "İ",
                                        "ł",         " ",
                                        "-",         "'",
                                        "京",        "か\xe3\x82\x99",
                                        "한",        "1",
                                        "\xcc\x81",  "\xc2\xad",
                                        "ﷺ",         "ς" };
  GString *text = g_string_new (NULL);
  int n = g_rand_int_range (rand, 0, 14);

  for (int i = 0; i < n; i++)
    {
      int kind = g_rand_int_range (rand, 0, 20);

      if (kind == 0)
        g_string_append_unichar (text, (gunichar) g_rand_int_range (rand, 0x80, 0xd000));
      else if (kind == 1)
        g_string_append_c (text, (char) g_rand_int_range (rand, 1, 256));
      else
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
    }

  return g_string_free (text, FALSE);
}

static void
test_search_properties (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20240312);

  for (int i = 0; i < 50000; i++)
    {
      g_autofree char *text = make_text (rand);
      g_autofree char *folded = kontor_fold_search (text);
      g_autofree char *again = kontor_fold_search (folded);
      g_autofree char *sorted = kontor_fold_sort (text);

      g_assert_cmpstr (again, ==, folded);
      g_assert_true (g_utf8_validate (folded, -1, NULL));
      g_assert_true (g_utf8_validate (sorted, -1, NULL));
      g_assert_null (strstr (folded, "  "));
      g_assert_true (folded[0] != ' ' && !g_str_has_suffix (folded, " "));
      if (g_utf8_validate (text, -1, NULL))
        {
          g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
          g_autofree char *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_NFD);
          g_autofree char *folded_c = kontor_fold_search (composed);
          g_autofree char *folded_d = kontor_fold_search (decomposed);
          g_autofree char *sorted_c = kontor_fold_sort (composed);
          g_autofree char *sorted_d = kontor_fold_sort (decomposed);

          g_assert_cmpstr (folded_c, ==, folded);
          g_assert_cmpstr (folded_d, ==, folded);
          g_assert_cmpstr (sorted_c, ==, sorted_d);
        }
    }
}

static void
test_every_character (void)
{
  for (gunichar c = 1; c <= 0x10ffff; c++)
    {
      char text[8];

      if (c >= 0xd800 && c <= 0xdfff)
        continue;
      text[g_unichar_to_utf8 (c, text)] = '\0';
      {
        g_autofree char *folded = kontor_fold_search (text);
        g_autofree char *again = kontor_fold_search (folded);
        g_autofree char *upper = g_utf8_strup (text, -1);
        g_autofree char *sorted = kontor_fold_sort (text);

        g_assert_cmpstr (again, ==, folded);
        g_assert_true (g_utf8_validate (folded, -1, NULL));
        g_assert_true (g_utf8_validate (sorted, -1, NULL));
        if (c < 0x530)
          {
            g_autofree char *folded_upper = kontor_fold_search (upper);

            /* U+0345 is a mark, and a letter in capitals. */
            if (c != 0x345)
              g_assert_cmpstr (folded_upper, ==, folded);
          }
      }
    }
}

static void
test_append (void)
{
  g_autoptr(GString) out = g_string_new ("k");

  /* What was there before takes no part in the rules, nor in the spaces. */
  kontor_fold_search_append (out, " hello wörld; rest", strlen (" hello wörld"));
  g_assert_cmpstr (out->str, ==, "khello vorld");
  kontor_fold_search_append (out, NULL, -1);
  kontor_fold_search_append (out, "", 0);
  kontor_fold_search_append (out, " !", -1);
  g_assert_cmpstr (out->str, ==, "khello vorld");
  /* Cut within a character: the rest of it is no letter. */
  kontor_fold_search_append (out, "\xd0\xb0\xd0", 3);
  g_assert_cmpstr (out->str, ==, "khello vorlda");
  /* A NUL within the given length separates. */
  g_string_truncate (out, 0);
  kontor_fold_search_append (out, "a\0b", 3);
  g_assert_cmpstr (out->str, ==, "a b");
}

static void
test_words (void)
{
  g_auto(GStrv) words = kontor_fold_words (" Ana  Müller-Łódź ");
  g_auto(GStrv) none = kontor_fold_words (" - ");
  g_auto(GStrv) null = kontor_fold_words (NULL);

  g_assert_cmpuint (g_strv_length (words), ==, 3);
  g_assert_cmpstr (words[0], ==, "ana");
  g_assert_cmpstr (words[1], ==, "muller");
  g_assert_cmpstr (words[2], ==, "lodz");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpuint (g_strv_length (null), ==, 0);
}

/* Typing a name letter by letter, the name is found at every step. */
static void
test_other_prefix (void)
{
  static const char *const names[] = {
    "Watson",   "Khrushchev", "Shcherbakov", "Scherbakov", "Tsvetaeva", "Sergeyev", "Yevgeny",
    "Schmidt",  "Bakhtin",    "Alexey",      "Yuriy",      "James",     "Maxim",    "Щербаков",
    "Васильев", "Сергеев",    "Dostoyevsky", "Betsy",      "Mikhail",   "Mayer",    "Fitzsimmons",
    "Hoffmann", "Ян",         "Beckham",     "Tchaikovsky"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *whole = kontor_fold_search (names[i]);

      for (const char *p = g_utf8_next_char (names[i]); *p != '\0'; p = g_utf8_next_char (p))
        {
          g_autofree char *typed = g_strndup (names[i], (gsize) (p - names[i]));
          g_autofree char *folded = kontor_fold_search (typed);
          g_autofree char *other = kontor_fold_other_prefix (folded);

          if (!g_str_has_prefix (whole, folded) &&
              (other == NULL || !g_str_has_prefix (whole, other)))
            g_error ("%s is not found by %s", names[i], typed);
        }
    }
  g_assert_null (kontor_fold_other_prefix (""));
  g_assert_null (kontor_fold_other_prefix ("ana"));
}

static void
test_sort (void)
{
  static const char *const ordered[] = {
    "",         "1 Chance", "(Abel)",  "Müller", "Mullet", "øre",      "Straße",  "Strate",
    "Алексеев", "Ели",      "«Ёлкин»", "Иванов", "Йванов", "Кузнецов", "Яковлев",
  };
  g_autofree char *alpha = kontor_fold_sort ("  «Альфа»");
  g_autofree char *io = kontor_fold_sort ("Ё");
  g_autofree char *short_i = kontor_fold_sort ("И\xcc\x86");
  g_autofree char *short_c = kontor_fold_sort ("й");
  g_autofree char *inner = kontor_fold_sort ("--  O'Neil   &\tSons  ");
  g_autofree char *polish = kontor_fold_sort ("Łódź");
  g_autofree char *null = kontor_fold_sort (NULL);

  g_assert_cmpstr (alpha, ==, "альфа»");
  g_assert_cmpstr (io, ==, "е");
  g_assert_cmpstr (short_i, ==, "й");
  g_assert_cmpstr (short_c, ==, "й");
  g_assert_cmpstr (inner, ==, "o'neil & sons");
  g_assert_cmpstr (polish, ==, "lodz");
  g_assert_cmpstr (null, ==, "");

  for (gsize i = 1; i < G_N_ELEMENTS (ordered); i++)
    {
      g_autofree char *a = kontor_fold_sort (ordered[i - 1]);
      g_autofree char *b = kontor_fold_sort (ordered[i]);

      g_assert_cmpstr (a, <, b);
    }
}

static void
test_sort_is_linear (void)
{
  GString *text = g_string_new ("и");
  g_autofree char *folded = NULL;

  for (int i = 0; i < 500000; i++)
    g_string_append (text, "\xcc\x86");
  folded = kontor_fold_sort (text->str);
  g_assert_cmpstr (folded, ==, "й");
  g_string_free (text, TRUE);
}

/* The distance by its definition, for comparison. */
static int
measure (const char *a, gsize a_length, const char *b, gsize b_length)
{
  int d[16][16];

  for (gsize i = 0; i <= a_length; i++)
    {
      for (gsize j = 0; j <= b_length; j++)
        {
          if (i == 0 || j == 0)
            {
              d[i][j] = (int) (i + j);
              continue;
            }
          d[i][j] = MIN (d[i - 1][j], d[i][j - 1]) + 1;
          d[i][j] = MIN (d[i][j], d[i - 1][j - 1] + (a[i - 1] != b[j - 1] ? 1 : 0));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            d[i][j] = MIN (d[i][j], d[i - 2][j - 2] + 1);
        }
    }

  return d[a_length][b_length];
}

static void
test_within_one (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (5);

  g_assert_true (kontor_word_within_one ("", 0, "", 0));
  g_assert_true (kontor_word_within_one ("trujillo", 8, "trujilo", 7));
  g_assert_true (kontor_word_within_one ("trujillo", 8, "trujlilo", 8));
  g_assert_false (kontor_word_within_one ("trujillo", 8, "trijilo", 7));
  g_assert_false (kontor_word_within_one ("ab", 2, "", 0));

  for (int i = 0; i < 200000; i++)
    {
      char a[12], b[12];
      gsize a_length = (gsize) g_rand_int_range (rand, 0, 8);
      gsize b_length = (gsize) g_rand_int_range (rand, 0, 8);

      for (gsize j = 0; j < a_length; j++)
        a[j] = (char) g_rand_int_range (rand, 'a', 'd');
      for (gsize j = 0; j < b_length; j++)
        b[j] = j < a_length && g_rand_int_range (rand, 0, 4) > 0 ? a[j] : 'b';
      g_assert_cmpint (kontor_word_within_one (a, a_length, b, b_length),
                       ==,
                       measure (a, a_length, b, b_length) <= 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/fold/search-table", test_search_table);
  g_test_add_func ("/base/fold/search-spellings", test_search_spellings);
  g_test_add_func ("/base/fold/search-keeps-apart", test_search_keeps_apart);
  g_test_add_func ("/base/fold/search-properties", test_search_properties);
  g_test_add_func ("/base/fold/every-character", test_every_character);
  g_test_add_func ("/base/fold/append", test_append);
  g_test_add_func ("/base/fold/words", test_words);
  g_test_add_func ("/base/fold/other-prefix", test_other_prefix);
  g_test_add_func ("/base/fold/sort", test_sort);
  g_test_add_func ("/base/fold/sort-is-linear", test_sort_is_linear);
  g_test_add_func ("/base/fold/within-one", test_within_one);

  return g_test_run ();
}
