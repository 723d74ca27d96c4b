# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# campaign.sh: what ./build.sh fuzz does; read by build.sh, whose functions it
# uses. It builds, makes bytes of the seeds, and hands over to pagerace campaign,
# which says why it is no shell script (campaign.h).

# seeds_for BUILD DIR: the kept programs that find nothing, as bytes, into DIR; of a build
# of Linux those with its own operations, too, but for what its version does not have.
seeds_for() {
	local text said texts=("$root"/corpus/seeds/*.prog "$root"/corpus/clean/*.prog)
	mkdir -p "$2"
	[[ $1 != linux* ]] || texts+=("$root"/target/linux/test/*.prog)
	for text in "${texts[@]}"; do
		said=$("$root/build/$1/pagerace" encode --revert none "$text" \
			-o "$2/$(basename "$(dirname "$text")")-$(basename "$text" .prog)" 2>&1) ||
			say "no seed: ${said#"$root"/}"
	done
}

whole_number() { [[ $2 =~ ^[0-9]+$ ]] || die "$1 takes a whole number, not $2"; }

fuzz() {
	local target=core revert=none engine=libfuzzer dir='' built=release
	local count='' limit='' seed='' variant systematic='' builds='' shares memory=''
	while [ $# -gt 0 ]; do
		case $1 in
		-h | --help) usage; return 0 ;;
		--systematic) systematic=yes; shift; continue ;;
		--jobs | --time | --seed | --target | --revert | --engine | --dir | --builds | --memory | --tree | --version)
			[ -n "${2-}" ] || die "fuzz: $1 takes a value"
			;;
		*) die "fuzz: no option $1; try: ./build.sh --help" ;;
		esac
		case $1 in
		--jobs) whole_number "$@"; count=$2 ;;
		--time) whole_number "$@"; limit=$2 ;;
		--seed) whole_number "$@"; seed=$2 ;;
		--target) target=$2 ;;
		--revert) revert=$2 ;;
		--engine) engine=$2 ;;
		--dir) dir=$2 ;;
		--builds) builds=$2 ;;
		--memory)
			[[ $2 =~ ^(sc|weak)$ ]] || die "fuzz: --memory takes sc or weak"
			memory=--memory=$2
			;;
		*) linux_option "$1" "$2" ;;
		esac
		shift 2
	done
	case $engine in
	libfuzzer | afl) ;;
	*) die "fuzz: no engine $engine; libfuzzer or afl" ;;
	esac
	[ "${count:-1}" -ge 1 ] && [ "${count:-1}" -le 64 ] || die 'fuzz: --jobs takes 1 to 64'
	[ -z "$builds" ] || [ "$engine$systematic" = libfuzzer ] ||
		die 'fuzz: --builds are those of the workers of libFuzzer'
	[ -z "$memory" ] || [ "$engine$systematic" = libfuzzer ] ||
		die 'fuzz: --memory is for the workers of libFuzzer'
	if [ -n "$systematic" ]; then
		[ "$engine" = libfuzzer ] || die 'fuzz: --systematic has an engine of its own'
		enumerate systematic ${seed:+--seed "$seed"}
		return
	fi
	choose_variant fuzz
	build_shares "$target" "$revert" "$builds"
	build_target "$target" pagerace "$(fuzzer_of "$variant")"
	: "${dir:=$root/findings/$variant/campaign}"
	"${engine}_campaign_here"
}

# Of the variables of fuzz(), as the next one; afl.sh says what it takes.
afl_campaign_here() {
	[ -d "$dir/in" ] || seeds_for "$built" "$dir/in"
	afl_campaign "$variant" "$dir" "${count:-$jobs}" "$limit"
}

# What is not there yet is built while the rest fuzzes: but for release, which
# plays and triages, or the first of others, if release is not among them.
libfuzzer_campaign_here() {
	local fuzzer first=${shares%%:*} names
	fuzzer=$(fuzzer_of "$variant")
	: "${seed:=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}"
	rm -rf "$root/build/seeds-$variant"
	seeds_for "$built" "$root/build/seeds-$variant"
	mkdir -p "$dir"
	dir=$(cd "$dir" && pwd)
	rm -rf "$dir/builds"
	mkdir "$dir/builds"
	names=" $(sed 's/:[0-9]*//g' <<<"$shares") "
	[[ $names != *' release '* ]] || first=release
	[ "$first" = release ] || say "building $first with $CC ..."
	build_one "$target" "$first" pagerace "$fuzzer"
	ln -s "$root/build/$(build_folder "$target" "$first")" "$dir/builds/$first"
	builds_beside "$target" "$dir/builds" "${names/ $first / }" pagerace "$fuzzer"
	say "a campaign on $target, revert $revert: ${count:-$jobs} workers of ${shares// /, }; seed $seed, ${limit:+$limit s, }${dir#"$root"/}"
	local status=0
	# shellcheck disable=SC2046 # flags are words
	"$root/build/$built/pagerace" campaign --target "$target" \
		--revert "$revert" --jobs "${count:-$jobs}" --time "${limit:-0}" \
		--builds "${shares// /,}" \
		--seed "$seed" --corpus "$root/build/seeds-$variant" -o "$dir" \
		-- "$dir/builds/%/$fuzzer" $(fuzzer_flags) $memory || status=$?
	builds_end
	return $status
}
