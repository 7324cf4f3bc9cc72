/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records to the clipboard, and what is in it that can become records. */
#pragma once

#include "kontor-copy.h"
#include "kontor-session.h"
#include "kontor-signature.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * KontorPasted:
 * @kind: what it is
 * @bytes: (nullable): of tables and cards: as a file would have it
 * @signature: (nullable): of a text: the person it is about
 */
typedef struct
{
  KontorPasteKind kind;
  GBytes *bytes;
  KontorSignature *signature;
} KontorPasted;

void
kontor_clipboard_copy (KontorSession *session, GtkWidget *widget, KontorQuery *query, GArray *rids);
void
kontor_clipboard_paste_async (GtkWidget *widget, GAsyncReadyCallback callback, gpointer user_data);
KontorPasted *kontor_clipboard_paste_finish (GAsyncResult *result, GError **error);
void kontor_pasted_free (KontorPasted *pasted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorPasted, kontor_pasted_free)

G_END_DECLS
