# SPDX-License-Identifier: MIT
#
# places.awk: of lines "OFFSET CALLEE" those whose callee is an access point or more:
# "OFFSET ACCESSOR KIND ORDER SIZE", a line a point.

BEGIN {
	while ((getline line <renames) > 0) {
		split(line, word, " ")
		known[word[1]] = 1
	}
	n = split("lock=pthread_mutex_lock mtx_lock pthread_spin_lock" \
		";try=pthread_mutex_trylock mtx_trylock pthread_spin_trylock pthread_mutex_timedlock mtx_timedlock" \
		";unlock=pthread_mutex_unlock mtx_unlock pthread_spin_unlock" \
		";store=pthread_mutex_destroy mtx_destroy free realloc munmap madvise" \
		";wait=pthread_cond_wait cnd_wait" \
		";timed=pthread_cond_timedwait pthread_cond_clockwait cnd_timedwait" \
		";wake=pthread_cond_signal pthread_cond_broadcast pthread_cond_destroy cnd_signal cnd_broadcast cnd_destroy pthread_create thrd_create" \
		";rest=sleep usleep nanosleep sched_yield pthread_yield thrd_yield thrd_sleep" \
		";end=__assert_fail abort" \
		";gate=pthread_join thrd_join pthread_rwlock_rdlock pthread_rwlock_tryrdlock pthread_rwlock_wrlock pthread_rwlock_trywrlock pthread_rwlock_unlock pthread_rwlock_destroy sem_wait sem_trywait sem_timedwait sem_post pthread_barrier_wait pthread_once call_once syscall _ZNSt28__atomic_futex_unsigned_base19_M_futex_wait_untilEPjjbNSt6chrono8durationIlSt5ratioILl1ELl1EEEENS2_IlS3_ILl1ELl1000000000EEEE _ZNSt28__atomic_futex_unsigned_base26_M_futex_wait_until_steadyEPjjbNSt6chrono8durationIlSt5ratioILl1ELl1EEEENS2_IlS3_ILl1ELl1000000000EEEE", group, ";")
	for (i = 1; i <= n; i++) {
		split(group[i], part, "=")
		m = split(part[2], name, " ")
		for (j = 1; j <= m; j++)
			what[name[j]] = part[1]
	}
}

function row(accessor, kind, order, size) {
	print $1, accessor, "MACHINE_" kind, "MACHINE_" order, size
}

function number(text) {
	gsub(/[^0-9]/, "", text)
	return text ? text : 8
}

$2 ~ /^__tsan_(unaligned_|volatile_)*read_write/ {
	row("load", "LOADS", "PLAIN", number($2))
	row("store", "STORES", "PLAIN", number($2))
	next
}
$2 ~ /^__tsan_(unaligned_|volatile_)*read[0-9]|^__tsan_vptr_read/ {
	row("load", "LOADS", "PLAIN", number($2))
	next
}
$2 ~ /^__tsan_(unaligned_|volatile_)*write[0-9]|^__tsan_vptr_update/ {
	row("store", "STORES", "PLAIN", number($2))
	next
}
$2 ~ /^__tsan_mem(cpy|move)/ {
	row(substr($2, 8), "LOADS", "PLAIN", 8)
	row(substr($2, 8), "STORES", "PLAIN", 8)
	next
}
$2 == "__tsan_memset" { row("memset", "STORES", "PLAIN", 8); next }
$2 == "__tsan_atomic_thread_fence" { row("atomic_thread_fence", "FENCES", "FULL", 0); next }
$2 ~ /^__tsan_atomic[0-9]+_/ {
	size = $2
	sub(/^__tsan_atomic/, "", size)
	sub(/_.*/, "", size)
	accessor = $2
	sub(/^__tsan_atomic[0-9]+/, "atomic", accessor)
	sub(/_val$/, "", accessor)
	kind = accessor == "atomic_load" ? "LOADS" : accessor == "atomic_store" ? "STORES" : "RMWS"
	row(accessor, kind, "FULL", size / 8)
	next
}
what[$2] == "lock" { row($2, "LOCKS", "ACQUIRE", 4) }
what[$2] == "try" { row($2, "TRYLOCKS", "ACQUIRE", 4) }
what[$2] == "unlock" { row($2, "UNLOCKS", "RELEASE", 4) }
what[$2] == "store" { row($2, "STORES", "PLAIN", 1) }
what[$2] == "wake" { row($2, "WAKES", "FULL", 0) }
what[$2] == "rest" { row($2, "SPINS", "ONCE", 0) }
what[$2] == "end" { row($2 == "abort" ? $2 : "assert", "FENCES", "FULL", 0) }
what[$2] == "gate" { row($2, "RMWS", "FULL", 4) }
what[$2] == "wait" || what[$2] == "timed" {
	row($2, "UNLOCKS", "RELEASE", 4)
	row($2, what[$2] == "wait" ? "WAITS" : "SPINS", "FULL", 0)
	row($2, "LOCKS", "ACQUIRE", 4)
}
