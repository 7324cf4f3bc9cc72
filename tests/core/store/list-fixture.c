/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list model that is watched: what it tells is followed in a list of its own, and both must agree
 * after each signal. */
#include "config.h"

#include "list-fixture.h"
#include <string.h>

/* Longer lists are not compared after each signal. */
#define COMPARE_MAX 3000
#define WAIT_MS 30000

KontorQuery *
fixture_parse_query (Fixture *fixture, const char *text)
{
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);
  g_autoptr(GError) error = NULL;
  KontorQuery *query = kontor_query_parse (schema, text, &error);

  g_assert_no_error (error);
  return query;
}

static void
compare_all (Watch *watch)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (watch->model)), ==, watch->shadow->len);
  for (guint i = 0; i < watch->shadow->len; i++)
    g_assert_cmpint (kontor_list_model_get_rid (watch->model, i),
                     ==,
                     g_array_index (watch->shadow, gint64, i));
  g_assert_cmpint (kontor_list_model_get_rid (watch->model, watch->shadow->len), ==, 0);
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  Watch *watch = data;

  g_assert_true (removed > 0 || added > 0);
  g_assert_cmpuint (position + removed, <=, watch->shadow->len);
  g_assert_false (position == 0 && removed == watch->shadow->len && added == removed);
  if (removed > 0)
    g_array_remove_range (watch->shadow, position, removed);
  for (guint i = 0; i < added; i++)
    {
      gint64 rid = kontor_list_model_get_rid (watch->model, position + i);

      g_assert_cmpint (rid, !=, 0);
      g_array_insert_val (watch->shadow, position + i, rid);
    }
  watch->n_signals++;
  watch->n_touched += removed + added;
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, watch->shadow->len);
  if (watch->shadow->len <= COMPARE_MAX)
    compare_all (watch);
}

Watch *
watch_new_unready (Fixture *fixture, const char *text)
{
  Watch *watch = g_new0 (Watch, 1);
  g_autoptr(KontorQuery) query = fixture_parse_query (fixture, text);

  watch->fixture = fixture;
  watch->shadow = g_array_new (FALSE, FALSE, sizeof (gint64));
  watch->model = kontor_list_model_new (fixture->workspace, query);
  g_assert_true (kontor_list_model_is_loading (watch->model));
  g_assert_false (kontor_list_model_is_complete (watch->model));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (watch->model)), ==, 0);
  g_signal_connect (watch->model, "items-changed", G_CALLBACK (items_changed_cb), watch);
  return watch;
}

Watch *
watch_new (Fixture *fixture, const char *text)
{
  Watch *watch = watch_new_unready (fixture, text);

  watch_settle (watch);
  watch_reset (watch);
  return watch;
}

void
watch_free (Watch *watch)
{
  if (watch->model != NULL)
    g_signal_handlers_disconnect_by_data (watch->model, watch);
  g_clear_object (&watch->model);
  g_array_unref (watch->shadow);
  g_free (watch);
}

void
watch_reset (Watch *watch)
{
  watch->n_signals = watch->n_touched = 0;
}

void
watch_set_query (Watch *watch, const char *text)
{
  g_autoptr(KontorQuery) query = fixture_parse_query (watch->fixture, text);

  kontor_list_model_set_query (watch->model, query);
}

static gboolean
wake_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
pump (guint ms)
{
  gboolean done = FALSE;

  g_timeout_add (ms, wake_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_settled (Watch *watch)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) rids = NULL;

  if (kontor_list_model_is_loading (watch->model) || !kontor_list_model_is_complete (watch->model))
    return FALSE;
  rids = kontor_workspace_query (watch->fixture->workspace,
                                 kontor_list_model_get_query (watch->model),
                                 0,
                                 NULL,
                                 &error);
  g_assert_no_error (error);
  return rids->len == watch->shadow->len &&
         (rids->len == 0 ||
          memcmp (rids->data, watch->shadow->data, rids->len * sizeof (gint64)) == 0);
}

void
watch_settle (Watch *watch)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * 1000;

  while (!is_settled (watch))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      pump (5);
    }
  compare_all (watch);
}

static char *
dup_name (Watch *watch, gint64 rid)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records =
    kontor_workspace_fetch (watch->fixture->workspace,
                            kontor_query_get_record_type (
                              kontor_list_model_get_query (watch->model)),
                            &rid,
                            1,
                            KONTOR_READ_TRASHED,
                            &error);

  g_assert_no_error (error);
  if (g_ptr_array_index (records, 0) == NULL)
    return g_strdup ("(gone)");
  return kontor_record_dup_title (g_ptr_array_index (records, 0));
}

static char *
dup_names (Watch *watch)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < watch->shadow->len; i++)
    {
      g_autofree char *name = dup_name (watch, g_array_index (watch->shadow, gint64, i));

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", name);
    }
  return g_string_free (names, FALSE);
}

void
watch_expect (Watch *watch, const char *expected)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * 1000;

  for (;;)
    {
      g_autofree char *names = dup_names (watch);

      if (g_str_equal (names, expected) && !kontor_list_model_is_loading (watch->model))
        return;
      if (g_get_monotonic_time () > end)
        g_assert_cmpstr (names, ==, expected);
      pump (5);
    }
}

gint64
watch_find_rid (Watch *watch, const char *name)
{
  for (guint i = 0; i < watch->shadow->len; i++)
    {
      gint64 rid = g_array_index (watch->shadow, gint64, i);
      g_autofree char *other = dup_name (watch, rid);

      if (g_str_equal (other, name))
        return rid;
    }
  g_assert_not_reached ();
}

static gboolean
has_record (gpointer row)
{
  return kontor_list_row_get_record (row) != NULL;
}

KontorListRow *
watch_hold (Watch *watch, guint position)
{
  KontorListRow *row = g_list_model_get_item (G_LIST_MODEL (watch->model), position);

  g_assert_nonnull (row);
  kontor_test_wait_until (has_record, row, WAIT_MS);
  return row;
}
