/* SPDX-License-Identifier: GPL-2.0 */
/*
 * sched_prelude.h: what kernel/sched/build_utility.c would have included before
 * the two files of wait queues.
 */
#include <linux/freezer.h>
#include <linux/hash.h>
#include <linux/kthread.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/signal.h>
#include <linux/wait.h>
#include <linux/wait_bit.h>

/* kernel/sched/sched.h; there is no load balancer to hint at. */
#define WF_SYNC 0x10
#define WF_CURRENT_CPU 0x40
