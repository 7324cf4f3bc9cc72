/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Row plans: the columns of one table in order, and the statements that read and write it. */
#pragma once

#include "kontor-db-private.h"

G_BEGIN_DECLS

/* A set of fields of one type by their position in the plan. */
#define KONTOR_MASK_WORDS 8
typedef struct
{
  guint64 words[KONTOR_MASK_WORDS];
} KontorFieldSet;

static inline void
kontor_field_set_add (KontorFieldSet *set, guint position)
{
  set->words[position / 64] |= G_GUINT64_CONSTANT (1) << (position % 64);
}

static inline gboolean
kontor_field_set_has (const KontorFieldSet *set, guint position)
{
  return (set->words[position / 64] >> (position % 64) & 1) != 0;
}

static inline gboolean
kontor_field_set_is_empty (const KontorFieldSet *set)
{
  guint64 all = 0;

  for (guint i = 0; i < KONTOR_MASK_WORDS; i++)
    all |= set->words[i];
  return all == 0;
}

typedef struct
{
  const KontorFieldDef *field;
  const KontorFieldDef *beside; /* (nullable): of a link: the computed title of what it leads to */
  KontorStorage storage;
  gboolean sorted;
  gboolean custom;
} KontorRowColumn;

typedef struct
{
  const KontorRecordType *type;
  KontorSchema *schema; /* owned: the snapshot the plan is made for */
  KontorRowColumn
    *columns; /* all fields, virtual ones too: position is kontor_row_plan_position() */
  guint n_columns;
  guint16 *links; /* positions of those that hold an id */
  guint n_links;
  gboolean searched;   /* a field of it goes into a search document */
  GString *select;     /* "SELECT rid, id, … FROM "type" " */
  sqlite3_stmt *by_id; /* the statements are made when first needed */
  sqlite3_stmt *by_rids;
  sqlite3_stmt *insert;
  sqlite3_stmt *hide;
  sqlite3_stmt *remove;
  sqlite3_stmt *title;
  sqlite3_stmt *exists;
  GHashTable *finds;   /* field → sqlite3_stmt */
  GHashTable *ups;     /* link → sqlite3_stmt that reads it alone */
  GHashTable *updates; /* KontorFieldSet → sqlite3_stmt */
  GPtrArray *title_fields;
} KontorRowPlan;

KontorRowPlan *kontor_rows_plan (KontorDb *db, const KontorRecordType *type);
guint kontor_row_plan_position (const KontorRowPlan *plan, const KontorFieldDef *field);
sqlite3_stmt *
kontor_row_plan_prepare (KontorDb *db, sqlite3_stmt **place, const char *sql, GError **error);
KontorRecord *kontor_row_plan_read (const KontorRowPlan *plan,
                                    sqlite3_stmt *stmt); /* columns of .select */
gboolean kontor_rows_update_set (KontorDb *db,
                                 KontorRecord *record,
                                 const KontorFieldSet *fields,
                                 GError **error);
gboolean kontor_rows_update_where (KontorDb *db,
                                   const KontorRecordType *type,
                                   const KontorFieldDef *field, /* a text field */
                                   const char *text,
                                   const KontorFieldDef *link,
                                   const KontorId *target,
                                   GError **error);
gboolean
kontor_rows_delete (KontorDb *db, const KontorRecordType *type, gint64 rid, GError **error);

GHashTable *kontor_rows_todo (KontorDb *db); /* of kontor-derive-bulk.c */

G_END_DECLS
