/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words, signs and values of the text form of filters and queries, and what to say when
 * something else stands there. Input is hostile until it is read. */
#include "config.h"

#include "kontor-filter-private.h"

#include "kontor-error.h"
#include "kontor-validate.h"
#include <string.h>
#include <glib/gi18n-lib.h>

#define MAX_NAME 64

static gsize
count_column (KontorScanner *scanner, const char *at)
{
  return (gsize) g_utf8_strlen (scanner->text, at - scanner->text) + 1;
}

/**
 * kontor_scanner_fail:
 * @scanner: a scanner
 * @at: where in the text it is wrong
 * @code: what the caller can do
 * @error: (nullable): place for an error
 * @format: a sentence in the user's language
 * @...: its arguments
 *
 * Returns: %FALSE, with @error set to an error that names the column
 */
gboolean
kontor_scanner_fail (KontorScanner *scanner,
                     const char *at,
                     int code,
                     GError **error,
                     const char *format,
                     ...)
{
  g_autofree char *message = NULL;
  g_autofree char *column = NULL;
  va_list args;

  if (error == NULL)
    return FALSE;
  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  *error = kontor_error_new (KONTOR_MODEL_ERROR, (KontorErrorCode) code, "%s", message);
  column = g_strdup_printf ("%" G_GSIZE_FORMAT, count_column (scanner, at));
  kontor_error_set_column (*error, column);
  return FALSE;
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
skip_space (KontorScanner *scanner)
{
  while (is_space (*scanner->at))
    scanner->at++;
}

/* What stands here, short enough for a message. */
static char *
dup_found (const char *at)
{
  const char *end = at;
  guint n = 0;

  while (*end != '\0' && !is_space (*end) && n++ < 24)
    end = g_utf8_next_char (end);
  return g_strndup (at, end - at);
}

/**
 * kontor_scanner_fail_expected:
 * @scanner: a scanner
 * @what: what should stand here, in the user's language
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE, with @error set
 */
gboolean
kontor_scanner_fail_expected (KontorScanner *scanner, const char *what, GError **error)
{
  g_autofree char *found = NULL;

  skip_space (scanner);
  if (*scanner->at == '\0')
    return kontor_scanner_fail (scanner,
                                scanner->at,
                                KONTOR_ERROR_INVALID,
                                error,
                                /* Translators: %s is a list such as “and”, “or” or “)”. */
                                _("The text ends too early. Expected: %s."),
                                what);
  found = dup_found (scanner->at);
  return kontor_scanner_fail (scanner,
                              scanner->at,
                              KONTOR_ERROR_INVALID,
                              error,
                              /* Translators: what was typed, then a list such as “and” or “)”. */
                              _("“%s” can't stand here. Expected: %s."),
                              found,
                              what);
}

/**
 * kontor_scanner_init:
 * @scanner: (out): a scanner at the beginning of @text
 * @schema: fields
 * @text: a text that outlives it
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set where @text is too long or no UTF-8
 */
gboolean
kontor_scanner_init (KontorScanner *scanner, KontorSchema *schema, const char *text, GError **error)
{
  const char *end;

  *scanner = (KontorScanner){ .schema = schema, .text = text, .at = text };
  if (strnlen (text, KONTOR_FILTER_MAX_TEXT + 1) > KONTOR_FILTER_MAX_TEXT)
    {
      kontor_set_error (error,
                        KONTOR_MODEL_ERROR,
                        KONTOR_ERROR_LIMIT,
                        _("The filter is longer than %d bytes."),
                        KONTOR_FILTER_MAX_TEXT);
      return FALSE;
    }
  if (!g_utf8_validate (text, -1, &end))
    return kontor_scanner_fail (scanner,
                                end,
                                KONTOR_ERROR_INVALID,
                                error,
                                _("This is not text in UTF-8."));
  return TRUE;
}

gboolean
kontor_scanner_is_at_end (KontorScanner *scanner)
{
  skip_space (scanner);
  return *scanner->at == '\0';
}

/* Letters of any script: no field has them in its name, but people will write them. */
static gsize
measure_name (const char *at)
{
  const char *end = at;

  while (*end == '_' || g_unichar_isalnum (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  return (gsize) (end - at);
}

gboolean
kontor_scanner_peek_keyword (KontorScanner *scanner, const char *keyword)
{
  gsize length = strlen (keyword);

  skip_space (scanner);
  return measure_name (scanner->at) == length &&
         g_ascii_strncasecmp (scanner->at, keyword, length) == 0;
}

gboolean
kontor_scanner_take_keyword (KontorScanner *scanner, const char *keyword)
{
  if (!kontor_scanner_peek_keyword (scanner, keyword))
    return FALSE;
  scanner->at += strlen (keyword);
  return TRUE;
}

gboolean
kontor_scanner_take_char (KontorScanner *scanner, char c)
{
  skip_space (scanner);
  if (*scanner->at != c)
    return FALSE;
  scanner->at++;
  return TRUE;
}

/**
 * kontor_scanner_take_operator:
 * @scanner: a scanner
 * @op: (out): the operator whose sign stands here
 *
 * Returns: whether one does
 */
gboolean
kontor_scanner_take_operator (KontorScanner *scanner, KontorFilterOp *op)
{
  /* The longer ones first. */
  static const KontorFilterOp ops[] = {
    KONTOR_OP_NE, KONTOR_OP_LE, KONTOR_OP_GE, KONTOR_OP_STARTS,
    KONTOR_OP_EQ, KONTOR_OP_LT, KONTOR_OP_GT, KONTOR_OP_CONTAINS
  };

  skip_space (scanner);
  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    {
      const char *sign = kontor_filter_op_sign (ops[i]);

      if (!g_str_has_prefix (scanner->at, sign))
        continue;
      scanner->at += strlen (sign);
      *op = ops[i];
      return TRUE;
    }
  return FALSE;
}

/**
 * kontor_scanner_take_name:
 * @scanner: a scanner
 *
 * Returns: (transfer full) (nullable): the name that stands here
 */
char *
kontor_scanner_take_name (KontorScanner *scanner)
{
  gsize length;
  char *name;

  skip_space (scanner);
  length = measure_name (scanner->at);
  if (length == 0 || length > MAX_NAME)
    return NULL;
  name = g_strndup (scanner->at, length);
  scanner->at += length;
  return name;
}

/* --- Values --------------------------------------------------------------------------------- */

static char *
take_quoted (KontorScanner *scanner, GError **error)
{
  g_autoptr(GString) value = g_string_new (NULL);
  const char *begin = scanner->at++;

  for (; *scanner->at != '"'; scanner->at++)
    {
      if (*scanner->at == '\\' && (scanner->at[1] == '"' || scanner->at[1] == '\\'))
        scanner->at++;
      if (*scanner->at == '\0')
        {
          kontor_scanner_fail (scanner,
                               begin,
                               KONTOR_ERROR_INVALID,
                               error,
                               _("The quotation mark is not closed."));
          return NULL;
        }
      g_string_append_c (value, *scanner->at);
    }
  scanner->at++;
  return g_string_free (g_steal_pointer (&value), FALSE);
}

static gboolean
ends_word (char c, gboolean in_list)
{
  return c == '\0' || is_space (c) || c == '(' || c == ')' || c == '"' || (in_list && c == ',');
}

/**
 * kontor_scanner_take_value:
 * @scanner: a scanner
 * @in_list: a comma ends it, too
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): the value that stands here, %NULL with @error set where none
 *   does
 */
char *
kontor_scanner_take_value (KontorScanner *scanner, gboolean in_list, GError **error)
{
  const char *end;
  char *value;

  skip_space (scanner);
  if (++scanner->n_values > KONTOR_FILTER_MAX_VALUES)
    {
      kontor_scanner_fail (scanner,
                           scanner->at,
                           KONTOR_ERROR_LIMIT,
                           error,
                           _("There are more than %d values."),
                           KONTOR_FILTER_MAX_VALUES);
      return NULL;
    }
  if (*scanner->at == '"')
    return take_quoted (scanner, error);
  for (end = scanner->at; !ends_word (*end, in_list); end++)
    continue;
  if (end == scanner->at || strchr ("=<>!~^", *scanner->at) != NULL ||
      kontor_filter_is_keyword (scanner->at, end - scanner->at))
    {
      kontor_scanner_fail_expected (scanner,
                                    _(
                                      "a value; put it in quotation marks (\"…\") where it is more "
                                      "than a word"),
                                    error);
      return NULL;
    }
  value = g_strndup (scanner->at, end - scanner->at);
  scanner->at = end;
  return value;
}

/* --- Names that are looked up --------------------------------------------------------------- */

/* Edits that make one word of another, swapped letters counting as one; names are short. */
static guint
count_edits (const char *a, const char *b)
{
  guint8 rows[3][MAX_NAME + 1];
  gsize n = MIN (strlen (b), MAX_NAME);

  for (gsize j = 0; j <= n; j++)
    rows[0][j] = (guint8) j;
  for (gsize i = 1; a[i - 1] != '\0'; i++)
    {
      const guint8 *above = rows[(i + 2) % 3];
      guint8 *row = rows[i % 3];

      row[0] = (guint8) i;
      for (gsize j = 1; j <= n; j++)
        {
          guint edits = above[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u);

          edits = MIN (edits, MIN (row[j - 1], above[j]) + 1u);
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            edits = MIN (edits, rows[(i + 1) % 3][j - 2] + 1u);
          row[j] = (guint8) edits;
        }
    }
  return rows[strlen (a) % 3][n];
}

static void
consider (const char *name, const char *candidate, const char **nearest, guint *least)
{
  guint edits;

  if (strlen (name) > MAX_NAME)
    return;
  edits = count_edits (name, candidate);
  if (strlen (name) > 2 && g_str_has_prefix (candidate, name))
    edits = 1;
  if (edits < *least)
    {
      *least = edits;
      *nearest = candidate;
    }
}

static gboolean
is_alias (const char *const *aliases, const char *name)
{
  return aliases != NULL && g_strv_contains (aliases, name);
}

static const char *
find_nearest_field (KontorScanner *scanner, const KontorRecordType *type, const char *name)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (scanner->schema, type);
  g_autofree char *lower = g_utf8_strdown (name, -1);
  const char *nearest = NULL;
  guint least = G_MAXUINT;

  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);

      if (is_alias (field->import, lower))
        return field->name;
      consider (lower, field->name, &nearest, &least);
    }
  return least <= MAX (1, strlen (name) / 3) ? nearest : NULL;
}

