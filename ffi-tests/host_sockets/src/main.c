// SPDX-License-Identifier: Apache-2.0
/* The host's sockets. Ports are chosen by the host, so nothing else on it is in the way. */

#include <errno.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/socket.h>
#include <zephyr/ztest.h>

#define ASSERT_ERRNO(_call, _errno)                                                                \
	do {                                                                                       \
		zassert_equal((_call), -1);                                                        \
		zassert_equal(errno, _errno, "errno %d", errno);                                   \
	} while (false)

ZTEST_SUITE(host_sockets, NULL, NULL, NULL, NULL, NULL);

static K_THREAD_STACK_DEFINE(stack, 8192);
static struct k_thread thread;

static void start(k_thread_entry_t entry, int fd)
{
	(void)k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), entry,
			      (void *)(intptr_t)fd, NULL, NULL, K_PRIO_PREEMPT(0), 0, K_NO_WAIT);
}

static int open_socket(int type)
{
	int fd = zsock_socket(AF_INET, type, 0);

	zassert_true(fd >= 0, "errno %d", errno);
	return fd;
}

/* Binds to the loopback address, and tells the name. */
static struct sockaddr_in bind_here(int fd)
{
	struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr = INADDR_LOOPBACK_INIT};
	socklen_t len = sizeof(name);

	zassert_ok(zsock_bind(fd, (struct sockaddr *)&name, sizeof(name)));
	zassert_ok(zsock_getsockname(fd, (struct sockaddr *)&name, &len));
	zassert_equal(len, sizeof(name));
	zassert_equal(name.sin_family, AF_INET);
	zassert_not_equal(name.sin_port, 0);
	return name;
}

static int listen_here(struct sockaddr_in *name)
{
	int fd = open_socket(SOCK_STREAM);

	*name = bind_here(fd);
	zassert_ok(zsock_listen(fd, 2));
	return fd;
}

static int connect_to(const struct sockaddr_in *name)
{
	int fd = open_socket(SOCK_STREAM);

	zassert_ok(zsock_connect(fd, (const struct sockaddr *)name, sizeof(*name)), "errno %d",
		   errno);
	return fd;
}

ZTEST(host_sockets, test_the_interface)
{
	struct net_if *iface = net_if_get_default();

	zassert_true(net_if_is_socket_offloaded(iface));
	zassert_true(net_if_is_offloaded(iface));
	zassert_false(net_if_is_ip_offloaded(iface));
	zassert_true(net_if_is_up(iface));
}

ZTEST(host_sockets, test_datagrams)
{
	int server = open_socket(SOCK_DGRAM), client = open_socket(SOCK_DGRAM);
	struct sockaddr_in at = bind_here(server), from, own;
	socklen_t len = sizeof(from);
	char text[16];
	int waiting;

	zassert_equal(zsock_sendto(client, "question", 8, 0, (struct sockaddr *)&at, sizeof(at)), 8);
	zassert_equal(zsock_recvfrom(server, text, sizeof(text), 0, (struct sockaddr *)&from, &len),
		      8);
	zassert_mem_equal(text, "question", 8);
	zassert_equal(len, sizeof(from));
	len = sizeof(own);
	zassert_ok(zsock_getsockname(client, (struct sockaddr *)&own, &len));
	zassert_equal(own.sin_port, from.sin_port);
	zassert_equal(from.sin_addr.s_addr, htonl(0x7f000001));

	zassert_equal(zsock_sendto(server, "answer", 6, 0, (struct sockaddr *)&from, sizeof(from)),
		      6);
	zassert_ok(zsock_connect(client, (struct sockaddr *)&at, sizeof(at)));
	zassert_equal(zsock_recv(client, text, 3, ZSOCK_MSG_PEEK), 3);
	zassert_ok(zsock_ioctl(client, ZFD_IOCTL_FIONREAD, &waiting));
	zassert_equal(waiting, 6);
	zassert_equal(zsock_recv(client, text, 3, ZSOCK_MSG_TRUNC), 6);
	ASSERT_ERRNO(zsock_recv(client, text, sizeof(text), ZSOCK_MSG_DONTWAIT), EAGAIN);
	zassert_equal(zsock_send(client, "connected", 9, 0), 9);
	zassert_equal(zsock_recv(server, text, sizeof(text), 0), 9);
	zassert_ok(zsock_close(client));
	zassert_ok(zsock_close(server));
}

