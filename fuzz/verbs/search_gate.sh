# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# search_gate.sh: steps that ask whether the search finds what it found before: the
# founding race by 27 of 30 seeds, every other revert by one; read by test.sh.

# hunt_seed BINARY LIMIT CORPUS SEED: a line that says how it went. The corpus is not
# read again each second: what a seed comes to would depend on the machine's load.
hunt_seed() {
	local runs dir=$root/build/gate/$4
	mkdir -p "$dir/corpus"
	[ -z "$3" ] || cp "$3"/* "$dir/corpus/"
	# shellcheck disable=SC2046 # flags are words
	"$1" $(fuzzer_flags) -seed="$4" -reload=0 -runs="$2" -artifact_prefix="$dir/" \
		"$dir/corpus" >"$dir/log" 2>&1 || true
	runs=$(sed -n 's/^pagerace: total executions //p' "$dir/log" | head -n 1)
	if grep -q '^ASSERTION FAILED: page-loss$' "$dir/log" &&
		[ "$runs" -le "$2" ]; then
		echo "seed $4: $runs executions"
	else
		echo "seed $4: not found"
	fi
	rm -rf "$dir"
}

# hunts BINARY LIMIT CORPUS: seeds 1 to 30, nine of ten find page-loss within
# LIMIT executions, those of the mutator's own runs included; as many at once as
# there are CPUs. Every change of the code draws anew; with ten seeds a search
# that finds it in 19 of 20 would fail one time in eight.
hunts() {
	local seed found said=$root/build/gate.log
	rm -rf "$root/build/gate"
	: >"$said"
	for seed in {1..30}; do
		[ "$seed" -le "$jobs" ] || wait -n
		hunt_seed "$1" "$2" "$3" "$seed" >>"$said" &
	done
	wait
	sort -k 2 -n "$said"
	found=$(grep -c executions "$said")
	echo "found in $found of 30"
	[ "$found" -ge 27 ]
}

seeds_as_bytes() {
	local text
	rm -rf "$root/build/seeds"
	mkdir -p "$root/build/seeds"
	for text in "$root"/corpus/seeds/*.prog; do
		"$root/build/release/pagerace" encode "$text" \
			-o "$root/build/seeds/$(basename "$text" .prog)"
	done
}

gate() {
	local fuzzer=$root/build/release/page_cache_fuzzer_core_free_without_tail
	echo 'from an empty corpus'
	hunts "$fuzzer" 300000 '' || return 1
	echo 'from the seed programs'
	seeds_as_bytes
	hunts "$fuzzer" 30000 "$root/build/seeds"
}

# Fuzz targets of what is found within the limit: each revert, and examples.
preys() {
	local revert
	"$root/build/release/pagerace" list reverts --target core | while read -r revert _; do
		fuzzer_of "core-$revert"
	done
	fuzzer_of treiber
	fuzzer_of hazards-no-second-look
	fuzzer_of mcs-usurper-ignored
}

# Every checker's prey, from an empty corpus; as many at once as there are CPUs.
every_revert() {
	local fuzzer dir=$root/build/prey
	rm -rf "$dir"
	mkdir -p "$dir"
	for fuzzer in $(preys); do
		[ "$(jobs -pr | wc -l)" -lt "$jobs" ] || wait -n || true
		# shellcheck disable=SC2046 # flags are words
		"$root/build/release/$fuzzer" $(fuzzer_flags) -seed=1 -runs=1500000 \
			-artifact_prefix="$dir/" >"$dir/$fuzzer.log" 2>&1 &
	done
	wait
	for fuzzer in "$dir"/*.log; do
		echo "$(basename "$fuzzer" .log)"
		grep -a '^ASSERTION FAILED: ' "$fuzzer" || return 1
	done
	[ "$(preys | wc -l)" -ge 5 ]
}