static const char *
find_nearest_type (const char *name)
{
  g_autofree char *lower = g_utf8_strdown (name, -1);
  const char *nearest = NULL;
  guint least = G_MAXUINT;

  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);

      if (is_alias (type->import, lower))
        return type->name;
      consider (lower, type->name, &nearest, &least);
    }
  return least <= MAX (1, strlen (name) / 3) ? nearest : NULL;
}

/**
 * kontor_scanner_take_type:
 * @scanner: a scanner
 * @error: (nullable): place for an error
 *
 * Returns: (transfer none) (nullable): the record type whose name stands here, %NULL with @error
 * set
 */
const KontorRecordType *
kontor_scanner_take_type (KontorScanner *scanner, GError **error)
{
  g_autofree char *name = kontor_scanner_take_name (scanner);
  const KontorRecordType *type = kontor_record_type_by_name (name);
  const char *at = scanner->at;
  const char *nearest;

  if (type != NULL)
    return type;
  if (name == NULL)
    {
      kontor_scanner_fail_expected (scanner, _("a type of records, such as contact"), error);
      return NULL;
    }
  nearest = find_nearest_type (name);
  at -= strlen (name);
  if (nearest != NULL)
    kontor_scanner_fail (scanner,
                         at,
                         KONTOR_ERROR_NOT_FOUND,
                         error,
                         _("There are no records of type “%s”. Did you mean “%s”?"),
                         name,
                         nearest);
  else
    kontor_scanner_fail (scanner,
                         at,
                         KONTOR_ERROR_NOT_FOUND,
                         error,
                         _("There are no records of type “%s”."),
                         name);
  return NULL;
}

