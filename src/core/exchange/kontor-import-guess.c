/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where columns go and what rows are, by the headers, and by the cells where a header can mean two
 * things. */
#include "config.h"

#include "kontor-import-map-private.h"
#include "kontor-import-private.h"
#include "kontor-model.h"
#include <string.h>

#define MIN_CHOICE_SAMPLES 3

/* --- Guessing ------------------------------------------------------------------------------- */

static const char *
get_sample_cell (const KontorInspection *inspection, guint row, guint column)
{
  char **cells = g_ptr_array_index (inspection->sample, row);

  return column < g_strv_length (cells) ? cells[column] : NULL;
}

/* (element-type utf8): the cells of a column that are not empty, ends with NULL. */
static GPtrArray *
collect_cells (const KontorInspection *inspection, guint column)
{
  GPtrArray *cells = g_ptr_array_new ();

  for (guint i = 0; i < inspection->sample->len; i++)
    {
      const char *cell = get_sample_cell (inspection, i, column);

      if (cell != NULL && *cell != '\0')
        g_ptr_array_add (cells, (gpointer) cell);
    }
  g_ptr_array_add (cells, NULL);
  return cells;
}

static gboolean
is_courtesy (const char *cell)
{
  static const char *const words[] = {
    "mr",       "mrs",     "ms",        "miss",   "mx",   "mme",  "mlle",  "sir",
    "sr",       "sra",     "dr",        "prof",   "herr", "frau", "hr",    "fr",
    "rev",      "hon",     "ing",       "mag",    "г н",  "г жа", "д р",   "проф",
    "господин", "госпожа", "professor", "doctor", "lady", "lord", "madam",
  };
  g_autofree char *folded = kontor_import_fold_header (cell);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (folded, words[i]) &&
        (folded[strlen (words[i])] == '\0' || folded[strlen (words[i])] == ' '))
      return TRUE;
  return FALSE;
}

/* "Title" is "Dr." in one file and "Sales manager" in the next. */
static gboolean
are_courtesies (GPtrArray *cells)
{
  guint n_courtesies = 0, n = cells->len - 1;

  for (guint i = 0; i < n; i++)
    n_courtesies += is_courtesy (g_ptr_array_index (cells, i));
  return n > 0 && n_courtesies * 3 >= n * 2;
}

/* A column "Status" with words that are no states of ours says something else. */
static gboolean
has_choice (const KontorFieldDef *field, GPtrArray *cells)
{
  guint n = cells->len - 1;

  for (guint i = 0; i < n; i++)
    {
      g_auto(KontorValue) value = KONTOR_VALUE_INIT;

      if (kontor_value_parse (field, g_ptr_array_index (cells, i), &value, NULL))
        return TRUE;
    }
  return n < MIN_CHOICE_SAMPLES;
}

static KontorImportTarget *
guess_target (KontorImportMap *self, GHashTable *aliases, const char *header, GPtrArray *cells)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (header));
  g_autofree char *lower = NULL;
  g_autofree char *path = NULL;
  g_autofree char *folded = NULL;
  g_autoptr(KontorImportTarget) target = NULL;

  if (*trimmed == '\0')
    return NULL;
  /* as exports of our own call it */
  lower = g_utf8_strdown (trimmed, -1);
  target = kontor_import_target_parse (self->schema, self->type, lower, NULL);
  if (target == NULL)
    {
      path = kontor_import_find_alias (aliases, trimmed);
      folded = kontor_import_fold_header (trimmed);
      if (path != NULL && g_str_equal (folded, "title") && g_str_equal (path, "prefix") &&
          !are_courtesies (cells))
        {
          g_free (path);
          path = g_strdup ("position");
        }
      if (path != NULL)
        target = kontor_import_target_parse (self->schema, self->type, path, NULL);
    }
  if (target != NULL && target->field != NULL && target->field->kind == KONTOR_FIELD_CHOICE &&
      !has_choice (target->field, cells))
    return NULL;
  return g_steal_pointer (&target);
}

/* What two columns claim goes to the first; lines of a street are joined. */
static void
claim (KontorImportMap *self, guint column, KontorImportTarget *target)
{
  KontorImportColumn *place = kontor_import_map_nth (self, column);
  int first = kontor_import_map_find_claim (self, column, target->path);
  g_autofree char *name = kontor_import_fold_header (place->name);
  g_autofree char *other = NULL;

  if (first < 0 || kontor_import_target_is_repeatable (target))
    {
      place->target = target;
      return;
    }
  other = kontor_import_fold_header (kontor_import_map_nth (self, (guint) first)->name);
  if (g_str_equal (name, other))
    place->same_as = first;
  else if (target->field != NULL && target->field->kind == KONTOR_FIELD_ADDRESS)
    {
      place->target = target;
      return;
    }
  kontor_import_target_free (target);
}

