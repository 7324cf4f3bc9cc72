/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line as words, and the words that are understood, in English and Russian. */
#include "config.h"

#include "kontor-quick-private.h"

#include <string.h>

/* clang-format off */

#define END { NULL, 0, NULL }

/* Of two that begin at one place the longer one counts. */
const KontorQuickWord kontor_quick_kinds[] = {
  { "called", 1, "call" }, { "phoned", 1, "call" }, { "rang", 1, "call" }, { "call", 0, "call" },
  { "phone call", 0, "call" }, { "spoke on the phone", 1, "call" }, { "talked on the phone", 1, "call" },
  { "met", 1, "meeting" }, { "had a meeting", 1, "meeting" }, { "meeting", 0, "meeting" },
  { "meet", 0, "meeting" }, { "lunch", 0, "meeting" },
  { "visited", 1, "visit" }, { "visit", 0, "visit" }, { "went to see", 1, "visit" },
  { "emailed", 1, "mail" }, { "e-mailed", 1, "mail" }, { "mailed", 1, "mail" }, { "email", 0, "mail" },
  { "e-mail", 0, "mail" }, { "sent an email", 1, "mail" }, { "sent an e-mail", 1, "mail" },
  { "letter", 0, "letter" }, { "sent a letter", 1, "letter" },
  { "note", 0, "note" }, { "task", 0, "task" },
  { "позвонил*", 1, "call" }, { "звонил*", 1, "call" }, { "прозвонил*", 1, "call" },
  { "созвонил*", 1, "call" }, { "дозвонил*", 1, "call" }, { "поговорил* по телефону", 1, "call" },
  { "звонок", 0, "call" }, { "созвон", 0, "call" }, { "набрал* номер", 1, "call" },
  { "встретил*", 1, "meeting" }, { "встречал*", 1, "meeting" }, { "виделись", 1, "meeting" },
  { "провел* встречу", 1, "meeting" }, { "встреча", 0, "meeting" }, { "встречу", 0, "meeting" },
  { "встречи", 0, "meeting" }, { "встретимся", 0, "meeting" }, { "встретиться", 0, "meeting" },
  { "визит", 0, "visit" }, { "выезд", 0, "visit" }, { "съездил*", 1, "visit" }, { "посетил*", 1, "visit" },
  { "приезжал*", 1, "visit" }, { "ездил*", 1, "visit" }, { "заехал*", 1, "visit" },
  { "отправил* письмо", 1, "mail" }, { "написал* письмо", 1, "mail" }, { "написал* на почту", 1, "mail" },
  { "прислал* письмо", 1, "mail" }, { "письмо", 0, "mail" },
  { "бумажное письмо", 0, "letter" },
  { "заметка", 0, "note" }, { "задача", 0, "task" }, { "задачу", 0, "task" },
  END
};

const KontorQuickWord kontor_quick_results[] = {
  { "no answer", 0, "no_answer" }, { "didn't answer", 0, "no_answer" }, { "did not answer", 0, "no_answer" },
  { "not answering", 0, "no_answer" }, { "didn't pick up", 0, "no_answer" }, { "nobody answered", 0, "no_answer" },
  { "did not pick up", 0, "no_answer" }, { "not reached", 0, "no_answer" }, { "didn't reach", 0, "no_answer" },
  { "couldn't reach", 0, "no_answer" }, { "could not reach", 0, "no_answer" },
  { "voicemail", 0, "left_message" }, { "voice mail", 0, "left_message" }, { "left a message", 0, "left_message" },
  { "left message", 0, "left_message" }, { "left her a message", 0, "left_message" },
  { "left him a message", 0, "left_message" },
  { "line busy", 0, "busy" }, { "was busy", 0, "busy" }, { "is busy", 0, "busy" }, { "busy", 0, "busy" },
  { "wrong number", 0, "wrong_number" },
  { "he will call back", 0, "call_back" }, { "she will call back", 0, "call_back" },
  { "they will call back", 0, "call_back" }, { "he'll call back", 0, "call_back" },
  { "she'll call back", 0, "call_back" }, { "they'll call back", 0, "call_back" },
  { "reached", 0, "reached" },
  { "не дозвонил*", 0, "no_answer" }, { "не ответил*", 0, "no_answer" }, { "не отвечает", 0, "no_answer" },
  { "не отвечают", 0, "no_answer" }, { "не берет", 0, "no_answer" }, { "не берут", 0, "no_answer" },
  { "не взял*", 0, "no_answer" }, { "недоступен", 0, "no_answer" }, { "недоступна", 0, "no_answer" },
  { "без ответа", 0, "no_answer" }, { "нет ответа", 0, "no_answer" },
  { "занято", 0, "busy" }, { "был занят", 0, "busy" }, { "была занята", 0, "busy" },
  { "не тот номер", 0, "wrong_number" }, { "неверный номер", 0, "wrong_number" },
  { "ошиблись номером", 0, "wrong_number" }, { "ошибся номером", 0, "wrong_number" },
  { "оставил* сообщение", 0, "left_message" }, { "автоответчик", 0, "left_message" },
  { "перезвонит", 0, "call_back" }, { "перезвонят", 0, "call_back" }, { "обещал* перезвонить", 0, "call_back" },
  { "дозвонил*", 0, "reached" },
  END
};

