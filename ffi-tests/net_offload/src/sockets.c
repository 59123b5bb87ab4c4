// SPDX-License-Identifier: Apache-2.0
/* Ordinary sockets over contexts of a device with its own IP stack. */

#include <errno.h>
#include <string.h>

#include <zephyr/net/socket.h>

#include "device.h"

#define AS_NAME(_addr) (struct sockaddr *)&(_addr), sizeof(_addr)

static struct in_use at_first;

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	device_reset();
	at_first = device_in_use();
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	ASSERT_ALL_GIVEN_BACK(at_first);
	zassert_equal(heard.put, heard.get, "every context was given back");
}

ZTEST_SUITE(device_sockets, NULL, NULL, before, after, NULL);

static int open_socket(int type)
{
	int fd = zsock_socket(AF_INET, type, 0);

	zassert_true(fd >= 0);
	return fd;
}

#define ASSERT_ERRNO(_call, _errno)                                                                \
	do {                                                                                       \
		zassert_equal((_call), -1);                                                        \
		zassert_equal(errno, _errno, "errno %d", errno);                                   \
	} while (false)

/* What the device has for the socket opened last. */
static void comes(const char *text, const struct sockaddr_in *from)
{
	device_receives(heard.context, heard.recv_cb, heard.user_data, text, from);
}

static int connected_socket(void)
{
	struct sockaddr_in peer = PEER_ADDRESS(80);
	int fd = open_socket(SOCK_STREAM);

	conduct.tells = true;
	zassert_ok(zsock_connect(fd, AS_NAME(peer)));
	conduct.tells = false;
	return fd;
}

ZTEST(device_sockets, test_whose_a_socket_is)
{
	struct sockaddr_in here = LOOPBACK_PORT(4000);
	char text[8];
	int fd = open_socket(SOCK_DGRAM), value;
	socklen_t len = sizeof(value);

	zassert_equal(heard.get, 1);
	zassert_ok(zsock_getsockopt(fd, SOL_SOCKET, SO_TYPE, &value, &len));
	zassert_equal(value, SOCK_DGRAM);
	zassert_ok(zsock_getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &value, &len));
	zassert_equal(value, IPPROTO_UDP);
	zassert_ok(zsock_getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &value, &len));
	zassert_equal(value, AF_INET);
	zassert_ok(zsock_close(fd));
	zassert_equal(heard.put, 1);

	net_if_set_default(loopback_iface());
	fd = open_socket(SOCK_DGRAM);
	zassert_ok(zsock_bind(fd, AS_NAME(here)));
	zassert_equal(zsock_sendto(fd, "own", 3, 0, AS_NAME(here)), 3);
	zassert_equal(zsock_recv(fd, text, sizeof(text), 0), 3);
	zassert_equal(heard.get, 1);
	zassert_ok(zsock_close(fd));
}

ZTEST(device_sockets, test_none_is_left_of_one_refused)
{
	conduct.status = -ENOMEM;
	for (int i = 0; i < 2 * CONFIG_NET_MAX_CONTEXTS; i++) {
		ASSERT_ERRNO(zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_TCP), ENOMEM);
	}
	conduct.status = 0;
	heard.get = 0;
	zassert_ok(zsock_close(open_socket(SOCK_STREAM)));
}

ZTEST(device_sockets, test_datagrams)
{
	struct sockaddr_in own = OWN_ADDRESS(68), peer = PEER_ADDRESS(67), from;
	socklen_t len = sizeof(from);
	int fd = open_socket(SOCK_DGRAM), waiting;
	char text[32] = {0};

	zassert_ok(zsock_bind(fd, AS_NAME(own)));
	zassert_equal(heard.bind, 1);
	zassert_ok(zsock_getsockname(fd, (struct sockaddr *)&from, &len));
	zassert_mem_equal(&from, &own, sizeof(own));
	ASSERT_ERRNO(zsock_send(fd, "whom?", 5, 0), EDESTADDRREQ);
	zassert_equal(zsock_sendto(fd, "discover", 8, 0, AS_NAME(peer)), 8);
	zassert_str_equal(heard.text, "discover");
	zassert_mem_equal(&heard.addr, &peer, sizeof(peer));
	zassert_equal(heard.timeout, -1);

	ASSERT_ERRNO(zsock_recv(fd, text, sizeof(text), ZSOCK_MSG_DONTWAIT), EAGAIN);
	comes("offer", &peer);
	comes("second", NULL);
	zassert_ok(zsock_ioctl(fd, ZFD_IOCTL_FIONREAD, &waiting));
	zassert_equal(waiting, 5);
	zassert_equal(zsock_recv(fd, text, sizeof(text), ZSOCK_MSG_PEEK), 5);
	zassert_equal(zsock_recv(fd, text, 2, ZSOCK_MSG_PEEK | ZSOCK_MSG_TRUNC), 5);
	zassert_equal(zsock_recvfrom(fd, text, sizeof(text), 0, (struct sockaddr *)&from, &len), 5);
	zassert_mem_equal(text, "offer", 5);
	zassert_equal(len, sizeof(from));
	zassert_mem_equal(&from, &peer, sizeof(peer));
	/* Nobody knows who sent this. */
	ASSERT_ERRNO(zsock_recvfrom(fd, text, sizeof(text), 0, (struct sockaddr *)&from, &len),
		     ENOTSUP);
	zassert_equal(zsock_recv(fd, text, 3, 0), 3, "the rest is lost");
	ASSERT_ERRNO(zsock_recv(fd, text, sizeof(text), ZSOCK_MSG_DONTWAIT), EAGAIN);
	zassert_ok(zsock_close(fd));
}

