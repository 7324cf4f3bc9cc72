/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the records are called that the rows of a file look like: read as they come into sight. */
#pragma once

#include "kontor-workspace.h"

G_BEGIN_DECLS

#define KONTOR_TYPE_IMPORT_NAMES (kontor_import_names_get_type ())
G_DECLARE_FINAL_TYPE (KontorImportNames, kontor_import_names, KONTOR, IMPORT_NAMES, GObject)

/* Signal "found" (): some names are known now. */

KontorImportNames *kontor_import_names_new (KontorWorkspace *workspace);
const char *kontor_import_names_find (KontorImportNames *self,
                                      const KontorRecordType *type,
                                      const KontorId *id);
void kontor_import_names_stop (KontorImportNames *self);

G_END_DECLS
