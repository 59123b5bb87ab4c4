/* SPDX-License-Identifier: Apache-2.0 */
/* Datagrams and options, in the names of POSIX. */
#include "common.h"

ZTEST_SUITE(udp, NULL, NULL, NULL, NULL, NULL);

#define P 4242

static struct sockaddr *sa(void *p)
{
	return p;
}

ZTEST(udp, test_send_recv_all_forms)
{
	struct sockaddr_in server = v4_at(V4, P), from, name;
	socklen_t len = sizeof(from);
	int s = bound4(SOCK_DGRAM, V4, P), c = opened(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	char in[64];
	struct iovec iov[3] = {{"abc", 3}, {NULL, 0}, {"defg", 4}};
	struct msghdr msg = {.msg_iov = iov, .msg_iovlen = 3, .msg_name = &server,
			     .msg_namelen = sizeof(server)};

	IS(sendto(c, "hello", 5, 0, sa(&server), sizeof(server)), 5);
	IS(recvfrom(s, in, sizeof(in), 0, sa(&from), &len), 5);
	zexpect_equal(len, sizeof(from));
	zexpect_equal(from.sin_family, AF_INET);
	len = sizeof(name);
	OK(getsockname(c, sa(&name), &len));
	zexpect_equal(name.sin_port, from.sin_port);
	/* Less room for the address than it takes. */
	IS(sendto(c, "hello", 5, 0, sa(&server), sizeof(server)), 5);
	len = 4;
	(void)memset(&from, 0x55, sizeof(from));
	IS(recvfrom(s, in, sizeof(in), 0, sa(&from), &len), 5);
	zexpect_equal(len, sizeof(from), "len %d", (int)len);

	IS(sendmsg(c, &msg, 0), 7);
	IS(recv(s, in, sizeof(in), MSG_PEEK), 7);
	IS(recv(s, in, 3, MSG_PEEK | MSG_TRUNC), 7);
	IS(recv(s, in, 3, 0), 3);
	FAILS(recv(s, in, 3, MSG_DONTWAIT), EAGAIN);

	FAILS(sendmsg(c, NULL, 0), EFAULT);
	OK(connect(c, sa(&server), sizeof(server)));
	msg.msg_name = NULL;
	msg.msg_namelen = 0;
	IS(sendmsg(c, &msg, 0), 7);
	IS(recv(s, in, 64, MSG_TRUNC), 7);
	IS(write(c, "wxyz", 4), 4);
	IS(read(s, in, 64), 4);
	IS(send(c, "", 0, 0), 0);
	IS(recv(s, in, 64, MSG_DONTWAIT), 0);
	IS(send(c, "x", 1, 0), 1);
	{
		struct iovec v[2] = {{in, 0}, {in, 10}};
		struct msghdr m = {.msg_iov = v, .msg_iovlen = 2, .msg_name = &from,
				   .msg_namelen = sizeof(from)};

		IS(recvmsg(s, &m, 0), 1);
		zexpect_equal(m.msg_namelen, sizeof(from));
		IS(send(c, "12345", 5, 0), 5);
		v[1].iov_len = 2;
		m.msg_namelen = sizeof(from);
		IS(recvmsg(s, &m, 0), 2);
		zexpect_equal(m.msg_flags, MSG_TRUNC, "flags %x", m.msg_flags);
		IS(send(c, "12345", 5, 0), 5);
		IS(recvmsg(s, &m, MSG_TRUNC), 5);
	}
	OK(close(s));
	OK(close(c));
}

ZTEST(udp, test_opts)
{
	int s = opened(AF_INET, SOCK_DGRAM, 0), s6 = opened(AF_INET6, SOCK_DGRAM, 0);
	int v;
	uint8_t b;
	bool flag = true;
	socklen_t len;
	struct timeval tv;
	struct ifreq ifr = {0};

	IS(get_number(s, SOL_SOCKET, SO_TYPE), SOCK_DGRAM);
	IS(get_number(s, SOL_SOCKET, SO_PROTOCOL), IPPROTO_UDP);
	IS(get_number(s, SOL_SOCKET, SO_DOMAIN), AF_INET);
	IS(get_number(s6, SOL_SOCKET, SO_DOMAIN), AF_INET6);
	IS(get_number(s, SOL_SOCKET, SO_ERROR), 0);
	IS(get_number(s, SOL_SOCKET, SO_REUSEADDR), 0);
	IS(get_number(s, SOL_SOCKET, SO_REUSEPORT), 0);
	for (int name = 0; name < 3; name++) {
		const int names[] = {SO_TYPE, SO_PROTOCOL, SO_DOMAIN};

		len = 3;
		FAILS(getsockopt(s, SOL_SOCKET, names[name], &v, &len), EINVAL);
		len = 0;
		FAILS(getsockopt(s, SOL_SOCKET, names[name], &v, &len), EINVAL);
		v = 1;
		FAILS(setsockopt(s, SOL_SOCKET, names[name], &v, sizeof(v)), ENOPROTOOPT);
	}
	set_number(s, SOL_SOCKET, SO_RCVBUF, 2048);
	IS(get_number(s, SOL_SOCKET, SO_RCVBUF), 2048);
	set_number(s, SOL_SOCKET, SO_SNDBUF, 3000);
	IS(get_number(s, SOL_SOCKET, SO_SNDBUF), 3000);
	v = -1;
	FAILS(setsockopt(s, SOL_SOCKET, SO_RCVBUF, &v, sizeof(v)), EINVAL);
	FAILS(setsockopt(s, SOL_SOCKET, SO_SNDBUF, &v, sizeof(v)), EINVAL);
	v = UINT16_MAX + 1;
	FAILS(setsockopt(s, SOL_SOCKET, SO_RCVBUF, &v, sizeof(v)), EINVAL);
	FAILS(setsockopt(s, SOL_SOCKET, SO_SNDBUF, &v, sizeof(v)), EINVAL);
	v = 100;
	FAILS(setsockopt(s, SOL_SOCKET, SO_RCVBUF, &v, sizeof(v) - 1), EINVAL);
	FAILS(setsockopt(s, SOL_SOCKET, SO_SNDBUF, &v, sizeof(v) - 1), EINVAL);
	b = 5;
	OK(setsockopt(s, SOL_SOCKET, SO_PRIORITY, &b, sizeof(b)));
	b = 9;
	FAILS(setsockopt(s, SOL_SOCKET, SO_PRIORITY, &b, sizeof(b)), EINVAL);
	OK(setsockopt(s, SOL_SOCKET, SO_TXTIME, &flag, sizeof(flag)));
	len = sizeof(flag);
	flag = false;
	OK(getsockopt(s, SOL_SOCKET, SO_TXTIME, &flag, &len));
	zexpect_true(flag);
	zexpect_equal(len, sizeof(flag), "%d", (int)len);
	tv = (struct timeval){.tv_sec = 2, .tv_usec = 500000};
	OK(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)));
	tv.tv_sec = -1;
	FAILS(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)), EINVAL);
	FAILS(setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv)), EINVAL);
	tv = (struct timeval){.tv_sec = 2, .tv_usec = 500000};
	FAILS(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(int)), EINVAL);
	FAILS(setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, NULL, sizeof(tv)), EINVAL);
	set_number(s, IPPROTO_IP, IP_TOS, 0xb9);
	IS(get_number(s, IPPROTO_IP, IP_TOS), 0xb9);
	set_number(s6, IPPROTO_IPV6, IPV6_TCLASS, 0x21);
	IS(get_number(s6, IPPROTO_IPV6, IPV6_TCLASS), 0x21);
	v = 0x100;
	FAILS(setsockopt(s, IPPROTO_IP, IP_TOS, &v, sizeof(v)), EINVAL);
	v = -1;
	FAILS(setsockopt(s6, IPPROTO_IPV6, IPV6_TCLASS, &v, sizeof(v)), EINVAL);
	set_number(s, IPPROTO_IP, IP_TTL, 16);
	IS(get_number(s, IPPROTO_IP, IP_TTL), 16);
	set_number(s, IPPROTO_IP, IP_MULTICAST_TTL, 17);
	IS(get_number(s, IPPROTO_IP, IP_MULTICAST_TTL), 17);
	set_number(s6, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 18);
	IS(get_number(s6, IPPROTO_IPV6, IPV6_UNICAST_HOPS), 18);
	set_number(s6, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, 19);
	IS(get_number(s6, IPPROTO_IPV6, IPV6_MULTICAST_HOPS), 19);
	set_number(s, IPPROTO_IP, IP_MULTICAST_LOOP, 1);
	IS(get_number(s, IPPROTO_IP, IP_MULTICAST_LOOP), 1);
	set_number(s, IPPROTO_IP, IP_MULTICAST_LOOP, 0);
	IS(get_number(s, IPPROTO_IP, IP_MULTICAST_LOOP), 0);
	set_number(s6, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 0);
	IS(get_number(s6, IPPROTO_IPV6, IPV6_MULTICAST_LOOP), 0);
	IS(get_number(s6, IPPROTO_IPV6, IPV6_V6ONLY), 1);
	set_number(s6, IPPROTO_IPV6, IPV6_V6ONLY, 0);
	IS(get_number(s6, IPPROTO_IPV6, IPV6_V6ONLY), 0);
	set_number(s6, IPPROTO_IPV6, IPV6_V6ONLY, 1);
	set_number(s, IPPROTO_IP, IP_PKTINFO, 1);
	set_number(s6, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
	set_number(s6, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
	set_number(s, SOL_SOCKET, SO_TIMESTAMPING, SOF_TIMESTAMPING_RX_HARDWARE);
	v = 1500;
	set_number(s, IPPROTO_IP, IP_LOCAL_PORT_RANGE, 40000 | (int)(40010u << 16));
	IS(get_number(s, IPPROTO_IP, IP_LOCAL_PORT_RANGE), 40000 | (int)(40010u << 16));
	v = 40010 | (int)(40000u << 16);
	FAILS(setsockopt(s, IPPROTO_IP, IP_LOCAL_PORT_RANGE, &v, sizeof(v)), EINVAL);

	FAILS(setsockopt(s, SOL_SOCKET, 9999, &v, sizeof(v)), ENOPROTOOPT);
	len = sizeof(v);
	FAILS(getsockopt(s, SOL_SOCKET, 9999, &v, &len), ENOPROTOOPT);
	FAILS(getsockopt(s, 9999, 1, &v, &len), ENOPROTOOPT);
	FAILS(setsockopt(s, 9999, 1, &v, sizeof(v)), ENOPROTOOPT);
	FAILS(getsockopt(-1, SOL_SOCKET, SO_TYPE, &v, &len), EBADF);
	FAILS(setsockopt(1000, SOL_SOCKET, SO_REUSEADDR, &v, sizeof(v)), EBADF);
	strcpy(ifr.ifr_name, "nope0");
	FAILS(setsockopt(s, SOL_SOCKET, SO_BINDTODEVICE, &ifr, sizeof(ifr)), ENODEV);
	FAILS(setsockopt(s, SOL_SOCKET, SO_BINDTODEVICE, NULL, sizeof(ifr)), EINVAL);
	OK(setsockopt(s, SOL_SOCKET, SO_BINDTODEVICE, &ifr, 0));
	zexpect_true(net_if_get_name(net_if_get_default(), ifr.ifr_name, sizeof(ifr.ifr_name)) > 0);
	OK(setsockopt(s, SOL_SOCKET, SO_BINDTODEVICE, &ifr, sizeof(ifr)));
	OK(close(s));
	OK(close(s6));
}

ZTEST(udp, test_timeouts)
{
	int s = bound4(SOCK_DGRAM, V4, P);
	char in[4];
	int64_t start = k_uptime_get(), took;
	struct timeval tv = {0};
	socklen_t len = sizeof(tv);

	timeout(s, SO_RCVTIMEO, 300);
	FAILS(recv(s, in, sizeof(in), 0), EAGAIN);
	took = k_uptime_delta(&start);
	zexpect_between_inclusive(took, 300, 320);
	OK(getsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, &len));
	zexpect_equal(tv.tv_usec, 300000);
	zexpect_equal(len, sizeof(tv));
	timeout(s, SO_RCVTIMEO, 0);
	timeout(s, SO_SNDTIMEO, 100);
	FAILS(recv(s, in, sizeof(in), MSG_DONTWAIT), EAGAIN);
	OK(close(s));
}

