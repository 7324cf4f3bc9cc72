/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of record types: imports, views, pick lists, custom fields, layouts, mappings and stars.
 */
#include "config.h"

#include "kontor-schema-data.h"
#include "kontor-schema-private.h"
#include <glib/gi18n-lib.h>

/* clang-format off */

static const KontorChoice batch_mode_choices[] = {
  { "add", N_("Add") },
  { "update", N_("Add and update") },
  { NULL, NULL }
};

static const KontorChoice view_kind_choices[] = {
  { "list", N_("List") },
  { "board", N_("Board") },
  { "calendar", N_("Calendar") },
  { NULL, NULL }
};

static const KontorChoice layout_place_choices[] = {
  { "page", N_("Page") },
  { "new", N_("New record") },
  { "list", N_("List") },
  { NULL, NULL }
};

static const KontorFieldDef import_batch_fields[] = {
  FIELD (KONTOR_IMPORT_BATCH_FILE,
    .name = "file", .label = N_("File"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_TITLE),
  FIELD (KONTOR_IMPORT_BATCH_KIND,
    .name = "kind", .label = N_("Type of records"), .kind = KONTOR_FIELD_TEXT, .since = 1),
  FIELD (KONTOR_IMPORT_BATCH_MODE,
    .name = "mode", .label = N_("Mode"), .kind = KONTOR_FIELD_CHOICE, .since = 1,
    .choices = batch_mode_choices),
  FIELD (KONTOR_IMPORT_BATCH_CREATED,
    .name = "created", .label = N_("Created"), .kind = KONTOR_FIELD_INTEGER, .since = 1,
    .min = 0, .max = 1000000000),
  FIELD (KONTOR_IMPORT_BATCH_UPDATED,
    .name = "updated", .label = N_("Updated"), .kind = KONTOR_FIELD_INTEGER, .since = 1,
    .min = 0, .max = 1000000000),
  FIELD (KONTOR_IMPORT_BATCH_SKIPPED,
    .name = "skipped", .label = N_("Skipped"), .kind = KONTOR_FIELD_INTEGER, .since = 1,
    .min = 0, .max = 1000000000),
  FIELD (KONTOR_IMPORT_BATCH_FAILED,
    .name = "failed", .label = N_("Failed"), .kind = KONTOR_FIELD_INTEGER, .since = 1,
    .min = 0, .max = 1000000000),
  FIELD (KONTOR_IMPORT_BATCH_MAPPING,
    .name = "mapping", .label = N_("Mapping"), .kind = KONTOR_FIELD_JSON, .since = 1,
    .flags = KONTOR_FIELD_HIDDEN),
  FIELD (KONTOR_IMPORT_BATCH_STEP,
    .name = "step", .label = N_("Step"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_HIDDEN),
  FIELD (KONTOR_IMPORT_BATCH_ERRORS,
    .name = "errors", .label = N_("Errors"), .kind = KONTOR_FIELD_JSON, .since = 1,
    .flags = KONTOR_FIELD_HIDDEN),
};

const KontorRecordType kontor_import_batch_type = {
  .number = 50, .name = "import_batch", .gtype = "KontorImportBatch",
  .label = N_("Import"), .label_plural = N_("Imports"), .icon = "document-open-symbolic",
  .since = 1, .access = KONTOR_ACCESS_CONTACTS,
  .flags = KONTOR_TYPE_INTERNAL,
  .fields = import_batch_fields, .n_fields = G_N_ELEMENTS (import_batch_fields),
  .import = ALIASES ("import", "imports"),
};

static const KontorFieldDef saved_view_fields[] = {
  FIELD (KONTOR_SAVED_VIEW_NAME,
    .name = "name", .label = N_("Name"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_TITLE),
  FIELD (KONTOR_SAVED_VIEW_KIND,
    .name = "kind", .label = N_("Kind"), .kind = KONTOR_FIELD_CHOICE, .since = 1,
    .choices = view_kind_choices),
  FIELD (KONTOR_SAVED_VIEW_TYPE,
    .name = "type", .label = N_("Type of records"), .kind = KONTOR_FIELD_TYPE, .since = 1),
  FIELD (KONTOR_SAVED_VIEW_QUERY,
    .name = "query", .label = N_("Query"), .kind = KONTOR_FIELD_LONG_TEXT, .since = 1),
  FIELD (KONTOR_SAVED_VIEW_COLUMNS,
    .name = "columns", .label = N_("Columns"), .kind = KONTOR_FIELD_JSON, .since = 1,
    .flags = KONTOR_FIELD_HIDDEN),
  FIELD (KONTOR_SAVED_VIEW_SHARED,
    .name = "shared", .label = N_("Shared"), .kind = KONTOR_FIELD_BOOLEAN, .since = 1),
  FIELD (KONTOR_SAVED_VIEW_POSITION,
    .name = "position", .label = N_("Order"), .kind = KONTOR_FIELD_INTEGER, .since = 1,
    .min = -1000000, .max = 1000000),
};

const KontorRecordType kontor_saved_view_type = {
  .number = 51, .name = "saved_view", .gtype = "KontorSavedView",
  .label = N_("View"), .label_plural = N_("Views"), .icon = "view-list-symbolic",
  .since = 1, .access = KONTOR_ACCESS_SHARED,
  .flags = KONTOR_TYPE_INTERNAL,
  .fields = saved_view_fields, .n_fields = G_N_ELEMENTS (saved_view_fields),
  .import = ALIASES ("saved view", "saved views", "view", "views"),
};

static const KontorFieldDef pick_list_fields[] = {
  FIELD (KONTOR_PICK_LIST_LIST,
    .name = "list", .label = N_("List"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_READ_ONLY),
  FIELD (KONTOR_PICK_LIST_CODE,
    .name = "code", .label = N_("Code"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_READ_ONLY),
  FIELD (KONTOR_PICK_LIST_LABEL,
    .name = "label", .label = N_("Label"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_TITLE),
  FIELD (KONTOR_PICK_LIST_POSITION,
    .name = "position", .label = N_("Order"), .kind = KONTOR_FIELD_INTEGER, .since = 1,
    .min = -1000000, .max = 1000000),
  FIELD (KONTOR_PICK_LIST_COLOR,
    .name = "color", .label = N_("Colour"), .kind = KONTOR_FIELD_TEXT, .since = 1),
  FIELD (KONTOR_PICK_LIST_INACTIVE,
    .name = "inactive", .label = N_("No longer offered"), .kind = KONTOR_FIELD_BOOLEAN, .since = 1),
};

const KontorRecordType kontor_pick_list_type = {
  .number = 52, .name = "pick_list", .gtype = "KontorPickList",
  .label = N_("Pick list value"), .label_plural = N_("Pick list values"), .icon = "view-list-bullet-symbolic",
  .since = 1, .access = KONTOR_ACCESS_SHARED,
  .flags = KONTOR_TYPE_INTERNAL,
  .fields = pick_list_fields, .n_fields = G_N_ELEMENTS (pick_list_fields),
  .import = ALIASES ("pick list", "pick list values"),
};

static const KontorFieldDef custom_field_fields[] = {
  FIELD (KONTOR_CUSTOM_FIELD_TYPE,
    .name = "type", .label = N_("Type of records"), .kind = KONTOR_FIELD_TYPE, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_READ_ONLY),
  FIELD (KONTOR_CUSTOM_FIELD_LABEL,
    .name = "label", .label = N_("Label"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_TITLE),
  FIELD (KONTOR_CUSTOM_FIELD_KIND,
    .name = "kind", .label = N_("Kind"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_READ_ONLY),
  FIELD (KONTOR_CUSTOM_FIELD_PICK,
    .name = "pick", .label = N_("Pick list"), .kind = KONTOR_FIELD_TEXT, .since = 1),
  FIELD (KONTOR_CUSTOM_FIELD_TARGET,
    .name = "target", .label = N_("Links to"), .kind = KONTOR_FIELD_TEXT, .since = 1),
  FIELD (KONTOR_CUSTOM_FIELD_REQUIRED,
    .name = "required", .label = N_("Required"), .kind = KONTOR_FIELD_BOOLEAN, .since = 1),
  FIELD (KONTOR_CUSTOM_FIELD_IN_LIST,
    .name = "in_list", .label = N_("In lists"), .kind = KONTOR_FIELD_BOOLEAN, .since = 1),
  FIELD (KONTOR_CUSTOM_FIELD_SEARCHED,
    .name = "searched", .label = N_("Searched"), .kind = KONTOR_FIELD_BOOLEAN, .since = 1),
  FIELD (KONTOR_CUSTOM_FIELD_HIDDEN,
    .name = "hidden", .label = N_("Hidden"), .kind = KONTOR_FIELD_BOOLEAN, .since = 1),
  FIELD (KONTOR_CUSTOM_FIELD_POSITION,
    .name = "position", .label = N_("Order"), .kind = KONTOR_FIELD_INTEGER, .since = 1,
    .min = -1000000, .max = 1000000),
  FIELD (KONTOR_CUSTOM_FIELD_HELP,
    .name = "help", .label = N_("Help"), .kind = KONTOR_FIELD_TEXT, .since = 1),
};

const KontorRecordType kontor_custom_field_type = {
  .number = 53, .name = "custom_field", .gtype = "KontorCustomField",
  .label = N_("Custom field"), .label_plural = N_("Custom fields"), .icon = "list-add-symbolic",
  .since = 1, .access = KONTOR_ACCESS_ADMIN,
  .flags = KONTOR_TYPE_INTERNAL,
  .fields = custom_field_fields, .n_fields = G_N_ELEMENTS (custom_field_fields),
  .import = ALIASES ("custom field", "custom fields"),
};

static const KontorFieldDef layout_fields[] = {
  FIELD (KONTOR_LAYOUT_TYPE,
    .name = "type", .label = N_("Type of records"), .kind = KONTOR_FIELD_TYPE, .since = 2,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_READ_ONLY),
  FIELD (KONTOR_LAYOUT_PLACE,
    .name = "place", .label = N_("Place"), .kind = KONTOR_FIELD_CHOICE, .since = 2,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_READ_ONLY,
    .choices = layout_place_choices),
  FIELD (KONTOR_LAYOUT_ROLE,
    .name = "role", .label = N_("Role"), .kind = KONTOR_FIELD_LINK, .since = 2,
    .target = "role",
    .help = N_("Empty: for everybody")),
  FIELD (KONTOR_LAYOUT_DEFINITION,
    .name = "definition", .label = N_("Fields"), .kind = KONTOR_FIELD_JSON, .since = 2,
    .flags = KONTOR_FIELD_HIDDEN),
};

const KontorRecordType kontor_layout_type = {
  .number = 54, .name = "layout", .gtype = "KontorLayout",
  .label = N_("Layout"), .label_plural = N_("Layouts"), .icon = "view-grid-symbolic",
  .since = 2, .access = KONTOR_ACCESS_ADMIN,
  .flags = KONTOR_TYPE_INTERNAL,
  .fields = layout_fields, .n_fields = G_N_ELEMENTS (layout_fields),
  .import = ALIASES ("layout", "layouts"),
};

static const KontorFieldDef import_mapping_fields[] = {
  FIELD (KONTOR_IMPORT_MAPPING_NAME,
    .name = "name", .label = N_("Name"), .kind = KONTOR_FIELD_NAME, .since = 2,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_TITLE),
  FIELD (KONTOR_IMPORT_MAPPING_KIND,
    .name = "kind", .label = N_("Type of records"), .kind = KONTOR_FIELD_TYPE, .since = 2),
  FIELD (KONTOR_IMPORT_MAPPING_HEADERS,
    .name = "headers", .label = N_("Columns"), .kind = KONTOR_FIELD_JSON, .since = 2,
    .flags = KONTOR_FIELD_HIDDEN),
  FIELD (KONTOR_IMPORT_MAPPING_MAPPING,
    .name = "mapping", .label = N_("Mapping"), .kind = KONTOR_FIELD_JSON, .since = 2,
    .flags = KONTOR_FIELD_HIDDEN),
  FIELD (KONTOR_IMPORT_MAPPING_SHARED,
    .name = "shared", .label = N_("Shared"), .kind = KONTOR_FIELD_BOOLEAN, .since = 2),
};

const KontorRecordType kontor_import_mapping_type = {
  .number = 55, .name = "import_mapping", .gtype = "KontorImportMapping",
  .label = N_("Import mapping"), .label_plural = N_("Import mappings"), .icon = "insert-link-symbolic",
  .since = 2, .access = KONTOR_ACCESS_SHARED,
  .flags = KONTOR_TYPE_INTERNAL,
  .fields = import_mapping_fields, .n_fields = G_N_ELEMENTS (import_mapping_fields),
  .import = ALIASES ("import mapping", "import mappings"),
};

static const KontorFieldDef star_fields[] = {
  FIELD (KONTOR_STAR_USER,
    .name = "user", .label = N_("User"), .kind = KONTOR_FIELD_LINK, .since = 2,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_READ_ONLY,
    .target = "user"),
  FIELD (KONTOR_STAR_TARGET_TYPE,
    .name = "target_type", .label = N_("Type of record"), .kind = KONTOR_FIELD_TYPE, .since = 2,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_READ_ONLY),
  FIELD (KONTOR_STAR_TARGET,
    .name = "target", .label = N_("Record"), .kind = KONTOR_FIELD_LINK_ANY, .since = 2,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_READ_ONLY,
    .companion = "target_type"),
  FIELD (KONTOR_STAR_POSITION,
    .name = "position", .label = N_("Order"), .kind = KONTOR_FIELD_INTEGER, .since = 2,
    .min = -1000000000, .max = 1000000000),
  FIELD (KONTOR_STAR_ON,
    .name = "on", .label = N_("On"), .kind = KONTOR_FIELD_BOOLEAN, .since = 2,
    .merge = KONTOR_MERGE_SET),
};

const KontorRecordType kontor_star_type = {
  .number = 56, .name = "star", .gtype = "KontorStar",
  .label = N_("Star"), .label_plural = N_("Stars"), .icon = "starred-symbolic",
  .since = 2, .access = KONTOR_ACCESS_SHARED,
  .flags = KONTOR_TYPE_SET | KONTOR_TYPE_INTERNAL,
  .fields = star_fields, .n_fields = G_N_ELEMENTS (star_fields),
  .left = "user", .right = "target",
  .import = ALIASES ("star", "stars"),
};
