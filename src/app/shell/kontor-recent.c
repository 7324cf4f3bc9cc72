/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two keys of the settings: (workspace, type, id) of records, newest first, and a count a command.
 */
#include "config.h"

#include "kontor-recent.h"

#include "kontor-view-state.h"

#define RECORDS_KEPT 100

static gboolean
is_same (GVariant *entry, const char *path, const char *type, const char *id)
{
  const char *entry_path, *entry_type, *entry_id;

  g_variant_get (entry, "(&s&s&s)", &entry_path, &entry_type, &entry_id);
  return g_str_equal (entry_path, path) && g_str_equal (entry_type, type) &&
         g_str_equal (entry_id, id);
}

/**
 * kontor_recent_add:
 * @workspace: a workspace
 * @type: type of a record
 * @id: its id
 *
 * Puts a record before all others.
 */
void
kontor_recent_add (KontorWorkspace *workspace, const KontorRecordType *type, const KontorId *id)
{
  g_autoptr(GVariant) old = g_settings_get_value (kontor_settings_get (), "recent-records");
  const char *path = kontor_workspace_get_path (workspace);
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sss)"));
  char text[KONTOR_ID_TEXT_SIZE];
  guint n_kept = 1;

  kontor_id_format (id, text);
  g_variant_builder_add (&builder, "(sss)", path, type->name, text);
  for (gsize i = 0; i < g_variant_n_children (old) && n_kept < RECORDS_KEPT; i++)
    {
      g_autoptr(GVariant) entry = g_variant_get_child_value (old, i);

      if (is_same (entry, path, type->name, text))
        continue;
      g_variant_builder_add_value (&builder, entry);
      n_kept++;
    }
  g_settings_set_value (kontor_settings_get (), "recent-records", g_variant_builder_end (&builder));
}

/**
 * kontor_recent_list:
 * @workspace: a workspace
 * @limit: at most so many
 *
 * Returns: (transfer full) (element-type KontorRecent): records that were looked at, the last first
 */
GArray *
kontor_recent_list (KontorWorkspace *workspace, guint limit)
{
  g_autoptr(GVariant) all = g_settings_get_value (kontor_settings_get (), "recent-records");
  GArray *list = g_array_new (FALSE, FALSE, sizeof (KontorRecent));

  for (gsize i = 0; i < g_variant_n_children (all) && list->len < limit; i++)
    {
      const char *path, *type, *id;
      KontorRecent recent;

      g_variant_get_child (all, i, "(&s&s&s)", &path, &type, &id);
      if (!g_str_equal (path, kontor_workspace_get_path (workspace)))
        continue;
      recent.type = kontor_record_type_by_name (type);
      if (recent.type != NULL && kontor_id_parse (id, &recent.id))
        g_array_append_val (list, recent);
    }
  return list;
}

/**
 * kontor_recent_count_command:
 * @action: detailed name of an action
 *
 * Notes that the command was used.
 */
void
kontor_recent_count_command (const char *action)
{
  g_autoptr(GVariant) old = g_settings_get_value (kontor_settings_get (), "command-counts");
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{su}"));
  GVariantIter iter;
  const char *name;
  guint32 count;

  g_variant_iter_init (&iter, old);
  while (g_variant_iter_next (&iter, "{&su}", &name, &count))
    if (!g_str_equal (name, action))
      g_variant_builder_add (&builder, "{su}", name, count);
  g_variant_builder_add (&builder, "{su}", action, kontor_recent_get_command_count (action) + 1);
  g_settings_set_value (kontor_settings_get (), "command-counts", g_variant_builder_end (&builder));
}

/**
 * kontor_recent_get_command_count:
 * @action: detailed name of an action
 *
 * Returns: how often it was used
 */
guint
kontor_recent_get_command_count (const char *action)
{
  g_autoptr(GVariant) counts = g_settings_get_value (kontor_settings_get (), "command-counts");
  guint32 count = 0;

  g_variant_lookup (counts, action, "u", &count);
  return count;
}
