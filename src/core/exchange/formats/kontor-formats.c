/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The domain of errors of the file formats. */
#include "config.h"

#include "kontor-formats.h"

#include "kontor-error.h"

/**
 * kontor_formats_error_quark:
 *
 * Returns: the domain of this library's errors
 */
GQuark
kontor_formats_error_quark (void)
{
  static gsize quark;

  if (g_once_init_enter (&quark))
    g_once_init_leave (&quark, kontor_error_domain_register ("kontor-formats-error"));
  return (GQuark) quark;
}
