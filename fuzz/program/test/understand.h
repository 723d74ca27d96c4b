/* SPDX-License-Identifier: MIT */
/* understand.h: for tests of operations of a target's own: what text comes to, and a row. */
#ifndef PROGRAM_TEST_UNDERSTAND_H
#define PROGRAM_TEST_UNDERSTAND_H

#include "stage.h"

static void nothing(const struct op_args *args, struct op_result *result)
{
	(void)args;
	(void)result;
}

static struct text_head head;
static char error[128];

/* "" for what was understood, else the complaint. */
static const char *understand(const char *text, struct program *program)
{
	char whole[512];
	int length = snprintf(whole, sizeof(whole), "pagerace 1\n%s", text);

	*error = '\0';
	text_parse(whole, (size_t)length, &head, program, error, sizeof(error));
	return error;
}

#endif
