/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The choice of a time, and of what follows. What is typed is taken at once; Escape takes it back.
 */
#include "config.h"

#include "kontor-composer-private.h"

#include "kontor-day-popover.h"
#include <glib/gi18n.h>
#include <string.h>

/* As it is understood in quick entries, else as the locale writes days. */
static gboolean
parse_time (KontorComposer *self, const char *text, KontorQuickTime *time)
{
  KontorDateOrder order = kontor_date_order_of_locale ();
  KontorQuickNow now;
  g_autofree char *iso = NULL;

  kontor_composer_get_now (self, &now);
  if (kontor_quick_time_parse (text, &now, order, time))
    return TRUE;
  iso = kontor_date_parse_iso (text, order);
  if (iso == NULL)
    return FALSE;
  g_strlcpy (time->day, iso, sizeof time->day);
  return TRUE;
}

/* --- Escape ----------------------------------------------------------------------------------- */

/* What was chosen when a choice opened. */
static void
remember (KontorComposer *self)
{
  kontor_composer_entry_clear (&self->before);
  self->before = self->chosen;
  self->before.subject = g_strdup (self->chosen.subject);
  self->before.result = g_strdup (self->chosen.result);
  self->before.follow_subject = g_strdup (self->chosen.follow_subject);
  self->fixed_before = self->fixed;
  self->ignored_before = self->ignored;
}

static gboolean
popover_key_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KontorComposer *self)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  kontor_composer_entry_clear (&self->chosen);
  self->chosen = self->before;
  self->before = (KontorComposerEntry){ 0 };
  self->fixed = self->fixed_before;
  self->ignored = self->ignored_before;
  kontor_composer_understand (self);
  return GDK_EVENT_PROPAGATE; /* it closes */
}

/* --- The entries ------------------------------------------------------------------------------ */

static void
set_time_text (KontorComposer *self, GtkEditable *entry, const KontorQuickTime *time)
{
  const char *day = time->day;
  g_autofree char *text = NULL;

  if (!kontor_quick_time_is_set (time))
    text = g_strdup ("");
  else if (kontor_date_order_of_locale () == KONTOR_DATE_ORDER_MDY)
    text = g_strdup_printf ("%.2s/%.2s/%.4s", day + 5, day + 8, day);
  else
    text = g_strdup_printf ("%.2s.%.2s.%.4s", day + 8, day + 5, day);
  if (time->minute >= 0)
    {
      g_autofree char *whole =
        g_strdup_printf ("%s %02d:%02d", text, time->minute / 60, time->minute % 60);

      gtk_editable_set_text (entry, whole);
      return;
    }
  gtk_editable_set_text (entry, text);
}

/* Says how the text is understood; FALSE where it is not. */
static gboolean
read_time (KontorComposer *self, GtkEditable *entry, GtkLabel *caption, KontorQuickTime *time)
{
  const char *text = gtk_editable_get_text (entry);
  gboolean none = *text == '\0';
  gboolean ok = parse_time (self, text, time) || none;
  g_autofree char *day = ok && !none ? kontor_date_format_full (time->day) : NULL;
  g_autofree char *whole =
    day != NULL && time->minute >= 0
      ? g_strdup_printf ("%s, %02d:%02d", day, time->minute / 60, time->minute % 60)
      : NULL;

  gtk_label_set_text (caption,
                      !ok             ? _("This is not a day or a time.")
                      : none          ? _("A day, a time, or both")
                      : whole != NULL ? whole
                                      : day);
  if (ok)
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  return ok;
}

static void
when_shown_cb (KontorComposer *self)
{
  KontorComposerEntry entry;
  KontorQuickTime time;

  remember (self);
  kontor_composer_get_entry (self, &entry);
  self->filling = TRUE;
  set_time_text (self, self->when_entry, &entry.when);
  read_time (self, self->when_entry, self->when_caption, &time);
  self->filling = FALSE;
  kontor_composer_entry_clear (&entry);
  gtk_editable_select_region (self->when_entry, 0, -1);
}

