# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# hunt.sh: what ./build.sh hunt does; read by build.sh, whose functions it uses.

with_commas() { sed ':a; s/\([0-9]\)\([0-9]\{3\}\)\($\|,\)/\1,\2\3/; ta' <<<"$1"; }

# Say every few seconds how far the fuzzer in process $1 with log $2 is.
show_progress() {
	local status turn=0
	while kill -0 "$1" 2>/dev/null; do
		sleep 0.2
		turn=$((turn + 1))
		[ $((turn % 10)) = 0 ] || continue
		status=$(grep -a '^#[0-9]' "$2" | tail -n 1 |
			sed -n 's/^#\([0-9]*\).*ft: \([0-9]*\) corp: \([0-9]*\).*/\1 \2 \3/p')
		[ -n "$status" ] || continue
		set -- "$1" "$2" $status
		printf '  %4d s  %10s executions  %6s features  corpus %s\n' \
			"$SECONDS" "$(with_commas "$3")" "$4" "$5"
	done
}

hunt() {
	local revert='' seed='' limit=300 target=core built=release
	while [ $# -gt 0 ]; do
		case $1 in
		--seed) seed=${2:?}; shift 2 ;;
		--time) limit=${2:?}; shift 2 ;;
		--target) target=${2:?}; shift 2 ;;
		--tree | --version) linux_option "$1" "${2-}"; shift 2 ;;
		-h | --help) usage; return 0 ;;
		-*) die "hunt: no option $1; try: ./build.sh --help" ;;
		*) revert=$1; shift ;;
		esac
	done
	[[ ${seed:-0} =~ ^[0-9]+$ && $limit =~ ^[0-9]+$ ]] ||
		die 'hunt: --seed and --time take whole numbers'
	[ -n "$revert" ] || case $target in
	core) revert=free-without-tail ;;
	*) revert=none ;;
	esac
	build_target "$target"
	local tool=$root/build/$built/pagerace variant fuzzer
	choose_variant hunt
	: "${seed:=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}"
	[ "$seed" != 0 ] || seed=1 # to libFuzzer 0 means: choose one

	fuzzer=$(fuzzer_of "$variant")
	[ "$target" != linux ] || linux_make "$fuzzer"
	fuzzer=$root/build/$built/$fuzzer
	local dir=$root/findings/$variant/seed-$seed
	rm -rf "$dir"
	mkdir -p "$dir/corpus"
	say "hunting on $target, revert $revert: empty corpus, seed $seed, at most $limit s"
	local start end pid status=0
	start=$(date +%s.%N)
	SECONDS=0
	# shellcheck disable=SC2046 # flags are words
	"$fuzzer" $(fuzzer_flags) -seed="$seed" -max_total_time="$limit" \
		-artifact_prefix="$dir/" "$dir/corpus" >"$dir/log" 2>&1 &
	pid=$!
	trap 'kill $pid 2>/dev/null' EXIT
	show_progress "$pid" "$dir/log"
	wait "$pid" || status=$?
	trap - EXIT
	end=$(date +%s.%N)
	report_hunt "$dir" "$variant" "$target" "$revert" "$seed" "$limit" \
		"$(awk -v a="$start" -v b="$end" 'BEGIN { printf "%.1f", b - a }')" "$status"
}

report_hunt() {
	local dir=$1 variant=$2 target=$3 revert=$4 seed=$5 limit=$6 took=$7 status=$8
	local checker runs artifact input text
	checker=$(sed -n 's/^ASSERTION FAILED: //p' "$dir/log" | head -n 1)
	if [ -z "$checker" ] && [ "$status" != 0 ]; then
		tail -n 20 "$dir/log" >&2
		die "the fuzzer itself failed; all of it: ${dir#"$root"/}/log"
	fi
	if [ -z "$checker" ]; then
		say "nothing found on $target, revert $revert, in $limit s, seed $seed"
		return 1
	fi
	runs=$(sed -n 's/^pagerace: total executions //p' "$dir/log" | head -n 1)
	artifact=$(find "$dir" -maxdepth 1 -name 'crash-*' | head -n 1)
	input=$dir/$checker.bin
	text=$dir/$checker.prog
	mv "$artifact" "$input"
	rm -rf "$dir/corpus"
	"$tool" minimize --target "$target" --revert "$revert" \
		--why "found by fuzzing from an empty corpus, seed $seed" \
		-o "$text" "$input" 2>"$dir/minimize.log" ||
		die "minimize failed: $(cat "$dir/minimize.log")"
	say
	(cd "$root" && "$tool" show "${text#"$root"/}" | sed "s|^replay: pagerace|replay: build/$built/pagerace|")
	say
	say "input: ${input#"$root"/}"
	say "text: ${text#"$root"/}"
	tail -n 2 "$dir/minimize.log"
	say "found $checker after $runs executions in $took s, seed $seed"
}
