/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards of a file, one after another in bounded memory. */
#pragma once

#include "kontor-vcard.h"
#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KONTOR_VCARD_READ,
  KONTOR_VCARD_BAD, /* the card is not whole: error is set, what there is of it is given out */
  KONTOR_VCARD_END,
  KONTOR_VCARD_FAILED, /* error is set, nothing more can be read */
} KontorVcardStatus;

typedef struct _KontorVcardReader KontorVcardReader;

KontorVcardReader *
kontor_vcard_reader_new (GInputStream *stream, const char *encoding, GError **error);
void kontor_vcard_reader_free (KontorVcardReader *self);
KontorVcardStatus kontor_vcard_reader_next (KontorVcardReader *self,
                                            KontorVcard **card,
                                            GCancellable *cancellable,
                                            GError **error);
guint64 kontor_vcard_reader_get_bytes (KontorVcardReader *self);
void kontor_vcard_reader_set_name (KontorVcardReader *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorVcardReader, kontor_vcard_reader_free)

G_END_DECLS
