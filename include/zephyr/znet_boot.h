// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief How an application's start-up code hands over to the library.
 *
 * The library refers to no symbol of a linker script; the program says where its lists are. Both bounds of a list that
 * a program does not have are NULL.
 */
#ifndef ZEPHYR_INCLUDE_ZNET_BOOT_H_
#define ZEPHYR_INCLUDE_ZNET_BOOT_H_

#include <zephyr/device.h>
#include <zephyr/init.h>
#include <zephyr/kernel.h>

#ifdef __cplusplus
extern "C" {
#endif

struct net_buf_pool;
struct net_if;
struct net_if_dev;
struct net_l2;
struct net_mgmt_event_static_handler;
struct net_socket_service_desc;
struct net_socket_register;

/** First element and the one behind the last. */
#define ZNET_SECTION(type, name)                                                                   \
	type *name##_start;                                                                        \
	type *name##_end

/** Where the lists of a program are. */
struct znet_sections {
	/** Start-up entries: element n is where level n begins, element 6 is the end. */
	const struct init_entry *init_levels[7];
	ZNET_SECTION(const struct device, devices);
	ZNET_SECTION(struct _static_thread_data, threads);
	ZNET_SECTION(struct net_if, net_ifs);
	ZNET_SECTION(struct net_if_dev, net_if_devs);
	ZNET_SECTION(const struct net_l2, net_l2s);
	ZNET_SECTION(struct net_buf_pool, net_buf_pools);
	ZNET_SECTION(const struct net_mgmt_event_static_handler, net_mgmt_handlers);
	ZNET_SECTION(const struct net_socket_register, net_sockets);
	ZNET_SECTION(const struct net_socket_service_desc, net_socket_services);
	/** The application. */
	int (*main)(void);
	/** Called once, when main waits for the first time or has returned; may be NULL. */
	void (*first_sleep)(void);
};

/**
 * Starts the system: the start-up levels, the network stack, the static threads, then the application's main in a
 * thread of its own. On hosts the calling thread sleeps from then on; the process ends by exit().
 */
FUNC_NORETURN void znet_boot(const struct znet_sections *sections);

/**
 * The same for a program with a main() of its own, which calls this with the function to run as the application, or
 * NULL. The program is compiled with ZNET_OWN_MAIN defined and brings the files of src/boot/c: find_package(znet) sees
 * to both.
 */
FUNC_NORETURN void znet_start_application(int (*application)(void));

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_ZNET_BOOT_H_ */
