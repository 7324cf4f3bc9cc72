/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: vCards. Cards stand on rising lines, their values are text on one line, and what is
 * written of them in either version reads the same. */
#include "config.h"

#include "kontor-text-encoding.h"
#include "kontor-vcard-reader.h"
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
assert_same_params (const KontorVcardProperty *a, const KontorVcardProperty *b)
{
  for (guint i = 0; i < a->params->len; i++)
    {
      const KontorVcardParam *param = &g_array_index (a->params, KontorVcardParam, i);

      if (g_str_equal (param->name, "TYPE"))
        g_assert_true (kontor_vcard_property_has_type (b, param->value) ||
                       g_str_equal (param->value, "pref"));
    }
}

static void
assert_same (const KontorVcard *a, const KontorVcard *b)
{
  g_assert_cmpuint (a->properties->len, ==, b->properties->len);
  for (guint i = 0; i < a->properties->len; i++)
    {
      const KontorVcardProperty *x = g_ptr_array_index (a->properties, i);
      const KontorVcardProperty *y = g_ptr_array_index (b->properties, i);

      g_assert_cmpstr (x->name, ==, y->name);
      g_assert_cmpstr (x->group, ==, y->group);
      /* text that looks like a picture is one when it is read again */
      if (x->data == NULL && y->data == NULL)
        g_assert_cmpstr (x->value, ==, y->value);
      else if (x->data != NULL && y->data != NULL)
        g_assert_true (g_bytes_equal (x->data, y->data));
      assert_same_params (x, y);
    }
}

static void
check_written (KontorVcard *card, KontorVcardVersion version)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GInputStream) stream = NULL;
  g_autoptr(KontorVcardReader) reader = NULL;
  g_autoptr(KontorVcard) again = NULL;

  card->version = version;
  kontor_vcard_append (card, out);
  stream = g_memory_input_stream_new_from_data (out->str, (gssize) out->len, NULL);
  reader = kontor_vcard_reader_new (stream, "UTF-8", NULL);
  g_assert_cmpint (kontor_vcard_reader_next (reader, &again, NULL, NULL), ==, KONTOR_VCARD_READ);
  g_assert_cmpint (again->version, ==, version);
  assert_same (card, again);
}

static void
check_card (KontorVcard *card)
{
  for (guint i = 0; i < card->properties->len; i++)
    {
      const KontorVcardProperty *property = g_ptr_array_index (card->properties, i);
      g_auto(GStrv) parts = kontor_vcard_split (property->value, ';');
      g_autofree char *text = kontor_vcard_unescape (property->value);
      g_autofree char *date = kontor_vcard_date_to_iso (property->value);

      g_assert_true (g_utf8_validate (property->value, -1, NULL));
      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_null (strpbrk (property->value, "\r\n"));
      g_assert_nonnull (parts[0]);
    }
  check_written (card, KONTOR_VCARD_3_0);
  check_written (card, KONTOR_VCARD_4_0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  const char *encoding = kontor_text_guess_encoding (data, size, TRUE, NULL);
  g_autoptr(KontorVcardReader) reader = kontor_vcard_reader_new (stream, encoding, NULL);
  KontorVcardStatus status;
  guint64 line = 0;

  do
    {
      g_autoptr(KontorVcard) card = NULL;
      g_autoptr(GError) error = NULL;

      status = kontor_vcard_reader_next (reader, &card, NULL, &error);
      g_assert_true ((status == KONTOR_VCARD_READ || status == KONTOR_VCARD_END) ==
                     (error == NULL));
      g_assert_true ((status <= KONTOR_VCARD_BAD) == (card != NULL));
      if (card == NULL)
        break;
      g_assert_cmpuint (card->line, >, line);
      line = card->line;
      check_card (card);
    }
  while (TRUE);
  g_assert_cmpuint (kontor_vcard_reader_get_bytes (reader), <=, size);
  return 0;
}
