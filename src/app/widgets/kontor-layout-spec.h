/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an area shows where as long as nobody has changed it, for the preferences to change. */
#pragma once

#include "kontor-model.h"

G_BEGIN_DECLS

typedef struct
{
  const KontorRecordType *type;
  /* @place: "page", "new" or "list"; a new layout, shared with nobody */
  KontorLayout *(*usual) (const KontorRecordType *type, const char *place);
} KontorLayoutSpec;

G_END_DECLS
