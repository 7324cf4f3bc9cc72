/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The working set of one transaction: every record it touches, loaded or new, changed in memory
 * first and written once.
 *
 * The order of things: apply (operations change the working set and fill the log), check (links and
 * cycles, over the end state), derive (computed columns), write (rows, search documents, totals,
 * log). Nothing reaches the file before the checks are through.
 *
 * A membership that is switched off keeps its row with on = 0 and hid = 1, so that everything that
 * passes over the trash passes over it too. */
#pragma once

#include "kontor-error.h"
#include "kontor-rows-private.h"

G_BEGIN_DECLS

typedef enum
{
  KONTOR_NEWS_CALLS = 1 << 0, /* last contact */
  KONTOR_NEWS_TASKS = 1 << 1, /* next step */
} KontorActivityNews;

typedef struct _KontorWorkRow KontorWorkRow;
struct _KontorWorkRow
{
  KontorId id;
  const KontorRecordType *type;
  KontorRowPlan *plan;
  KontorRecord *record;   /* owned: present values */
  KontorRecord *before;   /* owned (nullable): as the row was, from the first change on */
  KontorFieldSet changed; /* fields to write */
  gboolean is_new;
  gboolean was_hidden, hidden;
  gboolean edited;           /* by an operation, not only by derivation */
  gboolean removed;          /* purged */
  gboolean children_loaded;  /* the live ones are in the working set */
  gboolean derive;           /* its computed columns must be looked at */
  gboolean points;           /* those of its contact points must, with the same children */
  gboolean search;           /* its search document must be written again */
  gboolean replace_document; /* whether it has one is not known */
  gboolean touched;          /* changed by a statement over many rows */
  KontorActivityNews news;   /* what its activities may say anew; not 0: it is among the targets */
};

typedef struct
{
  KontorOpKind kind;
  const KontorRecordType *type;
  KontorId id;
  gint64 seen_rev;
  char *now, *was;
} KontorLogOp;

struct _KontorWork
{
  KontorDb *db;         /* borrowed */
  gint64 now;           /* ms */
  GHashTable *rows;     /* id → KontorWorkRow, owned */
  GPtrArray *order;     /* the same, in the order they were touched */
  GHashTable *children; /* owner's id → (element-type KontorWorkRow) GPtrArray, borrowed rows */
  GArray *log;          /* (element-type KontorLogOp) */
  GHashTable *known;    /* id → record type: links that were found to exist */
  GHashTable *step_ids; /* borrowed (nullable): ids the whole step creates */
  GHashTable *expected; /* borrowed (nullable): id → type: what later parts create */
  gboolean by_person;   /* typed, not read from a file */
  gboolean is_later;    /* an earlier transaction of the step may link to what this one creates */
  GHashTable *totals;   /* what totals change by; kontor-totals.c */
  GPtrArray *targets;   /* (element-type KontorWorkRow): activity targets to derive after writing */
  GPtrArray *renamed; /* (element-type KontorWorkRow): accounts whose contacts show another name */
  GHashTable *names;  /* (nullable): account id → name, of accounts outside the working set */
  char *today;        /* (nullable): ISO date */
  GHashTable *people; /* account id → change of its number of people */
  gboolean silent;    /* nothing is logged: rolling back an unfinished step */
  gboolean schema_changed; /* db->schema was renewed: again after a roll-back */
  GPtrArray *rest; /* borrowed (nullable) (element-type KontorUndoRest): what undo left alone */
};

/* kontor-commit-work.c */
KontorWork *kontor_work_new (KontorDb *db);
void kontor_work_free (KontorWork *work);
KontorWorkRow *kontor_work_lookup (KontorWork *work, const KontorId *id);
/* %NULL without @error set: there is no such record. */
KontorWorkRow *kontor_work_load (KontorWork *work,
                                 const KontorRecordType *type,
                                 const KontorId *id,
                                 GError **error);
