/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes into the window: files opened and dropped, one assistant after another, and what is
 * pasted. */
#include "config.h"

#include "kontor-window-private.h"

#include "kontor-clipboard.h"
#include "kontor-import-window.h"
#include "kontor-number.h"
#include <glib/gi18n.h>
#include <string.h>

/* More files at once are most likely a mistake, and nobody would look at so many assistants. */
#define MAX_FILES 100

/* --- One assistant after another -------------------------------------------------------------- */

static void open_next (KontorWindow *self);

static void
continue_cb (gpointer data)
{
  g_autoptr(KontorWindow) self = data;

  if (self->session != NULL)
    kontor_window_continue_imports (self);
}

/* The next one comes when the one before is gone altogether. */
static void
assistant_gone_cb (KontorWindow *self)
{
  self->assistant = NULL;
  if (!g_queue_is_empty (&self->imports))
    g_idle_add_once (continue_cb, g_object_ref (self));
}

static KontorImportWindow *
create_assistant (KontorWindow *self)
{
  GtkWidget *assistant = kontor_import_window_new (self->session);

  gtk_window_set_transient_for (GTK_WINDOW (assistant), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (assistant));
  return KONTOR_IMPORT_WINDOW (assistant);
}

static void
open_next (KontorWindow *self)
{
  g_autoptr(GFile) file = g_queue_pop_head (&self->imports);

  self->assistant = create_assistant (self);
  g_signal_connect_object (self->assistant,
                           "destroy",
                           G_CALLBACK (assistant_gone_cb),
                           self,
                           G_CONNECT_SWAPPED);
  kontor_import_window_open (self->assistant, file);
}

/**
 * kontor_window_continue_imports:
 * @self: a window whose workspace is open
 *
 * Opens the first file that waits, unless another one is being looked at.
 */
void
kontor_window_continue_imports (KontorWindow *self)
{
  if (self->assistant == NULL && !g_queue_is_empty (&self->imports))
    open_next (self);
}

/**
 * kontor_window_import:
 * @self: a window
 * @file: (nullable): a file, or none to ask for one
 *
 * Opens the import assistant; while the workspace is not open yet, once it is. Further files wait
 * for the first.
 */
void
kontor_window_import (KontorWindow *self, GFile *file)
{
  if (file != NULL)
    g_queue_push_tail (&self->imports, g_object_ref (file));
  if (self->session == NULL)
    return;
  if (file == NULL)
    create_assistant (self);
  else
    kontor_window_continue_imports (self);
}

/* --- Files dropped ---------------------------------------------------------------------------- */

static gboolean
can_import (GFile *file)
{
  static const char *const suffixes[] = { ".csv",  ".tsv",   ".txt",    ".vcf", ".vcard",
                                          ".json", ".jsonl", ".ndjson", NULL };
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *lower = name != NULL ? g_ascii_strdown (name, -1) : NULL;

  for (guint i = 0; lower != NULL && suffixes[i] != NULL; i++)
    if (g_str_has_suffix (lower, suffixes[i]))
      return TRUE;
  return FALSE;
}

typedef struct
{
  guint n;        /* files that can be imported */
  GFile *refused; /* (nullable) borrowed: the first that can't */
  gboolean too_many;
} Dropped;

static Dropped
look_at_files (GSList *files)
{
  Dropped dropped = { 0 };
  guint n = 0;

  for (GSList *l = files; l != NULL && !dropped.too_many; l = l->next)
    {
      dropped.too_many = ++n > MAX_FILES;
      if (can_import (l->data))
        dropped.n++;
      else if (dropped.refused == NULL)
        dropped.refused = l->data;
    }
  return dropped;
}

/* What would be done with them, or why nothing. */
static char *
describe_files (const Dropped *dropped)
{
  g_autofree char *number = kontor_integer_format (dropped->too_many ? MAX_FILES : dropped->n);
  g_autofree char *name = NULL;

  if (dropped->too_many)
    return g_strdup_printf (ngettext ("At most %s file can be imported at once",
                                      "At most %s files can be imported at once",
                                      MAX_FILES),
                            number);
  if (dropped->n > 0)
    return g_strdup_printf (ngettext ("Import %s file", "Import %s files", dropped->n), number);
  name = dropped->refused != NULL ? g_file_get_basename (dropped->refused) : NULL;
  if (name == NULL)
    return g_strdup (_("Import files"));
  return g_strdup_printf (_("“%s” can't be imported: drop tables (CSV), JSON lines or vCards"),
                          name);
}

/**
 * kontor_window_import_files:
 * @self: a window
 * @files: (element-type GFile): files
 *
 * Opens the assistant with each that can be imported, one after another; says why not with others.
 */
void
kontor_window_import_files (KontorWindow *self, GSList *files)
{
  Dropped dropped = look_at_files (files);

  if (dropped.too_many || (dropped.n == 0 && dropped.refused != NULL))
    {
      g_autofree char *why = describe_files (&dropped);

      kontor_window_toast (self, why);
      return;
    }
  for (GSList *l = files; l != NULL; l = l->next)
    if (can_import (l->data))
      kontor_window_import (self, l->data);
}

static void
show_frame (KontorWindow *self, const char *words)
{
  gtk_widget_set_visible (self->drop_frame, words != NULL && !self->drop_taken);
  if (words != NULL)
    gtk_label_set_text (self->drop_label, words);
}

