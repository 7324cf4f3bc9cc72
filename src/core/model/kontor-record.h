/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KontorRecord: one record's values, a GObject with a real property for every built-in field. */
#pragma once

#include "kontor-record-type.h"
#include "kontor-value.h"

G_BEGIN_DECLS

#define KONTOR_TYPE_RECORD (kontor_record_get_type ())
G_DECLARE_DERIVABLE_TYPE (KontorRecord, kontor_record, KONTOR, RECORD, GObject)

struct _KontorRecordClass
{
  GObjectClass parent_class;
  const KontorRecordType *type;
};

KontorRecord *kontor_record_new (const KontorRecordType *type, const KontorId *id);
KontorRecord *kontor_record_copy (KontorRecord *record);
KontorRecord *kontor_record_begin_child (KontorRecord *owner, const KontorRecordType *type);

const KontorRecordType *kontor_record_get_record_type (KontorRecord *record);
const KontorId *kontor_record_get_id (KontorRecord *record);
void kontor_record_set_id (KontorRecord *record, const KontorId *id);

/* What the store knows beside the fields. */
gint64 kontor_record_get_rid (KontorRecord *record);
gint64 kontor_record_get_rev (KontorRecord *record);
gboolean kontor_record_is_trashed (KontorRecord *record);
guint kontor_record_get_rights (KontorRecord *record);
void kontor_record_set_row (KontorRecord *record,
                            gint64 rid,
                            gint64 rev,
                            gboolean trashed,
                            guint rights);

/* By built-in field id, O(1). Text is borrowed. */
gboolean kontor_record_is_null (KontorRecord *record, KontorFieldId field);
gint64 kontor_record_get_integer (KontorRecord *record, KontorFieldId field); /* 0 for NULL */
const char *kontor_record_get_text (KontorRecord *record, KontorFieldId field);
const KontorId *kontor_record_get_link (KontorRecord *record, KontorFieldId field);
void kontor_record_set_integer (KontorRecord *record, KontorFieldId field, gint64 value);
void kontor_record_set_text (KontorRecord *record, KontorFieldId field, const char *value);
void kontor_record_set_link (KontorRecord *record, KontorFieldId field, const KontorId *value);
void kontor_record_set_null (KontorRecord *record, KontorFieldId field);

/* By definition: built-in and custom fields alike. */
void kontor_record_get_value (KontorRecord *record,
                              const KontorFieldDef *field,
                              KontorValue *value); /* a copy; clear it */
gboolean kontor_record_value_is_null (KontorRecord *record, const KontorFieldDef *field);
gint64 kontor_record_value_integer (KontorRecord *record, const KontorFieldDef *field);
const char *kontor_record_value_text (KontorRecord *record, const KontorFieldDef *field);
const KontorId *kontor_record_value_link (KontorRecord *record, const KontorFieldDef *field);
void kontor_record_set_value (KontorRecord *record,
                              const KontorFieldDef *field,
                              const KontorValue *value);
void
kontor_record_take_value (KontorRecord *record, const KontorFieldDef *field, KontorValue *value);
void kontor_record_take_text (KontorRecord *record, const KontorFieldDef *field, char *text);
void kontor_record_fill (KontorRecord *record, guint index, KontorValue *value); /* silently */

/* JSON object of fields a newer version wrote, kept as it came. */
const char *kontor_record_get_extra (KontorRecord *record);
void kontor_record_set_extra (KontorRecord *record, const char *json);

/* Titles that links show are filled in by whoever reads the record (the store). */
const char *kontor_record_get_link_title (KontorRecord *record, const KontorFieldDef *field);
void
kontor_record_set_link_title (KontorRecord *record, const KontorFieldDef *field, const char *title);
void
kontor_record_share_link_title (KontorRecord *record, const KontorFieldDef *field, char *title);

char *kontor_record_dup_title (KontorRecord *record);
void kontor_record_assign (KontorRecord *record, KontorRecord *from); /* notifies what differs */
gboolean kontor_record_equal (KontorRecord *a, KontorRecord *b); /* stored fields, not computed */

G_END_DECLS
