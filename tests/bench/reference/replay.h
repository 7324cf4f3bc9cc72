/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an edit is compared with: the statements it makes, written down once and run by hand. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* A statement with a "?" for each value, and the same with the values in it. */
typedef struct
{
  char *sql;
  char *expanded;
} ReplayStatement;

void replay_statement_clear (gpointer statement);

typedef struct _Replay Replay;

Replay *replay_open (const char *path, const char *vfs);
void replay_close (Replay *self);
void replay_prepare (Replay *self, const GArray *statements);
void replay_run (Replay *self);

G_END_DECLS
