/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is dropped or pasted on a page: files and pictures are attached, text becomes a note. Tables
 * and address cards are left to the window, which imports them. */
#include "config.h"

#include "kontor-party-page-private.h"

#include "kontor-attach.h"
#include "kontor-timeline-row.h"
#include <glib/gi18n.h>

/* --- Which files ------------------------------------------------------------------------------ */

static gboolean
is_for_import (GFile *file)
{
  static const char *const suffixes[] = { ".csv", ".tsv", ".vcf", ".jsonl" };
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *folded = name != NULL ? g_ascii_strdown (name, -1) : g_strdup ("");

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (folded, suffixes[i]))
      return TRUE;
  return FALSE;
}

static GPtrArray *
list_files (const GValue *value)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  GSList *list = g_value_get_boxed (value);

  for (GSList *l = list; l != NULL; l = l->next)
    g_ptr_array_add (files, g_object_ref (l->data));
  return files;
}

/* One file that is none of these makes it a matter of the page. */
static gboolean
is_of_window (const GValue *value)
{
  GSList *list = G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) ? g_value_get_boxed (value) : NULL;

  for (GSList *l = list; l != NULL; l = l->next)
    if (!is_for_import (l->data))
      return FALSE;
  return list != NULL;
}

/* --- Pictures --------------------------------------------------------------------------------- */

typedef struct
{
  KontorPartyPage *self;
  KontorRecord *record;
  char *name;
} Picture;

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  g_object_unref (picture->self);
  g_object_unref (picture->record);
  g_free (picture->name);
  g_free (picture);
}

static void
encode_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task,
                         gdk_texture_save_to_png_bytes (data),
                         (GDestroyNotify) g_bytes_unref);
}

static void
encoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Picture *picture = user_data;
  g_autoptr(GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  if (bytes != NULL && picture->self->session != NULL)
    kontor_attach_bytes (picture->self->session,
                         picture->record,
                         picture->name,
                         "image/png",
                         bytes);
  picture_free (picture);
}

/* "2026-03-12 14-05-00" */
static char *
dup_stamp (KontorPartyPage *self)
{
  g_autoptr(GDateTime) now =
    g_date_time_new_from_unix_local (kontor_session_now (self->session) / 1000);

  return g_date_time_format (now, "%Y-%m-%d %H-%M-%S");
}

static void
attach_texture (KontorPartyPage *self, KontorRecord *to, GdkTexture *texture)
{
  g_autofree char *time = dup_stamp (self);
  Picture *picture = g_new0 (Picture, 1);
  g_autoptr(GTask) task = NULL;

  picture->self = g_object_ref (self);
  picture->record = g_object_ref (to);
  /* Translators: name of a file; %s is a time, "2026-03-12 14-05-00" */
  picture->name = g_strdup_printf (_("Picture %s.png"), time);
  task = g_task_new (NULL, NULL, encoded_cb, picture);
  g_task_set_task_data (task, g_object_ref (texture), g_object_unref);
  g_task_run_in_thread (task, encode_in_thread);
}

/* --- Texts ------------------------------------------------------------------------------------ */

static gboolean
can_attach (KontorPartyPage *self)
{
  return self->record != NULL && kontor_attachment_section_can_add (self->attachments);
}

/* A note where one may be so long, else a file. */
void
kontor_party_page_take_text (KontorPartyPage *self, const char *text)
{
  g_autofree char *time = NULL;
  g_autofree char *name = NULL;
  g_autoptr(GBytes) bytes = NULL;

  if (!can_attach (self))
    return;
  if ((gint64) strlen (text) <= kontor_field_max_length (kontor_field_by_id (KONTOR_ACTIVITY_TEXT)))
    {
      kontor_timeline_log_text (self->timeline, text);
      return;
    }
  time = dup_stamp (self);
  /* Translators: name of a file; %s is a time, "2026-03-12 14-05-00" */
  name = g_strdup_printf (_("Text %s.txt"), time);
  bytes = g_bytes_new (text, strlen (text));
  kontor_attach_bytes (self->session, self->record, name, "text/plain", bytes);
}

