/* SPDX-License-Identifier: MIT */
/*
 * history_text.h: a history that no order explains (linearize.h), as people read
 * it: a line a call, from when to when; and the nearest order there is. And as JSON.
 */
#ifndef FUZZ_HISTORY_TEXT_H
#define FUZZ_HISTORY_TEXT_H

#include <stdio.h>

#include "engine.h"
#include "json.h"

/* Of @engine's last run; nothing if that is not what was found. */
void history_print(const struct engine *engine, FILE *out);
/* The key "history" of FORMATS.md; nothing, likewise. */
void history_json(const struct engine *engine, struct json *json);

#endif
