/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mappings of columns that are kept: records of their own, offered again for files with the same
 * columns. */
#pragma once

#include "kontor-import-map.h"
#include "kontor-record.h"

G_BEGIN_DECLS

void kontor_import_saved_fill (KontorRecord *record, KontorImportMap *map, const char *name);
gboolean kontor_import_saved_fits (KontorRecord *record, const KontorInspection *inspection);
KontorImportMap *kontor_import_saved_make_map (KontorRecord *record,
                                               KontorSchema *schema,
                                               const KontorInspection *inspection,
                                               GPtrArray *lost,
                                               GError **error);

G_END_DECLS
