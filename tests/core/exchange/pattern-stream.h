/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stream of any length that takes no memory: a beginning, one text over and over, an end. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PATTERN_TYPE_STREAM (pattern_stream_get_type ())
G_DECLARE_FINAL_TYPE (PatternStream, pattern_stream, PATTERN, STREAM, GInputStream)

GInputStream *
pattern_stream_new (const char *begin, const char *repeated, guint64 times, const char *end);
guint64 pattern_stream_get_read (GInputStream *stream);
void pattern_stream_fail_at (GInputStream *stream, guint64 offset);

G_END_DECLS
