/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One copy in several clothes: a table for spreadsheets, cards for address books, text for the
 * rest. */
#include "config.h"

#include "kontor-clipboard.h"

#include "kontor-html-text.h"
#include "kontor-number.h"
#include <glib/gi18n.h>
#include <string.h>

/* --- Copying ---------------------------------------------------------------------------------- */

typedef struct
{
  KontorSession *session;
  GtkWidget *widget;
  KontorQuery *query;
  GArray *rids;
} Copying;

static void
copying_free (gpointer data)
{
  Copying *copying = data;

  g_object_unref (copying->session);
  g_object_unref (copying->widget);
  kontor_query_unref (copying->query);
  g_array_unref (copying->rids);
  g_free (copying);
}

static void
free_copy (gpointer copy)
{
  kontor_copy_free (copy);
}

static void
run_copy (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Copying *copying = data;
  GError *error = NULL;
  KontorCopy *copy = kontor_copy_records (kontor_session_get_workspace (copying->session),
                                          copying->query,
                                          copying->rids,
                                          cancellable,
                                          &error);

  if (copy != NULL)
    g_task_return_pointer (task, copy, free_copy);
  else
    g_task_return_error (task, error);
}

static void
add_format (GPtrArray *providers, const char *mime_type, const char *text)
{
  g_autoptr(GBytes) bytes = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;

  if (bytes != NULL)
    g_ptr_array_add (providers, gdk_content_provider_new_for_bytes (mime_type, bytes));
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Copying *copying = g_task_get_task_data (G_TASK (result));
  g_autoptr(GPtrArray) providers = g_ptr_array_new ();
  g_autoptr(GdkContentProvider) all = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorCopy) copy = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;

  if (copy == NULL)
    {
      kontor_session_fail (copying->session, error);
      return;
    }
  add_format (providers, "text/html", copy->html);
  add_format (providers, "text/vcard", copy->cards);
  add_format (providers, "text/x-vcard", copy->cards);
  add_format (providers, "text/tab-separated-values", copy->tsv);
  add_format (providers, "text/plain;charset=utf-8", copy->tsv);
  add_format (providers, "text/plain", copy->tsv);
  all = gdk_content_provider_new_union ((GdkContentProvider **) providers->pdata, providers->len);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (copying->widget), all);
  number = kontor_integer_format (copy->n);
  text = g_strdup_printf (ngettext ("%s record copied", "%s records copied", copy->n), number);
  kontor_session_tell (copying->session, text);
}

/**
 * kontor_clipboard_copy:
 * @session: a session
 * @widget: a widget of the window it is copied from
 * @query: type, order and columns
 * @rids: (element-type gint64): which records
 *
 * Puts them into the clipboard: as a table, and as vCards where they can be. The window tells how
 * it ended.
 */
void
kontor_clipboard_copy (KontorSession *session, GtkWidget *widget, KontorQuery *query, GArray *rids)
{
  g_autoptr(GTask) task = g_task_new (session, NULL, copied_cb, NULL);
  Copying *copying = g_new0 (Copying, 1);

  copying->session = g_object_ref (session);
  copying->widget = g_object_ref (widget);
  copying->query = kontor_query_ref (query);
  copying->rids = g_array_ref (rids);
  g_task_set_task_data (task, copying, copying_free);
  g_task_run_in_thread (task, run_copy);
}

/* --- Pasting ---------------------------------------------------------------------------------- */

static const char *const rich_types[] = { "text/vcard",
                                          "text/x-vcard",
                                          "text/directory",
                                          "text/html",
                                          NULL };

/**
 * kontor_pasted_free:
 * @pasted: (transfer full) (nullable): what was pasted
 */
void
kontor_pasted_free (KontorPasted *pasted)
{
  if (pasted == NULL)
    return;
  g_clear_pointer (&pasted->bytes, g_bytes_unref);
  kontor_signature_free (pasted->signature);
  g_free (pasted);
}

static void
free_pasted (gpointer pasted)
{
  kontor_pasted_free (pasted);
}

static KontorPasted *
look_at_text (const char *text)
{
  KontorPasted *pasted = g_new0 (KontorPasted, 1);

  pasted->kind = kontor_paste_find_kind (text);
  if (pasted->kind == KONTOR_PASTE_TEXT)
    pasted->signature = kontor_signature_parse (text);
  /* lines of a signature may look like a table */
  else if (pasted->kind != KONTOR_PASTE_NOTHING)
    pasted->bytes = g_bytes_new (text, strlen (text));
  return pasted;
}

