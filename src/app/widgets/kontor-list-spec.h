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
  gboolean hidden; /* until it is chosen */
} KontorColumnSpec;

/* A field of 0 is none. */
typedef struct
{
  const char *name;  /* for settings and actions; never renamed */
  const char *title; /* N_() */
  const KontorRecordType *type;
  KontorQueryScope scope;
  char *(*make_filter) (KontorSession *session); /* (nullable): what holds for all its rows */
  const char *activate; /* (nullable): the page's action that Enter means here, not opening */
  gboolean table;       /* shown as a table at first */

  const KontorColumnSpec *columns;
  guint n_columns;

  /* a row of two lines */
  KontorFieldId line, detail, second_detail, trailing, warning; /* .warning: missing is one */

  KontorFieldId sort;
  gboolean descending;
  const KontorFieldId *sorts; /* offered in the list; ends with 0 */

  const char *empty_icon;
  const char *empty_title;  /* N_() */
  const char *empty_text;   /* N_() */
  const char *empty_label;  /* N_(): of the button, or NULL */
  const char *empty_action; /* detailed name */
  const char *found_none;   /* N_(): with one %s for what was searched */
  const char *new_label;    /* N_(): "New person", or NULL */
} KontorListSpec;

G_END_DECLS
