/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths to targets and back. */
#include "config.h"

#include "kontor-import-target.h"

#include "kontor-error.h"
#include "kontor-fold.h"
#include "kontor-import-source.h"
#include "kontor-model.h"
#include <string.h>
#include <glib/gi18n-lib.h>

#define PERSON_PREFIX "contact."
/* "kind" is a field of organisations. */
#define ADDRESS_KIND "address_kind"

/* Other names of contact points, as commands and exports have them. */
static const struct
{
  const char *name;
  const char *point;
} points[] = {
  { "phone", "phone" },         { "mobile", "mobile" },    { "fax", "fax" },
  { "mail", "mail" },           { "email", "mail" },       { "web", "web" },
  { "messenger", "messenger" }, { "main_phone", "phone" }, { "main_mail", "mail" },
};

/* A path in its pieces. */
typedef struct
{
  char *name;
  char *variant; /* (nullable) */
  char *sub;     /* (nullable) */
} Pieces;

static void
clear_pieces (Pieces *pieces)
{
  g_free (pieces->name);
  g_free (pieces->variant);
  g_free (pieces->sub);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pieces, clear_pieces)

/* name[variant].sub */
static gboolean
split_path (const char *path, Pieces *pieces)
{
  gsize length = strcspn (path, "[.");
  const char *rest = path + length;

  pieces->name = g_strndup (path, length);
  if (*rest == '[')
    {
      const char *end = strchr (rest, ']');

      if (end == NULL || end == rest + 1)
        return FALSE;
      pieces->variant = g_strndup (rest + 1, end - rest - 1);
      rest = end + 1;
    }
  if (*rest == '.')
    pieces->sub = g_strdup (rest + 1);
  return length > 0 && (*rest == '\0' || (*rest == '.' && rest[1] != '\0'));
}

/* --- The places a path may lead to ---------------------------------------------------------- */

static gboolean
is_link (const KontorFieldDef *field)
{
  return field->kind == KONTOR_FIELD_LINK;
}

/* What the store keeps by itself can't be set; when a record was made can, once. */
static gboolean
is_importable (const KontorFieldDef *field)
{
  if ((field->id & 0xff) == KONTOR_COMMON_CREATED_AT && (field->flags & KONTOR_FIELD_CUSTOM) == 0)
    return TRUE;
  return (field->flags & (KONTOR_FIELD_COMPUTED | KONTOR_FIELD_HIDDEN)) == 0 &&
         field->kind != KONTOR_FIELD_LINK_ANY && field->kind != KONTOR_FIELD_FILE;
}

static gboolean
set_field (KontorImportTarget *self,
           KontorSlotKind slot,
           const KontorRecordType *type,
           const KontorFieldDef *field,
           const Pieces *pieces)
{
  if (field == NULL || !is_importable (field))
    return FALSE;
  if (pieces->sub != NULL && !(is_link (field) && g_str_equal (pieces->sub, "id")))
    return FALSE;
  self->slot = slot;
  self->type = type;
  self->field = field;
  self->what = field->kind == KONTOR_FIELD_TAGS ? KONTOR_TARGET_TAGS
               : !is_link (field)               ? KONTOR_TARGET_VALUE
               : pieces->sub != NULL            ? KONTOR_TARGET_LINK_ID
                                                : KONTOR_TARGET_LINK;
  self->variant = g_strdup (pieces->variant);
  return TRUE;
}

static const KontorFieldDef *
find_custom (KontorSchema *schema, const KontorRecordType *type, const char *label)
{
  g_autoptr(GPtrArray) custom = kontor_schema_get_custom_fields (schema, type);
  g_autofree char *folded = kontor_fold_sort (label);

  for (guint i = 0; custom != NULL && i < custom->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (custom, i);
      g_autofree char *key = kontor_fold_sort (kontor_field_get_label (field));

      if (g_str_equal (key, folded))
        return field;
    }
  return NULL;
}

static gboolean
parse_record_field (KontorImportTarget *self,
                    KontorSchema *schema,
                    const KontorRecordType *type,
                    const Pieces *pieces)
{
  const KontorFieldDef *field = kontor_schema_find_field (schema, type, pieces->name);

  if (pieces->variant != NULL)
    return FALSE;
  if (g_str_equal (pieces->name, "id") && pieces->sub == NULL)
    {
      self->slot = KONTOR_SLOT_RECORD;
      self->type = type;
      self->what = KONTOR_TARGET_ID;
      return TRUE;
    }
  if (field == NULL)
    field = find_custom (schema, type, pieces->name);
  return set_field (self, KONTOR_SLOT_RECORD, type, field, pieces);
}

