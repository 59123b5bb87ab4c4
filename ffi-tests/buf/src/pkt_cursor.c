// SPDX-License-Identifier: Apache-2.0
/* The cursor: reading, writing, skipping, removing across buffers. */

#include <zephyr/net/net_ip.h>

#include "common.h"

ZTEST_SUITE(pkt_cursor, NULL, NULL, NULL, all_is_free, NULL);

ZTEST(pkt_cursor, test_write_and_read_back)
{
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(NULL, 300, AF_UNSPEC, 0, K_NO_WAIT);
	uint8_t out[300], in[300];

	for (size_t i = 0; i < sizeof(out); i++) {
		out[i] = (uint8_t)(i * 7);
	}
	zassert_ok(net_pkt_write(pkt, out, sizeof(out)));
	zassert_equal(net_pkt_get_len(pkt), 300);
	zassert_equal(net_pkt_available_buffer(pkt), 0);
	zassert_equal(net_pkt_write_u8(pkt, 0), -ENOBUFS);

	net_pkt_cursor_init(pkt);
	zassert_equal(net_pkt_remaining_data(pkt), 300);
	zassert_ok(net_pkt_read(pkt, in, sizeof(in)));
	zassert_mem_equal(in, out, sizeof(out));
	zassert_equal(net_pkt_remaining_data(pkt), 0);
	zassert_equal(net_pkt_read_u8(pkt, in), -ENOBUFS);
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_numbers)
{
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(NULL, 64, AF_UNSPEC, 0, K_NO_WAIT);
	uint8_t u8;
	uint16_t u16;
	uint32_t u32;
	static const uint8_t expected[] = {0x11, 1, 2, 2, 1, 1, 2, 3, 4, 4, 3, 2, 1};

	zassert_ok(net_pkt_write_u8(pkt, 0x11));
	zassert_ok(net_pkt_write_be16(pkt, 0x0102));
	zassert_ok(net_pkt_write_le16(pkt, 0x0102));
	zassert_ok(net_pkt_write_be32(pkt, 0x01020304));
	zassert_ok(net_pkt_write_le32(pkt, 0x01020304));
	zassert_mem_equal(net_pkt_data(pkt), expected, sizeof(expected));

	net_pkt_cursor_init(pkt);
	zassert_ok(net_pkt_read_u8(pkt, &u8));
	zassert_equal(u8, 0x11);
	zassert_ok(net_pkt_read_be16(pkt, &u16));
	zassert_equal(u16, 0x0102);
	zassert_ok(net_pkt_read_le16(pkt, &u16));
	zassert_equal(u16, 0x0102);
	zassert_ok(net_pkt_read_be32(pkt, &u32));
	zassert_equal(u32, 0x01020304);
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_numbers_across_buffers)
{
	struct net_pkt *pkt = packet_of("\x01\x02\x03\x04\x05\x06\x07\x08", 1);
	uint16_t u16;
	uint32_t u32;

	zassert_ok(net_pkt_read_be16(pkt, &u16));
	zassert_equal(u16, 0x0102);
	zassert_ok(net_pkt_read_be32(pkt, &u32));
	zassert_equal(u32, 0x03040506);
	zassert_ok(net_pkt_read_le16(pkt, &u16));
	zassert_equal(u16, 0x0807);
	net_pkt_unref(pkt);
}

