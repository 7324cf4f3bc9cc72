/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the list model share: arrays of rids and what differs between two, the work
 * done on the readers' threads, and the rows' ties to their model. */
#pragma once

#include "kontor-list-model.h"
#include "kontor-query-private.h"

G_BEGIN_DECLS

/* --- kontor-list-rids.c: an ordered array of rids, not changed any more once it is shared ------
 */

typedef struct
{
  gatomicrefcount ref_count;
  guint n;
  gsize allocated; /* rids there is room for */
  gint64 *rids;
} KontorRids;

KontorRids *kontor_rids_new (void);
KontorRids *kontor_rids_ref (KontorRids *self);
void kontor_rids_unref (KontorRids *self);
void kontor_rids_reserve (KontorRids *self, guint n);
void kontor_rids_append (KontorRids *self, const gint64 *rids, guint n);
void kontor_rids_insert (KontorRids *self, guint place, gint64 rid);
void kontor_rids_trim (KontorRids *self); /* gives back the room that was not needed */
gboolean kontor_rids_find (const KontorRids *self, gint64 rid, guint *position);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorRids, kontor_rids_unref)

/* A few rids among many: whether one is of them is mostly told without looking. */
typedef struct
{
  guint64 mask[16];
  GHashTable *rids; /* (element-type gint64) */
} KontorRidSet;

KontorRidSet *kontor_rid_set_new (void);
void kontor_rid_set_free (KontorRidSet *self);
void kontor_rid_set_add (KontorRidSet *self, gint64 rid);
gboolean kontor_rid_set_has (const KontorRidSet *self, gint64 rid);
guint kontor_rid_set_size (const KontorRidSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorRidSet, kontor_rid_set_free)

/* --- kontor-list-diff.c: from one array to another in few, small steps ------------------------ */

/* Rows @removed from @from on in the old array; rows @added from @to on in the new one. */
typedef struct
{
  guint from, removed;
  guint to, added;
} KontorEdit;

/* Edits in ascending order that lead to .rids. */
typedef struct
{
  KontorRids *rids;
  GArray *edits; /* (element-type KontorEdit) */
} KontorStage;

/* What is told at once: which rows changed, and what is shown afterwards. */
typedef struct
{
  guint position, removed, added;
  guint n_head, tail_start, tail_end;
  gboolean rests; /* a screenful is new: it should be seen before there is more */
} KontorPiece;

void kontor_stage_free (gpointer stage);
/* (element-type KontorStage): none where both are the same */
GPtrArray *kontor_rids_diff (KontorRids *from, KontorRids *to);

/* --- kontor-list-depends.c: what a query's answer depends on ---------------------------------- */

typedef enum
{
  KONTOR_EFFECT_NONE,
  KONTOR_EFFECT_RECORDS, /* only the records the set names, or that own what it names */
  KONTOR_EFFECT_ALL,     /* any record may have come, gone or moved */
} KontorEffect;

KontorEffect kontor_query_effect_of (KontorQuery *query, KontorChangeSet *changes);

/* --- kontor-list-job.c: what is done on a reader's thread ------------------------------------- */

#define KONTOR_LIST_FIRST_ROWS 200
#define KONTOR_LIST_PAGE 64

typedef enum
{
  KONTOR_LIST_JOB_FIRST,  /* the first rows, or all of them where that is quick */
  KONTOR_LIST_JOB_UPDATE, /* all of them, from what is known where few records changed */
} KontorListJobKind;

typedef struct
{
  gatomicrefcount ref_count;
  GWeakRef model;

  KontorListJobKind kind;
  KontorQuery *query;
  KontorRids *base;         /* what is shown */
  KontorChangeSet *changes; /* (nullable): only these; NULL: anything may have changed */
  GArray *kept;     /* (element-type gint64): stay though the filter doesn't let them through */
  gboolean patient; /* no deadline */

  KontorRids *rids;           /* NULL where time was not enough */
  gboolean complete;          /* .rids is the whole answer */
  gboolean patched;           /* made from .base and .changes */
  GPtrArray *stages;          /* of an update: from .base to .rids */
  GPtrArray *records;         /* (element-type KontorRecord): of the first of .rids */
  KontorChangeSet *overtaken; /* (nullable): what changed since .records were asked for */
  GArray *strays; /* (element-type gint64): those of .kept that stay for that reason alone */
  gint64 cost;    /* what it took, µs */
} KontorListJob;

