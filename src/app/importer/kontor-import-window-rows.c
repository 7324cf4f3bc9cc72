/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the file one by one, and what is decided for each. */
#include "config.h"

#include "kontor-import-window-private.h"

#include "kontor-choice.h"
#include "kontor-compat.h"
#include "kontor-import-row-box.h"
#include "kontor-number.h"
#include <glib/gi18n.h>

/* --- How many of which ------------------------------------------------------------------------ */

static char *
dup_kind_title (KontorImportShow kind, guint64 n)
{
  g_autofree char *number = kontor_integer_format ((gint64) n);

  switch (kind)
    {
    case KONTOR_ROWS_NEW:
      return g_strdup_printf (ngettext ("%s new", "%s new", n), number);
    case KONTOR_ROWS_UPDATE:
      return g_strdup_printf (ngettext ("%s to change", "%s to change", n), number);
    case KONTOR_ROWS_KNOWN:
      return g_strdup_printf (ngettext ("%s known", "%s known", n), number);
    case KONTOR_ROWS_DUPLICATE:
      return g_strdup_printf (ngettext ("%s likely duplicate", "%s likely duplicates", n), number);
    case KONTOR_ROWS_FAULTY:
      return g_strdup_printf (ngettext ("%s faulty", "%s faulty", n), number);
    case KONTOR_ROWS_ALL:
    case KONTOR_N_ROWS:
    default:
      return g_strdup_printf (ngettext ("%s row", "%s rows", n), number);
    }
}

static guint64
count_kind (const KontorImportCheck *check, KontorImportShow kind)
{
  switch (kind)
    {
    case KONTOR_ROWS_NEW:
      return check->n_new;
    case KONTOR_ROWS_UPDATE:
      return check->n_update;
    case KONTOR_ROWS_KNOWN:
      return check->n_known;
    case KONTOR_ROWS_DUPLICATE:
      return check->n_duplicates;
    case KONTOR_ROWS_FAULTY:
      return check->n_faulty;
    case KONTOR_ROWS_ALL:
    case KONTOR_N_ROWS:
    default:
      return check->n_new + check->n_update + check->n_known + check->n_duplicates +
             check->n_faulty;
    }
}

/* "1,150 new · 41 known": what would be written now. */
static void
show_outcome (KontorImportWindow *self)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *number = NULL;
  g_autofree char *label = NULL;
  guint64 counts[KONTOR_N_ROWS];
  guint64 n;

  kontor_import_row_model_count (self->rows, counts);
  for (KontorImportShow kind = KONTOR_ROWS_NEW; kind < KONTOR_N_ROWS; kind++)
    if (counts[kind] > 0)
      {
        g_autofree char *part = dup_kind_title (kind, counts[kind]);

        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
      }
  gtk_label_set_text (self->verdict_label, text->len > 0 ? text->str : _("There are no rows."));
  n = counts[KONTOR_ROWS_NEW] + counts[KONTOR_ROWS_UPDATE] + counts[KONTOR_ROWS_DUPLICATE];
  self->n_to_import = n;
  number = kontor_integer_format ((gint64) n);
  label = g_strdup_printf (ngettext ("_Import %s", "_Import %s", n), number);
  if (g_str_equal (gtk_stack_get_visible_child_name (self->pages), "check"))
    {
      gtk_button_set_label (self->next_button, label);
      gtk_widget_set_sensitive (GTK_WIDGET (self->next_button), n > 0);
    }
}

static char *
dup_decided (KontorImportWindow *self, KontorImportShow kind)
{
  guint n = kontor_import_row_model_count_decided (self->rows, kind);
  g_autofree char *number = kontor_integer_format (n);

  if (n == 0)
    return g_strdup ("");
  return g_strdup_printf (ngettext ("%s decided for itself", "%s decided for themselves", n),
                          number);
}