/* @entry: (nullable): the entry that files are for */
static gboolean
take_value (KontorPartyPage *self, KontorRecord *entry, const GValue *value)
{
  KontorRecord *to = entry != NULL ? entry : self->record;

  if (!can_attach (self))
    return FALSE;
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      g_autoptr(GPtrArray) files = list_files (value);

      kontor_attach_files (self->session, to, files);
      return TRUE;
    }
  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    {
      attach_texture (self, to, g_value_get_object (value));
      return TRUE;
    }
  if (G_VALUE_HOLDS_STRING (value) && g_value_get_string (value) != NULL)
    {
      kontor_party_page_take_text (self, g_value_get_string (value));
      return TRUE;
    }
  return FALSE;
}

/* --- Dropping --------------------------------------------------------------------------------- */

static gboolean
is_for_files (GtkDropTarget *target)
{
  gsize n;
  const GType *types = gtk_drop_target_get_gtypes (target, &n);

  return n > 0 && types[0] == GDK_TYPE_FILE_LIST;
}

/* The entry below, whose files they would be; a text is a note of its own. */
static KontorTimelineRow *
find_row_at (KontorPartyPage *self, GtkDropTarget *target, double x, double y)
{
  GtkWidget *below;
  KontorTimelineRow *row;
  double at_x, at_y;

  if (!is_for_files (target) || !gtk_widget_translate_coordinates (GTK_WIDGET (self),
                                                                   GTK_WIDGET (self->timeline),
                                                                   x,
                                                                   y,
                                                                   &at_x,
                                                                   &at_y))
    return NULL;
  below = gtk_widget_pick (GTK_WIDGET (self->timeline), at_x, at_y, GTK_PICK_DEFAULT);
  row = kontor_timeline_row_find (below);
  return row != NULL && kontor_timeline_row_get_entry (row) != NULL ? row : NULL;
}

/* It may be gone from the list by now. */
static void
mark_row (KontorPartyPage *self, KontorTimelineRow *row)
{
  GtkWidget *marked = self->drop_row;

  if (marked == (GtkWidget *) row)
    return;
  if (marked != NULL)
    gtk_widget_remove_css_class (marked, "kontor-entry-drop");
  g_set_weak_pointer (&self->drop_row, (GtkWidget *) row);
  if (row != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (row), "kontor-entry-drop");
}

