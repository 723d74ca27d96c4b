/* SPDX-License-Identifier: MIT */
/* setups.c: see setups.h. */
#include "setups.h"

#include <stdio.h>
#include <string.h>

#include "ensure.h"
#include "fit.h"
#include "forms.h"

#define SETUP_TEXT_MAX 1024

static const struct {
	const char *name, *text;
} setups[] = {
#define SETUP(name, text) { name, text },
#include "setups.def"
};

unsigned int setups_nr(void)
{
	return sizeof(setups) / sizeof(setups[0]);
}

const char *setups_name(unsigned int nr)
{
	return setups[nr].name;
}

/* @text with its @ filled in, as text of a program. */
static size_t write_setup(const struct target *target, const char *text,
			  char whole[SETUP_TEXT_MAX])
{
	size_t at = (size_t)sprintf(whole, "pagerace 1\n");

	for (; *text; text++) {
		ensure(at + 8 < SETUP_TEXT_MAX);
		if (*text == '@')
			at += (size_t)sprintf(whole + at, "%u",
					      forms_other_node(target));
		else
			whole[at++] = *text;
	}
	whole[at] = '\0';
	return at;
}

bool setups_program(unsigned int nr, const struct target *target,
		    struct program *program)
{
	const char *text = setups[nr].text;
	char whole[SETUP_TEXT_MAX], error[256];
	size_t size = write_setup(target, text, whole);
	struct text_head head;
	unsigned int i;

	/* Text of a target that is alone is of it, and would be refused. */
	if (strstr(text, "h0 = ") &&
	    operation_gives(OP_OWN, target) == HANDLE_NONE)
		return false;
	ensure(text_parse(whole, size, &head, program, error, sizeof(error)));
	for (i = 0; i < program->setup.nr; i++) {
		struct program_op *op = &program->setup.ops[i];

		fit_own(op, target); /* its numbers */
		if (!fit_op(target, op))
			return false;
	}
	if (!target->percpu && strstr(text, "pcp "))
		return false;
	return true;
}
