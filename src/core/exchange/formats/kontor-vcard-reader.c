/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines into cards: folded lines, lines of quoted-printable and of base64 are put together, cards
 * inside a card are kept as its agent, and a card that does not end is told. */
#include "config.h"

#include "kontor-vcard-reader.h"

#include "kontor-error.h"
#include "kontor-formats.h"
#include "kontor-vcard-private.h"
#include <string.h>
#include <glib/gi18n-lib.h>

struct _KontorVcardReader
{
  KontorVcardLines *lines; /* owned */
  const char *encoding;
  char *name;        /* (nullable) */
  GByteArray *bytes; /* the property that is being put together */
  guint64 number;    /* its line */
  guint64 stray;     /* the first line outside of any card, or 0 */

  /* of the present card */
  KontorVcard *card; /* owned (nullable) */
  GPtrArray *raws;   /* (element-type KontorVcardRaw) */
  gsize size;
  gboolean told_nul, told_limit;
};

/**
 * kontor_vcard_reader_new:
 * @stream: bytes; read from where it stands, not closed
 * @encoding: what kontor_text_guess_encoding() says about them: of text that declares none
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): the reader; %NULL with @error set
 */
KontorVcardReader *
kontor_vcard_reader_new (GInputStream *stream, const char *encoding, GError **error)
{
  g_autoptr(KontorVcardLines) lines = kontor_vcard_lines_new (stream, encoding, error);
  KontorVcardReader *self;

  if (lines == NULL)
    return NULL;
  self = g_new0 (KontorVcardReader, 1);
  self->lines = g_steal_pointer (&lines);
  self->encoding = encoding;
  self->bytes = g_byte_array_new ();
  self->raws = g_ptr_array_new_with_free_func ((GDestroyNotify) kontor_vcard_raw_free);
  return self;
}

/**
 * kontor_vcard_reader_free:
 * @self: (transfer full) (nullable): a reader
 */
void
kontor_vcard_reader_free (KontorVcardReader *self)
{
  if (self == NULL)
    return;
  kontor_vcard_lines_free (self->lines);
  g_byte_array_unref (self->bytes);
  g_ptr_array_unref (self->raws);
  kontor_vcard_free (self->card);
  g_free (self->name);
  g_free (self);
}

static GError *
make_error (KontorVcardReader *self, guint64 line, const char *message)
{
  GError *error = kontor_error_new (KONTOR_FORMATS_ERROR, KONTOR_ERROR_INVALID, "%s", message);

  kontor_error_set_file (error, self->name);
  kontor_error_set_line (error, line);
  return error;
}

/* --- One property of several lines ------------------------------------------------------------ */

static gboolean
is_base64 (const KontorVcardLine *line)
{
  for (gsize i = 0; i < line->length; i++)
    if (!g_ascii_isalnum (line->text[i]) && strchr ("+/= \t", line->text[i]) == NULL)
      return FALSE;
  return line->length > 0;
}

static gboolean
is_soft_break (KontorVcardReader *self)
{
  return self->bytes->len > 0 && self->bytes->data[self->bytes->len - 1] == '=';
}

static gboolean
is_keyword (const KontorVcardLine *line, const char *keyword)
{
  gsize length = strlen (keyword);
  gsize end = line->length;

  while (end > 0 && g_ascii_isspace (line->text[end - 1]))
    end--;
  return end == length && g_ascii_strncasecmp (line->text, keyword, length) == 0;
}

/* Takes the line if it goes on with what is there. Of a soft break @bytes loses its sign. */
static gboolean
continues (KontorVcardReader *self, const KontorVcardLine *line, KontorVcardCoding coding)
{
  if (coding == KONTOR_VCARD_QUOTED_PRINTABLE && is_soft_break (self) &&
      !is_keyword (line, "END:VCARD") && !is_keyword (line, "BEGIN:VCARD"))
    {
      g_byte_array_set_size (self->bytes, self->bytes->len - 1);
      return TRUE;
    }
  if (line->length > 0 && (line->text[0] == ' ' || line->text[0] == '\t'))
    return TRUE;
  return coding == KONTOR_VCARD_BASE64 && is_base64 (line);
}

