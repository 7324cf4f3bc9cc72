/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this device used last: records of a workspace, and how often which command. */
#pragma once

#include "kontor-workspace.h"

G_BEGIN_DECLS

typedef struct
{
  const KontorRecordType *type;
  KontorId id;
} KontorRecent;

void
kontor_recent_add (KontorWorkspace *workspace, const KontorRecordType *type, const KontorId *id);
GArray *kontor_recent_list (KontorWorkspace *workspace, guint limit);

void kontor_recent_count_command (const char *action);
guint kontor_recent_get_command_count (const char *action);

G_END_DECLS
