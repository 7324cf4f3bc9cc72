/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards and properties as such: made, looked into and freed. */
#include "config.h"

#include "kontor-vcard.h"

#include <string.h>

/* A card that is wrong in every line need not be told of line by line. */
#define MAX_PROBLEMS 20

static void
clear_param (gpointer data)
{
  KontorVcardParam *param = data;

  g_free (param->name);
  g_free (param->value);
}

static void
free_problem (gpointer data)
{
  KontorVcardProblem *problem = data;

  g_free (problem->text);
  g_free (problem);
}

/**
 * kontor_vcard_new:
 * @version: a version
 *
 * Returns: (transfer full): an empty card
 */
KontorVcard *
kontor_vcard_new (KontorVcardVersion version)
{
  KontorVcard *self = g_new0 (KontorVcard, 1);

  self->version = version;
  self->properties = g_ptr_array_new_with_free_func ((GDestroyNotify) kontor_vcard_property_free);
  self->problems = g_ptr_array_new_with_free_func (free_problem);
  return self;
}

/**
 * kontor_vcard_free:
 * @self: (transfer full) (nullable): a card
 */
void
kontor_vcard_free (KontorVcard *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->properties);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

/**
 * kontor_vcard_take:
 * @self: a card
 * @property: (transfer full): goes behind the others
 */
void
kontor_vcard_take (KontorVcard *self, KontorVcardProperty *property)
{
  g_ptr_array_add (self->properties, property);
}

/**
 * kontor_vcard_add_problem:
 * @self: a card
 * @line: where it stands
 * @format: a sentence
 * @...: for @format
 *
 * Notes what was left out or mended.
 */
void
kontor_vcard_add_problem (KontorVcard *self, guint64 line, const char *format, ...)
{
  KontorVcardProblem *problem;
  va_list arguments;

  if (self->problems->len >= MAX_PROBLEMS)
    return;
  problem = g_new0 (KontorVcardProblem, 1);
  problem->line = line;
  va_start (arguments, format);
  problem->text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (self->problems, problem);
}

/**
 * kontor_vcard_find:
 * @self: a card
 * @name: in capitals
 *
 * Returns: (transfer none) (nullable): the first property of that name
 */
KontorVcardProperty *
kontor_vcard_find (const KontorVcard *self, const char *name)
{
  for (guint i = 0; i < self->properties->len; i++)
    {
      KontorVcardProperty *property = g_ptr_array_index (self->properties, i);

      if (g_str_equal (property->name, name))
        return property;
    }
  return NULL;
}

/**
 * kontor_vcard_find_grouped:
 * @self: a card
 * @name: in capitals
 * @group: (nullable): a group
 *
 * Returns: (transfer none) (nullable): the first property of that name in the group
 */
KontorVcardProperty *
kontor_vcard_find_grouped (const KontorVcard *self, const char *name, const char *group)
{
  for (guint i = 0; i < self->properties->len && group != NULL; i++)
    {
      KontorVcardProperty *property = g_ptr_array_index (self->properties, i);

      if (g_str_equal (property->name, name) && property->group != NULL &&
          g_ascii_strcasecmp (property->group, group) == 0)
        return property;
    }
  return NULL;
}

/**
 * kontor_vcard_property_new:
 * @name: its name
 * @value: its value, escaped
 *
 * Returns: (transfer full): a property without parameters
 */
KontorVcardProperty *
kontor_vcard_property_new (const char *name, const char *value)
{
  KontorVcardProperty *self = g_new0 (KontorVcardProperty, 1);

  self->name = g_ascii_strup (name, -1);
  self->value = g_strdup (value);
  self->params = g_array_new (FALSE, FALSE, sizeof (KontorVcardParam));
  g_array_set_clear_func (self->params, clear_param);
  return self;
}

/**
 * kontor_vcard_property_copy:
 * @self: a property
 *
 * Returns: (transfer full): one like it
 */
KontorVcardProperty *
kontor_vcard_property_copy (const KontorVcardProperty *self)
{
  KontorVcardProperty *copy = kontor_vcard_property_new (self->name, self->value);

  copy->group = g_strdup (self->group);
  copy->data = self->data != NULL ? g_bytes_ref (self->data) : NULL;
  copy->line = self->line;
  for (guint i = 0; i < self->params->len; i++)
    {
      const KontorVcardParam *param = &g_array_index (self->params, KontorVcardParam, i);

      kontor_vcard_property_add_param (copy, param->name, param->value);
    }
  return copy;
}

/**
 * kontor_vcard_property_free:
 * @self: (transfer full) (nullable): a property
 */