ZTEST(device_sockets, test_a_connected_datagram_socket)
{
	struct sockaddr_in peer = PEER_ADDRESS(67), from = {0};
	int fd = open_socket(SOCK_DGRAM);
	socklen_t len = sizeof(from);
	char text[8];

	zassert_ok(zsock_connect(fd, AS_NAME(peer)));
	zassert_equal(zsock_send(fd, "to you", 6, 0), 6);
	zassert_equal(heard.send, 1);
	zassert_equal(heard.sendto, 0);
	comes("thanks", NULL);
	zassert_equal(zsock_recvfrom(fd, text, sizeof(text), 0, (struct sockaddr *)&from, &len), 6);
	zassert_mem_equal(&from, &peer, sizeof(peer));
	zassert_ok(zsock_getpeername(fd, (struct sockaddr *)&from, &len));
	zassert_mem_equal(&from, &peer, sizeof(peer));
	zassert_ok(zsock_close(fd));
}

ZTEST(device_sockets, test_messages_in_pieces)
{
	struct sockaddr_in peer = PEER_ADDRESS(67), from = {0};
	int fd = open_socket(SOCK_DGRAM);
	char first[4], second[4];
	struct iovec out[] = {{"ab", 2}, {"cde", 3}}, in[] = {{first, 3}, {second, 4}};
	struct msghdr msg = {
		.msg_name = &peer, .msg_namelen = sizeof(peer), .msg_iov = out, .msg_iovlen = 2};

	zassert_equal(zsock_sendmsg(fd, &msg, 0), 5);
	zassert_str_equal(heard.text, "abcde");
	comes("12345678", &peer);
	msg = (struct msghdr){
		.msg_name = &from, .msg_namelen = sizeof(from), .msg_iov = in, .msg_iovlen = 2};
	zassert_equal(zsock_recvmsg(fd, &msg, 0), 7);
	zassert_mem_equal(first, "123", 3);
	zassert_mem_equal(second, "4567", 4);
	zassert_true(msg.msg_flags & ZSOCK_MSG_TRUNC);
	zassert_mem_equal(&from, &peer, sizeof(peer));
	zassert_ok(zsock_close(fd));
}

ZTEST(device_sockets, test_a_stream)
{
	int fd = open_socket(SOCK_STREAM), waiting;
	struct sockaddr_in peer = PEER_ADDRESS(80);
	char text[16] = {0};

	ASSERT_ERRNO(zsock_send(fd, "early", 5, 0), ENOTCONN);
	ASSERT_ERRNO(zsock_recv(fd, text, sizeof(text), 0), ENOTCONN);
	conduct.tells = true;
	zassert_ok(zsock_connect(fd, AS_NAME(peer)));
	zassert_equal(heard.connect_timeout, CONFIG_NET_SOCKETS_CONNECT_TIMEOUT);
	ASSERT_ERRNO(zsock_connect(fd, AS_NAME(peer)), EISCONN);
	zassert_equal(zsock_send(fd, "GET /", 5, 0), 5);
	zassert_str_equal(heard.text, "GET /");

	comes("HTTP/", NULL);
	comes("1.1 200", NULL);
	zassert_ok(zsock_ioctl(fd, ZFD_IOCTL_FIONREAD, &waiting));
	zassert_equal(waiting, 12);
	zassert_equal(zsock_recv(fd, text, 3, ZSOCK_MSG_PEEK), 3);
	zassert_equal(zsock_recv(fd, text, 2, 0), 2);
	zassert_equal(zsock_recv(fd, text + 2, sizeof(text) - 2, 0), 10);
	zassert_mem_equal(text, "HTTP/1.1 200", 12);
	comes("tail", NULL);
	heard.recv_cb(heard.context, NULL, NULL, NULL, 0, heard.user_data);
	zassert_equal(zsock_recv(fd, text, sizeof(text), ZSOCK_MSG_WAITALL), 4);
	zassert_equal(zsock_recv(fd, text, sizeof(text), 0), 0, "the end");
	ASSERT_ERRNO(zsock_send(fd, "late", 4, 0), ENOTCONN);
	zassert_ok(zsock_close(fd));
}

