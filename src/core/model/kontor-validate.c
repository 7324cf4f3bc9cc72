/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks of values and records. Messages say what is wrong and what to do; where it is wrong
 * stands in the detail of the error. */
#include "config.h"

#include "kontor-validate-private.h"

#include "kontor-country.h"
#include "kontor-date.h"
#include "kontor-error.h"
#include "kontor-json-private.h"
#include "kontor-number.h"
#include "kontor-record-private.h"
#include <string.h>
#include <glib/gi18n-lib.h>

/* Whole numbers beyond don't survive JSON readers that keep doubles. */
#define MAX_INTEGER (G_GINT64_CONSTANT (1) << 53)
/* 31 December 9999, the last day dates can have. */
#define MAX_INSTANT G_GINT64_CONSTANT (253402300799999)
#define MIN_INSTANT G_GINT64_CONSTANT (-62135596800000)

/**
 * kontor_model_error_quark:
 *
 * Returns: the domain of this library's errors
 */
GQuark
kontor_model_error_quark (void)
{
  static gsize quark;

  if (g_once_init_enter (&quark))
    g_once_init_leave (&quark, kontor_error_domain_register ("kontor-model-error"));

  return (GQuark) quark;
}

/**
 * kontor_validate_fail:
 * @field: the field
 * @value: (nullable): the value that is wrong
 * @message: a sentence in the user's language
 * @error: return location
 *
 * Returns: %FALSE, with @error set
 */
gboolean
kontor_validate_fail (const KontorFieldDef *field,
                      const char *value,
                      const char *message,
                      GError **error)
{
  GError *local = kontor_error_new (KONTOR_MODEL_ERROR,
                                    KONTOR_ERROR_INVALID,
                                    /* Translators: name of a field, then what is wrong there */
                                    C_("error", "%s: %s"),
                                    kontor_field_get_label (field),
                                    message);

  kontor_error_set_field (local, field->name);
  kontor_error_set_value (local, value);
  g_propagate_error (error, local);
  return FALSE;
}

/* What a value that can't be read as @kind should be; takes the shortened value. */
static const char *
get_kind_message (KontorFieldKind kind)
{
  switch (kind)
    {
    case KONTOR_FIELD_INTEGER:
      return _("“%s” is not a whole number.");
    case KONTOR_FIELD_DECIMAL:
    case KONTOR_FIELD_PERCENT:
      return _("“%s” is not a number.");
    case KONTOR_FIELD_MONEY:
      return _("“%s” is not an amount of money.");
    case KONTOR_FIELD_CURRENCY:
      return _("“%s” is not a currency. Use a code such as EUR.");
    case KONTOR_FIELD_BOOLEAN:
      return _("“%s” is neither yes nor no.");
    case KONTOR_FIELD_DATE:
      return _("“%s” is not a date.");
    case KONTOR_FIELD_INSTANT:
    case KONTOR_FIELD_WALL_TIME:
      return _("“%s” is not a date and time.");
    case KONTOR_FIELD_DURATION:
      return _("“%s” is not a duration. Write it as 1:30:00.");
    case KONTOR_FIELD_COUNTRY:
      return _("“%s” is not a country. Use its name or a code such as DE.");
    case KONTOR_FIELD_ZONE:
      return _("“%s” is not a time zone. Use a name such as Europe/Berlin.");
    case KONTOR_FIELD_MAIL:
      return _("“%s” is not an e-mail address.");
    case KONTOR_FIELD_WEB:
      return _("“%s” is not a web address. Only http and https can be used.");
    case KONTOR_FIELD_CHOICE:
    case KONTOR_FIELD_PICK:
      return _("“%s” is not one of the values of the list.");
    case KONTOR_FIELD_LINK:
    case KONTOR_FIELD_LINK_ANY:
      return _("“%s” is not the id of a record.");
    case KONTOR_FIELD_TYPE:
      return _("“%s” is not a type of records.");
    case KONTOR_FIELD_FILE:
      return _("“%s” is not the fingerprint of a file.");
    case KONTOR_FIELD_JSON:
      return _("“%s” is not JSON.");
    default:
      return _("“%s” can’t be kept here.");
    }
}

