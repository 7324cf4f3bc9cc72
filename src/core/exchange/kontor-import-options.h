/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the person wants of an import beside the mapping. */
#pragma once

#include "kontor-id.h"
#include <glib-object.h>

G_BEGIN_DECLS

/* What is done with a row whose record is there already. An empty cell never empties a field. */
typedef enum
{
  KONTOR_IMPORT_SKIP,      /* it is left as it is */
  KONTOR_IMPORT_FILL,      /* empty fields are filled */
  KONTOR_IMPORT_OVERWRITE, /* what the file says goes */
  KONTOR_IMPORT_ADD,       /* nobody looks whether it is there: each row is a new record */
} KontorImportMode;

typedef enum
{
  KONTOR_DECISION_CREATE,
  KONTOR_DECISION_SKIP,
  KONTOR_DECISION_FILL,
  KONTOR_DECISION_OVERWRITE,
} KontorImportDecision;

typedef struct _KontorImportOptions KontorImportOptions;

#define KONTOR_TYPE_IMPORT_OPTIONS (kontor_import_options_get_type ())
GType kontor_import_options_get_type (void);

/**
 * KontorImportOptions:
 * @mode: what is done with known records
 * @key: (nullable): by what they are known: "id", a text field, "mail", "phone" or "person" (name
 *   with one more fact); %NULL: by the best the file has
 * @tags: (nullable): names of tags that all records get
 * @role: (nullable): business role that all people or organisations get
 * @owner: owner of new records, or null
 * @currency: (nullable): of amounts that name none; %NULL: the workspace's
 * @decisions: (nullable): what the person decided for single rows, whatever @mode says
 * @keep_view: the same step saves a view of the people or organisations it brought
 *
 * Fields may be set before the import begins; texts are owned.
 */
struct _KontorImportOptions
{
  KontorImportMode mode;
  char *key;
  char **tags;
  char *role;
  KontorId owner;
  char *currency;
  GHashTable *decisions;
  gboolean keep_view;
};

KontorImportOptions *kontor_import_options_new (void);
KontorImportOptions *kontor_import_options_copy (const KontorImportOptions *self);
void kontor_import_options_free (KontorImportOptions *self);
void kontor_import_options_decide (KontorImportOptions *self,
                                   guint64 line,
                                   KontorImportDecision decision,
                                   const KontorId *record);
gboolean kontor_import_options_get_decision (const KontorImportOptions *self,
                                             guint64 line,
                                             KontorImportDecision *decision,
                                             KontorId *record);
KontorImportMode kontor_import_options_get_mode (const KontorImportOptions *self, guint64 line);
gboolean kontor_import_options_only_adds (const KontorImportOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorImportOptions, kontor_import_options_free)

G_END_DECLS
