/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the verbs of kontorctl share: options, the open workspace, output, progress and errors. */
#pragma once

#include "kontor-error.h"
#include "kontor-model.h"
#include "kontor-query.h"
#include "kontor-workspace.h"

G_BEGIN_DECLS

#define KONTOR_CLI_ERROR (kontor_cli_error_quark ())
GQuark kontor_cli_error_quark (void);

/* Exit statuses of its own; the others come from kontor_error_exit_status(). */
enum
{
  KONTOR_CLI_OK = 0,
  KONTOR_CLI_NOT_ALL = 1,
  KONTOR_CLI_USAGE = 2,
  KONTOR_CLI_INTERRUPTED = 130,
};

typedef enum
{
  KONTOR_CLI_TABLE,
  KONTOR_CLI_JSON,
  KONTOR_CLI_CSV,
} KontorCliFormat;

typedef enum
{
  KONTOR_CLI_NO_OPTIONS = 0,
  KONTOR_CLI_TAKES_WORKSPACE = 1 << 0, /* --workspace FILE */
  KONTOR_CLI_TAKES_FORMAT = 1 << 1,    /* --format table|json|csv */
  KONTOR_CLI_TAKES_FILES = 1 << 2,     /* arguments may be names that are not UTF-8 */
} KontorCliFlags;

typedef struct _KontorCli KontorCli;

/* A verb; its file is kontor-cmd-<name>.c. */
typedef struct
{
  const char *name;
  const char *arguments;   /* N_(), or NULL: what stands after the options */
  const char *summary;     /* N_(): one line of the help */
  const char *description; /* N_(), or NULL: below the options of its own help */
  int (*run) (KontorCli *cli);
} KontorCliVerb;

struct _KontorCli
{
  const KontorCliVerb *verb;
  char **args; /* the command line behind the verb; after kontor_cli_parse() without options */
  guint n_args;
  int status;
  GCancellable *cancellable;

  char *workspace_path;
  char *format_name;
  KontorCliFormat format;
  KontorWorkspace *workspace;
  KontorSchema *schema;

  GString *output;
  int output_fd;          /* standard output, or the file being exported */
  gboolean output_closed; /* nobody reads any more: end without a word */
  gboolean progress_shown;
  const char *progress_label;
};

/* Of the command as a whole (kontor-cli.c). */
const KontorCliVerb *const *kontor_cli_get_verbs (void); /* ends with NULL */
const KontorCliVerb *kontor_cli_find_verb (const char *name);
const char *kontor_cli_find_nearest (const char *text, const char *const *words);
void kontor_cli_watch_signals (GCancellable *cancellable);
int kontor_cli_run (const KontorCliVerb *verb, char **args, GCancellable *cancellable);

/* Of one run. */
gboolean kontor_cli_parse (KontorCli *cli,
                           KontorCliFlags flags,
                           const GOptionEntry *entries,
                           guint min_args,
                           guint max_args);
gboolean kontor_cli_open (KontorCli *cli, KontorOpenFlags flags);
char *kontor_cli_dup_workspace_path (KontorCli *cli);
int kontor_cli_fail (KontorCli *cli, const GError *error);
int kontor_cli_fail_usage (KontorCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
void kontor_cli_warn (KontorCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Output (kontor-cli-output.c). */
gboolean kontor_cli_print (KontorCli *cli, const char *text);
gboolean kontor_cli_printf (KontorCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean kontor_cli_flush (KontorCli *cli);
gboolean kontor_cli_write_file (const char *path, const char *text, gsize length, GError **error);
void kontor_cli_begin_progress (KontorCli *cli, const char *label);
void kontor_cli_show_progress (guint64 done, guint64 total, gpointer cli);
void kontor_cli_end_progress (KontorCli *cli);

typedef struct _KontorCliTable KontorCliTable;
typedef enum
{
  KONTOR_CLI_LEFT,
  KONTOR_CLI_RIGHT,
} KontorCliAlign;

KontorCliTable *kontor_cli_table_new (KontorCli *cli);
void kontor_cli_table_add_column (KontorCliTable *table,
                                  const char *name,
                                  const char *label,
                                  KontorCliAlign align);
void kontor_cli_table_add_text (KontorCliTable *table, const char *text);
void kontor_cli_table_add_number (KontorCliTable *table, gint64 number);
void kontor_cli_table_add_json (KontorCliTable *table, const char *text, const char *json);
gboolean kontor_cli_table_end_row (KontorCliTable *table);
guint64 kontor_cli_table_get_n_rows (KontorCliTable *table);
void kontor_cli_table_finish (KontorCliTable *table);

/* Records (kontor-cli-records.c). */
const KontorRecordType *kontor_cli_find_type (KontorCli *cli, const char *name);
gboolean kontor_cli_resolve (KontorCli *cli,
                             const KontorRecordType *type,
                             const char *text,
                             KontorQueryScope scope,
                             KontorId *id,
                             GError **error);
GPtrArray *kontor_cli_parse_columns (KontorCli *cli,
                                     const KontorRecordType *type,
                                     const char *text,
                                     GError **error);
gboolean
kontor_cli_parse_sort (KontorCli *cli, KontorQuery *query, const char *text, GError **error);
KontorQuery *kontor_cli_build_query (KontorCli *cli,
                                     const KontorRecordType *type,
                                     const char *where,
                                     const char *search,
                                     GError **error);
GPtrArray *kontor_cli_get_default_columns (KontorCli *cli, const KontorRecordType *type);
char *kontor_cli_dup_value (KontorCli *cli, KontorRecord *record, const KontorFieldDef *field);
char *kontor_cli_dup_tags (KontorCli *cli, KontorRecord *record, gboolean json);
void kontor_cli_append_json_value (KontorCli *cli,
                                   GString *out,
                                   KontorRecord *record,
                                   const KontorFieldDef *field);
void kontor_cli_append_json_link (GString *out, const KontorId *id, const char *title);
void kontor_cli_table_add_record (KontorCliTable *table,
                                  KontorCli *cli,
                                  KontorRecord *record,
                                  GPtrArray *columns);
int kontor_cli_report_rest (KontorCli *cli, const KontorCommit *commit);

/* field=value (kontor-cli-assign.c): new records and changes of old ones, as steps. */
gboolean kontor_cli_assign_new (KontorCli *cli,
                                KontorStep *step,
                                const KontorRecordType *type,
                                char **assignments,
                                KontorId *id,
                                GError **error);
gboolean kontor_cli_assign_change (KontorCli *cli,
                                   KontorStep *step,
                                   const KontorRecordType *type,
                                   const KontorId *id,
                                   char **assignments,
                                   GError **error);

extern const KontorCliVerb kontor_cmd_add;
extern const KontorCliVerb kontor_cmd_backup;
extern const KontorCliVerb kontor_cmd_check;
extern const KontorCliVerb kontor_cmd_delete;
extern const KontorCliVerb kontor_cmd_demo;
extern const KontorCliVerb kontor_cmd_export;
extern const KontorCliVerb kontor_cmd_history;
extern const KontorCliVerb kontor_cmd_import;
extern const KontorCliVerb kontor_cmd_init;
extern const KontorCliVerb kontor_cmd_list;
extern const KontorCliVerb kontor_cmd_redo;
extern const KontorCliVerb kontor_cmd_restore;
extern const KontorCliVerb kontor_cmd_schema;
extern const KontorCliVerb kontor_cmd_search;
extern const KontorCliVerb kontor_cmd_set;
extern const KontorCliVerb kontor_cmd_show;
extern const KontorCliVerb kontor_cmd_sql;
extern const KontorCliVerb kontor_cmd_undo;

G_END_DECLS
