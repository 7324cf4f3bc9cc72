/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of countries. */
#pragma once

#include "kontor-country.h"

G_BEGIN_DECLS

/**
 * KontorCountry:
 * @code: ISO 3166-1 alpha-2
 * @code3: ISO 3166-1 alpha-3
 * @english: name in English
 * @russian: name in Russian
 * @aliases: other names, parted by "|"
 */
typedef struct
{
  char code[3];
  char code3[4];
  const char *english;
  const char *russian;
  const char *aliases;
} KontorCountry;

extern const KontorCountry kontor_countries[]; /* sorted by code */
extern const gsize kontor_n_countries;

G_END_DECLS
