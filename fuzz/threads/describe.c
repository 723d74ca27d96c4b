/* SPDX-License-Identifier: MIT */
/*
 * describe.c: what an address of the program is called: a variable by its symbol,
 * an object of the heap by whose it is and how many it had before.
 */
#include <stdio.h>
#include <string.h>

#include "runtime.h"

void threads_describe(const volatile void *addr, struct target_place *place)
{
	const struct threads_program *program = threads.program;
	const struct threads_variable *variable = program->variables;
	size_t offset;
	int object;

	*place = (struct target_place){ NULL, -1, "", -1 };
	object = heap_object(addr, &offset);
	if (object >= 0) {
		*place = (struct target_place){ "object", object, "at",
						(int)offset };
		return;
	}
	for (; variable->name; variable++) {
		offset = (uintptr_t)addr - (uintptr_t)variable->at;
		if (offset >= variable->size)
			continue;
		*place = (struct target_place){ variable->name, -1, "", -1 };
		if (offset)
			*place = (struct target_place){ variable->name, -1,
							"at", (int)offset };
		return;
	}
	offset = (uintptr_t)addr - (uintptr_t)threads.threads;
	if (offset < sizeof(threads.threads))
		*place = (struct target_place){
			"thread", (int)(offset / sizeof(struct thread)),
			"ended", -1
		};
}
