/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One comparison of one column as SQL, by the kind of its field. What was typed is checked here. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-fold.h"
#include "kontor-model.h"
#include "kontor-number.h"
#include "kontor-phone.h"
#include "kontor-query-private.h"
#include <string.h>
#include <glib/gi18n-lib.h>

static const char *
op_sign (KontorFilterOp op)
{
  static const char *const signs[] = {
    [KONTOR_OP_EQ] = "=",       [KONTOR_OP_NE] = "!=",     [KONTOR_OP_LT] = "<",
    [KONTOR_OP_LE] = "<=",      [KONTOR_OP_GT] = ">",      [KONTOR_OP_GE] = ">=",
    [KONTOR_OP_CONTAINS] = "~", [KONTOR_OP_STARTS] = "^=", [KONTOR_OP_IN] = "in",
  };

  return op < G_N_ELEMENTS (signs) ? signs[op] : "?";
}

/**
 * kontor_query_fail_op:
 * @field: a field
 * @op: an operator its values don't know
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE, with @error set
 */
gboolean
kontor_query_fail_op (const KontorFieldDef *field, KontorFilterOp op, GError **error)
{
  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_INVALID,
                    /* Translators: label of a field, then a sign such as ~ or >= */
                    _("“%s” can't be compared by %s."),
                    kontor_field_get_label (field),
                    op_sign (op));
  if (error != NULL)
    kontor_error_set_field (*error, field->name);
  return FALSE;
}

typedef struct
{
  KontorSql *sql;
  guint alias;
  const KontorFieldDef *field;
  KontorFilterOp op;
  GError **error;
} Leaf;

typedef gboolean (*LeafFunc) (Leaf *leaf, const char *value);

static gboolean
note_place (Leaf *leaf, const char *value)
{
  if (leaf->error != NULL)
    {
      kontor_error_set_field (*leaf->error, leaf->field->name);
      kontor_error_set_value (*leaf->error, value);
    }
  return FALSE;
}

/* True where it is so for one value. Halves of halves: SQLite bounds how deep terms are nested. */
static gboolean
append_any (Leaf *leaf, GPtrArray *values, guint first, guint n, LeafFunc func)
{
  GString *out = leaf->sql->sql;

  if (n == 1)
    return func (leaf, g_ptr_array_index (values, first));
  g_string_append_c (out, '(');
  if (!append_any (leaf, values, first, n / 2, func))
    return FALSE;
  g_string_append (out, " OR ");
  if (!append_any (leaf, values, first + n / 2, n - n / 2, func))
    return FALSE;
  g_string_append_c (out, ')');
  return TRUE;
}

static void
append_column (Leaf *leaf)
{
  kontor_sql_append_column (leaf->sql, leaf->alias, leaf->field);
}

static void
append_key (Leaf *leaf)
{
  kontor_sql_append_key (leaf->sql, leaf->alias, leaf->field);
}

static gboolean
is_order (KontorFilterOp op)
{
  return op == KONTOR_OP_EQ || (op >= KONTOR_OP_LT && op <= KONTOR_OP_GE);
}

/* --- Text ----------------------------------------------------------------------------------- */

static void
append_text_match (Leaf *leaf, const char *key)
{
  GString *out = leaf->sql->sql;

  if (leaf->op == KONTOR_OP_CONTAINS ||
      (leaf->op == KONTOR_OP_STARTS && (leaf->field->flags & KONTOR_FIELD_SORTED) == 0))
    {
      g_string_append (out, "instr(");
      append_key (leaf);
      g_string_append_c (out, ',');
      kontor_sql_bind_text (leaf->sql, key);
      g_string_append (out, leaf->op == KONTOR_OP_CONTAINS ? ")>0" : ")=1");
      return;
    }
  append_key (leaf);
  if (leaf->op != KONTOR_OP_STARTS)
    {
      g_string_append (out, op_sign (leaf->op));
      kontor_sql_bind_text (leaf->sql, key);
      return;
    }
  /* A range, so that the index serves it; nothing is written with the last character there is. */
  {
    g_autofree char *end = g_strconcat (key, "\xf4\x8f\xbf\xbf", NULL);

    g_string_append (out, ">=");
    kontor_sql_bind_text (leaf->sql, key);
    g_string_append (out, " AND ");
    append_key (leaf);
    g_string_append_c (out, '<');
    kontor_sql_bind_text (leaf->sql, end);
  }
}

