/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A host for scanners, floods and malformed packets: port 4242 echoes, over TCP and UDP; port 5001
 * swallows what iperf 2 sends, over both. A datagram "tcp" or "udp" to port 4242 makes it send to an iperf
 * server on 192.0.2.2 for two seconds.
 */

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/logging/log.h>
#include <zephyr/net/socket.h>

LOG_MODULE_REGISTER(target, LOG_LEVEL_INF);

#define ECHO    4242
#define IPERF   5001
#define SECONDS 2
/* What iperf sends in a datagram. */
#define LENGTH  1470
#define CLIENTS 10

enum {
	ECHO_LISTENER,
	SINK_LISTENER,
	ECHO_DATAGRAMS,
	SINK_DATAGRAMS,
	FIRST_CLIENT,
};

/* iperf 2's header of a datagram: its number, negative in the last, and when it was sent. */
struct iperf_header {
	int32_t id;
	uint32_t sec;
	uint32_t usec;
};

static struct zsock_pollfd polled[FIRST_CLIENT + CLIENTS];
/* Whether a client wants its bytes back. */
static bool echoes[FIRST_CLIENT + CLIENTS];
static char data[8192];

static int open_at(int type, uint16_t port)
{
	struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(port)};
	const int sock = zsock_socket(AF_INET, type, 0);

	if (sock < 0 || zsock_bind(sock, (struct sockaddr *)&here, sizeof(here)) < 0 ||
	    (type == SOCK_STREAM && zsock_listen(sock, 4) < 0)) {
		LOG_ERR("port %u: errno %d", port, errno);
	}
	return sock;
}

static void send_to_iperf(int type)
{
	struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(IPERF)};
	const int sock = zsock_socket(AF_INET, type, 0);
	const int64_t end = k_uptime_get() + SECONDS * MSEC_PER_SEC;
	struct iperf_header *const header = (struct iperf_header *)data;
	int32_t number = 0;

	(void)zsock_inet_pton(AF_INET, "192.0.2.2", &there.sin_addr);
	if (zsock_connect(sock, (struct sockaddr *)&there, sizeof(there)) < 0) {
		LOG_ERR("iperf: errno %d", errno);
	}
	memset(data, 0, sizeof(data));
	/* Without a connection each call fails, and the last datagrams are in vain. */
	while (k_uptime_get() < end) {
		const int64_t now = k_uptime_get();

		if (type == SOCK_DGRAM) {
			header->id = htonl(number++);
			header->sec = htonl((uint32_t)(now / MSEC_PER_SEC));
			header->usec = htonl((uint32_t)(now % MSEC_PER_SEC * USEC_PER_MSEC));
			k_usleep(200);
		}
		if (zsock_send(sock, data, type == SOCK_DGRAM ? LENGTH : sizeof(data), 0) < 0) {
			break;
		}
	}
	for (int i = 0; i < 10 && type == SOCK_DGRAM; i++) {
		header->id = htonl(-number);
		(void)zsock_send(sock, data, LENGTH, 0);
		k_msleep(20);
	}
	(void)zsock_close(sock);
}

static void datagram(int sock, bool echo)
{
	struct sockaddr_storage from;
	socklen_t from_len = sizeof(from);
	const ssize_t len = zsock_recvfrom(sock, data, sizeof(data), ZSOCK_MSG_DONTWAIT,
					   (struct sockaddr *)&from, &from_len);

	if (len == 3 && echo && memcmp(data, "tcp", 3) == 0) {
		send_to_iperf(SOCK_STREAM);
	} else if (len == 3 && echo && memcmp(data, "udp", 3) == 0) {
		send_to_iperf(SOCK_DGRAM);
	} else if (len >= (ssize_t)sizeof(struct iperf_header) && !echo && data[0] >= 0) {
		return;
	}
	if (len >= 0) {
		/* What iperf marks as its last wants an answer. */
		(void)zsock_sendto(sock, data, len, 0, (struct sockaddr *)&from, from_len);
	}
}

static void accept_at(int listener, bool echo)
{
	const int sock = zsock_accept(polled[listener].fd, NULL, NULL);

	for (int i = FIRST_CLIENT; i < FIRST_CLIENT + CLIENTS && sock >= 0; i++) {
		if (polled[i].fd < 0) {
			polled[i].fd = sock;
			echoes[i] = echo;
			return;
		}
	}
	if (sock >= 0) {
		(void)zsock_close(sock);
	}
}

static void client(int index)
{
	const int sock = polled[index].fd;
	const ssize_t len = zsock_recv(sock, data, sizeof(data), ZSOCK_MSG_DONTWAIT);

	if (len > 0 && (!echoes[index] || zsock_send(sock, data, len, 0) == len)) {
		return;
	}
	(void)zsock_close(sock);
	polled[index].fd = -1;
}

int main(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(polled); i++) {
		polled[i] = (struct zsock_pollfd){.fd = -1, .events = ZSOCK_POLLIN};
	}
	polled[ECHO_LISTENER].fd = open_at(SOCK_STREAM, ECHO);
	polled[SINK_LISTENER].fd = open_at(SOCK_STREAM, IPERF);
	polled[ECHO_DATAGRAMS].fd = open_at(SOCK_DGRAM, ECHO);
	polled[SINK_DATAGRAMS].fd = open_at(SOCK_DGRAM, IPERF);
	while (zsock_poll(polled, ARRAY_SIZE(polled), -1) >= 0) {
		for (size_t i = 0; i < ARRAY_SIZE(polled); i++) {
			if (polled[i].fd < 0 || polled[i].revents == 0) {
				continue;
			}
			switch (i) {
			case ECHO_LISTENER:
			case SINK_LISTENER:
				accept_at((int)i, i == ECHO_LISTENER);
				break;
			case ECHO_DATAGRAMS:
			case SINK_DATAGRAMS:
				datagram(polled[i].fd, i == ECHO_DATAGRAMS);
				break;
			default:
				client((int)i);
				break;
			}
		}
	}
	return 0;
}
