/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GtkColumnView with columns made from field tables. On GTK 4.8 the sorter of a column view is not
 * public: each column has a sorter that only notes that it was asked, so that comparing any two
 * items tells the primary column and its direction. */
#include "config.h"

#include "kontor-record-table-private.h"

#include "kontor-compat.h"
#include "kontor-field-text.h"
#include "kontor-list-model.h"
#include "kontor-model.h"
#include "kontor-record-row.h"
#include "kontor-view-state.h"
#include <glib/gi18n.h>

#define CELL_PADDING 12

enum
{
  SIGNAL_SORT_CHANGED,
  SIGNAL_ACTIVATE,
  SIGNAL_EDIT_ROW,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorRecordTable, kontor_record_table, GTK_TYPE_WIDGET)

static void
column_free (gpointer data)
{
  KontorTableColumn *column = data;

  g_signal_handlers_disconnect_by_data (column->column, column->table);
  g_object_unref (column->column);
  g_free (column);
}

/* --- Cells ------------------------------------------------------------------------------------ */

static void
pencil_clicked_cb (GtkWidget *pencil, KontorRecordTable *self)
{
  KontorListRow *row =
    g_object_get_data (G_OBJECT (gtk_widget_get_parent (pencil)), KONTOR_ROW_OF_WIDGET);

  if (row != NULL)
    g_signal_emit (self, signals[SIGNAL_EDIT_ROW], 0, kontor_list_row_get_rid (row));
}

/* The column with the name has the pencil of its row at the end. Keys have F2. */
static GtkWidget *
create_name_cell (KontorRecordTable *self, GtkWidget *name)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *pencil = gtk_button_new_from_icon_name ("document-edit-symbolic");

  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (pencil, "flat");
  gtk_widget_add_css_class (pencil, "kontor-hover");
  gtk_widget_add_css_class (pencil, "kontor-pencil");
  gtk_widget_set_valign (pencil, GTK_ALIGN_CENTER);
  gtk_widget_set_focusable (pencil, FALSE);
  kontor_widget_set_tooltip (pencil, _("Edit row (F2)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (pencil),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Edit row"),
                                  -1);
  gtk_widget_set_visible (pencil, self->spec->scope == KONTOR_QUERY_LIVE);
  g_signal_connect (pencil, "clicked", G_CALLBACK (pencil_clicked_cb), self);
  gtk_box_append (GTK_BOX (cell), name);
  gtk_box_append (GTK_BOX (cell), pencil);
  return cell;
}

static void
show_name (GtkWidget *cell, const char *text)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_widget_get_first_child (cell)), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : "",
                                  -1);
}

/* What must not be done stands out. */
static void
show_alarm (GtkWidget *cell, KontorTableColumn *column, KontorRecord *record)
{
  if (column->field->id != column->table->spec->alarm)
    return;
  if (record != NULL && kontor_record_get_integer (record, column->field->id) != 0)
    gtk_widget_add_css_class (cell, "error");
  else
    gtk_widget_remove_css_class (cell, "error");
}

static void
record_changed_cb (KontorListRow *row, GParamSpec *pspec, GtkListItem *item)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  KontorTableColumn *column = g_object_get_data (G_OBJECT (cell), "column");
  KontorRecord *record = kontor_list_row_get_record (row);
  g_autofree char *text =
    record != NULL ? kontor_field_text_short (column->table->session, record, column->field) : NULL;

  if (GTK_IS_INSCRIPTION (cell))
    gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
  else
    show_name (cell, text);
  show_alarm (cell, column, record);
  kontor_record_row_show_stray (cell, row);
}

static void
setup_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KontorTableColumn *column)
{
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), 3);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), 3);
  if (kontor_field_text_is_number (column->field))
    gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), 1);
  if (kontor_field_text_is_number (column->field) || column->field->kind == KONTOR_FIELD_PHONE ||
      column->field->id == KONTOR_CONTACT_POINT_VALUE || column->field->kind == KONTOR_FIELD_DATE ||
      column->field->kind == KONTOR_FIELD_INSTANT)
    gtk_widget_add_css_class (cell, "numeric");
  if (column->least_width > 0)
    {
      cell = create_name_cell (column->table, cell);
      gtk_widget_set_size_request (cell, column->least_width - CELL_PADDING, -1);
    }
  g_object_set_data (G_OBJECT (cell), "column", column);
  gtk_list_item_set_child (item, cell);
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KontorTableColumn *column)
{
  KontorListRow *row = gtk_list_item_get_item (item);

  g_object_set_data (G_OBJECT (gtk_list_item_get_child (item)), KONTOR_ROW_OF_WIDGET, row);
  g_signal_connect (row, "notify::record", G_CALLBACK (record_changed_cb), item);
  g_signal_connect (row, "notify::stray", G_CALLBACK (record_changed_cb), item);
  record_changed_cb (row, NULL, item);
}