static void
when_changed_cb (KontorComposer *self)
{
  KontorQuickTime time;

  if (self->filling || !read_time (self, self->when_entry, self->when_caption, &time))
    return;
  self->chosen.when = time;
  kontor_composer_fix (self, KONTOR_QUICK_WHEN);
}

static void
follow_shown_cb (KontorComposer *self)
{
  KontorComposerEntry entry;
  KontorQuickTime time;

  remember (self);
  kontor_composer_get_entry (self, &entry);
  self->filling = TRUE;
  gtk_editable_set_text (self->subject_entry,
                         entry.follow_subject != NULL ? entry.follow_subject : "");
  set_time_text (self, self->due_entry, &entry.follow_when);
  read_time (self, self->due_entry, self->due_caption, &time);
  if (entry.has_owner && self->has_me && kontor_id_equal (&entry.owner, &self->me))
    kontor_link_entry_set_link (self->owner_entry, &self->me, self->me_name);
  self->filling = FALSE;
  kontor_composer_entry_clear (&entry);
}

static void
follow_changed_cb (KontorComposer *self)
{
  g_autofree char *subject = NULL;
  KontorQuickTime time;

  if (self->filling || !read_time (self, self->due_entry, self->due_caption, &time))
    return;
  subject = g_strstrip (g_strdup (gtk_editable_get_text (self->subject_entry)));
  g_free (self->chosen.follow_subject);
  self->chosen.follow_subject = *subject != '\0' ? g_steal_pointer (&subject) : NULL;
  if (self->quick->follow_kind != NULL)
    self->chosen.follow_kind = self->quick->follow_kind;
  else if ((self->fixed & KONTOR_QUICK_FOLLOW_UP) == 0)
    self->chosen.follow_kind = "task";
  self->chosen.follow_when = time;
  self->chosen.has_owner = kontor_link_entry_get_link (self->owner_entry, &self->chosen.owner);
  kontor_composer_fix (self, KONTOR_QUICK_FOLLOW_UP);
}

/* What was typed is taken already; a time that is none keeps its choice open. */
static void
close_popovers (KontorComposer *self)
{
  KontorQuickTime time;

  if (read_time (self, self->when_entry, self->when_caption, &time))
    kontor_chip_close (self->when_chip);
  if (read_time (self, self->due_entry, self->due_caption, &time))
    kontor_chip_close (self->follow_chip);
}

/* --- The template ----------------------------------------------------------------------------- */

void
kontor_composer_bind_popovers (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, KontorComposer, when_entry);
  gtk_widget_class_bind_template_child (klass, KontorComposer, when_caption);
  gtk_widget_class_bind_template_child (klass, KontorComposer, subject_entry);
  gtk_widget_class_bind_template_child (klass, KontorComposer, due_entry);
  gtk_widget_class_bind_template_child (klass, KontorComposer, due_caption);
  gtk_widget_class_bind_template_child (klass, KontorComposer, owner_entry);
  gtk_widget_class_bind_template_callback (klass, popover_key_cb);
  gtk_widget_class_bind_template_callback (klass, when_shown_cb);
  gtk_widget_class_bind_template_callback (klass, when_changed_cb);
  gtk_widget_class_bind_template_callback (klass, follow_shown_cb);
  gtk_widget_class_bind_template_callback (klass, follow_changed_cb);
  gtk_widget_class_bind_template_callback (klass, close_popovers);
}

void
kontor_composer_set_up_popovers (KontorComposer *self)
{
  const KontorFieldDef *owner =
    kontor_field_by_id (KONTOR_COMMON_FIELD (kontor_activity_type.number, KONTOR_COMMON_OWNER));

  kontor_day_popover_attach (GTK_ENTRY (self->when_entry));
  kontor_day_popover_attach (GTK_ENTRY (self->due_entry));
  kontor_link_entry_set_label (self->owner_entry, kontor_field_get_label (owner));
}
