/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A search document folded: the columns of search_doc, as they are stored and as they are. */
#include "config.h"

#include "kontor-fold.h"
#include "kontor-phone.h"
#include "kontor-search-private.h"
#include <string.h>

/* Beyond so many bytes other names are not looked through for words that are there already. */
#define NAMES_MAX 2048

/**
 * kontor_search_next_word:
 * @at: (inout): a place in a folded text; goes behind the word
 * @length: (out): length of the word in bytes
 *
 * Returns: (transfer none) (nullable): the next word, not ended by NUL; %NULL at the end
 */
const char *
kontor_search_next_word (const char **at, gsize *length)
{
  const char *word = *at;

  while (*word == ' ')
    word++;
  *length = strcspn (word, " ");
  *at = word + *length;
  return *length > 0 ? word : NULL;
}

/**
 * kontor_search_phone_key:
 * @digits: digits of a number
 * @length: (inout): how many
 *
 * Returns: (transfer none): the last of them, those that numbers are compared by
 */
const char *
kontor_search_phone_key (const char *digits, gsize *length)
{
  if (*length <= KONTOR_PHONE_MATCH_DIGITS)
    return digits;
  digits += *length - KONTOR_PHONE_MATCH_DIGITS;
  *length = KONTOR_PHONE_MATCH_DIGITS;
  return digits;
}

static gboolean
has_word (const char *text, gsize text_length, const char *word, gsize length)
{
  const char *end = text + text_length;

  for (const char *p = text; p + length <= end; p++)
    {
      p = memchr (p, word[0], (gsize) (end - p));
      if (p == NULL || p + length > end)
        return FALSE;
      if (memcmp (p, word, length) == 0 && (p == text || p[-1] == ' ') &&
          (p + length == end || p[length] == ' '))
        return TRUE;
    }
  return FALSE;
}

/* The parts of a name are in the title: what is there already is left out. Words of scripts
 * without spaces stay, as they are looked for with their neighbours. */
static void
drop_repeated (KontorSearchText *self)
{
  gsize names = self->start[KONTOR_SEARCH_NAMES];
  g_autofree char *all = NULL;
  const char *at, *word;
  gsize length;

  if (self->bytes->len == names || self->bytes->len - names > NAMES_MAX)
    return;
  all = g_strdup (self->bytes->str + names);
  g_string_truncate (self->bytes, names);
  at = all;
  while ((word = kontor_search_next_word (&at, &length)) != NULL)
    {
      const char *title = self->bytes->str;

      if ((guchar) word[0] < 128 &&
          (has_word (title, names - 1, word, length) ||
           has_word (title + names, self->bytes->len - names, word, length)))
        continue;
      if (self->bytes->len > names)
        g_string_append_c (self->bytes, ' ');
      g_string_append_len (self->bytes, word, (gssize) length);
    }
}

static void
begin_column (KontorSearchText *self, KontorSearchColumn column)
{
  if (column != KONTOR_SEARCH_TITLE)
    g_string_append_c (self->bytes, '\0');
  self->start[column] = self->bytes->len;
}

static void
add_phones (KontorSearchText *self, const char *country, const char *const *phones)
{
  gsize start = self->bytes->len;

  for (guint i = 0; phones != NULL && phones[i] != NULL; i++)
    {
      g_autofree char *digits = kontor_phone_digits (phones[i], country);
      gsize length = strlen (digits);

      if (length == 0 ||
          has_word (self->bytes->str + start, self->bytes->len - start, digits, length))
        continue;
      if (self->bytes->len > start)
        g_string_append_c (self->bytes, ' ');
      g_string_append (self->bytes, digits);
    }
}

/**
 * kontor_search_text_fold:
 * @self: (out caller-allocates): the folded document
 * @db: a connection, for its country
 * @doc: a document
 */
void
kontor_search_text_fold (KontorSearchText *self, KontorDb *db, const KontorSearchDoc *doc)
{
  self->type = doc->type->number;
  self->id = doc->id;
  self->bytes = g_string_sized_new (256);
  begin_column (self, KONTOR_SEARCH_TITLE);
  kontor_fold_search_append (self->bytes, doc->title, -1);
  begin_column (self, KONTOR_SEARCH_NAMES);
  kontor_fold_search_append (self->bytes, doc->names, -1);
  drop_repeated (self);
  begin_column (self, KONTOR_SEARCH_POINTS);
  kontor_fold_search_append (self->bytes, doc->points, -1);
  begin_column (self, KONTOR_SEARCH_TEXT);
  kontor_fold_search_append (self->bytes, doc->text, -1);
  begin_column (self, KONTOR_SEARCH_PHONES);
  add_phones (self, db->country, doc->phones);
}

/**
 * kontor_search_text_read:
 * @self: (out caller-allocates): the folded document as it is stored
 * @db: a connection
 * @rowid: its rowid
 * @found: (out): whether it is there; else @self is empty
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_text_read (KontorSearchText *self,
                         KontorDb *db,
                         gint64 rowid,
                         gboolean *found,
                         GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db,
                                          "SELECT title,names,points,text,phones,type,id FROM "
                                          "search_doc WHERE rowid=?",
                                          error);

  self->bytes = NULL;
  *found = FALSE;
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, rowid);
  if (!kontor_db_step (db, stmt, found, error))
    return FALSE;
  self->bytes = g_string_sized_new (256);
  for (guint i = 0; i < KONTOR_N_SEARCH_COLUMNS; i++)
    {
      begin_column (self, i);
      if (*found)
        g_string_append_len (self->bytes,
                             (const char *) sqlite3_column_text (stmt, (int) i),
                             sqlite3_column_bytes (stmt, (int) i));
    }
  if (*found)
    {
      self->type = (guint) sqlite3_column_int (stmt, KONTOR_N_SEARCH_COLUMNS);
      kontor_db_column_id (stmt, KONTOR_N_SEARCH_COLUMNS + 1, &self->id);
    }
  sqlite3_reset (stmt);
  return TRUE;
}

/**
 * kontor_search_text_equal:
 * @a: a folded document
 * @b: another
 *
 * Returns: whether they are of one record, and all columns are equal
 */
gboolean
kontor_search_text_equal (const KontorSearchText *a, const KontorSearchText *b)
{
  return a->type == b->type && kontor_id_equal (&a->id, &b->id) && a->bytes->len == b->bytes->len &&
         memcmp (a->bytes->str, b->bytes->str, a->bytes->len) == 0;
}

/**
 * kontor_search_text_get:
 * @self: a folded document
 * @column: a column
 *
 * Returns: (transfer none): its text
 */
const char *
kontor_search_text_get (const KontorSearchText *self, KontorSearchColumn column)
{
  return self->bytes->str + self->start[column];
}

/**
 * kontor_search_text_copy_phones:
 * @self: a folded document
 * @from: another
 *
 * Makes the digits in @self those of @from.
 */
void
kontor_search_text_copy_phones (KontorSearchText *self, const KontorSearchText *from)
{
  g_string_truncate (self->bytes, self->start[KONTOR_SEARCH_PHONES]);
  g_string_append (self->bytes, kontor_search_text_get (from, KONTOR_SEARCH_PHONES));
}

/**
 * kontor_search_text_clear:
 * @self: a folded document; empty afterwards
 */
void
kontor_search_text_clear (KontorSearchText *self)
{
  if (self->bytes != NULL)
    g_string_free (self->bytes, TRUE);
  self->bytes = NULL;
}