const KontorQuickWord kontor_quick_intents[] = {
  { "i will", 1, NULL }, { "we will", 1, NULL }, { "i'll", 1, NULL }, { "we'll", 1, NULL }, { "will", 1, NULL },
  { "he will", 0, NULL }, { "she will", 0, NULL }, { "they will", 0, NULL },
  { "he'll", 0, NULL }, { "she'll", 0, NULL }, { "they'll", 0, NULL },
  { "i'm going to", 1, NULL }, { "we're going to", 1, NULL }, { "going to", 1, NULL },
  { "i need to", 1, NULL }, { "we need to", 1, NULL }, { "need to", 1, NULL }, { "must", 1, NULL },
  { "i must", 1, NULL }, { "we must", 1, NULL }, { "i should", 1, NULL }, { "we should", 1, NULL },
  { "should", 1, NULL }, { "i have to", 1, NULL }, { "we have to", 1, NULL }, { "have to", 1, NULL },
  { "todo", 1, NULL }, { "to do", 1, NULL }, { "task", 1, NULL }, { "remind me to", 1, NULL },
  { "promised to", 1, NULL }, { "i promised to", 1, NULL }, { "follow up", 0, NULL }, { "follow-up", 0, NULL },
  { "надо", 1, NULL }, { "нужно", 1, NULL }, { "необходимо", 1, NULL }, { "должен", 1, NULL },
  { "должна", 1, NULL }, { "задача", 1, NULL }, { "обещал*", 0, NULL }, { "напомнить", 0, NULL },
  { "пришлет", 0, NULL }, { "пришлют", 0, NULL }, { "ответит", 0, NULL }, { "ответят", 0, NULL },
  END
};

const KontorQuickWord kontor_quick_verbs[] = {
  { "отправлю", 1, "отправить" }, { "отправим", 1, "отправить" }, { "пришлю", 1, "прислать" },
  { "пришлем", 1, "прислать" }, { "вышлю", 1, "выслать" }, { "вышлем", 1, "выслать" },
  { "позвоню", 1, "позвонить" }, { "позвоним", 1, "позвонить" }, { "перезвоню", 1, "перезвонить" },
  { "перезвоним", 1, "перезвонить" }, { "наберу", 1, "набрать" }, { "созвонимся", 1, "созвониться" },
  { "свяжусь", 1, "связаться" }, { "свяжемся", 1, "связаться" }, { "напишу", 1, "написать" },
  { "напишем", 1, "написать" }, { "отвечу", 1, "ответить" }, { "ответим", 1, "ответить" },
  { "сделаю", 1, "сделать" }, { "сделаем", 1, "сделать" }, { "подготовлю", 1, "подготовить" },
  { "подготовим", 1, "подготовить" }, { "составлю", 1, "составить" }, { "посчитаю", 1, "посчитать" },
  { "посчитаем", 1, "посчитать" }, { "рассчитаю", 1, "рассчитать" }, { "выставлю", 1, "выставить" },
  { "выставим", 1, "выставить" }, { "уточню", 1, "уточнить" }, { "уточним", 1, "уточнить" },
  { "узнаю", 1, "узнать" }, { "узнаем", 1, "узнать" }, { "проверю", 1, "проверить" },
  { "проверим", 1, "проверить" }, { "согласую", 1, "согласовать" }, { "согласуем", 1, "согласовать" },
  { "обсудим", 1, "обсудить" }, { "обсужу", 1, "обсудить" }, { "передам", 1, "передать" },
  { "передадим", 1, "передать" }, { "покажу", 1, "показать" }, { "покажем", 1, "показать" },
  { "привезу", 1, "привезти" }, { "привезем", 1, "привезти" }, { "приеду", 1, "приехать" },
  { "приедем", 1, "приехать" }, { "съезжу", 1, "съездить" }, { "заеду", 1, "заехать" },
  { "встречусь", 1, "встретиться" }, { "встретимся", 1, "встретиться" }, { "закажу", 1, "заказать" },
  { "закажем", 1, "заказать" }, { "оформлю", 1, "оформить" }, { "оформим", 1, "оформить" },
  { "напомню", 1, "напомнить" }, { "подумаю", 1, "подумать" }, { "найду", 1, "найти" },
  { "договорюсь", 1, "договориться" }, { "договоримся", 1, "договориться" }, { "оплачу", 1, "оплатить" },
  { "оплатим", 1, "оплатить" }, { "подпишу", 1, "подписать" }, { "подпишем", 1, "подписать" },
  { "скину", 1, "скинуть" }, { "предложу", 1, "предложить" }, { "предложим", 1, "предложить" },
  { "сообщу", 1, "сообщить" }, { "сообщим", 1, "сообщить" }, { "решим", 1, "решить" },
  END
};

