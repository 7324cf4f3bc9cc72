/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of KontorComposer share. */
#pragma once

#include "kontor-chip.h"
#include "kontor-composer.h"
#include "kontor-link-entry.h"
#include "kontor-quick-entry.h"

G_BEGIN_DECLS

/* A longer text is not for editing here: laying out one line of it takes a second a key. */
#define KONTOR_COMPOSER_PASTE_MAX 100000

/* What will be logged. */
typedef struct
{
  const char *kind; /* a choice of the field */
  gboolean planned;
  char *subject; /* (nullable) */
  KontorQuickTime when;
  char *result; /* (nullable) */
  const char *follow_kind;
  char *follow_subject; /* (nullable): nothing follows */
  KontorQuickTime follow_when;
  gboolean has_owner;
  KontorId owner; /* of what is to be done */
} KontorComposerEntry;

struct _KontorComposer
{
  GtkWidget parent_instance;

  /* template */
  GtkTextView *text;
  GtkTextBuffer *buffer;
  GtkWidget *placeholder;
  GtkWidget *log_button;
  GtkWidget *chips;
  KontorChip *kind_chip;
  KontorChip *when_chip;
  KontorChip *result_chip;
  KontorChip *follow_chip;
  GtkEditable *when_entry;
  GtkLabel *when_caption;
  GtkEditable *subject_entry;
  GtkEditable *due_entry;
  GtkLabel *due_caption;
  KontorLinkEntry *owner_entry;

  /* owned */
  KontorSession *session;
  KontorRecord *record;
  KontorQuickEntry *quick; /* what the words say */
  guint draft_timer;
  char *me_name; /* (nullable) */

  KontorId me; /* the employee who is the user */
  gboolean has_me;

  /* What was chosen by hand, and what was dropped. */
  KontorQuickParts fixed, ignored;
  KontorComposerEntry chosen;

  /* The same when the choice that is open was opened. */
  KontorQuickParts fixed_before, ignored_before;
  KontorComposerEntry before;

  gboolean loads_draft; /* the text is set by us */
  gboolean filling;     /* the entries of a choice are */
};

/* kontor-composer.c */
char *kontor_composer_dup_text (KontorComposer *self);
char *kontor_composer_dup_draft_key (KontorRecord *record);

/* kontor-composer-chips.c */
void kontor_composer_bind_chips (GtkWidgetClass *klass);
void kontor_composer_set_up_chips (KontorComposer *self);
void kontor_composer_install_actions (GtkWidgetClass *klass);
void kontor_composer_build_menus (KontorComposer *self);
void kontor_composer_understand (KontorComposer *self);
void kontor_composer_reset (KontorComposer *self);
void kontor_composer_get_entry (KontorComposer *self, KontorComposerEntry *entry);
void kontor_composer_entry_clear (KontorComposerEntry *entry);
void kontor_composer_get_now (KontorComposer *self, KontorQuickNow *now);
void kontor_composer_fix (KontorComposer *self, KontorQuickParts part);

/* kontor-composer-popovers.c */
void kontor_composer_bind_popovers (GtkWidgetClass *klass);
void kontor_composer_set_up_popovers (KontorComposer *self);

/* kontor-composer-log.c */
void kontor_composer_log (KontorComposer *self);

G_END_DECLS
