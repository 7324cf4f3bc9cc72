/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table a key: filled from the workspace in one pass before an import writes, because a bulk
 * import has no indexes to ask; or, for a few rows, asked of the workspace one by one. */
#include "config.h"

#include "kontor-match.h"

#include "kontor-error.h"
#include "kontor-fold.h"
#include "kontor-key-table-private.h"
#include "kontor-model.h"
#include "kontor-phone.h"
#include <string.h>

typedef struct
{
  KontorMatchKey key;
  KontorKeyTable *table;
  gboolean loaded; /* all of the workspace's are in the table */
} Index;

struct _KontorMatch
{
  KontorWorkspace *workspace; /* owned */
  char *country;              /* (nullable): of phones without a country */
  gboolean preload;
  GArray *indexes; /* (element-type Index) */
};

static void
clear_index (gpointer data)
{
  kontor_key_table_free (((Index *) data)->table);
}

/**
 * kontor_match_new:
 * @workspace: a workspace
 * @preload: whether all keys are read at once, for many rows; else each is asked for
 *
 * Returns: (transfer full): a matcher, to be used by one thread at a time
 */
KontorMatch *
kontor_match_new (KontorWorkspace *workspace, gboolean preload)
{
  KontorMatch *self = g_new0 (KontorMatch, 1);

  self->workspace = g_object_ref (workspace);
  self->country = kontor_workspace_dup_country (workspace);
  self->preload = preload;
  self->indexes = g_array_new (FALSE, TRUE, sizeof (Index));
  g_array_set_clear_func (self->indexes, clear_index);
  return self;
}

/**
 * kontor_match_free:
 * @self: (transfer full) (nullable): a matcher
 */
void
kontor_match_free (KontorMatch *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->indexes);
  g_free (self->country);
  g_object_unref (self->workspace);
  g_free (self);
}

/* --- Keys ----------------------------------------------------------------------------------- */

static gboolean
is_folded (const KontorMatchKey *key)
{
  return key->field->kind == KONTOR_FIELD_NAME;
}

static char *
make_phone_key (KontorMatch *self, const char *text)
{
  g_autofree char *digits = kontor_phone_digits (text, self->country);
  gsize length = digits != NULL ? strlen (digits) : 0;

  if (length < 6)
    return NULL;
  return g_strdup (length > KONTOR_PHONE_MATCH_DIGITS ? digits + length - KONTOR_PHONE_MATCH_DIGITS
                                                      : digits);
}

/* What is kept of a text; %NULL where nothing is left to compare. */
static char *
make_key (KontorMatch *self, const KontorMatchKey *key, const char *text)
{
  char *made;

  switch (key->kind)
    {
    case KONTOR_MATCH_FIELD:
      made = is_folded (key) ? kontor_fold_sort (text) : g_strdup (text);
      break;
    case KONTOR_MATCH_MAIL:
      made = g_utf8_strdown (text, -1);
      break;
    case KONTOR_MATCH_PHONE:
      made = make_phone_key (self, text);
      break;
    case KONTOR_MATCH_ID:
    case KONTOR_MATCH_PERSON:
    default:
      made = g_strdup (text);
      break;
    }
  if (made != NULL && *made == '\0')
    g_clear_pointer (&made, g_free);
  return made;
}

/**
 * kontor_match_person:
 * @self: a matcher
 * @name: (nullable): display name
 * @fact: what else is known
 * @text: (nullable): what it is: the address, the number, the name of the organisation
 *
 * The name alone is shared by many people; with one more fact it tells a person.
 *
 * Returns: (transfer full) (nullable): the text for %KONTOR_MATCH_PERSON; %NULL where there is too
 *   little
 */
char *
kontor_match_person (KontorMatch *self, const char *name, KontorFact fact, const char *text)
{
  g_autofree char *folded = NULL;
  g_autofree char *made = NULL;

  if (name == NULL || text == NULL || *text == '\0')
    return NULL;
  folded = kontor_fold_sort (name);
  switch (fact)
    {
    case KONTOR_FACT_MAIL:
      made = g_utf8_strdown (text, -1);
      break;
    case KONTOR_FACT_PHONE:
      made = make_phone_key (self, text);
      break;
    case KONTOR_FACT_ACCOUNT:
    case KONTOR_N_FACTS:
    default:
      made = kontor_fold_sort (text);
      break;
    }
  if (*folded == '\0' || made == NULL || *made == '\0')
    return NULL;
  return g_strdup_printf ("%s\n%d%s", folded, (int) fact, made);
}

/* --- Filling -------------------------------------------------------------------------------- */

