/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phone numbers reduced to the digits they are found by. Not a check of numbers: what a person
 * typed is a number. */
#include "config.h"

#include "kontor-phone.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_MAX 256
#define DIGITS_MAX 32
#define EXTENSION_MAX 6

/* How a country dials: its calling code, what is dialled before a number of another country and of
 * another town, and how many digits a number has without them (ITU-T E.164 and the numbering plans
 * of the countries). */
typedef struct
{
  char country[3];
  char code[4];
  const char *abroad;
  const char *trunk;
  guint8 min;
  guint8 max;
} Plan;

static const Plan plans[] = {
  { "AE", "971", "00", "0", 8, 9 },   { "AM", "374", "00", "0", 8, 8 },
  { "AR", "54", "00", "0", 10, 11 },  { "AT", "43", "00", "0", 5, 13 },
  { "AU", "61", "0011", "0", 9, 9 },  { "AZ", "994", "00", "0", 9, 9 },
  { "BA", "387", "00", "0", 8, 9 },   { "BE", "32", "00", "0", 8, 9 },
  { "BG", "359", "00", "0", 7, 9 },   { "BR", "55", "00", "0", 10, 11 },
  { "BY", "375", "810", "80", 9, 9 }, { "CA", "1", "011", "1", 10, 10 },
  { "CH", "41", "00", "0", 9, 9 },    { "CL", "56", "00", "0", 9, 9 },
  { "CN", "86", "00", "0", 10, 11 },  { "CO", "57", "00", "0", 10, 10 },
  { "CY", "357", "00", "", 8, 8 },    { "CZ", "420", "00", "", 9, 9 },
  { "DE", "49", "00", "0", 5, 13 },   { "DK", "45", "00", "", 8, 8 },
  { "EE", "372", "00", "", 7, 8 },    { "EG", "20", "00", "0", 8, 10 },
  { "ES", "34", "00", "", 9, 9 },     { "FI", "358", "00", "0", 5, 12 },
  { "FR", "33", "00", "0", 9, 9 },    { "GB", "44", "00", "0", 9, 10 },
  { "GE", "995", "00", "0", 9, 9 },   { "GR", "30", "00", "", 10, 10 },
  { "HK", "852", "001", "", 8, 8 },   { "HR", "385", "00", "0", 8, 9 },
  { "HU", "36", "00", "06", 8, 9 },   { "ID", "62", "00", "0", 7, 12 },
  { "IE", "353", "00", "0", 7, 9 },   { "IL", "972", "00", "0", 8, 9 },
  { "IN", "91", "00", "0", 10, 10 },  { "IR", "98", "00", "0", 10, 10 },
  { "IS", "354", "00", "", 7, 9 },    { "IT", "39", "00", "", 6, 11 },
  { "JP", "81", "010", "0", 9, 10 },  { "KG", "996", "00", "0", 9, 9 },
  { "KR", "82", "00", "0", 8, 10 },   { "KZ", "7", "810", "8", 10, 10 },
  { "LT", "370", "00", "8", 8, 8 },   { "LU", "352", "00", "", 5, 11 },
  { "LV", "371", "00", "", 8, 8 },    { "MD", "373", "00", "0", 8, 8 },
  { "ME", "382", "00", "0", 8, 8 },   { "MK", "389", "00", "0", 8, 8 },
  { "MT", "356", "00", "", 8, 8 },    { "MX", "52", "00", "01", 10, 11 },
  { "MY", "60", "00", "0", 8, 10 },   { "NL", "31", "00", "0", 9, 9 },
  { "NO", "47", "00", "", 8, 8 },     { "NZ", "64", "00", "0", 8, 10 },
  { "PE", "51", "00", "0", 8, 9 },    { "PH", "63", "00", "0", 8, 10 },
  { "PK", "92", "00", "0", 9, 10 },   { "PL", "48", "00", "", 9, 9 },
  { "PT", "351", "00", "", 9, 9 },    { "RO", "40", "00", "0", 9, 9 },
  { "RS", "381", "00", "0", 8, 9 },   { "RU", "7", "810", "8", 10, 10 },
  { "SA", "966", "00", "0", 8, 9 },   { "SE", "46", "00", "0", 7, 9 },
  { "SG", "65", "000", "", 8, 8 },    { "SI", "386", "00", "0", 8, 8 },
  { "SK", "421", "00", "0", 9, 9 },   { "TH", "66", "001", "0", 8, 9 },
  { "TJ", "992", "810", "8", 9, 9 },  { "TM", "993", "810", "8", 8, 8 },
  { "TR", "90", "00", "0", 10, 10 },  { "TW", "886", "002", "0", 8, 9 },
  { "UA", "380", "00", "0", 9, 9 },   { "US", "1", "011", "1", 10, 10 },
  { "UZ", "998", "00", "", 9, 9 },    { "VE", "58", "00", "0", 10, 10 },
  { "VN", "84", "00", "0", 9, 10 },   { "ZA", "27", "00", "0", 9, 9 },
};

