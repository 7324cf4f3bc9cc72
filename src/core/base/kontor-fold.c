/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text folded for search and for sorting.
 *
 * A fold for search is a sequence of words of lower-case letters and digits with one space between
 * them. Each letter goes through push_letter(), which rewrites the end of the word until no
 * spelling rule applies to it any more; so a folded text holds no place for a rule, and folding it
 * again changes nothing. */
#include "config.h"

#include "kontor-fold.h"

#include <string.h>

/* The longest decomposition of a character in Unicode is 18 characters (U+FDFA). */
#define DECOMPOSITION_MAX 18

/* What stands for Cyrillic letters after decomposition and lower-casing: BGN/PCGN romanisation of
 * Russian, with the letters of Ukrainian, Belarusian, Bulgarian, Serbian and Macedonian that
 * Russian has not. U+0430 is the first. The signs (ъ, ь) are silent; й, ї, ў, ё, ќ and ѓ never get
 * here, as they decompose. */
static const char *const cyrillic[] = {
  "a", "b", "v",  "g", "d",  "e",  "zh", "z",  "i",  "i",    "k",  "l", "m", "n", "o",  "p",
  "r", "s", "t",  "u", "f",  "kh", "c",  "ch", "sh", "shch", "",   "y", "",  "e", "yu", "ya",
  "e", "e", "dj", "g", "ye", "dz", "i",  "yi", "j",  "lj",   "nj", "c", "k", "i", "u",  "dz",
};

/* Letters that Unicode doesn't decompose, and those whose decomposition is not what people type. */
static const struct
{
  gunichar letter;
  const char *text;
} letters[] = {
  { 0x00df, "ss" }, /* ß */
  { 0x00e6, "ae" }, /* æ */
  { 0x00f0, "d" },  /* ð */
  { 0x00f8, "o" },  /* ø */
  { 0x00fe, "th" }, /* þ */
  { 0x0111, "d" },  /* đ */
  { 0x0127, "h" },  /* ħ */
  { 0x0131, "i" },  /* ı */
  { 0x0138, "k" },  /* ĸ */
  { 0x0142, "l" },  /* ł */
  { 0x014b, "n" },  /* ŋ */
  { 0x0153, "oe" }, /* œ */
  { 0x0167, "t" },  /* ŧ */
  { 0x0180, "b" },  /* ƀ */
  { 0x0192, "f" },  /* ƒ */
  { 0x019a, "l" },  /* ƚ */
  { 0x01b6, "z" },  /* ƶ */
  { 0x01e5, "g" },  /* ǥ */
  { 0x0237, "j" },  /* ȷ */
  { 0x0247, "e" },  /* ɇ */
  { 0x0249, "j" },  /* ɉ */
  { 0x0259, "e" },  /* ə */
  { 0x0268, "i" },  /* ɨ */
  { 0x0289, "u" },  /* ʉ */
  { 0x03c2, "σ" },  /* ς */
};

/* What to do with an ASCII character: 0 separates words, a letter or digit stands for itself, and
 * the capital R means that a spelling rule may apply. */
static const char ascii_class[128 + 1] = "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                                         "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                                         "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                                         "0123456789\0\0\0\0\0\0"
                                         "\0abcdRfgRRRklmnop"
                                         "qrRtuvRRRz\0\0\0\0\0"
                                         "\0abcdRfgRRRklmnop"
                                         "qrRtuvRRRz\0\0\0\0\0";

/* A fold under way. */
typedef struct
{
  GString *out;
  gsize start;       /* length of @out at the start */
  gsize word;        /* where the present word begins */
  gboolean separate; /* a space is due before the next word */
  gboolean sign;     /* ъ or ь came just before */
} Fold;

static char
get_last (const Fold *fold, gsize back)
{
  return fold->out->len >= fold->word + back ? fold->out->str[fold->out->len - back] : '\0';
}

static void
drop_last (Fold *fold, gsize n)
{
  g_string_truncate (fold->out, fold->out->len - n);
}

static void
begin_character (Fold *fold)
{
  if (!fold->separate)
    return;

  if (fold->out->len > fold->start)
    g_string_append_c (fold->out, ' ');
  fold->word = fold->out->len;
  fold->separate = FALSE;
}

static gboolean
is_vowel_but_i (char c)
{
  return c == 'a' || c == 'e' || c == 'o' || c == 'u';
}