KontorListJob *kontor_list_job_new (KontorListModel *model, KontorListJobKind kind);
KontorListJob *kontor_list_job_ref (KontorListJob *self);
void kontor_list_job_unref (KontorListJob *self);
void kontor_list_set_patience_for_testing (gint64 us);
void kontor_list_job_overtake (KontorListJob *self, KontorChangeSet *changes);
gpointer
kontor_list_job_run (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorListJob, kontor_list_job_unref)

/* kontor-list-patch.c: the new array from the old one and a few records that changed */
gboolean kontor_list_patch (KontorDb *db, KontorListJob *job); /* FALSE: it has to be asked anew */
gboolean kontor_list_add_kept (KontorDb *db, KontorListJob *job, GError **error);

/* --- kontor-list-row.c ------------------------------------------------------------------------ */

KontorListRow *
kontor_list_row_new (KontorListModel *model, gint64 rid, KontorRecord *record, gboolean stray);
void kontor_list_row_set_record (KontorListRow *self, KontorRecord *record);
void kontor_list_row_set_stray (KontorListRow *self, gboolean stray);
const gint64 *kontor_list_row_peek_rid (KontorListRow *self); /* a key for hash tables */
GList *kontor_list_row_peek_link (KontorListRow *self); /* in the model's queue; .data is it */
guint kontor_list_row_get_hint (KontorListRow *self);   /* where it should be */
void kontor_list_row_set_hint (KontorListRow *self, guint position);
void kontor_list_row_detach (KontorListRow *self); /* its model is going */

/* --- kontor-list-records.c: records that were read, by rid ------------------------------------ */

/* Records that are given back in one turn of the main loop: that takes as long as telling rows. */
#define KONTOR_LIST_GIVEN_BACK 32

typedef struct _KontorListRecords KontorListRecords;
KontorListRecords *kontor_list_records_new (void);
void kontor_list_records_free (KontorListRecords *self);
void kontor_list_records_add_page (KontorListRecords *self, GPtrArray *records);
gboolean kontor_list_records_trim (KontorListRecords *self,
                                   guint max); /* once it is shown; TRUE: there are more */
KontorRecord *kontor_list_records_get (KontorListRecords *self,
                                       gint64 rid); /* nullable, borrowed */
void kontor_list_records_replace (KontorListRecords *self, KontorRecord *record);
void kontor_list_records_drop_touched (KontorListRecords *self, KontorChangeSet *changes);
void kontor_list_records_clear (KontorListRecords *self);
gboolean kontor_list_record_is_touched (KontorRecord *record, KontorChangeSet *changes);
gboolean kontor_list_record_looks_same (KontorRecord *a, KontorRecord *b);

/* --- The model -------------------------------------------------------------------------------- */

struct _KontorListModel
{
  GObject parent_instance;

  KontorWorkspace *workspace; /* owned */
  GMainContext *context;      /* owned: where everything here happens */
  KontorQuery *query;         /* owned */
  gulong changed_handler;
  gboolean disposed;
  gboolean loading, complete;
  GError *error; /* nullable */

  /* What is shown: .head up to .n_head, then .tail from .tail_start up to .tail_end. All is in
   * .head but while edits are told piece by piece. kontor-list-tell.c */
  KontorRids *head, *tail;
  guint n_head, tail_start, tail_end;
  GQueue stages;  /* (element-type KontorStage): the first one is being told */
  GArray *pieces; /* (element-type KontorPiece): of that one */
  guint next_piece;
  guint run;           /* pieces that are told as one */
  GPtrArray *old_rids; /* (element-type KontorRids): given back when nothing waits for it */
  GSource *emission;
  GHashTable *rows;   /* (element-type KontorListRow), borrowed: those somebody holds, by rid */
  GHashTable *kept;   /* (element-type gint64) */
  GHashTable *strays; /* (element-type gint64): of .kept, shown for that reason alone */

