/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search: spellings, typing errors, numbers, what comes first, the trash, children, hostile texts.
 * The index itself is in test-search-index.c. */
#include "config.h"

#include "commit-fixture.h"
#include <string.h>

static KontorSearchResult *
search_type (Fixture *fixture, const char *text, const KontorRecordType *type, guint limit)
{
  g_autoptr(GError) error = NULL;
  KontorSearchResult *result =
    kontor_workspace_search (fixture->workspace, text, type, limit, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (result->hits->len, <=, limit);
  return result;
}

static const KontorSearchHit *
nth_hit (const KontorSearchResult *result, guint i)
{
  g_assert_cmpuint (i, <, result->hits->len);
  return g_ptr_array_index (result->hits, i);
}

static const KontorSearchHit *
find_hit (const KontorSearchResult *result, const char *title)
{
  for (guint i = 0; i < result->hits->len; i++)
    if (g_str_equal (nth_hit (result, i)->title, title))
      return nth_hit (result, i);
  return NULL;
}

static void
assert_finds (Fixture *fixture, const char *text, const char *title)
{
  g_autoptr(KontorSearchResult) result = search_type (fixture, text, NULL, 500);

  if (find_hit (result, title) == NULL)
    g_error ("“%s” does not find “%s”", text, title);
}

static void
assert_only (Fixture *fixture, const char *text, const char *title)
{
  g_autoptr(KontorSearchResult) result = search_type (fixture, text, NULL, 50);

  if (result->hits->len != 1 || find_hit (result, title) == NULL)
    g_error ("“%s” finds %u, not only “%s”", text, result->hits->len, title);
}

static void
assert_misses (Fixture *fixture, const char *text)
{
  g_autoptr(KontorSearchResult) result = search_type (fixture, text, NULL, 50);

  if (result->hits->len > 0)
    g_error ("“%s” finds “%s”", text, nth_hit (result, 0)->title);
}

static KontorId
add_contact (Fixture *fixture, const char *name)
{
  return fixture_commit_new (fixture, fixture_new_contact (name));
}

static KontorId
add_account (Fixture *fixture, const char *name)
{
  return fixture_commit_new (fixture, fixture_new_account (name));
}

static KontorId
add_point (Fixture *fixture, const KontorId *contact, const char *kind, const char *value)
{
  return fixture_commit_new (fixture,
                             fixture_new_point (&kontor_contact_type, contact, kind, value));
}

/* --- Words ---------------------------------------------------------------------------------- */

static void
test_spellings (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *title;
    const char *typed[8];
  } names[] = {
    { "Ana Trujillo", { "ana", "ANA TRUJILLO", "trujillo ana", "truj", "an tru", "a t" } },
    { "Юрий Щербаков", { "щербаков", "Shcherbakov", "Scherbakov yuri", "jurij", "ЩЕРБ", "юр щ" } },
    { "Фёдор Хрущёв", { "федор", "Fedor", "Khrushchev", "хрущев", "hruschev", "fedor hr" } },
    { "Jürgen Müller-Łódź", { "muller", "MÜLLER", "lodz", "jurgen łódź", "müller-łódź" } },
    { "Watson & Søns", { "vatson", "wat", "sons", "søns", "watson søns", "watson&s" } },
    { "王小明", { "王", "小明", "王小明", "王小" } },
    { "Straße 7", { "strasse", "straße", "7" } },
    { "O’Neil", { "o'neil", "O neil", "neil" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    add_contact (fixture, names[i].title);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint k = 0; k < G_N_ELEMENTS (names[i].typed) && names[i].typed[k] != NULL; k++)
      assert_finds (fixture, names[i].typed[k], names[i].title);
  assert_misses (fixture, "明小");
  assert_misses (fixture, "trujillo щербаков");
  assert_misses (fixture, "zzz");
}

/* A name is found at each letter of it that is typed, in whatever spelling. */
static void
test_letter_by_letter (Fixture *fixture, gconstpointer data)
{
  static const char *const names[][2] = {
    { "Alexander Watson", "Alexander Watson" },
    { "Alexander Watson", "Александер Ватсон" },
    { "Елена Цветаева", "Tsvetaeva" },
    { "Елена Цветаева", "Цветаева Елена" },
    { "Betsy Fitzsimmons", "fitzsimmons" },
    { "Schmidt Söhne", "schmidt sohne" },
    { "Шмидт и Ко", "Schmidt" },
    { "Bakhtin", "Бахтин" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(KontorSearchResult) known = search_type (fixture, names[i][0], NULL, 50);

      if (find_hit (known, names[i][0]) == NULL)
        add_account (fixture, names[i][0]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (const char *p = names[i][1]; *p != '\0'; p = g_utf8_next_char (p))
      {
        g_autofree char *typed =
          g_strndup (names[i][1], (gsize) (g_utf8_next_char (p) - names[i][1]));

        /* a single letter only finds titles in its own script that begin with it */
        if (g_utf8_strlen (typed, -1) > 1)
          assert_finds (fixture, typed, names[i][0]);
      }
}

static void
test_typing_errors (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *typed, *title, *suggestion;
  } errors[] = {
    { "trujilo", "Ana Trujillo", "Trujillo" },
    { "Trujlilo", "Ana Trujillo", "Trujillo" },
    { "tujillo", "Ana Trujillo", "Trujillo" },
    { "rtujillo", "Ana Trujillo", "Trujillo" },
    { "trukillo", "Ana Trujillo", "Trujillo" },
    { "rujillo", "Ana Trujillo", "Trujillo" },
    { "trujiklo", "Ana Trujillo", "Trujillo" },
    { "trukil", "Ana Trujillo", "Trujillo" }, /* not yet typed to its end */
    { "тружилло", "Ana Trujillo", "Trujillo" },
    { " ana trujilo ", "Ana Trujillo", "ana Trujillo" },
    { "trujilo an", "Ana Trujillo", "Trujillo an" },
    { "Щебаков", "Юрий Щербаков", "Щербаков" },
    { "щербаокв", "Юрий Щербаков", "Щербаков" },
    { "shcherbkov", "Юрий Щербаков", "Щербаков" },
    { "Юрй Щебаков", "Юрий Щербаков", "Юрй Щербаков" },
    { "angstom", "Ångström GmbH", "Ångström" },
    { "nordwimd", "Peter", "Nordwind" },
  };
  KontorId contact, account;

  add_contact (fixture, "Ana Trujillo");
  add_contact (fixture, "Юрий Щербаков");
  add_account (fixture, "Ångström GmbH");
  contact = add_contact (fixture, "Peter");
  account = add_account (fixture, "Nordwind");
  fixture_commit_new (fixture, fixture_new_membership (&contact, &account));
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr(KontorSearchResult) result = search_type (fixture, errors[i].typed, NULL, 20);

      g_test_message ("%s", errors[i].typed);
      g_assert_nonnull (find_hit (result, errors[i].title));
      g_assert_cmpstr (result->suggestion, ==, errors[i].suggestion);
    }
  assert_misses (fixture, "trijilo"); /* two errors */
  assert_misses (fixture, "anq");     /* three letters */
  assert_misses (fixture, "ana trijilo");
  assert_misses (fixture, "gmbx ana");
}

/* What was found as it was typed stays, and comes first. */
static void
test_errors_come_last (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorSearchResult) result = NULL;

  add_contact (fixture, "Marta Ivanka");
  add_contact (fixture, "Zoe Ivanko");
  result = search_type (fixture, "ivanko", &kontor_contact_type, 20);
  g_assert_cmpuint (result->hits->len, ==, 2);
  g_assert_cmpstr (nth_hit (result, 0)->title, ==, "Zoe Ivanko");
  g_assert_null (result->suggestion);
}

/* With ten hits or more nothing is corrected. */
static void
test_enough_without_errors (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorSearchResult) result = NULL;

  add_contact (fixture, "Ivanka");
  for (guint i = 0; i < 10; i++)
    add_contact (fixture, "Ivanko");
  result = search_type (fixture, "ivanko", NULL, 20);
  g_assert_cmpuint (result->hits->len, ==, 10);
}

/* New words are known at once, and those that are gone lead nowhere. */
static void
test_words_are_fresh (Fixture *fixture, gconstpointer data)
{
  KontorId id = add_contact (fixture, "Ana Trujillo");

  assert_finds (fixture, "trujilo", "Ana Trujillo");
  /* first and last name go with it */
  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NAME, "Ana Montezuma");
  assert_finds (fixture, "montzuma", "Ana Montezuma");
  assert_misses (fixture, "trujilo");
  kontor_commit_free (fixture_undo (fixture));
  assert_finds (fixture, "trujilo", "Ana Trujillo");
  assert_misses (fixture, "montzuma");
}