ZTEST(udp, test_errors)
{
	struct sockaddr_in at = v4_at(V4, P), far = v4_at("192.0.2.99", P), un = {0};
	struct sockaddr_in6 at6 = v6_at(V6, P);
	int s = opened(AF_INET, SOCK_DGRAM, 0), s6 = opened(AF_INET6, SOCK_DGRAM, 0);
	char in[4];
	socklen_t len = sizeof(un);
	static char big[70000];

	FAILS(socket(AF_INET, SOCK_DGRAM, IPPROTO_TCP), EPROTONOSUPPORT);
	FAILS(socket(AF_INET, SOCK_STREAM, IPPROTO_UDP), EPROTONOSUPPORT);
	FAILS(socket(AF_INET6, SOCK_STREAM, IPPROTO_UDP), EPROTONOSUPPORT);
	FAILS(socket(AF_INET, 77, 0), EPROTOTYPE);
	FAILS(socket(77, SOCK_DGRAM, 0), EAFNOSUPPORT);
	FAILS(socket(AF_INET, -1, 0), EPROTOTYPE);
	FAILS(bind(s, sa(&far), sizeof(far)), EADDRNOTAVAIL);
	FAILS(bind(s, sa(&at6), sizeof(at6)), EAFNOSUPPORT);
	FAILS(bind(s, sa(&at), 3), EINVAL);
	FAILS(bind(s6, sa(&at), sizeof(at)), EAFNOSUPPORT);
	FAILS(send(s, "x", 1, 0), EDESTADDRREQ);
	FAILS(sendto(s, "x", 1, 0, sa(&at6), sizeof(at6)), EAFNOSUPPORT);
	FAILS(sendto(s, "x", 1, 0, sa(&at), 3), EINVAL);
	FAILS(sendto(s, big, sizeof(big), 0, sa(&at), sizeof(at)), EMSGSIZE);
	FAILS(connect(s, sa(&at), 3), EINVAL);
	FAILS(connect(s, sa(&at6), sizeof(at6)), EAFNOSUPPORT);
	FAILS(getpeername(s, sa(&un), &len), ENOTCONN);
	FAILS(listen(s, 1), EOPNOTSUPP);
	FAILS(accept(s, NULL, NULL), EOPNOTSUPP);
	FAILS(recv(-1, in, 1, 0), EBADF);
	FAILS(close(-1), EBADF);
	FAILS(close(15), EBADF);
	OK(bind(s, sa(&at), sizeof(at)));
	OK(connect(s, sa(&at), sizeof(at)));
	OK(getpeername(s, sa(&un), &len));
	zexpect_equal(un.sin_port, htons(P));
	len = sizeof(un);
	OK(getsockname(s, sa(&un), &len));
	zexpect_mem_equal(&un.sin_addr, &at.sin_addr, 4);
	{
		int again = opened(AF_INET, SOCK_DGRAM, 0);

		FAILS(bind(again, sa(&at), sizeof(at)), EADDRINUSE);
		OK(close(again));
	}
	OK(bind(s6, sa(&at6), sizeof(at6)));
	len = sizeof(at6);
	OK(getsockname(s6, sa(&at6), &len));
	zexpect_equal(len, sizeof(at6));
	zexpect_equal(at6.sin6_port, htons(P));
	OK(close(s));
	OK(close(s6));
}

