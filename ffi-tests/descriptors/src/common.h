/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DESCRIPTORS_TEST_COMMON_H_
#define DESCRIPTORS_TEST_COMMON_H_

#include <errno.h>

#include <zephyr/kernel.h>
#include <zephyr/net/socket.h>
#include <zephyr/ztest.h>

/* A call that fails with this errno. */
#define FAILS(_call, _errno)                                                                       \
	do {                                                                                       \
		errno = 0;                                                                         \
		zassert_equal(_call, -1, #_call);                                                  \
		zassert_equal(errno, _errno, #_call ": errno %d", errno);                          \
	} while (false)

#define ALL_EVENTS (ZSOCK_POLLIN | ZSOCK_POLLPRI | ZSOCK_POLLOUT)

/* What poll() finds, without waiting. */
#define POLLS(_fd, _events) zassert_equal(polled(_fd), _events, "%#x", polled(_fd))

int polled(int fd);
/* Calls `work` on the work queue after so many milliseconds, with `arg`. */
void later(int millis, void (*work)(int arg), int arg);
/* For suites: all descriptors are closed. */
void after(void *fixture);

#endif /* DESCRIPTORS_TEST_COMMON_H_ */
