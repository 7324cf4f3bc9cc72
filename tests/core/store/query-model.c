/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random records, random filters over them, and what such a filter means said once more in plain C,
 * so that SQL can be held against it. */
#include "config.h"

#include "query-model.h"

#include "kontor-fold.h"
#include "kontor-phone.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define START G_GINT64_CONSTANT (1700000000000)
#define DAY_MS G_GINT64_CONSTANT (86400000)

/* --- Records -------------------------------------------------------------------------------- */

static const char *const names[] = {
  "Müller",  "MULLER", "Mullerin", "Берг",     "Ёлкин", "елкин",
  "O'Brien", "obrien", "!!!",      "\"Zeta\"", "Zeta",  "a b  c"
};
static const char *const cities[] = { "Berlin", "BERLIN", "Bern", "Köln", "Koln", "Москва" };
static const char *const numbers[] = { "K-1", "k-1", "K-2", "kü-3", "KÜ-3" };
static const char *const countries[] = { "DE", "AT", "US" };
static const char *const phones[] = { "+49 30 1234567", "030 1234567", "030/765 43 21", "112" };
static const char *const stages[] = { "attracted", "deal", "after_sale" };
static const char *const sources[] = { "website", "fair", "call" };
static const char *const kinds[] = { "note", "call", "task" };
static const char *const currencies[] = { "EUR", "JPY", "KWD" };
static const char *const tags[] = { "VIP", "Vip+", "Partner", "Старый" };

static int
draw (QueryWorld *world, int n)
{
  return g_rand_int_range (world->rand, 0, n);
}

#define PICK(world, array) (array)[draw (world, G_N_ELEMENTS (array))]

static gboolean
chance (QueryWorld *world)
{
  return draw (world, 4) > 0;
}

static GPtrArray *
records_of (QueryWorld *world, const KontorRecordType *type)
{
  if (world->records[type->number] == NULL)
    world->records[type->number] = g_ptr_array_new_with_free_func (g_object_unref);
  return world->records[type->number];
}

static KontorRecord *
new_record (QueryWorld *world, const KontorRecordType *type)
{
  KontorId id = kontor_id_new (world->env);

  return kontor_record_new (type, &id);
}

static const KontorId *
any_of (QueryWorld *world, const KontorRecordType *type)
{
  GPtrArray *records = records_of (world, type);

  if (records->len == 0)
    return &KONTOR_ID_NULL;
  return kontor_record_get_id (g_ptr_array_index (records, draw (world, (int) records->len)));
}

static void
insert (QueryWorld *world, KontorRecord *record)
{
  g_autoptr(GError) error = NULL;

  kontor_record_set_row (record, 0, 0, draw (world, 8) == 0, 0);
  kontor_rows_insert (world->db, record, &error);
  g_assert_no_error (error);
  g_ptr_array_add (records_of (world, kontor_record_get_record_type (record)), record);
}

static gint64
draw_instant (QueryWorld *world)
{
  return START + (draw (world, 20) - 10) * (DAY_MS / 4);
}

static char *
draw_date (QueryWorld *world)
{
  return g_strdup_printf ("2023-11-%02d", 8 + draw (world, 14));
}

static void
add_account (QueryWorld *world)
{
  KontorRecord *record = new_record (world, &kontor_account_type);

  kontor_record_set_text (record, KONTOR_ACCOUNT_NAME, PICK (world, names));
  if (chance (world))
    kontor_record_set_text (record, KONTOR_ACCOUNT_CITY, PICK (world, cities));
  if (chance (world))
    kontor_record_set_integer (record, KONTOR_ACCOUNT_EMPLOYEES, draw (world, 5));
  if (chance (world))
    kontor_record_set_integer (record, KONTOR_ACCOUNT_REVENUE, draw (world, 5) * 500);
  if (chance (world))
    kontor_record_set_text (record, KONTOR_ACCOUNT_CURRENCY, PICK (world, currencies));
  if (chance (world))
    kontor_record_set_link (record, KONTOR_ACCOUNT_PARENT, any_of (world, &kontor_account_type));
  insert (world, record);
}

