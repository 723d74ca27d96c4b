// SPDX-License-Identifier: GPL-2.0
/*
 * gate_match.c: is this the one that the gate is for? Pointers are followed as one who
 * trusts nobody.
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "gate.h"

static bool gate_read(void *to, const void *from, size_t size)
{
	return copy_from_kernel_nofault(to, from, size) == 0;
}

static bool gate_inode_number(const struct address_space *mapping,
			      unsigned long *value)
{
	struct inode *inode;
	typeof(inode->i_ino) number; /* its width is not the same everywhere */

	if (!gate_read(&inode, &mapping->host, sizeof(inode)) ||
	    !gate_read(&number, &inode->i_ino, sizeof(number)))
		return false;
	*value = number;
	return true;
}

static bool gate_value(const struct gate_test *test, unsigned long argument,
		       unsigned long *value)
{
	const struct folio *folio = (const struct folio *)argument;
	struct address_space *mapping;

	switch (test->kind) {
	case gate_arg:
		*value = argument;
		return true;
	case gate_pfn:
		*value = page_to_pfn((struct page *)argument);
		return true;
	case gate_index:
		return gate_read(value, &folio->index, sizeof(*value));
	case gate_ino:
		return gate_read(&mapping, &folio->mapping, sizeof(mapping)) &&
		       gate_inode_number(mapping, value);
	case gate_map:
		return gate_inode_number((const struct address_space *)argument,
					 value);
	}
	return false;
}

bool gate_matches(struct gate *gate, struct pt_regs *regs)
{
	unsigned long value;
	int i;

	if (gate->comm[0] && strcmp(gate->comm, current->comm) != 0)
		return false;
	for (i = 0; i < gate->test_count; i++) {
		const struct gate_test *test = &gate->tests[i];

		if (!gate_value(test,
				regs_get_kernel_argument(regs, test->argument),
				&value) ||
		    value < test->low || value > test->high)
			return false;
	}
	return true;
}

bool gate_is_build(const struct gate *gate, const void *address)
{
	u8 there[gate_bytes_max];

	return gate->byte_count == 0 ||
	       (gate_read(there, address, gate->byte_count) &&
		memcmp(there, gate->bytes, gate->byte_count) == 0);
}
