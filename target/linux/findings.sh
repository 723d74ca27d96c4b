# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# findings.sh: ./build.sh linux --findings: each story of corpus/bugs/linux/ looked for
# anew on each version that is built with its reverts. Read by linux.sh.
#
# A cell says "shows", as the story tells it or with how many preemptions; or "does
# not", where all schedules with as many preemptions were played; or why it cannot be
# said: there is no such revert, or so many schedules were played and not all.

findings_schedules=60000 # of each story; some 10 to 60 seconds

# The versions that are built, oldest first.
findings_versions() {
	local dir
	for dir in "$root"/build/linux "$root"/build/linux-[0-9]*; do
		[ -x "$dir/pagerace" ] && [ -f "$dir/linux/version" ] || continue
		case $dir in *-asan | *-plain | *-thread | *-cov*) continue ;; esac
		printf '%s %s\n' "$(cat "$dir/linux/version")" "$dir"
	done | sort -V
}

# findings_missing REVERT: why this version has none.
findings_missing() {
	local said
	said=$(sed -n 's/^Until: */only up to /p; s/^Since: */only from /p' \
		"$root/target/linux/reverts/$1.cocci")
	echo "not said: ${said:-not in this build}"
}

# findings_cell DIR REVERT: the best that one of its stories comes to.
findings_cell() {
	local pagerace=$1/pagerace said best='' story
	if ! grep -qw -- "$2" <<<"$("$pagerace" list reverts --target linux)"; then
		findings_missing "$2"
		return
	fi
	for story in "$root/corpus/bugs/linux/$2"/*.prog; do
		if "$pagerace" run --quiet "$story" >"$1/finding.log" 2>&1; then
			echo 'shows, as told'
			return
		fi
		said=$("$pagerace" run --anew --schedules "$findings_schedules" \
			"$story" 2>/dev/null) || true
		case $said in
		*' was found in '*)
			sed 's/.* one with \(.*\) was found in \(.*\) schedules$/shows: \1/' <<<"$said"
			return
			;;
		*'(there was '*)
			best=$(sed 's/.*(there was \([^)]*\)).*/shows otherwise: \1/' <<<"$said")
			;;
		*' none with '*)
			[ -n "$best" ] || best=$(sed 's/.* none with \(at most .*\) ends otherwise, \(.*\) tried$/does not: all \2 with \1/' <<<"$said")
			;;
		*' were tried, with '*)
			[ -n "$best" ] || best=$(sed 's/.* \([0-9]*\) were tried, with \(at most .*\)$/not said: \1 of those with \2/' <<<"$said")
			;;
		*) best=${best:-not said: the run failed} ;;
		esac
	done
	echo "$best"
}

# For each kind, a row a revert that has a story.
linux_findings() {
	local versions names=() dirs=() folder revert version dir kind
	mapfile -t versions < <(findings_versions)
	[ ${#versions[@]} -gt 0 ] || die 'linux: no version is built with its reverts'
	for version in "${versions[@]}"; do
		names+=("${version%% *}") dirs+=("${version#* }")
	done
	for kind in OPEN '[^OM]' MUTATION; do
		say
		printf '| %s ' "$(case $kind in O*) echo open ;; M*) echo mutation ;; *) echo history ;; esac)" "${names[@]}"
		printf '|\n'
		printf '|---%.0s' revert "${names[@]}"
		printf '|\n'
		for folder in "$root"/corpus/bugs/linux/*/; do
			revert=$(basename "$folder")
			grep -q "^About: $kind" "$root/target/linux/reverts/$revert.cocci" || continue
			printf '| `%s` ' "$revert"
			for dir in "${dirs[@]}"; do
				printf '| %s ' "$(findings_cell "$dir" "$revert")"
			done
			printf '|\n'
		done
	done
}
