#!/bin/sh
# SPDX-License-Identifier: MIT
#
# names.sh: build.sh refuses names that are not there before it installs or builds
# anything, and says which are near; what it takes where none is named.
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0
for tool in cmake apt-get ninja make; do
	printf '#!/bin/sh\necho "%s $*" >>"%s/called"\nexit 1\n' $tool "$dir" >"$dir/$tool"
	chmod 755 "$dir/$tool"
done

# refuses WORDS argument...
refuses() {
	words=$1
	shift
	PATH=$dir:$PATH ./build.sh "$@" >"$dir/out" 2>&1
	got=$?
	[ $got = 2 ] && grep -q -e "$words" "$dir/out" && [ ! -e "$dir/called" ] && return
	echo "build.sh $*: exit $got"
	cat "$dir/out" "$dir/called" 2>/dev/null
	status=1
}

refuses ': hunt: no revert nosuchrevert of core; there are: free-without-tail, ' hunt nosuchrevert
refuses ': hunt: no revert late-head-raed of core; nearest: late-head-read$' hunt late-head-raed
refuses ': hunt: no revert 462a8e08e0e7 of core; ' hunt 462a8e08e0e7
refuses ': hunt: no target nowhere; there are: core treiber hazards mcs grace ring queue boxes seqlock publish deque linux$' hunt --target nowhere
refuses ': hunt: no revert late-head-raed of linux; nearest: .*late-head-read' \
	hunt --target linux late-head-raed
refuses ': hunt: no revert no-recheck of treiber: it has none$' hunt --target treiber no-recheck
refuses ': hunt: no revert no-recheck of mcs; there are: usurper-ignored$' hunt --target mcs no-recheck
refuses ': hunt: short-fill is no revert: a mistake that a sanitizer is tried on' \
	hunt short-fill
refuses ': hunt: one revert at a time: late-head-read or free-without-tail$' \
	hunt late-head-read free-without-tail
refuses ': hunt: --seed takes a whole number$' hunt --seed x
refuses ': hunt: --time takes a number from 1$' hunt --time 0
refuses ': hunt: --runs takes a number from 1$' hunt --runs 00
refuses ': fuzz: no revert late-head of core; nearest: late-head-read$' fuzz --revert late-head
refuses ': fuzz: no target nowhere' fuzz --target nowhere

all='release address plain thread undefined memory'
refuses ": --builds: no build nobody of core, revert none; there are: $all\$" fuzz --builds nobody
refuses ': --builds: release:0: the share of a build is 1 to 64$' fuzz --builds release:0
refuses ': --builds: release:65: the share of a build is 1 to 64$' fuzz --builds address,release:65
refuses ': --builds: plain is there twice$' fuzz --builds plain:2,release,plain
refuses ': --builds: no build  of core, ' fuzz --builds release,,plain
refuses ': --builds: no build memory of linux, revert none; there are: release address plain thread$' \
	fuzz --target linux --builds memory
refuses ': --builds: no build address of linux, revert late-head-read; there are: release plain thread$' \
	fuzz --target linux --revert late-head-read --builds release,address
refuses ': fuzz: --builds are those of the workers of libFuzzer$' fuzz --engine afl --builds plain
refuses ': fuzz: --builds are those of the workers of libFuzzer$' fuzz --systematic --builds plain
# What stands in the help is what is done.
./build.sh --help | grep -q "^ *$(sed -n '/^build_rows/,/^}/s/^\t\([a-z]* [0-9]*\)$/\1/p' fuzz/verbs/builds.sh |
	tr ' \n' ':,' | sed 's/,$//');\$" || { echo 'the shares of builds are not those of --help'; status=1; }

refuses ': check: --version 5: those that are tested are 6.1 6.12 7.2 7.3$' check --version 5
refuses ': check: no option --short;' check --short

# says WANT COMMAND...: of a shell that has read the verbs.
says() {
	want=$1
	got=$(root=$PWD bash -c '. fuzz/verbs/builds.sh; . target/linux/linux.sh; eval "$1"' - "$2")
	[ "$got" = "$want" ] || { echo "$2: $got, not $want"; status=1; }
}

# Races on Linux are looked for if that is asked for.
says 'release:8 address:2 plain:1' 'build_shares linux none; echo "$shares"'
says 'thread:1' 'build_shares linux none thread; echo "$shares"'
# Each commit has the turn of another version; what is no repository, of the first.
says '6.1 6.12 7.2 7.3 6.1 ' 'for n in 0 1 2 3 4; do git() { echo $n; }; linux_in_turn; done | tr "\n" " "'
says 6.1 'git() { return 128; }; linux_in_turn'

# A patch that nobody registered is not called missing.
mkdir -p "$dir/fuzz" "$dir/target"
cp build.sh "$dir"
cp -R fuzz/verbs fuzz/oss-fuzz "$dir/fuzz"
cp -R target/targets.cmake target/reverts target/mistakes target/linux "$dir/target"
: >"$dir/target/reverts/nobody-knows-it.patch"
cd "$dir" || exit 1
refuses ': hunt: target/reverts/nobody-knows-it.patch is there, but target/targets.cmake has no line pagerace_revert(core' \
	hunt nobody-knows-it
exit $status
