/* SPDX-License-Identifier: Apache-2.0 */
/* One thread waits for the sockets of several services. */

#include <zephyr/kernel.h>
#include <zephyr/net/socket_service.h>
#include <zephyr/ztest.h>

ZTEST_SUITE(service, NULL, NULL, NULL, NULL, NULL);

#define PORT 4500

static int told_tcp, told_udp;
static void *data_seen;
static K_SEM_DEFINE(told, 0, 10);

static void drain(struct net_socket_service_event *event)
{
	char byte;

	zassert_true((event->event.revents & ZSOCK_POLLIN) != 0);
	zassert_equal(zsock_recv(event->event.fd, &byte, 1, ZSOCK_MSG_DONTWAIT), 1);
	data_seen = event->user_data;
}

static void one_told(struct net_socket_service_event *event)
{
	drain(event);
	told_udp++;
	k_sem_give(&told);
}

static void two_told(struct net_socket_service_event *event)
{
	drain(event);
	told_tcp++;
	k_sem_give(&told);
}

NET_SOCKET_SERVICE_SYNC_DEFINE_STATIC(one, one_told, 2);
NET_SOCKET_SERVICE_SYNC_DEFINE(two, two_told, 1);

static struct sockaddr_in at(int port)
{
	return (struct sockaddr_in){
		.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = INADDR_LOOPBACK_INIT};
}

static int open_at(int port)
{
	struct sockaddr_in name = at(port);
	int sock = zsock_socket(AF_INET, SOCK_DGRAM, 0);

	zassert_ok(zsock_bind(sock, (struct sockaddr *)&name, sizeof(name)));
	return sock;
}

static void send_to(int sock, int port)
{
	struct sockaddr_in name = at(port);

	zassert_equal(zsock_sendto(sock, "x", 1, 0, (struct sockaddr *)&name, sizeof(name)), 1);
}

static void count_one(const struct net_socket_service_desc *service, void *count)
{
	(*(int *)count)++;
	zassert_true(service == &one || service == &two);
}

ZTEST(service, test_each_is_told_of_its_own)
{
	struct zsock_pollfd fds[3] = {{.events = ZSOCK_POLLIN}, {.events = ZSOCK_POLLIN}};
	int services = 0, a = open_at(PORT), b = open_at(PORT + 1), c = open_at(PORT + 2);

	net_socket_service_foreach(count_one, &services);
	zassert_equal(services, 2);
	fds[0].fd = a;
	fds[1].fd = b;
	zassert_equal(net_socket_service_register(&one, fds, 3, NULL), -ENOMEM);
	zassert_ok(net_socket_service_register(&one, fds, 2, &told));
	fds[0].fd = c;
	zassert_ok(net_socket_service_register(&two, fds, 1, &told_tcp));
	send_to(c, PORT);
	zassert_ok(k_sem_take(&told, K_SECONDS(1)));
	zassert_equal(data_seen, &told);
	send_to(a, PORT + 1);
	zassert_ok(k_sem_take(&told, K_SECONDS(1)));
	zassert_equal(told_udp, 2);
	send_to(a, PORT + 2);
	zassert_ok(k_sem_take(&told, K_SECONDS(1)));
	zassert_equal(told_tcp, 1);
	zassert_equal(data_seen, &told_tcp);

	zassert_ok(net_socket_service_unregister(&one));
	send_to(c, PORT);
	zassert_equal(k_sem_take(&told, K_MSEC(100)), -EAGAIN);
	zassert_ok(net_socket_service_unregister(&two));
	zassert_ok(zsock_close(a));
	zassert_ok(zsock_close(b));
	zassert_ok(zsock_close(c));
}

ZTEST(service, test_one_that_was_not_defined)
{
	struct net_socket_service_desc service = one;

	zassert_equal(net_socket_service_register(&service, NULL, 0, NULL), -ENOENT);
}
