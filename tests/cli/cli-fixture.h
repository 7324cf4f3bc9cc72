/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the built kontorctl as a child and keeps what it said. */
#pragma once

#include "kontor-test.h"

G_BEGIN_DECLS

typedef struct
{
  KontorTestDir dir;
  char *workspace;

  /* of the last run */
  char *out;
  char *err;
  int status;
} Fixture;

void fixture_set_up (Fixture *fixture, gconstpointer data);      /* without a workspace */
void fixture_set_up_init (Fixture *fixture, gconstpointer data); /* with an empty one */
void fixture_tear_down (Fixture *fixture, gconstpointer data);

/* Without "--workspace"; the verb and its arguments end with NULL. The workspace is given by
 * KONTOR_WORKSPACE. */
int fixture_run (Fixture *fixture, ...) G_GNUC_NULL_TERMINATED;
int fixture_run_input (Fixture *fixture, const char *input, ...) G_GNUC_NULL_TERMINATED;
/* As above; fails the test unless the command ends with 0 and says nothing on standard error. */
const char *fixture_ask (Fixture *fixture, ...) G_GNUC_NULL_TERMINATED;
char *fixture_write (Fixture *fixture, const char *name, const char *text);
GSubprocess *fixture_spawn (Fixture *fixture, GSubprocessFlags flags, ...) G_GNUC_NULL_TERMINATED;

#define fixture_assert_status(fixture, expected)                                             \
  G_STMT_START                                                                               \
  {                                                                                          \
    if ((fixture)->status != (expected))                                                     \
      g_test_message ("status %d: %s%s", (fixture)->status, (fixture)->out, (fixture)->err); \
    g_assert_cmpint ((fixture)->status, ==, expected);                                       \
  }                                                                                          \
  G_STMT_END

#define fixture_assert_contains(text, part)                      \
  G_STMT_START                                                   \
  {                                                              \
    const char *fixture_text = (text);                           \
                                                                 \
    if (strstr (fixture_text, part) == NULL)                     \
      g_test_message ("“%s” is not in: %s", part, fixture_text); \
    g_assert_nonnull (strstr (fixture_text, part));              \
  }                                                              \
  G_STMT_END

G_END_DECLS
