/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells into values. Plain text, which is most of a file, takes the short way; the rest goes
 * through the parser of the model. */
#include "config.h"

#include "kontor-country.h"
#include "kontor-csv-writer.h"
#include "kontor-error.h"
#include "kontor-import-private.h"
#include "kontor-model.h"
#include "kontor-number.h"
#include <string.h>
#include <glib/gi18n-lib.h>

/* No field of text takes less, so that shorter texts need not be measured. */
#define SHORT_TEXT 250

/* Without space around it, and without characters that can't be shown. */
static gboolean
is_plain (const char *text, gsize *length)
{
  const guchar *at = (const guchar *) text;

  if (g_ascii_isspace (*at))
    return FALSE;
  for (; *at != '\0'; at++)
    if (*at < 0x20 || *at == 0x7f || (*at == 0xc2 && at[1] < 0xa0))
      return FALSE;
  *length = (gsize) (at - (const guchar *) text);
  return *length > 0 && *length <= SHORT_TEXT && !g_ascii_isspace (at[-1]);
}

static gboolean
is_free_text (const KontorFieldDef *field)
{
  return field->kind == KONTOR_FIELD_TEXT || field->kind == KONTOR_FIELD_NAME ||
         field->kind == KONTOR_FIELD_LONG_TEXT || field->kind == KONTOR_FIELD_PHONE ||
         field->kind == KONTOR_FIELD_ADDRESS;
}

/* Exports of databases write the lines of an address as "Main Road 1\nFlat 2". */
static char *
break_lines (const char *text)
{
  g_auto(GStrv) lines = NULL;

  if (strstr (text, "\\n") == NULL)
    return g_strdup (text);
  lines = g_strsplit (text, strstr (text, "\\r\\n") != NULL ? "\\r\\n" : "\\n", -1);
  return g_strjoinv ("\n", lines);
}

/* Access keeps links as "text#address#part". */
static char *
clean_web (const char *text)
{
  const char *first = strchr (text, '#');
  const char *last = strrchr (text, '#');

  if (first == NULL || last == first || last[1] != '\0')
    return g_strdup (text);
  last = strchr (first + 1, '#');
  return g_strndup (first + 1, last - first - 1);
}

/**
 * kontor_import_clean_text:
 * @field: a field of text
 * @text: a cell
 * @error: (nullable): place for an error with field and value
 *
 * Returns: (transfer full) (nullable): the text as it is kept; %NULL without @error set: nothing is
 *   left of it
 */
char *
kontor_import_clean_text (const KontorFieldDef *field, const char *text, GError **error)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  g_autofree char *changed = NULL;
  gsize length;

  text = kontor_csv_unguard (text);
  if (field->kind == KONTOR_FIELD_ADDRESS)
    text = changed = break_lines (text);
  else if (field->kind == KONTOR_FIELD_WEB)
    text = changed = clean_web (text);
  if (is_free_text (field) && is_plain (text, &length))
    return changed != NULL ? g_steal_pointer (&changed) : g_strndup (text, length);
  if (!kontor_value_parse (field, text, &value, error) ||
      !kontor_validate_value (NULL, field, &value, error))
    return NULL;
  return value.type == KONTOR_VALUE_TEXT ? g_strdup (value.text) : NULL;
}

static void
put_text (KontorImportCell *cell, KontorRecord *record, char *text)
{
  const char *before = cell->joined ? kontor_record_value_text (record, cell->field) : NULL;

  if (before == NULL)
    {
      kontor_record_take_text (record, cell->field, text);
      return;
    }
  kontor_record_take_text (record,
                           cell->field,
                           g_strconcat (before,
                                        cell->field->kind == KONTOR_FIELD_LONG_TEXT ||
                                            cell->field->kind == KONTOR_FIELD_ADDRESS
                                          ? "\n"
                                          : " ",
                                        text,
                                        NULL));
  g_free (text);
}

/* --- Fields with few values ------------------------------------------------------------------- */

/* Returns the code, owned; %NULL with @error set. */
static char *
find_code (KontorImportPlan *plan,
           KontorImportCell *cell,
           const char *text,
           gboolean *stays,
           GError **error)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  *stays = TRUE;
  if (cell->field->kind == KONTOR_FIELD_PICK)
    return g_strdup (kontor_import_picks_find (plan->picks, cell->field, text, stays, error));
  if (!kontor_value_parse (cell->field, text, &value, error) ||
      !kontor_validate_value (plan->schema, cell->field, &value, error))
    return NULL;
  return kontor_value_to_text (cell->field, &value);
}

