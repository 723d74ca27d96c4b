# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# pagerace.bash: completion for bash. Commands, options, targets and reverts
# are those that the command on the line tells of itself.

# The words of option --$1 of command $cmd; false: it takes none that is known.
_pagerace_values() {
	case $1 in
	--target | --against) "$pagerace" list targets ;;
	--revert)
		"$pagerace" list reverts ${target:+--target "$target"}
		echo none
		;;
	--expect)
		"$pagerace" list checkers
		echo clean
		;;
	--policy) "$pagerace" list policies ;;
	*) return 1 ;;
	esac 2>/dev/null | awk '{ print $1 }'
}

_pagerace() {
	local pagerace=$1 word=$2 before=$3 target='' words='' i
	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		[ "${COMP_WORDS[i]}" != --target ] || target=${COMP_WORDS[i + 1]-}
	done
	if [ "$COMP_CWORD" = 1 ]; then
		words=$("$pagerace" --help | sed -n '3,/^$/s/^  \([a-z]*\) .*/\1/p')
	elif [ "${before#--}" != "$before" ] &&
		words=$(_pagerace_values "$before") && [ -n "$words" ]; then
		:
	elif [ "${word#-}" != "$word" ]; then
		words=$("$pagerace" "${COMP_WORDS[1]}" --help |
			grep -o -e '--[a-z][a-z-]*' | sort -u)
	elif [ "${COMP_WORDS[1]}" = list ]; then
		words=$("$pagerace" list --help | sed -n '1s/.* //; 1s/|/ /gp')
	fi
	# Anything else is a file: bash's own.
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -o bashdefault -o default -F _pagerace pagerace
