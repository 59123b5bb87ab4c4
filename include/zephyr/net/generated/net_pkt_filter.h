// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/net_pkt_filter.h>.
 * Written by `cargo xtask headers` from src/capi/net_pkt_filter.rs, src/capi/net_pkt_filter_tests.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_NET_PKT_FILTER_H_
#define ZEPHYR_NET_GENERATED_NET_PKT_FILTER_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_PKT_FILTER)
bool (net_pkt_filter_send_ok)(struct net_pkt *pkt);

bool (net_pkt_filter_recv_ok)(struct net_pkt *pkt);
#endif

#if ((defined(CONFIG_NET_PKT_FILTER_IPV4_HOOK) || defined(CONFIG_NET_PKT_FILTER_IPV6_HOOK)) && defined(CONFIG_NET_PKT_FILTER))
bool (net_pkt_filter_ip_recv_ok)(struct net_pkt *pkt);
#endif

#if (defined(CONFIG_NET_PKT_FILTER_LOCAL_IN_HOOK) && defined(CONFIG_NET_PKT_FILTER))
bool (net_pkt_filter_local_in_recv_ok)(struct net_pkt *pkt);
#endif

#if defined(CONFIG_NET_PKT_FILTER)
void (npf_insert_rule)(struct npf_rule_list *rules, struct npf_rule *rule);

void (npf_append_rule)(struct npf_rule_list *rules, struct npf_rule *rule);

bool (npf_remove_rule)(struct npf_rule_list *rules, struct npf_rule *rule);

bool (npf_remove_all_rules)(struct npf_rule_list *rules);

bool (npf_size_inbounds)(struct npf_test *test, struct net_pkt *pkt);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_NET_PKT_FILTER_H_ */