/* "!!!" folds to nothing: then the text itself is looked at. */
static void
append_raw_match (Leaf *leaf, const char *value)
{
  GString *out = leaf->sql->sql;

  if (leaf->op == KONTOR_OP_CONTAINS || leaf->op == KONTOR_OP_STARTS)
    {
      g_string_append (out, "instr(");
      append_column (leaf);
      g_string_append_c (out, ',');
      kontor_sql_bind_text (leaf->sql, value);
      g_string_append (out, leaf->op == KONTOR_OP_CONTAINS ? ")>0" : ")=1");
      return;
    }
  append_column (leaf);
  g_string_append (out, op_sign (leaf->op));
  kontor_sql_bind_text (leaf->sql, value);
}

/* Numbers of customers and the like have an index over what was typed, and no key: they are found
 * as typed, in capitals or in small letters. */
static void
append_identifier (Leaf *leaf, const char *value)
{
  g_autofree char *upper = g_utf8_strup (value, -1);
  g_autofree char *lower = g_utf8_strdown (value, -1);

  append_column (leaf);
  g_string_append (leaf->sql->sql, " IN (");
  kontor_sql_bind_text (leaf->sql, value);
  g_string_append_c (leaf->sql->sql, ',');
  kontor_sql_bind_text (leaf->sql, upper);
  g_string_append_c (leaf->sql->sql, ',');
  kontor_sql_bind_text (leaf->sql, lower);
  g_string_append_c (leaf->sql->sql, ')');
}

static gboolean
append_text (Leaf *leaf, const char *value)
{
  const KontorFieldFlags flags = leaf->field->flags & (KONTOR_FIELD_INDEXED | KONTOR_FIELD_SORTED);
  g_autofree char *key = kontor_fold_sort (value);

  g_string_append_c (leaf->sql->sql, '(');
  if (flags == KONTOR_FIELD_INDEXED && leaf->op == KONTOR_OP_EQ)
    append_identifier (leaf, value);
  else if (*key == '\0' || (flags == KONTOR_FIELD_INDEXED && is_order (leaf->op)))
    append_raw_match (leaf, value);
  else
    append_text_match (leaf, key);
  g_string_append_c (leaf->sql->sql, ')');
  return TRUE;
}

static gboolean
append_phone (Leaf *leaf, const char *value)
{
  GString *out = leaf->sql->sql;
  g_autofree char *digits = kontor_phone_digits (value, leaf->sql->db->country);

  if (*digits == '\0' && is_order (leaf->op) && leaf->op != KONTOR_OP_EQ)
    return kontor_query_fail_op (leaf->field, leaf->op, leaf->error);
  if (*digits == '\0')
    return append_text (leaf, value);
  if (leaf->op == KONTOR_OP_EQ)
    g_string_append (out, "kontor_phone_is(");
  else if (leaf->op == KONTOR_OP_CONTAINS || leaf->op == KONTOR_OP_STARTS)
    g_string_append (out, "instr(kontor_phone(");
  else
    return kontor_query_fail_op (leaf->field, leaf->op, leaf->error);
  append_column (leaf);
  g_string_append (out, leaf->op == KONTOR_OP_EQ ? "," : "),");
  kontor_sql_bind_text (leaf->sql, digits);
  g_string_append (out,
                   leaf->op == KONTOR_OP_EQ       ? ")"
                   : leaf->op == KONTOR_OP_STARTS ? ")=1"
                                                  : ")>0");
  return TRUE;
}

/* --- Numbers and times ---------------------------------------------------------------------- */

static gboolean
append_exact (Leaf *leaf, const char *value)
{
  g_auto(KontorValue) parsed = KONTOR_VALUE_INIT;

  if (!is_order (leaf->op))
    return kontor_query_fail_op (leaf->field, leaf->op, leaf->error);
  if (!kontor_value_parse (leaf->field, value, &parsed, leaf->error))
    return FALSE;
  append_column (leaf);
  g_string_append (leaf->sql->sql, op_sign (leaf->op));
  kontor_sql_bind_value (leaf->sql, &parsed);
  return TRUE;
}