const KontorQuickWord kontor_quick_joints[] = {
  { "and", 0, NULL }, { "and then", 0, NULL }, { "then", 0, NULL }, { "so", 0, NULL }, { "but", 0, NULL },
  { "и", 0, NULL }, { "а", 0, NULL }, { "но", 0, NULL }, { "потом", 0, NULL }, { "затем", 0, NULL },
  { "и потом", 0, NULL }, { "а потом", 0, NULL },
  END
};

const KontorQuickWord kontor_quick_days[] = {
  { "today", 0, NULL }, { "tonight", 0, NULL }, { "tomorrow", 1, NULL }, { "yesterday", -1, NULL },
  { "day after tomorrow", 2, NULL }, { "the day after tomorrow", 2, NULL },
  { "day before yesterday", -2, NULL }, { "the day before yesterday", -2, NULL },
  { "in a week", 7, NULL }, { "a week ago", -7, NULL }, { "last week", -7, NULL },
  { "in a fortnight", 14, NULL }, { "in a couple of days", 2, NULL }, { "a couple of days ago", -2, NULL },
  { "next week", KONTOR_QUICK_NEXT_MONDAY, NULL }, { "end of week", KONTOR_QUICK_FRIDAY, NULL },
  { "end of the week", KONTOR_QUICK_FRIDAY, NULL }, { "the end of the week", KONTOR_QUICK_FRIDAY, NULL },
  { "in a month", KONTOR_QUICK_NEXT_MONTH, NULL }, { "next month", KONTOR_QUICK_NEXT_MONTH, NULL },
  { "a month ago", KONTOR_QUICK_LAST_MONTH, NULL }, { "last month", KONTOR_QUICK_LAST_MONTH, NULL },
  { "сегодня", 0, NULL }, { "завтра", 1, NULL }, { "послезавтра", 2, NULL }, { "вчера", -1, NULL },
  { "позавчера", -2, NULL }, { "через неделю", 7, NULL }, { "неделю назад", -7, NULL },
  { "на прошлой неделе", -7, NULL }, { "через пару дней", 2, NULL }, { "пару дней назад", -2, NULL },
  { "на следующей неделе", KONTOR_QUICK_NEXT_MONDAY, NULL }, { "конца недели", KONTOR_QUICK_FRIDAY, NULL },
  { "конец недели", KONTOR_QUICK_FRIDAY, NULL }, { "концу недели", KONTOR_QUICK_FRIDAY, NULL },
  { "через месяц", KONTOR_QUICK_NEXT_MONTH, NULL }, { "в следующем месяце", KONTOR_QUICK_NEXT_MONTH, NULL },
  { "месяц назад", KONTOR_QUICK_LAST_MONTH, NULL }, { "в прошлом месяце", KONTOR_QUICK_LAST_MONTH, NULL },
  END
};

const KontorQuickWord kontor_quick_moments[] = {
  { "now", 0, NULL }, { "right now", 0, NULL }, { "just now", 0, NULL }, { "in an hour", 60, NULL },
  { "an hour ago", -60, NULL }, { "in half an hour", 30, NULL }, { "half an hour ago", -30, NULL },
  { "сейчас", 0, NULL }, { "только что", 0, NULL }, { "через час", 60, NULL }, { "час назад", -60, NULL },
  { "через полчаса", 30, NULL }, { "полчаса назад", -30, NULL },
  END
};

