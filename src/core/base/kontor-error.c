/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The errors of the core: domains whose errors carry a place, the sentence a person reads, and the
 * exit status of the command line. */
#include "config.h"

#include "kontor-error.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

/* A value is kept for the sentence, not for repair: a whole cell of a hostile file has no place in
 * it. */
#define VALUE_CHARACTERS 200

static GMutex domains_lock;
static GHashTable *domains; /* GQuark as pointer; guarded by domains_lock */

static KontorErrorDetail *
get_private (const GError *error)
{
  /* How GLib lays out the private part of a registered domain: see G_DEFINE_EXTENDED_ERROR. */
  const gsize alignment = 2 * sizeof (gsize);
  const gsize size = (sizeof (KontorErrorDetail) + (alignment - 1)) & ~(alignment - 1);

  return (KontorErrorDetail *) (((guint8 *) error) - size);
}

static void
init_detail (GError *error)
{
  memset (get_private (error), 0, sizeof (KontorErrorDetail));
}

static void
copy_detail (const GError *from, GError *to)
{
  const KontorErrorDetail *source = get_private (from);
  KontorErrorDetail *target = get_private (to);

  target->file = g_strdup (source->file);
  target->line = source->line;
  target->column = g_strdup (source->column);
  target->field = g_strdup (source->field);
  target->value = g_strdup (source->value);
}

static void
clear_detail (GError *error)
{
  KontorErrorDetail *detail = get_private (error);

  g_free (detail->file);
  g_free (detail->column);
  g_free (detail->field);
  g_free (detail->value);
}

static gboolean
is_own_domain (GQuark domain)
{
  gboolean found;

  g_mutex_lock (&domains_lock);
  found = domains != NULL && g_hash_table_contains (domains, GUINT_TO_POINTER (domain));
  g_mutex_unlock (&domains_lock);

  return found;
}

/**
 * kontor_error_domain_register:
 * @name: name of the domain, "kontor-store-error"
 *
 * Makes an error domain whose errors carry a #KontorErrorDetail. Registering a name again is
 * allowed and changes nothing. Safe from any thread.
 *
 * Returns: the domain
 */
GQuark
kontor_error_domain_register (const char *name)
{
  GQuark domain;

  g_return_val_if_fail (name != NULL, 0);

  domain = g_quark_from_string (name);
  g_mutex_lock (&domains_lock);
  if (domains == NULL)
    domains = g_hash_table_new (NULL, NULL);
  if (!g_hash_table_contains (domains, GUINT_TO_POINTER (domain)))
    {
      g_error_domain_register (name,
                               sizeof (KontorErrorDetail),
                               init_detail,
                               copy_detail,
                               clear_detail);
      g_hash_table_add (domains, GUINT_TO_POINTER (domain));
    }
  g_mutex_unlock (&domains_lock);

  return domain;
}

/**
 * kontor_base_error_quark:
 *
 * Returns: the domain of this library's errors
 */
GQuark
kontor_base_error_quark (void)
{
  static gsize quark;

  if (g_once_init_enter (&quark))
    g_once_init_leave (&quark, kontor_error_domain_register ("kontor-base-error"));

  return (GQuark) quark;
}

/**
 * kontor_error_new:
 * @domain: a domain of kontor_error_domain_register()
 * @code: what the caller can do about it
 * @format: translated sentence, as printf() has it
 * @...: its arguments
 *
 * Returns: (transfer full): a new error with an empty detail
 */
GError *
kontor_error_new (GQuark domain, KontorErrorCode code, const char *format, ...)
{
  va_list arguments;
  GError *error;

  va_start (arguments, format);
  error = g_error_new_valist (domain, code, format, arguments);
  va_end (arguments);

  return error;
}

/**
 * kontor_set_error:
 * @error: (out) (optional): where the error goes; %NULL when nobody wants to know
 * @domain: a domain of kontor_error_domain_register()
 * @code: what the caller can do about it
 * @format: translated sentence, as printf() has it
 * @...: its arguments
 *
 * Sets @error, which must not be set yet.
 */