static gboolean
is_dated (const KontorImportTarget *target)
{
  return target != NULL && target->field != NULL && target->what == KONTOR_TARGET_VALUE &&
         (target->field->kind == KONTOR_FIELD_DATE || target->field->kind == KONTOR_FIELD_INSTANT ||
          target->field->kind == KONTOR_FIELD_WALL_TIME);
}

/**
 * kontor_import_map_guess:
 * @schema: fields of the workspace
 * @type: what the rows become
 * @inspection: of a CSV file
 *
 * Returns: (transfer full): where the columns probably go
 */
KontorImportMap *
kontor_import_map_guess (KontorSchema *schema,
                         const KontorRecordType *type,
                         const KontorInspection *inspection)
{
  KontorImportMap *self = kontor_import_map_new (schema,
                                                 type,
                                                 (const char *const *) inspection->columns->pdata,
                                                 inspection->columns->len);
  g_autoptr(GHashTable) aliases = kontor_import_aliases (schema, type);

  for (guint i = 0; i < self->columns->len; i++)
    {
      g_autoptr(GPtrArray) cells = collect_cells (inspection, i);
      KontorImportTarget *target =
        guess_target (self, aliases, kontor_import_map_nth (self, i)->name, cells);

      if (target != NULL)
        claim (self, i, target);
    }
  kontor_import_map_guess_dates (self, inspection);
  return self;
}

/**
 * kontor_import_map_guess_dates:
 * @self: a map that no import uses yet
 * @inspection: the file it is for
 *
 * Finds the order of day, month and year in the columns of dates of which it is not known, such as
 * those that were assigned by hand. Where all orders are possible it stays unknown.
 */
void
kontor_import_map_guess_dates (KontorImportMap *self, const KontorInspection *inspection)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      KontorImportColumn *column = kontor_import_map_nth (self, i);
      g_autoptr(GPtrArray) cells = NULL;

      if (column->order != KONTOR_DATE_ORDER_UNKNOWN || !is_dated (column->target))
        continue;
      cells = collect_cells (inspection, i);
      column->order = kontor_date_guess_order ((const char *const *) cells->pdata, cells->len - 1);
    }
}

/**
 * kontor_import_map_set_date_orders:
 * @self: a map that no import uses yet
 * @order: the order of day, month and year in all columns of dates
 */
void
kontor_import_map_set_date_orders (KontorImportMap *self, KontorDateOrder order)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (is_dated (kontor_import_map_nth (self, i)->target))
      kontor_import_map_nth (self, i)->order = order;
}

/* Whether day and month could be changed, and the column does not say which is which. */
static gboolean
is_unclear (const char *text, KontorDateOrder order)
{
  g_autofree char *day_first = kontor_date_parse_iso (text, KONTOR_DATE_ORDER_DMY);
  g_autofree char *month_first = kontor_date_parse_iso (text, KONTOR_DATE_ORDER_MDY);
  g_autofree char *year_first = NULL;

  if (day_first == NULL || month_first == NULL || g_str_equal (day_first, month_first))
    return FALSE;
  /* "03/04/05" among days of which the year stands first is one of them, "03/04/71" is not */
  if (order == KONTOR_DATE_ORDER_YMD)
    year_first = kontor_date_parse_iso (text, order);
  return order == KONTOR_DATE_ORDER_UNKNOWN || g_strcmp0 (year_first, day_first) == 0 ||
         g_strcmp0 (year_first, month_first) == 0;
}

/**
 * kontor_import_map_find_unclear_date:
 * @self: a map
 * @inspection: the file it is for
 *
 * Returns: the first column with dates of which nobody can say what is the day and what the month,
 *   or -1
 */
int
kontor_import_map_find_unclear_date (KontorImportMap *self, const KontorInspection *inspection)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const KontorImportColumn *column = kontor_import_map_nth (self, i);
      g_autoptr(GPtrArray) cells = NULL;

      if (column->order == KONTOR_DATE_ORDER_DMY || column->order == KONTOR_DATE_ORDER_MDY ||
          !is_dated (column->target))
        continue;
      cells = collect_cells (inspection, i);
      for (guint k = 0; k + 1 < cells->len; k++)
        if (is_unclear (g_ptr_array_index (cells, k), column->order))
          return (int) i;
    }
  return -1;
}

