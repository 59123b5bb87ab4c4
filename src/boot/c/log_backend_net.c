// SPDX-License-Identifier: Apache-2.0
/*
 * Messages to a syslog server. Who logs leaves the message in a queue, without waiting and under any
 * lock; a thread of the lowest priority sends.
 */
#if defined(CONFIG_LOG_BACKEND_NET)

#include <string.h>

#include <zephyr/init.h>
#include <zephyr/kernel.h>
#include <zephyr/logging/log_backend_net.h>
#include <zephyr/logging/log_core.h>
#include <zephyr/net/hostname.h>
#include <zephyr/net/socket.h>
#include <zephyr/sys/printk.h>

/* RFC 5424, 6.2.1: severity and facility 16, "local use 0". */
#define FACILITY 16
/* RFC 5426, 3.3 */
#define SYSLOG_PORT 514

struct waiting {
	char text[CONFIG_LOG_BACKEND_NET_MAX_BUF_SIZE];
};

K_MSGQ_DEFINE(log_net_queue, sizeof(struct waiting), CONFIG_LOG_BACKEND_NET_MAX_BUF, 4);
static K_KERNEL_STACK_DEFINE(log_net_stack, CONFIG_ZNET_LOG_BACKEND_NET_STACK_SIZE);
static struct k_thread log_net_thread;
static struct k_spinlock lock;
static struct sockaddr_storage server;
static char name[64] = "-";
static bool started;

static struct log_backend_control_block control = {.level = CONFIG_LOG_MAX_LEVEL};
static const struct log_backend_api api;
static const STRUCT_SECTION_ITERABLE(log_backend, log_backend_net) = {
	.api = &api,
	.cb = &control,
	.name = "log_backend_net",
	/* Begins when the network is there, not with the log. */
	.autostart = false,
};

/* RFC 5424, 6: <PRI>1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG */
static size_t put_head(char *text, size_t size, const char *source, uint32_t level)
{
	static const uint8_t severity[] = {6, 3, 4, 6, 7};
	const uint8_t pri = FACILITY * 8 + severity[level < sizeof(severity) ? level : 0];

	return (size_t)snprintk(text, size, "<%u>1 - %s %s - - - ", pri, name, source);
}

void z_log_backend_net_put(const char *source, uint32_t level, const char *fmt, va_list ap);

void z_log_backend_net_put(const char *source, uint32_t level, const char *fmt, va_list ap)
{
	/* Too large for a stack that logs. */
	static struct waiting entry;

	/* What sending itself says would be sent, which would say more. */
	if (!control.active || level > control.level || k_current_get() == &log_net_thread) {
		return;
	}

	const k_spinlock_key_t key = k_spin_lock(&lock);
	const size_t head = put_head(entry.text, sizeof(entry.text), source, level);

	if (head < sizeof(entry.text)) {
		vsnprintk(entry.text + head, sizeof(entry.text) - head, fmt, ap);
	}
	(void)k_msgq_put(&log_net_queue, &entry, K_NO_WAIT);
	k_spin_unlock(&lock, key);
}

static void sender(void *p1, void *p2, void *p3)
{
	static struct waiting entry;
	const socklen_t length = server.ss_family == AF_INET ? sizeof(struct sockaddr_in)
							      : sizeof(struct sockaddr_in6);
	int sock = -1;

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		k_msgq_get(&log_net_queue, &entry, K_FOREVER);
		if (sock < 0) {
			sock = zsock_socket(server.ss_family, SOCK_DGRAM, IPPROTO_UDP);
		}
		if (sock >= 0) {
			(void)zsock_sendto(sock, entry.text, strlen(entry.text), 0,
					   (struct sockaddr *)&server, length);
		}
	}
}

bool log_backend_net_set_addr(const char *addr)
{
	struct sockaddr_storage parsed = {0};

	if (!net_ipaddr_parse(addr, strlen(addr), (struct sockaddr *)&parsed)) {
		return false;
	}
	return log_backend_net_set_ip((struct sockaddr *)&parsed);
}

bool log_backend_net_set_ip(const struct sockaddr *addr)
{
	if (IS_ENABLED(CONFIG_NET_IPV4) && addr->sa_family == AF_INET) {
		memcpy(&server, addr, sizeof(struct sockaddr_in));
	} else if (IS_ENABLED(CONFIG_NET_IPV6) && addr->sa_family == AF_INET6) {
		memcpy(&server, addr, sizeof(struct sockaddr_in6));
	} else {
		return false;
	}
	/* Both families have the port at the same place. */
	if (net_sin((struct sockaddr *)&server)->sin_port == 0) {
		net_sin((struct sockaddr *)&server)->sin_port = htons(SYSLOG_PORT);
	}
	return true;
}

void log_backend_net_hostname_set(char *hostname, size_t len)
{
	const size_t size = MIN(len, sizeof(name) - 1);
	const k_spinlock_key_t key = k_spin_lock(&lock);

	memcpy(name, hostname, size);
	name[size] = '\0';
	k_spin_unlock(&lock, key);
}

const struct log_backend *log_backend_net_get(void)
{
	return &log_backend_net;
}

static void prepare(const struct log_backend *const backend)
{
	ARG_UNUSED(backend);
	if (started || (server.ss_family == AF_UNSPEC &&
			!log_backend_net_set_addr(CONFIG_LOG_BACKEND_NET_SERVER))) {
		return;
	}
#if defined(CONFIG_NET_HOSTNAME_ENABLE)
	log_backend_net_hostname_set((char *)net_hostname_get(), strlen(net_hostname_get()));
#endif
	started = true;
	k_thread_create(&log_net_thread, log_net_stack, K_KERNEL_STACK_SIZEOF(log_net_stack), sender,
			NULL, NULL, NULL, K_LOWEST_APPLICATION_THREAD_PRIO, 0, K_NO_WAIT);
	k_thread_name_set(&log_net_thread, "log_backend_net");
}

static const struct log_backend_api api = {.init = prepare};

void log_backend_net_start(void)
{
	log_backend_init(&log_backend_net);
	log_backend_enable(&log_backend_net, NULL, CONFIG_LOG_MAX_LEVEL);
}

#if defined(CONFIG_LOG_BACKEND_NET_AUTOSTART)
static int autostart(void)
{
	log_backend_net_start();
	return 0;
}

SYS_INIT(autostart, APPLICATION, 99);
#endif

#endif /* CONFIG_LOG_BACKEND_NET */
