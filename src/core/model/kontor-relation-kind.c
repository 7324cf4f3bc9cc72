/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of kinds of relations. */
#include "config.h"

#include "kontor-relation-kind.h"
#include <glib/gi18n-lib.h>

typedef struct
{
  const char *kind;
  const char *inverse; /* N_(), or NULL: reads the same from both sides */
  gboolean hierarchy;  /* the first party is above the second */
} RelationKind;

static const RelationKind kinds[] = {
  { "parent", N_("Subsidiary of"), TRUE },
  { "supplier", N_("Customer of"), FALSE },
  { "recommends", N_("Recommended by"), FALSE },
};

static const RelationKind *
find_kind (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return &kinds[i];
  return NULL;
}

/**
 * kontor_relation_kind_is_hierarchy:
 * @kind: (nullable): code of a kind of relation
 *
 * Returns: whether the first party stands above the second, so that circles make no sense
 */
gboolean
kontor_relation_kind_is_hierarchy (const char *kind)
{
  const RelationKind *known = find_kind (kind);

  return known != NULL && known->hierarchy;
}

/**
 * kontor_relation_kind_get_inverse:
 * @kind: (nullable): code of a kind of relation
 *
 * Returns: (nullable): what the second party is to the first: "Subsidiary of"; %NULL: the same
 */
const char *
kontor_relation_kind_get_inverse (const char *kind)
{
  const RelationKind *known = find_kind (kind);

  return known != NULL && known->inverse != NULL ? _(known->inverse) : NULL;
}
