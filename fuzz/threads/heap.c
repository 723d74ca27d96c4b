/* SPDX-License-Identifier: MIT */
/*
 * heap.c: malloc() and what belongs to it, from an arena that a run has for itself.
 *
 *	| of constructors | main's part | thread of task 1's part | ...
 *	part: | head object gap | head object gap | ... never used |
 *
 * Nothing that was freed comes again in a run: it is kept, filled with a pattern,
 * and looked at by each access. What a thread gets depends on itself alone, so
 * that its addresses are the same in all schedules.
 *
 * Promises: use after free, double free, free of what is no object, access beyond
 *   an object's end, an object that nobody can find when the program is over.
 * Limits: HEAP_PART bytes a task, HEAP_OBJECTS objects a task.
 */
#include <errno.h>
#include <string.h>

#include "runtime.h"

#define HEAP_PART (1U << 18)
#define HEAP_PARTS (THREADS_AT_ONCE + 1) /* the last: of constructors */
#define HEAP_BOOT THREADS_AT_ONCE
#define HEAP_OBJECTS 2048
#define HEAP_GAP 16 /* bytes that nobody has, between two objects */
#define GRAIN 8 /* bytes that the shadow has a byte for */
#define FRESH 0xbe
#define DEAD 0xdd

enum shadow { /* 1 .. 8: so many bytes may be accessed */
	SHADOW_NOBODYS = 0,
	SHADOW_FREED = 9,
};

struct object {
	uint32_t at; /* in the heap */
	uint32_t size;
	bool live, reached;
};

struct part {
	uint32_t top;
	unsigned int nr;
	struct object objects[HEAP_OBJECTS];
};

static struct heap {
	_Alignas(64) unsigned char bytes[HEAP_PARTS][HEAP_PART];
	unsigned char shadow[HEAP_PARTS * HEAP_PART / GRAIN];
	struct part parts[HEAP_PARTS];
} heap;

#define BYTES (&heap.bytes[0][0])

/* What constructors have left: their part, put back for each run. */
static struct {
	bool kept;
	struct part part;
	unsigned char bytes[HEAP_PART], shadow[HEAP_PART / GRAIN];
} boot;

static unsigned char *boot_shadow(void)
{
	return &heap.shadow[HEAP_BOOT * HEAP_PART / GRAIN];
}

void heap_keep(void)
{
	if (boot.kept)
		return;
	boot.kept = true;
	boot.part = heap.parts[HEAP_BOOT];
	memcpy(boot.bytes, heap.bytes[HEAP_BOOT], boot.part.top);
	memcpy(boot.shadow, boot_shadow(), sizeof(boot.shadow));
}

void heap_reset(void)
{
	unsigned int i;

	if (boot.part.top) {
		memcpy(heap.bytes[HEAP_BOOT], boot.bytes, boot.part.top);
		memcpy(boot_shadow(), boot.shadow, sizeof(boot.shadow));
		heap.parts[HEAP_BOOT] = boot.part;
	}

	for (i = 0; i < HEAP_BOOT; i++) {
		struct part *part = &heap.parts[i];

		memset(&heap.shadow[i * HEAP_PART / GRAIN], SHADOW_NOBODYS,
		       (part->top + GRAIN - 1) / GRAIN);
		part->top = 0;
		part->nr = 0;
	}
}

static struct part *part_of_self(void)
{
	return &heap.parts[threads.running ? machine.self->id : HEAP_BOOT];
}

/* Bytes at @at from now on: so many may be accessed. */
static void shade(uint32_t at, size_t size, bool live)
{
	unsigned char *shadow = &heap.shadow[at / GRAIN];

	memset(shadow, live ? GRAIN : SHADOW_FREED, size / GRAIN);
	if (size % GRAIN)
		shadow[size / GRAIN] = live ? (unsigned char)(size % GRAIN) :
					      SHADOW_FREED;
}

/* Returns: where, in the heap; 0: there is no room. */
static uint32_t take(size_t size, size_t align)
{
	struct part *part = part_of_self();
	uint32_t base = (uint32_t)(part - heap.parts) * HEAP_PART;
	uint64_t at = part->top + HEAP_GAP;

	if (align < 16)
		align = 16;
	at = (at + align - 1) / align * align;
	if (size > HEAP_PART || at + size > HEAP_PART)
		return 0;
	part->top = (uint32_t)(at + size);
	memset(BYTES + base + at, FRESH, size);
	shade(base + (uint32_t)at, size, true);
	return base + (uint32_t)at;
}

void *heap_raw(size_t size, size_t align)
{
	uint32_t at = take(size, align);

	if (!at)
		machine_bug("heap-exhausted");
	return BYTES + at;
}

static void *allocate(size_t size, size_t align)
{
	struct part *part = part_of_self();
	uint32_t at = part->nr < HEAP_OBJECTS ? take(size, align) : 0;

	if (!at && threads.running)
		machine_bug("heap-exhausted");
	if (!at)
		return NULL;
	part->objects[part->nr++] = (struct object){ .at = at,
						     .size = (uint32_t)size,
						     .live = true };
	return BYTES + at;
}

/* Objects of a part stand in the order of their addresses. */
static struct object *object_at(const volatile void *addr)
{
	uintptr_t at = (uintptr_t)addr - (uintptr_t)BYTES;
	struct part *part;
	size_t low = 0, high;

