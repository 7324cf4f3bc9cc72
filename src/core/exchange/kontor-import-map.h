/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second step of an import: which column goes where. Found by itself, changed by the person,
 * kept as JSON. */
#pragma once

#include "kontor-date.h"
#include "kontor-import-target.h"
#include "kontor-inspect.h"

G_BEGIN_DECLS

typedef struct _KontorImportMap KontorImportMap;

#define KONTOR_TYPE_IMPORT_MAP (kontor_import_map_get_type ())
GType kontor_import_map_get_type (void);

KontorImportMap *kontor_import_map_new (KontorSchema *schema,
                                        const KontorRecordType *type,
                                        const char *const *columns,
                                        guint n_columns);
KontorImportMap *kontor_import_map_guess (KontorSchema *schema,
                                          const KontorRecordType *type,
                                          const KontorInspection *inspection);
KontorImportMap *kontor_import_map_ref (KontorImportMap *self);
void kontor_import_map_unref (KontorImportMap *self);

KontorSchema *kontor_import_map_get_schema (KontorImportMap *self);
const KontorRecordType *kontor_import_map_get_record_type (KontorImportMap *self);
guint kontor_import_map_get_n_columns (KontorImportMap *self);
const char *kontor_import_map_get_column (KontorImportMap *self, guint column);
const KontorImportTarget *kontor_import_map_get_target (KontorImportMap *self, guint column);
KontorDateOrder kontor_import_map_get_date_order (KontorImportMap *self, guint column);

/* Changing it. */
gboolean kontor_import_map_set_target (KontorImportMap *self,
                                       guint column,
                                       const char *path,
                                       GError **error);
void kontor_import_map_set_date_order (KontorImportMap *self, guint column, KontorDateOrder order);
void kontor_import_map_set_date_orders (KontorImportMap *self, KontorDateOrder order);
void kontor_import_map_guess_dates (KontorImportMap *self, const KontorInspection *inspection);
int kontor_import_map_find_unclear_date (KontorImportMap *self, const KontorInspection *inspection);
gboolean kontor_import_map_assign (KontorImportMap *self, const char *assignment, GError **error);
gboolean kontor_import_map_check (KontorImportMap *self, GError **error);

char *kontor_import_map_to_json (KontorImportMap *self);
gboolean kontor_import_map_apply_json (KontorImportMap *self, const char *json, GError **error);

/* What a file holds, by its name and its columns. */
const KontorRecordType *kontor_import_guess_type (KontorSchema *schema,
                                                  const char *file_name,
                                                  const char *const *columns,
                                                  guint n_columns,
                                                  const char **role);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorImportMap, kontor_import_map_unref)

G_END_DECLS
