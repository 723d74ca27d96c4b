/* SPDX-License-Identifier: GPL-2.0 */
/*
 * hold.h: what drivers of recipes share: who is held, waits busy, and not for ever; a
 * watchpoint of the processor on a word; a device that is asked by ioctl.
 */
#ifndef PROVE_HOLD_H
#define PROVE_HOLD_H

#include <linux/fs.h>
#include <linux/hw_breakpoint.h>
#include <linux/kprobes.h>
#include <linux/ktime.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/perf_event.h>
#include <linux/timekeeping.h>

/* As long as a slow machine may need; a CPU is called stuck after 20 s. */
enum {
	hold_ms = 12000
};

/* Until it is so, by another CPU, or it is too late. Busy. Is: whether it is so. */
#define hold_until_within(milliseconds, condition)                             \
	({                                                                     \
		u64 end_ = ktime_get_mono_fast_ns() +                          \
			   (u64)(milliseconds) * NSEC_PER_MSEC;                \
		while (!(condition) && ktime_get_mono_fast_ns() < end_)        \
			cpu_relax();                                           \
		(condition);                                                   \
	})
#define hold_until(condition) hold_until_within(hold_ms, condition)

/* ... and counted: of counts with met and late. */
#define hold_counted(counts, condition)                                        \
	({                                                                     \
		bool came_ = hold_until(condition);                            \
		if (came_)                                                     \
			(counts)->met++;                                       \
		else                                                           \
			(counts)->late++;                                      \
		came_;                                                         \
	})

static inline void hold_unwatch(struct perf_event **watch)
{
	if (*watch)
		unregister_hw_breakpoint(*watch);
	WRITE_ONCE(*watch, NULL);
}

/*
 * From now on what is called when this task touches the word, behind the access: into
 * watch. Length and type: HW_BREAKPOINT_...
 */
static inline long hold_watch(struct perf_event **watch, const void *word,
			      int length, int type,
			      perf_overflow_handler_t called)
{
	struct perf_event_attr attr;
	struct perf_event *event;

	hw_breakpoint_init(&attr);
	attr.bp_addr = (unsigned long)word;
	attr.bp_len = length;
	attr.bp_type = type;
	event = register_user_hw_breakpoint(&attr, called, NULL, current);
	if (IS_ERR(event))
		return PTR_ERR(event);
	WRITE_ONCE(*watch, event);
	return 0;
}

/* The module: /dev/NAME, answered by NAME_ioctl(), and probes NAME_probes; NAME_unwatch()
 * in the end. */
#define HOLD_MODULE(name_)                                                     \
	static const struct file_operations name_##_operations = {             \
		.owner = THIS_MODULE,                                          \
		.unlocked_ioctl = name_##_ioctl,                               \
	};                                                                     \
	static struct miscdevice name_##_device = {                            \
		.minor = MISC_DYNAMIC_MINOR,                                   \
		.name = #name_,                                                \
		.fops = &name_##_operations,                                   \
	};                                                                     \
	static int __init name_##_init(void)                                   \
	{                                                                      \
		int error = register_kprobes(name_##_probes,                   \
					     ARRAY_SIZE(name_##_probes));      \
		if (error) {                                                   \
			pr_err(#name_ ": no probes: %d\n", error);             \
			return error;                                          \
		}                                                              \
		error = misc_register(&name_##_device);                        \
		if (error)                                                     \
			unregister_kprobes(name_##_probes,                     \
					   ARRAY_SIZE(name_##_probes));        \
		return error;                                                  \
	}                                                                      \
	static void __exit name_##_exit(void)                                  \
	{                                                                      \
		misc_deregister(&name_##_device);                              \
		name_##_unwatch();                                             \
		unregister_kprobes(name_##_probes,                             \
				   ARRAY_SIZE(name_##_probes));                \
	}                                                                      \
	module_init(name_##_init);                                             \
	module_exit(name_##_exit);                                             \
	MODULE_LICENSE("GPL")

#endif
