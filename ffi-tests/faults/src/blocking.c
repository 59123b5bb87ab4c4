/* SPDX-License-Identifier: Apache-2.0 */
/* A driver whose send does not come back: nobody else waits for it, and what it was left with goes out in the end. */

#include "faults.h"

#include <zephyr/net/dummy.h>

#define PORT 4244

static K_SEM_DEFINE(go_on, 0, K_SEM_MAX_LIMIT);
static bool stuck;
static uint32_t entered, left;

static void port_init(struct net_if *iface)
{
	static uint8_t link[] = {0x02, 0x00, 0x5e, 0x00, 0x53, 0x01};

	net_if_set_link_addr(iface, link, sizeof(link), NET_LINK_DUMMY);
}

static int port_send(const struct device *dev, struct net_pkt *pkt)
{
	ARG_UNUSED(dev);
	entered++;
	if (stuck) {
		(void)k_sem_take(&go_on, K_FOREVER);
	}
	/* IPv6 has things of its own to say. */
	left += net_pkt_family(pkt) == AF_INET;
	return 0;
}

static const struct dummy_api port_api = {.iface_api.init = port_init, .send = port_send};

NET_DEVICE_INIT(z_stuck, "z_stuck", NULL, NULL, NULL, NULL, CONFIG_KERNEL_INIT_PRIORITY_DEFAULT,
		&port_api, DUMMY_L2, NET_L2_GET_CTX_TYPE(DUMMY_L2), 1000);

static const struct sockaddr_in beyond = {.sin_family = AF_INET,
					  .sin_port = htons(PORT),
					  .sin_addr = {{{192, 0, 2, 2}}}};

static struct net_if *port(void)
{
	return net_if_lookup_by_dev(DEVICE_GET(z_stuck));
}

static int send_over_it(int sock, int flags)
{
	return zsock_sendto(sock, "abc", 3, flags, (const struct sockaddr *)&beyond,
			    sizeof(beyond));
}

static K_THREAD_STACK_DEFINE(stack, 8192);
static struct k_thread thread;
static int sent;

static void sender(void *sock, void *unused, void *unused_too)
{
	ARG_UNUSED(unused);
	ARG_UNUSED(unused_too);
	sent = send_over_it(POINTER_TO_INT(sock), 0);
}

/* Has a thread go into the driver, from where it does not return. */
static int begin(void)
{
	struct in_addr addr = {{{192, 0, 2, 1}}}, mask = {{{255, 255, 255, 0}}};
	int sock = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);

	zassert_true(sock >= 0, "errno %d", errno);
	zassert_not_null(net_if_ipv4_addr_add(port(), &addr, NET_ADDR_MANUAL, 0));
	zassert_true(net_if_ipv4_set_netmask_by_addr(port(), &addr, &mask));
	stuck = true;
	entered = left = 0;
	k_sem_reset(&go_on);
	(void)k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), sender,
			      INT_TO_POINTER(sock), NULL, NULL, K_PRIO_PREEMPT(5), 0, K_NO_WAIT);
	k_sleep(K_SECONDS(1));
	zassert_equal(entered, 1);
	zassert_equal(left, 0);
	return sock;
}

/* Lets the driver go on. */
static void end(int sock)
{
	struct in_addr addr = {{{192, 0, 2, 1}}};

	stuck = false;
	k_sem_give(&go_on);
	zassert_ok(k_thread_join(&thread, K_SECONDS(1)));
	zassert_equal(sent, 3);
	zassert_ok(zsock_close(sock));
	zassert_true(net_if_ipv4_addr_rm(port(), &addr));
}

/* A datagram that this host sends to itself, while the driver sleeps. */
static void others_go_on(void)
{
	struct sockaddr_in name = loopback(PORT);
	int sock = opened(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	const int64_t before = k_uptime_get();
	char in[4];

	zassert_true(sock >= 0, "errno %d", errno);
	zassert_ok(zsock_bind(sock, (struct sockaddr *)&name, sizeof(name)));
	zassert_equal(zsock_sendto(sock, "abc", 3, 0, (struct sockaddr *)&name, sizeof(name)), 3);
	zassert_equal(zsock_recv(sock, in, sizeof(in), 0), 3);
	zassert_ok(zsock_close(sock));
	zassert_true(k_uptime_get() - before < 100, "somebody waited");
}

ZTEST(faults, test_a_driver_that_blocks)
{
	const struct state before = state_now();
	int sock = begin(), refused;
	uint32_t queued = 0;

	while (queued < 8) {
		zassert_equal(send_over_it(sock, 0), 3, "errno %d", errno);
		queued++;
		others_go_on();
	}
	/* Until there is no memory left; that is said, too. */
	while (queued < 1000 && send_over_it(sock, ZSOCK_MSG_DONTWAIT) == 3) {
		queued++;
	}
	refused = errno;
	zassert_true(queued < 1000, "where is it all kept?");
	zassert_true(is_clear(refused), "errno %d", refused);
	zassert_equal(entered, 1, "a driver is not entered twice at once");
	end(sock);
	zassert_equal(left, queued + 1, "%u of %u", left, queued + 1);
	k_sleep(K_SECONDS(1));
	as_it_was(&before, 0);
}

ZTEST(faults, test_a_driver_that_blocks_goes_down)
{
	const struct state before = state_now();
	int sock = begin();

	for (int i = 0; i < 8; i++) {
		zassert_equal(send_over_it(sock, 0), 3, "errno %d", errno);
	}
	zassert_ok(net_if_down(port()));
	zassert_equal(send_over_it(sock, 0), -1);
	others_go_on();
	end(sock);
	zassert_ok(net_if_up(port()));
	k_sleep(K_SECONDS(1));
	as_it_was(&before, 0);
}
