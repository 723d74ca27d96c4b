/* SPDX-License-Identifier: MIT */
/*
 * machine_atomic.h: atomic counters, exchanges and bit operations, for
 * machine.h, which includes it.
 *
 * Those that return a value order everything before and after them, if they
 * changed something; the others order nothing.
 * See: Documentation/atomic_t.txt, atomic_bitops.txt.
 */
#ifndef TARGET_MACHINE_ATOMIC_H
#define TARGET_MACHINE_ATOMIC_H

#define atomic_read(v)                                                         \
	MACHINE_LOAD("atomic_read", (v)->counter, MACHINE_ONCE,                \
		     __ATOMIC_RELAXED)
#define atomic_set(v, i)                                                       \
	MACHINE_STORE("atomic_set", (v)->counter, i, MACHINE_ONCE,             \
		      __ATOMIC_RELAXED)

#define MACHINE_ADD(name, v, i, order, memory_order, result)                   \
	MACHINE_RMW(name, #v, &(v)->counter, i, order,                         \
		    (old_ = __atomic_fetch_add(at_, (int)operand_,             \
					       memory_order),                  \
		     new_ = old_ + (int)operand_),                             \
		    result)

#define atomic_add(i, v)                                                       \
	MACHINE_ADD("atomic_add", v, i, MACHINE_ONCE, __ATOMIC_RELAXED,        \
		    (void)0)
#define atomic_inc(v)                                                          \
	MACHINE_ADD("atomic_inc", v, 1, MACHINE_ONCE, __ATOMIC_RELAXED,        \
		    (void)0)
#define atomic_dec(v)                                                          \
	MACHINE_ADD("atomic_dec", v, -1, MACHINE_ONCE, __ATOMIC_RELAXED,       \
		    (void)0)
#define atomic_add_return(i, v)                                                \
	MACHINE_ADD("atomic_add_return", v, i, MACHINE_FULL, __ATOMIC_SEQ_CST, \
		    new_)
#define atomic_sub_and_test(i, v)                                              \
	MACHINE_ADD("atomic_sub_and_test", v, -(i), MACHINE_FULL,              \
		    __ATOMIC_SEQ_CST, new_ == 0)
#define atomic_dec_and_test(v)                                                 \
	MACHINE_ADD("atomic_dec_and_test", v, -1, MACHINE_FULL,                \
		    __ATOMIC_SEQ_CST, new_ == 0)

/* Add @i unless the counter is @u; true if added. Full order on success. */
#define atomic_add_unless(v, i, u)                                             \
	MACHINE_RMW("atomic_add_unless", #v, &(v)->counter, i, MACHINE_FULL,   \
		    (old_ = machine_add_unless(at_, (int)operand_, u),         \
		     new_ = old_ == (u) ? old_ : old_ + (int)operand_),        \
		    old_ != new_)
#define atomic_cmpxchg(v, old, new)                                            \
	MACHINE_CMPXCHG("atomic_cmpxchg", #v, &(v)->counter, old, new)

/* Returns what stood there; the exchange took place if that equals @old. */
#define cmpxchg(p, old, new) MACHINE_CMPXCHG("cmpxchg", #p, p, old, new)
#define MACHINE_CMPXCHG(name, text, at, want, new)                             \
	MACHINE_RMW(name, text, at, new, MACHINE_FULL,                         \
		    (old_ = (want), new_ = (__typeof__(*at_))(uintptr_t)       \
				    operand_,                                  \
		     __atomic_compare_exchange_n(at_, &old_, new_, 0,          \
						 __ATOMIC_SEQ_CST,             \
						 __ATOMIC_SEQ_CST)             \
			     ? (void)0                                         \
			     : (void)(new_ = old_)),                           \
		    old_)
#define xchg(p, value)                                                         \
	MACHINE_RMW("xchg", #p, p, value, MACHINE_FULL,                        \
		    (new_ = (__typeof__(*at_))(uintptr_t)operand_,             \
		     old_ = __atomic_exchange_n(at_, new_, __ATOMIC_SEQ_CST)), \
		    old_)

/* ------------------------------------------------------ bit operations */

#define BIT(nr) (1UL << (nr))

#define test_bit(nr, p)                                                        \
	((MACHINE_LOAD("test_bit", *(p), MACHINE_ONCE, __ATOMIC_RELAXED) &     \
	  BIT(nr)) != 0)

#define MACHINE_SET_BIT(name, nr, p, order, memory_order, result)              \
	MACHINE_RMW(name, #nr ", " #p, p, BIT(nr), order,                      \
		    (old_ = __atomic_fetch_or(at_, BIT(nr), memory_order),     \
		     new_ = old_ | BIT(nr)),                                   \
		    result)
#define MACHINE_CLEAR_BIT(name, nr, p, order, memory_order, result)            \
	MACHINE_RMW(name, #nr ", " #p, p, BIT(nr), order,                      \
		    (old_ = __atomic_fetch_and(at_, ~BIT(nr), memory_order),   \
		     new_ = old_ & ~BIT(nr)),                                  \
		    result)

#define set_bit(nr, p)                                                         \
	MACHINE_SET_BIT("set_bit", nr, p, MACHINE_ONCE, __ATOMIC_RELAXED,      \
			(void)0)
#define test_and_set_bit(nr, p)                                                \
	MACHINE_SET_BIT("test_and_set_bit", nr, p, MACHINE_FULL,               \
			__ATOMIC_SEQ_CST, (old_ & BIT(nr)) != 0)
#define test_and_set_bit_lock(nr, p)                                           \
	MACHINE_SET_BIT("test_and_set_bit_lock", nr, p, MACHINE_ACQUIRE,       \
			__ATOMIC_ACQUIRE, (old_ & BIT(nr)) != 0)
#define clear_bit(nr, p)                                                       \
	MACHINE_CLEAR_BIT("clear_bit", nr, p, MACHINE_ONCE, __ATOMIC_RELAXED,  \
			  (void)0)
#define test_and_clear_bit(nr, p)                                              \
	MACHINE_CLEAR_BIT("test_and_clear_bit", nr, p, MACHINE_FULL,           \
			  __ATOMIC_SEQ_CST, (old_ & BIT(nr)) != 0)
#define clear_bit_unlock(nr, p)                                                \
	MACHINE_CLEAR_BIT("clear_bit_unlock", nr, p, MACHINE_RELEASE,          \
			  __ATOMIC_RELEASE, (void)0)

#endif
