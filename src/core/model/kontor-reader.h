/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The little that rules of the trade may ask of the data (design 2): get, and find by link. */
#pragma once

#include "kontor-record.h"
#include "kontor-schema.h"

G_BEGIN_DECLS

#define KONTOR_TYPE_READER (kontor_reader_get_type ())
G_DECLARE_INTERFACE (KontorReader, kontor_reader, KONTOR, READER, GObject)

struct _KontorReaderInterface
{
  GTypeInterface parent;

  KontorRecord *(*get) (KontorReader *self,
                        const KontorRecordType *type,
                        const KontorId *id,
                        GError **error);
  GPtrArray *(*find) (KontorReader *self,
                      const KontorRecordType *type,
                      const KontorFieldDef *link,
                      const KontorId *target,
                      GError **error);
  KontorSchema *(*get_schema) (KontorReader *self);
};

KontorRecord *kontor_reader_get (KontorReader *self,
                                 const KontorRecordType *type,
                                 const KontorId *id,
                                 GError **error);
GPtrArray *kontor_reader_find (KontorReader *self,
                               const KontorRecordType *type,
                               const KontorFieldDef *link,
                               const KontorId *target,
                               GError **error);
KontorSchema *kontor_reader_get_schema (KontorReader *self);

G_END_DECLS
