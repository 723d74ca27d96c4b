# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# determinism.sh: steps that ask whether one program is one run, in every process and
# build; read by test.sh and check.sh.

# What means the same in every build.
corpus() { cd "$root" && ls corpus/*/*.prog corpus/*/*/*.prog | grep -Ev '^corpus/(plain|races)/'; }

# digests BUILD [file...]: "digest file: outcome", sorted by file.
digests() {
	local dir=$1
	shift
	(cd "$root" && "build/$dir/pagerace" run --digest "$@" | sort -k2)
}

# same_but_crashes REFERENCE DIGESTS: a run that ended in a sanitizer's report,
# as it was expected to, has no digest.
same_but_crashes() {
	local crashed
	crashed=$(sed -n 's/^-------- \(.*: \).*/\1/p' <<<"$2")
	same "$(grep -vF "${crashed:-nothing crashed}" <<<"$1")" \
		"$(grep -v '^--------' <<<"$2")"
}

# Each file of the corpus: in one process, in another order, four times over,
# each in a process of its own, by every compiler and build.
determinism() {
	local files reference one build file
	mapfile -t files < <(corpus)
	reference=$(digests "$1" "${files[@]}")
	[ "$(wc -l <<<"$reference")" = ${#files[@]} ] || return 1
	same "$reference" "$(digests "$1" "${files[@]}" "${files[@]}" \
		"${files[@]}" "${files[@]}" | sort -u -k2)" || return 1
	same "$reference" "$(digests "$1" $(printf '%s\n' "${files[@]}" |
		sort -R --random-source=<(yes)))" || return 1
	one=$(for file in "${files[@]}"; do digests "$1" "$file"; done | sort -k2)
	same "$reference" "$one" || return 1
	shift
	for build; do
		echo "digests of build $build"
		same_but_crashes "$reference" \
			"$(digests "$build" "${files[@]}")" || return 1
	done
}

# ------------------------------------------------------------- plain accesses

# plain_accesses BUILD REFERENCE: the corpus comes to the same with other
# digests, as there is more to see, which are equal each time; and the core as
# it is stays silent.
plain_accesses() {
	local files digests
	run_ctest "$1" -R '^fuzz\.plain|^command\.mistakes|^(corpus|unreverted)\.(plain|clean|bugs)' || return 1
	mapfile -t files < <(corpus | grep -v '^corpus/mistakes/')
	digests=$(digests "$1" "${files[@]}")
	[ "$(wc -l <<<"$digests")" = ${#files[@]} ] || return 1
	same "$digests" "$(digests "$1" $(printf '%s\n' "${files[@]}" |
		sort -R --random-source=<(yes)))" || return 1
	# but of those examples that have marked accesses only
	! comm -12 <(digests "$2" "${files[@]}" | sort) <(sort <<<"$digests") |
		grep -Ev ' corpus/bugs/(treiber|tail-before-slot|emptied-too-late|take-without-fence|reader-without-rmb|pointer-without-release)/' || return 1
	# shellcheck disable=SC2046 # flags are words
	"$root/build/$1/page_cache_fuzzer" $(fuzzer_flags) -seed=1 -runs=20000
}