/* Only equality means something. */
static gboolean
append_code (Leaf *leaf, const char *value)
{
  if (leaf->op != KONTOR_OP_EQ)
    return kontor_query_fail_op (leaf->field, leaf->op, leaf->error);
  return append_exact (leaf, value);
}

/* What nobody has answered is "no". */
static gboolean
append_boolean (Leaf *leaf, const char *value)
{
  g_auto(KontorValue) parsed = KONTOR_VALUE_INIT;

  if (leaf->op != KONTOR_OP_EQ)
    return kontor_query_fail_op (leaf->field, leaf->op, leaf->error);
  if (!kontor_value_parse (leaf->field, value, &parsed, leaf->error))
    return FALSE;
  g_string_append (leaf->sql->sql, "coalesce(");
  append_column (leaf);
  g_string_append (leaf->sql->sql, ",0)=");
  kontor_sql_bind_value (leaf->sql, &parsed);
  return TRUE;
}

static gboolean
append_json (Leaf *leaf, const char *value)
{
  if (leaf->op != KONTOR_OP_CONTAINS)
    return kontor_query_fail_op (leaf->field, leaf->op, leaf->error);
  return append_text (leaf, value);
}

static gboolean
fail_amount (Leaf *leaf, const char *value)
{
  kontor_set_error (leaf->error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_INVALID,
                    /* Translators: label of a field, what was typed */
                    _("%s: “%s” is not an amount of money."),
                    kontor_field_get_label (leaf->field),
                    value);
  return note_place (leaf, value);
}

/* Amounts are compared in ten-thousandths, as records may have different currencies; one that names
 * its currency is compared with amounts in that one only. */
static gboolean
append_money (Leaf *leaf, const char *value)
{
  const KontorRecordType *type = kontor_field_get_type_of (leaf->field);
  const KontorFieldDef *companion = kontor_record_type_find_field (type, leaf->field->companion);
  GString *out = leaf->sql->sql;
  g_autofree char *currency = NULL;
  gint64 amount;

  if (!is_order (leaf->op))
    return kontor_query_fail_op (leaf->field, leaf->op, leaf->error);
  g_string_append_c (out, '(');
  if (kontor_decimal_parse (value, 4, &amount, NULL))
    {
      append_column (leaf);
      if (companion != NULL)
        {
          g_string_append (out, "*kontor_unit(coalesce(");
          kontor_sql_append_column (leaf->sql, leaf->alias, companion);
          g_string_append (out, ",''))");
        }
      else
        g_string_append (out, "*100");
    }
  else if (companion != NULL && kontor_money_parse (value, NULL, &amount, &currency, NULL) &&
           currency != NULL)
    {
      kontor_sql_append_column (leaf->sql, leaf->alias, companion);
      g_string_append_c (out, '=');
      kontor_sql_bind_text (leaf->sql, currency);
      g_string_append (out, " AND ");
      append_column (leaf);
    }
  else
    return fail_amount (leaf, value);
  g_string_append (out, op_sign (leaf->op));
  kontor_sql_bind_integer (leaf->sql, amount);
  g_string_append_c (out, ')');
  return TRUE;
}

static void
append_bound (Leaf *leaf, const char *sign, const KontorValue *value)
{
  append_column (leaf);
  g_string_append (leaf->sql->sql, sign);
  kontor_sql_bind_value (leaf->sql, value);
}

