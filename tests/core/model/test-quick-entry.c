/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of quick entries: what lines in English and Russian say, and that no text does harm. */
#include "config.h"

#include "kontor-quick-entry.h"

#include <string.h>

/* A Tuesday, at noon. */
static const KontorQuickNow noon = { "2026-03-10", 12 * 60 };

static void
append_time (GString *text, const KontorQuickTime *time)
{
  g_string_append (text, time->day);
  if (time->minute >= 0)
    g_string_append_printf (text, " %02d:%02d", time->minute / 60, time->minute % 60);
}

/* "call 2026-03-09 14:00 reached", "meeting! DAY TIME subject" with "!" for what is planned, then
 * "+ task DAY TIME subject". */
static char *
describe (const KontorQuickEntry *entry)
{
  GString *text = g_string_new (entry->kind);

  if (entry->planned)
    g_string_append_c (text, '!');
  if (kontor_quick_time_is_set (&entry->when))
    g_string_append_c (text, ' ');
  append_time (text, &entry->when);
  if (entry->result != NULL)
    g_string_append_printf (text, " %s", entry->result);
  if (entry->subject != NULL)
    g_string_append_printf (text, " \"%s\"", entry->subject);
  if (entry->follow_subject == NULL)
    return g_string_free (text, FALSE);
  g_string_append_printf (text, " + %s ", entry->follow_kind);
  append_time (text, &entry->follow_when);
  g_string_append_printf (text, " \"%s\"", entry->follow_subject);
  return g_string_free (text, FALSE);
}

static void
check (const char *text, KontorQuickParts ignored, const char *expected)
{
  g_autoptr(KontorQuickEntry) entry =
    kontor_quick_entry_parse (text, ignored, &noon, KONTOR_DATE_ORDER_DMY);
  g_autofree char *said = describe (entry);

  if (strcmp (said, expected) != 0)
    g_test_message ("\"%s\"", text);
  g_assert_cmpstr (said, ==, expected);
}

