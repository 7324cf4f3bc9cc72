/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each piece of a line is asked what it is, the surest questions first; what is left over is name,
 * position and company in the order in which people write them. English, German, Russian. */
#include "config.h"

#include "kontor-signature.h"

#include <string.h>

#define MAX_PIECE 200
#define MIN_PHONE_DIGITS 6
#define MAX_PHONE_DIGITS 17

typedef enum
{
  PIECE_MAIL,
  PIECE_WEB,
  PIECE_FAX,
  PIECE_MOBILE,
  PIECE_PHONE,
  PIECE_PLACE,
  PIECE_STREET,
  PIECE_POSITION,
  PIECE_COMPANY,
  PIECE_CLOSING,
  N_PATTERNS
} PieceKind;

#define WORD(words) "(?<![\\p{L}])(?:" words ")(?![\\p{L}])"

static const char *const patterns[N_PATTERNS] = {
  [PIECE_MAIL] = "[^\\s<>()\"':;,]+@[^\\s<>()\"':;,@]+\\.\\p{L}{2,}",
  [PIECE_WEB] = "(?:https?://|www\\.)[^\\s<>\"']+",
  [PIECE_FAX] = "^(?:(?:tele)?fax|факс|f)(?![\\p{L}])[^\\d+(]*",
  [PIECE_MOBILE] =
    "^(?:mobile|mobil|mobiltelefon|mob|cell|cellphone|handy|m|моб(?:ильный)?|сот(?:овый)?)"
    "(?![\\p{L}])[^\\d+(]*",
  [PIECE_PHONE] =
    "^(?:telephone|telefon|phone|tel|ph|fon|office|direct|work|t|p|тел(?:ефон)?|раб(?:очий)?)"
    "(?![\\p{L}])[^\\d+(]*",
  [PIECE_PLACE] = "(?<!\\d)(?:[A-Z]{1,2}-)?(\\d{5,6})(?!\\d),?\\s+(\\p{Lu}[\\p{L} .'-]+)",
  [PIECE_STREET] = "\\p{L}(?:stra(?:ß|ss)e|str\\.|weg|platz|allee|gasse|damm|ufer)\\s*\\d|" WORD (
    "straße|strasse|str\\.|street|st\\.|ave|avenue|road|rd\\.?|lane|blvd|boulevard|drive|square|"
    "ул|улица|пр|проспект|пр-т|пер|переулок|наб|набережная|ш|шоссе|"
    "бульвар|площадь"),
  [PIECE_POSITION] =
    WORD ("manager|director|head|chief|ceo|cto|cfo|coo|engineer|sales|assistant|owner|officer|"
          "president|partner|consultant|developer|designer|secretary|buyer|analyst|founder|"
          "geschäftsführer(?:in)?|vertrieb|einkauf|assistent(?:in)?|inhaber(?:in)?|"
          "директор|менеджер|начальник|руководитель|инженер|специалист|бухгалтер|секретарь|"
          "заместитель|юрист|консультант|владелец") "|leiter(?:in)?(?!\\p{L})",
  [PIECE_COMPANY] = WORD ("gmbh|ag|kg|ohg|ug|e\\.v|ltd|limited|llc|llp|plc|inc|corp|corporation|"
                          "company|co|s\\.a|s\\.r\\.l|s\\.p\\.a|b\\.v|ооо|оао|зао|ао|пао|ип|group|"
                          "holding|гк|компания|завод"),
  [PIECE_CLOSING] = "^(?:best|kind|warm|many|regards|sincerely|yours|cheers|thanks|thank you|"
                    "mit freundlichen|freundliche|viele|beste|liebe|herzliche|mfg|"
                    "с уважением|с наилучшими|всего доброго|спасибо|--|__|==|sent from)",
};