static void
unbind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KontorTableColumn *column)
{
  g_object_set_data (G_OBJECT (gtk_list_item_get_child (item)), KONTOR_ROW_OF_WIDGET, NULL);
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), item);
}

/* --- Sorting ---------------------------------------------------------------------------------- */

static int
note_column (gconstpointer a, gconstpointer b, gpointer data)
{
  KontorTableColumn *column = data;

  if (column->table->asked == NULL)
    column->table->asked = column->field;
  return 1;
}

static void
sorter_changed_cb (GtkSorter *sorter, GtkSorterChange change, KontorRecordTable *self)
{
  GtkOrdering ordering;

  if (self->settling)
    return;
  self->asked = NULL;
  ordering = gtk_sorter_compare (sorter, self->probes[0], self->probes[1]);
  if (self->asked == NULL ||
      (self->asked == self->sort && (ordering == GTK_ORDERING_SMALLER) == self->descending))
    return;
  self->sort = self->asked;
  self->descending = ordering == GTK_ORDERING_SMALLER;
  g_signal_emit (self, signals[SIGNAL_SORT_CHANGED], 0);
}

gboolean
kontor_table_column_can_sort (KontorTableColumn *column)
{
  const KontorFieldDef *field = column->field;

  return field->kind != KONTOR_FIELD_TAGS && field->kind != KONTOR_FIELD_JSON &&
         field->kind != KONTOR_FIELD_LONG_TEXT;
}

/* --- Columns ---------------------------------------------------------------------------------- */

static void
add_state (GVariantBuilder *builder, KontorTableColumn *column)
{
  g_variant_builder_add (builder,
                         "(sib)",
                         column->field->name,
                         gtk_column_view_column_get_fixed_width (column->column),
                         column->shown);
}

static KontorTableColumn *
find_gtk_column (KontorRecordTable *self, GtkColumnViewColumn *gtk_column)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      KontorTableColumn *column = g_ptr_array_index (self->columns, i);

      if (column->column == gtk_column)
        return column;
    }
  return NULL;
}

/* The workspace may say which ones a list of the type begins with; the trash keeps its own. */
static KontorLayout *
get_layout (KontorRecordTable *self)
{
  return self->spec->scope == KONTOR_QUERY_LIVE
           ? kontor_schema_get_layout (kontor_session_get_schema (self->session),
                                       self->spec->type,
                                       KONTOR_LAYOUT_LIST)
           : NULL;
}

/* What tells one layout from another. */
static char *
dup_layout_mark (KontorRecordTable *self)
{
  KontorLayout *layout = get_layout (self);
  g_autofree char *text = layout != NULL ? kontor_layout_to_text (layout) : NULL;

  return text != NULL ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1) : g_strdup ("");
}

/* Those in the view in their order, then the hidden ones. */
void
kontor_record_table_save_columns (KontorRecordTable *self)
{
  GListModel *order = gtk_column_view_get_columns (self->view);
  g_autofree char *layout = NULL;
  GVariantBuilder builder;

  if (self->settling)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sib)"));
  for (guint i = 0; i < g_list_model_get_n_items (order); i++)
    {
      g_autoptr(GtkColumnViewColumn) gtk_column = g_list_model_get_item (order, i);

      add_state (&builder, find_gtk_column (self, gtk_column));
    }
  for (guint i = 0; i < self->columns->len; i++)
    if (!((KontorTableColumn *) g_ptr_array_index (self->columns, i))->shown)
      add_state (&builder, g_ptr_array_index (self->columns, i));
  kontor_view_state_set (self->spec->name, "columns", g_variant_builder_end (&builder));
  layout = dup_layout_mark (self);
  kontor_view_state_set (self->spec->name, "layout", g_variant_new_string (layout));
}

