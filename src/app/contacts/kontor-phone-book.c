/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with a number of the phone book: it is called, unless it must not be, or copied. */
#include "config.h"

#include "kontor-phone-book.h"

#include "kontor-model.h"
#include "kontor-point-row.h"
#include <glib/gi18n.h>

/**
 * kontor_phone_book_dup_name:
 * @point: a contact point, with what its links show
 *
 * Returns: (transfer full): what a sentence calls it: "+52 5 555 4729 of Ana Trujillo"
 */
char *
kontor_phone_book_dup_name (KontorRecord *point)
{
  const char *party =
    kontor_record_get_link_title (point, kontor_field_by_id (KONTOR_CONTACT_POINT_PARTY));
  const char *value = kontor_record_get_text (point, KONTOR_CONTACT_POINT_VALUE);

  if (party == NULL)
    return g_strdup (value);
  /* Translators: a phone number and whose it is, in sentences like "… moved to trash" */
  return g_strdup_printf (C_("number", "%s of %s"), value, party);
}

/**
 * kontor_phone_book_call:
 * @point: a number
 * @anyway: also one that must not be called
 * @session: a session
 * @widget: a widget of the window
 *
 * Calls it. That a number is not called is told.
 */
void
kontor_phone_book_call (KontorRecord *point,
                        gboolean anyway,
                        KontorSession *session,
                        GtkWidget *widget)
{
  gboolean marked = kontor_record_get_integer (point, KONTOR_CONTACT_POINT_DO_NOT_CALL) != 0;
  g_autofree char *uri = kontor_point_dup_uri (point);

  if (marked && !anyway)
    {
      g_autofree char *text =
        /* Translators: %s is a name */
        g_strdup_printf (_("%s must not be called"),
                         kontor_record_get_text (point, KONTOR_CONTACT_POINT_PARTY_NAME));

      kontor_session_tell (session, text);
    }
  else if (uri != NULL)
    gtk_widget_activate_action (widget, "win.open-uri", "s", uri);
}

/**
 * kontor_phone_book_copy:
 * @point: a number
 * @session: a session
 * @widget: a widget of the window
 *
 * Puts it into the clipboard.
 */
void
kontor_phone_book_copy (KontorRecord *point, KontorSession *session, GtkWidget *widget)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          kontor_record_get_text (point, KONTOR_CONTACT_POINT_VALUE));
  kontor_session_tell (session, _("Number copied"));
}
