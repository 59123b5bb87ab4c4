// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Packet filter: lists of rules that packets have to pass.
 *
 * A rule is a verdict and tests. The first rule of a list whose tests all say yes decides about a
 * packet; where no rule does the packet is dropped, unless the list is empty. So a list that lets
 * pass what it does not name ends with npf_default_ok.
 */

#ifndef ZEPHYR_INCLUDE_NET_PKT_FILTER_H_
#define ZEPHYR_INCLUDE_NET_PKT_FILTER_H_

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include <zephyr/net/ethernet.h>
#include <zephyr/net/net_core.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/spinlock.h>
#include <zephyr/sys/slist.h>
#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

struct npf_test;

/** A test: whether @p pkt is as @p test asks. It must not wait. */
typedef bool(npf_test_fn_t)(struct npf_test *test, struct net_pkt *pkt);

/** Head of every test's structure. */
struct npf_test {
	npf_test_fn_t *fn; /**< The test */
};

/** A rule. The application keeps it in place while it is in a list. */
struct npf_rule {
	sys_snode_t node;         /**< Internal */
	enum net_verdict result;  /**< NET_OK or NET_DROP */
	uint32_t nb_tests;        /**< How many tests */
	struct npf_test *tests[]; /**< All of which must say yes */
};

/** Last rule of a list that lets pass what no other rule names. */
extern struct npf_rule npf_default_ok;
/** Last rule of a list that drops it; so does a list without it. */
extern struct npf_rule npf_default_drop;

/** A list of rules. */
struct npf_rule_list {
	sys_slist_t rule_head;  /**< Internal */
	struct k_spinlock lock; /**< Internal */
};

/** For packets on their way to a driver. */
extern struct npf_rule_list npf_send_rules;
/** For packets that come from a driver, link header first. */
extern struct npf_rule_list npf_recv_rules;
/** For received packets to this host, IP header first. */
extern struct npf_rule_list npf_local_in_recv_rules;
/** For received packets of IPv4, IP header first. */
extern struct npf_rule_list npf_ipv4_recv_rules;
/** For received packets of IPv6, IP header first. */
extern struct npf_rule_list npf_ipv6_recv_rules;

/** Puts a rule before all others. */
void npf_insert_rule(struct npf_rule_list *rules, struct npf_rule *rule);

/** Puts a rule behind all others. */
void npf_append_rule(struct npf_rule_list *rules, struct npf_rule *rule);

/** Takes a rule out: false when it is not in the list. */
bool npf_remove_rule(struct npf_rule_list *rules, struct npf_rule *rule);

/** Takes all rules out: false when there were none. */
bool npf_remove_all_rules(struct npf_rule_list *rules);

#define npf_insert_send_rule(rule)  npf_insert_rule(&npf_send_rules, rule)
#define npf_append_send_rule(rule)  npf_append_rule(&npf_send_rules, rule)
#define npf_remove_send_rule(rule)  npf_remove_rule(&npf_send_rules, rule)
#define npf_remove_all_send_rules() npf_remove_all_rules(&npf_send_rules)

#define npf_insert_recv_rule(rule)  npf_insert_rule(&npf_recv_rules, rule)
#define npf_append_recv_rule(rule)  npf_append_rule(&npf_recv_rules, rule)
#define npf_remove_recv_rule(rule)  npf_remove_rule(&npf_recv_rules, rule)
#define npf_remove_all_recv_rules() npf_remove_all_rules(&npf_recv_rules)

#if defined(CONFIG_NET_PKT_FILTER_LOCAL_IN_HOOK)
#define npf_insert_local_in_recv_rule(rule)  npf_insert_rule(&npf_local_in_recv_rules, rule)
#define npf_append_local_in_recv_rule(rule)  npf_append_rule(&npf_local_in_recv_rules, rule)
#define npf_remove_local_in_recv_rule(rule)  npf_remove_rule(&npf_local_in_recv_rules, rule)
#define npf_remove_all_local_in_recv_rules() npf_remove_all_rules(&npf_local_in_recv_rules)
#endif

#if defined(CONFIG_NET_PKT_FILTER_IPV4_HOOK)
#define npf_insert_ipv4_recv_rule(rule)  npf_insert_rule(&npf_ipv4_recv_rules, rule)
#define npf_append_ipv4_recv_rule(rule)  npf_append_rule(&npf_ipv4_recv_rules, rule)
#define npf_remove_ipv4_recv_rule(rule)  npf_remove_rule(&npf_ipv4_recv_rules, rule)
#define npf_remove_all_ipv4_recv_rules() npf_remove_all_rules(&npf_ipv4_recv_rules)
#endif

