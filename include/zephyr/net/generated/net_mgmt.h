// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/net_mgmt.h>.
 * Written by `cargo xtask headers` from src/capi/net_mgmt.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_NET_MGMT_H_
#define ZEPHYR_NET_GENERATED_NET_MGMT_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_MGMT_EVENT)
void (net_mgmt_add_event_callback)(struct net_mgmt_event_callback *cb);

void (net_mgmt_del_event_callback)(struct net_mgmt_event_callback *cb);

void (net_mgmt_event_notify_with_info)(uint64_t mgmt_event,
				     struct net_if *iface,
				     const void *info,
				     size_t length);

int (net_mgmt_event_wait)(uint64_t mgmt_event_mask,
			uint64_t *raised_event,
			struct net_if **iface,
			const void **info,
			size_t *info_length,
			k_timeout_t timeout);

int (net_mgmt_event_wait_on_iface)(struct net_if *iface,
				 uint64_t mgmt_event_mask,
				 uint64_t *raised_event,
				 const void **info,
				 size_t *info_length,
				 k_timeout_t timeout);

void (net_mgmt_event_init)(void);

void (znet_mgmt_handlers)(const struct net_mgmt_event_static_handler *first,
			const struct net_mgmt_event_static_handler *end);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_NET_MGMT_H_ */
