/* SPDX-License-Identifier: Apache-2.0 */
/* Services wait for sockets. */
#include "common.h"

#include <zephyr/net/socket_service.h>

ZTEST_SUITE(service, NULL, NULL, NULL, NULL, NULL);

#define P 4545

static K_SEM_DEFINE(called, 0, 10);
static int got_fd = -1;
static void *got_data;
static char got[16];
static ssize_t got_len;

static void on_udp(struct net_socket_service_event *pev)
{
	got_fd = pev->event.fd;
	got_data = pev->user_data;
	got_len = recv(pev->event.fd, got, sizeof(got), 0);
	k_sem_give(&called);
}

static void on_tcp(struct net_socket_service_event *pev)
{
	got_fd = pev->event.fd;
	got_data = pev->user_data;
	got_len = recv(pev->event.fd, got, sizeof(got), 0);
	if (got_len == 0) {
		struct pollfd none[1] = {{.fd = -1}};

		OK(net_socket_service_register(pev->svc, none, 1, NULL));
	}
	k_sem_give(&called);
}

NET_SOCKET_SERVICE_SYNC_DEFINE(udp_service, on_udp, 2);
NET_SOCKET_SERVICE_SYNC_DEFINE_STATIC(tcp_service, on_tcp, 1);

static void seen(const struct net_socket_service_desc *svc, void *data)
{
	if (svc == &udp_service || svc == &tcp_service) {
		(*(int *)data)++;
	}
}

ZTEST(service, test_datagrams)
{
	int s = bound4(SOCK_DGRAM, V4, P), s6 = bound6(SOCK_DGRAM, V6, P), n = 0;
	int c = opened(AF_INET, SOCK_DGRAM, 0), c6 = opened(AF_INET6, SOCK_DGRAM, 0);
	struct sockaddr_in at = v4_at(V4, P);
	struct sockaddr_in6 at6 = v6_at(V6, P);
	struct pollfd fds[3] = {{.fd = s, .events = POLLIN}, {.fd = s6, .events = POLLIN}};
	struct net_socket_service_desc fake = udp_service;

	net_socket_service_foreach(seen, &n);
	IS(n, 2);
	IS(net_socket_service_register(&udp_service, fds, 3, NULL), -ENOMEM);
	IS(net_socket_service_register(&fake, fds, 1, NULL), -ENOENT);
	OK(net_socket_service_register(&udp_service, fds, 2, &n));
	for (int i = 0; i < 3; i++) {
		IS(sendto(c, "four", 4, 0, (struct sockaddr *)&at, sizeof(at)), 4);
		OK(k_sem_take(&called, K_MSEC(100)));
		IS(got_fd, s);
		IS(got_len, 4);
		zexpect_equal_ptr(got_data, &n);
		IS(sendto(c6, "sixsix", 6, 0, (struct sockaddr *)&at6, sizeof(at6)), 6);
		OK(k_sem_take(&called, K_MSEC(100)));
		IS(got_fd, s6);
		IS(got_len, 6);
	}
	OK(net_socket_service_register(&udp_service, fds, 1, NULL));
	IS(sendto(c6, "sixsix", 6, 0, (struct sockaddr *)&at6, sizeof(at6)), 6);
	IS(k_sem_take(&called, K_MSEC(100)), -EAGAIN);
	OK(net_socket_service_unregister(&udp_service));
	IS(sendto(c, "four", 4, 0, (struct sockaddr *)&at, sizeof(at)), 4);
	IS(k_sem_take(&called, K_MSEC(100)), -EAGAIN);
	OK(net_socket_service_unregister(&udp_service));
	OK(close(s));
	OK(close(s6));
	OK(close(c));
	OK(close(c6));
}

ZTEST(service, test_stream)
{
	struct sockaddr_in at = v4_at(V4, P);
	int l = bound4(SOCK_STREAM, V4, P), c = opened(AF_INET, SOCK_STREAM, 0), s;
	struct pollfd fd = {.events = POLLIN};

	OK(listen(l, 1));
	OK(connect(c, (struct sockaddr *)&at, sizeof(at)));
	s = accept(l, NULL, NULL);
	fd.fd = s;
	OK(net_socket_service_register(&tcp_service, &fd, 1, (void *)2));
	IS(send(c, "stream", 6, 0), 6);
	OK(k_sem_take(&called, K_MSEC(100)));
	IS(got_len, 6);
	zexpect_equal_ptr(got_data, (void *)2);
	OK(close(c));
	OK(k_sem_take(&called, K_MSEC(100)));
	IS(got_len, 0);
	OK(net_socket_service_unregister(&tcp_service));
	OK(close(s));
	OK(close(l));
	k_sleep(K_MSEC(200));
}
