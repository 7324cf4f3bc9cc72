/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was understood, as chips; what is chosen by hand stays, what is dropped is not understood.
 */
#include "config.h"

#include "kontor-composer-private.h"

#include "kontor-wrap-layout.h"
#include <glib/gi18n.h>
#include <string.h>

#define SUBJECT_MAX 120

void
kontor_composer_get_now (KontorComposer *self, KontorQuickNow *now)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  kontor_quick_now_init (now, kontor_session_now (self->session), zone);
}

/* --- What will be logged ---------------------------------------------------------------------- */

void
kontor_composer_entry_clear (KontorComposerEntry *entry)
{
  g_clear_pointer (&entry->subject, g_free);
  g_clear_pointer (&entry->result, g_free);
  g_clear_pointer (&entry->follow_subject, g_free);
}

static char *
dup_first_line (KontorComposer *self)
{
  GtkTextIter start, end;
  char *line;

  gtk_text_buffer_get_start_iter (self->buffer, &start);
  while (g_unichar_isspace (gtk_text_iter_get_char (&start)) && gtk_text_iter_forward_char (&start))
    ;
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  if (gtk_text_iter_get_offset (&end) - gtk_text_iter_get_offset (&start) > SUBJECT_MAX)
    gtk_text_iter_set_offset (&end, gtk_text_iter_get_offset (&start) + SUBJECT_MAX);
  line = gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
  return g_strstrip (line);
}

static gboolean
has_result (KontorComposer *self, const char *code)
{
  const KontorFieldDef *field = kontor_field_by_id (KONTOR_ACTIVITY_RESULT);

  return code != NULL &&
         kontor_schema_pick_label (kontor_session_get_schema (self->session), field->pick, code) !=
           NULL;
}

static void
get_follow_up (KontorComposer *self, KontorComposerEntry *entry)
{
  if ((self->fixed & KONTOR_QUICK_FOLLOW_UP) != 0)
    {
      entry->follow_kind = self->chosen.follow_kind;
      entry->follow_subject = g_strdup (self->chosen.follow_subject);
      entry->follow_when = self->chosen.follow_when;
      return;
    }
  entry->follow_kind = self->quick->follow_kind;
  entry->follow_subject = g_strdup (self->quick->follow_subject);
  entry->follow_when = self->quick->follow_when;
}

static void
get_result (KontorComposer *self, KontorComposerEntry *entry)
{
  const char *result = self->quick->result;

  if ((self->fixed & KONTOR_QUICK_RESULT) != 0)
    result = self->chosen.result;
  else if (result == NULL && (self->ignored & KONTOR_QUICK_RESULT) == 0)
    result = "reached";
  if (has_result (self, result))
    entry->result = g_strdup (result);
}

/* What is understood, and what was chosen instead. Free it with kontor_composer_entry_clear(). */
void
kontor_composer_get_entry (KontorComposer *self, KontorComposerEntry *entry)
{
  KontorQuickNow now;

  kontor_composer_get_now (self, &now);
  *entry = (KontorComposerEntry){
    .kind = (self->fixed & KONTOR_QUICK_KIND) != 0 ? self->chosen.kind : self->quick->kind,
    .when = (self->fixed & KONTOR_QUICK_WHEN) != 0 ? self->chosen.when : self->quick->when,
    .follow_when = { "", -1 },
    .has_owner = self->has_me,
    .owner = self->me,
  };
  entry->planned = strcmp (entry->kind, "task") == 0 ||
                   (strcmp (entry->kind, "note") != 0 &&
                    (kontor_quick_time_is_future (&entry->when, &now) ||
                     (self->quick->planned && !kontor_quick_time_is_set (&entry->when))));
  if (entry->planned)
    entry->subject =
      self->quick->subject != NULL ? g_strdup (self->quick->subject) : dup_first_line (self);
  else
    get_follow_up (self, entry);
  if (!entry->planned && strcmp (entry->kind, "call") == 0)
    get_result (self, entry);
  if ((self->fixed & KONTOR_QUICK_FOLLOW_UP) != 0)
    {
      entry->has_owner = self->chosen.has_owner;
      entry->owner = self->chosen.owner;
    }
}

/* --- Showing ---------------------------------------------------------------------------------- */

static char *
dup_day (const char *day, const char *today)
{
  int days = kontor_date_days_between (today, day);
  g_autoptr(GDateTime) date = NULL;

  if (ABS (days) < 2 || strncmp (day, today, 4) != 0)
    return kontor_date_format_short (day, today);
  date = g_date_time_new_utc ((int) g_ascii_strtoll (day, NULL, 10),
                              (int) g_ascii_strtoll (day + 5, NULL, 10),
                              (int) g_ascii_strtoll (day + 8, NULL, 10),
                              0,
                              0,
                              0);
  /* Translators: a day of this year with its weekday, "Fri 13 Mar"; see g_date_time_format() */
  return date != NULL ? g_date_time_format (date, C_("date", "%a %-d %b")) : g_strdup (day);
}

