// SPDX-License-Identifier: GPL-2.0
/*
 * memory.c: memory before there is an allocator: page frames' contents, what
 * boot code takes from memblock, and the areas of the CPUs.
 *
 * Everything lies in arrays of fixed place: the kernel hashes addresses.
 */
#include <linux/memblock.h>
#include <linux/percpu.h>

#include "glue.h"

#define BOOT_BYTES (512 * 1024)
#define PERCPU_BYTES 2560

unsigned char linux_memory[TARGET_PAGES_MAX * PAGE_SIZE] LINUX_UNTOUCHED
	__aligned(PAGE_SIZE);

static struct {
	size_t used;
	size_t memmap; /* bytes of it at the start */
	unsigned char bytes[BOOT_BYTES] __aligned(PAGE_SIZE);
} boot LINUX_UNTOUCHED;

void *linux_boot_alloc(size_t bytes, size_t align)
{
	size_t at = ALIGN(boot.used, align ? align : SMP_CACHE_BYTES);

	if (at + bytes > BOOT_BYTES)
		linux_refuse("boot-memory-exhausted");
	memset(boot.bytes + boot.used, 0, at + bytes - boot.used);
	boot.used = at + bytes;
	return boot.bytes + at;
}

void linux_memory_reset(void)
{
	boot.used = 0;
}

void linux_memory_regions(struct target_region *memory,
			  struct target_region *contents)
{
	*memory = (struct target_region){
		.start = boot.bytes,
		.size = boot.used,
		.behind = BOOT_BYTES - boot.used,
	};
	*contents = (struct target_region){
		.start = linux_memory,
		.size = linux_pages() * PAGE_SIZE,
		.contents = true,
		.behind = sizeof(linux_memory) - linux_pages() * PAGE_SIZE,
	};
}

struct page *linux_virt_to_page(const volatile void *addr)
{
	static struct page of_objects;
	unsigned long at = (unsigned long)addr - PAGE_OFFSET;

	return at < linux_pages() * PAGE_SIZE ? pfn_to_page(at >> PAGE_SHIFT) :
						&of_objects;
}

/* --------------------------------------------------------------- memblock */

static struct memblock_region range;
struct memblock memblock = {
	.memory = { .cnt = 1, .max = 1, .regions = &range, .name = "memory" },
};

void __next_mem_pfn_range(int *index, int node, unsigned long *start,
			  unsigned long *end, int *out_node)
{
	(void)node;
	if (++*index > 0) {
		*index = -1;
		return;
	}
	if (start)
		*start = 0;
	if (end)
		*end = linux_pages();
	if (out_node)
		*out_node = 0;
}

void __next_mem_range(u64 *index, int node, enum memblock_flags flags,
		      struct memblock_type *in, struct memblock_type *outside,
		      phys_addr_t *start, phys_addr_t *end, int *out_node)
{
	(void)node, (void)flags, (void)in, (void)outside;
	if ((*index)++) {
		*index = ULLONG_MAX;
		return;
	}
	if (start)
		*start = 0;
	if (end)
		*end = (phys_addr_t)linux_pages() << PAGE_SHIFT;
	if (out_node)
		*out_node = 0;
}

phys_addr_t memblock_start_of_DRAM(void)
{
	return 0;
}

phys_addr_t memblock_end_of_DRAM(void)
{
	return (phys_addr_t)linux_pages() << PAGE_SHIFT;
}

void *memblock_alloc_try_nid(phys_addr_t size, phys_addr_t align,
			     phys_addr_t min, phys_addr_t max, int node)
{
	(void)min, (void)max, (void)node;
	return linux_boot_alloc(size, align);
}

void *memblock_alloc_try_nid_raw(phys_addr_t size, phys_addr_t align,
				 phys_addr_t min, phys_addr_t max, int node)
{
	return memblock_alloc_try_nid(size, align, min, max, node);
}

void *memblock_alloc_exact_nid_raw(phys_addr_t size, phys_addr_t align,
				   phys_addr_t min, phys_addr_t max, int node)
{
	return memblock_alloc_try_nid(size, align, min, max, node);
}

/* ---------------------------------------------------------------- per CPU */

extern unsigned char template_start[] __asm__("__start_linux_percpu");
extern unsigned char template_stop[] __asm__("__stop_linux_percpu");

static struct {
	size_t used;
	unsigned char area[NR_CPUS][PERCPU_BYTES] __aligned(SMP_CACHE_BYTES);
} percpu LINUX_UNTOUCHED;

/* Written by init() alone; so who reads it does not share it. */
unsigned long __per_cpu_offset[NR_CPUS] LINUX_UNTOUCHED;

void linux_percpu_reset(void)
{
	size_t size = (size_t)(template_stop - template_start);
	int cpu;

	if (size > PERCPU_BYTES)
		linux_refuse("too-many-percpu-variables");
	for (cpu = 0; cpu < NR_CPUS; cpu++) {
		memset(percpu.area[cpu], 0, PERCPU_BYTES);
		memcpy(percpu.area[cpu], template_start, size);
		__per_cpu_offset[cpu] = (unsigned long)percpu.area[cpu] -
					(unsigned long)template_start;
	}
	percpu.used = ALIGN(size, SMP_CACHE_BYTES);
}

void __percpu *linux_percpu_alloc(size_t size, size_t align)
{
	size_t at = ALIGN(percpu.used, align);

	if (at + size > PERCPU_BYTES)
		linux_refuse("too-many-percpu-variables");
	percpu.used = at + size;
	return (void __percpu *)(template_start + at);
}

void linux_percpu_region(struct target_region *region)
{
	*region = (struct target_region){ .start = percpu.area,
					  .size = sizeof(percpu.area) };
}
