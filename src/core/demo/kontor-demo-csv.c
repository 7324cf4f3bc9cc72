/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo's people as a CSV file of 20 columns, of any size: what the import is measured with. */
#include "config.h"

#include "kontor-date.h"
#include "kontor-demo-private.h"
#include <string.h>

#define STREAM_CSV (G_GUINT64_CONSTANT (3) << 60)
#define CHUNK (256 * 1024)
#define PROGRESS_ROWS 5000

static const char header[] =
  "first_name,last_name,organisation,position,department,phone,mobile,email,street,city,region,"
  "postcode,country,birth_date,language,source,website,notes,tags,number\r\n";

typedef struct
{
  const KontorDemoOptions *options;
  GOutputStream *stream;
  GString *out;
  const char *today;
  guint64 n_rows;
} Csv;

static void
append_cell (GString *out, const char *text, gboolean last)
{
  if (text != NULL && strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (out, text);
    }
  else if (text != NULL)
    {
      g_string_append_c (out, '"');
      for (const char *p = text; *p != '\0'; p++)
        {
          if (*p == '"')
            g_string_append_c (out, '"');
          g_string_append_c (out, *p);
        }
      g_string_append_c (out, '"');
    }
  if (last)
    g_string_append (out, "\r\n");
  else
    g_string_append_c (out, ',');
}

static void
append_tags (GString *out, const KontorDemoData *data, KontorDemoRandom *random)
{
  gboolean first = TRUE;

  for (guint i = 0; data->tags[i].name != NULL; i++)
    if (kontor_demo_random_chance (random, data->tags[i].percent))
      {
        if (!first)
          g_string_append_c (out, ';');
        first = FALSE;
        g_string_append (out, data->tags[i].name);
      }
}

static const KontorDemoPosition *
pick_position (const KontorDemoData *data, KontorDemoRandom *random)
{
  guint n = 0;

  while (data->positions[n].title != NULL)
    n++;
  return &data->positions[kontor_demo_random_below (random, n)];
}

static void
append_person (Csv *csv,
               const KontorDemoCompany *company,
               const KontorDemoPlace *place,
               const KontorDemoData *data,
               KontorDemoRandom *random)
{
  static const char *const sources[] = { "website", "fair", "recommendation", "call", NULL };
  const KontorDemoPosition *position = pick_position (data, random);
  GString *out = csv->out;
  KontorDemoPerson person = { 0 };
  char birth[32], number[32];

  kontor_demo_person_init (&person,
                           data,
                           place->country,
                           company != NULL ? company->domain : NULL,
                           random);
  append_cell (out, person.first, FALSE);
  append_cell (out, person.last, FALSE);
  append_cell (out, company != NULL ? company->name : NULL, FALSE);
  append_cell (out, company != NULL ? position->title : NULL, FALSE);
  append_cell (out, company != NULL ? position->department : NULL, FALSE);
  kontor_demo_random_pattern (random, out, place->city->phone);
  g_string_append_c (out, ',');
  append_cell (out, person.mobile, FALSE);
  append_cell (out, person.mail, FALSE);
  append_cell (out, place->street, FALSE);
  append_cell (out, place->city->name, FALSE);
  append_cell (out, place->city->region, FALSE);
  append_cell (out, place->postcode, FALSE);
  append_cell (out, place->country->code, FALSE);
  g_snprintf (birth,
              sizeof birth,
              "%04d-%02d-%02d",
              kontor_demo_random_between (random, 1950, 2004),
              kontor_demo_random_between (random, 1, 12),
              kontor_demo_random_between (random, 1, 28));
  append_cell (out, birth, FALSE);
  append_cell (out, place->country->language, FALSE);
  append_cell (out, kontor_demo_random_pick (random, sources), FALSE);
  if (company != NULL)
    g_string_append_printf (out, "https://www.%s", company->domain);
  g_string_append_c (out, ',');
  append_cell (out,
               kontor_demo_random_chance (random, 20)
                 ? kontor_demo_random_pick (random, data->remarks)
                 : NULL,
               FALSE);
  append_tags (out, data, random);
  g_string_append_c (out, ',');
  g_snprintf (number, sizeof number, "P-%07" G_GUINT64_FORMAT, csv->n_rows + 1);
  append_cell (out, number, TRUE);
  csv->n_rows++;
  kontor_demo_person_clear (&person);
}

static gboolean
write_chunk (Csv *csv, gboolean always, GCancellable *cancellable, GError **error)
{
  gboolean written;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!always && csv->out->len < CHUNK)
    return TRUE;
  written =
    g_output_stream_write_all (csv->stream, csv->out->str, csv->out->len, NULL, cancellable, error);
  g_string_truncate (csv->out, 0);
  return written;
}

/* The staff of one organisation; of the one behind the last: people without one. */
static gboolean
write_group (Csv *csv, guint index, GCancellable *cancellable, GError **error)
{
  const KontorDemoOptions *options = csv->options;
  const KontorDemoData *data = kontor_demo_data_for (options->language, options->seed, index);
  gboolean is_company = index < options->accounts;
  guint n = kontor_demo_count_staff (options, index);
  KontorDemoCompany company = { 0 };
  gboolean written = TRUE;

  if (n == 0)
    return TRUE;
  if (is_company)
    kontor_demo_company_init (&company, data, options->seed, index);
  for (guint i = 0; i < n && written; i++)
    {
      KontorDemoPlace home = { 0 };
      KontorDemoRandom random;

      kontor_demo_random_init (&random, options->seed, STREAM_CSV | ((guint64) index << 24) | i);
      if (!is_company)
        {
          data = kontor_demo_data_for (options->language, options->seed, i);
          kontor_demo_place_init (&home, data, &random);
        }
      append_person (csv,
                     is_company ? &company : NULL,
                     is_company ? &company.place : &home,
                     data,
                     &random);
      kontor_demo_place_clear (&home);
      written = write_chunk (csv, FALSE, cancellable, error);
    }
  kontor_demo_company_clear (&company);
  return written;
}

/**
 * kontor_demo_write_csv:
 * @stream: where the file goes; it is not closed
 * @options: how many, by which seed, in which language
 * @progress: (nullable) (scope call): told how many people are written
 * @progress_data: for @progress
 * @cancellable: (nullable): stops it
 * @error: (nullable): place for an error
 *
 * Writes @options' people, as exports of other programs look, one a line.
 *
 * Returns: whether all was written
 */
gboolean
kontor_demo_write_csv (GOutputStream *stream,
                       const KontorDemoOptions *options,
                       KontorProgress progress,
                       gpointer progress_data,
                       GCancellable *cancellable,
                       GError **error)
{
  Csv csv = { .options = options, .stream = stream };
  guint64 reported = 0;
  gboolean written = TRUE;

  if (!kontor_demo_check_options (options, error))
    return FALSE;
  csv.out = g_string_sized_new (CHUNK + 4096);
  g_string_append (csv.out, header);
  for (guint i = 0; i <= options->accounts && written; i++)
    {
      written = write_group (&csv, i, cancellable, error);
      if (progress != NULL && csv.n_rows >= reported + PROGRESS_ROWS)
        {
          reported = csv.n_rows;
          progress (csv.n_rows, options->contacts, progress_data);
        }
    }
  written = written && write_chunk (&csv, TRUE, cancellable, error);
  g_string_free (csv.out, TRUE);
  return written;
}
