/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread looks at the files and stores their contents; the records follow as one step. What can't
 * be attached is told with its name and why, and the others are attached all the same. */
#include "config.h"

#include "kontor-attach.h"

#include "kontor-compat.h"
#include "kontor-error.h"
#include <glib/gi18n.h>
#include <string.h>

/* Shorter work is not shown as a job. */
#define JOB_MS 1000
#define NAME_MAX_CHARS 200

#define FILE_ATTRIBUTES                                                     \
  G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE         \
                                 "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME \
                                 "," G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE

/* One file, or content that is none. */
typedef struct
{
  GFile *file;   /* (nullable) */
  GBytes *bytes; /* (nullable) */
  char *name;
  char *media_type;
  gint64 size;
  char *hash; /* once it is stored */
} Item;

typedef struct
{
  KontorSession *session;
  KontorWorkspace *workspace;
  const KontorRecordType *type;
  KontorId id;
  GPtrArray *items; /* (element-type Item) */
  KontorJob *job;
  guint job_timer;
  gint64 limit;        /* bytes an attachment may have */
  guint64 done, total; /* bytes of all, while they are stored */
  guint n_refused;
} Attaching;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_clear_object (&item->file);
  g_clear_pointer (&item->bytes, g_bytes_unref);
  g_free (item->name);
  g_free (item->media_type);
  g_free (item->hash);
  g_free (item);
}

static void
attaching_free (gpointer data)
{
  Attaching *attaching = data;

  g_clear_handle_id (&attaching->job_timer, g_source_remove);
  g_object_unref (attaching->session);
  g_object_unref (attaching->workspace);
  g_object_unref (attaching->job);
  g_ptr_array_unref (attaching->items);
  g_free (attaching);
}

/* --- On the thread ---------------------------------------------------------------------------- */

/* One line that is no path: what a name may not have is replaced. */
static char *
clean_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autoptr(GString) clean = g_string_new (NULL);
  glong n = 0;

  for (const char *at = valid; *at != '\0' && n < NAME_MAX_CHARS; at = g_utf8_next_char (at), n++)
    {
      gunichar c = g_utf8_get_char (at);

      g_string_append_unichar (clean, g_unichar_iscntrl (c) || c == '/' ? '_' : c);
    }
  g_strstrip (clean->str);
  return g_strdup (*clean->str != '\0' ? clean->str : _("File"));
}

static gboolean
refuse (GError **error, KontorErrorCode code, char *message)
{
  kontor_set_error (error, KONTOR_STORE_ERROR, code, "%s", message);
  g_free (message);
  return FALSE;
}

static gboolean
check_size (const Item *item, gint64 most, GError **error)
{
  g_autofree char *size = NULL;
  g_autofree char *limit = NULL;

  if (item->size <= most)
    return TRUE;
  size = g_format_size ((guint64) item->size);
  limit = g_format_size ((guint64) most);
  return refuse (error,
                 KONTOR_ERROR_LIMIT,
                 /* Translators: name, size, limit of a file: "a.mp4", 2.1 GB, 105 MB */
                 g_strdup_printf (_("“%s” has %s; an attachment may have %s at most."),
                                  item->name,
                                  size,
                                  limit));
}

/* Everything that can be known without opening it: a pipe would keep whoever opens it for ever. */
static gboolean
look_at (Item *item, gint64 limit, GCancellable *cancellable, GError **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GFileInfo) info = NULL;
  const char *content_type;

  if (item->bytes != NULL)
    return check_size (item, limit, error);
  info = g_file_query_info (item->file,
                            FILE_ATTRIBUTES,
                            G_FILE_QUERY_INFO_NONE,
                            cancellable,
                            &local_error);
  if (info == NULL)
    return refuse (error,
                   KONTOR_ERROR_NOT_FOUND,
                   /* Translators: name of a file, and why */
                   g_strdup_printf (_("“%s” can't be read: %s"),
                                    item->name,
                                    local_error->message));
  g_free (item->name);
  item->name = clean_name (g_file_info_get_display_name (info));
  item->size = g_file_info_get_size (info);
  content_type = g_file_info_get_content_type (info);
  if (content_type != NULL)
    item->media_type = g_content_type_get_mime_type (content_type);
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    return refuse (error,
                   KONTOR_ERROR_INVALID,
                   g_strdup_printf (_("“%s” is a folder. Attach the files in it."), item->name));
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return refuse (error,
                   KONTOR_ERROR_INVALID,
                   g_strdup_printf (_("“%s” is a device or a pipe, not a file."), item->name));
  return check_size (item, limit, error);
}

static void
stored_cb (guint64 done, guint64 total, gpointer data)
{
  Attaching *attaching = data;

  kontor_job_report (attaching->done + done, attaching->total, attaching->job);
}