static gboolean
parse_point (KontorImportTarget *self, const Pieces *pieces)
{
  const char *name = pieces->sub != NULL ? pieces->sub : "value";

  if (!g_str_equal (name, "value") && !g_str_equal (name, "label") && !g_str_equal (name, "note"))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    if (g_str_equal (points[i].name, pieces->name))
      {
        self->slot = KONTOR_SLOT_POINT;
        self->type = &kontor_contact_point_type;
        self->point = points[i].point;
        self->field = kontor_record_type_find_field (self->type, name);
        self->what = KONTOR_TARGET_VALUE;
        self->variant = g_strdup (pieces->variant);
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_address (KontorImportTarget *self, const Pieces *pieces)
{
  static const char *const names[] = { "street",  "city",     "region",    "postcode",
                                       "country", "latitude", "longitude", NULL };

  const char *name = g_str_equal (pieces->name, ADDRESS_KIND) ? "kind" : pieces->name;

  return pieces->sub == NULL && (name != pieces->name || g_strv_contains (names, name)) &&
         set_field (self,
                    KONTOR_SLOT_ADDRESS,
                    &kontor_address_type,
                    kontor_record_type_find_field (&kontor_address_type, name),
                    pieces);
}

static gboolean
parse_job (KontorImportTarget *self, const Pieces *pieces)
{
  const char *name = pieces->name;

  if (g_str_equal (name, "account_name"))
    name = "account";
  if (pieces->variant != NULL || g_str_equal (name, "contact") || g_str_equal (name, "reports_to"))
    return FALSE;
  return set_field (self,
                    KONTOR_SLOT_JOB,
                    &kontor_account_contact_type,
                    kontor_record_type_find_field (&kontor_account_contact_type, name),
                    pieces);
}

static gboolean
parse_role (KontorImportTarget *self, const Pieces *pieces)
{
  return g_str_equal (pieces->name, "role") && pieces->sub == NULL &&
         set_field (self,
                    KONTOR_SLOT_ROLE,
                    &kontor_party_role_type,
                    kontor_field_by_id (KONTOR_PARTY_ROLE_ROLE),
                    pieces);
}

/* An entry is about people and organisations: "about.contact", "about.account". */
static gboolean
parse_about (KontorImportTarget *self, const Pieces *pieces)
{
  const char *of = pieces->sub;

  if (!g_str_equal (pieces->name, "about") || of == NULL || pieces->variant != NULL ||
      !(g_str_equal (of, "contact") || g_str_equal (of, "account")))
    return FALSE;
  self->slot = KONTOR_SLOT_ABOUT;
  self->type = &kontor_activity_link_type;
  self->field = kontor_field_by_id (KONTOR_ACTIVITY_LINK_TARGET);
  self->what = KONTOR_TARGET_LINK;
  self->variant = g_strdup (of);
  return TRUE;
}

/* TYPE.FIELD of any other child that may hang on the record. */
static gboolean
parse_child (KontorImportTarget *self, const KontorRecordType *owner, const Pieces *pieces)
{
  const KontorRecordType *type = kontor_record_type_by_name (pieces->name);
  Pieces inner = { .name = pieces->sub, .variant = pieces->variant };
  const KontorFieldDef *parent;

  if (type == NULL || pieces->sub == NULL || (type->flags & KONTOR_TYPE_CHILD) == 0)
    return FALSE;
  parent = kontor_record_type_find_field (type, type->parent_field);
  if (parent->kind == KONTOR_FIELD_LINK
        ? g_strcmp0 (parent->target, owner->name) != 0
        : !g_str_equal (parent->name, "party") || (owner->flags & KONTOR_TYPE_PARTY) == 0)
    return FALSE;
  return !g_str_equal (pieces->sub, parent->name) &&
         set_field (self,
                    KONTOR_SLOT_CHILD,
                    type,
                    kontor_record_type_find_field (type, pieces->sub),
                    &inner);
}

static gboolean
parse_place (KontorImportTarget *self,
             KontorSchema *schema,
             const KontorRecordType *type,
             const Pieces *pieces)
{
  gboolean is_party = (type->flags & KONTOR_TYPE_PARTY) != 0;

  return parse_record_field (self, schema, type, pieces) ||
         (is_party && parse_point (self, pieces)) || (is_party && parse_address (self, pieces)) ||
         (is_party && parse_role (self, pieces)) ||
         (type == &kontor_contact_type && parse_job (self, pieces)) ||
         (type == &kontor_activity_type && parse_about (self, pieces)) ||
         parse_child (self, type, pieces);
}

/* --- Paths ---------------------------------------------------------------------------------- */

static char *
make_path (const KontorImportTarget *self)
{
  GString *path = g_string_new (self->of_person ? PERSON_PREFIX : NULL);

  if (self->what == KONTOR_TARGET_ID)
    g_string_append (path, "id");
  else if (self->slot == KONTOR_SLOT_POINT)
    g_string_append (path, self->point);
  else if (self->slot == KONTOR_SLOT_CHILD)
    g_string_append (path, self->type->name);
  else if (self->slot == KONTOR_SLOT_ABOUT)
    g_string_append (path, "about");
  else if (self->slot == KONTOR_SLOT_ADDRESS && self->field->id == KONTOR_ADDRESS_KIND)
    g_string_append (path, ADDRESS_KIND);
  else
    g_string_append (path, self->field->name);
  if (self->slot == KONTOR_SLOT_ABOUT)
    g_string_append_printf (path, ".%s", self->variant);
  else if (self->variant != NULL)
    g_string_append_printf (path, "[%s]", self->variant);
  if (self->slot == KONTOR_SLOT_CHILD ||
      (self->slot == KONTOR_SLOT_POINT && self->field->id != KONTOR_CONTACT_POINT_VALUE))
    g_string_append_printf (path, ".%s", self->field->name);
  if (self->what == KONTOR_TARGET_LINK_ID)
    g_string_append (path, ".id");
  return g_string_free (path, FALSE);
}

static GError *
make_error (const KontorRecordType *type, const char *path)
{
  GError *error = kontor_error_new (KONTOR_EXCHANGE_ERROR,
                                    KONTOR_ERROR_NOT_FOUND,
                                    /* Translators: a type of records, a name of a field */
                                    _("%s: there is nothing called “%s” to import into."),
                                    kontor_record_type_get_label_plural (type),
                                    path);

  kontor_error_set_field (error, path);
  return error;
}

/**
 * kontor_import_target_parse:
 * @schema: fields of the workspace
 * @type: type of the records the rows become
 * @path: a path
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): the target, or %NULL with @error set
 */
KontorImportTarget *
kontor_import_target_parse (KontorSchema *schema,
                            const KontorRecordType *type,
                            const char *path,
                            GError **error)
{
  g_autoptr(KontorImportTarget) self = g_new0 (KontorImportTarget, 1);
  g_auto(Pieces) pieces = { NULL, NULL, NULL };
  const char *rest = path;
  const KontorRecordType *base = type;

  if (type == &kontor_account_type && g_str_has_prefix (path, PERSON_PREFIX))
    {
      self->of_person = TRUE;
      base = &kontor_contact_type;
      rest += strlen (PERSON_PREFIX);
    }
  if (!split_path (rest, &pieces) || !parse_place (self, schema, base, &pieces) ||
      (self->of_person && self->slot == KONTOR_SLOT_JOB && is_link (self->field)))
    {
      g_propagate_error (error, make_error (type, path));
      return NULL;
    }
  self->path = make_path (self);
  return g_steal_pointer (&self);
}

/**
 * kontor_import_target_free:
 * @self: (transfer full) (nullable): a target
 */
void
kontor_import_target_free (KontorImportTarget *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->variant);
  g_free (self);
}

/**
 * kontor_import_target_is_joinable:
 * @self: a target
 *
 * Returns: whether the cells of several columns may be joined in it
 */
gboolean
kontor_import_target_is_joinable (const KontorImportTarget *self)
{
  if (self->what == KONTOR_TARGET_TAGS)
    return TRUE;
  if (self->what != KONTOR_TARGET_VALUE || self->slot == KONTOR_SLOT_POINT)
    return FALSE;
  return self->field->kind == KONTOR_FIELD_TEXT || self->field->kind == KONTOR_FIELD_LONG_TEXT ||
         self->field->kind == KONTOR_FIELD_NAME || self->field->kind == KONTOR_FIELD_ADDRESS;
}

/**
 * kontor_import_target_is_repeatable:
 * @self: a target
 *
 * Returns: whether a record may have several of it, each a column of its own
 */
gboolean
kontor_import_target_is_repeatable (const KontorImportTarget *self)
{
  return self->what == KONTOR_TARGET_TAGS || self->slot == KONTOR_SLOT_ROLE ||
         (self->slot == KONTOR_SLOT_POINT && self->field->id == KONTOR_CONTACT_POINT_VALUE);
}

/* --- For people ------------------------------------------------------------------------------ */

static const char *
get_point_label (const char *point)
{
  return kontor_field_choice_label (kontor_field_by_id (KONTOR_CONTACT_POINT_KIND), point);
}

static char *
dup_place_label (const KontorImportTarget *self)
{
  const char *label = self->field != NULL ? kontor_field_get_label (self->field) : _("Id");

  if (self->slot == KONTOR_SLOT_POINT && self->field->id == KONTOR_CONTACT_POINT_VALUE)
    return g_strdup (get_point_label (self->point));
  if (self->slot == KONTOR_SLOT_POINT)
    /* Translators: kind of a contact point, a field of it */
    return g_strdup_printf (C_("import", "%s: %s"), get_point_label (self->point), label);
  if (self->slot == KONTOR_SLOT_CHILD)
    return g_strdup_printf (C_("import", "%s: %s"),
                            kontor_record_type_get_label (self->type),
                            label);
  if (self->slot == KONTOR_SLOT_ABOUT)
    return g_strdup (kontor_record_type_get_label (kontor_record_type_by_name (self->variant)));
  if (self->what == KONTOR_TARGET_LINK_ID)
    /* Translators: a link, such as "Owner" */
    return g_strdup_printf (_("%s (id)"), label);
  return g_strdup (label);
}

/**
 * kontor_import_target_dup_label:
 * @self: a target
 *
 * Returns: (transfer full): what people call it: "Phone (home)", "Person › Name"
 */
char *
kontor_import_target_dup_label (const KontorImportTarget *self)
{
  g_autofree char *place = dup_place_label (self);
  g_autofree char *with_variant = NULL;

  if (self->variant != NULL && self->slot != KONTOR_SLOT_ABOUT)
    /* Translators: a field and which of several, such as "Phone (home)" */
    with_variant = g_strdup_printf (C_("import", "%s (%s)"), place, self->variant);
  else
    with_variant = g_steal_pointer (&place);
  if (!self->of_person)
    return g_steal_pointer (&with_variant);
  return g_strdup_printf ("%s › %s",
                          kontor_record_type_get_label (&kontor_contact_type),
                          with_variant);
}

static void
add_path (GPtrArray *targets, KontorSchema *schema, const KontorRecordType *type, const char *path)
{
  KontorImportTarget *target = kontor_import_target_parse (schema, type, path, NULL);

  if (target != NULL)
    g_ptr_array_add (targets, target);
}

static void
add_party_paths (GPtrArray *targets,
                 KontorSchema *schema,
                 const KontorRecordType *type,
                 const char *prefix)
{
  static const char *const paths[] = {
    "phone",     "phone[home]", "phone[work]", "mobile", "fax",      "mail",    "mail[work]", "web",
    "messenger", "street",      "city",        "region", "postcode", "country", "role",
  };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *path = g_strconcat (prefix, paths[i], NULL);

      add_path (targets, schema, type, path);
    }
}

