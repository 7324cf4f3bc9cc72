/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of docs/import.md over real exports: counts as in the files, links between records,
 * and one undo an import. Skipped where the files are not. */
#include "config.h"

#include "cli-fixture.h"
#include <string.h>

static char *
find_file (const char *name)
{
  return kontor_test_shared_data (name);
}

/* Rows of a file without line breaks in cells, without the header. */
static guint
count_rows (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  guint n = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  for (const char *at = text; *at != '\0'; at++)
    n += *at == '\n' || at[1] == '\0';
  return n - 1;
}

/* Imports it, and the command says as many as there are. */
static guint
import (Fixture *fixture, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  guint n = count_rows (path);
  g_autofree char *expected =
    g_strdup_printf ("%s: created %u, updated 0, known 0, left out 0\n", name, n);

  g_assert_cmpstr (fixture_ask (fixture, "import", path, NULL), ==, expected);
  return n;
}

static void
assert_sql (Fixture *fixture, const char *sql, const char *expected)
{
  g_autofree char *found = g_strdup (fixture_ask (fixture, "sql", sql, "--format=csv", NULL));
  const char *rows = strchr (found, '\n');

  g_assert_nonnull (rows);
  g_assert_cmpstr (rows + 1, ==, expected);
}

static void
assert_count (Fixture *fixture, const char *type, guint n)
{
  g_autofree char *expected = g_strdup_printf ("%u\n", n);

  g_assert_cmpstr (fixture_ask (fixture, "list", type, "--count", NULL), ==, expected);
}

/* Nothing is left of it but its history. */
static void
undo (Fixture *fixture, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  fixture_assert_contains (fixture_ask (fixture, "undo", NULL), name);
  fixture_ask (fixture, "check", NULL);
}

/* "account,…,subsidiary_of": each named one is an account of the file. */
static void
assert_subsidiaries (Fixture *fixture, const char *path)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_auto(GStrv) cells = g_strsplit (g_strchomp (lines[i]), ",", -1);
      g_autofree char *sql = NULL;
      g_autofree char *expected = g_strdup_printf ("%s\r\n", cells[6]);

      g_assert_cmpuint (g_strv_length (cells), ==, 7);
      if (cells[6][0] == '\0')
        continue;
      n++;
      sql = g_strdup_printf ("SELECT parent_title FROM v_account WHERE name='%s'", cells[0]);
      assert_sql (fixture, sql, expected);
    }
  g_assert_cmpuint (n, ==, 15);
  assert_sql (fixture, "SELECT count(*) FROM v_account WHERE parent IS NOT NULL", "15\r\n");
}

static void
test_accounts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = find_file ("crm-sales/accounts.csv");

  if (path == NULL)
    return;
  g_assert_cmpuint (import (fixture, path), ==, 85);
  assert_count (fixture, "account", 85);
  assert_subsidiaries (fixture, path);
  assert_sql (fixture,
              "SELECT industry,founded,revenue,currency,employees,country FROM v_account WHERE "
              "name='Acme Corporation'",
              "technolgy,1996,1100.04,EUR,2822,US\r\n");
  /* the same file again changes nothing */
  fixture_assert_contains (fixture_ask (fixture, "import", path, NULL),
                           "created 0, updated 0, known 85, left out 0");
  undo (fixture, path);
  assert_count (fixture, "account", 0);
}

static void
test_sales_teams (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = find_file ("crm-sales/sales_teams.csv");

  if (path == NULL)
    return;
  g_assert_cmpuint (import (fixture, path), ==, 35);
  /* with their six managers, and the user of the workspace */
  assert_count (fixture, "employee", 35 + 6 + 1);
  assert_sql (fixture,
              "SELECT org_unit_title,count(*) FROM v_employee WHERE org_unit IS NOT NULL GROUP BY "
              "1 ORDER BY 1",
              "Central,11\r\nEast,12\r\nWest,12\r\n");
  assert_sql (fixture,
              "SELECT manager_title,count(*) FROM v_employee WHERE manager IS NOT NULL GROUP BY 1 "
              "ORDER BY 1",
              "Cara Losch,6\r\nCelia Rouche,6\r\nDustin Brinkmann,5\r\nMelvin Marxen,6\r\n"
              "Rocco Neubert,6\r\nSummer Sewald,6\r\n");
  assert_sql (fixture,
              "SELECT manager_title,org_unit_title FROM v_employee WHERE name='Moses Frase'",
              "Dustin Brinkmann,Central\r\n");
  undo (fixture, path);
  assert_count (fixture, "employee", 1);
  assert_count (fixture, "org_unit", 0);
}

