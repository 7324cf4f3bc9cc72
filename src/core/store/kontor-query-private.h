/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How queries become SQL: what the files kontor-query-*.c share, and the ways the list model runs
 * them. */
#pragma once

#include "kontor-db-private.h"

G_BEGIN_DECLS

/* SQL that grows from left to right with its values: each "?" is the next of .binds. */
typedef struct
{
  KontorDb *db;
  GString *sql;
  GArray *binds;   /* (element-type KontorValue) */
  guint n_aliases; /* tables so far: t0 is the query's own */
} KontorSql;

void kontor_sql_init (KontorSql *sql, KontorDb *db);
void kontor_sql_clear (KontorSql *sql);
void kontor_sql_bind_text (KontorSql *sql, const char *text);          /* appends "?" */
void kontor_sql_bind_integer (KontorSql *sql, gint64 integer);         /* appends "?" */
void kontor_sql_bind_id (KontorSql *sql, const KontorId *id);          /* appends "?" */
void kontor_sql_bind_value (KontorSql *sql, const KontorValue *value); /* appends "?" */
/* t2."name", or the sort key beside it; of text without one the function that makes it. */
void kontor_sql_append_column (KontorSql *sql, guint alias, const KontorFieldDef *field);
void kontor_sql_append_key (KontorSql *sql, guint alias, const KontorFieldDef *field);

/* kontor-query-functions.c */
gboolean kontor_query_ensure_functions (KontorDb *db, GError **error);

/* kontor-query-where.c */
gboolean kontor_query_append_filter (KontorSql *sql,
                                     const KontorRecordType *type,
                                     guint alias,
                                     const KontorFilter *filter,
                                     GError **error);
gboolean kontor_query_filter_is_empty (const KontorFilter *filter); /* nullable */
gboolean kontor_query_check_field (KontorDb *db,
                                   const KontorRecordType *type,
                                   const KontorFieldDef *field,
                                   GError **error);
const KontorFieldDef *kontor_query_find_title (const KontorRecordType *type); /* nullable */
gboolean
kontor_query_is_linkable (const KontorRecordType *type); /* by its title, of links to any */

/* kontor-query-field.c: one comparison of one column, true, false or NULL for no value */
gboolean kontor_query_append_leaf (KontorSql *sql,
                                   guint alias,
                                   const KontorFieldDef *field,
                                   KontorFilterOp op, /* EQ, IN, LT … GE, CONTAINS, STARTS */
                                   GPtrArray *values, /* (element-type utf8) */
                                   GError **error);
gboolean kontor_query_fail_op (const KontorFieldDef *field, KontorFilterOp op, GError **error);

/* kontor-query-link.c: the same of links and tags */
gboolean kontor_query_append_link (KontorSql *sql,
                                   guint alias,
                                   const KontorFieldDef *field,
                                   KontorFilterOp op,
                                   GPtrArray *values,
                                   GError **error);
gboolean kontor_query_append_tags (KontorSql *sql,
                                   guint alias,
                                   const KontorFieldDef *field,
                                   KontorFilterOp op,
                                   GPtrArray *values,
                                   GError **error);
gboolean kontor_query_append_related (KontorSql *sql,
                                      const KontorRecordType *type,
                                      guint alias,
                                      const KontorFilter *filter,
                                      GError **error);

/* kontor-query-time.c: a value of a time is a span of it: a day, or a moment (.to is NULL) */
typedef struct
{
  KontorValue from, to;
} KontorSpan;
gboolean kontor_query_parse_span (KontorDb *db,
                                  const KontorFieldDef *field,
                                  const char *text,
                                  KontorSpan *span,
                                  GError **error);
void kontor_span_clear (KontorSpan *span);
gboolean kontor_query_is_relative (KontorQuery *query); /* its answer depends on the day */

/* kontor-query-order.c */
typedef struct
{
  const KontorFieldDef *field;
  const KontorRecordType *target; /* (nullable): of a link, sorted by titles */
  gboolean descending;
  guint alias; /* of the record a link leads to */
} KontorSortTerm;
const KontorFieldDef *kontor_query_find_name_beside (const KontorRecordType *type,
                                                     const KontorFieldDef *link);
gboolean
kontor_query_read_order (KontorSql *sql, KontorQuery *query, GArray *terms, GError **error);
void kontor_query_append_order (KontorSql *sql, GArray *terms, guint first, gboolean collect);

/* kontor-query-sql.c */
typedef enum
{
  KONTOR_PLAN_FREE,    /* SQLite decides */
  KONTOR_PLAN_WALK,    /* along the index of the sort, looking at each row */
  KONTOR_PLAN_COLLECT, /* what the filter lets through, then sorted */
} KontorQueryPlan;

typedef struct
{
  KontorQueryPlan plan;
  gboolean count;
  gboolean no_filter, no_scope; /* leave them out */
  guint limit;                  /* 0: all */
  const gint64 *rids;           /* only these */
  guint n_rids;
} KontorQueryHow;

char *kontor_query_make_sql (KontorDb *db,
                             KontorQuery *query,
                             const KontorQueryHow *how,
                             GArray **binds,
                             GError **error);
typedef void (*KontorQueryFound) (gint64 rid, gpointer data);
/* FALSE with @error set; also where db->deadline came first, after what was found till then. */
gboolean kontor_query_each (KontorDb *db,
                            KontorQuery *query,
                            const KontorQueryHow *how,
                            KontorQueryFound found,
                            gpointer data,
                            GError **error);
gboolean kontor_query_can_walk (KontorDb *db, KontorQuery *query);

G_END_DECLS
