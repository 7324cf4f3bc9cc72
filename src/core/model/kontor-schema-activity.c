/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of record types: notes, calls, meetings and tasks, tags and attachments. */
#include "config.h"

#include "kontor-schema-activity.h"
#include "kontor-schema-private.h"
#include <glib/gi18n-lib.h>

/* clang-format off */

static const KontorChoice activity_kind_choices[] = {
  { "note", N_("Note") },
  { "call", N_("Call") },
  { "task", N_("Task") },
  { "meeting", N_("Meeting") },
  { "visit", N_("Visit") },
  { "mail", N_("E-mail") },
  { "letter", N_("Letter") },
  { NULL, NULL }
};

static const KontorChoice activity_state_choices[] = {
  { "open", N_("Open") },
  { "done", N_("Done") },
  { "cancelled", N_("Cancelled") },
  { NULL, NULL }
};

static const KontorChoice priority_choices[] = {
  { "low", N_("Low") },
  { "normal", N_("Normal") },
  { "high", N_("High") },
  { NULL, NULL }
};

static const KontorChoice direction_choices[] = {
  { "in", N_("Incoming") },
  { "out", N_("Outgoing") },
  { NULL, NULL }
};

static const KontorChoice link_role_choices[] = {
  { "about", N_("About") },
  { "customer", N_("Customer") },
  { NULL, NULL }
};

