/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Makes input up and runs the targets: some thousands each as a test; with ZNET_INPUTS_SECONDS in the
 * environment for as long as that, and with ZNET_INPUTS_TARGET one alone. An input that failed is
 * seen again with ZNET_INPUTS_FROM=its number.
 */

#include "inputs.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/net/socket.h>
#include <zephyr/ztest.h>

#define LONGEST 512

static const struct target *const targets[] = {
	&json_target,     &texts_target,   &settings_target, &shell_line_target,
	&shell_commands_target, &telnet_target, &syslog_target, &options_target,
	&control_target,  &sets_target,    &frames_target,   &makers_target,
	&filter_target,   &trickle_target, &virtual_target,  &requests_target,
	&threads_target,
};

static const char *running;
static uint64_t number;

/* ---- reading --------------------------------------------------------------------------------- */

uint8_t take_byte(struct input *input)
{
	if (input->left == 0) {
		return 0;
	}
	input->left--;
	return *input->at++;
}

uint16_t take_word(struct input *input)
{
	const uint8_t low = take_byte(input);

	return (uint16_t)(low | take_byte(input) << 8);
}

size_t take_bytes(struct input *input, void *out, size_t most)
{
	const size_t len = MIN(most, input->left);

	memcpy(out, input->at, len);
	input->at += len;
	input->left -= len;
	return len;
}

size_t take_text(struct input *input, char *out, size_t size)
{
	size_t len = 0;

	while (len + 1 < size && input->left > 0) {
		const char c = (char)take_byte(input);

		if (c == '\0') {
			break;
		}
		out[len++] = c;
	}
	out[len] = '\0';
	return len;
}

size_t fill_room(struct input *input, struct room *room)
{
	const size_t len = take_byte(input);

	memset(room->bytes, 0, sizeof(room->bytes));
	(void)take_bytes(input, room->bytes, len);
	memset(room->guard, GUARD, sizeof(room->guard));
	return len;
}

void watch_room(const struct room *room)
{
	for (size_t i = 0; i < sizeof(room->guard); i++) {
		zassert_equal(room->guard[i], GUARD, "written past the end");
	}
}

/* ---- making ---------------------------------------------------------------------------------- */

