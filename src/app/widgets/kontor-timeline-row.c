/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A day, an entry with its menu, or a change with a way back. */
#include "config.h"

#include "kontor-timeline-row.h"

#include "kontor-attach.h"
#include "kontor-compat.h"
#include "kontor-date.h"
#include "kontor-entry-files.h"
#include "kontor-error.h"
#include "kontor-field-editor.h"
#include "kontor-field-text.h"
#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

/* What is laid out of a text; the rest is seen when it is edited. */
#define TEXT_CHARS 1500
#define TEXT_LINES 12

struct _KontorTimelineRow
{
  GtkWidget parent_instance;

  /* template */
  GtkStack *stack;
  GtkLabel *day;
  GtkImage *icon;
  GtkCheckButton *done;
  GtkLabel *title;
  GtkWidget *pin;
  GtkLabel *when;
  GtkLabel *text;
  AdwBin *slot;
  KontorEntryFiles *files;
  GtkLabel *who;
  GtkWidget *restore;
  GtkWidget *menu;

  /* owned */
  KontorSession *session;
  KontorTimelineItem *item;

  KontorFieldEditor *editor; /* borrowed, while the text is edited */
  gboolean settling;
};

enum
{
  PROP_0,
  PROP_PINNED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KontorTimelineRow, kontor_timeline_row, GTK_TYPE_WIDGET)

static gboolean
is_kind (KontorTimelineRow *self, const char *kind)
{
  return self->item != NULL && self->item->activity != NULL &&
         g_strcmp0 (kontor_record_get_text (self->item->activity, KONTOR_ACTIVITY_KIND), kind) == 0;
}

static gboolean
can_change (KontorTimelineRow *self)
{
  return self->item != NULL && self->item->activity != NULL &&
         kontor_session_can (self->session, &kontor_activity_type, NULL, KONTOR_RIGHT_WRITE);
}

/* --- What is done with an entry --------------------------------------------------------------- */

static void
set_integer (KontorTimelineRow *self, KontorFieldId field, gint64 value, const char *label)
{
  g_autoptr(KontorStep) step = kontor_step_new (label);

  kontor_step_set_integer (step, kontor_record_get_id (self->item->activity), field, value);
  kontor_session_commit (self->session, step);
}

static void
set_pinned (KontorTimelineRow *self, gboolean pinned)
{
  if (can_change (self))
    set_integer (self,
                 KONTOR_ACTIVITY_PINNED,
                 pinned ? 1 : 0,
                 pinned ? _("Entry pinned") : _("Entry no longer pinned"));
}

static void
set_done_at (KontorTimelineRow *self, KontorStep *step, gboolean done)
{
  KontorRecord *activity = self->item->activity;
  const KontorId *id = kontor_record_get_id (activity);
  gint64 now = kontor_session_now (self->session);
  gint64 at = kontor_record_get_integer (activity, KONTOR_ACTIVITY_AT);
  g_auto(KontorValue) none = KONTOR_VALUE_INIT;

  if (done)
    kontor_step_set_integer (step, id, KONTOR_ACTIVITY_DONE_AT, now);
  else
    kontor_step_set (step,
                     &kontor_activity_type,
                     id,
                     kontor_field_by_id (KONTOR_ACTIVITY_DONE_AT),
                     &none);
  /* a meeting took place when it was planned for, at the latest now */
  if (done && !is_kind (self, "task") && (at == 0 || at > now))
    kontor_step_set_integer (step, id, KONTOR_ACTIVITY_AT, now);
}

static void
set_done (KontorTimelineRow *self, gboolean done)
{
  g_autoptr(KontorStep) step = NULL;
  gboolean is_task = is_kind (self, "task");

  if (done)
    step = kontor_step_new (is_task ? _("Task done") : _("Done"));
  else
    step = kontor_step_new (is_task ? _("Task open again") : _("Open again"));
  kontor_step_set_text (step,
                        kontor_record_get_id (self->item->activity),
                        KONTOR_ACTIVITY_STATE,
                        done ? "done" : "open");
  set_done_at (self, step, done);
  kontor_session_commit (self->session, step);
}

static void
done_toggled_cb (KontorTimelineRow *self)
{
  if (!self->settling && can_change (self))
    set_done (self, gtk_check_button_get_active (self->done));
}

static void
done_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorTimelineRow *self = KONTOR_TIMELINE_ROW (widget);

  if (can_change (self) && kontor_timeline_is_plan (self->item->activity))
    set_done (self, kontor_timeline_is_open (self->item->activity));
}

static void
trash_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorTimelineRow *self = KONTOR_TIMELINE_ROW (widget);
  g_autoptr(KontorStep) step = NULL;

  if (!can_change (self))
    return;
  step = kontor_step_new (_("Entry moved to trash"));
  kontor_step_trash (step, &kontor_activity_type, kontor_record_get_id (self->item->activity));
  kontor_session_commit (self->session, step);
}