/* Version 2.1 folds in front of a space that belongs to the text, the others add one. */
static gsize
count_skipped (KontorVcardReader *self,
               const KontorVcardLine *line,
               KontorVcardCoding coding,
               gboolean folded)
{
  gboolean keeps = coding == KONTOR_VCARD_QUOTED_PRINTABLE ||
                   (self->card != NULL && self->card->version == KONTOR_VCARD_2_1);

  return folded && !keeps && line->length > 0 && (line->text[0] == ' ' || line->text[0] == '\t')
           ? 1
           : 0;
}

static void
tell_nul (KontorVcardReader *self, const KontorVcardLine *line)
{
  if (!line->had_nul || self->card == NULL || self->told_nul)
    return;
  self->told_nul = TRUE;
  kontor_vcard_add_problem (self->card, line->number, _("NUL bytes were left out."));
}

/* Reads the property that begins with @line; @too_long: only its start is in .bytes. */
static gboolean
read_property (KontorVcardReader *self,
               KontorVcardLine *line,
               gboolean *too_long,
               GCancellable *cancellable,
               GError **error)
{
  KontorVcardCoding coding = kontor_vcard_find_coding (line->text, line->length);
  gboolean end;

  self->number = line->number;
  *too_long = line->too_long;
  g_byte_array_set_size (self->bytes, 0);
  g_byte_array_append (self->bytes, (const guint8 *) line->text, (guint) line->length);
  tell_nul (self, line);
  for (;;)
    {
      gsize skip;

      if (!kontor_vcard_lines_next (self->lines, line, &end, cancellable, error))
        return FALSE;
      if (end)
        return TRUE;
      if (!continues (self, line, coding))
        break;
      tell_nul (self, line);
      skip = count_skipped (self, line, coding, TRUE);
      *too_long =
        *too_long || line->too_long || self->bytes->len + line->length > KONTOR_VCARD_MAX_PROPERTY;
      if (!*too_long)
        g_byte_array_append (self->bytes,
                             (const guint8 *) line->text + skip,
                             (guint) (line->length - skip));
      /* a parameter may be folded too */
      if (coding == KONTOR_VCARD_PLAIN && self->bytes->len < KONTOR_VCARD_HEAD)
        coding = kontor_vcard_find_coding ((const char *) self->bytes->data, self->bytes->len);
    }
  kontor_vcard_lines_put_back (self->lines, line);
  return TRUE;
}

/* --- One card ----------------------------------------------------------------------------------
 */

static gboolean
is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;
  return TRUE;
}

static gboolean
holds (KontorVcardReader *self, const char *keyword)
{
  const KontorVcardLine line = { .text = (char *) self->bytes->data, .length = self->bytes->len };

  return is_keyword (&line, keyword);
}

/* A line that is no property was broken off the one before by a program that does not fold. */
static void
add_to_last (KontorVcardReader *self)
{
  KontorVcardRaw *last =
    self->raws->len > 0 ? g_ptr_array_index (self->raws, self->raws->len - 1) : NULL;

  if (last == NULL || last->coding == KONTOR_VCARD_BASE64)
    {
      kontor_vcard_add_problem (self->card,
                                self->number,
                                _("This line is no property of a vCard; it was left out."));
      return;
    }
  kontor_vcard_add_problem (self->card,
                            self->number,
                            _("This line is no property of a vCard; it was added to the one "
                               "before it."));
  g_byte_array_append (last->raw, (const guint8 *) "\n", 1);
  g_byte_array_append (last->raw, self->bytes->data, self->bytes->len);
}

static char *
dup_name (KontorVcardReader *self)
{
  gsize n = 0;

  while (n < self->bytes->len && n < 32 && strchr (":;", self->bytes->data[n]) == NULL)
    n++;
  return g_utf8_make_valid ((const char *) self->bytes->data, (gssize) n);
}

static void
refuse_long (KontorVcardReader *self)
{
  g_autofree char *name = dup_name (self);

  kontor_vcard_add_problem (self->card,
                            self->number,
                            /* Translators: %s is the name of a property of a vCard */
                            _("%s is larger than 16 MB; it was left out."),
                            name);
}