/* Before the files are known only that there are some. */
static void
show_hovering (KontorWindow *self, GtkDropTarget *target)
{
  const GValue *value = gtk_drop_target_get_value (target);
  Dropped dropped = { 0 };
  g_autofree char *words = NULL;

  if (value != NULL && G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    dropped = look_at_files (g_value_get_boxed (value));
  words = describe_files (&dropped);
  show_frame (self, words);
}

static GdkDragAction
drag_entered_cb (GtkDropTarget *target, double x, double y, KontorWindow *self)
{
  if (self->session == NULL)
    return 0;
  self->drop_target = target;
  show_hovering (self, target);
  return GDK_ACTION_COPY;
}

static void
drag_left_cb (GtkDropTarget *target, KontorWindow *self)
{
  self->drop_target = NULL;
  show_frame (self, NULL);
}

static void
value_known_cb (GtkDropTarget *target, GParamSpec *pspec, KontorWindow *self)
{
  if (self->drop_target != NULL && gtk_drop_target_get_value (target) != NULL)
    show_hovering (self, target);
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, KontorWindow *self)
{
  self->drop_target = NULL;
  show_frame (self, NULL);
  if (self->session == NULL || !G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  kontor_window_import_files (self, g_value_get_boxed (value));
  return TRUE;
}

/* A page says that it takes what hovers over it, or no longer: only one of both says so. */
static void
drop_taken_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);

  self->drop_taken = g_variant_get_boolean (parameter);
  if (self->drop_taken)
    gtk_widget_set_visible (self->drop_frame, FALSE);
  else if (self->drop_target != NULL)
    show_hovering (self, self->drop_target);
}

/**
 * kontor_window_set_up_drop:
 * @self: a new window
 *
 * Takes files anywhere. A page that takes files itself has them first: this target is asked after
 * those of the widgets within.
 */
void
kontor_window_set_up_drop (KontorWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_BUBBLE);
  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect (target, "enter", G_CALLBACK (drag_entered_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (drag_left_cb), self);
  g_signal_connect (target, "notify::value", G_CALLBACK (value_known_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* --- The clipboard ---------------------------------------------------------------------------- */

static void
copy_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  g_autoptr(GArray) rids = NULL;
  g_autoptr(KontorQuery) query = kontor_window_parse_records (self, parameter, &rids);

  if (query != NULL && rids != NULL)
    kontor_clipboard_copy (self->session, widget, query, rids);
}

static void
open_pasted (KontorWindow *self, const KontorPasted *pasted)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (pasted->bytes);
  const char *name =
    /* Translators: what is imported, instead of the name of a file */
    pasted->kind == KONTOR_PASTE_CARDS ? _("pasted cards") : _("pasted rows");

  kontor_import_window_open_stream (create_assistant (self), stream, name);
}

static void
create_person (KontorWindow *self, const KontorSignature *signature)
{
  const KontorNewPartyTexts texts = { .name = signature->name,
                                      .account = signature->company,
                                      .position = signature->position,
                                      .phone = signature->phone,
                                      .mobile = g_strcmp0 (signature->phone, signature->mobile) != 0
                                                  ? signature->mobile
                                                  : NULL,
                                      .fax = signature->fax,
                                      .mail = signature->mail,
                                      .web = signature->web,
                                      .street = signature->street,
                                      .postcode = signature->postcode,
                                      .city = signature->city };

  kontor_window_show_area (self, "contacts");
  kontor_contacts_area_create_person (self->contacts, &texts);
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorWindow *self = KONTOR_WINDOW (source);
  gboolean wants_person = GPOINTER_TO_INT (user_data);
  g_autoptr(KontorPasted) pasted = kontor_clipboard_paste_finish (result, NULL);

  if (self->contacts == NULL || self->session == NULL || pasted == NULL)
    return;
  if (pasted->signature != NULL && (wants_person || pasted->kind == KONTOR_PASTE_TEXT))
    create_person (self, pasted->signature);
  else if (pasted->bytes != NULL && !wants_person)
    open_pasted (self, pasted);
  else if (wants_person)
    kontor_window_toast (self, _("Copy a signature first: a name with a number or an address"));
  else
    kontor_window_toast (self, _("Nothing to paste: copy rows, cards or a signature first"));
}

static void
paste_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);

  if (self->contacts != NULL)
    kontor_clipboard_paste_async (widget,
                                  pasted_cb,
                                  GINT_TO_POINTER (g_str_equal (name, "win.new-from-text")));
}

/* --- What came -------------------------------------------------------------------------------- */

static void
show_view_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  g_autofree char *view = g_strconcat ("saved:", g_variant_get_string (parameter, NULL), NULL);

  if (self->contacts == NULL)
    return;
  kontor_window_show_area (self, "contacts");
  kontor_contacts_area_show_view (self->contacts, view);
  gtk_widget_grab_focus (GTK_WIDGET (self->contacts));
}

void
kontor_window_install_import (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, KontorWindow, drop_frame);
  gtk_widget_class_bind_template_child (klass, KontorWindow, drop_label);
  gtk_widget_class_install_action (klass, "win.copy-records", "(sax)", copy_activated);
  gtk_widget_class_install_action (klass, "win.drop-taken", "b", drop_taken_activated);
  gtk_widget_class_install_action (klass, "win.paste", NULL, paste_activated);
  gtk_widget_class_install_action (klass, "win.new-from-text", NULL, paste_activated);
  gtk_widget_class_install_action (klass, "win.show-view", "s", show_view_activated);
}