ZTEST(udp, test_pktinfo)
{
	int s = bound4(SOCK_DGRAM, "0.0.0.0", P), c = opened(AF_INET, SOCK_DGRAM, 0);
	int s6 = bound6(SOCK_DGRAM, "::", P), c6 = opened(AF_INET6, SOCK_DGRAM, 0);
	struct sockaddr_in at = v4_at(V4, P);
	struct sockaddr_in6 at6 = v6_at(V6, P);
	union {
		struct cmsghdr h;
		char room[CMSG_SPACE(sizeof(struct in6_pktinfo)) + CMSG_SPACE(sizeof(int))];
	} ctl;
	char in[10];
	struct iovec v = {in, sizeof(in)};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = &ctl,
			   .msg_controllen = sizeof(ctl)};
	int found = 0;

	IS(sendto(c, "hi", 2, 0, sa(&at), sizeof(at)), 2);
	IS(recvmsg(s, &m, 0), 2);
	zexpect_equal(m.msg_controllen, 0, "%d", (int)m.msg_controllen);
	set_number(s, IPPROTO_IP, IP_PKTINFO, 1);
	m.msg_controllen = sizeof(ctl);
	IS(sendto(c, "hi", 2, 0, sa(&at), sizeof(at)), 2);
	IS(recvmsg(s, &m, 0), 2);
	for (struct cmsghdr *h = CMSG_FIRSTHDR(&m); h; h = CMSG_NXTHDR(&m, h)) {
		if (h->cmsg_level == IPPROTO_IP && h->cmsg_type == IP_PKTINFO) {
			struct in_pktinfo *i = (struct in_pktinfo *)CMSG_DATA(h);

			found++;
			zexpect_mem_equal(&i->ipi_addr, &at.sin_addr, 4);
			zexpect_equal(i->ipi_ifindex, net_if_get_by_iface(net_if_get_default()), "%d", i->ipi_ifindex);
		}
	}
	zexpect_equal(found, 1);
	set_number(s6, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
	set_number(s6, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
	set_number(c6, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 84);
	m.msg_controllen = sizeof(ctl);
	IS(sendto(c6, "hi", 2, 0, sa(&at6), sizeof(at6)), 2);
	IS(recvmsg(s6, &m, 0), 2);
	found = 0;
	for (struct cmsghdr *h = CMSG_FIRSTHDR(&m); h; h = CMSG_NXTHDR(&m, h)) {
		if (h->cmsg_level == IPPROTO_IPV6 && (h->cmsg_type == IPV6_PKTINFO || h->cmsg_type == IPV6_RECVPKTINFO)) {
			struct in6_pktinfo *i = (struct in6_pktinfo *)CMSG_DATA(h);

			found++;
			zexpect_mem_equal(&i->ipi6_addr, &at6.sin6_addr, 16);
		} else if (h->cmsg_level == IPPROTO_IPV6 && h->cmsg_type == IPV6_HOPLIMIT) {
			found += 10;
			zexpect_equal(*(int *)CMSG_DATA(h), 84);
		}
	}
	zexpect_equal(found, 11, "%d", found);
	/* No room. */
	m.msg_controllen = 4;
	IS(sendto(c6, "hi", 2, 0, sa(&at6), sizeof(at6)), 2);
	IS(recvmsg(s6, &m, 0), 2);
	zexpect_true(m.msg_flags & MSG_CTRUNC, "%x", m.msg_flags);
	m.msg_controllen = sizeof(ctl);
	m.msg_control = NULL;
	IS(sendto(c6, "hi", 2, 0, sa(&at6), sizeof(at6)), 2);
	IS(recvmsg(s6, &m, 0), 2);
	OK(close(s));
	OK(close(c));
	OK(close(s6));
	OK(close(c6));
}

ZTEST(udp, test_groups)
{
	int s = bound4(SOCK_DGRAM, "0.0.0.0", P), c = opened(AF_INET, SOCK_DGRAM, 0);
	int s6 = bound6(SOCK_DGRAM, "::", P + 1);
	struct ip_mreqn r = {.imr_ifindex = net_if_get_by_iface(net_if_get_default())};
	struct ip_mreq r2 = {0};
	struct ipv6_mreq r6 = {.ipv6mr_ifindex = net_if_get_by_iface(net_if_get_default())};
	struct in_addr ia;
	socklen_t len;
	int v;

	inet_pton(AF_INET, "224.0.0.200", &r.imr_multiaddr);
	r2.imr_multiaddr = r.imr_multiaddr;
	inet_pton(AF_INET6, "ff02::77", &r6.ipv6mr_multiaddr);
	FAILS(setsockopt(s, IPPROTO_IP, IP_DROP_MEMBERSHIP, &r, sizeof(r)), EADDRNOTAVAIL);
	OK(setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &r, sizeof(r)));
	FAILS(setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &r, sizeof(r)), EADDRINUSE);
	OK(setsockopt(s, IPPROTO_IP, IP_DROP_MEMBERSHIP, &r, sizeof(r)));
	OK(setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &r2, sizeof(r2)));
	OK(setsockopt(s, IPPROTO_IP, IP_DROP_MEMBERSHIP, &r2, sizeof(r2)));
	FAILS(setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, NULL, sizeof(r2)), EINVAL);
	FAILS(setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &r, 3), EINVAL);
	r.imr_ifindex = 99;
	FAILS(setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &r, sizeof(r)), ENODEV);
	r.imr_ifindex = 1;
	inet_pton(AF_INET, "192.0.2.7", &r.imr_multiaddr);
	FAILS(setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &r, sizeof(r)), EINVAL);
	OK(setsockopt(s6, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, &r6, sizeof(r6)));
	FAILS(setsockopt(s6, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, &r6, sizeof(r6)), EADDRINUSE);
	OK(setsockopt(s6, IPPROTO_IPV6, IPV6_DROP_MEMBERSHIP, &r6, sizeof(r6)));
	FAILS(setsockopt(s6, IPPROTO_IPV6, IPV6_DROP_MEMBERSHIP, &r6, sizeof(r6)), EADDRNOTAVAIL);
	r6.ipv6mr_ifindex = 99;
	FAILS(setsockopt(s6, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, &r6, sizeof(r6)), ENODEV);
	FAILS(setsockopt(s6, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, &r6, 3), EINVAL);

	/* The interface for what goes to groups. */
	len = sizeof(ia);
	memset(&ia, 1, sizeof(ia));
	OK(getsockopt(c, IPPROTO_IP, IP_MULTICAST_IF, &ia, &len));
	zexpect_equal(ia.s_addr, 0);
	r.imr_ifindex = net_if_get_by_iface(net_if_get_default());
	memset(&r.imr_multiaddr, 0, 4);
	OK(setsockopt(c, IPPROTO_IP, IP_MULTICAST_IF, &r, sizeof(r)));
	/* The address again, by which an ip_mreq names the interface. */
	r2 = (struct ip_mreq){.imr_multiaddr = r2.imr_multiaddr};
	len = sizeof(r2.imr_interface);
	OK(getsockopt(c, IPPROTO_IP, IP_MULTICAST_IF, &r2.imr_interface, &len));
	OK(setsockopt(c, IPPROTO_IP, IP_MULTICAST_IF, &r2, sizeof(r2)));
	len = sizeof(ia);
	OK(getsockopt(c, IPPROTO_IP, IP_MULTICAST_IF, &ia, &len));
	zexpect_not_equal(ia.s_addr, 0);
	r.imr_ifindex = 99;
	FAILS(setsockopt(c, IPPROTO_IP, IP_MULTICAST_IF, &r, sizeof(r)), ENODEV);
	FAILS(setsockopt(c, IPPROTO_IP, IP_MULTICAST_IF, &r, 2), EINVAL);
	ia.s_addr = htonl(0x0a000001);
	FAILS(setsockopt(c, IPPROTO_IP, IP_MULTICAST_IF, &ia, sizeof(ia)), EADDRNOTAVAIL);
	IS(get_number(s6, IPPROTO_IPV6, IPV6_MULTICAST_IF), 0);
	v = 1;
	OK(setsockopt(s6, IPPROTO_IPV6, IPV6_MULTICAST_IF, &v, sizeof(v)));
	IS(get_number(s6, IPPROTO_IPV6, IPV6_MULTICAST_IF), 1);
	v = 99;
	FAILS(setsockopt(s6, IPPROTO_IPV6, IPV6_MULTICAST_IF, &v, sizeof(v)), ENODEV);
	OK(close(s));
	OK(close(s6));
	OK(close(c));
}