static void
set_contact_values (QueryWorld *world, KontorRecord *record)
{
  g_autofree char *date = draw_date (world);

  if (chance (world))
    kontor_record_set_text (record, KONTOR_CONTACT_FIRST_NAME, PICK (world, names));
  if (chance (world))
    kontor_record_set_text (record, KONTOR_CONTACT_POSITION, PICK (world, names));
  if (chance (world))
    kontor_record_set_text (record, KONTOR_CONTACT_NUMBER, PICK (world, numbers));
  if (chance (world))
    kontor_record_set_text (record, KONTOR_CONTACT_CITY, PICK (world, cities));
  if (chance (world))
    kontor_record_set_text (record, KONTOR_CONTACT_COUNTRY, PICK (world, countries));
  if (chance (world))
    kontor_record_set_text (record, KONTOR_CONTACT_MAIN_PHONE, PICK (world, phones));
  if (chance (world))
    kontor_record_set_text (record, KONTOR_CONTACT_STAGE, PICK (world, stages));
  if (chance (world))
    kontor_record_set_text (record, KONTOR_CONTACT_SOURCE, PICK (world, sources));
  if (chance (world))
    kontor_record_set_text (record, KONTOR_CONTACT_BIRTH_DATE, date);
  if (chance (world))
    kontor_record_set_integer (record, KONTOR_CONTACT_LAST_CONTACT, draw_instant (world));
  if (chance (world))
    kontor_record_set_integer (record, KONTOR_CONTACT_DO_NOT_CONTACT, draw (world, 2));
}

/* As the store keeps it beside the link. */
static void
link_account (QueryWorld *world, KontorRecord *record)
{
  GPtrArray *accounts = records_of (world, &kontor_account_type);
  KontorRecord *account = g_ptr_array_index (accounts, draw (world, (int) accounts->len));

  kontor_record_set_link (record, KONTOR_CONTACT_ACCOUNT, kontor_record_get_id (account));
  kontor_record_set_text (record,
                          KONTOR_CONTACT_ACCOUNT_NAME,
                          kontor_record_get_text (account, KONTOR_ACCOUNT_NAME));
}

static void
add_contact (QueryWorld *world)
{
  KontorRecord *record = new_record (world, &kontor_contact_type);

  kontor_record_set_text (record, KONTOR_CONTACT_NAME, PICK (world, names));
  set_contact_values (world, record);
  if (chance (world))
    link_account (world, record);
  if (chance (world))
    kontor_record_set_link (record,
                            KONTOR_COMMON_FIELD (11, KONTOR_COMMON_OWNER),
                            draw (world, 4) == 0 ? &world->me
                                                 : any_of (world, &kontor_employee_type));
  insert (world, record);
}

static void
add_tagging (QueryWorld *world, const KontorRecordType *type)
{
  KontorRecord *record = new_record (world, &kontor_tag_link_type);

  kontor_record_set_link (record, KONTOR_TAG_LINK_TAG, any_of (world, &kontor_tag_type));
  kontor_record_set_text (record, KONTOR_TAG_LINK_TARGET_TYPE, type->name);
  kontor_record_set_link (record, KONTOR_TAG_LINK_TARGET, any_of (world, type));
  insert (world, record);
}

static void
add_activity (QueryWorld *world)
{
  KontorRecord *record = new_record (world, &kontor_activity_type);
  KontorRecord *link = new_record (world, &kontor_activity_link_type);
  const KontorRecordType *type = chance (world) ? &kontor_contact_type : &kontor_account_type;

  kontor_record_set_text (record, KONTOR_ACTIVITY_KIND, PICK (world, kinds));
  if (chance (world))
    kontor_record_set_text (record, KONTOR_ACTIVITY_SUBJECT, PICK (world, names));
  if (chance (world))
    kontor_record_set_integer (record, KONTOR_ACTIVITY_AT, draw_instant (world));
  insert (world, record);
  kontor_record_set_link (link, KONTOR_ACTIVITY_LINK_ACTIVITY, kontor_record_get_id (record));
  kontor_record_set_text (link, KONTOR_ACTIVITY_LINK_TARGET_TYPE, type->name);
  kontor_record_set_link (link, KONTOR_ACTIVITY_LINK_TARGET, any_of (world, type));
  insert (world, link);
}

static void
add_named (QueryWorld *world, const KontorRecordType *type, KontorFieldId field, const char *name)
{
  KontorRecord *record = new_record (world, type);

  kontor_record_set_text (record, field, name);
  insert (world, record);
}

static void
read_me (QueryWorld *world)
{
  sqlite3_stmt *stmt = kontor_db_prepare (world->db, "SELECT employee FROM user WHERE id=?", NULL);
  gboolean row;

  kontor_db_bind_id (stmt, 1, &world->db->user);
  g_assert_true (kontor_db_step (world->db, stmt, &row, NULL) && row);
  g_assert_true (kontor_db_column_id (stmt, 0, &world->me));
  sqlite3_reset (stmt);
}

