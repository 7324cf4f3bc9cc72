/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo's own office: departments, teams, employees with an org chart, tags and saved views. */
#include "config.h"

#include "kontor-demo-private.h"
#include "kontor-model.h"
#include <string.h>

#define STREAM_OFFICE (G_GUINT64_CONSTANT (4) << 60)
#define FIRST_SALES_UNIT 4
/* The person at the keyboard is the head of sales. */
#define OWN_JOB 1

static void
add_units (KontorDemoFill *fill)
{
  static const char *const kinds[] = { "company",    "department", "department",
                                       "department", "office",     "office" };

  for (guint i = 0; fill->data->units[i] != NULL; i++)
    {
      KontorRecord *unit = kontor_demo_new_record (fill, &kontor_org_unit_type);
      KontorId id;

      kontor_record_set_text (unit, KONTOR_ORG_UNIT_NAME, fill->data->units[i]);
      kontor_demo_set_pick (fill,
                            unit,
                            KONTOR_ORG_UNIT_KIND,
                            kinds[MIN (i, G_N_ELEMENTS (kinds) - 1)],
                            NULL);
      if (i > 0)
        kontor_record_set_link (unit,
                                KONTOR_ORG_UNIT_PARENT,
                                &g_array_index (fill->units,
                                                KontorId,
                                                i >= FIRST_SALES_UNIT ? 1 : 0));
      id = kontor_demo_add (fill, unit);
      g_array_append_val (fill->units, id);
    }
}

static void
add_teams (KontorDemoFill *fill)
{
  static const guint units[] = { 1, 1, 2, 3 };

  for (guint i = 0; fill->data->teams[i] != NULL; i++)
    {
      KontorRecord *team = kontor_demo_new_record (fill, &kontor_team_type);
      KontorId id;

      kontor_record_set_text (team, KONTOR_TEAM_NAME, fill->data->teams[i]);
      kontor_demo_set_pick (fill,
                            team,
                            KONTOR_TEAM_KIND,
                            i < 2    ? "sales"
                            : i == 2 ? "marketing"
                                     : "service",
                            NULL);
      kontor_record_set_link (team,
                              KONTOR_TEAM_ORG_UNIT,
                              &g_array_index (fill->units,
                                              KontorId,
                                              units[MIN (i, G_N_ELEMENTS (units) - 1)]));
      id = kontor_demo_add (fill, team);
      g_array_append_val (fill->teams, id);
    }
}

/* The employee above: the last one before with the position the job names. */
static const KontorId *
find_manager (KontorDemoFill *fill, guint index)
{
  const char *position = fill->data->jobs[index].manager;

  for (guint i = index; position != NULL && i > 0; i--)
    if (g_str_equal (fill->data->jobs[i - 1].name, position))
      return &g_array_index (fill->employees, KontorId, i - 1);
  return NULL;
}

/* The employee that init made for the person at the keyboard; null where there is none. */
static KontorId
find_own_employee (KontorDemoFill *fill)
{
  g_autoptr(KontorRecord) user = kontor_workspace_get (fill->workspace,
                                                        &kontor_user_type,
                                                        &fill->user,
                                                        KONTOR_READ_DEFAULT,
                                                        NULL);
  const KontorId *id = user != NULL ? kontor_record_get_link (user, KONTOR_USER_EMPLOYEE) : NULL;

  return id != NULL ? *id : KONTOR_ID_NULL;
}

static void
set_job (KontorDemoFill *fill, KontorRecord *employee, guint index, const KontorDemoPerson *person)
{
  const KontorDemoJob *job = &fill->data->jobs[index];
  const KontorDemoCountry *country = &fill->data->countries[0];
  char number[16];

  g_snprintf (number, sizeof number, "E-%03u", index + 1);
  kontor_record_set_text (employee, KONTOR_EMPLOYEE_NUMBER, number);
  kontor_record_set_text (employee, KONTOR_EMPLOYEE_POSITION, job->name);
  kontor_record_set_link (employee, KONTOR_EMPLOYEE_MANAGER, find_manager (fill, index));
  kontor_record_set_link (employee,
                          KONTOR_EMPLOYEE_ORG_UNIT,
                          &g_array_index (fill->units, KontorId, job->unit));
  if (job->team > 0)
    kontor_record_set_link (employee,
                            KONTOR_EMPLOYEE_TEAM,
                            &g_array_index (fill->teams, KontorId, job->team - 1));
  kontor_record_set_text (employee, KONTOR_EMPLOYEE_PHONE, person->mobile);
  kontor_record_set_text (employee, KONTOR_EMPLOYEE_CITY, country->cities[0].name);
  kontor_record_set_text (employee, KONTOR_EMPLOYEE_COUNTRY, country->code);
}

