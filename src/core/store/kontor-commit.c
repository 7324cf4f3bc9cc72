/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one way in: a step becomes one transaction, or several of at most
 * KONTOR_TRANSACTION_MAX_OPS operations with the step open until the last. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-error.h"

typedef struct
{
  KontorStep *step;
  guint first, n;       /* the operations of this transaction */
  GHashTable *step_ids; /* (nullable): ids the whole step creates */
  GHashTable *expected; /* (nullable): id → type: what later parts create */
  const KontorId *step_id;
  const char *open_label; /* (nullable): the step's row is to be written too, whole */
  KontorOrigin origin;
} Part;

static void
abandon (KontorDb *db, KontorWork *work)
{
  kontor_db_rollback (db);
  if (work->schema_changed)
    kontor_db_load_schema (db, NULL);
}

static gboolean
apply_part (KontorWork *work, const Part *part, GError **error)
{
  for (guint i = part->first; i < part->first + part->n; i++)
    if (!kontor_work_apply (work, kontor_step_get_op (part->step, i), error))
      return FALSE;
  return kontor_work_check (work, error) && kontor_work_check_definitions (work, error);
}

/* Inside a transaction. @n_ops: what it logged; 0 means that nothing was written. */
static gboolean
write_part (KontorDb *db,
            KontorWork *work,
            const Part *part,
            KontorChangeSet *changes,
            guint *n_ops,
            GError **error)
{
  gint64 x = 0;

  work->step_ids = part->step_ids;
  work->expected = part->expected;
  work->is_later = part->first > 0;
  work->by_person = part->origin == KONTOR_ORIGIN_PERSON;
  if (!apply_part (work, part, error))
    return FALSE;
  *n_ops = work->log->len;
  if (*n_ops == 0)
    return TRUE;
  if (part->open_label != NULL &&
      !kontor_commit_write_step (db, part->step_id, part->open_label, part->origin, NULL, 1, error))
    return FALSE;
  return kontor_work_finish (work, part->step_id, changes, &x, error);
}

/* One transaction. */
static gboolean
commit_one (KontorDb *db, const Part *part, KontorChangeSet *changes, guint *n_ops, GError **error)
{
  KontorWork *work;
  gboolean ok;

  *n_ops = 0;
  if (!kontor_db_begin (db, error))
    return FALSE;
  work = kontor_work_new (db);
  ok = write_part (db, work, part, changes, n_ops, error);
  if (ok && *n_ops > 0)
    ok = kontor_db_commit (db, error);
  if (!ok)
    abandon (db, work);
  else if (*n_ops == 0)
    kontor_db_rollback (db);
  kontor_work_free (work);
  return ok;
}

/* Where the transaction that begins with @first ends: records and their children stay together
 * where that is possible, so that what is derived from them is made in memory. */
static guint
find_end (KontorStep *step, guint first)
{
  guint n_ops = kontor_step_get_n_ops (step);
  guint end = first + KONTOR_TRANSACTION_MAX_OPS;

  if (end >= n_ops)
    return n_ops;
  for (guint i = end; i > first + KONTOR_TRANSACTION_MAX_OPS / 2; i--)
    {
      const KontorOp *op = kontor_step_get_op (step, i);

      if (op->kind == KONTOR_OP_KIND_NEW && (op->type->flags & KONTOR_TYPE_CHILD) == 0)
        return i;
    }
  return end;
}

static GHashTable *
collect_ids (KontorStep *step)
{
  GHashTable *ids = g_hash_table_new (kontor_id_hash, kontor_id_equal);

  for (guint i = 0; i < kontor_step_get_n_ops (step); i++)
    {
      const KontorOp *op = kontor_step_get_op (step, i);

      if (op->kind == KONTOR_OP_KIND_NEW)
        g_hash_table_insert (ids, (gpointer) &op->id, (gpointer) op->type);
    }
  return ids;
}

static gboolean
commit_parts (KontorDb *db,
              KontorStep *step,
              const KontorId *step_id,
              GHashTable *expected,
              KontorChangeSet *changes,
              guint *n_ops,
              GError **error)
{
  g_autoptr(GHashTable) step_ids = collect_ids (step);
  Part part = { .step = step, .step_ids = step_ids, .expected = expected, .step_id = step_id };
  guint total = kontor_step_get_n_ops (step);

  while (part.first < total)
    {
      guint written;

      part.n = find_end (step, part.first) - part.first;
      if (!commit_one (db, &part, changes, &written, error))
        return FALSE;
      *n_ops += written;
      part.first += part.n;
    }
  return TRUE;
}

/* While nobody else is on the file the parts of one call share a transaction of the file: each page
 * is written once for all of them. In the log they are apart. */
static gboolean
commit_bulk (KontorDb *db,
             KontorStep *step,
             const KontorId *step_id,
             GHashTable *expected,
             KontorChangeSet *changes,
             GError **error)
{
  g_autoptr(GHashTable) step_ids = collect_ids (step);
  Part part = { .step = step, .step_ids = step_ids, .expected = expected, .step_id = step_id };
  guint total = kontor_step_get_n_ops (step);
  gboolean schema_changed = FALSE, ok = TRUE;

  if (!kontor_db_begin (db, error))
    return FALSE;
  while (ok && part.first < total)
    {
      KontorWork *work = kontor_work_new (db);
      guint written;

      part.n = find_end (step, part.first) - part.first;
      ok = write_part (db, work, &part, changes, &written, error);
      schema_changed |= work->schema_changed;
      part.first += part.n;
      kontor_work_free (work);
    }
  if (ok && kontor_db_commit (db, error))
    return TRUE;
  kontor_db_rollback (db);
  if (schema_changed)
    kontor_db_load_schema (db, NULL);
  return FALSE;
}

