// SPDX-License-Identifier: GPL-2.0
/*
 * mmap.c: processes that have a file in memory. Each file has one: it maps all of it,
 * shared, when somebody first asks for a page of it, and ends when the file goes.
 *
 * Owns: of each its address space, its one area there, and its page table, which has an
 *   entry for each page of the file. What is not mapped costs nothing: it is made, in
 *   memory that no run restores, when it is asked for.
 * Promise: what a CPU does with its memory is one instant of the page table's entry: what it
 *   loads and stores there, too. It remembers no entry (no TLB).
 *
 * Yields: linux_map(), linux_unmap(), linux_unmap_file().
 * See: do_user_addr_fault() in arch/x86/mm/fault.c; mmap_region(), madvise_dontneed_single_vma(),
 *   exit_mmap().
 */
#include <linux/fs.h>
#include <linux/kcsan-checks.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/ramfs.h>
#include <linux/sched.h>

#include "glue.h"

#define START (PMD_SIZE * 16) /* of the area */
#define BYTES (TARGET_FILE_PAGES * PAGE_SIZE)

static struct process {
	struct vm_area_struct area;
	struct file file;
	pmd_t above; /* the table */
	pte_t table[PTRS_PER_PTE] __aligned(LINUX_TABLE_ALIGN);
	struct mm_struct mm; /* last: it ends in an array without a length */
} processes[LINUX_FILES] LINUX_UNTOUCHED;

_Static_assert(PTRS_PER_PTE == TARGET_FILE_PAGES, "a table is a file's");

static bool made[LINUX_FILES]; /* in this run */
static bool linked[LINUX_FILES]; /* its area is known to the file */

/* Nobody freezes the file system, which faults ask by a count of CPUs. */
void linux_mmap_init(struct super_block *super)
{
	struct percpu_rw_semaphore *faults =
		&super->s_writers.rw_sem[SB_FREEZE_PAGEFAULT - 1];

	linux_no_page_of_zeros();
	faults->read_count =
		linux_percpu_alloc(sizeof(unsigned int), sizeof(unsigned int));
}

bool linux_is_mapped(const struct address_space *mapping)
{
	unsigned int file = linux_file_of(mapping);

	return file < LINUX_FILES && linked[file];
}

/* Of describe.c, which calls nothing that ThreadSanitizer hears of. */
__attribute__((disable_sanitizer_instrumentation)) const pte_t *
linux_view_pte(unsigned long position)
{
	unsigned int file = (unsigned int)target_file(position);

	return made[file] ? &processes[file].table[target_index(position)] :
			    NULL;
}

/* ------------------------------------------------------------------- the area */

static struct folio *pinned[LINUX_TASKS]; /* by a task's fault */

/*
 * A fault gives its reference to the page table, and then unlocks the folio, which may be
 * another's by then: here it has one more until it has ended. See: ../README.md,
 * fault-unlocks-an-unpinned-folio.
 */
static vm_fault_t fault_and_pin(struct vm_fault *vmf)
{
	vm_fault_t got = filemap_fault(vmf);
	struct folio *folio;

	if (!(got & VM_FAULT_LOCKED))
		return got;
	folio = page_folio(vmf->page);
	folio_get(folio);
	pinned[machine.self->id] = folio;
	return got;
}

static void unpin(void)
{
	struct folio *folio = pinned[machine.self->id];

	pinned[machine.self->id] = NULL;
	if (folio)
		folio_put(folio);
}

/* Not while the size changes, as truncate holds the same lock: ext4_page_mkwrite(). */
static vm_fault_t page_mkwrite(struct vm_fault *vmf)
{
	struct address_space *mapping = vmf->vma->vm_file->f_mapping;
	vm_fault_t got;

	filemap_invalidate_lock_shared(mapping);
	got = filemap_page_mkwrite(vmf);
	filemap_invalidate_unlock_shared(mapping);
	return got;
}

static bool around[LINUX_TASKS]; /* it maps what is there around its page */

static vm_fault_t map_pages(struct vm_fault *vmf, pgoff_t start, pgoff_t end)
{
	vm_fault_t got;

	around[machine.self->id] = true;
	got = filemap_map_pages(vmf, start, end);
	around[machine.self->id] = false;
	return got;
}

bool linux_maps_around(void)
{
	return around[machine.self->id];
}

static const struct vm_operations_struct file_vm_ops = {
	.fault = fault_and_pin,
	.map_pages = map_pages,
	.page_mkwrite = page_mkwrite,
};

/* ---------------------------------------------------------------- mmap, munmap */

static void make_now(unsigned int file)
{
	struct process *process = &processes[file];
	struct inode *inode = linux_file(file);

	memset(process, 0, sizeof(*process));
	process->above =
		__pmd((unsigned long)process->table | LINUX_PTE_PRESENT);
	process->mm.pgd = (pgd_t *)&process->above;
	spin_lock_init(&process->mm.page_table_lock);
	linux_mm_number(&process->mm, file);
	process->file.f_inode = inode;
	process->file.f_mapping = inode->i_mapping;
	linux_file_hold(&process->file);
	linux_vma_init(&process->area, &process->mm, START, START + BYTES);
	process->area.vm_file = &process->file;
	process->area.vm_ops = &file_vm_ops;
	/* Who writes says so first: vma_wants_writenotify(). */
	process->area.vm_page_prot = PAGE_READONLY;
	made[file] = true;
}