ZTEST(udp, test_reuse)
{
	static const struct {
		const char *one, *two;
		bool addr1, addr2, port1, port2, ok;
	} m[] = {
		{V4, V4, 0, 0, 0, 0, false},
		{"0.0.0.0", V4, 0, 0, 0, 0, false},
		{V4, "0.0.0.0", 0, 0, 0, 0, false},
		{"0.0.0.0", "0.0.0.0", 1, 1, 0, 0, false},
		{"0.0.0.0", V4, 0, 1, 0, 0, true},
		{"0.0.0.0", V4, 1, 1, 0, 0, true},
		{V4, "0.0.0.0", 0, 1, 0, 0, true},
		{V4, V4, 1, 1, 0, 0, false},
		{V4, V4, 0, 0, 1, 1, true},
		{V4, V4, 0, 0, 0, 1, false},
		{V4, V4, 0, 0, 1, 0, false},
		{"0.0.0.0", V4, 0, 0, 1, 1, true},
		{"0.0.0.0", "0.0.0.0", 0, 0, 1, 1, true},
	};

	for (size_t i = 0; i < ARRAY_SIZE(m); i++) {
		int a = opened(AF_INET, SOCK_DGRAM, 0), b = opened(AF_INET, SOCK_DGRAM, 0);
		struct sockaddr_in x = v4_at(m[i].one, P), y = v4_at(m[i].two, P);
		int got;

		set_number(a, SOL_SOCKET, SO_REUSEADDR, m[i].addr1);
		set_number(b, SOL_SOCKET, SO_REUSEADDR, m[i].addr2);
		set_number(a, SOL_SOCKET, SO_REUSEPORT, m[i].port1);
		set_number(b, SOL_SOCKET, SO_REUSEPORT, m[i].port2);
		OK(bind(a, sa(&x), sizeof(x)));
		got = bind(b, sa(&y), sizeof(y));
		zexpect_equal(got == 0, m[i].ok, "row %d: %d errno %d", (int)i, got, errno);
		OK(close(a));
	OK(close(b));
	}
}

