/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The name that is chosen says the format. */
#include "config.h"

#include "kontor-export-records.h"

#include "kontor-compat.h"
#include "kontor-error.h"
#include "kontor-export.h"
#include "kontor-number.h"
#include <glib/gi18n.h>

typedef struct
{
  KontorSession *session; /* owned */
  KontorQuery *query;     /* owned */
  GArray *rids;           /* (nullable) owned */
  KontorExport *export;   /* owned, once a file was chosen */
  KontorJob *job;         /* owned, then too */
} Export;

static const KontorFileFilter filters[] = {
  { N_("Table (CSV)"), "*.csv" },
  { N_("vCards"), "*.vcf" },
  { N_("JSON lines"), "*.jsonl" },
  { NULL, NULL },
};

static const KontorFileFilter filters_without_cards[] = {
  { N_("Table (CSV)"), "*.csv" },
  { N_("JSON lines"), "*.jsonl" },
  { NULL, NULL },
};

static void
export_free (Export *self)
{
  g_object_unref (self->session);
  kontor_query_unref (self->query);
  g_clear_pointer (&self->rids, g_array_unref);
  g_clear_pointer (&self->export, kontor_export_unref);
  g_clear_object (&self->job);
  g_free (self);
}

static KontorExportFormat
find_format (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  if (g_str_has_suffix (lower, ".vcf"))
    return KONTOR_EXPORT_VCARD_4;
  if (g_str_has_suffix (lower, ".jsonl"))
    return KONTOR_EXPORT_JSON;
  return KONTOR_EXPORT_CSV;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *self = user_data;
  g_autoptr(GError) error = NULL;

  if (kontor_export_save_finish (self->export, result, &error))
    {
      guint64 n = kontor_export_get_n_rows (self->export);
      g_autofree char *number = kontor_integer_format ((gint64) n);
      g_autofree char *text =
        g_strdup_printf (ngettext ("%s record exported", "%s records exported", n), number);

      kontor_job_finish (self->job, text);
      kontor_session_tell (self->session, text);
    }
  else
    {
      g_autofree char *text = kontor_error_describe (error);

      kontor_job_finish (self->job, text);
      kontor_session_fail (self->session, error);
    }
  export_free (self);
}

static void
save (Export *self, const char *path)
{
  const KontorRecordType *type = kontor_query_get_record_type (self->query);
  KontorExportFormat format = find_format (path);
  g_autofree char *name = g_path_get_basename (path);
  /* Translators: a job: %s is the name of a file */
  g_autofree char *title = g_strdup_printf (_("Exporting “%s”"), name);

  if (format == KONTOR_EXPORT_VCARD_4 && !kontor_export_can_be_cards (type))
    format = KONTOR_EXPORT_CSV;
  self->export = kontor_export_new (kontor_session_get_workspace (self->session), format);
  kontor_export_add_query (self->export, self->query);
  if (self->rids != NULL)
    kontor_export_set_rids (self->export, self->rids);
  /* spreadsheets take UTF-8 for something else without one */
  kontor_export_set_byte_order_mark (self->export, format == KONTOR_EXPORT_CSV);
  self->job = kontor_job_new (title);
  kontor_session_add_job (self->session, self->job);
  kontor_export_save_async (self->export,
                            path,
                            kontor_job_report,
                            self->job,
                            kontor_job_get_cancellable (self->job),
                            saved_cb,
                            self);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *self = user_data;
  g_autoptr(GListModel) files = kontor_choose_files_finish (result, NULL);
  g_autoptr(GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    save (self, path);
  else
    export_free (self);
}

/**
 * kontor_export_records:
 * @session: a session
 * @parent: where it was asked for
 * @query: which records, in which order
 * @rids: (nullable) (element-type gint64): only these of them
 *
 * Asks for a file and writes them to it. The window tells how it ended.
 */
void
kontor_export_records (KontorSession *session, GtkWidget *parent, KontorQuery *query, GArray *rids)
{
  const KontorRecordType *type = kontor_query_get_record_type (query);
  Export *self = g_new0 (Export, 1);
  g_autofree char *suggestion =
    g_strdup_printf ("%s.csv", kontor_record_type_get_label_plural (type));

  self->session = g_object_ref (session);
  self->query = kontor_query_ref (query);
  self->rids = rids != NULL ? g_array_ref (rids) : NULL;
  kontor_choose_files_async (parent,
                             KONTOR_CHOOSE_SAVE,
                             _("Export"),
                             _("_Export"),
                             suggestion,
                             kontor_export_can_be_cards (type) ? filters : filters_without_cards,
                             chosen_cb,
                             self);
}
