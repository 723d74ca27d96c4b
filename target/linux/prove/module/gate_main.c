// SPDX-License-Identifier: GPL-2.0
/*
 * gate_main.c: gates, as a module: probes, waits, counts. What is said in the parameter
 * `gates` (gate.h) holds while it is loaded; `counts` says what came of it:
 *
 *     NAME hits N matched N astray N unfit N waiting N met N late N irqs_off N missed N
 *
 * hits: came by; matched: and were the ones; astray: but on another CPU, so that they did
 * not wait; unfit: nor did these, which may not sleep; waiting: are there now; met: the other one came; late: did not, in time;
 * irqs_off: of the late ones, with interrupts off, so that it may be us whom the other one
 * needed; missed: came by while this CPU was in another probe.
 */
#include <linux/interrupt.h>
#include <linux/kprobes.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/timekeeping.h>

#include "gate.h"

static char *gates_said = "";
module_param_named(gates, gates_said, charp, 0444);
MODULE_PARM_DESC(gates, "NAME at=SYMBOL[+OFFSET] [waits=NAME ms=N] ...; ...");

static struct gate gates[gate_count_max];
static int gate_count;

static int gate_reached(struct kprobe *probe, struct pt_regs *regs)
{
	struct gate *gate = container_of(probe, struct gate, probe);
	unsigned int nth;

	if (!gate->busy && gate_comes_back(regs))
		return 0;
	atomic_inc(&gate->hits);
	if (!gate_matches(gate, regs))
		return 0;
	nth = atomic_inc_return(&gate->matched);
	if (gate->nth && nth != gate->nth)
		return 0;
	if (gate->cpu >= 0 && gate->cpu != raw_smp_processor_id()) {
		atomic_inc(&gate->astray);
	} else if (gate->waits >= 0 &&
		   atomic_dec_if_positive(&gate->left) >= 0) {
		if (!gate->busy)
			return gate_send(gate, &gates[gate->waits], regs);
		gate_wait(gate, &gates[gate->waits], false);
	}
	gate_pass(gate);
	return 0;
}
NOKPROBE_SYMBOL(gate_reached);

static int gate_counts(char *to, const struct kernel_param *param)
{
	int i, at = 0;

	for (i = 0; i < gate_count; i++) {
		struct gate *gate = &gates[i];

		at += scnprintf(
			to + at, PAGE_SIZE - at,
			"%s hits %d matched %d astray %d unfit %d waiting %d met %d late %d "
			"irqs_off %d missed %lu\n",
			gate->name, atomic_read(&gate->hits),
			atomic_read(&gate->matched), atomic_read(&gate->astray),
			atomic_read(&gate->unfit), atomic_read(&gate->waiting),
			atomic_read(&gate->met), atomic_read(&gate->late),
			atomic_read(&gate->irqs_off), gate->probe.nmissed);
	}
	return at;
}

static const struct kernel_param_ops gate_counts_ops = { .get = gate_counts };
module_param_cb(counts, &gate_counts_ops, NULL, 0444);

/* Its place, before anything stands there: a probe changes the bytes. */
static int gate_set(struct gate *gate)
{
	int error;

	atomic_set(&gate->left, gate->times);
	gate->probe.pre_handler = gate_reached;
	gate->probe.flags =
		KPROBE_FLAG_DISABLED; /* is looked up, and not set */
	error = register_kprobe(&gate->probe);
	if (error) {
		pr_err("gate: refused: %s: no probe at %s+%#x: %s\n",
		       gate->name, gate->symbol, gate->probe.offset,
		       error == -ENOENT ? "no such symbol" :
		       error == -EILSEQ ? "no instruction begins there" :
					  "the kernel allows none");
		return error;
	}
	if (!gate_is_build(gate, gate->probe.addr)) {
		pr_err("gate: refused: %s: other code stands at %pS: another build\n",
		       gate->name, gate->probe.addr);
		unregister_kprobe(&gate->probe);
		return -EINVAL;
	}
	gate_find_entry(gate);
	if (gate->waits >= 0 && !gate->busy && !kprobe_ftrace(&gate->probe)) {
		pr_err("gate: refused: %s: nobody can be sent elsewhere from %pS: say busy=1\n",
		       gate->name, gate->probe.addr);
		unregister_kprobe(&gate->probe);
		return -EINVAL;
	}
	error = enable_kprobe(&gate->probe);
	if (error)
		unregister_kprobe(&gate->probe);
	return error;
}

static void gate_unset(int count)
{
	while (count--)
		unregister_kprobe(&gates[count].probe);
}

static int __init gate_init(void)
{
	char *text = kstrdup(gates_said, GFP_KERNEL);
	int i, error;

	if (!text)
		return -ENOMEM;
	error = gate_parse(gates, text);
	kfree(text);
	if (error < 0)
		return error;
	gate_count = error;
	if (num_online_cpus() < 2) {
		pr_err("gate: refused: one CPU: who waits holds it\n");
		return -EINVAL;
	}
	for (i = 0; i < gate_count; i++) {
		error = gate_set(&gates[i]);
		if (error) {
			gate_unset(i);
			return error;
		}
	}
	return 0;
}

static void __exit gate_exit(void)
{
	gate_unset(gate_count);
}

module_init(gate_init);
module_exit(gate_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("forces an order of two places in the kernel");