static gboolean
is_over_limit (KontorVcardReader *self)
{
  self->size += self->bytes->len;
  if (self->size <= KONTOR_VCARD_MAX_CARD && self->raws->len < KONTOR_VCARD_MAX_PROPERTIES)
    return FALSE;
  if (!self->told_limit)
    kontor_vcard_add_problem (self->card,
                              self->number,
                              _("The card is larger than a card may be; from here on it was left "
                                 "out."));
  self->told_limit = TRUE;
  return TRUE;
}

static void
take_version (KontorVcardReader *self, KontorVcardRaw *raw)
{
  g_autofree char *text = g_strstrip (g_strndup ((const char *) raw->raw->data, raw->raw->len));

  if (g_str_has_prefix (text, "4"))
    self->card->version = KONTOR_VCARD_4_0;
  else if (g_str_has_prefix (text, "3"))
    self->card->version = KONTOR_VCARD_3_0;
  else
    self->card->version = KONTOR_VCARD_2_1;
  kontor_vcard_raw_free (raw);
}

static void
take_property (KontorVcardReader *self)
{
  KontorVcardRaw *raw;

  if (is_blank ((const char *) self->bytes->data, self->bytes->len) || is_over_limit (self))
    return;
  raw = kontor_vcard_raw_new ((const char *) self->bytes->data, self->bytes->len, self->number);
  if (raw == NULL)
    add_to_last (self);
  else if (g_str_equal (raw->property->name, "VERSION"))
    take_version (self, raw);
  else if (g_str_equal (raw->property->name, "BEGIN") || g_str_equal (raw->property->name, "END"))
    {
      kontor_vcard_add_problem (self->card,
                                self->number,
                                _("This line is no property of a vCard; it was left out."));
      kontor_vcard_raw_free (raw);
    }
  else
    g_ptr_array_add (self->raws, raw);
}

static KontorVcardRaw *
get_agent (KontorVcardReader *self)
{
  KontorVcardRaw *last =
    self->raws->len > 0 ? g_ptr_array_index (self->raws, self->raws->len - 1) : NULL;

  return last != NULL && g_str_equal (last->property->name, "AGENT") &&
             is_blank ((const char *) last->raw->data, last->raw->len)
           ? last
           : NULL;
}

/* A card inside the card: it is kept as text, as version 3.0 writes it. */
static gboolean
read_agent (KontorVcardReader *self,
            KontorVcardRaw *agent,
            KontorVcardLine *line,
            gboolean *whole,
            GCancellable *cancellable,
            GError **error)
{
  guint depth = 0;
  gboolean end = FALSE;

  *whole = FALSE;
  g_byte_array_set_size (agent->raw, 0);
  do
    {
      g_autofree char *text = g_strndup (line->text, line->length);
      g_autofree char *escaped = kontor_vcard_escape (text);

      depth += is_keyword (line, "BEGIN:VCARD");
      depth -= is_keyword (line, "END:VCARD");
      if (agent->raw->len + line->length > KONTOR_VCARD_MAX_PROPERTY ||
          depth > KONTOR_VCARD_MAX_DEPTH)
        return TRUE;
      g_byte_array_append (agent->raw, (const guint8 *) escaped, (guint) strlen (escaped));
      g_byte_array_append (agent->raw, (const guint8 *) "\\n", 2);
      if (depth == 0)
        {
          *whole = TRUE;
          return TRUE;
        }
      if (!kontor_vcard_lines_next (self->lines, line, &end, cancellable, error))
        return FALSE;
    }
  while (!end);
  return TRUE;
}

typedef enum
{
  STATE_MORE,
  STATE_DONE,
  STATE_CUT,
  STATE_FAILED,
} State;

/* What a card that begins inside of this one means. */
static State
enter_card (KontorVcardReader *self,
            KontorVcardLine *line,
            GCancellable *cancellable,
            GError **error)
{
  KontorVcardRaw *agent = get_agent (self);
  gboolean whole;

  if (agent == NULL)
    {
      kontor_vcard_lines_put_back (self->lines, line);
      return STATE_CUT;
    }
  if (!read_agent (self, agent, line, &whole, cancellable, error))
    return STATE_FAILED;
  return whole ? STATE_MORE : STATE_CUT;
}

