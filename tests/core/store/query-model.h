/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random records, random filters over them, and what such a filter means said once more in plain C,
 * so that SQL can be held against it. */
#pragma once

#include "kontor-db-private.h"
#include "kontor-model.h"
#include "kontor-query.h"

G_BEGIN_DECLS

typedef struct
{
  KontorDb *db;
  KontorEnv *env;
  GRand *rand;
  GPtrArray *records[256]; /* (element-type KontorRecord), by type number */
  KontorId me;             /* the employee who is the user */
} QueryWorld;

void query_world_set_up (QueryWorld *world, guint n_contacts);
void query_world_tear_down (QueryWorld *world);
KontorFilter *query_world_make_filter (QueryWorld *world, const KontorRecordType *type, int depth);
gboolean query_world_holds (QueryWorld *world, const KontorFilter *filter, KontorRecord *record);
/* Below, at or above 0, as a list sorted by @field has them; 0 also for two without a value. */
int query_world_compare (QueryWorld *world,
                         const KontorFieldDef *field,
                         gboolean descending,
                         KontorRecord *a,
                         KontorRecord *b);

G_END_DECLS
