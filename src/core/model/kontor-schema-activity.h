/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Record types of notes, calls, tasks, tags and attachments: field ids. */
#pragma once

#include "kontor-record-type.h"

G_BEGIN_DECLS

/* activity */
enum
{
  KONTOR_ACTIVITY_KIND = 30 << 8,
  KONTOR_ACTIVITY_SUBJECT,
  KONTOR_ACTIVITY_TEXT,
  KONTOR_ACTIVITY_AT,
  KONTOR_ACTIVITY_DUE,
  KONTOR_ACTIVITY_DONE_AT,
  KONTOR_ACTIVITY_STATE,
  KONTOR_ACTIVITY_PRIORITY,
  KONTOR_ACTIVITY_RESULT,
  KONTOR_ACTIVITY_DIRECTION,
  KONTOR_ACTIVITY_NUMBER,
  KONTOR_ACTIVITY_DURATION,
  KONTOR_ACTIVITY_PINNED,
  KONTOR_ACTIVITY_PRIVATE,
  KONTOR_ACTIVITY_END
};

/* activity_link */
enum
{
  KONTOR_ACTIVITY_LINK_ACTIVITY = 31 << 8,
  KONTOR_ACTIVITY_LINK_TARGET_TYPE,
  KONTOR_ACTIVITY_LINK_TARGET,
  KONTOR_ACTIVITY_LINK_ROLE,
  KONTOR_ACTIVITY_LINK_AT,
  KONTOR_ACTIVITY_LINK_ON,
  KONTOR_ACTIVITY_LINK_END
};

/* tag */
enum
{
  KONTOR_TAG_NAME = 40 << 8,
  KONTOR_TAG_COLOR,
  KONTOR_TAG_END
};

/* tag_link */
enum
{
  KONTOR_TAG_LINK_TAG = 41 << 8,
  KONTOR_TAG_LINK_TARGET_TYPE,
  KONTOR_TAG_LINK_TARGET,
  KONTOR_TAG_LINK_ON,
  KONTOR_TAG_LINK_END
};

/* attachment */
enum
{
  KONTOR_ATTACHMENT_TARGET_TYPE = 42 << 8,
  KONTOR_ATTACHMENT_TARGET,
  KONTOR_ATTACHMENT_NAME,
  KONTOR_ATTACHMENT_MEDIA_TYPE,
  KONTOR_ATTACHMENT_SIZE,
  KONTOR_ATTACHMENT_HASH,
  KONTOR_ATTACHMENT_END
};

extern const KontorRecordType kontor_activity_type;
extern const KontorRecordType kontor_activity_link_type;
extern const KontorRecordType kontor_tag_type;
extern const KontorRecordType kontor_tag_link_type;
extern const KontorRecordType kontor_attachment_type;

G_END_DECLS
