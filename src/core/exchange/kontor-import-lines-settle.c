/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links across a file of JSON lines: to lines further down, and those that go round in circles. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-import-lines-private.h"
#include <glib/gi18n-lib.h>
#include <inttypes.h>

/**
 * kontor_import_lines_fail_link:
 * @field: a link
 * @to: where it leads
 * @message: what is wrong with that, with its full stop
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE
 */
gboolean
kontor_import_lines_fail_link (const KontorFieldDef *field,
                               const KontorId *to,
                               const char *message,
                               GError **error)
{
  g_autofree char *text = kontor_id_to_string (to);
  GError *local = kontor_error_new (KONTOR_EXCHANGE_ERROR,
                                    KONTOR_ERROR_NOT_FOUND,
                                    C_("error", "%s: %s"),
                                    kontor_field_get_label (field),
                                    message);

  kontor_error_set_field (local, field->name);
  kontor_error_set_value (local, text);
  g_propagate_error (error, local);
  return FALSE;
}

/**
 * kontor_import_lines_fail_line:
 * @field: a link
 * @to: where it leads
 * @number: the faulty line it leads to
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE
 */
gboolean
kontor_import_lines_fail_line (const KontorFieldDef *field,
                               const KontorId *to,
                               guint64 number,
                               GError **error)
{
  g_autofree char *message =
    g_strdup_printf (_("the record on line %" PRIu64 " was left out."), number);

  return kontor_import_lines_fail_link (field, to, message, error);
}

/* Its text is not at hand: the fault is told when the line is read again. */
static void
refuse_entry (KontorImportLines *self, guint from, GError *error)
{
  kontor_line_index_nth (self->index, from)->flags |= KONTOR_LINE_FAULTY;
  g_hash_table_insert (self->faults, GUINT_TO_POINTER (from + 1), error);
}

/* A link that led nowhere when it was read: further down in the file, or in the workspace. */
static gboolean
settle_link (KontorImportLines *self, const KontorOpenLink *link, gboolean *fatal, GError **error)
{
  KontorLineEntry *to = kontor_line_index_find (self->index, &link->to);
  const KontorRecordType *type =
    kontor_record_type_by_number (kontor_line_index_nth (self->index, link->from)->type);
  gboolean known;

  if (to == NULL)
    {
      if (!kontor_import_lines_find_known (self, link->target, &link->to, &known, error))
        *fatal = TRUE;
      else if (!known)
        kontor_import_lines_fail_link (link->field,
                                       &link->to,
                                       _("it links to a record that does not exist."),
                                       error);
      return !*fatal && known;
    }
  if (to->type != link->target->number)
    return kontor_import_lines_fail_link (link->field,
                                          &link->to,
                                          _("it links to a record of another type."),
                                          error);
  if ((to->flags & KONTOR_LINE_FAULTY) != 0)
    return kontor_import_lines_fail_line (link->field, &link->to, to->number, error);
  to->flags |= KONTOR_LINE_AWAITED;
  self->shuffled |= kontor_import_lines_get_rank (type) == 2;
  return TRUE;
}

/**
 * kontor_import_lines_settle_links:
 * @self: lines, all of them read
 * @any: (out): whether lines turned out to be faulty
 * @error: (nullable): place for an error
 *
 * Follows the links that led nowhere when their lines were read.
 *
 * Returns: %FALSE with @error set: the workspace can't be read
 */
gboolean
kontor_import_lines_settle_links (KontorImportLines *self, gboolean *any, GError **error)
{
  *any = FALSE;
  for (guint i = 0; i < self->open->len; i++)
    {
      const KontorOpenLink *link = &g_array_index (self->open, KontorOpenLink, i);
      GError *local_error = NULL;
      gboolean fatal = FALSE;

      if ((kontor_line_index_nth (self->index, link->from)->flags & KONTOR_LINE_FAULTY) != 0 ||
          settle_link (self, link, &fatal, &local_error))
        continue;
      if (fatal)
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
      refuse_entry (self, link->from, local_error);
      *any = TRUE;
    }
  return TRUE;
}

static GHashTable *
index_chains (KontorImportLines *self)
{
  GHashTable *chains = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->chains->len; i++)
    {
      const KontorOpenLink *link = &g_array_index (self->chains, KontorOpenLink, i);

      g_hash_table_insert (chains, GUINT_TO_POINTER (link->from + 1), (gpointer) link);
    }
  return chains;
}

static const KontorOpenLink *
follow (KontorImportLines *self, GHashTable *chains, const KontorOpenLink *link)
{
  const KontorLineEntry *to = kontor_line_index_find (self->index, &link->to);
  guint position;

  if (to == NULL)
    return NULL;
  position = (guint) (to - kontor_line_index_nth (self->index, 0));
  return g_hash_table_lookup (chains, GUINT_TO_POINTER (position + 1));
}

static GError *
make_circle_error (KontorImportLines *self, GHashTable *chains, const KontorOpenLink *start)
{
  g_autoptr(GString) numbers = g_string_new (NULL);
  const KontorOpenLink *at = start;
  GError *error;
  guint n = 0;

  do
    {
      g_string_append_printf (numbers,
                              "%" G_GUINT64_FORMAT " → ",
                              kontor_line_index_nth (self->index, at->from)->number);
      at = follow (self, chains, at);
    }
  while (at != start && ++n < 20);
  g_string_append_printf (numbers,
                          "%" G_GUINT64_FORMAT,
                          kontor_line_index_nth (self->index, at->from)->number);
  error = kontor_error_new (KONTOR_EXCHANGE_ERROR,
                            KONTOR_ERROR_INVALID,
                            /* Translators: a field; numbers of lines: 3 → 7 → 3 */
                            _("%s: this would go round in a circle over the lines %s."),
                            kontor_field_get_label (start->field),
                            numbers->str);
  kontor_error_set_field (error, start->field->name);
  return error;
}

/**
 * kontor_import_lines_refuse_circles:
 * @self: lines, all of them read
 *
 * Refuses all lines of a circle.
 *
 * Returns: whether there was one
 */
gboolean
kontor_import_lines_refuse_circles (KontorImportLines *self)
{
  g_autoptr(GHashTable) chains = index_chains (self);
  g_autofree guint *marks = g_new0 (guint, kontor_line_index_get_size (self->index) + 1);
  gboolean any = FALSE;

  for (guint i = 0; i < self->chains->len; i++)
    {
      const KontorOpenLink *start = &g_array_index (self->chains, KontorOpenLink, i);
      const KontorOpenLink *at = start;

      while (at != NULL && marks[at->from] == 0)
        {
          marks[at->from] = i + 1;
          at = follow (self, chains, at);
        }
      if (at == NULL || marks[at->from] != i + 1)
        continue;
      any = TRUE;
      start = at;
      do
        {
          if ((kontor_line_index_nth (self->index, at->from)->flags & KONTOR_LINE_FAULTY) == 0)
            refuse_entry (self, at->from, make_circle_error (self, chains, at));
          at = follow (self, chains, at);
        }
      while (at != start);
    }
  return any;
}
