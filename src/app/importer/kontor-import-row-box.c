/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Word and icon, title, reason, and a menu that is made when it is asked for. */
#include "config.h"

#include "kontor-import-row-box.h"

#include "kontor-compat.h"
#include "kontor-number.h"
#include <glib/gi18n.h>

struct _KontorImportRowBox
{
  GtkWidget parent_instance;

  /* template */
  GtkImage *icon;
  GtkInscription *title;
  GtkInscription *detail;
  GtkMenuButton *choice_button;
  GtkLabel *choice_label;

  /* owned */
  KontorImportRowModel *model;
  KontorImportNames *names;
  KontorImportRow *row; /* (nullable): the one that is shown */
};

G_DEFINE_FINAL_TYPE (KontorImportRowBox, kontor_import_row_box, GTK_TYPE_WIDGET)

typedef struct
{
  const char *word; /* N_() */
  const char *icon;
  const char *style; /* (nullable) */
} Look;

static const Look looks[] = {
  [KONTOR_VERDICT_NEW] = { N_("New"), "list-add-symbolic", NULL },
  [KONTOR_VERDICT_UPDATE] = { N_("Will change"), "document-edit-symbolic", NULL },
  [KONTOR_VERDICT_KNOWN] = { N_("Known"), "emblem-ok-symbolic", NULL },
  [KONTOR_VERDICT_DUPLICATE] = { N_("Likely duplicate"), "edit-copy-symbolic", "warning" },
  [KONTOR_VERDICT_FAULTY] = { N_("Faulty"), "dialog-warning-symbolic", "error" },
};

/**
 * kontor_import_choice_get_label:
 * @kind: of which rows; %KONTOR_ROWS_ALL: of any
 * @choice: something to decide
 *
 * Returns: (transfer none): what it is called
 */
const char *
kontor_import_choice_get_label (KontorImportShow kind, KontorImportChoice choice)
{
  switch (choice)
    {
    case KONTOR_CHOICE_CREATE:
      return _("Add as new");
    case KONTOR_CHOICE_FILL:
      return _("Fill empty fields");
    case KONTOR_CHOICE_OVERWRITE:
      return _("Overwrite");
    case KONTOR_CHOICE_SKIP:
      return _("Leave out");
    case KONTOR_CHOICE_NONE:
    case KONTOR_N_CHOICES:
    default:
      /* Translators: what is done with a row of a file: what was chosen for all rows */
      return kind == KONTOR_ROWS_NEW || kind == KONTOR_ROWS_DUPLICATE ? _("Add as new")
                                                                      : _("As for all");
    }
}

/* --- What is shown ---------------------------------------------------------------------------- */

static char *
dup_reason (KontorImportRowBox *self, const KontorCheckedRow *row)
{
  g_autofree char *line = NULL;
  const char *name;

  if (row->verdict == KONTOR_VERDICT_FAULTY)
    return row->value != NULL
             /* Translators: what is wrong with a row of a file; its column and what stands there */
             ? g_strdup_printf (_("%s (%s)"), row->reason, row->value)
             : g_strdup (row->reason);
  if (row->verdict == KONTOR_VERDICT_NEW)
    return NULL;
  line = kontor_integer_format ((gint64) row->other_line);
  if (row->other_line != 0)
    return row->verdict == KONTOR_VERDICT_DUPLICATE
             ? g_strdup_printf (_("looks like line %s"), line)
             : g_strdup_printf (_("the same as line %s"), line);
  name = kontor_import_names_find (self->names, row->type, &row->record);
  if (name == NULL || *name == '\0')
    return NULL;
  return row->verdict == KONTOR_VERDICT_DUPLICATE ? g_strdup_printf (_("looks like %s"), name)
                                                  : g_strdup_printf (_("is %s"), name);
}

static void
show_choice (KontorImportRowBox *self, const KontorCheckedRow *row)
{
  static const KontorImportShow kinds[] = { [KONTOR_VERDICT_NEW] = KONTOR_ROWS_NEW,
                                            [KONTOR_VERDICT_UPDATE] = KONTOR_ROWS_UPDATE,
                                            [KONTOR_VERDICT_KNOWN] = KONTOR_ROWS_KNOWN,
                                            [KONTOR_VERDICT_DUPLICATE] = KONTOR_ROWS_DUPLICATE,
                                            [KONTOR_VERDICT_FAULTY] = KONTOR_ROWS_FAULTY };
  KontorImportChoice choice = kontor_import_row_model_get_choice (self->model, row);
  const char *word = kontor_import_choice_get_label (kinds[row->verdict], choice);
  g_autofree char *label = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->choice_button),
                          kontor_import_row_model_may_choose (self->model,
                                                              row,
                                                              KONTOR_CHOICE_NONE));
  gtk_label_set_text (self->choice_label, word);
  if (choice != KONTOR_CHOICE_NONE)
    gtk_widget_add_css_class (GTK_WIDGET (self->choice_label), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->choice_label), "accent");
  /* Translators: a choice for a row of a file: what the row is called, what is chosen */
  label = g_strdup_printf (_("%s: %s"), row->title, word);
  kontor_widget_name_buttons (GTK_WIDGET (self->choice_button), label);
}