/* Each read, with as many bytes missing as can be. */
#define SHORT_READ(name, type, bytes)                                                              \
	ZTEST(pkt_cursor, test_short_##name)                                                       \
	{                                                                                          \
		for (int have = 0; have < (bytes); have++) {                                       \
			struct net_pkt *pkt = packet_of("abcdefgh", 3);                            \
			type value;                                                                \
                                                                                                   \
			zassert_ok(net_pkt_update_length(pkt, (size_t)have));                      \
			net_pkt_cursor_init(pkt);                                                  \
			zassert_equal(net_pkt_##name(pkt, &value), -ENOBUFS);                      \
			net_pkt_unref(pkt);                                                        \
		}                                                                                  \
	}

SHORT_READ(read_u8, uint8_t, 1)
SHORT_READ(read_be16, uint16_t, 2)
SHORT_READ(read_le16, uint16_t, 2)
SHORT_READ(read_be32, uint32_t, 4)

ZTEST(pkt_cursor, test_read_from_nothing)
{
	struct net_pkt *pkt = net_pkt_alloc(K_NO_WAIT);
	uint8_t byte;

	net_pkt_cursor_init(pkt);
	zassert_equal(net_pkt_read_u8(pkt, &byte), -ENOBUFS);
	zassert_equal(net_pkt_write_u8(pkt, 1), -ENOBUFS);
	zassert_equal(net_pkt_skip(pkt, 1), -ENOBUFS);
	zassert_equal(net_pkt_pull(pkt, 1), -ENOBUFS);
	zassert_equal(net_pkt_memset(pkt, 0, 1), -ENOBUFS);
	zassert_ok(net_pkt_read(pkt, &byte, 0));
	zassert_ok(net_pkt_skip(pkt, 0));
	zassert_equal(net_pkt_remaining_data(pkt), 0);
	zassert_equal(net_pkt_remaining_data(NULL), 0);
	zassert_equal(net_pkt_get_current_offset(pkt), 0);
	zassert_equal(net_pkt_get_contiguous_len(pkt), 0);
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_overwrite)
{
	struct net_pkt *pkt = packet_of("abcdefgh", 3);

	net_pkt_set_overwrite(pkt, true);
	zassert_ok(net_pkt_skip(pkt, 2));
	zassert_ok(net_pkt_write(pkt, "XYZ", 3));
	assert_packet(pkt, "abXYZfgh");
	zassert_equal(net_pkt_write(pkt, "1234", 4), -ENOBUFS);
	assert_packet(pkt, "abXYZ123");
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_skip_makes_content)
{
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(NULL, 20, AF_UNSPEC, 0, K_NO_WAIT);

	zassert_ok(net_pkt_skip(pkt, 8));
	zassert_equal(net_pkt_get_len(pkt), 8);
	zassert_equal(net_pkt_get_current_offset(pkt), 8);
	net_pkt_set_overwrite(pkt, true);
	net_pkt_cursor_init(pkt);
	zassert_ok(net_pkt_skip(pkt, 8));
	zassert_equal(net_pkt_get_len(pkt), 8);
	zassert_equal(net_pkt_skip(pkt, 1), -ENOBUFS);
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_skip_past_the_end)
{
	struct net_pkt *pkt = packet_of("abcdefgh", 3);

	net_pkt_set_overwrite(pkt, true);
	zassert_equal(net_pkt_skip(pkt, 9), -ENOBUFS);
	net_pkt_cursor_init(pkt);
	zassert_equal(net_pkt_skip(pkt, SIZE_MAX), -ENOBUFS);
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_memset)
{
	struct net_pkt *pkt = packet_of("abcdefgh", 3);

	net_pkt_set_overwrite(pkt, true);
	zassert_ok(net_pkt_skip(pkt, 1));
	zassert_ok(net_pkt_memset(pkt, '-', 5));
	assert_packet(pkt, "a-----gh");
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_backup_and_restore)
{
	struct net_pkt *pkt = packet_of("abcdefgh", 3);
	struct net_pkt_cursor backup;
	uint8_t byte;

	net_pkt_set_overwrite(pkt, true);
	zassert_ok(net_pkt_skip(pkt, 4));
	net_pkt_cursor_backup(pkt, &backup);
	zassert_ok(net_pkt_skip(pkt, 3));
	net_pkt_cursor_restore(pkt, &backup);
	zassert_equal(net_pkt_get_current_offset(pkt), 4);
	zassert_equal(*(char *)net_pkt_cursor_get_pos(pkt), 'e');
	zassert_ok(net_pkt_read_u8(pkt, &byte));
	zassert_equal(byte, 'e');
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_offset_at_each_byte)
{
	static const char text[] = "abcdefghijkl";

	for (size_t step = 1; step <= 5; step++) {
		struct net_pkt *pkt = packet_of(text, step);

		net_pkt_set_overwrite(pkt, true);
		for (size_t i = 0; i < sizeof(text) - 1; i++) {
			uint8_t byte;

			zassert_equal(net_pkt_get_current_offset(pkt), i);
			zassert_equal(net_pkt_remaining_data(pkt), sizeof(text) - 1 - i);
			zassert_ok(net_pkt_read_u8(pkt, &byte));
			zassert_equal(byte, text[i]);
		}
		net_pkt_unref(pkt);
	}
}

ZTEST(pkt_cursor, test_copy)
{
	struct net_pkt *src = packet_of("abcdefghijkl", 5);
	struct net_pkt *dst = net_pkt_alloc_with_buffer(NULL, 20, AF_UNSPEC, 0, K_NO_WAIT);

	net_pkt_set_overwrite(src, true);
	zassert_ok(net_pkt_skip(src, 2));
	zassert_ok(net_pkt_write(dst, "<", 1));
	zassert_ok(net_pkt_copy(dst, src, 8));
	zassert_ok(net_pkt_write(dst, ">", 1));
	assert_packet(dst, "<cdefghij>");
	zassert_equal(net_pkt_get_current_offset(src), 10);
	zassert_equal(net_pkt_copy(dst, src, 3), -ENOBUFS);
	assert_packet(dst, "<cdefghij>kl");
	net_pkt_unref(src);
	net_pkt_unref(dst);
}

ZTEST(pkt_cursor, test_copy_to_too_little_room)
{
	struct net_pkt *src = packet_of("abcdefgh", 8);
	struct net_pkt *dst = net_pkt_alloc_with_buffer(NULL, 5, AF_UNSPEC, 0, K_NO_WAIT);

	zassert_equal(net_pkt_copy(dst, src, 8), -ENOBUFS);
	assert_packet(dst, "abcde");
	net_pkt_unref(src);
	net_pkt_unref(dst);
}

ZTEST(pkt_cursor, test_pull_from_the_front)
{
	static const char text[] = "abcdefghijkl";

	for (size_t step = 1; step <= 5; step += 2) {
		for (size_t len = 0; len <= sizeof(text) - 1; len++) {
			struct net_pkt *pkt = packet_of(text, step);

			zassert_ok(net_pkt_pull(pkt, len));
			assert_packet(pkt, text + len);
			zassert_equal(net_pkt_get_current_offset(pkt), 0);
			net_pkt_unref(pkt);
		}
	}
}

ZTEST(pkt_cursor, test_pull_in_the_middle)
{
	struct net_pkt *pkt = packet_of("abcdefghijkl", 4);

	net_pkt_set_overwrite(pkt, true);
	zassert_ok(net_pkt_skip(pkt, 2));
	zassert_ok(net_pkt_pull(pkt, 7));
	assert_packet(pkt, "abjkl");
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_pull_too_much)
{
	struct net_pkt *pkt = packet_of("abcdefgh", 3);

	zassert_equal(net_pkt_pull(pkt, 9), -ENOBUFS);
	zassert_equal(net_pkt_get_len(pkt), 0);
	net_pkt_unref(pkt);
	pkt = packet_of("abcdefgh", 3);
	zassert_equal(net_pkt_pull(pkt, SIZE_MAX), -ENOBUFS);
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_update_length)
{
	struct net_pkt *pkt = packet_of("abcdefgh", 3);
	struct net_buf *first = pkt->buffer;

	zassert_ok(net_pkt_update_length(pkt, 4));
	assert_packet(pkt, "abcd");
	zassert_not_null(first->frags->frags, "the buffers stay");
	zassert_equal(net_pkt_update_length(pkt, 5), -EINVAL);
	assert_packet(pkt, "abcd");
	zassert_ok(net_pkt_update_length(pkt, 0));
	zassert_equal(net_pkt_get_len(pkt), 0);
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_remove_tail)
{
	static const char text[] = "abcdefghijkl";

	for (size_t len = 0; len <= sizeof(text) - 1; len++) {
		struct net_pkt *pkt = packet_of(text, 5);
		char expected[sizeof(text)] = {0};

		memcpy(expected, text, sizeof(text) - 1 - len);
		zassert_ok(net_pkt_remove_tail(pkt, len));
		assert_packet(pkt, expected);
		zassert_equal(net_pkt_remove_tail(pkt, sizeof(text) - len), -EINVAL);
		net_pkt_unref(pkt);
	}
}

ZTEST(pkt_cursor, test_trim)
{
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(NULL, 400, AF_UNSPEC, 0, K_NO_WAIT);

	zassert_ok(net_pkt_write(pkt, "few", 3));
	net_pkt_trim_buffer(pkt);
	zassert_is_null(pkt->buffer->frags);
	assert_packet(pkt, "few");
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_trim_everything)
{
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(NULL, 400, AF_UNSPEC, 0, K_NO_WAIT);
	uint8_t byte;

	net_pkt_trim_buffer(pkt);
	zassert_is_null(pkt->buffer);
	zassert_equal(net_pkt_read_u8(pkt, &byte), -ENOBUFS, "the cursor left with the buffers");
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_contiguity)
{
	struct net_pkt *pkt = packet_of("abcdefgh", 3);

	net_pkt_set_overwrite(pkt, true);
	zassert_equal(net_pkt_get_contiguous_len(pkt), 3);
	zassert_true(net_pkt_is_contiguous(pkt, 3));
	zassert_false(net_pkt_is_contiguous(pkt, 4));
	zassert_ok(net_pkt_skip(pkt, 1));
	zassert_equal(net_pkt_get_contiguous_len(pkt), 2);
	zassert_ok(net_pkt_skip(pkt, 2));
	zassert_equal(net_pkt_get_contiguous_len(pkt), 3, "at the end of one buffer is the next");
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_contiguity_of_room)
{
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(NULL, 50, AF_UNSPEC, 0, K_NO_WAIT);

	zassert_equal(net_pkt_get_contiguous_len(pkt), 50);
	net_pkt_unref(pkt);
}

struct header {
	uint8_t kind;
	uint8_t rest[7];
};

ZTEST(pkt_cursor, test_header_in_place)
{
	struct net_pkt *pkt = packet_of("Kabcdefg and more", 20);
	NET_PKT_DATA_ACCESS_DEFINE(access, struct header);
	struct header *hdr;

	net_pkt_set_overwrite(pkt, true);
	hdr = net_pkt_get_data(pkt, &access);
	zassert_equal_ptr(hdr, net_pkt_data(pkt));
	hdr->kind = 'X';
	zassert_ok(net_pkt_set_data(pkt, &access));
	assert_packet(pkt, "Xabcdefg and more");
	zassert_equal(net_pkt_get_current_offset(pkt), 8);
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_header_in_pieces)
{
	struct net_pkt *pkt = packet_of("Kabcdefg and more", 3);
	NET_PKT_DATA_ACCESS_DEFINE(access, struct header);
	struct header *hdr;

	net_pkt_set_overwrite(pkt, true);
	hdr = net_pkt_get_data(pkt, &access);
	zassert_not_null(hdr);
	zassert_equal(net_pkt_get_current_offset(pkt), 0, "reading moves nothing");
	zassert_mem_equal(hdr, "Kabcdefg", 8);
	hdr->kind = 'X';
	zassert_ok(net_pkt_set_data(pkt, &access));
	assert_packet(pkt, "Xabcdefg and more");
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_header_in_pieces_without_place)
{
	struct net_pkt *pkt = packet_of("Kabcdefg and more", 3);
	NET_PKT_DATA_ACCESS_CONTIGUOUS_DEFINE(access, struct header);

	net_pkt_set_overwrite(pkt, true);
	zassert_is_null(net_pkt_get_data(pkt, &access));
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_short_header)
{
	struct net_pkt *pkt = packet_of("Kabcd", 3);
	NET_PKT_DATA_ACCESS_DEFINE(access, struct header);

	net_pkt_set_overwrite(pkt, true);
	zassert_is_null(net_pkt_get_data(pkt, &access));
	zassert_equal(net_pkt_get_current_offset(pkt), 0);
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_header_is_filled_in)
{
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(NULL, 30, AF_UNSPEC, 0, K_NO_WAIT);
	NET_PKT_DATA_ACCESS_DEFINE(access, struct header);
	struct header *hdr = net_pkt_get_data(pkt, &access);

	zassert_not_null(hdr);
	memcpy(hdr, "12345678", 8);
	zassert_ok(net_pkt_set_data(pkt, &access));
	assert_packet(pkt, "12345678");
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_header_is_acknowledged)
{
	struct net_pkt *pkt = packet_of("Kabcdefg and more", 5);
	NET_PKT_DATA_ACCESS_DEFINE(access, struct header);

	net_pkt_set_overwrite(pkt, true);
	zassert_not_null(net_pkt_get_data(pkt, &access));
	zassert_ok(net_pkt_acknowledge_data(pkt, &access));
	zassert_equal(net_pkt_get_current_offset(pkt), 8);
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_write_of_what_is_there)
{
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(NULL, 30, AF_UNSPEC, 0, K_NO_WAIT);
	uint8_t *at = net_pkt_cursor_get_pos(pkt);

	memcpy(at, "in place", 8);
	zassert_ok(net_pkt_write(pkt, at, 8));
	assert_packet(pkt, "in place");
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_empty_buffers_are_passed_over)
{
	struct net_pkt *pkt = packet_of("ab", 1);
	struct net_buf *empty = net_pkt_get_reserve_rx_data(4, K_NO_WAIT);
	uint8_t bytes[2];

	net_buf_frag_insert(pkt->buffer, empty);
	net_pkt_cursor_init(pkt);
	zassert_ok(net_pkt_read(pkt, bytes, 2));
	zassert_mem_equal(bytes, "ab", 2);
	zassert_equal(net_pkt_remaining_data(pkt), 0);
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_compact)
{
	struct net_pkt *pkt = packet_of("abcdefgh", 3);

	/* Room of its own again for each buffer. */
	for (struct net_buf *frag = pkt->buffer; frag != NULL; frag = frag->frags) {
		frag->size = 5;
	}
	net_pkt_compact(pkt);
	assert_packet(pkt, "abcdefgh");
	zassert_equal(pkt->buffer->len, 5);
	zassert_is_null(pkt->buffer->frags->frags);
	net_pkt_unref(pkt);
}

ZTEST(pkt_cursor, test_fragments)
{
	struct net_pkt *pkt = packet_of("cd", 2);
	struct net_pkt *front = packet_of("ab", 1);
	struct net_pkt *back = packet_of("ef", 1);

	net_pkt_frag_insert(pkt, front->buffer);
	front->buffer = NULL;
	net_pkt_frag_add(pkt, back->buffer);
	back->buffer = NULL;
	assert_packet(pkt, "abcdef");
	zassert_not_null(net_pkt_frag_del(pkt, NULL, pkt->buffer));
	assert_packet(pkt, "bcdef");
	zassert_not_null(net_pkt_frag_del(pkt, pkt->buffer, pkt->buffer->frags));
	assert_packet(pkt, "bef");
	net_pkt_unref(pkt);
	net_pkt_unref(front);
	net_pkt_unref(back);
}

ZTEST(pkt_cursor, test_add_fragment_to_empty_packet)
{
	struct net_pkt *pkt = net_pkt_rx_alloc(K_NO_WAIT);
	struct net_buf *frag = net_pkt_get_frag(pkt, 10, K_NO_WAIT);

	zassert_not_null(frag);
	net_buf_add_mem(frag, "x", 1);
	net_pkt_frag_add(pkt, frag);
	zassert_equal(frag->ref, 1);
	assert_packet(pkt, "x");
	net_pkt_unref(pkt);
}
