/* SPDX-License-Identifier: Apache-2.0 */
/* Who makes a socket */

#include <errno.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/offloaded_netdev.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/socket.h>
#include <zephyr/net/socket_offload.h>
#include <zephyr/ztest.h>

/* Sockets of one maker: what they were asked. */
struct maker {
	int opened;
	int closed;
	int bound;
	int option;
};

static struct maker modem, own;

static int maker_close(void *obj, int fd)
{
	ARG_UNUSED(fd);
	((struct maker *)obj)->closed++;
	return 0;
}

static int maker_ioctl(void *obj, unsigned int request, va_list args)
{
	ARG_UNUSED(obj);
	ARG_UNUSED(request);
	ARG_UNUSED(args);
	return -EOPNOTSUPP;
}

static int maker_bind(void *obj, const struct sockaddr *addr, socklen_t len)
{
	ARG_UNUSED(addr);
	ARG_UNUSED(len);
	((struct maker *)obj)->bound++;
	return 0;
}

static int maker_setsockopt(void *obj, int level, int name, const void *value, socklen_t len)
{
	ARG_UNUSED(level);
	ARG_UNUSED(value);
	ARG_UNUSED(len);
	((struct maker *)obj)->option = name;
	return 0;
}

static const struct socket_op_vtable maker_ops = {
	.fd_vtable = {.close2 = maker_close, .ioctl = maker_ioctl},
	.bind = maker_bind,
	.setsockopt = maker_setsockopt,
};

static int make(struct maker *maker)
{
	int fd = zvfs_reserve_fd();

	if (fd >= 0) {
		/* Nobody says that it is a socket: it comes from a maker of sockets. */
		zvfs_finalize_fd(fd, maker, &maker_ops.fd_vtable);
		maker->opened++;
	}
	return fd;
}

static int modem_open(int family, int type, int proto)
{
	ARG_UNUSED(family);
	ARG_UNUSED(type);
	ARG_UNUSED(proto);
	return make(&modem);
}

static bool modem_makes(int family, int type, int proto)
{
	ARG_UNUSED(proto);
	return family == AF_INET && type == SOCK_DGRAM;
}

/* Behind the library. */
NET_SOCKET_OFFLOAD_REGISTER(modem, 60, AF_UNSPEC, modem_makes, modem_open);

static int own_open(int family, int type, int proto)
{
	ARG_UNUSED(family);
	ARG_UNUSED(proto);
	if (type != SOCK_DGRAM) {
		errno = EPROTOTYPE;
		return -1;
	}
	return make(&own);
}

#define AF_OWN 40

NET_SOCKET_REGISTER(own, NET_SOCKET_DEFAULT_PRIO, AF_OWN, NULL, own_open);

static void modem_init(struct net_if *iface)
{
	net_if_socket_offload_set(iface, modem_open);
}

static const struct offloaded_if_api modem_api = {.iface_api.init = modem_init};

NET_DEVICE_OFFLOAD_INIT(modem, "modem", NULL, NULL, NULL, NULL, CONFIG_KERNEL_INIT_PRIORITY_DEFAULT,
			&modem_api, 1500);

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	modem = (struct maker){0};
	own = (struct maker){0};
}

ZTEST_SUITE(makers, NULL, NULL, before, NULL, NULL);

static const struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr = INADDR_LOOPBACK_INIT};

ZTEST(makers, test_a_family_of_its_own)
{
	int sock = zsock_socket(AF_OWN, SOCK_DGRAM, 0);

	zassert_true(sock >= 0, "errno %d", errno);
	zassert_ok(zsock_bind(sock, (const struct sockaddr *)&here, sizeof(here)));
	zassert_equal(own.opened, 1);
	zassert_equal(own.bound, 1);
	zassert_ok(zsock_close(sock));
	zassert_equal(own.closed, 1);
	zassert_equal(zsock_socket(41, SOCK_DGRAM, 0), -1);
	zassert_equal(errno, EAFNOSUPPORT);
}

ZTEST(makers, test_a_maker_that_refuses)
{
	int sock = zsock_socket(AF_OWN, SOCK_STREAM, 0);

	zassert_true(sock >= 0, "nobody was asked yet");
	zassert_equal(zsock_bind(sock, (const struct sockaddr *)&here, sizeof(here)), -1);
	zassert_equal(errno, EPROTOTYPE);
	zassert_ok(zsock_close(sock));
	zassert_equal(own.closed, 0);
}

