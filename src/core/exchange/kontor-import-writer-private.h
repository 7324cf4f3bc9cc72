/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows to the workspace in parts of a long step. What the workspace refuses costs its row only. */
#pragma once

#include "kontor-workspace.h"

G_BEGIN_DECLS

/* More operations a row would be more than a transaction takes. */
#define KONTOR_IMPORT_MAX_ROW_OPS 900

/**
 * KontorImportRefused:
 * @tag: what the caller gave the unit
 * @line: where the row stands
 * @cells: (array length=n_cells): the row
 * @n_cells: how many
 * @error: why the workspace refused it
 * @data: what the caller gave the writer
 *
 * Called for each row that was handed over and is not in the workspace after all.
 */
typedef void (*KontorImportRefused) (guint tag,
                                     guint64 line,
                                     const char *const *cells,
                                     guint n_cells,
                                     const GError *error,
                                     gpointer data);

typedef struct _KontorImportWriter KontorImportWriter;

KontorImportWriter *kontor_import_writer_new (KontorWorkspace *workspace,
                                              const char *label,
                                              gboolean bulk,
                                              KontorImportRefused refused,
                                              gpointer data,
                                              GError **error);
void kontor_import_writer_free (KontorImportWriter *self);
KontorLongStep *kontor_import_writer_get_step (KontorImportWriter *self);
KontorStep *kontor_import_writer_begin (KontorImportWriter *self,
                                        guint tag,
                                        guint64 line,
                                        const char *const *cells,
                                        guint n_cells,
                                        guint max_ops,
                                        GError **error);
void kontor_import_writer_end_helpers (KontorImportWriter *self);
void kontor_import_writer_end (KontorImportWriter *self);
gboolean kontor_import_writer_flush (KontorImportWriter *self, GError **error);
gboolean kontor_import_writer_touches (KontorImportWriter *self, const KontorId *id);
gboolean
kontor_import_writer_append_now (KontorImportWriter *self, KontorStep *step, GError **error);
KontorCommit *kontor_import_writer_finish (KontorImportWriter *self,
                                           gboolean keep,
                                           KontorProgress progress,
                                           gpointer progress_data,
                                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorImportWriter, kontor_import_writer_free)

G_END_DECLS
