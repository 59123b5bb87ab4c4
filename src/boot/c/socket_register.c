// SPDX-License-Identifier: Apache-2.0
/*
 * Who makes sockets: the library, and those who say NET_SOCKET_REGISTER. Belongs to the application's
 * part of the image, since the linker makes the list there.
 */

#include <zephyr/kernel.h>

#if defined(CONFIG_ZNET_SOCKET_REGISTRY)

#include <errno.h>

#include <zephyr/init.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/socket.h>
#include <zephyr/sys/iterable_sections.h>

#if defined(CONFIG_NET_OFFLOAD)
/* Contexts of the default interface may be its device's. */
static int open_own(int family, int type, int proto)
{
	bool ip = (family == AF_INET || family == AF_INET6) &&
		  (type == SOCK_DGRAM || type == SOCK_STREAM);

	if (ip && net_if_is_ip_offloaded(net_if_get_default())) {
		return znet_socket_of_device(family, type, proto);
	}
	return znet_socket_native(family, type, proto);
}
#else
#define open_own znet_socket_native
#endif

/* The library's own stand among the others, by their priority. */
NET_SOCKET_REGISTER(znet, NET_SOCKET_DEFAULT_PRIO, AF_UNSPEC, znet_socket_is_native, open_own);

/* Asks one after the other, the lowest number first. */
static int open_socket(int family, int type, int proto)
{
	STRUCT_SECTION_FOREACH(net_socket_register, maker) {
		if (maker->family != AF_UNSPEC && maker->family != family) {
			continue;
		}
		if (maker->is_supported != NULL && !maker->is_supported(family, type, proto)) {
			continue;
		}
		errno = 0;
		return maker->handler(family, type, proto);
	}
	errno = EAFNOSUPPORT;
	return -1;
}

static int registry_init(void)
{
	znet_socket_registry(open_socket);
	return 0;
}

SYS_INIT(registry_init, POST_KERNEL, 0);

#endif /* CONFIG_ZNET_SOCKET_REGISTRY */