static void
add_fields (GPtrArray *targets,
            KontorSchema *schema,
            const KontorRecordType *type,
            const KontorRecordType *base,
            const char *prefix)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (schema, base);

  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);
      g_autofree char *path = g_strconcat (prefix, field->name, NULL);

      if (is_importable (field))
        add_path (targets, schema, type, path);
    }
}

/**
 * kontor_import_target_list:
 * @schema: fields of the workspace
 * @type: type of the records the rows become
 *
 * Returns: (transfer full) (element-type KontorImportTarget): all targets a person may choose, in
 *   the order in which they are offered; variants of all kinds may be written by hand
 */
GPtrArray *
kontor_import_target_list (KontorSchema *schema, const KontorRecordType *type)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) kontor_import_target_free);

  add_path (targets, schema, type, "id");
  add_fields (targets, schema, type, type, "");
  if (type == &kontor_contact_type)
    {
      add_path (targets, schema, type, "account");
      add_path (targets, schema, type, "position");
      add_path (targets, schema, type, "department");
    }
  if ((type->flags & KONTOR_TYPE_PARTY) != 0)
    add_party_paths (targets, schema, type, "");
  if (type == &kontor_account_type)
    {
      add_fields (targets, schema, type, &kontor_contact_type, PERSON_PREFIX);
      add_path (targets, schema, type, PERSON_PREFIX "position");
      add_path (targets, schema, type, PERSON_PREFIX "department");
      add_party_paths (targets, schema, type, PERSON_PREFIX);
    }
  if (type == &kontor_activity_type)
    {
      add_path (targets, schema, type, "about.contact");
      add_path (targets, schema, type, "about.account");
    }
  return targets;
}
