/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new workspace a test with a seeded clock, and short ways to commit and read. */
#pragma once

#include "kontor-model.h"
#include "kontor-test.h"
#include "kontor-workspace.h"

G_BEGIN_DECLS

#define FIXTURE_START G_GINT64_CONSTANT (1700000000000) /* 2023-11-14 */

typedef struct
{
  KontorTestDir dir;
  char *path;
  KontorEnv *env;
  KontorWorkspace *workspace;
} Fixture;

void fixture_set_up (Fixture *fixture, gconstpointer data);
void fixture_tear_down (Fixture *fixture, gconstpointer data);
void fixture_reopen (Fixture *fixture);

KontorRecord *fixture_new_contact (const char *name);
KontorRecord *fixture_new_account (const char *name);
KontorRecord *fixture_new_point (const KontorRecordType *type,
                                 const KontorId *party,
                                 const char *kind,
                                 const char *value);
KontorRecord *fixture_new_membership (const KontorId *contact, const KontorId *account);
KontorRecord *fixture_new_activity (const char *kind, const char *subject);
KontorRecord *fixture_new_activity_link (const KontorId *activity,
                                         const KontorRecordType *type,
                                         const KontorId *target);

/* Commits @step, which it takes, and expects success. */
KontorCommit *fixture_commit (Fixture *fixture, KontorStep *step);
KontorId fixture_commit_new (Fixture *fixture, KontorRecord *draft); /* takes @draft */
void
fixture_commit_text (Fixture *fixture, const KontorId *id, KontorFieldId field, const char *text);
void fixture_commit_trash (Fixture *fixture, const KontorRecordType *type, const KontorId *id);
/* Commits @step, which it takes, and expects an error of @code that mentions @field. */
void fixture_refuse (Fixture *fixture, KontorStep *step, KontorErrorCode code, const char *field);
KontorCommit *fixture_undo (Fixture *fixture);
KontorCommit *fixture_redo (Fixture *fixture);

KontorRecord *fixture_get (Fixture *fixture, const KontorRecordType *type, const KontorId *id);
KontorRecord *fixture_get_any (Fixture *fixture, const KontorRecordType *type, const KontorId *id);
char *fixture_dup_text (Fixture *fixture, const KontorId *id, KontorFieldId field);
gint64 fixture_get_integer (Fixture *fixture, const KontorId *id, KontorFieldId field);
gboolean fixture_is_live (Fixture *fixture, const KontorRecordType *type, const KontorId *id);
gint64 fixture_get_last_x (Fixture *fixture);
void fixture_assert_sound (Fixture *fixture); /* the integrity check finds nothing */

#define fixture_assert_text(fixture, id, field, expected)                  \
  G_STMT_START                                                             \
  {                                                                        \
    g_autofree char *fixture_text = fixture_dup_text (fixture, id, field); \
                                                                           \
    g_assert_cmpstr (fixture_text, ==, expected);                          \
  }                                                                        \
  G_STMT_END

G_END_DECLS
