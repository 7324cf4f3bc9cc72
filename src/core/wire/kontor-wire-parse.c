/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One JSON object into its members by yajl's events, with every limit held while they come. What
 * the members mean is decided elsewhere. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-wire-private.h"
#include <string.h>
#include <glib/gi18n-lib.h>
#include <yajl/yajl_parse.h>

#define MAX_NAME 255
#define MAX_NUMBER 64

typedef struct
{
  GArray *members; /* (element-type KontorWireMember) */
  guint n_keys;    /* in the whole text */
  guint depth;
  gboolean is_map[KONTOR_WIRE_MAX_DEPTH + 1];
  gboolean any[KONTOR_WIRE_MAX_DEPTH + 1];    /* the container has an element */
  GPtrArray *keys[KONTOR_WIRE_MAX_DEPTH + 1]; /* of the open objects inside members */
  GString *json;                              /* of the open member that is a container */
  gboolean is_id;                             /* the next value is "id" of such a member */
  GError *error;
} Parse;

/**
 * kontor_wire_error_quark:
 *
 * Returns: the domain of this library's errors
 */
GQuark
kontor_wire_error_quark (void)
{
  static gsize quark;

  if (g_once_init_enter (&quark))
    g_once_init_leave (&quark, kontor_error_domain_register ("kontor-wire-error"));

  return (GQuark) quark;
}

static int
fail (Parse *parse, KontorErrorCode code, const char *message)
{
  if (parse->error == NULL)
    kontor_set_error (&parse->error, KONTOR_WIRE_ERROR, code, "%s", message);
  return 0;
}

static void
clear_member (gpointer data)
{
  KontorWireMember *member = data;

  g_free (member->name);
  g_free (member->text);
  g_free (member->id);
}

static KontorWireMember *
get_last (Parse *parse)
{
  return &g_array_index (parse->members, KontorWireMember, parse->members->len - 1);
}

/* Before a value: the comma, when it is an element of an array inside a member. */
static gboolean
begin_value (Parse *parse)
{
  if (parse->depth == 0)
    {
      fail (parse, KONTOR_ERROR_INVALID, _("This is not a JSON object."));
      return FALSE;
    }
  if (parse->depth > 1 && !parse->is_map[parse->depth])
    {
      if (parse->any[parse->depth])
        g_string_append_c (parse->json, ',');
      parse->any[parse->depth] = TRUE;
    }
  return TRUE;
}

static int
add_scalar (Parse *parse, KontorWireShape shape, gboolean boolean, const char *text, gsize length)
{
  KontorWireMember scalar = { .shape = shape, .boolean = boolean };

  if (!begin_value (parse))
    return 0;
  if (length > KONTOR_WIRE_MAX_STRING)
    return fail (parse, KONTOR_ERROR_LIMIT, _("A text is longer than 256 KB."));
  /* \u0000 and halves of surrogate pairs come decoded. */
  if (length > 0 && !g_utf8_validate_len (text, length, NULL))
    return fail (parse, KONTOR_ERROR_INVALID, _("A text has characters that can’t be kept."));
  scalar.text = text != NULL ? g_strndup (text, length) : NULL;
  if (parse->depth == 1)
    {
      KontorWireMember *member = get_last (parse);

      member->shape = shape;
      member->boolean = boolean;
      member->text = scalar.text;
      return 1;
    }
  kontor_wire_append_member (parse->json, &scalar);
  if (parse->is_id && parse->depth == 2 && shape == KONTOR_WIRE_STRING)
    get_last (parse)->id = g_strdup (scalar.text);
  parse->is_id = FALSE;
  g_free (scalar.text);
  return 1;
}

static int
null_cb (void *data)
{
  return add_scalar (data, KONTOR_WIRE_NULL, FALSE, NULL, 0);
}

static int
boolean_cb (void *data, int boolean)
{
  return add_scalar (data, KONTOR_WIRE_BOOLEAN, boolean != 0, NULL, 0);
}

