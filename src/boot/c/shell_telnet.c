// SPDX-License-Identifier: Apache-2.0
/*
 * The shell over Telnet (RFC 854): one client at a time, of either family. The server echoes (RFC
 * 857) and sends without turns (RFC 858), so that clients pass each key on at once.
 */
#if defined(CONFIG_SHELL_BACKEND_TELNET)

#include <zephyr/init.h>
#include <zephyr/kernel.h>
#include <zephyr/logging/log.h>
#include <zephyr/net/socket.h>
#include <zephyr/shell/shell_telnet.h>

LOG_MODULE_REGISTER(shell_telnet, CONFIG_SHELL_TELNET_LOG_LEVEL);

#define RETRY K_SECONDS(1)

/* RFC 854, "Telnet command structure" */
enum {
	SE = 240,
	SB = 250,
	WILL = 251,
	WONT = 252,
	DO = 253,
	DONT = 254,
	IAC = 255,
};

enum {
	ECHO = 1,
	SUPPRESS_GO_AHEAD = 3,
};

/* Where a command that the client sends has got to. */
enum state {
	DATA,
	COMMAND,
	OPTION,
	SUBOPTION,
	SUBOPTION_END,
};

K_MSGQ_DEFINE(shell_telnet_received, 1, CONFIG_ZNET_SHELL_TELNET_RX_SIZE, 1);
static K_KERNEL_STACK_DEFINE(server_stack, CONFIG_SHELL_TELNET_STACK_SIZE);
static struct k_thread server_thread;
static atomic_t client = ATOMIC_INIT(-1);
static shell_transport_handler_t tell;
static void *tell_context;

static void send_all(int sock, const uint8_t *data, size_t length)
{
	while (length > 0) {
		const ssize_t sent = zsock_send(sock, data, length, 0);

		if (sent <= 0) {
			return;
		}
		data += sent;
		length -= (size_t)sent;
	}
}

/* Refuses what a client asks for beyond what the server offered at the start. */
static void answer(int sock, uint8_t verb, uint8_t option)
{
	const bool offered = option == ECHO || option == SUPPRESS_GO_AHEAD;
	uint8_t reply[] = {IAC, 0, option};

	if (!IS_ENABLED(CONFIG_SHELL_TELNET_SUPPORT_COMMAND)) {
		return;
	}
	if (verb == DO && !offered) {
		reply[1] = WONT;
	} else if (verb == WILL && option != SUPPRESS_GO_AHEAD) {
		reply[1] = DONT;
	} else {
		return;
	}
	send_all(sock, reply, sizeof(reply));
}

/* Takes commands out of what arrived; the rest goes to the shell. */
static void take(int sock, const uint8_t *data, size_t length, enum state *state, uint8_t *verb)
{
	for (size_t i = 0; i < length; i++) {
		const uint8_t c = data[i];

		switch (*state) {
		case DATA:
			if (c == IAC) {
				*state = COMMAND;
			} else if (c != '\0') {
				(void)k_msgq_put(&shell_telnet_received, &c, K_SECONDS(1));
			}
			break;
		case COMMAND:
			*verb = c;
			*state = c == SB ? SUBOPTION : c >= WILL && c <= DONT ? OPTION : DATA;
			break;
		case OPTION:
			answer(sock, *verb, c);
			*state = DATA;
			break;
		case SUBOPTION:
			*state = c == IAC ? SUBOPTION_END : SUBOPTION;
			break;
		case SUBOPTION_END:
			*state = c == SE ? DATA : SUBOPTION;
			break;
		}
	}
}

static void serve(int sock)
{
	static const uint8_t offers[] = {IAC, WILL, ECHO, IAC, WILL, SUPPRESS_GO_AHEAD};
	enum state state = DATA;
	uint8_t verb = 0;
	uint8_t data[64];
	ssize_t length;

	if (IS_ENABLED(CONFIG_SHELL_TELNET_SUPPORT_COMMAND)) {
		send_all(sock, offers, sizeof(offers));
	}
	atomic_set(&client, sock);
	/* A prompt for who has just come. */
	take(sock, (const uint8_t *)"\n", 1, &state, &verb);
	tell(SHELL_TRANSPORT_EVT_RX_RDY, tell_context);
	while ((length = zsock_recv(sock, data, sizeof(data), 0)) > 0) {
		take(sock, data, (size_t)length, &state, &verb);
		tell(SHELL_TRANSPORT_EVT_RX_RDY, tell_context);
	}
	atomic_set(&client, -1);
	(void)zsock_close(sock);
}

