/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry and what follows it, as one step. */
#include "config.h"

#include "kontor-composer-private.h"

#include "kontor-draft.h"
#include "kontor-error.h"
#include <glib/gi18n.h>
#include <string.h>

/* What is needed until a step is stored. */
typedef struct
{
  KontorComposer *self;
  char *text, *key;
} Logging;

static void
logging_free (gpointer data)
{
  Logging *logging = data;

  g_object_unref (logging->self);
  g_free (logging->text);
  g_free (logging->key);
  g_free (logging);
}

/* What was written comes back if it could not be stored. */
static void
logged_cb (KontorSession *session, const KontorCommit *commit, const GError *error, gpointer data)
{
  Logging *logging = data;
  KontorComposer *self = logging->self;
  g_autofree char *present = NULL;

  if (error == NULL)
    return;
  if (strlen (logging->text) > KONTOR_COMPOSER_PASTE_MAX)
    {
      kontor_session_fail (session, error);
      return;
    }
  kontor_draft_set (logging->key, logging->text);
  present = self->buffer != NULL && self->record != NULL
              ? kontor_composer_dup_draft_key (self->record)
              : NULL;
  if (g_strcmp0 (logging->key, present) == 0 && gtk_text_buffer_get_char_count (self->buffer) == 0)
    gtk_text_buffer_set_text (self->buffer, logging->text, -1);
  kontor_session_fail (session, error);
}

static gint64
to_ms (const KontorQuickTime *time)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  return kontor_quick_time_to_ms (time, zone);
}

/* Adds an activity of the record; @draft is filled but for what all have. */
static void
add_activity (KontorComposer *self, KontorStep *step, KontorRecord *draft)
{
  g_autoptr(KontorRecord) link = kontor_record_new (&kontor_activity_link_type, NULL);
  KontorId id = kontor_step_create (step, draft);

  kontor_record_set_link (link, KONTOR_ACTIVITY_LINK_ACTIVITY, &id);
  kontor_record_set_text (link,
                          KONTOR_ACTIVITY_LINK_TARGET_TYPE,
                          kontor_record_get_record_type (self->record)->name);
  kontor_record_set_link (link, KONTOR_ACTIVITY_LINK_TARGET, kontor_record_get_id (self->record));
  kontor_step_link (step, link, TRUE);
}

static void
set_plan (KontorRecord *draft,
          const char *subject,
          const KontorQuickTime *when,
          const KontorComposerEntry *entry)
{
  kontor_record_set_text (draft, KONTOR_ACTIVITY_SUBJECT, subject);
  kontor_record_set_text (draft, KONTOR_ACTIVITY_STATE, "open");
  if (kontor_quick_time_is_set (when))
    kontor_record_set_text (draft, KONTOR_ACTIVITY_DUE, when->day);
  if (kontor_quick_time_is_set (when) && when->minute >= 0)
    kontor_record_set_integer (draft, KONTOR_ACTIVITY_AT, to_ms (when));
  if (entry->has_owner)
    kontor_record_set_link (draft,
                            KONTOR_COMMON_FIELD (kontor_activity_type.number, KONTOR_COMMON_OWNER),
                            &entry->owner);
}

/* Of what is planned the first line is the subject. */
static void
set_text (KontorRecord *draft, const KontorComposerEntry *entry, const char *text)
{
  const char *rest = entry->planned ? strchr (text, '\n') : text;

  while (rest != NULL && g_ascii_isspace (*rest))
    rest++;
  if (rest != NULL && *rest != '\0')
    kontor_record_set_text (draft, KONTOR_ACTIVITY_TEXT, rest);
}

static void
add_entry (KontorComposer *self,
           KontorStep *step,
           const KontorComposerEntry *entry,
           const char *text)
{
  g_autoptr(KontorRecord) draft = kontor_record_new (&kontor_activity_type, NULL);

  kontor_record_set_text (draft, KONTOR_ACTIVITY_KIND, entry->kind);
  set_text (draft, entry, text);
  if (entry->planned)
    set_plan (draft, entry->subject, &entry->when, entry);
  else
    kontor_record_set_integer (draft,
                               KONTOR_ACTIVITY_AT,
                               kontor_quick_time_is_set (&entry->when)
                                 ? to_ms (&entry->when)
                                 : kontor_session_now (self->session));
  if (entry->result != NULL)
    kontor_record_set_text (draft, KONTOR_ACTIVITY_RESULT, entry->result);
  add_activity (self, step, draft);
}

static void
add_follow_up (KontorComposer *self, KontorStep *step, const KontorComposerEntry *entry)
{
  g_autoptr(KontorRecord) draft = kontor_record_new (&kontor_activity_type, NULL);

  kontor_record_set_text (draft, KONTOR_ACTIVITY_KIND, entry->follow_kind);
  set_plan (draft, entry->follow_subject, &entry->follow_when, entry);
  add_activity (self, step, draft);
}

static const char *
find_label (const KontorComposerEntry *entry)
{
  static const struct
  {
    const char *kind, *logged, *planned;
  } labels[] = {
    { "note", N_("Note added"), N_("Note added") },
    { "call", N_("Call logged"), N_("Call planned") },
    { "meeting", N_("Meeting logged"), N_("Meeting planned") },
    { "visit", N_("Visit logged"), N_("Visit planned") },
    { "mail", N_("E-mail logged"), N_("E-mail planned") },
    { "letter", N_("Letter logged"), N_("Letter planned") },
    { "task", N_("Task added"), N_("Task added") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (labels[i].kind, entry->kind))
      return _(entry->planned ? labels[i].planned : labels[i].logged);
  return _("Entry added");
}

/* Commits @entry; what was written comes back where that fails. */
static void
commit (KontorComposer *self, const KontorComposerEntry *entry, const char *text)
{
  g_autoptr(KontorStep) step = kontor_step_new (find_label (entry));
  Logging *logging = g_new0 (Logging, 1);

  add_entry (self, step, entry, text);
  if (entry->follow_subject != NULL)
    add_follow_up (self, step, entry);
  logging->self = g_object_ref (self);
  logging->text = g_strdup (text);
  logging->key = kontor_composer_dup_draft_key (self->record);
  kontor_session_commit_then (self->session, step, logged_cb, logging, logging_free);
}

/* Commits what is written; nothing where nothing is. */
void
kontor_composer_log (KontorComposer *self)
{
  g_autofree char *text = kontor_composer_dup_text (self);
  KontorComposerEntry entry;

  if (*text == '\0' || self->record == NULL)
    return;
  /* "in an hour" counts from now on, not from when it was typed */
  kontor_composer_understand (self);
  kontor_composer_get_entry (self, &entry);
  commit (self, &entry, text);
  kontor_composer_entry_clear (&entry);
  gtk_text_buffer_set_text (self->buffer, "", 0);
  kontor_composer_reset (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/**
 * kontor_composer_log_text:
 * @self: a composer with a record
 * @text: plain text, pasted or dropped on the page
 *
 * Adds a note with @text, whatever is being written.
 */
void
kontor_composer_log_text (KontorComposer *self, const char *text)
{
  KontorComposerEntry entry = { .kind = "note", .when = { "", -1 } };
  g_autofree char *clean = g_strstrip (g_utf8_make_valid (text, -1));

  if (self->record != NULL && *clean != '\0')
    commit (self, &entry, clean);
}
