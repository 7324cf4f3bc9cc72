/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The linker puts these functions in the place of GLib's and GTK's (-Wl,--wrap), in Kontor's code
 * only: what it hands over to be called is called between two looks at the clock. A callback within
 * another is part of that one. Signals are timed as closures, whatever their arguments are. */
#include "config.h"

#include "bench-calls.h"

#include "bench-clock.h"
#include <dlfcn.h>
#include <gtk/gtk.h>

static struct
{
  GThread *main; /* the first thread that asks */
  guint depth;
  gint64 begun_ns;
  gint64 longest_ns;
  GCallback longest;
  guint64 n;
} calls;

/**
 * bench_calls_reset:
 *
 * Begins anew, on the thread whose callbacks count.
 */
void
bench_calls_reset (void)
{
  calls.main = g_thread_self ();
  calls.longest_ns = 0;
  calls.longest = NULL;
  calls.n = 0;
}

/* As addr2line takes it; a program's own functions have no names at run time. */
static char *
name_function (GCallback function)
{
  gsize address = (gsize) function;
  Dl_info info = { 0 };

  if (address == 0 || dladdr ((gconstpointer) address, &info) == 0)
    return NULL;
  if (info.dli_sname != NULL)
    return g_strdup (info.dli_sname);
  return g_strdup_printf ("0x%" G_GSIZE_MODIFIER "x", address - (gsize) info.dli_fbase);
}

/**
 * bench_calls_get_longest:
 * @name: (out) (transfer full) (nullable): the function
 *
 * Returns: the longest callback so far, in ms
 */
double
bench_calls_get_longest (char **name)
{
  *name = name_function (calls.longest);
  return (double) calls.longest_ns / 1e6;
}

/**
 * bench_calls_get_count:
 *
 * Returns: how many there were
 */
guint64
bench_calls_get_count (void)
{
  return calls.n;
}

static gboolean
begin (void)
{
  if (g_thread_self () != calls.main)
    return FALSE;
  if (calls.depth++ == 0)
    calls.begun_ns = bench_cpu_ns (CLOCK_THREAD_CPUTIME_ID);
  return TRUE;
}

static void
end (GCallback function)
{
  gint64 took;

  if (--calls.depth > 0)
    return;
  took = bench_cpu_ns (CLOCK_THREAD_CPUTIME_ID) - calls.begun_ns;
  calls.n++;
  if (took <= calls.longest_ns)
    return;
  calls.longest_ns = took;
  calls.longest = function;
}

/* --- Sources ---------------------------------------------------------------------------------- */

typedef struct
{
  GSourceFunc function;
  gpointer data;
  GDestroyNotify destroy;
} Timed;

static Timed *
timed_new (GSourceFunc function, gpointer data, GDestroyNotify destroy)
{
  Timed *timed = g_new0 (Timed, 1);

  timed->function = function;
  timed->data = data;
  timed->destroy = destroy;
  return timed;
}

static void
timed_free (gpointer data)
{
  Timed *timed = data;

  if (timed->destroy != NULL)
    timed->destroy (timed->data);
  g_free (timed);
}

static gboolean
run_timed (gpointer data)
{
  Timed *timed = data;
  GSourceFunc function = timed->function;
  gboolean counted = begin ();
  gboolean again = function (timed->data);

  if (counted)
    end (G_CALLBACK (function));
  return again;
}

guint __wrap_g_idle_add (GSourceFunc function, gpointer data);
guint
__wrap_g_idle_add_full (int priority, GSourceFunc function, gpointer data, GDestroyNotify destroy);
guint __wrap_g_timeout_add (guint interval, GSourceFunc function, gpointer data);
void __real_g_source_set_callback (GSource *source,
                                   GSourceFunc function,
                                   gpointer data,
                                   GDestroyNotify destroy);
void __wrap_g_source_set_callback (GSource *source,
                                   GSourceFunc function,
                                   gpointer data,
                                   GDestroyNotify destroy);

