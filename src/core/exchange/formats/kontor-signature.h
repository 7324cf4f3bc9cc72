/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines below a mail: who wrote it, and how to reach them. A guess, to be looked at by a
 * person. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A text with more is no signature. */
#define KONTOR_SIGNATURE_MAX_BYTES 8192
#define KONTOR_SIGNATURE_MAX_LINES 40

/**
 * KontorSignature:
 * @name: of the person
 * @position: (nullable)
 * @company: (nullable)
 * @phone: (nullable): the first number that is no mobile one, else what there is
 * @mobile: (nullable)
 * @fax: (nullable)
 * @mail: (nullable)
 * @web: (nullable)
 * @street: (nullable)
 * @postcode: (nullable)
 * @city: (nullable)
 */
typedef struct
{
  char *name;
  char *position;
  char *company;
  char *phone;
  char *mobile;
  char *fax;
  char *mail;
  char *web;
  char *street;
  char *postcode;
  char *city;
} KontorSignature;

KontorSignature *kontor_signature_parse (const char *text);
void kontor_signature_free (KontorSignature *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorSignature, kontor_signature_free)

G_END_DECLS