  /* Which rows there are. kontor-list-update.c */
  GCancellable *cancellable; /* of the present query */
  KontorListJob *job;        /* borrowed: the one that is under way */
  KontorChangeSet *pending;  /* (nullable): not yet taken into account */
  gboolean pending_all;      /* any record may have changed */
  gboolean answered;         /* what is shown, or being told, is the whole answer */
  GSource *timer;            /* until an update may begin */
  gint64 rested_since, cost; /* µs: of the last update that asked anew */
  gint64 told_at;            /* when the last answer was told wholly, µs */
  KontorId last_step;        /* which made the last changes */
  gboolean in_parts;         /* it has made more than one change */
  GSource *clock;            /* of queries that depend on the day */
  char *today;

  /* Their records. kontor-list-fetch.c */
  KontorListRecords *records;
  GQueue wanted;              /* (element-type KontorListRow): without a record, last asked first */
  GHashTable *stale;          /* (element-type gint64): rows whose record is older than the file */
  GCancellable *fetching;     /* (nullable): of the request that is under way */
  KontorChangeSet *meanwhile; /* (nullable): what changed since it began */
  GQueue delivery;            /* (element-type KontorRecord): to be given to their rows */
  GSource *dispatch, *deliver;
};

/* kontor-list-model.c */
void kontor_list_model_forget_row (KontorListModel *self, KontorListRow *row);
void kontor_list_model_set_state (KontorListModel *self, gboolean loading, gboolean complete);
void kontor_list_model_take_error (KontorListModel *self, GError *error); /* nullable */
void kontor_list_model_set_strays (KontorListModel *self, GArray *strays);
GSource *kontor_list_model_add_source (KontorListModel *self,
                                       guint delay_ms, /* 0: the next turn */
                                       GSourceFunc func);
void kontor_list_model_clear_source (GSource **source);

/* kontor-list-tell.c */
guint kontor_list_model_count (KontorListModel *self);
gint64 kontor_list_model_peek (KontorListModel *self, guint position); /* below the count */
void kontor_list_model_show (KontorListModel *self, GPtrArray *stages);
void kontor_list_model_show_instead (KontorListModel *self, KontorRids *rids);
void kontor_list_model_show_nothing (KontorListModel *self);
gboolean kontor_list_model_is_telling (KontorListModel *self);
KontorRids *kontor_list_model_get_target (KontorListModel *self); /* what is shown in the end */
gboolean
kontor_list_model_find_near (KontorListModel *self, gint64 rid, guint hint, guint *position);

/* kontor-list-pieces.c */
KontorStage *kontor_list_model_split_stage (KontorListModel *self, KontorStage *stage);
void kontor_list_model_cut_edits (KontorListModel *self, GArray *edits);
void kontor_list_model_cut_replacement (KontorListModel *self, gboolean from_beginning);
void kontor_list_model_get_held (KontorListModel *self, guint *first, guint *end);
#define KONTOR_LIST_SCREENFUL 40 /* rows that a large window shows */

/* kontor-list-update.c */
void kontor_list_update_begin (KontorListModel *self); /* with a new query */
void kontor_list_update_note (KontorListModel *self, KontorChangeSet *changes);
void kontor_list_update_schedule (KontorListModel *self); /* when something is pending */
void kontor_list_update_told (KontorListModel *self);     /* all edits are told */
void kontor_list_update_stop (KontorListModel *self);

/* kontor-list-fetch.c */
void kontor_list_fetch_want (KontorListModel *self, KontorListRow *row);
void kontor_list_fetch_note (KontorListModel *self, KontorChangeSet *changes);
void kontor_list_fetch_add_records (KontorListModel *self, GPtrArray *records);
void kontor_list_fetch_stop (KontorListModel *self);

G_END_DECLS
