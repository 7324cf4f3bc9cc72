/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON lines on their way into the workspace. The file is read first to see which of its records
 * are good, where links may lead to records further down; then it is written. */
#pragma once

#include "kontor-import-run-private.h"
#include "kontor-line-reader.h"
#include "kontor-match.h"

G_BEGIN_DECLS

typedef enum
{
  KONTOR_LINE_OF_RECORD = 1 << 0,
  KONTOR_LINE_FAULTY = 1 << 1,
  KONTOR_LINE_KNOWN = 1 << 2,   /* its record is in the workspace */
  KONTOR_LINE_AWAITED = 1 << 3, /* a link further up leads to it */
} KontorLineFlags;

/* What is kept of each line. */
typedef struct
{
  KontorId id;
  guint64 number;
  guint8 type;
  guint8 flags;
} KontorLineEntry;

typedef struct _KontorLineIndex KontorLineIndex;

KontorLineIndex *kontor_line_index_new (void);
void kontor_line_index_free (KontorLineIndex *self);
guint kontor_line_index_add (KontorLineIndex *self, const KontorLineEntry *entry, gboolean *is_new);
KontorLineEntry *kontor_line_index_find (KontorLineIndex *self, const KontorId *id);
KontorLineEntry *kontor_line_index_nth (KontorLineIndex *self, guint i);
guint kontor_line_index_get_size (KontorLineIndex *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorLineIndex, kontor_line_index_free)

/* kontor-import-lines-check.c: one record against the rest of the file and the workspace */
typedef struct
{
  KontorImportRun *run;
  KontorSchema *schema; /* owned: with the fields and lists the file brings */
  KontorMatch *match;
  KontorLineIndex *index;
  GArray *open;       /* (element-type KontorOpenLink): links that lead nowhere yet */
  GArray *chains;     /* (element-type KontorOpenLink): links that must not go in circles */
  GHashTable *faults; /* entry + 1 → (owned) GError, to be told with the text of its line */
  gboolean shuffled;  /* children stand before their owners, or definitions behind their use */
} KontorImportLines;

typedef struct
{
  guint from; /* entry */
  const KontorFieldDef *field;
  const KontorRecordType *target;
  KontorId to;
} KontorOpenLink;

gboolean kontor_import_lines_survey (KontorImportLines *self, GError **error);
gboolean
kontor_import_lines_check_record (KontorImportLines *self, KontorRecord *record, GError **error);
guint kontor_import_lines_get_rank (const KontorRecordType *type);
KontorRecord *kontor_import_lines_parse (KontorImportLines *self,
                                         const char *text,
                                         gsize length,
                                         gboolean *trashed,
                                         GError **error);
void kontor_import_lines_refuse (KontorImportLines *self,
                                 GError *error,
                                 guint64 number,
                                 const char *text);
gboolean kontor_import_lines_find_known (KontorImportLines *self,
                                         const KontorRecordType *type,
                                         const KontorId *id,
                                         gboolean *known,
                                         GError **error);

/* kontor-import-lines-define.c */
gboolean kontor_import_lines_is_definition (const KontorRecordType *type);
void kontor_import_lines_define (KontorImportLines *self, const KontorLine *line);

/* kontor-import-lines-settle.c */
gboolean kontor_import_lines_fail_link (const KontorFieldDef *field,
                                        const KontorId *to,
                                        const char *message,
                                        GError **error);
gboolean kontor_import_lines_fail_line (const KontorFieldDef *field,
                                        const KontorId *to,
                                        guint64 number,
                                        GError **error);
gboolean kontor_import_lines_settle_links (KontorImportLines *self, gboolean *any, GError **error);
gboolean kontor_import_lines_refuse_circles (KontorImportLines *self);

/* kontor-import-lines-write.c */
gboolean kontor_import_lines_write (KontorImportLines *self, GError **error);

G_END_DECLS
