/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of search share: folded documents, words, the question, and what a hit shows. */
#pragma once

#include "kontor-db-private.h"

G_BEGIN_DECLS

/* Longer words are in the full-text index, but not in the list of words. */
#define KONTOR_WORD_MAX_BYTES 64

/* Beginnings of so many letters are in the full-text indexes; of longer ones SQLite puts the
 * documents together first, which takes the longer the more there are. */
#define KONTOR_SEARCH_INDEX_LETTERS 4

/* Rowids of documents: see KONTOR_SEARCH_ROWID(). */
#define KONTOR_SEARCH_RID_MASK G_GINT64_CONSTANT (0xffffffffff)
#define KONTOR_SEARCH_RID(rowid) ((rowid) &KONTOR_SEARCH_RID_MASK)
#define KONTOR_SEARCH_TYPE(rowid) ((guint) ((rowid) >> 40) & 0xff)
#define KONTOR_SEARCH_FIRST(type) KONTOR_SEARCH_ROWID (type, 0)
#define KONTOR_SEARCH_LAST(type) KONTOR_SEARCH_ROWID (type, KONTOR_SEARCH_RID_MASK)

/* In the table meta: how often three digits are in numbers, a letter for each of the thousand; and
 * a number that changes when the list of words is made anew. */
#define KONTOR_META_THREES "phone_threes"
#define KONTOR_META_WORDS "word_generation"

/* --- kontor-search-index.c: one document ---------------------------------------------------- */

typedef enum
{
  KONTOR_SEARCH_TITLE,
  KONTOR_SEARCH_NAMES,
  KONTOR_SEARCH_POINTS,
  KONTOR_SEARCH_TEXT,
  KONTOR_SEARCH_PHONES, /* national significant digits of each number */
  KONTOR_N_SEARCH_COLUMNS
} KontorSearchColumn;

/* The columns of search_doc, folded, in one piece of memory. */
typedef struct
{
  guint type; /* number */
  KontorId id;
  GString *bytes;
  gsize start[KONTOR_N_SEARCH_COLUMNS];
} KontorSearchText;

void kontor_search_text_fold (KontorSearchText *self, KontorDb *db, const KontorSearchDoc *doc);
gboolean kontor_search_text_read (KontorSearchText *self,
                                  KontorDb *db,
                                  gint64 rowid,
                                  gboolean *found,
                                  GError **error);
gboolean kontor_search_text_equal (const KontorSearchText *a, const KontorSearchText *b);
const char *kontor_search_text_get (const KontorSearchText *self, KontorSearchColumn column);
void kontor_search_text_copy_phones (KontorSearchText *self, const KontorSearchText *from);
void kontor_search_text_clear (KontorSearchText *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KontorSearchText, kontor_search_text_clear)

/* The next word of a folded text; NULL at its end. @at goes behind it. */
const char *kontor_search_next_word (const char **at, gsize *length);
/* The digits numbers are compared by, of a word of the column of phones. */
const char *kontor_search_phone_key (const char *digits, gsize *length);

/* --- kontor-search-fts.c -------------------------------------------------------------------- */

gboolean kontor_search_fts_replace (KontorDb *db,
                                    gint64 rowid,
                                    const KontorSearchText *was, /* nullable */
                                    const KontorSearchText *now, /* nullable */
                                    GError **error);

/* --- kontor-words.c: the words of titles and names ------------------------------------------ */

/* Words of titles and names that begin with @prefix, at most @max. */
GPtrArray *kontor_words_find_prefix (KontorDb *db, const char *prefix, guint max, GError **error);
/* Words that @word may have been meant for, with one typing error, best first. Their beginning is
 * enough. */
GPtrArray *kontor_words_find_near (KontorDb *db, const char *word, guint max, GError **error);

/* --- kontor-search-query.c: what was typed -------------------------------------------------- */

