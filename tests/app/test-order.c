/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists people put in order, and lists of fields in sections: rows move, stay, come and go. */
#include "config.h"

#include "commit-fixture.h"
#include "kontor-field-list.h"
#include "kontor-field-row.h"
#include "kontor-order-list.h"
#include <adwaita.h>

static char *
dup_keys (KontorOrderList *list)
{
  GListModel *items = kontor_order_list_get_items (list);
  g_autoptr(GString) keys = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr(KontorOrderItem) item = g_list_model_get_item (items, i);

      g_string_append (keys, item->key);
    }
  return g_string_free (g_steal_pointer (&keys), FALSE);
}

static void
assert_keys (KontorOrderList *list, const char *expected)
{
  g_autofree char *keys = dup_keys (list);

  g_assert_cmpstr (keys, ==, expected);
}

/* A capital letter is a heading that stays, "/" one that others may go past. */
static void
set_keys (KontorOrderList *list, const char *keys)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (; *keys != '\0'; keys++)
    {
      const char key[2] = { *keys, '\0' };
      KontorOrderItem *item = kontor_order_item_new (key, key, NULL);

      item->heading = item->fixed = item->plain = g_ascii_isupper (*keys) || *keys == '/';
      item->passable = *keys == '/';
      item->checkable = !item->heading;
      g_ptr_array_add (items, item);
    }
  kontor_order_list_set_items (list, items);
}

static void
act (KontorOrderList *list, const char *key, const char *action)
{
  kontor_order_list_select (list, key);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (list), action, NULL));
}

static void
count_cb (KontorOrderList *list, KontorOrderItem *item, guint *n)
{
  (*n)++;
}

static void
test_moving (void)
{
  g_autoptr(KontorOrderList) list =
    g_object_ref_sink (g_object_new (KONTOR_TYPE_ORDER_LIST, NULL));
  guint moved = 0;

  g_signal_connect (list, "moved", G_CALLBACK (count_cb), &moved);
  set_keys (list, "Aab/cBd");
  g_assert_cmpstr (kontor_order_list_get_selected (list)->key, ==, "a");
  act (list, "b", "order.up");
  assert_keys (list, "Aba/cBd");
  g_assert_cmpuint (moved, ==, 1);
  /* neither above the first heading nor below one that stays */
  act (list, "b", "order.up");
  assert_keys (list, "Aba/cBd");
  act (list, "c", "order.down");
  assert_keys (list, "Aba/cBd");
  act (list, "A", "order.down");
  assert_keys (list, "Aba/cBd");
  act (list, "d", "order.down");
  assert_keys (list, "Aba/cBd");
  g_assert_cmpuint (moved, ==, 1);
  act (list, "a", "order.down");
  assert_keys (list, "Ab/acBd");
  g_assert_cmpstr (kontor_order_list_get_selected (list)->key, ==, "a");
  /* what is searched for is not in order */
  kontor_order_list_set_search (list, "a");
  act (list, "a", "order.down");
  assert_keys (list, "Ab/acBd");
  g_assert_cmpuint (moved, ==, 2);
}

static void
test_other_items (void)
{
  g_autoptr(KontorOrderList) list =
    g_object_ref_sink (g_object_new (KONTOR_TYPE_ORDER_LIST, NULL));
  KontorOrderItem *item;

  set_keys (list, "abcd");
  kontor_order_list_select (list, "c");
  item = kontor_order_list_get_selected (list);
  set_keys (list, "dxca");
  assert_keys (list, "dxca");
  g_assert_true (kontor_order_list_get_selected (list) == item);
  /* the next one, where it is gone */
  set_keys (list, "dxa");
  g_assert_cmpstr (kontor_order_list_get_selected (list)->key, ==, "a");
  set_keys (list, "");
  g_assert_null (kontor_order_list_get_selected (list));
}

