/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run over a file: an import, or the look before it. */
#pragma once

#include "kontor-import-check.h"
#include "kontor-import-writer-private.h"

G_BEGIN_DECLS

/* Told now and then how far the file is read; %FALSE stops with G_IO_ERROR_CANCELLED. */
typedef void (*KontorImportTick) (guint64 rows, guint64 bytes, gpointer data);

typedef struct
{
  KontorWorkspace *workspace;
  KontorImportSource *source;
  const KontorInspection *inspection;
  KontorImportMap *map; /* (nullable): of a table */
  const KontorImportOptions *options;
  KontorImportReport *report;
  gboolean write;             /* FALSE: only look */
  const char *label;          /* of the step */
  KontorImportWriter *writer; /* (nullable): made by the run, finished by the caller */
  gboolean bulk;
  KontorImportSeen seen; /* (nullable) */
  gpointer seen_data;
  KontorImportTick tick; /* (nullable) */
  gpointer tick_data;
  GCancellable *cancellable; /* (nullable) */
} KontorImportRun;

gboolean kontor_import_run (KontorImportRun *run, GError **error);

/* kontor-import-table.c, kontor-import-lines.c, kontor-import-cards.c */
gboolean kontor_import_run_table (KontorImportRun *run, GError **error);
gboolean kontor_import_run_lines (KontorImportRun *run, GError **error);
gboolean kontor_import_run_cards (KontorImportRun *run, GError **error);

KontorImportWriter *kontor_import_run_begin (gpointer run, GError **error);
gboolean kontor_import_run_tick (KontorImportRun *run, guint64 n, guint64 bytes, GError **error);

G_END_DECLS
