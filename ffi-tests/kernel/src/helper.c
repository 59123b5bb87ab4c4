// SPDX-License-Identifier: Apache-2.0

#include "helper.h"

static K_THREAD_STACK_ARRAY_DEFINE(stacks, HELPERS, 1024);
static struct k_thread threads[HELPERS];
static bool started[HELPERS];
static char text[64];
static size_t length;

k_tid_t helper_start(int n, k_thread_entry_t entry, void *p1, void *p2, int prio)
{
	started[n] = true;
	return k_thread_create(&threads[n], stacks[n], K_THREAD_STACK_SIZEOF(stacks[n]), entry, p1,
			       p2, NULL, prio, 0, K_NO_WAIT);
}

void helpers_join(void)
{
	for (int n = 0; n < HELPERS; n++) {
		if (started[n]) {
			zassert_ok(k_thread_join(&threads[n], K_SECONDS(10)), "helper %d", n);
			started[n] = false;
		}
	}
}

void helpers_end(void *fixture)
{
	ARG_UNUSED(fixture);
	for (int n = 0; n < HELPERS; n++) {
		if (started[n]) {
			k_thread_abort(&threads[n]);
			started[n] = false;
		}
	}
}

void trace(char letter)
{
	unsigned int key = irq_lock();

	if (length + 1 < sizeof(text)) {
		text[length++] = letter;
		text[length] = '\0';
	}
	irq_unlock(key);
}

void trace_clear(void)
{
	length = 0;
	text[0] = '\0';
}

const char *trace_text(void)
{
	return text;
}
