// SPDX-License-Identifier: Apache-2.0
/*
 * Addresses in text and in bytes.
 */

#include <zephyr/ztest.h>
#include <zephyr/net/ethernet_vlan.h>
#include <zephyr/net/hostname.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>

ZTEST_SUITE(text, NULL, NULL, NULL, NULL, NULL);

ZTEST(text, test_ipv4_in_and_out)
{
	static const char *const good[] = {"0.0.0.0", "192.0.2.1", "255.255.255.255", "8.8.8.8"};
	static const char *const bad[] = {
		"",	    "1",	  "1.2.3",	"1.2.3.4.5", "1.2.3.256", "1.2.3.4 ",
		" 1.2.3.4", "1.2.3.-4",	  "1..2.3",	"1.2.3.4.",  "a.b.c.d",	  "1.2.3.4x",
		"1.2.3.04", "0x1.2.3.4",  "4294967296", "::1",
	};
	struct in_addr addr;
	char out[NET_IPV4_ADDR_LEN];

	ARRAY_FOR_EACH(good, i) {
		zassert_ok(net_addr_pton(AF_INET, good[i], &addr), "%s", good[i]);
		zassert_equal_ptr(net_addr_ntop(AF_INET, &addr, out, sizeof(out)), out);
		zassert_str_equal(out, good[i]);
	}
	ARRAY_FOR_EACH(bad, i) {
		zassert_equal(net_addr_pton(AF_INET, bad[i], &addr), -EINVAL, "\"%s\"", bad[i]);
	}
}