const KontorQuickWord kontor_quick_units[] = {
  { "day", 1, NULL }, { "days", 1, NULL }, { "week", 7, NULL }, { "weeks", 7, NULL },
  { "month", KONTOR_QUICK_MONTH, NULL }, { "months", KONTOR_QUICK_MONTH, NULL },
  { "hour", -60, NULL }, { "hours", -60, NULL }, { "minute", -1, NULL }, { "minutes", -1, NULL },
  { "min", -1, NULL }, { "h", -60, NULL },
  { "день", 1, NULL }, { "дня", 1, NULL }, { "дней", 1, NULL }, { "дн", 1, NULL },
  { "неделю", 7, NULL }, { "недели", 7, NULL }, { "недель", 7, NULL },
  { "месяц", KONTOR_QUICK_MONTH, NULL }, { "месяца", KONTOR_QUICK_MONTH, NULL },
  { "месяцев", KONTOR_QUICK_MONTH, NULL },
  { "час", -60, NULL }, { "часа", -60, NULL }, { "часов", -60, NULL }, { "ч", -60, NULL },
  { "минуту", -1, NULL }, { "минуты", -1, NULL }, { "минут", -1, NULL }, { "мин", -1, NULL },
  END
};

const KontorQuickWord kontor_quick_weekdays[] = {
  { "monday", 0, NULL }, { "tuesday", 1, NULL }, { "wednesday", 2, NULL }, { "thursday", 3, NULL },
  { "friday", 4, NULL }, { "saturday", 5, NULL }, { "sunday", 6, NULL },
  { "mon", 0, NULL }, { "tue", 1, NULL }, { "tues", 1, NULL }, { "wed", 2, NULL }, { "thu", 3, NULL },
  { "thur", 3, NULL }, { "thurs", 3, NULL }, { "fri", 4, NULL }, { "sat", 5, NULL }, { "sun", 6, NULL },
  { "понедельник", 0, NULL }, { "понедельника", 0, NULL }, { "понедельнику", 0, NULL },
  { "вторник", 1, NULL }, { "вторника", 1, NULL }, { "вторнику", 1, NULL },
  { "среда", 2, NULL }, { "среду", 2, NULL }, { "среды", 2, NULL }, { "среде", 2, NULL },
  { "четверг", 3, NULL }, { "четверга", 3, NULL }, { "четвергу", 3, NULL },
  { "пятница", 4, NULL }, { "пятницу", 4, NULL }, { "пятницы", 4, NULL }, { "пятнице", 4, NULL },
  { "суббота", 5, NULL }, { "субботу", 5, NULL }, { "субботы", 5, NULL }, { "субботе", 5, NULL },
  { "воскресенье", 6, NULL }, { "воскресенья", 6, NULL }, { "воскресенью", 6, NULL },
  { "пн", 0, NULL }, { "вт", 1, NULL }, { "ср", 2, NULL }, { "чт", 3, NULL }, { "пт", 4, NULL },
  { "сб", 5, NULL }, { "вс", 6, NULL },
  END
};

const KontorQuickWord kontor_quick_numbers[] = {
  { "a", 1, NULL }, { "an", 1, NULL }, { "one", 1, NULL }, { "two", 2, NULL }, { "three", 3, NULL },
  { "four", 4, NULL }, { "five", 5, NULL }, { "six", 6, NULL }, { "seven", 7, NULL }, { "eight", 8, NULL },
  { "nine", 9, NULL }, { "ten", 10, NULL },
  { "один", 1, NULL }, { "одну", 1, NULL }, { "два", 2, NULL }, { "две", 2, NULL }, { "три", 3, NULL },
  { "четыре", 4, NULL }, { "пять", 5, NULL }, { "шесть", 6, NULL }, { "семь", 7, NULL },
  { "восемь", 8, NULL }, { "девять", 9, NULL }, { "десять", 10, NULL },
  END
};

