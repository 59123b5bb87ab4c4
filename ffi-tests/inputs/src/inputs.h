/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Targets for made-up input. An input is a string of bytes that follows from its number; a target
 * reads it as it likes. What it does may fail as it likes, but not fall, hang, write past what it
 * was given, or keep anything.
 */

#ifndef INPUTS_H_
#define INPUTS_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The bytes not yet used; behind them everything is zero. */
struct input {
	const uint8_t *at;
	size_t left;
};

uint8_t take_byte(struct input *input);
uint16_t take_word(struct input *input);
/* Copies as many bytes as there are, at most `most`; returns how many. */
size_t take_bytes(struct input *input, void *out, size_t most);
/* A string without zero bytes, in `size` bytes with its end. */
size_t take_text(struct input *input, char *out, size_t size);

/* Memory whose end is watched. */
#define ROOM  256
#define GUARD 0xa5

struct room {
	uint8_t bytes[ROOM];
	uint8_t guard[16];
};

/* Fills it from the input, a byte of length first; returns that length. */
size_t fill_room(struct input *input, struct room *room);
void watch_room(const struct room *room);

struct target {
	const char *name;
	void (*run)(struct input *input);
	/* What input is made of, beside any byte; ends with an empty one. */
	const char *const *words;
	/* Inputs of a run that CI makes. */
	uint32_t brief;
};

extern const struct target json_target, texts_target, settings_target;
extern const struct target shell_line_target, shell_commands_target, telnet_target, syslog_target;
extern const struct target options_target, control_target, sets_target, frames_target;
extern const struct target makers_target, filter_target, trickle_target, virtual_target;
extern const struct target requests_target, threads_target;

/* Descriptors in use, as the calls see them: some are closed, some of no kind. */
#define DESCRIPTORS 8

/* Opens something, or closes it, or nothing: as the input says. */
void open_some(struct input *input, int *fds, size_t count);
/* One of them, or a number that is none. */
int some_descriptor(struct input *input, const int *fds, size_t count);
void close_all(int *fds, size_t count);
/* The numbers above become -1. */
void no_descriptors(int *fds, size_t count);

#endif
