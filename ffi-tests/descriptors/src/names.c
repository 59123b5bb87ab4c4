/* SPDX-License-Identifier: Apache-2.0 */
/* Names, addresses, services and interfaces */

#include <string.h>

#include <zephyr/net/net_if.h>
#include <zephyr/net/socketutils.h>
#include <zephyr/posix/arpa/inet.h>
#include <zephyr/posix/net/if.h>
#include <zephyr/posix/netdb.h>
#include <zephyr/posix/unistd.h>

#include "common.h"

ZTEST_SUITE(names, NULL, NULL, NULL, after, NULL);

static struct zsock_addrinfo *found(const char *host, const char *service,
				    const struct zsock_addrinfo *hints)
{
	struct zsock_addrinfo *info = NULL;

	zassert_equal(zsock_getaddrinfo(host, service, hints, &info), 0);
	zassert_not_null(info);
	return info;
}

ZTEST(names, test_an_ipv4_address)
{
	struct zsock_addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_DGRAM};
	struct zsock_addrinfo *info = found("192.0.2.1", "65534", &hints);
	struct sockaddr_in *addr = net_sin(info->ai_addr);

	zassert_equal(info->ai_family, AF_INET);
	zassert_equal(info->ai_socktype, SOCK_DGRAM);
	zassert_equal(info->ai_protocol, IPPROTO_UDP);
	zassert_equal(info->ai_addrlen, sizeof(struct sockaddr_in));
	zassert_is_null(info->ai_next);
	zassert_str_equal(info->ai_canonname, "192.0.2.1");
	zassert_equal(addr->sin_family, AF_INET);
	zassert_equal(addr->sin_port, htons(65534));
	zassert_equal(addr->sin_addr.s_addr, htonl(0xc0000201));
	zsock_freeaddrinfo(info);

	info = found("192.0.2.1", NULL, NULL);
	zassert_equal(info->ai_socktype, SOCK_STREAM);
	zassert_equal(info->ai_protocol, IPPROTO_TCP);
	zassert_equal(net_sin(info->ai_addr)->sin_port, 0);
	freeaddrinfo(info);
}

ZTEST(names, test_an_ipv6_address)
{
	struct zsock_addrinfo hints = {.ai_family = AF_INET6};
	struct zsock_addrinfo *info = found("2001:db8::1", "1", NULL);
	struct in6_addr mapped;

	zassert_equal(info->ai_family, AF_INET6);
	zassert_equal(net_sin6(info->ai_addr)->sin6_port, htons(1));
	zassert_equal(net_sin6(info->ai_addr)->sin6_addr.s6_addr[15], 1);
	freeaddrinfo(info);

	info = found("fe80::1%1", "1", &hints);
	zassert_equal(net_sin6(info->ai_addr)->sin6_scope_id, 1);
	freeaddrinfo(info);

	hints.ai_flags = AI_V4MAPPED;
	info = found("192.0.2.1", "1", &hints);
	zassert_equal(info->ai_family, AF_INET6);
	zassert_equal(inet_pton(AF_INET6, "::ffff:192.0.2.1", &mapped), 1);
	zassert_mem_equal(&net_sin6(info->ai_addr)->sin6_addr, &mapped, sizeof(mapped));
	freeaddrinfo(info);
}

ZTEST(names, test_this_host)
{
	struct zsock_addrinfo hints = {.ai_family = AF_INET, .ai_flags = AI_PASSIVE};
	struct zsock_addrinfo *info = found(NULL, "80", &hints);

	zassert_equal(net_sin(info->ai_addr)->sin_addr.s_addr, INADDR_ANY);
	freeaddrinfo(info);
	hints.ai_flags = 0;
	info = found(NULL, "80", &hints);
	zassert_equal(net_sin(info->ai_addr)->sin_addr.s_addr, htonl(0x7f000001));
	freeaddrinfo(info);
	info = found(NULL, "80", NULL);
	zassert_equal(info->ai_family, AF_INET6);
	zassert_equal(info->ai_next->ai_family, AF_INET);
	zassert_is_null(info->ai_next->ai_next);
	freeaddrinfo(info);
	freeaddrinfo(NULL);
}

ZTEST(names, test_what_is_not_found)
{
	struct zsock_addrinfo hints = {0}, *info;

	zassert_equal(getaddrinfo(NULL, NULL, NULL, &info), EAI_NONAME);
	zassert_equal(getaddrinfo("192.0.2.1", "0", NULL, &info), EAI_NONAME);
	zassert_equal(getaddrinfo("192.0.2.1", "65536", NULL, &info), EAI_NONAME);
	zassert_equal(getaddrinfo("192.0.2.1", "http", NULL, &info), EAI_NONAME);
	zassert_equal(getaddrinfo("example.com", "80", NULL, &info), EAI_FAIL, "no resolver");
	hints.ai_flags = AI_NUMERICHOST;
	zassert_equal(getaddrinfo("example.com", "80", &hints, &info), EAI_FAIL, "as in Zephyr");
	hints.ai_family = AF_INET;
	zassert_equal(getaddrinfo("::1", "80", &hints, &info), DNS_EAI_ADDRFAMILY);
	hints.ai_family = AF_INET6;
	zassert_equal(getaddrinfo("192.0.2.1", "80", &hints, &info), DNS_EAI_ADDRFAMILY);
	hints.ai_family = AF_PACKET;
	zassert_equal(getaddrinfo("192.0.2.1", "80", &hints, &info), EAI_FAMILY);
	hints.ai_family = AF_INET;
	hints.ai_socktype = 4;
	zassert_equal(getaddrinfo("192.0.2.1", "80", &hints, &info), EAI_SOCKTYPE);
	zassert_str_equal(gai_strerror(EAI_NONAME), "EAI_NONAME");
	zassert_str_equal(gai_strerror(12), "EAI_UNKNOWN");
}