/* Records that were there from the beginning: the employee who is the user. */
static void
read_employees (QueryWorld *world)
{
  g_autoptr(GError) error = NULL;
  KontorRecord *record =
    kontor_rows_get (world->db, &kontor_employee_type, &world->me, KONTOR_READ_DEFAULT, &error);

  g_assert_no_error (error);
  g_ptr_array_add (records_of (world, &kontor_employee_type), record);
}

void
query_world_set_up (QueryWorld *world, guint n_contacts)
{
  memset (world, 0, sizeof *world);
  kontor_model_init ();
  world->env = kontor_env_new_seeded (11, START);
  world->rand = g_rand_new_with_seed (g_test_rand_int ());
  world->db = kontor_db_open_for_test (NULL, world->env);
  g_strlcpy (world->db->country, "DE", sizeof world->db->country);
  g_assert_true (kontor_db_begin (world->db, NULL));
  read_me (world);
  read_employees (world);
  for (guint i = 0; i < 6; i++)
    add_named (world, &kontor_employee_type, KONTOR_EMPLOYEE_NAME, PICK (world, names));
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    add_named (world, &kontor_tag_type, KONTOR_TAG_NAME, tags[i]);
  for (guint i = 0; i < 20; i++)
    add_account (world);
  for (guint i = 0; i < n_contacts; i++)
    add_contact (world);
  for (guint i = 0; i < n_contacts; i++)
    {
      add_tagging (world, chance (world) ? &kontor_contact_type : &kontor_account_type);
      add_activity (world);
    }
  g_assert_true (kontor_db_commit (world->db, NULL));
}

void
query_world_tear_down (QueryWorld *world)
{
  for (guint i = 0; i < G_N_ELEMENTS (world->records); i++)
    g_clear_pointer (&world->records[i], g_ptr_array_unref);
  kontor_db_free (world->db);
  kontor_env_unref (world->env);
  g_rand_free (world->rand);
}

/* --- Filters -------------------------------------------------------------------------------- */

#define OP(op) (1u << KONTOR_OP_##op)
#define EMPTY_OPS (OP (EMPTY) | OP (NOT_EMPTY))
#define EQUAL_OPS (OP (EQ) | OP (NE) | OP (IN) | EMPTY_OPS)
#define ORDER_OPS (EQUAL_OPS | OP (LT) | OP (LE) | OP (GT) | OP (GE))
#define TEXT_OPS (EQUAL_OPS | OP (CONTAINS) | OP (STARTS))

/* What may be asked of a kind: operators, and values to ask with. */
typedef struct
{
  KontorFieldKind kind;
  guint ops;
  const char *values[12];
} Probe;

static const Probe probes[] = {
  { KONTOR_FIELD_NAME,
    TEXT_OPS | ORDER_OPS,
    { "muller", "Müll", "ЕЛКИН", "берг", "zeta", "!!!", "o'b", "a b c", "'" } },
  { KONTOR_FIELD_TEXT, TEXT_OPS | ORDER_OPS, { "berlin", "BER", "köln", "Mullerin", "е", "zeta" } },
  { KONTOR_FIELD_INTEGER, ORDER_OPS, { "0", "2", "4", "17" } },
  { KONTOR_FIELD_MONEY, ORDER_OPS, { "5", "10.00", "500", "1000", "1.5", "20 EUR", "500 JPY" } },
  { KONTOR_FIELD_BOOLEAN, EQUAL_OPS, { "yes", "no", "1", "0" } },
  { KONTOR_FIELD_DATE, ORDER_OPS, { "2023-11-10", "2023-11-14", "today", "today-3", "tomorrow" } },
  { KONTOR_FIELD_INSTANT,
    ORDER_OPS,
    { "2023-11-13", "today", "yesterday", "today+2", "2023-11-14T22:13:20Z" } },
  { KONTOR_FIELD_CHOICE, TEXT_OPS | ORDER_OPS, { "deal", "Attracted", "after_sale" } },
  { KONTOR_FIELD_PICK, TEXT_OPS | ORDER_OPS, { "fair", "Website", "call" } },
  { KONTOR_FIELD_COUNTRY, EQUAL_OPS, { "DE", "Austria", "US" } },
  { KONTOR_FIELD_PHONE, TEXT_OPS, { "030 1234567", "+49 30 7654321", "123", "112" } },
  { KONTOR_FIELD_LINK, TEXT_OPS, { "muller", "me", "берг", "zeta", "obrien" } },
  { KONTOR_FIELD_TAGS, TEXT_OPS, { "vip", "partner", "старый", "nobody" } },
};

