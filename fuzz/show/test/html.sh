#!/bin/sh
# SPDX-License-Identifier: MIT
#
# html.sh PAGERACE: the page of the founding race in headless Chromium: what is
# drawn, what keys do, no error, nothing asked of the network, no scrolling
# sideways, and it prints. Without Chromium: skipped (exit code 77).
pagerace=$1
story=corpus/bugs/free-without-tail/mail_of_january_2021.prog
chromium=$(command -v chromium || command -v chromium-browser ||
	command -v google-chrome) || { echo 'no Chromium: skipped'; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0
fail() { echo "$1"; status=1; }

# browse argument...: Chromium, with nothing of the user's.
browse() {
	timeout 120 "$chromium" --headless --no-sandbox --disable-gpu \
		--user-data-dir="$dir/profile" --no-first-run \
		--host-resolver-rules='MAP * ~NOTFOUND' \
		--enable-logging=stderr "$@" 2>"$dir/log"
}

# page NAME PROGRAM [option...]: the page, with a test that writes its findings
# into an element of their own.
page() {
	name=$1
	shift
	"$pagerace" show --html "$dir/plain.html" "$@" || fail "no page of $*"
	sed '/<\/body>/d; /<\/html>/d' "$dir/plain.html" >"$dir/$name.html"
	cat fuzz/show/test/page_test.html >>"$dir/$name.html"
}

# dom NAME [option...]: draw it, and look for trouble.
dom() {
	name=$1
	shift
	browse --window-size=1600,1000 --dump-dom "$@" \
		"file://$dir/$name.html" >"$dir/dom" || fail "$name: Chromium failed"
	! grep ':CONSOLE' "$dir/log" || fail "$name: the console is not empty"
	sed -n 's/^said: //p' "$dir/dom" >"$dir/said"
}

# says LINE...: the test in the page said so.
says() {
	for line; do
		grep -qx -- "$line" "$dir/said" || {
			fail "not said: $line; but:"
			cat "$dir/said"
		}
	done
}

page founding $story
dom founding
says 'lanes: task0 CPU0, task1 CPU1' \
	'strips: page 0, page 1, page 2, page 3' \
	'legend: Pages, free 2, cpu1 2, @3, own 2, –, lost, #2, +' \
	'facts: 16 pages, per-CPU lists high 0 batch 1, 4 slots a node' \
	'marks: 1 27, 1 37, 2 61, 2 63, 3 65, 3 69' 'cells in conflict: 6' \
	'line: ' 'arrows: 27 37, 61 63, 65 69' 'preempted: 2' \
	'lost at the end: page 1, page 2, page 3' \
	'begins at: 27' 'Enter: 37' 'Enter: 61' 'ArrowDown: 63' 'k: 61' \
	'j: 63' 'ArrowUp: 61' 'Home: 25' 'End: 93' 'ArrowDown: 93' 'Enter: 27' \
	'detail: xarray.c:[1-9][0-9]*' 'all steps: 93' 'and here: 93' \
	'all pages: 5' 'width: 1600' 'sideways: no' 'unlabelled: 0' \
	'contrast below 4.5: 0' 'dark: no' 'asked for: 0'
dom founding --blink-settings=preferredColorScheme=0
says 'dark: yes' 'contrast below 4.5: 0'

# A telephone: no window of Chromium is that narrow, a frame may be.
cat >"$dir/frame.html" <<-'END'
	<pre></pre><iframe src="founding.html" width="390" height="800"></iframe>
	<script>onmessage = e => { document.querySelector('pre').textContent = e.data; };</script>
END
dom frame
says 'width: 390' 'sideways: no' 'contrast below 4.5: 0' \
	'arrows: 27 37, 61 63, 65 69'

# Without deciding orders: the two steps in conflict, and all that they are about.
page quick --quick $story
dom quick
says 'marks: A 65, B 69' 'cells in conflict: 2' 'line: 65 66 67 69' 'arrows: ' \
	'begins at: 65' 'Enter: 69' 'Enter: 65' 'ArrowDown: 66' 'Home: 24'

browse --no-pdf-header-footer --print-to-pdf="$dir/page.pdf" \
	"file://$dir/plain.html"
head -c 5 "$dir/page.pdf" | grep -q '%PDF-' || fail 'it does not print'

page clean --revert none $story
dom clean
says 'marks: ' 'cells in conflict: 0' 'lost at the end: ' 'begins at: 24'

page treiber corpus/bugs/treiber/aba.prog
dom treiber
says 'strips: node 0, node 1' 'free and held: 2' 'lost at the end: ' \
	'legend: Nodes, free, own, –, lost, #2, +' 'facts: 16 nodes'

page queue --quick corpus/bugs/linked-at-the-tail/comes_out_behind_the_next.prog
dom queue
says 'history: task0  enqueue 1, task1  enqueue 2, task0  enqueue 3, task0  dequeue = 2, task0  dequeue = 3' \
	'bars outside: 0' 'wrong: task0  dequeue = 3, where 1 would be right' \
	'sideways: no' 'contrast below 4.5: 0'
exit $status
