/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that name another row of the file as their superior wait until that has come. Those that are
 * left at the end name somebody who is in no row, or go round in a circle. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-fold.h"
#include "kontor-import-rows-private.h"
#include <inttypes.h>
#include <string.h>
#include <glib/gi18n-lib.h>

#define MAX_BYTES (256 * 1024 * 1024)
#define MAX_NAMED 20

typedef struct
{
  guint64 line;
  char **cells;
  guint n_cells;
  char *wanted; /* folded: whom it names */
  char *name;   /* as the file has it, for messages */
  char **own;   /* folded: what others may call it */
  guint mark;   /* of the walk that looks for circles */
} Waiter;

struct _KontorImportWaiting
{
  KontorImportRows *rows; /* borrowed */
  GHashTable *by_wanted;  /* folded name → (element-type Waiter) GPtrArray */
  GQueue done;            /* (element-type utf8): folded names of rows that have come */
  guint n;
  gsize bytes;
};

static void
free_waiter (gpointer data)
{
  Waiter *waiter = data;

  g_strfreev (waiter->cells);
  g_strfreev (waiter->own);
  g_free (waiter->wanted);
  g_free (waiter->name);
  g_free (waiter);
}

/**
 * kontor_import_waiting_new:
 * @rows: the rows; outlive it
 *
 * Returns: (transfer full): nobody waits yet
 */
KontorImportWaiting *
kontor_import_waiting_new (KontorImportRows *rows)
{
  KontorImportWaiting *self = g_new0 (KontorImportWaiting, 1);

  self->rows = rows;
  self->by_wanted =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_queue_init (&self->done);
  return self;
}

/**
 * kontor_import_waiting_free:
 * @self: (transfer full) (nullable): waiting rows
 */
void
kontor_import_waiting_free (KontorImportWaiting *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_wanted);
  g_queue_clear_full (&self->done, g_free);
  g_free (self);
}

static char **
dup_own_names (KontorImportRows *rows)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < rows->own_keys->len; i++)
    {
      g_autofree char *text =
        kontor_import_rows_dup_key (rows, &g_array_index (rows->own_keys, KontorMatchKey, i));
      g_autofree char *folded = text != NULL ? kontor_fold_sort (text) : NULL;

      if (folded != NULL && *folded != '\0')
        g_strv_builder_add (builder, folded);
    }
  return g_strv_builder_end (builder);
}

/**
 * kontor_import_waiting_note_done:
 * @self: waiting rows
 *
 * The row that was read last becomes a record: who waits for it can go on. Its records must still
 * be in the draft.
 */
void
kontor_import_waiting_note_done (KontorImportWaiting *self)
{
  g_auto(GStrv) own = NULL;

  if (self->n == 0)
    return;
  own = dup_own_names (self->rows);
  for (char **name = own; *name != NULL; name++)
    if (g_hash_table_contains (self->by_wanted, *name))
      g_queue_push_tail (&self->done, g_strdup (*name));
}

static gsize
measure (const Waiter *waiter)
{
  gsize bytes = sizeof *waiter;

  for (guint i = 0; i < waiter->n_cells; i++)
    bytes += strlen (waiter->cells[i]) + 16;
  return bytes;
}

static void
put (KontorImportWaiting *self, Waiter *waiter)
{
  GPtrArray *others = g_hash_table_lookup (self->by_wanted, waiter->wanted);

  if (others == NULL)
    {
      others = g_ptr_array_new_with_free_func (free_waiter);
      g_hash_table_insert (self->by_wanted, g_strdup (waiter->wanted), others);
    }
  g_ptr_array_add (others, waiter);
  self->n++;
  self->bytes += measure (waiter);
}

/**
 * kontor_import_waiting_add:
 * @self: waiting rows
 * @error: (nullable): place for an error
 *
 * The row that was read last waits.
 *
 * Returns: %FALSE with @error set: too many wait
 */
gboolean
kontor_import_waiting_add (KontorImportWaiting *self, GError **error)
{
  KontorImportDraft *draft = self->rows->draft;
  const KontorDraftLink *link = kontor_import_rows_find_self_link (self->rows);
  Waiter *waiter = g_new0 (Waiter, 1);
  const KontorFieldDef *title = self->rows->plan->slots[0].title;
  g_autofree char *name = kontor_import_clean_text (title, link->text, NULL);

  waiter->line = draft->line;
  waiter->n_cells = draft->n_cells;
  waiter->cells = g_new0 (char *, draft->n_cells + 1);
  for (guint i = 0; i < draft->n_cells; i++)
    waiter->cells[i] = g_strdup (draft->cells[i]);
  waiter->wanted = kontor_fold_sort (name);
  waiter->name = kontor_record_dup_title (draft->records[0]);
  waiter->own = dup_own_names (self->rows);
  put (self, waiter);
  if (self->bytes <= MAX_BYTES)
    return TRUE;
  kontor_set_error (error,
                    KONTOR_EXCHANGE_ERROR,
                    KONTOR_ERROR_LIMIT,
                    _("Too many rows name a row further down. Sort the file so that superiors "
                       "stand before those below them."));
  return FALSE;
}