/* --- Numbers -------------------------------------------------------------------------------- */

static void
set_up_russian (Fixture *fixture, gconstpointer data)
{
  const KontorInit init = { .name = "Test",
                            .user_name = "Anna",
                            .country = "RU",
                            .currency = "RUB" };
  g_autoptr(GError) error = NULL;

  kontor_model_init ();
  kontor_test_dir_set_up (&fixture->dir);
  fixture->path = kontor_test_dir_path (&fixture->dir, "test.kontor");
  fixture->env = kontor_env_new_seeded (4711, FIXTURE_START);
  fixture->workspace = kontor_workspace_create (fixture->path, &init, fixture->env, &error);
  g_assert_no_error (error);
}

static void
assert_number (Fixture *fixture, const char *text, const char *title, const char *detail)
{
  g_autoptr(KontorSearchResult) result = search_type (fixture, text, NULL, 20);
  const KontorSearchHit *hit = find_hit (result, title);

  if (hit == NULL)
    g_error ("“%s” does not find “%s”", text, title);
  g_assert_cmpstr (hit->detail, ==, detail);
  g_assert_cmpuint (result->hits->len, ==, 1);
}

static KontorId
add_caller (Fixture *fixture, const char *name, const char *number)
{
  KontorId contact = add_contact (fixture, name);

  add_point (fixture, &contact, "phone", number);
  return contact;
}

