/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Assignments of the command line, between the fields of a record and what hangs on it. */
#pragma once

#include "kontor-cli.h"

G_BEGIN_DECLS

/* One run of assignments to one record. */
typedef struct
{
  KontorCli *cli;
  KontorStep *step;
  const KontorRecordType *type;
  KontorId id;
  KontorRecord *draft;   /* of a new record, else NULL */
  GPtrArray *drafts;     /* (element-type KontorRecord): new children, in order */
  GHashTable *new_items; /* "type\nname" → KontorId: made by this step */
  GArray *new_tags;      /* (element-type KontorId): of a new record, linked once it is there */
} KontorCliAssign;

/* Something that hangs on a person or an organisation. */
typedef struct _KontorCliChild KontorCliChild;

gboolean kontor_cli_assign_parse (KontorCliAssign *self,
                                  const KontorFieldDef *field,
                                  const char *text,
                                  KontorValue *value,
                                  GError **error);
gboolean kontor_cli_assign_find_or_create (KontorCliAssign *self,
                                           const KontorRecordType *type,
                                           KontorFieldId name_field,
                                           const char *name,
                                           KontorId *id,
                                           GError **error);

/* NULL where @name is none */
const KontorCliChild *kontor_cli_assign_find_child (KontorCliAssign *self, const char *name);
gboolean kontor_cli_assign_child (KontorCliAssign *self,
                                  const KontorCliChild *target,
                                  const char *text,
                                  GError **error);

G_END_DECLS
