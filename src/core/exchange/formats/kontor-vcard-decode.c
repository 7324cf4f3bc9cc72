/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of a card into text and pictures. A property says its encoding by CHARSET; one that says
 * nothing and is no UTF-8 is taken as the file's encoding, or as what the card's bytes look like.
 */
#include "config.h"

#include "kontor-text-encoding.h"
#include "kontor-vcard-private.h"
#include <string.h>
#include <glib/gi18n-lib.h>

static int
read_hex (guint8 high, guint8 low)
{
  int a = g_ascii_xdigit_value ((char) high), b = g_ascii_xdigit_value ((char) low);

  return a < 0 || b < 0 ? -1 : a << 4 | b;
}

/**
 * kontor_vcard_decode_quoted_printable:
 * @raw: a value; becomes what it means
 *
 * What is no escape stands for itself.
 */
void
kontor_vcard_decode_quoted_printable (GByteArray *raw)
{
  guint n = 0;

  for (guint i = 0; i < raw->len; i++)
    {
      int byte = raw->data[i] == '=' && i + 2 < raw->len
                   ? read_hex (raw->data[i + 1], raw->data[i + 2])
                   : -1;

      raw->data[n++] = byte > 0 ? (guint8) byte : raw->data[i];
      if (byte >= 0)
        i += 2;
      if (byte == 0)
        n--;
    }
  g_byte_array_set_size (raw, n);
}

/* --- Text ------------------------------------------------------------------------------------- */

static gboolean
is_utf8 (const char *text, gsize length)
{
  return g_utf8_validate_len (text, (gssize) length, NULL);
}

static char *
convert (const char *text, gsize length, const char *encoding)
{
  g_autofree char *out = g_convert (text, (gssize) length, "UTF-8", encoding, NULL, NULL, NULL);

  return out != NULL && g_utf8_validate (out, -1, NULL) ? g_steal_pointer (&out) : NULL;
}

/* What can't be read in any way is shown as such; @mended says so. */
static char *
to_utf8 (const char *text,
         gsize length,
         const char *charset,
         const char *fallback,
         gboolean *mended)
{
  const char *declared = kontor_text_find_encoding (charset);
  char *out = NULL;

  *mended = FALSE;
  if (length == 0)
    return g_strdup ("");
  if (declared != NULL && !g_str_equal (declared, "UTF-8"))
    out = convert (text, length, declared);
  if (out == NULL && is_utf8 (text, length))
    return g_strndup (text, length);
  if (out == NULL)
    out = convert (text, length, fallback);
  if (out == NULL)
    {
      *mended = TRUE;
      out = g_utf8_make_valid (text, (gssize) length);
    }
  return out;
}

static void
collect_bytes (const KontorVcardRaw *raw, GByteArray *bytes)
{
  if (raw->coding == KONTOR_VCARD_BASE64 || raw->charset != NULL ||
      is_utf8 ((const char *) raw->raw->data, raw->raw->len))
    return;
  g_byte_array_append (bytes, raw->raw->data, raw->raw->len);
  g_byte_array_append (bytes, (const guint8 *) "\n", 1);
}

/* The file's start may have been plain ASCII. */
static const char *
find_fallback (GPtrArray *raws, const char *encoding)
{
  g_autoptr(GByteArray) bytes = NULL;
  const char *guess;

  if (!g_str_has_prefix (encoding, "UTF-"))
    return encoding;
  bytes = g_byte_array_new ();
  for (guint i = 0; i < raws->len; i++)
    collect_bytes (g_ptr_array_index (raws, i), bytes);
  guess = kontor_text_guess_encoding (bytes->data, bytes->len, TRUE, NULL);
  return g_str_has_prefix (guess, "UTF-") ? "WINDOWS-1252" : guess;
}

/* Line breaks become \n, so that a value is one line; other characters that can't be shown go. */
static char *
flatten (const char *text)
{
  GString *out = g_string_sized_new (strlen (text));

  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '\r' && at[1] == '\n')
        continue;
      if (*at == '\n' || *at == '\r')
        g_string_append (out, "\\n");
      else if ((guchar) *at >= 0x20 || *at == '\t')
        g_string_append_c (out, *at == 0x7f ? ' ' : *at);
    }
  return g_string_free (out, FALSE);
}

static void
decode_params (KontorVcardProperty *property, const char *fallback)
{
  for (guint i = 0; i < property->params->len; i++)
    {
      KontorVcardParam *param = &g_array_index (property->params, KontorVcardParam, i);
      gboolean mended;
      char *text;

      if (g_utf8_validate (param->value, -1, NULL))
        continue;
      text = to_utf8 (param->value, strlen (param->value), NULL, fallback, &mended);
      g_free (param->value);
      param->value = text;
    }
}