static gboolean
store (Attaching *attaching, Item *item, GCancellable *cancellable, GError **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GInputStream) stream = NULL;
  KontorErrorCode code;

  if (item->bytes != NULL)
    stream = g_memory_input_stream_new_from_bytes (item->bytes);
  else
    stream = G_INPUT_STREAM (g_file_read (item->file, cancellable, &local_error));
  if (stream != NULL)
    item->hash = kontor_workspace_put_blob (attaching->workspace,
                                            stream,
                                            attaching->limit,
                                            &item->size,
                                            stored_cb,
                                            attaching,
                                            cancellable,
                                            &local_error);
  attaching->done += (guint64) item->size;
  if (item->hash != NULL)
    return TRUE;
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  code = local_error->domain == KONTOR_STORE_ERROR ? (KontorErrorCode) local_error->code
                                                   : KONTOR_ERROR_NOT_FOUND;
  return refuse (error,
                 code,
                 g_strdup_printf (_("“%s” can't be read: %s"), item->name, local_error->message));
}

/* Keeps the first reason; counts the rest. Returns FALSE where everything ends. */
static gboolean
note_refusal (Attaching *attaching, GError **first, GError *error)
{
  attaching->n_refused++;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (first);
      *first = error;
      return FALSE;
    }
  if (*first == NULL)
    *first = error;
  else
    g_error_free (error);
  return TRUE;
}

static void
attach_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Attaching *attaching = data;
  g_autoptr(GPtrArray) good = g_ptr_array_new ();
  g_autoptr(GError) first = NULL;
  gboolean goes_on = TRUE;

  attaching->limit = kontor_workspace_get_blob_limit (attaching->workspace);
  for (guint i = 0; i < attaching->items->len && goes_on; i++)
    {
      Item *item = g_ptr_array_index (attaching->items, i);
      GError *error = NULL;

      if (look_at (item, attaching->limit, cancellable, &error))
        {
          g_ptr_array_add (good, item);
          attaching->total += (guint64) item->size;
        }
      else
        goes_on = note_refusal (attaching, &first, error);
    }
  for (guint i = 0; i < good->len && goes_on; i++)
    {
      GError *error = NULL;

      if (!store (attaching, g_ptr_array_index (good, i), cancellable, &error))
        goes_on = note_refusal (attaching, &first, error);
    }
  if (first != NULL)
    g_task_return_error (task, g_steal_pointer (&first));
  else
    g_task_return_boolean (task, TRUE);
}

/* --- On the main thread ----------------------------------------------------------------------- */

static void
add_record (Attaching *attaching, KontorStep *step, const Item *item)
{
  g_autoptr(KontorRecord) draft = kontor_record_new (&kontor_attachment_type, NULL);

  kontor_record_set_text (draft, KONTOR_ATTACHMENT_TARGET_TYPE, attaching->type->name);
  kontor_record_set_link (draft, KONTOR_ATTACHMENT_TARGET, &attaching->id);
  kontor_record_set_text (draft, KONTOR_ATTACHMENT_NAME, item->name);
  if (item->media_type != NULL)
    kontor_record_set_text (draft, KONTOR_ATTACHMENT_MEDIA_TYPE, item->media_type);
  kontor_record_set_integer (draft, KONTOR_ATTACHMENT_SIZE, item->size);
  kontor_record_set_text (draft, KONTOR_ATTACHMENT_HASH, item->hash);
  kontor_step_create (step, draft);
}

/* "2 files attached"; NULL where none is stored. */
static char *
dup_label (Attaching *attaching)
{
  const Item *last = NULL;
  guint n = 0;

  for (guint i = 0; i < attaching->items->len; i++)
    if (((Item *) g_ptr_array_index (attaching->items, i))->hash != NULL)
      {
        last = g_ptr_array_index (attaching->items, i);
        n++;
      }
  if (n == 0)
    return NULL;
  if (n == 1)
    /* Translators: %s is the name of a file */
    return g_strdup_printf (_("“%s” attached"), last->name);
  return g_strdup_printf (ngettext ("%u file attached", "%u files attached", n), n);
}

static void
commit (Attaching *attaching, const char *label)
{
  g_autoptr(KontorStep) step = kontor_step_new (label);

  for (guint i = 0; i < attaching->items->len; i++)
    if (((Item *) g_ptr_array_index (attaching->items, i))->hash != NULL)
      add_record (attaching, step, g_ptr_array_index (attaching->items, i));
  kontor_session_commit (attaching->session, step);
}

static void
tell_refusals (Attaching *attaching, const GError *error)
{
  g_autoptr(GError) whole = NULL;

  if (attaching->n_refused == 1)
    {
      kontor_session_fail (attaching->session, error);
      return;
    }
  /* Translators: the reason why one file was not attached, and how many more there were */
  whole = g_error_new (error->domain,
                       error->code,
                       ngettext ("%s And %u more was not attached.",
                                 "%s And %u more were not attached.",
                                 attaching->n_refused - 1),
                       error->message,
                       attaching->n_refused - 1);
  kontor_session_fail (attaching->session, whole);
}

