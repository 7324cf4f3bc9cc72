/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which entries a timeline shows: kinds, words, whose. */
#include "config.h"

#include "kontor-timeline-private.h"

#include "kontor-compat.h"
#include "kontor-number.h"
#include <glib/gi18n.h>
#include <string.h>

#define NAMES_MAX 2 /* so many kinds are named on the button */

static const KontorChoice *
get_choices (void)
{
  return kontor_field_by_id (KONTOR_ACTIVITY_KIND)->choices;
}

static gboolean
is_organisation (KontorTimeline *self)
{
  return self->record != NULL &&
         kontor_record_get_record_type (self->record) == &kontor_account_type;
}

static const char *
get_words (KontorTimeline *self)
{
  return gtk_toggle_button_get_active (self->search_button)
           ? gtk_editable_get_text (self->search_entry)
           : "";
}

void
kontor_timeline_get_filter (KontorTimeline *self, KontorTimelineFilter *filter)
{
  const char *words = get_words (self);

  *filter = (KontorTimelineFilter){
    .scope = is_organisation (self) ? self->scope : KONTOR_TIMELINE_THIS,
    .kinds = self->kinds,
    .words = *words != '\0' ? words : NULL,
    .limit = self->limit,
  };
}

gboolean
kontor_timeline_is_filtered (KontorTimeline *self)
{
  return self->kinds != KONTOR_TIMELINE_ALL_KINDS || !self->shows_changes ||
         *get_words (self) != '\0';
}

/* Whether what a step did contains the words that are searched for. */
gboolean
kontor_timeline_history_matches (KontorTimeline *self, const char *text)
{
  g_autofree char *words = g_utf8_casefold (get_words (self), -1);
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : g_strdup ("");

  return strstr (folded, g_strstrip (words)) != NULL;
}

/* --- Showing ---------------------------------------------------------------------------------- */

static void
append_name (GString *names, const char *name)
{
  g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
}

/* "All", "Calls and tasks" by name, or how many. */
static char *
dup_kinds (KontorTimeline *self)
{
  const KontorFieldDef *field = kontor_field_by_id (KONTOR_ACTIVITY_KIND);
  g_autoptr(GString) names = g_string_new (NULL);
  guint n = 0;

  if (self->kinds == KONTOR_TIMELINE_ALL_KINDS && self->shows_changes)
    /* Translators: all kinds of entries */
    return g_strdup (C_("kinds", "All"));
  for (guint i = 0; get_choices ()[i].value != NULL; i++)
    if ((self->kinds & 1u << i) != 0 && n++ < NAMES_MAX)
      append_name (names, kontor_field_choice_label (field, get_choices ()[i].value));
  if (self->shows_changes && n++ < NAMES_MAX)
    append_name (names, _("Changes"));
  if (n == 0)
    /* Translators: no kinds of entries */
    return g_strdup (C_("kinds", "None"));
  if (n > NAMES_MAX)
    return g_strdup_printf (ngettext ("%u kind", "%u kinds", n), n);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
show_kinds (KontorTimeline *self)
{
  g_autofree char *text = dup_kinds (self);
  gboolean all = self->kinds == KONTOR_TIMELINE_ALL_KINDS && self->shows_changes;
  g_autofree char *label = NULL;

  /* Translators: of a button: which kinds of entries are shown: "Show: All" */
  label = g_strdup_printf (_("Show: %s"), text);
  gtk_menu_button_set_label (self->kinds_button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->kinds_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  if (all)
    gtk_widget_remove_css_class (GTK_WIDGET (self->kinds_button), "kontor-filtered");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->kinds_button), "kontor-filtered");
}

static const char *
scope_label (KontorTimelineScope scope)
{
  switch (scope)
    {
    case KONTOR_TIMELINE_PEOPLE:
      return _("With people");
    case KONTOR_TIMELINE_SUBSIDIARIES:
      return _("With subsidiaries");
    case KONTOR_TIMELINE_THIS:
    default:
      /* Translators: the timeline of this organisation alone */
      return C_("scope", "This");
    }
}

/* After the entries were read, or for another record. */
void
kontor_timeline_show_filter (KontorTimeline *self)
{
  guint64 n = self->data != NULL ? self->data->n : 0;
  g_autofree char *number = kontor_integer_format ((gint64) n);
  g_autofree char *text = NULL;

  text = g_strdup_printf (ngettext ("%s entry", "%s entries", n), number);
  gtk_label_set_text (self->count, self->data != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->scope_button), is_organisation (self));
  gtk_menu_button_set_label (self->scope_button, scope_label (self->scope));
}

/* --- Choosing --------------------------------------------------------------------------------- */

static void
start_over (KontorTimeline *self)
{
  self->limit = KONTOR_TIMELINE_PAGE;
  show_kinds (self);
  if (self->record != NULL)
    kontor_timeline_load (self);
}

