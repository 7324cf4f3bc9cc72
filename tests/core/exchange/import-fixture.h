/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workspace to import into, and imports of texts in one call. */
#pragma once

#include "kontor-exchange.h"
#include "kontor-model.h"
#include "kontor-test.h"

G_BEGIN_DECLS

typedef struct
{
  KontorTestDir dir;
  char *path;
  KontorWorkspace *workspace;

  /* for the next import; cleared by it */
  KontorImportMode mode;
  const char *type; /* else guessed */
  const char *key;
  const char *name;             /* of the file */
  const char *map;              /* "Column=path;Column=path" */
  KontorImportOptions *options; /* (nullable) owned: with what was decided for single rows */

  /* of the last import */
  KontorImportResult *result;
  GError *error;
} ImportFixture;

void import_fixture_set_up (ImportFixture *fixture, gconstpointer data);
void import_fixture_tear_down (ImportFixture *fixture, gconstpointer data);

/* The result is kept in the fixture; NULL when the import failed, with .error set. */
KontorImportResult *import_text (ImportFixture *fixture, const char *text);
KontorImportResult *import_bytes (ImportFixture *fixture, const char *bytes, gsize length);
KontorImportResult *import_file (ImportFixture *fixture, const char *path);
KontorImportCheck *check_text (ImportFixture *fixture, const char *text);
KontorInspection *inspect_bytes (ImportFixture *fixture,
                                 const char *bytes,
                                 gsize length,
                                 const KontorInspectHints *hints);
/* A job that was not run; NULL with .error set. */
KontorImportJob *prepare_source (ImportFixture *fixture, KontorImportSource *source);
KontorImportJob *prepare_text (ImportFixture *fixture, const char *text);
KontorImportMap *guess_text (ImportFixture *fixture, const char *text);

/* JSON lines of any type. */
void import_lines (ImportFixture *fixture, const char *text);
char *export_to_text (KontorExport *export);
char *export_all (ImportFixture *fixture, KontorQueryScope scope);
char *export_csv (ImportFixture *fixture, const KontorRecordType *type);

/* "a|b;c|d" of what SQL finds. */
char *import_sql (ImportFixture *fixture, const char *sql);
void import_assert_sound (ImportFixture *fixture);

#define import_assert_counts(fixture, n_created, n_updated, n_known, n_failed)                \
  G_STMT_START                                                                                \
  {                                                                                           \
    const KontorImportCounts *counts_found;                                                   \
                                                                                              \
    g_assert_no_error ((fixture)->error);                                                     \
    g_assert_nonnull ((fixture)->result);                                                     \
    import_print_problems (fixture);                                                          \
    counts_found = kontor_import_report_get_counts ((fixture)->result->report);               \
    g_assert_cmpuint (counts_found->created, ==, n_created);                                  \
    g_assert_cmpuint (counts_found->updated, ==, n_updated);                                  \
    g_assert_cmpuint (counts_found->skipped, ==, n_known);                                    \
    g_assert_cmpuint (counts_found->failed, ==, n_failed);                                    \
    g_assert_cmpuint (counts_found->rows,                                                     \
                      ==,                                                                     \
                      counts_found->created + counts_found->updated + counts_found->skipped + \
                        counts_found->failed);                                                \
  }                                                                                           \
  G_STMT_END

#define import_assert_sql(fixture, sql, expected)           \
  G_STMT_START                                              \
  {                                                         \
    g_autofree char *sql_found = import_sql (fixture, sql); \
    g_assert_cmpstr (sql_found, ==, expected);              \
  }                                                         \
  G_STMT_END

/* Problem @i: its line, and a part of its reason. */
#define import_assert_problem(fixture, i, on_line, part)                        \
  G_STMT_START                                                                  \
  {                                                                             \
    const KontorImportProblem *problem_found = import_get_problem (fixture, i); \
    g_assert_cmpuint (problem_found->line, ==, on_line);                        \
    if (strstr (problem_found->reason, part) == NULL)                           \
      g_test_message ("“%s” is not in: %s", part, problem_found->reason);       \
    g_assert_nonnull (strstr (problem_found->reason, part));                    \
  }                                                                             \
  G_STMT_END

#define import_assert_failed(fixture, error_code, part)                  \
  G_STMT_START                                                           \
  {                                                                      \
    g_assert_null ((fixture)->result);                                   \
    g_assert_nonnull ((fixture)->error);                                 \
    g_test_message ("%s", (fixture)->error->message);                    \
    g_assert_true (kontor_error_is ((fixture)->error, error_code));      \
    g_assert_nonnull (strstr ((fixture)->error->message, part));         \
    g_assert_nonnull (kontor_error_get_detail ((fixture)->error)->file); \
  }                                                                      \
  G_STMT_END

void import_print_problems (ImportFixture *fixture);
const KontorImportProblem *import_get_problem (ImportFixture *fixture, guint i);

G_END_DECLS
