/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One reading at a time, of what was asked for meanwhile. */
#include "config.h"

#include "kontor-import-names.h"

#include "kontor-compat.h"
#include "kontor-model.h"
#include <glib/gi18n.h>

/* Names asked for before: a list that is scrolled through quickly is only read where it stops. */
#define WANTED_MAX 300

struct _KontorImportNames
{
  GObject parent_instance;

  KontorWorkspace *workspace; /* owned */
  GHashTable *names;          /* (element-type KontorId utf8) */
  GArray *wanted;             /* (element-type Wanted) */
  GCancellable *cancellable;
  gboolean reading;
};

typedef struct
{
  const KontorRecordType *type;
  KontorId id;
  char *name; /* (nullable) owned: once it is read */
} Wanted;

G_DEFINE_FINAL_TYPE (KontorImportNames, kontor_import_names, G_TYPE_OBJECT)

enum
{
  FOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
kontor_import_names_finalize (GObject *object)
{
  KontorImportNames *self = KONTOR_IMPORT_NAMES (object);

  g_object_unref (self->workspace);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->names);
  g_array_unref (self->wanted);
  G_OBJECT_CLASS (kontor_import_names_parent_class)->finalize (object);
}

static void
kontor_import_names_class_init (KontorImportNamesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kontor_import_names_finalize;
  signals[FOUND] = kontor_signal_new (KONTOR_TYPE_IMPORT_NAMES, "found");
}

static void
clear_wanted (gpointer data)
{
  g_free (((Wanted *) data)->name);
}

static GArray *
create_wanted (void)
{
  GArray *wanted = g_array_new (FALSE, TRUE, sizeof (Wanted));

  g_array_set_clear_func (wanted, clear_wanted);
  return wanted;
}

static void
kontor_import_names_init (KontorImportNames *self)
{
  self->names = g_hash_table_new_full (kontor_id_hash, kontor_id_equal, g_free, g_free);
  self->wanted = create_wanted ();
  self->cancellable = g_cancellable_new ();
}

/**
 * kontor_import_names_new:
 * @workspace: where the records are
 *
 * Returns: (transfer full): names, none of them known yet
 */
KontorImportNames *
kontor_import_names_new (KontorWorkspace *workspace)
{
  KontorImportNames *self = g_object_new (KONTOR_TYPE_IMPORT_NAMES, NULL);

  self->workspace = g_object_ref (workspace);
  return self;
}

/* --- Reading ---------------------------------------------------------------------------------- */

/* "Ana Trujillo, Trujillo Emparedados": what tells one from another of the name. */
static char *
describe (KontorRecord *record)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);
  g_autofree char *title = kontor_record_dup_title (record);
  const char *more = NULL;

  if (type == &kontor_contact_type)
    more = kontor_record_get_text (record, KONTOR_CONTACT_ACCOUNT_NAME);
  else if (type == &kontor_account_type)
    more = kontor_record_get_text (record, KONTOR_ACCOUNT_CITY);
  if (more == NULL || *more == '\0')
    return g_steal_pointer (&title);
  /* Translators: a person and an organisation, or an organisation and a city */
  return g_strdup_printf (_("%s, %s"), title, more);
}

static void
read_names (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  KontorImportNames *self = source;
  GArray *wanted = data;

  for (guint i = 0; i < wanted->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      Wanted *one = &g_array_index (wanted, Wanted, i);
      g_autoptr(KontorRecord) record =
        kontor_workspace_get (self->workspace, one->type, &one->id, KONTOR_READ_DEFAULT, NULL);

      if (record != NULL)
        one->name = describe (record);
    }
  g_task_return_boolean (task, TRUE);
}

static void read_wanted (KontorImportNames *self);

static void
names_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorImportNames *self = KONTOR_IMPORT_NAMES (source);
  GArray *wanted = g_task_get_task_data (G_TASK (result));

  self->reading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  for (guint i = 0; i < wanted->len; i++)
    {
      Wanted *one = &g_array_index (wanted, Wanted, i);

      g_hash_table_insert (self->names,
                           g_memdup2 (&one->id, sizeof one->id),
                           one->name != NULL ? g_steal_pointer (&one->name) : g_strdup (""));
    }
  read_wanted (self);
  g_signal_emit (self, signals[FOUND], 0);
}

static void
read_wanted (KontorImportNames *self)
{
  g_autoptr(GTask) task = NULL;

  if (self->reading || self->wanted->len == 0)
    return;
  self->reading = TRUE;
  task = g_task_new (self, self->cancellable, names_read_cb, NULL);
  g_task_set_task_data (task, self->wanted, (GDestroyNotify) g_array_unref);
  self->wanted = create_wanted ();
  g_task_run_in_thread (task, read_names);
}

/**
 * kontor_import_names_find:
 * @self: names
 * @type: a type of records
 * @id: a record
 *
 * Returns: (transfer none) (nullable): what it is called; %NULL: it will be read
 */
const char *
kontor_import_names_find (KontorImportNames *self, const KontorRecordType *type, const KontorId *id)
{
  const char *name = g_hash_table_lookup (self->names, id);
  Wanted one = { .type = type, .id = *id };

  if (name != NULL)
    return name;
  if (self->wanted->len == WANTED_MAX)
    g_array_remove_index (self->wanted, 0);
  g_array_append_val (self->wanted, one);
  read_wanted (self);
  return NULL;
}

/**
 * kontor_import_names_stop:
 * @self: names
 *
 * Nobody wants to know any more.
 */
void
kontor_import_names_stop (KontorImportNames *self)
{
  g_cancellable_cancel (self->cancellable);
}