static void
attached_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Attaching *attaching = g_task_get_task_data (G_TASK (result));
  g_autofree char *label = dup_label (attaching);
  g_autoptr(GError) error = NULL;
  gboolean cancelled;

  g_task_propagate_boolean (G_TASK (result), &error);
  cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  kontor_job_finish (attaching->job,
                     cancelled || label == NULL ? _("Nothing was attached") : label);
  if (cancelled)
    {
      kontor_session_tell (attaching->session, _("Nothing was attached"));
      return;
    }
  if (label != NULL)
    commit (attaching, label);
  if (error != NULL)
    tell_refusals (attaching, error);
}

static gboolean
show_job_cb (gpointer data)
{
  Attaching *attaching = data;

  attaching->job_timer = 0;
  kontor_session_add_job (attaching->session, attaching->job);
  return G_SOURCE_REMOVE;
}

static void
begin (KontorSession *session, KontorRecord *record, GPtrArray *items)
{
  Attaching *attaching = g_new0 (Attaching, 1);
  const Item *first = g_ptr_array_index (items, 0);
  g_autofree char *title = NULL;
  g_autoptr(GTask) task = NULL;

  /* Translators: %s is the name of a file */
  title = items->len == 1
            ? g_strdup_printf (_("Attaching “%s”"), first->name)
            : g_strdup_printf (ngettext ("Attaching %u file", "Attaching %u files", items->len),
                               items->len);
  attaching->session = g_object_ref (session);
  attaching->workspace = g_object_ref (kontor_session_get_workspace (session));
  attaching->type = kontor_record_get_record_type (record);
  attaching->id = *kontor_record_get_id (record);
  attaching->items = g_ptr_array_ref (items);
  attaching->job = kontor_job_new (title);
  attaching->job_timer = g_timeout_add (JOB_MS, show_job_cb, attaching);
  task = g_task_new (NULL, kontor_job_get_cancellable (attaching->job), attached_cb, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, attaching, attaching_free);
  g_task_run_in_thread (task, attach_in_thread);
}

/**
 * kontor_attach_files:
 * @session: a session
 * @record: what it is attached to
 * @files: (element-type GFile): what to attach
 *
 * Attaches files; the window tells how it ended.
 */
void
kontor_attach_files (KontorSession *session, KontorRecord *record, GPtrArray *files)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (item_free);

  if (files->len == 0)
    return;
  if (files->len > KONTOR_ATTACH_MAX)
    {
      g_autoptr(GError) error = NULL;

      kontor_set_error (&error,
                        KONTOR_STORE_ERROR,
                        KONTOR_ERROR_LIMIT,
                        ngettext ("%u file is too many to attach at once; the most is %d.",
                                  "%u files are too many to attach at once; the most is %d.",
                                  files->len),
                        files->len,
                        KONTOR_ATTACH_MAX);
      kontor_session_fail (session, error);
      return;
    }
  for (guint i = 0; i < files->len; i++)
    {
      Item *item = g_new0 (Item, 1);
      g_autofree char *name = NULL;

      item->file = g_object_ref (g_ptr_array_index (files, i));
      name = g_file_get_basename (item->file);
      item->name = clean_name (name != NULL ? name : "");
      g_ptr_array_add (items, item);
    }
  begin (session, record, items);
}

typedef struct
{
  KontorSession *session;
  KontorRecord *record;
} Choice;

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Choice *choice = user_data;
  g_autoptr(GListModel) chosen = kontor_choose_files_finish (result, NULL);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; chosen != NULL && i < g_list_model_get_n_items (chosen); i++)
    g_ptr_array_add (files, g_list_model_get_item (chosen, i));
  kontor_attach_files (choice->session, choice->record, files);
  g_object_unref (choice->session);
  g_object_unref (choice->record);
  g_free (choice);
}

/**
 * kontor_attach_choose:
 * @session: a session
 * @record: what they are attached to
 * @widget: a widget of the window
 *
 * Asks for files and attaches them.
 */
void
kontor_attach_choose (KontorSession *session, KontorRecord *record, GtkWidget *widget)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->session = g_object_ref (session);
  choice->record = g_object_ref (record);
  kontor_choose_files_async (widget,
                             KONTOR_CHOOSE_OPEN_MANY,
                             _("Attach files"),
                             _("_Attach"),
                             NULL,
                             NULL,
                             chosen_cb,
                             choice);
}

/**
 * kontor_attach_bytes:
 * @session: a session
 * @record: what it is attached to
 * @name: name of the attachment
 * @media_type: what it is
 * @bytes: its content
 *
 * Attaches what is no file, as a pasted image.
 */
void
kontor_attach_bytes (KontorSession *session,
                     KontorRecord *record,
                     const char *name,
                     const char *media_type,
                     GBytes *bytes)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (item_free);
  Item *item = g_new0 (Item, 1);

  item->bytes = g_bytes_ref (bytes);
  item->name = clean_name (name);
  item->media_type = g_strdup (media_type);
  item->size = (gint64) g_bytes_get_size (bytes);
  g_ptr_array_add (items, item);
  begin (session, record, items);
}
