/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a field of a record type is: the row of the tables everything generic derives from. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KontorFieldKind:
 *
 * What a field means. How it is stored follows from it (kontor_field_kind_storage()).
 */
typedef enum
{
  KONTOR_FIELD_TEXT,      /* one line */
  KONTOR_FIELD_LONG_TEXT, /* Markdown */
  KONTOR_FIELD_NAME,      /* name of a person or thing: titles, word index */
  KONTOR_FIELD_PHONE,
  KONTOR_FIELD_MAIL,
  KONTOR_FIELD_ADDRESS, /* street lines */
  KONTOR_FIELD_COUNTRY, /* ISO 3166-1 alpha-2 */
  KONTOR_FIELD_WEB,
  KONTOR_FIELD_INTEGER,
  KONTOR_FIELD_DECIMAL,   /* integer scaled by 10^scale */
  KONTOR_FIELD_MONEY,     /* minor units; currency in the companion field */
  KONTOR_FIELD_CURRENCY,  /* ISO 4217 */
  KONTOR_FIELD_PERCENT,   /* hundredths of a percent */
  KONTOR_FIELD_BOOLEAN,   /* 0 or 1 */
  KONTOR_FIELD_DATE,      /* "YYYY-MM-DD" */
  KONTOR_FIELD_INSTANT,   /* ms since 1970, UTC */
  KONTOR_FIELD_WALL_TIME, /* "YYYY-MM-DDTHH:MM:SS", zone in the companion field */
  KONTOR_FIELD_ZONE,      /* IANA name */
  KONTOR_FIELD_DURATION,  /* seconds */
  KONTOR_FIELD_CHOICE,    /* one of .choices: states a program branches on */
  KONTOR_FIELD_PICK,      /* code of a pick_list record of list .pick */
  KONTOR_FIELD_LINK,      /* id of a record of type .target */
  KONTOR_FIELD_LINK_ANY,  /* id of a record whose type stands in the companion field */
  KONTOR_FIELD_TYPE,      /* name of a record type */
  KONTOR_FIELD_FILE,      /* content hash, BLAKE2b-256 in hex */
  KONTOR_FIELD_JSON,
  KONTOR_FIELD_TAGS, /* virtual: the tag_link rows of the record */
  KONTOR_FIELD_N_KINDS
} KontorFieldKind;

typedef enum
{
  KONTOR_STORAGE_NONE, /* virtual: no column */
  KONTOR_STORAGE_INTEGER,
  KONTOR_STORAGE_TEXT,
  KONTOR_STORAGE_ID,
} KontorStorage;

typedef enum
{
  KONTOR_FIELD_FLAG_NONE = 0,
  KONTOR_FIELD_REQUIRED = 1 << 0,
  KONTOR_FIELD_INDEXED = 1 << 1,     /* an index serves sorting and equality */
  KONTOR_FIELD_SEARCHED = 1 << 2,    /* goes into the search document */
  KONTOR_FIELD_IN_LIST = 1 << 3,     /* offered as a list column */
  KONTOR_FIELD_SENSITIVE = 1 << 4,   /* hidden by mask 1 */
  KONTOR_FIELD_COMPUTED = 1 << 5,    /* maintained by the store, never logged */
  KONTOR_FIELD_READ_ONLY = 1 << 6,   /* set once at creation or by the store, no editor */
  KONTOR_FIELD_UNIQUE_HINT = 1 << 7, /* a key for imports; never enforced offline */
  KONTOR_FIELD_SORTED = 1 << 8,      /* text with a folded sort key column "<name>__s" beside it */
  KONTOR_FIELD_ACYCLIC = 1 << 9,     /* a link to the own type that must not form a cycle */
  KONTOR_FIELD_TITLE = 1 << 10,      /* part of what a link to the record shows */
  KONTOR_FIELD_HIDDEN = 1 << 11,     /* for programs; no form, no column, no export of CSV */
  KONTOR_FIELD_CUSTOM = 1 << 12,     /* defined by a custom_field record */
} KontorFieldFlags;

typedef enum
{
  KONTOR_MERGE_LAST, /* last writer, causality first */
  KONTOR_MERGE_COUNTER,
  KONTOR_MERGE_SET,
  KONTOR_MERGE_MIN,
} KontorMergeRule;

typedef struct
{
  const char *value;
  const char *label; /* N_() */
} KontorChoice;

/* type number << 8 | position; the positions from KONTOR_COMMON_FIRST on are the common fields */
typedef guint16 KontorFieldId;

typedef struct _KontorFieldDef KontorFieldDef;
struct _KontorFieldDef
{
  const char *name;  /* column, JSON key, property; [a-z][a-z0-9_]*; never renamed */
  const char *label; /* N_(), sentence case */
  KontorFieldKind kind;
  KontorFieldFlags flags;
  guint8 since; /* schema version that added it, from 1 */
  guint8 scale; /* decimals of KONTOR_FIELD_DECIMAL */
  KontorMergeRule merge;
  const char *target;          /* record type name of a link */
  const char *companion;       /* field with currency, zone or target type */
  const char *pick;            /* pick list name */
  const KontorChoice *choices; /* ends with a NULL value */
  gint64 min, max;             /* both 0: the kind's own limits; text: characters */
  const char *const *import;   /* aliases of import headers, lower case, NULL-terminated */
  const char *help;            /* N_(), one sentence, or NULL */
  KontorFieldId id;            /* filled in at start; custom fields: type number << 8 | 0xff */
  guint8 index;                /* position in kontor_record_type_get_fields(); custom: 0xff */
};

KontorStorage kontor_field_kind_storage (KontorFieldKind kind);
const char *kontor_field_kind_name (KontorFieldKind kind);
gboolean kontor_field_kind_from_name (const char *name, KontorFieldKind *kind);
gboolean kontor_field_kind_is_text (KontorFieldKind kind);

const char *kontor_field_get_label (const KontorFieldDef *field);
const char *kontor_field_choice_label (const KontorFieldDef *field, const char *value);
gboolean kontor_field_is_editable (const KontorFieldDef *field);
gint64 kontor_field_max_length (const KontorFieldDef *field);

G_END_DECLS
