#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# flags.sh TREE OUT: the compiler's flags for a kernel file of TREE prepared into OUT.
set -euo pipefail

tree=$1 out=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# A struct with a name as a member without one, where the tree has such.
dialect=-std=gnu11
! grep -q 'MS_EXTENSIONS\|-fms-extensions' "$tree/Makefile" || dialect+=' -fms-extensions'

# shellcheck disable=SC2086 # flags are words
printf '%s\n' -nostdinc -D__KERNEL__ $dialect -ffunction-sections -fdata-sections \
	-fno-strict-aliasing -fno-strict-overflow -fshort-wchar -fno-common \
	-funsigned-char -fno-delete-null-pointer-checks -fno-builtin-printf \
	-Wno-everything -Werror=implicit-function-declaration \
	-I"$here" -I"$here/.." -I"$here/include" -I"$out/include" \
	-I"$out/include/generated" -I"$out/include/generated/uapi" \
	-I"$tree/include" -I"$out/include/uapi" -I"$tree/include/uapi" -I"$tree/mm" \
	-include "$here/prelude.h" \
	-include linux/compiler-version.h -include linux/kconfig.h \
	-include linux/compiler_types.h -include "$here/inline.h" \
	-DKBUILD_MODNAME='"linux"' -DKBUILD_BASENAME='"linux"' -DKBUILD_MODFILE='"linux"'
