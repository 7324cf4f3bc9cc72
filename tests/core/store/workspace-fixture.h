/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of the file share: raw copies of a closed workspace, its state in one text, and
 * assertions about errors. */
#pragma once

#include "commit-fixture.h"

G_BEGIN_DECLS

char *workspace_dump (KontorWorkspace *workspace); /* people, with what the log has of them */
char *workspace_sql (KontorWorkspace *workspace, const char *sql); /* rows by line, cells by "|" */
void workspace_assert_sound (KontorWorkspace *workspace);
void workspace_close (KontorWorkspace *workspace); /* takes it; expects success */
void workspace_drop (KontorWorkspace *workspace);  /* takes it; closing may fail */
KontorWorkspace *workspace_open (const char *path, KontorOpenFlags flags); /* expects success */
void workspace_refuse (const char *path, KontorOpenFlags flags, KontorErrorCode code);
void workspace_add_contact (KontorWorkspace *workspace, const char *name);

void file_write (const char *path, GBytes *contents);
GBytes *file_read (const char *path);
void file_exec (const char *path, const char *sql); /* by SQLite alone */

G_END_DECLS