static GPtrArray *
steal (KontorImportWaiting *self, const char *wanted)
{
  gpointer key = NULL, waiters = NULL;

  if (!g_hash_table_steal_extended (self->by_wanted, wanted, &key, &waiters))
    return NULL;
  g_free (key);
  for (guint i = 0; i < ((GPtrArray *) waiters)->len; i++)
    self->bytes -= measure (g_ptr_array_index ((GPtrArray *) waiters, i));
  self->n -= ((GPtrArray *) waiters)->len;
  return waiters;
}

static void
refuse (KontorImportWaiting *self, const Waiter *waiter, const GError *error)
{
  if (self->rows->refused == NULL)
    self->rows->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (char **name = waiter->own; *name != NULL; name++)
    g_hash_table_insert (self->rows->refused,
                         g_strdup (*name),
                         g_memdup2 (&waiter->line, sizeof waiter->line));
  kontor_import_rows_refuse (self->rows,
                             error,
                             waiter->line,
                             (const char *const *) waiter->cells,
                             waiter->n_cells);
}

static gboolean
retry (KontorImportWaiting *self, const Waiter *waiter, gboolean may_wait, GError **error)
{
  g_autoptr(GError) local_error = NULL;
  KontorRowStatus status = KONTOR_ROW_FAULTY;
  gboolean blank;

  if (kontor_import_draft_read (self->rows->draft,
                                waiter->line,
                                (const char *const *) waiter->cells,
                                waiter->n_cells,
                                &blank,
                                &local_error))
    status = kontor_import_rows_process (self->rows, may_wait, &local_error);
  switch (status)
    {
    case KONTOR_ROW_DONE:
      return TRUE;

    case KONTOR_ROW_WAITS:
      return kontor_import_waiting_add (self, error);

    case KONTOR_ROW_FAULTY:
      refuse (self, waiter, local_error);
      return TRUE;

    case KONTOR_ROW_FATAL:
    default:
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
}

/**
 * kontor_import_waiting_release:
 * @self: waiting rows
 * @error: (nullable): place for an error
 *
 * Deals with the rows whose superior has come, and with those that waited for them.
 *
 * Returns: %FALSE with @error set: nothing more can be done
 */
gboolean
kontor_import_waiting_release (KontorImportWaiting *self, GError **error)
{
  char *name;

  while ((name = g_queue_pop_head (&self->done)) != NULL)
    {
      g_autoptr(GPtrArray) waiters = steal (self, name);

      g_free (name);
      for (guint i = 0; waiters != NULL && i < waiters->len; i++)
        if (!retry (self, g_ptr_array_index (waiters, i), TRUE, error))
          return FALSE;
    }
  return TRUE;
}

/* --- The end -------------------------------------------------------------------------------- */

/* Folded name → the waiting row that is called so. */
static GHashTable *
index_own_names (KontorImportWaiting *self)
{
  GHashTable *own = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer waiters;

  g_hash_table_iter_init (&iter, self->by_wanted);
  while (g_hash_table_iter_next (&iter, NULL, &waiters))
    for (guint i = 0; i < ((GPtrArray *) waiters)->len; i++)
      {
        Waiter *waiter = g_ptr_array_index ((GPtrArray *) waiters, i);

        for (char **name = waiter->own; *name != NULL; name++)
          if (!g_hash_table_contains (own, *name))
            g_hash_table_insert (own, *name, waiter);
      }
  return own;
}

static GPtrArray *
list_wanted (KontorImportWaiting *self)
{
  GPtrArray *wanted = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->by_wanted);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (wanted, g_strdup (name));
  return wanted;
}

static GError *
make_left_out_error (KontorImportWaiting *self, const char *wanted)
{
  const guint64 *line =
    self->rows->refused != NULL ? g_hash_table_lookup (self->rows->refused, wanted) : NULL;

  return line != NULL ? kontor_error_new (KONTOR_EXCHANGE_ERROR,
                                          KONTOR_ERROR_INVALID,
                                          _("It names line %" PRIu64 ", which was left out."),
                                          *line)
                      : NULL;
}

/* Those who name somebody who is in no row get him by name; those who name a row that was refused
 * are refused too. */
static gboolean
settle_wanted (KontorImportWaiting *self, const char *wanted, GError **error)
{
  g_autoptr(GPtrArray) waiters = steal (self, wanted);
  g_autoptr(GError) left_out = make_left_out_error (self, wanted);

  for (guint i = 0; i < waiters->len; i++)
    {
      const Waiter *waiter = g_ptr_array_index (waiters, i);

      if (left_out != NULL)
        refuse (self, waiter, left_out);
      else if (!retry (self, waiter, FALSE, error))
        return FALSE;
    }
  return kontor_import_waiting_release (self, error);
}

