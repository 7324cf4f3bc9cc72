/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything of the model in one include. */
#pragma once

#include "kontor-access.h"
#include "kontor-field-source.h"
#include "kontor-field.h"
#include "kontor-layout.h"
#include "kontor-pick-defaults.h"
#include "kontor-query.h"
#include "kontor-reader.h"
#include "kontor-record-type.h"
#include "kontor-record.h"
#include "kontor-relation-kind.h"
#include "kontor-schema-activity.h"
#include "kontor-schema-contacts.h"
#include "kontor-schema-data.h"
#include "kontor-schema-people.h"
#include "kontor-schema.h"
#include "kontor-validate.h"
#include "kontor-value.h"