static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  static const char *const moscow[] = {
    "+7 (495) 123-45-67",
    "8 495 1234567",
    "4951234567",
    "8(495)123-45-67",
    "123-45-67",
    "1234567",
    "4567",
    "345",
    "8495123",
    "+7 495 1",
    "tel. 4951234567",
  };
  KontorId boris = add_caller (fixture, "Борис Акулов", "+49 30 901820");
  KontorId carl = add_contact (fixture, "Carl 1234");

  add_caller (fixture, "Ana Trujillo", "+7 (495) 123-45-67");
  add_point (fixture, &boris, "mobile", "8 916 765-43-21");
  for (guint i = 0; i < G_N_ELEMENTS (moscow); i++)
    {
      g_test_message ("%s", moscow[i]);
      assert_number (fixture, moscow[i], "Ana Trujillo", "+7 (495) 123-45-67");
    }
  assert_number (fixture, "+79167654321", "Борис Акулов", "8 916 765-43-21");
  assert_number (fixture, "0049 30 901820", "Борис Акулов", "+49 30 901820");
  assert_number (fixture, "4321 ак", "Борис Акулов", "8 916 765-43-21");
  assert_number (fixture, "truj 4567", "Ana Trujillo", "+7 (495) 123-45-67");
  assert_number (fixture, "+7 495 123 45 67 ana", "Ana Trujillo", "+7 (495) 123-45-67");
  assert_finds (fixture, "1234", "Ana Trujillo");
  assert_finds (fixture, "1234", "Carl 1234");
  assert_misses (fixture, "truj 4321");
  assert_misses (fixture, "4951234568");
  fixture_commit_trash (fixture, &kontor_contact_type, &carl);
}

