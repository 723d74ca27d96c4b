#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# flags.sh TREE OUT: the compiler's flags for a kernel file of TREE prepared into OUT.
set -euo pipefail

tree=$1 out=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

printf '%s\n' -nostdinc -D__KERNEL__ -std=gnu11 -ffunction-sections -fdata-sections \
	-fno-strict-aliasing -fno-strict-overflow -fshort-wchar -fno-common \
	-funsigned-char -fno-delete-null-pointer-checks -fno-builtin-printf \
	-Wno-everything \
	-I"$here" -I"$here/.." -I"$here/include" -I"$out/include" \
	-I"$out/include/generated" -I"$out/include/generated/uapi" \
	-I"$tree/include" -I"$out/include/uapi" -I"$tree/include/uapi" -I"$tree/mm" \
	-include "$here/prelude.h" \
	-include linux/compiler-version.h -include linux/kconfig.h \
	-include linux/compiler_types.h -include "$here/inline.h" \
	-DKBUILD_MODNAME='"linux"' -DKBUILD_BASENAME='"linux"' -DKBUILD_MODFILE='"linux"'