static GRegex *
get_pattern (PieceKind kind)
{
  static GRegex *compiled[N_PATTERNS];
  static gsize done;

  if (g_once_init_enter (&done))
    {
      for (guint i = 0; i < N_PATTERNS; i++)
        compiled[i] = g_regex_new (patterns[i], G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
      g_once_init_leave (&done, 1);
    }
  return compiled[kind];
}

/**
 * kontor_signature_free:
 * @self: (transfer full) (nullable): a signature
 */
void
kontor_signature_free (KontorSignature *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->position);
  g_free (self->company);
  g_free (self->phone);
  g_free (self->mobile);
  g_free (self->fax);
  g_free (self->mail);
  g_free (self->web);
  g_free (self->street);
  g_free (self->postcode);
  g_free (self->city);
  g_free (self);
}

static gboolean
matches (PieceKind kind, const char *text)
{
  return g_regex_match (get_pattern (kind), text, 0, NULL);
}

/* The first value stays. */
static void
set_once (char **place, char *value)
{
  g_strstrip (value);
  if (*place == NULL && *value != '\0')
    *place = value;
  else
    g_free (value);
}

/* --- What is found by its look ---------------------------------------------------------------- */

static gboolean
take_match (PieceKind kind, const char *text, char **place)
{
  g_autoptr(GMatchInfo) match = NULL;

  if (!g_regex_match (get_pattern (kind), text, 0, &match))
    return FALSE;
  set_once (place, g_match_info_fetch (match, 0));
  return TRUE;
}

static guint
count_digits (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += g_ascii_isdigit (*text);
  return n;
}

/* Digits, and what stands between them; an extension may follow. */
static char *
dup_number (const char *text)
{
  gsize begin = strcspn (text, "+(0123456789");
  gsize length = strspn (text + begin, "+()0123456789 .-/\xc2\xa0");
  char *number = g_strndup (text + begin, length);
  guint n = count_digits (number);

  if (n >= MIN_PHONE_DIGITS && n <= MAX_PHONE_DIGITS)
    return g_strstrip (number);
  g_free (number);
  return NULL;
}

static gboolean
take_number (KontorSignature *self, const char *text)
{
  char *number;
  char **place = &self->phone;

  if (matches (PIECE_FAX, text))
    place = &self->fax;
  else if (matches (PIECE_MOBILE, text))
    place = &self->mobile;
  else if (!matches (PIECE_PHONE, text) && strchr ("+(0123456789", *text) == NULL)
    return FALSE;
  number = dup_number (text);
  if (number == NULL)
    return FALSE;
  /* "12209 Berlin" has too few digits; a number has hardly any letters behind it */
  set_once (place, number);
  return TRUE;
}

static gboolean
take_place (KontorSignature *self, const char *text)
{
  g_autoptr(GMatchInfo) match = NULL;
  int begin, end;

  if (!g_regex_match (get_pattern (PIECE_PLACE), text, 0, &match))
    return FALSE;
  set_once (&self->postcode, g_match_info_fetch (match, 1));
  set_once (&self->city, g_match_info_fetch (match, 2));
  g_match_info_fetch_pos (match, 0, &begin, &end);
  if (begin > 0 && matches (PIECE_STREET, text))
    {
      char *street = g_strndup (text, (gsize) begin);

      g_strstrip (street);
      if (g_str_has_suffix (street, ","))
        street[strlen (street) - 1] = '\0';
      set_once (&self->street, street);
    }
  else if (matches (PIECE_STREET, text + end))
    {
      set_once (&self->street, g_strdup (text + end + strspn (text + end, ", ")));
    }
  return TRUE;
}

/* --- What is left ----------------------------------------------------------------------------- */

/* Two to four words with capitals, no digits: "Dr. Ana María Trujillo". */
static gboolean
is_name (const char *text)
{
  g_auto(GStrv) words = g_strsplit_set (text, " \t", -1);
  guint n = 0;

  for (char **word = words; *word != NULL; word++)
    {
      gunichar c = g_utf8_get_char (*word);

      if (**word == '\0')
        continue;
      if (strpbrk (*word, "0123456789@/:&|\"") != NULL)
        return FALSE;
      n++;
      if (!g_unichar_isupper (c) && strcmp (*word, "von") != 0 && strcmp (*word, "van") != 0 &&
          strcmp (*word, "de") != 0 && strcmp (*word, "der") != 0)
        return FALSE;
    }
  return n >= 2 && n <= 5;
}