void
kontor_set_error (GError **error, GQuark domain, KontorErrorCode code, const char *format, ...)
{
  va_list arguments;

  if (error == NULL)
    return;

  g_return_if_fail (*error == NULL);

  va_start (arguments, format);
  *error = g_error_new_valist (domain, code, format, arguments);
  va_end (arguments);
}

/**
 * kontor_error_is:
 * @error: (nullable): an error
 * @code: a code of the core
 *
 * Returns: %TRUE when @error is of any domain of the core and has @code
 */
gboolean
kontor_error_is (const GError *error, KontorErrorCode code)
{
  return error != NULL && error->code == (int) code && is_own_domain (error->domain);
}

/**
 * kontor_error_get_detail:
 * @error: (nullable): an error
 *
 * Returns: (transfer none) (nullable): the place the error names, owned by @error; %NULL for
 *   errors of foreign domains
 */
KontorErrorDetail *
kontor_error_get_detail (GError *error)
{
  if (error == NULL || !is_own_domain (error->domain))
    return NULL;

  return get_private (error);
}

static void
replace_text (char **target, const char *text)
{
  char *copy = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  g_free (*target);
  *target = copy;
}

/**
 * kontor_error_set_file:
 * @error: (nullable): an error; foreign ones are left alone
 * @file: (nullable): path or display name the error is about
 */
void
kontor_error_set_file (GError *error, const char *file)
{
  KontorErrorDetail *detail = kontor_error_get_detail (error);

  if (detail != NULL)
    replace_text (&detail->file, file);
}

/**
 * kontor_error_set_line:
 * @error: (nullable): an error; foreign ones are left alone
 * @line: line number from 1, 0 for none
 */
void
kontor_error_set_line (GError *error, guint64 line)
{
  KontorErrorDetail *detail = kontor_error_get_detail (error);

  if (detail != NULL)
    detail->line = line;
}

/**
 * kontor_error_set_column:
 * @error: (nullable): an error; foreign ones are left alone
 * @column: (nullable): column name, or number as text
 */
void
kontor_error_set_column (GError *error, const char *column)
{
  KontorErrorDetail *detail = kontor_error_get_detail (error);

  if (detail != NULL)
    replace_text (&detail->column, column);
}

/**
 * kontor_error_set_field:
 * @error: (nullable): an error; foreign ones are left alone
 * @field: (nullable): name of the field
 */
void
kontor_error_set_field (GError *error, const char *field)
{
  KontorErrorDetail *detail = kontor_error_get_detail (error);

  if (detail != NULL)
    replace_text (&detail->field, field);
}

/**
 * kontor_error_set_value:
 * @error: (nullable): an error; foreign ones are left alone
 * @value: (nullable): the offending value, of any length and encoding; shortened to 200 characters
 */
void
kontor_error_set_value (GError *error, const char *value)
{
  KontorErrorDetail *detail = kontor_error_get_detail (error);
  g_autofree char *start = NULL;

  if (detail == NULL)
    return;

  /* 4 bytes are the most a character has: no need to look at the rest of a huge cell. */
  if (value != NULL)
    start = g_strndup (value, strnlen (value, 4 * VALUE_CHARACTERS + 4));
  replace_text (&detail->value, start);
  if (detail->value != NULL && g_utf8_strlen (detail->value, -1) > VALUE_CHARACTERS)
    {
      g_autofree char *shortened = g_utf8_substring (detail->value, 0, VALUE_CHARACTERS - 1);

      g_free (detail->value);
      detail->value = g_strconcat (shortened, "…", NULL);
    }
}

static char *
describe_place (const KontorErrorDetail *detail)
{
  g_autofree char *file = NULL;
  g_autofree char *line = NULL;

  if (detail->file != NULL && detail->file[0] != '\0')
    file = g_filename_display_basename (detail->file);
  if (detail->line > 0)
    line = g_strdup_printf ("%" G_GUINT64_FORMAT, detail->line);

  if (file != NULL && line != NULL && detail->column != NULL)
    return g_strdup_printf (_("%s, line %s, column %s"), file, line, detail->column);
  if (file != NULL && line != NULL)
    return g_strdup_printf (_("%s, line %s"), file, line);
  if (file != NULL && detail->column != NULL)
    return g_strdup_printf (_("%s, column %s"), file, detail->column);
  if (line != NULL && detail->column != NULL)
    return g_strdup_printf (_("Line %s, column %s"), line, detail->column);
  if (line != NULL)
    return g_strdup_printf (_("Line %s"), line);
  if (detail->column != NULL)
    return g_strdup_printf (_("Column %s"), detail->column);

  return g_steal_pointer (&file);
}

