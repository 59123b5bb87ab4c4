// SPDX-License-Identifier: Apache-2.0
/*
 * Threads for tests, and a trace of what happened in which order.
 */
#ifndef HELPER_H_
#define HELPER_H_

#include <zephyr/kernel.h>
#include <zephyr/ztest.h>

#define HELPERS 4

/* Starts helper @p n at once. */
k_tid_t helper_start(int n, k_thread_entry_t entry, void *p1, void *p2, int prio);
/* Waits for the end of all helpers that were started; fails if one does not end. */
void helpers_join(void);
/* Ends all helpers that still live. For the `after` of a suite. */
void helpers_end(void *fixture);

/* Adds a letter to the trace. */
void trace(char letter);
/* Clears the trace. */
void trace_clear(void);
/* Fails unless the trace is @p expected. */
#define zassert_trace(expected) zassert_str_equal(trace_text(), expected)
const char *trace_text(void);

#endif /* HELPER_H_ */
