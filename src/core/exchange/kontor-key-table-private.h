/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of a million records in little memory: a hash of each and the record's id. */
#pragma once

#include "kontor-id.h"

G_BEGIN_DECLS

typedef struct _KontorKeyTable KontorKeyTable;

KontorKeyTable *kontor_key_table_new (void);
void kontor_key_table_free (KontorKeyTable *self);
gboolean kontor_key_table_lookup (KontorKeyTable *self, const char *key, KontorId *id);
gboolean kontor_key_table_add (KontorKeyTable *self, const char *key, const KontorId *id);
void kontor_key_table_remove (KontorKeyTable *self, const char *key);
gsize kontor_key_table_get_size (KontorKeyTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorKeyTable, kontor_key_table_free)

G_END_DECLS