static char *
dup_when (KontorComposer *self, const KontorQuickTime *time, gboolean planned)
{
  KontorQuickNow now;
  g_autofree char *day = NULL;

  if (!kontor_quick_time_is_set (time))
    return g_strdup (planned ? _("no date") : _("now"));
  kontor_composer_get_now (self, &now);
  day = dup_day (time->day, now.today);
  if (time->minute < 0)
    return g_steal_pointer (&day);
  return g_strdup_printf ("%s %02d:%02d", day, time->minute / 60, time->minute % 60);
}

static void
show_chip (KontorChip *chip, const char *name, const char *text, gboolean can_drop)
{
  g_autofree char *label = NULL;

  /* Translators: a part of an entry and its value, "Kind: Call" */
  label = g_strdup_printf (_("%s: %s"), name, text);
  gtk_widget_set_visible (GTK_WIDGET (chip), TRUE);
  kontor_chip_show (chip, text, label, can_drop);
}

static char *
dup_follow_up (KontorComposer *self, const KontorComposerEntry *entry)
{
  const KontorFieldDef *kind = kontor_field_by_id (KONTOR_ACTIVITY_KIND);
  g_autofree char *when = dup_when (self, &entry->follow_when, TRUE);
  gboolean mine = entry->has_owner && self->has_me && kontor_id_equal (&entry->owner, &self->me);
  const char *who = mine ? _("me") : kontor_link_entry_get_text (self->owner_entry);

  if (!entry->has_owner)
    /* Translators: what follows an entry: its kind, subject, when: "+ Task: Send quote · Friday" */
    return g_strdup_printf (_("+ %s: %s · %s"),
                            kontor_field_choice_label (kind, entry->follow_kind),
                            entry->follow_subject,
                            when);
  /* Translators: what follows an entry: its kind, subject, when, who does it */
  return g_strdup_printf (_("+ %s: %s · %s · %s"),
                          kontor_field_choice_label (kind, entry->follow_kind),
                          entry->follow_subject,
                          when,
                          who);
}

static void
show_follow_up (KontorComposer *self, const KontorComposerEntry *entry)
{
  gboolean follows = entry->follow_subject != NULL;
  g_autofree char *text = follows ? dup_follow_up (self, entry) : g_strdup (_("+ Follow-up"));

  gtk_widget_set_visible (GTK_WIDGET (self->follow_chip), !entry->planned);
  if (!entry->planned)
    show_chip (self->follow_chip, _("Follow-up"), text, follows);
}

static void
show_result (KontorComposer *self, const KontorComposerEntry *entry)
{
  const KontorFieldDef *field = kontor_field_by_id (KONTOR_ACTIVITY_RESULT);
  const char *label = entry->result != NULL
                        ? kontor_schema_pick_label (kontor_session_get_schema (self->session),
                                                    field->pick,
                                                    entry->result)
                        : _("No result");
  gboolean shown = !entry->planned && strcmp (entry->kind, "call") == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->result_chip), shown);
  if (shown)
    show_chip (self->result_chip, kontor_field_get_label (field), label, entry->result != NULL);
}

static void
show_chips (KontorComposer *self)
{
  const KontorFieldDef *kind = kontor_field_by_id (KONTOR_ACTIVITY_KIND);
  KontorComposerEntry entry;
  g_autofree char *when = NULL;

  kontor_composer_get_entry (self, &entry);
  when = dup_when (self, &entry.when, entry.planned);
  show_chip (self->kind_chip,
             kontor_field_get_label (kind),
             kontor_field_choice_label (kind, entry.kind),
             strcmp (entry.kind, "note") != 0);
  show_chip (self->when_chip, _("When"), when, kontor_quick_time_is_set (&entry.when));
  show_result (self, &entry);
  show_follow_up (self, &entry);
  kontor_composer_entry_clear (&entry);
}

/* The beginning of the text; what stands behind is never understood. */
static char *
dup_beginning (KontorComposer *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_start_iter (self->buffer, &start);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &end, 4 * KONTOR_QUICK_LINE_MAX);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

void
kontor_composer_understand (KontorComposer *self)
{
  g_autofree char *text = NULL;
  KontorQuickNow now;
  gboolean has_text;

  if (self->session == NULL)
    return;
  text = dup_beginning (self);
  kontor_composer_get_now (self, &now);
  g_clear_pointer (&self->quick, kontor_quick_entry_free);
  self->quick =
    kontor_quick_entry_parse (text, self->ignored, &now, kontor_date_order_of_locale ());
  has_text = *g_strstrip (text) != '\0' ||
             gtk_text_buffer_get_char_count (self->buffer) > 4 * KONTOR_QUICK_LINE_MAX;
  gtk_widget_set_sensitive (self->log_button, has_text);
  gtk_widget_set_visible (self->chips, has_text || self->fixed != 0);
  if (gtk_widget_get_visible (self->chips))
    show_chips (self);
}

