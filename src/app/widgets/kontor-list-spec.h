/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a view of records shows: the tables of the areas, in terms of field ids. */
#pragma once

#include "kontor-session.h"

G_BEGIN_DECLS

typedef struct
{
  KontorFieldId field;
  int width; /* pixels; of the expanding one its least */
  gboolean expand;
  gboolean hidden;   /* until it is chosen */
  const char *title; /* N_(): where the field's label says too little, or NULL */
} KontorColumnSpec;

typedef struct
{
  const char *label;  /* N_(), with a key */
  const char *action; /* detailed name */
} KontorListItem;

/* A field of 0 is none. */
typedef struct
{
  const char *name;  /* for settings and actions; never renamed */
  const char *title; /* N_() */
  const KontorRecordType *type;
  KontorQueryScope scope;
  char *(*make_filter) (KontorSession *session); /* (nullable): what holds for all its rows */
  const char *activate;  /* (nullable): the action on the row that Enter means here, not opening */
  KontorFieldId subject; /* link to whom a row is about: their page is shown; none: the record's */
  gboolean table;        /* shown as a table at first */

  const KontorColumnSpec *columns;
  guint n_columns;

  /* a row of two lines */
  KontorFieldId line, detail, second_detail, trailing, warning; /* .warning: missing is one */
  KontorFieldId alarm; /* yes or no: yes is told in the row, by the field's label */

  KontorFieldId sort;
  gboolean descending;
  const KontorFieldId *sorts; /* offered in the list; ends with 0 */

  const char *empty_icon;
  const char *empty_title;          /* N_() */
  const char *empty_text;           /* N_() */
  const char *empty_label;          /* N_(): of the button, or NULL */
  const char *empty_action;         /* detailed name */
  const char *found_none;           /* N_(): with one %s for what was searched */
  const char *new_label;            /* N_(): "New person", or NULL */
  const KontorRecordType *new_type; /* (nullable): what "New" makes, where it is not .type */

  /* the context menu */
  const KontorListItem *items; /* (nullable): stand first; ends with a label of NULL */
  const char *trash_label;     /* N_(): where "Move to trash" would leave open what, or NULL */
  const char *trash_name;      /* the same without a key */
  char *(*dup_name) (KontorRecord *record); /* (nullable): what a toast calls it, not its title */
} KontorListSpec;

gboolean kontor_list_spec_get_subject (const KontorListSpec *self,
                                       KontorRecord *record,
                                       const KontorRecordType **type,
                                       KontorId *id);
const KontorRecordType *kontor_list_spec_get_new_type (const KontorListSpec *self);
char *kontor_list_spec_dup_name (const KontorListSpec *self, KontorRecord *record);

G_END_DECLS
