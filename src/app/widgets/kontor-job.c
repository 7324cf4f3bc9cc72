/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Progress is noted by the thread that works and shown by the main loop, some ten times a second.
 */
#include "config.h"

#include "kontor-job.h"

#include "kontor-number.h"
#include <glib/gi18n.h>

#define TICK_MS 100
/* An estimate of the time left is worth nothing before. */
#define ESTIMATE_SECONDS 3

struct _KontorJob
{
  GObject parent_instance;

  /* owned */
  char *title;
  char *detail;
  char *outcome; /* (nullable) */
  GCancellable *cancellable;
  guint tick;

  gint64 begun; /* monotonic, µs */
  double fraction;
  gboolean finished;
  gboolean can_keep;
  int keeps; /* (atomic): what is done stays, though it was stopped */

  GMutex lock; /* over these */
  guint64 done, total;
};

enum
{
  PROP_0,
  PROP_FRACTION,
  PROP_DETAIL,
  PROP_FINISHED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KontorJob, kontor_job, G_TYPE_OBJECT)

static char *
dup_time_left (KontorJob *self, guint64 done, guint64 total)
{
  double passed = (double) (g_get_monotonic_time () - self->begun) / G_USEC_PER_SEC;
  double left;

  if (done == 0 || total <= done || passed < ESTIMATE_SECONDS)
    return NULL;
  left = passed * (double) (total - done) / (double) done;
  if (left < 10)
    return g_strdup (_("a few seconds"));
  if (left < 90)
    return g_strdup_printf (ngettext ("about %u second",
                                      "about %u seconds",
                                      (guint) (left / 10) * 10),
                            (guint) (left / 10) * 10);
  return g_strdup_printf (ngettext ("about %u minute",
                                    "about %u minutes",
                                    (guint) (left / 60 + .5)),
                          (guint) (left / 60 + .5));
}

static char *
dup_detail (KontorJob *self, guint64 done, guint64 total)
{
  g_autofree char *done_text = kontor_integer_format ((gint64) done);
  g_autofree char *total_text = kontor_integer_format ((gint64) total);
  g_autofree char *left = dup_time_left (self, done, total);

  if (total == 0)
    return done > 0 ? g_steal_pointer (&done_text) : g_strdup ("");
  if (left != NULL)
    /* Translators: how far a job is: done, all, time left: "12,400 of 200,000 · about 2 minutes" */
    return g_strdup_printf (_("%s of %s · %s"), done_text, total_text, left);
  return g_strdup_printf (_("%s of %s"), done_text, total_text);
}

static gboolean
tick_cb (gpointer data)
{
  KontorJob *self = data;
  guint64 done, total;
  double fraction;
  g_autofree char *detail = NULL;

  g_mutex_lock (&self->lock);
  done = self->done;
  total = self->total;
  g_mutex_unlock (&self->lock);
  fraction = total > 0 ? (double) MIN (done, total) / (double) total : -1;
  detail = dup_detail (self, done, total);
  if (g_strcmp0 (detail, self->detail) != 0)
    {
      g_free (self->detail);
      self->detail = g_steal_pointer (&detail);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL]);
    }
  if (fraction < self->fraction || fraction > self->fraction)
    {
      self->fraction = fraction;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
    }
  return G_SOURCE_CONTINUE;
}

