/* SPDX-License-Identifier: GPL-2.0 */
/*
 * gate.h: a gate is a place in the kernel's text that is watched, and where whoever comes
 * may have to wait until somebody has passed another gate.
 *
 * It is said in words, gates apart by ';':
 *
 *   NAME at=SYMBOL[+OFFSET] [bytes=HEX] [cpu=N] [comm=NAME] [nth=N] [TEST=LOW-HIGH]...
 *        [waits=NAME [ms=N] [linger=N] [times=N] [busy=1]]
 *
 * at      where; bytes: what has to stand there, so that it is the build it was said for
 * cpu, comm   who: on another CPU, or called otherwise, is let pass and counted
 * nth     the N-th that matches, and that one alone
 * TEST    argN: the N-th argument (from 0) lies between; pfnN: it is a struct page or
 *         folio of these pages; indexN, inoN: it is a folio at this index, of a file of
 *         this inode; mapN: it is the address_space of this inode. At entries alone
 * waits   for the other gate to be passed after this one was reached; at most ms
 *         (1000) milliseconds, then linger (0) more, and as often as times (1) says
 *
 * At the entry of a function who waits sleeps: it is sent through gate_call(), which calls
 * the function when the wait is over (of at most six arguments, none a struct). Who may
 * not sleep there does not wait, and is counted. Inside a function, or with busy=1, a wait is
 * busy, with preemption off, and inside interrupts are off too: then both sides have to be on
 * CPUs of their own, and what is said is refused if they are not.
 */
#ifndef PROVE_GATE_H
#define PROVE_GATE_H

#include <linux/kprobes.h>
#include <linux/types.h>

enum {
	gate_count_max = 8,
	gate_test_max = 4,
	gate_bytes_max = 16
};
enum {
	gate_ms_max = 5000
}; /* of a busy CPU: well before anybody calls it a stall */

enum gate_kind {
	gate_arg,
	gate_pfn,
	gate_index,
	gate_ino,
	gate_map
};

struct gate_test {
	enum gate_kind kind;
	int argument;
	unsigned long low, high;
};

struct gate {
	struct kprobe probe;
	char name[16], symbol[64], comm[16], partner[16];
	u8 bytes[gate_bytes_max];
	int byte_count;
	int cpu; /* -1: any */
	int waits; /* index of the other gate; -1: for nobody */
	unsigned int ms, linger, times, nth, busy;
	struct gate_test tests[gate_test_max];
	int test_count;
	atomic_t left; /* waits that are left */
	atomic_t hits, matched, astray, unfit, waiting, met, late, irqs_off;
	unsigned long entry; /* of the function */
	unsigned long passed; /* of those that matched, have gone on */
};

/* gate_parse(): what text says, into gates. Text is changed.
 * Returns: how many; or -EINVAL, and the kernel's log says what is wrong. */
int gate_parse(struct gate *gates, char *text);

/* gate_matches(): everything that was asked of who comes is so. Neither waits nor
 * faults. */
bool gate_matches(struct gate *gate, struct pt_regs *regs);

/* gate_is_build(): the bytes that stand at address are those that were said. */
bool gate_is_build(const struct gate *gate, const void *address);

/* gate_wait(): until the other one has been passed, and a while longer; or not, in time.
 * Sleeps, or is busy. */
void gate_wait(struct gate *gate, struct gate *other, bool sleeps);

/* gate_pass(): the gate has been passed. */
void gate_pass(struct gate *gate);

/* gate_find_entry(): of the gate's function, of its probe's address. */
void gate_find_entry(struct gate *gate);

/* gate_send(): who is at this entry waits asleep: it goes on in a function of this module
 * that does so, and then calls the gate's. Returns: what a probe's handler has to. */
int gate_send(struct gate *gate, struct gate *other, struct pt_regs *regs);

/* gate_comes_back(): who is at this entry was called by that function. */
bool gate_comes_back(const struct pt_regs *regs);

#endif
