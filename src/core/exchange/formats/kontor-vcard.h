/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vCards as they are written, of all versions: cards of properties, without a meaning yet. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a card may have at most. What goes beyond costs its property, and is told. */
#define KONTOR_VCARD_MAX_PROPERTY (16 * 1024 * 1024)
#define KONTOR_VCARD_MAX_CARD (64 * 1024 * 1024)
#define KONTOR_VCARD_MAX_PROPERTIES 5000
#define KONTOR_VCARD_MAX_DEPTH 8

typedef enum
{
  KONTOR_VCARD_2_1 = 21,
  KONTOR_VCARD_3_0 = 30,
  KONTOR_VCARD_4_0 = 40,
} KontorVcardVersion;

typedef struct
{
  char *name;  /* in capitals */
  char *value; /* of TYPE one of them, in small letters */
} KontorVcardParam;

/**
 * KontorVcardProperty:
 * @group: (nullable): what stands before the dot
 * @name: in capitals
 * @params: (element-type KontorVcardParam): without those that say how the value is written
 * @value: UTF-8 without line breaks, escaped as in version 3.0; "" where there is @data
 * @data: (nullable): what an inline picture, sound or key holds
 * @line: where it stands, from 1; 0: nowhere
 */
typedef struct
{
  char *group;
  char *name;
  GArray *params;
  char *value;
  GBytes *data;
  guint64 line;
} KontorVcardProperty;

/* Something that was left out or mended. */
typedef struct
{
  guint64 line;
  char *text;
} KontorVcardProblem;

/**
 * KontorVcard:
 * @version: as the card says; 2.1 where it says nothing
 * @properties: (element-type KontorVcardProperty): without BEGIN, END and VERSION
 * @problems: (element-type KontorVcardProblem): what was left out
 * @line: where it begins, from 1
 */
typedef struct
{
  KontorVcardVersion version;
  GPtrArray *properties;
  GPtrArray *problems;
  guint64 line;
} KontorVcard;

KontorVcard *kontor_vcard_new (KontorVcardVersion version);
void kontor_vcard_free (KontorVcard *self);
void kontor_vcard_take (KontorVcard *self, KontorVcardProperty *property);
void kontor_vcard_add_problem (KontorVcard *self, guint64 line, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
KontorVcardProperty *kontor_vcard_find (const KontorVcard *self, const char *name);
KontorVcardProperty *
kontor_vcard_find_grouped (const KontorVcard *self, const char *name, const char *group);

KontorVcardProperty *kontor_vcard_property_new (const char *name, const char *value);
KontorVcardProperty *kontor_vcard_property_copy (const KontorVcardProperty *self);
void kontor_vcard_property_free (KontorVcardProperty *self);
void
kontor_vcard_property_add_param (KontorVcardProperty *self, const char *name, const char *value);
const char *kontor_vcard_property_get_param (const KontorVcardProperty *self, const char *name);
gboolean kontor_vcard_property_has_type (const KontorVcardProperty *self, const char *type);
KontorVcardProperty *kontor_vcard_property_parse (const char *line);

/* Values. */
char *kontor_vcard_escape (const char *text);
char *kontor_vcard_unescape (const char *value);
char **kontor_vcard_split (const char *value, char separator);
char *kontor_vcard_date_to_iso (const char *value);

/* Writing. */
void kontor_vcard_property_append (const KontorVcardProperty *self,
                                   KontorVcardVersion version,
                                   gboolean fold,
                                   GString *out);
void kontor_vcard_append (const KontorVcard *self, GString *out);
const char *kontor_vcard_media_type (GBytes *data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorVcard, kontor_vcard_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorVcardProperty, kontor_vcard_property_free)

G_END_DECLS
