/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small strict reader of JSON (RFC 8259) for what the model keeps in it. Depth is bounded, so
 * that hostile text can't exhaust the stack. */
#include "config.h"

#include "kontor-json-private.h"
#include <string.h>

#define MAX_DEPTH 32

typedef struct
{
  const char *at;
  guint depth;
  GString *path;
  KontorJsonMember member; /* nullable */
  gpointer data;
  gboolean elements; /* those of arrays are told, too, by their number */
} Reader;

static gboolean read_value (Reader *reader, gboolean is_member);

static void
skip_space (Reader *reader)
{
  reader->at += strspn (reader->at, " \t\r\n");
}

static gboolean
read_hex4 (Reader *reader, gunichar *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (reader->at[i]);

      if (digit < 0)
        return FALSE;
      *unit = *unit << 4 | (guint) digit;
    }
  reader->at += 4;
  return TRUE;
}

/* After "\u": one character, written as one or two units of UTF-16; NUL is refused. */
static gboolean
read_escape (Reader *reader, GString *text)
{
  gunichar unit, low;

  if (!read_hex4 (reader, &unit) || unit == 0 || (unit >= 0xdc00 && unit <= 0xdfff))
    return FALSE;
  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      if (reader->at[0] != '\\' || reader->at[1] != 'u')
        return FALSE;
      reader->at += 2;
      if (!read_hex4 (reader, &low) || low < 0xdc00 || low > 0xdfff)
        return FALSE;
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
  g_string_append_unichar (text, unit);
  return TRUE;
}

static gboolean
read_string (Reader *reader, GString *text)
{
  static const char marks[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";

  if (*reader->at != '"')
    return FALSE;
  reader->at++;
  while (*reader->at != '"')
    {
      const char *mark;

      if ((guchar) *reader->at < 0x20)
        return FALSE;
      if (*reader->at != '\\')
        {
          g_string_append_c (text, *reader->at++);
          continue;
        }
      reader->at++;
      if (*reader->at == 'u')
        {
          reader->at++;
          if (!read_escape (reader, text))
            return FALSE;
          continue;
        }
      mark = *reader->at != '\0' ? strchr (marks, *reader->at) : NULL;
      if (mark == NULL)
        return FALSE;
      g_string_append_c (text, meanings[mark - marks]);
      reader->at++;
    }
  reader->at++;
  return TRUE;
}

static gboolean
read_digits (Reader *reader)
{
  const char *start = reader->at;

  while (g_ascii_isdigit (*reader->at))
    reader->at++;
  return reader->at > start;
}

static gboolean
read_number (Reader *reader)
{
  if (*reader->at == '-')
    reader->at++;
  if (*reader->at == '0')
    reader->at++;
  else if (!read_digits (reader))
    return FALSE;
  if (*reader->at == '.')
    {
      reader->at++;
      if (!read_digits (reader))
        return FALSE;
    }
  if (*reader->at == 'e' || *reader->at == 'E')
    {
      reader->at++;
      if (*reader->at == '+' || *reader->at == '-')
        reader->at++;
      return read_digits (reader);
    }
  return TRUE;
}

static gboolean
read_scalar (Reader *reader, gboolean is_member)
{
  static const char *const words[] = { "true", "false", "null" };
  g_autoptr(GString) text = g_string_new (NULL);
  const char *start = reader->at;
  gboolean ok = FALSE;

  if (*reader->at == '"')
    ok = read_string (reader, text);
  else
    {
      for (guint i = 0; i < G_N_ELEMENTS (words) && !ok; i++)
        if (g_str_has_prefix (reader->at, words[i]))
          {
            reader->at += strlen (words[i]);
            ok = TRUE;
          }
      ok = ok || read_number (reader);
      g_string_append_len (text, start, reader->at - start);
    }
  if (!ok || !is_member || reader->member == NULL)
    return ok;
  return reader->member (reader->path->str, text->str, reader->data);
}

static gboolean
read_object_member (Reader *reader)
{
  g_autoptr(GString) name = g_string_new (NULL);
  gsize length = reader->path->len;

  skip_space (reader);
  if (!read_string (reader, name))
    return FALSE;
  skip_space (reader);
  if (*reader->at != ':')
    return FALSE;
  reader->at++;
  if (length > 0)
    g_string_append_c (reader->path, '/');
  g_string_append (reader->path, name->str);
  if (!read_value (reader, TRUE))
    return FALSE;
  g_string_truncate (reader->path, length);
  return TRUE;
}

static gboolean
read_element (Reader *reader, guint i)
{
  gsize length = reader->path->len;

  if (!reader->elements)
    return read_value (reader, FALSE);
  g_string_append_printf (reader->path, "%s%u", length > 0 ? "/" : "", i);
  if (!read_value (reader, TRUE))
    return FALSE;
  g_string_truncate (reader->path, length);
  return TRUE;
}

/* An object or array. */
static gboolean
read_container (Reader *reader)
{
  gboolean is_object = *reader->at == '{';
  char end = is_object ? '}' : ']';
  guint n = 0;

  if (++reader->depth > MAX_DEPTH)
    return FALSE;
  reader->at++;
  skip_space (reader);
  if (*reader->at != end)
    for (;;)
      {
        if (is_object ? !read_object_member (reader) : !read_element (reader, n++))
          return FALSE;
        skip_space (reader);
        if (*reader->at != ',')
          break;
        reader->at++;
      }
  if (*reader->at != end)
    return FALSE;
  reader->at++;
  reader->depth--;
  return TRUE;
}

static gboolean
read_value (Reader *reader, gboolean is_member)
{
  gboolean ok;

  skip_space (reader);
  ok = *reader->at == '{' || *reader->at == '[' ? read_container (reader)
                                                : read_scalar (reader, is_member);
  skip_space (reader);
  return ok;
}

/**
 * kontor_json_is_valid:
 * @json: a text
 *
 * Returns: whether it is one JSON value in UTF-8, at most 32 deep, and nothing else
 */
gboolean
kontor_json_is_valid (const char *json)
{
  return kontor_json_foreach_member (json, NULL, NULL);
}

/**
 * kontor_json_foreach_member:
 * @json: a text
 * @member: (nullable): called for each member with a plain value
 * @data: for @member
 *
 * Returns: %FALSE when @json is not valid or @member returned %FALSE
 */
gboolean
kontor_json_foreach_member (const char *json, KontorJsonMember member, gpointer data)
{
  g_autoptr(GString) path = g_string_new (NULL);
  Reader reader = { json, 0, path, member, data, FALSE };

  return g_utf8_validate (json, -1, NULL) && read_value (&reader, FALSE) && *reader.at == '\0';
}

/**
 * kontor_json_foreach_value:
 * @json: a text
 * @value: called for each member and each element of an array with a plain value; elements are
 *   named by their number
 * @data: for @value
 *
 * Returns: %FALSE when @json is not valid or @value returned %FALSE
 */
gboolean
kontor_json_foreach_value (const char *json, KontorJsonMember value, gpointer data)
{
  g_autoptr(GString) path = g_string_new (NULL);
  Reader reader = { json, 0, path, value, data, TRUE };

  return g_utf8_validate (json, -1, NULL) && read_value (&reader, FALSE) && *reader.at == '\0';
}
