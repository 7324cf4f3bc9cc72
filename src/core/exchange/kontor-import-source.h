/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import reads from: a file, or a stream that is kept so that it can be read again. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KONTOR_EXCHANGE_ERROR (kontor_exchange_error_quark ())
GQuark kontor_exchange_error_quark (void);

typedef struct _KontorImportSource KontorImportSource;

#define KONTOR_TYPE_IMPORT_SOURCE (kontor_import_source_get_type ())
GType kontor_import_source_get_type (void);

KontorImportSource *
kontor_import_source_new_for_path (const char *path, GCancellable *cancellable, GError **error);
KontorImportSource *kontor_import_source_new_for_stream (GInputStream *stream,
                                                         const char *name,
                                                         GCancellable *cancellable,
                                                         GError **error);
KontorImportSource *kontor_import_source_ref (KontorImportSource *self);
void kontor_import_source_unref (KontorImportSource *self);

const char *kontor_import_source_get_name (KontorImportSource *self);
guint64 kontor_import_source_get_size (KontorImportSource *self);
GInputStream *kontor_import_source_open (KontorImportSource *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorImportSource, kontor_import_source_unref)

G_END_DECLS
