# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# prove.sh: what ./build.sh prove does: the recipe of a finding, on a packaged kernel in
# a virtual machine; read by build.sh, whose functions it uses.
#
# findings/NAME/prove/versions says what a version is proven by, a line each:
#
#     VERSION loops | gates | refused REASON      the first of two is what is done unasked

# shellcheck source=target/linux/prove/boot.sh
. "$root/target/linux/prove/boot.sh"
# shellcheck source=target/linux/prove/module.sh
. "$root/target/linux/prove/module.sh"

prove_dir=$root/build/prove
prove_findings=$root/target/linux/findings
prove_kvm=no prove_keep=no prove_words='' prove_cpus=2 prove_memory=5G prove_time=3600

prove_usage() {
	cat <<-END
	usage: ./build.sh prove FINDING [--version V] [--loops | --gates]
	                        [--trials N | --minutes N] [--controls N]
	                        [--append WORDS] [--kvm] [--keep]

	  boots Debian's packaged kernel V in QEMU, plays the finding's recipe: a control
	  first, then N trials (10), and says what the kernel said and what was counted
	  --loops   the two sides go round in plain loops on a stock kernel
	  --gates   a module holds one side until the other has come
	  --minutes as many trials as come in N minutes, of plain loops; what merely
	            came back is tallied
	  --append  more words for the kernel's command line, init_on_alloc=0 say
	  --kvm     with the processor's help; without it nothing is needed
	  --keep    the log is kept with the recipe, as VERSION-loops.log or -gates.log

	  seen: exit 0; not seen: 1; trouble: 2; a package that cannot be had: 77

	recipes, by version:
	END
	local file
	for file in "$prove_findings"/*/prove/versions; do
		printf '  %s\n' "$(basename "${file%/prove/versions}")"
		sed 's/^/      /' "$file" | fold -s -w 90
	done
}

# prove_choose FINDING [option...]
prove_choose() {
	prove_name='' prove_version='' prove_mode='' prove_trials=10 prove_controls=''
	prove_minutes=0
	while [ $# -gt 0 ]; do
		case $1 in
		--version) prove_version=${2:?--version takes 6.1, say}; shift ;;
		--trials) prove_trials=${2:?--trials takes a number}; shift ;;
		--controls) prove_controls=${2:?--controls takes a number}; shift ;;
		--minutes) prove_minutes=${2:?--minutes takes a number}; shift ;;
		--loops | --gates) prove_mode=${1#--} ;;
		--append) prove_words=${2:?--append takes words}; shift ;;
		--kvm) prove_kvm=yes ;;
		--keep) prove_keep=yes ;;
		-h | --help) prove_usage; exit 0 ;;
		-*) die "prove: no option $1; try: ./build.sh prove --help" ;;
		*) [ -z "$prove_name" ] || die "prove: one finding, not also $1"; prove_name=$1 ;;
		esac
		shift
	done
	[ -n "$prove_name" ] || { prove_usage >&2; die 'prove: which finding?'; }
	prove_controls=${prove_controls:-$prove_trials}
	[[ $prove_trials =~ ^[1-9][0-9]*$ ]] && [[ $prove_controls =~ ^[0-9]+$ ]] ||
		die 'prove: --trials and --controls take a number'
	[[ $prove_minutes =~ ^[0-9]+$ ]] || die 'prove: --minutes takes a number'
}

# What the recipe says about the version.
prove_recipe() {
	local versions says
	recipe=$prove_findings/$prove_name/prove
	versions=$recipe/versions
	[ -f "$versions" ] || die "prove: no recipe for $prove_name$(
		(cd "$prove_findings" && ls -d ./*/prove | cut -d/ -f2) | nearest "$prove_name")"
	prove_version=${prove_version:-$(sed -n '1s/ .*//p' "$versions")}
	says=$(sed -n "s/^${prove_version//./\\.} //p" "$versions")
	[ -n "$says" ] || die "prove: $prove_name has nothing for $prove_version; there are: $(
		cut -d' ' -f1 "$versions" | tr '\n' ' ')"
	case $says in
	refused*) die "prove: $prove_name on $prove_version is refused: ${says#refused }" ;;
	esac
	[ -n "$prove_mode" ] || prove_mode=${says%% *}
	[ "$prove_mode" = gates ] || [ -f "$recipe/b" ] ||
		die "prove: $prove_name has no plain loops"
	[ "$prove_minutes" = 0 ] || [ "$prove_mode" = loops ] ||
		die 'prove: --minutes is for plain loops'
	[ "$prove_mode" = loops ] || [ -f "$recipe/gates" ] || [ -f "$recipe/drive" ] ||
		die "prove: $prove_name has no gates; it goes by loops"
}

prove_packages() {
	local status=0
	bash "$root/target/linux/prove/packages.sh" "$@" || status=$?
	[ $status = 0 ] || exit $status
}

