// SPDX-License-Identifier: Apache-2.0
/*
 * Options of sockets over contexts of a device with its own IP stack. Those that say something about packets
 * are the context's; what a driver makes of them is its own affair.
 */

#include "socket_device.h"

#if defined(CONFIG_NET_OFFLOAD) && defined(CONFIG_NET_SOCKETS)

#include <string.h>

static const struct {
	int level;
	int name;
	enum net_context_option option;
} context_options[] = {
	{SOL_SOCKET, SO_PRIORITY, NET_OPT_PRIORITY},
	{SOL_SOCKET, SO_RCVBUF, NET_OPT_RCVBUF},
	{SOL_SOCKET, SO_SNDBUF, NET_OPT_SNDBUF},
	{SOL_SOCKET, SO_REUSEADDR, NET_OPT_REUSEADDR},
	{SOL_SOCKET, SO_REUSEPORT, NET_OPT_REUSEPORT},
	{IPPROTO_IP, IP_TOS, NET_OPT_DSCP_ECN},
	{IPPROTO_IP, IP_TTL, NET_OPT_TTL},
	{IPPROTO_IP, IP_MULTICAST_TTL, NET_OPT_MCAST_TTL},
	{IPPROTO_IPV6, IPV6_TCLASS, NET_OPT_DSCP_ECN},
	{IPPROTO_IPV6, IPV6_UNICAST_HOPS, NET_OPT_UNICAST_HOP_LIMIT},
	{IPPROTO_IPV6, IPV6_MULTICAST_HOPS, NET_OPT_MCAST_HOP_LIMIT},
	{IPPROTO_IPV6, IPV6_V6ONLY, NET_OPT_IPV6_V6ONLY},
};

/* The context's option; 0 for one that it has not. */
static enum net_context_option option_of(int level, int name)
{
	for (size_t i = 0; i < ARRAY_SIZE(context_options); i++) {
		if (context_options[i].level == level && context_options[i].name == name) {
			return context_options[i].option;
		}
	}
	return (enum net_context_option)0;
}

static int answer(int status)
{
	if (status < 0) {
		return device_socket_fails(status == -ENOTSUP ? ENOPROTOOPT : -status);
	}
	return 0;
}

static int write_int(int number, void *value, socklen_t *len)
{
	if (*len < sizeof(number)) {
		return device_socket_fails(EINVAL);
	}
	(void)memcpy(value, &number, sizeof(number));
	*len = sizeof(number);
	return 0;
}

static int write_time(k_timeout_t timeout, void *value, socklen_t *len)
{
	struct zsock_timeval time = {0};

	if (*len < sizeof(time)) {
		return device_socket_fails(EINVAL);
	}
	if (!K_TIMEOUT_EQ(timeout, K_FOREVER)) {
		uint64_t us = k_ticks_to_us_ceil64((uint64_t)timeout.ticks);

		time.tv_sec = us / USEC_PER_SEC;
		time.tv_usec = us % USEC_PER_SEC;
	}
	(void)memcpy(value, &time, sizeof(time));
	*len = sizeof(time);
	return 0;
}

static int read_time(k_timeout_t *timeout, const void *value, socklen_t len)
{
	struct zsock_timeval time;

	if (len != sizeof(time)) {
		return device_socket_fails(EINVAL);
	}
	(void)memcpy(&time, value, sizeof(time));
	if (time.tv_sec < 0 || time.tv_usec < 0 || time.tv_usec >= USEC_PER_SEC) {
		return device_socket_fails(EDOM);
	}
	if ((time.tv_sec == 0 && time.tv_usec == 0) || (int64_t)time.tv_sec > INT32_MAX) {
		*timeout = K_FOREVER;
	} else {
		*timeout = K_USEC((uint64_t)time.tv_sec * USEC_PER_SEC + (uint64_t)time.tv_usec);
	}
	return 0;
}

int device_socket_getsockopt(void *obj, int level, int name, void *value, socklen_t *len)
{
	struct device_socket *socket = obj;
	enum net_context_option option = option_of(level, name);
	size_t size;
	int status;

	if (value == NULL || len == NULL) {
		return device_socket_fails(EFAULT);
	}
	if (level == SOL_SOCKET) {
		switch (name) {
		case SO_TYPE:
			return write_int(net_context_get_type(socket->context), value, len);
		case SO_DOMAIN:
			return write_int(net_context_get_family(socket->context), value, len);
		case SO_PROTOCOL:
			return write_int(net_context_get_proto(socket->context), value, len);
		case SO_ACCEPTCONN:
			return write_int(socket->listening, value, len);
		case SO_ERROR:
			return write_int((int)atomic_clear(&socket->error), value, len);
		case SO_RCVTIMEO:
			return write_time(socket->receive_timeout, value, len);
		case SO_SNDTIMEO:
			return write_time(socket->send_timeout, value, len);
		default:
			break;
		}
	}
	if (option == 0) {
		return device_socket_fails(ENOPROTOOPT);
	}
	size = *len;
	status = net_context_get_option(socket->context, option, value, &size);
	*len = (socklen_t)size;
	return answer(status);
}

/* Ties the socket to the interface of that name: to another device, or to the library. */
static int bind_to_device(struct device_socket *socket, const void *value, socklen_t len)
{
	struct ifreq request = {0};
	struct net_if *iface;

	if (len > sizeof(request)) {
		return device_socket_fails(EINVAL);
	}
	(void)memcpy(&request, value, len);
	request.ifr_name[sizeof(request.ifr_name) - 1] = '\0';
	if (request.ifr_name[0] == '\0') {
		socket->context->flags &= (uint16_t)~NET_CONTEXT_BOUND_TO_IFACE;
		return 0;
	}
#if defined(CONFIG_NET_INTERFACE_NAME)
	iface = net_if_get_by_index(net_if_get_by_name(request.ifr_name));
#else
	iface = net_if_lookup_by_dev(device_get_binding(request.ifr_name));
#endif
	if (iface == NULL) {
		return device_socket_fails(ENODEV);
	}
	net_context_bind_iface(socket->context, iface);
	return 0;
}

int device_socket_setsockopt(void *obj, int level, int name, const void *value, socklen_t len)
{
	struct device_socket *socket = obj;
	enum net_context_option option = option_of(level, name);

	if (value == NULL) {
		return device_socket_fails(EFAULT);
	}
	if (level == SOL_SOCKET && name == SO_RCVTIMEO) {
		return read_time(&socket->receive_timeout, value, len);
	}
	if (level == SOL_SOCKET && name == SO_SNDTIMEO) {
		return read_time(&socket->send_timeout, value, len);
	}
	if (level == SOL_SOCKET && name == SO_BINDTODEVICE) {
		return bind_to_device(socket, value, len);
	}
	if (option == 0) {
		return device_socket_fails(ENOPROTOOPT);
	}
	return answer(net_context_set_option(socket->context, option, value, len));
}

#endif /* CONFIG_NET_OFFLOAD && CONFIG_NET_SOCKETS */