ZTEST(host_sockets, test_messages_in_pieces)
{
	int server = open_socket(SOCK_DGRAM), client = open_socket(SOCK_DGRAM);
	struct sockaddr_in at = bind_here(server), from;
	char first[2], second[2];
	struct iovec out[] = {{"ab", 2}, {"cdef", 4}}, in[] = {{first, 2}, {second, 2}};
	struct msghdr msg = {.msg_name = &at,
			     .msg_namelen = sizeof(at),
			     .msg_iov = out,
			     .msg_iovlen = 2};

	zassert_equal(zsock_sendmsg(client, &msg, 0), 6);
	msg = (struct msghdr){
		.msg_name = &from, .msg_namelen = sizeof(from), .msg_iov = in, .msg_iovlen = 2};
	zassert_equal(zsock_recvmsg(server, &msg, 0), 4);
	zassert_mem_equal(first, "ab", 2);
	zassert_mem_equal(second, "cd", 2);
	zassert_true(msg.msg_flags & ZSOCK_MSG_TRUNC);
	zassert_equal(from.sin_family, AF_INET);
	zassert_ok(zsock_close(client));
	zassert_ok(zsock_close(server));
}

/* Sends back what comes on the first connection. */
static void echo(void *listener, void *p2, void *p3)
{
	static char data[4096];
	int fd = zsock_accept((int)(intptr_t)listener, NULL, NULL);
	ssize_t len;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_true(fd >= 0);
	while ((len = zsock_recv(fd, data, sizeof(data), 0)) > 0) {
		zassert_equal(zsock_send(fd, data, (size_t)len, 0), len);
	}
	zassert_ok(zsock_close(fd));
}

ZTEST(host_sockets, test_a_stream)
{
	static uint8_t out[50000], in[sizeof(out)];
	struct sockaddr_in at, peer;
	int listener = listen_here(&at), fd;
	socklen_t len = sizeof(peer);

	for (size_t i = 0; i < sizeof(out); i++) {
		out[i] = (uint8_t)(i * 7);
	}
	start(echo, listener);
	fd = connect_to(&at);
	zassert_ok(zsock_getpeername(fd, (struct sockaddr *)&peer, &len));
	zassert_mem_equal(&peer, &at, sizeof(at));
	zassert_equal(zsock_send(fd, out, sizeof(out), 0), sizeof(out));
	zassert_equal(zsock_recv(fd, in, sizeof(in), ZSOCK_MSG_WAITALL), sizeof(in));
	zassert_mem_equal(in, out, sizeof(out));
	zassert_ok(zsock_shutdown(fd, ZSOCK_SHUT_WR));
	zassert_equal(zsock_recv(fd, in, sizeof(in), 0), 0, "the end");
	zassert_ok(k_thread_join(&thread, K_SECONDS(5)));
	zassert_ok(zsock_close(fd));
	zassert_ok(zsock_close(listener));
}

ZTEST(host_sockets, test_accept_tells_who_comes)
{
	struct sockaddr_in at, from, own;
	int listener = listen_here(&at), fd = connect_to(&at), connection;
	socklen_t len = sizeof(from);
	char text[8];

	connection = zsock_accept(listener, (struct sockaddr *)&from, &len);
	zassert_true(connection >= 0);
	zassert_equal(len, sizeof(from));
	zassert_ok(zsock_getsockname(fd, (struct sockaddr *)&own, &len));
	zassert_mem_equal(&from, &own, sizeof(own));
	/* Written and read as files are. */
	zassert_equal(znet_write(fd, "file", 4), 4);
	zassert_equal(znet_read(connection, text, sizeof(text)), 4);
	zassert_ok(zsock_close(fd));
	zassert_ok(zsock_close(connection));
	zassert_ok(zsock_close(listener));
}

