// SPDX-License-Identifier: GPL-2.0
/*
 * races.c: races of plain accesses in the kernel that are known, each with the reason why
 * ThreadSanitizer passes it over. By reading each of 6.1.192 to 7.3.4; ../RACES.md has public
 * reports of them, and what was seen.
 *
 * A row names the place and whose access it is that may race there, with anybody's or
 * with one. Where the place has no name it names both.
 */
#include "glue.h"

#define ALONE(place, one, why) { place, one, NULL, why }
#define PAIR(place, one, other, why) { place, one, other, why }

#define LISTS(one)                                                             \
	PAIR("page compound_head", one, "__list_add", LIST_WORD),              \
		PAIR("page compound_head", one, "__list_del", LIST_WORD),      \
		PAIR("page compound_head", one, "list_cut_before", LIST_WORD), \
		PAIR("page compound_head", one, "list_del", LIST_WORD),        \
		PAIR("page compound_head", one, "__list_splice", LIST_WORD)

#define MAPCOUNTS(one)                                                         \
	PAIR("page page_type", one, "page_add_file_rmap", MAPCOUNT),           \
		PAIR("page page_type", one, "page_remove_file_rmap", MAPCOUNT)

#define MAPCOUNT                                                               \
	"of a page that is somebody's, who maps it: how often it is mapped "   \
	"reads as no type"
#define CONSTANT_BITS                                                          \
	"of the word it takes bits that start-up alone writes: "               \
	"ASSERT_EXCLUSIVE_BITS() where the tree says so"
#define MADE_WITH                                                              \
	"of the word it takes bits that are written when the inode is made"
#define PRIVATE_BITS                                                           \
	"who asks has the folio lock, under which these bits change; others "  \
	"of the word change by atomic operations"
#define SCAN                                                                   \
	"it asks pages that it has no reference to, and may be told wrong: "   \
	"the isolation fails or is tried again"
#define RECHECKED                                                              \
	"how much is reserved: who looks without the lock looks again with "   \
	"it, or passes by what another reserves just then"
#define STEAL                                                                  \
	"it counts pages of a block that could be moved, most of them other "  \
	"people's, and takes the block or does not"
#define LIST_WORD                                                              \
	"who asks whether a page is a tail reads a list's pointer, or its "    \
	"poison: bit 0 is clear, as it is not"
#define ESTIMATE                                                               \
	"a sum over CPUs that is late anyway; it steers and decides nothing"
#define HINT                                                                   \
	"what it reads says whether a drain is worth while; who needs one for" \
	" certain asks again or forces it"
#define ENTRY                                                                  \
	"it looks without the lock whether there is anything to look at with " \
	"it, or looks again; by ptep_get() in newer trees"
#define FAILURES                                                                \
	"how often kswapd failed: an atomic counter in newer trees; an update " \
	"may be lost, and kswapd tries once more or once less"
#define BOOST                                                                  \
	"how much more is to be kept free for a while, written with the zone " \
	"lock: kswapd reads it without, and reclaims some more or some less"
#define LOOKED                                                                  \
	"of a folio without a reference: it passes it by, or looks again with " \
	"a reference and the lock"
#define HIGH                                                                    \
	"the most pages that a process had, for people to read: an update may " \
	"be lost"
#define NULL_WORD                                                              \
	"an aligned word becomes NULL under the lock; who reads it without "   \
	"sees it before or after"

#define SAME_OFFSET                                                            \
	"real: the finding old-offset-of-a-root. Here all roots have 0"
#define HINTS                                                                  \
	"where scanners go on, and how often compaction was put off: hints, "  \
	"of which an update may be lost"
#define ISOLATED_ORDER                                                         \
	"of a page that was found free: its block is isolated, and the order " \
	"is compared and no more"
#define MIX                                                                    \
	"who reads beside a write gets some of it: read() takes no lock of "   \
	"the inode or the folio"

#define READS_ON                                                               \
	"what was read last, and ahead, nobody locks: it steers how much is "  \
	"read next, and each page is looked for and the file's size asked anew"

#define ANON                                                                    \
	"of the word it takes a bit that no mapping of a file has: no page of " \
	"a file becomes anonymous, or the other way"
#define MOVABLE                                                                \
	"of the word it takes bits that no mapping of a file has: no page of " \
	"a file becomes one that its driver moves, or the other way"