/* Of a span from (incl.) to (excl.): before it, in it, after it. */
static gboolean
append_time (Leaf *leaf, const char *value)
{
  KontorSpan span;
  gboolean is_moment;

  if (!is_order (leaf->op))
    return kontor_query_fail_op (leaf->field, leaf->op, leaf->error);
  if (!kontor_query_parse_span (leaf->sql->db, leaf->field, value, &span, leaf->error))
    return FALSE;
  is_moment = span.to.type == KONTOR_VALUE_NULL;
  g_string_append_c (leaf->sql->sql, '(');
  if (is_moment)
    append_bound (leaf, op_sign (leaf->op), &span.from);
  else if (leaf->op == KONTOR_OP_LT || leaf->op == KONTOR_OP_GE)
    append_bound (leaf, op_sign (leaf->op), &span.from);
  else if (leaf->op == KONTOR_OP_LE)
    append_bound (leaf, "<", &span.to);
  else if (leaf->op == KONTOR_OP_GT)
    append_bound (leaf, ">=", &span.to);
  else
    {
      append_bound (leaf, ">=", &span.from);
      g_string_append (leaf->sql->sql, " AND ");
      append_bound (leaf, "<", &span.to);
    }
  g_string_append_c (leaf->sql->sql, ')');
  kontor_span_clear (&span);
  return TRUE;
}

/* --- Choices and pick lists ----------------------------------------------------------------- */

typedef struct
{
  const char *code, *label;
} Option;

static GArray *
list_options (KontorDb *db, const KontorFieldDef *field)
{
  GArray *options = g_array_new (FALSE, FALSE, sizeof (Option));

  for (const KontorChoice *choice = field->choices; choice != NULL && choice->value != NULL;
       choice++)
    {
      Option option = { choice->value, _(choice->label) };

      g_array_append_val (options, option);
    }
  if (field->pick != NULL)
    {
      g_autoptr(GPtrArray) values = kontor_schema_get_pick_values (db->schema, field->pick);

      for (guint i = 0; i < values->len; i++)
        {
          const KontorPickValue *value = g_ptr_array_index (values, i);
          Option option = { value->code, value->label };

          g_array_append_val (options, option);
        }
    }
  return options;
}

static const char *
find_code (KontorDb *db, const KontorFieldDef *field, const char *value, KontorValue *parsed)
{
  const KontorPickValue *pick;

  if (field->kind == KONTOR_FIELD_PICK)
    {
      pick = kontor_schema_find_pick (db->schema, field->pick, value);
      return pick != NULL ? pick->code : NULL;
    }
  if (!kontor_value_parse (field, value, parsed, NULL) || parsed->type != KONTOR_VALUE_TEXT)
    return NULL;
  return parsed->text;
}

static gboolean
fail_option (Leaf *leaf, GArray *options, const char *value)
{
  g_autoptr(GString) codes = g_string_new (NULL);

  for (guint i = 0; i < options->len && i < 20; i++)
    g_string_append_printf (codes,
                            "%s%s",
                            i > 0 ? ", " : "",
                            g_array_index (options, Option, i).code);
  kontor_set_error (leaf->error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_INVALID,
                    /* Translators: label of a field, what was typed, a list of values */
                    _("%s: “%s” is none of its values: %s."),
                    kontor_field_get_label (leaf->field),
                    value,
                    codes->str);
  return note_place (leaf, value);
}

static gboolean
matches_folded (const char *text, const char *key, gboolean starts)
{
  g_autofree char *folded = kontor_fold_sort (text);
  const char *found = strstr (folded, key);

  return starts ? found == folded : found != NULL;
}

static gboolean
option_fits (KontorFilterOp op, const Option *option, guint place, guint wanted, const char *key)
{
  switch (op)
    {
    case KONTOR_OP_LT:
      return place < wanted;
    case KONTOR_OP_LE:
      return place <= wanted;
    case KONTOR_OP_GT:
      return place > wanted;
    case KONTOR_OP_GE:
      return place >= wanted;
    default:
      return matches_folded (option->label, key, op == KONTOR_OP_STARTS) ||
             matches_folded (option->code, key, op == KONTOR_OP_STARTS);
    }
}

static gboolean
append_options (Leaf *leaf, GArray *options, const char *code, const char *value)
{
  g_autofree char *key = kontor_fold_sort (value);
  guint wanted = 0;
  gboolean first = TRUE;

  while (code != NULL && wanted < options->len &&
         !g_str_equal (g_array_index (options, Option, wanted).code, code))
    wanted++;
  append_column (leaf);
  g_string_append (leaf->sql->sql, " IN (");
  for (guint i = 0; i < options->len; i++)
    {
      const Option *option = &g_array_index (options, Option, i);

      if (!option_fits (leaf->op, option, i, wanted, key))
        continue;
      if (!first)
        g_string_append_c (leaf->sql->sql, ',');
      kontor_sql_bind_text (leaf->sql, option->code);
      first = FALSE;
    }
  /* "IN ()" would be a constant, with which the whole condition goes, and the use of its index. */
  g_string_append (leaf->sql->sql, first ? "NULL)" : ")");
  return TRUE;
}