/* The person at the keyboard keeps the name and gets the job. */
static void
change_own_employee (KontorDemoFill *fill, const KontorId *id, KontorRecord *draft)
{
  guint n_fields;
  const KontorFieldDef *const *fields =
    kontor_record_type_get_fields (&kontor_employee_type, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    {
      g_auto(KontorValue) value = KONTOR_VALUE_INIT;

      kontor_record_get_value (draft, fields[i], &value);
      if (value.type != KONTOR_VALUE_NULL)
        kontor_step_set (fill->part, &kontor_employee_type, id, fields[i], &value);
    }
}

static void
set_names (KontorRecord *employee, const KontorDemoPerson *person)
{
  kontor_record_set_text (employee, KONTOR_EMPLOYEE_NAME, person->name);
  kontor_record_set_text (employee, KONTOR_EMPLOYEE_FIRST_NAME, person->first);
  kontor_record_set_text (employee, KONTOR_EMPLOYEE_MIDDLE_NAME, person->middle);
  kontor_record_set_text (employee, KONTOR_EMPLOYEE_LAST_NAME, person->last);
  kontor_record_set_text (employee, KONTOR_EMPLOYEE_MAIL, person->mail);
}

static void
add_employee (KontorDemoFill *fill, guint index, const char *domain, const KontorId *own)
{
  KontorRecord *employee = kontor_demo_new_record (fill, &kontor_employee_type);
  g_autofree char *hired = NULL;
  KontorDemoPerson person = { 0 };
  KontorDemoRandom random;
  KontorId id;

  kontor_demo_random_init (&random, fill->options->seed, STREAM_OFFICE | index);
  kontor_demo_person_init (&person, fill->data, &fill->data->countries[0], domain, &random);
  hired = kontor_demo_pick_day (fill, &random, -4000, -100);
  kontor_record_set_text (employee, KONTOR_EMPLOYEE_HIRE_DATE, hired);
  set_job (fill, employee, index, &person);
  if (index == OWN_JOB && !kontor_id_is_null (own))
    {
      id = *own;
      change_own_employee (fill, &id, employee);
      g_object_unref (employee);
    }
  else
    {
      set_names (employee, &person);
      id = kontor_demo_add (fill, employee);
    }
  g_array_append_val (fill->employees, id);
  if (fill->data->jobs[index].sells)
    g_array_append_val (fill->sellers, index);
  kontor_demo_person_clear (&person);
}

/* The first of a team leads it. */
static void
link_leaders (KontorDemoFill *fill)
{
  for (guint i = 0; i < fill->teams->len; i++)
    for (guint j = 0; fill->data->jobs[j].name != NULL; j++)
      if (fill->data->jobs[j].team == i + 1)
        {
          kontor_step_set_link (fill->part,
                                &g_array_index (fill->teams, KontorId, i),
                                KONTOR_TEAM_LEADER,
                                &g_array_index (fill->employees, KontorId, j));
          break;
        }
}

/* A tag that is there already (the demo run twice) is used again. */
static gboolean
add_tags (KontorDemoFill *fill, GError **error)
{
  for (guint i = 0; fill->data->tags[i].name != NULL; i++)
    {
      g_auto(KontorValue) name = KONTOR_VALUE_INIT;
      g_autoptr(GPtrArray) found = NULL;
      KontorId id;

      kontor_value_set_text (&name, fill->data->tags[i].name);
      found = kontor_workspace_find_by_value (fill->workspace,
                                              &kontor_tag_type,
                                              kontor_field_by_id (KONTOR_TAG_NAME),
                                              &name,
                                              1,
                                              error);
      if (found == NULL)
        return FALSE;
      if (found->len > 0)
        {
          id = *kontor_record_get_id (g_ptr_array_index (found, 0));
        }
      else
        {
          KontorRecord *tag = kontor_demo_new_record (fill, &kontor_tag_type);

          kontor_record_set_text (tag, KONTOR_TAG_NAME, fill->data->tags[i].name);
          kontor_record_set_text (tag, KONTOR_TAG_COLOR, fill->data->tags[i].color);
          id = kontor_demo_add (fill, tag);
        }
      g_array_append_val (fill->tags, id);
    }
  return TRUE;
}

static void
add_views (KontorDemoFill *fill)
{
  for (guint i = 0; fill->data->views[i].name != NULL; i++)
    {
      const KontorDemoView *view = &fill->data->views[i];
      KontorRecord *record = kontor_demo_new_record (fill, &kontor_saved_view_type);
      g_autofree char *type = g_strndup (view->query, strcspn (view->query, " "));

      kontor_record_set_text (record, KONTOR_SAVED_VIEW_NAME, view->name);
      kontor_record_set_text (record, KONTOR_SAVED_VIEW_KIND, "list");
      kontor_record_set_text (record, KONTOR_SAVED_VIEW_TYPE, type);
      kontor_record_set_text (record, KONTOR_SAVED_VIEW_QUERY, view->query);
      kontor_record_set_text (record, KONTOR_SAVED_VIEW_COLUMNS, view->columns);
      kontor_record_set_integer (record, KONTOR_SAVED_VIEW_SHARED, TRUE);
      kontor_record_set_integer (record, KONTOR_SAVED_VIEW_POSITION, i);
      kontor_demo_add (fill, record);
    }
}

/**
 * kontor_demo_add_office:
 * @fill: a filling
 * @error: (nullable): place for an error
 *
 * Returns: whether to go on
 */
gboolean
kontor_demo_add_office (KontorDemoFill *fill, GError **error)
{
  g_autofree char *slug = kontor_demo_dup_slug (fill->data->units[0], '-');
  g_autofree char *domain = g_strconcat (slug, ".example", NULL);
  KontorId own = find_own_employee (fill);

  add_units (fill);
  add_teams (fill);
  for (guint i = 0; fill->data->jobs[i].name != NULL; i++)
    add_employee (fill, i, domain, &own);
  link_leaders (fill);
  if (!add_tags (fill, error))
    return FALSE;
  add_views (fill);
  return kontor_demo_flush (fill, TRUE, error);
}
