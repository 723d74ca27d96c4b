// SPDX-License-Identifier: GPL-2.0
/*
 * boot.c: the kernel's own start-up of the memory, for one node with one zone
 * of as many pages as the program asks for.
 *
 * In the order of start_kernel(): the memory map and the zone, zonelists,
 * per-CPU lists, all pages to the allocator, the page cache.
 */
#include <linux/cpumask.h>
#include <linux/memblock.h>
#include <linux/migrate.h>
#include <linux/mmzone.h>
#include <linux/pagemap.h>
#include <linux/radix-tree.h>
#include <linux/xarray.h>

#include "mm_internal.h"
#include "glue.h"

struct pglist_data contig_page_data;
/* Weak: of mm/memory.c, where it is linked; or of mm/mm_init.c, where it moved. */
__weak struct page *mem_map;
__weak unsigned long max_mapnr;
__weak unsigned long highest_memmap_pfn;
struct cpumask __cpu_possible_mask, __cpu_online_mask, __cpu_present_mask,
	__cpu_active_mask;
atomic_t __num_online_cpus = ATOMIC_INIT(NR_CPUS);
unsigned int nr_cpu_ids = NR_CPUS;
enum system_states system_state;
bool static_key_initialized = true;
unsigned long volatile jiffies;

static struct target_config now;

/* Of describe.c, which calls nothing that ThreadSanitizer hears of. */
__attribute__((disable_sanitizer_instrumentation)) unsigned int
linux_pages(void)
{
	return now.pages;
}

/* ------------------------------------------ the kernel's data, as compiled */

#define SECTION_EDGE(name, edge)                                               \
	extern unsigned char name##_##edge[] __asm__("__" #edge "_linux_"      \
						     #name)
SECTION_EDGE(data, start);
SECTION_EDGE(data, stop);
SECTION_EDGE(bss, start);
SECTION_EDGE(bss, stop);

static struct {
	bool taken;
	unsigned char data[64 * 1024];
} pristine LINUX_UNTOUCHED;

/* As the linker left it, so that one start-up knows nothing of the last. */
static void restore_pristine(void)
{
	size_t size = (size_t)(data_stop - data_start);

	if (size > sizeof(pristine.data))
		linux_refuse("too-much-kernel-data");
	if (!pristine.taken)
		memcpy(pristine.data, data_start, size);
	pristine.taken = true;
	memcpy(data_start, pristine.data, size);
	memset(bss_start, 0, (size_t)(bss_stop - bss_start));
}

/* ----------------------------------------------------------------- memory */

static void boot_zone(const struct target_config *config)
{
	struct zone *zone = linux_zone;
	unsigned int order = min(ilog2(config->pages), (int)pageblock_order);
	unsigned long pfn;

	max_mapnr = config->pages;
	highest_memmap_pfn = config->pages - 1;
	linux_init_zones();
	max_mapnr = config->pages; /* without what rounds the memory map up */
	build_all_zonelists(NULL);
	setup_per_cpu_pageset();
	page_group_by_mobility_disabled = 0; /* however small the zone is */
	linux_set_pcp((int)config->pcp_high, (int)config->pcp_batch);
	atomic_long_set(&zone->managed_pages, 0); /* counted as it is freed */
	for (pfn = 0; pfn < config->pages; pfn += 1UL << order)
		linux_give_block(pfn, order);
}

/* --------------------------------------------------------------- interface */

static void boot(const struct target_config *config)
{
	int cpu;

	restore_pristine();
	now = *config;
	linux_memory_reset();
	linux_percpu_reset();
	linux_tasks_reset();
	linux_workqueue_init();
	linux_witness_reset();
	for (cpu = 0; cpu < NR_CPUS; cpu++) {
		cpumask_set_cpu(cpu, &__cpu_possible_mask);
		cpumask_set_cpu(cpu, &__cpu_online_mask);
	}
	boot_zone(config);
	radix_tree_init();
	pagecache_init();
	linux_files_init();
	linux_daemons_start();
	gfp_allowed_mask = __GFP_BITS_MASK; /* kernel_init_freeable() */
	system_state = SYSTEM_RUNNING;
}

/* Boot code's access points are nobody's business. */
void linux_init(const struct target_config *config)
{
	long fuel = machine.fuel;
	int watch = machine.watch;

	machine.fuel = LONG_MAX / 2;
	machine.watch = 0;
	linux_booting = true;
	boot(config);
	linux_booting = false;
	machine.fuel = fuel;
	machine.watch = watch;
}

/* What leads to objects comes first, as it is looked through in this order. */
int linux_regions(struct target_region *regions)
{
	linux_files_region(&regions[0]);
	regions[1] = (struct target_region){
		.start = data_start, .size = (size_t)(data_stop - data_start)
	};
	regions[2] = (struct target_region){
		.start = bss_start, .size = (size_t)(bss_stop - bss_start)
	};
	linux_percpu_region(&regions[3]);
	linux_memory_regions(&regions[4], &regions[5]);
	return 6;
}
