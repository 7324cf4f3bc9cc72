/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Record types: static tables, declared once in kontor-schema-*.c, and the registry over them. */
#pragma once

#include "kontor-field.h"
#include <glib-object.h>

G_BEGIN_DECLS

/* Number of the schema this program writes; a released version is immutable. */
#define KONTOR_SCHEMA_VERSION 2

/* Common fields take the positions from here on in every type that has them. */
#define KONTOR_COMMON_FIRST 0xe0

typedef enum
{
  KONTOR_COMMON_OWNER = KONTOR_COMMON_FIRST, /* link to employee; types with KONTOR_TYPE_OWNED */
  KONTOR_COMMON_TEAM,                        /* link to team */
  KONTOR_COMMON_ORG_UNIT,                    /* link to org_unit */
  KONTOR_COMMON_CREATED_AT,                  /* instant, set by the store */
  KONTOR_COMMON_CREATED_BY,                  /* link to user */
  KONTOR_COMMON_MODIFIED_AT,
  KONTOR_COMMON_MODIFIED_BY,
  KONTOR_COMMON_END
} KontorCommonPosition;

#define KONTOR_COMMON_FIELD(type_number, position) \
  ((KontorFieldId) ((type_number) << 8 | (position)))

/* Classes of rights (sync.md, amendment 4); at most 12. */
typedef enum
{
  KONTOR_ACCESS_CONTACTS,
  KONTOR_ACCESS_CALENDAR,
  KONTOR_ACCESS_SALES,
  KONTOR_ACCESS_MONEY,
  KONTOR_ACCESS_MARKETING,
  KONTOR_ACCESS_SERVICE,
  KONTOR_ACCESS_KNOWLEDGE,
  KONTOR_ACCESS_DOCUMENTS,
  KONTOR_ACCESS_PEOPLE,
  KONTOR_ACCESS_ADMIN,
  KONTOR_ACCESS_SHARED, /* everybody reads: tags, pick lists, views */
  KONTOR_N_ACCESS_CLASSES
} KontorAccessClass;

typedef enum
{
  KONTOR_TYPE_FLAG_NONE = 0,
  KONTOR_TYPE_OWNED = 1 << 0, /* has owner, team, org_unit */
  KONTOR_TYPE_CHILD =
    1 << 1,                 /* owned by the record in .parent_field: seen and trashed through it */
  KONTOR_TYPE_SET = 1 << 2, /* a set membership: id derived from .left and .right, field "on" */
  KONTOR_TYPE_SINGLE = 1 << 3,   /* one record a workspace */
  KONTOR_TYPE_PARTY = 1 << 4,    /* account, contact: points, addresses, roles hang on it */
  KONTOR_TYPE_SEARCHED = 1 << 5, /* has a search document of its own */
  KONTOR_TYPE_INTERNAL = 1 << 6, /* not offered in lists and "New" */
} KontorTypeFlags;

typedef enum
{
  KONTOR_TOTAL_COUNT,
  KONTOR_TOTAL_SUM,
} KontorTotalKind;

/* A maintained total (design C3). @filter is the text form of a query, or NULL. */
typedef struct
{
  const char *name; /* "accounts_by_owner"; unique */
  KontorTotalKind kind;
  const char *group_by; /* field, or NULL for one total over all */
  const char *sum;      /* field, for KONTOR_TOTAL_SUM */
  const char *filter;   /* "state=open" style equality on one field, or NULL */
} KontorTotalDef;

typedef struct
{
  guint8 number;     /* fixed for ever; also in search_doc rowids */
  const char *name;  /* snake_case, singular; table and wire name */
  const char *gtype; /* "KontorContact" */
  const char *label; /* N_("Person") */
  const char *label_plural;
  const char *icon; /* symbolic icon name */
  guint8 since;
  KontorTypeFlags flags;
  KontorAccessClass access;
  const KontorFieldDef *fields;
  guint8 n_fields;
  const KontorTotalDef *totals;
  guint8 n_totals;
  const char *parent_field;  /* of a CHILD: the link (or LINK_ANY) to its owner */
  const char *left, *right;  /* of a SET: the fields its id derives from */
  const char *const *import; /* names a file may call the type by */
} KontorRecordType;

void kontor_model_init (void);

guint kontor_record_type_count (void);
const KontorRecordType *kontor_record_type_nth (guint i);
const KontorRecordType *kontor_record_type_by_name (const char *name);
const KontorRecordType *kontor_record_type_by_number (guint number);
GType kontor_record_type_get_gtype (const KontorRecordType *type);

/* Own fields, then the common ones: the order of values in a KontorRecord. */
const KontorFieldDef *const *kontor_record_type_get_fields (const KontorRecordType *type,
                                                            guint *n_fields);
const KontorFieldDef *kontor_record_type_find_field (const KontorRecordType *type,
                                                     const char *name);
const KontorFieldDef *kontor_field_by_id (KontorFieldId id);
const KontorRecordType *kontor_field_get_type_of (const KontorFieldDef *field);

const char *kontor_record_type_get_label (const KontorRecordType *type);
const char *kontor_record_type_get_label_plural (const KontorRecordType *type);
const char *kontor_access_class_name (KontorAccessClass access);

G_END_DECLS
