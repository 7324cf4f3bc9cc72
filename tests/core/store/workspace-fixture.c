/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of the file share: raw copies of a closed workspace, its state in one text, and
 * assertions about errors. */
#include "config.h"

#include "workspace-fixture.h"
#include <glib/gstdio.h>
#include <sqlite3.h>

static gboolean
append_row (guint n,
            const char *const *names,
            const char *const *texts,
            const int *types,
            gpointer data)
{
  GString *out = data;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", texts[i] != NULL ? texts[i] : "NULL");
  g_string_append_c (out, '\n');
  return TRUE;
}

char *
workspace_sql (KontorWorkspace *workspace, const char *sql)
{
  g_autoptr(GError) error = NULL;
  GString *out = g_string_new (NULL);

  kontor_workspace_sql (workspace, sql, append_row, out, NULL, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

char *
workspace_dump (KontorWorkspace *workspace)
{
  return workspace_sql (workspace,
                        "SELECT c.name,c.number,c.hid,(SELECT count(*) FROM change_op o WHERE "
                        "o.id=c.id),(SELECT count(*) FROM contact_point p WHERE p.party=c.id) FROM "
                        "contact c ORDER BY c.name");
}

void
workspace_assert_sound (KontorWorkspace *workspace)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) problems =
    kontor_workspace_check (workspace, FALSE, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

void
workspace_close (KontorWorkspace *workspace)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (kontor_workspace_close (workspace, &error));
  g_assert_no_error (error);
  g_object_unref (workspace);
}

void
workspace_drop (KontorWorkspace *workspace)
{
  kontor_workspace_close (workspace, NULL);
  g_object_unref (workspace);
}

KontorWorkspace *
workspace_open (const char *path, KontorOpenFlags flags)
{
  g_autoptr(GError) error = NULL;
  KontorWorkspace *workspace = kontor_workspace_open (path, flags, NULL, &error);

  g_assert_no_error (error);
  return workspace;
}

void
workspace_refuse (const char *path, KontorOpenFlags flags, KontorErrorCode code)
{
  g_autoptr(GError) error = NULL;
  KontorWorkspace *workspace = kontor_workspace_open (path, flags, NULL, &error);

  g_assert_null (workspace);
  g_assert_error (error, KONTOR_STORE_ERROR, (int) code);
  g_assert_cmpstr (error->message, !=, "");
}

void
workspace_add_contact (KontorWorkspace *workspace, const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorStep) step = kontor_step_new ("New Person");
  g_autoptr(KontorRecord) contact = fixture_new_contact (name);
  g_autoptr(KontorCommit) commit = NULL;

  kontor_step_create (step, contact);
  commit = kontor_workspace_commit (workspace, step, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (commit);
}

void
file_write (const char *path, GBytes *contents)
{
  g_autoptr(GError) error = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data (contents, &length);

  g_file_set_contents_full (path, bytes, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

GBytes *
file_read (const char *path)
{
  g_autoptr(GError) error = NULL;
  char *bytes;
  gsize length;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, length);
}

void
file_exec (const char *path, const char *sql)
{
  sqlite3 *handle = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}
