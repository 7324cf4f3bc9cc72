/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the ids keep in the environment, so that they grow within it. */
#pragma once

#include "kontor-env.h"

G_BEGIN_DECLS

/**
 * KontorEnvIds:
 * @lock: guards the rest
 * @started: an id has been made
 * @last_ms: time in the newest id
 * @high: its upper 12 random bits
 * @low: its lower 62 random bits
 * @pool: random bytes fetched ahead
 * @left: how many of them, at the end of @pool, are unused
 */
typedef struct
{
  GMutex lock;
  gboolean started;
  guint64 last_ms;
  guint16 high;
  guint64 low;
  guint8 pool[1024];
  gsize left;
} KontorEnvIds;

KontorEnvIds *kontor_env_get_ids (KontorEnv *env);

G_END_DECLS