ZTEST(host_sockets, test_nobody_is_there)
{
	struct sockaddr_in at;
	int listener = listen_here(&at), fd = open_socket(SOCK_STREAM), error;
	struct zsock_pollfd poll = {.events = ZSOCK_POLLOUT};
	socklen_t len = sizeof(error);

	zassert_ok(zsock_close(listener));
	ASSERT_ERRNO(zsock_connect(fd, (struct sockaddr *)&at, sizeof(at)), ECONNREFUSED);
	ASSERT_ERRNO(zsock_send(fd, "x", 1, 0), EPIPE);
	zassert_ok(zsock_close(fd));

	fd = open_socket(SOCK_STREAM);
	zassert_ok(zsock_fcntl(fd, ZVFS_F_SETFL, ZVFS_O_NONBLOCK));
	zassert_equal(zsock_connect(fd, (struct sockaddr *)&at, sizeof(at)), -1);
	if (errno == EINPROGRESS) {
		poll.fd = fd;
		zassert_equal(zsock_poll(&poll, 1, 5000), 1);
		zassert_true(poll.revents & ZSOCK_POLLERR);
		zassert_ok(zsock_getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len));
	} else {
		error = errno;
	}
	zassert_equal(error, ECONNREFUSED);
	zassert_ok(zsock_close(fd));
}

ZTEST(host_sockets, test_without_waiting)
{
	struct sockaddr_in at;
	int listener = listen_here(&at), fd;
	char text[4];

	zassert_ok(zsock_fcntl(listener, ZVFS_F_SETFL, ZVFS_O_NONBLOCK));
	zassert_equal(zsock_fcntl(listener, ZVFS_F_GETFL, 0) & ZVFS_O_NONBLOCK, ZVFS_O_NONBLOCK);
	ASSERT_ERRNO(zsock_accept(listener, NULL, NULL), EAGAIN);
	fd = connect_to(&at);
	ASSERT_ERRNO(zsock_recv(fd, text, sizeof(text), ZSOCK_MSG_DONTWAIT), EAGAIN);
	zassert_ok(zsock_close(fd));
	zassert_ok(zsock_close(listener));
}

ZTEST(host_sockets, test_time_outs)
{
	int fd = open_socket(SOCK_DGRAM);
	struct zsock_timeval time = {.tv_usec = 50000}, read = {0};
	socklen_t len = sizeof(read);
	int64_t begin;
	char text[4];

	(void)bind_here(fd);
	zassert_ok(zsock_setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof(time)));
	zassert_ok(zsock_getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &read, &len));
	zassert_equal(read.tv_usec, 50000);
	begin = k_uptime_get();
	ASSERT_ERRNO(zsock_recv(fd, text, sizeof(text), 0), EAGAIN);
	zassert_true(k_uptime_get() - begin >= 50);
	zassert_ok(zsock_close(fd));
}

static volatile int turns;

static void turn(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (int i = 0; i < 10; i++) {
		k_sleep(K_MSEC(5));
		turns++;
	}
}

ZTEST(host_sockets, test_others_run_while_one_waits)
{
	int fd = open_socket(SOCK_DGRAM);
	struct zsock_pollfd poll = {.fd = fd, .events = ZSOCK_POLLIN};

	(void)bind_here(fd);
	turns = 0;
	start(turn, 0);
	zassert_equal(zsock_poll(&poll, 1, 200), 0);
	zassert_equal(poll.revents, 0);
	zassert_true(turns > 1, "%d", turns);
	zassert_ok(k_thread_join(&thread, K_SECONDS(5)));
	zassert_ok(zsock_close(fd));
}

static struct sockaddr_in target;

static void send_later(void *fd, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_sleep(K_MSEC(30));
	zassert_equal(zsock_sendto((int)(intptr_t)fd, "late", 4, 0, (struct sockaddr *)&target,
				   sizeof(target)),
		      4);
}

