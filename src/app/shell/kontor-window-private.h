/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of KontorWindow share. */
#pragma once

#include "kontor-area.h"
#include "kontor-contacts-area.h"
#include "kontor-import-window.h"
#include "kontor-session.h"
#include "kontor-sidebar.h"
#include "kontor-welcome.h"
#include "kontor-window.h"

G_BEGIN_DECLS

/* A place one can go back to. */
typedef struct
{
  char *area;
  const KontorRecordType *type;
  KontorId id;
} KontorPlace;

struct _KontorWindow
{
  AdwApplicationWindow parent_instance;

  /* template */
  AdwToastOverlay *toasts;
  GtkStack *pages;
  GtkWidget *waiting_box;
  GtkSpinner *waiting_spinner;
  GtkLabel *waiting_label;
  GtkProgressBar *waiting_progress;
  AdwStatusPage *error_page;
  GtkWidget *read_only_button;
  GtkRevealer *banner;
  GtkLabel *banner_label;
  GtkWidget *banner_button;
  GtkWidget *own_button;
  AdwFlap *flap;
  KontorSidebar *sidebar;
  GtkStack *areas;
  GtkWidget *drop_frame;
  GtkLabel *drop_label;

  /* owned */
  KontorSession *session;
  GCancellable *cancellable; /* of what the window waits for */
  char *path;
  GQueue back, forward;  /* (element-type KontorPlace), the nearest first */
  char *action_later;    /* (nullable): detailed name, once the workspace is open */
  GQueue imports;        /* (element-type GFile): to be imported, one after another */
  GError *restore_error; /* (nullable) */
  AdwToast *toast;       /* the one that is seen */
  guint waiting_timer;
  guint seen_timer;
  guint backup_timer;
  guint width_idle;

  GtkDropTarget *drop_target;    /* (nullable) borrowed: files hover over the window */
  gboolean drop_taken;           /* and the page says that it takes them */
  KontorContactsArea *contacts;  /* borrowed: in .areas */
  KontorImportWindow *assistant; /* (nullable) borrowed: with the file that is looked at */
  KontorOpenerMode mode;         /* of what was tried last, to try it again */
  int width;
  gboolean narrow;
  gboolean alone;      /* shows one record, no list */
  gboolean beside;     /* not the first window */
  gboolean restored;   /* a backup, just now */
  gboolean ask_import; /* for a file, once the workspace is open */
};

/* kontor-window.c */
KontorArea *kontor_window_get_area (KontorWindow *self);
void kontor_window_show_area (KontorWindow *self, const char *name);
void kontor_window_create_areas (KontorWindow *self);
void kontor_window_remove_areas (KontorWindow *self);
void kontor_window_show_record_alone (KontorWindow *self,
                                      const KontorRecordType *type,
                                      const KontorId *id);

/* kontor-window-actions.c */
void kontor_window_install_actions (GtkWidgetClass *klass);
void kontor_window_update_undo (KontorWindow *self);
gboolean kontor_window_undo_typing (GtkWidget *window, const char *action);
KontorQuery *kontor_window_parse_records (KontorWindow *self, GVariant *parameter, GArray **rids);

/* kontor-window-places.c */
void kontor_place_free (KontorPlace *place);
void kontor_window_install_places (GtkWidgetClass *klass);
void kontor_window_update_places (KontorWindow *self);
void
kontor_window_go_to_record (KontorWindow *self, const KontorRecordType *type, const KontorId *id);

/* kontor-window-import.c */
void kontor_window_install_import (GtkWidgetClass *klass);
void kontor_window_set_up_drop (KontorWindow *self);
void kontor_window_continue_imports (KontorWindow *self);

/* kontor-window-open.c */
void kontor_window_share (KontorWindow *self, KontorWorkspace *workspace);

/* kontor-window-find.c */
void kontor_window_install_finding (GtkWidgetClass *klass);
gboolean
kontor_window_parse_record (GVariant *parameter, const KontorRecordType **type, KontorId *id);
void kontor_window_watch_seen (KontorWindow *self);

/* kontor-window-beside.c */
void kontor_window_install_beside (GtkWidgetClass *klass);
void kontor_window_restore_others (KontorWindow *self);
void kontor_windows_save (GtkApplication *application);

void kontor_window_leave_workspace (KontorWindow *self, const char *why);

/* kontor-window-restore.c */
void kontor_window_install_restore (GtkWidgetClass *klass);
void kontor_window_tell_restored (KontorWindow *self);

/* kontor-window-news.c: toasts and banners */
void kontor_window_watch_session (KontorWindow *self);
void kontor_window_hide_banner (KontorWindow *self);
void kontor_window_show_banner (KontorWindow *self, const char *text);
void kontor_window_toast (KontorWindow *self, const char *text);
AdwToast *kontor_toast_new (const char *text);
AdwToast *kontor_toast_committed (const KontorCommit *commit);
AdwToast *kontor_toast_undone (const KontorCommit *commit, gboolean redo);

G_END_DECLS
