/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Positions are kept, not objects: a file may have very many rows. */
#include "config.h"

#include "kontor-import-row-model.h"

#include "kontor-compat.h"

struct _KontorImportRow
{
  GObject parent_instance;

  KontorImportCheck *check; /* owned */
  guint position;           /* in its rows */
};

G_DEFINE_FINAL_TYPE (KontorImportRow, kontor_import_row, G_TYPE_OBJECT)

struct _KontorImportRowModel
{
  GObject parent_instance;

  KontorImportCheck *check; /* (nullable) owned */
  GArray *shown;            /* (element-type guint): positions of the rows that are shown */
  GHashTable *choices;      /* (element-type guint64 KontorImportChoice): by line */
  KontorImportShow show;
  gboolean may_add; /* a known row may become a new record */
};

static void kontor_import_row_model_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KontorImportRowModel,
                               kontor_import_row_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      kontor_import_row_model_list_init))

enum
{
  DECIDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const KontorImportShow shows[] = {
  [KONTOR_VERDICT_NEW] = KONTOR_ROWS_NEW,       [KONTOR_VERDICT_UPDATE] = KONTOR_ROWS_UPDATE,
  [KONTOR_VERDICT_KNOWN] = KONTOR_ROWS_KNOWN,   [KONTOR_VERDICT_DUPLICATE] = KONTOR_ROWS_DUPLICATE,
  [KONTOR_VERDICT_FAULTY] = KONTOR_ROWS_FAULTY,
};

/* --- A row ------------------------------------------------------------------------------------ */

static void
kontor_import_row_finalize (GObject *object)
{
  kontor_import_check_unref (KONTOR_IMPORT_ROW (object)->check);
  G_OBJECT_CLASS (kontor_import_row_parent_class)->finalize (object);
}

static void
kontor_import_row_class_init (KontorImportRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kontor_import_row_finalize;
}

static void
kontor_import_row_init (KontorImportRow *self)
{
}

/**
 * kontor_import_row_get_checked:
 * @self: a row
 *
 * Returns: (transfer none): what was found out about it
 */
const KontorCheckedRow *
kontor_import_row_get_checked (KontorImportRow *self)
{
  return &g_array_index (self->check->rows, KontorCheckedRow, self->position);
}

/* --- The list --------------------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return KONTOR_TYPE_IMPORT_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return KONTOR_IMPORT_ROW_MODEL (model)->shown->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  KontorImportRowModel *self = KONTOR_IMPORT_ROW_MODEL (model);
  KontorImportRow *row;

  if (position >= self->shown->len)
    return NULL;
  row = g_object_new (KONTOR_TYPE_IMPORT_ROW, NULL);
  row->check = kontor_import_check_ref (self->check);
  row->position = g_array_index (self->shown, guint, position);
  return row;
}

static void
kontor_import_row_model_list_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static const KontorCheckedRow *
get_nth (KontorImportRowModel *self, guint position)
{
  return &g_array_index (self->check->rows, KontorCheckedRow, position);
}

static guint
count_rows (KontorImportRowModel *self)
{
  return self->check != NULL ? self->check->rows->len : 0;
}

static void
refill (KontorImportRowModel *self)
{
  guint n_old = self->shown->len;

  g_array_set_size (self->shown, 0);
  for (guint i = 0; i < count_rows (self); i++)
    if (self->show == KONTOR_ROWS_ALL || shows[get_nth (self, i)->verdict] == self->show)
      g_array_append_val (self->shown, i);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, self->shown->len);
}

static void
kontor_import_row_model_finalize (GObject *object)
{
  KontorImportRowModel *self = KONTOR_IMPORT_ROW_MODEL (object);

  g_clear_pointer (&self->check, kontor_import_check_unref);
  g_array_unref (self->shown);
  g_hash_table_unref (self->choices);
  G_OBJECT_CLASS (kontor_import_row_model_parent_class)->finalize (object);
}

static void
kontor_import_row_model_class_init (KontorImportRowModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kontor_import_row_model_finalize;
  signals[DECIDED] = kontor_signal_new (KONTOR_TYPE_IMPORT_ROW_MODEL, "decided");
}

static void
kontor_import_row_model_init (KontorImportRowModel *self)
{
  self->shown = g_array_new (FALSE, FALSE, sizeof (guint));
  self->choices = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * kontor_import_row_model_new:
 *
 * Returns: (transfer full): a list without rows
 */
KontorImportRowModel *
kontor_import_row_model_new (void)
{
  return g_object_new (KONTOR_TYPE_IMPORT_ROW_MODEL, NULL);
}

/**
 * kontor_import_row_model_set_check:
 * @self: a list of rows
 * @check: (nullable): what became of the rows
 * @may_add: whether a row whose record is known may become a new one all the same
 *
 * What was decided for a line stays, where it still makes sense.
 */
void
kontor_import_row_model_set_check (KontorImportRowModel *self,
                                   KontorImportCheck *check,
                                   gboolean may_add)
{
  if (check != NULL)
    kontor_import_check_ref (check);
  g_clear_pointer (&self->check, kontor_import_check_unref);
  self->check = check;
  self->may_add = may_add;
  refill (self);
}

/**
 * kontor_import_row_model_show:
 * @self: a list of rows
 * @show: which rows it has from now on
 */
void
kontor_import_row_model_show (KontorImportRowModel *self, KontorImportShow show)
{
  if (self->show == show)
    return;
  self->show = show;
  refill (self);
}

/**
 * kontor_import_row_model_get_show:
 * @self: a list of rows
 *
 * Returns: which rows it has
 */
KontorImportShow
kontor_import_row_model_get_show (KontorImportRowModel *self)
{
  return self->show;
}

/* --- What is decided -------------------------------------------------------------------------- */

/**
 * kontor_import_row_model_may_choose:
 * @self: a list of rows
 * @row: one of its rows
 * @choice: something to decide
 *
 * Returns: whether it can be decided for such a row
 */
gboolean
kontor_import_row_model_may_choose (KontorImportRowModel *self,
                                    const KontorCheckedRow *row,
                                    KontorImportChoice choice)
{
  switch (row->verdict)
    {
    case KONTOR_VERDICT_NEW:
      return self->may_add && (choice == KONTOR_CHOICE_NONE || choice == KONTOR_CHOICE_SKIP);
    case KONTOR_VERDICT_UPDATE:
    case KONTOR_VERDICT_KNOWN:
      return choice != KONTOR_CHOICE_CREATE || self->may_add;
    case KONTOR_VERDICT_DUPLICATE:
      return choice != KONTOR_CHOICE_CREATE; /* that it becomes by itself */
    case KONTOR_VERDICT_FAULTY:
    default:
      return FALSE;
    }
}

/**
 * kontor_import_row_model_get_choice:
 * @self: a list of rows
 * @row: one of its rows
 *
 * Returns: what is decided for it
 */
KontorImportChoice
kontor_import_row_model_get_choice (KontorImportRowModel *self, const KontorCheckedRow *row)
{
  KontorImportChoice choice =
    (KontorImportChoice) GPOINTER_TO_UINT (g_hash_table_lookup (self->choices, &row->line));

  return kontor_import_row_model_may_choose (self, row, choice) ? choice : KONTOR_CHOICE_NONE;
}

static void
choose (KontorImportRowModel *self, const KontorCheckedRow *row, KontorImportChoice choice)
{
  if (!kontor_import_row_model_may_choose (self, row, choice))
    return;
  if (choice == KONTOR_CHOICE_NONE)
    g_hash_table_remove (self->choices, &row->line);
  else
    g_hash_table_insert (self->choices,
                         g_memdup2 (&row->line, sizeof row->line),
                         GUINT_TO_POINTER (choice));
}

/**
 * kontor_import_row_model_choose:
 * @self: a list of rows
 * @row: one of its rows
 * @choice: what is decided for it
 */
void
kontor_import_row_model_choose (KontorImportRowModel *self,
                                const KontorCheckedRow *row,
                                KontorImportChoice choice)
{
  choose (self, row, choice);
  g_signal_emit (self, signals[DECIDED], 0);
}

/**
 * kontor_import_row_model_choose_shown:
 * @self: a list of rows
 * @choice: what is decided for all rows that are shown, where it can be
 */
void
kontor_import_row_model_choose_shown (KontorImportRowModel *self, KontorImportChoice choice)
{
  for (guint i = 0; i < self->shown->len; i++)
    choose (self, get_nth (self, g_array_index (self->shown, guint, i)), choice);
  g_signal_emit (self, signals[DECIDED], 0);
}

/**
 * kontor_import_row_model_forget:
 * @self: a list of rows
 *
 * The lines are those of another file now: nothing is decided.
 */
void
kontor_import_row_model_forget (KontorImportRowModel *self)
{
  g_hash_table_remove_all (self->choices);
}

/* What a row becomes by what is decided for it. */
static KontorImportShow
find_outcome (KontorImportRowModel *self, const KontorCheckedRow *row)
{
  switch (kontor_import_row_model_get_choice (self, row))
    {
    case KONTOR_CHOICE_CREATE:
      return KONTOR_ROWS_NEW;
    case KONTOR_CHOICE_FILL:
    case KONTOR_CHOICE_OVERWRITE:
      return KONTOR_ROWS_UPDATE;
    case KONTOR_CHOICE_SKIP:
      return KONTOR_ROWS_KNOWN;
    case KONTOR_CHOICE_NONE:
    case KONTOR_N_CHOICES:
    default:
      return shows[row->verdict];
    }
}

/**
 * kontor_import_row_model_count:
 * @self: a list of rows with a check
 * @counts: (out caller-allocates) (array fixed-size=6): how many rows become what
 */
void
kontor_import_row_model_count (KontorImportRowModel *self, guint64 *counts)
{
  const KontorImportCheck *check = self->check;

  counts[KONTOR_ROWS_NEW] = check->n_new;
  counts[KONTOR_ROWS_UPDATE] = check->n_update;
  counts[KONTOR_ROWS_KNOWN] = check->n_known;
  counts[KONTOR_ROWS_DUPLICATE] = check->n_duplicates;
  counts[KONTOR_ROWS_FAULTY] = check->n_faulty;
  counts[KONTOR_ROWS_ALL] =
    check->n_new + check->n_update + check->n_known + check->n_duplicates + check->n_faulty;
  for (guint i = 0; g_hash_table_size (self->choices) > 0 && i < count_rows (self); i++)
    {
      const KontorCheckedRow *row = get_nth (self, i);

      counts[shows[row->verdict]]--;
      counts[find_outcome (self, row)]++;
    }
}

/**
 * kontor_import_row_model_count_decided:
 * @self: a list of rows
 * @show: which of them
 *
 * Returns: for how many of them something is decided
 */
guint
kontor_import_row_model_count_decided (KontorImportRowModel *self, KontorImportShow show)
{
  guint n = 0;

  for (guint i = 0; g_hash_table_size (self->choices) > 0 && i < count_rows (self); i++)
    {
      const KontorCheckedRow *row = get_nth (self, i);

      n += (show == KONTOR_ROWS_ALL || shows[row->verdict] == show) &&
           kontor_import_row_model_get_choice (self, row) != KONTOR_CHOICE_NONE;
    }
  return n;
}

/**
 * kontor_import_row_model_add_to:
 * @self: a list of rows
 * @options: options of the import, which get what is decided
 */
void
kontor_import_row_model_add_to (KontorImportRowModel *self, KontorImportOptions *options)
{
  static const KontorImportDecision decisions[] = {
    [KONTOR_CHOICE_CREATE] = KONTOR_DECISION_CREATE,
    [KONTOR_CHOICE_FILL] = KONTOR_DECISION_FILL,
    [KONTOR_CHOICE_OVERWRITE] = KONTOR_DECISION_OVERWRITE,
    [KONTOR_CHOICE_SKIP] = KONTOR_DECISION_SKIP,
  };

  for (guint i = 0; g_hash_table_size (self->choices) > 0 && i < count_rows (self); i++)
    {
      const KontorCheckedRow *row = get_nth (self, i);
      KontorImportChoice choice = kontor_import_row_model_get_choice (self, row);
      gboolean changes = choice == KONTOR_CHOICE_FILL || choice == KONTOR_CHOICE_OVERWRITE;

      /* a record that an earlier row makes has no id yet */
      if (choice != KONTOR_CHOICE_NONE)
        kontor_import_options_decide (options,
                                      row->line,
                                      decisions[choice],
                                      changes && row->other_line == 0 ? &row->record : NULL);
    }
}
