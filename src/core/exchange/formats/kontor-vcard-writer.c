/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards as versions 3.0 and 4.0 have them (RFC 2426, RFC 6350): lines end with CR LF and are folded
 * at 75 bytes, never within a character. */
#include "config.h"

#include "kontor-vcard.h"

#include <string.h>

#define LINE_BYTES 75

/**
 * kontor_vcard_media_type:
 * @data: a picture, perhaps
 *
 * Returns: (transfer none) (nullable): its media type, by its first bytes
 */
const char *
kontor_vcard_media_type (GBytes *data)
{
  static const struct
  {
    const char *bytes;
    gsize at, length;
    const char *type;
  } magics[] = {
    { "\xff\xd8\xff", 0, 3, "image/jpeg" },
    { "\x89PNG", 0, 4, "image/png" },
    { "GIF8", 0, 4, "image/gif" },
    { "WEBP", 8, 4, "image/webp" },
    { "BM", 0, 2, "image/bmp" },
    { "II*\0", 0, 4, "image/tiff" },
    { "MM\0*", 0, 4, "image/tiff" },
    { "ftypheic", 4, 8, "image/heic" },
  };
  gsize length;
  const char *bytes = g_bytes_get_data (data, &length);

  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (length >= magics[i].at + magics[i].length &&
        memcmp (bytes + magics[i].at, magics[i].bytes, magics[i].length) == 0)
      return magics[i].type;
  return NULL;
}

/* A value with a mark in it stands in quotes, in which there is no quote (RFC 6868). */
static void
append_param_value (GString *out, const char *value)
{
  gboolean quoted = strpbrk (value, ",;: ") != NULL;

  if (quoted)
    g_string_append_c (out, '"');
  for (; *value != '\0'; value++)
    if (*value == '\n')
      g_string_append (out, "^n");
    else if (*value == '"')
      g_string_append (out, "^'");
    else if (*value == '^')
      g_string_append (out, "^^");
    else
      g_string_append_c (out, *value);
  if (quoted)
    g_string_append_c (out, '"');
}

/* The types go into one list. */
static void
append_types (const KontorVcardProperty *self, KontorVcardVersion version, GString *out)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->params->len; i++)
    {
      const KontorVcardParam *param = &g_array_index (self->params, KontorVcardParam, i);
      g_autofree char *upper = NULL;

      if (!g_str_equal (param->name, "TYPE") ||
          (version == KONTOR_VCARD_4_0 && g_str_equal (param->value, "pref")))
        continue;
      upper =
        version == KONTOR_VCARD_4_0 ? g_strdup (param->value) : g_ascii_strup (param->value, -1);
      g_string_append (out, any ? "," : ";TYPE=");
      any = TRUE;
      append_param_value (out, upper);
    }
}

/* The first choice is a type in version 3.0 and a number in 4.0. */
static void
append_params (const KontorVcardProperty *self, KontorVcardVersion version, GString *out)
{
  gboolean has_pref = kontor_vcard_property_get_param (self, "PREF") != NULL;

  append_types (self, version, out);
  if (version == KONTOR_VCARD_4_0 && !has_pref && kontor_vcard_property_has_type (self, "pref"))
    g_string_append (out, ";PREF=1");
  for (guint i = 0; i < self->params->len; i++)
    {
      const KontorVcardParam *param = &g_array_index (self->params, KontorVcardParam, i);

      if (g_str_equal (param->name, "TYPE"))
        continue;
      g_string_append_printf (out, ";%s=", param->name);
      append_param_value (out, param->value);
    }
}

static void
append_data (const KontorVcardProperty *self, KontorVcardVersion version, GString *out)
{
  const char *media_type = kontor_vcard_media_type (self->data);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (self->data, &length);
  g_autofree char *text = g_base64_encode (bytes, length);
  g_autofree char *upper = NULL;

  if (version == KONTOR_VCARD_4_0)
    {
      g_string_append_printf (out,
                              ":data:%s;base64,%s",
                              media_type != NULL ? media_type : "application/octet-stream",
                              text);
      return;
    }
  g_string_append (out, ";ENCODING=b");
  if (media_type != NULL && kontor_vcard_property_get_param (self, "TYPE") == NULL)
    {
      upper = g_ascii_strup (strchr (media_type, '/') + 1, -1);
      g_string_append_printf (out, ";TYPE=%s", upper);
    }
  g_string_append_printf (out, ":%s", text);
}

static void
append_folded (GString *out, const char *line, gsize length)
{
  gsize room = LINE_BYTES;

  while (length > room)
    {
      gsize n = room;

      while (n > 1 && ((guchar) line[n] & 0xc0) == 0x80)
        n--;
      g_string_append_len (out, line, (gssize) n);
      g_string_append (out, "\r\n ");
      line += n;
      length -= n;
      room = LINE_BYTES - 1;
    }
  g_string_append_len (out, line, (gssize) length);
}

/* Names have no case, but not every program knows that. */
static const char *
get_usual_name (const char *name)
{
  if (g_str_equal (name, "X-ABLABEL"))
    return "X-ABLabel";
  if (g_str_equal (name, "X-ABSHOWAS"))
    return "X-ABShowAs";
  return name;
}

/**
 * kontor_vcard_property_append:
 * @self: a property
 * @version: 3.0 or 4.0
 * @fold: whether it is folded and its line ends
 * @out: it is appended to this
 */
void
kontor_vcard_property_append (const KontorVcardProperty *self,
                              KontorVcardVersion version,
                              gboolean fold,
                              GString *out)
{
  g_autoptr(GString) line = g_string_new (NULL);

  if (self->group != NULL)
    g_string_append_printf (line, "%s.", self->group);
  g_string_append (line, get_usual_name (self->name));
  append_params (self, version, line);
  if (self->data != NULL)
    append_data (self, version, line);
  else
    g_string_append_printf (line, ":%s", self->value);
  if (!fold)
    {
      g_string_append_len (out, line->str, (gssize) line->len);
      return;
    }
  append_folded (out, line->str, line->len);
  g_string_append (out, "\r\n");
}

/**
 * kontor_vcard_append:
 * @self: a card of version 3.0 or 4.0
 * @out: it is appended to this
 */
void
kontor_vcard_append (const KontorVcard *self, GString *out)
{
  g_string_append_printf (out,
                          "BEGIN:VCARD\r\nVERSION:%s\r\n",
                          self->version == KONTOR_VCARD_4_0 ? "4.0" : "3.0");
  for (guint i = 0; i < self->properties->len; i++)
    kontor_vcard_property_append (g_ptr_array_index (self->properties, i),
                                  self->version,
                                  TRUE,
                                  out);
  g_string_append (out, "END:VCARD\r\n");
}
