// SPDX-License-Identifier: Apache-2.0
/*
 * Starts networking when all devices have come up: the stack's threads, then the interfaces.
 */

#include <zephyr/kernel.h>

#if defined(CONFIG_NETWORKING)

#include <zephyr/init.h>
#include <zephyr/net/conn_mgr_connectivity_impl.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_mgmt.h>

extern int znet_net_init(struct net_if *first, struct net_if *end);

static int net_init(void)
{
	STRUCT_SECTION_START_EXTERN(net_if);
	STRUCT_SECTION_END_EXTERN(net_if);

#if defined(CONFIG_NET_MGMT_EVENT)
	STRUCT_SECTION_START_EXTERN(net_mgmt_event_static_handler);
	STRUCT_SECTION_END_EXTERN(net_mgmt_event_static_handler);

	znet_mgmt_handlers(STRUCT_SECTION_START(net_mgmt_event_static_handler),
			   STRUCT_SECTION_END(net_mgmt_event_static_handler));
#endif
	return znet_net_init(STRUCT_SECTION_START(net_if), STRUCT_SECTION_END(net_if));
}

SYS_INIT(net_init, POST_KERNEL, CONFIG_NET_INIT_PRIO);

#if defined(CONFIG_NET_CONNECTION_MANAGER)
static int conn_mgr_init(void)
{
	STRUCT_SECTION_START_EXTERN(conn_mgr_conn_binding);
	STRUCT_SECTION_END_EXTERN(conn_mgr_conn_binding);

	znet_conn_mgr_init(STRUCT_SECTION_START(conn_mgr_conn_binding),
			   STRUCT_SECTION_END(conn_mgr_conn_binding));
	return 0;
}

SYS_INIT(conn_mgr_init, APPLICATION, CONFIG_NET_CONNECTION_MANAGER_MONITOR_PRIORITY);
#endif

#endif /* CONFIG_NETWORKING */
