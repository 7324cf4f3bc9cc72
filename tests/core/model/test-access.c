/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of rights and of their JSON. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-model.h"

static void
test_all (void)
{
  KontorAccess access, again;
  g_autofree char *json = NULL;
  g_autoptr(GError) error = NULL;

  kontor_access_init_all (&access);
  for (guint i = 0; i < kontor_record_type_count (); i++)
    g_assert_true (
      kontor_access_can (&access, kontor_record_type_nth (i), NULL, KONTOR_RIGHTS_ALL));
  json = kontor_access_to_json (&access);
  g_assert_true (kontor_access_parse (json, &again, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (&access, sizeof access, &again, sizeof again);
}

static void
test_masks (void)
{
  KontorAccess access;
  const KontorFieldDef *birth = kontor_field_by_id (KONTOR_EMPLOYEE_BIRTH_DATE);
  const KontorFieldDef *name = kontor_field_by_id (KONTOR_EMPLOYEE_NAME);
  const KontorFieldDef *subject = kontor_field_by_id (KONTOR_ACTIVITY_SUBJECT);
  const KontorFieldDef *at = kontor_field_by_id (KONTOR_ACTIVITY_AT);
  g_autofree char *json = NULL;

  g_assert_true (
    kontor_access_parse ("{\"people\":\"rw\",\"calendar\":\"r\",\"later\":\"rwq\","
                         "\"mask\":{\"people\":\"no_sensitive\",\"calendar\":\"busy\"}}",
                         &access,
                         NULL));
  g_assert_true (kontor_access_can (&access, &kontor_employee_type, name, KONTOR_RIGHT_WRITE));
  g_assert_false (kontor_access_can (&access, &kontor_employee_type, birth, KONTOR_RIGHT_READ));
  g_assert_false (kontor_access_can (&access, &kontor_employee_type, NULL, KONTOR_RIGHT_DELETE));
  g_assert_false (kontor_access_can (&access,
                                     &kontor_employee_type,
                                     NULL,
                                     KONTOR_RIGHT_READ | KONTOR_RIGHT_EXPORT));
  g_assert_false (kontor_access_can (&access, &kontor_activity_type, subject, KONTOR_RIGHT_READ));
  g_assert_true (kontor_access_can (&access, &kontor_activity_type, at, KONTOR_RIGHT_READ));
  g_assert_true (kontor_access_can (&access, &kontor_tag_type, NULL, KONTOR_RIGHT_READ));
  g_assert_false (kontor_access_can (&access, &kontor_contact_type, NULL, KONTOR_RIGHT_READ));
  json = kontor_access_to_json (&access);
  g_assert_cmpstr (json,
                   ==,
                   "{\"calendar\":\"r\",\"people\":\"rw\",\"shared\":\"r\","
                   "\"mask\":{\"calendar\":\"busy\",\"people\":\"no_sensitive\"}}");
}

static void
test_wrong (void)
{
  static const char *const wrong[] = { "",
                                       "[]",
                                       "{\"mask\":{",
                                       "{\"contacts\"",
                                       "{\"contacts\":\"r\"",
                                       "null",
                                       "{",
                                       "{\"contacts\":\"x\"}",
                                       "{\"contacts\":\"r\"} x",
                                       "{\"contacts\":\"r\",}",
                                       "{\"mask\":{\"contacts\":\"none\"}}",
                                       "{\"contacts\":\"\\u0000\"}",
                                       "{\"contacts\":\"\\ud800\"}",
                                       "{\"a\":01}",
                                       "{\"a\":1.}",
                                       "{\"a\":\"\t\"}",
                                       "\xff" };
  KontorAccess access;
  KontorAccess none = { { 0 } };
  g_autofree char *deep = g_strnfill (100000, '[');

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      kontor_access_init_all (&access);
      g_assert_false (kontor_access_parse (wrong[i], &access, &error));
      g_assert_error (error, KONTOR_MODEL_ERROR, KONTOR_ERROR_INVALID);
      g_assert_cmpmem (&access, sizeof access, &none, sizeof none);
    }
  g_assert_false (kontor_access_parse (deep, &access, NULL));
  g_assert_true (kontor_access_parse (NULL, &access, NULL));
  g_assert_true (kontor_access_can (&access, &kontor_tag_type, NULL, KONTOR_RIGHT_READ));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model/access/all", test_all);
  g_test_add_func ("/model/access/masks", test_masks);
  g_test_add_func ("/model/access/wrong", test_wrong);
  return g_test_run ();
}
