/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The little that rules of the trade may ask of the data. */
#include "config.h"

#include "kontor-reader.h"

G_DEFINE_INTERFACE (KontorReader, kontor_reader, G_TYPE_OBJECT)

static void
kontor_reader_default_init (KontorReaderInterface *iface)
{
}

/**
 * kontor_reader_get:
 * @self: a reader
 * @type: a record type
 * @id: an id
 * @error: return location; not found, or what the store has
 *
 * Returns: (transfer full) (nullable): the record; %NULL with @error set
 */
KontorRecord *
kontor_reader_get (KontorReader *self,
                   const KontorRecordType *type,
                   const KontorId *id,
                   GError **error)
{
  g_return_val_if_fail (KONTOR_IS_READER (self), NULL);
  g_return_val_if_fail (type != NULL && id != NULL, NULL);

  return KONTOR_READER_GET_IFACE (self)->get (self, type, id, error);
}

/**
 * kontor_reader_find:
 * @self: a reader
 * @type: a record type
 * @link: one of its links
 * @target: an id
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type KontorRecord): the records of @type that link
 * to
 *   @target by @link and are not in the trash; %NULL with @error set
 */
GPtrArray *
kontor_reader_find (KontorReader *self,
                    const KontorRecordType *type,
                    const KontorFieldDef *link,
                    const KontorId *target,
                    GError **error)
{
  g_return_val_if_fail (KONTOR_IS_READER (self), NULL);
  g_return_val_if_fail (type != NULL && link != NULL && target != NULL, NULL);

  return KONTOR_READER_GET_IFACE (self)->find (self, type, link, target, error);
}

/**
 * kontor_reader_get_schema:
 * @self: a reader
 *
 * Returns: (transfer none): the fields and pick lists as they are now
 */
KontorSchema *
kontor_reader_get_schema (KontorReader *self)
{
  g_return_val_if_fail (KONTOR_IS_READER (self), NULL);

  return KONTOR_READER_GET_IFACE (self)->get_schema (self);
}
