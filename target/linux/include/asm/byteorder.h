/* SPDX-License-Identifier: GPL-2.0 */
/* asm/byteorder.h: little endian. */
#ifndef ASM_BYTEORDER_H
#define ASM_BYTEORDER_H

#include <linux/byteorder/little_endian.h>

#endif
