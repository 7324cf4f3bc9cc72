/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "item1.TEL;HOME;TYPE=voice,pref:+49 30 123" into its parts, in all dialects: bare types of
 * version 2.1, lists of types in quotes, and what names the way a value is written. */
#include "config.h"

#include "kontor-vcard-private.h"
#include <string.h>

/**
 * kontor_vcard_raw_free:
 * @self: (transfer full) (nullable): a property
 */
void
kontor_vcard_raw_free (KontorVcardRaw *self)
{
  if (self == NULL)
    return;
  kontor_vcard_property_free (self->property);
  g_free (self->charset);
  g_byte_array_unref (self->raw);
  g_free (self);
}

/* The colon in front of the value; one in quotes is none, unless the quotes don't end. */
static const char *
find_colon (const char *text, gsize length)
{
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    if (text[i] == '"')
      quoted = !quoted;
    else if (text[i] == ':' && !quoted)
      return text + i;
  return quoted ? memchr (text, ':', length) : NULL;
}

static gboolean
is_name (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("-_./", text[i]) == NULL)
      return FALSE;
  return length > 0;
}

static gboolean
is_encoding (const char *word)
{
  static const char *const words[] = { "QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT", "B", "Q",
                                       "BINARY",           NULL };
  g_autofree char *upper = g_ascii_strup (word, -1);

  return g_strv_contains (words, upper);
}

static KontorVcardCoding
parse_coding (const char *word)
{
  if (g_ascii_strcasecmp (word, "BASE64") == 0 || g_ascii_strcasecmp (word, "B") == 0)
    return KONTOR_VCARD_BASE64;
  if (g_ascii_strcasecmp (word, "QUOTED-PRINTABLE") == 0 || g_ascii_strcasecmp (word, "Q") == 0)
    return KONTOR_VCARD_QUOTED_PRINTABLE;
  return KONTOR_VCARD_PLAIN;
}

/* ^n, ^' and ^^ (RFC 6868). */
static char *
decode_carets (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      const char *known = *text == '^' && text[1] != '\0' ? strchr ("n'^", text[1]) : NULL;

      if (known == NULL)
        {
          g_string_append_c (out, *text);
          continue;
        }
      g_string_append_c (out, *known == 'n' ? '\n' : *known == '\'' ? '"' : '^');
      text++;
    }
  return g_string_free (out, FALSE);
}

/* TYPE="work,voice" are two types, whatever version says so. */
static void
add_types (KontorVcardProperty *property, const char *text)
{
  g_auto(GStrv) types = g_strsplit (text, ",", -1);

  for (char **type = types; *type != NULL; type++)
    {
      g_autofree char *lower = g_ascii_strdown (g_strstrip (*type), -1);

      if (*lower != '\0')
        kontor_vcard_property_add_param (property, "TYPE", lower);
    }
}

static void
add_bare (KontorVcardRaw *self, const char *word)
{
  static const char *const values[] = { "URL", "URI", "CID", "CONTENT-ID", "INLINE", NULL };
  g_autofree char *upper = g_ascii_strup (word, -1);

  if (is_encoding (word))
    self->coding = parse_coding (word);
  else if (g_strv_contains (values, upper))
    kontor_vcard_property_add_param (self->property, "VALUE", word);
  else
    add_types (self->property, word);
}

/* X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=D0=94=D0=B0=D1=87=D0=B0): a label of a phone.
 */
static gboolean
add_custom (KontorVcardRaw *self, const char *text)
{
  const char *comma = strrchr (text, ',');
  g_autoptr(GByteArray) label = NULL;

  if (g_ascii_strncasecmp (text, "X-CUSTOM(", 9) != 0 || !g_str_has_suffix (text, ")"))
    return FALSE;
  text = comma != NULL ? comma + 1 : text + 9;
  label = g_byte_array_new ();
  g_byte_array_append (label, (const guint8 *) text, (guint) strlen (text) - 1);
  kontor_vcard_decode_quoted_printable (label);
  g_byte_array_append (label, (const guint8 *) "", 1);
  kontor_vcard_property_add_param (self->property, "X-CUSTOM", (const char *) label->data);
  return TRUE;
}

