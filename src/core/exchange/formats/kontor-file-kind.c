/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of other programs told by their first bytes, so that the message can say what to do. */
#include "config.h"

#include "kontor-file-kind.h"

#include "kontor-error.h"
#include "kontor-formats.h"
#include <string.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  const char *bytes;
  guint8 length;
  const char *message; /* N_() */
} Magic;

#define ARCHIVE N_("This is a compressed file. Unpack it first.")
#define PICTURE N_("This is a picture, not a table.")

static const Magic magics[] = {
  { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    8,
    N_("This is a file of Microsoft Office. Save the sheet as CSV first.") },
  { "%PDF-", 5, N_("This is a PDF document, not a table.") },
  { "SQLite format 3",
    15,
    N_("This is a database. If it is a workspace of Kontor, open it instead.") },
  { "\x89PNG", 4, PICTURE },
  { "\xff\xd8\xff", 3, PICTURE },
  { "GIF8", 4, PICTURE },
  { "\x1f\x8b", 2, ARCHIVE },
  { "BZh", 3, ARCHIVE },
  { "\xfd"
    "7zXZ",
    5,
    ARCHIVE },
  { "\x28\xb5\x2f\xfd", 4, ARCHIVE },
  { "7z\xbc\xaf\x27\x1c", 6, ARCHIVE },
  { "Rar!\x1a", 5, ARCHIVE },
  { "{\\rtf", 5, N_("This is a text document, not a table. Save it as CSV first.") },
  { "BEGIN:VCALENDAR", 15, N_("This is a calendar, not a table.") },
  { "\x7f"
    "ELF",
    4,
    N_("This is a program, not a table.") },
  { "MZ\x90", 3, N_("This is a program, not a table.") },
};

static gboolean
has_bytes (const guint8 *data, gsize length, const char *bytes)
{
  return data != NULL && memmem (data, length, bytes, strlen (bytes)) != NULL;
}

static const char *
describe_zip (const guint8 *data, gsize length)
{
  if (has_bytes (data, length, "opendocument.spreadsheet"))
    return _("This is a spreadsheet of LibreOffice. Save the sheet as CSV first.");
  if (has_bytes (data, length, "[Content_Types].xml") || has_bytes (data, length, "xl/"))
    return _("This is an Excel workbook. Save the sheet as CSV first.");
  return _(ARCHIVE);
}

/* White space and a byte order mark in front of a text mean nothing. */
static const guint8 *
skip_space (const guint8 *data, gsize *length)
{
  if (*length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    data += 3, *length -= 3;
  while (*length > 0 && g_ascii_isspace (*data))
    data++, (*length)--;
  return data;
}

static gboolean
begins_with (const guint8 *data, gsize length, const char *word)
{
  return length >= strlen (word) &&
         g_ascii_strncasecmp ((const char *) data, word, strlen (word)) == 0;
}

static const char *
describe_markup (const guint8 *data, gsize length)
{
  data = skip_space (data, &length);
  if (begins_with (data, length, "<!doctype html") || begins_with (data, length, "<html"))
    return _("This is a web page, not a table. Was it a page to sign in that was saved?");
  if (begins_with (data, length, "<?xml"))
    return _("This is an XML file. Save it as CSV first.");
  return NULL;
}

static const char *
describe_foreign (const guint8 *data, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (length >= magics[i].length && memcmp (data, magics[i].bytes, magics[i].length) == 0)
      return _(magics[i].message);
  if (length >= 4 && memcmp (data, "PK\x03\x04", 4) == 0)
    return describe_zip (data, length);
  return describe_markup (data, length);
}

static gboolean
is_control (guint c)
{
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1a) || c == 0x7f;
}

/* A stray character that can't be shown costs its row; a file full of them is no text. */
static gboolean
is_binary (const guint8 *data, gsize length, const char *encoding)
{
  gsize unit = g_str_has_prefix (encoding, "UTF-16")   ? 2
               : g_str_has_prefix (encoding, "UTF-32") ? 4
                                                       : 1;
  gboolean low_first = g_str_has_suffix (encoding, "LE");
  gsize controls = 0;

  for (gsize i = 0; i + unit <= length; i += unit)
    {
      guint c = 0;

      for (gsize k = 0; k < unit; k++)
        c = c << 8 | data[low_first ? i + unit - 1 - k : i + k];
      controls += is_control (c);
    }
  return controls * 20 > length / unit;
}

static gboolean
fail (const char *message, GError **error)
{
  kontor_set_error (error, KONTOR_FORMATS_ERROR, KONTOR_ERROR_INVALID, "%s", message);
  return FALSE;
}

/* The first word, in whatever encoding: what is no ASCII in front of it is a mark. */
static gboolean
is_vcard (const guint8 *data, gsize length)
{
  static const char word[] = "BEGIN:VCARD";
  gsize found = 0;

  for (gsize i = 0; i < length && found < sizeof word - 1; i++)
    {
      if (data[i] == '\0' || data[i] >= 0x80 || (found == 0 && g_ascii_isspace (data[i])))
        continue;
      if (g_ascii_toupper ((char) data[i]) != word[found])
        return FALSE;
      found++;
    }
  return found == sizeof word - 1;
}

/* Of text in UTF-16 the first bytes of interest are all ASCII. */
static guint8
get_first (const guint8 *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (data[i] != '\0' && data[i] < 0x80 && !g_ascii_isspace (data[i]))
      return data[i];
    else if (data[i] >= 0x80 && i >= 3)
      break;
  return '\0';
}

/**
 * kontor_file_kind_guess:
 * @data: (array length=length): bytes from the start of a file
 * @length: how many
 * @encoding: what kontor_text_guess_encoding() says about them
 * @kind: (out): what can be read
 * @error: (nullable): place for an error that says what the file is instead
 *
 * Returns: %FALSE with @error set: it can't be read as rows or records
 */
gboolean
kontor_file_kind_guess (const guint8 *data,
                        gsize length,
                        const char *encoding,
                        KontorFileKind *kind,
                        GError **error)
{
  const char *foreign = describe_foreign (data, length);
  gsize rest = length;
  guint8 first;

  if (foreign != NULL)
    return fail (foreign, error);
  skip_space (data, &rest);
  if (rest == 0)
    return fail (_("The file is empty."), error);
  if (is_binary (data, length, encoding))
    return fail (_("This is not a text file."), error);
  if (is_vcard (data, length))
    {
      *kind = KONTOR_FILE_VCARD;
      return TRUE;
    }
  first = get_first (data, length);
  if (first == '[' && has_bytes (data, length, "{"))
    return fail (_("This is a JSON array. JSON lines have one object a line, without brackets "
                    "around them and commas between them."),
                 error);
  *kind = first == '{' ? KONTOR_FILE_JSON_LINES : KONTOR_FILE_CSV;
  return TRUE;
}
