/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options of an import as one value that can be handed to another thread. */
#include "config.h"

#include "kontor-import-options.h"

typedef struct
{
  KontorImportDecision decision;
  KontorId record;
} Decision;

/**
 * kontor_import_options_get_type:
 *
 * Returns: the boxed type of options
 */
GType
kontor_import_options_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
                       g_boxed_type_register_static (g_intern_static_string ("KontorImportOptions"),
                                                     (GBoxedCopyFunc) kontor_import_options_copy,
                                                     (GBoxedFreeFunc) kontor_import_options_free));
  return (GType) type;
}

/**
 * kontor_import_options_new:
 *
 * Returns: (transfer full): options by which known records are left as they are
 */
KontorImportOptions *
kontor_import_options_new (void)
{
  return g_new0 (KontorImportOptions, 1);
}

/**
 * kontor_import_options_copy:
 * @self: options
 *
 * Returns: (transfer full): a copy
 */
KontorImportOptions *
kontor_import_options_copy (const KontorImportOptions *self)
{
  KontorImportOptions *copy = g_memdup2 (self, sizeof *self);

  copy->key = g_strdup (self->key);
  copy->tags = g_strdupv (self->tags);
  copy->role = g_strdup (self->role);
  copy->currency = g_strdup (self->currency);
  copy->decisions = NULL;
  if (self->decisions != NULL)
    {
      GHashTableIter iter;
      gpointer line, decision;

      g_hash_table_iter_init (&iter, self->decisions);
      while (g_hash_table_iter_next (&iter, &line, &decision))
        kontor_import_options_decide (copy,
                                      *(guint64 *) line,
                                      ((Decision *) decision)->decision,
                                      &((Decision *) decision)->record);
    }
  return copy;
}

/**
 * kontor_import_options_free:
 * @self: (transfer full) (nullable): options
 */
void
kontor_import_options_free (KontorImportOptions *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_strfreev (self->tags);
  g_free (self->role);
  g_free (self->currency);
  g_clear_pointer (&self->decisions, g_hash_table_unref);
  g_free (self);
}

/**
 * kontor_import_options_decide:
 * @self: options
 * @line: where the row stands
 * @decision: what is done with it
 * @record: (nullable): the record it means, if the person says so
 */
void
kontor_import_options_decide (KontorImportOptions *self,
                              guint64 line,
                              KontorImportDecision decision,
                              const KontorId *record)
{
  Decision *entry = g_new0 (Decision, 1);

  if (self->decisions == NULL)
    self->decisions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  entry->decision = decision;
  if (record != NULL)
    entry->record = *record;
  g_hash_table_insert (self->decisions, g_memdup2 (&line, sizeof line), entry);
}

/**
 * kontor_import_options_get_decision:
 * @self: options
 * @line: where a row stands
 * @decision: (out): what is done with it
 * @record: (out): the record it means, or null
 *
 * Returns: whether the person decided anything for the row
 */
gboolean
kontor_import_options_get_decision (const KontorImportOptions *self,
                                    guint64 line,
                                    KontorImportDecision *decision,
                                    KontorId *record)
{
  const Decision *entry =
    self->decisions != NULL ? g_hash_table_lookup (self->decisions, &line) : NULL;

  if (entry == NULL)
    return FALSE;
  *decision = entry->decision;
  *record = entry->record;
  return TRUE;
}

/**
 * kontor_import_options_get_mode:
 * @self: options
 * @line: where a row stands whose record is there already
 *
 * Returns: what is done with it
 */
KontorImportMode
kontor_import_options_get_mode (const KontorImportOptions *self, guint64 line)
{
  static const KontorImportMode modes[] = {
    [KONTOR_DECISION_CREATE] = KONTOR_IMPORT_ADD,
    [KONTOR_DECISION_SKIP] = KONTOR_IMPORT_SKIP,
    [KONTOR_DECISION_FILL] = KONTOR_IMPORT_FILL,
    [KONTOR_DECISION_OVERWRITE] = KONTOR_IMPORT_OVERWRITE,
  };
  KontorImportDecision decision;
  KontorId record;

  return kontor_import_options_get_decision (self, line, &decision, &record) ? modes[decision]
                                                                             : self->mode;
}

/**
 * kontor_import_options_only_adds:
 * @self: options
 *
 * Returns: whether no record that is there can be changed
 */
gboolean
kontor_import_options_only_adds (const KontorImportOptions *self)
{
  return self->decisions == NULL &&
         (self->mode == KONTOR_IMPORT_SKIP || self->mode == KONTOR_IMPORT_ADD);
}