static void
kontor_job_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KontorJob *self = KONTOR_JOB (object);

  switch (id)
    {
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    case PROP_FINISHED:
      g_value_set_boolean (value, self->finished);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kontor_job_finalize (GObject *object)
{
  KontorJob *self = KONTOR_JOB (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_free (self->title);
  g_free (self->detail);
  g_free (self->outcome);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (kontor_job_parent_class)->finalize (object);
}

static void
kontor_job_class_init (KontorJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = kontor_job_finalize;
  object_class->get_property = kontor_job_get_property;
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, "", flags);
  properties[PROP_FINISHED] = g_param_spec_boolean ("finished", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kontor_job_init (KontorJob *self)
{
  g_mutex_init (&self->lock);
  self->cancellable = g_cancellable_new ();
  self->detail = g_strdup ("");
  self->fraction = -1;
  self->begun = g_get_monotonic_time ();
}

/**
 * kontor_job_new:
 * @title: what is being done: "Importing customers.csv"
 *
 * Returns: (transfer full): a job that has just begun
 */
KontorJob *
kontor_job_new (const char *title)
{
  KontorJob *self = g_object_new (KONTOR_TYPE_JOB, NULL);

  self->title = g_strdup (title);
  self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  if (g_application_get_default () != NULL)
    g_application_hold (g_application_get_default ());
  return self;
}

/**
 * kontor_job_get_title:
 * @self: a job
 *
 * Returns: (transfer none): what is being done
 */
const char *
kontor_job_get_title (KontorJob *self)
{
  return self->title;
}

/**
 * kontor_job_get_detail:
 * @self: a job
 *
 * Returns: (transfer none): how far it is, and how long it will take; "" while nothing is known
 */
const char *
kontor_job_get_detail (KontorJob *self)
{
  return self->detail;
}

/**
 * kontor_job_get_fraction:
 * @self: a job
 *
 * Returns: how far it is, 0 to 1; below 0 while that is not known
 */
double
kontor_job_get_fraction (KontorJob *self)
{
  return self->fraction;
}

/**
 * kontor_job_get_cancellable:
 * @self: a job
 *
 * Returns: (transfer none): breaks it off
 */
GCancellable *
kontor_job_get_cancellable (KontorJob *self)
{
  return self->cancellable;
}

/**
 * kontor_job_set_can_keep:
 * @self: a job
 *
 * What is done when it is stopped can stay; whoever stops it is asked.
 */
void
kontor_job_set_can_keep (KontorJob *self)
{
  self->can_keep = TRUE;
}

/**
 * kontor_job_can_keep:
 * @self: a job
 *
 * Returns: whether what is done can stay when it is stopped
 */
gboolean
kontor_job_can_keep (KontorJob *self)
{
  return self->can_keep;
}

/**
 * kontor_job_stop:
 * @self: a job
 * @keep: whether what is done stays; else it is taken back
 *
 * Breaks it off.
 */
void
kontor_job_stop (KontorJob *self, gboolean keep)
{
  g_atomic_int_set (&self->keeps, keep);
  g_cancellable_cancel (self->cancellable);
}

/**
 * kontor_job_keeps:
 * @self: a job that was stopped
 *
 * Returns: whether what is done stays. On any thread.
 */
gboolean
kontor_job_keeps (KontorJob *self)
{
  return g_atomic_int_get (&self->keeps);
}

/**
 * kontor_job_report:
 * @done: units done
 * @total: units in all, 0 while unknown
 * @job: a #KontorJob
 *
 * A #KontorProgress. On any thread.
 */
void
kontor_job_report (guint64 done, guint64 total, gpointer job)
{
  KontorJob *self = job;

  g_mutex_lock (&self->lock);
  self->done = done;
  self->total = total;
  g_mutex_unlock (&self->lock);
}

/**
 * kontor_job_finish:
 * @self: a job
 * @outcome: (nullable): what came of it, to be read later: "1,191 contacts imported"
 *
 * Says that it has ended, one way or another. To be called once.
 */
void
kontor_job_finish (KontorJob *self, const char *outcome)
{
  g_return_if_fail (!self->finished);

  g_clear_handle_id (&self->tick, g_source_remove);
  self->outcome = g_strdup (outcome);
  self->finished = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FINISHED]);
  if (g_application_get_default () != NULL)
    g_application_release (g_application_get_default ());
}

/**
 * kontor_job_get_outcome:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): what came of it
 */
const char *
kontor_job_get_outcome (KontorJob *self)
{
  return self->outcome;
}

/**
 * kontor_job_is_finished:
 * @self: a job
 *
 * Returns: whether it has ended
 */
gboolean
kontor_job_is_finished (KontorJob *self)
{
  return self->finished;
}