static char *
describe_own (const GError *error)
{
  const KontorErrorDetail *detail = get_private (error);
  g_autofree char *place = describe_place (detail);

  /* The sentence may name the file itself; naming it twice helps nobody. */
  if (place == NULL || strstr (error->message, place) != NULL)
    return g_strdup (error->message);

  /* Translators: place in a file, then what is wrong there. */
  return g_strdup_printf (_("%s: %s"), place, error->message);
}

static char *
describe_io (KontorErrorCode code, const char *message)
{
  switch (code)
    {
    case KONTOR_ERROR_FULL:
      return g_strdup_printf (_("The disk is full. Free some space and try again. (%s)"), message);
    case KONTOR_ERROR_DENIED:
      return g_strdup_printf (_("Permission is missing here. Change the permissions or choose "
                                 "another place. (%s)"),
                              message);
    case KONTOR_ERROR_READ_ONLY:
      return g_strdup_printf (_("Nothing can be written here. Choose another place. (%s)"),
                              message);
    case KONTOR_ERROR_NOT_FOUND:
      return g_strdup_printf (_("The file or folder is not there. Check its name. (%s)"), message);
    case KONTOR_ERROR_BUSY:
      return g_strdup_printf (_("Another program is using it. Try again in a moment. (%s)"),
                              message);
    case KONTOR_ERROR_FAILED:
    case KONTOR_ERROR_CONFLICT:
    case KONTOR_ERROR_INVALID:
    case KONTOR_ERROR_LIMIT:
    case KONTOR_ERROR_IO:
    case KONTOR_ERROR_CORRUPT:
    case KONTOR_ERROR_NEWER:
    case KONTOR_ERROR_FOREIGN:
    default:
      return g_strdup (message);
    }
}

static KontorErrorCode
classify_io (int code)
{
  switch (code)
    {
    case G_IO_ERROR_NOT_FOUND:
    case G_IO_ERROR_NOT_MOUNTED:
      return KONTOR_ERROR_NOT_FOUND;
    case G_IO_ERROR_EXISTS:
    case G_IO_ERROR_WRONG_ETAG:
      return KONTOR_ERROR_CONFLICT;
    case G_IO_ERROR_PERMISSION_DENIED:
      return KONTOR_ERROR_DENIED;
    case G_IO_ERROR_NO_SPACE:
      return KONTOR_ERROR_FULL;
    case G_IO_ERROR_READ_ONLY:
      return KONTOR_ERROR_READ_ONLY;
    case G_IO_ERROR_BUSY:
    case G_IO_ERROR_WOULD_BLOCK:
    case G_IO_ERROR_TIMED_OUT:
    case G_IO_ERROR_PENDING:
      return KONTOR_ERROR_BUSY;
    case G_IO_ERROR_TOO_MANY_OPEN_FILES:
    case G_IO_ERROR_TOO_MANY_LINKS:
    case G_IO_ERROR_FILENAME_TOO_LONG:
    case G_IO_ERROR_MESSAGE_TOO_LARGE:
      return KONTOR_ERROR_LIMIT;
    case G_IO_ERROR_INVALID_ARGUMENT:
    case G_IO_ERROR_INVALID_DATA:
    case G_IO_ERROR_INVALID_FILENAME:
    case G_IO_ERROR_NOT_REGULAR_FILE:
    case G_IO_ERROR_IS_DIRECTORY:
    case G_IO_ERROR_NOT_DIRECTORY:
    case G_IO_ERROR_PARTIAL_INPUT:
      return KONTOR_ERROR_INVALID;
    default:
      return KONTOR_ERROR_IO;
    }
}

