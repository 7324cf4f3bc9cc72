/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A group is a match of all, any or none of its rows, about a record or about one related to it.
 * "None" is written as not (… or …). */
#include "config.h"

#include "kontor-filter-group.h"

#include "kontor-choice.h"
#include "kontor-compat.h"
#include "kontor-filter-path.h"
#include "kontor-filter-row.h"
#include <glib/gi18n.h>

/* Deeper than a person can follow, and far from what the language allows. */
#define MAX_DEPTH 6

typedef enum
{
  MATCH_ALL,
  MATCH_ANY,
  MATCH_NONE,
} Match;

struct _KontorFilterGroup
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *related_box;
  GtkDropDown *has;
  GtkDropDown *related;
  GtkDropDown *match;
  GtkWidget *remove_button;
  GtkBox *rows;
  GtkWidget *add_button;

  /* owned */
  KontorSession *session;
  GPtrArray *types; /* (element-type KontorRecordType): behind .related; NULL: not about those */

  /* borrowed */
  const KontorRecordType *type; /* of the records the conditions are about */
  const KontorFieldDef *via;    /* (nullable): the link between both */
  guint depth;
  gboolean settling;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorFilterGroup, kontor_filter_group, GTK_TYPE_WIDGET)

static void
tell (KontorFilterGroup *self)
{
  if (!self->settling)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- Rows ------------------------------------------------------------------------------------- */

static void
row_removed_cb (GtkWidget *row, KontorFilterGroup *self)
{
  gboolean had_focus = gtk_widget_get_focus_child (row) != NULL;

  gtk_box_remove (self->rows, row);
  if (had_focus)
    gtk_widget_grab_focus (self->add_button);
  tell (self);
}

static void
add_row (KontorFilterGroup *self, GtkWidget *row)
{
  g_signal_connect_object (row, "changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "removed", G_CALLBACK (row_removed_cb), self, 0);
  gtk_box_append (self->rows, row);
}

static KontorFilterGroup *
add_group (KontorFilterGroup *self, const KontorRecordType *type)
{
  KontorFilterGroup *group = KONTOR_FILTER_GROUP (kontor_filter_group_new (self->session, type));

  group->depth = self->depth + 1;
  gtk_widget_add_css_class (GTK_WIDGET (group), "kontor-filter-group");
  gtk_widget_set_visible (group->remove_button, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (group), "filter.add-group", group->depth < MAX_DEPTH);
  gtk_widget_action_set_enabled (GTK_WIDGET (group),
                                 "filter.add-related",
                                 group->depth < MAX_DEPTH);
  add_row (self, GTK_WIDGET (group));
  return group;
}

static void
clear_rows (KontorFilterGroup *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_box_remove (self->rows, row);
}

/* --- Related records -------------------------------------------------------------------------- */

static void
offer_related (KontorFilterGroup *self, const KontorRecordType *of)
{
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);

  self->types = kontor_filter_related_types (kontor_session_get_schema (self->session), of);
  for (guint i = 0; i < self->types->len; i++)
    gtk_string_list_append (words,
                            kontor_record_type_get_label (g_ptr_array_index (self->types, i)));
  self->settling = TRUE;
  kontor_choice_set_up (self->related, G_LIST_MODEL (words));
  self->settling = FALSE;
  gtk_widget_set_visible (self->related_box, TRUE);
  gtk_widget_set_visible (self->remove_button, FALSE);
}

/* Conditions on one type mean nothing for another. */
static void
related_chosen_cb (KontorFilterGroup *self)
{
  guint selected = gtk_drop_down_get_selected (self->related);

  if (self->settling || self->types == NULL || selected >= self->types->len ||
      self->type == g_ptr_array_index (self->types, selected))
    return;
  self->type = g_ptr_array_index (self->types, selected);
  self->via = NULL;
  clear_rows (self);
  tell (self);
}

static KontorFilterGroup *
add_related (KontorFilterGroup *self, const KontorRecordType *related)
{
  KontorFilterGroup *group = add_group (self, self->type);
  guint position = 0;

  offer_related (group, self->type);
  if (group->types->len == 0)
    return group;
  if (related != NULL)
    g_ptr_array_find (group->types, related, &position);
  group->settling = TRUE;
  gtk_drop_down_set_selected (group->related, position);
  group->settling = FALSE;
  group->type = g_ptr_array_index (group->types, position);
  return group;
}

/* --- What the person does --------------------------------------------------------------------- */

static void
add_condition_cb (KontorFilterGroup *self)
{
  GtkWidget *row = kontor_filter_row_new (self->session, self->type);

  add_row (self, row);
  gtk_widget_grab_focus (row);
  tell (self);
}

static void
add_group_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorFilterGroup *self = KONTOR_FILTER_GROUP (widget);
  KontorFilterGroup *group = add_group (self, self->type);

  add_row (group, kontor_filter_row_new (group->session, group->type));
  kontor_widget_grab_focus_soon (GTK_WIDGET (group));
  tell (self);
}

