/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the tables of record types are written down. */
#pragma once

#include "kontor-record-type.h"

G_BEGIN_DECLS

/* The row of a table that belongs to a field id; the rest are designated initialisers. */
#define FIELD(field, ...) [(field) &0xff] = { .id = (field), .index = (field) &0xff, __VA_ARGS__ }

/* Names that import headers give a field, lower case. */
#define ALIASES(...) \
  (const char *const[]) { __VA_ARGS__, NULL }

extern const KontorRecordType *const kontor_record_types[];
extern const guint kontor_n_record_types;

G_END_DECLS
