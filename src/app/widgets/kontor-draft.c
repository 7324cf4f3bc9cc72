/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One key of the settings, which are written by another process or at once. */
#include "config.h"

#include "kontor-draft.h"

#include "kontor-view-state.h"

/* Older ones give way. */
#define DRAFTS_KEPT 50

/**
 * kontor_draft_set:
 * @key: of what: "note:ID", "new:TYPE"
 * @text: (nullable): what was typed; %NULL or "" when it is stored
 *
 * Keeps @text.
 */
void
kontor_draft_set (const char *key, const char *text)
{
  g_autoptr(GVariant) old = g_settings_get_value (kontor_settings_get (), "drafts");
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sxs)"));
  guint n_kept = 0;

  if (text != NULL && *text != '\0')
    {
      g_variant_builder_add (&builder, "(sxs)", key, g_get_real_time () / 1000, text);
      n_kept++;
    }
  for (gsize i = 0; i < g_variant_n_children (old) && n_kept < DRAFTS_KEPT; i++)
    {
      g_autoptr(GVariant) draft = g_variant_get_child_value (old, i);
      const char *name;

      g_variant_get_child (draft, 0, "&s", &name);
      if (g_str_equal (name, key))
        continue;
      g_variant_builder_add_value (&builder, draft);
      n_kept++;
    }
  g_settings_set_value (kontor_settings_get (), "drafts", g_variant_builder_end (&builder));
}

/**
 * kontor_draft_dup:
 * @key: of what
 * @at: (out) (optional): when it was typed, in ms since 1970
 *
 * Returns: (transfer full) (nullable): what was kept
 */
char *
kontor_draft_dup (const char *key, gint64 *at)
{
  g_autoptr(GVariant) drafts = g_settings_get_value (kontor_settings_get (), "drafts");

  for (gsize i = 0; i < g_variant_n_children (drafts); i++)
    {
      const char *name, *text;
      gint64 when;

      g_variant_get_child (drafts, i, "(&sx&s)", &name, &when, &text);
      if (!g_str_equal (name, key))
        continue;
      if (at != NULL)
        *at = when;
      return g_strdup (text);
    }
  return NULL;
}
