/* SPDX-License-Identifier: GPL-2.0 */
/* asm/elf.h: no programs are loaded. */
#ifndef ASM_ELF_H
#define ASM_ELF_H

typedef unsigned long elf_greg_t;
typedef elf_greg_t elf_gregset_t[1];
typedef unsigned long elf_fpregset_t;
#define ELF_CLASS ELFCLASS64
#define ELF_DATA ELFDATA2LSB
#define ELF_ARCH EM_NONE
#define ELF_PLATFORM NULL
#define ELF_HWCAP 0
#define elf_check_arch(x) false
#define ELF_EXEC_PAGESIZE 4096
#define ELF_ET_DYN_BASE 0

#endif
