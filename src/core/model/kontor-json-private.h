/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small strict reader of JSON for what the model keeps in it; records go through wire. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean kontor_json_is_valid (const char *json);

/**
 * KontorJsonMember:
 * @path: names of the members on the way, parted by "/"
 * @value: a string's text; the text of numbers and words
 * @data: what the caller gave
 *
 * Called for every member of an object that is neither object nor array.
 *
 * Returns: %FALSE to stop
 */
typedef gboolean (*KontorJsonMember) (const char *path, const char *value, gpointer data);

gboolean kontor_json_foreach_member (const char *json, KontorJsonMember member, gpointer data);
gboolean kontor_json_foreach_value (const char *json, KontorJsonMember value, gpointer data);

G_END_DECLS
