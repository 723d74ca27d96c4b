# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# environment.sh: what OSS-Fuzz's compile script exports before it calls a
# build.sh; read by contract.sh. Flags are those of its base-builder image.

oss_fuzz_base='-O1 -fno-omit-frame-pointer -gline-tables-only -Wno-error=incompatible-function-pointer-types -Wno-error=int-conversion -Wno-error=deprecated-declarations -Wno-error=implicit-function-declaration -Wno-error=implicit-int -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION'
ubsan_checks=array-bounds,bool,builtin,enum,integer-divide-by-zero,null,object-size,return,returns-nonnull-attribute,shift,signed-integer-overflow,unreachable,vla-bound,vptr

sanitizer_flags() {
	case $1 in
	address) echo '-fsanitize=address -fsanitize-address-use-after-scope' ;;
	undefined) echo "-fsanitize=$ubsan_checks,unsigned-integer-overflow -fno-sanitize-recover=$ubsan_checks" ;;
	memory) echo '-fsanitize=memory -fsanitize-memory-track-origins' ;;
	thread) echo '-fsanitize=thread' ;;
	introspector) echo '-O0 -flto -fno-unroll-loops -fuse-ld=gold -Wno-unused-command-line-argument' ;;
	esac
}

coverage_flags() {
	case $1-$2 in
	libfuzzer-coverage) echo '-fprofile-instr-generate -fcoverage-mapping -pthread -Wl,--no-as-needed -Wl,-ldl -Wl,-lm -Wno-unused-command-line-argument' ;;
	libfuzzer-*) echo '-fsanitize=fuzzer-no-link' ;;
	honggfuzz-*) echo '-fsanitize-coverage=trace-pc-guard,trace-cmp,trace-div,indirect-calls' ;;
	centipede-*) echo '-fno-builtin -fsanitize-coverage=trace-pc-guard,pc-table,trace-cmp' ;;
	esac
}

# environment SANITIZER ENGINE [FLAG]: into the environment, with the commands
# of $dir/bin, which note what they are called with. FLAG: -m32, or a --target.
environment() {
	export SANITIZER=$1 FUZZING_ENGINE=$2 FUZZING_LANGUAGE=c ARCHITECTURE=x86_64
	export CC=$dir/bin/cc CXX=$dir/bin/c++ CCC=$dir/bin/c++
	export AR=$dir/bin/ar RANLIB=$dir/bin/ranlib
	CFLAGS=$(xargs <<<"$oss_fuzz_base ${3-} $(sanitizer_flags "$1") $(coverage_flags "$2" "$1")")
	# libc++ where there is one, as in the image.
	CXXFLAGS="$CFLAGS$libcxx"
	LIB_FUZZING_ENGINE=-fsanitize=fuzzer
	case $2 in
	afl) LIB_FUZZING_ENGINE=/usr/lib/afl/libAFLDriver.a ;;
	honggfuzz | centipede) LIB_FUZZING_ENGINE=$dir/engine.a ;;
	esac
	# Once more where there is a compiler for it.
	if [ "${3-}" = --target=aarch64-linux-gnu ]; then
		ARCHITECTURE=aarch64 LIB_FUZZING_ENGINE=$dir/engine.a
		CXXFLAGS=$CFLAGS
	elif [ "${3-}" = -m32 ]; then
		ARCHITECTURE=i386 CXXFLAGS=$CFLAGS
	fi
	# Unsigned overflow is a signal for the fuzzer, and no error.
	export UBSAN_OPTIONS=silence_unsigned_overflow=1
	unset LDFLAGS
	[ "$1" != introspector ] || export LDFLAGS='-fuse-ld=gold -flto'
	export CFLAGS CXXFLAGS LIB_FUZZING_ENGINE ARCHITECTURE
}

# note_command NAME PROGRAM: $dir/bin/NAME is PROGRAM, and notes in
# $dir/commands where it was called, and with what: in one write, as two may
# compile at once.
note_command() {
	cat >"$dir/bin/$1" <<-END
	#!/bin/sh
	printf '%s\n' "\$PWD: $1 \$* " >>"$dir/commands"
	exec "$2" "\$@"
	END
	chmod +x "$dir/bin/$1"
}

# compilers C C++: what \$CC and \$CXX are.
compilers() {
	mkdir -p "$dir/bin"
	note_command cc "$(command -v "$1")"
	note_command c++ "$(command -v "$2")"
	note_command ar "$(command -v llvm-ar-19 || command -v llvm-ar || command -v ar)"
	note_command ranlib "$(command -v llvm-ranlib-19 || command -v llvm-ranlib || command -v ranlib)"
	: >"$dir/commands"
}

# stand_in [FLAG]: $dir/engine.a
stand_in() {
	"$clang" -O1 ${1:+"$1"} -c "$here/contract/engine.c" -o "$dir/engine.o" &&
		rm -f "$dir/engine.a" && ar rcs "$dir/engine.a" "$dir/engine.o"
}
