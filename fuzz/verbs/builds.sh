# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# builds.sh: the builds with which a target is fuzzed: each sees what the others do
# not. Which there are, what they are made with, what share of the time a campaign
# gives them; read by build.sh, whose functions it uses.
#
#   build_names TARGET     what there is of it, a line each; release first
#   build_shares TARGET REVERT [LIST]
#                          in $shares, "release:8 address:2 ...": of the list
#                          "NAME:SHARE,NAME,..." (a share left out is the usual
#                          one), or as usual; what is no such list is said
#   build_folder TARGET NAME
#                          where it is, below build/
#   build_one TARGET NAME TARGET_OF_CMAKE...
#                          make it; it ends the shell if that fails
#   builds_beside TARGET DIR NAMES TARGET_OF_CMAKE...
#                          make these, one after the other, while something else
#                          runs: DIR/NAME becomes a link to each, or DIR/NAME.failed
#                          says where to look; builds_end ends it
#
# To add one: a row, and its flags. Linux's are made by linux.sh.

# NAME SHARE, of the core and of all that is built like it.
build_rows() {
	cat <<-'END'
	release 8
	address 2
	plain 1
	thread 1
	undefined 1
	memory 1
	END
}

# Linux under a sanitizer is instrumented, and tested, for ASan and TSan alone.
build_names() {
	build_rows | while read -r name _; do
		case $1:$name in
		linux:undefined | linux:memory) ;;
		*) echo "$name" ;;
		esac
	done
}

# The options of CMake for NAME, in $flags.
build_flags() {
	local sanitize='' optimize=-O2
	case $1 in
	address | memory | thread) sanitize=-fsanitize=$1 ;;
	undefined) sanitize='-fsanitize=undefined -fno-sanitize-recover=undefined' ;;
	esac
	flags=("${release_flags[@]}")
	[ "$1" = release ] ||
		flags+=(-DCMAKE_C_FLAGS="$optimize -g -fno-omit-frame-pointer $sanitize"
			-DCMAKE_CXX_FLAGS="$sanitize" -DPAGERACE_MISTAKES=OFF)
	[ "$1" != plain ] || flags+=(-DPAGERACE_PLAIN=ON)
}

build_folder() {
	case $1:$2 in
	linux:release) echo "$linux_dir" ;;
	linux:address) echo "$linux_dir-asan" ;;
	linux:*) echo "$linux_dir-$2" ;;
	*:release) echo release ;;
	*) echo "fuzz-$2" ;;
	esac
}

build_one() {
	local target=$1 name=$2 flags build_targets
	shift 2
	if [ "$target" = linux ]; then
		case $name in
		address) linux_make "$*" asan ;;
		plain | thread) linux_make "$*" "$name" ;;
		*) linux_make "$*" ;;
		esac
		return
	fi
	build_flags "$name"
	build_targets=$*
	build "$(build_folder "$target" "$name")" "${flags[@]}"
}

# ----------------------------------------------------------------------- shares

build_shares() {
	local target=$1 revert=$2 list=${3-} word name share known
	known=$(build_names "$target")
	# Linux with ASan is built without its reverts.
	[ "$target:$revert" = linux:none ] || [ "$target" != linux ] ||
		known=$(grep -vx address <<<"$known")
	if [ -z "$list" ]; then
		list=$(paste -sd, <<<"$known")
		# What races on Linux is asked for by name: it need not be a bug.
		[ "$target" != linux ] || list=${list%,thread}
	fi
	shares=''
	while read -r word; do
		name=${word%%:*} share=${word#*:}
		grep -qx -e "$name" <<<"$known" ||
			die "--builds: no build $name of $target, revert $revert; there are: $(echo $known)"
		[ "$share" != "$name" ] || share=$(build_rows | sed -n "s/^$name //p")
		[[ $share =~ ^[1-9][0-9]?$ ]] && [ "$share" -le 64 ] ||
			die "--builds: $word: the share of a build is 1 to 64"
		[[ " $shares" != *" $name:"* ]] || die "--builds: $name is there twice"
		shares+="${shares:+ }$name:$share"
	done < <(tr ',' '\n' <<<"$list")
}

# ----------------------------------------------------------------------- beside

# make_beside TARGET DIR NAMES TARGET_OF_CMAKE...
make_beside() {
	local target=$1 dir=$2 names=$3 name
	shift 3
	exec 4>/dev/null # how far it is: whoever waits says for what
	for name in $names; do
		if (build_one "$target" "$name" "$@") >"$dir/$name.log" 2>&1; then
			ln -sfn "$root/build/$(build_folder "$target" "$name")" "$dir/$name"
		else
			echo "build/$(build_folder "$target" "$name").log" >"$dir/$name.new"
			mv "$dir/$name.new" "$dir/$name.failed"
		fi
	done
}

# In a group of processes of its own, which builds_end ends.
builds_beside() {
	set -m
	make_beside "$@" </dev/null &
	builds_beside_pid=$!
	set +m
	trap builds_end EXIT
}

builds_end() {
	[ -z "${builds_beside_pid-}" ] || kill -TERM -- "-$builds_beside_pid" 2>/dev/null || true
	builds_beside_pid=''
}