static void
show_row (KontorImportRowBox *self)
{
  const KontorCheckedRow *row;
  const Look *look;
  g_autofree char *number = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *name = NULL;

  if (self->row == NULL)
    return;
  row = kontor_import_row_get_checked (self->row);
  look = &looks[row->verdict];
  number = kontor_integer_format ((gint64) row->line);
  reason = dup_reason (self, row);
  if (reason != NULL)
    /* Translators: number of a line, what becomes of it, why */
    detail = g_strdup_printf (_("Line %s · %s · %s"), number, _(look->word), reason);
  else
    /* Translators: number of a line, what becomes of it */
    detail = g_strdup_printf (_("Line %s · %s"), number, _(look->word));
  gtk_image_set_from_icon_name (self->icon, look->icon);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (looks[i].style != NULL)
      gtk_widget_remove_css_class (GTK_WIDGET (self->icon), looks[i].style);
  if (look->style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), look->style);
  gtk_inscription_set_text (self->title, row->title);
  gtk_inscription_set_text (self->detail, detail);
  kontor_widget_set_tooltip (GTK_WIDGET (self->detail), reason);
  show_choice (self, row);
  name = g_strdup_printf ("%s, %s", row->title, detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* --- What is chosen --------------------------------------------------------------------------- */

static void
choose_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorImportRowBox *self = KONTOR_IMPORT_ROW_BOX (widget);

  if (self->row != NULL)
    kontor_import_row_model_choose (self->model,
                                    kontor_import_row_get_checked (self->row),
                                    (KontorImportChoice) g_variant_get_int32 (parameter));
}

static void
create_menu (GtkMenuButton *button, gpointer data)
{
  KontorImportRowBox *self = data;
  g_autoptr(GMenu) menu = g_menu_new ();
  const KontorCheckedRow *row;
  KontorImportShow kind;

  if (self->row == NULL)
    return;
  row = kontor_import_row_get_checked (self->row);
  kind = row->verdict == KONTOR_VERDICT_NEW         ? KONTOR_ROWS_NEW
         : row->verdict == KONTOR_VERDICT_DUPLICATE ? KONTOR_ROWS_DUPLICATE
                                                    : KONTOR_ROWS_KNOWN;
  for (int i = 0; i < KONTOR_N_CHOICES; i++)
    {
      g_autofree char *action = g_strdup_printf ("row.choose(%d)", i);

      if (kontor_import_row_model_may_choose (self->model, row, i))
        g_menu_append (menu, kontor_import_choice_get_label (kind, i), action);
    }
  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
}

static void
kontor_import_row_box_dispose (GObject *object)
{
  KontorImportRowBox *self = KONTOR_IMPORT_ROW_BOX (object);

  kontor_import_row_box_unbind (self);
  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_IMPORT_ROW_BOX);
  g_clear_object (&self->model);
  g_clear_object (&self->names);
  G_OBJECT_CLASS (kontor_import_row_box_parent_class)->dispose (object);
}

static void
kontor_import_row_box_class_init (KontorImportRowBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_import_row_box_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH
                                               "/ui/importer/kontor-import-row-box.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorImportRowBox, icon);
  gtk_widget_class_bind_template_child (widget_class, KontorImportRowBox, title);
  gtk_widget_class_bind_template_child (widget_class, KontorImportRowBox, detail);
  gtk_widget_class_bind_template_child (widget_class, KontorImportRowBox, choice_button);
  gtk_widget_class_bind_template_child (widget_class, KontorImportRowBox, choice_label);
  gtk_widget_class_install_action (widget_class, "row.choose", "i", choose_activated);
}

static void
kontor_import_row_box_init (KontorImportRowBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->choice_button, create_menu, self, NULL);
}

/**
 * kontor_import_row_box_new:
 * @model: the list its rows are of
 * @names: what records are called
 *
 * Returns: (transfer full): a row that shows nothing yet
 */
GtkWidget *
kontor_import_row_box_new (KontorImportRowModel *model, KontorImportNames *names)
{
  KontorImportRowBox *self = g_object_new (KONTOR_TYPE_IMPORT_ROW_BOX, NULL);

  self->model = g_object_ref (model);
  self->names = g_object_ref (names);
  g_signal_connect_object (model, "decided", G_CALLBACK (show_row), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (names, "found", G_CALLBACK (show_row), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * kontor_import_row_box_bind:
 * @self: a row
 * @row: what it shows from now on
 */
void
kontor_import_row_box_bind (KontorImportRowBox *self, KontorImportRow *row)
{
  g_set_object (&self->row, row);
  show_row (self);
}

/**
 * kontor_import_row_box_unbind:
 * @self: a row, which shows nothing from now on
 */
void
kontor_import_row_box_unbind (KontorImportRowBox *self)
{
  g_clear_object (&self->row);
}

/**
 * kontor_import_row_box_popup:
 * @self: a row
 *
 * Offers what may be decided for it.
 */
void
kontor_import_row_box_popup (KontorImportRowBox *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->choice_button)))
    gtk_menu_button_popup (self->choice_button);
}
