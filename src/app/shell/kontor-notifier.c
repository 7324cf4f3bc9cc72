/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread with a main context of its own owns all of libnotify; what is pressed in a notification
 * comes back to the main thread. */
#include "config.h"

#include "kontor-notifier.h"

#include "kontor-job.h"
#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <libnotify/notify.h>

#define WATCHED_KEY "kontor-notifier"

typedef struct
{
  char *title;
  char *body;
} News;

/* --- On the thread ---------------------------------------------------------------------------- */

static gpointer
run_thread (gpointer data)
{
  g_autoptr(GMainContext) context = data;
  g_autoptr(GMainLoop) loop = g_main_loop_new (context, FALSE);

  g_main_context_push_thread_default (context);
  g_main_loop_run (loop);
  g_main_context_pop_thread_default (context);
  return NULL;
}

static GMainContext *
get_context (void)
{
  static gsize context;

  if (g_once_init_enter (&context))
    {
      GMainContext *made = g_main_context_new ();

      g_thread_unref (g_thread_new ("notifications", run_thread, g_main_context_ref (made)));
      g_once_init_leave (&context, (gsize) made);
    }
  return (GMainContext *) context;
}

static gboolean
activate_cb (gpointer data)
{
  GApplication *application = g_application_get_default ();

  if (application != NULL)
    g_application_activate (application);
  return G_SOURCE_REMOVE;
}

static void
pressed_cb (NotifyNotification *notification, char *action, gpointer data)
{
  g_main_context_invoke (NULL, activate_cb, NULL);
}

static void
closed_cb (NotifyNotification *notification, gpointer data)
{
  g_object_unref (notification);
}

static gboolean
show_cb (gpointer data)
{
  const News *news = data;
  g_autofree char *markup = g_markup_escape_text (news->body, -1);
  g_autoptr(GError) error = NULL;
  NotifyNotification *notification;

  if (!notify_is_initted () && !notify_init ("Kontor"))
    return G_SOURCE_REMOVE;
  notification = notify_notification_new (news->title, markup, KONTOR_APP_ID);
  notify_notification_set_hint (notification,
                                "desktop-entry",
                                g_variant_new_string (KONTOR_APP_ID));
  notify_notification_add_action (notification, "default", _("Open"), pressed_cb, NULL, NULL);
  g_signal_connect (notification, "closed", G_CALLBACK (closed_cb), NULL);
  if (!notify_notification_show (notification, &error))
    {
      g_info ("No notification: %s", error->message);
      g_object_unref (notification);
    }
  return G_SOURCE_REMOVE;
}

static void
news_free (gpointer data)
{
  News *news = data;

  g_free (news->title);
  g_free (news->body);
  g_free (news);
}

/* --- For the main thread ---------------------------------------------------------------------- */

/**
 * kontor_notifier_show:
 * @title: first line
 * @body: what happened, plain text
 *
 * Shows a notification that brings Kontor to the front. Without a daemon nothing happens.
 */
void
kontor_notifier_show (const char *title, const char *body)
{
  News *news = g_new0 (News, 1);

  news->title = g_strdup (title);
  news->body = g_strdup (body);
  g_main_context_invoke_full (get_context (), G_PRIORITY_DEFAULT, show_cb, news, news_free);
}

static gboolean
is_window_active (void)
{
  GApplication *application = g_application_get_default ();
  GList *windows =
    application != NULL ? gtk_application_get_windows (GTK_APPLICATION (application)) : NULL;

  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_window_is_active (l->data))
      return TRUE;
  return FALSE;
}

/* Who looks at a window sees it there. */
static void
job_finished_cb (KontorJob *job)
{
  if (kontor_job_get_outcome (job) != NULL && !is_window_active ())
    kontor_notifier_show (kontor_job_get_title (job), kontor_job_get_outcome (job));
}

static void
jobs_changed_cb (GListModel *jobs, guint position, guint removed, guint added, gpointer data)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr(KontorJob) job = g_list_model_get_item (jobs, position + i);

      g_signal_connect (job, "notify::finished", G_CALLBACK (job_finished_cb), NULL);
    }
}

/**
 * kontor_notifier_watch_jobs:
 * @jobs: a list of #KontorJob
 *
 * Has the end of those that nobody watches notified, also when all windows are closed.
 */
void
kontor_notifier_watch_jobs (GListModel *jobs)
{
  if (g_object_get_data (G_OBJECT (jobs), WATCHED_KEY) != NULL)
    return;
  g_object_set_data (G_OBJECT (jobs), WATCHED_KEY, GINT_TO_POINTER (TRUE));
  g_signal_connect (jobs, "items-changed", G_CALLBACK (jobs_changed_cb), NULL);
}