static gboolean
read_code (KontorImportPlan *plan,
           KontorImportCell *cell,
           const char *text,
           KontorRecord *record,
           GError **error)
{
  const char *code = g_hash_table_lookup (cell->codes, text);
  g_autofree char *found = NULL;
  KontorValue value = { .type = KONTOR_VALUE_INTEGER };
  gboolean stays;

  if (code == NULL)
    {
      code = found = find_code (plan, cell, text, &stays, error);
      if (found == NULL)
        return FALSE;
      if (stays)
        g_hash_table_insert (cell->codes, g_strdup (text), g_strdup (found));
    }
  if (kontor_field_kind_storage (cell->field->kind) == KONTOR_STORAGE_TEXT)
    {
      kontor_record_take_text (record, cell->field, g_strdup (code));
      return TRUE;
    }
  value.integer = *code == '1';
  kontor_record_set_value (record, cell->field, &value);
  return TRUE;
}

/* --- Days, numbers, money --------------------------------------------------------------------- */

static gboolean
fail_kind (const KontorFieldDef *field, const char *text, GError **error)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  /* the parser knows the sentence; what it could read in another order is said to be wrong too */
  if (kontor_value_parse (field, text, &value, error))
    {
      kontor_set_error (error,
                        KONTOR_EXCHANGE_ERROR,
                        KONTOR_ERROR_INVALID,
                        /* Translators: name of a field, a text */
                        _("%s: “%s” is not a date like the others in this column."),
                        kontor_field_get_label (field),
                        text);
      if (error != NULL)
        {
          kontor_error_set_field (*error, field->name);
          kontor_error_set_value (*error, text);
        }
    }
  return FALSE;
}

static gboolean
read_date (KontorImportCell *cell, const char *text, KontorRecord *record, GError **error)
{
  KontorDateOrder order =
    cell->order != KONTOR_DATE_ORDER_UNKNOWN ? cell->order : kontor_date_order_of_locale ();
  char *iso = kontor_date_is_iso (text) ? g_strdup (text) : kontor_date_parse_iso (text, order);

  if (iso == NULL)
    return fail_kind (cell->field, text, error);
  kontor_record_take_text (record, cell->field, iso);
  return TRUE;
}

static gboolean
read_instant (KontorImportCell *cell, const char *text, KontorRecord *record, GError **error)
{
  KontorDateOrder order =
    cell->order != KONTOR_DATE_ORDER_UNKNOWN ? cell->order : kontor_date_order_of_locale ();
  KontorValue value = { .type = KONTOR_VALUE_INTEGER };

  if (!kontor_instant_parse (text, order, &value.integer))
    return fail_kind (cell->field, text, error);
  kontor_record_set_value (record, cell->field, &value);
  return TRUE;
}

/* The same number with a full stop as its only mark, which can't be taken for thousands. */
static char *
rewrite_number (const char *text, char decimal)
{
  GString *out;
  const char *point;

  if (decimal == '\0')
    return g_strdup (text);
  out = g_string_new (NULL);
  point = strrchr (text, decimal);
  for (const char *at = text; *at != '\0'; at++)
    if (at == point)
      g_string_append_c (out, '.');
    else if (*at != '.' && *at != ',')
      g_string_append_c (out, *at);
  if (point != NULL && strspn (point + 1, "0123456789") == 3)
    g_string_insert_c (out, (gssize) (strchr (out->str, '.') - out->str) + 4, '0');
  return g_string_free (out, FALSE);
}

static gboolean
read_money (KontorImportPlan *plan,
            KontorImportCell *cell,
            const char *text,
            KontorRecord *record,
            GError **error)
{
  const KontorFieldDef *companion =
    kontor_record_type_find_field (kontor_record_get_record_type (record), cell->field->companion);
  const char *known = kontor_record_value_text (record, companion);
  g_autofree char *number = rewrite_number (text, cell->decimal);
  g_autofree char *currency = NULL;
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  if (!kontor_value_parse_with (cell->field,
                                number,
                                known != NULL ? known : plan->currency,
                                &value,
                                &currency,
                                error))
    return FALSE;
  kontor_record_set_value (record, cell->field, &value);
  if (currency != NULL)
    kontor_record_take_text (record, companion, g_steal_pointer (&currency));
  return TRUE;
}

