/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New values for fields of one record, computed ones among them: those are set in the child record
 * they come from, which is made where there is none. All of it becomes one step. */
#pragma once

#include "kontor-session.h"

G_BEGIN_DECLS

typedef struct _KontorRecordEdit KontorRecordEdit;

gboolean kontor_record_edit_offers (KontorSession *session, const KontorFieldDef *field);
const KontorFieldDef *kontor_record_edit_get_editor_field (const KontorFieldDef *field);

KontorRecordEdit *kontor_record_edit_new (KontorSession *session, KontorPageData *data);
void kontor_record_edit_free (KontorRecordEdit *self);
KontorRecord *kontor_record_edit_get_holder (KontorRecordEdit *self, const KontorFieldDef *field);
void kontor_record_edit_set (KontorRecordEdit *self,
                             const KontorFieldDef *field,
                             const KontorValue *value,
                             const char *currency);
gboolean kontor_record_edit_finish (KontorRecordEdit *self,
                                    KontorStep **step,
                                    const KontorFieldDef **wrong,
                                    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorRecordEdit, kontor_record_edit_free)

G_END_DECLS