static void
test_customers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = find_file ("northwind/customers.csv");

  if (path == NULL)
    return;
  g_assert_cmpuint (import (fixture, path), ==, 91);
  assert_count (fixture, "account", 91);
  assert_count (fixture, "contact", 91);
  assert_sql (fixture,
              "SELECT a.number,a.name,a.city,a.country,a.main_phone,c.name,c.position FROM "
              "v_account a JOIN v_contact c ON c.account=a.id WHERE a.number='ANATR'",
              "ANATR,Ana Trujillo Emparedados y helados,México D.F.,MX,(5) 555-4729,Ana "
              "Trujillo,Owner\r\n");
  assert_sql (fixture,
              "SELECT party_type,role,count(*) FROM v_party_role GROUP BY 1,2",
              "account,customer,91\r\n");
  undo (fixture, path);
  assert_count (fixture, "account", 0);
  assert_count (fixture, "contact", 0);
}

static void
test_employees (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = find_file ("northwind/employees.csv");

  if (path == NULL)
    return;
  g_assert_cmpuint (import (fixture, path), ==, 9);
  assert_count (fixture, "employee", 9 + 1);
  assert_sql (fixture,
              "SELECT number,name,manager_title FROM v_employee WHERE number IS NOT NULL ORDER BY "
              "number",
              "1,Nancy Davolio,Andrew Fuller\r\n2,Andrew Fuller,\r\n3,Janet Leverling,Andrew "
              "Fuller\r\n4,Margaret Peacock,Andrew Fuller\r\n5,Steven Buchanan,Andrew "
              "Fuller\r\n6,Michael Suyama,Steven Buchanan\r\n7,Robert King,Steven "
              "Buchanan\r\n8,Laura Callahan,Andrew Fuller\r\n9,Anne Dodsworth,Steven "
              "Buchanan\r\n");
  assert_sql (fixture,
              "SELECT prefix,position,birth_date,hire_date,postcode,phone,extension FROM "
              "v_employee WHERE number='2'",
              "Dr.,\"Vice President, Sales\",1952-02-19,1992-08-14,98401,(206) 555-9482,3457\r\n");
  undo (fixture, path);
  assert_count (fixture, "employee", 1);
}

static void
test_suppliers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = find_file ("northwind/suppliers.csv");

  if (path == NULL)
    return;
  g_assert_cmpuint (import (fixture, path), ==, 29);
  assert_count (fixture, "account", 29);
  assert_count (fixture, "contact", 29);
  assert_sql (fixture,
              "SELECT party_type,role,count(*) FROM v_party_role GROUP BY 1,2",
              "account,supplier,29\r\n");
  undo (fixture, path);
  assert_count (fixture, "account", 0);
}

/* All of them into one workspace, and back out of it one by one. */
static void
test_all (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "crm-sales/accounts.csv",
                                       "crm-sales/sales_teams.csv",
                                       "northwind/customers.csv",
                                       "northwind/employees.csv",
                                       "northwind/suppliers.csv" };
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      char *path = find_file (names[i]);

      if (path == NULL)
        return;
      g_ptr_array_add (paths, path);
      import (fixture, path);
    }
  assert_count (fixture, "account", 85 + 91 + 29);
  assert_count (fixture, "contact", 91 + 29);
  assert_count (fixture, "employee", 35 + 6 + 9 + 1);
  assert_count (fixture, "org_unit", 3);
  assert_sql (fixture, "SELECT count(*) FROM v_import_batch WHERE failed=0", "5\r\n");
  fixture_ask (fixture, "check", NULL);
  for (guint i = paths->len; i > 0; i--)
    undo (fixture, g_ptr_array_index (paths, i - 1));
  assert_count (fixture, "account", 0);
  assert_count (fixture, "contact", 0);
  assert_count (fixture, "employee", 1);
}

#define ADD(path, function) \
  g_test_add ("/real-data/" path, Fixture, NULL, fixture_set_up_init, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  ADD ("accounts", test_accounts);
  ADD ("sales-teams", test_sales_teams);
  ADD ("customers", test_customers);
  ADD ("employees", test_employees);
  ADD ("suppliers", test_suppliers);
  ADD ("all", test_all);
  return g_test_run ();
}