# prove_count WHAT: "SEEN OF" of the log's counted line.
prove_count() {
	sed -nE "s/^counted: $1: ([0-9]+) of ([0-9]+) seen.*/\1 \2/p" "$prove_out/log" |
		tail -n 1
}

# prove_judge STATUS: what it came to, in $verdict, and the exit status in $exit.
prove_judge() {
	local group seen broken
	exit=2
	broken=$(sed -n 's/^broken: //p' "$prove_out/log")
	trials=$(prove_count trials)
	if [ "$1" = 1 ]; then
		verdict='no boot reached /init'
	elif [ -n "$broken" ]; then
		verdict="no verdict: $broken"
	elif [ -z "$trials" ]; then
		verdict="the machine did not come to its end${boot_why:+: $boot_why}; the kernel's last words: $(
			grep -aE 'BUG|Oops|WARNING|RIP|panic' "$prove_out/console" | tail -n 3 || true)"
	elif [ "${trials#* }" = 0 ]; then
		verdict='no verdict: gates were not met'
	else
		for group in control harmless; do
			seen=$(prove_count $group)
			[ "$seen" != '0 0' ] || [ "${prove_controls-1}" = 0 ] || {
				verdict="no verdict: none of $group came to its end"
				return
			}
			[ "${seen:-0}" = 0 ] || [ "${seen% *}" = 0 ] || {
				verdict="no verdict: seen in ${seen/ / of } of $group, where it must not be"
				return
			}
			clean=${clean-}${seen:+", $group: in ${seen/ / of }"}
		done
		verdict="seen in ${trials/ / of } trials$clean" exit=0
		[ "${trials% *}" != 0 ] || verdict="not seen in ${trials#* } trials$clean" exit=1
	fi
}

# prove_verdict STATUS: into the log, too.
prove_verdict() {
	local trials verdict exit clean=''
	tr -d '\r' <"$prove_out/log" >"$prove_out/log.new"
	mv "$prove_out/log.new" "$prove_out/log"
	prove_judge "$1"
	verdict="$prove_name on $(cat "$prove_kernel/package"), $prove_mode: $verdict"
	echo "$verdict" >>"$prove_out/log"
	say "$verdict"
	say "log: ${prove_out#"$root"/}/log"
	[ $prove_keep = no ] || cp "$prove_out/log" "$recipe/${prove_out##*"$prove_name-"}.log"
	return $exit
}

prove_how_long() {
	if [ "$prove_minutes" = 0 ]; then echo "--trials $prove_trials"; else
		echo "--minutes $prove_minutes"
	fi
}

# What stands above the log, so that it can be kept.
prove_head() {
	say "./build.sh prove $prove_name --version $prove_version --$prove_mode $(prove_how_long) --controls $prove_controls${prove_words:+ --append $prove_words}"
	say "$(cat "$prove_kernel/package"), not installed, not rebuilt; $(
		with_libraries "$(prove_tool qemu-system-x86_64)" --version | sed -n '1s/ *(.*//p')$(
		[ $prove_kvm = yes ] && echo , KVM || echo , TCG), $prove_cpus CPUs, $prove_memory"
	[ -z "$module_said" ] || say "modules built for it: $module_said"
	say "boots that died before /init: $boot_died"
}

prove() {
	local recipe status=0
	prove_choose "$@"
	[ "$(uname -m)" = x86_64 ] || die 'prove: only on x86_64'
	prove_recipe
	mkdir -p "$prove_dir"
	prove_packages tools "$prove_dir/tools"
	prove_kernel=$prove_dir/kernel-$prove_version
	prove_packages kernel "$prove_version" "$prove_kernel"
	prove_out=$prove_dir/$prove_name-$prove_version-$prove_mode${prove_words:+.${prove_words// /.}}
	rm -rf "$prove_out"
	mkdir -p "$prove_out"
	printf '%s=%s\n' mode "$prove_mode" series "$prove_version" trials "$prove_trials" \
		controls "$prove_controls" minutes "$prove_minutes" >"$prove_out/params"
	# Set-up, controls and a last hang come on top.
	prove_time=$((prove_time + prove_minutes * 60))
	module_said=''
	mkdir -p "$prove_out/modules"
	if [ -d "$recipe/driver" ]; then
		module_build "$recipe/driver"
	elif [ "$prove_mode" = gates ]; then
		module_build "$root/target/linux/prove/module"
	fi
	if [ -f "$recipe/host.sh" ]; then
		# shellcheck source=target/linux/findings/reload-in-two-loads/prove/host.sh
		. "$recipe/host.sh"
		recipe_prepare
	fi
	prove_append="${prove_append-} $prove_words"
	boot_initramfs "$prove_out" "$recipe"
	say "booting $(cat "$prove_kernel/package"), $prove_mode ..."
	boot "$prove_out" "$prove_kernel/vmlinuz" || status=$?
	{ prove_head; cat "$prove_out/log"; } >"$prove_out/log.new"
	mv "$prove_out/log.new" "$prove_out/log"
	prove_verdict $status
}