typedef struct
{
  GPtrArray *words;   /* (element-type utf8): folded, each once; the last may be unfinished */
  GPtrArray *phrases; /* (element-type utf8): words of scripts without spaces that must stand
                         together, with a space between them */
  GPtrArray *numbers; /* (element-type utf8): the digits of a phone number, or a piece of one, as
                         they may be stored, the most likely first; empty without three digits */
  guint longest;      /* digits of a number that begins with the first of .numbers; 0: that may be
                         a piece from anywhere */
  GPtrArray *others;  /* (element-type utf8): the words beside the number */
} KontorSearchQuery;

void kontor_search_query_init (KontorSearchQuery *self, const char *text, const char *country);
void kontor_search_query_clear (KontorSearchQuery *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KontorSearchQuery, kontor_search_query_clear)

/* Whether a word is left out of a MATCH and looked for afterwards: one letter begins too much. */
gboolean kontor_search_is_letter (const char *word);
gboolean kontor_search_is_long (const char *word); /* longer than what is in the index */
void kontor_search_append_word (GString *match, const char *word, gboolean prefix);
void kontor_search_append_prefix (GString *match, const char *word);

typedef enum
{
  KONTOR_SEARCH_WHOLE,   /* whole words */
  KONTOR_SEARCH_BEGUN,   /* beginnings of words */
  KONTOR_SEARCH_INDEXED, /* as much of the beginnings as is in the index */
} KontorSearchHow;
char *kontor_search_make_match (GPtrArray *words, KontorSearchHow how);
char *kontor_search_make_digits_match (KontorDb *db, const char *digits);
/* Conditions on the document "d", each with " AND " before it; "" without any. */
char *kontor_search_make_phrase_filter (const KontorSearchQuery *self);
typedef enum
{
  KONTOR_SEARCH_FILTER_ALL,
  KONTOR_SEARCH_FILTER_LETTERS, /* what KONTOR_SEARCH_BEGUN leaves out */
  KONTOR_SEARCH_FILTER_LONG,    /* and what KONTOR_SEARCH_INDEXED cuts */
} KontorSearchFilter;
char *kontor_search_make_word_filter (GPtrArray *words, KontorSearchFilter which);

/* --- kontor-search-hit.c: what a hit shows -------------------------------------------------- */

typedef enum
{
  KONTOR_FOUND_PHONE,      /* the whole number */
  KONTOR_FOUND_BEGINNING,  /* the title begins with what was typed */
  KONTOR_FOUND_TITLE_WORD, /* whole words of the title */
  KONTOR_FOUND_TITLE,      /* beginnings of words of the title */
  KONTOR_FOUND_NAME,       /* words of other names */
  KONTOR_FOUND_DIGITS,     /* a piece of a number */
  KONTOR_FOUND_WORD,       /* words anywhere */
  KONTOR_FOUND_ANYWHERE,   /* beginnings of words anywhere */
  KONTOR_FOUND_NEAR,       /* with one typing error: the word that was most likely meant */
  KONTOR_FOUND_NEAR_OTHER,
} KontorSearchFound;

/* Reads the titles and second lines of hits. */
typedef struct
{
  KontorDb *db;                   /* borrowed */
  const KontorSearchQuery *query; /* borrowed */
  GHashTable *plans;              /* record type → HitPlan */
} KontorHitReader;

void kontor_hit_reader_init (KontorHitReader *self, KontorDb *db, const KontorSearchQuery *query);
void kontor_hit_reader_clear (KontorHitReader *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KontorHitReader, kontor_hit_reader_clear)
gboolean kontor_hit_reader_read (KontorHitReader *self,
                                 gint64 rowid,
                                 KontorSearchFound *found, /* more exactly afterwards */
                                 KontorSearchHit **hit,    /* NULL: gone, or in the trash */
                                 GError **error);

/* --- kontor-search-snippet.c: words in texts as people wrote them --------------------------- */

/* Where the first word of @text stands that begins with @folded. */
gboolean kontor_search_locate (const char *text, const char *folded, gsize *start, gsize *length);
/* How many of the words are in @text. */
guint kontor_search_count_words (const char *text, GPtrArray *words);
/* One line of @text around the first of the words, or its beginning. */
char *kontor_search_make_snippet (const char *text, GPtrArray *words);

