/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the built kontorctl as a child and keeps what it said. */
#include "config.h"

#include "cli-fixture.h"
#include <string.h>

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  kontor_test_dir_set_up (&fixture->dir);
  fixture->workspace = kontor_test_dir_path (&fixture->dir, "w.kontor");
}

void
fixture_set_up_init (Fixture *fixture, gconstpointer data)
{
  fixture_set_up (fixture, data);
  fixture_ask (fixture, "init", "--country", "DE", "--currency", "EUR", NULL);
}

static void
clear_run (Fixture *fixture)
{
  g_clear_pointer (&fixture->out, g_free);
  g_clear_pointer (&fixture->err, g_free);
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  clear_run (fixture);
  g_clear_pointer (&fixture->workspace, g_free);
  kontor_test_dir_tear_down (&fixture->dir);
}

static GSubprocess *
spawn (Fixture *fixture, GSubprocessFlags flags, GPtrArray *arguments)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr(GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_setenv (launcher, "KONTOR_WORKSPACE", fixture->workspace, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments->pdata, &error);
  g_assert_no_error (error);
  return process;
}

static GPtrArray *
collect (va_list args)
{
  GPtrArray *arguments = g_ptr_array_new ();
  const char *argument;

  g_ptr_array_add (arguments, (gpointer) g_getenv ("KONTORCTL"));
  while ((argument = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (arguments, (gpointer) argument);
  g_ptr_array_add (arguments, NULL);
  return arguments;
}

static int
run (Fixture *fixture, const char *input, GPtrArray *arguments)
{
  GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE |
                           (input != NULL ? G_SUBPROCESS_FLAGS_STDIN_PIPE : 0);
  g_autoptr(GSubprocess) process = spawn (fixture, flags, arguments);
  g_autoptr(GError) error = NULL;

  clear_run (fixture);
  g_subprocess_communicate_utf8 (process, input, NULL, &fixture->out, &fixture->err, &error);
  g_assert_no_error (error);
  /* a crash is never an answer */
  g_assert_true (g_subprocess_get_if_exited (process));
  fixture->status = g_subprocess_get_exit_status (process);
  g_ptr_array_unref (arguments);
  return fixture->status;
}

int
fixture_run (Fixture *fixture, ...)
{
  va_list args;
  GPtrArray *arguments;

  va_start (args, fixture);
  arguments = collect (args);
  va_end (args);
  return run (fixture, NULL, arguments);
}

int
fixture_run_input (Fixture *fixture, const char *input, ...)
{
  va_list args;
  GPtrArray *arguments;

  va_start (args, input);
  arguments = collect (args);
  va_end (args);
  return run (fixture, input, arguments);
}

const char *
fixture_ask (Fixture *fixture, ...)
{
  va_list args;
  GPtrArray *arguments;

  va_start (args, fixture);
  arguments = collect (args);
  va_end (args);
  run (fixture, NULL, arguments);
  fixture_assert_status (fixture, 0);
  g_assert_cmpstr (fixture->err, ==, "");
  return fixture->out;
}

GSubprocess *
fixture_spawn (Fixture *fixture, GSubprocessFlags flags, ...)
{
  va_list args;
  g_autoptr(GPtrArray) arguments = NULL;

  va_start (args, flags);
  arguments = collect (args);
  va_end (args);
  return spawn (fixture, flags, arguments);
}

char *
fixture_write (Fixture *fixture, const char *name, const char *text)
{
  char *path = kontor_test_dir_path (&fixture->dir, name);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}
