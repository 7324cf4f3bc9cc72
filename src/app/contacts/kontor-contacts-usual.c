/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on pages, in new records and in lists as long as nobody has changed it. */
#include "config.h"

#include "kontor-contacts-layout.h"

static const KontorFieldId new_organisation_fields[] = { KONTOR_ACCOUNT_KIND,
                                                         KONTOR_ACCOUNT_WEBSITE,
                                                         0 };

static const KontorFieldId more_person_fields[] = {
  KONTOR_CONTACT_BIRTH_DATE, KONTOR_CONTACT_SOURCE,
  KONTOR_CONTACT_STAGE,      KONTOR_CONTACT_WEBSITE,
  KONTOR_CONTACT_NUMBER,     KONTOR_COMMON_FIELD (11, KONTOR_COMMON_OWNER),
  KONTOR_CONTACT_NOTES,      0
};

static const KontorFieldId more_organisation_fields[] = {
  KONTOR_ACCOUNT_INDUSTRY, KONTOR_ACCOUNT_STAGE,
  KONTOR_ACCOUNT_SOURCE,   KONTOR_ACCOUNT_EMPLOYEES,
  KONTOR_ACCOUNT_NUMBER,   KONTOR_COMMON_FIELD (10, KONTOR_COMMON_OWNER),
  KONTOR_ACCOUNT_NOTES,    0
};

/* The columns of the type's first view. */
static void
add_columns (KontorLayout *layout, const KontorRecordType *type)
{
  KontorLayoutSection *section = kontor_layout_add_section (layout, NULL);
  const KontorListSpec *spec = NULL;

  for (guint i = 0; i < kontor_n_contacts_views && spec == NULL; i++)
    if (kontor_contacts_views[i].type == type)
      spec = &kontor_contacts_views[i];
  for (guint i = 0; spec != NULL && i < spec->n_columns; i++)
    if (!spec->columns[i].hidden)
      g_ptr_array_add (section->fields,
                       g_strdup (kontor_field_by_id (spec->columns[i].field)->name));
}

/**
 * kontor_contacts_usual_layout:
 * @type: contact or account
 * @place: "page", "new" or "list"
 *
 * Returns: (transfer full): which fields stand there
 */
KontorLayout *
kontor_contacts_usual_layout (const KontorRecordType *type, const char *place)
{
  gboolean is_account = type == &kontor_account_type;
  KontorLayout *layout = kontor_layout_new ();

  layout->rest = TRUE;
  if (g_str_equal (place, KONTOR_LAYOUT_PAGE))
    kontor_layout_add_ids (layout, kontor_contacts_page_fields (type));
  else if (g_str_equal (place, KONTOR_LAYOUT_NEW))
    {
      kontor_layout_add_ids (layout, is_account ? new_organisation_fields : NULL);
      kontor_layout_add_ids (layout, is_account ? more_organisation_fields : more_person_fields);
    }
  else
    add_columns (layout, type);
  return layout;
}

/**
 * kontor_contacts_resolve:
 * @schema: the fields of the workspace
 * @type: contact or account
 * @place: "page" or "new"
 *
 * Returns: (transfer full) (element-type KontorLayoutPart): the fields that stand there; as long as
 *   @schema lives
 */
GPtrArray *
kontor_contacts_resolve (KontorSchema *schema, const KontorRecordType *type, const char *place)
{
  g_autoptr(KontorLayout) usual = kontor_contacts_usual_layout (type, place);

  return kontor_layout_resolve (kontor_schema_get_layout (schema, type, place),
                                usual,
                                schema,
                                type,
                                g_str_equal (place, KONTOR_LAYOUT_PAGE)
                                  ? KONTOR_LAYOUT_ADD_CUSTOM
                                  : KONTOR_LAYOUT_ADD_REQUIRED);
}

const KontorLayoutSpec kontor_contacts_layouts[] = {
  { .type = &kontor_contact_type, .usual = kontor_contacts_usual_layout },
  { .type = &kontor_account_type, .usual = kontor_contacts_usual_layout },
};

const guint kontor_n_contacts_layouts = G_N_ELEMENTS (kontor_contacts_layouts);
