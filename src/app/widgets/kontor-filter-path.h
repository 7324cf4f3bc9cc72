/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a condition can be about: the fields of a type, and of what its links lead to. */
#pragma once

#include "kontor-model.h"
#include "kontor-query.h"

G_BEGIN_DECLS

/* How values of a field are asked for. */
typedef enum
{
  KONTOR_FILTER_VALUE_SEARCH, /* words in the search document: no field */
  KONTOR_FILTER_VALUE_TEXT,
  KONTOR_FILTER_VALUE_NUMBER,
  KONTOR_FILTER_VALUE_DAY,
  KONTOR_FILTER_VALUE_CHOICE, /* of a choice or a pick list */
  KONTOR_FILTER_VALUE_BOOLEAN,
  KONTOR_FILTER_VALUE_LINK,
  KONTOR_FILTER_VALUE_TAGS,
} KontorFilterValue;

typedef struct
{
  GPtrArray *fields; /* (element-type KontorFieldDef): links, then the field; empty: the search */
  char *label;       /* "Organisation › City" */
  KontorFilterValue value;
} KontorFilterPath;

void kontor_filter_path_free (KontorFilterPath *path);
GPtrArray *kontor_filter_path_list (KontorSchema *schema, const KontorRecordType *type);
gboolean kontor_filter_path_equal (const KontorFilterPath *path, GPtrArray *fields);

typedef struct
{
  KontorFilterOp op;
  const char *label; /* N_() */
} KontorFilterVerb;

const KontorFilterVerb *kontor_filter_verbs (KontorFilterValue value, guint *n);
gboolean kontor_filter_op_has_value (KontorFilterOp op);

GPtrArray *kontor_filter_related_types (KontorSchema *schema, const KontorRecordType *type);

G_END_DECLS