static KontorErrorCode
classify_file (int code)
{
  switch (code)
    {
    case G_FILE_ERROR_NOENT:
      return KONTOR_ERROR_NOT_FOUND;
    case G_FILE_ERROR_EXIST:
      return KONTOR_ERROR_CONFLICT;
    case G_FILE_ERROR_ACCES:
    case G_FILE_ERROR_PERM:
      return KONTOR_ERROR_DENIED;
    case G_FILE_ERROR_NOSPC:
      return KONTOR_ERROR_FULL;
    case G_FILE_ERROR_ROFS:
      return KONTOR_ERROR_READ_ONLY;
    case G_FILE_ERROR_TXTBSY:
    case G_FILE_ERROR_AGAIN:
      return KONTOR_ERROR_BUSY;
    case G_FILE_ERROR_MFILE:
    case G_FILE_ERROR_NFILE:
    case G_FILE_ERROR_NAMETOOLONG:
    case G_FILE_ERROR_NOMEM:
      return KONTOR_ERROR_LIMIT;
    case G_FILE_ERROR_ISDIR:
    case G_FILE_ERROR_NOTDIR:
    case G_FILE_ERROR_INVAL:
      return KONTOR_ERROR_INVALID;
    default:
      return KONTOR_ERROR_IO;
    }
}

/* What an error means in the codes of the core, whatever its domain. */
static KontorErrorCode
classify (const GError *error)
{
  if (is_own_domain (error->domain))
    return (KontorErrorCode) error->code;
  if (error->domain == G_IO_ERROR)
    return classify_io (error->code);
  if (error->domain == G_FILE_ERROR)
    return classify_file (error->code);
  if (error->domain == G_CONVERT_ERROR || error->domain == G_KEY_FILE_ERROR ||
      error->domain == G_MARKUP_ERROR)
    return KONTOR_ERROR_INVALID;

  return KONTOR_ERROR_FAILED;
}

/**
 * kontor_error_describe:
 * @error: (nullable): an error of any domain
 *
 * The sentence for a person, with its place: "accounts.csv, line 814: 31.02.2026 is not a date."
 * Errors of GIO get a word on what to do.
 *
 * Returns: (transfer full): translated text, never empty
 */
char *
kontor_error_describe (const GError *error)
{
  if (error == NULL || error->message == NULL || error->message[0] == '\0')
    return g_strdup (_("Something went wrong, and the reason is not known."));
  if (is_own_domain (error->domain))
    return describe_own (error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_("Cancelled."));
  if (error->domain == G_IO_ERROR || error->domain == G_FILE_ERROR)
    return describe_io (classify (error), error->message);

  return g_strdup (error->message);
}

/**
 * kontor_error_exit_status:
 * @error: (nullable): an error of any domain
 *
 * The status the command line ends with; kontorctl(1) documents it. 65 wrong input, 66 not found,
 * 69 limit, 70 damaged file, 71 failed, 72 a file of another program, 73 disk full, 74 input or
 * output failed, 75 busy, 76 written by a newer Kontor, 77 not allowed, 78 read only, 79 conflict,
 * 130 cancelled. 0 is success, and 2 (wrong usage) belongs to the command line itself.
 *
 * Returns: the exit status, 0 for %NULL
 */
int
kontor_error_exit_status (const GError *error)
{
  static const guint8 statuses[] = {
    [KONTOR_ERROR_FAILED] = 71,    [KONTOR_ERROR_BUSY] = 75,      [KONTOR_ERROR_CONFLICT] = 79,
    [KONTOR_ERROR_NOT_FOUND] = 66, [KONTOR_ERROR_DENIED] = 77,    [KONTOR_ERROR_INVALID] = 65,
    [KONTOR_ERROR_LIMIT] = 69,     [KONTOR_ERROR_FULL] = 73,      [KONTOR_ERROR_IO] = 74,
    [KONTOR_ERROR_CORRUPT] = 70,   [KONTOR_ERROR_READ_ONLY] = 78, [KONTOR_ERROR_NEWER] = 76,
    [KONTOR_ERROR_FOREIGN] = 72,
  };
  KontorErrorCode code;

  if (error == NULL)
    return 0;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return 130;
  if (error->domain == G_OPTION_ERROR)
    return 2;

  code = classify (error);

  return (guint) code < G_N_ELEMENTS (statuses) ? statuses[code] : 71;
}
