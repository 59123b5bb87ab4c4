/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DRIVER_H_
#define DRIVER_H_

#include <zephyr/net/net_if.h>

struct vnd_config {
	uintptr_t base;
	size_t size;
	uint8_t mac[6];
	bool is_rmii;
	bool fast;
	void (*irq_config)(void);
};

struct vnd_data {
	struct net_if *iface;
	int inits;
	int irq;
	int irq_priority;
	size_t bytes;
};

#endif /* DRIVER_H_ */