static const struct
{
  const char *text;
  const char *expected;
} cases[] = {
  /* the drawing's */
  { "Called, will send quote on Friday", "call reached + task 2026-03-13 \"Send quote\"" },
  { "Позвонил, отправлю КП в пятницу", "call reached + task 2026-03-13 \"Отправить КП\"" },
  { "завтра в 10 встреча", "meeting! 2026-03-11 10:00 \"Встреча\"" },
  /* notes */
  { "", "note" },
  { "   \n\n ", "note" },
  { "Asked for the new price list", "note" },
  { "Likes sailing, has two daughters", "note" },
  { "Спрашивал про новый прайс", "note" },
  { "Note: will call on Friday", "note" },
  { "Заметка: отправлю КП в пятницу", "note" },
  { "Discussed prices, will send offer tomorrow", "note + task 2026-03-11 \"Send offer\"" },
  /* kinds */
  { "Called", "call reached" },
  { "CALLED ANA", "call reached" },
  { "Phone call with Boris", "call reached" },
  { "Met Ana at the fair", "meeting" },
  { "Had a meeting with the buyer", "meeting" },
  { "Visited the plant", "visit" },
  { "Emailed the brochure", "mail" },
  { "Sent an e-mail about spare parts", "mail" },
  { "Созвонились", "call reached" },
  { "Встретились, обсудили цены", "meeting" },
  { "Съездил на объект", "visit" },
  { "Отправила письмо с прайсом", "mail" },
  /* results */
  { "Called, no answer", "call no_answer" },
  { "Called, didn't pick up", "call no_answer" },
  { "Called, didn’t answer", "call no_answer" },
  { "No answer", "call no_answer" },
  { "Left a message", "call left_message" },
  { "Called, line busy", "call busy" },
  { "Wrong number", "call wrong_number" },
  { "Called, she will call back", "call call_back" },
  { "Звонил, не дозвонился", "call no_answer" },
  { "Не ответили", "call no_answer" },
  { "Позвонил, не берёт трубку", "call no_answer" },
  { "Звонила, занято", "call busy" },
  { "Не тот номер", "call wrong_number" },
  { "Дозвонился до директора", "call reached" },
  { "Позвонил, обещала перезвонить", "call call_back" },
  /* when it was */
  { "Called yesterday", "call 2026-03-09 reached" },
  { "Called yesterday 14:00", "call 2026-03-09 14:00 reached" },
  { "Called at 10", "call 2026-03-10 10:00 reached" },
  { "Called at 10:30", "call 2026-03-10 10:30 reached" },
  { "Called at 9.15 am", "call 2026-03-10 09:15 reached" },
  { "Called at 4pm yesterday", "call 2026-03-09 16:00 reached" },
  { "Called at 3 yesterday", "call 2026-03-09 15:00 reached" },
  { "Called at 18:00", "call 2026-03-09 18:00 reached" },
  { "Called at noon", "call 2026-03-10 12:00 reached" },
  { "Called an hour ago", "call 2026-03-10 11:00 reached" },
  { "Called 20 minutes ago", "call 2026-03-10 11:40 reached" },
  { "Called 13 hours ago", "call 2026-03-09 23:00 reached" },
  { "Met on Friday", "meeting 2026-03-06" },
  { "Met last Monday", "meeting 2026-03-09" },
  { "Met 3 days ago", "meeting 2026-03-07" },
  { "Met a week ago", "meeting 2026-03-03" },
  { "Met on 2 March", "meeting 2026-03-02" },
  { "Met March 2nd, 2025", "meeting 2026-03-02" },
  { "Met on March 2 2025", "meeting 2025-03-02" },
  { "Met 24.12.", "meeting 2025-12-24" },
  { "Met on 2026-02-28", "meeting 2026-02-28" },
  { "Yesterday 14:00, called Ana", "call 2026-03-09 14:00 reached" },
  { "Позвонил вчера в 14:00, не ответили", "call 2026-03-09 14:00 no_answer" },
  { "Звонил в 10.30", "call 2026-03-10 10:30 reached" },
  { "Звонил в 9 утра", "call 2026-03-10 09:00 reached" },
  { "Звонил вчера в 3 часа дня", "call 2026-03-09 15:00 reached" },
  { "Встретились в прошлую пятницу", "meeting 2026-03-06" },
  { "Встретились два дня назад", "meeting 2026-03-08" },
  { "Встретились 5 марта", "meeting 2026-03-05" },
  { "Встреча с Аной вчера в 15:00", "meeting 2026-03-09 15:00" },
  { "Called about the meeting on Friday", "call reached" },
  /* what is planned */
  { "Meeting tomorrow at 10", "meeting! 2026-03-11 10:00 \"Meeting\"" },
  { "Meeting tomorrow at 10, office", "meeting! 2026-03-11 10:00 \"Meeting, office\"" },
  { "tomorrow at 10 meeting with Ana", "meeting! 2026-03-11 10:00 \"Meeting with Ana\"" },
  { "Send quote on Friday", "task! 2026-03-13 \"Send quote\"" },
  { "Send quote by 20 March", "task! 2026-03-20 \"Send quote\"" },
  { "Send quote in 3 days", "task! 2026-03-13 \"Send quote\"" },
  { "Send quote in two weeks", "task! 2026-03-24 \"Send quote\"" },
  { "Send quote next week", "task! 2026-03-16 \"Send quote\"" },
  { "Send quote next Friday", "task! 2026-03-20 \"Send quote\"" },
  { "Send quote the day after tomorrow", "task! 2026-03-12 \"Send quote\"" },
  { "Send quote by the end of the week", "task! 2026-03-13 \"Send quote\"" },
  { "Call back in an hour", "task! 2026-03-10 13:00 \"Call back\"" },
  { "Call back tomorrow at 4 pm", "task! 2026-03-11 16:00 \"Call back\"" },
  { "Congratulate on 8 January", "task! 2027-01-08 \"Congratulate\"" },
  { "I need to send the contract", "task! \"Send the contract\"" },
  { "Task: send 5 pumps (40 kW) at 50 % on Monday",
    "task! 2026-03-16 \"Send 5 pumps (40 kW) at 50 %\"" },
  { "Через неделю отправить КП", "task! 2026-03-17 \"Отправить КП\"" },
  { "Через 3 дня позвонить", "task! 2026-03-13 \"Позвонить\"" },
  { "Надо подготовить договор", "task! \"Подготовить договор\"" },
  { "Задача: выслать счёт к пятнице", "task! 2026-03-13 \"Выслать счёт\"" },
  { "Послезавтра в 10:30 визит на склад", "visit! 2026-03-12 10:30 \"Визит на склад\"" },
  { "В понедельник в 2 часа встреча", "meeting! 2026-03-16 14:00 \"Встреча\"" },
  { "В следующий понедельник отправить договор", "task! 2026-03-16 \"Отправить договор\"" },
  { "Перезвонить через полчаса", "task! 2026-03-10 12:30 \"Перезвонить\"" },
  /* what follows */
  { "Called and will send quote on Friday", "call reached + task 2026-03-13 \"Send quote\"" },
  { "Called will send quote on Friday", "call reached + task 2026-03-13 \"Send quote\"" },
  { "Called. I'll send the contract", "call reached + task  \"Send the contract\"" },
  { "Called, will send quote, on Friday", "call reached + task 2026-03-13 \"Send quote\"" },
  { "Called, no answer, try again tomorrow", "call no_answer + task 2026-03-11 \"Try again\"" },
  { "Called yesterday, meeting tomorrow at 10",
    "call 2026-03-09 reached + meeting 2026-03-11 10:00 \"Meeting\"" },
  { "Called, he will send documents on Friday",
    "call reached + task 2026-03-13 \"He will send documents\"" },
  { "Will send quote on Friday. Called Ana", "call reached + task 2026-03-13 \"Send quote\"" },
  { "Позвонил и отправлю КП завтра", "call reached + task 2026-03-11 \"Отправить КП\"" },
  { "Звонил, завтра в 10 отправить предложение",
    "call reached + task 2026-03-11 10:00 \"Отправить предложение\"" },
  { "Завтра в 11 встретиться с Борисом", "meeting! 2026-03-11 11:00 \"Встретиться с Борисом\"" },
  { "Встретились, в четверг вышлю договор", "meeting + task 2026-03-12 \"Выслать договор\"" },
  { "Не дозвонился, наберу через час", "call no_answer + task 2026-03-10 13:00 \"Набрать\"" },
  { "Позвонил — просил прислать прайс до пятницы",
    "call reached + task 2026-03-13 \"Просил прислать прайс\"" },
  { "Звонил, встреча 13.03 в 11:00", "call reached + meeting 2026-03-13 11:00 \"Встреча\"" },
  /* only the first line */
  { "Called\nwill send quote on Friday", "call reached" },
  /* what only looks like it */
  { "Lives at 10 Main Street", "note" },
  { "Paid 10.50 EUR, version 1.12", "note" },
  { "Sat on the sun deck", "note" },
  { "May march in April", "note" },
  { "Has 3 children", "note" },
  { "Работает в 5 городах", "note" },
  { "Room 12:75", "note" },
  { "Met on 31.02.2026", "meeting" },
};

