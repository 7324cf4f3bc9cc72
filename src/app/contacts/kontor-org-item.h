/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree of an organisation, read on a thread: its people by reporting line, or the
 * organisations it consists of. */
#pragma once

#include "kontor-session.h"

G_BEGIN_DECLS

#define KONTOR_TYPE_ORG_ITEM (kontor_org_item_get_type ())
G_DECLARE_FINAL_TYPE (KontorOrgItem, kontor_org_item, KONTOR, ORG_ITEM, GObject)

KontorRecord *kontor_org_item_get_record (KontorOrgItem *self);
const char *kontor_org_item_get_name (KontorOrgItem *self);
KontorOrgItem *kontor_org_item_get_parent (KontorOrgItem *self);
guint kontor_org_item_get_n_children (KontorOrgItem *self);
GListModel *kontor_org_item_create_children (KontorOrgItem *self);
KontorOrgItem *kontor_org_item_find (KontorOrgItem *self, const KontorId *id);
KontorOrgItem *kontor_org_item_find_person (KontorOrgItem *self, const KontorId *contact);

void kontor_org_tree_read_async (KontorSession *session,
                                 const KontorId *account,
                                 gboolean people,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
KontorOrgItem *kontor_org_tree_read_finish (GAsyncResult *result, GError **error);

G_END_DECLS
