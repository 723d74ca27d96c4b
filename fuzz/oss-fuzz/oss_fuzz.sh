# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# oss_fuzz.sh: what ./build.sh without a verb does; read by build.sh, whose
# functions it uses.
#
# From the environment: $CC $CXX $CFLAGS $CXXFLAGS $AR $RANLIB
# $LIB_FUZZING_ENGINE $SANITIZER $OUT $WORK. Flags are appended to, nothing of
# the tree is written to unless $OUT and $WORK are left out.
# See: README.md, what of this is checked and where.

# What OSS-Fuzz's compile script would have put into CFLAGS.
oss_fuzz_cflags() {
	local flags='-O1 -fno-omit-frame-pointer -gline-tables-only'
	case ${SANITIZER:-address} in
	address) flags+=' -fsanitize=address -fsanitize-address-use-after-scope' ;;
	undefined) flags+=' -fsanitize=array-bounds,bool,builtin,enum,integer-divide-by-zero,null,object-size,return,returns-nonnull-attribute,shift,signed-integer-overflow,unreachable,vla-bound,vptr -fno-sanitize-recover=undefined' ;;
	memory) flags+=' -fsanitize=memory -fsanitize-memory-track-origins' ;;
	thread) flags+=' -fsanitize=thread' ;;
	coverage) flags+=' -fprofile-instr-generate -fcoverage-mapping' ;;
	none) ;;
	*) die "SANITIZER=$SANITIZER: address, undefined, memory, thread, coverage or none" ;;
	esac
	echo "$flags -fsanitize=fuzzer-no-link"
}

# oss_fuzz_begin DIR KEY: a build with another key begins anew.
oss_fuzz_begin() {
	[ "$(cat "$1/key" 2>/dev/null)" = "$2" ] || rm -rf "$1"
	mkdir -p "$1"
	printf '%s' "$2" >"$1/key"
}

oss_fuzz_target() {
	local dir=$WORK/pagerace archive=()
	oss_fuzz_begin "$dir" "$CC $CXX ${AR-} ${RANLIB-} $CFLAGS $CXXFLAGS $LIB_FUZZING_ENGINE"
	[ -z "${AR-}" ] || archive+=(-DCMAKE_AR="$(command -v "$AR")")
	[ -z "${RANLIB-}" ] || archive+=(-DCMAKE_RANLIB="$(command -v "$RANLIB")")
	cmake "${generator[@]}" -S "$root" -B "$dir" -DPAGERACE_TOOLS=OFF "${archive[@]}" \
		-DCMAKE_C_COMPILER="$CC" -DCMAKE_CXX_COMPILER="$CXX" \
		-DCMAKE_C_FLAGS="$CFLAGS" -DCMAKE_CXX_FLAGS="$CXXFLAGS" \
		-DCMAKE_ASM_FLAGS="$CFLAGS" \
		-DLIB_FUZZING_ENGINE="$LIB_FUZZING_ENGINE"
	cmake --build "$dir" -j "$jobs" --target "$1"
	cp "$dir/$1" "$root/fuzz/fuzzers/$1.options" "$OUT/"
}

# Seeds are kept as text. The encoder is for this machine: no sanitizer, no
# engine, and it stays out of $OUT.
oss_fuzz_seeds() {
	local host=$WORK/pagerace-host zip=$OUT/$1_seed_corpus.zip text library
	# CMake tries $CXX, which may come with this C++ library alone.
	library=$(grep -o -- '-stdlib=[^ ]*' <<<"$CXXFLAGS") || true
	oss_fuzz_begin "$host" "$CC $CXX $library"
	CFLAGS='' CXXFLAGS='' cmake "${generator[@]}" -S "$root" -B "$host" -DPAGERACE_TOOLS=OFF \
		-DCMAKE_C_COMPILER="$CC" -DCMAKE_CXX_COMPILER="$CXX" \
		-DCMAKE_C_FLAGS=-O1 -DCMAKE_CXX_FLAGS="$library" \
		-DLIB_FUZZING_ENGINE=
	cmake --build "$host" -j "$jobs" --target encoder
	rm -rf "$host/seeds"
	mkdir -p "$host/seeds"
	for text in "$root"/corpus/seeds/*.prog "$root"/corpus/clean/*.prog \
		"$root"/corpus/bugs/*/*.prog; do
		# A story of another target says nothing here.
		! grep -q '^target ' "$text" || continue
		"$host/encoder" encode --revert none "$text" \
			-o "$host/seeds/$(basename "$(dirname "$text")")-$(basename "$text" .prog)"
	done
	# The same programs, the same archive.
	find "$host/seeds" -type f -exec touch -d '1980-01-02 UTC' {} +
	(cd "$host/seeds" && rm -f "$zip" && TZ=UTC zip -q -X -j "$zip" ./*)
}

oss_fuzz() {
	choose_compiler
	if [ -z "${CFLAGS+set}" ]; then CFLAGS=$(oss_fuzz_cflags); fi
	CXXFLAGS=${CXXFLAGS-$CFLAGS}
	LIB_FUZZING_ENGINE=${LIB_FUZZING_ENGINE:--fsanitize=fuzzer}
	OUT=${OUT:-$root/out}
	WORK=${WORK:-$root/build}
	mkdir -p "$OUT" "$WORK"
	OUT=$(cd "$OUT" && pwd)
	WORK=$(cd "$WORK" && pwd)
	local generator=()
	if command -v ninja >/dev/null; then generator=(-G Ninja); fi
	oss_fuzz_target page_cache_fuzzer
	oss_fuzz_seeds page_cache_fuzzer
}
