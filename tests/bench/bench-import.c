/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An import, as kontorctl runs it, over the slow disk. The whole process is what is measured.
 *
 *   bench-import FILE.csv NEW-WORKSPACE */
#include "config.h"

#include "bench-clock.h"
#include "bench-disk.h"
#include "kontor-db-private.h"
#include "kontor-import-job.h"
#include "kontor-model.h"

static KontorImportResult *
import (KontorWorkspace *workspace, const char *path, GError **error)
{
  g_autoptr(KontorImportSource) source = kontor_import_source_new_for_path (path, NULL, error);
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (workspace);
  g_autoptr(KontorImportOptions) options = kontor_import_options_new ();
  KontorInspectHints hints = { 0 };
  g_autoptr(KontorInspection) inspection = NULL;
  g_autoptr(KontorImportMap) map = NULL;
  g_autoptr(KontorImportJob) job = NULL;

  if (source == NULL || !(inspection = kontor_inspect (source, schema, &hints, NULL, error)))
    return NULL;
  map = kontor_import_map_guess (schema, &kontor_contact_type, inspection);
  job = kontor_import_job_new (workspace, source, inspection, map, options);
  return kontor_import_job_run (job, NULL, NULL, NULL, error);
}

int
main (int argc, char **argv)
{
  const KontorInit init = { .name = "Bench",
                            .user_name = "Bench",
                            .country = "DE",
                            .currency = "EUR" };
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorWorkspace) workspace = NULL;
  g_autoptr(KontorImportResult) result = NULL;

  g_set_prgname ("bench-import");
  if (argc != 3)
    bench_fail ("usage: bench-import FILE.csv NEW-WORKSPACE", NULL);
  kontor_model_init ();
  bench_disk_install ();
  kontor_store_set_vfs_for_testing (BENCH_DISK);
  workspace = kontor_workspace_create (argv[2], &init, NULL, &error);
  if (workspace == NULL)
    bench_fail ("create", error);
  result = import (workspace, argv[1], &error);
  if (result == NULL)
    bench_fail ("import", error);
  if (!kontor_workspace_close (workspace, &error))
    bench_fail ("close", error);
  bench_tell ("rows", (double) kontor_import_report_get_counts (result->report)->created);
  bench_tell ("failed", (double) kontor_import_report_get_counts (result->report)->failed);
  bench_tell ("cpu_s", (double) bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID) / 1e9);
  return 0;
}