	if (at >= sizeof(heap.bytes))
		return NULL;
	part = &heap.parts[at / HEAP_PART];
	high = part->nr;
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (part->objects[middle].at <= at)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low ||
	    at - part->objects[low - 1].at > part->objects[low - 1].size)
		return NULL;
	return &part->objects[low - 1];
}

int heap_object(const volatile void *addr, size_t *offset)
{
	const struct object *object = object_at(addr);
	const struct part *part;

	if (!object)
		return -1;
	part = &heap.parts[object->at / HEAP_PART];
	*offset = (uintptr_t)addr - (uintptr_t)BYTES - object->at;
	return (int)((part - heap.parts) * 1000 + (object - part->objects));
}

void heap_check(const volatile void *addr, size_t size)
{
	uintptr_t at = (uintptr_t)addr - (uintptr_t)BYTES;
	uintptr_t last = at + size - 1;
	unsigned int shadow;

	if (at >= sizeof(heap.bytes) || last >= sizeof(heap.bytes))
		return;
	shadow = heap.shadow[last / GRAIN];
	if (shadow <= GRAIN && last % GRAIN < shadow &&
	    heap.shadow[at / GRAIN] - 1U < GRAIN)
		return;
	if (shadow == SHADOW_FREED || heap.shadow[at / GRAIN] == SHADOW_FREED)
		machine_bug_of("use-after-free", addr);
	machine_bug_of("heap-overrun", addr);
}

/* ------------------------------------------------------------------- leaks */

/* Whatever @size bytes at @from could point to is reached. */
static bool reach(const void *from, size_t size)
{
	const uintptr_t *word =
		(const void *)(((uintptr_t)from + sizeof(*word) - 1) &
			       ~(sizeof(*word) - 1));
	const char *end = (const char *)from + size;
	bool more = false;

	for (; (const char *)(word + 1) <= end; word++) {
		struct object *object = object_at((const void *)*word);

		if (!object || !object->live || object->reached)
			continue;
		object->reached = true;
		more = true;
	}
	return more;
}

static bool reach_on(void)
{
	bool more = false;
	unsigned int i, j;

	for (i = 0; i < HEAP_PARTS; i++)
		for (j = 0; j < heap.parts[i].nr; j++) {
			const struct object *object = &heap.parts[i].objects[j];

			if (object->live && object->reached)
				more |= reach(BYTES + object->at, object->size);
		}
	return more;
}

/* A live object that was @reached, or was not; NULL: there is none. */
static const void *left_over(bool reached)
{
	unsigned int i, j;

	for (i = 0; i < HEAP_BOOT; i++)
		for (j = 0; j < heap.parts[i].nr; j++)
			if (heap.parts[i].objects[j].live &&
			    heap.parts[i].objects[j].reached == reached)
				return BYTES + heap.parts[i].objects[j].at;
	return NULL;
}

const void *heap_leaks(void)
{
	const struct threads_program *program = threads.program;
	unsigned int i;

	if (!left_over(false))
		return NULL;
	reach(program->data, (size_t)(program->data_end - program->data));
	reach(program->bss, (size_t)(program->bss_end - program->bss));
	for (i = 0; i < threads.nr; i++)
		reach(threads.threads[i].specific, THREADS_KEPT);
	while (reach_on())
		;
	return left_over(false);
}

/* -------------------------------------------------------- the C library's */

void *threads_malloc(size_t size);
void *threads_calloc(size_t nr, size_t size);
void *threads_realloc(void *old, size_t size);
void *threads_aligned_alloc(size_t align, size_t size);
int threads_posix_memalign(void **to, size_t align, size_t size);
char *threads_strdup(const char *text);
void threads_free(void *memory);

void *threads_malloc(size_t size)
{
	return allocate(size, 16);
}

void *threads_calloc(size_t nr, size_t size)
{
	void *memory;

	if (size && nr > HEAP_PART / size)
		return NULL;
	memory = allocate(nr * size, 16);
	if (memory)
		memset(memory, 0, nr * size);
	return memory;
}

void *threads_aligned_alloc(size_t align, size_t size)
{
	return allocate(size, align);
}

int threads_posix_memalign(void **to, size_t align, size_t size)
{
	*to = allocate(size, align);
	return *to ? 0 : ENOMEM;
}

char *threads_strdup(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = allocate(size, 16);

	return copy ? memcpy(copy, text, size) : NULL;
}

/* Announced as a store to all of it. */
static void give_back(void *memory, uintptr_t where)
{
	struct object *object = object_at(memory);

	threads_settle();
	machine_before(threads_site(where, MACHINE_STORES), memory, NULL);
	if (!object || BYTES + object->at != memory)
		machine_bug("free-of-no-object");
	if (!object->live)
		machine_bug_of("double-free", memory);
	machine_touch(memory, object->size);
	object->live = false;
	shade(object->at, object->size, false);
	memset(memory, DEAD, object->size);
	machine_after(DEAD, DEAD);
	threads_stored();
}

void threads_free(void *memory)
{
	if (memory && threads.running)
		give_back(memory, THREADS_HERE);
}

void *threads_realloc(void *old, size_t size)
{
	const struct object *object = object_at(old);
	void *memory;

	if (old && !object && threads.running)
		machine_bug("free-of-no-object");
	memory = allocate(size, 16);
	if (!memory || !old || !object)
		return memory;
	memcpy(memory, old, size < object->size ? size : object->size);
	if (threads.running)
		give_back(old, THREADS_HERE);
	return memory;
}
