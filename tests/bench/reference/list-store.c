/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In the place of the store's KontorListModel and KontorListRow: 50 people in a GListStore. The
 * linker takes these functions, and leaves the store's files aside. */
#include "config.h"

#include "kontor-list-model.h"
#include "kontor-model.h"
#include "kontor-schema-contacts.h"

#define N_ROWS 50

/* --- KontorListRow ---------------------------------------------------------------------------- */

struct _KontorListRow
{
  GObject parent_instance;

  gint64 rid;
  KontorRecord *record; /* owned */
};

enum
{
  PROP_0,
  PROP_RECORD,
  PROP_LOADING,
  PROP_COMPLETE,
  PROP_ERROR,
};

G_DEFINE_FINAL_TYPE (KontorListRow, kontor_list_row, G_TYPE_OBJECT)

static void
get_row_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, KONTOR_LIST_ROW (object)->record);
}

static void
kontor_list_row_class_init (KontorListRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = get_row_property;
  g_object_class_install_property (object_class,
                                   PROP_RECORD,
                                   g_param_spec_object ("record",
                                                        NULL,
                                                        NULL,
                                                        KONTOR_TYPE_RECORD,
                                                        flags));
}

static void
kontor_list_row_init (KontorListRow *self)
{
}

static KontorListRow *
make_row (guint number)
{
  static const char *const given[] = { "Aaron", "Elliot", "Jessica", "Magdalena", "Виктор" };
  static const char *const family[] = { "Podrieau", "Prieltraberg", "Lindqvist", "Ashworth" };
  static const char *const firms[] = { "Northgate Stores Inc.", "Opal Shipping", "Краснов и сын" };
  KontorListRow *self = g_object_new (KONTOR_TYPE_LIST_ROW, NULL);
  g_autofree char *name = g_strdup_printf ("%s %s",
                                           given[number % G_N_ELEMENTS (given)],
                                           family[number % G_N_ELEMENTS (family)]);
  KontorId id = { { (guint8) number } };

  self->rid = number + 1;
  self->record = kontor_record_new (&kontor_contact_type, &id);
  kontor_record_set_text (self->record, KONTOR_CONTACT_NAME, name);
  kontor_record_set_text (self->record,
                          KONTOR_CONTACT_ACCOUNT_NAME,
                          firms[number % G_N_ELEMENTS (firms)]);
  return self;
}

gint64
kontor_list_row_get_rid (KontorListRow *self)
{
  return self->rid;
}

KontorRecord *
kontor_list_row_get_record (KontorListRow *self)
{
  return self->record;
}

gboolean
kontor_list_row_is_stray (KontorListRow *self)
{
  return FALSE;
}

/* --- KontorListModel -------------------------------------------------------------------------- */

struct _KontorListModel
{
  GObject parent_instance;

  GListStore *rows;   /* owned */
  KontorQuery *query; /* owned */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KontorListModel,
                               kontor_list_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return KONTOR_TYPE_LIST_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (KONTOR_LIST_MODEL (model)->rows));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (KONTOR_LIST_MODEL (model)->rows), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
get_model_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LOADING || id == PROP_COMPLETE)
    g_value_set_boolean (value, id == PROP_COMPLETE);
}

static void
kontor_list_model_class_init (KontorListModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = get_model_property;
  g_object_class_install_property (object_class,
                                   PROP_LOADING,
                                   g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags));
  g_object_class_install_property (object_class,
                                   PROP_COMPLETE,
                                   g_param_spec_boolean ("complete", NULL, NULL, TRUE, flags));
  g_object_class_install_property (object_class,
                                   PROP_ERROR,
                                   g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags));
}

static void
kontor_list_model_init (KontorListModel *self)
{
  self->rows = g_list_store_new (KONTOR_TYPE_LIST_ROW);
}

KontorListModel *
kontor_list_model_new (KontorWorkspace *workspace, KontorQuery *query)
{
  KontorListModel *self = g_object_new (KONTOR_TYPE_LIST_MODEL, NULL);

  self->query = kontor_query_ref (query);
  /* there are no saved views */
  for (guint i = 0; kontor_query_get_record_type (query) == &kontor_contact_type && i < N_ROWS; i++)
    {
      g_autoptr(KontorListRow) row = make_row (i);

      g_list_store_append (self->rows, row);
    }
  return self;
}

void
kontor_list_model_set_query (KontorListModel *self, KontorQuery *query)
{
}

KontorQuery *
kontor_list_model_get_query (KontorListModel *self)
{
  return self->query;
}

gboolean
kontor_list_model_is_loading (KontorListModel *self)
{
  return FALSE;
}

gboolean
kontor_list_model_is_complete (KontorListModel *self)
{
  return TRUE;
}

gint64
kontor_list_model_get_rid (KontorListModel *self, guint position)
{
  return position < N_ROWS ? position + 1 : 0;
}

gboolean
kontor_list_model_find_rid (KontorListModel *self, gint64 rid, guint *position)
{
  if (rid < 1 || rid > N_ROWS)
    return FALSE;
  if (position != NULL)
    *position = (guint) rid - 1;
  return TRUE;
}

void
kontor_list_model_keep_row (KontorListModel *self, gint64 rid)
{
}

guint
kontor_list_model_get_n_loaded (KontorListModel *self)
{
  return N_ROWS;
}
