// SPDX-License-Identifier: GPL-2.0
/*
 * gate_wait.c: to wait at a gate, busy or asleep.
 *
 * A probe's handler may not sleep. So it sends its task to gate_call_N(), which was
 * called, as it seems, instead of the gate's function and with its arguments: there
 * the task may do what its caller might.
 */
#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/timekeeping.h>

#include "gate.h"

static u64 gate_end(unsigned int ms)
{
	return ktime_get_mono_fast_ns() + (u64)ms * NSEC_PER_MSEC;
}

static void gate_rest(bool sleeps)
{
	if (sleeps)
		usleep_range(500, 1000);
	else
		cpu_relax();
}

void gate_wait(struct gate *gate, struct gate *other, bool sleeps)
{
	unsigned long before = READ_ONCE(other->passed);
	u64 end = gate_end(gate->ms);

	atomic_inc(&gate->waiting);
	while (READ_ONCE(other->passed) == before &&
	       ktime_get_mono_fast_ns() < end)
		gate_rest(sleeps);
	if (READ_ONCE(other->passed) == before) {
		atomic_inc(&gate->late);
		if (irqs_disabled())
			atomic_inc(&gate->irqs_off);
	} else {
		atomic_inc(&gate->met);
		end = gate_end(gate->linger);
		while (ktime_get_mono_fast_ns() < end)
			gate_rest(sleeps);
	}
	atomic_dec(&gate->waiting);
}

void gate_pass(struct gate *gate)
{
	WRITE_ONCE(gate->passed, gate->passed + 1);
}

/* ------------------------------------------------------------------------- sent */

typedef unsigned long (*gate_function)(unsigned long, unsigned long,
				       unsigned long, unsigned long,
				       unsigned long, unsigned long);

static struct gate *gate_of[gate_count_max], *gate_other_of[gate_count_max];

static noinline unsigned long gate_call(int i, unsigned long a, unsigned long b,
					unsigned long c, unsigned long d,
					unsigned long e, unsigned long f)
{
	struct gate *gate = gate_of[i];
	unsigned long result;

	if (!preemptible() || rcu_preempt_depth() > 0)
		atomic_inc(&gate->unfit);
	else
		gate_wait(gate, gate_other_of[i], true);
	gate_pass(gate);
	result = ((gate_function)gate->entry)(a, b, c, d, e, f);
	module_put(
		THIS_MODULE); /* not in front of the call: it returns to here */
	return result;
}

#define GATE_CALL(i)                                                           \
	static unsigned long gate_call_##i(unsigned long a, unsigned long b,   \
					   unsigned long c, unsigned long d,   \
					   unsigned long e, unsigned long f)   \
	{                                                                      \
		return gate_call(i, a, b, c, d, e, f);                         \
	}
GATE_CALL(0)
GATE_CALL(1)
GATE_CALL(2)
GATE_CALL(3)
GATE_CALL(4)
GATE_CALL(5)
GATE_CALL(6)
GATE_CALL(7)

static const gate_function gate_calls[gate_count_max] = {
	gate_call_0, gate_call_1, gate_call_2, gate_call_3,
	gate_call_4, gate_call_5, gate_call_6, gate_call_7,
};

void gate_find_entry(struct gate *gate)
{
	static const u8 endbr64[] = { 0xf3, 0x0f, 0x1e, 0xfa };
	u8 *address = (u8 *)gate->probe.addr;

	gate->entry = (unsigned long)address;
	if (!memcmp(address - sizeof(endbr64), endbr64, sizeof(endbr64)))
		gate->entry -= sizeof(endbr64);
}

int gate_send(struct gate *gate, struct gate *other, struct pt_regs *regs)
{
	int i;

	for (i = 0; i < gate_count_max; i++)
		if (!gate_of[i] || gate_of[i] == gate)
			break;
	if (i == gate_count_max || !try_module_get(THIS_MODULE))
		return 0;
	gate_of[i] = gate;
	gate_other_of[i] = other;
	regs->ip = (unsigned long)gate_calls[i];
	return 1;
}
NOKPROBE_SYMBOL(gate_send);

bool gate_comes_back(const struct pt_regs *regs)
{
	return within_module(*(unsigned long *)regs->sp, THIS_MODULE);
}
NOKPROBE_SYMBOL(gate_comes_back);
