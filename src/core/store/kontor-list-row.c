/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KontorListRow: one row of a list, there at once. Its model knows it as long as somebody holds it.
 */
#include "config.h"

#include "kontor-list-private.h"

struct _KontorListRow
{
  GObject parent_instance;

  KontorListModel *model; /* borrowed; NULL when it is gone */
  GList link;             /* of the model: rows that wait for their record */
  guint hint;
  gint64 rid;
  KontorRecord *record; /* owned (nullable) */
  gboolean stray;
};

enum
{
  PROP_0,
  PROP_RID,
  PROP_RECORD,
  PROP_STRAY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KontorListRow, kontor_list_row, G_TYPE_OBJECT)

static void
kontor_list_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KontorListRow *self = KONTOR_LIST_ROW (object);

  switch (id)
    {
    case PROP_RID:
      g_value_set_int64 (value, self->rid);
      break;
    case PROP_RECORD:
      g_value_set_object (value, self->record);
      break;
    case PROP_STRAY:
      g_value_set_boolean (value, self->stray);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kontor_list_row_dispose (GObject *object)
{
  KontorListRow *self = KONTOR_LIST_ROW (object);

  if (self->model != NULL)
    kontor_list_model_forget_row (self->model, self);
  self->model = NULL;
  g_clear_object (&self->record);
  G_OBJECT_CLASS (kontor_list_row_parent_class)->dispose (object);
}

static void
kontor_list_row_class_init (KontorListRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kontor_list_row_get_property;
  object_class->dispose = kontor_list_row_dispose;
  properties[PROP_RID] = g_param_spec_int64 ("rid",
                                             NULL,
                                             NULL,
                                             G_MININT64,
                                             G_MAXINT64,
                                             0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_RECORD] =
    g_param_spec_object ("record",
                         NULL,
                         NULL,
                         KONTOR_TYPE_RECORD,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STRAY] =
    g_param_spec_boolean ("stray",
                          NULL,
                          NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kontor_list_row_init (KontorListRow *self)
{
}

KontorListRow *
kontor_list_row_new (KontorListModel *model, gint64 rid, KontorRecord *record, gboolean stray)
{
  KontorListRow *self = g_object_new (KONTOR_TYPE_LIST_ROW, NULL);

  self->model = model;
  self->link.data = self;
  self->rid = rid;
  self->stray = stray;
  g_set_object (&self->record, record);
  return self;
}

void
kontor_list_row_set_record (KontorListRow *self, KontorRecord *record)
{
  if (g_set_object (&self->record, record))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}

void
kontor_list_row_set_stray (KontorListRow *self, gboolean stray)
{
  if (self->stray == stray)
    return;
  self->stray = stray;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STRAY]);
}

const gint64 *
kontor_list_row_peek_rid (KontorListRow *self)
{
  return &self->rid;
}

GList *
kontor_list_row_peek_link (KontorListRow *self)
{
  return &self->link;
}

guint
kontor_list_row_get_hint (KontorListRow *self)
{
  return self->hint;
}

void
kontor_list_row_set_hint (KontorListRow *self, guint position)
{
  self->hint = position;
}

void
kontor_list_row_detach (KontorListRow *self)
{
  self->model = NULL;
}

/**
 * kontor_list_row_get_rid:
 * @self: a row
 *
 * Returns: its row id
 */
gint64
kontor_list_row_get_rid (KontorListRow *self)
{
  g_return_val_if_fail (KONTOR_IS_LIST_ROW (self), 0);

  return self->rid;
}

/**
 * kontor_list_row_get_record:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): its record, %NULL until it is read; the property "record"
 *   tells when it is, and when there is a newer one
 */
KontorRecord *
kontor_list_row_get_record (KontorListRow *self)
{
  g_return_val_if_fail (KONTOR_IS_LIST_ROW (self), NULL);

  return self->record;
}

/**
 * kontor_list_row_is_stray:
 * @self: a row
 *
 * Returns: whether the filter doesn't let it through any more, and it is only here because of
 *   kontor_list_model_keep_row()
 */
gboolean
kontor_list_row_is_stray (KontorListRow *self)
{
  g_return_val_if_fail (KONTOR_IS_LIST_ROW (self), FALSE);

  return self->stray;
}