#if defined(CONFIG_NET_PKT_FILTER_IPV6_HOOK)
#define npf_insert_ipv6_recv_rule(rule)  npf_insert_rule(&npf_ipv6_recv_rules, rule)
#define npf_append_ipv6_recv_rule(rule)  npf_append_rule(&npf_ipv6_recv_rules, rule)
#define npf_remove_ipv6_recv_rule(rule)  npf_remove_rule(&npf_ipv6_recv_rules, rule)
#define npf_remove_all_ipv6_recv_rules() npf_remove_all_rules(&npf_ipv6_recv_rules)
#endif

#define Z_NPF_TEST_ADDR(arg) &arg.test

/** Defines a rule: its verdict, then the names of one test or more. */
#define NPF_RULE(_name, _result, ...)                                                              \
	struct npf_rule _name = {.result = (_result),                                              \
				 .nb_tests = NUM_VA_ARGS_LESS_1(__VA_ARGS__) + 1,                  \
				 .tests = {FOR_EACH(Z_NPF_TEST_ADDR, (,), __VA_ARGS__)}}

/** Compares the interface of a packet. */
struct npf_test_iface {
	struct npf_test test; /**< Head */
	struct net_if *iface; /**< The interface */
};

bool npf_iface_match(struct npf_test *test, struct net_pkt *pkt);
bool npf_iface_unmatch(struct npf_test *test, struct net_pkt *pkt);
bool npf_orig_iface_match(struct npf_test *test, struct net_pkt *pkt);
bool npf_orig_iface_unmatch(struct npf_test *test, struct net_pkt *pkt);

#define Z_NPF_IFACE(_name, _iface, _fn)                                                            \
	struct npf_test_iface _name = {.test = {.fn = _fn}, .iface = (_iface)}

/** The packet is on this interface. */
#define NPF_IFACE_MATCH(_name, _iface)        Z_NPF_IFACE(_name, _iface, npf_iface_match)
/** It is on another one. */
#define NPF_IFACE_UNMATCH(_name, _iface)      Z_NPF_IFACE(_name, _iface, npf_iface_unmatch)
/** The packet came over this interface, whichever it is handled on now. */
#define NPF_ORIG_IFACE_MATCH(_name, _iface)   Z_NPF_IFACE(_name, _iface, npf_orig_iface_match)
/** It came over another one. */
#define NPF_ORIG_IFACE_UNMATCH(_name, _iface) Z_NPF_IFACE(_name, _iface, npf_orig_iface_unmatch)

/** Compares the size of a packet. */
struct npf_test_size_bounds {
	struct npf_test test; /**< Head */
	size_t min;           /**< Smallest */
	size_t max;           /**< Largest */
};

bool npf_size_inbounds(struct npf_test *test, struct net_pkt *pkt);

/** The packet has from @p _min_size to @p _max_size bytes. */
#define NPF_SIZE_BOUNDS(_name, _min_size, _max_size)                                               \
	struct npf_test_size_bounds _name = {                                                      \
		.test = {.fn = npf_size_inbounds}, .min = (_min_size), .max = (_max_size)}

/** It has at least @p _size bytes. */
#define NPF_SIZE_MIN(_name, _size) NPF_SIZE_BOUNDS(_name, _size, SIZE_MAX)
/** It has at most @p _size bytes. */
#define NPF_SIZE_MAX(_name, _size) NPF_SIZE_BOUNDS(_name, 0, _size)

/** Compares the IP source of a packet. */
struct npf_test_ip {
	struct npf_test test; /**< Head */
	uint8_t addr_family;  /**< AF_INET or AF_INET6 */
	void *ipaddr;         /**< Array of struct in_addr or in6_addr */
	uint32_t ipaddr_num;  /**< Its elements */
};

bool npf_ip_src_addr_match(struct npf_test *test, struct net_pkt *pkt);
bool npf_ip_src_addr_unmatch(struct npf_test *test, struct net_pkt *pkt);

#define Z_NPF_IP(_name, _array, _num, _af, _fn)                                                    \
	struct npf_test_ip _name = {.test = {.fn = _fn},                                           \
				    .addr_family = _af,                                            \
				    .ipaddr = (_array),                                            \
				    .ipaddr_num = _num}