static void
kind_toggled_cb (GtkCheckButton *check, KontorTimeline *self)
{
  const KontorChoice *choices = get_choices ();
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->kinds_box));
  guint kinds = 0;
  gboolean all = TRUE;

  if (self->settling)
    return;
  for (guint i = 0; choices[i].value != NULL; i++, child = gtk_widget_get_next_sibling (child))
    {
      gboolean on = gtk_check_button_get_active (GTK_CHECK_BUTTON (child));

      kinds |= on ? 1u << i : 0;
      all = all && on;
    }
  self->kinds = all ? KONTOR_TIMELINE_ALL_KINDS : kinds;
  self->shows_changes = gtk_check_button_get_active (GTK_CHECK_BUTTON (child));
  start_over (self);
}

static void
add_check (KontorTimeline *self, const char *label)
{
  GtkWidget *check = gtk_check_button_new_with_label (label);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_signal_connect (check, "toggled", G_CALLBACK (kind_toggled_cb), self);
  gtk_box_append (self->kinds_box, check);
}

static void
clear_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorTimeline *self = KONTOR_TIMELINE (widget);

  self->settling = TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->kinds_box));
       GTK_IS_CHECK_BUTTON (child);
       child = gtk_widget_get_next_sibling (child))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (child), TRUE);
  gtk_editable_set_text (self->search_entry, "");
  gtk_toggle_button_set_active (self->search_button, FALSE);
  self->settling = FALSE;
  self->kinds = KONTOR_TIMELINE_ALL_KINDS;
  self->shows_changes = TRUE;
  start_over (self);
  gtk_menu_button_popdown (self->kinds_button);
}

static void
scope_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorTimeline *self = KONTOR_TIMELINE (widget);

  self->scope = (KontorTimelineScope) g_variant_get_int32 (parameter);
  kontor_timeline_show_filter (self);
  start_over (self);
  kontor_widget_grab_focus_soon (GTK_WIDGET (self->scope_button));
}

static void
search_toggled_cb (KontorTimeline *self)
{
  gboolean on = gtk_toggle_button_get_active (self->search_button);

  gtk_revealer_set_reveal_child (self->search_revealer, on);
  if (self->settling)
    return;
  if (on)
    gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  else if (*gtk_editable_get_text (self->search_entry) != '\0')
    start_over (self);
}

static void
search_changed_cb (KontorTimeline *self)
{
  if (!self->settling && gtk_toggle_button_get_active (self->search_button))
    start_over (self);
}

static void
search_stopped_cb (KontorTimeline *self)
{
  gtk_editable_set_text (self->search_entry, "");
  gtk_toggle_button_set_active (self->search_button, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_button));
  start_over (self);
}

static void
append_scope (GMenu *menu, KontorTimelineScope scope)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (scope_label (scope), NULL);

  g_menu_item_set_action_and_target (item, "timeline.scope", "i", (int) scope);
  g_menu_append_item (menu, item);
}

void
kontor_timeline_set_up_filter (KontorTimeline *self)
{
  const KontorFieldDef *field = kontor_field_by_id (KONTOR_ACTIVITY_KIND);
  g_autoptr(GMenu) scopes = g_menu_new ();
  GtkWidget *clear = gtk_button_new_with_mnemonic (_("_Show all"));

  self->kinds = KONTOR_TIMELINE_ALL_KINDS;
  self->shows_changes = TRUE;
  self->scope = KONTOR_TIMELINE_PEOPLE;
  for (guint i = 0; get_choices ()[i].value != NULL; i++)
    add_check (self, kontor_field_choice_label (field, get_choices ()[i].value));
  add_check (self, _("Changes"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (clear), "timeline.clear-filter");
  gtk_widget_set_margin_top (clear, 6);
  gtk_box_append (self->kinds_box, clear);
  append_scope (scopes, KONTOR_TIMELINE_THIS);
  append_scope (scopes, KONTOR_TIMELINE_PEOPLE);
  append_scope (scopes, KONTOR_TIMELINE_SUBSIDIARIES);
  gtk_menu_button_set_menu_model (self->scope_button, G_MENU_MODEL (scopes));
  show_kinds (self);
  kontor_timeline_show_filter (self);
}

void
kontor_timeline_bind_filter (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, KontorTimeline, kinds_button);
  gtk_widget_class_bind_template_child (klass, KontorTimeline, kinds_box);
  gtk_widget_class_bind_template_child (klass, KontorTimeline, scope_button);
  gtk_widget_class_bind_template_child (klass, KontorTimeline, search_button);
  gtk_widget_class_bind_template_child (klass, KontorTimeline, search_revealer);
  gtk_widget_class_bind_template_child (klass, KontorTimeline, search_entry);
  gtk_widget_class_bind_template_child (klass, KontorTimeline, count);
  gtk_widget_class_bind_template_callback (klass, search_toggled_cb);
  gtk_widget_class_bind_template_callback (klass, search_changed_cb);
  gtk_widget_class_bind_template_callback (klass, search_stopped_cb);
  gtk_widget_class_install_action (klass, "timeline.clear-filter", NULL, clear_activated);
  gtk_widget_class_install_action (klass, "timeline.scope", "i", scope_activated);
}
