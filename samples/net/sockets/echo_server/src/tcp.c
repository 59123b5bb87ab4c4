/* SPDX-License-Identifier: Apache-2.0 */
/*
 * TCP: for each address family one listening socket, and some threads that all accept from it. Each
 * serves one connection at a time, to its end.
 */

#include <errno.h>

#include <zephyr/logging/log.h>
LOG_MODULE_DECLARE(echo_server, LOG_LEVEL_INF);

#include "common.h"

#define WORKERS CONFIG_ECHO_SERVER_TCP_CONNECTIONS

/* One of the threads that share a listening socket. */
struct tcp_worker {
	struct k_thread thread;
	K_THREAD_STACK_MEMBER(stack, ECHO_STACK_SIZE);
	char data[ECHO_BUFFER_SIZE];
};

/* The server of one address family. */
struct tcp_server {
	const char *name;
	sa_family_t family;
	int listener;
	struct tcp_worker workers[WORKERS];
};

/* Sends all of it, in as many steps as it takes. */
static int send_all(int sock, const char *data, size_t length)
{
	while (length > 0) {
		ssize_t sent = send(sock, data, length, 0);

		if (sent < 0) {
			return -errno;
		}
		data += sent;
		length -= sent;
	}

	return 0;
}

/* Sends back what comes, until the peer has no more to say: then 0, else a negative errno. */
static int tcp_echo(int sock, char *data)
{
	while (true) {
		ssize_t received = recv(sock, data, ECHO_BUFFER_SIZE, 0);
		int error;

		if (received <= 0) {
			return received < 0 ? -errno : 0;
		}

		error = send_all(sock, data, received);
		if (error < 0) {
			return error;
		}
	}
}

static void tcp_work(void *p1, void *p2, void *p3)
{
	struct tcp_server *server = p1;
	struct tcp_worker *worker = p2;
	int sock, error;

	ARG_UNUSED(p3);

	while (true) {
		sock = accept(server->listener, NULL, NULL);
		if (sock < 0 && (errno == ENOMEM || errno == ENFILE || errno == EMFILE)) {
			/* Somebody may close a socket soon; the connection waits. */
			k_sleep(K_MSEC(100));
			continue;
		}
		if (sock < 0) {
			LOG_ERR("%s: accepting failed: errno %d", server->name, errno);
			return;
		}

		error = tcp_echo(sock, worker->data);
		if (error < 0) {
			LOG_WRN("%s: connection lost: errno %d", server->name, -error);
		}
		(void)close(sock);
	}
}

static void tcp_serve(void *p1, void *p2, void *p3)
{
	struct tcp_server *server = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);

	server->listener = echo_open(server->family, SOCK_STREAM);
	if (server->listener < 0) {
		LOG_ERR("%s: no socket: errno %d", server->name, -server->listener);
		return;
	}
	if (listen(server->listener, WORKERS) < 0) {
		LOG_ERR("%s: listening failed: errno %d", server->name, errno);
		(void)close(server->listener);
		return;
	}

	LOG_INF("%s: waiting for connections", server->name);
	for (int i = 0; i < WORKERS; i++) {
		struct tcp_worker *worker = &server->workers[i];

		(void)k_thread_create(&worker->thread, worker->stack, ECHO_STACK_SIZE, tcp_work,
				      server, worker, NULL, ECHO_PRIORITY, 0, K_NO_WAIT);
	}
}

#define TCP_SERVER(_name, _text, _family)                                                          \
	static struct tcp_server _name = {.name = _text, .family = _family};                       \
	K_THREAD_DEFINE(_name##_thread, ECHO_STACK_SIZE, tcp_serve, &_name, NULL, NULL,            \
			ECHO_PRIORITY, 0, 0)

#if defined(CONFIG_NET_IPV4)
TCP_SERVER(tcp4, "TCP over IPv4", AF_INET);
#endif

#if defined(CONFIG_NET_IPV6)
TCP_SERVER(tcp6, "TCP over IPv6", AF_INET6);
#endif