/* By code or label; "<" and the like by the place in the list, "~" and "^=" by the label. */
static gboolean
append_option (Leaf *leaf, const char *value)
{
  KontorDb *db = leaf->sql->db;
  g_autoptr(GArray) options = list_options (db, leaf->field);
  g_auto(KontorValue) parsed = KONTOR_VALUE_INIT;
  const char *code = NULL;

  if (is_order (leaf->op))
    {
      code = find_code (db, leaf->field, value, &parsed);
      if (code == NULL)
        return fail_option (leaf, options, value);
    }
  if (leaf->op != KONTOR_OP_EQ)
    return append_options (leaf, options, code, value);
  append_column (leaf);
  g_string_append_c (leaf->sql->sql, '=');
  kontor_sql_bind_text (leaf->sql, code);
  return TRUE;
}

static LeafFunc
find_func (KontorFieldKind kind)
{
  switch (kind)
    {
    case KONTOR_FIELD_TEXT:
    case KONTOR_FIELD_LONG_TEXT:
    case KONTOR_FIELD_NAME:
    case KONTOR_FIELD_MAIL:
    case KONTOR_FIELD_ADDRESS:
    case KONTOR_FIELD_WEB:
    case KONTOR_FIELD_ZONE:
      return append_text;
    case KONTOR_FIELD_JSON:
      return append_json;
    case KONTOR_FIELD_PHONE:
      return append_phone;
    case KONTOR_FIELD_INTEGER:
    case KONTOR_FIELD_DECIMAL:
    case KONTOR_FIELD_PERCENT:
    case KONTOR_FIELD_DURATION:
      return append_exact;
    case KONTOR_FIELD_MONEY:
      return append_money;
    case KONTOR_FIELD_BOOLEAN:
      return append_boolean;
    case KONTOR_FIELD_DATE:
    case KONTOR_FIELD_INSTANT:
    case KONTOR_FIELD_WALL_TIME:
      return append_time;
    case KONTOR_FIELD_CHOICE:
    case KONTOR_FIELD_PICK:
      return append_option;
    case KONTOR_FIELD_COUNTRY:
    case KONTOR_FIELD_CURRENCY:
    case KONTOR_FIELD_TYPE:
    case KONTOR_FIELD_FILE:
      return append_code;
    case KONTOR_FIELD_LINK:
    case KONTOR_FIELD_LINK_ANY:
    case KONTOR_FIELD_TAGS:
    case KONTOR_FIELD_N_KINDS:
    default:
      return NULL;
    }
}

/**
 * kontor_query_append_leaf:
 * @sql: SQL so far
 * @alias: number of the table
 * @field: a field of it
 * @op: an operator that takes values, but not %KONTOR_OP_NE
 * @values: (element-type utf8): values as typed; several for %KONTOR_OP_IN only
 * @error: (nullable): place for an error that names field and value
 *
 * Appends an expression that is true, false, or NULL where the record has no value.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_query_append_leaf (KontorSql *sql,
                          guint alias,
                          const KontorFieldDef *field,
                          KontorFilterOp op,
                          GPtrArray *values,
                          GError **error)
{
  Leaf leaf = { sql, alias, field, op, error };
  LeafFunc func = find_func (field->kind);

  if (field->kind == KONTOR_FIELD_LINK || field->kind == KONTOR_FIELD_LINK_ANY)
    return kontor_query_append_link (sql, alias, field, op, values, error);
  if (field->kind == KONTOR_FIELD_TAGS)
    return kontor_query_append_tags (sql, alias, field, op, values, error);
  if (func == NULL)
    return kontor_query_fail_op (field, op, error);
  if (op == KONTOR_OP_IN)
    leaf.op = KONTOR_OP_EQ;
  return append_any (&leaf, values, 0, values->len, func);
}