ZTEST(udp, test_fcntl_ioctl_poll_select)
{
	int s = bound4(SOCK_DGRAM, V4, P), v, flags;
	struct sockaddr_in at = v4_at(V4, P);
	struct pollfd fds[3];
	fd_set in, out, ex;
	struct timeval tv = {.tv_usec = 50000};
	char buf[8];

	flags = fcntl(s, F_GETFL, 0);
	zexpect_false(flags & O_NONBLOCK);
	OK(fcntl(s, F_SETFL, O_NONBLOCK));
	zexpect_true(fcntl(s, F_GETFL, 0) & O_NONBLOCK);
	FAILS(recv(s, buf, 1, 0), EWOULDBLOCK);
	OK(fcntl(s, F_SETFL, 0));
	v = 1;
	OK(ioctl(s, FIONBIO, &v));
	FAILS(recv(s, buf, 1, 0), EAGAIN);
	v = 0;
	OK(ioctl(s, FIONBIO, &v));
	OK(ioctl(s, FIONREAD, &v));
	zexpect_equal(v, 0);
	fds[0] = (struct pollfd){.fd = s, .events = POLLIN};
	IS(poll(fds, 1, 0), 0);
	IS(poll(fds, 1, 30), 0);
	fds[0].events = POLLOUT;
	IS(poll(fds, 1, 0), 1);
	IS(fds[0].revents, POLLOUT);
	fds[0].fd = -3;
	fds[0].revents = 77;
	IS(poll(fds, 1, 0), 0);
	IS(fds[0].revents, 0);
	fds[0].fd = 14;
	IS(poll(fds, 1, 0), 1);
	IS(fds[0].revents, POLLNVAL);
	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_ZERO(&ex);
	FD_SET(s, &in);
	IS(select(s + 1, &in, NULL, NULL, &tv), 0);
	zexpect_false(FD_ISSET(s, &in));
	FD_SET(s, &in);
	FD_SET(s, &out);
	IS(select(s + 1, &in, &out, &ex, NULL), 1);
	zexpect_false(FD_ISSET(s, &in));
	zexpect_true(FD_ISSET(s, &out));
	IS(sendto(s, "abc", 3, 0, sa(&at), sizeof(at)), 3);
	FD_SET(s, &in);
	IS(select(s + 1, &in, NULL, NULL, NULL), 1);
	OK(ioctl(s, FIONREAD, &v));
	zexpect_equal(v, 3);
	fds[0] = (struct pollfd){.fd = s, .events = POLLIN | POLLOUT};
	IS(poll(fds, 1, -1), 1);
	IS(fds[0].revents, POLLIN | POLLOUT);
	FD_CLR(s, &in);
	zexpect_false(FD_ISSET(s, &in));
	FD_ZERO(&in);
	FD_SET(13, &in);
	FAILS(select(14, &in, NULL, NULL, &tv), EBADF);
	FAILS(fcntl(-1, F_GETFL, 0), EBADF);
	OK(close(s));
}

