/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A firmware that owns its main(), its tasks and FreeRTOS's scheduler, and has a second library in
 * Rust. A task of its own answers datagrams on port 4242 with what they bring.
 */

#include <string.h>

#include <FreeRTOS.h>
#include <task.h>

#include <zephyr/net/socket.h>
#include <zephyr/sys/printk.h>
#include <zephyr/znet_boot.h>
#include <zephyr/znet_freertos.h>

#define ECHO_PORT   4242
#define STACK_WORDS 512

/* The second library: FNV-1a, 32 bits. */
uint32_t second_digest(const uint8_t *bytes, size_t len);

static StaticTask_t network_task, echo_task;
static StackType_t network_stack[STACK_WORDS], echo_stack[STACK_WORDS];

static void echo(void *argument)
{
	static uint8_t datagram[1500];
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(ECHO_PORT)};
	int sock = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);

	ARG_UNUSED(argument);
	if (zsock_bind(sock, (struct sockaddr *)&address, sizeof(address)) < 0) {
		printk("no socket on port %d\n", ECHO_PORT);
		znet_board_exit(1);
	}
	printk("answering on port %d\n", ECHO_PORT);
	while (1) {
		struct sockaddr_in peer;
		socklen_t length = sizeof(peer);
		ssize_t len = zsock_recvfrom(sock, datagram, sizeof(datagram), 0,
					     (struct sockaddr *)&peer, &length);

		if (len >= 0) {
			(void)zsock_sendto(sock, datagram, len, 0, (struct sockaddr *)&peer,
					   length);
		}
	}
}

/* Called when the network is up. */
static int application(void)
{
	xTaskCreateStatic(echo, "echo", STACK_WORDS, NULL, 2, echo_stack, &echo_task);

	return 0;
}

static void start_network(void *argument)
{
	ARG_UNUSED(argument);
	znet_start_application(application);
}

int main(void)
{
	static const uint8_t word[] = {'f', 'o', 'o', 'b', 'a', 'r'};

	/* A known pair, so that the second library is seen to work beside the first. */
	if (second_digest(word, sizeof(word)) != 0xbf9cf968) {
		znet_board_exit(1);
	}
	xTaskCreateStatic(start_network, "network", STACK_WORDS, NULL, 1, network_stack,
			  &network_task);
	vTaskStartScheduler();

	return 1;
}
