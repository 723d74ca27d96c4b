/* SPDX-License-Identifier: MIT */
/*
 * memory.c: mmap() and what belongs to it, of a range that a run has for itself.
 *
 *	| main's part | thread of task 1's part | ...
 *	part: | mapping | mapping | ... never used |
 *
 * A thread's mappings lie one behind the other, at multiples of their size (of 32 MiB
 * at most). What was unmapped does not come again in a run; who goes there gets a signal.
 * The range lies where it lay in other processes, if that is free.
 *
 * Limits: MAP_PART bytes a task; private memory of nobody's file, or unknown-kind-of-mapping.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "runtime.h"

#define MAP_AT ((void *)0x200000000000)
#define MAP_PART (1UL << 29)
#define MAP_ALIGN (1UL << 25) /* of mappings as large as that */
#define MAP_SIZE (THREADS_AT_ONCE * MAP_PART)
#define PAGE 4096UL
#define OURS (MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE)

static struct {
	char *bytes; /* NULL: nobody has mapped anything yet */
	size_t top[THREADS_AT_ONCE];
} memory;

static void memory_open(void)
{
	char *at = mmap(MAP_AT, MAP_SIZE + MAP_ALIGN, PROT_READ | PROT_WRITE,
			OURS, -1, 0);

	if (at == MAP_FAILED)
		machine_bug("out-of-mappings");
	memory.bytes = at + (-(uintptr_t)at & (MAP_ALIGN - 1));
}

bool memory_is_used(void)
{
	unsigned int i;

	for (i = 0; i < THREADS_AT_ONCE; i++)
		if (memory.top[i])
			return true;
	return false;
}

void memory_reset(void)
{
	unsigned int i;

	for (i = 0; i < THREADS_AT_ONCE; i++) {
		if (!memory.top[i])
			continue;
		if (mmap(memory.bytes + i * MAP_PART, memory.top[i],
			 PROT_READ | PROT_WRITE, OURS | MAP_FIXED, -1,
			 0) == MAP_FAILED)
			abort();
		memory.top[i] = 0;
	}
}

/* All of it lies in ours. */
static bool is_ours(const void *addr, size_t size)
{
	uintptr_t at = (uintptr_t)addr - (uintptr_t)memory.bytes;

	return memory.bytes && at < MAP_SIZE && size <= MAP_SIZE - at;
}

static int memory_error(int error)
{
	threads_self()->error = error;
	return -1;
}

static size_t align_of(size_t size)
{
	size_t align = PAGE;

	while (align < size && align < MAP_ALIGN)
		align *= 2;
	return align;
}

void *threads_mmap(void *addr, size_t size, int access, int flags, int file,
		   long offset);
void *threads_mmap(void *addr, size_t size, int access, int flags, int file,
		   long offset)
{
	size_t *top, at, align = align_of(size);

	(void)addr, (void)offset;
	if (!threads.running) /* what constructors map would be no run's */
		return MAP_FAILED;
	threads_settle();
	if (file != -1 || !(flags & MAP_PRIVATE) || (flags & MAP_FIXED) ||
	    (access & PROT_EXEC))
		machine_bug("unknown-kind-of-mapping");
	if (!memory.bytes)
		memory_open();
	top = &memory.top[machine.self->id];
	at = (*top + align - 1) / align * align;
	size = (size + PAGE - 1) / PAGE * PAGE;
	if (!size || size > MAP_PART || at > MAP_PART - size) {
		memory_error(size ? ENOMEM : EINVAL);
		return MAP_FAILED;
	}
	*top = at + size;
	addr = memory.bytes + (size_t)machine.self->id * MAP_PART + at;
	if (access != (PROT_READ | PROT_WRITE))
		mprotect(addr, size, access);
	return addr;
}

int threads_munmap(void *addr, size_t size);
int threads_munmap(void *addr, size_t size)
{
	if (!threads.running || !is_ours(addr, size))
		return memory_error(EINVAL);
	threads_settle();
	machine_before(threads_site(THREADS_HERE, MACHINE_STORES), addr, NULL);
	machine_touch(addr, size);
	if (mmap(addr, size, PROT_NONE, OURS | MAP_FIXED, -1, 0) == MAP_FAILED)
		machine_bug("out-of-mappings");
	machine_after(0, 0);
	threads_stored();
	return 0;
}

/* What may be forgotten is. */
int threads_madvise(void *addr, size_t size, int advice);
int threads_madvise(void *addr, size_t size, int advice)
{
	if (!threads.running || !is_ours(addr, size) ||
	    (advice != MADV_DONTNEED && advice != MADV_FREE))
		return 0;
	threads_settle();
	machine_before(threads_site(THREADS_HERE, MACHINE_STORES), addr, NULL);
	machine_touch(addr, size);
	madvise(addr, size, MADV_DONTNEED);
	machine_after(0, 0);
	threads_stored();
	return 0;
}

int threads_mprotect(void *addr, size_t size, int access);
int threads_mprotect(void *addr, size_t size, int access)
{
	if (!threads.running || !is_ours(addr, size))
		return memory_error(ENOMEM);
	threads_settle();
	return mprotect(addr, size, access) ? memory_error(errno) : 0;
}
