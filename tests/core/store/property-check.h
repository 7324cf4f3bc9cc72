/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the store says held against the model. */
#pragma once

#include "commit-fixture.h"
#include "property-model.h"

G_BEGIN_DECLS

void property_compare_present (Fixture *fixture, Model *model);
void property_compare_state (Fixture *fixture, Model *model, const ModelState *state);
void property_check_computed (Fixture *fixture, Model *model);

G_END_DECLS