ZTEST(host_sockets, test_poll)
{
	int server = open_socket(SOCK_DGRAM), client = open_socket(SOCK_DGRAM), pair[2];
	struct zsock_pollfd polls[2] = {{.fd = server, .events = ZSOCK_POLLIN},
					{.events = ZSOCK_POLLIN}};
	char text[8];

	zassert_ok(zsock_socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	polls[1].fd = pair[0];
	target = bind_here(server);
	zassert_equal(zsock_poll(polls, 2, 0), 0);
	for (int i = 0; i < 3; i++) {
		start(send_later, client);
		zassert_equal(zsock_poll(polls, 2, 5000), 1);
		zassert_equal(polls[0].revents, ZSOCK_POLLIN);
		zassert_equal(polls[1].revents, 0);
		zassert_equal(zsock_recv(server, text, sizeof(text), 0), 4);
		zassert_ok(k_thread_join(&thread, K_SECONDS(5)));
	}
	/* One of the library's own among them. */
	zassert_equal(zsock_send(pair[1], "x", 1, 0), 1);
	zassert_equal(zsock_poll(polls, 2, 5000), 1);
	zassert_equal(polls[1].revents, ZSOCK_POLLIN);
	polls[0].events = ZSOCK_POLLIN | ZSOCK_POLLOUT;
	zassert_equal(zsock_poll(polls, 1, -1), 1);
	zassert_equal(polls[0].revents, ZSOCK_POLLOUT);
	zassert_ok(zsock_close(pair[0]));
	zassert_ok(zsock_close(pair[1]));
	zassert_ok(zsock_close(server));
	zassert_ok(zsock_close(client));
}

static void receive_one(void *fd, void *p2, void *p3)
{
	char text[8];

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_equal(zsock_recv((int)(intptr_t)fd, text, sizeof(text), 0), 1);
}

static int two_from;

static void send_two(struct k_work *work)
{
	ARG_UNUSED(work);
	for (int i = 0; i < 2; i++) {
		zassert_equal(zsock_sendto(two_from, "x", 1, 0, (struct sockaddr *)&target,
					   sizeof(target)),
			      1);
		k_sleep(K_MSEC(20));
	}
}

static K_WORK_DELAYABLE_DEFINE(sending, send_two);

ZTEST(host_sockets, test_one_polls_while_another_receives)
{
	int server = open_socket(SOCK_DGRAM);
	struct zsock_pollfd poll = {.fd = server, .events = ZSOCK_POLLIN};
	int64_t begin = k_uptime_get();
	char text[8];

	two_from = open_socket(SOCK_DGRAM);
	target = bind_here(server);
	start(receive_one, server);
	k_sleep(K_MSEC(20));
	(void)k_work_schedule(&sending, K_MSEC(20));
	zassert_equal(zsock_poll(&poll, 1, 5000), 1);
	zassert_true(k_uptime_get() - begin < 2500, "the second is there for who polls");
	zassert_ok(k_thread_join(&thread, K_SECONDS(5)));
	zassert_equal(zsock_recv(server, text, sizeof(text), 0), 1);
	zassert_ok(zsock_close(server));
	zassert_ok(zsock_close(two_from));
}

ZTEST(host_sockets, test_the_peer_goes)
{
	struct sockaddr_in at;
	int listener = listen_here(&at), fd = connect_to(&at);
	int connection = zsock_accept(listener, NULL, NULL);
	struct zsock_pollfd poll = {.fd = fd, .events = ZSOCK_POLLIN};
	char text[4];

	zassert_ok(zsock_close(connection));
	zassert_equal(zsock_poll(&poll, 1, 5000), 1);
	zassert_true(poll.revents & ZSOCK_POLLIN);
	zassert_equal(zsock_recv(fd, text, sizeof(text), 0), 0);
	zassert_ok(zsock_close(fd));
	zassert_ok(zsock_close(listener));
}

static void close_later(void *fd, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_sleep(K_MSEC(20));
	zassert_ok(zsock_close((int)(intptr_t)fd));
}

ZTEST(host_sockets, test_closed_while_somebody_waits)
{
	char text[4];

	for (int i = 0; i < 2 * CONFIG_ZVFS_OPEN_MAX; i++) {
		int fd = open_socket(SOCK_DGRAM);

		(void)bind_here(fd);
		start(close_later, fd);
		ASSERT_ERRNO(zsock_recv(fd, text, sizeof(text), 0), EBADF);
		zassert_ok(k_thread_join(&thread, K_SECONDS(5)));
	}
}

ZTEST(host_sockets, test_options)
{
	int fd = open_socket(SOCK_STREAM), value;
	socklen_t len = sizeof(value);

	static const struct {
		int level, name, set;
	} settable[] = {
		{SOL_SOCKET, SO_REUSEADDR, 1},  {SOL_SOCKET, SO_KEEPALIVE, 1},
		{SOL_SOCKET, SO_PRIORITY, 3},   {IPPROTO_TCP, TCP_NODELAY, 1},
		{IPPROTO_TCP, TCP_KEEPIDLE, 7}, {IPPROTO_TCP, TCP_KEEPINTVL, 5},
		{IPPROTO_TCP, TCP_KEEPCNT, 4},  {IPPROTO_IP, IP_TTL, 9},
		{IPPROTO_IP, IP_TOS, 0x10},
	};

	ARRAY_FOR_EACH(settable, i) {
		zassert_ok(zsock_setsockopt(fd, settable[i].level, settable[i].name,
					    &settable[i].set, sizeof(int)),
			   "%zu: errno %d", i, errno);
		value = -1;
		zassert_ok(zsock_getsockopt(fd, settable[i].level, settable[i].name, &value, &len));
		zassert_equal(value, settable[i].set, "%zu: %d", i, value);
	}
	zassert_ok(zsock_getsockopt(fd, SOL_SOCKET, SO_TYPE, &value, &len));
	zassert_equal(value, SOCK_STREAM);
	zassert_ok(zsock_getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &value, &len));
	zassert_equal(value, AF_INET);
	zassert_ok(zsock_getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &value, &len));
	zassert_equal(value, IPPROTO_TCP);
	ASSERT_ERRNO(zsock_setsockopt(fd, SOL_SOCKET, SO_TXTIME, &value, len), ENOPROTOOPT);
	ASSERT_ERRNO(zsock_getsockopt(fd, 4711, 1, &value, &len), ENOPROTOOPT);
	zassert_ok(zsock_close(fd));
}

