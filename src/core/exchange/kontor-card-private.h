/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What vCards and records have to say to each other, for import and export alike. */
#pragma once

#include "kontor-import-private.h"
#include "kontor-vcard.h"

G_BEGIN_DECLS

/* Names of properties and parameters of our own. */
#define KONTOR_CARD_FIELD "X-KONTOR-FIELD"
#define KONTOR_CARD_NAME "X-NAME"
#define KONTOR_CARD_POINT "X-KONTOR-POINT"
#define KONTOR_CARD_INVALID "X-KONTOR-INVALID"
#define KONTOR_CARD_POSITION "X-KONTOR-POSITION"
#define KONTOR_CARD_NOTE "X-KONTOR-NOTE"
#define KONTOR_CARD_FROM "X-KONTOR-FROM"
#define KONTOR_CARD_TO "X-KONTOR-TO"
#define KONTOR_CARD_ROLE "X-KONTOR-ROLE"
#define KONTOR_CARD_MAIN "X-KONTOR-MAIN"
#define KONTOR_CARD_GEO "X-KONTOR-GEO"
#define KONTOR_CARD_BLOB "X-KONTOR-BLOB"
#define KONTOR_CARD_LABEL "X-ABLABEL"
#define KONTOR_CARD_UUID "urn:uuid:"

/* Of these the record has no field: nobody misses them in a card made anew. */
#define KONTOR_CARD_MAX_KEPT (60 * 1024)

/* kontor-card-types.c */
char *kontor_card_dup_label (const KontorVcard *card, const KontorVcardProperty *property);
const char *kontor_card_phone_kind (const KontorVcard *card, const KontorVcardProperty *property);
gboolean kontor_card_add_label (KontorVcardProperty *property, const char *label);
const char *kontor_card_service_of_property (const char *name);
const char *kontor_card_service_of_scheme (const char *scheme);
const char *kontor_card_scheme_of_service (const char *service);
char *kontor_card_dup_address_kind (const KontorVcard *card, const KontorVcardProperty *property);
void kontor_card_add_address_kind (KontorVcardProperty *property, const char *kind);
char *kontor_card_hash (GBytes *data);

/**
 * KontorCardJob:
 * @record: owned: what an employment has beside its organisation
 * @account: name of the organisation
 */
typedef struct
{
  KontorRecord *record;
  char *account;
} KontorCardJob;

/**
 * KontorCardRow:
 * @cells: (array length=n_cells): texts of the plan's columns; "" for none
 * @n_cells: how many
 * @points: (element-type KontorRecord): contact points, with kind
 * @addresses: (element-type KontorRecord): addresses, with kind
 * @jobs: (element-type KontorCardJob): employments behind the first
 * @main: the first employment says it is the main one
 * @attachments: (element-type KontorRecord): what holds pictures and the like that have no field
 * @tags: (element-type utf8): names
 * @blobs: (element-type GBytes): contents that the records name by their hash
 * @photo: (nullable): hash of the photo
 * @summary: (array length=n_summary): what people see of the card in a preview and a report
 *
 * A card in the shape in which the rows of an import take it.
 */
typedef struct
{
  char **cells;
  guint n_cells;
  GPtrArray *points;
  GPtrArray *addresses;
  GPtrArray *jobs;
  gboolean main;
  GPtrArray *attachments;
  GPtrArray *tags;
  GPtrArray *blobs;
  char *photo;
  char **summary;
} KontorCardRow;

/* What cards of a type go through: columns by path. */
typedef struct
{
  KontorSchema *schema; /* owned */
  const KontorRecordType *type;
  KontorImportMap *map; /* owned */
  GHashTable *columns;  /* path → column + 1 */
  gint64 blob_limit;
} KontorCardPlan;

/* kontor-import-card-plan.c */
KontorCardPlan *
kontor_card_plan_new (KontorSchema *schema, const KontorRecordType *type, gint64 blob_limit);
void kontor_card_plan_free (KontorCardPlan *self);
guint kontor_card_plan_find (KontorCardPlan *self, const char *path, gboolean *found);

/* kontor-import-card.c */
KontorCardRow *kontor_card_row_new (KontorCardPlan *plan, KontorVcard *card);
void kontor_card_row_free (KontorCardRow *row);

/* kontor-card-look.c */
gboolean kontor_card_is_group (const KontorVcard *card);
gboolean kontor_card_is_organisation (const KontorVcard *card);
gboolean kontor_card_has_name_parts (const KontorVcard *card);
char *kontor_card_dup_text (const KontorVcard *card, const char *name);
char *kontor_card_dup_first (const KontorVcard *card, const char *name);
char *kontor_card_dup_uid (const KontorVcard *card);
void kontor_card_list_columns (GPtrArray *columns);
char **kontor_card_summarise (const KontorVcard *card);

/* kontor-import-card-points.c */
void kontor_card_read_points (KontorCardRow *row, KontorVcard *card, gboolean *used);
void kontor_card_read_addresses (KontorCardRow *row, KontorVcard *card, gboolean *used);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorCardPlan, kontor_card_plan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorCardRow, kontor_card_row_free)

G_END_DECLS
