/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One shape for every error of the core: domain, code and a detail that names the place. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KontorErrorCode:
 *
 * Codes are named for what the caller can do; all domains of the core share them.
 */
typedef enum
{
  KONTOR_ERROR_FAILED,    /* nothing better is known */
  KONTOR_ERROR_BUSY,      /* another process holds the file: try again */
  KONTOR_ERROR_CONFLICT,  /* somebody changed it since: look and decide */
  KONTOR_ERROR_NOT_FOUND, /* no such record, type, field, file */
  KONTOR_ERROR_DENIED,    /* rights, or the file system's permissions */
  KONTOR_ERROR_INVALID,   /* the value or input is wrong: correct it */
  KONTOR_ERROR_LIMIT,     /* larger, deeper or more than allowed */
  KONTOR_ERROR_FULL,      /* disk full: free space */
  KONTOR_ERROR_IO,        /* the disk or file failed */
  KONTOR_ERROR_CORRUPT,   /* the file is damaged: restore a backup */
  KONTOR_ERROR_READ_ONLY, /* file or folder can't be written */
  KONTOR_ERROR_NEWER,     /* written by a newer Kontor */
  KONTOR_ERROR_FOREIGN,   /* a file of another program */
} KontorErrorCode;

/**
 * KontorErrorDetail:
 * @file: (nullable): path or display name the error is about
 * @line: line number from 1, 0 for none
 * @column: column name or number as text, %NULL for none
 * @field: (nullable): field name
 * @value: (nullable): the offending value, shortened to 200 characters
 */
typedef struct
{
  char *file;
  guint64 line;
  char *column;
  char *field;
  char *value;
} KontorErrorDetail;

GQuark kontor_error_domain_register (const char *name);

#define KONTOR_BASE_ERROR (kontor_base_error_quark ())
GQuark kontor_base_error_quark (void);

GError *kontor_error_new (GQuark domain, KontorErrorCode code, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
void kontor_set_error (GError **error, GQuark domain, KontorErrorCode code, const char *format, ...)
  G_GNUC_PRINTF (4, 5);

gboolean kontor_error_is (const GError *error, KontorErrorCode code);
KontorErrorDetail *kontor_error_get_detail (GError *error);
void kontor_error_set_file (GError *error, const char *file);
void kontor_error_set_line (GError *error, guint64 line);
void kontor_error_set_column (GError *error, const char *column);
void kontor_error_set_field (GError *error, const char *field);
void kontor_error_set_value (GError *error, const char *value);

char *kontor_error_describe (const GError *error);
int kontor_error_exit_status (const GError *error);

G_END_DECLS