static void
show_frame (KontorPartyPage *self, gboolean shown, KontorTimelineRow *row)
{
  g_autofree char *title = self->record != NULL ? kontor_record_dup_title (self->record) : NULL;
  g_autofree char *text = NULL;

  if (shown && title != NULL)
    {
      if (row != NULL)
        /* Translators: while files are dragged over an entry of a timeline, "Call · Reached" */
        text =
          g_strdup_printf (_("Attach to the entry “%s”"), kontor_timeline_row_get_title (row));
      else
        /* Translators: while files are dragged over the page of the person that is named */
        text = g_strdup_printf (_("Attach to %s"), title);
      gtk_label_set_text (self->drop_label, text);
    }
  /* what is below must be seen where it is what is meant */
  if (row != NULL)
    gtk_widget_add_css_class (self->drop_frame, "kontor-clear");
  else
    gtk_widget_remove_css_class (self->drop_frame, "kontor-clear");
  gtk_widget_set_halign (GTK_WIDGET (self->drop_label),
                         row != NULL ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  gtk_widget_set_valign (GTK_WIDGET (self->drop_label),
                         row != NULL ? GTK_ALIGN_END : GTK_ALIGN_FILL);
  gtk_widget_set_visible (self->drop_frame, shown);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.drop-taken", "b", shown);
  mark_row (self, shown ? row : NULL);
}

static GdkDragAction
entered_cb (GtkDropTarget *target, double x, double y, KontorPartyPage *self)
{
  if (!can_attach (self))
    {
      gtk_drop_target_reject (target);
      return 0;
    }
  show_frame (self, TRUE, find_row_at (self, target, x, y));
  return GDK_ACTION_COPY;
}

static GdkDragAction
moved_cb (GtkDropTarget *target, double x, double y, KontorPartyPage *self)
{
  show_frame (self, TRUE, find_row_at (self, target, x, y));
  return GDK_ACTION_COPY;
}

static void
left_cb (GtkDropTarget *target, KontorPartyPage *self)
{
  show_frame (self, FALSE, NULL);
}

/* What it is becomes known while it hovers. */
static void
value_known_cb (GtkDropTarget *target, GParamSpec *pspec, KontorPartyPage *self)
{
  const GValue *value = gtk_drop_target_get_value (target);

  if (value == NULL || !is_of_window (value))
    return;
  show_frame (self, FALSE, NULL);
  gtk_drop_target_reject (target);
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, KontorPartyPage *self)
{
  KontorTimelineRow *row = find_row_at (self, target, x, y);

  show_frame (self, FALSE, NULL);
  return take_value (self, row != NULL ? kontor_timeline_row_get_entry (row) : NULL, value);
}

static void
add_target (KontorPartyPage *self, GType *types, gsize n_types, GtkPropagationPhase phase)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, n_types);
  gtk_drop_target_set_preload (target, TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), phase);
  g_signal_connect (target, "enter", G_CALLBACK (entered_cb), self);
  g_signal_connect (target, "motion", G_CALLBACK (moved_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (left_cb), self);
  g_signal_connect (target, "notify::value", G_CALLBACK (value_known_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* --- Pasting ---------------------------------------------------------------------------------- */

typedef struct
{
  KontorPartyPage *self;
  KontorRecord *entry; /* (nullable) */
} Paste;

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Paste *paste = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value != NULL && paste->self->session != NULL)
    take_value (paste->self, paste->entry, value);
  g_object_unref (paste->self);
  g_clear_object (&paste->entry);
  g_free (paste);
}

static Paste *
paste_new (KontorPartyPage *self, GtkWidget *focus)
{
  KontorTimelineRow *row = kontor_timeline_row_find (focus);
  Paste *paste = g_new0 (Paste, 1);

  paste->self = g_object_ref (self);
  if (row != NULL && kontor_timeline_row_get_entry (row) != NULL)
    paste->entry = g_object_ref (kontor_timeline_row_get_entry (row));
  return paste;
}

static GType
pasted_type (GdkContentFormats *formats, gboolean is_editing)
{
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    return GDK_TYPE_FILE_LIST;
  if (gdk_content_formats_contain_gtype (formats, G_TYPE_STRING))
    return is_editing ? G_TYPE_INVALID : G_TYPE_STRING;
  return gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) ? GDK_TYPE_TEXTURE
                                                                       : G_TYPE_INVALID;
}

/* Ctrl+V, before a text takes it: files have a path for text, which nobody wants in a note. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KontorPartyPage *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean is_editing = GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus);
  GType type;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != GDK_CONTROL_MASK ||
      (keyval != GDK_KEY_v && keyval != GDK_KEY_Cyrillic_em) || !can_attach (self))
    return GDK_EVENT_PROPAGATE;
  type = pasted_type (gdk_clipboard_get_formats (clipboard), is_editing);
  if (type == G_TYPE_INVALID)
    return GDK_EVENT_PROPAGATE;
  gdk_clipboard_read_value_async (clipboard,
                                  type,
                                  G_PRIORITY_DEFAULT,
                                  NULL,
                                  pasted_cb,
                                  paste_new (self, focus));
  return GDK_EVENT_STOP;
}

void
kontor_party_page_take_drops (KontorPartyPage *self)
{
  GType files[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };
  GType texts[] = { G_TYPE_STRING };
  GtkEventController *keys = gtk_event_controller_key_new ();

  /* files before the texts of the page, which would take their paths */
  add_target (self, files, G_N_ELEMENTS (files), GTK_PHASE_CAPTURE);
  add_target (self, texts, G_N_ELEMENTS (texts), GTK_PHASE_BUBBLE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