/* A listening socket, or -1. */
static int listen_on(const struct sockaddr *address, socklen_t length)
{
	const int sock = zsock_socket(address->sa_family, SOCK_STREAM, IPPROTO_TCP);

	if (sock >= 0 &&
	    (zsock_bind(sock, address, length) < 0 || zsock_listen(sock, 1) < 0)) {
		(void)zsock_close(sock);
		return -1;
	}
	return sock;
}

/* Listens for each family, since a socket of IPv6 need not hear IPv4; the number of sockets. */
static int open_servers(struct zsock_pollfd *servers)
{
	int count = 0;

	if (IS_ENABLED(CONFIG_NET_IPV6)) {
		struct sockaddr_in6 any = {.sin6_family = AF_INET6,
					   .sin6_port = htons(CONFIG_SHELL_TELNET_PORT)};

		servers[count].fd = listen_on((struct sockaddr *)&any, sizeof(any));
		count += servers[count].fd >= 0;
	}
	if (IS_ENABLED(CONFIG_NET_IPV4)) {
		struct sockaddr_in any = {.sin_family = AF_INET,
					  .sin_port = htons(CONFIG_SHELL_TELNET_PORT)};

		servers[count].fd = listen_on((struct sockaddr *)&any, sizeof(any));
		count += servers[count].fd >= 0;
	}
	return count;
}

static void server(void *p1, void *p2, void *p3)
{
	struct zsock_pollfd servers[2] = {{.events = ZSOCK_POLLIN}, {.events = ZSOCK_POLLIN}};
	int count;

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while ((count = open_servers(servers)) == 0) {
		k_sleep(RETRY);
	}
	LOG_INF("Telnet shell backend initialized, port %d", CONFIG_SHELL_TELNET_PORT);
	for (;;) {
		if (zsock_poll(servers, count, -1) < 0) {
			k_sleep(RETRY);
			continue;
		}
		for (int i = 0; i < count; i++) {
			const int one = (servers[i].revents & ZSOCK_POLLIN) != 0
						? zsock_accept(servers[i].fd, NULL, NULL)
						: -1;

			if (one >= 0) {
				serve(one);
			}
		}
	}
}

/* ---- the transport --------------------------------------------------------------------------- */

static int telnet_init(const struct shell_transport *transport, const void *config,
		       shell_transport_handler_t evt_handler, void *context)
{
	ARG_UNUSED(transport);
	ARG_UNUSED(config);
	tell = evt_handler;
	tell_context = context;
	return 0;
}

static int telnet_uninit(const struct shell_transport *transport)
{
	ARG_UNUSED(transport);
	return -ENOTSUP;
}

static int telnet_enable(const struct shell_transport *transport, bool blocking_tx)
{
	ARG_UNUSED(transport);
	ARG_UNUSED(blocking_tx);
	k_thread_create(&server_thread, server_stack, K_KERNEL_STACK_SIZEOF(server_stack), server,
			NULL, NULL, NULL, CONFIG_SHELL_THREAD_PRIORITY, 0, K_NO_WAIT);
	k_thread_name_set(&server_thread, "shell_telnet");
	return 0;
}

static int telnet_write(const struct shell_transport *transport, const void *data, size_t length,
			size_t *cnt)
{
	const int sock = (int)atomic_get(&client);

	ARG_UNUSED(transport);
	if (sock >= 0) {
		send_all(sock, data, length);
	}
	/* Without a client it is lost. */
	*cnt = length;
	return 0;
}

static int telnet_read(const struct shell_transport *transport, void *data, size_t length,
		       size_t *cnt)
{
	uint8_t *const bytes = data;

	ARG_UNUSED(transport);
	*cnt = 0;
	while (*cnt < length && k_msgq_get(&shell_telnet_received, &bytes[*cnt], K_NO_WAIT) == 0) {
		++*cnt;
	}
	return 0;
}

static const struct shell_transport_api telnet_api = {
	.init = telnet_init,
	.uninit = telnet_uninit,
	.enable = telnet_enable,
	.write = telnet_write,
	.read = telnet_read,
};

static struct shell_transport telnet_transport = {.api = &telnet_api};

SHELL_DEFINE(shell_telnet, CONFIG_SHELL_PROMPT_TELNET, &telnet_transport, 0, 0,
	     SHELL_FLAG_CRLF_DEFAULT);

const struct shell *shell_backend_telnet_get_ptr(void)
{
	return &shell_telnet;
}

static int start_telnet(void)
{
	const struct shell_backend_config_flags flags = SHELL_DEFAULT_BACKEND_CONFIG_FLAGS;

	return shell_init(&shell_telnet, NULL, flags, false, 0);
}

SYS_INIT(start_telnet, APPLICATION, 0);

#endif /* CONFIG_SHELL_BACKEND_TELNET */
