/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the generator is made of: a random sequence, word lists by language, and invented people. */
#pragma once

#include "kontor-demo.h"

G_BEGIN_DECLS

/* --- Random: splitmix64, so that every person has a sequence of its own ----------------------- */

typedef struct
{
  guint64 state;
} KontorDemoRandom;

void kontor_demo_random_init (KontorDemoRandom *random, guint64 seed, guint64 stream);
guint32 kontor_demo_random_below (KontorDemoRandom *random, guint32 n);
int kontor_demo_random_between (KontorDemoRandom *random, int low, int high);
gboolean kontor_demo_random_chance (KontorDemoRandom *random, guint percent);
const char *kontor_demo_random_pick (KontorDemoRandom *random, const char *const *list);
void kontor_demo_random_pattern (KontorDemoRandom *random, GString *out, const char *pattern);

/* --- Word lists: static, NULL-terminated --------------------------------------------------------
 */

typedef struct
{
  const char *name;
  const char *region;
  const char *postcode; /* '#' a digit, '@' a capital */
  const char *phone;
} KontorDemoCity;

typedef struct
{
  const char *const *male;
  const char *const *female;
  const char *const *last;
  const char *const *male_middle; /* (nullable): patronyms, the same place in both lists */
  const char *const *female_middle;
  gboolean last_has_gender; /* Иванов, Иванова */
} KontorDemoNames;

typedef struct
{
  const char *code;
  const char *language;
  guint weight;
  const char *mobile;
  const char *const *streets; /* '#' a house number */
  const char *const *legal_forms;
  const KontorDemoNames *names;
  const KontorDemoCity *cities; /* ends with a NULL name */
} KontorDemoCountry;

typedef struct
{
  const char *title;
  const char *department;
  const char *role; /* code of decision_role */
} KontorDemoPosition;

typedef struct
{
  const char *code; /* of the pick list industry */
  const char *const *nouns;
} KontorDemoIndustry;

typedef struct
{
  const char *subject;
  const char *text; /* (nullable) */
} KontorDemoText;

typedef struct
{
  const char *name;
  const char *color;
  guint percent; /* of the people who have it */
} KontorDemoTag;

typedef struct
{
  const char *name;
  const char *query;
  const char *columns;
} KontorDemoView;

typedef struct
{
  const char *name;
  const char *manager; /* NULL: the head; else a position above */
  guint unit;          /* of .units */
  guint team;          /* of .teams, plus one; 0 none */
  gboolean sells;      /* owns people and organisations */
} KontorDemoJob;

typedef struct
{
  const char *language;
  gboolean last_name_first;
  const KontorDemoCountry *countries; /* ends with a NULL code */
  const KontorDemoIndustry *industries;
  const char *const *company_words;
  const char *const *company_pattern; /* a word and a noun; two words and a noun */
  const KontorDemoPosition *positions;
  const char *const *units; /* the first is the whole company */
  const char *const *teams;
  const KontorDemoJob *jobs;
  const KontorDemoTag *tags;
  const KontorDemoText *notes;
  const KontorDemoText *calls;
  const KontorDemoText *tasks;
  const KontorDemoText *needs;
  const char *const *remarks; /* notes of a person */
  const KontorDemoView *views;
  const char *consent_source;
} KontorDemoData;

extern const KontorDemoData kontor_demo_data_en;
extern const KontorDemoData kontor_demo_data_ru;

/* --- Invented people and organisations ----------------------------------------------------------
 */

typedef struct
{
  const KontorDemoCountry *country;
  const KontorDemoCity *city;
  char *street;
  char *postcode;
} KontorDemoPlace;

typedef struct
{
  const KontorDemoData *data;
  KontorDemoPlace place;
  const KontorDemoIndustry *industry;
  const char *legal_form;
  char *name;
  char *domain;
  char *phone;
} KontorDemoCompany;

typedef struct
{
  gboolean female;
  const char *first;
  const char *middle; /* (nullable) */
  char *last;
  char *name;
  char *mail;
  char *mobile;
} KontorDemoPerson;

void kontor_demo_company_init (KontorDemoCompany *company,
                               const KontorDemoData *data,
                               guint64 seed,
                               guint index);
void kontor_demo_company_clear (KontorDemoCompany *company);
void kontor_demo_place_init (KontorDemoPlace *place,
                             const KontorDemoData *data,
                             KontorDemoRandom *random);
void kontor_demo_place_clear (KontorDemoPlace *place);
void kontor_demo_person_init (KontorDemoPerson *person,
                              const KontorDemoData *data,
                              const KontorDemoCountry *country,
                              const char *domain,
                              KontorDemoRandom *random);
void kontor_demo_person_clear (KontorDemoPerson *person);
char *kontor_demo_dup_slug (const char *text, char separator);

const KontorDemoData *kontor_demo_data_for (const char *language, guint64 seed, guint index);
gboolean kontor_demo_check_options (const KontorDemoOptions *options, GError **error);
guint kontor_demo_count_staff (const KontorDemoOptions *options, guint account);

/* --- A filling under way -------------------------------------------------------------------------
 */

typedef struct
{
  const KontorDemoOptions *options;
  const KontorDemoData *data; /* of the own office */
  KontorWorkspace *workspace;
  KontorSchema *schema;
  KontorEnv *env; /* ids */
  KontorId user;
  gint64 now;
  char *today;

  GCancellable *cancellable;
  KontorProgress progress;
  gpointer progress_data;

  KontorLongStep *step;
  KontorStep *part;
  guint64 n_done;

  GArray *units;     /* (element-type KontorId) */
  GArray *teams;     /* (element-type KontorId) */
  GArray *employees; /* (element-type KontorId), in the order of the jobs */
  GArray *sellers;   /* (element-type guint): positions in @employees */
  GArray *tags;      /* (element-type KontorId) */
  GArray *samples;   /* (element-type KontorId): contacts to be changed and trashed afterwards */
  KontorId last_account;
} KontorDemoFill;

KontorRecord *kontor_demo_new_record (KontorDemoFill *fill, const KontorRecordType *type);
KontorId kontor_demo_add (KontorDemoFill *fill, KontorRecord *record); /* takes it */
gboolean kontor_demo_flush (KontorDemoFill *fill, gboolean always, GError **error);
void kontor_demo_set_pick (KontorDemoFill *fill,
                           KontorRecord *record,
                           KontorFieldId field,
                           const char *code,
                           KontorDemoRandom *random);
void kontor_demo_set_owner (KontorDemoFill *fill, KontorRecord *record, KontorDemoRandom *random);
void kontor_demo_set_created (KontorDemoFill *fill, KontorRecord *record, gint64 at);
gint64 kontor_demo_pick_time (KontorDemoFill *fill, KontorDemoRandom *random, int from, int to);
char *kontor_demo_pick_day (KontorDemoFill *fill, KontorDemoRandom *random, int from, int to);

gboolean kontor_demo_add_office (KontorDemoFill *fill, GError **error);
gboolean kontor_demo_add_parties (KontorDemoFill *fill, GError **error);
void kontor_demo_add_activities (KontorDemoFill *fill,
                                 const KontorDemoData *data,
                                 const KontorId *account,
                                 const KontorId *contact,
                                 KontorDemoRandom *random);
void kontor_demo_add_extras (KontorDemoFill *fill,
                             const KontorDemoData *data,
                             const KontorRecordType *type,
                             const KontorId *party,
                             KontorDemoRandom *random);

G_END_DECLS