static void
add_related_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorFilterGroup *self = KONTOR_FILTER_GROUP (widget);
  KontorFilterGroup *group = add_related (self, NULL);

  kontor_widget_grab_focus_soon (GTK_WIDGET (group));
  tell (self);
}

static void
remove_clicked_cb (KontorFilterGroup *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

/* --- The widget ------------------------------------------------------------------------------- */

static gboolean
kontor_filter_group_grab_focus (GtkWidget *widget)
{
  KontorFilterGroup *self = KONTOR_FILTER_GROUP (widget);
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows));

  if (self->types != NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (self->related));
  return gtk_widget_grab_focus (row != NULL ? row : self->add_button);
}

static void
kontor_filter_group_dispose (GObject *object)
{
  KontorFilterGroup *self = KONTOR_FILTER_GROUP (object);

  self->settling = TRUE;
  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_FILTER_GROUP);
  g_clear_object (&self->session);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  G_OBJECT_CLASS (kontor_filter_group_parent_class)->dispose (object);
}

static void
kontor_filter_group_class_init (KontorFilterGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_filter_group_dispose;
  widget_class->grab_focus = kontor_filter_group_grab_focus;
  signals[SIGNAL_CHANGED] = kontor_signal_new (G_TYPE_FROM_CLASS (klass), "changed");
  signals[SIGNAL_REMOVED] = kontor_signal_new (G_TYPE_FROM_CLASS (klass), "removed");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH
                                               "/ui/widgets/kontor-filter-group.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorFilterGroup, related_box);
  gtk_widget_class_bind_template_child (widget_class, KontorFilterGroup, has);
  gtk_widget_class_bind_template_child (widget_class, KontorFilterGroup, related);
  gtk_widget_class_bind_template_child (widget_class, KontorFilterGroup, match);
  gtk_widget_class_bind_template_child (widget_class, KontorFilterGroup, remove_button);
  gtk_widget_class_bind_template_child (widget_class, KontorFilterGroup, rows);
  gtk_widget_class_bind_template_child (widget_class, KontorFilterGroup, add_button);
  gtk_widget_class_bind_template_callback (widget_class, tell);
  gtk_widget_class_bind_template_callback (widget_class, related_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_condition_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked_cb);
  gtk_widget_class_install_action (widget_class, "filter.add-group", NULL, add_group_activated);
  gtk_widget_class_install_action (widget_class, "filter.add-related", NULL, add_related_activated);
}

static void
set_up_words (GtkDropDown *choice, const char *const *labels, const char *name)
{
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);

  for (; *labels != NULL; labels++)
    gtk_string_list_append (words, _(*labels));
  kontor_choice_set_up (choice, G_LIST_MODEL (words));
  kontor_choice_set_label (choice, name);
}

static void
kontor_filter_group_init (KontorFilterGroup *self)
{
  static const char *const matches[] = { N_("All of these hold"),
                                         N_("Any of these holds"),
                                         N_("None of these holds"),
                                         NULL };
  static const char *const has[] = { N_("There is"), N_("There is no"), NULL };

  self->settling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  set_up_words (self->match, matches, _("How conditions are joined"));
  set_up_words (self->has, has, _("Whether there is one"));
  kontor_choice_set_label (self->related, _("Kind of related record"));
  self->settling = FALSE;
}

/**
 * kontor_filter_group_new:
 * @session: a session
 * @type: type of the records
 *
 * Returns: (transfer full): a group without conditions
 */
GtkWidget *
kontor_filter_group_new (KontorSession *session, const KontorRecordType *type)
{
  KontorFilterGroup *self = g_object_new (KONTOR_TYPE_FILTER_GROUP, NULL);

  self->session = g_object_ref (session);
  self->type = type;
  return GTK_WIDGET (self);
}

/* --- To and from a filter --------------------------------------------------------------------- */

static KontorFilter *
dup_row (GtkWidget *row)
{
  return KONTOR_IS_FILTER_GROUP (row) ? kontor_filter_group_dup_filter (KONTOR_FILTER_GROUP (row))
                                      : kontor_filter_row_dup_filter (KONTOR_FILTER_ROW (row));
}

