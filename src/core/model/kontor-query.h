/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KontorQuery: the only way to ask for records. A type, a filter tree, a sort and columns, with a
 * text form that --where, saved views, segments and the API share. Pure: SQL is made in the store.
 *
 * The text form (docs/query.md has it for people):
 *
 *   query   = TYPE ["trashed" | "all"] ["where" filter] ["sort" FIELD ["asc" | "desc"] {"," …}]
 *             ["columns" FIELD {"," FIELD}]
 *   filter  = term {"or" term}
 *   term    = factor {"and" factor}
 *   factor  = "not" factor | "(" filter ")" | "search" value
 *           | "imported" value | related | compare
 *   related = "has" TYPE ["via" NAME] ["(" filter ")"]      the filter is about the related record
 *   compare = path operator value | path "in" "(" value {"," value} ")"
 *           | path "is" ["not"] "empty"
 *   path    = FIELD {"." FIELD}                             all but the last are links
 *   value   = WORD | "\"" text "\""                         in quotes \" and \\ stand for " and \
 *
 * A FIELD is a name, or the label of a custom field in quotes. A WORD ends at a space or
 * parenthesis (in a list also at a comma), doesn't begin with a sign of an operator and is no word
 * of the language. Values stay as they were typed; what they mean is decided when they are used. */
#pragma once

#include "kontor-schema.h"

G_BEGIN_DECLS

/* What the parser accepts at most. */
#define KONTOR_FILTER_MAX_TEXT (64 * 1024)
#define KONTOR_FILTER_MAX_DEPTH 32
#define KONTOR_FILTER_MAX_NODES 400
#define KONTOR_FILTER_MAX_VALUES 4000

typedef enum
{
  KONTOR_FILTER_AND, /* without children both groups let everything through */
  KONTOR_FILTER_OR,
  KONTOR_FILTER_NOT,
  KONTOR_FILTER_COMPARE,
  KONTOR_FILTER_SEARCH,   /* full-text search in the record's search document */
  KONTOR_FILTER_RELATED,  /* has a record of type .related, linking here, for which the child holds
                           */
  KONTOR_FILTER_IMPORTED, /* what the import whose step is .text has made or changed */
} KontorFilterKind;

typedef enum
{
  KONTOR_OP_EQ, /* =   text: folded equality; tags: has the tag */
  KONTOR_OP_NE, /* != */
  KONTOR_OP_LT,
  KONTOR_OP_LE,
  KONTOR_OP_GT,
  KONTOR_OP_GE,
  KONTOR_OP_CONTAINS,  /* ~   folded */
  KONTOR_OP_STARTS,    /* ^=  folded */
  KONTOR_OP_IN,        /* in (a, b) */
  KONTOR_OP_EMPTY,     /* is empty */
  KONTOR_OP_NOT_EMPTY, /* is not empty */
} KontorFilterOp;

typedef struct _KontorFilter KontorFilter;
struct _KontorFilter
{
  KontorFilterKind kind;
  GPtrArray *children; /* (element-type KontorFilter): AND, OR, NOT (one), RELATED (0 or 1) */
  GPtrArray *path;     /* (element-type KontorFieldDef): links, then the field; borrowed, COMPARE */
  KontorFilterOp op;
  GPtrArray *values;               /* (element-type utf8): as typed; IN has many */
  char *text;                      /* SEARCH, IMPORTED */
  const KontorRecordType *related; /* RELATED */
  const KontorFieldDef
    *via; /* RELATED (nullable): the link that leads here, of .related or of a set
             type between both; NULL: the first of kontor_filter_find_via() */
};

KontorFilter *kontor_filter_new_group (KontorFilterKind kind);
KontorFilter *
kontor_filter_new_compare (const KontorFieldDef *field, KontorFilterOp op, const char *value);
KontorFilter *kontor_filter_new_search (const char *text);
KontorFilter *kontor_filter_new_imported (const char *step);
KontorFilter *kontor_filter_new_related (const KontorRecordType *related,
                                         const KontorFieldDef *via, /* nullable */
                                         KontorFilter *child);      /* takes it; nullable */
void kontor_filter_add_value (KontorFilter *filter, const char *value);
void kontor_filter_add (KontorFilter *group, KontorFilter *child); /* takes @child */
KontorFilter *kontor_filter_copy (const KontorFilter *filter);
gboolean kontor_filter_equal (const KontorFilter *a, const KontorFilter *b); /* nullable */
const KontorFieldDef *kontor_filter_find_via (KontorSchema *schema,
                                              const KontorRecordType *type,
                                              const KontorRecordType *related,
                                              const char *name); /* nullable: the first */
void kontor_filter_free (KontorFilter *filter);
KontorFilter *kontor_filter_parse (KontorSchema *schema,
                                   const KontorRecordType *type,
                                   const char *text,
                                   GError **error);
char *kontor_filter_to_text (const KontorFilter *filter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorFilter, kontor_filter_free)

typedef enum
{
  KONTOR_QUERY_LIVE,
  KONTOR_QUERY_TRASHED,
  KONTOR_QUERY_ALL,
} KontorQueryScope;

typedef struct
{
  const KontorFieldDef *field;
  gboolean descending;
} KontorSort;

typedef struct _KontorQuery KontorQuery;
#define KONTOR_TYPE_QUERY (kontor_query_get_type ())
GType kontor_query_get_type (void);

KontorQuery *kontor_query_new (const KontorRecordType *type);
KontorQuery *kontor_query_ref (KontorQuery *query);
void kontor_query_unref (KontorQuery *query);
KontorQuery *kontor_query_copy (KontorQuery *query);
gboolean kontor_query_equal (KontorQuery *a, KontorQuery *b);

/* Building, before it is handed to anybody. */
void kontor_query_take_filter (KontorQuery *query, KontorFilter *filter); /* nullable */
void kontor_query_add_sort (KontorQuery *query, const KontorFieldDef *field, gboolean descending);
void kontor_query_clear_sort (KontorQuery *query);
void kontor_query_add_column (KontorQuery *query, const KontorFieldDef *field);
void kontor_query_set_scope (KontorQuery *query, KontorQueryScope scope);

const KontorRecordType *kontor_query_get_record_type (KontorQuery *query);
const KontorFilter *kontor_query_get_filter (KontorQuery *query);
const KontorSort *kontor_query_get_sort (KontorQuery *query, guint *n);
const KontorFieldDef *const *kontor_query_get_columns (KontorQuery *query, guint *n);
KontorQueryScope kontor_query_get_scope (KontorQuery *query);

/* "contact where city=Berlin and not (tags=VIP) sort name, created_at desc columns name, city" */
KontorQuery *kontor_query_parse (KontorSchema *schema, const char *text, GError **error);
char *kontor_query_to_text (KontorQuery *query);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorQuery, kontor_query_unref)

G_END_DECLS