static KontorTableColumn *
add_column (KontorRecordTable *self, const KontorFieldDef *field)
{
  KontorTableColumn *column = g_new0 (KontorTableColumn, 1);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  column->table = self;
  column->field = field;
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), column);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell_cb), column);
  column->column = gtk_column_view_column_new (kontor_field_get_label (field), factory);
  gtk_column_view_column_set_resizable (column->column, TRUE);
  if (kontor_table_column_can_sort (column))
    {
      GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (note_column, column, NULL));

      gtk_column_view_column_set_sorter (column->column, sorter);
      g_object_unref (sorter);
    }
  g_ptr_array_add (self->columns, column);
  return column;
}

KontorTableColumn *
kontor_record_table_find_column (KontorRecordTable *self, const char *name)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      KontorTableColumn *column = g_ptr_array_index (self->columns, i);

      if (g_str_equal (column->field->name, name))
        return column;
    }
  return NULL;
}

static void
bring_forward (KontorRecordTable *self, KontorTableColumn *column, guint position)
{
  guint index;

  if (g_ptr_array_find (self->columns, column, &index))
    g_ptr_array_insert (self->columns,
                        (gint) position,
                        g_ptr_array_steal_index (self->columns, index));
}

/* In its order; a name that is no column is passed over. The column with the name is always shown.
 */
static void
apply_layout (KontorRecordTable *self, KontorLayout *layout)
{
  guint position = 0;

  for (guint i = 0; i < self->columns->len; i++)
    {
      KontorTableColumn *column = g_ptr_array_index (self->columns, i);

      column->shown =
        column->least_width > 0 ||
        (column->shown && layout->rest && !kontor_layout_names (layout, column->field->name));
    }
  for (guint i = 0; i < layout->sections->len; i++)
    {
      const KontorLayoutSection *section = g_ptr_array_index (layout->sections, i);

      for (guint j = 0; j < section->fields->len; j++)
        {
          KontorTableColumn *column =
            kontor_record_table_find_column (self, g_ptr_array_index (section->fields, j));

          if (column == NULL)
            continue;
          column->shown = TRUE;
          bring_forward (self, column, position++);
        }
    }
}

/* All that can be columns: those of the table of the area first, then the others of the type, the
 * custom ones among them. */
static void
create_columns (KontorRecordTable *self)
{
  g_autoptr(GPtrArray) fields =
    kontor_schema_get_fields (kontor_session_get_schema (self->session), self->spec->type);

  for (guint i = 0; i < self->spec->n_columns; i++)
    {
      const KontorColumnSpec *spec = &self->spec->columns[i];
      KontorTableColumn *column = add_column (self, kontor_field_by_id (spec->field));

      /* a fixed width would keep the column from taking what is left */
      column->least_width = spec->expand ? spec->width : 0;
      gtk_column_view_column_set_fixed_width (column->column, spec->expand ? -1 : spec->width);
      gtk_column_view_column_set_expand (column->column, spec->expand);
      column->shown = !spec->hidden;
      column->title = spec->title;
      if (spec->title != NULL)
        gtk_column_view_column_set_title (column->column, _(spec->title));
    }
  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);

      if ((field->flags & (KONTOR_FIELD_IN_LIST | KONTOR_FIELD_HIDDEN)) == KONTOR_FIELD_IN_LIST &&
          field->kind != KONTOR_FIELD_TAGS &&
          kontor_record_table_find_column (self, field->name) == NULL)
        {
          KontorTableColumn *column = add_column (self, field);

          gtk_column_view_column_set_fixed_width (column->column, 120);
        }
    }
}

/* Whether the columns were arranged since the layout is as it is. */
static gboolean
is_arranged (KontorRecordTable *self)
{
  g_autofree char *present = dup_layout_mark (self);
  g_autoptr(GVariant) state =
    kontor_view_state_get (self->spec->name, "layout", G_VARIANT_TYPE_STRING);

  return g_strcmp0 (present, state != NULL ? g_variant_get_string (state, NULL) : "") == 0;
}

/* As they were left: order, widths, which are shown. Of a layout that is new since only the widths
 * are. */