void
kontor_composer_reset (KontorComposer *self)
{
  self->fixed = self->ignored = 0;
  kontor_composer_entry_clear (&self->chosen);
  kontor_composer_understand (self);
}

/* --- Choosing --------------------------------------------------------------------------------- */

void
kontor_composer_fix (KontorComposer *self, KontorQuickParts part)
{
  self->fixed |= part;
  self->ignored &= ~part;
  kontor_composer_understand (self);
}

static void
drop (KontorComposer *self, KontorQuickParts part)
{
  self->fixed &= ~part;
  self->ignored |= part;
  kontor_composer_understand (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
kind_dropped_cb (KontorComposer *self)
{
  drop (self, KONTOR_QUICK_KIND);
}

static void
when_dropped_cb (KontorComposer *self)
{
  drop (self, KONTOR_QUICK_WHEN);
}

static void
result_dropped_cb (KontorComposer *self)
{
  drop (self, KONTOR_QUICK_RESULT);
}

static void
follow_dropped_cb (KontorComposer *self)
{
  drop (self, KONTOR_QUICK_FOLLOW_UP);
}

static void
kind_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorComposer *self = KONTOR_COMPOSER (widget);
  const KontorFieldDef *field = kontor_field_by_id (KONTOR_ACTIVITY_KIND);

  for (const KontorChoice *choice = field->choices; choice->value != NULL; choice++)
    if (g_str_equal (choice->value, g_variant_get_string (parameter, NULL)))
      self->chosen.kind = choice->value;
  kontor_composer_fix (self, KONTOR_QUICK_KIND);
  kontor_chip_focus_soon (self->kind_chip);
}

static void
result_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorComposer *self = KONTOR_COMPOSER (widget);

  g_free (self->chosen.result);
  self->chosen.result = g_variant_dup_string (parameter, NULL);
  kontor_composer_fix (self, KONTOR_QUICK_RESULT);
  kontor_chip_focus_soon (self->result_chip);
}

static void
append_value (GMenu *menu, const char *label, const char *action, const char *value)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", value);
  g_menu_append_item (menu, item);
}

void
kontor_composer_build_menus (KontorComposer *self)
{
  const KontorFieldDef *kind = kontor_field_by_id (KONTOR_ACTIVITY_KIND);
  const KontorFieldDef *result = kontor_field_by_id (KONTOR_ACTIVITY_RESULT);
  KontorSchema *schema = kontor_session_get_schema (self->session);
  g_autoptr(GPtrArray) values = kontor_schema_get_pick_values (schema, result->pick);
  g_autoptr(GMenu) kinds = g_menu_new ();
  g_autoptr(GMenu) results = g_menu_new ();

  for (const KontorChoice *choice = kind->choices; choice->value != NULL; choice++)
    append_value (kinds,
                  kontor_field_choice_label (kind, choice->value),
                  "composer.kind",
                  choice->value);
  for (guint i = 0; i < values->len; i++)
    {
      const KontorPickValue *value = g_ptr_array_index (values, i);

      if (value->active)
        append_value (results, value->label, "composer.result", value->code);
    }
  kontor_chip_set_menu (self->kind_chip, G_MENU_MODEL (kinds));
  kontor_chip_set_menu (self->result_chip, G_MENU_MODEL (results));
}

/* --- The template ----------------------------------------------------------------------------- */

void
kontor_composer_bind_chips (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, KontorComposer, chips);
  gtk_widget_class_bind_template_child (klass, KontorComposer, kind_chip);
  gtk_widget_class_bind_template_child (klass, KontorComposer, when_chip);
  gtk_widget_class_bind_template_child (klass, KontorComposer, result_chip);
  gtk_widget_class_bind_template_child (klass, KontorComposer, follow_chip);
  gtk_widget_class_bind_template_callback (klass, kind_dropped_cb);
  gtk_widget_class_bind_template_callback (klass, when_dropped_cb);
  gtk_widget_class_bind_template_callback (klass, result_dropped_cb);
  gtk_widget_class_bind_template_callback (klass, follow_dropped_cb);
}

void
kontor_composer_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "composer.kind", "s", kind_activated);
  gtk_widget_class_install_action (klass, "composer.result", "s", result_activated);
}

void
kontor_composer_set_up_chips (KontorComposer *self)
{
  gtk_widget_set_layout_manager (self->chips, kontor_wrap_layout_new (6));
}
