// SPDX-License-Identifier: Apache-2.0
/*
 * The shell over Telnet and the log over syslog, with the test at the other end of the loopback.
 */

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/logging/log.h>
#include <zephyr/logging/log_backend_net.h>
#include <zephyr/net/socket.h>
#include <zephyr/shell/shell_telnet.h>
#include <zephyr/ztest.h>

LOG_MODULE_REGISTER(shell_test, LOG_LEVEL_DBG);

static struct sockaddr_in local(uint16_t port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};

	zassert_equal(zsock_inet_pton(AF_INET, "127.0.0.1", &address.sin_addr), 1);
	return address;
}

ZTEST_SUITE(network_ends, NULL, NULL, NULL, NULL, NULL);

static char seen[1024];

/* Reads until the text has come. */
static void expect(int sock, const char *text)
{
	struct zsock_pollfd poll = {.fd = sock, .events = ZSOCK_POLLIN};
	size_t length = 0;

	memset(seen, 0, sizeof(seen));
	while (length < sizeof(seen) - 1 && zsock_poll(&poll, 1, 1000) == 1) {
		const ssize_t part = zsock_recv(sock, &seen[length], sizeof(seen) - 1 - length, 0);

		zassert_true(part > 0, "end of stream");
		/* Terminated for strstr(): the commands at the begin have no zero bytes. */
		length += (size_t)part;
		if (strstr(seen, text) != NULL) {
			return;
		}
	}
	zassert_unreachable("no '%s' in '%s'", text, seen);
}

ZTEST(network_ends, test_telnet)
{
	const struct sockaddr_in server = local(CONFIG_SHELL_TELNET_PORT);
	static const char refused[] = "\xff\xfd\x18";

	for (int i = 0; i < 2; i++) {
		const int sock = zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

		zassert_true(sock >= 0);
		zassert_ok(zsock_connect(sock, (struct sockaddr *)&server, sizeof(server)));
		expect(sock, "\xff\xfb\x01\xff\xfb\x03");
		zassert_equal(zsock_send(sock, refused, 3, 0), 3);
		expect(sock, "\xff\xfc\x18");
		/* A command in the middle of a line, with a suboption, is no part of it. */
		static const char line[] = "kernel \xff\xfa\x1f xy\xff\xf0version\r\n";

		zassert_equal(zsock_send(sock, line, sizeof(line) - 1, 0), sizeof(line) - 1);
		expect(sock, "Zephyr version 4.2");
		zassert_ok(zsock_close(sock));
		k_msleep(50);
	}
	zassert_true(shell_ready(shell_backend_telnet_get_ptr()));
}

ZTEST(network_ends, test_syslog)
{
	const struct sockaddr_in server = local(5514);
	const int sock = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	char text[128];
	ssize_t length;

	zassert_ok(zsock_bind(sock, (struct sockaddr *)&server, sizeof(server)));
	LOG_INF("before the start");
	zassert_false(log_backend_is_active(log_backend_net_get()));
	zassert_false(log_backend_net_set_addr("nobody"));
	log_backend_net_start();
	log_backend_net_hostname_set("host", 4);
	LOG_ERR("number %d", 7);

	struct zsock_pollfd poll = {.fd = sock, .events = ZSOCK_POLLIN};

	/* The shells log from threads of their own. */
	do {
		zassert_equal(zsock_poll(&poll, 1, 1000), 1);
		length = zsock_recv(sock, text, sizeof(text) - 1, 0);
		zassert_true(length > 0);
		text[length] = '\0';
	} while (strstr(text, "shell_test") == NULL);
	zassert_str_equal(text, "<131>1 - host shell_test - - - number 7");
	log_backend_disable(log_backend_net_get());
	LOG_ERR("after the end");
	while (zsock_poll(&poll, 1, 50) == 1) {
		length = zsock_recv(sock, text, sizeof(text) - 1, 0);
		zassert_true(length > 0);
		text[length] = '\0';
		zassert_is_null(strstr(text, "after the end"), "%s", text);
	}
	zassert_ok(zsock_close(sock));
}