/* With the calling code typed, digits are the beginning of a number. */
static void
test_number_beginning (Fixture *fixture, gconstpointer data)
{
  add_caller (fixture, "Ana Trujillo", "+44 121 496 0123");
  add_caller (fixture, "Boris Akulov", "+44 20 1214 9601");
  add_caller (fixture, "Carl Nilsson", "+46 70 121 49 60");
  assert_number (fixture, "+44 121 49", "Ana Trujillo", "+44 121 496 0123");
  assert_number (fixture, "+44 (0)121 496", "Ana Trujillo", "+44 121 496 0123");
  assert_number (fixture, "+44 20 121", "Boris Akulov", "+44 20 1214 9601");
  assert_number (fixture, "+46 70 121 4", "Carl Nilsson", "+46 70 121 49 60");
  assert_number (fixture, "+44 121 49 ana", "Ana Trujillo", "+44 121 496 0123");
  assert_finds (fixture, "12149", "Ana Trujillo");
  assert_finds (fixture, "12149", "Boris Akulov");
  assert_finds (fixture, "12149", "Carl Nilsson");
  /* none begins so: then one that contains it */
  assert_number (fixture, "+44 4960 12", "Ana Trujillo", "+44 121 496 0123");
}

/* A number that changes is found by the new digits only. */
static void
test_number_changes (Fixture *fixture, gconstpointer data)
{
  KontorId ana = add_contact (fixture, "Ana Trujillo");
  KontorId point = add_point (fixture, &ana, "phone", "8 495 111-22-33");

  fixture_commit_text (fixture, &point, KONTOR_CONTACT_POINT_VALUE, "8 495 999-88-77");
  assert_misses (fixture, "1112233");
  assert_misses (fixture, "2233");
  assert_finds (fixture, "9998877", "Ana Trujillo");
  fixture_commit_trash (fixture, &kontor_contact_point_type, &point);
  assert_misses (fixture, "9998877");
  kontor_commit_free (fixture_undo (fixture));
  assert_finds (fixture, "9998877", "Ana Trujillo");
}

static gboolean
take_text_cb (guint n_columns,
              const char *const *names,
              const char *const *texts,
              const int *types,
              gpointer data)
{
  char **text = data;

  g_free (*text);
  *text = g_strdup (texts[0]);
  return TRUE;
}

static char *
ask_sql (Fixture *fixture, const char *sql)
{
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  kontor_workspace_sql (fixture->workspace, sql, take_text_cb, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

typedef struct
{
  Fixture *fixture;
  const char *digits;
} Expected;

static gboolean
has_digits (gpointer data)
{
  Expected *expected = data;
  g_autofree char *digits = ask_sql (expected->fixture, "SELECT digits FROM phone_digits");

  return g_strcmp0 (digits, expected->digits) == 0;
}

static void
set_country (Fixture *fixture, const char *country)
{
  g_autofree char *text = ask_sql (fixture, "SELECT id FROM v_workspace_settings");
  KontorId id;

  g_assert_true (kontor_id_parse (text, &id));
  fixture_commit_text (fixture, &id, KONTOR_WORKSPACE_SETTINGS_COUNTRY, country);
}

/* In another country the same number is dialled in another way. */
static void
test_country_changes (Fixture *fixture, gconstpointer data)
{
  KontorId ana = add_contact (fixture, "Ana Trujillo");
  Expected german = { fixture, "3012345" };
  Expected russian = { fixture, "03012345" };

  add_point (fixture, &ana, "phone", "030 12345");
  g_assert_true (has_digits (&german));
  set_country (fixture, "RU");
  kontor_test_wait_until (has_digits, &russian, 10000);
  fixture_assert_sound (fixture);
  set_country (fixture, "DE");
  fixture_reopen (fixture);
  kontor_test_wait_until (has_digits, &german, 10000);
  fixture_assert_sound (fixture);
}

/* --- What comes first ----------------------------------------------------------------------- */

static void
test_order (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "Berta Karl",
                                       "Karla Zobel",
                                       "Karl",
                                       "Ann Karlsson",
                                       "Karl Abel" };
  static const char *const order[] = { "Karl",
                                       "Karl Abel",
                                       "Karla Zobel",
                                       "Berta Karl",
                                       "Ann Karlsson" };
  g_autoptr(KontorSearchResult) result = NULL;
  KontorId id;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    add_contact (fixture, names[i]);
  id = add_contact (fixture, "With a note");
  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NOTES, "Knows Karl from school");
  id = add_contact (fixture, "With a nickname");
  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NICKNAME, "Karlchen");
  result = search_type (fixture, "karl", &kontor_contact_type, 50);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    g_assert_cmpstr (nth_hit (result, i)->title, ==, order[i]);
  g_assert_cmpstr (nth_hit (result, 5)->title, ==, "With a nickname");
  g_assert_cmpstr (nth_hit (result, 5)->detail, ==, "Karlchen");
  g_assert_cmpstr (nth_hit (result, 6)->title, ==, "With a note");
  g_assert_cmpstr (nth_hit (result, 6)->detail, ==, "Knows Karl from school");
  g_assert_cmpuint (result->hits->len, ==, 7);
  g_assert_false (result->more);
}