/* Calling codes of the countries that have no plan above. */
static const char other_codes[] =
  "AD 376 AF 93 AG 1 AI 1 AL 355 AO 244 AS 1 AW 297 AX 358 BB 1 BD 880 BF 226 BH 973 BI 257 BJ 229 "
  "BL 590 BM 1 BN 673 BO 591 BQ 599 BS 1 BT 975 BW 267 BZ 501 CC 61 CD 243 CF 236 CG 242 CI 225 "
  "CK 682 CM 237 CR 506 CU 53 CV 238 CW 599 CX 61 DJ 253 DM 1 DO 1 DZ 213 EC 593 EH 212 ER 291 "
  "ET 251 FJ 679 FK 500 FM 691 FO 298 GA 241 GD 1 GF 594 GG 44 GH 233 GI 350 GL 299 GM 220 GN 224 "
  "GP 590 GQ 240 GT 502 GU 1 GW 245 GY 592 HN 504 HT 509 IM 44 IO 246 IQ 964 JE 44 JM 1 JO 962 "
  "KE 254 KH 855 KI 686 KM 269 KN 1 KP 850 KW 965 KY 1 LA 856 LB 961 LC 1 LI 423 LK 94 LR 231 "
  "LS 266 LY 218 MA 212 MC 377 MF 590 MG 261 MH 692 ML 223 MM 95 MN 976 MO 853 MP 1 MQ 596 MR 222 "
  "MS 1 MU 230 MV 960 MW 265 MZ 258 NA 264 NC 687 NE 227 NF 672 NG 234 NI 505 NP 977 NR 674 NU 683 "
  "OM 968 PA 507 PF 689 PG 675 PM 508 PR 1 PS 970 PW 680 PY 595 QA 974 RE 262 RW 250 SB 677 SC 248 "
  "SD 249 SH 290 SJ 47 SL 232 SM 378 SN 221 SO 252 SR 597 SS 211 ST 239 SV 503 SX 1 SY 963 SZ 268 "
  "TC 1 TD 235 TG 228 TK 690 TL 670 TN 216 TO 676 TT 1 TV 688 TZ 255 UG 256 UY 598 VA 39 VC 1 VG 1 "
  "VI 1 VU 678 WF 681 WS 685 XK 383 YE 967 YT 262 ZM 260 ZW 263 ";

/* Words before an extension, in lower case; one that begins another comes behind it. */
static const char *const extension_words[] = {
  "extension", "extn",      "ext", "добавочный", "доб",  "внутр", "вн",
  "anexo",     "durchwahl", "dw",  "poste",      "int.", "x",     "#",
};

/* The number in a text, apart from what isn't it. */
typedef struct
{
  char digits[DIGITS_MAX + 1];
  gsize n;
  gboolean international; /* begins with + */
  char extension[EXTENSION_MAX + 1];
} Number;

