/* SPDX-License-Identifier: MIT */
/* alone.c: the one target of a binary that is made without CMake. */
#include <pagerace/targets.h>

TARGETS_ONLY(buffers);