static void
test_lines (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check (cases[i].text, 0, cases[i].expected);
}

static void
test_ignored (void)
{
  const char *line = "Called yesterday, no answer, will send quote on Friday";

  check (line, 0, "call 2026-03-09 no_answer + task 2026-03-13 \"Send quote\"");
  check (line, KONTOR_QUICK_FOLLOW_UP, "call 2026-03-09 no_answer");
  check (line, KONTOR_QUICK_WHEN, "call no_answer + task 2026-03-13 \"Send quote\"");
  check (line, KONTOR_QUICK_RESULT, "call 2026-03-09 + task 2026-03-13 \"Send quote\"");
  check (line, KONTOR_QUICK_KIND, "note 2026-03-09 + task 2026-03-13 \"Send quote\"");
  check ("Called yesterday, try again tomorrow",
         KONTOR_QUICK_WHEN,
         "call reached + task 2026-03-11 \"Try again\"");
  check ("Meeting tomorrow at 10", KONTOR_QUICK_KIND, "note");
  check ("Meeting tomorrow at 10", KONTOR_QUICK_WHEN, "meeting");
}

static void
test_order (void)
{
  g_autoptr(KontorQuickEntry) day_first =
    kontor_quick_entry_parse ("Met on 2/3", 0, &noon, KONTOR_DATE_ORDER_DMY);
  g_autoptr(KontorQuickEntry) month_first =
    kontor_quick_entry_parse ("Met on 2/3", 0, &noon, KONTOR_DATE_ORDER_MDY);

  g_assert_cmpstr (day_first->when.day, ==, "2026-03-02");
  g_assert_cmpstr (month_first->when.day, ==, "2026-02-03");
}

