/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list model over the memberships of the type "star" of one's own user, sorted by position. */
#include "config.h"

#include "kontor-stars.h"

#include "kontor-compat.h"
#include "kontor-list-model.h"
#include <glib/gi18n.h>

/* Room between two positions, so that moving one star writes one record. */
#define GAP 1024
#define SESSION_KEY "kontor-stars"

struct _KontorStars
{
  GObject parent_instance;

  KontorSession *session; /* not owned: it owns this */
  KontorListModel *model;
  GPtrArray *rows; /* (element-type KontorListRow) */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorStars, kontor_stars, G_TYPE_OBJECT)

static KontorRecord *
get_record (KontorStars *self, guint n)
{
  return n < self->rows->len ? kontor_list_row_get_record (g_ptr_array_index (self->rows, n))
                             : NULL;
}

static void
row_changed_cb (KontorStars *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
clear_rows (KontorStars *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->rows, i), self);
  g_ptr_array_set_size (self->rows, 0);
}

static void
rows_changed_cb (KontorStars *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  clear_rows (self);
  for (guint i = 0; i < n; i++)
    {
      KontorListRow *row = g_list_model_get_item (G_LIST_MODEL (self->model), i);

      g_signal_connect_swapped (row, "notify::record", G_CALLBACK (row_changed_cb), self);
      g_ptr_array_add (self->rows, row);
    }
  row_changed_cb (self);
}

static void
kontor_stars_dispose (GObject *object)
{
  KontorStars *self = KONTOR_STARS (object);

  clear_rows (self);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (kontor_stars_parent_class)->dispose (object);
}

static void
kontor_stars_finalize (GObject *object)
{
  g_ptr_array_unref (KONTOR_STARS (object)->rows);
  G_OBJECT_CLASS (kontor_stars_parent_class)->finalize (object);
}

static void
kontor_stars_class_init (KontorStarsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kontor_stars_dispose;
  object_class->finalize = kontor_stars_finalize;
  signals[SIGNAL_CHANGED] = kontor_signal_new (KONTOR_TYPE_STARS, "changed");
}