const KontorQuickWord kontor_quick_day_words[] = {
  { "on", 0, NULL }, { "by", 0, NULL }, { "until", 0, NULL }, { "till", 0, NULL }, { "before", 0, NULL },
  { "this", 0, NULL }, { "due", 0, NULL }, { "next", 1, NULL }, { "last", -1, NULL },
  { "for", 0, NULL },
  { "в", 0, NULL }, { "во", 0, NULL }, { "к", 0, NULL }, { "ко", 0, NULL }, { "до", 0, NULL },
  { "на", 0, NULL }, { "эту", 0, NULL }, { "этот", 0, NULL }, { "это", 0, NULL },
  { "следующий", 1, NULL }, { "следующую", 1, NULL }, { "следующее", 1, NULL },
  { "прошлый", -1, NULL }, { "прошлую", -1, NULL }, { "прошлое", -1, NULL },
  END
};

const KontorQuickWord kontor_quick_time_words[] = {
  { "at", 1, NULL }, { "around", 1, NULL }, { "by", 0, NULL }, { "в", 1, NULL }, { "во", 1, NULL },
  { "около", 1, NULL }, { "к", 0, NULL }, { "до", 0, NULL },
  END
};

const KontorQuickWord kontor_quick_halves[] = {
  { "am", KONTOR_QUICK_AM, NULL }, { "pm", KONTOR_QUICK_PM, NULL }, { "утра", KONTOR_QUICK_AM, NULL },
  { "вечера", KONTOR_QUICK_PM, NULL }, { "дня", KONTOR_QUICK_OF_DAY, NULL },
  { "ночи", KONTOR_QUICK_OF_NIGHT, NULL }, { "часов", KONTOR_QUICK_HOURS, NULL },
  { "часа", KONTOR_QUICK_HOURS, NULL }, { "час", KONTOR_QUICK_HOURS, NULL },
  { "o'clock", KONTOR_QUICK_HOURS, NULL }, { "h", KONTOR_QUICK_HOURS, NULL },
  END
};

const KontorQuickWord kontor_quick_after_hour[] = {
  { "with", 0, NULL }, { "to", 0, NULL }, { "about", 0, NULL }, { "for", 0, NULL }, { "on", 0, NULL },
  { "in", 0, NULL }, { "and", 0, NULL }, { "or", 0, NULL }, { "или", 0, NULL }, { "this", 0, NULL }, { "next", 0, NULL }, { "will", 0, NULL },
  { "с", 0, NULL }, { "со", 0, NULL }, { "по", 0, NULL }, { "на", 0, NULL }, { "у", 0, NULL },
  { "о", 0, NULL }, { "об", 0, NULL }, { "для", 0, NULL }, { "и", 0, NULL }, { "в", 0, NULL },
  { "во", 0, NULL },
  END
};

/* clang-format on */

static const char *const months[12][2] = {
  { "january", "января" },  { "february", "февраля" }, { "march", "марта" },
  { "april", "апреля" },    { "may", "мая" },          { "june", "июня" },
  { "july", "июля" },       { "august", "августа" },   { "september", "сентября" },
  { "october", "октября" }, { "november", "ноября" },  { "december", "декабря" },
};

/**
 * kontor_quick_find_month:
 * @word: in lower case
 *
 * Returns: the month whose name, or a beginning of three letters or more, @word is; 0 for none
 */
int
kontor_quick_find_month (const char *word)
{
  if (g_utf8_strlen (word, -1) < 3)
    return 0;
  for (int i = 0; i < 12; i++)
    if (g_str_has_prefix (months[i][0], word) || g_str_has_prefix (months[i][1], word))
      return i + 1;
  return 0;
}

/* --- The line --------------------------------------------------------------------------------- */

static gunichar
fold (gunichar c)
{
  c = g_unichar_tolower (c);
  if (c == 0x451) /* ё */
    return 0x435;
  return c == 0x2019 ? '\'' : c;
}

static gboolean
is_letter (gunichar c)
{
  return g_unichar_isalpha (c) || g_unichar_ismark (c);
}

/* Apostrophes and hyphens between letters belong to the word: "didn't", "e-mail". */
static gboolean
continues_word (const char *at)
{
  gunichar c = g_utf8_get_char (at);

  if (is_letter (c))
    return TRUE;
  return (c == '\'' || c == 0x2019 || c == '-') &&
         is_letter (g_utf8_get_char (at + g_utf8_skip[*(const guchar *) at]));
}

