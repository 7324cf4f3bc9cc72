/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests share: a temporary directory each, the shared sample data, small assertions. */
#pragma once

#include "kontor-error.h"
#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *dir;
} KontorTestDir;

void kontor_test_dir_set_up (KontorTestDir *dir);
void kontor_test_dir_tear_down (KontorTestDir *dir);
char *kontor_test_dir_path (const KontorTestDir *dir, const char *name);

char *kontor_test_shared_data (
  const char *relative); /* NULL, after g_test_skip(), when it is not there */
void kontor_test_wait_until (gboolean (*condition) (gpointer), gpointer data, guint timeout_ms);

G_END_DECLS