/**
 * kontor_validate_fail_kind:
 * @field: the field
 * @value: the value that isn't of the field's kind
 * @error: return location
 *
 * Returns: %FALSE, with @error set
 */
gboolean
kontor_validate_fail_kind (const KontorFieldDef *field, const char *value, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (value, strnlen (value, 400));
  g_autofree char *start =
    g_utf8_strlen (valid, -1) > 60 ? g_utf8_substring (valid, 0, 60) : g_strdup (valid);
  g_autofree char *message = g_strdup_printf (get_kind_message (field->kind), start);

  return kontor_validate_fail (field, value, message, error);
}

static gboolean
may_have_lines (KontorFieldKind kind)
{
  return kind == KONTOR_FIELD_LONG_TEXT || kind == KONTOR_FIELD_ADDRESS ||
         kind == KONTOR_FIELD_JSON;
}

/* C0, DEL and C1, but for what @lines allows. */
static gboolean
has_control (const char *text, gboolean lines)
{
  for (const guchar *at = (const guchar *) text; *at != '\0'; at++)
    if (*at < 0x20 ? !lines || (*at != '\n' && *at != '\t')
                   : *at == 0x7f || (*at == 0xc2 && at[1] < 0xa0))
      return TRUE;

  return FALSE;
}

static gboolean
check_length (const KontorFieldDef *field, const char *text, GError **error)
{
  gint64 max = kontor_field_max_length (field);
  gboolean is_bytes = field->kind == KONTOR_FIELD_LONG_TEXT || field->kind == KONTOR_FIELD_JSON;
  gsize bytes = strlen (text);
  g_autofree char *message = NULL;

  /* No need to count characters that fit as bytes. */
  if (bytes <= (gsize) max || (!is_bytes && g_utf8_strlen (text, -1) <= max))
    return TRUE;
  message = is_bytes ? g_strdup_printf (_("This text is longer than %d KB. Shorten it."),
                                        (int) (max / 1024))
                     : g_strdup_printf (ngettext ("This is longer than %d character. Shorten it.",
                                                  "This is longer than %d characters. Shorten it.",
                                                  (gulong) max),
                                        (int) max);
  return kontor_validate_fail (field, text, message, error);
}

static gboolean
is_mail (const char *text)
{
  const char *at = strrchr (text, '@');

  return at != NULL && at > text && at[1] != '\0' && strpbrk (text, " \t<>,;") == NULL;
}

/* No scheme, http or https; "host:8080" has none. Anything else could be run by who opens it. */
static gboolean
is_web (const char *text)
{
  gsize length = strcspn (text, ":/?#");
  const char *rest = text + length;

  if (strpbrk (text, " \t<>\"") != NULL)
    return FALSE;
  if (*rest != ':')
    return length > 0;
  if ((length == 4 && g_ascii_strncasecmp (text, "http", 4) == 0) ||
      (length == 5 && g_ascii_strncasecmp (text, "https", 5) == 0))
    return g_str_has_prefix (rest, "://") && rest[3] != '\0';
  if (memchr (text, '.', length) == NULL && strncmp (text, "localhost", length) != 0)
    return FALSE;
  rest++;
  length = strspn (rest, "0123456789");
  return length > 0 && length <= 5 &&
         (rest[length] == '\0' || strchr ("/?#", rest[length]) != NULL);
}