static void
assert_grouped (const KontorSearchResult *result)
{
  g_autoptr(GHashTable) over = g_hash_table_new (NULL, NULL);
  const KontorRecordType *present = NULL;

  for (guint i = 0; i < result->hits->len; i++)
    {
      const KontorRecordType *type = nth_hit (result, i)->type;

      if (type == present)
        continue;
      g_assert_true (g_hash_table_add (over, (gpointer) type));
      present = type;
    }
}

static guint
count_hits (const KontorSearchResult *result, const KontorRecordType *type)
{
  guint n = 0;

  for (guint i = 0; i < result->hits->len; i++)
    n += nth_hit (result, i)->type == type;
  return n;
}

/* A type with very many hits leaves room for the others. */
static void
test_groups (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorSearchResult) few = NULL;
  g_autoptr(KontorSearchResult) one = NULL;
  g_autoptr(KontorSearchResult) all = NULL;
  KontorStep *step = kontor_step_new ("Many");

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("Mark Meridian %03u", i);
      g_autoptr(KontorRecord) draft =
        i % 3 == 0 ? fixture_new_account (name) : fixture_new_contact (name);

      kontor_step_create (step, draft);
    }
  kontor_commit_free (fixture_commit (fixture, step));
  fixture_commit_new (fixture, fixture_new_activity ("note", "About Meridian"));
  few = search_type (fixture, "meridian", NULL, 21);
  assert_grouped (few);
  g_assert_cmpuint (few->hits->len, ==, 21);
  g_assert_cmpuint (count_hits (few, &kontor_account_type), ==, 10);
  g_assert_cmpuint (count_hits (few, &kontor_contact_type), ==, 10);
  g_assert_cmpuint (count_hits (few, &kontor_activity_type), ==, 1);
  g_assert_true (few->more);
  one = search_type (fixture, "mark meridian 0", &kontor_contact_type, 20);
  g_assert_cmpuint (count_hits (one, &kontor_contact_type), ==, 20);
  g_assert_true (one->more);
  all = search_type (fixture, "meridian", NULL, 1000);
  g_assert_cmpuint (all->hits->len, ==, 301);
  g_assert_false (all->more);
  assert_grouped (all);
}

/* --- What is found where -------------------------------------------------------------------- */

static void
test_trash (Fixture *fixture, gconstpointer data)
{
  KontorId id = add_contact (fixture, "Ana Trujillo");
  KontorStep *step;

  add_point (fixture, &id, "phone", "+49 30 1234567");
  fixture_commit_trash (fixture, &kontor_contact_type, &id);
  assert_misses (fixture, "trujillo");
  assert_misses (fixture, "trujilo");
  assert_misses (fixture, "301234567");
  kontor_commit_free (fixture_undo (fixture));
  assert_only (fixture, "trujillo", "Ana Trujillo");
  assert_only (fixture, "301234567", "Ana Trujillo");
  kontor_commit_free (fixture_redo (fixture));
  step = kontor_step_new ("Restore");
  kontor_step_restore (step, &kontor_contact_type, &id);
  kontor_commit_free (fixture_commit (fixture, step));
  assert_only (fixture, "trujilo", "Ana Trujillo");
  step = kontor_step_new ("Erase");
  kontor_step_purge (step, &kontor_contact_type, &id);
  kontor_commit_free (fixture_commit (fixture, step));
  assert_misses (fixture, "trujillo");
  assert_misses (fixture, "1234567");
  fixture_assert_sound (fixture);
}