static void
add_param (KontorVcardRaw *self, const char *text)
{
  const char *equal = strchr (text, '=');
  g_autofree char *name = equal != NULL ? g_ascii_strup (text, equal - text) : NULL;
  g_autofree char *decoded = NULL;

  if (add_custom (self, text))
    return;
  if (name != NULL)
    g_strstrip (name);
  if (name == NULL || *name == '\0' || !is_name (name, strlen (name)))
    {
      if (equal == NULL && *text != '\0')
        add_bare (self, text);
      return;
    }
  decoded = decode_carets (equal + 1);
  if (g_str_equal (name, "ENCODING"))
    self->coding = parse_coding (decoded);
  else if (g_str_equal (name, "CHARSET"))
    self->charset = (g_free (self->charset), g_strdup (decoded));
  else if (g_str_equal (name, "TYPE"))
    add_types (self->property, decoded);
  else
    kontor_vcard_property_add_param (self->property, name, decoded);
}

/* Parameters part at semicolons outside quotes; the quotes are dropped. */
static void
parse_params (KontorVcardRaw *self, const char *at, const char *end)
{
  g_autoptr(GString) param = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (; at < end; at++)
    if (*at == '"')
      quoted = !quoted;
    else if (*at == ';' && !quoted)
      {
        add_param (self, g_strstrip (param->str));
        g_string_truncate (param, 0);
      }
    else if (*at != '\0')
      g_string_append_c (param, *at);
  add_param (self, g_strstrip (param->str));
}

static const char *
find_params (const char *text, const char *colon)
{
  const char *semicolon = memchr (text, ';', colon - text);

  return semicolon != NULL ? semicolon : colon;
}

/**
 * kontor_vcard_raw_new:
 * @text: (array length=length): a line, unfolded
 * @length: how many bytes
 * @number: where it stands
 *
 * Returns: (transfer full) (nullable): the property; %NULL where the line is none
 */
KontorVcardRaw *
kontor_vcard_raw_new (const char *text, gsize length, guint64 number)
{
  const char *colon = find_colon (text, length);
  g_autofree char *name = NULL;
  KontorVcardRaw *self;
  const char *params;
  char *dot;

  if (colon == NULL)
    return NULL;
  params = find_params (text, colon);
  name = g_strstrip (g_strndup (text, params - text));
  if (!is_name (name, strlen (name)))
    return NULL;
  dot = strchr (name, '.');
  if (dot != NULL && (dot == name || dot[1] == '\0' || strchr (dot + 1, '.') != NULL))
    return NULL;
  self = g_new0 (KontorVcardRaw, 1);
  self->property = kontor_vcard_property_new (dot != NULL ? dot + 1 : name, "");
  self->property->line = number;
  if (dot != NULL)
    self->property->group = g_strndup (name, dot - name);
  self->raw = g_byte_array_new ();
  if (params < colon)
    parse_params (self, params + 1, colon);
  g_byte_array_append (self->raw,
                       (const guint8 *) colon + 1,
                       (guint) (length - (gsize) (colon + 1 - text)));
  return self;
}

/**
 * kontor_vcard_find_coding:
 * @text: (array length=length): the first line of a property
 * @length: how many bytes
 *
 * Returns: how its value is written, on which it depends where it ends
 */
KontorVcardCoding
kontor_vcard_find_coding (const char *text, gsize length)
{
  const char *colon = find_colon (text, length);
  g_autoptr(KontorVcardRaw) raw = NULL;

  if (colon == NULL || memchr (text, ';', colon - text) == NULL)
    return KONTOR_VCARD_PLAIN;
  raw = kontor_vcard_raw_new (text, (gsize) (colon + 1 - text), 0);
  return raw != NULL ? raw->coding : KONTOR_VCARD_PLAIN;
}

/**
 * kontor_vcard_property_parse:
 * @line: a line of UTF-8 as kontor_vcard_property_append() writes it, not folded
 *
 * Returns: (transfer full) (nullable): the property; %NULL where the line is none
 */
KontorVcardProperty *
kontor_vcard_property_parse (const char *line)
{
  g_autoptr(GPtrArray) raws = NULL;
  g_autoptr(KontorVcard) card = NULL;
  KontorVcardRaw *raw = kontor_vcard_raw_new (line, strlen (line), 0);

  if (raw == NULL)
    return NULL;
  raws = g_ptr_array_new_with_free_func ((GDestroyNotify) kontor_vcard_raw_free);
  g_ptr_array_add (raws, raw);
  card = kontor_vcard_new (KONTOR_VCARD_3_0);
  kontor_vcard_decode (raws, "UTF-8", card);
  return card->properties->len > 0 ? g_ptr_array_steal_index (card->properties, 0) : NULL;
}