/* "kh" is "h"; "shch" and "sch" are "sh" (Щербаков, Scherbakov; Шмидт, Schmidt). */
static void
push_h (Fold *fold)
{
  while (get_last (fold, 1) == 'k')
    drop_last (fold, 1);
  if (get_last (fold, 1) == 'c' && get_last (fold, 2) == 'h' && get_last (fold, 3) == 's')
    {
      drop_last (fold, 1);
      return;
    }
  if (get_last (fold, 1) == 'c' && get_last (fold, 2) == 's')
    drop_last (fold, 1);
  g_string_append_c (fold->out, 'h');
}

/* Adds a lower-case ASCII letter to the word and keeps the word free of places for a rule. */
static void
push_letter (Fold *fold, char c)
{
  switch (c)
    {
    case 'w':
      g_string_append_c (fold->out, 'v');
      return;
    case 'j': /* i, y and j are one letter, and once: Yuriy, Yurii, Jurij, Yury */
    case 'y':
    case 'i':
      if (get_last (fold, 1) != 'i')
        g_string_append_c (fold->out, 'i');
      return;
    case 'e': /* е is "ye" at the start and after vowels: Yevgeny, Sergeyev */
      if (get_last (fold, 1) == 'i' &&
          (fold->out->len == fold->word + 1 || is_vowel_but_i (get_last (fold, 2))))
        drop_last (fold, 1);
      g_string_append_c (fold->out, 'e');
      return;
    case 'x': /* Alexey, Aleksei */
      g_string_append_c (fold->out, 'k');
      g_string_append_c (fold->out, 's');
      return;
    case 's': /* ц */
      if (get_last (fold, 1) == 't')
        {
          drop_last (fold, 1);
          c = 'c';
        }
      g_string_append_c (fold->out, c);
      return;
    case 'h':
      push_h (fold);
      return;
    default:
      g_string_append_c (fold->out, c);
    }
}

static const char *
find_letter (gunichar c)
{
  gsize low = 0, high = G_N_ELEMENTS (letters);

  while (low < high)
    {
      gsize middle = (low + high) / 2;

      if (letters[middle].letter == c)
        return letters[middle].text;
      if (letters[middle].letter < c)
        low = middle + 1;
      else
        high = middle;
    }

  return NULL;
}

/* Characters of scripts without spaces: Han with its radicals and iteration marks, Hiragana and
 * Katakana. Hangul has spaces between words. */