static int
number_cb (void *data, const char *text, size_t length)
{
  if (length > MAX_NUMBER)
    return fail (data, KONTOR_ERROR_LIMIT, _("A number has more than 64 characters."));

  return add_scalar (data, KONTOR_WIRE_NUMBER, FALSE, text, length);
}

static int
string_cb (void *data, const unsigned char *text, size_t length)
{
  return add_scalar (data, KONTOR_WIRE_STRING, FALSE, (const char *) text, length);
}

static int
begin_container (Parse *parse, gboolean is_map)
{
  if (parse->depth == 0 && !is_map)
    return fail (parse, KONTOR_ERROR_INVALID, _("This is not a JSON object."));
  if (parse->depth == KONTOR_WIRE_MAX_DEPTH)
    return fail (parse, KONTOR_ERROR_LIMIT, _("The JSON is nested more than 8 deep."));
  if (parse->depth > 0)
    {
      begin_value (parse);
      parse->is_id = FALSE;
      g_string_append_c (parse->json, is_map ? '{' : '[');
    }
  parse->depth++;
  parse->is_map[parse->depth] = is_map;
  parse->any[parse->depth] = FALSE;
  if (parse->depth > 1 && is_map)
    {
      if (parse->keys[parse->depth] == NULL)
        parse->keys[parse->depth] = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_set_size (parse->keys[parse->depth], 0);
    }
  return 1;
}

static int
end_container (Parse *parse, gboolean is_map)
{
  parse->depth--;
  if (parse->depth == 0)
    return 1;
  g_string_append_c (parse->json, is_map ? '}' : ']');
  if (parse->depth == 1)
    {
      KontorWireMember *member = get_last (parse);

      if (parse->json->len > KONTOR_WIRE_MAX_STRING)
        return fail (parse, KONTOR_ERROR_LIMIT, _("A value is longer than 256 KB."));
      member->shape = KONTOR_WIRE_CONTAINER;
      member->text = g_strndup (parse->json->str, parse->json->len);
      g_string_truncate (parse->json, 0);
    }
  return 1;
}

static int
start_map_cb (void *data)
{
  return begin_container (data, TRUE);
}

static int
end_map_cb (void *data)
{
  return end_container (data, TRUE);
}

static int
start_array_cb (void *data)
{
  return begin_container (data, FALSE);
}

static int
end_array_cb (void *data)
{
  return end_container (data, FALSE);
}

static gboolean
has_key (Parse *parse, const char *name)
{
  const GPtrArray *keys = parse->keys[parse->depth];

  if (parse->depth == 1)
    {
      for (guint i = 0; i < parse->members->len; i++)
        if (g_str_equal (g_array_index (parse->members, KontorWireMember, i).name, name))
          return TRUE;
      return FALSE;
    }
  for (guint i = 0; i < keys->len; i++)
    if (g_str_equal (g_ptr_array_index (keys, i), name))
      return TRUE;

  return FALSE;
}

static int
key_cb (void *data, const unsigned char *key, size_t length)
{
  Parse *parse = data;
  g_autofree char *name = NULL;

  if (++parse->n_keys > KONTOR_WIRE_MAX_KEYS)
    return fail (parse, KONTOR_ERROR_LIMIT, _("The JSON object has more than 512 fields."));
  if (length == 0 || length > MAX_NAME || !g_utf8_validate_len ((const char *) key, length, NULL))
    return fail (parse, KONTOR_ERROR_INVALID, _("A field of the JSON object has a wrong name."));
  name = g_strndup ((const char *) key, length);
  if (has_key (parse, name))
    {
      fail (parse, KONTOR_ERROR_INVALID, _("A field stands twice in the JSON object."));
      kontor_error_set_field (parse->error, name);
      return 0;
    }
  if (parse->depth == 1)
    {
      KontorWireMember member = { .name = g_steal_pointer (&name) };

      g_array_append_val (parse->members, member);
      return 1;
    }
  if (parse->any[parse->depth])
    g_string_append_c (parse->json, ',');
  parse->any[parse->depth] = TRUE;
  kontor_wire_append_string (parse->json, name);
  g_string_append_c (parse->json, ':');
  parse->is_id = parse->depth == 2 && g_str_equal (name, "id");
  g_ptr_array_add (parse->keys[parse->depth], g_steal_pointer (&name));
  return 1;
}

