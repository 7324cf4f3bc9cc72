/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pick lists a new workspace begins with. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KontorPickDefault:
 * @list: name of the list, as the field tables have it
 * @code: what records keep
 * @label: N_(), what people see
 */
typedef struct
{
  const char *list;
  const char *code;
  const char *label;
} KontorPickDefault;

/* The values of one list stand together, in order; ends with a NULL list. */
extern const KontorPickDefault kontor_pick_defaults[];

G_END_DECLS
