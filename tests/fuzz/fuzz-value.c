/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: values from text. The first byte is the kind; what is read and found right is
 * written, read back and must be the same. Rights are read from the same text. */
#include "config.h"

#include "kontor-access.h"
#include "kontor-validate.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const KontorChoice choices[] = { { "open", "Open" }, { NULL, NULL } };
  static KontorSchema *schema;
  KontorFieldDef field = { .name = "field", .label = "Field", .scale = 3, .pick = "list" };
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  g_auto(KontorValue) again = KONTOR_VALUE_INIT;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  KontorAccess access;

  if (size == 0)
    return 0;
  if (schema == NULL)
    {
      schema = kontor_schema_new ();
      kontor_schema_add_pick_value (schema, "list", "one", "One", 1, NULL, TRUE);
    }
  field.kind = data[0] % KONTOR_FIELD_N_KINDS;
  field.choices = field.kind == KONTOR_FIELD_CHOICE ? choices : NULL;
  text = g_strndup ((const char *) data + 1, size - 1);
  kontor_access_parse (text, &access, NULL);
  if (!kontor_value_parse (&field, text, &value, &error))
    {
      g_assert_nonnull (error);
      return 0;
    }
  g_assert_no_error (error);
  if (kontor_validate_value (schema, &field, &value, &error))
    {
      g_autofree char *written = kontor_value_to_text (&field, &value);
      g_autofree char *shown = kontor_value_display (schema, &field, &value, "EUR", NULL);

      g_assert_true (g_utf8_validate (shown, -1, NULL));
      g_assert_true (kontor_value_parse (&field, written, &again, NULL));
      g_assert_true (kontor_value_equal (&value, &again));
    }
  else
    g_assert_nonnull (error);
  return 0;
}