KontorWorkRow *kontor_work_add_new (KontorWork *work, KontorRecord *record);  /* takes @record */
KontorWorkRow *kontor_work_add_read (KontorWork *work, KontorRecord *record); /* takes @record */
GPtrArray *kontor_work_children (KontorWork *work, const KontorId *id);       /* (nullable) */
GPtrArray *kontor_work_child_types (const KontorRecordType *type);
gboolean kontor_work_load_children (KontorWork *work, KontorWorkRow *row, GError **error);
void kontor_work_touch (KontorWorkRow *row); /* before its record is changed */
void kontor_work_mark (KontorWorkRow *row, const KontorFieldDef *field);
gboolean kontor_work_set_value (KontorWorkRow *row,
                                const KontorFieldDef *field,
                                const KontorValue *value); /* whether it differs */
void kontor_work_set_computed_text (KontorWorkRow *row, KontorFieldId field, const char *text);
void kontor_work_set_computed_integer (KontorWorkRow *row,
                                       KontorFieldId field,
                                       gboolean is_null,
                                       gint64 value);
void
kontor_work_set_computed_link (KontorWorkRow *row, KontorFieldId field, const KontorId *target);
const KontorRecordType *kontor_work_link_target (KontorRecord *record, const KontorFieldDef *field);
const KontorFieldDef *kontor_type_parent_field (const KontorRecordType *type);
gboolean kontor_type_owns (const KontorRecordType *type, const KontorRecordType *child);
GError *kontor_work_error (KontorWork *work,
                           KontorErrorCode code,
                           const KontorRecordType *type,
                           const KontorId *id,
                           KontorRecord *record,
                           const KontorFieldDef *field,
                           const char *reason);

/* kontor-commit-log.c */
typedef struct
{
  GString *now, *was; /* JSON objects, open until they are logged */
} KontorPieces;
void kontor_pieces_init (KontorPieces *pieces);
void kontor_pieces_clear (KontorPieces *pieces);
void kontor_pieces_append (GString *out, const KontorFieldDef *field, const KontorValue *value);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KontorPieces, kontor_pieces_clear)
void kontor_work_log_pieces (KontorWork *work,
                             KontorOpKind kind,
                             KontorWorkRow *row,
                             KontorPieces *pieces,
                             gint64 seen);
gboolean kontor_work_set_logged (KontorWorkRow *row,
                                 const KontorFieldDef *field,
                                 const KontorValue *value,
                                 KontorPieces *pieces);
void kontor_work_stamp (KontorWork *work, KontorWorkRow *row);
KontorLogOp *kontor_work_log (KontorWork *work,
                              KontorOpKind kind,
                              const KontorRecordType *type,
                              const KontorId *id);

/* kontor-commit-apply.c */
gboolean kontor_work_apply (KontorWork *work, const KontorOp *op, GError **error);

/* kontor-commit-purge.c */
gboolean kontor_work_purge (KontorWork *work, KontorWorkRow *row, GError **error);

/* kontor-commit-check.c */
gboolean kontor_work_check (KontorWork *work, GError **error);
gboolean kontor_work_is_link (const KontorFieldDef *field);
gboolean kontor_work_check_link (KontorWork *work,
                                 KontorWorkRow *row,
                                 const KontorFieldDef *field,
                                 GError **error);

/* kontor-commit-define.c */
gboolean kontor_work_check_definitions (KontorWork *work, GError **error);

/* kontor-commit-write.c */
const char *kontor_op_kind_to_text (KontorOpKind kind);
gboolean kontor_op_kind_from_text (const char *text, KontorOpKind *kind);
gboolean kontor_work_finish (KontorWork *work,
                             const KontorId *step,
                             KontorChangeSet *changes,
                             gint64 *x,
                             GError **error); /* derive and write; not yet COMMIT */
gboolean kontor_commit_write_step (KontorDb *db,
                                   const KontorId *step,
                                   const char *label,
                                   KontorOrigin origin,
                                   const KontorId *undo_of,
                                   int state,
                                   GError **error);
