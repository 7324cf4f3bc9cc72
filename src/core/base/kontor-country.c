/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Countries by their code, and addresses in the order their country writes them. */
#include "config.h"

#include "kontor-country-private.h"

#include <string.h>

#include "kontor-fold.h"

/* How a country writes an address. */
typedef enum
{
  LAYOUT_POSTCODE_CITY,     /* street; postcode city; region */
  LAYOUT_CITY_REGION_CODE,  /* street; city, region postcode */
  LAYOUT_CITY_THEN_CODE,    /* street; city; region; postcode */
  LAYOUT_CODE_REGION_CITY,  /* postcode; region; city; street */
  LAYOUT_POSTCODE_CITY_REG, /* street; postcode city (region) */
} Layout;

static int
compare_country (const void *key, const void *country)
{
  return strcmp (key, ((const KontorCountry *) country)->code);
}

static const KontorCountry *
find_country (const char *code)
{
  char key[3];

  if (code == NULL || strlen (code) != 2)
    return NULL;

  key[0] = g_ascii_toupper (code[0]);
  key[1] = g_ascii_toupper (code[1]);
  key[2] = '\0';

  return bsearch (key,
                  kontor_countries,
                  kontor_n_countries,
                  sizeof (kontor_countries[0]),
                  compare_country);
}

static const KontorCountry *
find_country_of_code3 (const char *code)
{
  if (strlen (code) != 3)
    return NULL;

  for (gsize i = 0; i < kontor_n_countries; i++)
    {
      if (g_ascii_strcasecmp (kontor_countries[i].code3, code) == 0)
        return &kontor_countries[i];
    }

  return NULL;
}

/* Names are compared folded and without spaces: "U.S.A.", "Viet Nam", "Cote d'Ivoire". */
static char *
make_key (const char *name)
{
  char *key = kontor_fold_search (name);
  char *out = key;

  for (const char *p = key; *p != '\0'; p++)
    {
      if (*p != ' ')
        *out++ = *p;
    }
  *out = '\0';

  return key;
}

static void
add_name (GHashTable *names, const char *name, const KontorCountry *country)
{
  char *key = make_key (name);

  /* The first one keeps the name; main names go before aliases. */
  if (key[0] == '\0' || g_hash_table_contains (names, key))
    g_free (key);
  else
    g_hash_table_insert (names, key, (gpointer) country);
}

static GHashTable *
load_names (void)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < kontor_n_countries; i++)
    {
      add_name (names, kontor_countries[i].english, &kontor_countries[i]);
      add_name (names, kontor_countries[i].russian, &kontor_countries[i]);
    }
  for (gsize i = 0; i < kontor_n_countries; i++)
    {
      g_auto(GStrv) aliases = g_strsplit (kontor_countries[i].aliases, "|", -1);

      for (char **alias = aliases; *alias != NULL; alias++)
        add_name (names, *alias, &kontor_countries[i]);
    }

  return names;
}

static GHashTable *
get_names (void)
{
  static gsize names;

  if (g_once_init_enter (&names))
    g_once_init_leave (&names, (gsize) load_names ());

  return (GHashTable *) names;
}

/**
 * kontor_country_code_from_text:
 * @text: (nullable): a country as it is written: a code of two or three letters, its name in
 *   English or Russian, or another name in common use ("U.S.A.", "UK", "Deutschland", "РФ")
 *
 * Returns: (transfer full) (nullable): its code (ISO 3166-1 alpha-2), %NULL when @text is none
 */
char *
kontor_country_code_from_text (const char *text)
{
  const KontorCountry *country;
  g_autofree char *trimmed = NULL;
  g_autofree char *key = NULL;

  if (text == NULL || strnlen (text, 129) > 128)
    return NULL;

  trimmed = g_strstrip (g_strdup (text));
  country = find_country (trimmed);
  if (country == NULL)
    country = find_country_of_code3 (trimmed);
  if (country == NULL)
    {
      key = make_key (trimmed);
      country = g_hash_table_lookup (get_names (), key);
    }

  return country != NULL ? g_strdup (country->code) : NULL;
}

static gboolean
is_russian (void)
{
  const char *const *names = g_get_language_names_with_category ("LC_MESSAGES");

  return names[0] != NULL && g_str_has_prefix (names[0], "ru");
}

/**
 * kontor_country_name:
 * @code: (nullable): a code (ISO 3166-1 alpha-2)
 *
 * Returns: (transfer full): the name of the country, in Russian for Russian users and else in
 *   English; @code itself when it is unknown, "" for %NULL
 */
char *
kontor_country_name (const char *code)
{
  const KontorCountry *country = find_country (code);

  if (country == NULL)
    return g_strdup (code != NULL ? code : "");

  return g_strdup (is_russian () ? country->russian : country->english);
}