ZTEST(text, test_ipv6_in_and_out)
{
	static const struct {
		const char *in, *out;
	} good[] = {
		{"::", "::"},
		{"::1", "::1"},
		{"2001:DB8:0:0:0:0:0:1", "2001:db8::1"},
		{"2001:db8:0:1:0:0:0:1", "2001:db8:0:1::1"},
		{"fe80::0202:b3ff:fe1e:8329", "fe80::202:b3ff:fe1e:8329"},
		{"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
		{"1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"},
		{"::ffff:192.0.2.1", "::ffff:192.0.2.1"},
	};
	static const char *const bad[] = {
		"", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::",
		"::1 ", "[::1]", "fe80::1%1", "::1.2.3", "1.2.3.4",
	};
	struct in6_addr addr;
	char out[NET_IPV6_ADDR_LEN];

	ARRAY_FOR_EACH_PTR(good, row) {
		zassert_ok(net_addr_pton(AF_INET6, row->in, &addr), "%s", row->in);
		zassert_equal_ptr(net_addr_ntop(AF_INET6, &addr, out, sizeof(out)), out);
		zassert_str_equal(out, row->out);
	}
	ARRAY_FOR_EACH(bad, i) {
		zassert_equal(net_addr_pton(AF_INET6, bad[i], &addr), -EINVAL, "\"%s\"", bad[i]);
	}
}

ZTEST(text, test_other_families_and_short_buffers)
{
	struct in_addr addr = {{{192, 0, 2, 100}}};
	char out[NET_IPV4_ADDR_LEN];

	zassert_equal(net_addr_pton(AF_UNIX, "1.2.3.4", &addr), -EAFNOSUPPORT);
	zassert_equal(net_addr_pton(AF_INET, NULL, &addr), -EINVAL);
	zassert_is_null(net_addr_ntop(AF_UNIX, &addr, out, sizeof(out)));
	zassert_is_null(net_addr_ntop(AF_INET, &addr, out, 11), "the end would not fit");
	zassert_not_null(net_addr_ntop(AF_INET, &addr, out, 12));
	zassert_is_null(net_addr_ntop(AF_INET, &addr, out, 0));
	zassert_is_null(net_addr_ntop(AF_INET, NULL, out, 12));
}

ZTEST(text, test_addresses_with_ports)
{
	static const struct {
		const char *text;
		bool good;
		uint16_t port;
	} table[] = {
		{"192.0.2.1", true, 0},	     {"192.0.2.1:80", true, 80},
		{"192.0.2.1:65535", true, 65535},
		{"192.0.2.1:65536", false, 0}, {"192.0.2.1:", false, 0},
		{"192.0.2.1:0", false, 0},   {"192.0.2.1:-1", false, 0},
		{"192.0.2.1:80:", false, 0}, {"192.0.2", false, 0},
		{"[192.0.2.1]:80", false, 0}, {"", false, 0},
	};
	struct sockaddr addr;

	ARRAY_FOR_EACH_PTR(table, row) {
		memset(&addr, 0xff, sizeof(addr));
		zassert_equal(net_ipaddr_parse(row->text, strlen(row->text), &addr), row->good,
			      "%s", row->text);
		if (row->good) {
			zassert_equal(addr.sa_family, AF_INET);
			zassert_equal(ntohs(net_sin(&addr)->sin_port), row->port);
			zassert_equal(net_sin(&addr)->sin_addr.s4_addr[3], 1);
		}
	}
	zassert_true(net_ipaddr_parse("192.0.2.1garbage", 9, &addr), "the length counts");
	zassert_false(net_ipaddr_parse(NULL, 0, &addr));
}

ZTEST(text, test_default_port)
{
	struct sockaddr_in addr = {.sin_family = AF_INET};

	zassert_ok(net_port_set_default((struct sockaddr *)&addr, 5683));
	zassert_equal(addr.sin_port, htons(5683));
	zassert_ok(net_port_set_default((struct sockaddr *)&addr, 80));
	zassert_equal(addr.sin_port, htons(5683), "it has one");
	addr.sin_family = AF_UNIX;
	zassert_equal(net_port_set_default((struct sockaddr *)&addr, 80), -EINVAL);
	zassert_equal(net_port_set_default(NULL, 80), -EINVAL);
}

ZTEST(text, test_bytes)
{
	static const char *const bad[] = {"", "02:00:5e:00:53", "02:00:5e:00:53:01:02",
					  "02:00:5e:00:53:0", "02:00:5e:00:53:0g",
					  "2:00:5e:00:53:001", "0200005e00005301a"};
	uint8_t bytes[6];

	zassert_ok(net_bytes_from_str(bytes, sizeof(bytes), "02:00:5E:00:53:fF"));
	zassert_equal(bytes[2], 0x5e);
	zassert_equal(bytes[5], 0xff);
	zassert_ok(net_bytes_from_str(bytes, sizeof(bytes), "02-00-5e-00-53-01"));
	ARRAY_FOR_EACH(bad, i) {
		zassert_equal(net_bytes_from_str(bytes, sizeof(bytes), bad[i]), -EINVAL, "%s",
			      bad[i]);
	}
	zassert_equal(net_bytes_from_str(bytes, -1, "02"), -EINVAL);
}

ZTEST(text, test_names_of_families_and_types)
{
	zassert_str_equal(net_family2str(AF_INET), "AF_INET");
	zassert_str_equal(net_family2str(AF_INET6), "AF_INET6");
	zassert_is_null(net_family2str(99));
	zassert_str_equal(net_addr_type2str(NET_ADDR_DHCP), "DHCP");
	zassert_str_equal(net_addr_type2str(NET_ADDR_ANY), "<unknown>");
}

ZTEST(text, test_special_addresses)
{
	struct in_addr loopback = INADDR_LOOPBACK_INIT, any = INADDR_ANY_INIT;
	struct in6_addr loopback6 = IN6ADDR_LOOPBACK_INIT, any6 = IN6ADDR_ANY_INIT;

	zassert_true(net_ipv4_is_addr_loopback(&loopback));
	zassert_true(net_ipv4_is_addr_unspecified(&any));
	zassert_equal(net_ipv4_broadcast_address()->s_addr, INADDR_BROADCAST);
	zassert_equal(net_ipv4_unspecified_address()->s_addr, INADDR_ANY);
	zassert_true(net_ipv6_addr_cmp(&loopback6, &in6addr_loopback));
	zassert_true(net_ipv6_addr_cmp(&any6, &in6addr_any));
	zassert_true(net_ipv6_is_addr_unspecified(net_ipv6_unspecified_address()));
}

ZTEST(text, test_kinds_of_ipv4_addresses)
{
	static const struct {
		struct in_addr addr;
		bool mcast, link_local, private;
	} table[] = {
		{{{{224, 0, 0, 1}}}, true, false, false},
		{{{{239, 255, 255, 255}}}, true, false, false},
		{{{{240, 0, 0, 1}}}, false, false, false},
		{{{{169, 254, 1, 1}}}, false, true, false},
		{{{{169, 253, 1, 1}}}, false, false, false},
		{{{{10, 255, 0, 1}}}, false, false, true},
		{{{{172, 15, 0, 1}}}, false, false, false},
		{{{{172, 31, 0, 1}}}, false, false, true},
		{{{{172, 32, 0, 1}}}, false, false, false},
		{{{{192, 168, 9, 9}}}, false, false, true},
		{{{{100, 64, 0, 1}}}, false, false, true},
		{{{{100, 128, 0, 1}}}, false, false, false},
		{{{{198, 51, 100, 7}}}, false, false, true},
		{{{{8, 8, 8, 8}}}, false, false, false},
	};

	ARRAY_FOR_EACH_PTR(table, row) {
		zassert_equal(net_ipv4_is_addr_mcast(&row->addr), row->mcast);
		zassert_equal(net_ipv4_is_ll_addr(&row->addr), row->link_local);
		zassert_equal(net_ipv4_is_private_addr(&row->addr), row->private);
	}
}

ZTEST(text, test_addresses_at_any_alignment)
{
	uint8_t bytes[12] = {0, 169, 254, 1, 2, 0, 0};
	const struct in_addr *odd = (const struct in_addr *)&bytes[1];
	uint8_t copy[5];

	zassert_true(net_ipv4_is_ll_addr(odd));
	net_ipv4_addr_copy_raw(&copy[1], &bytes[1]);
	zassert_true(net_ipv4_addr_cmp_raw(&copy[1], &bytes[1]));
	zassert_false(net_ipv4_addr_cmp_raw(&copy[1], &bytes[2]));
}

ZTEST(text, test_ipv6_prefixes)
{
	struct in6_addr a, b, cut;

	net_ipv6_addr_create(&a, 0x2001, 0xdb8, 0, 0x1234, 0, 0, 0, 1);
	net_ipv6_addr_create(&b, 0x2001, 0xdb8, 0, 0x1235, 0, 0, 0, 1);
	zassert_true(net_ipv6_is_prefix(a.s6_addr, b.s6_addr, 0));
	zassert_true(net_ipv6_is_prefix(a.s6_addr, b.s6_addr, 48));
	zassert_true(net_ipv6_is_prefix(a.s6_addr, b.s6_addr, 63));
	zassert_false(net_ipv6_is_prefix(a.s6_addr, b.s6_addr, 64));
	zassert_true(net_ipv6_is_prefix(a.s6_addr, a.s6_addr, 128));
	zassert_false(net_ipv6_is_prefix(a.s6_addr, a.s6_addr, 129));
	net_ipv6_addr_prefix_mask(b.s6_addr, cut.s6_addr, 63);
	zassert_equal(cut.s6_addr[7], 0x34);
	zassert_equal(cut.s6_addr[15], 0);
}

ZTEST(text, test_ipv6_groups)
{
	struct in6_addr addr, group;

	net_ipv6_addr_create(&addr, 0xfe80, 0, 0, 0, 0, 0, 0x00ab, 0xcdef);
	zassert_true(net_ipv6_is_ll_addr(&addr));
	net_ipv6_addr_create_solicited_node(&addr, &group);
	zassert_true(net_ipv6_is_addr_solicited_node(&group));
	zassert_equal(group.s6_addr[13], 0xab);
	net_ipv6_addr_create_ll_allnodes_mcast(&group);
	zassert_true(net_ipv6_is_addr_mcast_link_all_nodes(&group));
	zassert_false(net_ipv6_is_addr_mcast_iface_all_nodes(&group));
	net_ipv6_addr_create_ll_allrouters_mcast(&group);
	zassert_false(net_ipv6_is_addr_mcast_all_nodes_group(&group));
	zassert_true(net_ipv6_is_addr_mcast_link(&group));
	zassert_false(net_ipv6_is_addr_mcast_global(&group));
}

ZTEST(text, test_ipv4_in_ipv6)
{
	struct in_addr v4 = {{{192, 0, 2, 1}}};
	struct in6_addr v6;

	net_ipv6_addr_create_v4_mapped(&v4, &v6);
	zassert_true(net_ipv6_addr_is_v4_mapped(&v6));
	zassert_equal(v6.s6_addr[12], 192);
	zassert_false(net_ipv6_addr_is_v4_mapped(&in6addr_loopback));
}

ZTEST(text, test_interface_identifiers)
{
	static const uint8_t mac[] = {0x02, 0x00, 0x5e, 0x10, 0x20, 0x30};
	struct net_linkaddr lladdr;
	struct in6_addr addr;

	net_ipv6_addr_create(&addr, 0xfe80, 0, 0, 0, 0x0000, 0x5eff, 0xfe10, 0x2030);
	zassert_ok(net_linkaddr_create(&lladdr, mac, sizeof(mac), NET_LINK_ETHERNET));
	zassert_true(net_ipv6_addr_based_on_ll(&addr, &lladdr));
	addr.s6_addr[15]++;
	zassert_false(net_ipv6_addr_based_on_ll(&addr, &lladdr));
}

ZTEST(text, test_link_addresses)
{
	static const uint8_t mac[] = {2, 0, 0, 0, 0, 1};
	struct net_linkaddr a, b;

	zassert_ok(net_linkaddr_create(&a, mac, 6, NET_LINK_ETHERNET));
	zassert_ok(net_linkaddr_copy(&b, &a));
	zassert_true(net_linkaddr_cmp(&a, &b));
	zassert_ok(net_linkaddr_set(&b, mac, 5));
	zassert_false(net_linkaddr_cmp(&a, &b), "another length");
	zassert_equal(b.type, NET_LINK_ETHERNET);
	zassert_equal(net_linkaddr_set(&b, mac, NET_LINK_ADDR_MAX_LENGTH + 1), -EMSGSIZE);
	zassert_equal(net_linkaddr_set(NULL, mac, 6), -EINVAL);
	zassert_ok(net_linkaddr_clear(&b));
	zassert_equal(b.len, 0);
	zassert_false(net_linkaddr_cmp(NULL, &a));
	b.len = 255;
	zassert_equal(net_linkaddr_copy(&a, &b), -EMSGSIZE);
}

ZTEST(text, test_vlan_fields)
{
	uint16_t tci = net_eth_vlan_set_vid(0, 0x123);

	tci = net_eth_vlan_set_pcp(tci, 5);
	tci = net_eth_vlan_set_dei(tci, true);
	zassert_equal(tci, 0xb123);
	zassert_equal(net_eth_vlan_get_vid(tci), 0x123);
	zassert_equal(net_eth_vlan_get_pcp(tci), 5);
	zassert_equal(net_eth_vlan_get_dei(tci), 1);
	zassert_equal(net_vlan2priority(9), NET_PRIORITY_BE);
	zassert_equal(net_priority2vlan(NET_PRIORITY_IC), 6);
}

ZTEST(text, test_sequence_numbers_wrap)
{
	zassert_true(net_tcp_seq_greater(2, 0xfffffff0U));
	zassert_false(net_tcp_seq_greater(0xfffffff0U, 2));
	zassert_equal(net_tcp_seq_cmp(5, 5), 0);
}

ZTEST(text, test_lifetimes)
{
	struct net_timeout timeout;

	net_timeout_set(&timeout, 5, 1000);
	zassert_equal(net_timeout_remaining(&timeout, 1000), 5);
	zassert_equal(net_timeout_deadline(&timeout, 2000), 6000);
	zassert_equal(net_timeout_evaluate(&timeout, 2000), 4000);
	zassert_equal(net_timeout_evaluate(&timeout, 6000), 0);
	net_timeout_set(&timeout, UINT32_MAX, 0);
	zassert_equal(net_timeout_evaluate(&timeout, 0), NET_TIMEOUT_MAX_VALUE);
	zassert_equal(net_timeout_remaining(&timeout, 0), UINT32_MAX);
}

ZTEST(text, test_host_name)
{
	char long_name[NET_HOSTNAME_SIZE];

	memset(long_name, 'x', sizeof(long_name));
	zassert_str_equal(net_hostname_get(), "board");
	zassert_ok(net_hostname_set("other", 5));
	zassert_str_equal(net_hostname_get(), "other");
	zassert_equal(net_hostname_set(long_name, sizeof(long_name)), -ENOMEM);
	zassert_str_equal(net_hostname_get(), "other");
	net_hostname_init();
	zassert_str_equal(net_hostname_get(), "board");
}