/* --- A search under way --------------------------------------------------------------------- */

typedef struct
{
  gint64 rowid;
  KontorSearchFound found;
} KontorSearchCandidate;

/* What was found of one type of records. */
typedef struct
{
  const KontorRecordType *type;
  GArray *candidates; /* (element-type KontorSearchCandidate): at most one more than are shown */
  GPtrArray *shown;   /* kontor-search.c */
  gboolean has_phones;
  guint share; /* how many are shown */
} KontorSearchGroup;

typedef struct
{
  KontorDb *db; /* borrowed */
  KontorSearchQuery query;
  GPtrArray *groups; /* (element-type KontorSearchGroup): by number of the type */
  KontorSearchGroup *by_number[256];
  GHashTable *seen; /* (element-type gint64): rowids of all candidates */
  guint limit;
  guint total;     /* candidates */
  GPtrArray *near; /* (nullable) (element-type GPtrArray): for each word of the query those it may
                      have been meant for, or NULL */
} KontorSearch;

gboolean kontor_search_group_is_full (const KontorSearch *self, const KontorSearchGroup *group);

void kontor_search_add_candidate (KontorSearch *self,
                                  KontorSearchGroup *group,
                                  gint64 rowid,
                                  KontorSearchFound found);

/* A question to an index. */
typedef struct
{
  const char *sql;    /* selects rowids in order: ?1 is .value, ?2 and ?3 the first and the last */
  const char *value;  /* nullable: nothing is asked */
  const char *filter; /* " AND …", in SQL, of the document "d"; nullable or "": none */
  KontorSearchFound found;
  guint max_looked_at;  /* documents of which .filter may be false */
  gboolean tentative;   /* there is another way: it ends when few of them are worth it */
  guint max_rows;       /* for rowids that are not in order; 0: they are */
  gboolean phones_only; /* of types that have numbers */
} KontorSearchAsk;

typedef enum
{
  KONTOR_SEARCH_IN_TITLES,
  KONTOR_SEARCH_IN_ALL,
} KontorSearchTable;

/* kontor-search-collect.c */
gboolean kontor_search_collect (KontorSearch *self,
                                const KontorSearchAsk *ask,
                                gboolean *all, /* nullable: whether that was all there is */
                                GError **error);
gboolean kontor_search_collect_match (KontorSearch *self,
                                      KontorSearchTable table,
                                      const char *match, /* nullable: nothing */
                                      const char *filter,
                                      KontorSearchFound found,
                                      gboolean *all, /* nullable */
                                      GError **error);

/* kontor-search-words.c */
gboolean kontor_search_collect_beginnings (KontorSearch *self, const char *text, GError **error);
gboolean kontor_search_collect_words (KontorSearch *self, GError **error);

/* kontor-search-number.c */
gboolean kontor_search_collect_numbers (KontorSearch *self, GError **error);
gboolean kontor_search_collect_digits (KontorSearch *self, GError **error);
/* Of whose documents a filter looks at, and which records it finds by them: "d" is the document. */
typedef struct
{
  gint64 first, last; /* rowids of documents */
  char *join;         /* owned: " CROSS JOIN …" from "d" to the children "c" of its record; "" */
  const char *rid;    /* what is selected */
  const char *number; /* (nullable): the column of "c" that must have the digits itself */
} KontorSearchReach;
/* " UNION SELECT …": rids of records within @reach with the number. */
void kontor_search_append_number_sql (KontorDb *db,
                                      const KontorSearchQuery *query,
                                      const KontorSearchReach *reach,
                                      GString *sql);

/* kontor-search-near.c */
gboolean kontor_search_collect_near (KontorSearch *self, GError **error);
/* @text with the words that were corrected as they stand in @hit. */
char *
kontor_search_make_suggestion (KontorSearch *self, const char *text, const KontorSearchHit *hit);

G_END_DECLS
