/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Invented organisations, places and people out of the word lists. */
#include "config.h"

#include "kontor-demo-private.h"
#include "kontor-error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define STREAM_COMPANY (G_GUINT64_CONSTANT (1) << 60)
/* Prime, so that multiplying by it goes through all combinations of words before one repeats. */
#define COMBINATION_STEP 7919

/**
 * kontor_demo_error_quark:
 *
 * Returns: the domain of errors of the demo
 */
GQuark
kontor_demo_error_quark (void)
{
  static gsize quark;

  if (g_once_init_enter (&quark))
    g_once_init_leave (&quark, kontor_error_domain_register ("kontor-demo-error"));
  return (GQuark) quark;
}

/**
 * kontor_demo_check_options:
 * @options: what was asked for
 * @error: (nullable): place for an error
 *
 * Returns: whether that can be made
 */
gboolean
kontor_demo_check_options (const KontorDemoOptions *options, GError **error)
{
  const char *language = options->language;

  if (options->contacts < 1 || options->accounts < 1 ||
      options->contacts > KONTOR_DEMO_MAX_CONTACTS || options->accounts > KONTOR_DEMO_MAX_CONTACTS)
    {
      kontor_set_error (error,
                        KONTOR_DEMO_ERROR,
                        KONTOR_ERROR_LIMIT,
                        _("The demo has from 1 to %u people and organisations."),
                        KONTOR_DEMO_MAX_CONTACTS);
      return FALSE;
    }
  if (language != NULL && !g_str_equal (language, "en") && !g_str_equal (language, "ru") &&
      !g_str_equal (language, "mixed"))
    {
      kontor_set_error (error,
                        KONTOR_DEMO_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("There is no demo in the language “%s”: it is en, ru or mixed."),
                        language);
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_russian_locale (void)
{
  const char *const *languages = g_get_language_names ();

  return languages[0] != NULL && g_str_has_prefix (languages[0], "ru");
}

/**
 * kontor_demo_data_for:
 * @language: (nullable): of the options
 * @seed: of the options
 * @index: of an organisation; decides in "mixed"
 *
 * Returns: (transfer none): the word lists
 */
const KontorDemoData *
kontor_demo_data_for (const char *language, guint64 seed, guint index)
{
  if (g_strcmp0 (language, "mixed") == 0)
    return index % 8 == 5 ? &kontor_demo_data_ru : &kontor_demo_data_en;
  if (language != NULL ? g_str_equal (language, "ru") : is_russian_locale ())
    return &kontor_demo_data_ru;
  return &kontor_demo_data_en;
}

/**
 * kontor_demo_count_staff:
 * @options: what was asked for
 * @account: position of an organisation; that of the number of organisations stands for people
 *   without one
 *
 * Organisations go in pairs of a large and a small one, so that all staff together is what was
 * asked for.
 *
 * Returns: how many people it has
 */
guint
kontor_demo_count_staff (const KontorDemoOptions *options, guint account)
{
  guint private_people = options->contacts / 12;
  guint staff = options->contacts - private_people;
  guint mean = staff / options->accounts;
  guint more = account < staff % options->accounts ? 1 : 0;
  KontorDemoRandom random;
  guint shift;

  if (account >= options->accounts)
    return private_people;
  if (account == options->accounts - 1 && options->accounts % 2 == 1)
    return mean + more;
  kontor_demo_random_init (&random, options->seed, account / 2);
  shift = kontor_demo_random_below (&random, mean + 1);
  return (account % 2 == 0 ? mean + shift : mean - shift) + more;
}

/* Letters that don't come apart into an ASCII letter and a mark; Cyrillic as passports have it. */
static const char *
spell_letter (gunichar c)
{
  static const char *const cyrillic[] = { "a",  "b",    "v", "g", "d", "e",  "zh", "z",
                                          "i",  "i",    "k", "l", "m", "n",  "o",  "p",
                                          "r",  "s",    "t", "u", "f", "kh", "ts", "ch",
                                          "sh", "shch", "",  "y", "",  "e",  "yu", "ya" };

  if (c >= 0x430 && c < 0x430 + G_N_ELEMENTS (cyrillic))
    return cyrillic[c - 0x430];
  switch (c)
    {
    case 0xdf:
      return "ss";
    case 0xe6:
      return "ae";
    case 0xf8:
      return "o";
    case 0x142:
      return "l";
    default:
      return NULL;
    }
}

/**
 * kontor_demo_dup_slug:
 * @text: a name
 * @separator: between its words
 *
 * Returns: (transfer full): the name in the letters of mail addresses
 */
char *
kontor_demo_dup_slug (const char *text, char separator)
{
  g_autofree char *parts = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  GString *out = g_string_sized_new (32);

  for (const char *p = parts; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_unichar_tolower (g_utf8_get_char (p));
      const char *spelled = c < 0x80 ? NULL : spell_letter (c);

      if (c < 0x80 && g_ascii_isalnum ((char) c))
        g_string_append_c (out, (char) c);
      else if (spelled != NULL)
        g_string_append (out, spelled);
      else if (c < 0x80 && c != '\'' && out->len > 0 && out->str[out->len - 1] != separator)
        g_string_append_c (out, separator);
    }
  if (out->len > 0 && out->str[out->len - 1] == separator)
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

/* --- Places --------------------------------------------------------------------------------- */

static void
append_street (GString *out, const char *pattern, KontorDemoRandom *random)
{
  for (const char *p = pattern; *p != '\0'; p++)
    if (*p == '#')
      g_string_append_printf (out, "%d", kontor_demo_random_between (random, 1, 160));
    else
      g_string_append_c (out, *p);
}

/**
 * kontor_demo_place_init:
 * @place: filled in
 * @data: word lists
 * @random: a sequence
 */
void
kontor_demo_place_init (KontorDemoPlace *place,
                        const KontorDemoData *data,
                        KontorDemoRandom *random)
{
  guint total = 0, n_cities = 0, weight;
  GString *street = g_string_new (NULL);
  GString *postcode = g_string_new (NULL);

  for (guint i = 0; data->countries[i].code != NULL; i++)
    total += data->countries[i].weight;
  weight = kontor_demo_random_below (random, total);
  place->country = data->countries;
  while (weight >= place->country->weight)
    weight -= place->country++->weight;
  while (place->country->cities[n_cities].name != NULL)
    n_cities++;
  place->city = &place->country->cities[kontor_demo_random_below (random, n_cities)];
  append_street (street, kontor_demo_random_pick (random, place->country->streets), random);
  kontor_demo_random_pattern (random, postcode, place->city->postcode);
  place->street = g_string_free (street, FALSE);
  place->postcode = g_string_free (postcode, FALSE);
}

/**
 * kontor_demo_place_clear:
 * @place: a place
 */
void
kontor_demo_place_clear (KontorDemoPlace *place)
{
  g_clear_pointer (&place->street, g_free);
  g_clear_pointer (&place->postcode, g_free);
}

/* --- Organisations -------------------------------------------------------------------------- */

static guint
count_nouns (const KontorDemoData *data)
{
  guint n = 0;

  for (guint i = 0; data->industries[i].code != NULL; i++)
    n += g_strv_length ((char **) data->industries[i].nouns);
  return n;
}

static const char *
find_noun (KontorDemoCompany *company, guint index)
{
  company->industry = company->data->industries;
  for (;; company->industry++)
    {
      guint n = g_strv_length ((char **) company->industry->nouns);

      if (index < n)
        return company->industry->nouns[index];
      index -= n;
    }
}

/* Each combination of a word and a noun comes once; then a second word joins them. */
static char *
make_company_name (KontorDemoCompany *company, guint64 seed, guint index)
{
  const KontorDemoData *data = company->data;
  guint n_words = g_strv_length ((char **) data->company_words);
  guint n_nouns = count_nouns (data);
  guint n = n_words * n_nouns;
  guint64 combination = ((guint64) index * COMBINATION_STEP + seed % n) % n;
  guint round = index / n;
  const char *noun = find_noun (company, combination / n_words);
  const char *word = data->company_words[combination % n_words];

  if (round == 0)
    return g_strdup_printf (data->company_pattern[0], word, noun);
  return g_strdup_printf (data->company_pattern[1],
                          word,
                          data->company_words[(combination + round) % n_words],
                          noun);
}

/**
 * kontor_demo_company_init:
 * @company: filled in
 * @data: word lists
 * @seed: of the demo
 * @index: position of the organisation
 */
void
kontor_demo_company_init (KontorDemoCompany *company,
                          const KontorDemoData *data,
                          guint64 seed,
                          guint index)
{
  KontorDemoRandom random;
  g_autofree char *slug = NULL;
  GString *phone = g_string_new (NULL);

  kontor_demo_random_init (&random, seed, STREAM_COMPANY | index);
  company->data = data;
  kontor_demo_place_init (&company->place, data, &random);
  company->legal_form = kontor_demo_random_pick (&random, company->place.country->legal_forms);
  company->name = make_company_name (company, seed, index);
  slug = kontor_demo_dup_slug (company->name, '-');
  company->domain = g_strconcat (slug, ".example", NULL);
  if (!data->last_name_first && kontor_demo_random_chance (&random, 60))
    {
      char *name = g_strconcat (company->name, " ", company->legal_form, NULL);

      g_free (company->name);
      company->name = name;
    }
  kontor_demo_random_pattern (&random, phone, company->place.city->phone);
  company->phone = g_string_free (phone, FALSE);
}

/**
 * kontor_demo_company_clear:
 * @company: an organisation
 */
void
kontor_demo_company_clear (KontorDemoCompany *company)
{
  kontor_demo_place_clear (&company->place);
  g_clear_pointer (&company->name, g_free);
  g_clear_pointer (&company->domain, g_free);
  g_clear_pointer (&company->phone, g_free);
}

/* --- People --------------------------------------------------------------------------------- */

static char *
make_feminine (const char *last)
{
  static const char *const soft[] = { "ов", "ев", "ёв", "ин", "ын", NULL };
  gsize length = strlen (last);

  for (guint i = 0; soft[i] != NULL; i++)
    if (g_str_has_suffix (last, soft[i]))
      return g_strconcat (last, "а", NULL);
  if (g_str_has_suffix (last, "ий") || g_str_has_suffix (last, "ой") ||
      g_str_has_suffix (last, "ый"))
    {
      g_autofree char *stem = g_strndup (last, length - strlen ("ий"));

      return g_strconcat (stem, "ая", NULL);
    }
  return g_strdup (last);
}

static char *
make_last_name (const KontorDemoNames *names, gboolean female, KontorDemoRandom *random)
{
  const char *last = kontor_demo_random_pick (random, names->last);

  if (names->last_has_gender)
    return female ? make_feminine (last) : g_strdup (last);
  if (kontor_demo_random_chance (random, 4))
    {
      const char *second = kontor_demo_random_pick (random, names->last);

      if (second != last)
        return g_strconcat (last, "-", second, NULL);
    }
  return g_strdup (last);
}

static char *
make_mail (const KontorDemoPerson *person, const char *domain, KontorDemoRandom *random)
{
  static const char *const providers[] = { "example.com", "example.org", "example.net", NULL };
  g_autofree char *first = kontor_demo_dup_slug (person->first, '-');
  g_autofree char *last = kontor_demo_dup_slug (person->last, '-');

  if (domain != NULL)
    return g_strdup_printf ("%s.%s@%s", first, last, domain);
  return g_strdup_printf ("%s.%s%d@%s",
                          first,
                          last,
                          kontor_demo_random_between (random, 1, 999),
                          kontor_demo_random_pick (random, providers));
}

/**
 * kontor_demo_person_init:
 * @person: filled in
 * @data: word lists
 * @country: where the name comes from
 * @domain: (nullable): of the organisation's mail addresses
 * @random: a sequence
 */
void
kontor_demo_person_init (KontorDemoPerson *person,
                         const KontorDemoData *data,
                         const KontorDemoCountry *country,
                         const char *domain,
                         KontorDemoRandom *random)
{
  const KontorDemoNames *names = country->names;
  GString *mobile = g_string_new (NULL);

  person->female = kontor_demo_random_chance (random, 50);
  person->first = kontor_demo_random_pick (random, person->female ? names->female : names->male);
  person->middle =
    names->male_middle != NULL
      ? kontor_demo_random_pick (random, person->female ? names->female_middle : names->male_middle)
      : NULL;
  person->last = make_last_name (names, person->female, random);
  if (data->last_name_first)
    person->name = g_strjoin (" ", person->last, person->first, person->middle, NULL);
  else
    person->name = g_strjoin (" ", person->first, person->last, NULL);
  person->mail = make_mail (person, domain, random);
  kontor_demo_random_pattern (random, mobile, country->mobile);
  person->mobile = g_string_free (mobile, FALSE);
}

/**
 * kontor_demo_person_clear:
 * @person: a person
 */
void
kontor_demo_person_clear (KontorDemoPerson *person)
{
  g_clear_pointer (&person->last, g_free);
  g_clear_pointer (&person->name, g_free);
  g_clear_pointer (&person->mail, g_free);
  g_clear_pointer (&person->mobile, g_free);
}