guint
__wrap_g_idle_add (GSourceFunc function, gpointer data)
{
  return __wrap_g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, function, data, NULL);
}

guint
__wrap_g_idle_add_full (int priority, GSourceFunc function, gpointer data, GDestroyNotify destroy)
{
  GSource *source = g_idle_source_new ();
  guint id;

  g_source_set_priority (source, priority);
  __real_g_source_set_callback (source, run_timed, timed_new (function, data, destroy), timed_free);
  id = g_source_attach (source, NULL);
  g_source_unref (source);
  return id;
}

guint
__wrap_g_timeout_add (guint interval, GSourceFunc function, gpointer data)
{
  return g_timeout_add_full (G_PRIORITY_DEFAULT,
                             interval,
                             run_timed,
                             timed_new (function, data, NULL),
                             timed_free);
}

void
__wrap_g_source_set_callback (GSource *source,
                              GSourceFunc function,
                              gpointer data,
                              GDestroyNotify destroy)
{
  __real_g_source_set_callback (source, run_timed, timed_new (function, data, destroy), timed_free);
}

/* --- Answers ---------------------------------------------------------------------------------- */

typedef struct
{
  GAsyncReadyCallback function;
  gpointer data;
} Answer;

static void
run_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;
  GAsyncReadyCallback function = answer->function;
  gboolean counted = begin ();

  function (source, result, answer->data);
  g_free (answer);
  if (counted)
    end (G_CALLBACK (function));
}

GTask *__real_g_task_new (gpointer source,
                          GCancellable *cancellable,
                          GAsyncReadyCallback function,
                          gpointer data);
GTask *__wrap_g_task_new (gpointer source,
                          GCancellable *cancellable,
                          GAsyncReadyCallback function,
                          gpointer data);

GTask *
__wrap_g_task_new (gpointer source,
                   GCancellable *cancellable,
                   GAsyncReadyCallback function,
                   gpointer data)
{
  Answer *answer;

  if (function == NULL)
    return __real_g_task_new (source, cancellable, NULL, NULL);
  answer = g_new0 (Answer, 1);
  answer->function = function;
  answer->data = data;
  return __real_g_task_new (source, cancellable, run_answer, answer);
}

/* --- Signals ---------------------------------------------------------------------------------- */

static void
marshal (GClosure *closure,
         GValue *result,
         guint n_values,
         const GValue *values,
         gpointer hint,
         gpointer data)
{
  gsize function = (gsize) ((GCClosure *) closure)->callback;
  gboolean counted = begin ();

  g_cclosure_marshal_generic (closure, result, n_values, values, hint, data);
  if (counted)
    end ((GCallback) function);
}

gulong __wrap_g_signal_connect_data (gpointer instance,
                                     const char *signal,
                                     GCallback handler,
                                     gpointer data,
                                     GClosureNotify destroy,
                                     GConnectFlags flags);
gulong __wrap_g_signal_connect_object (gpointer instance,
                                       const char *signal,
                                       GCallback handler,
                                       gpointer object,
                                       GConnectFlags flags);

gulong
__wrap_g_signal_connect_data (gpointer instance,
                              const char *signal,
                              GCallback handler,
                              gpointer data,
                              GClosureNotify destroy,
                              GConnectFlags flags)
{
  GClosure *closure = (flags & G_CONNECT_SWAPPED) != 0
                        ? g_cclosure_new_swap (handler, data, destroy)
                        : g_cclosure_new (handler, data, destroy);

  g_closure_set_marshal (closure, marshal);
  return g_signal_connect_closure (instance, signal, closure, (flags & G_CONNECT_AFTER) != 0);
}