static gboolean
is_hash (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static gboolean
is_zone (const char *text)
{
  g_autoptr(GTimeZone) zone = NULL;

  if (strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") !=
        strlen (text) ||
      *text == '/')
    return FALSE;
  zone = g_time_zone_new_identifier (text);
  return zone != NULL;
}

static gboolean
is_wall_time (const char *text)
{
  g_autofree char *day = g_strndup (text, 10);

  if (strlen (text) != 19 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
      !kontor_date_is_iso (day))
    return FALSE;
  for (guint i = 11; i < 19; i++)
    if (i != 13 && i != 16 && !g_ascii_isdigit (text[i]))
      return FALSE;
  return memcmp (text + 11, "24", 2) < 0 && text[14] < '6' && text[17] < '6';
}

static gboolean
is_country (const char *text)
{
  g_autofree char *code = kontor_country_code_from_text (text);

  return g_strcmp0 (code, text) == 0;
}

static gboolean
has_kind (KontorSchema *schema, const KontorFieldDef *field, const char *text)
{
  switch (field->kind)
    {
    case KONTOR_FIELD_MAIL:
      return is_mail (text);
    case KONTOR_FIELD_WEB:
      return is_web (text);
    case KONTOR_FIELD_COUNTRY:
      return is_country (text);
    case KONTOR_FIELD_CURRENCY:
      return kontor_currency_is_valid (text);
    case KONTOR_FIELD_DATE:
      return kontor_date_is_iso (text);
    case KONTOR_FIELD_WALL_TIME:
      return is_wall_time (text);
    case KONTOR_FIELD_ZONE:
      return is_zone (text);
    case KONTOR_FIELD_CHOICE:
      return kontor_field_choice_label (field, text) != NULL;
    case KONTOR_FIELD_PICK:
      {
        const KontorPickValue *value = kontor_schema_find_pick (schema, field->pick, text);

        return value != NULL && g_str_equal (value->code, text);
      }
    case KONTOR_FIELD_TYPE:
      return kontor_record_type_by_name (text) != NULL;
    case KONTOR_FIELD_FILE:
      return is_hash (text);
    case KONTOR_FIELD_JSON:
      return kontor_json_is_valid (text);
    default:
      return TRUE;
    }
}

static gboolean
validate_text (KontorSchema *schema, const KontorFieldDef *field, const char *text, GError **error)
{
  if (!g_utf8_validate (text, -1, NULL))
    return kontor_validate_fail (field, text, _("This is not text in UTF-8."), error);
  if (!check_length (field, text, error))
    return FALSE;
  if (has_control (text, may_have_lines (field->kind)))
    return kontor_validate_fail (field,
                                 text,
                                 may_have_lines (field->kind)
                                   ? _("This text has characters that can’t be shown.")
                                   : _("This has a line break or characters that can’t be shown."),
                                 error);

  return has_kind (schema, field, text) || kontor_validate_fail_kind (field, text, error);
}

static gboolean
validate_integer (const KontorFieldDef *field, gint64 integer, GError **error)
{
  gint64 min = -MAX_INTEGER + 1, max = MAX_INTEGER - 1;
  KontorValue value = { .type = KONTOR_VALUE_INTEGER, .integer = integer };
  KontorValue low = value, high = value;
  g_autofree char *text = NULL;
  g_autofree char *low_text = NULL;
  g_autofree char *high_text = NULL;
  g_autofree char *message = NULL;

  if (field->kind == KONTOR_FIELD_BOOLEAN)
    min = 0, max = 1;
  else if (field->kind == KONTOR_FIELD_INSTANT)
    min = MIN_INSTANT, max = MAX_INSTANT;
  else if (field->min != 0 || field->max != 0)
    min = field->min, max = field->max;
  if (integer >= min && integer <= max)
    return TRUE;
  low.integer = min;
  high.integer = max;
  text = g_strdup_printf ("%" G_GINT64_FORMAT, integer);
  if (field->kind == KONTOR_FIELD_INSTANT)
    return kontor_validate_fail_kind (field, text, error);
  low_text = kontor_value_to_text (field, &low);
  high_text = kontor_value_to_text (field, &high);
  message = g_strdup_printf (_("It must be between %s and %s."), low_text, high_text);
  return kontor_validate_fail (field, text, message, error);
}

/**
 * kontor_validate_value:
 * @schema: fields and pick lists
 * @field: a field
 * @value: a value for it; NULL is always right here
 * @error: return location; invalid, with field and value
 *
 * A code of a pick list need not be offered any more; that it is taken off a list doesn't make the
 * records wrong that have it.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_validate_value (KontorSchema *schema,
                       const KontorFieldDef *field,
                       const KontorValue *value,
                       GError **error)
{
  static const KontorStorage storages[] = {
    [KONTOR_VALUE_NULL] = KONTOR_STORAGE_NONE,
    [KONTOR_VALUE_INTEGER] = KONTOR_STORAGE_INTEGER,
    [KONTOR_VALUE_TEXT] = KONTOR_STORAGE_TEXT,
    [KONTOR_VALUE_ID] = KONTOR_STORAGE_ID,
  };

  if (value->type == KONTOR_VALUE_NULL)
    return TRUE;
  if (storages[value->type] != kontor_field_kind_storage (field->kind))
    {
      g_autofree char *text = kontor_value_to_text (field, value);

      return kontor_validate_fail_kind (field, text, error);
    }
  if (value->type == KONTOR_VALUE_TEXT)
    return validate_text (schema, field, value->text, error);
  if (value->type == KONTOR_VALUE_INTEGER)
    return validate_integer (field, value->integer, error);

  return TRUE;
}

/* Money needs its currency, a wall time its zone, a link to anything the type it links to. */
static gboolean
check_companion (KontorRecord *record, const KontorFieldDef *field, GError **error)
{
  const KontorFieldDef *companion =
    kontor_record_type_find_field (kontor_record_get_record_type (record), field->companion);
  g_autofree char *message = NULL;

  if (companion == NULL || kontor_record_value_is_null (record, field) ||
      !kontor_record_value_is_null (record, companion) || field->kind == KONTOR_FIELD_WALL_TIME)
    return TRUE;
  message =
    g_strdup_printf (_("“%s” is missing. Fill it in too."), kontor_field_get_label (companion));
  return kontor_validate_fail (field, NULL, message, error);
}

/**
 * kontor_validate_record:
 * @schema: fields and pick lists
 * @record: a record
 * @error: return location; invalid, with field and value
 *
 * Checks each field, that required ones are there, and that companions are. Computed fields are the
 * store's. Whether links lead somewhere is the store's to check, too. A custom field is required of
 * new records only, and as long as it can be seen: those made before it was can still be edited.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_validate_record (KontorSchema *schema, KontorRecord *record, GError **error)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);
  g_autoptr(GPtrArray) custom = kontor_schema_get_custom_fields (schema, type);
  guint n_fields;
  const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n_fields);

  for (guint i = 0; i < n_fields + custom->len; i++)
    {
      const KontorFieldDef *field =
        i < n_fields ? fields[i] : g_ptr_array_index (custom, i - n_fields);
      KontorValue value;

      if ((field->flags & KONTOR_FIELD_COMPUTED) != 0 ||
          kontor_field_kind_storage (field->kind) == KONTOR_STORAGE_NONE)
        continue;
      value = kontor_record_peek (record, field);
      if (value.type == KONTOR_VALUE_NULL && (field->flags & KONTOR_FIELD_REQUIRED) != 0 &&
          ((field->flags & KONTOR_FIELD_CUSTOM) == 0 ||
           ((field->flags & KONTOR_FIELD_HIDDEN) == 0 && kontor_record_get_rid (record) == 0)))
        return kontor_validate_fail (field, NULL, _("This is missing. Fill it in."), error);
      if (!kontor_validate_value (schema, field, &value, error) ||
          (field->companion != NULL && !check_companion (record, field, error)))
        return FALSE;
    }
  return TRUE;
}