static uint64_t draw(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

static uint32_t below(uint64_t *state, uint32_t limit)
{
	return (uint32_t)((draw(state) >> 32) * limit >> 32);
}

/* A word has its length in front of it where it may hold zero bytes: none does. */
static size_t make(const struct target *target, uint64_t seed, uint8_t *out)
{
	static const uint8_t edges[] = {0, 1, 2, 4, 7, 8, 0x7f, 0x80, 0xfe, 0xff};
	uint64_t state = seed;
	size_t words = 0, len = 0;

	while (target->words[words][0] != '\0') {
		words++;
	}
	for (uint32_t pieces = 1 + below(&state, 32); pieces > 0 && len < LONGEST; pieces--) {
		const uint32_t how = below(&state, 8);

		if (how < 4 && words > 0) {
			const char *const word = target->words[below(&state, words)];
			const size_t part = MIN(strlen(word), LONGEST - len);

			memcpy(&out[len], word, part);
			len += part;
		} else if (how < 6) {
			out[len++] = edges[below(&state, ARRAY_SIZE(edges))];
		} else {
			for (uint32_t n = 1 + below(&state, 6); n > 0 && len < LONGEST; n--) {
				out[len++] = (uint8_t)draw(&state);
			}
		}
	}
	/* One byte in some changes, so that words come out wrong as well. */
	for (uint32_t changes = below(&state, 3); changes > 0; changes--) {
		out[below(&state, len)] ^= (uint8_t)(1 << below(&state, 8));
	}
	return len;
}

/* ---- running --------------------------------------------------------------------------------- */

/* AddressSanitizer calls it when it has found something. */
void __asan_on_error(void);
void __asan_on_error(void)
{
	printk("input %llu of %s\n", (unsigned long long)number, running);
}

static void run_one(const struct target *target, uint64_t which)
{
	/* Of its exact size, so that a byte read behind it is seen. */
	uint8_t bytes[LONGEST];
	struct input input = {.at = bytes};

	running = target->name;
	number = which;
	input.left = make(target, which, bytes);
	target->run(&input);
}

static void at_rest(void)
{
	struct k_mem_slab *rx, *tx;
	struct net_buf_pool *rx_data, *tx_data;

	net_pkt_get_info(&rx, &tx, &rx_data, &tx_data);
	for (int i = 0; i < 60; i++) {
		if (k_mem_slab_num_used_get(rx) + k_mem_slab_num_used_get(tx) == 0) {
			break;
		}
		/* Longer than what TCP remembers of connections that nobody owns. */
		k_sleep(K_SECONDS(600));
	}
	zassert_equal(k_mem_slab_num_used_get(rx), 0, "packets are kept after %s %llu", running,
		      (unsigned long long)number);
	zassert_equal(k_mem_slab_num_used_get(tx), 0, "packets are kept after %s %llu", running,
		      (unsigned long long)number);
}

static void still_works(void)
{
	struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(9000)};
	const int listener = zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	const int client = zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	char byte = 7;
	int server;

	here.sin_addr.s_addr = htonl(0x7f000001);
	zassert_true(listener >= 0 && client >= 0, "no sockets are left: errno %d", errno);
	zassert_ok(zsock_bind(listener, (struct sockaddr *)&here, sizeof(here)));
	zassert_ok(zsock_listen(listener, 1));
	zassert_ok(zsock_connect(client, (struct sockaddr *)&here, sizeof(here)), "%d", errno);
	server = zsock_accept(listener, NULL, NULL);
	zassert_equal(zsock_send(client, &byte, 1, 0), 1);
	byte = 0;
	zassert_equal(zsock_recv(server, &byte, 1, 0), 1);
	zassert_equal(byte, 7);
	zassert_ok(zsock_close(client));
	zassert_ok(zsock_close(server));
	zassert_ok(zsock_close(listener));
	at_rest();
}

static uint64_t from_environment(const char *name, uint64_t otherwise)
{
	const char *const text = getenv(name);

	return text != NULL ? strtoull(text, NULL, 10) : otherwise;
}

/* Target after target, some seconds each, until the time is over. */
static void run_long(uint64_t seconds)
{
	const char *const only = getenv("ZNET_INPUTS_TARGET");
	const time_t end = time(NULL) + (time_t)seconds;
	uint64_t counts[ARRAY_SIZE(targets)] = {0};
	const uint64_t first = from_environment("ZNET_INPUTS_FROM", 1U << 30);

	while (time(NULL) < end) {
		for (size_t i = 0; i < ARRAY_SIZE(targets); i++) {
			const time_t turn = MIN(time(NULL) + 4, end);

			if (only != NULL && strcmp(only, targets[i]->name) != 0) {
				continue;
			}
			while (time(NULL) < turn) {
				for (int n = 0; n < 32; n++) {
					run_one(targets[i], first + counts[i]++);
				}
			}
			at_rest();
			still_works();
		}
	}
	for (size_t i = 0; i < ARRAY_SIZE(targets); i++) {
		TC_PRINT("%12llu %s\n", (unsigned long long)counts[i], targets[i]->name);
	}
}

ZTEST(inputs, test_made_up)
{
	const uint64_t seconds = from_environment("ZNET_INPUTS_SECONDS", 0);

	if (seconds > 0) {
		run_long(seconds);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(targets); i++) {
		const uint64_t first = from_environment("ZNET_INPUTS_FROM", 0);
		const time_t start = time(NULL);

		for (uint32_t n = 0; n < targets[i]->brief; n++) {
			run_one(targets[i], first + n);
		}
		at_rest();
		still_works();
		TC_PRINT("%s: %u in %u s\n", targets[i]->name, targets[i]->brief,
			 (unsigned int)(time(NULL) - start));
	}
}

ZTEST_SUITE(inputs, NULL, NULL, NULL, NULL, NULL);