static const Probe *
find_probe (const KontorFieldDef *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (probes); i++)
    if (probes[i].kind == field->kind)
      return &probes[i];
  return NULL;
}

static const KontorFieldId asked_of_contacts[] = {
  KONTOR_CONTACT_NAME,
  KONTOR_CONTACT_FIRST_NAME,
  KONTOR_CONTACT_POSITION,
  KONTOR_CONTACT_NUMBER,
  KONTOR_CONTACT_CITY,
  KONTOR_CONTACT_COUNTRY,
  KONTOR_CONTACT_STAGE,
  KONTOR_CONTACT_SOURCE,
  KONTOR_CONTACT_BIRTH_DATE,
  KONTOR_CONTACT_LAST_CONTACT,
  KONTOR_CONTACT_MAIN_PHONE,
  KONTOR_CONTACT_TAGS,
  KONTOR_CONTACT_DO_NOT_CONTACT,
  KONTOR_CONTACT_ACCOUNT,
  KONTOR_COMMON_FIELD (11, KONTOR_COMMON_OWNER),
};
static const KontorFieldId asked_of_accounts[] = {
  KONTOR_ACCOUNT_NAME,    KONTOR_ACCOUNT_CITY,   KONTOR_ACCOUNT_EMPLOYEES,
  KONTOR_ACCOUNT_REVENUE, KONTOR_ACCOUNT_PARENT, KONTOR_ACCOUNT_TAGS,
};
static const KontorFieldId asked_of_activities[] = { KONTOR_ACTIVITY_KIND,
                                                     KONTOR_ACTIVITY_SUBJECT,
                                                     KONTOR_ACTIVITY_AT };

static const KontorFieldDef *
draw_field (QueryWorld *world, const KontorRecordType *type)
{
  if (type == &kontor_account_type)
    return kontor_field_by_id (PICK (world, asked_of_accounts));
  if (type == &kontor_activity_type)
    return kontor_field_by_id (PICK (world, asked_of_activities));
  return kontor_field_by_id (PICK (world, asked_of_contacts));
}

static void
add_values (QueryWorld *world, KontorFilter *filter, const KontorFieldDef *field)
{
  const Probe *probe = find_probe (field);
  int n = filter->op == KONTOR_OP_IN ? 1 + draw (world, 3) : 1;
  int n_values = 0;

  while (n_values < (int) G_N_ELEMENTS (probe->values) && probe->values[n_values] != NULL)
    n_values++;
  while (n-- > 0)
    {
      const char *value = probe->values[draw (world, n_values)];
      g_autofree char *id = NULL;

      if ((field->kind == KONTOR_FIELD_LINK || field->kind == KONTOR_FIELD_TAGS) &&
          draw (world, 4) == 0 &&
          (filter->op == KONTOR_OP_EQ || filter->op == KONTOR_OP_NE || filter->op == KONTOR_OP_IN))
        value = id = kontor_id_to_string (any_of (world,
                                                  field->kind == KONTOR_FIELD_TAGS
                                                    ? &kontor_tag_type
                                                    : kontor_record_type_by_name (field->target)));
      if (g_strcmp0 (field->name, "number") == 0)
        value = PICK (world, numbers);
      kontor_filter_add_value (filter, value);
    }
}

static KontorFilter *
make_compare (QueryWorld *world, const KontorRecordType *type)
{
  const KontorFieldDef *field = draw_field (world, type);
  KontorFilter *filter = kontor_filter_new_compare (field, KONTOR_OP_EQ, NULL);
  const Probe *probe;

  while (g_strcmp0 (field->target, "account") == 0 && draw (world, 2) == 0 && filter->path->len < 4)
    {
      field = draw_field (world, &kontor_account_type);
      g_ptr_array_add (filter->path, (gpointer) field);
    }
  probe = find_probe (field);
  do
    filter->op = (KontorFilterOp) draw (world, KONTOR_OP_NOT_EMPTY + 1);
  while ((probe->ops & 1u << filter->op) == 0 ||
         /* only the field's own codes can be compared */
         (field->id == KONTOR_ACTIVITY_KIND && (EMPTY_OPS & 1u << filter->op) == 0));
  if (filter->op < KONTOR_OP_EMPTY)
    add_values (world, filter, field);
  return filter;
}