static void
append_kind (KontorImportWindow *self, KontorImportShow kind)
{
  guint64 n = count_kind (self->check, kind);
  GtkWidget *row;
  GtkWidget *arrow;
  g_autofree char *title = NULL;
  g_autofree char *decided = NULL;

  if (n == 0)
    return;
  row = adw_action_row_new ();
  arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  title = dup_kind_title (kind, n);
  decided = dup_decided (self, kind);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), decided);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "kind", GUINT_TO_POINTER (kind));
  gtk_list_box_append (self->kinds, row);
}

static void
fill_kinds (KontorImportWindow *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->kinds))) != NULL)
    gtk_list_box_remove (self->kinds, row);
  for (KontorImportShow kind = KONTOR_ROWS_NEW; kind < KONTOR_N_ROWS; kind++)
    append_kind (self, kind);
  gtk_widget_set_visible (GTK_WIDGET (self->kinds),
                          gtk_widget_get_first_child (GTK_WIDGET (self->kinds)) != NULL);
}

/* --- The list --------------------------------------------------------------------------------- */

static void
show_shown (KontorImportWindow *self)
{
  KontorImportShow show = kontor_import_row_model_get_show (self->rows);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  guint64 n_all = self->check != NULL ? count_kind (self->check, show) : 0;
  g_autofree char *decided = dup_decided (self, show);
  g_autofree char *first = kontor_integer_format (n);
  g_autofree char *text = NULL;

  if (n < n_all)
    /* Translators: %s is a number: a list shows only so many */
    text = g_strdup_printf (ngettext ("the first %s", "the first %s", n), first);
  gtk_label_set_text (self->shown_label, text != NULL ? text : decided);
  gtk_widget_set_visible (GTK_WIDGET (self->choose_shown_button),
                          n > 0 && show != KONTOR_ROWS_ALL && show != KONTOR_ROWS_FAULTY &&
                            (show != KONTOR_ROWS_NEW || self->map != NULL));
}

static void
decided_cb (KontorImportWindow *self)
{
  show_outcome (self);
  show_shown (self);
}

static void
fill_shows (KontorImportWindow *self, KontorImportShow show)
{
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);
  guint selected = 0, n = 0;

  self->settling = TRUE;
  for (KontorImportShow kind = KONTOR_ROWS_ALL; kind < KONTOR_N_ROWS; kind++)
    {
      g_autofree char *title = dup_kind_title (kind, count_kind (self->check, kind));

      if (kind != KONTOR_ROWS_ALL && count_kind (self->check, kind) == 0)
        continue;
      if (kind == show)
        selected = n;
      self->shows[n++] = kind;
      gtk_string_list_append (words, title);
    }
  kontor_choice_set_up (self->show_choice, G_LIST_MODEL (words));
  kontor_choice_set_label (self->show_choice, _("Rows to show"));
  gtk_drop_down_set_selected (self->show_choice, selected);
  self->settling = FALSE;
}

static void
build_choose_menu (KontorImportWindow *self)
{
  KontorImportShow show = kontor_import_row_model_get_show (self->rows);
  g_autoptr(GMenu) menu = g_menu_new ();
  KontorCheckedRow row = { .verdict = show == KONTOR_ROWS_NEW         ? KONTOR_VERDICT_NEW
                                      : show == KONTOR_ROWS_DUPLICATE ? KONTOR_VERDICT_DUPLICATE
                                                                      : KONTOR_VERDICT_KNOWN };

  for (int i = 0; i < KONTOR_N_CHOICES; i++)
    {
      g_autofree char *action = g_strdup_printf ("import.choose-shown(%d)", i);

      if (kontor_import_row_model_may_choose (self->rows, &row, i))
        g_menu_append (menu, kontor_import_choice_get_label (show, i), action);
    }
  gtk_menu_button_set_menu_model (self->choose_shown_button, G_MENU_MODEL (menu));
}

static void
show_rows (KontorImportWindow *self, KontorImportShow show)
{
  kontor_import_row_model_show (self->rows, show);
  build_choose_menu (self);
  show_shown (self);
}

static void
show_changed_cb (KontorImportWindow *self)
{
  guint selected = gtk_drop_down_get_selected (self->show_choice);

  if (!self->settling && selected < KONTOR_N_ROWS)
    show_rows (self, self->shows[selected]);
}

