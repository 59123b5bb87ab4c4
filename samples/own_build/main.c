/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program with its own main() that starts the stack as a part of itself. One socket sends to another
 * by the loopback interface; the exit status says whether the datagram came.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zephyr/net/socket.h>
#include <zephyr/znet_boot.h>

#define PORT 4242

static const char greeting[] = "from one socket to the other";

/* Returns whether the datagram came, and came whole. */
static int greet(int sender, int receiver)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
	struct sockaddr *to = (struct sockaddr *)&address;
	char got[sizeof(greeting) + 1];

	(void)zsock_inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);

	return zsock_bind(receiver, to, sizeof(address)) == 0 &&
	       zsock_sendto(sender, greeting, sizeof(greeting), 0, to, sizeof(address)) ==
		       sizeof(greeting) &&
	       zsock_recv(receiver, got, sizeof(got), 0) == sizeof(greeting) &&
	       memcmp(got, greeting, sizeof(greeting)) == 0;
}

static int application(void)
{
	int sender = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	int receiver = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	int ok = sender >= 0 && receiver >= 0 && greet(sender, receiver);

	printf("%s\n", ok ? "the datagram came" : "no datagram came");
	exit(ok ? EXIT_SUCCESS : EXIT_FAILURE);
}

int main(void)
{
	printf("starting the stack\n");
	znet_start_application(application);
}