/*
 * One instant, as start-up is: nobody comes in half way, and whoever uses it comes behind
 * what made it: it was there before its file was mapped.
 */
static void make(unsigned int file)
{
	long fuel = machine.fuel;
	int watch = machine.watch;

	machine.fuel = LONG_MAX / 2;
	machine.watch = 0;
	__kcsan_disable_current();
	make_now(file);
	__kcsan_enable_current();
	machine.fuel = fuel;
	machine.watch = watch;
}

/* See: vma_link(). */
static void link_area(unsigned int file)
{
	struct process *process = &processes[file];
	struct address_space *mapping = process->file.f_mapping;

	mmap_write_lock(&process->mm);
	if (!linked[file]) {
		i_mmap_lock_write(mapping);
		mapping_allow_writable(mapping);
		linux_area_insert(&process->area, mapping);
		linked[file] = true;
		i_mmap_unlock_write(mapping);
	}
	mmap_write_unlock(&process->mm);
}

void linux_unmap_file(unsigned int file)
{
	struct process *process = &processes[file];
	struct address_space *mapping = process->file.f_mapping;

	if (!linked[file])
		return;
	mmap_write_lock(&process->mm);
	linux_zap(&process->area, START, BYTES);
	i_mmap_lock_write(mapping);
	mapping_unmap_writable(mapping);
	linux_area_remove(&process->area, mapping);
	linked[file] = false;
	i_mmap_unlock_write(mapping);
	mmap_write_unlock(&process->mm);
}

static struct process *process_of(unsigned long position)
{
	unsigned int file = (unsigned int)target_file(position);

	if (!made[file])
		make(file);
	if (!linked[file])
		link_area(file);
	return &processes[file];
}

/* --------------------------------------------------------------- a CPU's access */

static void use(unsigned long position, unsigned long pfn, bool write)
{
	unsigned char *contents = __va(pfn << PAGE_SHIFT);

	__kcsan_disable_current();
	linux_reader_gets(0, contents);
	if (write)
		linux_store(position, contents);
	__kcsan_enable_current();
}

/*
 * It loads from the page, or stores to it. Returns: false, it may not. A CPU's own accesses
 * to the table are nothing that ThreadSanitizer is told of, nor are a process's to a page.
 */
__attribute__((disable_sanitizer_instrumentation)) static bool
access(struct process *process, unsigned long position, bool write)
{
	pte_t *at = &process->table[target_index(position)];
	unsigned long may = LINUX_PTE_PRESENT | (write ? LINUX_PTE_WRITE : 0);
	unsigned long marks = LINUX_PTE_YOUNG | (write ? LINUX_PTE_DIRTY : 0);
	unsigned long old, now;
	bool allowed;

	machine_before(SITE("pte_access", "", MACHINE_RMWS, MACHINE_FULL,
			    sizeof(*at)),
		       at, NULL);
	old = __atomic_load_n(&at->pte, __ATOMIC_RELAXED);
	allowed = (old & may) == may;
	now = allowed ? old | marks : old;
	__atomic_store_n(&at->pte, now, __ATOMIC_RELAXED);
	if (allowed)
		use(position, old >> PAGE_SHIFT, write);
	machine_after(old, now);
	return allowed;
}

/* Returns: false, there is no such page, or no memory for it: the process is killed. */
static bool fault(struct process *process, unsigned long position, bool write)
{
	unsigned long address = START + (target_index(position) << PAGE_SHIFT);
	unsigned int flags = FAULT_FLAG_DEFAULT | FAULT_FLAG_USER |
			     (write ? FAULT_FLAG_WRITE : 0);
	vm_fault_t got;

	for (;;) {
		mmap_read_lock(&process->mm);
		got = handle_mm_fault(&process->area, address, flags, NULL);
		unpin();
		if (got & VM_FAULT_COMPLETED)
			return true;
		if (!(got & VM_FAULT_RETRY))
			break;
		flags |= FAULT_FLAG_TRIED; /* the lock was dropped */
	}
	mmap_read_unlock(&process->mm);
	return !(got & VM_FAULT_ERROR);
}

/* A load from a page of the file, in memory, or a store to it. */
void linux_map(const struct op_args *args, struct op_result *result)
{
	unsigned long position = args->index;
	struct process *process = process_of(position);
	bool write = args->own[1] != 0;

	(void)result;
	linux_reader_begin(position, true);
	/* It may add the page, where something larger may have stood. */
	linux_fills(true);
	while (!access(process, position, write))
		if (!fault(process, position, write))
			break;
	linux_fills(false);
	linux_reader_end();
}

/* Some pages are not needed in memory, as madvise(MADV_DONTNEED) says. */
void linux_unmap(const struct op_args *args, struct op_result *result)
{
	unsigned int file = (unsigned int)target_file(args->index);
	unsigned long first = target_index(args->index);
	unsigned long nr =
		min((unsigned long)args->own[1], TARGET_FILE_PAGES - first);
	struct process *process = &processes[file];

	(void)result;
	if (!linked[file])
		return;
	mmap_read_lock(&process->mm);
	linux_zap(&process->area, START + (first << PAGE_SHIFT),
		  nr << PAGE_SHIFT);
	mmap_read_unlock(&process->mm);
}