static void
attach_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorTimelineRow *self = KONTOR_TIMELINE_ROW (widget);

  if (kontor_timeline_row_get_entry (self) != NULL)
    kontor_attach_choose (self->session, self->item->activity, widget);
}

static void
restore_clicked_cb (KontorTimelineRow *self)
{
  g_autoptr(KontorStep) step = kontor_timeline_item_restore (self->item);

  kontor_session_commit (self->session, step);
}

/* --- Editing the text ------------------------------------------------------------------------- */

static void
end_edit (KontorTimelineRow *self)
{
  self->editor = NULL;
  kontor_bin_empty_soon (self->slot);
  gtk_widget_set_visible (GTK_WIDGET (self->slot), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->text), self->item != NULL && self->item->text != NULL);
}

static void
save_edit (KontorTimelineRow *self)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorStep) step = NULL;

  if (self->editor == NULL)
    return;
  if (!kontor_field_editor_parse (self->editor, NULL, &value, NULL, &error))
    {
      kontor_session_fail (self->session, error);
      return;
    }
  step = kontor_session_step_field (self->session,
                                    self->item->activity,
                                    kontor_field_by_id (KONTOR_ACTIVITY_TEXT),
                                    &value,
                                    NULL,
                                    _("Entry changed"));
  if (step != NULL)
    kontor_session_commit (self->session, step);
  end_edit (self);
}

static void
edit_left_cb (KontorTimelineRow *self)
{
  save_edit (self);
}

static gboolean
edit_key_pressed_cb (GtkEventControllerKey *controller,
                     guint keyval,
                     guint keycode,
                     GdkModifierType state,
                     KontorTimelineRow *self)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  end_edit (self);
  gtk_widget_grab_focus (self->menu);
  return GDK_EVENT_STOP;
}

static void
edit_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorTimelineRow *self = KONTOR_TIMELINE_ROW (widget);

  if (!can_change (self) || self->editor != NULL)
    return;
  self->editor = KONTOR_FIELD_EDITOR (
    kontor_field_editor_new (self->session, kontor_field_by_id (KONTOR_ACTIVITY_TEXT)));
  kontor_field_editor_load (self->editor, self->item->activity);
  g_signal_connect_object (self->editor,
                           "activate",
                           G_CALLBACK (save_edit),
                           self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->slot, GTK_WIDGET (self->editor));
  gtk_widget_set_visible (GTK_WIDGET (self->slot), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->text), FALSE);
  kontor_widget_grab_focus_soon (GTK_WIDGET (self->editor));
}

/* --- Showing ---------------------------------------------------------------------------------- */

static const char *
find_icon (KontorTimelineRow *self)
{
  if (self->item->kind == KONTOR_TIMELINE_CHANGE)
    return "document-edit-symbolic";
  if (is_kind (self, "call"))
    return "call-start-symbolic";
  if (is_kind (self, "meeting"))
    return "system-users-symbolic";
  if (is_kind (self, "visit"))
    return "mark-location-symbolic";
  if (is_kind (self, "mail"))
    return "mail-unread-symbolic";
  if (is_kind (self, "letter"))
    return "mail-send-symbolic";
  return "text-editor-symbolic";
}

static char *
dup_time (gint64 at)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (at / 1000);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  /* Translators: a time of day, "14:05"; see g_date_time_format() */
  return local != NULL ? g_date_time_format (local, C_("time", "%H:%M")) : g_strdup ("");
}

/* "Ivan · with Ana Trujillo" */
static char *
dup_who (KontorTimelineItem *item)
{
  if (item->with == NULL)
    return g_strdup (item->who);
  if (item->who == NULL)
    /* Translators: of an entry of an organisation: with which of its people */
    return g_strdup_printf (_("with %s"), item->with);
  /* Translators: of an entry: who logged it, with whom it was */
  return g_strdup_printf (_("%s · with %s"), item->who, item->with);
}

static char *
dup_plan_line (KontorTimelineRow *self)
{
  const KontorFieldDef *due = kontor_field_by_id (KONTOR_ACTIVITY_DUE);
  g_autofree char *when = kontor_field_text_short (self->session, self->item->activity, due);
  g_autofree char *who = dup_who (self->item);

  if (*when == '\0')
    return g_steal_pointer (&who);
  if (who == NULL)
    /* Translators: of a task: "due tomorrow" */
    return g_strdup_printf (_("due %s"), when);
  /* Translators: of a task: who does it, until when: "Ivan · due tomorrow" */
  return g_strdup_printf (_("%s · due %s"), who, when);
}

