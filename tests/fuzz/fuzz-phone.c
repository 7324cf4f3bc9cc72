/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: phone numbers. The first byte is the country. */
#include "config.h"

#include <string.h>

#include "kontor-phone.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const countries[] = { NULL, "RU", "DE", "US", "HU", "IT", "KR", "GB", "ZZ" };
  g_autofree char *text = NULL;
  g_autofree char *digits = NULL;
  g_autofree char *extension = NULL;

  if (size == 0)
    return 0;

  text = g_strndup ((const char *) data + 1, size - 1);
  digits = kontor_phone_digits (text, countries[data[0] % G_N_ELEMENTS (countries)]);
  extension = kontor_phone_extension (text);
  kontor_phone_looks_like (text);

  g_assert_cmpuint (strspn (digits, "0123456789"), ==, strlen (digits));
  if (extension != NULL)
    g_assert_cmpuint (strspn (extension, "0123456789"), ==, strlen (extension));
  if (digits[0] != '\0')
    g_assert_true (kontor_phone_equal (digits, digits));

  return 0;
}