static KontorFilter *
make_related (QueryWorld *world, const KontorRecordType *type, int depth)
{
  const KontorRecordType *related = type == &kontor_account_type && draw (world, 2) == 0
                                      ? &kontor_contact_type
                                      : &kontor_activity_type;

  return kontor_filter_new_related (related,
                                    NULL,
                                    chance (world)
                                      ? query_world_make_filter (world, related, depth - 1)
                                      : NULL);
}

KontorFilter *
query_world_make_filter (QueryWorld *world, const KontorRecordType *type, int depth)
{
  int kind = depth > 0 ? draw (world, 8) : 7;
  KontorFilter *group;

  if (kind >= 4)
    return make_compare (world, type);
  if (kind == 3)
    return type == &kontor_activity_type ? make_compare (world, type)
                                         : make_related (world, type, depth);
  group = kontor_filter_new_group ((KontorFilterKind) kind);
  for (int n = kind == KONTOR_FILTER_NOT ? 1 : 1 + draw (world, 3); n > 0; n--)
    kontor_filter_add (group, query_world_make_filter (world, type, depth - 1));
  return group;
}

/* --- What they mean ------------------------------------------------------------------------- */

static KontorRecord *
find_live (QueryWorld *world, const KontorRecordType *type, const KontorId *id)
{
  GPtrArray *records = records_of (world, type);

  for (guint i = 0; id != NULL && i < records->len; i++)
    {
      KontorRecord *record = g_ptr_array_index (records, i);

      if (kontor_id_equal (kontor_record_get_id (record), id))
        return kontor_record_is_trashed (record) ? NULL : record;
    }
  return NULL;
}

static gboolean
fits (KontorFilterOp op, gint64 order)
{
  switch (op)
    {
    case KONTOR_OP_LT:
      return order < 0;
    case KONTOR_OP_LE:
      return order <= 0;
    case KONTOR_OP_GT:
      return order > 0;
    case KONTOR_OP_GE:
      return order >= 0;
    default:
      return order == 0;
    }
}

static gboolean
text_fits (KontorFilterOp op, const char *text, const char *value)
{
  g_autofree char *left = kontor_fold_sort (text);
  g_autofree char *right = kontor_fold_sort (value);
  gboolean raw = *right == '\0';
  const char *a = raw ? text : left, *b = raw ? value : right;

  if (op == KONTOR_OP_CONTAINS)
    return strstr (a, b) != NULL;
  if (op == KONTOR_OP_STARTS)
    return g_str_has_prefix (a, b);
  return fits (op, strcmp (a, b));
}

static gboolean
number_fits (KontorFilterOp op, const char *text, const char *value)
{
  g_autofree char *upper = g_utf8_strup (value, -1);
  g_autofree char *lower = g_utf8_strdown (value, -1);

  if (op == KONTOR_OP_EQ)
    return g_str_equal (text, value) || g_str_equal (text, upper) || g_str_equal (text, lower);
  return op == KONTOR_OP_CONTAINS || op == KONTOR_OP_STARTS ? text_fits (op, text, value)
                                                            : fits (op, strcmp (text, value));
}

static gboolean
phone_fits (KontorFilterOp op, const char *text, const char *value)
{
  g_autofree char *left = kontor_phone_digits (text, "DE");
  g_autofree char *right = kontor_phone_digits (value, "DE");

  if (op == KONTOR_OP_CONTAINS)
    return strstr (left, right) != NULL;
  return op == KONTOR_OP_STARTS ? g_str_has_prefix (left, right) : kontor_phone_equal (left, right);
}

static GDateTime *
read_day (QueryWorld *world, const char *value)
{
  static const char *const words[] = { "yesterday", "today", "tomorrow" };
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_local (kontor_env_now (world->env) / 1000);
  int year, month, day;

  for (int i = 0; i < 3; i++)
    if (g_str_has_prefix (value, words[i]))
      {
        g_autoptr(GDateTime) then =
          g_date_time_add_days (now, i - 1 + atoi (value + strlen (words[i])));

        g_date_time_get_ymd (then, &year, &month, &day);
        return g_date_time_new_local (year, month, day, 0, 0, 0);
      }
  if (sscanf (value, "%d-%d-%d", &year, &month, &day) != 3 || strchr (value, 'T') != NULL)
    return NULL;
  return g_date_time_new_local (year, month, day, 0, 0, 0);
}

