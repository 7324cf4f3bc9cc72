/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may do what: one pure function, used by the store to enforce and by the app to hide. */
#pragma once

#include "kontor-record-type.h"

G_BEGIN_DECLS

typedef enum
{
  KONTOR_RIGHT_READ = 1 << 0,
  KONTOR_RIGHT_WRITE = 1 << 2,
  KONTOR_RIGHT_DELETE = 1 << 3,
  KONTOR_RIGHT_SHARE = 1 << 4,
  KONTOR_RIGHT_EXPORT = 1 << 5,
} KontorRights;

#define KONTOR_RIGHTS_ALL                                                              \
  (KONTOR_RIGHT_READ | KONTOR_RIGHT_WRITE | KONTOR_RIGHT_DELETE | KONTOR_RIGHT_SHARE | \
   KONTOR_RIGHT_EXPORT)
#define KONTOR_RIGHTS_MASK_SHIFT 8

typedef enum
{
  KONTOR_MASK_ALL,          /* all fields */
  KONTOR_MASK_NO_SENSITIVE, /* without sensitive fields */
  KONTOR_MASK_BUSY,         /* busy only */
} KontorMask;

/* A user's rights: one word a class (rights | mask << KONTOR_RIGHTS_MASK_SHIFT). */
typedef struct
{
  guint32 classes[KONTOR_N_ACCESS_CLASSES];
} KontorAccess;

void kontor_access_init_all (KontorAccess *access);
gboolean kontor_access_can (const KontorAccess *access,
                            const KontorRecordType *type,
                            const KontorFieldDef *field,
                            KontorRights right);
gboolean kontor_access_parse (const char *json, KontorAccess *access, GError **error);
char *kontor_access_to_json (const KontorAccess *access);

G_END_DECLS
