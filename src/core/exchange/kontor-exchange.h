/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import and export in one include. An import goes in steps of its own: a source is inspected, the
 * inspection becomes a map, the map can be changed and checked, and a job writes. */
#pragma once

#include "kontor-export.h"
#include "kontor-import-check.h"
#include "kontor-import-job.h"
#include "kontor-import-map.h"
#include "kontor-import-report.h"
#include "kontor-import-saved.h"
#include "kontor-import-source.h"
#include "kontor-inspect.h"