static gboolean
settle_roots (KontorImportWaiting *self, gboolean *any, GError **error)
{
  g_autoptr(GPtrArray) wanted = list_wanted (self);
  g_autoptr(GHashTable) own = index_own_names (self);

  *any = FALSE;
  for (guint i = 0; i < wanted->len; i++)
    {
      const char *name = g_ptr_array_index (wanted, i);

      if (g_hash_table_contains (own, name) || !g_hash_table_contains (self->by_wanted, name))
        continue;
      *any = TRUE;
      if (!settle_wanted (self, name, error))
        return FALSE;
    }
  return TRUE;
}

static char *
name_circle (Waiter *start, GHashTable *own)
{
  GString *chain = g_string_new (start->name);
  Waiter *at = start;
  guint n = 0;

  do
    {
      at = g_hash_table_lookup (own, at->wanted);
      g_string_append_printf (chain, " → %s", ++n < MAX_NAMED ? at->name : "…");
    }
  while (at != start && n < MAX_NAMED);
  return g_string_free (chain, FALSE);
}

static GError *
make_circle_error (Waiter *start, GHashTable *own)
{
  g_autofree char *chain = name_circle (start, own);
  GError *error =
    /* Translators: %s is a chain of names: A → B → A */
    kontor_error_new (KONTOR_EXCHANGE_ERROR,
                      KONTOR_ERROR_INVALID,
                      _("This would go round in a circle: %s."),
                      chain);

  kontor_error_set_value (error, chain);
  return error;
}

/* A row of a circle, found by walking until a row comes a second time. */
static Waiter *
find_circle (GHashTable *own, Waiter *start, guint mark)
{
  Waiter *at = start;

  while (at != NULL && at->mark != mark)
    {
      if (at->mark != 0)
        return NULL;
      at->mark = mark;
      at = g_hash_table_lookup (own, at->wanted);
    }
  return at;
}

static void
collect_circles (KontorImportWaiting *self, GHashTable *own, GPtrArray *starts)
{
  GHashTableIter iter;
  gpointer waiters;
  guint mark = 0;

  g_hash_table_iter_init (&iter, self->by_wanted);
  while (g_hash_table_iter_next (&iter, NULL, &waiters))
    for (guint i = 0; i < ((GPtrArray *) waiters)->len; i++)
      {
        Waiter *start = find_circle (own, g_ptr_array_index ((GPtrArray *) waiters, i), ++mark);

        if (start != NULL)
          g_ptr_array_add (starts, start);
      }
}

/* Everybody in the circle is refused with it named; who hangs on them is told so later. */
static void
refuse_circle (KontorImportWaiting *self, GHashTable *own, Waiter *start, GPtrArray *members)
{
  Waiter *at = start;

  do
    {
      g_autoptr(GError) error = make_circle_error (at, own);

      refuse (self, at, error);
      g_ptr_array_add (members, at);
      at = g_hash_table_lookup (own, at->wanted);
    }
  while (at != start);
}

static void
drop (KontorImportWaiting *self, Waiter *waiter)
{
  GPtrArray *others = g_hash_table_lookup (self->by_wanted, waiter->wanted);
  g_autofree char *wanted = g_strdup (waiter->wanted);

  self->n--;
  self->bytes -= measure (waiter);
  g_ptr_array_remove_fast (others, waiter);
  if (others->len == 0)
    g_hash_table_remove (self->by_wanted, wanted);
}

static gboolean
refuse_circles (KontorImportWaiting *self)
{
  g_autoptr(GHashTable) own = index_own_names (self);
  g_autoptr(GPtrArray) starts = g_ptr_array_new ();
  g_autoptr(GPtrArray) members = g_ptr_array_new ();

  collect_circles (self, own, starts);
  for (guint i = 0; i < starts->len; i++)
    refuse_circle (self, own, g_ptr_array_index (starts, i), members);
  /* only now: the names belong to them */
  for (guint i = 0; i < members->len; i++)
    drop (self, g_ptr_array_index (members, i));
  return members->len > 0;
}

/**
 * kontor_import_waiting_finish:
 * @self: waiting rows
 * @error: (nullable): place for an error
 *
 * There are no more rows to wait for.
 *
 * Returns: %FALSE with @error set: nothing more can be done
 */
gboolean
kontor_import_waiting_finish (KontorImportWaiting *self, GError **error)
{
  gboolean any;

  do
    if (!settle_roots (self, &any, error))
      return FALSE;
  while (self->n > 0 && (any || refuse_circles (self)));
  return TRUE;
}
