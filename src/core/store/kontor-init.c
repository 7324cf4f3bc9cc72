/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a new workspace begins with: settings, one user with every right, the employee he is, and
 * the pick lists. One step, which Undo does not take back. */
#include "config.h"

#include "kontor-db-private.h"
#include "kontor-error.h"
#include "kontor-fold.h"
#include "kontor-number.h"
#include "kontor-pick-defaults.h"
#include <locale.h>
#include <string.h>
#include <glib/gi18n-lib.h>

#define DEFAULT_TRASH_DAYS 90

static KontorRecord *
make_record (KontorDb *db, const char *type_name, KontorId *id)
{
  *id = kontor_id_new (db->env);
  return kontor_record_new (kontor_record_type_by_name (type_name), id);
}

static const KontorFieldDef *
find_field (KontorRecord *record, const char *name)
{
  return kontor_record_type_find_field (kontor_record_get_record_type (record), name);
}

static void
set_text (KontorRecord *record, const char *name, const char *text)
{
  const KontorFieldDef *field = find_field (record, name);

  if (field != NULL && text != NULL && *text != '\0')
    kontor_record_take_text (record, field, g_strdup (text));
}

static void
set_integer (KontorRecord *record, const char *name, gint64 integer)
{
  const KontorFieldDef *field = find_field (record, name);
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  kontor_value_set_integer (&value, integer);
  if (field != NULL)
    kontor_record_set_value (record, field, &value);
}

static void
set_link (KontorRecord *record, const char *name, const KontorId *id)
{
  const KontorFieldDef *field = find_field (record, name);
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  kontor_value_set_id (&value, id);
  if (field != NULL)
    kontor_record_set_value (record, field, &value);
}

/* "de_AT.UTF-8" → "AT" */
static char *
guess_country (void)
{
  const char *locale = setlocale (LC_MESSAGES, NULL);
  const char *mark = locale != NULL ? strchr (locale, '_') : NULL;

  if (mark == NULL || !g_ascii_isupper (mark[1]) || !g_ascii_isupper (mark[2]) ||
      g_ascii_isalnum (mark[3]))
    return NULL;
  return g_strndup (mark + 1, 2);
}

static char *
guess_currency (void)
{
  const struct lconv *conventions = localeconv ();
  g_autofree char *code = g_strndup (conventions->int_curr_symbol, 3);

  return kontor_currency_is_valid (code) ? g_steal_pointer (&code) : NULL;
}

static void
add_settings (KontorDb *db, KontorStep *step, const KontorInit *init)
{
  KontorId id;
  g_autoptr(KontorRecord) record = make_record (db, "workspace_settings", &id);
  g_autofree char *country = init->country != NULL ? g_strdup (init->country) : guess_country ();
  g_autofree char *currency =
    init->currency != NULL ? g_strdup (init->currency) : guess_currency ();
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  const char *zone_name = g_time_zone_get_identifier (zone);

  set_text (record, "name", init->name != NULL ? init->name : _("My workspace"));
  set_text (record, "country", country);
  set_text (record, "currency", currency);
  if (strchr (zone_name, '/') != NULL || strcmp (zone_name, "UTC") == 0)
    set_text (record, "zone", zone_name);
  set_integer (record, "trash_days", DEFAULT_TRASH_DAYS);
  set_integer (record, "fiscal_start", 1);
  set_integer (record, "attachment_limit", KONTOR_BLOB_LIMIT);
  kontor_step_create (step, record);
}

static void
add_user (KontorDb *db, KontorStep *step, const KontorInit *init)
{
  KontorId role_id, employee_id;
  g_autoptr(KontorRecord) role = make_record (db, "role", &role_id);
  g_autoptr(KontorRecord) employee = make_record (db, "employee", &employee_id);
  g_autoptr(KontorRecord) user =
    kontor_record_new (kontor_record_type_by_name ("user"), &db->user);
  g_autofree char *grants = NULL;
  const char *name = init->user_name != NULL ? init->user_name : g_get_real_name ();

  if (name == NULL || *name == '\0' || strcmp (name, "Unknown") == 0)
    name = g_get_user_name ();
  kontor_access_init_all (&db->access);
  grants = kontor_access_to_json (&db->access);
  set_text (role, "name", _("Administrator"));
  set_text (role, "grants", grants);
  kontor_step_create (step, role);
  set_text (employee, "name", name);
  kontor_step_create (step, employee);
  set_text (user, "login", name);
  set_text (user, "state", "active");
  set_link (user, "employee", &employee_id);
  set_link (user, "role", &role_id);
  kontor_step_create (step, user);
}

