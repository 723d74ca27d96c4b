/* SPDX-License-Identifier: GPL-2.0 */
/* asm/sigcontext.h: no signals. */
#ifndef ASM_SIGCONTEXT_H
#define ASM_SIGCONTEXT_H

struct sigcontext {
	unsigned long unused;
};

#endif
