/* SPDX-License-Identifier: MIT */
/*
 * tsan.c: what -fsanitize=thread calls in front of plain accesses.
 *
 * A load is announced, judged and seen here, and made behind the call; nobody
 * runs in between. So is a store, but what it stored is known with the thread's
 * next word only.
 */
#include <string.h>

#include "runtime.h"

#define NULL_MAX 65536 /* nobody has memory there: vm.mmap_min_addr */
#define COPY_MAX 256 /* bytes of a copy that are announced, eight at a time */

static uint64_t value_at(const volatile void *addr, size_t size)
{
	uint64_t value = 0;

	memcpy(&value, (const void *)(uintptr_t)addr,
	       size < sizeof(value) ? size : sizeof(value));
	return value;
}

void threads_settle(void)
{
	unsigned int id = (unsigned int)machine.self->id;
	const volatile void *addr = threads.storing[id];
	uint64_t value;

	if (!addr)
		return;
	value = value_at(addr, threads.storing_size[id]);
	threads.storing[id] = NULL;
	machine_after(value, value);
}

/* What cannot be accessed is not. */
static void judge(const volatile void *addr, size_t size)
{
	if ((uintptr_t)addr < NULL_MAX)
		machine_bug("null-dereference");
	heap_check(addr, size);
}

static void plain_load(const volatile void *addr, size_t size, uintptr_t where)
{
	uint64_t value;

	if (!threads.running)
		return;
	threads_settle();
	machine_before(threads_site(where, MACHINE_LOADS), addr, NULL);
	judge(addr, size);
	value = value_at(addr, size);
	machine_after(value, value);
	threads_looked(where, addr, value);
}

static void plain_store(const volatile void *addr, size_t size, uintptr_t where)
{
	unsigned int id;

	if (!threads.running)
		return;
	threads_settle();
	machine_before(threads_site(where, MACHINE_STORES), addr, NULL);
	judge(addr, size);
	threads_stored();
	id = (unsigned int)machine.self->id;
	threads.storing[id] = addr;
	threads.storing_size[id] = (unsigned int)size;
}

#define PLAIN_CALL(name, what, size)                                           \
	void name(void *addr);                                                 \
	void name(void *addr)                                                  \
	{                                                                      \
		threads_look(THREADS_HERE, addr);                              \
		what(addr, size, THREADS_HERE);                                \
	}
#define PLAIN_CALLS(size)                                                      \
	PLAIN_CALL(__tsan_read##size, plain_load, size)                        \
	PLAIN_CALL(__tsan_write##size, plain_store, size)                      \
	PLAIN_CALL(__tsan_volatile_read##size, plain_load, size)               \
	PLAIN_CALL(__tsan_volatile_write##size, plain_store, size)

PLAIN_CALLS(1)
PLAIN_CALLS(2)
PLAIN_CALLS(4)
PLAIN_CALLS(8)
PLAIN_CALLS(16)
#define UNALIGNED(size)                                                        \
	PLAIN_CALL(__tsan_unaligned_read##size, plain_load, size)              \
	PLAIN_CALL(__tsan_unaligned_write##size, plain_store, size)
UNALIGNED(2)
UNALIGNED(4)
UNALIGNED(8)
UNALIGNED(16)
PLAIN_CALL(__tsan_vptr_read, plain_load, 8)

void __tsan_vptr_update(void *addr, void *value);
void __tsan_vptr_update(void *addr, void *value)
{
	(void)value;
	plain_store(addr, sizeof(value), THREADS_HERE);
}

/* A load and a store, the second of which is a point of its own. */
#define BOTH(name, size)                                                       \
	void name(void *addr);                                                 \
	void name(void *addr)                                                  \
	{                                                                      \
		plain_load(addr, size, THREADS_HERE);                          \
		plain_store(addr, size, THREADS_HERE);                         \
	}
BOTH(__tsan_read_write1, 1)
BOTH(__tsan_read_write2, 2)
BOTH(__tsan_read_write4, 4)
BOTH(__tsan_read_write8, 8)
BOTH(__tsan_read_write16, 16)
BOTH(__tsan_unaligned_read_write2, 2)
BOTH(__tsan_unaligned_read_write4, 4)
BOTH(__tsan_unaligned_read_write8, 8)
BOTH(__tsan_unaligned_read_write16, 16)

void __tsan_init(void);
void __tsan_init(void)
{
}

void __tsan_func_entry(void *where);
void __tsan_func_entry(void *where)
{
	(void)where;
}

void __tsan_func_exit(void);
void __tsan_func_exit(void)
{
}

/* ------------------------------------------------------------------ copies */

/* Eight bytes at a time, each a step. */
static void plain_copy(unsigned char *to, const unsigned char *from,
		       size_t size, uintptr_t where)
{
	size_t at;

	for (at = 0; at < size && at < COPY_MAX; at += 8) {
		size_t part = size - at < 8 ? size - at : 8;
		uint64_t bits;

		plain_load(from + at, part, where);
		bits = value_at(from + at, part);
		machine_before(threads_site(where, MACHINE_STORES), to + at,
			       NULL);
		judge(to + at, part);
		memcpy(to + at, &bits, part);
		machine_after(bits, bits);
	}
	threads_stored();
	if (at >= size)
		return;
	judge(to + size - 1, 1);
	judge(from + size - 1, 1);
	memmove(to + at, from + at, size - at);
}

void *__tsan_memcpy(void *to, const void *from, size_t size);
void *__tsan_memcpy(void *to, const void *from, size_t size)
{
	if (!threads.running || (uintptr_t)to - (uintptr_t)from < size)
		return memmove(to, from, size);
	plain_copy(to, from, size, THREADS_HERE);
	return to;
}

/* Where they overlap it is one step. */
void *__tsan_memmove(void *to, const void *from, size_t size);
void *__tsan_memmove(void *to, const void *from, size_t size)
{
	if (threads.running && size && to != from) {
		plain_load(from, size < 8 ? size : 8, THREADS_HERE);
		plain_store(to, size < 8 ? size : 8, THREADS_HERE);
		judge((const char *)to + size - 1, 1);
		judge((const char *)from + size - 1, 1);
	}
	return memmove(to, from, size);
}

void *__tsan_memset(void *to, int value, size_t size);
void *__tsan_memset(void *to, int value, size_t size)
{
	unsigned char *at = to;
	size_t done;

	if (!threads.running)
		return memset(to, value, size);
	for (done = 0; done < size && done < COPY_MAX; done += 8) {
		size_t part = size - done < 8 ? size - done : 8;

		plain_store(at + done, part, THREADS_HERE);
		memset(at + done, value, part);
		threads_settle();
	}
	if (done < size) {
		judge(at + size - 1, 1);
		memset(at + done, value, size - done);
	}
	return to;
}
