# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# coverage.sh: what ./build.sh linux --coverage does; read by linux.sh. What it
# shares with the core's is in fuzz/verbs/coverage.sh.
#
# A corpus is made by fuzzing from the kept programs; what its runs reach of the
# kernel's lines is counted by a build that is instrumented for it. That build
# keeps all functions; counted are those that are alive without it. Start-up is
# what brings a target up in this build, and so is reached.

coverage_runs=300000

# Functions that target_linux leads to, a name a line.
coverage_alive() {
	local suffix=${CC##*clang}
	"ld.lld$suffix" --gc-sections -e target_linux \
		--unresolved-symbols=ignore-all --noinhibit-exec \
		-o "$1.alive" "$1" 2>/dev/null || true
	"llvm-nm$suffix" --defined-only "$1.alive" | awk '$2 ~ /[tT]/ { print $3 }'
	rm -f "$1.alive"
}

# The functions of a report of llvm-cov, as "FILE FUNCTION LINES MISSED".
coverage_functions() {
	awk -v tree="$linux_tree/" '
		/^File / {
			file = $2
			gsub(/[\x27]|:$/, "", file)
			file = substr(file, length(tree) + 1)
		}
		NF == 10 && $5 ~ /^[0-9]+$/ && $1 != "TOTAL" {
			name = $1
			sub(/.*:/, "", name)
			print file, name, $5, $6
		}'
}

# The table, and what no run came to. Stdin: coverage_functions; $1: the alive.
coverage_table() {
	awk -v alive="$1" '
		function row(file, n, u, l, m, out) {
			printf "%-24s %9d %9d %7d %7d %6.1f %% %11s\n",
				file, n, u, l, l - m, 100 * (l - m) / l,
				u == n ? "" : sprintf("%.1f %%",
						100 * (l - m) / (l - out))
		}
		BEGIN {
			while ((getline name <alive) > 0)
				is[name]
			printf "%-24s %9s %9s %7s %7s %8s %11s\n", "",
				"functions", "unreached", "lines", "reached",
				"", "of reached"
		}
		$2 in is {
			if ($1 != file) {
				if (nr)
					row(file, nr, u, l, m, out)
				nr = u = l = m = out = 0
			}
			file = $1
			nr++; l += $3; m += $4
			all_nr++; all_l += $3; all_m += $4
			if ($3 != $4)
				next
			u++; all_u++
			out += $3; all_out += $3
			left[file] = left[file] " " $2
		}
		END {
			row(file, nr, u, l, m, out)
			row("all", all_nr, all_u, all_l, all_m, all_out)
			print "\nlinked in, and reached by no run:"
			for (file in left)
				print "  " file ":" left[file] | "sort | fold -s -w 96"
		}'
}

linux_coverage() {
	local suffix=${CC##*clang} dir=$root/build/$linux_dir-coverage
	local corpus=$dir/corpus fuzzer
	local build_targets='page_cache_linux_fuzzer variant_linux'
	say 'building for coverage ...'
	build "$linux_dir-coverage" -DPAGERACE_LINUX="$linux_tree" \
		-DPAGERACE_MISTAKES=OFF -DPAGERACE_REVERTS=OFF \
		-DCMAKE_C_FLAGS='-O1 -g -fno-inline' \
		-DCMAKE_EXE_LINKER_FLAGS='-fprofile-instr-generate -Wl,-z,nostart-stop-gc,--defsym=__start_rodata=0' \
		-DLIB_FUZZING_ENGINE=-fsanitize=fuzzer \
		-DPAGERACE_COVERAGE='-fprofile-instr-generate -fcoverage-mapping'
	say "fuzzing, $coverage_runs executions ..."
	fuzzer=page_cache_linux_fuzzer
	rm -rf "$corpus"
	seeds_for "$linux_dir" "$corpus"
	coverage_fuzz "$root/build/$linux_dir/$fuzzer" "$coverage_runs" "$dir"
	coverage_profile "$dir/$fuzzer" "$dir"
	coverage_alive "$dir/variants/linux.o" >"$dir/alive"
	sed "s|^|$linux_tree/|" "$dir/linux/files" | xargs "llvm-cov$suffix" report \
		"$dir/$fuzzer" -instr-profile="$dir/profdata" -show-functions \
		>"$dir/report" 2>"$dir/report.log"
	say "line coverage of $(find "$corpus" -type f | wc -l) inputs, of what is linked in"
	say
	coverage_functions <"$dir/report" | sort | coverage_table "$dir/alive"
}
