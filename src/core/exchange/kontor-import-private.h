/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of an import share with each other. */
#pragma once

#include "kontor-import-map.h"
#include "kontor-match.h"

G_BEGIN_DECLS

/* kontor-import-alias.c: names of columns */
char *kontor_import_fold_header (const char *header);
GHashTable *kontor_import_aliases (KontorSchema *schema, const KontorRecordType *type);
char *kontor_import_find_alias (GHashTable *aliases, const char *header);
gboolean kontor_import_knows_header (const char *header, gpointer unused);

/* kontor-import-picks.c: values of pick lists, made where a file has new ones */
typedef struct _KontorImportPicks KontorImportPicks;

KontorImportPicks *kontor_import_picks_new (KontorSchema *schema);
void kontor_import_picks_free (KontorImportPicks *self);
const char *kontor_import_picks_find (KontorImportPicks *self,
                                      const KontorFieldDef *field,
                                      const char *text,
                                      gboolean *stays,
                                      GError **error);
void kontor_import_picks_settle (KontorImportPicks *self, gboolean keep);
KontorId kontor_import_pick_id (const char *list, const char *code);
gboolean kontor_import_picks_take_new (KontorImportPicks *self, KontorStep *step);

/* kontor-import-plan.c: a map made ready for millions of rows */
typedef struct
{
  KontorSlotKind kind;
  gboolean of_person;
  const KontorRecordType *type;
  const char *point;           /* (nullable): of a contact point: its kind */
  const char *label;           /* (nullable): of a contact point */
  const char *address_kind;    /* (nullable) */
  const char *variant;         /* (nullable): borrowed from the map */
  gboolean has_value;          /* of a contact point: a column has its value */
  const KontorFieldDef *title; /* (nullable): what the record must have */
} KontorImportSlot;

typedef struct
{
  guint column;
  guint slot;
  const KontorFieldDef *field; /* (nullable): of id and tags */
  KontorTargetWhat what;
  KontorDateOrder order;
  char decimal;       /* the decimal point of the column, or NUL */
  gboolean joined;    /* an earlier column goes to the same field */
  gboolean is_points; /* a contact point: a cell may hold several */
  GHashTable *codes;  /* (nullable): text → code, of fields with few values */
  char *last_text;    /* (nullable): of a link: the text found last */
  KontorId last_id;
} KontorImportCell;

typedef struct
{
  KontorImportMap *map; /* owned */
  KontorSchema *schema; /* borrowed from @map */
  const KontorRecordType *type;
  KontorImportSlot *slots;
  guint n_slots;
  int person; /* slot of the person an organisation's row names, or -1 */
  KontorImportCell *cells;
  guint n_cells;
  KontorImportPicks *picks;
  char *currency; /* (nullable): of amounts that name none */
  gboolean currency_guessed;
} KontorImportPlan;

KontorImportPlan *kontor_import_plan_new (KontorImportMap *map, const char *currency);
void kontor_import_plan_free (KontorImportPlan *plan);
void kontor_import_plan_learn (KontorImportPlan *plan, GPtrArray *sample);
int kontor_import_plan_find_slot (KontorImportPlan *plan, KontorSlotKind kind, gboolean of_person);

/* kontor-import-cell.c: one cell into its record */
char *kontor_import_clean_text (const KontorFieldDef *field, const char *text, GError **error);
gboolean kontor_import_read_cell (KontorImportPlan *plan,
                                  KontorImportCell *cell,
                                  const char *text,
                                  KontorRecord *record,
                                  GError **error);

void kontor_import_settle_label (KontorRecord *point, const char *kind);

/* kontor-import-draft.c: one row into records that don't know each other yet */
typedef struct
{
  KontorImportCell *cell;
  const char *text;     /* borrowed from the row */
  KontorRecord *record; /* (nullable): one of .points; else the slot's */
} KontorDraftLink;

typedef struct
{
  KontorImportPlan *plan; /* borrowed */
  guint64 line;
  const char *const *cells; /* borrowed: the row */
  guint n_cells;
  KontorRecord **records; /* by slot; NULL where the row has nothing for it */
  GPtrArray *points;      /* (element-type KontorRecord): further records of a slot */
  GArray *points_slots;   /* (element-type guint): their slots */
  GPtrArray *blobs;       /* (element-type GBytes): contents that records name by their hash */
  GArray *links;          /* (element-type KontorDraftLink) */
  GPtrArray *tags;        /* (element-type utf8) */
  KontorId id;            /* given by the row, or null */
} KontorImportDraft;

KontorImportDraft *kontor_import_draft_new (KontorImportPlan *plan);
void kontor_import_draft_free (KontorImportDraft *draft);
void kontor_import_draft_clear (KontorImportDraft *draft);
gboolean kontor_import_draft_read (KontorImportDraft *draft,
                                   guint64 line,
                                   const char *const *cells,
                                   guint n_cells,
                                   gboolean *blank,
                                   GError **error);
void kontor_import_draft_add (KontorImportDraft *draft, guint slot, KontorRecord *record);
const KontorDraftLink *kontor_import_draft_find_link (const KontorImportDraft *draft,
                                                      const KontorFieldDef *field);
const char *kontor_import_draft_get_point (const KontorImportDraft *draft,
                                           gboolean of_person,
                                           const char *const *kinds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorImportPicks, kontor_import_picks_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorImportPlan, kontor_import_plan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorImportDraft, kontor_import_draft_free)

G_END_DECLS
