# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# boot.sh: a packaged kernel in a virtual machine, with an initramfs of busybox and a
# recipe; read by prove.sh.
#
# The kernel lies where it was linked for (nokaslr): where else it comes to lie decides
# which ranges have reserved pages in them, and so what a recipe can set up.
#
# The machine has two serial ports: console, the kernel's, and log, what the recipe
# says. It is ended from outside when neither grows, or when its time is over.

boot_tries=3       # of a machine that dies before /init
boot_patience=120  # seconds, until /init
prove_silence=200  # seconds, of neither port

# tool NAME: of the unpacked packages, or the system's.
prove_tool() {
	local tools=$prove_dir/tools file
	for file in "$tools"/{usr/bin,usr/sbin,bin,sbin}/"$1"; do
		if [ -x "$file" ]; then
			echo "$file"
			return
		fi
	done
	command -v "$1"
}

# with_libraries command...: of the unpacked packages, beside the system's.
with_libraries() {
	local tools=$prove_dir/tools machine
	machine=$(uname -m)-linux-gnu
	LD_LIBRARY_PATH=$tools/usr/lib/$machine:$tools/lib/$machine "$@"
}

# boot_initramfs DIR RECIPE: DIR/initramfs, of guest/, RECIPE and DIR/params, and of what
# was built into DIR/modules.
boot_initramfs() {
	local root_dir=$1/root
	rm -rf "$root_dir"
	mkdir -p "$root_dir"/{bin,proc,sys,dev,tmp,recipe,modules}
	cp "$(prove_tool busybox)" "$root_dir/bin/busybox"
	local name
	for name in $("$root_dir/bin/busybox" --list); do
		[ "$name" = busybox ] || ln -s busybox "$root_dir/bin/$name"
	done
	ln -s bin "$root_dir/sbin"
	mkdir -p "$root_dir/usr"
	ln -s ../bin "$root_dir/usr/bin"
	ln -s ../bin "$root_dir/usr/sbin"
	cp -r "$root/target/linux/prove/guest" "$root_dir/guest"
	cp "$root/target/linux/prove/guest/init" "$root_dir/init"
	chmod +x "$root_dir/init"
	cp -r "$2"/. "$root_dir/recipe"
	rm -rf "$root_dir/recipe"/{*.log,*.c,driver}
	cp "$1/params" "$root_dir/params"
	[ ! -d "$1/modules" ] || cp -r "$1/modules/." "$root_dir/modules"
	(cd "$root_dir" && find . | with_libraries "$(prove_tool cpio)" --quiet -o -H newc) |
		gzip -1 >"$1/initramfs"
	rm -rf "$root_dir"
}

# boot_machine DIR KERNEL [option of QEMU...]: in the background; its process in
# $machine.
boot_machine() {
	local dir=$1 kernel=$2 tools=$prove_dir/tools accel='tcg,thread=multi' cpu=max
	shift 2
	if [ "$prove_kvm" = yes ]; then accel=kvm cpu=host; fi
	: >"$dir/console"
	: >"$dir/log"
	with_libraries nice -n 5 "$(prove_tool qemu-system-x86_64)" \
		-L "$tools/usr/share/seabios" -L "$tools/usr/share/qemu" \
		-accel "$accel" -cpu "$cpu" -smp "$prove_cpus" -m "$prove_memory" \
		-nodefaults -display none -no-reboot -nic none \
		-serial "file:$dir/console" -serial "file:$dir/log" \
		-kernel "$kernel" -initrd "$dir/initramfs" \
		-append "console=ttyS0 panic=-1 loglevel=4 no_timer_check nokaslr ${prove_append-}" "$@" \
		</dev/null >"$dir/qemu" 2>&1 &
	machine=$!
}

boot_end() {
	kill -KILL "$machine" 2>/dev/null || true
	wait "$machine" 2>/dev/null || true
}

# boot_follow DIR: print the log as it grows, until the machine is off. Returns: 0 if
# it ended by itself; 1 if it died before /init; 2 if it was ended from outside, which
# is said in $boot_why.
boot_follow() {
	local dir=$1 shown=0 size grown=$SECONDS began=$SECONDS last=0 now
	while :; do
		# Whole lines.
		size=$(wc -l <"$dir/log")
		if [ "$size" -gt "$shown" ]; then
			sed -n "$((shown + 1)),${size}{s/\r//;s/^/  /;p}" "$dir/log"
			shown=$size
		fi
		size=$(stat -c %s "$dir/log")
		now=$((size + $(stat -c %s "$dir/console")))
		if [ "$now" != "$last" ]; then last=$now grown=$SECONDS; fi
		if ! kill -0 "$machine" 2>/dev/null; then
			[ "$size" = "$(stat -c %s "$dir/log")" ] || continue
			wait "$machine" || true
			[ "$shown" -gt 0 ] || return 1
			return 0
		fi
		if [ "$shown" = 0 ] && [ $((SECONDS - began)) -gt "$boot_patience" ]; then
			boot_end
			return 1
		fi
		boot_why=
		[ $((SECONDS - grown)) -le "$prove_silence" ] ||
			boot_why="no word for $prove_silence s"
		[ $((SECONDS - began)) -le "$prove_time" ] ||
			boot_why="$prove_time s are over"
		if [ -n "$boot_why" ]; then
			boot_end
			return 2
		fi
		sleep 0.5
	done
}

# boot DIR KERNEL [option of QEMU...]: until it ends. Boots that die before /init are
# counted in $boot_died. Returns: as boot_follow.
boot() {
	local status try
	boot_died=0
	trap 'boot_end; exit 130' INT TERM HUP
	for try in $(seq "$boot_tries"); do
		boot_machine "$@"
		status=0
		boot_follow "$1" || status=$?
		[ $status = 1 ] || break
		boot_died=$((boot_died + 1))
		cp "$1/console" "$1/console.$try"
		say "  the machine died before /init, boot $try of $boot_tries: $(
			grep -aE 'Oops|BUG|panic|RIP' "$1/console" | tail -n 1)$(head -c 300 "$1/qemu")"
	done
	trap - INT TERM HUP
	return $status
}
