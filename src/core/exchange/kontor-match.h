/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding the record that a row of a file means: by id, by a number, by name, by an address, among
 * those of the workspace and those the same import has made. */
#pragma once

#include "kontor-workspace.h"

G_BEGIN_DECLS

typedef enum
{
  KONTOR_MATCH_ID,
  KONTOR_MATCH_FIELD,  /* the field's value; names without regard to case and accents */
  KONTOR_MATCH_MAIL,   /* an e-mail address of a person or organisation */
  KONTOR_MATCH_PHONE,  /* a phone number of one, by its last digits */
  KONTOR_MATCH_PERSON, /* name together with address, phone or organisation: kontor_match_person()
                        */
} KontorMatchKind;

/**
 * KontorMatchKey:
 * @kind: what is compared
 * @type: type of the records
 * @field: of %KONTOR_MATCH_FIELD: a text field
 */
typedef struct
{
  KontorMatchKind kind;
  const KontorRecordType *type;
  const KontorFieldDef *field;
} KontorMatchKey;

/* What with a name tells a person. */
typedef enum
{
  KONTOR_FACT_MAIL,
  KONTOR_FACT_PHONE,
  KONTOR_FACT_ACCOUNT,
  KONTOR_N_FACTS
} KontorFact;

typedef struct _KontorMatch KontorMatch;

KontorMatch *kontor_match_new (KontorWorkspace *workspace, gboolean preload);
void kontor_match_free (KontorMatch *self);
gboolean kontor_match_prepare (KontorMatch *self,
                               const KontorMatchKey *key,
                               GCancellable *cancellable,
                               GError **error);
gboolean kontor_match_find (KontorMatch *self,
                            const KontorMatchKey *key,
                            const char *text,
                            KontorId *id,
                            gboolean *found,
                            GError **error);
gboolean kontor_match_add (KontorMatch *self,
                           const KontorMatchKey *key,
                           const char *text,
                           const KontorId *id);
void kontor_match_remove (KontorMatch *self, const KontorMatchKey *key, const char *text);
char *kontor_match_person (KontorMatch *self, const char *name, KontorFact fact, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorMatch, kontor_match_free)

G_END_DECLS
