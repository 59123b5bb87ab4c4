// SPDX-License-Identifier: Apache-2.0
/*
 * Names and addresses, looked up by the host of native_sim.
 */

#include <zephyr/kernel.h>

#if defined(CONFIG_NET_NATIVE_OFFLOADED_SOCKETS)

#include <string.h>

#include <zephyr/init.h>
#include <zephyr/net/socket_offload.h>

#include "socket_host.h"

/* Addresses of one answer, and answers that are not given back yet. */
#define ADDRESSES 8
#define ANSWERS   4

struct answer {
	struct zsock_addrinfo infos[ADDRESSES];
};

K_MEM_SLAB_DEFINE_STATIC(answers, sizeof(struct answer), ANSWERS, __alignof__(struct answer));

/* One at a time. */
static K_MUTEX_DEFINE(asking);

static int host_getaddrinfo(const char *node, const char *service,
			    const struct zsock_addrinfo *hints, struct zsock_addrinfo **res)
{
	static uint8_t addrs[ADDRESSES][HOST_ADDR_MAX];
	int wanted[4] = {0}, found[ADDRESSES][4], count;
	struct answer *answer;

	if (k_mem_slab_alloc(&answers, (void **)&answer, K_NO_WAIT) != 0) {
		return DNS_EAI_MEMORY;
	}
	(void)memset(answer, 0, sizeof(*answer));
	if (hints != NULL) {
		wanted[0] = hints->ai_family;
		wanted[1] = hints->ai_socktype;
		wanted[2] = hints->ai_protocol;
		wanted[3] = hints->ai_flags;
	}
	(void)k_mutex_lock(&asking, K_FOREVER);
	count = znet_host_lookup(node, service, wanted, found, addrs, ADDRESSES);
	for (int i = 0; i < count; i++) {
		(void)memcpy(&answer->infos[i]._ai_addr, addrs[i],
			     MIN(sizeof(answer->infos[i]._ai_addr), sizeof(addrs[i])));
	}
	k_mutex_unlock(&asking);
	if (count <= 0) {
		k_mem_slab_free(&answers, answer);
		return count;
	}
	for (int i = 0; i < count; i++) {
		struct zsock_addrinfo *info = &answer->infos[i];

		info->ai_family = found[i][0];
		info->ai_socktype = found[i][1];
		info->ai_protocol = found[i][2];
		info->ai_addrlen = (socklen_t)found[i][3];
		info->ai_addr = &info->_ai_addr;
		info->ai_canonname = info->_ai_canonname;
		info->ai_next = i + 1 < count ? info + 1 : NULL;
	}
	if (node != NULL) {
		(void)strncpy(answer->infos[0]._ai_canonname, node, DNS_MAX_NAME_SIZE);
	}
	*res = &answer->infos[0];
	return 0;
}

static void host_freeaddrinfo(struct zsock_addrinfo *res)
{
	if (res != NULL) {
		k_mem_slab_free(&answers, CONTAINER_OF(res, struct answer, infos[0]));
	}
}

static const struct socket_dns_offload host_dns = {
	.getaddrinfo = host_getaddrinfo,
	.freeaddrinfo = host_freeaddrinfo,
};

static int host_dns_init(void)
{
	socket_offload_dns_register(&host_dns);
	return 0;
}

SYS_INIT(host_dns_init, POST_KERNEL, CONFIG_KERNEL_INIT_PRIORITY_DEFAULT);

#endif /* CONFIG_NET_NATIVE_OFFLOADED_SOCKETS */