static gboolean
read_other (KontorImportPlan *plan,
            KontorImportCell *cell,
            const char *text,
            KontorRecord *record,
            GError **error)
{
  g_autofree char *number = cell->decimal != '\0' ? rewrite_number (text, cell->decimal) : NULL;
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  if (!kontor_value_parse (cell->field, number != NULL ? number : text, &value, error) ||
      !kontor_validate_value (plan->schema, cell->field, &value, error))
    return FALSE;
  kontor_record_take_value (record, cell->field, &value);
  return TRUE;
}

static gboolean
read_text (KontorImportCell *cell, const char *text, KontorRecord *record, GError **error)
{
  GError *local_error = NULL;
  char *clean = kontor_import_clean_text (cell->field, text, &local_error);

  if (clean != NULL)
    put_text (cell, record, clean);
  else if (local_error != NULL)
    g_propagate_error (error, local_error);
  return local_error == NULL;
}

/**
 * kontor_import_read_cell:
 * @plan: a plan
 * @cell: a column of values
 * @text: the cell, not empty
 * @record: where the value goes
 * @error: (nullable): place for an error with field and value
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_import_read_cell (KontorImportPlan *plan,
                         KontorImportCell *cell,
                         const char *text,
                         KontorRecord *record,
                         GError **error)
{
  g_autofree char *trimmed = NULL;
  gsize length = strlen (text);

  if (is_free_text (cell->field) || cell->field->kind == KONTOR_FIELD_MAIL ||
      cell->field->kind == KONTOR_FIELD_WEB)
    return read_text (cell, text, record, error);
  if (g_ascii_isspace (text[0]) || g_ascii_isspace (text[length - 1]) || text[0] == '\'')
    text = trimmed = g_strstrip (g_strdup (kontor_csv_unguard (text)));
  if (*text == '\0')
    return TRUE;
  if (cell->codes != NULL)
    return read_code (plan, cell, text, record, error);
  switch (cell->field->kind)
    {
    case KONTOR_FIELD_DATE:
      return read_date (cell, text, record, error);
    case KONTOR_FIELD_INSTANT:
      return read_instant (cell, text, record, error);
    case KONTOR_FIELD_MONEY:
      return read_money (plan, cell, text, record, error);
    default:
      return read_other (plan, cell, text, record, error);
    }
}

/* --- Labels ------------------------------------------------------------------------------------
 */

static gboolean
is_word (const char *folded, const char *const *words)
{
  return g_strv_contains (words, folded);
}

/**
 * kontor_import_settle_label:
 * @point: a contact point of a row
 * @kind: (nullable): what its column is of
 *
 * Labels of other programs: "* Mobile" is the first choice among phones and of another kind, "Work
 * Fax" is a fax, "Home" is the same as of a card; "SMTP" of Outlook says nothing.
 */
void
kontor_import_settle_label (KontorRecord *point, const char *kind)
{
  static const char *const mobile[] = { "mobile", "cell", "iphone", "мобильный", NULL };
  static const char *const fax[] = { "fax", "work fax", "home fax", "other fax", NULL };
  static const char *const systems[] = { "smtp", "ex", NULL };
  static const char *const plain[] = { "home", "work", "other", "main", "pager", "school", NULL };
  g_autofree char *label = g_strdup (kontor_record_get_text (point, KONTOR_CONTACT_POINT_LABEL));
  g_autofree char *folded = NULL;

  if (label == NULL)
    return;
  if (g_str_has_prefix (label, "* "))
    {
      kontor_record_set_integer (point, KONTOR_CONTACT_POINT_MAIN, 1);
      memmove (label, label + 2, strlen (label + 2) + 1);
      kontor_record_set_text (point, KONTOR_CONTACT_POINT_LABEL, label);
    }
  folded = kontor_import_fold_header (label);
  if (is_word (folded, systems))
    kontor_record_set_null (point, KONTOR_CONTACT_POINT_LABEL);
  if (is_word (folded, plain))
    kontor_record_set_text (point, KONTOR_CONTACT_POINT_LABEL, folded);
  if (g_strcmp0 (kind, "phone") != 0 || !(is_word (folded, mobile) || is_word (folded, fax)))
    return;
  kontor_record_set_text (point,
                          KONTOR_CONTACT_POINT_KIND,
                          is_word (folded, mobile) ? "mobile" : "fax");
  *strchrnul (folded, ' ') = '\0';
  kontor_record_set_text (point,
                          KONTOR_CONTACT_POINT_LABEL,
                          is_word (folded, plain) ? folded : NULL);
}