static gboolean
is_word_by_itself (gunichar c)
{
  return (c >= 0x3005 && c <= 0x3007) || (c >= 0x3021 && c <= 0x3029) ||
         (c >= 0x3031 && c <= 0x3035) || (c >= 0x3041 && c <= 0x30ff) ||
         (c >= 0x3105 && c <= 0x312f) || (c >= 0x31a0 && c <= 0x31bf) ||
         (c >= 0x31f0 && c <= 0x31ff) || (c >= 0x3400 && c <= 0x4dbf) ||
         (c >= 0x4e00 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
         (c >= 0x1b000 && c <= 0x1b16f) || (c >= 0x20000 && c <= 0x3ffff);
}

static void
push_text (Fold *fold, const char *text)
{
  if (text[0] == '\0') /* a silent sign begins no word */
    return;

  begin_character (fold);
  for (; *text != '\0'; text++)
    push_letter (fold, *text);
}

/* Takes one character that has been decomposed. */
static void
push_decomposed (Fold *fold, gunichar c)
{
  gboolean sign = fold->sign;
  const char *text;

  if (g_unichar_ismark (c))
    return;

  fold->sign = FALSE;
  c = g_unichar_tolower (c);
  if (c < 128)
    {
      char class = ascii_class[c];

      if (class == '\0')
        fold->separate = TRUE;
      else
        {
          begin_character (fold);
          push_letter (fold, (char) c);
        }
      return;
    }
  if (c >= 0x430 && c < 0x430 + G_N_ELEMENTS (cyrillic))
    {
      fold->sign = c == 0x44a || c == 0x44c;
      /* Васильев is Vasilyev: a sign makes е "ye". */
      push_text (fold, sign && c == 0x435 ? "ie" : cyrillic[c - 0x430]);
      return;
    }
  if (c == 0x491) /* ґ */
    {
      push_text (fold, "g");
      return;
    }

  text = find_letter (c);
  if (text != NULL)
    {
      if ((guchar) text[0] < 128)
        push_text (fold, text);
      else
        {
          begin_character (fold);
          g_string_append (fold->out, text);
        }
    }
  else if (is_word_by_itself (c) && g_unichar_isalnum (c))
    {
      fold->separate = TRUE;
      begin_character (fold);
      g_string_append_unichar (fold->out, c);
      fold->separate = TRUE;
    }
  else if (c == 0x2b9 || c == 0x2ba)
    return; /* ʹ and ʺ stand for ь and ъ in scholarly romanisation */
  else if (g_unichar_isalnum (c) && c != 0x2bc)
    {
      begin_character (fold);
      g_string_append_unichar (fold->out, c);
    }
  else if (g_unichar_type (c) != G_UNICODE_FORMAT) /* soft hyphens and joiners are nothing */
    fold->separate = TRUE;
}

static void
push_character (Fold *fold, gunichar c)
{
  gunichar parts[DECOMPOSITION_MAX];
  gsize n = g_unichar_fully_decompose (c, TRUE, parts, G_N_ELEMENTS (parts));

  for (gsize i = 0; i < MIN (n, G_N_ELEMENTS (parts)); i++)
    push_decomposed (fold, parts[i]);
}

/**
 * kontor_fold_search_append:
 * @out: where the folded text is appended
 * @text: (nullable): any text; bytes that are not UTF-8 separate words
 * @length: its length in bytes, -1 when it ends with NUL
 *
 * Folds @text for search (design C7): compatibility decomposition, marks off, lower case, Cyrillic
 * to Latin by BGN/PCGN, spelling variants to one (shch, sch and sh; kh and h; ts and c; y, j, i and
 * ii; ye and e; w and v; x and ks), each Han and Kana character a word, everything else than
 * letters and digits one space. No space is added before the first word nor after the last.
 */
void
kontor_fold_search_append (GString *out, const char *text, gssize length)
{
  Fold fold;
  const char *end;

  g_return_if_fail (out != NULL);

  if (text == NULL)
    return;

  fold = (Fold){ .out = out, .start = out->len, .word = out->len };
  end = text + (length >= 0 ? (gsize) length : strlen (text));
  while (text < end)
    {
      guchar byte = (guchar) *text;

      if (byte < 128)
        {
          char class = ascii_class[byte];

          text++;
          fold.sign = FALSE;
          if (class == '\0')
            {
              fold.separate = TRUE;
              continue;
            }
          if (fold.separate)
            begin_character (&fold);
          if (class != 'R')
            g_string_append_c (out, class);
          else
            push_letter (&fold, (char) (byte | 0x20));
        }
      else
        {
          gunichar c = g_utf8_get_char_validated (text, end - text);

          if (c == (gunichar) -1 || c == (gunichar) -2)
            {
              text++;
              fold.sign = FALSE;
              fold.separate = TRUE;
              continue;
            }
          text = g_utf8_next_char (text);
          if (c >= 0x410 && c <= 0x44f)
            push_decomposed (&fold,
                             c); /* Russian: nothing to decompose but й, which is in the table */
          else
            push_character (&fold, c);
        }
    }
}

/**
 * kontor_fold_search:
 * @text: (nullable): any text
 *
 * See kontor_fold_search_append().
 *
 * Returns: (transfer full): the folded text, "" for %NULL
 */
char *
kontor_fold_search (const char *text)
{
  GString *out = g_string_sized_new (text != NULL ? strlen (text) + 8 : 1);

  kontor_fold_search_append (out, text, -1);

  return g_string_free (out, FALSE);
}

/**
 * kontor_fold_words:
 * @text: (nullable): any text
 *
 * Returns: (transfer full): the words of @text folded for search, ended by %NULL
 */
char **
kontor_fold_words (const char *text)
{
  g_autofree char *folded = kontor_fold_search (text);

  return g_strsplit (folded, " ", -1);
}

/**
 * kontor_fold_other_prefix:
 * @folded: a word folded for search, perhaps not yet typed to its end
 *
 * The fold of a word doesn't always begin with the fold of its beginning: "wat" is "vat", but
 * "watson" is "vacon". A search for the beginning of a word looks for this one too.
 *
 * Returns: (transfer full) (nullable): what words may begin with that have @folded at the start but
 *   for the next letter ("vac"), %NULL when there is no such thing
 */
char *
kontor_fold_other_prefix (const char *folded)
{
  GString *longer;
  gsize length;

  g_return_val_if_fail (folded != NULL, NULL);

  length = strlen (folded);
  for (const char *next = "hse"; *next != '\0'; next++)
    {
      Fold fold;

      longer = g_string_new (folded);
      fold = (Fold){ .out = longer };
      push_letter (&fold, *next);
      if (length > 0 && strncmp (longer->str, folded, length) != 0)
        return g_string_free (longer, FALSE);
      g_string_free (longer, TRUE);
    }

  return NULL;
}

static void
append_sortable (GString *out, gunichar c)
{
  const char *text;

  if (g_unichar_ismark (c))
    {
      /* й is a letter of its own in the alphabet, not an и with a mark. */
      if (c == 0x306 && out->len >= 2 && memcmp (out->str + out->len - 2, "и", 2) == 0)
        {
          g_string_truncate (out, out->len - 2);
          g_string_append (out, "й");
        }
      return;
    }

  c = g_unichar_tolower (c);
  text = find_letter (c);
  if (text != NULL)
    g_string_append (out, text);
  else if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
    {
      if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  else if (out->len > 0 || g_unichar_isalnum (c))
    g_string_append_unichar (out, c);
}

/**
 * kontor_fold_sort:
 * @text: (nullable): any text
 *
 * Folds @text for sorting: its script is kept, case and marks are not, ё stands with е and й after
 * и. Punctuation and spaces before the first letter or digit don't count.
 *
 * Returns: (transfer full): UTF-8 to be compared byte by byte, "" for %NULL
 */
char *
kontor_fold_sort (const char *text)
{
  GString *out;

  if (text == NULL)
    return g_strdup ("");

  out = g_string_sized_new (strlen (text) + 1);
  while (*text != '\0')
    {
      guchar byte = (guchar) *text;

      if (byte < 128)
        {
          text++;
          if (g_ascii_isalnum (byte))
            g_string_append_c (out, g_ascii_tolower ((char) byte));
          else
            append_sortable (out, byte);
        }
      else
        {
          gunichar parts[DECOMPOSITION_MAX];
          gunichar c = g_utf8_get_char_validated (text, -1);
          gsize n;

          if (c == (gunichar) -1 || c == (gunichar) -2)
            {
              text++;
              continue;
            }
          text = g_utf8_next_char (text);
          if (c >= 0x410 && c <= 0x44f)
            {
              /* Russian: these letters are sorted as they are, Й too. */
              g_string_append_unichar (out, c < 0x430 ? c + 0x20 : c);
              continue;
            }
          n = g_unichar_fully_decompose (c, TRUE, parts, G_N_ELEMENTS (parts));
          for (gsize i = 0; i < MIN (n, G_N_ELEMENTS (parts)); i++)
            append_sortable (out, parts[i]);
        }
    }
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);

  return g_string_free (out, FALSE);
}

/**
 * kontor_word_within_one:
 * @a: a folded word
 * @a_length: its length in bytes
 * @b: another
 * @b_length: its length in bytes
 *
 * Tells whether one typing error at most lies between two words: a byte too many, missing, wrong,
 * or two neighbours swapped (F. Damerau, A technique for computer detection and correction of
 * spelling errors, 1964). What is left between the longest common start and the longest common end
 * decides, so it takes one look at each byte.
 *
 * Returns: %TRUE when the distance is 0 or 1
 */
gboolean
kontor_word_within_one (const char *a, gsize a_length, const char *b, gsize b_length)
{
  gsize start = 0;

  if (a_length > b_length + 1 || b_length > a_length + 1)
    return FALSE;

  while (start < a_length && start < b_length && a[start] == b[start])
    start++;
  while (a_length > start && b_length > start && a[a_length - 1] == b[b_length - 1])
    {
      a_length--;
      b_length--;
    }
  a_length -= start;
  b_length -= start;
  a += start;
  b += start;
  if (a_length <= 1 && b_length <= 1)
    return TRUE;

  return a_length == 2 && b_length == 2 && a[0] == b[1] && a[1] == b[0];
}
