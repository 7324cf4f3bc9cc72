/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plausible data from a seed: the same seed, day and options make the same records, everywhere. */
#pragma once

#include "kontor-workspace.h"

G_BEGIN_DECLS

#define KONTOR_DEMO_ERROR (kontor_demo_error_quark ())
GQuark kontor_demo_error_quark (void);

#define KONTOR_DEMO_CONTACTS 400
#define KONTOR_DEMO_ACCOUNTS 120
#define KONTOR_DEMO_MAX_CONTACTS 10000000

/**
 * KontorDemoOptions:
 * @seed: decides everything that is not given otherwise
 * @contacts: people; at least 1
 * @accounts: organisations; at least 1
 * @language: (nullable): "en", "ru" or "mixed"; %NULL takes that of the locale
 * @now_ms: the present, which dates are relative to; 0 takes the clock's
 */
typedef struct
{
  guint64 seed;
  guint contacts;
  guint accounts;
  const char *language;
  gint64 now_ms;
} KontorDemoOptions;

gboolean kontor_demo_fill (KontorWorkspace *workspace,
                           const KontorDemoOptions *options,
                           KontorProgress progress,
                           gpointer progress_data,
                           GCancellable *cancellable,
                           GError **error);
gboolean kontor_demo_write_csv (GOutputStream *stream,
                                const KontorDemoOptions *options,
                                KontorProgress progress,
                                gpointer progress_data,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
