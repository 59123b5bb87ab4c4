/* SPDX-License-Identifier: Apache-2.0 */
/* Pairs, counters, events, services, and contexts with memory of their own. */

#include "faults.h"

#include <zephyr/net/net_event.h>
#include <zephyr/net/socket_net_mgmt.h>
#include <zephyr/net/socket_service.h>
#include <zephyr/zvfs/eventfd.h>

#define PORT 4243

static bool pair(void)
{
	int ends[2];
	char in[4];
	bool done;

	if (zsock_socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
		return false;
	}
	done = zsock_send(ends[0], "abc", 3, 0) == 3 && zsock_recv(ends[1], in, 4, 0) == 3;
	done_with(ends[0]);
	done_with(ends[1]);
	return done;
}

ZTEST(faults, test_pairs)
{
	at_every_allocation(pair);
}

static bool counter(void)
{
	int fd = zvfs_eventfd(0, 0);
	zvfs_eventfd_t value = 0;
	bool done = fd >= 0 && zvfs_eventfd_write(fd, 5) == 0 &&
		    zvfs_eventfd_read(fd, &value) == 0 && value == 5;

	done_with(fd);
	return done;
}

ZTEST(faults, test_counters)
{
	at_every_allocation(counter);
}

static bool events(void)
{
	struct sockaddr_nm name = {.nm_family = AF_NET_MGMT,
				   .nm_pid = 7,
				   .nm_mask = NET_EVENT_IPV4_ADDR_ADD};
	struct in_addr addr = {{{192, 0, 2, 9}}};
	int sock = zsock_socket(AF_NET_MGMT, SOCK_DGRAM, NET_MGMT_EVENT_PROTO);
	struct zsock_pollfd fd = {.fd = sock, .events = ZSOCK_POLLIN};
	char in[64];
	bool done = sock >= 0 && zsock_bind(sock, (struct sockaddr *)&name, sizeof(name)) == 0;

	if (done) {
		net_mgmt_event_notify_with_info(NET_EVENT_IPV4_ADDR_ADD, net_if_get_default(),
						&addr, sizeof(addr));
		done = zsock_poll(&fd, 1, 1000) == 1;
		if (!done) {
			errno = ETIMEDOUT;
		} else {
			done = zsock_recv(sock, in, sizeof(in), 0) > 0;
		}
	}
	done_with(sock);
	return done;
}

ZTEST(faults, test_events)
{
	at_every_allocation(events);
}

static K_SEM_DEFINE(told, 0, 1);

static void hear(struct net_socket_service_event *event)
{
	char in[8];

	(void)zsock_recv(event->event.fd, in, sizeof(in), ZSOCK_MSG_DONTWAIT);
	k_sem_give(&told);
}

NET_SOCKET_SERVICE_SYNC_DEFINE_STATIC(service, hear, 1);

static bool served(void)
{
	struct sockaddr_in name = loopback(PORT);
	struct zsock_pollfd fd = {.fd = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP),
				  .events = ZSOCK_POLLIN};
	bool done = fd.fd >= 0 && zsock_bind(fd.fd, (struct sockaddr *)&name, sizeof(name)) == 0;
	bool registered = false;
	int error;

	k_sem_reset(&told);
	if (done) {
		error = net_socket_service_register(&service, &fd, 1, NULL);
		registered = error == 0;
		if (!registered) {
			errno = -error;
		}
		done = registered &&
		       zsock_sendto(fd.fd, "x", 1, 0, (struct sockaddr *)&name, sizeof(name)) == 1;
	}
	if (done && k_sem_take(&told, K_SECONDS(1)) != 0) {
		errno = ETIMEDOUT;
		done = false;
	}
	error = errno;
	if (registered) {
		zassert_ok(net_socket_service_unregister(&service));
	}
	errno = error;
	done_with(fd.fd);
	return done;
}

ZTEST(faults, test_services)
{
	at_every_allocation(served);
}

NET_PKT_TX_SLAB_DEFINE(own_packets, 2);
NET_PKT_DATA_POOL_DEFINE(own_buffers, 3);

static struct k_mem_slab *get_packets(void)
{
	return &own_packets;
}

static struct net_buf_pool *get_buffers(void)
{
	return &own_buffers;
}

static void received(struct net_context *of, struct net_pkt *pkt, union net_ip_header *ip,
		     union net_proto_header *proto, int status, void *user_data)
{
	ARG_UNUSED(of);
	ARG_UNUSED(ip);
	ARG_UNUSED(proto);
	ARG_UNUSED(status);
	ARG_UNUSED(user_data);
	if (pkt != NULL) {
		net_pkt_unref(pkt);
		k_sem_give(&told);
	}
}

/* What a context's call returns, as errno. */
static bool is_zero(int result)
{
	if (result < 0) {
		errno = -result;
	}
	return result >= 0;
}

static bool context(void)
{
	struct sockaddr_in here = loopback(PORT);
	struct net_context *context;
	bool done;
	int error;

	k_sem_reset(&told);
	error = net_context_get(AF_INET, SOCK_DGRAM, IPPROTO_UDP, &context);
	if (error != 0) {
		/* As in Zephyr, where a context that can't be had is one that does not exist. */
		errno = error == -ENOENT ? ENOMEM : -error;
		return false;
	}
	net_context_setup_pools(context, get_packets, get_buffers);
	done = is_zero(net_context_bind(context, (struct sockaddr *)&here, sizeof(here))) &&
	       is_zero(net_context_recv(context, received, K_NO_WAIT, NULL)) &&
	       is_zero(net_context_sendto(context, "abc", 3, (struct sockaddr *)&here,
					  sizeof(here), NULL, K_NO_WAIT, NULL));
	if (done && k_sem_take(&told, K_SECONDS(1)) != 0) {
		errno = ETIMEDOUT;
		done = false;
	}
	error = errno;
	zassert_ok(net_context_put(context));
	errno = error;
	zassert_equal(k_mem_slab_num_used_get(&own_packets), 0);
	zassert_equal(atomic_get(&own_buffers.avail_count), 3);
	return done;
}

ZTEST(faults, test_contexts_with_memory_of_their_own)
{
	at_every_allocation(context);
}