static void
kontor_stars_init (KontorStars *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
watch (KontorStars *self)
{
  KontorWorkspace *workspace = kontor_session_get_workspace (self->session);
  g_autoptr(KontorQuery) query = kontor_query_new (&kontor_star_type);
  char user[KONTOR_ID_TEXT_SIZE];

  kontor_id_format (kontor_workspace_get_user (workspace), user);
  kontor_query_take_filter (query,
                            kontor_filter_new_compare (kontor_field_by_id (KONTOR_STAR_USER),
                                                       KONTOR_OP_EQ,
                                                       user));
  kontor_query_add_sort (query, kontor_field_by_id (KONTOR_STAR_POSITION), FALSE);
  self->model = kontor_list_model_new (workspace, query);
  g_signal_connect_swapped (self->model, "items-changed", G_CALLBACK (rows_changed_cb), self);
  rows_changed_cb (self);
}

/**
 * kontor_stars_get:
 * @session: a session
 *
 * Returns: (transfer none): what its user has starred; it lives as long as the session
 */
KontorStars *
kontor_stars_get (KontorSession *session)
{
  KontorStars *self = g_object_get_data (G_OBJECT (session), SESSION_KEY);

  if (self == NULL)
    {
      self = g_object_new (KONTOR_TYPE_STARS, NULL);
      self->session = session;
      g_object_set_data_full (G_OBJECT (session), SESSION_KEY, self, g_object_unref);
      watch (self);
    }
  return self;
}

/**
 * kontor_stars_get_n:
 * @self: stars
 *
 * Returns: how many there are
 */
guint
kontor_stars_get_n (KontorStars *self)
{
  return self->rows->len;
}

/**
 * kontor_stars_get_nth:
 * @self: stars
 * @n: which
 * @star: (out): filled in; its title is valid until the next change, its type is %NULL where it is
 *   of a type that is not known here
 *
 * Returns: %FALSE while it is not read yet
 */
gboolean
kontor_stars_get_nth (KontorStars *self, guint n, KontorStar *star)
{
  KontorRecord *record = get_record (self, n);
  const char *type;

  if (record == NULL)
    return FALSE;
  type = kontor_record_get_text (record, KONTOR_STAR_TARGET_TYPE);
  star->type = type != NULL ? kontor_record_type_by_name (type) : NULL;
  if (kontor_record_get_link (record, KONTOR_STAR_TARGET) == NULL)
    star->type = NULL;
  if (star->type == NULL)
    return TRUE;
  star->id = *kontor_record_get_link (record, KONTOR_STAR_TARGET);
  star->title = kontor_record_get_link_title (record, kontor_field_by_id (KONTOR_STAR_TARGET));
  return TRUE;
}

static gboolean
find (KontorStars *self, const KontorId *id, guint *position)
{
  KontorStar star;

  for (guint i = 0; i < self->rows->len; i++)
    if (kontor_stars_get_nth (self, i, &star) && star.type != NULL &&
        kontor_id_equal (&star.id, id))
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * kontor_stars_contain:
 * @self: stars
 * @id: id of a record
 *
 * Returns: whether it is starred
 */
gboolean
kontor_stars_contain (KontorStars *self, const KontorId *id)
{
  guint position;

  return find (self, id, &position);
}

static gint64
get_position (KontorStars *self, guint n)
{
  KontorRecord *record = get_record (self, n);

  return record != NULL ? kontor_record_get_integer (record, KONTOR_STAR_POSITION) : 0;
}

/**
 * kontor_stars_toggle:
 * @self: stars
 * @type: type of a record
 * @id: its id
 * @title: what it is called, for the label of the step
 *
 * Stars a record, behind all others, or takes its star away. A step of its own.
 */
void
kontor_stars_toggle (KontorStars *self,
                     const KontorRecordType *type,
                     const KontorId *id,
                     const char *title)
{
  gboolean on = !kontor_stars_contain (self, id);
  g_autofree char *label =
    /* Translators: labels of steps, %s is a record or a view */
    g_strdup_printf (on ? _("%s starred") : _("Star of %s removed"), title);
  g_autoptr(KontorStep) step = kontor_step_new (label);
  g_autoptr(KontorRecord) star = kontor_record_new (&kontor_star_type, &KONTOR_ID_NULL);
  guint n = self->rows->len;

  kontor_record_set_link (star,
                          KONTOR_STAR_USER,
                          kontor_workspace_get_user (kontor_session_get_workspace (self->session)));
  kontor_record_set_text (star, KONTOR_STAR_TARGET_TYPE, type->name);
  kontor_record_set_link (star, KONTOR_STAR_TARGET, id);
  if (on)
    kontor_record_set_integer (star,
                               KONTOR_STAR_POSITION,
                               n > 0 ? get_position (self, n - 1) + GAP : 0);
  kontor_step_link (step, star, on);
  kontor_session_commit (self->session, step);
}

static void
add_position (KontorStep *step, KontorRecord *star, gint64 position)
{
  kontor_step_set_integer (step, kontor_record_get_id (star), KONTOR_STAR_POSITION, position);
}

/* Without room between its new neighbours all get new positions. */
static void
place_all (KontorStars *self, KontorStep *step, guint from, guint to)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint place = i == from ? to : i > from && i <= to ? i - 1 : i < from && i >= to ? i + 1 : i;
      KontorRecord *star = get_record (self, i);

      if (star != NULL)
        add_position (step, star, (gint64) place * GAP);
    }
}

/**
 * kontor_stars_move:
 * @self: stars
 * @from: place of a star
 * @to: its place afterwards
 */
void
kontor_stars_move (KontorStars *self, guint from, guint to)
{
  g_autoptr(KontorStep) step = NULL;
  guint n = self->rows->len;
  gint64 before, after;

  if (from == to || from >= n || to >= n || get_record (self, from) == NULL)
    return;
  step = kontor_step_new (_("Starred put in order"));
  before = to == 0     ? get_position (self, 0) - 2 * GAP
           : to > from ? get_position (self, to)
                       : get_position (self, to - 1);
  after = to == n - 1 ? get_position (self, n - 1) + 2 * GAP
          : to > from ? get_position (self, to + 1)
                      : get_position (self, to);
  if (after - before > 1)
    add_position (step, get_record (self, from), before + (after - before) / 2);
  else
    place_all (self, step, from, to);
  kontor_session_commit (self->session, step);
}
