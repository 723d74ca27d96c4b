/* SPDX-License-Identifier: MIT */
/*
 * portable.h: in front of the library's own: on a system that it does not know by name it
 * tells threads apart by a variable of theirs, and reads no register. Behind it no header of
 * the C library is read for the first time.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#undef __GLIBC__