static const yajl_callbacks callbacks = {
  .yajl_null = null_cb,
  .yajl_boolean = boolean_cb,
  .yajl_number = number_cb,
  .yajl_string = string_cb,
  .yajl_start_map = start_map_cb,
  .yajl_map_key = key_cb,
  .yajl_end_map = end_map_cb,
  .yajl_start_array = start_array_cb,
  .yajl_end_array = end_array_cb,
};

static int
read_unit (const char *at, const char *end)
{
  int unit = 0;

  if (end - at < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);

      if (digit < 0)
        return -1;
      unit = unit << 4 | digit;
    }
  return unit;
}

/* yajl turns half a surrogate pair into a question mark or into bytes that are no UTF-8. */
static gboolean
has_whole_surrogates (const char *json, gsize length)
{
  const char *end = json + length;
  const char *at = json;

  while ((at = memchr (at, '\\', end - at)) != NULL && end - at >= 2)
    {
      int unit = at[1] == 'u' ? read_unit (at + 2, end) : 0;

      if (unit >= 0xdc00 && unit <= 0xdfff)
        return FALSE;
      at += at[1] == 'u' && unit >= 0 ? 6 : 2;
      if (unit < 0xd800 || unit > 0xdbff)
        continue;
      if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
        return FALSE;
      unit = read_unit (at + 2, end);
      if (unit < 0xdc00 || unit > 0xdfff)
        return FALSE;
      at += 6;
    }
  return TRUE;
}

static gboolean
run_parser (Parse *parse, const char *json, gsize length)
{
  yajl_handle handle = yajl_alloc (&callbacks, NULL, parse);
  gboolean ok = yajl_parse (handle, (const unsigned char *) json, length) == yajl_status_ok &&
                yajl_complete_parse (handle) == yajl_status_ok;

  yajl_free (handle);
  if (!ok)
    fail (parse, KONTOR_ERROR_INVALID, _("This is not JSON, or only a part of it."));
  else if (parse->error == NULL && parse->depth != 0)
    ok = fail (parse, KONTOR_ERROR_INVALID, _("This is not JSON, or only a part of it.")) != 0;

  return ok;
}

/**
 * kontor_wire_parse_members:
 * @json: one JSON object in UTF-8
 * @length: its bytes, -1 when a NUL ends it
 * @error: return location; invalid, or limit for what is too deep, too many or too long
 *
 * Returns: (transfer full) (nullable) (element-type KontorWireMember): its members in their order;
 *   %NULL with @error set
 */
GArray *
kontor_wire_parse_members (const char *json, gssize length, GError **error)
{
  gsize size = length < 0 ? strlen (json) : (gsize) length;
  g_autoptr(GArray) members = g_array_sized_new (FALSE, FALSE, sizeof (KontorWireMember), 24);
  g_autoptr(GString) text = g_string_new (NULL);
  Parse parse = { .members = members, .json = text };

  g_array_set_clear_func (members, clear_member);
  if (!g_utf8_validate_len (json, size, NULL) || !has_whole_surrogates (json, size))
    fail (&parse, KONTOR_ERROR_INVALID, _("This is not text in UTF-8."));
  else
    run_parser (&parse, json, size);
  for (guint i = 0; i < G_N_ELEMENTS (parse.keys); i++)
    g_clear_pointer (&parse.keys[i], g_ptr_array_unref);
  if (parse.error != NULL)
    {
      g_propagate_error (error, parse.error);
      return NULL;
    }
  return g_steal_pointer (&members);
}
