/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: the folds. A fold is UTF-8, folds to itself, and does not depend on composition. */
#include "config.h"

#include <string.h>

#include "kontor-country.h"
#include "kontor-fold.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_composition (const char *text, const char *folded)
{
  for (GNormalizeMode mode = G_NORMALIZE_DEFAULT; mode <= G_NORMALIZE_ALL_COMPOSE; mode++)
    {
      g_autofree char *normal = g_utf8_normalize (text, -1, mode);
      g_autofree char *again = kontor_fold_search (normal);

      g_assert_cmpstr (again, ==, folded);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *folded = kontor_fold_search (text);
  g_autofree char *again = kontor_fold_search (folded);
  g_autofree char *sorted = kontor_fold_sort (text);
  g_autofree char *other = kontor_fold_other_prefix (folded);
  g_autofree char *country = kontor_country_code_from_text (text);
  g_autoptr(GString) out = g_string_new ("x");
  g_auto(GStrv) words = kontor_fold_words (text);

  kontor_fold_search_append (out, (const char *) data, (gssize) strlen (text));
  g_assert_cmpstr (out->str + 1, ==, folded);
  g_assert_true (g_utf8_validate (folded, -1, NULL));
  g_assert_true (g_utf8_validate (sorted, -1, NULL));
  g_assert_cmpstr (again, ==, folded);
  g_assert_null (strstr (folded, "  "));
  g_assert_true (other == NULL || g_utf8_validate (other, -1, NULL));
  g_assert_true (country == NULL || strlen (country) == 2);
  g_assert_true (folded[0] != ' ' && !g_str_has_suffix (folded, " "));
  if (g_utf8_validate (text, -1, NULL))
    check_composition (text, folded);
  for (guint i = 0; words[i] != NULL && words[i + 1] != NULL && i < 16; i++)
    g_assert_cmpint (kontor_word_within_one (words[i],
                                             strlen (words[i]),
                                             words[i + 1],
                                             strlen (words[i + 1])),
                     ==,
                     kontor_word_within_one (words[i + 1],
                                             strlen (words[i + 1]),
                                             words[i],
                                             strlen (words[i])));

  return 0;
}
