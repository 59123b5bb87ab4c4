/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls with random arguments, in modes. A call may fail as it likes; it may not fall, hang, write
 * past what it was given, or keep anything.
 */

#ifndef NOISE_H_
#define NOISE_H_

#include <stddef.h>
#include <stdint.h>

#include <zephyr/sys/atomic.h>

/* A source of choices, one a thread. */
struct draw {
	uint64_t state;
};

uint32_t any(struct draw *draw);
uint32_t below(struct draw *draw, uint32_t limit);

/* Memory whose end is watched: what a call says it wrote has to lie in front of it. */
#define ROOM  256
#define GUARD 0xa5

struct room {
	uint8_t bytes[ROOM];
	uint8_t guard[16];
};

void fill(struct draw *draw, struct room *room);
void watch(const struct room *room);

/* One random call of a kind. */
struct mode {
	const char *name;
	void (*call)(struct draw *draw);
};

extern const struct mode socket_modes[];
extern const size_t socket_modes_count;
extern const struct mode other_modes[];
extern const size_t other_modes_count;

/* What came of it all: noise that fails everywhere tries nothing. */
extern atomic_t descriptors_made;
extern atomic_t bytes_received;

/* Closes every descriptor the threads share. */
void close_all(void);

#endif