static void
decode_text (KontorVcardRaw *raw, const char *fallback, KontorVcard *card)
{
  g_autofree char *text = NULL;
  gboolean mended;

  text = to_utf8 ((const char *) raw->raw->data, raw->raw->len, raw->charset, fallback, &mended);
  if (mended)
    kontor_vcard_add_problem (card,
                              raw->property->line,
                              /* Translators: %s is the name of a property of a vCard */
                              _("%s has characters that can't be read; they were replaced."),
                              raw->property->name);
  g_free (raw->property->value);
  raw->property->value = flatten (text);
}

/* --- Pictures and the like -------------------------------------------------------------------- */

static GBytes *
decode_base64 (const char *text, gsize length)
{
  g_autofree char *clean = g_malloc (length + 1);
  gsize n = 0;
  gpointer data;

  for (gsize i = 0; i < length; i++)
    if (g_ascii_isalnum (text[i]) || text[i] == '+' || text[i] == '/')
      clean[n++] = text[i];
  clean[n] = '\0';
  while (n % 4 != 0 && n < length)
    clean[n++] = '=';
  clean[n] = '\0';
  data = g_base64_decode (clean, &n);
  if (n == 0)
    {
      g_free (data);
      return NULL;
    }
  return g_bytes_new_take (data, n);
}

static gboolean
is_binary_name (const char *name)
{
  return g_str_equal (name, "PHOTO") || g_str_equal (name, "LOGO") || g_str_equal (name, "SOUND") ||
         g_str_equal (name, "KEY");
}

/* "data:image/jpeg;base64,…" of version 4.0. */
static gboolean
decode_data_uri (KontorVcardProperty *property)
{
  const char *comma;
  g_autofree char *head = NULL;

  if (!is_binary_name (property->name) || g_ascii_strncasecmp (property->value, "data:", 5) != 0)
    return FALSE;
  comma = strchr (property->value, ',');
  head = comma != NULL ? g_ascii_strdown (property->value, comma - property->value) : NULL;
  if (head == NULL || strstr (head, ";base64") == NULL)
    return FALSE;
  property->data = decode_base64 (comma + 1, strlen (comma + 1));
  if (property->data == NULL)
    return FALSE;
  g_free (property->value);
  property->value = g_strdup ("");
  return TRUE;
}

static void
decode_binary (KontorVcardRaw *raw, KontorVcard *card)
{
  raw->property->data = decode_base64 ((const char *) raw->raw->data, raw->raw->len);
  if (raw->property->data == NULL)
    kontor_vcard_add_problem (card,
                              raw->property->line,
                              /* Translators: %s is the name of a property of a vCard */
                              _("%s is empty or broken; it was left out."),
                              raw->property->name);
}

/* Text in base64 is rare, but there is some. */
static gboolean
is_text_in_base64 (KontorVcardRaw *raw)
{
  gsize length;
  const char *data;

  if (raw->property->data == NULL || is_binary_name (raw->property->name))
    return FALSE;
  data = g_bytes_get_data (raw->property->data, &length);
  if (memchr (data, '\0', length) != NULL || (raw->charset == NULL && !is_utf8 (data, length)))
    return FALSE;
  g_byte_array_set_size (raw->raw, 0);
  g_byte_array_append (raw->raw, (const guint8 *) data, (guint) length);
  g_clear_pointer (&raw->property->data, g_bytes_unref);
  return TRUE;
}

static gboolean
decode_one (KontorVcardRaw *raw, const char *fallback, KontorVcard *card)
{
  decode_params (raw->property, fallback);
  if (raw->coding == KONTOR_VCARD_BASE64)
    {
      decode_binary (raw, card);
      if (!is_text_in_base64 (raw))
        return raw->property->data != NULL;
    }
  decode_text (raw, fallback, card);
  decode_data_uri (raw->property);
  return TRUE;
}

/**
 * kontor_vcard_decode:
 * @raws: (element-type KontorVcardRaw): the properties of a card
 * @encoding: the file's encoding, for what declares none and is not UTF-8
 * @card: gets them
 *
 * Decodes the values.
 */
void
kontor_vcard_decode (GPtrArray *raws, const char *encoding, KontorVcard *card)
{
  const char *fallback;

  for (guint i = 0; i < raws->len; i++)
    {
      KontorVcardRaw *raw = g_ptr_array_index (raws, i);

      if (raw->coding == KONTOR_VCARD_QUOTED_PRINTABLE)
        kontor_vcard_decode_quoted_printable (raw->raw);
    }
  fallback = find_fallback (raws, encoding);
  for (guint i = 0; i < raws->len; i++)
    {
      KontorVcardRaw *raw = g_ptr_array_index (raws, i);

      if (decode_one (raw, fallback, card))
        kontor_vcard_take (card, g_steal_pointer (&raw->property));
    }
}
