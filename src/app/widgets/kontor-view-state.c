/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dictionary of dictionaries in one key, since views are not known to the schema. */
#include "config.h"

#include "kontor-view-state.h"

/**
 * kontor_settings_get:
 *
 * Returns: (transfer none): the settings of this device
 */
GSettings *
kontor_settings_get (void)
{
  static GSettings *settings;

  if (settings == NULL)
    settings = g_settings_new ("org.kontor.Kontor");
  return settings;
}

/**
 * kontor_view_state_get:
 * @view: name of a view
 * @key: what of it
 * @type: type of the value
 *
 * Returns: (transfer full) (nullable): what was kept, %NULL if nothing was or it is of another type
 */
GVariant *
kontor_view_state_get (const char *view, const char *key, const GVariantType *type)
{
  g_autoptr(GVariant) views = g_settings_get_value (kontor_settings_get (), "views");
  g_autoptr(GVariant) state = g_variant_lookup_value (views, view, G_VARIANT_TYPE_VARDICT);

  return state != NULL ? g_variant_lookup_value (state, key, type) : NULL;
}

/**
 * kontor_view_state_set:
 * @view: name of a view
 * @key: what of it
 * @value: (nullable): a value; floating ones are taken; %NULL forgets it
 */
void
kontor_view_state_set (const char *view, const char *key, GVariant *value)
{
  g_autoptr(GVariant) views = g_settings_get_value (kontor_settings_get (), "views");
  g_autoptr(GVariant) state = g_variant_lookup_value (views, view, G_VARIANT_TYPE_VARDICT);
  g_auto(GVariantDict) all = G_VARIANT_DICT_INIT (views);
  g_auto(GVariantDict) one = G_VARIANT_DICT_INIT (state);

  if (value != NULL)
    g_variant_dict_insert_value (&one, key, value);
  else
    g_variant_dict_remove (&one, key);
  g_variant_dict_insert_value (&all, view, g_variant_dict_end (&one));
  g_settings_set_value (kontor_settings_get (), "views", g_variant_dict_end (&all));
}