ZTEST(makers, test_the_library_comes_first)
{
	int sock = zsock_socket(AF_INET, SOCK_DGRAM, 0), value = 0;
	struct sockaddr_in name;
	socklen_t len = sizeof(name);

	zassert_ok(zsock_bind(sock, (const struct sockaddr *)&here, sizeof(here)));
	zassert_ok(zsock_getsockname(sock, (struct sockaddr *)&name, &len));
	zassert_not_equal(name.sin_port, 0);
	len = sizeof(value);
	zassert_ok(zsock_getsockopt(sock, SOL_SOCKET, SO_TYPE, &value, &len));
	zassert_equal(value, SOCK_DGRAM);
	zassert_equal(modem.opened, 0);
	zassert_ok(zsock_close(sock));
	zassert_equal(zsock_close(sock), -1);
}

static int bind_to(int sock, struct net_if *iface)
{
	struct ifreq request = {0};

	(void)net_if_get_name(iface, request.ifr_name, sizeof(request.ifr_name));
	return zsock_setsockopt(sock, SOL_SOCKET, SO_BINDTODEVICE, &request, sizeof(request));
}

ZTEST(makers, test_the_device_behind_an_interface)
{
	struct net_if *iface = net_if_lookup_by_dev(DEVICE_GET(modem));
	int sock = zsock_socket(AF_INET, SOCK_DGRAM, 0);

	zassert_not_null(iface);
	zassert_ok(bind_to(sock, iface), "errno %d", errno);
	zassert_equal(modem.opened, 1);
	zassert_equal(modem.option, SO_BINDTODEVICE);
	zassert_ok(zsock_bind(sock, (const struct sockaddr *)&here, sizeof(here)));
	zassert_equal(modem.bound, 1);
	zassert_ok(zsock_close(sock));
	zassert_equal(modem.closed, 1);
}

ZTEST(makers, test_an_interface_of_the_library)
{
	struct net_if *iface = net_if_get_first_by_type(&NET_L2_GET_NAME(DUMMY));
	struct ifreq nowhere = {.ifr_name = "none"};
	int sock = zsock_socket(AF_INET, SOCK_DGRAM, 0);
	struct zsock_pollfd fd = {.fd = sock, .events = ZSOCK_POLLOUT};

	zassert_equal(zsock_setsockopt(sock, SOL_SOCKET, SO_BINDTODEVICE, &nowhere,
				       sizeof(nowhere)), -1);
	zassert_equal(errno, ENODEV);
	memset(&nowhere, 'n', sizeof(nowhere));
	zassert_equal(zsock_setsockopt(sock, SOL_SOCKET, SO_BINDTODEVICE, &nowhere,
				       sizeof(nowhere)), -1, "a name without an end");
	zassert_equal(errno, ENODEV);
	zassert_ok(bind_to(sock, iface), "errno %d", errno);
	zassert_equal(zsock_poll(&fd, 1, -1), 1);
	zassert_equal(fd.revents, ZSOCK_POLLOUT);
	zassert_equal(modem.opened, 0);
	zassert_ok(zsock_close(sock));
}

ZTEST(makers, test_poll_decides)
{
	int sock = zsock_socket(AF_INET, SOCK_DGRAM, 0);
	struct zsock_pollfd fd = {.fd = sock, .events = ZSOCK_POLLIN};

	zassert_equal(zsock_poll(&fd, 1, 20), 0);
	fd.events = ZSOCK_POLLOUT;
	zassert_equal(zsock_poll(&fd, 1, 20), 1);
	zassert_ok(zsock_close(sock));
}

ZTEST(makers, test_no_more_than_are_configured)
{
	int socks[CONFIG_NET_SOCKETS_OFFLOAD_DISPATCHER_CONTEXT_MAX];

	for (size_t i = 0; i < ARRAY_SIZE(socks); i++) {
		socks[i] = zsock_socket(AF_INET, SOCK_DGRAM, 0);
		zassert_true(socks[i] >= 0);
	}
	zassert_equal(zsock_socket(AF_INET, SOCK_DGRAM, 0), -1);
	zassert_equal(errno, ENOMEM);
	for (size_t i = 0; i < ARRAY_SIZE(socks); i++) {
		zassert_ok(zsock_close(socks[i]));
	}
}