static void
assert_detail (Fixture *fixture, const char *text, const char *title, const char *detail)
{
  g_autoptr(KontorSearchResult) result = search_type (fixture, text, NULL, 20);
  const KontorSearchHit *hit = find_hit (result, title);

  if (hit == NULL)
    g_error ("“%s” does not find “%s”", text, title);
  g_assert_cmpstr (hit->detail, ==, detail);
}

static KontorId
add_address (Fixture *fixture, const KontorId *contact, const char *street, const char *city)
{
  KontorRecord *address = kontor_record_new (&kontor_address_type, &KONTOR_ID_NULL);

  kontor_record_set_text (address, KONTOR_ADDRESS_PARTY_TYPE, "contact");
  kontor_record_set_link (address, KONTOR_ADDRESS_PARTY, contact);
  kontor_record_set_text (address, KONTOR_ADDRESS_STREET, street);
  kontor_record_set_text (address, KONTOR_ADDRESS_CITY, city);
  return fixture_commit_new (fixture, address);
}

static void
test_children (Fixture *fixture, gconstpointer data)
{
  KontorId id = add_contact (fixture, "Ana Trujillo");
  KontorId account = add_account (fixture, "Antonio Moreno Taquería");
  KontorRecord *member = fixture_new_membership (&id, &account);
  KontorId mail;

  kontor_record_set_text (member, KONTOR_ACCOUNT_CONTACT_POSITION, "Owner");
  fixture_commit_new (fixture, member);
  add_point (fixture, &id, "mail", "ana@example.org");
  mail = add_point (fixture, &id, "mail", "private@second.example");
  add_address (fixture, &id, "Avda. de la Constitución 2222", "México D.F.");
  assert_detail (fixture, "ana", "Ana Trujillo", "Owner, Antonio Moreno Taquería");
  assert_detail (fixture, "taqueria", "Ana Trujillo", "Owner, Antonio Moreno Taquería");
  assert_detail (fixture, "example.org", "Ana Trujillo", "ana@example.org");
  assert_detail (fixture, "private", "Ana Trujillo", "private@second.example");
  assert_detail (fixture, "constitucion", "Ana Trujillo", "Avda. de la Constitución 2222");
  assert_detail (fixture, "mexico", "Ana Trujillo", "México D.F.");
  assert_detail (fixture, "owner", "Ana Trujillo", "Owner, Antonio Moreno Taquería");
  fixture_commit_trash (fixture, &kontor_contact_point_type, &mail);
  assert_misses (fixture, "private");
  fixture_commit_text (fixture, &account, KONTOR_ACCOUNT_NAME, "Nordwind");
  assert_misses (fixture, "taqueria");
  assert_detail (fixture, "nordwind", "Ana Trujillo", "Owner, Nordwind");
}

static void
test_activities (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "We talked for an hour about this and that, then about the old "
                             "contracts.\nBefore leaving Ana asked for the list of spare parts and "
                             "for a better price, as the others have offered her one already.";
  KontorId contact = add_contact (fixture, "Petra Ulm");
  KontorId call = fixture_commit_new (fixture, fixture_new_activity ("call", "Yearly talk"));
  KontorRecord *note = fixture_new_activity ("note", NULL);

  fixture_commit_text (fixture, &call, KONTOR_ACTIVITY_TEXT, text);
  kontor_record_set_text (note, KONTOR_ACTIVITY_TEXT, "Prefers mornings\nand tea");
  fixture_commit_new (fixture, note);
  fixture_commit_new (fixture, fixture_new_activity_link (&call, &kontor_contact_type, &contact));
  assert_detail (fixture, "yearly", "Yearly talk", "Petra Ulm");
  assert_detail (fixture,
                 "spare",
                 "Yearly talk",
                 "…Ana asked for the list of spare parts and for a better price, as the others "
                 "have "
                 "offered her one already.");
  assert_detail (fixture, "tea", "Prefers mornings", "Prefers mornings and tea");
  assert_only (fixture, "prefers", "Prefers mornings");
}