static void
take_words (KontorSignature *self, const char *text)
{
  if (matches (PIECE_COMPANY, text) || strstr (text, "«") != NULL || strstr (text, "„") != NULL)
    set_once (&self->company, g_strdup (text));
  else if (matches (PIECE_POSITION, text))
    set_once (&self->position, g_strdup (text));
  else if (matches (PIECE_STREET, text))
    set_once (&self->street, g_strdup (text));
  else if (self->name == NULL && is_name (text))
    set_once (&self->name, g_strdup (text));
  else if (self->name != NULL && self->company == NULL && self->phone == NULL &&
           self->mail == NULL && self->street == NULL)
    set_once (&self->company, g_strdup (text));
}

static void
take_piece (KontorSignature *self, char *piece)
{
  const char *text = g_strstrip (piece);

  while (g_str_has_prefix (text, "*") || g_str_has_prefix (text, ">") ||
         g_str_has_prefix (text, "•"))
    {
      text = g_utf8_next_char (text);
      while (*text == ' ')
        text++;
    }
  if (*text == '\0' || strlen (text) > MAX_PIECE || matches (PIECE_CLOSING, text))
    return;
  if (take_match (PIECE_MAIL, text, &self->mail) || take_match (PIECE_WEB, text, &self->web))
    return;
  if (take_place (self, text) || take_number (self, text))
    return;
  take_words (self, text);
}

/* "T: +49 30 1 | M: +49 170 2": several pieces on one line. */
static void
take_line (KontorSignature *self, const char *line)
{
  static GRegex *separators;
  g_auto(GStrv) pieces = NULL;

  if (g_once_init_enter (&separators))
    g_once_init_leave (&separators,
                       g_regex_new ("\\s*[|\\x{2022}\\x{b7}\\t]\\s*|\\s{3,}|"
                                    ",\\s*(?=(?:tel|mob|fax|тел|моб|факс|e-?mail|почта)(?!\\p{L}))",
                                    G_REGEX_CASELESS | G_REGEX_OPTIMIZE,
                                    0,
                                    NULL));
  pieces = g_regex_split (separators, line, 0);
  for (char **piece = pieces; *piece != NULL; piece++)
    take_piece (self, *piece);
}

/* A position behind the name: "Ana Trujillo, Owner". */
static void
split_name (KontorSignature *self)
{
  char *comma = self->position != NULL ? strchr (self->position, ',') : NULL;
  g_autofree char *before = NULL;

  if (comma == NULL || self->name != NULL)
    return;
  before = g_strndup (self->position, (gsize) (comma - self->position));
  if (!is_name (before) || matches (PIECE_POSITION, before))
    return;
  self->name = g_steal_pointer (&before);
  comma = g_strstrip (g_strdup (comma + 1));
  g_free (self->position);
  self->position = comma;
}

/**
 * kontor_signature_parse:
 * @text: a text
 *
 * Returns: (transfer full) (nullable): what it says of a person; %NULL: it is no signature, which
 * has a name and a number or address
 */
KontorSignature *
kontor_signature_parse (const char *text)
{
  g_autoptr(KontorSignature) self = NULL;
  g_auto(GStrv) lines = NULL;

  if (strnlen (text, KONTOR_SIGNATURE_MAX_BYTES + 1) > KONTOR_SIGNATURE_MAX_BYTES ||
      !g_utf8_validate (text, -1, NULL))
    return NULL;
  lines = g_strsplit_set (text, "\r\n", -1);
  self = g_new0 (KontorSignature, 1);
  for (guint i = 0, n = 0; lines[i] != NULL; i++)
    {
      if (*g_strstrip (lines[i]) == '\0')
        continue;
      if (++n > KONTOR_SIGNATURE_MAX_LINES)
        return NULL;
      take_line (self, lines[i]);
    }
  split_name (self);
  if (self->phone == NULL)
    self->phone = g_strdup (self->mobile);
  if (self->name == NULL || (self->mail == NULL && self->phone == NULL))
    return NULL;
  return g_steal_pointer (&self);
}