gulong
__wrap_g_signal_connect_object (gpointer instance,
                                const char *signal,
                                GCallback handler,
                                gpointer object,
                                GConnectFlags flags)
{
  GClosure *closure;

  if (object == NULL)
    return __wrap_g_signal_connect_data (instance, signal, handler, NULL, NULL, flags);
  closure = (flags & G_CONNECT_SWAPPED) != 0 ? g_cclosure_new_object_swap (handler, object)
                                             : g_cclosure_new_object (handler, object);
  g_closure_set_marshal (closure, marshal);
  return g_signal_connect_closure (instance, signal, closure, (flags & G_CONNECT_AFTER) != 0);
}

/* --- Templates -------------------------------------------------------------------------------- */

#define BENCH_TYPE_SCOPE (bench_scope_get_type ())
G_DECLARE_FINAL_TYPE (BenchScope, bench_scope, BENCH, SCOPE, GtkBuilderCScope)

struct _BenchScope
{
  GtkBuilderCScope parent_instance;
};

static void scope_init (GtkBuilderScopeInterface *iface);

static GtkBuilderScopeInterface *parent_scope;

G_DEFINE_FINAL_TYPE_WITH_CODE (BenchScope,
                               bench_scope,
                               GTK_TYPE_BUILDER_CSCOPE,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDER_SCOPE, scope_init))

static GClosure *
create_closure (GtkBuilderScope *self,
                GtkBuilder *builder,
                const char *name,
                GtkBuilderClosureFlags flags,
                GObject *object,
                GError **error)
{
  GClosure *closure = parent_scope->create_closure (self, builder, name, flags, object, error);

  if (closure != NULL)
    g_closure_set_marshal (closure, marshal);
  return closure;
}

static void
scope_init (GtkBuilderScopeInterface *iface)
{
  parent_scope = g_type_interface_peek_parent (iface);
  iface->create_closure = create_closure;
}

static void
bench_scope_class_init (BenchScopeClass *klass)
{
}

static void
bench_scope_init (BenchScope *self)
{
}

void __real_gtk_widget_class_set_template_from_resource (GtkWidgetClass *klass, const char *path);
void __wrap_gtk_widget_class_set_template_from_resource (GtkWidgetClass *klass, const char *path);

/* Callbacks that are bound from now on go into the scope. */
void
__wrap_gtk_widget_class_set_template_from_resource (GtkWidgetClass *klass, const char *path)
{
  g_autoptr(GtkBuilderScope) scope = g_object_new (BENCH_TYPE_SCOPE, NULL);

  __real_gtk_widget_class_set_template_from_resource (klass, path);
  gtk_widget_class_set_template_scope (klass, scope);
}

/* --- Actions ---------------------------------------------------------------------------------- */

typedef struct
{
  GtkWidgetActionActivateFunc function;
} Action;

static GHashTable *actions; /* name → Action; no two classes have one of the same name */

static void
run_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidgetActionActivateFunc function = ((Action *) g_hash_table_lookup (actions, name))->function;
  gboolean counted = begin ();

  function (widget, name, parameter);
  if (counted)
    end (G_CALLBACK (function));
}

void __real_gtk_widget_class_install_action (GtkWidgetClass *klass,
                                             const char *name,
                                             const char *parameter_type,
                                             GtkWidgetActionActivateFunc activate);
void __wrap_gtk_widget_class_install_action (GtkWidgetClass *klass,
                                             const char *name,
                                             const char *parameter_type,
                                             GtkWidgetActionActivateFunc activate);

void
__wrap_gtk_widget_class_install_action (GtkWidgetClass *klass,
                                        const char *name,
                                        const char *parameter_type,
                                        GtkWidgetActionActivateFunc activate)
{
  Action *action = g_new (Action, 1);

  action->function = activate;
  if (actions == NULL)
    actions = g_hash_table_new (g_str_hash, g_str_equal);
  g_assert (!g_hash_table_contains (actions, name));
  g_hash_table_insert (actions, (gpointer) g_intern_string (name), action);
  __real_gtk_widget_class_install_action (klass, name, parameter_type, run_action);
}