static const char *
read_word (KontorQuickToken *token, const char *at)
{
  gsize length = 0;

  for (; *at != '\0' && continues_word (at); at = g_utf8_next_char (at))
    {
      char piece[6];
      int bytes = g_unichar_to_utf8 (fold (g_utf8_get_char (at)), piece);

      if (length + (gsize) bytes < KONTOR_QUICK_WORD_MAX)
        memcpy (token->word + length, piece, (gsize) bytes);
      length += (gsize) bytes;
    }
  token->word[length < KONTOR_QUICK_WORD_MAX ? length : 0] = '\0';
  return at;
}

/* "10", "10:30", "13.03.2026": up to three numbers with one kind of mark between them. */
static const char *
read_numbers (KontorQuickToken *token, const char *at)
{
  gboolean fits = TRUE;

  for (;;)
    {
      int value = 0, digits = 0;

      for (; g_ascii_isdigit (*at); at++, digits++)
        value = digits < 4 ? value * 10 + (*at - '0') : value;
      fits = fits && token->n_numbers < 3 && digits <= 4;
      if (fits)
        {
          token->numbers[token->n_numbers] = value;
          token->digits[token->n_numbers++] = digits;
        }
      if (strchr (":./-", *at) == NULL || *at == '\0' || !g_ascii_isdigit (at[1]))
        break;
      fits = fits && (token->mark == '\0' || token->mark == *at);
      token->mark = *at++;
    }
  if (!fits)
    token->n_numbers = 0;
  return at;
}

/* A colon ends one too: "Note: called". */
static gboolean
ends_clause (const char *at, gunichar c)
{
  if (c == '-' || c == 0x2013 || c == 0x2014)
    return at[1] == ' ' || c != '-';
  return c < 0x80 && strchr (",.;!?:()\n", (int) c) != NULL;
}

/**
 * kontor_quick_line_init:
 * @self: a line
 * @line: valid UTF-8 that lives as long as it
 * @now: the present
 * @order: order of day, month and year where the text leaves it open
 *
 * Takes @line apart.
 */
void
kontor_quick_line_init (KontorQuickLine *self,
                        const char *line,
                        const KontorQuickNow *now,
                        KontorDateOrder order)
{
  const char *at = line;
  gboolean begins = TRUE;

  memset (self, 0, sizeof *self);
  self->line = line;
  self->now = now;
  self->order = order;
  while (*at != '\0' && self->n_tokens < KONTOR_QUICK_TOKENS_MAX)
    {
      gunichar c = g_utf8_get_char (at);
      KontorQuickToken *token = &self->tokens[self->n_tokens];

      if (!is_letter (c) && !g_ascii_isdigit (*at))
        {
          begins = begins || ends_clause (at, c);
          at = g_utf8_next_char (at);
          continue;
        }
      token->start = (gsize) (at - line);
      token->begins = begins;
      at = g_ascii_isdigit (*at) ? read_numbers (token, at) : read_word (token, at);
      token->end = (gsize) (at - line);
      begins = FALSE;
      self->n_tokens++;
    }
}

/* --- Phrases ---------------------------------------------------------------------------------- */

static gboolean
word_is (const char *word, const char *pattern, gsize length)
{
  if (pattern[length - 1] == '*')
    return strncmp (word, pattern, length - 1) == 0;
  return strncmp (word, pattern, length) == 0 && word[length] == '\0';
}

/* How many tokens the phrase takes, 0 where it doesn't stand there. */
static guint
match_phrase (const KontorQuickLine *self, guint at, guint end, const char *phrase)
{
  guint n = 0;

  for (;;)
    {
      gsize length = strcspn (phrase, " ");

      if (at + n >= end || (n > 0 && self->tokens[at + n].begins) ||
          self->tokens[at + n].word[0] == '\0' ||
          !word_is (self->tokens[at + n].word, phrase, length))
        return 0;
      n++;
      if (phrase[length] == '\0')
        return n;
      phrase += length + 1;
    }
}

/**
 * kontor_quick_match:
 * @self: a line
 * @at: a token
 * @end: the one behind the last that counts
 * @list: phrases
 * @found: (out) (optional): the longest that stands there
 *
 * Returns: how many tokens it takes, 0 for none
 */
guint
kontor_quick_match (const KontorQuickLine *self,
                    guint at,
                    guint end,
                    const KontorQuickWord *list,
                    const KontorQuickWord **found)
{
  guint best = 0;

  for (; list->phrase != NULL; list++)
    {
      guint n = match_phrase (self, at, end, list->phrase);

      if (n <= best)
        continue;
      best = n;
      if (found != NULL)
        *found = list;
    }
  return best;
}
