// SPDX-License-Identifier: Apache-2.0
/*
 * The device of the loopback interface. Its functions are in Rust (src/drivers/loopback.rs).
 */

#include <zephyr/kernel.h>

#if defined(CONFIG_NET_LOOPBACK)

#include <zephyr/net/dummy.h>
#include <zephyr/net/net_if.h>

extern const struct dummy_api znet_loopback_api;

NET_DEVICE_INIT(loopback, "lo", NULL, NULL, NULL, NULL, CONFIG_KERNEL_INIT_PRIORITY_DEFAULT,
		&znet_loopback_api, DUMMY_L2, NET_L2_GET_CTX_TYPE(DUMMY_L2),
		CONFIG_NET_LOOPBACK_MTU);

#endif /* CONFIG_NET_LOOPBACK */