typedef struct
{
  const char *code;
  char *key;
} CodeByName;

static int
compare_codes (gconstpointer a, gconstpointer b)
{
  return strcmp (((const CodeByName *) a)->key, ((const CodeByName *) b)->key);
}

/**
 * kontor_country_list_codes:
 *
 * Returns: (transfer full) (element-type utf8): the codes of all countries, in the order of their
 *   names in the user's language; the codes are static
 */
GPtrArray *
kontor_country_list_codes (void)
{
  GPtrArray *codes = g_ptr_array_sized_new ((guint) kontor_n_countries);
  g_autofree CodeByName *entries = g_new0 (CodeByName, kontor_n_countries);

  for (gsize i = 0; i < kontor_n_countries; i++)
    {
      g_autofree char *name = kontor_country_name (kontor_countries[i].code);

      entries[i].code = kontor_countries[i].code;
      entries[i].key = kontor_fold_sort (name);
    }
  qsort (entries, kontor_n_countries, sizeof *entries, compare_codes);
  for (gsize i = 0; i < kontor_n_countries; i++)
    {
      g_ptr_array_add (codes, (gpointer) entries[i].code);
      g_free (entries[i].key);
    }
  return codes;
}

static Layout
find_layout (const char *code)
{
  static const struct
  {
    Layout layout;
    const char *countries;
  } layouts[] = {
    { LAYOUT_CITY_REGION_CODE, "US CA AU BR IN NZ PR SG TH VN ID PH NG ZA TW HK KR SA " },
    { LAYOUT_CITY_THEN_CODE, "GB IE GG JE IM MT " },
    { LAYOUT_CODE_REGION_CITY, "RU BY KZ UZ KG TJ TM CN JP AZ " },
    { LAYOUT_POSTCODE_CITY_REG, "IT ES MX AR " },
  };
  char key[4];

  if (code == NULL || strlen (code) != 2)
    return LAYOUT_POSTCODE_CITY;

  g_snprintf (key, sizeof (key), "%c%c ", g_ascii_toupper (code[0]), g_ascii_toupper (code[1]));
  for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      if (strstr (layouts[i].countries, key) != NULL)
        return layouts[i].layout;
    }

  return LAYOUT_POSTCODE_CITY;
}

/* Joins those of the parts that are there. */
static char *
join (const char *separator, const char *const *parts, gsize n)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    {
      if (parts[i] == NULL || parts[i][0] == '\0')
        continue;
      if (out->len > 0)
        g_string_append (out, separator);
      g_string_append (out, parts[i]);
    }

  return g_string_free (out, FALSE);
}

/**
 * kontor_address_format:
 * @street: (nullable): street and house, of one or more lines
 * @city: (nullable): city
 * @region: (nullable): region, state, province
 * @postcode: (nullable): postcode
 * @country_code: (nullable): country (ISO 3166-1 alpha-2); its name ends the address
 * @separator: what stands between two lines, "\n" or ", "
 *
 * Writes an address in the order of its country: "postcode city" in most of Europe, "city, region
 * postcode" in America, postcode first in Russia. Parts that are missing leave no gap.
 *
 * Returns: (transfer full): the address, "" when there is nothing to write
 */
char *
kontor_address_format (const char *street,
                       const char *city,
                       const char *region,
                       const char *postcode,
                       const char *country_code,
                       const char *separator)
{
  g_autofree char *country = kontor_country_name (country_code);
  g_autofree char *code_city = join (" ", (const char *const[]){ postcode, city }, 2);
  g_autofree char *region_code = join (" ", (const char *const[]){ region, postcode }, 2);
  g_autofree char *line = NULL;

  g_return_val_if_fail (separator != NULL, NULL);

  switch (find_layout (country_code))
    {
    case LAYOUT_CITY_REGION_CODE:
      line = join (", ", (const char *const[]){ city, region_code }, 2);
      return join (separator, (const char *const[]){ street, line, country }, 3);
    case LAYOUT_CITY_THEN_CODE:
      return join (separator, (const char *const[]){ street, city, region, postcode, country }, 5);
    case LAYOUT_CODE_REGION_CITY:
      return join (separator, (const char *const[]){ postcode, region, city, street, country }, 5);
    case LAYOUT_POSTCODE_CITY_REG:
      line = region != NULL && region[0] != '\0' ? g_strdup_printf ("%s (%s)", code_city, region)
                                                 : g_strdup (code_city);
      return join (separator, (const char *const[]){ street, line, country }, 3);
    case LAYOUT_POSTCODE_CITY:
    default:
      return join (separator, (const char *const[]){ street, code_city, region, country }, 4);
    }
}
