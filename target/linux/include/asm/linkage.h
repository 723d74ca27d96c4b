/* SPDX-License-Identifier: GPL-2.0 */
/* asm/linkage.h: nothing of its own. */
#ifndef ASM_LINKAGE_H
#define ASM_LINKAGE_H

#define __ALIGN .align 4
#define __ALIGN_STR ".align 4"

#endif