static void
fail_field (KontorScanner *scanner,
            const KontorRecordType *type,
            const char *name,
            const char *at,
            GError **error)
{
  const char *nearest = find_nearest_field (scanner, type, name);

  if (nearest != NULL)
    kontor_scanner_fail (scanner,
                         at,
                         KONTOR_ERROR_NOT_FOUND,
                         error,
                         _("Records of type “%s” have no field “%s”. Did you mean “%s”?"),
                         type->name,
                         name,
                         nearest);
  else
    kontor_scanner_fail (scanner,
                         at,
                         KONTOR_ERROR_NOT_FOUND,
                         error,
                         _("Records of type “%s” have no field “%s”."),
                         type->name,
                         name);
  if (error != NULL)
    kontor_error_set_field (*error, name);
}

/* The custom field with that label; of two with one label neither. */
static const KontorFieldDef *
find_by_label (KontorScanner *scanner, const KontorRecordType *type, const char *label)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_custom_fields (scanner->schema, type);
  g_autofree char *folded = g_utf8_casefold (label, -1);
  const KontorFieldDef *found = NULL;

  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);
      g_autofree char *other = g_utf8_casefold (field->label, -1);

      if (!g_str_equal (folded, other))
        continue;
      if (found != NULL)
        return NULL;
      found = field;
    }
  return found;
}

/**
 * kontor_scanner_take_field:
 * @scanner: a scanner
 * @type: a record type
 * @error: (nullable): place for an error
 *
 * Returns: (transfer none) (nullable): the field of @type whose name, or label in quotes, stands
 *   here; %NULL with @error set
 */
const KontorFieldDef *
kontor_scanner_take_field (KontorScanner *scanner, const KontorRecordType *type, GError **error)
{
  const KontorFieldDef *field = NULL;
  g_autofree char *name = NULL;
  const char *at;

  skip_space (scanner);
  at = scanner->at;
  if (*at == '"')
    {
      name = take_quoted (scanner, error);
      if (name == NULL)
        return NULL;
      field = find_by_label (scanner, type, name);
    }
  else
    {
      name = kontor_scanner_take_name (scanner);
    }
  if (name == NULL || *name == '\0')
    {
      scanner->at = at;
      kontor_scanner_fail_expected (scanner, _("a field, such as name"), error);
      return NULL;
    }
  if (field == NULL)
    field = kontor_schema_find_field (scanner->schema, type, name);
  if (field == NULL)
    fail_field (scanner, type, name, at, error);
  return field;
}
