/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON that imports keep in a workspace, which may come from anywhere. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *kontor_import_json_load (JsonParser *parser, const char *json);

G_END_DECLS