ZTEST(device_sockets, test_a_stream_that_is_reset)
{
	int fd = connected_socket(), error;
	socklen_t len = sizeof(error);
	char text[4];

	heard.recv_cb(heard.context, NULL, NULL, NULL, -ECONNRESET, heard.user_data);
	ASSERT_ERRNO(zsock_recv(fd, text, sizeof(text), 0), ECONNRESET);
	zassert_ok(zsock_getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len));
	zassert_equal(error, 0, "told once");
	zassert_ok(zsock_close(fd));
}

ZTEST(device_sockets, test_connecting_without_waiting)
{
	int fd = open_socket(SOCK_STREAM), error;
	struct sockaddr_in peer = PEER_ADDRESS(80);
	struct zsock_pollfd poll = {.fd = fd, .events = ZSOCK_POLLOUT};
	net_context_connect_cb_t cb;
	struct net_context *context;
	socklen_t len = sizeof(error);
	void *user_data;

	zassert_ok(zsock_fcntl(fd, ZVFS_F_SETFL, ZVFS_O_NONBLOCK));
	zassert_equal(zsock_fcntl(fd, ZVFS_F_GETFL, 0) & ZVFS_O_NONBLOCK, ZVFS_O_NONBLOCK);
	conduct.status = -EINPROGRESS;
	zassert_equal(zsock_connect(fd, AS_NAME(peer)), -1);
	zassert_equal(heard.connect_timeout, 0);
	conduct.status = 0;
	cb = heard.connect_cb;
	context = heard.context;
	user_data = heard.user_data;
	ASSERT_ERRNO(zsock_connect(fd, AS_NAME(peer)), EALREADY);
	zassert_equal(zsock_poll(&poll, 1, 10), 0);
	cb(context, -ECONNREFUSED, user_data);
	zassert_equal(zsock_poll(&poll, 1, 10), 1);
	zassert_true(poll.revents & ZSOCK_POLLERR);
	zassert_ok(zsock_getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len));
	zassert_equal(error, ECONNREFUSED);
	zassert_ok(zsock_close(fd));
}

ZTEST(device_sockets, test_connect_says_what_the_device_says)
{
	int fd = open_socket(SOCK_STREAM);
	struct sockaddr_in peer = PEER_ADDRESS(80);

	conduct.status = -EHOSTUNREACH;
	ASSERT_ERRNO(zsock_connect(fd, AS_NAME(peer)), EHOSTUNREACH);
	conduct.status = -EINPROGRESS;
	ASSERT_ERRNO(zsock_connect(fd, AS_NAME(peer)), ETIMEDOUT);
	conduct.status = 0;
	zassert_ok(zsock_close(fd));
}

ZTEST(device_sockets, test_a_server)
{
	int fd = open_socket(SOCK_STREAM), connection;
	struct sockaddr_in own = OWN_ADDRESS(80), peer = PEER_ADDRESS(5000), from;
	struct zsock_pollfd poll = {.fd = fd, .events = ZSOCK_POLLIN};
	net_tcp_accept_cb_t cb;
	struct net_context *context;
	socklen_t len = sizeof(from);
	void *user_data;
	char text[8];

	ASSERT_ERRNO(zsock_accept(fd, NULL, NULL), EINVAL);
	zassert_ok(zsock_bind(fd, AS_NAME(own)));
	zassert_ok(zsock_listen(fd, 4));
	zassert_equal(heard.backlog, 4);
	zassert_equal(heard.accept, 1);
	cb = heard.accept_cb;
	user_data = heard.user_data;
	zassert_equal(zsock_poll(&poll, 1, 10), 0);

	zassert_ok(net_context_get(AF_INET, SOCK_STREAM, IPPROTO_TCP, &context));
	cb(context, (struct sockaddr *)&peer, sizeof(peer), 0, user_data);
	zassert_equal(zsock_poll(&poll, 1, 10), 1);
	zassert_equal(poll.revents, ZSOCK_POLLIN);
	/* Data that comes before anybody accepted. */
	comes("hasty", NULL);
	connection = zsock_accept(fd, (struct sockaddr *)&from, &len);
	zassert_true(connection >= 0);
	zassert_mem_equal(&from, &peer, sizeof(peer));
	zassert_equal(zsock_recv(connection, text, sizeof(text), 0), 5);
	zassert_equal(zsock_send(connection, "reply", 5, 0), 5);
	zassert_equal_ptr(heard.pkt_context, context);
	zassert_ok(zsock_getpeername(connection, (struct sockaddr *)&from, &len));
	zassert_mem_equal(&from, &peer, sizeof(peer));

	/* One that nobody accepts goes with the listener. */
	zassert_ok(net_context_get(AF_INET, SOCK_STREAM, IPPROTO_TCP, &context));
	cb(context, (struct sockaddr *)&peer, sizeof(peer), 0, user_data);
	comes("unread", NULL);
	zassert_ok(zsock_close(connection));
	zassert_ok(zsock_close(fd));
}