static State
read_next (KontorVcardReader *self, GCancellable *cancellable, GError **error)
{
  KontorVcardLine line;
  gboolean end, too_long;

  if (!kontor_vcard_lines_next (self->lines, &line, &end, cancellable, error))
    return STATE_FAILED;
  if (end)
    return STATE_CUT;
  if (is_keyword (&line, "BEGIN:VCARD"))
    return enter_card (self, &line, cancellable, error);
  if (!read_property (self, &line, &too_long, cancellable, error))
    return STATE_FAILED;
  if (too_long)
    refuse_long (self);
  else if (holds (self, "END:VCARD"))
    return STATE_DONE;
  else
    take_property (self);
  return STATE_MORE;
}

/* --- All of them ------------------------------------------------------------------------------ */

static KontorVcardStatus
fail (KontorVcardReader *self, GError *local, GError **error)
{
  kontor_error_set_file (local, self->name);
  g_propagate_error (error, local);
  return KONTOR_VCARD_FAILED;
}

/* Finds where the next card begins. */
static KontorVcardStatus
find_begin (KontorVcardReader *self, guint64 *number, GCancellable *cancellable, GError **error)
{
  KontorVcardLine line;
  gboolean end;

  for (;;)
    {
      GError *local_error = NULL;

      if (!kontor_vcard_lines_next (self->lines, &line, &end, cancellable, &local_error))
        return fail (self, local_error, error);
      if (end)
        return KONTOR_VCARD_END;
      *number = line.number;
      if (is_keyword (&line, "BEGIN:VCARD"))
        return KONTOR_VCARD_READ;
      if (self->stray == 0 && !is_blank (line.text, line.length))
        self->stray = line.number;
    }
}

static void
begin_card (KontorVcardReader *self, guint64 number)
{
  g_clear_pointer (&self->card, kontor_vcard_free);
  self->card = kontor_vcard_new (KONTOR_VCARD_2_1);
  self->card->line = number;
  self->size = 0;
  self->told_nul = self->told_limit = FALSE;
  g_ptr_array_set_size (self->raws, 0);
  if (self->stray != 0)
    kontor_vcard_add_problem (self->card,
                              self->stray,
                              _("This line stands outside of any card; it was left out."));
  self->stray = 0;
}

/**
 * kontor_vcard_reader_next:
 * @self: a reader
 * @card: (out) (transfer full) (nullable): the card; of a bad one what there is of it
 * @cancellable: (nullable): stops it
 * @error: (nullable): place for an error with file and line
 *
 * Returns: what was read
 */
KontorVcardStatus
kontor_vcard_reader_next (KontorVcardReader *self,
                          KontorVcard **card,
                          GCancellable *cancellable,
                          GError **error)
{
  GError *local_error = NULL;
  KontorVcardStatus status;
  guint64 number = 0;
  State state;

  *card = NULL;
  status = find_begin (self, &number, cancellable, error);
  if (status != KONTOR_VCARD_READ)
    return status;
  begin_card (self, number);
  do
    state = read_next (self, cancellable, &local_error);
  while (state == STATE_MORE);
  if (state == STATE_FAILED)
    return fail (self, local_error, error);
  kontor_vcard_decode (self->raws, self->encoding, self->card);
  g_ptr_array_set_size (self->raws, 0);
  *card = g_steal_pointer (&self->card);
  if (state == STATE_DONE)
    return KONTOR_VCARD_READ;
  g_propagate_error (error,
                     make_error (self,
                                 number,
                                 _("The card has no end (END:VCARD): the file was cut there.")));
  return KONTOR_VCARD_BAD;
}

/**
 * kontor_vcard_reader_get_bytes:
 * @self: a reader
 *
 * Returns: how many bytes of the file were read
 */
guint64
kontor_vcard_reader_get_bytes (KontorVcardReader *self)
{
  return kontor_vcard_lines_get_bytes (self->lines);
}

/**
 * kontor_vcard_reader_set_name:
 * @self: a reader
 * @name: (nullable): what errors call the file
 */
void
kontor_vcard_reader_set_name (KontorVcardReader *self, const char *name)
{
  g_free (self->name);
  self->name = g_strdup (name);
}