/* A million letters take a second to lay out, and nobody reads them here. */
static char *
clamp_text (const char *text)
{
  const char *end = text;
  guint lines = 0;

  for (guint i = 0; i < TEXT_CHARS && *end != '\0'; i++, end = g_utf8_next_char (end))
    if (*end == '\n' && ++lines == TEXT_LINES)
      break;
  return *end == '\0' ? g_strdup (text) : g_strdup_printf ("%.*s…", (int) (end - text), text);
}

static gboolean
is_overdue (KontorTimelineRow *self)
{
  const char *due = kontor_record_get_text (self->item->activity, KONTOR_ACTIVITY_DUE);
  g_autofree char *today = kontor_session_today (self->session);

  return due != NULL && kontor_timeline_is_open (self->item->activity) && strcmp (due, today) < 0;
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_plan (KontorTimelineRow *self)
{
  KontorRecord *activity = self->item->activity;
  gboolean is_plan = activity != NULL && kontor_timeline_is_plan (activity);
  gboolean is_open = is_plan && kontor_timeline_is_open (activity);
  g_autofree char *label = NULL;

  /* Translators: of a check box: %s is a task */
  label = g_strdup_printf (_("Done: %s"), self->item->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->done),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), !is_plan);
  gtk_widget_set_visible (GTK_WIDGET (self->done), is_plan);
  gtk_widget_set_sensitive (GTK_WIDGET (self->done), can_change (self));
  self->settling = TRUE;
  gtk_check_button_set_active (self->done, is_plan && !is_open);
  self->settling = FALSE;
  set_class (GTK_WIDGET (self->title), "dim-label", is_plan && !is_open);
  set_class (GTK_WIDGET (self->who), "error", is_open && is_overdue (self));
  set_class (GTK_WIDGET (self->who), "dim-label", !is_open || !is_overdue (self));
  /* of a plan without a time nothing happened at any */
  gtk_widget_set_visible (GTK_WIDGET (self->when),
                          !is_open || !kontor_record_is_null (activity, KONTOR_ACTIVITY_AT));
}