ZTEST(device_sockets, test_time_outs)
{
	int fd = open_socket(SOCK_DGRAM);
	struct zsock_timeval time = {.tv_usec = 20000}, read = {0};
	struct sockaddr_in peer = PEER_ADDRESS(9);
	socklen_t len = sizeof(read);
	int64_t start = k_uptime_get();
	char text[4];

	zassert_ok(zsock_setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof(time)));
	zassert_ok(zsock_getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &read, &len));
	zassert_equal(read.tv_usec, 20000);
	ASSERT_ERRNO(zsock_recv(fd, text, sizeof(text), 0), EAGAIN);
	zassert_between_inclusive(k_uptime_get() - start, 20, 30);
	zassert_ok(zsock_setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof(time)));
	zassert_equal(zsock_sendto(fd, "x", 1, 0, AS_NAME(peer)), 1);
	zassert_equal(heard.timeout, 20);
	zassert_equal(zsock_sendto(fd, "x", 1, ZSOCK_MSG_DONTWAIT, AS_NAME(peer)), 1);
	zassert_equal(heard.timeout, 0);
	conduct.status = -ENETUNREACH;
	ASSERT_ERRNO(zsock_sendto(fd, "x", 1, 0, AS_NAME(peer)), ENETUNREACH);
	conduct.status = 0;
	zassert_ok(zsock_close(fd));
}

/* The driver's thread. */
static K_THREAD_STACK_DEFINE(stack, 4096);
static struct k_thread thread;

static void later(void *what, void *arg, void *unused)
{
	ARG_UNUSED(unused);
	k_sleep(K_MSEC(30));
	if (what != NULL) {
		comes(what, NULL);
	} else {
		zassert_ok(zsock_close(*(int *)arg));
	}
}

static void do_later(const char *text, int *fd)
{
	(void)k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), later, (void *)text, fd,
			      NULL, K_PRIO_PREEMPT(0), 0, K_NO_WAIT);
}

ZTEST(device_sockets, test_waiting_for_data)
{
	int fd = connected_socket();
	struct zsock_pollfd poll = {.fd = fd, .events = ZSOCK_POLLIN | ZSOCK_POLLOUT};
	char text[8];

	do_later("now", NULL);
	zassert_equal(zsock_recv(fd, text, sizeof(text), 0), 3);
	zassert_ok(k_thread_join(&thread, K_FOREVER));
	zassert_equal(zsock_poll(&poll, 1, 0), 1);
	zassert_equal(poll.revents, ZSOCK_POLLOUT);
	poll.events = ZSOCK_POLLIN;
	do_later("then", NULL);
	zassert_equal(zsock_poll(&poll, 1, -1), 1);
	zassert_equal(poll.revents, ZSOCK_POLLIN);
	zassert_equal(zsock_recv(fd, text, sizeof(text), 0), 4);
	zassert_ok(k_thread_join(&thread, K_FOREVER));
	zassert_ok(zsock_close(fd));
}

ZTEST(device_sockets, test_closed_while_somebody_waits)
{
	char text[4];

	for (int i = 0; i < 2 * CONFIG_NET_MAX_CONTEXTS; i++) {
		int fd = connected_socket();

		do_later(NULL, &fd);
		ASSERT_ERRNO(zsock_recv(fd, text, sizeof(text), 0), EBADF);
		zassert_ok(k_thread_join(&thread, K_FOREVER));
	}
}

ZTEST(device_sockets, test_to_another_interface)
{
	int fd = open_socket(SOCK_DGRAM);
	struct sockaddr_in here = LOOPBACK_PORT(4100), from;
	struct ifreq name = {0};
	socklen_t len = sizeof(from);
	char text[8];

	zassert_equal(heard.get, 1);
	zassert_true(net_if_get_name(loopback_iface(), name.ifr_name, sizeof(name.ifr_name)) > 0);
	zassert_ok(zsock_setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, &name, sizeof(name)));
	zassert_ok(zsock_bind(fd, AS_NAME(here)));
	zassert_equal(heard.put, 1);
	zassert_equal(heard.bind, 0);
	zassert_equal(zsock_sendto(fd, "around", 6, 0, AS_NAME(here)), 6);
	zassert_equal(zsock_recvfrom(fd, text, sizeof(text), 0, (struct sockaddr *)&from, &len), 6);
	zassert_mem_equal(&from, &here, sizeof(here));
	zassert_ok(zsock_close(fd));
}
