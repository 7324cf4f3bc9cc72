/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which fields stand where, in sections: the definition of a record of type layout. Names of fields
 * that are gone, or that a newer program wrote, are kept and shown nowhere. */
#pragma once

#include "kontor-record-type.h"

G_BEGIN_DECLS

typedef struct _KontorSchema KontorSchema;

typedef struct
{
  char *title;       /* (nullable) */
  GPtrArray *fields; /* (element-type utf8): names */
} KontorLayoutSection;

/* Built by one, then shared and never changed. */
typedef struct
{
  GPtrArray *sections; /* (element-type KontorLayoutSection) */
  GPtrArray *off;      /* (element-type utf8): names of fields that are left out on purpose */
  gboolean rest;       /* what is named nowhere stands at the end, as new fields do */
} KontorLayout;

/* A section with the fields there are. */
typedef struct
{
  const char *title; /* (nullable) of the layout */
  GPtrArray *fields; /* (element-type KontorFieldDef) */
} KontorLayoutPart;

typedef enum
{
  KONTOR_LAYOUT_ADD_NONE = 0,
  KONTOR_LAYOUT_ADD_CUSTOM = 1 << 0,   /* custom fields that are named nowhere */
  KONTOR_LAYOUT_ADD_REQUIRED = 1 << 1, /* custom fields nobody can do without, to the first part */
} KontorLayoutAdd;

#define KONTOR_LAYOUT_PAGE "page"
#define KONTOR_LAYOUT_NEW "new"
#define KONTOR_LAYOUT_LIST "list"

KontorLayout *kontor_layout_new (void);
KontorLayout *kontor_layout_ref (KontorLayout *layout);
void kontor_layout_unref (KontorLayout *layout);
KontorLayout *kontor_layout_parse (const char *json, GError **error);
char *kontor_layout_to_text (KontorLayout *layout);

KontorLayoutSection *kontor_layout_add_section (KontorLayout *layout, const char *title);
void kontor_layout_add_ids (KontorLayout *layout, const KontorFieldId *fields);
gboolean kontor_layout_names (KontorLayout *layout, const char *field);

GPtrArray *kontor_layout_resolve (KontorLayout *layout,
                                  KontorLayout *fallback,
                                  KontorSchema *schema,
                                  const KontorRecordType *type,
                                  KontorLayoutAdd add);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorLayout, kontor_layout_unref)

G_END_DECLS