typedef struct
{
  KontorMatch *match;
  Index *index;
} Load;

static gboolean
read_id (const char *hex, KontorId *id)
{
  if (hex == NULL || strlen (hex) != 2 * KONTOR_ID_SIZE)
    return FALSE;
  for (guint i = 0; i < KONTOR_ID_SIZE; i++)
    id->b[i] =
      (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  return TRUE;
}

static void
add_person (Load *load, const char *const *texts, const KontorId *id)
{
  for (guint i = 0; i < KONTOR_N_FACTS; i++)
    {
      g_autofree char *made = kontor_match_person (load->match, texts[1], i, texts[2 + i]);

      if (made != NULL)
        kontor_key_table_add (load->index->table, made, id);
    }
}

static gboolean
row_read_cb (guint n,
             const char *const *names,
             const char *const *texts,
             const int *types,
             gpointer data)
{
  Load *load = data;
  const KontorMatchKey *key = &load->index->key;
  g_autofree char *made = NULL;
  KontorId id;

  if (!read_id (texts[0], &id) || texts[1] == NULL)
    return TRUE;
  if (key->kind == KONTOR_MATCH_PERSON)
    {
      add_person (load, texts, &id);
      return TRUE;
    }
  /* sort keys come folded */
  if (key->kind == KONTOR_MATCH_FIELD && (key->field->flags & KONTOR_FIELD_SORTED) != 0)
    made = g_strdup (texts[1]);
  else
    made = make_key (load->match, key, texts[1]);
  if (made != NULL && *made != '\0')
    kontor_key_table_add (load->index->table, made, &id);
  return TRUE;
}

/* What a merged record was is now another. */
static const char *
get_id_column (const KontorRecordType *type)
{
  return kontor_record_type_find_field (type, "merged_into") != NULL
           ? "hex(coalesce(merged_into,id))"
           : "hex(id)";
}

static char *
make_sql (const KontorMatchKey *key)
{
  const char *id = get_id_column (key->type);
  const char *type = key->type->name;

  switch (key->kind)
    {
    case KONTOR_MATCH_FIELD:
      return g_strdup_printf ("SELECT %s,\"%s%s\" FROM \"%s\" WHERE hid=0 AND \"%s\" IS NOT NULL "
                              "ORDER BY rid",
                              id,
                              key->field->name,
                              (key->field->flags & KONTOR_FIELD_SORTED) != 0 ? "__s" : "",
                              type,
                              key->field->name);

    case KONTOR_MATCH_MAIL:
    case KONTOR_MATCH_PHONE:
      return g_strdup_printf ("SELECT hex(party),value FROM contact_point WHERE hid=0 AND "
                              "party_type='%s' AND kind IN (%s) ORDER BY rid",
                              type,
                              key->kind == KONTOR_MATCH_MAIL ? "'mail'" : "'phone','mobile'");

    case KONTOR_MATCH_PERSON:
      return g_strdup_printf ("SELECT %s,name,main_mail,main_phone,account_name FROM contact WHERE "
                              "hid=0 ORDER BY rid",
                              id);

    case KONTOR_MATCH_ID:
    default:
      return g_strdup_printf ("SELECT hex(id),lower(substr(hex(id),1,8)||'-'||"
                              "substr(hex(id),9,4)||'-'||substr(hex(id),13,4)||'-'||"
                              "substr(hex(id),17,4)||'-'||substr(hex(id),21)) FROM \"%s\"",
                              type);
    }
}

static gboolean
is_same_key (const KontorMatchKey *a, const KontorMatchKey *b)
{
  return a->kind == b->kind && a->type == b->type && a->field == b->field;
}

static Index *
ensure_index (KontorMatch *self, const KontorMatchKey *key)
{
  Index index = { .key = *key };

  for (guint i = 0; i < self->indexes->len; i++)
    if (is_same_key (&g_array_index (self->indexes, Index, i).key, key))
      return &g_array_index (self->indexes, Index, i);
  index.table = kontor_key_table_new ();
  g_array_append_val (self->indexes, index);
  return &g_array_index (self->indexes, Index, self->indexes->len - 1);
}

/* Fields with an index can be asked for one by one. */
static gboolean
can_ask (KontorMatch *self, const KontorMatchKey *key)
{
  if (self->preload)
    return FALSE;
  return key->kind == KONTOR_MATCH_ID ||
         (key->kind == KONTOR_MATCH_FIELD && (key->field->flags & KONTOR_FIELD_INDEXED) != 0);
}

static gboolean
load (KontorMatch *self, Index *index, GCancellable *cancellable, GError **error)
{
  g_autofree char *sql = make_sql (&index->key);
  Load data = { self, index };

  if (index->loaded)
    return TRUE;
  index->loaded =
    kontor_workspace_sql (self->workspace, sql, row_read_cb, &data, cancellable, error);
  return index->loaded;
}

/**
 * kontor_match_prepare:
 * @self: a matcher
 * @key: a key that will be asked for
 * @cancellable: (nullable): stops it
 * @error: (nullable): place for an error
 *
 * Reads what there is to compare with, where that takes a pass over the records. Call it before the
 * import begins to write.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_match_prepare (KontorMatch *self,
                      const KontorMatchKey *key,
                      GCancellable *cancellable,
                      GError **error)
{
  Index *index = ensure_index (self, key);

  return can_ask (self, key) || load (self, index, cancellable, error);
}

/* --- Asking --------------------------------------------------------------------------------- */

static gboolean
ask_id (KontorMatch *self,
        const KontorMatchKey *key,
        const char *text,
        KontorId *id,
        gboolean *found,
        GError **error)
{
  g_autoptr(KontorRecord) record = NULL;
  GError *local_error = NULL;

  if (!kontor_id_parse (text, id))
    return TRUE;
  record = kontor_workspace_get (self->workspace, key->type, id, KONTOR_READ_TRASHED, &local_error);
  *found = record != NULL;
  if (record != NULL || kontor_error_is (local_error, KONTOR_ERROR_NOT_FOUND))
    {
      g_clear_error (&local_error);
      return TRUE;
    }
  g_propagate_error (error, local_error);
  return FALSE;
}

static void
follow_merge (KontorRecord *record, KontorId *id)
{
  const KontorFieldDef *merged =
    kontor_record_type_find_field (kontor_record_get_record_type (record), "merged_into");
  const KontorId *target = merged != NULL ? kontor_record_value_link (record, merged) : NULL;

  *id = target != NULL && !kontor_id_is_null (target) ? *target : *kontor_record_get_id (record);
}

static gboolean
ask_field (KontorMatch *self,
           const KontorMatchKey *key,
           const char *text,
           KontorId *id,
           gboolean *found,
           GError **error)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  g_autoptr(GPtrArray) records = NULL;

  kontor_value_set_text (&value, text);
  records =
    kontor_workspace_find_by_value (self->workspace, key->type, key->field, &value, 1, error);
  if (records == NULL)
    return FALSE;
  *found = records->len > 0;
  if (*found)
    follow_merge (g_ptr_array_index (records, 0), id);
  return TRUE;
}