/** The source is one of these. For the lists whose packets begin with their IP header. */
#define NPF_IP_SRC_ADDR_ALLOWLIST(_name, _ip_addr_array, _ip_addr_num, _af)                        \
	Z_NPF_IP(_name, _ip_addr_array, _ip_addr_num, _af, npf_ip_src_addr_match)
/** The source is none of these. */
#define NPF_IP_SRC_ADDR_BLOCKLIST(_name, _ip_addr_array, _ip_addr_num, _af)                        \
	Z_NPF_IP(_name, _ip_addr_array, _ip_addr_num, _af, npf_ip_src_addr_unmatch)

/** Compares a station's address in the frame. */
struct npf_test_eth_addr {
	struct npf_test test;           /**< Head */
	unsigned int nb_addresses;      /**< Elements of the array */
	struct net_eth_addr *addresses; /**< Addresses */
	struct net_eth_addr mask;       /**< Bits that are compared */
};

bool npf_eth_src_addr_match(struct npf_test *test, struct net_pkt *pkt);
bool npf_eth_src_addr_unmatch(struct npf_test *test, struct net_pkt *pkt);
bool npf_eth_dst_addr_match(struct npf_test *test, struct net_pkt *pkt);
bool npf_eth_dst_addr_unmatch(struct npf_test *test, struct net_pkt *pkt);

#define Z_NPF_ETH_ADDR(_name, _addr_array, _fn, ...)                                               \
	struct npf_test_eth_addr _name = {.test = {.fn = _fn},                                     \
					  .nb_addresses = ARRAY_SIZE(_addr_array),                 \
					  .addresses = (_addr_array),                              \
					  .mask = {.addr = {__VA_ARGS__}}}

/** The frame comes from one of these stations. */
#define NPF_ETH_SRC_ADDR_MATCH(_name, _addr_array)                                                 \
	Z_NPF_ETH_ADDR(_name, _addr_array, npf_eth_src_addr_match, 0xff, 0xff, 0xff, 0xff, 0xff,   \
		       0xff)
/** It comes from none of them. */
#define NPF_ETH_SRC_ADDR_UNMATCH(_name, _addr_array)                                               \
	Z_NPF_ETH_ADDR(_name, _addr_array, npf_eth_src_addr_unmatch, 0xff, 0xff, 0xff, 0xff, 0xff, \
		       0xff)
/** The frame goes to one of these stations. */
#define NPF_ETH_DST_ADDR_MATCH(_name, _addr_array)                                                 \
	Z_NPF_ETH_ADDR(_name, _addr_array, npf_eth_dst_addr_match, 0xff, 0xff, 0xff, 0xff, 0xff,   \
		       0xff)
/** It goes to none of them. */
#define NPF_ETH_DST_ADDR_UNMATCH(_name, _addr_array)                                               \
	Z_NPF_ETH_ADDR(_name, _addr_array, npf_eth_dst_addr_unmatch, 0xff, 0xff, 0xff, 0xff, 0xff, \
		       0xff)
/** The frame's source agrees with one of these in the bits of a mask of six bytes. */
#define NPF_ETH_SRC_ADDR_MASK_MATCH(_name, _addr_array, ...)                                       \
	Z_NPF_ETH_ADDR(_name, _addr_array, npf_eth_src_addr_match, __VA_ARGS__)
/** The same of its destination. */
#define NPF_ETH_DST_ADDR_MASK_MATCH(_name, _addr_array, ...)                                       \
	Z_NPF_ETH_ADDR(_name, _addr_array, npf_eth_dst_addr_match, __VA_ARGS__)

/** Compares the EtherType of a frame. */
struct npf_test_eth_type {
	struct npf_test test; /**< Head */
	uint16_t type;        /**< In network order */
};

bool npf_eth_type_match(struct npf_test *test, struct net_pkt *pkt);
bool npf_eth_type_unmatch(struct npf_test *test, struct net_pkt *pkt);

/** The frame has this EtherType. */
#define NPF_ETH_TYPE_MATCH(_name, _type)                                                           \
	struct npf_test_eth_type _name = {.test = {.fn = npf_eth_type_match}, .type = htons(_type)}
/** It has another one. */
#define NPF_ETH_TYPE_UNMATCH(_name, _type)                                                         \
	struct npf_test_eth_type _name = {.test = {.fn = npf_eth_type_unmatch},                    \
					  .type = htons(_type)}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_PKT_FILTER_H_ */