/* Two hundred rows would be made for a page that nobody may look at. */
static void
give_rows_to_list (KontorImportWindow *self)
{
  g_autoptr(GtkSingleSelection) selection = NULL;

  if (gtk_list_view_get_model (self->rows_list) != NULL)
    return;
  selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
  gtk_list_view_set_model (self->rows_list, GTK_SELECTION_MODEL (selection));
}

static void
kind_activated_cb (KontorImportWindow *self, GtkListBoxRow *row)
{
  KontorImportShow show = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "kind"));

  fill_shows (self, show);
  show_rows (self, show);
  give_rows_to_list (self);
  kontor_import_window_show_page (self, "rows");
  /* to a row: the list by itself takes the focus when its rows are new */
  gtk_widget_child_focus (GTK_WIDGET (self->rows_list), GTK_DIR_TAB_FORWARD);
}

/* Enter on a row: what may be decided for it. */
static void
row_activated_cb (KontorImportWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *box = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  if (KONTOR_IS_IMPORT_ROW_BOX (box))
    kontor_import_row_box_popup (KONTOR_IMPORT_ROW_BOX (box));
}

static void
setup_row_cb (GtkListItemFactory *factory, GtkListItem *item, KontorImportWindow *self)
{
  gtk_list_item_set_child (item, kontor_import_row_box_new (self->rows, self->names));
}

static void
bind_row_cb (GtkListItemFactory *factory, GtkListItem *item, KontorImportWindow *self)
{
  kontor_import_row_box_bind (KONTOR_IMPORT_ROW_BOX (gtk_list_item_get_child (item)),
                              gtk_list_item_get_item (item));
}

static void
unbind_row_cb (GtkListItemFactory *factory, GtkListItem *item, KontorImportWindow *self)
{
  kontor_import_row_box_unbind (KONTOR_IMPORT_ROW_BOX (gtk_list_item_get_child (item)));
}

static void
choose_shown_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorImportWindow *self = KONTOR_IMPORT_WINDOW (widget);

  kontor_import_row_model_choose_shown (self->rows,
                                        (KontorImportChoice) g_variant_get_int32 (parameter));
}

/**
 * kontor_import_window_set_up_rows:
 * @self: a new assistant with a session
 *
 * Makes the list of rows ready.
 */
void
kontor_import_window_set_up_rows (KontorImportWindow *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->rows = kontor_import_row_model_new ();
  self->names = kontor_import_names_new (kontor_session_get_workspace (self->session));
  g_signal_connect_object (self->rows, "decided", G_CALLBACK (decided_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_row_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_row_cb), self, 0);
  gtk_list_view_set_factory (self->rows_list, factory);
}

/**
 * kontor_import_window_show_checked:
 * @self: the assistant, with a check
 *
 * Tells what would become of the rows.
 */
void
kontor_import_window_show_checked (KontorImportWindow *self)
{
  gtk_list_view_set_model (self->rows_list, NULL);
  /* a line of JSON with an id is known by that id, and can't become another record */
  kontor_import_row_model_set_check (self->rows,
                                     self->check,
                                     self->inspection->kind != KONTOR_FILE_JSON_LINES);
  fill_kinds (self);
  show_outcome (self);
}

/**
 * kontor_import_window_leave_rows:
 * @self: the assistant, showing its rows
 *
 * Goes back to the page before.
 */
void
kontor_import_window_leave_rows (KontorImportWindow *self)
{
  kontor_import_window_show_page (self, "check");
  fill_kinds (self);
  show_outcome (self);
}

void
kontor_import_window_bind_rows (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, kinds);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, show_choice);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, shown_label);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, choose_shown_button);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, rows_list);
  gtk_widget_class_bind_template_callback (klass, kind_activated_cb);
  gtk_widget_class_bind_template_callback (klass, show_changed_cb);
  gtk_widget_class_bind_template_callback (klass, row_activated_cb);
  gtk_widget_class_install_action (klass, "import.choose-shown", "i", choose_shown_activated);
}
