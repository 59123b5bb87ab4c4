/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers every HTTP request with the same page, one client at a time: the least a server can do
 * with stream sockets. It reads up to the blank line that ends a request, and neither looks at
 * what was asked for nor keeps the connection.
 */

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/socket.h>

#include <zephyr/logging/log.h>
LOG_MODULE_REGISTER(http_server, LOG_LEVEL_INF);

#define BACKLOG 8

static const char page[] = {
#include "page.html.inc"
};

/* Sends all of it, in as many steps as it takes. Returns 0 or a negative errno. */
static int send_all(int client, const char *data, size_t length)
{
	while (length > 0) {
		ssize_t sent = send(client, data, length, 0);

		if (sent < 0) {
			return -errno;
		}
		data += sent;
		length -= sent;
	}

	return 0;
}

/*
 * Reads a request to its end, the first blank line. Returns 0, a negative errno, or -ENODATA when
 * the client leaves before.
 */
static int read_request(int client)
{
	static const char end[] = "\r\n\r\n";
	char data[128];
	size_t matched = 0;

	while (true) {
		ssize_t received = recv(client, data, sizeof(data), 0);

		if (received <= 0) {
			return received < 0 ? -errno : -ENODATA;
		}
		for (ssize_t i = 0; i < received; i++) {
			/* What does not continue the end may still begin it: "\r\r\n\r\n". */
			if (data[i] != end[matched]) {
				matched = 0;
			}
			if (data[i] == end[matched]) {
				matched++;
			}
			if (end[matched] == '\0') {
				return 0;
			}
		}
	}
}

static int answer(int client)
{
	char head[128];
	int length, error;

	error = read_request(client);
	if (error < 0) {
		return error;
	}

	length = snprintk(head, sizeof(head),
			  "HTTP/1.1 200 OK\r\n"
			  "Content-Type: text/html; charset=utf-8\r\n"
			  "Content-Length: %u\r\n"
			  "Connection: close\r\n"
			  "\r\n",
			  (unsigned int)sizeof(page));
	error = send_all(client, head, length);
	if (error < 0) {
		return error;
	}

	return send_all(client, page, sizeof(page));
}

static int start(void)
{
	struct sockaddr_in any = {
		.sin_family = AF_INET,
		.sin_port = htons(CONFIG_HTTP_SERVER_PORT),
	};
	int sock = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

	if (sock < 0) {
		return -errno;
	}

	if (bind(sock, (struct sockaddr *)&any, sizeof(any)) < 0 || listen(sock, BACKLOG) < 0) {
		int error = errno;

		(void)close(sock);
		return -error;
	}

	return sock;
}

static void set_patience(int client)
{
	const struct timeval patience = {.tv_sec = CONFIG_HTTP_SERVER_PATIENCE};

	(void)setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	(void)setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
}

int main(void)
{
	int listener = start();

	if (listener < 0) {
		LOG_ERR("no listening socket: errno %d", -listener);
		return 0;
	}
	LOG_INF("single-threaded HTTP server on port %d", CONFIG_HTTP_SERVER_PORT);

	while (true) {
		int client = accept(listener, NULL, NULL);
		int error;

		if (client < 0) {
			LOG_WRN("accepting failed: errno %d", errno);
			k_sleep(K_MSEC(100));
			continue;
		}

		set_patience(client);
		error = answer(client);
		if (error < 0) {
			LOG_DBG("a client got no page: errno %d", -error);
		}
		(void)close(client);
	}
}