/**
 * kontor_match_find:
 * @self: a matcher
 * @key: what is compared
 * @text: the value as the file has it
 * @id: (out): the record, the oldest of several
 * @found: (out): whether there is one
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_match_find (KontorMatch *self,
                   const KontorMatchKey *key,
                   const char *text,
                   KontorId *id,
                   gboolean *found,
                   GError **error)
{
  g_autofree char *made = make_key (self, key, text);
  Index *index = ensure_index (self, key);

  *found = FALSE;
  if (made == NULL)
    return TRUE;
  if (!can_ask (self, key) && !load (self, index, NULL, error))
    return FALSE;
  *found = kontor_key_table_lookup (index->table, made, id);
  if (*found || !can_ask (self, key))
    return TRUE;
  if (!(key->kind == KONTOR_MATCH_ID ? ask_id (self, key, text, id, found, error)
                                     : ask_field (self, key, text, id, found, error)))
    return FALSE;
  if (*found)
    kontor_key_table_add (index->table, made, id);
  return TRUE;
}

/**
 * kontor_match_add:
 * @self: a matcher
 * @key: what is compared
 * @text: (nullable): the value of a record that was made just now
 * @id: the record
 *
 * Returns: %FALSE if another record has it
 */
gboolean
kontor_match_add (KontorMatch *self,
                  const KontorMatchKey *key,
                  const char *text,
                  const KontorId *id)
{
  g_autofree char *made = text != NULL ? make_key (self, key, text) : NULL;

  return made == NULL || kontor_key_table_add (ensure_index (self, key)->table, made, id);
}

/**
 * kontor_match_remove:
 * @self: a matcher
 * @key: what is compared
 * @text: (nullable): the value of a record that was not made after all
 */
void
kontor_match_remove (KontorMatch *self, const KontorMatchKey *key, const char *text)
{
  g_autofree char *made = text != NULL ? make_key (self, key, text) : NULL;

  if (made != NULL)
    kontor_key_table_remove (ensure_index (self, key)->table, made);
}
