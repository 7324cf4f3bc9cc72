/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clock and random source, injected so that tests and the simulator decide both. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_ENV (kontor_env_get_type ())

typedef struct _KontorEnv KontorEnv;

typedef gint64 (*KontorEnvNow) (gpointer data); /* ms since 1970, UTC */
typedef void (*KontorEnvRandom) (gpointer data, void *buffer, gsize length);

GType kontor_env_get_type (void);
KontorEnv *kontor_env_get_default (void);
KontorEnv *
kontor_env_new (KontorEnvNow now, KontorEnvRandom random, gpointer data, GDestroyNotify destroy);
KontorEnv *kontor_env_new_seeded (guint64 seed, gint64 start_ms);
KontorEnv *kontor_env_ref (KontorEnv *env);
void kontor_env_unref (KontorEnv *env);

gint64 kontor_env_now (KontorEnv *env);
void kontor_env_random (KontorEnv *env, void *buffer, gsize length);
void kontor_env_advance (KontorEnv *env, gint64 ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorEnv, kontor_env_unref)

G_END_DECLS
