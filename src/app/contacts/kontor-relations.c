/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The section of related records. Its rows are relations, and organisations where one is part of
 * the other: that is a field of the lower one. */
#include "config.h"

#include "kontor-relations.h"

#include <glib/gi18n.h>

static const KontorFieldId relation_fields[] = { KONTOR_PARTY_RELATION_KIND,
                                                 KONTOR_PARTY_RELATION_FROM_DATE,
                                                 KONTOR_PARTY_RELATION_TO_DATE,
                                                 KONTOR_PARTY_RELATION_NOTE,
                                                 0 };

/**
 * kontor_relation_label:
 * @session: a session
 * @kind: code of a kind of relation
 * @inverse: whether it is said of the second party
 *
 * Returns: (transfer full): "Supplier of", or "Customer of"
 */
char *
kontor_relation_label (KontorSession *session, const char *kind, gboolean inverse)
{
  const char *turned = inverse ? kontor_relation_kind_get_inverse (kind) : NULL;
  const char *label =
    turned != NULL
      ? turned
      : kontor_schema_pick_label (kontor_session_get_schema (session), "relation_kind", kind);

  return g_strdup (label != NULL ? label : kind);
}

static gboolean
is_right (KontorRecord *relation, KontorRecord *parent)
{
  return !kontor_id_equal (kontor_record_get_link (relation, KONTOR_PARTY_RELATION_LEFT),
                           kontor_record_get_id (parent));
}

static gboolean
is_parent_account (KontorRecord *account, KontorRecord *page)
{
  const KontorId *above = kontor_record_get_record_type (page) == &kontor_account_type
                            ? kontor_record_get_link (page, KONTOR_ACCOUNT_PARENT)
                            : NULL;

  return above != NULL && kontor_id_equal (above, kontor_record_get_id (account));
}

/* "Glad & Co\nSupplier of · since 2020", from the side of the page. */
static char *
summarize (KontorSession *session, KontorRecord *child, KontorRecord *page)
{
  const KontorFieldDef *other;
  g_autofree char *title = NULL;
  g_autofree char *label = NULL;
  const char *note;

  if (kontor_record_get_record_type (child) == &kontor_account_type)
    {
      title = kontor_record_dup_title (child);
      return g_strconcat (title,
                          "\n",
                          is_parent_account (child, page) ? _("Parent company") : _("Subsidiary"),
                          NULL);
    }
  other = kontor_field_by_id (is_right (child, page) ? KONTOR_PARTY_RELATION_LEFT
                                                     : KONTOR_PARTY_RELATION_RIGHT);
  label = kontor_relation_label (session,
                                 kontor_record_get_text (child, KONTOR_PARTY_RELATION_KIND),
                                 is_right (child, page));
  title = g_strdup (kontor_record_get_link_title (child, other));
  note = kontor_record_get_text (child, KONTOR_PARTY_RELATION_NOTE);
  /* what this party is to the one that is named: "Glad & Co", below it "Supplier of" */
  return g_strconcat (title != NULL ? title : "",
                      "\n",
                      label,
                      note != NULL ? " · " : "",
                      note != NULL ? note : "",
                      NULL);
}

static gboolean
find_target (KontorRecord *child, KontorRecord *page, const char **type, KontorId *id)
{
  gboolean right;
  const KontorId *link;

  if (kontor_record_get_record_type (child) == &kontor_account_type)
    {
      *type = kontor_account_type.name;
      *id = *kontor_record_get_id (child);
      return TRUE;
    }
  right = is_right (child, page);
  link = kontor_record_get_link (child,
                                 right ? KONTOR_PARTY_RELATION_LEFT : KONTOR_PARTY_RELATION_RIGHT);
  *type = kontor_record_get_text (child,
                                  right ? KONTOR_PARTY_RELATION_LEFT_TYPE
                                        : KONTOR_PARTY_RELATION_RIGHT_TYPE);
  if (link == NULL || *type == NULL)
    return FALSE;
  *id = *link;
  return TRUE;
}

/* What is taken away is the bond, never the organisation. */
static KontorStep *
make_removal (KontorRecord *child, KontorRecord *page)
{
  KontorStep *step = kontor_step_new (_("Relation removed"));

  if (kontor_record_get_record_type (child) != &kontor_account_type)
    kontor_step_trash (step, &kontor_party_relation_type, kontor_record_get_id (child));
  else
    kontor_step_set_link (step,
                          kontor_record_get_id (is_parent_account (child, page) ? page : child),
                          KONTOR_ACCOUNT_PARENT,
                          NULL);
  return step;
}

static void
add_all (GPtrArray *rows, GPtrArray *records)
{
  for (guint i = 0; records != NULL && i < records->len; i++)
    g_ptr_array_add (rows, g_object_ref (g_ptr_array_index (records, i)));
}

static GPtrArray *
gather (KontorPageData *data)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  add_all (rows, g_hash_table_lookup (data->children, kontor_account_type.name));
  add_all (rows, g_hash_table_lookup (data->children, kontor_party_relation_type.name));
  return rows;
}

const KontorChildSpec kontor_relation_section = {
  .type = &kontor_party_relation_type,
  .title = N_("Related"),
  .add_label = N_("New relation"),
  .add_action = "page.new-relation",
  .more_action = "page.structure",
  .more_label = N_("Structure"),
  .more_icon = "view-list-bullet-symbolic",
  .fields = relation_fields,
  .summarize_for = summarize,
  .find_target = find_target,
  .make_removal = make_removal,
  .gather = gather,
};
