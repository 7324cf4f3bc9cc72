/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records to a file: as CSV for spreadsheets, as JSON lines that lose nothing, or as vCards. */
#pragma once

#include "kontor-workspace.h"

G_BEGIN_DECLS

typedef enum
{
  KONTOR_EXPORT_CSV,
  KONTOR_EXPORT_JSON,    /* one record a line, with its type */
  KONTOR_EXPORT_VCARD_3, /* cards of people and organisations */
  KONTOR_EXPORT_VCARD_4,
} KontorExportFormat;

typedef struct _KontorExport KontorExport;

#define KONTOR_TYPE_EXPORT (kontor_export_get_type ())
GType kontor_export_get_type (void);

KontorExport *kontor_export_new (KontorWorkspace *workspace, KontorExportFormat format);
KontorExport *kontor_export_ref (KontorExport *self);
void kontor_export_unref (KontorExport *self);

/* What goes into it, in this order; of CSV one query. */
void kontor_export_add_query (KontorExport *self, KontorQuery *query);
void kontor_export_set_rids (KontorExport *self, GArray *rids);
void kontor_export_add_all (KontorExport *self, KontorQueryScope scope);
void kontor_export_add_column (KontorExport *self, const KontorFieldDef *field);
void kontor_export_set_byte_order_mark (KontorExport *self, gboolean mark);

gboolean kontor_export_write (KontorExport *self,
                              GOutputStream *stream,
                              KontorProgress progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GError **error);
gboolean kontor_export_save (KontorExport *self,
                             const char *path,
                             KontorProgress progress,
                             gpointer progress_data,
                             GCancellable *cancellable,
                             GError **error);
void kontor_export_save_async (KontorExport *self,
                               const char *path,
                               KontorProgress progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean kontor_export_save_finish (KontorExport *self, GAsyncResult *result, GError **error);
guint64 kontor_export_get_n_rows (KontorExport *self);
gboolean kontor_export_can_be_cards (const KontorRecordType *type);
char *kontor_export_cards_to_text (KontorWorkspace *workspace,
                                   const KontorRecordType *type,
                                   const KontorId *ids,
                                   guint n_ids,
                                   KontorExportFormat format,
                                   gboolean own,
                                   GCancellable *cancellable,
                                   GError **error);
gboolean kontor_export_may_replace (const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorExport, kontor_export_unref)

G_END_DECLS