/* Plans by country ("DE" is 3 * 26 + 4) and by calling code, and which codes there are. */
static const Plan *by_country[26 * 26];
static const Plan *by_code[1000];
static gboolean is_code[1000];

static int
get_country_number (const char *country)
{
  if (!g_ascii_isalpha (country[0]) || !g_ascii_isalpha (country[1]) || country[2] != '\0')
    return -1;
  return (g_ascii_toupper (country[0]) - 'A') * 26 + g_ascii_toupper (country[1]) - 'A';
}

static void
fill_tables (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      guint code = (guint) strtoul (plans[i].code, NULL, 10);

      by_country[get_country_number (plans[i].country)] = &plans[i];
      is_code[code] = TRUE;
      if (by_code[code] == NULL)
        by_code[code] = &plans[i];
    }
  /* Codes that countries share are told by their largest one: they dial alike. */
  by_code[7] = by_country[get_country_number ("RU")];
  by_code[1] = by_country[get_country_number ("US")];
  for (const char *p = other_codes; *p != '\0'; p = strchr (p, ' ') + 1)
    if (g_ascii_isdigit (*p))
      is_code[strtoul (p, NULL, 10)] = TRUE;
}

static void
ensure_tables (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      fill_tables ();
      g_once_init_leave (&once, 1);
    }
}

static const Plan *
find_plan (const char *country)
{
  int number = country != NULL ? get_country_number (country) : -1;

  ensure_tables ();
  return number >= 0 ? by_country[number] : NULL;
}

/* Length of the calling code an international number begins with; 0 when there is none. */
static gsize
measure_code (const char *digits, const Plan **plan)
{
  guint code = 0;

  ensure_tables ();
  *plan = NULL;
  for (gsize length = 1; length <= 3 && g_ascii_isdigit (digits[length - 1]); length++)
    {
      code = code * 10 + (guint) (digits[length - 1] - '0');
      if (code == 0)
        return 0;
      if (is_code[code])
        {
          *plan = by_code[code];
          return length;
        }
    }
  return 0;
}

/* Lower case and ASCII digits where they are others. */
static char *
normalise (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) strnlen (text, TEXT_MAX));
  g_autofree char *normal = NULL;
  gboolean ascii = TRUE;

  for (const char *p = valid; *p != '\0' && ascii; p++)
    ascii = (guchar) *p < 128;
  if (ascii)
    return g_ascii_strdown (valid, -1);

  normal = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKC);

  return g_utf8_strdown (normal, -1);
}

/* Copies the digits at @text, with spaces and marks before them, as an extension. FALSE when there
 * are none, or as many as a number has. */
static gboolean
read_extension (const char *text, Number *number)
{
  gsize n;

  text += strspn (text, " .:=-");
  n = strspn (text, "0123456789");
  if (n == 0 || n > EXTENSION_MAX)
    return FALSE;

  memcpy (number->extension, text, n);
  number->extension[n] = '\0';

  return TRUE;
}

static gboolean
find_extension (const char *text, Number *number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (extension_words); i++)
    {
      if (g_str_has_prefix (text, extension_words[i]) &&
          read_extension (text + strlen (extension_words[i]), number))
        return TRUE;
    }

  return FALSE;
}

/* Whether the number is over at @text, a character that is no digit. */
static gboolean
ends_number (const char *text, Number *number)
{
  switch (*text)
    {
    case ' ':
    case '.':
    case '-':
    case '(':
    case ')':
    case '[':
    case ']':
      return FALSE;
    case '/': /* 030/123456, but 123-45-67/68 */
      return number->n >= 7;
    case ',': /* a pause before an extension, or another number */
    case ';':
      if (number->n < 5)
        return FALSE;
      if (!find_extension (text + 1 + strspn (text + 1, " "), number))
        read_extension (text + 1, number);
      return TRUE;
    default:
      if (number->n >= 3 && find_extension (text, number))
        return TRUE;
      return number->n >= 5;
    }
}