static KontorPasted *
look_at_html (const char *html, gsize length)
{
  g_autofree char *csv = kontor_html_table_to_csv (html, length);
  g_autofree char *text = NULL;
  g_autoptr(KontorSignature) signature = NULL;
  KontorPasted *pasted;

  if (csv == NULL)
    {
      text = kontor_html_to_text (html, length);
      signature = kontor_signature_parse (text);
    }
  else if (length < KONTOR_SIGNATURE_MAX_BYTES)
    {
      /* signatures are often laid out by a table */
      text = kontor_html_to_text (html, length);
      signature = kontor_signature_parse (text);
    }
  if (csv == NULL && signature == NULL)
    return NULL;
  pasted = g_new0 (KontorPasted, 1);
  pasted->kind = csv != NULL ? KONTOR_PASTE_TABLE : KONTOR_PASTE_TEXT;
  pasted->bytes = csv != NULL ? g_bytes_new (csv, strlen (csv)) : NULL;
  pasted->signature = g_steal_pointer (&signature);
  return pasted;
}

static void read_text (GTask *task);

/* What was in the clipboard may be immense: it is looked at on a thread. */
typedef struct
{
  const char *mime_type; /* interned; NULL: plain text */
  GBytes *bytes;
} Content;

static void
content_free (gpointer data)
{
  Content *content = data;

  g_clear_pointer (&content->bytes, g_bytes_unref);
  g_free (content);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Content *content = data;
  gsize length;
  const char *text = g_bytes_get_data (content->bytes, &length);
  KontorPasted *pasted;

  if (content->mime_type == NULL)
    {
      g_task_return_pointer (task, look_at_text (text), free_pasted);
      return;
    }
  if (g_str_equal (content->mime_type, "text/html"))
    {
      g_task_return_pointer (task, look_at_html (text, length), free_pasted);
      return;
    }
  pasted = g_new0 (KontorPasted, 1);
  pasted->kind = KONTOR_PASTE_CARDS;
  pasted->bytes = g_bytes_ref (content->bytes);
  g_task_return_pointer (task, pasted, free_pasted);
}

/* @task ends with what there is, or the plain text is asked for. */
static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  const Content *content = g_task_get_task_data (G_TASK (result));
  KontorPasted *pasted = g_task_propagate_pointer (G_TASK (result), NULL);

  if (pasted != NULL || content->mime_type == NULL)
    g_task_return_pointer (task, pasted, free_pasted);
  else
    read_text (task);
}

static void
look_at (GTask *task, const char *mime_type, GBytes *bytes)
{
  g_autoptr(GTask) look = g_task_new (NULL, NULL, looked_cb, g_object_ref (task));
  Content *content = g_new0 (Content, 1);

  content->mime_type = mime_type;
  content->bytes = bytes;
  g_task_set_task_data (look, content, content_free);
  g_task_run_in_thread (look, look_in_thread);
}

static void
text_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (text == NULL)
    text = g_strdup ("");
  /* with its end: it is looked at as a string */
  look_at (task, NULL, g_bytes_new_take (text, strlen (text) + 1));
}

static void
read_text (GTask *task)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (g_task_get_source_object (task));

  gdk_clipboard_read_text_async (clipboard,
                                 g_task_get_cancellable (task),
                                 text_read_cb,
                                 g_object_ref (task));
}

static void
rich_spliced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  const char *mime_type = g_task_get_task_data (task);
  GMemoryOutputStream *out = G_MEMORY_OUTPUT_STREAM (source);
  gssize length = g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, NULL);

  if (length > 0)
    look_at (task, mime_type, g_memory_output_stream_steal_as_bytes (out));
  else
    read_text (task);
}

static void
rich_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  const char *mime_type = NULL;
  g_autoptr(GInputStream) stream =
    gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, &mime_type, NULL);
  g_autoptr(GOutputStream) out = NULL;

  if (stream == NULL)
    {
      read_text (task);
      return;
    }
  out = g_memory_output_stream_new_resizable ();
  g_task_set_task_data (task, (gpointer) g_intern_string (mime_type), NULL);
  g_output_stream_splice_async (out,
                                stream,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE |
                                  G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT,
                                NULL,
                                rich_spliced_cb,
                                g_object_ref (task));
}

static gboolean
has_rich_type (GdkClipboard *clipboard)
{
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  for (guint i = 0; rich_types[i] != NULL; i++)
    if (gdk_content_formats_contain_mime_type (formats, rich_types[i]))
      return TRUE;
  return FALSE;
}

/**
 * kontor_clipboard_paste_async:
 * @widget: a widget of the window it is pasted into
 * @callback: called with @widget when the clipboard was looked at
 * @user_data: for @callback
 */
void
kontor_clipboard_paste_async (GtkWidget *widget, GAsyncReadyCallback callback, gpointer user_data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GTask *task = g_task_new (widget, NULL, callback, user_data);

  if (has_rich_type (clipboard))
    gdk_clipboard_read_async (clipboard,
                              (const char **) rich_types,
                              G_PRIORITY_DEFAULT,
                              NULL,
                              rich_read_cb,
                              g_object_ref (task));
  else
    read_text (task);
  g_object_unref (task);
}

/**
 * kontor_clipboard_paste_finish:
 * @result: what the callback was given
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): what the clipboard has, or %NULL with @error set
 */
KontorPasted *
kontor_clipboard_paste_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
