/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a map, for those who guess it, check it and write it down. */
#pragma once

#include "kontor-import-map.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;
  KontorImportTarget *target; /* (nullable): the column is not imported */
  KontorDateOrder order;
  int same_as; /* an earlier column with this header that has its target; -1: none */
} KontorImportColumn;

struct _KontorImportMap
{
  gatomicrefcount refs;
  KontorSchema *schema; /* owned */
  const KontorRecordType *type;
  GArray *columns; /* (element-type KontorImportColumn) */
};

static inline KontorImportColumn *
kontor_import_map_nth (KontorImportMap *self, guint column)
{
  return &g_array_index (self->columns, KontorImportColumn, column);
}

int kontor_import_map_find_column (KontorImportMap *self, const char *name);
int kontor_import_map_find_claim (KontorImportMap *self, guint before, const char *path);
gboolean
kontor_import_map_apply (KontorImportMap *self, const char *json, GPtrArray *lost, GError **error);
const KontorFieldDef *kontor_import_map_find_unfilled (KontorImportMap *self);

G_END_DECLS