static gboolean
instant_fits (QueryWorld *world, KontorFilterOp op, gint64 instant, const char *value)
{
  g_autoptr(GDateTime) day = read_day (world, value);
  g_autoptr(GDateTime) next = day != NULL ? g_date_time_add_days (day, 1) : NULL;
  gint64 from, to;

  if (day == NULL)
    {
      day = g_date_time_new_from_iso8601 (value, NULL);
      return fits (op, instant - g_date_time_to_unix (day) * 1000);
    }
  from = g_date_time_to_unix (day) * 1000;
  to = g_date_time_to_unix (next) * 1000;
  return fits (op, instant < from ? -1 : instant >= to ? 1 : 0);
}

static gboolean
date_fits (QueryWorld *world, KontorFilterOp op, const char *date, const char *value)
{
  g_autoptr(GDateTime) day = read_day (world, value);
  g_autofree char *iso = g_date_time_format (day, "%Y-%m-%d");

  return fits (op, strcmp (date, iso));
}

static gboolean
money_fits (KontorRecord *record, KontorFilterOp op, const char *value)
{
  const char *currency = kontor_record_get_text (record, KONTOR_ACCOUNT_CURRENCY);
  double unit = g_strcmp0 (currency, "JPY") == 0   ? 1
                : g_strcmp0 (currency, "KWD") == 0 ? 1000
                                                   : 100;
  double amount = (double) kontor_record_get_integer (record, KONTOR_ACCOUNT_REVENUE) / unit;
  const char *space = strchr (value, ' ');
  double wanted = g_ascii_strtod (value, NULL);

  if (space != NULL && g_strcmp0 (space + 1, currency) != 0)
    return FALSE;
  return fits (op, amount < wanted ? -1 : amount > wanted);
}

static guint
find_option (QueryWorld *world,
             const KontorFieldDef *field,
             const char *text,
             const char **code,
             const char **label)
{
  g_autoptr(GPtrArray) picks = kontor_schema_get_pick_values (world->db->schema, field->pick);
  guint n = 0;

  for (; field->choices != NULL && field->choices[n].value != NULL; n++)
    {
      *code = field->choices[n].value;
      *label = field->choices[n].label;
      if (g_ascii_strcasecmp (*code, text) == 0 || g_ascii_strcasecmp (*label, text) == 0)
        return n;
    }
  for (n = 0; n < picks->len; n++)
    {
      const KontorPickValue *pick = g_ptr_array_index (picks, n);

      *code = pick->code;
      *label = pick->label;
      if (g_ascii_strcasecmp (*code, text) == 0 || g_ascii_strcasecmp (*label, text) == 0)
        return n;
    }
  g_assert_not_reached ();
}

static gboolean
option_fits (QueryWorld *world,
             const KontorFieldDef *field,
             KontorFilterOp op,
             const char *text,
             const char *value)
{
  const char *code = NULL, *label = NULL;
  guint place = find_option (world, field, text, &code, &label);

  if (op == KONTOR_OP_CONTAINS || op == KONTOR_OP_STARTS)
    return text_fits (op, code, value) || text_fits (op, label, value);
  return fits (op, (gint64) place - (gint64) find_option (world, field, value, &code, &label));
}

static gboolean
title_fits (KontorRecord *target, KontorFilterOp op, const char *value)
{
  g_autofree char *title = target != NULL ? kontor_record_dup_title (target) : NULL;

  return title != NULL && text_fits (op, title, value);
}

static gboolean
link_fits (QueryWorld *world,
           const KontorRecordType *target,
           const KontorId *link,
           KontorFilterOp op,
           const char *value)
{
  KontorId id;

  if (op == KONTOR_OP_EQ && kontor_id_parse (value, &id))
    return kontor_id_equal (link, &id);
  if (op == KONTOR_OP_EQ && target == &kontor_employee_type && g_str_equal (value, "me"))
    return kontor_id_equal (link, &world->me);
  return title_fits (find_live (world, target, link), op, value);
}