static void
read_number (const char *text, Number *number)
{
  memset (number, 0, sizeof (*number));
  while (*text != '\0')
    {
      if (g_ascii_isdigit (*text))
        {
          if (number->n < DIGITS_MAX)
            number->digits[number->n++] = *text;
          text++;
          continue;
        }
      /* +44 (0)20 …: the 0 is dialled at home only. */
      if (number->n > 0 && g_str_has_prefix (text, "(0)"))
        {
          text += 3;
          continue;
        }
      if (*text == '+' && number->n == 0)
        number->international = TRUE;
      else if (ends_number (text, number))
        break;
      text = g_utf8_next_char (text);
    }
  number->digits[number->n] = '\0';
}

static const char *
strip_trunk (const char *digits, const Plan *plan)
{
  gsize n = strlen (digits);
  gsize trunk = strlen (plan->trunk);

  if (trunk == 0 || !g_str_has_prefix (digits, plan->trunk))
    return digits;
  /* No number begins with 0 where 0 is dialled before it; an 8 may be its own. */
  if (strcmp (plan->trunk, "0") == 0)
    return n > 3 ? digits + 1 : digits;

  return n >= plan->min + trunk ? digits + trunk : digits;
}

static const char *
strip_home (const char *digits, const Plan *plan)
{
  gsize n = strlen (digits);
  gsize code = strlen (plan->code);

  if (n > plan->max && g_str_has_prefix (digits, plan->code) && n - code >= plan->min &&
      n - code <= plan->max)
    return digits + code;

  return strip_trunk (digits, plan);
}

static const char *
strip_abroad (const char *digits, const Plan *plan)
{
  const char *prefix = plan != NULL ? plan->abroad : "00";
  gsize n = strlen (digits);

  if (g_str_has_prefix (digits, prefix) &&
      (plan == NULL || n > plan->max + strlen (plan->trunk) || prefix[1] == '0'))
    return digits + strlen (prefix);

  /* 00 is written in letters and on cards where something else is dialled. */
  return g_str_has_prefix (digits, "00") && n > 8 ? digits + 2 : NULL;
}

/**
 * kontor_phone_digits:
 * @text: (nullable): a number as it was typed, perhaps with a label, an extension or another
 *   number behind it
 * @country: (nullable): the code of the country it is dialled in (ISO 3166-1 alpha-2)
 *
 * Reduces a number to its national significant digits: no extension, no prefix for calls abroad,
 * no calling code, no trunk prefix. What isn't known of a country is left in place; comparing the
 * last digits by kontor_phone_equal() makes up for that.
 *
 * Returns: (transfer full): digits only, "" when there are none
 */
char *
kontor_phone_digits (const char *text, const char *country)
{
  g_autofree char *normal = NULL;
  const Plan *plan = find_plan (country);
  const char *digits, *abroad = NULL;
  Number number;

  if (text == NULL)
    return g_strdup ("");

  normal = normalise (text);
  read_number (normal, &number);
  digits = number.digits;
  if (number.international)
    abroad = digits;
  else
    abroad = strip_abroad (digits, plan);

  if (abroad != NULL)
    {
      const Plan *other;
      gsize code = measure_code (abroad, &other);

      if (code > 0 && abroad[code] != '\0')
        return g_strdup (other != NULL ? strip_trunk (abroad + code, other) : abroad + code);
      return g_strdup (abroad);
    }

  return g_strdup (plan != NULL ? strip_home (digits, plan) : digits);
}

/**
 * kontor_phone_longest:
 * @text: (nullable): a number as it was typed, perhaps not to its end
 *
 * Returns: how many national significant digits a number that begins so may have; 0 where @text
 *   does not begin with the calling code of a country of which that is known
 */