static void
restore_columns (KontorRecordTable *self)
{
  g_autoptr(GVariant) state =
    kontor_view_state_get (self->spec->name, "columns", G_VARIANT_TYPE ("a(sib)"));
  gboolean arranged = is_arranged (self);
  GVariantIter iter;
  const char *name;
  int width;
  gboolean shown;
  guint position = 0;

  if (state == NULL)
    return;
  g_variant_iter_init (&iter, state);
  while (g_variant_iter_next (&iter, "(&sib)", &name, &width, &shown))
    {
      KontorTableColumn *column = kontor_record_table_find_column (self, name);

      if (column == NULL)
        continue;
      gtk_column_view_column_set_fixed_width (column->column, CLAMP (width, -1, 4000));
      if (!arranged)
        continue;
      column->shown = shown || column->least_width > 0;
      bring_forward (self, column, position++);
    }
}

void
kontor_record_table_sort_by (KontorRecordTable *self,
                             KontorTableColumn *column,
                             gboolean descending)
{
  kontor_record_table_set_sort (self, column->field, descending);
  g_signal_emit (self, signals[SIGNAL_SORT_CHANGED], 0);
}

static void
rebuild (KontorRecordTable *self)
{
  const KontorFieldDef *sort = self->sort;
  GListModel *present = gtk_column_view_get_columns (self->view);

  self->settling = TRUE;
  while (g_list_model_get_n_items (present) > 0)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (present, 0);

      gtk_column_view_remove_column (self->view, column);
    }
  g_ptr_array_set_size (self->columns, 0);
  create_columns (self);
  if (get_layout (self) != NULL)
    apply_layout (self, get_layout (self));
  restore_columns (self);
  for (guint i = 0; i < self->columns->len; i++)
    {
      KontorTableColumn *column = g_ptr_array_index (self->columns, i);

      if (column->shown)
        gtk_column_view_append_column (self->view, column->column);
    }
  kontor_record_table_create_actions (self);
  kontor_record_table_create_menus (self);
  for (guint i = 0; i < self->columns->len; i++)
    {
      KontorTableColumn *column = g_ptr_array_index (self->columns, i);

      g_signal_connect_swapped (column->column,
                                "notify::fixed-width",
                                G_CALLBACK (kontor_record_table_save_columns),
                                self);
    }
  self->settling = FALSE;
  if (sort != NULL)
    kontor_record_table_set_sort (self, sort, self->descending);
}

static void
schema_changed_cb (KontorRecordTable *self)
{
  if (self->spec != NULL)
    rebuild (self);
}

static void
order_changed_cb (KontorRecordTable *self)
{
  if (self->spec != NULL && self->columns->len > 0)
    kontor_record_table_save_columns (self);
}

static void
row_activated_cb (GtkColumnView *view, guint position, KontorRecordTable *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, position);
}

/* --- The widget ------------------------------------------------------------------------------- */

static gboolean
kontor_record_table_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (KONTOR_RECORD_TABLE (widget)->view));
}

static void
kontor_record_table_dispose (GObject *object)
{
  KontorRecordTable *self = KONTOR_RECORD_TABLE (object);

  self->settling = TRUE;
  if (self->view != NULL)
    {
      g_signal_handlers_disconnect_by_data (gtk_column_view_get_columns (self->view), self);
      g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
      gtk_column_view_set_model (self->view, NULL);
      self->view = NULL;
    }
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->probes[0]);
  g_clear_object (&self->probes[1]);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (kontor_record_table_parent_class)->dispose (object);
}

static void
kontor_record_table_class_init (KontorRecordTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_record_table_dispose;
  widget_class->grab_focus = kontor_record_table_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  signals[SIGNAL_SORT_CHANGED] =
    g_signal_new ("sort-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EDIT_ROW] = g_signal_new ("edit-row",
                                           type,
                                           G_SIGNAL_RUN_LAST,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           G_TYPE_NONE,
                                           1,
                                           G_TYPE_INT64);
  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate",
                                           type,
                                           G_SIGNAL_RUN_LAST,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           G_TYPE_NONE,
                                           1,
                                           G_TYPE_UINT);
}

