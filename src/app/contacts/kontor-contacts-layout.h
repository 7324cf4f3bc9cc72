/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the Contacts area shows where: views, columns, fields of pages. Tables of field ids. */
#pragma once

#include "kontor-child-section.h"
#include "kontor-layout-spec.h"
#include "kontor-list-spec.h"

G_BEGIN_DECLS

extern const KontorListSpec kontor_contacts_views[];
extern const guint kontor_n_contacts_views;

extern const KontorListSpec kontor_trash_views[];
extern const guint kontor_n_trash_views;

extern const KontorLayoutSpec kontor_contacts_layouts[];
extern const guint kontor_n_contacts_layouts;

KontorLayout *kontor_contacts_usual_layout (const KontorRecordType *type, const char *place);
GPtrArray *
kontor_contacts_resolve (KontorSchema *schema, const KontorRecordType *type, const char *place);
/* Usual fields of the page, in order; end with 0. */
const KontorFieldId *kontor_contacts_page_fields (const KontorRecordType *type);
/* Sections below them, in order. */
const KontorChildSpec *const *kontor_contacts_page_sections (const KontorRecordType *type);

char *kontor_contacts_summarize_address (KontorSession *session, KontorRecord *address);

G_END_DECLS