/* A custom field that is searched is found like any other. */
static void
test_custom_field (Fixture *fixture, gconstpointer data)
{
  KontorRecord *definition = kontor_record_new (&kontor_custom_field_type, &KONTOR_ID_NULL);
  KontorId id = add_contact (fixture, "Ana Trujillo"), field_id;
  g_autoptr(KontorSchema) schema = NULL;
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  g_autofree char *name = NULL;
  const KontorFieldDef *field;
  KontorStep *step;

  kontor_record_set_text (definition, KONTOR_CUSTOM_FIELD_TYPE, "contact");
  kontor_record_set_text (definition, KONTOR_CUSTOM_FIELD_LABEL, "Boat");
  kontor_record_set_text (definition, KONTOR_CUSTOM_FIELD_KIND, "text");
  kontor_record_set_integer (definition, KONTOR_CUSTOM_FIELD_SEARCHED, 1);
  field_id = fixture_commit_new (fixture, definition);
  name = kontor_schema_custom_field_name (&field_id);
  schema = kontor_workspace_ref_schema (fixture->workspace);
  field = kontor_schema_find_field (schema, &kontor_contact_type, name);
  g_assert_nonnull (field);
  kontor_value_set_text (&value, "Albatros");
  step = kontor_step_new ("Boat");
  kontor_step_set (step, &kontor_contact_type, &id, field, &value);
  kontor_commit_free (fixture_commit (fixture, step));
  assert_detail (fixture, "albat", "Ana Trujillo", "Albatros");
  fixture_assert_sound (fixture);
}

/* --- Hostile texts -------------------------------------------------------------------------- */

static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "",
    " ",
    "\"",
    "\"\"",
    "'",
    "*",
    "**",
    "ana*",
    "*ana",
    "NEAR(",
    "NEAR(a b)",
    "AND",
    "OR",
    "NOT",
    "title:ana",
    "title : a",
    "{title}:x",
    "^ana",
    "-ana",
    "+ana",
    "(",
    ")",
    "ana)",
    "\\",
    "%",
    "_",
    "ana%",
    "; DROP TABLE contact",
    "' OR 1=1 --",
    "\xff\xfe",
    "a\xff"
    "b",
    "😀",
    "👨‍👩‍👧‍👦",
    "\xe2\x80\xae",
    "\t\n\r",
    "\x01\x02",
    "ﷺ",
    "ß",
    "İ",
    "ــــ",
    "𝔄𝔫𝔞",
    "ａｎａ",
    "🇷🇺",
    "a\xcc\x81",
    "\xcc\x81",
    "𞤀𞤁",
    "NULL",
    "0",
    "-1",
    "1e9",
    "0x41",
    "99999999999999999999999",
    "ana ana",
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
  };
  g_autofree char *quotes = g_strnfill (50 * 1024, '"');
  g_autofree char *letters = g_strnfill (50 * 1024, 'a');
  g_autofree char *digits = g_strnfill (50 * 1024, '7');
  GString *words = g_string_new (NULL);

  add_contact (fixture, "Ana Trujillo");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(KontorSearchResult) result = search_type (fixture, texts[i], NULL, 10);
      g_autoptr(KontorSearchResult) type =
        search_type (fixture, texts[i], &kontor_contact_type, 10);

      /* Ana, and Anna, who made the workspace */
      g_assert_cmpuint (result->hits->len, <=, 2);
      g_assert_cmpuint (type->hits->len, <=, 1);
    }
  assert_finds (fixture, "\"ana\"", "Ana Trujillo");
  assert_finds (fixture, "(ana)", "Ana Trujillo");
  assert_finds (fixture, "ａｎａ", "Ana Trujillo");
  assert_misses (fixture, "title:ana");
  assert_misses (fixture, quotes);
  assert_misses (fixture, letters);
  assert_misses (fixture, digits);
  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (words, "w%u ", i);
  assert_misses (fixture, words->str);
  g_string_free (words, TRUE);
}

/* Types that have no documents of their own find nothing. */
static void
test_other_types (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorSearchResult) result = NULL;

  add_contact (fixture, "Ana Trujillo");
  result = search_type (fixture, "ana", &kontor_contact_point_type, 10);
  g_assert_cmpuint (result->hits->len, ==, 0);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(KontorSearchResult) result = NULL;
  g_autoptr(GError) error = NULL;

  add_contact (fixture, "Ana Trujillo");
  g_cancellable_cancel (cancellable);
  result = kontor_workspace_search (fixture->workspace, "ana", NULL, 10, cancellable, &error);
  g_assert_null (result);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_finds (fixture, "ana", "Ana Trujillo");
}

