/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plain model of a workspace in memory: all records, every state there ever was, and undo as the
 * design words it. No SQL and no log: what the store does is held against it. */
#pragma once

#include "kontor-model.h"
#include "kontor-workspace.h"

G_BEGIN_DECLS

typedef struct
{
  KontorRecord *record;
  gboolean trashed;
} ModelRow;

typedef enum
{
  MODEL_CREATE,
  MODEL_FIELD,
  MODEL_INC,
  MODEL_TRASH,
  MODEL_RESTORE,
} ModelChangeKind;

typedef struct
{
  ModelChangeKind kind;
  KontorId id;
  const KontorFieldDef *field;
  KontorValue was, now;
} ModelChange;

typedef struct _ModelStep ModelStep;
struct _ModelStep
{
  KontorId id;
  gboolean is_undo; /* origin "undo" */
  gboolean is_redo; /* a person's step that takes an undo back */
  gboolean undone;
  GArray *changes; /* (element-type ModelChange) */
};

typedef struct
{
  gint64 x;
  GHashTable *rows;
} ModelState;

typedef struct
{
  GHashTable *rows;  /* id → ModelRow */
  GPtrArray *steps;  /* (element-type ModelStep) oldest first */
  GPtrArray *states; /* (element-type ModelState) */
  GArray *changes;   /* of the step being made */
  GHashTable *saved; /* rows as they were before it */
} Model;

Model *model_new (void);
void model_free (Model *model);

/* A step: begin, changes, then keep or drop. */
void model_begin (Model *model);
void model_keep (Model *model, const KontorId *step, gint64 x);
void model_drop (Model *model);
gboolean model_has_changes (Model *model);

ModelRow *model_lookup (Model *model, const KontorId *id);
void model_create (Model *model, KontorRecord *record); /* copies @record */
void
model_set (Model *model, const KontorId *id, const KontorFieldDef *field, const KontorValue *value);
void model_increment (Model *model, const KontorId *id, const KontorFieldDef *field, gint64 by);
void model_hide (Model *model, const KontorId *id, gboolean trashed);
void model_switch (Model *model, KontorRecord *member, gboolean on);
void model_purge (Model *model, const KontorId *id);
gboolean model_has_cycle (Model *model, const KontorId *id, const KontorFieldDef *field);

ModelStep *model_find_candidate (Model *model, gboolean redo);
/* Takes @step back; what was changed since stays. Returns whether anything was taken back. */
gboolean model_undo (Model *model, ModelStep *step, const KontorId *id, gint64 x);

gboolean model_row_equal (const ModelRow *row, KontorRecord *record);

G_END_DECLS
