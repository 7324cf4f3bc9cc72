/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Guessing an encoding: by the byte order mark, by the NUL bytes of UTF-16, by being UTF-8; of the
 * encodings with one byte a character Cyrillic ones by how their words look, the others by
 * uchardet. */
#include "config.h"

#include "kontor-text-encoding.h"

#include <string.h>
#include <uchardet.h>

/* --- UTF-16 ------------------------------------------------------------------------------- */

/* Text in any script has ASCII line ends and delimiters, so that one half of it is full of NULs. A
 * NUL in a plain text is no reason: its line ends have none beside them. */
static const char *
guess_utf16 (const guint8 *data, gsize length)
{
  gsize nuls[2] = { 0, 0 };
  gsize pairs = length / 2, wide_ends = 0, plain_ends = 0;

  for (gsize i = 0; i < pairs * 2; i++)
    if (data[i] == '\0')
      nuls[i % 2]++;
    else if (data[i] == '\n')
      *(data[i ^ 1] == '\0' ? &wide_ends : &plain_ends) += 1;
  if (pairs < 2 || nuls[0] + nuls[1] == 0 || plain_ends > wide_ends)
    return NULL;
  if (nuls[1] > nuls[0] * 8 && nuls[1] * 12 >= pairs)
    return "UTF-16LE";
  if (nuls[0] > nuls[1] * 8 && nuls[0] * 12 >= pairs)
    return "UTF-16BE";
  return NULL;
}

