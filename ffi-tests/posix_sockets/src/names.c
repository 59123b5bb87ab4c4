/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses, names and interfaces as text. */
#include "common.h"

ZTEST_SUITE(names, NULL, NULL, NULL, NULL, NULL);

ZTEST(names, test_getaddrinfo)
{
	struct addrinfo hints = {0}, *res = NULL;
	struct sockaddr_in *in;

	OK(getaddrinfo("192.0.2.9", "65", NULL, &res));
	zassert_not_null(res);
	zexpect_equal(res->ai_family, AF_INET);
	zexpect_equal(res->ai_socktype, SOCK_STREAM);
	zexpect_equal(res->ai_protocol, IPPROTO_TCP);
	zexpect_equal(res->ai_addrlen, sizeof(struct sockaddr_in));
	in = (struct sockaddr_in *)res->ai_addr;
	zexpect_equal(in->sin_port, htons(65));
	freeaddrinfo(res);
	hints.ai_family = AF_UNSPEC;
	hints.ai_socktype = SOCK_DGRAM;
	OK(getaddrinfo("2001:db8::9", "65", &hints, &res));
	zexpect_equal(res->ai_family, AF_INET6);
	zexpect_equal(res->ai_socktype, SOCK_DGRAM);
	zexpect_equal(res->ai_protocol, IPPROTO_UDP);
	freeaddrinfo(res);
	hints.ai_family = AF_INET6;
	IS(getaddrinfo("192.0.2.9", "65", &hints, &res), DNS_EAI_ADDRFAMILY);
	hints.ai_family = AF_INET;
	IS(getaddrinfo("2001:db8::9", "65", &hints, &res), DNS_EAI_ADDRFAMILY);
	IS(getaddrinfo("192.0.2.9", "70000", NULL, &res), EAI_NONAME);
	IS(getaddrinfo("192.0.2.9", "http", NULL, &res), EAI_NONAME);
	hints = (struct addrinfo){.ai_flags = AI_NUMERICHOST};
	IS(getaddrinfo("a.b.example", "1", &hints, &res), EAI_FAIL);
	IS(getaddrinfo(NULL, NULL, NULL, &res), EAI_NONAME);
	hints = (struct addrinfo){.ai_flags = AI_PASSIVE, .ai_family = AF_INET};
	OK(getaddrinfo(NULL, "80", &hints, &res));
	in = (struct sockaddr_in *)res->ai_addr;
	zexpect_equal(in->sin_addr.s_addr, INADDR_ANY);
	zexpect_equal(in->sin_port, htons(80));
	freeaddrinfo(res);
	freeaddrinfo(NULL);
	OK(getaddrinfo("192.0.2.9", NULL, NULL, &res));
	in = (struct sockaddr_in *)res->ai_addr;
	zexpect_equal(in->sin_port, 0);
	freeaddrinfo(res);
	hints = (struct addrinfo){.ai_family = AF_INET, .ai_socktype = 99};
	IS(getaddrinfo("192.0.2.9", "1", &hints, &res), EAI_SOCKTYPE);
	hints = (struct addrinfo){.ai_family = 99};
	IS(getaddrinfo("192.0.2.9", "1", &hints, &res), EAI_FAMILY);
	}

ZTEST(names, test_getnameinfo)
{
	struct sockaddr_in at = v4_at("192.0.2.9", 65);
	struct sockaddr_in6 at6 = v6_at("2001:db8::9", 8080);
	char host[64], serv[16];

	OK(getnameinfo((struct sockaddr *)&at, sizeof(at), host, sizeof(host), serv, sizeof(serv), 0));
	zexpect_str_equal(host, "192.0.2.9");
	zexpect_str_equal(serv, "65");
	OK(getnameinfo((struct sockaddr *)&at6, sizeof(at6), host, sizeof(host), serv, sizeof(serv), NI_NUMERICHOST));
	zexpect_str_equal(host, "2001:db8::9");
	zexpect_str_equal(serv, "8080");
	OK(getnameinfo((struct sockaddr *)&at, sizeof(at), host, sizeof(host), NULL, 0, 0));
	OK(getnameinfo((struct sockaddr *)&at, sizeof(at), NULL, 0, serv, sizeof(serv), 0));
	IS(getnameinfo((struct sockaddr *)&at, sizeof(at), host, 4, NULL, 0, 0), EAI_OVERFLOW);
	IS(getnameinfo((struct sockaddr *)&at, sizeof(at), NULL, 0, NULL, 0, 0), 0);
	at.sin_family = 99;
	IS(getnameinfo((struct sockaddr *)&at, sizeof(at), host, 40, NULL, 0, 0), EAI_FAMILY);
	IS(getnameinfo((struct sockaddr *)&at6, sizeof(at6), host, 40, NULL, 0, NI_NAMEREQD), EAI_NONAME);
}

ZTEST(names, test_text)
{
	struct in_addr a;
	struct in6_addr b;
	char text[INET6_ADDRSTRLEN], small[4];

	IS(inet_pton(AF_INET, "1.2.3.4", &a), 1);
	IS(inet_pton(AF_INET, "1.2.3", &a), 0);
	IS(inet_pton(AF_INET, "1.2.3.256", &a), 0);
	IS(inet_pton(AF_INET6, "::1", &b), 1);
	IS(inet_pton(AF_INET6, "::g", &b), 0);
	FAILS(inet_pton(77, "::g", &b), EAFNOSUPPORT);
	inet_pton(AF_INET, "1.2.3.4", &a);
	zexpect_str_equal(inet_ntop(AF_INET, &a, text, sizeof(text)), "1.2.3.4");
	errno = 0;
	zexpect_is_null(inet_ntop(AF_INET, &a, small, sizeof(small)));
	zexpect_equal(errno, ENOSPC, "%d", errno);
	zexpect_is_null(inet_ntop(99, &a, text, sizeof(text)));
	zexpect_equal(errno, EAFNOSUPPORT, "%d", errno);
	zexpect_equal(inet_addr("1.2.3.4"), htonl(0x01020304));
	zexpect_equal(inet_addr("1.2.3"), (in_addr_t)-1);
	zexpect_str_equal(inet_ntoa(a), "1.2.3.4");
}

ZTEST(names, test_hostname_and_if)
{
	char name[64];
	unsigned int idx;
	struct if_nameindex *all;

	OK(gethostname(name, sizeof(name)));
	zexpect_str_equal(name, CONFIG_NET_HOSTNAME);
	FAILS(gethostname(name, 1), ENAMETOOLONG);
	zexpect_not_null(if_indextoname(1, name));
	idx = if_nametoindex(name);
	zexpect_equal(idx, 1);
	zexpect_equal(if_nametoindex("nope"), 0);
	errno = 0;
	zexpect_is_null(if_indextoname(99, name));
	zexpect_equal(errno, ENXIO, "%d", errno);
	all = if_nameindex();
	zassert_not_null(all);
	zexpect_equal(all[0].if_index, 1);
	if_freenameindex(all);
}
