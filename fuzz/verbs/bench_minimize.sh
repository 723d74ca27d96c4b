# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# minimize_bench.sh: what ./build.sh bench minimize does; read by build.sh,
# whose functions it uses.
#
# For every revert and the example: raw crashers from hunts with seeds drawn
# now, each minimized by pagerace and by libFuzzer's -minimize_crash=1. An id
# that is another one afterwards has slid.

# hunt_crasher FUZZER FILE: from an empty corpus; prints the seed.
hunt_crasher() {
	local seed tries
	for tries in 1 2 3; do
		seed=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')
		rm -rf "$2.work"
		mkdir -p "$2.work/corpus"
		# shellcheck disable=SC2046 # flags are words
		"$1" $(fuzzer_flags) -seed="$seed" -runs=1500000 \
			-artifact_prefix="$2.work/" "$2.work/corpus" \
			>"$2.work/log" 2>&1 || true
		find "$2.work" -maxdepth 1 -name 'crash-*' -exec mv {} "$2" \;
		rm -rf "$2.work"
		if [ -e "$2" ]; then echo "$seed"; return; fi
	done
	return 1
}

# outcome FILE: the id that it ends with.
outcome() {
	# shellcheck disable=SC2086 # flags are words
	{ "$tool" run $variant_flags --expect none "$1" || true; } |
		sed 's/^.*: \([^,]*\).*$/\1/'
}

# row WHAT FILE ID: "WHAT preemptions operations slid" of a program's run;
# $variant_flags says of which target.
row() {
	local counts id
	# shellcheck disable=SC2086 # flags are words
	counts=$("$tool" show $variant_flags "$2" | sed -n \
		's/^\([0-9]*\) preemptions*, \([0-9]*\) operations.*/\1 \2/p')
	id=$(outcome "$2")
	echo "$1 $counts $([ "$id" = "$3" ] && echo 0 || echo 1)"
}

# seconds NANOSECONDS-AT-BEGIN
seconds() { awk -v a="$1" -v b="$(date +%s%N)" 'BEGIN { printf "%.2f", (b - a) / 1e9 }'; }

# bench_crasher REVERT FUZZER FILE SECONDS: lines for the table.
bench_crasher() {
	local revert=$1 fuzzer=$2 file=$3 limit=$4 id begin took
	id=$(outcome "$file")
	row "raw $revert $id $(stat -c %s "$file") 0" "$file" "$id"
	begin=$(date +%s%N)
	# shellcheck disable=SC2086 # flags are words
	"$tool" minimize $variant_flags -o "$file.prog" "$file" 2>"$file.log" ||
		die "minimize $file: see $file.log"
	took=$(seconds "$begin")
	"$tool" encode -o "$file.small" "$file.prog"
	row "pagerace $revert $id $(stat -c %s "$file.small") $took" "$file.small" "$id"
	begin=$(date +%s%N)
	cp "$file" "$file.libfuzzer"
	# shellcheck disable=SC2046 # flags are words
	timeout "$limit" "$fuzzer" $(fuzzer_flags) -seed=1 -minimize_crash=1 \
		-runs=100000 -exact_artifact_path="$file.libfuzzer" "$file" \
		>"$file.log" 2>&1 || true
	took=$(seconds "$begin")
	row "libfuzzer $revert $id $(stat -c %s "$file.libfuzzer") $took" \
		"$file.libfuzzer" "$id"
}

# Columns of the lines: who revert id bytes seconds preemptions operations slid
print_table() {
	sort -k2,3 -k1,1r "$1" | awk '
	function push(name, value) { list[name] = list[name] " " value }
	function sorted(name, out,   n, i, j, t) {
		n = split(list[name], out, " ")
		for (i = 2; i <= n; i++)
			for (j = i; j > 1 && out[j] + 0 < out[j - 1] + 0; j--) {
				t = out[j]; out[j] = out[j - 1]; out[j - 1] = t
			}
		return n
	}
	function middle(out, n) { return n % 2 ? out[(n + 1) / 2] : (out[n / 2] + out[n / 2 + 1]) / 2 }
	function spread(name,   n, out) {
		n = sorted(name, out)
		return out[1] " / " middle(out, n) " / " out[n]
	}
	function times(name,   n, out) {
		n = sorted(name, out)
		return sprintf("%.1f / %.1f", middle(out, n), out[n])
	}
	function flush(   n, out) {
		if (key == "")
			return
		n = sorted("bytes", out)
		split(key, part, " ")
		printf "%-18s %-20s %3d  %-10s %7.0f  %-12s %-14s %-13s %d\n",
			part[2], part[3], n, part[1], middle(out, n),
			spread("preemptions"), spread("operations"),
			part[1] == "raw" ? "" : times("seconds"), slid
		delete list
		slid = 0
	}
	BEGIN {
		printf "%-18s %-20s %3s  %-10s %7s  %-12s %-14s %-13s %s\n",
			"revert", "found by", "n", "as", "bytes", "preemptions",
			"operations", "seconds", "slid"
		printf "%54s %7s  %-12s %-14s %-13s\n", "", "median",
			"min/med/max", "min/med/max", "median/worst"
	}
	$1 " " $2 " " $3 != key { flush(); key = $1 " " $2 " " $3 }
	{
		push("bytes", $4); push("seconds", $5)
		push("preemptions", $6); push("operations", $7); slid += $8
	}
	END { flush() }'
}

minimize_bench() {
	local nr=20 limit=5 dir=$root/build/minimize tool=$root/build/release/pagerace
	local revert variant_flags fuzzer i file
	while [ $# -gt 0 ]; do
		case $1 in
		--seeds) nr=${2:?}; shift 2 ;;
		--time) limit=${2:?}; shift 2 ;;
		*) die "bench minimize: no option $1; try: ./build.sh --help" ;;
		esac
	done
	[[ $nr =~ ^[1-9][0-9]*$ && $limit =~ ^[1-9][0-9]*$ ]] ||
		die 'bench minimize: --seeds and --time take whole numbers'
	deps
	build_release
	rm -rf "$dir"
	mkdir -p "$dir"
	for revert in $("$tool" list reverts | awk '{ print $1 }') treiber; do
		fuzzer=$root/build/release/page_cache_fuzzer_core_${revert//-/_}
		variant_flags="--revert $revert"
		if [ "$revert" = treiber ]; then
			fuzzer=$root/build/release/page_cache_fuzzer_treiber
			variant_flags='--target treiber'
		fi
		for i in $(seq "$nr"); do
			file=$dir/$revert-$i
			if ! hunt_crasher "$fuzzer" "$file" >"$file.seed"; then
				say "$revert: nothing found with three seeds"
				break
			fi
			bench_crasher "$revert" "$fuzzer" "$file" "$limit" >>"$dir/rows"
			printf '\r%s: %d of %d ' "$revert" "$i" "$nr" >&2
		done
		printf '\n' >&2
	done
	print_table "$dir/rows"
	say "libFuzzer: -minimize_crash=1, at most $limit s an input"
	say "load: $(cut -d' ' -f1-3 /proc/loadavg) on $(nproc) cores"
}