ZTEST(host_sockets, test_six)
{
	struct sockaddr_in6 at = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT}, from;
	int fd = zsock_socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP);
	socklen_t len = sizeof(at);
	char text[4];

	if (fd < 0 || zsock_bind(fd, (struct sockaddr *)&at, sizeof(at)) != 0) {
		/* A host may be without IPv6. */
		ztest_test_skip();
	}
	zassert_ok(zsock_getsockname(fd, (struct sockaddr *)&at, &len));
	zassert_equal(len, sizeof(at));
	zassert_equal(zsock_sendto(fd, "six", 3, 0, (struct sockaddr *)&at, sizeof(at)), 3);
	zassert_equal(zsock_recvfrom(fd, text, sizeof(text), 0, (struct sockaddr *)&from, &len), 3);
	zassert_mem_equal(&from.sin6_addr, &at.sin6_addr, sizeof(at.sin6_addr));
	zassert_equal(from.sin6_port, at.sin6_port);
	zassert_ok(zsock_close(fd));
}

ZTEST(host_sockets, test_what_cannot_be)
{
	struct sockaddr_in at = {.sin_family = AF_PACKET};
	int fd = open_socket(SOCK_DGRAM);

	ASSERT_ERRNO(zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_UDP), EPROTONOSUPPORT);
	ASSERT_ERRNO(zsock_bind(fd, (struct sockaddr *)&at, sizeof(at)), EAFNOSUPPORT);
	at.sin_family = AF_INET;
	ASSERT_ERRNO(zsock_bind(fd, (struct sockaddr *)&at, 3), EINVAL);
	ASSERT_ERRNO(zsock_listen(fd, 1), EOPNOTSUPP);
	ASSERT_ERRNO(zsock_getpeername(fd, (struct sockaddr *)&at, &(socklen_t){sizeof(at)}),
		     ENOTCONN);
	ASSERT_ERRNO(zsock_recv(fd, NULL, 4, 0), EFAULT);
	zassert_ok(zsock_close(fd));
	ASSERT_ERRNO(zsock_close(fd), EBADF);
}

ZTEST(host_sockets, test_names)
{
	struct zsock_addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
	struct zsock_addrinfo *found = NULL;
	struct sockaddr_in *at;

	for (int i = 0; i < 10; i++) {
		zassert_ok(zsock_getaddrinfo("localhost", "80", &hints, &found));
		zassert_equal(found->ai_family, AF_INET);
		zassert_equal(found->ai_socktype, SOCK_STREAM);
		zassert_equal(found->ai_protocol, IPPROTO_TCP);
		zassert_equal(found->ai_addrlen, sizeof(*at));
		at = (struct sockaddr_in *)found->ai_addr;
		zassert_equal(at->sin_port, htons(80));
		zassert_equal(at->sin_addr.s_addr, htonl(0x7f000001));
		zsock_freeaddrinfo(found);
	}
	hints.ai_flags = AI_NUMERICHOST;
	zassert_equal(zsock_getaddrinfo("no.number", NULL, &hints, &found), DNS_EAI_NONAME);
}
