/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SOCKETS_TEST_COMMON_H_
#define SOCKETS_TEST_COMMON_H_

#include <errno.h>

#include <zephyr/kernel.h>
#include <zephyr/net/loopback.h>
#include <zephyr/net/socket.h>
#include <zephyr/ztest.h>

#define PORT 4000

/* A call that fails with this errno. */
#define FAILS(_call, _errno)                                                                       \
	do {                                                                                       \
		errno = 0;                                                                         \
		zassert_equal(_call, -1, #_call);                                                  \
		zassert_equal(errno, _errno, #_call ": errno %d", errno);                          \
	} while (false)

/* What poll() finds, without waiting. */
#define POLLS(_sock, _events) zassert_equal(polled(_sock), _events, "%#x", polled(_sock))

#define ALL_EVENTS (ZSOCK_POLLIN | ZSOCK_POLLPRI | ZSOCK_POLLOUT)

extern const struct sockaddr_in here;

/* A new stream socket. */
int stream(void);
/* A stream socket that listens at `here`. */
int listener(void);
/* A connection: both ends, and who listened. */
struct pair {
	int listener;
	int client;
	int server;
};
struct pair connected(void);
/* Closes what is open of it. */
void close_pair(struct pair *pair);

int polled(int sock);
int error_of(int sock);
void set_int(int sock, int level, int name, int value);
int get_int(int sock, int level, int name);
void set_time(int sock, int name, int millis);
/* Everything is lost on the way from now on, or nothing. */
void lose_all(bool yes);
/* Calls `work` on the work queue after so many milliseconds, with `arg`. */
void later(int millis, void (*work)(int arg), int arg);
/* For suites: pools and descriptors are as they were. */
void *remember(void);
void before(void *fixture);
void after(void *fixture);

#endif /* SOCKETS_TEST_COMMON_H_ */
