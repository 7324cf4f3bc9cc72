/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a record says by itself: the display name of a person from its parts and the parts from the
 * display name, by the order of the culture. */
#include "config.h"

#include "kontor-schema-contacts.h"
#include "kontor-schema-people.h"
#include "kontor-validate.h"
#include <string.h>

typedef struct
{
  KontorFieldId name;
  KontorFieldId first;
  KontorFieldId middle;
  KontorFieldId last;
} NameFields;

static const NameFields contact_names = { KONTOR_CONTACT_NAME,
                                          KONTOR_CONTACT_FIRST_NAME,
                                          KONTOR_CONTACT_MIDDLE_NAME,
                                          KONTOR_CONTACT_LAST_NAME };

static const NameFields employee_names = { KONTOR_EMPLOYEE_NAME,
                                           KONTOR_EMPLOYEE_FIRST_NAME,
                                           KONTOR_EMPLOYEE_MIDDLE_NAME,
                                           KONTOR_EMPLOYEE_LAST_NAME };

/* Иванович, Ильич, Ивановна, Ильинична: only patronymics end so behind a first name. */
static gboolean
is_patronymic (const char *word)
{
  static const char *const endings[] = { "вич", "ьич", "мич",  "тич", "вна",
                                         "чна", "шна", "оглы", "кызы" };
  g_autofree char *lower = g_utf8_strdown (word, -1);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]) && g_utf8_strlen (lower, -1) > 4)
      return TRUE;

  return FALSE;
}

/* van, de la, von der: they begin the last name. */
static gboolean
is_particle (const char *word)
{
  static const char *const particles[] = { "van", "von", "de",  "da",  "di", "del", "della",
                                           "der", "den", "la",  "le",  "du", "dos", "das",
                                           "zu",  "zum", "zur", "af",  "av", "el",  "al",
                                           "bin", "ibn", "ter", "ten", NULL };

  return g_strv_contains (particles, word);
}

/* Words of @text without the empty ones. */
static char **
split_words (const char *text)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) parts = g_strsplit_set (text, " \t\n", -1);

  for (char **part = parts; *part != NULL; part++)
    if (**part != '\0')
      g_strv_builder_add (builder, *part);
  return g_strv_builder_end (builder);
}

static void
set_joined (KontorRecord *record, KontorFieldId field, char **words, guint from, guint to)
{
  g_autoptr(GString) joined = g_string_new (NULL);

  for (guint i = from; i < to; i++)
    {
      if (joined->len > 0)
        g_string_append_c (joined, ' ');
      g_string_append (joined, words[i]);
    }
  kontor_record_set_text (record, field, joined->str);
}

/* "Trujillo, Ana María" */
static gboolean
split_at_comma (KontorRecord *record, const NameFields *fields, const char *name)
{
  const char *comma = strchr (name, ',');
  g_autofree char *last = NULL;
  g_auto(GStrv) words = NULL;
  guint n;

  if (comma == NULL || strchr (comma + 1, ',') != NULL)
    return FALSE;
  last = g_strstrip (g_strndup (name, comma - name));
  words = split_words (comma + 1);
  n = g_strv_length (words);
  if (*last == '\0' || n == 0)
    return FALSE;
  kontor_record_set_text (record, fields->last, last);
  kontor_record_set_text (record, fields->first, words[0]);
  set_joined (record, fields->middle, words, 1, n);
  return TRUE;
}

static void
split_name (KontorRecord *record, const NameFields *fields, const char *name)
{
  g_auto(GStrv) words = split_words (name);
  guint n = g_strv_length (words);
  guint last = n > 0 ? n - 1 : 0;

  if (split_at_comma (record, fields, name))
    {
      g_autofree char *display = NULL;

      /* Shown the way the name is said. */
      display = g_strjoin (" ",
                           kontor_record_get_text (record, fields->first),
                           kontor_record_get_text (record, fields->last),
                           NULL);
      if (kontor_record_is_null (record, fields->middle))
        kontor_record_set_text (record, fields->name, display);
      return;
    }
  if (n < 2)
    return;
  if (n == 3 && is_patronymic (words[2]))
    {
      kontor_record_set_text (record, fields->last, words[0]);
      kontor_record_set_text (record, fields->first, words[1]);
      kontor_record_set_text (record, fields->middle, words[2]);
      return;
    }
  while (last > 1 && is_particle (words[last - 1]))
    last--;
  kontor_record_set_text (record, fields->first, words[0]);
  set_joined (record, fields->middle, words, 1, last);
  set_joined (record, fields->last, words, last, n);
}

/* "Иванов Иван Петрович", "Ana María Trujillo" */
static void
join_name (KontorRecord *record, const NameFields *fields)
{
  const char *first = kontor_record_get_text (record, fields->first);
  const char *middle = kontor_record_get_text (record, fields->middle);
  const char *last = kontor_record_get_text (record, fields->last);
  gboolean last_first = middle != NULL && is_patronymic (middle);
  const char *parts[3] = { first, middle, last };
  g_autoptr(GString) name = g_string_new (NULL);

  if (last_first)
    {
      parts[0] = last;
      parts[1] = first;
      parts[2] = middle;
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      {
        if (name->len > 0)
          g_string_append_c (name, ' ');
        g_string_append (name, parts[i]);
      }
  kontor_record_set_text (record, fields->name, name->str);
}

static void
complete_name (KontorRecord *record, const NameFields *fields)
{
  const char *name = kontor_record_get_text (record, fields->name);

  if (name == NULL)
    join_name (record, fields);
  else if (kontor_record_is_null (record, fields->first) &&
           kontor_record_is_null (record, fields->middle) &&
           kontor_record_is_null (record, fields->last))
    {
      g_autofree char *copy = g_strdup (name);

      split_name (record, fields, copy);
    }
}

/* A person known by nothing but a nickname or a number still needs something to show. */
static void
complete_contact (KontorRecord *record)
{
  complete_name (record, &contact_names);
  if (kontor_record_is_null (record, KONTOR_CONTACT_NAME))
    {
      const char *nickname = kontor_record_get_text (record, KONTOR_CONTACT_NICKNAME);
      g_autofree char *copy = g_strdup (nickname);

      kontor_record_set_text (record, KONTOR_CONTACT_NAME, copy);
    }
}

/**
 * kontor_record_complete:
 * @record: a draft
 *
 * Fills in what follows from other fields and is empty: of people and employees the display name
 * from the parts (with a patronymic the last name goes first), or the parts from the display name.
 * What is there is never changed, but that "Trujillo, Ana" becomes "Ana Trujillo".
 */
void
kontor_record_complete (KontorRecord *record)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);

  if (type == &kontor_contact_type)
    complete_contact (record);
  else if (type == &kontor_employee_type)
    complete_name (record, &employee_names);
}
