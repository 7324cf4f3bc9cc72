/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may do what. As JSON, rights are an object of the classes with one letter a right, and the
 * masks apart: {"contacts":"rwdse","people":"r","mask":{"people":"no_sensitive"}}. Letters are
 * r read, w write, d delete, s share, e export. A class that is left out has no right, but "shared"
 * (tags, pick lists, views) can always be read. */
#include "config.h"

#include "kontor-access.h"

#include "kontor-error.h"
#include "kontor-json-private.h"
#include "kontor-validate.h"
#include <string.h>
#include <glib/gi18n-lib.h>

static const char *const class_names[KONTOR_N_ACCESS_CLASSES] = {
  [KONTOR_ACCESS_CONTACTS] = "contacts",   [KONTOR_ACCESS_CALENDAR] = "calendar",
  [KONTOR_ACCESS_SALES] = "sales",         [KONTOR_ACCESS_MONEY] = "money",
  [KONTOR_ACCESS_MARKETING] = "marketing", [KONTOR_ACCESS_SERVICE] = "service",
  [KONTOR_ACCESS_KNOWLEDGE] = "knowledge", [KONTOR_ACCESS_DOCUMENTS] = "documents",
  [KONTOR_ACCESS_PEOPLE] = "people",       [KONTOR_ACCESS_ADMIN] = "admin",
  [KONTOR_ACCESS_SHARED] = "shared",
};

static const struct
{
  char letter;
  KontorRights right;
} letters[] = {
  { 'r', KONTOR_RIGHT_READ },  { 'w', KONTOR_RIGHT_WRITE },  { 'd', KONTOR_RIGHT_DELETE },
  { 's', KONTOR_RIGHT_SHARE }, { 'e', KONTOR_RIGHT_EXPORT },
};

static const char *const mask_names[] = { "all", "no_sensitive", "busy" };

/**
 * kontor_access_class_name:
 * @access: a class of rights
 *
 * Returns: its name in JSON: "contacts"
 */
const char *
kontor_access_class_name (KontorAccessClass access)
{
  g_return_val_if_fail ((guint) access < KONTOR_N_ACCESS_CLASSES, NULL);

  return class_names[access];
}

/**
 * kontor_access_init_all:
 * @access: (out): becomes every right to everything
 */
void
kontor_access_init_all (KontorAccess *access)
{
  for (guint i = 0; i < KONTOR_N_ACCESS_CLASSES; i++)
    access->classes[i] = KONTOR_RIGHTS_ALL;
}

/* With "busy only" one sees when somebody is busy: links, times and states, but no text. */
static gboolean
shows_when_busy (const KontorFieldDef *field)
{
  switch (field->kind)
    {
    case KONTOR_FIELD_DATE:
    case KONTOR_FIELD_INSTANT:
    case KONTOR_FIELD_WALL_TIME:
    case KONTOR_FIELD_ZONE:
    case KONTOR_FIELD_DURATION:
    case KONTOR_FIELD_CHOICE:
    case KONTOR_FIELD_BOOLEAN:
      return TRUE;

    case KONTOR_FIELD_LINK:
      return (field->id & 0xff) >= KONTOR_COMMON_FIRST && (field->flags & KONTOR_FIELD_CUSTOM) == 0;

    default:
      return FALSE;
    }
}

/**
 * kontor_access_can:
 * @access: a user's rights
 * @type: a record type
 * @field: (nullable): one of its fields, %NULL for records as a whole
 * @right: one right, or several that are all needed
 *
 * Returns: whether the user has it; a masked field can be neither read nor written nor exported
 */
gboolean
kontor_access_can (const KontorAccess *access,
                   const KontorRecordType *type,
                   const KontorFieldDef *field,
                   KontorRights right)
{
  guint32 word = access->classes[type->access];
  guint mask = word >> KONTOR_RIGHTS_MASK_SHIFT & 0xff;

  if ((word & right) != right)
    return FALSE;
  if (field == NULL || mask == KONTOR_MASK_ALL)
    return TRUE;
  if ((field->flags & KONTOR_FIELD_SENSITIVE) != 0)
    return FALSE;

  return mask == KONTOR_MASK_NO_SENSITIVE || shows_when_busy (field);
}