ZTEST(names, test_host_and_port_in_one)
{
	struct zsock_addrinfo *info;

	zassert_str_equal(net_addr_str_find_port("host:80"), "80");
	zassert_str_equal(net_addr_str_find_port("[::1]:80"), "80");
	zassert_is_null(net_addr_str_find_port("[::1]"));
	zassert_is_null(net_addr_str_find_port("host"));
	zassert_ok(net_getaddrinfo_addr_str("192.0.2.1:80", NULL, NULL, &info));
	zassert_equal(net_sin(info->ai_addr)->sin_port, htons(80));
	freeaddrinfo(info);
	zassert_ok(net_getaddrinfo_addr_str("[::1]", "443", NULL, &info));
	zassert_equal(info->ai_family, AF_INET6);
	zassert_equal(net_sin6(info->ai_addr)->sin6_port, htons(443));
	freeaddrinfo(info);
}

ZTEST(names, test_addresses_as_text)
{
	struct sockaddr_in addr = {
		.sin_family = AF_INET, .sin_port = htons(8080), .sin_addr = INADDR_LOOPBACK_INIT};
	struct sockaddr_in6 addr6 = {.sin6_family = AF_INET6, .sin6_port = htons(443)};
	char host[NI_MAXHOST], serv[NI_MAXSERV];

	zassert_ok(getnameinfo((struct sockaddr *)&addr, sizeof(addr), host, sizeof(host), serv,
			       sizeof(serv), 0));
	zassert_str_equal(host, "127.0.0.1");
	zassert_str_equal(serv, "8080");
	zassert_equal(getnameinfo((struct sockaddr *)&addr, sizeof(addr), host, 4, NULL, 0, 0),
		      EAI_OVERFLOW);
	zassert_equal(getnameinfo((struct sockaddr *)&addr, sizeof(addr), NULL, 0, serv, 4, 0),
		      EAI_OVERFLOW);
	zassert_equal(getnameinfo((struct sockaddr *)&addr, sizeof(addr), host, sizeof(host), NULL,
				  0, NI_NAMEREQD),
		      EAI_NONAME);
	zassert_equal(getnameinfo((struct sockaddr *)&addr, 2, host, sizeof(host), NULL, 0, 0),
		      EAI_FAMILY);
	zassert_equal(inet_pton(AF_INET6, "2001:db8::1", &addr6.sin6_addr), 1);
	for (socklen_t len = offsetof(struct sockaddr_in6, sin6_addr) + sizeof(struct in6_addr);
	     len <= sizeof(addr6); len++) {
		zassert_ok(getnameinfo((struct sockaddr *)&addr6, len, host, sizeof(host), serv,
				       sizeof(serv), 0));
		zassert_str_equal(host, "2001:db8::1");
		zassert_str_equal(serv, "443");
	}
	zassert_equal(inet_addr("127.0.0.1"), addr.sin_addr.s_addr);
	zassert_equal(inet_addr("127.0.0"), (in_addr_t)-1);
	zassert_str_equal(inet_ntoa(addr.sin_addr), "127.0.0.1");
}

ZTEST(names, test_interfaces)
{
	char first[IF_NAMESIZE], name[IF_NAMESIZE];
	struct if_nameindex *all;

	zassert_true(net_if_get_name(net_if_get_by_index(1), first, sizeof(first)) > 0);
	zassert_equal_ptr(if_indextoname(1, name), name);
	zassert_str_equal(name, first);
	zassert_equal(if_nametoindex(first), 1);
	zassert_equal(if_nametoindex("none"), 0);
	zassert_is_null(if_indextoname(99, name));
	zassert_equal(errno, ENXIO);
	all = if_nameindex();
	zassert_equal(all[0].if_index, 1);
	zassert_str_equal(all[0].if_name, first);
	zassert_equal(all[1].if_index, 0);
	zassert_is_null(all[1].if_name);
	if_freenameindex(all);
}

ZTEST(names, test_host)
{
	char name[16];

	zassert_ok(gethostname(name, sizeof(name)));
	zassert_str_equal(name, "tester");
	FAILS(gethostname(name, 6), ENAMETOOLONG);
	zassert_is_null(getprotobyname("tcp"), "there are no such tables");
}