/* --- What the file holds ---------------------------------------------------------------------- */

static char *
fold_stem (const char *file_name)
{
  const char *dot = file_name != NULL ? strrchr (file_name, '.') : NULL;
  g_autofree char *stem = dot != NULL ? g_strndup (file_name, dot - file_name)
                                      : g_strdup (file_name != NULL ? file_name : "");
  g_autofree char *folded = kontor_import_fold_header (stem);

  return g_strconcat (" ", folded, " ", NULL);
}

static gboolean
has_word (const char *stem, const char *word)
{
  g_autofree char *folded = kontor_import_fold_header (word);
  g_autofree char *padded = g_strconcat (" ", folded, " ", NULL);

  return strstr (stem, padded) != NULL;
}

static gboolean
is_named (const char *stem, const KontorRecordType *type)
{
  for (guint i = 0; type->import != NULL && type->import[i] != NULL; i++)
    if (has_word (stem, type->import[i]))
      return TRUE;
  return has_word (stem, type->name);
}

static const char *
find_role (const char *stem)
{
  static const struct
  {
    const char *word, *role;
  } words[] = {
    { "supplier", "supplier" },   { "suppliers", "supplier" },     { "vendors", "supplier" },
    { "поставщики", "supplier" }, { "lieferanten", "supplier" },   { "partners", "partner" },
    { "партнеры", "partner" },    { "competitors", "competitor" }, { "конкуренты", "competitor" },
    { "customers", "customer" },  { "customer", "customer" },      { "клиенты", "customer" },
    { "kunden", "customer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (has_word (stem, words[i].word))
      return words[i].role;
  return NULL;
}

static gboolean
is_name (const KontorImportTarget *target)
{
  return target->field != NULL && !target->of_person && target->slot == KONTOR_SLOT_RECORD &&
         ((target->field->flags & KONTOR_FIELD_TITLE) != 0 ||
          g_str_equal (target->field->name, "first_name") ||
          g_str_equal (target->field->name, "last_name"));
}

/* How many columns go somewhere, and how soon the record's name comes. */
static guint
score_type (KontorSchema *schema,
            const KontorRecordType *type,
            const char *const *columns,
            guint n_columns)
{
  g_autoptr(KontorImportMap) map = kontor_import_map_new (schema, type, columns, n_columns);
  g_autoptr(GHashTable) aliases = kontor_import_aliases (schema, type);
  g_autoptr(GPtrArray) no_cells = g_ptr_array_new ();
  guint n = 0, first = n_columns;

  g_ptr_array_add (no_cells, NULL);
  for (guint i = 0; i < n_columns; i++)
    {
      KontorImportTarget *target = guess_target (map, aliases, columns[i], no_cells);

      if (target == NULL)
        continue;
      claim (map, i, target);
      target = kontor_import_map_nth (map, i)->target;
      n += target != NULL;
      if (target != NULL && is_name (target))
        first = MIN (first, i);
    }
  if (kontor_import_map_find_unfilled (map) != NULL)
    return 0;
  return n * 1000 + (n_columns - first) * 100 / MAX (n_columns, 1);
}

/**
 * kontor_import_guess_type:
 * @schema: fields of the workspace
 * @file_name: (nullable): the file's name
 * @columns: (array length=n_columns): names of its columns
 * @n_columns: how many
 * @role: (out) (optional) (nullable): business role the name tells
 *
 * Returns: (transfer none) (nullable): what the rows probably are; %NULL when that can't be told
 */
const KontorRecordType *
kontor_import_guess_type (KontorSchema *schema,
                          const char *file_name,
                          const char *const *columns,
                          guint n_columns,
                          const char **role)
{
  g_autofree char *stem = fold_stem (file_name);
  const KontorRecordType *best = NULL;
  guint best_score = 0;

  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);
      guint score;

      if ((type->flags & KONTOR_TYPE_INTERNAL) != 0)
        continue;
      score = score_type (schema, type, columns, n_columns);
      /* a name helps what fits at all; without one most of the columns must */
      if (score > 0 && is_named (stem, type))
        score += 2500;
      else if (score / 1000 * 5 < n_columns * 2)
        score = 0;
      if (score > best_score)
        {
          best_score = score;
          best = type;
        }
    }
  if (role != NULL)
    *role = best == &kontor_account_type ? find_role (stem) : NULL;
  return best;
}
