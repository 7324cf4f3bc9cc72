/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of months and weekdays as exports write them. */
#include "config.h"

#include "kontor-date-private.h"

#include <string.h>

/* Lower case; a start of three characters or more stands for the name when it is a start of one
 * month only. English, Russian (both cases), Ukrainian, German, French, Spanish, Italian,
 * Portuguese, Dutch, Polish. */
static const char *const months[12][20] = {
  { "january",
    "января",
    "январь",
    "січня",
    "januar",
    "jänner",
    "janvier",
    "enero",
    "gennaio",
    "janeiro",
    "januari",
    "stycznia",
    "styczeń" },
  { "february",
    "февраля",
    "февраль",
    "лютого",
    "februar",
    "feber",
    "février",
    "fevrier",
    "febrero",
    "febbraio",
    "fevereiro",
    "februari",
    "lutego",
    "luty" },
  { "march",
    "марта",
    "март",
    "березня",
    "märz",
    "maerz",
    "mrz",
    "mars",
    "marzo",
    "março",
    "marco",
    "maart",
    "mrt",
    "marca",
    "marzec" },
  { "april", "апреля", "апрель", "квітня", "avril", "abril", "aprile", "kwietnia", "kwiecień" },
  { "may", "мая", "май", "травня", "mai", "mayo", "maggio", "maio", "mei", "maja", "maj" },
  { "june",
    "июня",
    "июнь",
    "червня",
    "juni",
    "juin",
    "junio",
    "giugno",
    "junho",
    "czerwca",
    "czerwiec" },
  { "july",
    "июля",
    "июль",
    "липня",
    "juli",
    "juillet",
    "julio",
    "luglio",
    "julho",
    "lipca",
    "lipiec" },
  { "august",
    "августа",
    "август",
    "серпня",
    "août",
    "aout",
    "agosto",
    "augustus",
    "sierpnia",
    "sierpień" },
  { "september",
    "сентября",
    "сентябрь",
    "вересня",
    "septembre",
    "septiembre",
    "settembre",
    "setembro",
    "września",
    "wrzesień" },
  { "october",
    "октября",
    "октябрь",
    "жовтня",
    "oktober",
    "octobre",
    "octubre",
    "ottobre",
    "outubro",
    "października",
    "październik" },
  { "november",
    "ноября",
    "ноябрь",
    "листопада",
    "novembre",
    "noviembre",
    "novembro",
    "listopada",
    "listopad" },
  { "december",
    "декабря",
    "декабрь",
    "грудня",
    "dezember",
    "décembre",
    "decembre",
    "diciembre",
    "dicembre",
    "dezembro",
    "grudnia",
    "grudzień" },
};

static const char *const weekdays[] = {
  "monday",      "tuesday",  "wednesday", "thursday",   "friday",   "saturday", "sunday",
  "понедельник", "вторник",  "среда",     "четверг",    "пятница",  "суббота",  "воскресенье",
  "пн",          "вт",       "ср",        "чт",         "пт",       "сб",       "вс",
  "montag",      "dienstag", "mittwoch",  "donnerstag", "freitag",  "samstag",  "sonntag",
  "mo",          "di",       "mi",        "do",         "fr",       "sa",       "so",
  "lundi",       "mardi",    "mercredi",  "jeudi",      "vendredi", "samedi",   "dimanche",
  "lunes",       "martes",   "miércoles", "jueves",     "viernes",  "sábado",   "domingo",
  "tues",        "thur",     "thurs",
};

static gboolean
starts_with (const char *name, const char *word, gsize length)
{
  return strncmp (name, word, length) == 0;
}

/**
 * kontor_date_find_month:
 * @word: letters in lower case
 * @length: how many bytes
 *
 * Returns: the month the word names, 0 for none or for several
 */
int
kontor_date_find_month (const char *word, gsize length)
{
  int found = 0;
  glong characters = g_utf8_strlen (word, (gssize) length);

  for (int month = 0; month < 12; month++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (months[month]) && months[month][i] != NULL; i++)
        {
          const char *name = months[month][i];

          if (!starts_with (name, word, length))
            continue;
          if (name[length] == '\0')
            return month + 1;
          if (characters < 3)
            continue;
          if (found != 0 && found != month + 1)
            return 0;
          found = month + 1;
        }
    }

  return found;
}

/**
 * kontor_date_is_weekday:
 * @word: letters in lower case
 * @length: how many bytes
 *
 * Returns: %TRUE when the word names a day of the week
 */
gboolean
kontor_date_is_weekday (const char *word, gsize length)
{
  glong characters = g_utf8_strlen (word, (gssize) length);

  for (gsize i = 0; i < G_N_ELEMENTS (weekdays); i++)
    {
      if (!starts_with (weekdays[i], word, length))
        continue;
      if (weekdays[i][length] == '\0' || characters >= 3)
        return TRUE;
    }

  return FALSE;
}