static void
test_clock (void)
{
  static const struct
  {
    KontorQuickNow now;
    const char *text, *day;
  } ends[] = {
    { { "2026-12-31", 0 }, "tomorrow", "2027-01-01" },
    { { "2026-12-31", 23 * 60 }, "in 2 hours", "2027-01-01" },
    { { "2026-03-01", 0 }, "an hour ago", "2026-02-28" },
    { { "2026-01-31", 0 }, "in a month", "2026-02-28" },
    { { "2024-01-31", 0 }, "через месяц", "2024-02-29" },
    { { "2026-01-15", 0 }, "a month ago", "2025-12-15" },
    { { "2026-03-13", 0 }, "Friday", "2026-03-20" },
    { { "2026-03-13", 0 }, "end of the week", "2026-03-13" },
    { { "2026-03-15", 0 }, "next week", "2026-03-16" },
    { { "2026-03-15", 0 }, "через 100 дней", "2026-06-23" },
    { { "9999-12-31", 0 }, "tomorrow", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      KontorQuickTime time;
      gboolean found =
        kontor_quick_time_parse (ends[i].text, &ends[i].now, KONTOR_DATE_ORDER_DMY, &time);

      g_assert_cmpstr (time.day, ==, ends[i].day);
      g_assert_cmpint (found, ==, *ends[i].day != '\0');
    }
}

static void
test_instants (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("+03:00");
  KontorQuickNow now;
  KontorQuickTime time = { "2026-03-11", 90 };

  kontor_quick_now_init (&now, G_GINT64_CONSTANT (1773176400000), zone); /* 2026-03-10 21:00 UTC */
  g_assert_cmpstr (now.today, ==, "2026-03-11");
  g_assert_cmpint (now.minute, ==, 0);
  g_assert_cmpint (kontor_quick_time_to_ms (&time, zone), ==, G_GINT64_CONSTANT (1773181800000));
  g_assert_true (kontor_quick_time_is_future (&time, &now));
  time.minute = -1;
  g_assert_false (kontor_quick_time_is_future (&time, &now));
}

/* --- Texts that mean harm --------------------------------------------------------------------- */

static char *
repeat (const char *piece, gsize length)
{
  GString *text = g_string_sized_new (length + 64);

  while (text->len < length)
    g_string_append (text, piece);
  return g_string_free (text, FALSE);
}

static void
test_large (void)
{
  static const char *const pieces[] = { "a",      "will ",      "called, ", "1",
                                        "10:",    "in 3 days ", "я",        "👩‍👩‍👧",
                                        "\u202e", "and ",       "((((",     "at 10 ",
                                        "не ",    "-",          "'",        "13.03.",
                                        " ",      "\n" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    for (gsize length = 10; length <= 1024 * 1024; length *= 4)
      {
        g_autofree char *text = repeat (pieces[i], length);
        g_autoptr(KontorQuickEntry) entry =
          kontor_quick_entry_parse (text, 0, &noon, KONTOR_DATE_ORDER_DMY);
        KontorQuickTime time;

        g_assert_nonnull (entry->kind);
        kontor_quick_time_parse (text, &noon, KONTOR_DATE_ORDER_DMY, &time);
        if (length > KONTOR_QUICK_LINE_MAX * 4 && pieces[i][0] != '\n' && pieces[i][0] != ' ')
          g_assert_cmpint (entry->understood, ==, 0);
      }
}

static void
test_hostile (void)
{
  check ("<html><body>Called, will send quote on Friday</body></html>", 0, "note");
  check ("  <p>Позвонил", 0, "note");
  check ("👩‍👩‍👧 called 📞, will send 🎁 on Friday",
         0,
         "call reached + task 2026-03-13 \"Send 🎁\"");
  check ("التقيت called, will send عرض on Friday",
         0,
         "call reached + task 2026-03-13 \"Send عرض\"");
  check ("\u202ecalled\u202c", 0, "call reached");
  check ("Called, will send \"quote", 0, "call reached + task  \"Send \"quote\"");
  check ("Called (no answer", 0, "call no_answer");
  check ("called, will on Friday", 0, "call reached");
  check ("on Friday", 0, "note");
  check ("99999999999999999999 days ago", 0, "note");
  check ("in 999 weeks sell", 0, "task! 2045-05-02 \"Sell\"");
  check ("at", 0, "note");
  check ("at 10 at 11 at 12", 0, "note 2026-03-10 12:00");
  check ("\xff\xfe called", 0, "note");
  check ("- , . ; : ! ? ( )", 0, "note");
  check ("и и и и и", 0, "note");
  check ("e\xcc\x81 called", 0, "call reached");
}

/* Any sequence of what is known is read without harm, and subjects are valid and short. */
static void
test_random (void)
{
  static const char *const words[] = {
    "called", "will",   "send", "on",      "Friday", "at",   "10",         ":",        "30",
    ",",      ".",      "and",  "no",      "answer", "in",   "3",          "days",     "ago",
    "13",     "March",  "2026", "завтра",  "в",      "не",   "дозвонился", "отправлю", "КП",
    "через",  "неделю", "и",    "встреча", "(",      ")",    "'ll",        "e-mail",   "13.03",
    "10:30",  "pm",     "утра", "👍",       "task",   "note", "last",       "next",     "week",
    "the",    "-",      "—",    "\"",      "Ё",
  };
  GRand *random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(KontorQuickEntry) entry = NULL;

      for (guint n = g_rand_int_range (random, 1, 14); n > 0; n--)
        {
          g_string_append (text, words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);
          if (g_rand_boolean (random))
            g_string_append_c (text, ' ');
        }
      entry = kontor_quick_entry_parse (text->str,
                                        g_rand_int_range (random, 0, 16),
                                        &noon,
                                        KONTOR_DATE_ORDER_DMY);
      g_assert_true (entry->subject == NULL || g_utf8_validate (entry->subject, -1, NULL));
      g_assert_cmpint (entry->planned, ==, entry->subject != NULL);
      g_assert_cmpint (entry->follow_kind != NULL, ==, entry->follow_subject != NULL);
      g_assert_true (
        entry->follow_subject == NULL ||
        (*entry->follow_subject != '\0' && g_utf8_validate (entry->follow_subject, -1, NULL)));
      g_assert_true (entry->result == NULL || strcmp (entry->kind, "call") == 0);
      g_assert_true (entry->when.day[0] == '\0' || kontor_date_is_iso (entry->when.day));
      g_assert_true (entry->when.minute >= -1 && entry->when.minute < 1440);
      g_assert_true (entry->follow_when.day[0] == '\0' ||
                     kontor_date_is_iso (entry->follow_when.day));
    }
  g_rand_free (random);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quick-entry/lines", test_lines);
  g_test_add_func ("/quick-entry/ignored", test_ignored);
  g_test_add_func ("/quick-entry/order", test_order);
  g_test_add_func ("/quick-entry/clock", test_clock);
  g_test_add_func ("/quick-entry/instants", test_instants);
  g_test_add_func ("/quick-entry/large", test_large);
  g_test_add_func ("/quick-entry/hostile", test_hostile);
  g_test_add_func ("/quick-entry/random", test_random);
  return g_test_run ();
}