#define RESERVED                                                               \
	"how many pages are kept for others, of a watermark that is late anyway"

const struct target_race linux_races[] = {
	/* Flags of a page. */
	ALONE("page flags", "page_zonenum", CONSTANT_BITS),
	ALONE("page flags", "page_zone_id", CONSTANT_BITS),
	ALONE("page flags", "memdesc_zonenum", CONSTANT_BITS),
	ALONE("page flags", "folio_zonenum", CONSTANT_BITS),
	ALONE("page flags", "alloc_migration_target", CONSTANT_BITS),
	ALONE("page flags", "page_has_private", PRIVATE_BITS),
	ALONE("page flags", "folio_has_private", PRIVATE_BITS),
	ALONE("page flags", "PagePoisoned",
	      "a check whether the page was ever initialised: no value but "
	      "start-up's is all ones"),
	ALONE("page flags", "has_unmovable_pages", SCAN),
	ALONE("page flags", "page_is_unmovable", SCAN),
	ALONE("page flags", "isolate_single_pageblock", SCAN),
	ALONE("page flags", "isolate_migratepages_block", SCAN),
	ALONE("page flags", "move_freepages", STEAL),
	ALONE("page flags", "prep_move_freepages_block", STEAL),
	ALONE("page flags", "isolate_freepages_block", SCAN),
	ALONE("page flags", "next_uptodate_page:folio_test_locked", LOOKED),
	ALONE("page flags", "next_uptodate_folio:folio_test_locked", LOOKED),
	ALONE("page flags", "pageblock_skip_persistent", SCAN),

	/* Whether a page is free, and of which order. */
	ALONE("page page_type", "has_unmovable_pages:PageBuddy", SCAN),
	ALONE("page page_type", "page_is_unmovable:PageBuddy", SCAN),
	ALONE("page page_type", "isolate_single_pageblock:PageBuddy", SCAN),
	ALONE("page page_type", "isolate_migratepages_block:PageBuddy", SCAN),
	ALONE("page page_type", "alloc_contig_range:PageBuddy", SCAN),
	ALONE("page page_type", "find_large_buddy:PageBuddy", SCAN),
	ALONE("page page_type", "suitable_migration_target:PageBuddy", SCAN),
	MAPCOUNTS("page_is_buddy:PageBuddy"),
	MAPCOUNTS("move_freepages:PageBuddy"),
	ALONE("page lru", "isolate_migratepages_block:compound_order", SCAN),
	ALONE("page lru", "pageblock_skip_persistent", SCAN),
	ALONE("page private", "isolate_single_pageblock:buddy_order",
	      "real: without the zone lock it shifts by what may be an owner's "
	      "word by now. 7.3 validates it; no owner here has any"),
	ALONE("page private", "isolate_single_pageblock",
	      "buddy_order_unsafe(): what it reads is validated"),
	ALONE("page private", "alloc_contig_range:buddy_order", ISOLATED_ORDER),
	ALONE("page private", "find_large_buddy:buddy_order", ISOLATED_ORDER),
	ALONE("page private", "isolate_migratepages_block",
	      "buddy_order_unsafe(): what it reads is validated"),

	/* The way to the head, which shares its word with the list's pointer. */
	LISTS("PageTail"),
	LISTS("_compound_head"),
	LISTS("folio_flags"),
	LISTS("const_folio_flags"),
	LISTS("__filemap_get_folio"),
	LISTS("__filemap_get_folio_mpol"),
	LISTS("folio_mark_accessed"),
	LISTS("do_page_mkwrite"),
	LISTS("__do_fault"),
	LISTS("PageCompound"),
	ALONE("page compound_head", "has_unmovable_pages", SCAN),
	ALONE("page compound_head", "page_is_unmovable", SCAN),
	ALONE("page compound_head", "isolate_single_pageblock", SCAN),
	ALONE("page compound_head", "isolate_migratepages_block", SCAN),
	ALONE("page compound_head", "isolate_freepages_block", SCAN),
	ALONE("page compound_head", "move_freepages", STEAL),
	ALONE("page compound_head", "prep_move_freepages_block", STEAL),
	ALONE("page mapping", "move_freepages", STEAL),
	ALONE("page compound_head", "pageblock_skip_persistent", SCAN),

	ALONE("page private", "suitable_migration_target",
	      "buddy_order_unsafe(): what it reads is compared and no more: a "
	      "block is filled, or passed by"),

	/* The mapping, the index; of a second page the number of pages. */
	ALONE("page mapping", "has_unmovable_pages", SCAN),
	ALONE("page mapping", "page_is_unmovable", SCAN),
	ALONE("page mapping", "isolate_migratepages_block:__PageMovable", SCAN),
	ALONE("page mapping", "isolate_single_pageblock:compound_nr",
	      "real: the finding size-of-a-folio-being-split"),
	ALONE("page index", "isolate_single_pageblock:compound_nr",
	      "real: the finding size-of-a-folio-being-split"),
	ALONE("page index", "has_unmovable_pages:folio_nr_pages", SCAN),
	PAIR("page mapping", "folio_mapping", "page_cache_delete", NULL_WORD),
	PAIR("page mapping", "folio_mapping", "page_cache_delete_batch",
	     NULL_WORD),
	PAIR("page mapping", "folio_test_anon", "page_cache_delete", ANON),
	PAIR("page mapping", "folio_test_anon", "page_cache_delete_batch",
	     ANON),
	PAIR("page mapping", "__folio_test_movable", "page_cache_delete",
	     MOVABLE),
	PAIR("page mapping", "__folio_test_movable", "page_cache_delete_batch",
	     MOVABLE),
	PAIR("page mapping", "__PageMovable", "page_cache_delete", MOVABLE),
	PAIR("page mapping", "__PageMovable", "page_cache_delete_batch",
	     MOVABLE),
	PAIR("page contents", "truncate_inode_partial_folio",
	     "raw_copy_to_user",
	     "who reads beside a truncation gets what was there, or zeros"),
	PAIR("page contents", "raw_copy_from_user", "raw_copy_to_user", MIX),

	PAIR("mapping flags", "mapping_min_folio_order", "mapping_set_exiting",
	     MADE_WITH),
	PAIR("mapping flags", "mapping_max_folio_order", "mapping_set_exiting",
	     MADE_WITH),

	/* The tree. */
	PAIR("mapping xa_head", "xas_delete_node", "xa_head", NULL_WORD),
	PAIR("node slot", "xas_delete_node", "xa_entry", NULL_WORD),
	ALONE("mapping xa_head", "mapping_empty",
	      "it asks whether there is anything to remove: what is added "
	      "meanwhile may be missed, as if it came later"),
	PAIR("node parent", "xas_shrink", "xa_parent", NULL_WORD),
	PAIR("node offset", "xas_expand", "xas_find", SAME_OFFSET),
	PAIR("node offset", "xas_expand", "xas_find_marked", SAME_OFFSET),
	PAIR("node offset", "xas_expand", "__xas_prev", SAME_OFFSET),
	PAIR("node offset", "xas_expand", "__xas_next", SAME_OFFSET),
	PAIR("mapping xa_flags", "xas_split_alloc", "xa_mark_clear",
	     "of the word it takes a bit that never changes"),
	PAIR("mapping xa_flags", "xas_split_alloc", "xa_mark_set",
	     "of the word it takes a bit that never changes"),
	PAIR("mapping xa_flags", "xas_nomem", "xa_mark_clear",
	     "of the word it takes a bit that never changes"),
	PAIR("mapping xa_flags", "xas_nomem", "xa_mark_set",
	     "of the word it takes a bit that never changes"),
	PAIR("mapping xa_flags", "xas_find_marked:xa_marked", "xa_mark_clear",
	     "whether a mark is anywhere in the tree: as of a mark in a node"),
	PAIR("mapping xa_flags", "xas_find_marked:xa_marked", "xa_mark_set",
	     "whether a mark is anywhere in the tree: as of a mark in a node"),
	PAIR("node tags", "xas_find_marked:find_next_bit", "node_clear_mark",
	     "a walk without the lock finds a mark or does not; who needs it "
	     "to stay looks again under the lock"),
	PAIR("node tags", "xas_find_marked:find_next_bit", "node_set_mark",
	     "the same: a mark that is just being set is found or is not"),

	/* An open file. */
	ALONE("file readahead", "filemap_read", READS_ON),
	ALONE("file readahead", "ondemand_readahead", READS_ON),
	ALONE("file readahead", "try_context_readahead", READS_ON),
	ALONE("file readahead", "page_cache_sync_ra", READS_ON),
	ALONE("file readahead", "page_cache_async_ra", READS_ON),
	ALONE("file readahead", "page_cache_ra_order", READS_ON),
	ALONE("file readahead", "read_pages", READS_ON),

	/* Counts that are looked at from outside. */
	ALONE("zone free_area", "__zone_watermark_ok",
	      "who looks for a list that is not empty takes from it under the "
	      "zone lock, and may find it empty"),
	ALONE("zone free_area", "fast_find_migrateblock",
	      "whether a list is worth the zone lock, under which it looks again"),
	ALONE("zone free_area", "fast_isolate_freepages",
	      "whether a list is worth the zone lock, under which it looks again"),
	ALONE("zone free_area", "find_suitable_fallback",
	      "compaction asks whether a block could be had; it is taken under "
	      "the zone lock"),
	PAIR("zone ?", "__zone_watermark_unusable_free",
	     "reserve_highatomic_pageblock", RESERVED),
	PAIR("zone ?", "__zone_watermark_unusable_free",
	     "unreserve_highatomic_pageblock", RESERVED),
	PAIR("zone ?", "reserve_highatomic_pageblock",
	     "reserve_highatomic_pageblock", RECHECKED),
	PAIR("zone ?", "reserve_highatomic_pageblock",
	     "unreserve_highatomic_pageblock", RECHECKED),
	PAIR("zone ?", "unreserve_highatomic_pageblock",
	     "unreserve_highatomic_pageblock", RECHECKED),
	PAIR("?", "kcompactd", "wakeup_kcompactd",
	     "for how large a block it was woken: who asks while it ends a "
	     "turn is asked again by the next one who finds none"),
	ALONE("pcp count", "__drain_all_pages", HINT),
	PAIR("pcp batch", "drain_pages_zone", "pageset_update",
	     "how many pages it frees at once; the list is gone through until "
	     "it is empty"),
	PAIR("pcp ?", "free_frozen_page_commit", "pageset_update",
	     "how eagerly a free gives back blocks; other reads of it there are "
	     "marked"),
	PAIR("?", "cpu_needs_drain", "folio_batch_init", HINT),
	PAIR("?", "cpu_needs_drain", "folio_batch_reinit", HINT),
	PAIR("?", "cpu_needs_drain", "folio_batch_add", HINT),
	PAIR("?", "zone_page_state_snapshot", "__mod_zone_page_state",
	     ESTIMATE),
	PAIR("pgdat refaults", "prepare_scan_count", "snapshot_refaults",
	     ESTIMATE),
	PAIR("pgdat refaults", "prepare_scan_control", "snapshot_refaults",
	     ESTIMATE),
	PAIR("pgdat refaults", "snapshot_refaults", "snapshot_refaults",
	     ESTIMATE),
	ALONE("pgdat kswapd_failures", "balance_pgdat", FAILURES),
	ALONE("pgdat kswapd_failures", "shrink_node", FAILURES),
	PAIR("zone watermark_boost", "boost_watermark", "pgdat_balanced",
	     BOOST),
	PAIR("zone watermark_boost", "boost_watermark", "balance_pgdat", BOOST),
	ALONE("zone compaction", "compaction_deferred", HINTS),
	ALONE("zone compaction", "defer_compaction", HINTS),
	ALONE("zone compaction", "compaction_defer_reset", HINTS),
	ALONE("zone compaction", "compaction_restarting", HINTS),
	ALONE("zone compaction", "reset_isolation_suitable", HINTS),
	ALONE("zone compaction", "__reset_isolation_suitable", HINTS),
	ALONE("zone compaction", "reset_cached_positions", HINTS),
	ALONE("zone compaction", "update_cached_migrate", HINTS),
	ALONE("zone compaction", "update_pageblock_skip", HINTS),
	ALONE("zone compaction", "compact_zone", HINTS),
	PAIR("?", "update_hiwater_rss", "update_hiwater_rss", HIGH),
	ALONE("pte entry", "handle_pte_fault", ENTRY),
	ALONE("pte entry", "page_vma_mapped_walk", ENTRY),
	{ NULL, NULL, NULL, NULL },
};