static void
kontor_record_table_init (KontorRecordTable *self)
{
  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->probes[0] = g_object_new (G_TYPE_OBJECT, NULL);
  self->probes[1] = g_object_new (G_TYPE_OBJECT, NULL);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_reorderable (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  g_signal_connect (self->view, "activate", G_CALLBACK (row_activated_cb), self);
  g_signal_connect (gtk_column_view_get_sorter (self->view),
                    "changed",
                    G_CALLBACK (sorter_changed_cb),
                    self);
  g_signal_connect_swapped (gtk_column_view_get_columns (self->view),
                            "items-changed",
                            G_CALLBACK (order_changed_cb),
                            self);
}

/**
 * kontor_record_table_set_session:
 * @self: a table
 * @session: a session
 */
void
kontor_record_table_set_session (KontorRecordTable *self, KontorSession *session)
{
  g_set_object (&self->session, session);
  g_signal_connect_object (session,
                           "schema-changed",
                           G_CALLBACK (schema_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * kontor_record_table_set_spec:
 * @self: a table
 * @spec: what to show
 */
void
kontor_record_table_set_spec (KontorRecordTable *self, const KontorListSpec *spec)
{
  g_autofree char *title = g_strdup (_(spec->title));

  self->spec = spec;
  self->sort = NULL;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title,
                                  -1);
  rebuild (self);
}

/**
 * kontor_record_table_set_model:
 * @self: a table
 * @model: (nullable): its rows
 */
void
kontor_record_table_set_model (KontorRecordTable *self, GtkSelectionModel *model)
{
  gtk_column_view_set_model (self->view, model);
}

/**
 * kontor_record_table_set_sort:
 * @self: a table
 * @field: the field the rows are sorted by
 * @descending: whether the last come first
 *
 * Shows the arrow in the header; emits nothing.
 */
void
kontor_record_table_set_sort (KontorRecordTable *self,
                              const KontorFieldDef *field,
                              gboolean descending)
{
  KontorTableColumn *column = kontor_record_table_find_column (self, field->name);

  self->settling = TRUE;
  self->sort = field;
  self->descending = descending;
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  if (column != NULL && column->shown)
    gtk_column_view_sort_by_column (self->view,
                                    column->column,
                                    descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->settling = FALSE;
}

/**
 * kontor_record_table_get_sort:
 * @self: a table
 * @descending: (out): whether the last come first
 *
 * Returns: (transfer none) (nullable): the field its rows are to be sorted by
 */
const KontorFieldDef *
kontor_record_table_get_sort (KontorRecordTable *self, gboolean *descending)
{
  *descending = self->descending;
  return self->sort;
}

/**
 * kontor_record_table_scroll_to:
 * @self: a table
 * @position: a row
 */
void
kontor_record_table_scroll_to (KontorRecordTable *self, guint position)
{
  kontor_column_view_scroll_to (self->view, position);
}

/**
 * kontor_record_table_get_fields:
 * @self: a table
 *
 * Returns: (transfer container) (element-type KontorFieldDef): its columns, as they are shown
 */
GPtrArray *
kontor_record_table_get_fields (KontorRecordTable *self)
{
  GPtrArray *fields = g_ptr_array_new ();
  GListModel *order = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < g_list_model_get_n_items (order); i++)
    {
      g_autoptr(GtkColumnViewColumn) gtk_column = g_list_model_get_item (order, i);
      KontorTableColumn *column = find_gtk_column (self, gtk_column);

      if (column != NULL)
        g_ptr_array_add (fields, (gpointer) column->field);
    }
  return fields;
}

static GtkWidget *
find_cell (GtkWidget *widget, gint64 rid)
{
  KontorListRow *row = g_object_get_data (G_OBJECT (widget), KONTOR_ROW_OF_WIDGET);

  if (row != NULL)
    return kontor_list_row_get_rid (row) == rid && gtk_widget_get_mapped (widget) ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *cell = find_cell (child, rid);

      if (cell != NULL)
        return cell;
    }
  return NULL;
}

/**
 * kontor_record_table_get_row_place:
 * @self: a table
 * @rid: row id of a record
 * @place: (out): where its row is, as wide as what is seen of the table
 *
 * Returns: whether it is in view
 */
gboolean
kontor_record_table_get_row_place (KontorRecordTable *self, gint64 rid, GdkRectangle *place)
{
  GtkWidget *cell = find_cell (GTK_WIDGET (self->view), rid);
  graphene_rect_t bounds;

  if (cell == NULL || !gtk_widget_compute_bounds (cell, GTK_WIDGET (self), &bounds))
    return FALSE;
  place->x = 0;
  place->width = gtk_widget_get_width (GTK_WIDGET (self));
  place->y = (int) bounds.origin.y;
  place->height = (int) bounds.size.height;
  return place->y >= 0 && place->y < gtk_widget_get_height (GTK_WIDGET (self));
}
