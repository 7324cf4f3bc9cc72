/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json-glib reads arrays in arrays by calling itself, as deep as they are; here they are flat. */
#include "config.h"

#include "kontor-import-json-private.h"

#define MAX_DEPTH 8

static gboolean
is_deep (const char *json)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  for (const char *at = json; *at != '\0'; at++)
    {
      if (in_string && *at == '\\' && at[1] != '\0')
        at++;
      else if (*at == '"')
        in_string = !in_string;
      else if (!in_string && (*at == '[' || *at == '{') && ++depth > MAX_DEPTH)
        return TRUE;
      else if (!in_string && (*at == ']' || *at == '}') && depth > 0)
        depth--;
    }
  return FALSE;
}

/**
 * kontor_import_json_load:
 * @parser: keeps what is read
 * @json: a text
 *
 * Returns: (transfer none) (nullable): its root; %NULL when it is no JSON, or too deep
 */
JsonNode *
kontor_import_json_load (JsonParser *parser, const char *json)
{
  return !is_deep (json) && json_parser_load_from_data (parser, json, -1, NULL)
           ? json_parser_get_root (parser)
           : NULL;
}