gboolean kontor_commit_set_state (KontorDb *db, const KontorId *step, int state, GError **error);
gboolean
kontor_commit_set_label (KontorDb *db, const KontorId *step, const char *label, GError **error);

/* kontor-derive.c */
gboolean kontor_derive_work (KontorWork *work, GError **error);
gboolean kontor_derive_after_write (KontorWork *work, GError **error);

/* kontor-derive-points.c */
gboolean kontor_derive_points (KontorWork *work, KontorWorkRow *party, GError **error);
gboolean kontor_derive_points_after_write (KontorWork *work, KontorWorkRow *party, GError **error);

/* kontor-derive-activity.c */
gboolean kontor_derive_collect_targets (KontorWork *work, KontorWorkRow *row, GError **error);
void kontor_derive_add_target (KontorWork *work, KontorWorkRow *target, KontorActivityNews news);
gboolean kontor_derive_targets (KontorWork *work, GError **error);

/* kontor-derive-search.c */
gboolean kontor_derive_put_document (KontorWork *work, KontorWorkRow *row, GError **error);
typedef gboolean (*KontorDocumentFunc) (KontorDb *db,
                                        const KontorSearchDoc *doc,
                                        gpointer data,
                                        GError **error);
gboolean kontor_derive_each_document (KontorDb *db,
                                      const KontorRecordType *type,
                                      KontorDocumentFunc func,
                                      gpointer data,
                                      GError **error);

/* kontor-derive-bulk.c: what a bulk step leaves to do, kept in memory until it ends */
typedef enum
{
  KONTOR_TODO_PEOPLE = 1 << 0,     /* of an account: how many contacts it has */
  KONTOR_TODO_ACTIVITIES = 1 << 1, /* last contact, next step; of an activity: its links */
  KONTOR_TODO_ALL = 1 << 2,        /* all computed columns and the search document */
} KontorTodo;
void kontor_derive_remember (KontorDb *db,
                             const KontorRecordType *type,
                             const KontorId *id,
                             KontorTodo what);
void kontor_derive_forget (KontorDb *db);
typedef struct
{
  guint type; /* number in the registry */
  gint64 rid;
} KontorDerivePlace;
gboolean
kontor_derive_rebuild_piece (KontorDb *db, KontorDerivePlace *place, guint *n, GError **error);

/* kontor-totals.c */
void kontor_totals_count (KontorWork *work, KontorWorkRow *row);
gboolean kontor_totals_write (KontorWork *work, GError **error);

/* kontor-history-log.c: the log read back */
typedef struct
{
  const KontorFieldDef *field;
  KontorValue now, was;
} KontorLogField;

typedef struct
{
  gint64 x;
  guint i;
  KontorOpKind kind;
  const KontorRecordType *type;
  KontorId id;
  gboolean has_was; /* FALSE of a LINK: it made the membership */
  GArray *fields;   /* (element-type KontorLogField) */
} KontorLogEntry;

/* Columns x, i, o, type, id, now, was from @column on. %FALSE without @error set: of a type this
 * program does not know. */
#define KONTOR_LOG_COLUMNS "o.x,o.i,o.o,o.type,o.id,o.now,o.was"
gboolean kontor_log_entry_read (KontorDb *db,
                                sqlite3_stmt *stmt,
                                int column,
                                KontorLogEntry *entry,
                                GError **error);
void kontor_log_entry_clear (KontorLogEntry *entry);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KontorLogEntry, kontor_log_entry_clear)

/* kontor-undo-apply.c */
gboolean kontor_undo_entry (KontorWork *work, const KontorLogEntry *entry, GError **error);
void kontor_undo_settle_links (KontorWork *work);
gboolean kontor_undo_erase_entry (KontorWork *work, const KontorLogEntry *entry, GError **error);
char *kontor_undo_dup_user_name (KontorDb *db, const KontorId *user);

G_END_DECLS