guint
kontor_phone_longest (const char *text)
{
  g_autofree char *normal = NULL;
  const Plan *plan = NULL;
  Number number;

  if (text == NULL)
    return 0;
  normal = normalise (text);
  read_number (normal, &number);
  if (number.international)
    measure_code (number.digits, &plan);
  return plan != NULL ? plan->max : 0;
}

/**
 * kontor_phone_extension:
 * @text: (nullable): a number as it was typed
 *
 * Returns: (transfer full) (nullable): the digits of its extension ("доб. 12", "ext. 12", "x12",
 *   "#12", ",12"), %NULL when it has none
 */
char *
kontor_phone_extension (const char *text)
{
  g_autofree char *normal = NULL;
  Number number;

  if (text == NULL)
    return NULL;

  normal = normalise (text);
  read_number (normal, &number);

  return number.extension[0] != '\0' ? g_strdup (number.extension) : NULL;
}

/**
 * kontor_phone_equal:
 * @digits_a: (nullable): digits of kontor_phone_digits()
 * @digits_b: (nullable): others
 *
 * Returns: %TRUE when both have the same last %KONTOR_PHONE_MATCH_DIGITS digits, or the same digits
 *   where one has fewer; never for empty ones
 */
gboolean
kontor_phone_equal (const char *digits_a, const char *digits_b)
{
  gsize a, b;

  if (digits_a == NULL || digits_b == NULL)
    return FALSE;

  a = strlen (digits_a);
  b = strlen (digits_b);
  if (a == 0 || b == 0)
    return FALSE;
  if (a < KONTOR_PHONE_MATCH_DIGITS || b < KONTOR_PHONE_MATCH_DIGITS)
    return strcmp (digits_a, digits_b) == 0;

  return strcmp (digits_a + a - KONTOR_PHONE_MATCH_DIGITS,
                 digits_b + b - KONTOR_PHONE_MATCH_DIGITS) == 0;
}

/**
 * kontor_phone_looks_like:
 * @text: (nullable): a text
 *
 * Returns: %TRUE when it may be a number or a part of one: three digits or more, and little that
 *   numbers don't have
 */
gboolean
kontor_phone_looks_like (const char *text)
{
  g_autofree char *normal = NULL;
  const char *p;
  gsize digits = 0, letters = 0;

  if (text == NULL || strnlen (text, TEXT_MAX + 1) > TEXT_MAX)
    return FALSE;

  normal = normalise (text);
  /* "Tel.: 495…": a label is no part of it. */
  p = normal;
  while (g_unichar_isalpha (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  if (*p != '.' && *p != ':')
    p = normal;

  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_ascii_isdigit (*p))
        digits++;
      else if (*p == '@' || *p == '_')
        return FALSE;
      else if (g_unichar_isalpha (g_utf8_get_char (p)))
        letters++;
      else if (strchr (" +-()[].,;:/#*", *p) == NULL && (guchar) *p < 128)
        return FALSE;
    }

  return digits >= 3 && letters * 3 <= digits;
}

/**
 * kontor_phone_country_prefix:
 * @country: (nullable): a country (ISO 3166-1 alpha-2)
 *
 * Returns: (transfer none) (nullable): its calling code, digits only ("7"), %NULL when it is
 *   unknown
 */
const char *
kontor_phone_country_prefix (const char *country)
{
  const Plan *plan = find_plan (country);
  g_autofree char *code = NULL;
  const char *found;
  char key[4];

  if (plan != NULL)
    return plan->code;
  if (country == NULL || strlen (country) != 2)
    return NULL;

  g_snprintf (key,
              sizeof (key),
              "%c%c ",
              g_ascii_toupper (country[0]),
              g_ascii_toupper (country[1]));
  found = strstr (other_codes, key);
  if (found == NULL || !g_ascii_isdigit (found[3]))
    return NULL;

  code = g_strndup (found + 3, strspn (found + 3, "0123456789"));

  return g_intern_string (code);
}