static const KontorFieldDef activity_fields[] = {
  FIELD (KONTOR_ACTIVITY_KIND,
    .name = "kind", .label = N_("Kind"), .kind = KONTOR_FIELD_CHOICE, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_IN_LIST,
    .choices = activity_kind_choices,
    .import = ALIASES ("type", "activity type", "вид")),
  FIELD (KONTOR_ACTIVITY_SUBJECT,
    .name = "subject", .label = N_("Subject"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED | KONTOR_FIELD_IN_LIST | KONTOR_FIELD_TITLE |
             KONTOR_FIELD_SORTED,
    .import = ALIASES ("title", "summary", "тема")),
  FIELD (KONTOR_ACTIVITY_TEXT,
    .name = "text", .label = N_("Text"), .kind = KONTOR_FIELD_LONG_TEXT, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED,
    .import = ALIASES ("note", "notes", "body", "description", "comment", "comments", "текст",
                       "описание")),
  FIELD (KONTOR_ACTIVITY_AT,
    .name = "at", .label = N_("Time"), .kind = KONTOR_FIELD_INSTANT, .since = 1,
    .flags = KONTOR_FIELD_INDEXED | KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("date", "when", "start", "activity date", "дата", "время")),
  FIELD (KONTOR_ACTIVITY_DUE,
    .name = "due", .label = N_("Due on"), .kind = KONTOR_FIELD_DATE, .since = 1,
    .flags = KONTOR_FIELD_INDEXED | KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("due date", "deadline", "срок")),
  FIELD (KONTOR_ACTIVITY_DONE_AT,
    .name = "done_at", .label = N_("Done at"), .kind = KONTOR_FIELD_INSTANT, .since = 1,
    .flags = KONTOR_FIELD_INDEXED | KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("completed", "completed at", "done", "выполнено")),
  FIELD (KONTOR_ACTIVITY_STATE,
    .name = "state", .label = N_("State"), .kind = KONTOR_FIELD_CHOICE, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .choices = activity_state_choices,
    .import = ALIASES ("status", "статус", "состояние")),
  FIELD (KONTOR_ACTIVITY_PRIORITY,
    .name = "priority", .label = N_("Priority"), .kind = KONTOR_FIELD_CHOICE, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .choices = priority_choices,
    .import = ALIASES ("приоритет")),
  FIELD (KONTOR_ACTIVITY_RESULT,
    .name = "result", .label = N_("Result"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .pick = "call_result",
    .import = ALIASES ("outcome", "call result", "результат")),
  FIELD (KONTOR_ACTIVITY_DIRECTION,
    .name = "direction", .label = N_("Direction"), .kind = KONTOR_FIELD_CHOICE, .since = 1,
    .choices = direction_choices),
  FIELD (KONTOR_ACTIVITY_NUMBER,
    .name = "number", .label = N_("Phone number"), .kind = KONTOR_FIELD_PHONE, .since = 1,
    .import = ALIASES ("phone", "телефон")),
  FIELD (KONTOR_ACTIVITY_DURATION,
    .name = "duration", .label = N_("Duration"), .kind = KONTOR_FIELD_DURATION, .since = 1,
    .min = 0, .max = 31622400,
    .import = ALIASES ("call duration", "длительность")),
  FIELD (KONTOR_ACTIVITY_PINNED,
    .name = "pinned", .label = N_("Pinned"), .kind = KONTOR_FIELD_BOOLEAN, .since = 1),
  FIELD (KONTOR_ACTIVITY_PRIVATE,
    .name = "private", .label = N_("Private"), .kind = KONTOR_FIELD_BOOLEAN, .since = 1),
};

static const KontorTotalDef activity_totals[] = {
  { .name = "open_tasks_by_owner", .kind = KONTOR_TOTAL_COUNT, .group_by = "owner", .filter = "state=open" },
  { .name = "activity_count", .kind = KONTOR_TOTAL_COUNT },
};

const KontorRecordType kontor_activity_type = {
  .number = 30, .name = "activity", .gtype = "KontorActivity",
  .label = N_("Entry"), .label_plural = N_("Entries"), .icon = "x-office-calendar-symbolic",
  .since = 1, .access = KONTOR_ACCESS_CALENDAR,
  .flags = KONTOR_TYPE_OWNED | KONTOR_TYPE_SEARCHED,
  .fields = activity_fields, .n_fields = G_N_ELEMENTS (activity_fields),
  .totals = activity_totals, .n_totals = G_N_ELEMENTS (activity_totals),
  .import = ALIASES ("activity", "activities", "note", "notes", "call", "calls", "task", "tasks",
                     "meeting", "meetings", "visits", "запись", "записи", "звонки", "задачи", "заметки",
                     "встречи", "визиты"),
};

static const KontorFieldDef activity_link_fields[] = {
  FIELD (KONTOR_ACTIVITY_LINK_ACTIVITY,
    .name = "activity", .label = N_("Entry"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_READ_ONLY,
    .target = "activity"),
  FIELD (KONTOR_ACTIVITY_LINK_TARGET_TYPE,
    .name = "target_type", .label = N_("Type of record"), .kind = KONTOR_FIELD_TYPE, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_READ_ONLY),
  FIELD (KONTOR_ACTIVITY_LINK_TARGET,
    .name = "target", .label = N_("Record"), .kind = KONTOR_FIELD_LINK_ANY, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_READ_ONLY,
    .companion = "target_type"),
  FIELD (KONTOR_ACTIVITY_LINK_ROLE,
    .name = "role", .label = N_("Role"), .kind = KONTOR_FIELD_CHOICE, .since = 1,
    .choices = link_role_choices),
  FIELD (KONTOR_ACTIVITY_LINK_AT,
    .name = "at", .label = N_("Time"), .kind = KONTOR_FIELD_INSTANT, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED),
  FIELD (KONTOR_ACTIVITY_LINK_ON,
    .name = "on", .label = N_("On"), .kind = KONTOR_FIELD_BOOLEAN, .since = 1,
    .merge = KONTOR_MERGE_SET),
};

const KontorRecordType kontor_activity_link_type = {
  .number = 31, .name = "activity_link", .gtype = "KontorActivityLink",
  .label = N_("Participant"), .label_plural = N_("Participants"), .icon = "insert-link-symbolic",
  .since = 1, .access = KONTOR_ACCESS_CALENDAR,
  .flags = KONTOR_TYPE_SET | KONTOR_TYPE_INTERNAL,
  .fields = activity_link_fields, .n_fields = G_N_ELEMENTS (activity_link_fields),
  .left = "activity", .right = "target",
  .import = ALIASES ("activity link", "activity links"),
};

static const KontorFieldDef tag_fields[] = {
  FIELD (KONTOR_TAG_NAME,
    .name = "name", .label = N_("Name"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_IN_LIST |
             KONTOR_FIELD_SORTED | KONTOR_FIELD_TITLE | KONTOR_FIELD_UNIQUE_HINT,
    .import = ALIASES ("tag", "метка")),
  FIELD (KONTOR_TAG_COLOR,
    .name = "color", .label = N_("Colour"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .import = ALIASES ("colour", "цвет")),
};

const KontorRecordType kontor_tag_type = {
  .number = 40, .name = "tag", .gtype = "KontorTag",
  .label = N_("Tag"), .label_plural = N_("Tags"), .icon = "bookmark-new-symbolic",
  .since = 1, .access = KONTOR_ACCESS_SHARED,
  .fields = tag_fields, .n_fields = G_N_ELEMENTS (tag_fields),
  .import = ALIASES ("tag", "tags", "метка", "метки"),
};

static const KontorFieldDef tag_link_fields[] = {
  FIELD (KONTOR_TAG_LINK_TAG,
    .name = "tag", .label = N_("Tag"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_READ_ONLY,
    .target = "tag"),
  FIELD (KONTOR_TAG_LINK_TARGET_TYPE,
    .name = "target_type", .label = N_("Type of record"), .kind = KONTOR_FIELD_TYPE, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_READ_ONLY),
  FIELD (KONTOR_TAG_LINK_TARGET,
    .name = "target", .label = N_("Record"), .kind = KONTOR_FIELD_LINK_ANY, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_READ_ONLY,
    .companion = "target_type"),
  FIELD (KONTOR_TAG_LINK_ON,
    .name = "on", .label = N_("On"), .kind = KONTOR_FIELD_BOOLEAN, .since = 1,
    .merge = KONTOR_MERGE_SET),
};

const KontorRecordType kontor_tag_link_type = {
  .number = 41, .name = "tag_link", .gtype = "KontorTagLink",
  .label = N_("Tagging"), .label_plural = N_("Taggings"), .icon = "insert-link-symbolic",
  .since = 1, .access = KONTOR_ACCESS_CONTACTS,
  .flags = KONTOR_TYPE_SET | KONTOR_TYPE_INTERNAL,
  .fields = tag_link_fields, .n_fields = G_N_ELEMENTS (tag_link_fields),
  .left = "tag", .right = "target",
  .import = ALIASES ("tag link", "tag links"),
};

static const KontorFieldDef attachment_fields[] = {
  FIELD (KONTOR_ATTACHMENT_TARGET_TYPE,
    .name = "target_type", .label = N_("Type of record"), .kind = KONTOR_FIELD_TYPE, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_READ_ONLY),
  FIELD (KONTOR_ATTACHMENT_TARGET,
    .name = "target", .label = N_("Record"), .kind = KONTOR_FIELD_LINK_ANY, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_READ_ONLY,
    .companion = "target_type"),
  FIELD (KONTOR_ATTACHMENT_NAME,
    .name = "name", .label = N_("Name"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_SEARCHED | KONTOR_FIELD_TITLE),
  FIELD (KONTOR_ATTACHMENT_MEDIA_TYPE,
    .name = "media_type", .label = N_("Media type"), .kind = KONTOR_FIELD_TEXT, .since = 1),
  FIELD (KONTOR_ATTACHMENT_SIZE,
    .name = "size", .label = N_("Size"), .kind = KONTOR_FIELD_INTEGER, .since = 1,
    .min = 0, .max = 1099511627776,
    .help = N_("In bytes")),
  FIELD (KONTOR_ATTACHMENT_HASH,
    .name = "hash", .label = N_("Content"), .kind = KONTOR_FIELD_FILE, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_HIDDEN),
};

const KontorRecordType kontor_attachment_type = {
  .number = 42, .name = "attachment", .gtype = "KontorAttachment",
  .label = N_("Attachment"), .label_plural = N_("Attachments"), .icon = "mail-attachment-symbolic",
  .since = 1, .access = KONTOR_ACCESS_DOCUMENTS,
  .flags = KONTOR_TYPE_CHILD | KONTOR_TYPE_INTERNAL,
  .fields = attachment_fields, .n_fields = G_N_ELEMENTS (attachment_fields),
  .parent_field = "target",
  .import = ALIASES ("attachment", "attachments", "file", "files", "вложение", "вложения"),
};