ZTEST(udp, test_mapped)
{
	int s = opened(AF_INET6, SOCK_DGRAM, 0), c = opened(AF_INET, SOCK_DGRAM, 0);
	int s4;
	struct sockaddr_in6 any = v6_at("::", P), from, to6;
	struct sockaddr_in at = v4_at(V4, P), any4 = v4_at("0.0.0.0", P);
	socklen_t len = sizeof(from);
	char in[8];

	set_number(s, IPPROTO_IPV6, IPV6_V6ONLY, 0);
	OK(bind(s, sa(&any), sizeof(any)));
	IS(sendto(c, "abc", 3, 0, sa(&at), sizeof(at)), 3);
	IS(recvfrom(s, in, 8, MSG_DONTWAIT, sa(&from), &len), 3);
	zexpect_equal(from.sin6_family, AF_INET6, "%d", from.sin6_family);
	zexpect_true(net_ipv6_addr_is_v4_mapped(&from.sin6_addr));
	IS(sendto(s, "xy", 2, 0, sa(&from), sizeof(from)), 2);
	IS(recv(c, in, 8, MSG_DONTWAIT), 2);
	s4 = opened(AF_INET, SOCK_DGRAM, 0);
	FAILS(bind(s4, sa(&any4), sizeof(any4)), EADDRINUSE);
	OK(close(s));
	s = opened(AF_INET6, SOCK_DGRAM, 0);
	OK(bind(s, sa(&any), sizeof(any)));
	OK(bind(s4, sa(&any4), sizeof(any4)));
	OK(close(s));
	to6 = v6_at("::ffff:192.0.2.1", P);
	s = opened(AF_INET6, SOCK_DGRAM, 0);
	set_number(s, IPPROTO_IPV6, IPV6_V6ONLY, 0);
	IS(sendto(s, "q", 1, 0, sa(&to6), sizeof(to6)), 1);
	IS(recv(s4, in, 8, MSG_DONTWAIT), 1);
	OK(connect(s, sa(&to6), sizeof(to6)));
	IS(send(s, "q", 1, 0), 1);
	IS(recv(s4, in, 8, MSG_DONTWAIT), 1);
	OK(close(s));
	OK(close(s4));
	OK(close(c));
}