/* --- Bulk steps ----------------------------------------------------------------------------- */

static KontorLongStep *
begin_bulk (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  KontorLongStep *step = kontor_workspace_begin_long (fixture->workspace,
                                                      "Import",
                                                      KONTOR_ORIGIN_IMPORT,
                                                      KONTOR_LONG_BULK,
                                                      &error);

  g_assert_no_error (error);
  return step;
}

static void
append_people (KontorLongStep *whole, guint n)
{
  g_autoptr(KontorStep) part = kontor_step_new (NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Bulk Person%u", i);
      g_autoptr(KontorRecord) draft = fixture_new_contact (name);
      KontorId id = kontor_step_create (part, draft);
      g_autofree char *number = g_strdup_printf ("+49 30 55%05u", i);
      g_autoptr(KontorRecord) point =
        fixture_new_point (&kontor_contact_type, &id, "phone", number);

      kontor_step_create (part, point);
    }
  kontor_long_step_append (whole, part, NULL, &error);
  g_assert_no_error (error);
}

static void
end_bulk (KontorLongStep *whole, gboolean keep)
{
  g_autoptr(GError) error = NULL;

  kontor_commit_free (kontor_long_step_end (whole, keep, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
test_bulk (Fixture *fixture, gconstpointer data)
{
  KontorId old = add_contact (fixture, "Old Person");
  KontorLongStep *whole = begin_bulk (fixture);
  g_autoptr(KontorSearchResult) meanwhile = NULL;

  append_people (whole, 200);
  /* what was there before is found all the while */
  meanwhile = search_type (fixture, "old", NULL, 10);
  g_assert_nonnull (find_hit (meanwhile, "Old Person"));
  fixture_commit_text (fixture, &old, KONTOR_CONTACT_NOTES, "remarkable");
  append_people (whole, 10);
  end_bulk (whole, TRUE);
  assert_only (fixture, "person123", "Bulk Person123");
  assert_finds (fixture, "bukl", "Bulk Person123");
  assert_only (fixture, "305500123", "Bulk Person123");
  assert_only (fixture, "remarkable", "Old Person");
  fixture_assert_sound (fixture);
}

static void
test_bulk_dropped (Fixture *fixture, gconstpointer data)
{
  KontorLongStep *whole;

  add_contact (fixture, "Old Person");
  whole = begin_bulk (fixture);
  append_people (whole, 200);
  end_bulk (whole, FALSE);
  assert_misses (fixture, "bulk");
  assert_misses (fixture, "5500123");
  assert_only (fixture, "person", "Old Person");
  fixture_assert_sound (fixture);
}

#define ADD(name, func) \
  g_test_add ("/store/search/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
#define ADD_RUSSIAN(name, func) \
  g_test_add ("/store/search/" name, Fixture, NULL, set_up_russian, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  ADD ("spellings", test_spellings);
  ADD ("letter-by-letter", test_letter_by_letter);
  ADD ("typing-errors", test_typing_errors);
  ADD ("errors-come-last", test_errors_come_last);
  ADD ("enough-without-errors", test_enough_without_errors);
  ADD ("words-are-fresh", test_words_are_fresh);
  ADD_RUSSIAN ("numbers", test_numbers);
  ADD_RUSSIAN ("number-beginning", test_number_beginning);
  ADD_RUSSIAN ("number-changes", test_number_changes);
  ADD ("country-changes", test_country_changes);
  ADD ("order", test_order);
  ADD ("groups", test_groups);
  ADD ("trash", test_trash);
  ADD ("children", test_children);
  ADD ("activities", test_activities);
  ADD ("custom-field", test_custom_field);
  ADD ("hostile", test_hostile);
  ADD ("other-types", test_other_types);
  ADD ("cancel", test_cancel);
  ADD ("bulk", test_bulk);
  ADD ("bulk-dropped", test_bulk_dropped);
  return g_test_run ();
}
