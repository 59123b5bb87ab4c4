/* SPDX-License-Identifier: Apache-2.0 */
/* The standard headers give the stack's functions, and leave the rest of the C library as it is. */

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "test.h"

int posix_names(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(4242)};
	struct pollfd nothing = {.fd = -1, .events = POLLIN};
	char text[16];

	/* The stack's own numbers, not those of the host. */
	return AF_INET == 1 && O_NONBLOCK == ZVFS_O_NONBLOCK && address.sin_port != 0 &&
	       socket == zsock_socket && bind == zsock_bind && close == zsock_close &&
	       poll(&nothing, 1, 0) == 0 && fcntl(-1, F_GETFL, 0) < 0 &&
	       inet_ntop(AF_INET, &address.sin_addr, text, sizeof(text)) == text &&
	       /* And one that stays the host's. */
	       getpid() > 1;
}
