/* SPDX-License-Identifier: MIT */
/*
 * fiber_x86_64.S: the switch between fibers on x86_64, System V ABI.
 *
 * A parked stack, from fiber->sp upwards:
 *	r15 r14 r13 r12 rbx rbp, the address to return to
 *
 * Not saved: the control bits of mxcsr and of the x87 (all fibers share one
 * rounding mode) and the shadow stack (this file carries no property note, so
 * the linker never marks a program that contains it as ready for one).
 *
 * Why ret, and not a jump to the popped address: the jump is guessed better
 * when two stacks play ping-pong (half the time), but leaves the CPU's return
 * predictor one entry off, and each return of a caller then pays (measured,
 * five calls deep: a step took half as long again).
 */
	.macro save reg
	pushq	%\reg
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset \reg, 0
	.endm

	.macro restore reg
	popq	%\reg
	.cfi_adjust_cfa_offset -8
	.cfi_restore \reg
	.endm

	.text

/* struct fiber *fiber_swap(struct fiber *from, struct fiber *to) */
	.globl	fiber_swap
	.type	fiber_swap, @function
	.balign	16
fiber_swap:
	.cfi_startproc
	endbr64
	save	rbp
	save	rbx
	save	r12
	save	r13
	save	r14
	save	r15
	movq	%rsp, (%rdi)
	movq	(%rsi), %rsp
	movq	%rdi, %rax
	restore	r15
	restore	r14
	restore	r13
	restore	r12
	restore	rbx
	restore	rbp
	ret
	.cfi_endproc
	.size	fiber_swap, . - fiber_swap

/*
 * Where a fresh fiber begins: rax is who swapped to it, rbx is itself. There
 * is no caller: an unwinder must stop here. It looks up the address before
 * the one it returns to, hence the nop.
 */
	.type	fiber_enter, @function
	.balign	16
	.cfi_startproc
	.cfi_undefined rip
	nop
fiber_enter:
	movq	%rax, %rdi
	movq	%rbx, %rsi
	call	fiber_run
	ud2
	.cfi_endproc
	.size	fiber_enter, . - fiber_enter

/*
 * void fiber_prepare(struct fiber *fiber, void *top)
 * rbp is 0, which ends a chain of frame pointers; r12 to r15 are left as they
 * are, nobody reads them.
 */
	.globl	fiber_prepare
	.type	fiber_prepare, @function
	.balign	16
fiber_prepare:
	.cfi_startproc
	endbr64
	leaq	fiber_enter(%rip), %rax
	movq	%rax, -8(%rsi)
	movq	$0, -16(%rsi)
	movq	%rdi, -24(%rsi)
	leaq	-56(%rsi), %rax
	movq	%rax, (%rdi)
	ret
	.cfi_endproc
	.size	fiber_prepare, . - fiber_prepare

/*
 * start.h: calls \func, a register, with the arguments in front of it. An
 * unwinder stops here, though there is a caller.
 */
	.macro start name, func
	.globl	\name
	.type	\name, @function
	.balign	16
\name:
	.cfi_startproc
	.cfi_undefined rip
	endbr64
	pushq	%rbp
	movq	%rsp, %rbp
	call	*%\func
	popq	%rbp
	ret
	.cfi_endproc
	.size	\name, . - \name
	.endm

	start	_start_operation, rdx
	start	_start_interrupt, rcx
	start	_start_callback, rsi

	.section .rodata
	.globl	fiber_swap_is_bare
	.type	fiber_swap_is_bare, @object
	.size	fiber_swap_is_bare, 1
fiber_swap_is_bare:
	.byte	1

	.section .note.GNU-stack, "", @progbits
