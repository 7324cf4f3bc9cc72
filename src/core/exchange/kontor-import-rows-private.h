/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a table on their way into the workspace: what each of them means there, and what it
 * needs. The same for an import and for the look before it. */
#pragma once

#include "kontor-import-check.h"
#include "kontor-import-options.h"
#include "kontor-import-private.h"
#include "kontor-import-report.h"
#include "kontor-import-writer-private.h"

G_BEGIN_DECLS

typedef struct _KontorImportRows KontorImportRows;
typedef struct _KontorImportWaiting KontorImportWaiting;

/* A record made because a row names it. */
typedef struct
{
  KontorRecord *record; /* owned until it is written */
  KontorMatchKey key;
  char *name;
} KontorImportHelper;

typedef void (*KontorImportFill) (KontorImportDraft *draft, gpointer data);

struct _KontorImportRows
{
  KontorWorkspace *workspace; /* owned */
  KontorEnv *env;
  KontorImportPlan *plan; /* borrowed */
  const KontorImportOptions *options;
  KontorImportReport *report; /* borrowed */
  KontorMatch *match;
  gboolean borrows_match;     /* it is that of other rows */
  gboolean write;             /* FALSE: only look */
  KontorImportWriter *writer; /* (nullable) borrowed: begun with the first row that writes */
  KontorImportWriter *(*begin) (gpointer data, GError **error);
  gpointer begin_data;
  KontorImportSeen seen; /* (nullable): told what becomes of each row */
  gpointer seen_data;
  KontorImportFill fill; /* (nullable): adds to each draft what cells can't say */
  gpointer fill_data;
  KontorImportDraft *draft;
  GArray *keys;     /* (element-type KontorMatchKey): by which rows are known, the best first */
  GArray *own_keys; /* (element-type KontorMatchKey): by which rows name one another */
  GArray *helpers;  /* (element-type KontorImportHelper): of the present row */
  KontorImportWaiting *waiting; /* (nullable): rows that name rows further down */
  GHashTable *refused;          /* (nullable): key of a faulty row → its line */
};

KontorImportRows *kontor_import_rows_new (KontorWorkspace *workspace,
                                          KontorImportPlan *plan,
                                          const KontorImportOptions *options,
                                          KontorImportReport *report,
                                          gboolean preload,
                                          GError **error);
void kontor_import_rows_free (KontorImportRows *self);
void kontor_import_rows_share_match (KontorImportRows *self, KontorImportRows *with);
gboolean kontor_import_rows_take (KontorImportRows *self,
                                  guint64 line,
                                  const char *const *cells,
                                  guint n_cells,
                                  GError **error);
gboolean kontor_import_rows_finish (KontorImportRows *self, GError **error);

/* Shared by its files. */
typedef enum
{
  KONTOR_ROW_DONE,
  KONTOR_ROW_FAULTY, /* error is set */
  KONTOR_ROW_WAITS,  /* it names a row that did not come yet */
  KONTOR_ROW_FATAL,  /* error is set, nothing more can be done */
} KontorRowStatus;

KontorRowStatus
kontor_import_rows_process (KontorImportRows *self, gboolean may_wait, GError **error);
void kontor_import_rows_refuse (KontorImportRows *self,
                                const GError *error,
                                guint64 line,
                                const char *const *cells,
                                guint n_cells);

/* kontor-import-known.c */
gboolean kontor_import_rows_choose_keys (KontorImportRows *self, GError **error);
char *kontor_import_rows_dup_key (KontorImportRows *self, const KontorMatchKey *key);
gboolean kontor_import_rows_find_known (KontorImportRows *self,
                                        KontorId *id,
                                        gboolean *found,
                                        GError **error);
void kontor_import_rows_remember (KontorImportRows *self, const KontorId *id);
gboolean kontor_import_rows_find_likely (KontorImportRows *self,
                                         KontorId *id,
                                         gboolean *found,
                                         GError **error);
void kontor_import_rows_remember_likely (KontorImportRows *self, const KontorId *id);

/* kontor-import-link.c */
KontorRowStatus
kontor_import_rows_resolve (KontorImportRows *self, gboolean may_wait, GError **error);
KontorRowStatus kontor_import_rows_find_tag (KontorImportRows *self,
                                             const char *name,
                                             KontorId *id,
                                             GError **error);
void kontor_import_rows_drop_helpers (KontorImportRows *self, gboolean undo);
const KontorDraftLink *kontor_import_rows_find_self_link (KontorImportRows *self);
void kontor_import_rows_list_link_keys (const KontorRecordType *type, GArray *keys);

/* kontor-import-emit.c */
void kontor_import_rows_bind (KontorImportRows *self, const KontorId *id);
guint kontor_import_rows_count_ops (KontorImportRows *self);
KontorRowStatus kontor_import_rows_emit (KontorImportRows *self, GError **error);
KontorStep *kontor_import_rows_begin_unit (KontorImportRows *self,
                                           KontorImportVerdict verdict,
                                           guint n_ops,
                                           GError **error);
KontorRecord *kontor_import_rows_make_role (KontorImportRows *self, KontorRecord *owner);
KontorRowStatus
kontor_import_rows_collect_tags (KontorImportRows *self, GArray *tags, GError **error);

/* kontor-import-update.c */
KontorRowStatus kontor_import_rows_update (KontorImportRows *self,
                                           const KontorId *id,
                                           gboolean overwrite,
                                           gboolean *changed,
                                           GError **error);

/* kontor-import-wait.c */
KontorImportWaiting *kontor_import_waiting_new (KontorImportRows *rows);
void kontor_import_waiting_free (KontorImportWaiting *self);
gboolean kontor_import_waiting_add (KontorImportWaiting *self, GError **error);
gboolean kontor_import_waiting_release (KontorImportWaiting *self, GError **error);
void kontor_import_waiting_note_done (KontorImportWaiting *self);
gboolean kontor_import_waiting_finish (KontorImportWaiting *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorImportRows, kontor_import_rows_free)

G_END_DECLS
