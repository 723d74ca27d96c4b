/* SPDX-License-Identifier: MIT */
/*
 * fiber_aarch64.S: the switch between fibers on aarch64, AAPCS64.
 *
 * A parked stack, from fiber->sp upwards, 160 bytes:
 *	x29 x30 x19 .. x28 d8 .. d15
 *
 * Not saved: fpcr (all fibers share one rounding mode) and a guarded control
 * stack (this file carries no property note, so none is ever turned on).
 * hint 34 is `bti c`, by a name that every assembler knows.
 */
	.macro save first, second, at
	stp	\first, \second, [sp, #\at]
	.cfi_rel_offset \first, \at
	.cfi_rel_offset \second, \at + 8
	.endm

	.macro restore first, second, at
	ldp	\first, \second, [sp, #\at]
	.cfi_restore \first
	.cfi_restore \second
	.endm

	.text

/* struct fiber *fiber_swap(struct fiber *from, struct fiber *to) */
	.globl	fiber_swap
	.type	fiber_swap, %function
	.balign	16
fiber_swap:
	.cfi_startproc
	hint	#34
	sub	sp, sp, #160
	.cfi_adjust_cfa_offset 160
	save	x29, x30, 0
	save	x19, x20, 16
	save	x21, x22, 32
	save	x23, x24, 48
	save	x25, x26, 64
	save	x27, x28, 80
	save	d8, d9, 96
	save	d10, d11, 112
	save	d12, d13, 128
	save	d14, d15, 144
	mov	x9, sp
	str	x9, [x0]
	ldr	x9, [x1]
	mov	sp, x9
	restore	d14, d15, 144
	restore	d12, d13, 128
	restore	d10, d11, 112
	restore	d8, d9, 96
	restore	x27, x28, 80
	restore	x25, x26, 64
	restore	x23, x24, 48
	restore	x21, x22, 32
	restore	x19, x20, 16
	restore	x29, x30, 0
	add	sp, sp, #160
	.cfi_adjust_cfa_offset -160
	ret			/* x0 is still @from */
	.cfi_endproc
	.size	fiber_swap, . - fiber_swap

/*
 * Where a fresh fiber begins: x0 is who swapped to it, x19 is itself. There
 * is no caller: an unwinder must stop here. It looks up the address before
 * the one it returns to, hence the nop.
 */
	.type	fiber_enter, %function
	.balign	16
	.cfi_startproc
	.cfi_undefined x30
	nop
fiber_enter:
	mov	x1, x19
	bl	fiber_run
	brk	#1
	.cfi_endproc
	.size	fiber_enter, . - fiber_enter

/*
 * void fiber_prepare(struct fiber *fiber, void *top)
 * x29 is 0, which ends a chain of frame records; x20 to x28 and d8 to d15 are
 * left as they are, nobody reads them.
 */
	.globl	fiber_prepare
	.type	fiber_prepare, %function
	.balign	16
fiber_prepare:
	.cfi_startproc
	hint	#34
	adr	x9, fiber_enter
	sub	x1, x1, #160
	stp	xzr, x9, [x1]
	str	x0, [x1, #16]
	str	x1, [x0]
	ret
	.cfi_endproc
	.size	fiber_prepare, . - fiber_prepare

/*
 * start.h: calls \func, a register, with the arguments in front of it. An
 * unwinder stops here, though there is a caller.
 */
	.macro start name, func
	.globl	\name
	.type	\name, %function
	.balign	16
\name:
	.cfi_startproc
	.cfi_undefined x30
	hint	#34
	stp	x29, x30, [sp, #-16]!
	mov	x29, sp
	blr	\func
	ldp	x29, x30, [sp], #16
	ret
	.cfi_endproc
	.size	\name, . - \name
	.endm

	start	_start_operation, x2
	start	_start_interrupt, x3
	start	_start_callback, x1

	.section .rodata
	.globl	fiber_swap_is_bare
	.type	fiber_swap_is_bare, %object
	.size	fiber_swap_is_bare, 1
fiber_swap_is_bare:
	.byte	1

	.section .note.GNU-stack, "", %progbits
