/* SPDX-License-Identifier: Apache-2.0 */

#ifndef ECHO_SERVER_COMMON_H_
#define ECHO_SERVER_COMMON_H_

#include <zephyr/kernel.h>
#include <zephyr/net/socket.h>

#define ECHO_PORT        CONFIG_ECHO_SERVER_PORT
#define ECHO_STACK_SIZE  CONFIG_ECHO_SERVER_STACK_SIZE
#define ECHO_PRIORITY    K_PRIO_PREEMPT(8)
#define ECHO_BUFFER_SIZE CONFIG_ECHO_SERVER_BUFFER_SIZE

/*
 * Opens a socket of the given type, bound to ECHO_PORT on every address of the family.
 * Returns the descriptor, or the negative errno that kept it from being made.
 */
int echo_open(sa_family_t family, int type);

#endif /* ECHO_SERVER_COMMON_H_ */