static gboolean
tags_fit (QueryWorld *world, KontorRecord *record, KontorFilterOp op, const char *value)
{
  GPtrArray *links = records_of (world, &kontor_tag_link_type);

  for (guint i = 0; i < links->len; i++)
    {
      KontorRecord *link = g_ptr_array_index (links, i);
      const KontorId *tag = kontor_record_get_link (link, KONTOR_TAG_LINK_TAG);
      const KontorId *target = kontor_record_get_link (link, KONTOR_TAG_LINK_TARGET);

      if (kontor_record_is_trashed (link) ||
          !kontor_id_equal (target, kontor_record_get_id (record)))
        continue;
      if (value == NULL ? find_live (world, &kontor_tag_type, tag) != NULL
                        : link_fits (world, &kontor_tag_type, tag, op, value))
        return TRUE;
    }
  return FALSE;
}

static gboolean
value_fits (QueryWorld *world,
            KontorRecord *record,
            const KontorFieldDef *field,
            KontorFilterOp op,
            const char *value)
{
  if (field->kind == KONTOR_FIELD_TAGS)
    return tags_fit (world, record, op, value);
  if (field->kind == KONTOR_FIELD_BOOLEAN)
    return kontor_record_value_integer (record, field) ==
           (g_str_equal (value, "yes") || g_str_equal (value, "1"));
  if (kontor_record_value_is_null (record, field))
    return FALSE;
  switch (field->kind)
    {
    case KONTOR_FIELD_INTEGER:
      return fits (op, kontor_record_value_integer (record, field) - atoi (value));
    case KONTOR_FIELD_MONEY:
      return money_fits (record, op, value);
    case KONTOR_FIELD_INSTANT:
      return instant_fits (world, op, kontor_record_value_integer (record, field), value);
    case KONTOR_FIELD_DATE:
      return date_fits (world, op, kontor_record_value_text (record, field), value);
    case KONTOR_FIELD_CHOICE:
    case KONTOR_FIELD_PICK:
      return option_fits (world, field, op, kontor_record_value_text (record, field), value);
    case KONTOR_FIELD_COUNTRY:
      return strncmp (kontor_record_value_text (record, field),
                      g_str_equal (value, "Austria") ? "AT" : value,
                      2) == 0;
    case KONTOR_FIELD_PHONE:
      return phone_fits (op, kontor_record_value_text (record, field), value);
    case KONTOR_FIELD_LINK:
      return link_fits (world,
                        kontor_record_type_by_name (field->target),
                        kontor_record_value_link (record, field),
                        op,
                        value);
    default:
      if (g_str_equal (field->name, "number"))
        return number_fits (op, kontor_record_value_text (record, field), value);
      return text_fits (op, kontor_record_value_text (record, field), value);
    }
}

static gboolean
has_value (QueryWorld *world, KontorRecord *record, const KontorFieldDef *field)
{
  if (field->kind == KONTOR_FIELD_TAGS)
    return tags_fit (world, record, KONTOR_OP_EQ, NULL);
  return !kontor_record_value_is_null (record, field);
}

/* Where a path leads nowhere, nothing has a value there; no answer is "no". */
static gboolean
compare_fits (QueryWorld *world, const KontorFilter *filter, KontorRecord *record)
{
  const KontorFieldDef *field = g_ptr_array_index (filter->path, 0);
  KontorFilterOp op = filter->op == KONTOR_OP_IN ? KONTOR_OP_EQ : filter->op;

  for (guint i = 1; record != NULL && i < filter->path->len; i++)
    {
      record = find_live (world,
                          kontor_record_type_by_name (field->target),
                          kontor_record_value_link (record, field));
      field = g_ptr_array_index (filter->path, i);
    }
  if (op == KONTOR_OP_EMPTY || op == KONTOR_OP_NOT_EMPTY)
    return (record != NULL && has_value (world, record, field)) == (op == KONTOR_OP_NOT_EMPTY);
  if (op == KONTOR_OP_NE)
    return record == NULL ||
           !value_fits (world, record, field, KONTOR_OP_EQ, g_ptr_array_index (filter->values, 0));
  for (guint i = 0; record != NULL && i < filter->values->len; i++)
    if (value_fits (world, record, field, op, g_ptr_array_index (filter->values, i)))
      return TRUE;
  return FALSE;
}

static gboolean
leads_to (KontorRecord *record, KontorFieldId field, KontorRecord *target)
{
  const KontorId *id = kontor_record_get_link (record, field);

  return id != NULL && kontor_id_equal (id, kontor_record_get_id (target));
}

