/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list model that is watched: what it tells is followed in a list of its own, and both must agree
 * after each signal. */
#pragma once

#include "commit-fixture.h"
#include "kontor-list-model.h"

G_BEGIN_DECLS

typedef struct
{
  Fixture *fixture;
  KontorListModel *model;
  GArray *shadow; /* (element-type gint64) */
  guint n_signals, n_touched;
} Watch;

Watch *watch_new (Fixture *fixture, const char *query); /* waits for the answer */
Watch *watch_new_unready (Fixture *fixture, const char *query);
void watch_free (Watch *watch);
void watch_set_query (Watch *watch, const char *query); /* does not wait */
void watch_settle (Watch *watch);                       /* until it shows what the query finds */
void watch_expect (Watch *watch, const char *names);    /* settles; names of people, "a b c" */
void watch_reset (Watch *watch);
gint64 watch_find_rid (Watch *watch, const char *name);
KontorListRow *watch_hold (Watch *watch, guint position); /* waits for its record */
void pump (guint ms);
KontorQuery *fixture_parse_query (Fixture *fixture, const char *text);

G_END_DECLS
