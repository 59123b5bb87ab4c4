// SPDX-License-Identifier: Apache-2.0
/*
 * newlib over the kernel: errno, memory, output.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "line.h"

static struct k_thread thread;
static K_THREAD_STACK_DEFINE(stack, 2048);
static struct k_sem go;
static int error_there;

ZTEST_SUITE(libc, NULL, NULL, NULL, NULL, NULL);

static void start(k_thread_entry_t entry)
{
	k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), entry, NULL, NULL, NULL, -1, 0,
			K_NO_WAIT);
}

static void fail_there(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	errno = ENOENT;
	(void)k_sem_take(&go, K_FOREVER);
	error_there = errno;
}

ZTEST(libc, test_errno_is_each_threads_own)
{
	k_sem_init(&go, 0, 1);
	errno = 0;
	start(fail_there);
	zassert_equal(errno, 0);
	zassert_equal(write(99, "", 0), -1);
	zassert_equal(errno, EBADF);
	k_sem_give(&go);
	zassert_ok(k_thread_join(&thread, K_SECONDS(1)));
	zassert_equal(error_there, ENOENT);
	zassert_equal(errno, EBADF);
}

#define PIECES 50

/* Takes pieces and gives them back, and is interrupted meanwhile. */
static bool use_memory(unsigned char mark)
{
	unsigned char *piece[PIECES];
	bool good = true;

	for (int i = 0; i < PIECES; i++) {
		piece[i] = malloc(10 + i * 7);
		good = good && piece[i] != NULL;
		memset(piece[i], mark, 10 + i * 7);
		k_busy_wait(100);
	}
	for (int i = 0; i < PIECES; i++) {
		good = good && piece[i][0] == mark && piece[i][9 + i * 7] == mark;
		free(piece[i]);
	}
	return good;
}

static void use_memory_too(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_thread_priority_set(k_current_get(), 0);
	error_there = 0;
	for (int i = 0; i < 10; i++) {
		error_there += !use_memory('b');
		k_msleep(1);
	}
}

ZTEST(libc, test_memory)
{
	start(use_memory_too);
	for (int i = 0; i < 10; i++) {
		zassert_true(use_memory('a'));
		k_msleep(1);
	}
	zassert_ok(k_thread_join(&thread, K_SECONDS(10)));
	zassert_equal(error_there, 0);
}

ZTEST(libc, test_there_is_an_end_of_memory)
{
	errno = 0;
	zassert_is_null(malloc((size_t)CONFIG_SRAM_SIZE * 1024));
	zassert_equal(errno, ENOMEM);
}

ZTEST(libc, test_output)
{
	static const char text[] = "by write()\n";

	zassert_equal(printf("by printf(): %d %s\n", 42, "words"), 22);
	zassert_ok(fflush(stdout));
	zassert_equal(write(STDOUT_FILENO, text, sizeof(text) - 1), sizeof(text) - 1);
	zassert_true(isatty(STDOUT_FILENO));
}