static const char *
guess_by_mark (const guint8 *data, gsize length, gsize *bom)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    const char *encoding;
  } marks[] = {
    { "\xef\xbb\xbf", 3, "UTF-8" },    { "\xff\xfe\0\0", 4, "UTF-32LE" },
    { "\0\0\xfe\xff", 4, "UTF-32BE" }, { "\xff\xfe", 2, "UTF-16LE" },
    { "\xfe\xff", 2, "UTF-16BE" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (length >= marks[i].length && memcmp (data, marks[i].bytes, marks[i].length) == 0)
      {
        *bom = marks[i].length;
        return marks[i].encoding;
      }
  return NULL;
}

/* --- UTF-8 -------------------------------------------------------------------------------- */

static gsize
get_sequence_length (guint8 lead)
{
  if (lead >= 0xc2 && lead < 0xe0)
    return 2;
  if (lead >= 0xe0 && lead < 0xf0)
    return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

/* A file in UTF-8 with a broken letter here and there is still that; text in another encoding has
 * hardly any sequence that is right. */
static gboolean
is_utf8 (const guint8 *data, gsize length, gboolean whole)
{
  gsize good = 0, bad = 0;

  for (gsize i = 0; i < length; i++)
    {
      gsize n;

      if (data[i] < 0x80)
        continue;
      n = get_sequence_length (data[i]);
      if (n > length - i && !whole)
        break;
      if (n == 0 || n > length - i || !g_utf8_validate_len ((const char *) data + i, n, NULL))
        {
          bad++;
          continue;
        }
      good++;
      i += n - 1;
    }
  return bad == 0 || good / 20 >= bad;
}

/* --- Cyrillic ----------------------------------------------------------------------------- */

typedef enum
{
  LETTER_NONE,
  LETTER_SMALL,
  LETTER_CAPITAL,
} Letter;

static Letter
classify_1251 (guint8 c)
{
  if (c == 0xa8 || (c >= 0xc0 && c < 0xe0))
    return LETTER_CAPITAL;
  return c == 0xb8 || c >= 0xe0 ? LETTER_SMALL : LETTER_NONE;
}

static Letter
classify_koi8 (guint8 c)
{
  if (c == 0xb3 || c >= 0xe0)
    return LETTER_CAPITAL;
  return c == 0xa3 || c >= 0xc0 ? LETTER_SMALL : LETTER_NONE;
}

static Letter
classify_866 (guint8 c)
{
  if (c == 0xf0 || (c >= 0x80 && c < 0xa0))
    return LETTER_CAPITAL;
  return c == 0xf1 || (c >= 0xa0 && c < 0xb0) || (c >= 0xe0 && c < 0xf0) ? LETTER_SMALL
                                                                         : LETTER_NONE;
}

static Letter
classify_mac (guint8 c)
{
  if (c == 0xdd || (c >= 0x80 && c < 0xa0))
    return LETTER_CAPITAL;
  return c == 0xde || c == 0xdf || (c >= 0xe0 && c < 0xff) ? LETTER_SMALL : LETTER_NONE;
}

static const struct
{
  const char *encoding;
  Letter (*classify) (guint8 c);
} cyrillic[] = {
  { "WINDOWS-1251", classify_1251 },
  { "KOI8-R", classify_koi8 },
  { "IBM866", classify_866 },
  { "MAC-CYRILLIC", classify_mac },
};

/* In words a small letter is followed by a small one, and capitals stand at the start. */
static gint64
score_cyrillic (const guint8 *data, gsize length, Letter (*classify) (guint8 c))
{
  Letter last = LETTER_NONE;
  gboolean after_ascii = FALSE;
  gint64 score = 0;

  for (gsize i = 0; i < length; i++)
    {
      Letter letter = data[i] < 0x80 ? LETTER_NONE : classify (data[i]);

      if (data[i] >= 0x80 && letter == LETTER_NONE)
        score -= 3;
      else if (letter == LETTER_SMALL)
        score += last == LETTER_NONE ? (after_ascii ? -3 : 0) : 2;
      else if (letter == LETTER_CAPITAL)
        score += last == LETTER_SMALL || after_ascii ? -3 : 1;
      else if (last != LETTER_NONE && g_ascii_isalpha (data[i]))
        score -= 3;
      last = letter;
      after_ascii = g_ascii_isalpha (data[i]);
    }
  return score;
}

static const char *
guess_cyrillic (const guint8 *data, gsize length)
{
  const char *best = NULL;
  gint64 best_score = 0;
  gint64 high = 0;

  for (gsize i = 0; i < length; i++)
    high += data[i] >= 0x80;
  for (guint i = 0; i < G_N_ELEMENTS (cyrillic); i++)
    {
      gint64 score = score_cyrillic (data, length, cyrillic[i].classify);

      if (score > best_score)
        {
          best_score = score;
          best = cyrillic[i].encoding;
        }
    }
  return best_score > high ? best : NULL;
}

/* --- The rest ----------------------------------------------------------------------------- */

static gboolean
has_c1 (const guint8 *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (data[i] >= 0x80 && data[i] < 0xa0)
      return TRUE;
  return FALSE;
}

/* uchardet's answers for a few words are taken with care: what nobody writes any more is replaced
 * by the Windows encoding of the same part of the world. */
static const char *
correct_guess (const char *guess, const guint8 *data, gsize length)
{
  if (g_str_has_prefix (guess, "MAC-CENTRAL") || g_str_equal (guess, "ISO-8859-2"))
    return has_c1 (data, length) ? "WINDOWS-1250" : "ISO-8859-2";
  if (g_str_equal (guess, "ISO-8859-5"))
    return guess_cyrillic (data, length) == NULL ? "ISO-8859-5" : "WINDOWS-1251";
  if (g_str_equal (guess, "ISO-8859-15") && !has_c1 (data, length))
    return "ISO-8859-15";
  if (*guess == '\0' || g_str_equal (guess, "ASCII") || g_str_has_prefix (guess, "ISO-8859-1") ||
      g_str_equal (guess, "WINDOWS-1258") || g_str_equal (guess, "ISO-8859-3"))
    return "WINDOWS-1252";
  return kontor_text_find_encoding (guess);
}

static const char *
guess_by_uchardet (const guint8 *data, gsize length)
{
  uchardet_t detector = uchardet_new ();
  const char *encoding = NULL;

  if (uchardet_handle_data (detector, (const char *) data, length) == 0)
    {
      uchardet_data_end (detector);
      encoding = correct_guess (uchardet_get_charset (detector), data, length);
    }
  uchardet_delete (detector);
  return encoding != NULL ? encoding : "WINDOWS-1252";
}

/**
 * kontor_text_find_encoding:
 * @name: (nullable): name of an encoding, as people write it
 *
 * Returns: (transfer none) (nullable): the name if the system can read it; it lives for ever
 */
const char *
kontor_text_find_encoding (const char *name)
{
  g_autofree char *upper = NULL;
  GIConv converter;

  if (name == NULL || *name == '\0' || strpbrk (name, "/ \t") != NULL)
    return NULL;
  upper = g_ascii_strup (name, -1);
  if (g_str_equal (upper, "UTF8"))
    return "UTF-8";
  converter = g_iconv_open ("UTF-8", upper);
  if (converter == (GIConv) -1)
    return NULL;
  g_iconv_close (converter);
  return g_intern_string (upper);
}

/**
 * kontor_text_guess_encoding:
 * @data: (array length=length): bytes from the start of a text
 * @length: how many
 * @whole: whether that is all of it; else the last character may be cut
 * @bom: (out) (optional): bytes of the byte order mark it begins with
 *
 * Returns: (transfer none): name of the encoding; "UTF-8" for plain ASCII
 */
const char *
kontor_text_guess_encoding (const guint8 *data, gsize length, gboolean whole, gsize *bom)
{
  gsize mark = 0;
  const char *encoding = guess_by_mark (data, length, &mark);

  if (bom != NULL)
    *bom = mark;
  if (encoding == NULL)
    encoding = guess_utf16 (data, length);
  if (encoding == NULL && is_utf8 (data, length, whole))
    encoding = "UTF-8";
  if (encoding == NULL)
    encoding = guess_cyrillic (data, length);
  return encoding != NULL ? encoding : guess_by_uchardet (data, length);
}