static gboolean
is_related (QueryWorld *world, KontorRecord *record, KontorRecord *other)
{
  GPtrArray *links = records_of (world, &kontor_activity_link_type);

  if (kontor_record_get_record_type (other) == &kontor_contact_type)
    return leads_to (other, KONTOR_CONTACT_ACCOUNT, record);
  for (guint i = 0; i < links->len; i++)
    {
      KontorRecord *link = g_ptr_array_index (links, i);

      if (!kontor_record_is_trashed (link) &&
          leads_to (link, KONTOR_ACTIVITY_LINK_ACTIVITY, other) &&
          leads_to (link, KONTOR_ACTIVITY_LINK_TARGET, record))
        return TRUE;
    }
  return FALSE;
}

static gboolean
related_fits (QueryWorld *world, const KontorFilter *filter, KontorRecord *record)
{
  GPtrArray *others = records_of (world, filter->related);

  for (guint i = 0; i < others->len; i++)
    {
      KontorRecord *other = g_ptr_array_index (others, i);

      if (!kontor_record_is_trashed (other) && is_related (world, record, other) &&
          (filter->children->len == 0 ||
           query_world_holds (world, g_ptr_array_index (filter->children, 0), other)))
        return TRUE;
    }
  return FALSE;
}

gboolean
query_world_holds (QueryWorld *world, const KontorFilter *filter, KontorRecord *record)
{
  gboolean is_or = filter->kind == KONTOR_FILTER_OR;

  if (filter->kind == KONTOR_FILTER_COMPARE)
    return compare_fits (world, filter, record);
  if (filter->kind == KONTOR_FILTER_RELATED)
    return related_fits (world, filter, record);
  if (filter->kind == KONTOR_FILTER_NOT)
    return !query_world_holds (world, g_ptr_array_index (filter->children, 0), record);
  for (guint i = 0; i < filter->children->len; i++)
    if (query_world_holds (world, g_ptr_array_index (filter->children, i), record) == is_or)
      return is_or;
  return !is_or;
}

/* --- Order ---------------------------------------------------------------------------------- */

/* What a record stands by; NULL stands last. */
static char *
dup_sort_key (QueryWorld *world, const KontorFieldDef *field, KontorRecord *record)
{
  const char *code, *label;
  KontorRecord *target;

  if (field->kind == KONTOR_FIELD_BOOLEAN)
    return g_strdup_printf ("%d", kontor_record_value_integer (record, field) != 0);
  if (kontor_record_value_is_null (record, field))
    return NULL;
  switch (field->kind)
    {
    case KONTOR_FIELD_LINK:
      if (field->id == KONTOR_CONTACT_ACCOUNT)
        return kontor_fold_sort (kontor_record_get_text (record, KONTOR_CONTACT_ACCOUNT_NAME));
      target = find_live (world,
                          kontor_record_type_by_name (field->target),
                          kontor_record_value_link (record, field));
      if (target != NULL)
        {
          g_autofree char *title = kontor_record_dup_title (target);
          g_autofree char *key = kontor_fold_sort (title);

          return g_strdup_printf ("%s\x01%06d", key, (int) kontor_record_get_rid (target));
        }
      return NULL;
    case KONTOR_FIELD_CHOICE:
    case KONTOR_FIELD_PICK:
      if ((field->flags & KONTOR_FIELD_INDEXED) != 0)
        return g_strdup (kontor_record_value_text (record, field));
      return g_strdup_printf ("%03u",
                              find_option (world,
                                           field,
                                           kontor_record_value_text (record, field),
                                           &code,
                                           &label));
    case KONTOR_FIELD_INTEGER:
    case KONTOR_FIELD_MONEY:
    case KONTOR_FIELD_INSTANT:
      return g_strdup_printf ("%020" G_GINT64_FORMAT, kontor_record_value_integer (record, field));
    case KONTOR_FIELD_TEXT:
    case KONTOR_FIELD_NAME:
    case KONTOR_FIELD_PHONE:
      if (!g_str_equal (field->name, "number"))
        return kontor_fold_sort (kontor_record_value_text (record, field));
      G_GNUC_FALLTHROUGH;
    default:
      return g_strdup (kontor_record_value_text (record, field));
    }
}

int
query_world_compare (QueryWorld *world,
                     const KontorFieldDef *field,
                     gboolean descending,
                     KontorRecord *a,
                     KontorRecord *b)
{
  g_autofree char *left = dup_sort_key (world, field, a);
  g_autofree char *right = dup_sort_key (world, field, b);

  if (left == NULL || right == NULL)
    return (left == NULL) - (right == NULL);
  return descending ? strcmp (right, left) : strcmp (left, right);
}