static int
find_class (const char *name)
{
  for (int i = 0; i < KONTOR_N_ACCESS_CLASSES; i++)
    if (g_str_equal (class_names[i], name))
      return i;

  return -1;
}

static gboolean
take_letters (KontorAccess *access, int class, const char *text)
{
  guint32 rights = 0;

  for (; *text != '\0'; text++)
    {
      guint i = 0;

      while (i < G_N_ELEMENTS (letters) && letters[i].letter != *text)
        i++;
      if (i == G_N_ELEMENTS (letters))
        return FALSE;
      rights |= letters[i].right;
    }
  access->classes[class] |= rights;
  return TRUE;
}

/* Classes and masks this version doesn't know give nothing here; unknown letters are refused. */
static gboolean
take_member (const char *path, const char *value, gpointer data)
{
  KontorAccess *access = data;
  gboolean is_mask = g_str_has_prefix (path, "mask/");
  int class = find_class (is_mask ? path + strlen ("mask/") : path);

  if (class < 0)
    return TRUE;
  if (!is_mask)
    return take_letters (access, class, value);
  for (guint i = 0; i < G_N_ELEMENTS (mask_names); i++)
    if (g_str_equal (mask_names[i], value))
      {
        access->classes[class] &= (1u << KONTOR_RIGHTS_MASK_SHIFT) - 1;
        access->classes[class] |= i << KONTOR_RIGHTS_MASK_SHIFT;
        return TRUE;
      }

  return FALSE;
}

/**
 * kontor_access_parse:
 * @json: (nullable): rights as kontor_access_to_json() writes them; %NULL gives none
 * @access: (out): the rights; none when @json is wrong
 * @error: return location; invalid
 *
 * Returns: %FALSE with @error set when @json is wrong
 */
gboolean
kontor_access_parse (const char *json, KontorAccess *access, GError **error)
{
  KontorAccess parsed = { { 0 } };

  *access = parsed;
  if (json != NULL && (json[strspn (json, " \t\r\n")] != '{' ||
                       !kontor_json_foreach_member (json, take_member, &parsed)))
    {
      kontor_set_error (error,
                        KONTOR_MODEL_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("The rights of the role can't be read. Set them again."));
      return FALSE;
    }
  parsed.classes[KONTOR_ACCESS_SHARED] |= KONTOR_RIGHT_READ;
  *access = parsed;
  return TRUE;
}

/**
 * kontor_access_to_json:
 * @access: rights
 *
 * Returns: (transfer full): the same as JSON
 */
char *
kontor_access_to_json (const KontorAccess *access)
{
  g_autoptr(GString) out = g_string_new ("{");
  g_autoptr(GString) masks = g_string_new (NULL);

  for (guint i = 0; i < KONTOR_N_ACCESS_CLASSES; i++)
    {
      guint mask = access->classes[i] >> KONTOR_RIGHTS_MASK_SHIFT & 0xff;

      if ((access->classes[i] & KONTOR_RIGHTS_ALL) != 0)
        {
          g_string_append_printf (out, "%s\"%s\":\"", out->len > 1 ? "," : "", class_names[i]);
          for (guint j = 0; j < G_N_ELEMENTS (letters); j++)
            if ((access->classes[i] & letters[j].right) != 0)
              g_string_append_c (out, letters[j].letter);
          g_string_append_c (out, '"');
        }
      if (mask > 0 && mask < G_N_ELEMENTS (mask_names))
        g_string_append_printf (masks,
                                "%s\"%s\":\"%s\"",
                                masks->len > 0 ? "," : "",
                                class_names[i],
                                mask_names[mask]);
    }
  if (masks->len > 0)
    g_string_append_printf (out, "%s\"mask\":{%s}", out->len > 1 ? "," : "", masks->str);
  g_string_append_c (out, '}');
  return g_string_free (g_steal_pointer (&out), FALSE);
}
