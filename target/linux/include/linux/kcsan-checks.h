/* SPDX-License-Identifier: GPL-2.0 */
/*
 * linux/kcsan-checks.h: what the tree tells KCSAN, told to ThreadSanitizer.
 *
 * data_race() is between __kcsan_disable_current() and __kcsan_enable_current();
 * volatile accesses are marked: ../../glue/tsan.c. What is asserted of a variable is
 * an access to it that must be alone. Of ASSERT_EXCLUSIVE_BITS(), that some bits of a
 * word do not change while others may, nothing is told: that takes values.
 */
#include_next <linux/kcsan-checks.h>

#ifndef LINUX_KCSAN_CHECKS_H
#define LINUX_KCSAN_CHECKS_H
#ifdef __SANITIZE_THREAD__

void machine_race_begin(void);
void machine_race_end(void);
void __tsan_read_range(void *at, unsigned long size);
void __tsan_write_range(void *at, unsigned long size);

#undef __kcsan_disable_current
#undef __kcsan_enable_current
#define __kcsan_disable_current machine_race_begin
#define __kcsan_enable_current machine_race_end

#undef ASSERT_EXCLUSIVE_WRITER
#define ASSERT_EXCLUSIVE_WRITER(var)                                           \
	__tsan_read_range((void *)&(var), sizeof(var))
#undef ASSERT_EXCLUSIVE_ACCESS
#define ASSERT_EXCLUSIVE_ACCESS(var)                                           \
	__tsan_write_range((void *)&(var), sizeof(var))

#endif
#endif