static void
show_entry (KontorTimelineRow *self)
{
  KontorTimelineItem *item = self->item;
  gboolean is_change = item->kind == KONTOR_TIMELINE_CHANGE;
  gboolean is_plan = item->activity != NULL && kontor_timeline_is_plan (item->activity);
  g_autofree char *when = dup_time (item->at);
  g_autofree char *full = kontor_instant_format_full (item->at);
  g_autofree char *who = is_plan ? dup_plan_line (self) : dup_who (item);
  g_autofree char *text = item->text != NULL ? clamp_text (item->text) : NULL;

  gtk_stack_set_visible_child_name (self->stack, "entry");
  gtk_image_set_from_icon_name (self->icon, find_icon (self));
  show_plan (self);
  gtk_label_set_text (self->title, item->title);
  gtk_label_set_text (self->when, when);
  kontor_widget_set_tooltip (GTK_WIDGET (self->when), full);
  gtk_label_set_text (self->text, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->text), text != NULL);
  gtk_label_set_text (self->who, who != NULL ? who : "");
  gtk_widget_set_visible (GTK_WIDGET (self->who), who != NULL);
  kontor_entry_files_set_attachments (self->files, self->session, item->attachments);
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "entry.attach",
                                 kontor_timeline_row_get_entry (self) != NULL);
  gtk_widget_set_visible (self->restore, is_change && kontor_timeline_item_can_restore (item));
  gtk_widget_set_visible (self->menu, can_change (self));
  gtk_widget_set_visible (self->pin,
                          item->activity != NULL &&
                            kontor_record_get_integer (item->activity, KONTOR_ACTIVITY_PINNED) !=
                              0);
  set_class (GTK_WIDGET (self), "kontor-change", is_change);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PINNED]);
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_timeline_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KontorTimelineRow *self = KONTOR_TIMELINE_ROW (object);

  if (id == PROP_PINNED)
    g_value_set_boolean (value,
                         self->item != NULL && self->item->activity != NULL &&
                           kontor_record_get_integer (self->item->activity,
                                                      KONTOR_ACTIVITY_PINNED) != 0);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kontor_timeline_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PINNED)
    set_pinned (KONTOR_TIMELINE_ROW (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kontor_timeline_row_dispose (GObject *object)
{
  KontorTimelineRow *self = KONTOR_TIMELINE_ROW (object);

  self->editor = NULL;
  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_TIMELINE_ROW);
  g_clear_object (&self->session);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (kontor_timeline_row_parent_class)->dispose (object);
}

static void
kontor_timeline_row_class_init (KontorTimelineRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kontor_timeline_row_dispose;
  object_class->get_property = kontor_timeline_row_get_property;
  object_class->set_property = kontor_timeline_row_set_property;
  properties[PROP_PINNED] =
    g_param_spec_boolean ("pinned",
                          NULL,
                          NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (KONTOR_TYPE_ENTRY_FILES);
  gtk_widget_class_set_css_name (widget_class, "timelinerow");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH
                                               "/ui/widgets/kontor-timeline-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorTimelineRow, stack);
  gtk_widget_class_bind_template_child (widget_class, KontorTimelineRow, day);
  gtk_widget_class_bind_template_child (widget_class, KontorTimelineRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KontorTimelineRow, done);
  gtk_widget_class_bind_template_child (widget_class, KontorTimelineRow, title);
  gtk_widget_class_bind_template_child (widget_class, KontorTimelineRow, pin);
  gtk_widget_class_bind_template_child (widget_class, KontorTimelineRow, when);
  gtk_widget_class_bind_template_child (widget_class, KontorTimelineRow, text);
  gtk_widget_class_bind_template_child (widget_class, KontorTimelineRow, slot);
  gtk_widget_class_bind_template_child (widget_class, KontorTimelineRow, files);
  gtk_widget_class_bind_template_child (widget_class, KontorTimelineRow, who);
  gtk_widget_class_bind_template_child (widget_class, KontorTimelineRow, restore);
  gtk_widget_class_bind_template_child (widget_class, KontorTimelineRow, menu);
  gtk_widget_class_bind_template_callback (widget_class, done_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_key_pressed_cb);
  gtk_widget_class_install_action (widget_class, "entry.done", NULL, done_activated);
  gtk_widget_class_install_action (widget_class, "entry.edit", NULL, edit_activated);
  gtk_widget_class_install_action (widget_class, "entry.attach", NULL, attach_activated);
  gtk_widget_class_install_action (widget_class, "entry.trash", NULL, trash_activated);
  gtk_widget_class_install_property_action (widget_class, "entry.pinned", "pinned");
}

static void
kontor_timeline_row_init (KontorTimelineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kontor_stack_tell_hidden (self->stack);
  kontor_widget_set_tooltip (GTK_WIDGET (self->done), _("Mark as done"));
  kontor_widget_set_tooltip (self->pin, _("Pinned"));
  kontor_widget_set_tooltip (self->restore, _("Bring back what was there before"));
  kontor_widget_set_tooltip (self->menu, _("Actions for this entry"));
}

/**
 * kontor_timeline_row_new:
 * @session: a session
 *
 * Returns: (transfer full): an empty row
 */
GtkWidget *
kontor_timeline_row_new (KontorSession *session)
{
  KontorTimelineRow *self = g_object_new (KONTOR_TYPE_TIMELINE_ROW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

/**
 * kontor_timeline_row_set_item:
 * @self: a row
 * @item: (nullable): what to show
 */
void
kontor_timeline_row_set_item (KontorTimelineRow *self, KontorTimelineItem *item)
{
  save_edit (self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  switch (item->kind)
    {
    case KONTOR_TIMELINE_DAY:
      gtk_label_set_text (self->day, item->title);
      gtk_stack_set_visible_child_name (self->stack, "day");
      break;
    case KONTOR_TIMELINE_MORE:
      gtk_stack_set_visible_child_name (self->stack, "more");
      break;
    case KONTOR_TIMELINE_ENTRY:
    case KONTOR_TIMELINE_CHANGE:
    default:
      show_entry (self);
      break;
    }
}

/**
 * kontor_timeline_row_find:
 * @widget: (nullable): a widget inside of a row, or that of the list around it
 *
 * Returns: (transfer none) (nullable): the row
 */
KontorTimelineRow *
kontor_timeline_row_find (GtkWidget *widget)
{
  GtkWidget *row =
    widget != NULL ? gtk_widget_get_ancestor (widget, KONTOR_TYPE_TIMELINE_ROW) : NULL;

  if (row == NULL && widget != NULL)
    row = gtk_widget_get_first_child (widget);
  return KONTOR_IS_TIMELINE_ROW (row) ? KONTOR_TIMELINE_ROW (row) : NULL;
}

/**
 * kontor_timeline_row_get_entry:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the entry that files can be attached to
 */
KontorRecord *
kontor_timeline_row_get_entry (KontorTimelineRow *self)
{
  return can_change (self) &&
             kontor_session_can (self->session, &kontor_attachment_type, NULL, KONTOR_RIGHT_WRITE)
           ? self->item->activity
           : NULL;
}

/**
 * kontor_timeline_row_get_title:
 * @self: a row that shows something
 *
 * Returns: (transfer none): "Call · Reached"
 */
const char *
kontor_timeline_row_get_title (KontorTimelineRow *self)
{
  return self->item->title;
}
