/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The content of an attachment, read by a thread: into a file, as a picture, as text. */
#pragma once

#include "kontor-session.h"
#include <gdk/gdk.h>

G_BEGIN_DECLS

/* So much of a text is shown. */
#define KONTOR_ATTACHMENT_TEXT_MAX (64 * 1024)

typedef enum
{
  KONTOR_ATTACHMENT_PICTURE,
  KONTOR_ATTACHMENT_TEXT,
  KONTOR_ATTACHMENT_OTHER,
} KontorAttachmentKind;

KontorAttachmentKind kontor_attachment_get_kind (KontorRecord *attachment);
char *kontor_attachment_dup_size (KontorRecord *attachment);
char *kontor_attachment_dup_facts (KontorRecord *attachment);
char *kontor_attachment_dup_file_name (KontorRecord *attachment);
GIcon *kontor_attachment_get_icon (KontorRecord *attachment);

void kontor_attachment_write_async (KontorSession *session,
                                    KontorRecord *attachment,
                                    GFile *file,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GFile *kontor_attachment_write_finish (GAsyncResult *result, GError **error);
void kontor_attachment_load_picture_async (KontorSession *session,
                                           KontorRecord *attachment,
                                           int size,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
GdkTexture *kontor_attachment_load_picture_finish (GAsyncResult *result, GError **error);
void kontor_attachment_load_text_async (KontorSession *session,
                                        KontorRecord *attachment,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
char *kontor_attachment_load_text_finish (GAsyncResult *result, GError **error);

G_END_DECLS