static gboolean
commit_long (KontorDb *db,
             KontorStep *step,
             const KontorId *step_id,
             KontorChangeSet *changes,
             guint *n_ops,
             GError **error)
{
  if (!kontor_commit_open_step (db,
                                step_id,
                                kontor_step_get_label (step),
                                kontor_step_get_origin (step),
                                error))
    return FALSE;
  if (commit_parts (db, step, step_id, NULL, changes, n_ops, error) && *n_ops > 0)
    return kontor_commit_close_step (db, step_id, NULL, error);
  /* What was written goes again; should that fail too, the next opening of the file does it. */
  kontor_undo_roll_back_step (db, step_id, changes, NULL, NULL, NULL);
  return *n_ops == 0 && (error == NULL || *error == NULL);
}

/**
 * kontor_commit_step:
 * @db: the writing connection, in no transaction
 * @step: what to do
 * @commit: filled in with what was done; n_ops 0 where nothing changed
 * @changes: changes are added to it
 * @error: (nullable): place for an error
 *
 * Commits a step of any size: whole or, on failure, not at all.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_commit_step (KontorDb *db,
                    KontorStep *step,
                    KontorCommit *commit,
                    KontorChangeSet *changes,
                    GError **error)
{
  guint n = kontor_step_get_n_ops (step);
  KontorId step_id = kontor_id_new (db->env);
  const KontorOp *first = n > 0 ? kontor_step_get_op (step, 0) : NULL;
  Part part = { .step = step,
                .n = n,
                .step_id = &step_id,
                .open_label = kontor_step_get_label (step),
                .origin = kontor_step_get_origin (step) };
  GError *local_error = NULL;
  guint n_ops = 0;

  if (n == 0)
    ;
  else if (n <= KONTOR_TRANSACTION_MAX_OPS)
    commit_one (db, &part, changes, &n_ops, &local_error);
  else
    commit_long (db, step, &step_id, changes, &n_ops, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  commit->n_ops = n_ops;
  g_free (commit->label);
  commit->label = g_strdup (kontor_step_get_label (step));
  if (first != NULL)
    {
      commit->first_type = first->type;
      commit->first_id = first->id;
    }
  if (n_ops > 0)
    {
      commit->step = step_id;
      kontor_change_set_set_step (changes, &step_id, commit->label, part.origin);
    }
  return TRUE;
}

static gboolean
run_in_transaction (KontorDb *db, gboolean ok, GError **error)
{
  if (ok && kontor_db_commit (db, error))
    return TRUE;
  kontor_db_rollback (db);
  return FALSE;
}

/**
 * kontor_commit_open_step:
 * @db: the writing connection, in no transaction
 * @step_id: id of the step to be
 * @label: what the person does
 * @origin: where it comes from
 * @error: (nullable): place for an error
 *
 * Begins a step of many transactions.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_commit_open_step (KontorDb *db,
                         const KontorId *step_id,
                         const char *label,
                         KontorOrigin origin,
                         GError **error)
{
  if (!kontor_db_begin (db, error))
    return FALSE;
  return run_in_transaction (db,
                             kontor_commit_write_step (db, step_id, label, origin, NULL, 0, error),
                             error);
}

/**
 * kontor_commit_part:
 * @db: the writing connection, in no transaction
 * @step_id: an open step
 * @part: operations of it, any number
 * @expected: (nullable): id → type of records that later parts create: links may lead to them
 * @changes: changes are added to it
 * @error: (nullable): place for an error
 *
 * Commits a part of an open step. On failure the transaction that failed left nothing; of a bulk
 * load that is the whole part, else the earlier ones stay until the step is rolled back.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_commit_part (KontorDb *db,
                    const KontorId *step_id,
                    KontorStep *part,
                    GHashTable *expected,
                    KontorChangeSet *changes,
                    GError **error)
{
  Part one = { .step = part,
               .n = kontor_step_get_n_ops (part),
               .expected = expected,
               .step_id = step_id };
  guint n_ops = 0;

  if (one.n <= KONTOR_TRANSACTION_MAX_OPS)
    return one.n == 0 || commit_one (db, &one, changes, &n_ops, error);
  if (db->bulk)
    return commit_bulk (db, part, step_id, expected, changes, error);
  return commit_parts (db, part, step_id, expected, changes, &n_ops, error);
}

/**
 * kontor_commit_close_step:
 * @db: the writing connection, in no transaction
 * @step_id: an open step
 * @label: (nullable): what it is called after all
 * @error: (nullable): place for an error
 *
 * Makes an open step whole: from now on Undo takes it back.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_commit_close_step (KontorDb *db, const KontorId *step_id, const char *label, GError **error)
{
  if (!kontor_db_begin (db, error))
    return FALSE;
  return run_in_transaction (db,
                             (label == NULL ||
                              kontor_commit_set_label (db, step_id, label, error)) &&
                               kontor_commit_set_state (db, step_id, 1, error),
                             error);
}
