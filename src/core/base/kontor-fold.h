/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text folded for search and for sorting (design C7). Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Changes whenever the output of one of the folds changes; kept in the workspace's meta table. */
#define KONTOR_FOLD_VERSION 1

char *kontor_fold_search (const char *text);
void kontor_fold_search_append (GString *out, const char *text, gssize length);
char *kontor_fold_other_prefix (const char *folded);
char *kontor_fold_sort (const char *text);
char **kontor_fold_words (const char *text);
gboolean kontor_word_within_one (const char *a, gsize a_length, const char *b, gsize b_length);

G_END_DECLS