void
kontor_vcard_property_free (KontorVcardProperty *self)
{
  if (self == NULL)
    return;
  g_free (self->group);
  g_free (self->name);
  g_free (self->value);
  g_array_unref (self->params);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

/**
 * kontor_vcard_property_add_param:
 * @self: a property
 * @name: in capitals; TYPE may be added several times
 * @value: a value
 */
void
kontor_vcard_property_add_param (KontorVcardProperty *self, const char *name, const char *value)
{
  KontorVcardParam param = { .name = g_strdup (name), .value = g_strdup (value) };

  g_array_append_val (self->params, param);
}

/**
 * kontor_vcard_property_get_param:
 * @self: a property
 * @name: in capitals
 *
 * Returns: (transfer none) (nullable): the first value of that parameter
 */
const char *
kontor_vcard_property_get_param (const KontorVcardProperty *self, const char *name)
{
  for (guint i = 0; i < self->params->len; i++)
    {
      const KontorVcardParam *param = &g_array_index (self->params, KontorVcardParam, i);

      if (g_str_equal (param->name, name))
        return param->value;
    }
  return NULL;
}

/**
 * kontor_vcard_property_has_type:
 * @self: a property
 * @type: a type in small letters
 *
 * Returns: whether it is one of its types
 */
gboolean
kontor_vcard_property_has_type (const KontorVcardProperty *self, const char *type)
{
  for (guint i = 0; i < self->params->len; i++)
    {
      const KontorVcardParam *param = &g_array_index (self->params, KontorVcardParam, i);

      if (g_str_equal (param->name, "TYPE") && g_str_equal (param->value, type))
        return TRUE;
    }
  return FALSE;
}

/* --- Values ----------------------------------------------------------------------------------- */

/**
 * kontor_vcard_escape:
 * @text: a text
 *
 * Returns: (transfer full): it as a value or a part of one
 */
char *
kontor_vcard_escape (const char *text)
{
  GString *out = g_string_sized_new (strlen (text) + 8);

  for (; *text != '\0'; text++)
    {
      if (*text == '\r')
        continue;
      if (*text == '\n')
        {
          g_string_append (out, "\\n");
          continue;
        }
      if (strchr ("\\,;", *text) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *text);
    }
  return g_string_free (out, FALSE);
}

/* Appends the character at @at, of an escape what it means; returns what follows. A backslash in
 * front of anything else is one: version 2.1 knows hardly any escapes. */
static const char *
take_character (const char *at, GString *out)
{
  if (*at != '\\' || at[1] == '\0' || strchr ("nN\\,;:\"", at[1]) == NULL)
    {
      g_string_append_c (out, *at);
      return at + 1;
    }
  g_string_append_c (out, at[1] == 'n' || at[1] == 'N' ? '\n' : at[1]);
  return at + 2;
}

/**
 * kontor_vcard_unescape:
 * @value: a value
 *
 * Returns: (transfer full): its text
 */
char *
kontor_vcard_unescape (const char *value)
{
  GString *out = g_string_sized_new (strlen (value));

  while (*value != '\0')
    value = take_character (value, out);
  return g_string_free (out, FALSE);
}

/**
 * kontor_vcard_split:
 * @value: a value
 * @separator: what parts it
 *
 * Returns: (transfer full): the texts of its parts; at least one
 */
char **
kontor_vcard_split (const char *value, char separator)
{
  g_autoptr(GStrvBuilder) parts = g_strv_builder_new ();
  g_autoptr(GString) part = g_string_new (NULL);

  while (*value != '\0')
    if (*value == separator)
      {
        g_strv_builder_add (parts, part->str);
        g_string_truncate (part, 0);
        value++;
      }
    else
      value = take_character (value, part);
  g_strv_builder_add (parts, part->str);
  return g_strv_builder_end (parts);
}

static gboolean
read_digits (const char **at, guint n, int *number)
{
  *number = 0;
  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit ((*at)[i]))
        return FALSE;
      *number = *number * 10 + g_ascii_digit_value ((*at)[i]);
    }
  *at += n;
  return TRUE;
}

/**
 * kontor_vcard_date_to_iso:
 * @value: "19960415", "1996-04-15", with or without a time behind it
 *
 * Returns: (transfer full) (nullable): the day; %NULL where that is not a whole one
 */
char *
kontor_vcard_date_to_iso (const char *value)
{
  const char *at = value + strspn (value, " ");
  gboolean dashes;
  int year, month, day;

  if (!read_digits (&at, 4, &year))
    return NULL;
  dashes = *at == '-';
  at += dashes;
  if (!read_digits (&at, 2, &month) || (dashes && *at++ != '-') || !read_digits (&at, 2, &day) ||
      (*at != '\0' && strchr ("Tt ", *at) == NULL) || year == 0 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return NULL;
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}
