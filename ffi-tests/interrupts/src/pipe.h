/* SPDX-License-Identifier: Apache-2.0 */
/* A link without header whose driver counts what it is given, and a timer that interrupts once. */

#ifndef PIPE_H_
#define PIPE_H_

#include <zephyr/kernel.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/net/socket.h>
#include <zephyr/ztest.h>

#define PORT 4242

/* Packets that the driver was given. */
extern volatile uint32_t pipe_sent;

/* A socket on PORT, connected to the pipe's other end. */
int pipe_socket(void);

/* What a driver does with a datagram for PORT that came in; 0, or what failed. */
int pipe_receive(uint32_t number);

/* Nothing is in a pool; waits a little for threads that are about to give back. */
void pipe_at_rest(void);

/* Has `handler` run as an interrupt, once, that many ticks of 40 ns from now. */
void shoot_after(uint32_t ticks, void (*handler)(void));

/* How often a handler ran. */
extern volatile uint32_t shots;

#endif