static void
add_pick_lists (KontorStep *step)
{
  const KontorRecordType *type = kontor_record_type_by_name ("pick_list");
  const char *list = NULL;
  int position = 0;

  for (const KontorPickDefault *value = kontor_pick_defaults; value->list != NULL; value++)
    {
      g_autofree char *key = g_strconcat (value->list, "/", value->code, NULL);
      KontorId id = kontor_id_derive_text ("pick_list", key);
      g_autoptr(KontorRecord) record = kontor_record_new (type, &id);

      position = g_strcmp0 (list, value->list) == 0 ? position + 1 : 1;
      list = value->list;
      set_text (record, "list", value->list);
      set_text (record, "code", value->code);
      set_text (record, "label", _(value->label));
      set_integer (record, "position", position);
      kontor_step_create (step, record);
    }
}

static gboolean
write_meta (KontorDb *db, GError **error)
{
  g_autofree char *user = kontor_id_to_string (&db->user);
  g_autofree char *device = kontor_id_to_string (&db->device);
  g_autofree char *model = kontor_ddl_model_hash ();

  return kontor_db_set_meta (db, "user", user, error) &&
         kontor_db_set_meta (db, "device", device, error) &&
         kontor_db_set_meta (db, "model", model, error) &&
         kontor_db_set_meta_integer (db, "fold_version", KONTOR_FOLD_VERSION, error) &&
         kontor_db_set_meta_integer (db, "created_at", kontor_env_now (db->env), error);
}

/**
 * kontor_init_write:
 * @db: a connection of kontor_db_create()
 * @init: what the person said
 * @error: (nullable): place for an error
 *
 * Makes all tables and the records a workspace begins with.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_init_write (KontorDb *db, const KontorInit *init, GError **error)
{
  g_autoptr(KontorStep) step = kontor_step_new (_("Create Workspace"));
  g_autoptr(KontorChangeSet) changes = kontor_change_set_new ();
  g_autofree char *version = g_strdup_printf ("PRAGMA user_version=%d", KONTOR_SCHEMA_VERSION);
  g_autoptr(KontorCommit) commit = g_new0 (KontorCommit, 1);

  if (!kontor_db_exec (db, "BEGIN", error) || !kontor_ddl_create_all (db, error))
    return FALSE;
  db->user = kontor_id_new (db->env);
  db->device = kontor_id_new (db->env);
  if (!write_meta (db, error) || !kontor_db_exec (db, version, error) ||
      !kontor_db_commit (db, error) || !kontor_db_load_schema (db, error))
    return FALSE;
  kontor_step_set_origin (step, KONTOR_ORIGIN_MIGRATION);
  add_settings (db, step, init);
  add_user (db, step, init);
  add_pick_lists (step);
  return kontor_commit_step (db, step, commit, changes, error) &&
         kontor_db_load_schema (db, error) && kontor_search_note_country (db, db->country, error);
}

/**
 * kontor_db_open_for_test:
 * @path: (nullable): a file that is not there; %NULL for a database in memory
 * @env: (nullable): clock and random source
 *
 * Returns: (transfer full): the only connection of a new workspace
 */
KontorDb *
kontor_db_open_for_test (const char *path, KontorEnv *env)
{
  KontorInit init = { "Test", "Tester", "DE", "EUR" };
  g_autoptr(GError) error = NULL;
  KontorDb *db;

  kontor_model_init ();
  db = kontor_db_create (path, env, &error);
  g_assert_no_error (error);
  kontor_init_write (db, &init, &error);
  g_assert_no_error (error);
  return db;
}
