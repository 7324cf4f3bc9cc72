/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread that owns one connection and does one job after the other, by priority. */
#pragma once

#include "kontor-db-private.h"

G_BEGIN_DECLS

typedef enum
{
  KONTOR_PRIORITY_PERSON, /* somebody waits for it */
  KONTOR_PRIORITY_WORK,   /* parts of long work */
  KONTOR_PRIORITY_IDLE,   /* looking after the file */
  KONTOR_N_PRIORITIES
} KontorPriority;

/* What a job does. It runs on the thread of the connection. */
typedef gpointer (*KontorDbFunc) (KontorDb *db,
                                  gpointer data,
                                  GCancellable *cancellable,
                                  GError **error);

typedef struct _KontorJob KontorJob;
typedef void (*KontorJobDone) (KontorJob *job, gpointer data);
struct _KontorJob
{
  KontorDbFunc func;
  gpointer data;
  GCancellable *cancellable; /* (nullable), owned */
  KontorPriority priority;
  gboolean interruptible; /* a statement of it may be cut off; else only before it begins */
  gboolean snapshot;      /* it sees one state of the file */
  gpointer result;
  GError *error;
  KontorJobDone done; /* on the thread; then the job is @done_data's */
  gpointer done_data;
};

typedef struct _KontorThread KontorThread;
typedef struct
{
  KontorDb *(*open) (gpointer data, GError **error); /* for the first job */
  void (*rest) (KontorDb *db, gpointer data);        /* when nothing has been to do for .rest_ms */
  void (*close) (KontorDb *db, gpointer data, GError **error); /* (nullable db); takes @db */
  void (*free) (gpointer data);
  guint rest_ms; /* 0: never */
} KontorThreadClass;

KontorThread *
kontor_thread_new (const char *name, const KontorThreadClass *klass, KontorDb *db, gpointer data);
void kontor_thread_push (KontorThread *self, KontorJob *job);
gboolean kontor_thread_run (KontorThread *self, KontorJob *job); /* waits; FALSE: .error is set */
void kontor_thread_stop (KontorThread *self, gboolean drain);
gboolean kontor_thread_join (KontorThread *self, GError **error);
void kontor_thread_unref (KontorThread *self);
gboolean kontor_thread_is_current (KontorThread *self);

G_END_DECLS