static void
test_ticks (void)
{
  g_autoptr(KontorOrderList) list =
    g_object_ref_sink (g_object_new (KONTOR_TYPE_ORDER_LIST, NULL));
  guint toggled = 0, removed = 0;

  g_signal_connect (list, "toggled", G_CALLBACK (count_cb), &toggled);
  g_signal_connect (list, "remove-item", G_CALLBACK (count_cb), &removed);
  set_keys (list, "Aab");
  act (list, "b", "order.toggle");
  g_assert_true (kontor_order_list_get_selected (list)->checked);
  act (list, "A", "order.toggle");
  act (list, "A", "order.remove");
  g_assert_cmpuint (toggled, ==, 1);
  g_assert_cmpuint (removed, ==, 0);
  act (list, "a", "order.remove");
  g_assert_cmpuint (removed, ==, 1);
}

/* As many as a list of values may have, moved and shown without waiting. */
static void
test_thousands (void)
{
  g_autoptr(KontorOrderList) list =
    g_object_ref_sink (g_object_new (KONTOR_TYPE_ORDER_LIST, NULL));
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  KontorOrderItem *first;

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      g_ptr_array_add (items, kontor_order_item_new (key, key, NULL));
    }
  kontor_order_list_set_items (list, items);
  first = g_ptr_array_index (items, 0);
  kontor_order_list_move (list, first, 4999);
  g_assert_true (kontor_order_list_get_selected (list) == first);
  g_assert_cmpuint (g_list_model_get_n_items (kontor_order_list_get_items (list)), ==, 5000);
}

/* --- Fields in sections ----------------------------------------------------------------------- */

static char *
dup_texts (KontorFieldList *list)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_get_visible (child))
        continue;
      if (KONTOR_IS_FIELD_ROW (child))
        g_string_append_printf (text,
                                "%s ",
                                kontor_field_row_get_field (KONTOR_FIELD_ROW (child))->name);
      else if (GTK_IS_LABEL (child))
        g_string_append_printf (text, "[%s] ", gtk_label_get_text (GTK_LABEL (child)));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show (KontorFieldList *list, KontorSession *session, KontorRecord *record, const char *json)
{
  g_autoptr(KontorLayout) layout = kontor_layout_parse (json, NULL);
  g_autoptr(GPtrArray) parts = kontor_layout_resolve (layout,
                                                       layout,
                                                       kontor_session_get_schema (session),
                                                       &kontor_contact_type,
                                                       KONTOR_LAYOUT_ADD_NONE);

  kontor_field_list_set_parts (list, parts);
  kontor_field_list_set_record (list, record);
}

static void
test_sections (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorSession) session = kontor_session_new (fixture->workspace);
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Ana Trujillo"));
  g_autoptr(KontorRecord) record = fixture_get (fixture, &kontor_contact_type, &id);
  GtkWidget *list = g_object_ref_sink (kontor_field_list_new (session));
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  GtkWidget *row;

  show (KONTOR_FIELD_LIST (list),
        session,
        record,
        "{\"sections\":[{\"fields\":[\"name\"]},{\"title\":\"Rest\",\"fields\":[\"notes\"]}]}");
  first = dup_texts (KONTOR_FIELD_LIST (list));
  /* a section of empty fields has no heading */
  g_assert_cmpstr (first, ==, "name ");
  row = gtk_widget_get_first_child (list);
  show (KONTOR_FIELD_LIST (list),
        session,
        record,
        "{\"sections\":[{\"fields\":[\"notes\"]},{\"title\":\"Rest\",\"fields\":[\"name\"]}]}");
  second = dup_texts (KONTOR_FIELD_LIST (list));
  g_assert_cmpstr (second, ==, "[Rest] name ");
  /* the row of a field that stays is the same, with what may be typed in it */
  g_assert_true (gtk_widget_get_parent (row) == list);
  g_assert_finalize_object (list);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  adw_init ();

  g_test_add_func ("/order/moving", test_moving);
  g_test_add_func ("/order/other-items", test_other_items);
  g_test_add_func ("/order/ticks", test_ticks);
  g_test_add_func ("/order/thousands", test_thousands);
  g_test_add ("/order/sections", Fixture, NULL, fixture_set_up, test_sections, fixture_tear_down);
  return g_test_run ();
}