static KontorFilter *
negate (KontorFilter *filter)
{
  KontorFilter *negated = kontor_filter_new_group (KONTOR_FILTER_NOT);

  kontor_filter_add (negated, filter);
  return negated;
}

/* NULL: nothing is asked */
static KontorFilter *
dup_conditions (KontorFilterGroup *self)
{
  Match match = gtk_drop_down_get_selected (self->match);
  g_autoptr(KontorFilter) group =
    kontor_filter_new_group (match == MATCH_ALL ? KONTOR_FILTER_AND : KONTOR_FILTER_OR);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      KontorFilter *filter = dup_row (row);

      if (filter != NULL)
        kontor_filter_add (group, filter);
    }
  if (group->children->len == 0)
    return NULL;
  return match == MATCH_NONE ? negate (g_steal_pointer (&group)) : g_steal_pointer (&group);
}

/**
 * kontor_filter_group_dup_filter:
 * @self: a group
 *
 * Returns: (transfer full) (nullable): the filter, or %NULL where nothing is asked for
 */
KontorFilter *
kontor_filter_group_dup_filter (KontorFilterGroup *self)
{
  KontorFilter *conditions = dup_conditions (self);
  KontorFilter *related;

  if (self->types == NULL)
    return conditions;
  related = kontor_filter_new_related (self->type, self->via, conditions);
  return gtk_drop_down_get_selected (self->has) == 1 ? negate (related) : related;
}

static void show_filter (KontorFilterGroup *self, const KontorFilter *filter);

static void
show_related (KontorFilterGroup *self, const KontorFilter *filter, gboolean has)
{
  KontorFilterGroup *group = add_related (self, filter->related);

  group->settling = TRUE;
  group->via = filter->via;
  gtk_drop_down_set_selected (group->has, has ? 0 : 1);
  if (filter->children->len > 0)
    show_filter (group, g_ptr_array_index (filter->children, 0));
  group->settling = FALSE;
}

/* Whether the builder can name what the group is about. */
static gboolean
knows_related (KontorFilterGroup *self, const KontorFilter *filter)
{
  g_autoptr(GPtrArray) types = NULL;

  if (filter == NULL || filter->kind != KONTOR_FILTER_RELATED)
    return FALSE;
  types = kontor_filter_related_types (kontor_session_get_schema (self->session), self->type);
  return g_ptr_array_find (types, filter->related, NULL);
}

static void
show_child (KontorFilterGroup *self, const KontorFilter *filter)
{
  const KontorFilter *inner =
    filter->kind == KONTOR_FILTER_NOT ? g_ptr_array_index (filter->children, 0) : NULL;

  if (knows_related (self, filter))
    show_related (self, filter, TRUE);
  else if (knows_related (self, inner))
    show_related (self, inner, FALSE);
  else if (filter->kind == KONTOR_FILTER_AND || filter->kind == KONTOR_FILTER_OR || inner != NULL)
    show_filter (add_group (self, self->type), filter);
  else
    {
      GtkWidget *row = kontor_filter_row_new (self->session, self->type);

      kontor_filter_row_set_filter (KONTOR_FILTER_ROW (row), filter);
      add_row (self, row);
    }
}

/* Fills an empty group. */
static void
show_filter (KontorFilterGroup *self, const KontorFilter *filter)
{
  Match match = MATCH_ALL;

  if (filter->kind == KONTOR_FILTER_NOT)
    {
      const KontorFilter *inner = g_ptr_array_index (filter->children, 0);

      match = MATCH_NONE;
      if (inner->kind != KONTOR_FILTER_AND)
        filter = inner;
      else
        {
          gtk_drop_down_set_selected (self->match, match);
          show_child (self, inner);
          return;
        }
    }
  else if (filter->kind == KONTOR_FILTER_OR)
    {
      match = MATCH_ANY;
    }
  gtk_drop_down_set_selected (self->match, match);
  if (filter->kind == KONTOR_FILTER_AND || filter->kind == KONTOR_FILTER_OR)
    for (guint i = 0; i < filter->children->len; i++)
      show_child (self, g_ptr_array_index (filter->children, i));
  else
    show_child (self, filter);
}

/**
 * kontor_filter_group_set_filter:
 * @self: a group
 * @filter: (nullable): a filter on records of its type
 *
 * Shows @filter in place of what is there.
 */
void
kontor_filter_group_set_filter (KontorFilterGroup *self, const KontorFilter *filter)
{
  self->settling = TRUE;
  clear_rows (self);
  gtk_drop_down_set_selected (self->match, MATCH_ALL);
  if (filter != NULL)
    show_filter (self, filter);
  self->settling = FALSE;
}
