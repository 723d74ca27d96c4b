#!/bin/sh
# SPDX-License-Identifier: MIT
#
# fetch.sh: the other one, with an apt of ours in front, whose mirror is a folder: it
# leaves the system's apt alone, and takes the right package. Run from the root.
command -v dpkg >/dev/null || exit 77
fetch=$PWD/target/linux/fetch.sh
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0
fail() { echo "$*"; status=1; }

mkdir "$dir/bin"
# One tool for both names: what it is asked is kept. $dir/has: "suite package version".
cat >"$dir/bin/apt-get" <<'END'
#!/bin/sh
dir=$(dirname "$(dirname "$0")")
for word; do
	case $word in
	Dir::State=*) state=${word#*=} ;;
	Dir::Etc::SourceList=*) list=${word#*=} ;;
	Dir::Etc::SourceParts=/dev/null) alone=yes ;;
	update | download | madison | pkgnames | indextargets) verb=$word ;;
	esac
	last=$word
done
if [ "$verb" = indextargets ]; then
	echo http://mirror/debian/
	exit
fi
[ -n "$state" ] && [ -n "$list" ] && [ -n "$alone" ] || echo "$*" >>"$dir/astray"
suites=$(awk '{ print $4 }' "$list")
case $verb in
update)
	echo "$suites" | tr '\n' ' ' >>"$dir/updates"
	if [ -f "$dir/unsigned" ] && ! grep -q 'keys/usr' "$list" &&
		! grep -q "$(. /etc/os-release; echo "$VERSION_CODENAME")" "$list"; then
		echo 'NO_PUBKEY 6ED0E7B82643E131'
		exit 100
	fi
	for suite in $suites; do
		name=$(sed -n "s/^suite $suite //p" "$dir/has")
		[ -z "$name" ] || echo "Codename: $name" >"$state/lists/m_${suite}_InRelease"
	done ;;
pkgnames) awk -v in_="$suites" 'index(in_, $1) { print $2 }' "$dir/has" | sort -u ;;
madison) awk -v in_="$suites" -v want="$last" \
	'index(in_, $1) && $2 == want { print $2 " | " $3 " | m" }' "$dir/has" ;;
download) : >"$(echo "$last" | tr = _)_all.deb" ;;
esac
END
cp "$dir/bin/apt-get" "$dir/bin/apt-cache"
printf '#!/bin/sh\nmkdir -p "$3/usr/share/keyrings"\n' >"$dir/bin/dpkg-deb"
chmod +x "$dir"/bin/*
fetch() {
	rm -rf "$dir/to" "$dir/updates"
	PATH="$dir/bin:$PATH" bash "$fetch" "$@" "$dir/to" >"$dir/out" 2>"$dir/err"
}
# gives FILE VERSION
gives() {
	fetch "$2" || fail "$2: $(cat "$dir/err")"
	[ "$(basename "$(cat "$dir/out")")" = "$1" ] || fail "$2 gives $(cat "$dir/out")"
}

cat >"$dir/has" <<'END'
suite stable-backports duke-backports
suite testing ember
suite unstable sid
stable-backports linux-source-1.0 1.0.1
duke-backports linux-source-7.3 7.3.4-1~bpo13+1
duke-backports linux-source-7.2 7.2.9-1~bpo13+1
ember linux-source-7.2 7.2.12-1
sid linux-source-7.2 7.2.13-1
sid linux-source-7.2-rt 7.2.13-1
END
gives 'linux-source-7.3_7.3.4-1~bpo13+1_all.deb' 7.3
grep -q 'duke-backports ember sid' "$dir/updates" || fail 'names that move are believed'
gives linux-source-7.2_7.2.13-1_all.deb 7.2
gives 'linux-source-7.3_7.3.4-1~bpo13+1_all.deb' 7.1
grep -q 'no suite has linux-source-7.1; there are: linux-source-7.2 linux-source-7.3' \
	"$dir/err" || fail "does not say what there is: $(cat "$dir/err")"

: >"$dir/unsigned"
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
echo "$codename debian-archive-keyring 2099.1" >>"$dir/has"
gives 'linux-source-7.3_7.3.4-1~bpo13+1_all.deb' 7.3
grep -q 'looking for newer keys' "$dir/err" || fail 'an unknown key is nothing'

rm "$dir/unsigned"
: >"$dir/has"
fetch 7.3 && fail 'nothing is there, and exit 0'
grep -q 'nothing to be had from http://mirror/debian' "$dir/err" ||
	fail "nothing is there: $(cat "$dir/err")"
[ ! -e "$dir/astray" ] || fail "the system's own: $(cat "$dir/astray")"
exit $status
