/* SPDX-License-Identifier: Apache-2.0 */
/* AF_NET_MGMT */

#include <errno.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_event.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_mgmt.h>
#include <zephyr/net/socket.h>
#include <zephyr/net/socket_net_mgmt.h>
#include <zephyr/ztest.h>

ZTEST_SUITE(events, NULL, NULL, NULL, NULL, NULL);

#define FAILS(_call, _errno)                                                                       \
	do {                                                                                       \
		errno = 0;                                                                         \
		zassert_equal(_call, -1, #_call);                                                  \
		zassert_equal(errno, _errno, #_call ": errno %d", errno);                          \
	} while (false)

static int listener(int ifindex)
{
	struct sockaddr_nm name = {
		.nm_family = AF_NET_MGMT,
		.nm_ifindex = ifindex,
		.nm_pid = 7,
		.nm_mask = NET_EVENT_IPV4_ADDR_ADD | NET_EVENT_IPV4_ADDR_DEL,
	};
	int sock = zsock_socket(AF_NET_MGMT, SOCK_DGRAM, NET_MGMT_EVENT_PROTO);

	zassert_true(sock >= 0, "errno %d", errno);
	zassert_ok(zsock_bind(sock, (struct sockaddr *)&name, sizeof(name)), "errno %d", errno);
	return sock;
}

static void raise_one(struct k_work *work)
{
	struct in_addr addr = {{{192, 0, 2, 9}}};

	ARG_UNUSED(work);
	net_mgmt_event_notify_with_info(NET_EVENT_IPV4_ADDR_ADD, net_if_get_by_index(1), &addr,
					sizeof(addr));
}

ZTEST(events, test_an_event_and_what_it_brings)
{
	union {
		struct net_mgmt_msghdr head;
		uint8_t room[32];
	} in;
	struct zsock_pollfd fd = {.fd = listener(0), .events = ZSOCK_POLLIN};
	struct sockaddr_nm from;
	socklen_t len = sizeof(from);

	FAILS(zsock_recv(fd.fd, &in, sizeof(in), ZSOCK_MSG_DONTWAIT), EAGAIN);
	zassert_equal(zsock_poll(&fd, 1, 10), 0);
	raise_one(NULL);
	zassert_equal(zsock_poll(&fd, 1, 1000), 1);
	zassert_equal(fd.revents, ZSOCK_POLLIN);
	zassert_equal(zsock_recvfrom(fd.fd, &in, sizeof(in), 0, (struct sockaddr *)&from, &len),
		      sizeof(in.head) + 4);
	zassert_equal(in.head.nm_msg_version, NET_MGMT_SOCKET_VERSION_1);
	zassert_equal(in.head.nm_msg_len, 4);
	zassert_mem_equal(in.head.nm_msg, ((uint8_t[]){192, 0, 2, 9}), 4);
	zassert_equal(len, sizeof(from));
	zassert_equal(from.nm_family, AF_NET_MGMT);
	zassert_equal(from.nm_ifindex, 1);
	zassert_equal(from.nm_pid, 7);
	zassert_equal(from.nm_mask, NET_EVENT_IPV4_ADDR_ADD);
	zassert_ok(zsock_close(fd.fd));
}

ZTEST(events, test_waiting)
{
	static struct k_work_delayable soon;
	int sock = listener(1);
	char in[32];

	k_work_init_delayable(&soon, raise_one);
	(void)k_work_schedule(&soon, K_MSEC(20));
	zassert_equal(zsock_recv(sock, in, sizeof(in), 0), sizeof(struct net_mgmt_msghdr) + 4);
	/* Of another interface. */
	net_mgmt_event_notify(NET_EVENT_IPV4_ADDR_DEL, net_if_get_by_index(2));
	k_sleep(K_MSEC(1));
	FAILS(zsock_recv(sock, in, sizeof(in), ZSOCK_MSG_DONTWAIT), EAGAIN);
	zassert_ok(zsock_close(sock));
}

static int closing;

static void close_it(struct k_work *work)
{
	ARG_UNUSED(work);
	zassert_ok(zsock_close(closing));
}

ZTEST(events, test_closed_meanwhile)
{
	static struct k_work_delayable soon;
	char in[32];

	closing = listener(0);
	k_work_init_delayable(&soon, close_it);
	(void)k_work_schedule(&soon, K_MSEC(20));
	FAILS(zsock_recv(closing, in, sizeof(in), 0), EBADF);
	closing = listener(0);
	zassert_ok(zsock_close(closing));
}

ZTEST(events, test_what_there_is_none_of)
{
	struct sockaddr_nm name = {.nm_family = AF_INET};
	int sock, value;
	socklen_t len = sizeof(value);

	sock = zsock_socket(AF_NET_MGMT, SOCK_STREAM, NET_MGMT_EVENT_PROTO);
	zassert_equal(sock, -1);
	sock = zsock_socket(AF_NET_MGMT, SOCK_RAW, NET_MGMT_EVENT_PROTO);
	/* Whose it is the first call decides. */
	FAILS(zsock_bind(sock, (struct sockaddr *)&name, sizeof(name)), EAFNOSUPPORT);
	FAILS(zsock_bind(sock, (struct sockaddr *)&name, 4), EINVAL);
	name.nm_family = AF_NET_MGMT;
	name.nm_ifindex = 77;
	FAILS(zsock_bind(sock, (struct sockaddr *)&name, sizeof(name)), ENOENT);
	FAILS(zsock_recv(sock, &value, sizeof(value), 0), EINVAL);
	FAILS(zsock_getsockopt(sock, SOL_SOCKET, SO_TYPE, &value, &len), ENOPROTOOPT);
	FAILS(zsock_send(sock, &value, sizeof(value), 0), EOPNOTSUPP);
	zassert_ok(zsock_close(sock));
}
