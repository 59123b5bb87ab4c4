// SPDX-License-Identifier: Apache-2.0
/*
 * Socket services. Belongs to the application's part of the image, since the linker makes the list of
 * services there.
 *
 * One thread waits for the sockets of all services, and for a counter that tells it that these are
 * others now. What it waits for is copied under the lock and used without: a handler may register.
 */

#include <zephyr/kernel.h>

#if defined(CONFIG_NET_SOCKETS_SERVICE)

#include <errno.h>

#include <zephyr/net/socket_service.h>
#include <zephyr/zvfs/eventfd.h>

/* Sockets of all services, behind the counter. */
static struct zsock_pollfd wanted[CONFIG_ZVFS_POLL_MAX];
static int used;
static int changed = -1;
/* Counts the changes of what is wanted. */
static unsigned int version;

static K_MUTEX_DEFINE(lock);

/* Gives each service its place; once, before anything else. */
static int begin(void)
{
	int next = 1;

	if (changed >= 0) {
		return 0;
	}
	for (size_t i = 0; i < ARRAY_SIZE(wanted); i++) {
		wanted[i].fd = -1;
	}
	STRUCT_SECTION_FOREACH(net_socket_service_desc, service) {
		*service->idx = next;
		next += service->pev_len;
		for (int i = 0; i < service->pev_len; i++) {
			service->pev[i].svc = (struct net_socket_service_desc *)service;
		}
	}
	if (next > (int)ARRAY_SIZE(wanted)) {
		return -ENOMEM;
	}
	changed = zvfs_eventfd(0, ZVFS_EFD_NONBLOCK);
	if (changed < 0) {
		return -errno;
	}
	wanted[0] = (struct zsock_pollfd){.fd = changed, .events = ZSOCK_POLLIN};
	used = next;
	return 0;
}

static bool is_defined(const struct net_socket_service_desc *wanted_service)
{
	STRUCT_SECTION_FOREACH(net_socket_service_desc, service) {
		if (service == wanted_service) {
			return true;
		}
	}
	return false;
}

int net_socket_service_register(const struct net_socket_service_desc *service,
				struct zsock_pollfd *fds, int len, void *user_data)
{
	int result;

	if (!is_defined(service)) {
		return -ENOENT;
	}
	if (fds != NULL && (len < 0 || len > service->pev_len)) {
		return -ENOMEM;
	}
	(void)k_mutex_lock(&lock, K_FOREVER);
	result = begin();
	for (int i = 0; result == 0 && i < service->pev_len; i++) {
		struct net_socket_service_event *event = &service->pev[i];

		event->event = (struct zsock_pollfd){.fd = -1};
		event->user_data = user_data;
		if (fds != NULL && i < len) {
			event->event = fds[i];
		}
		wanted[*service->idx + i] = event->event;
	}
	if (result == 0) {
		version++;
		(void)zvfs_eventfd_write(changed, 1);
	}
	k_mutex_unlock(&lock);
	return result;
}

void net_socket_service_foreach(net_socket_service_cb_t cb, void *user_data)
{
	STRUCT_SECTION_FOREACH(net_socket_service_desc, service) {
		cb(service, user_data);
	}
}

/* Tells the owner of the socket at this place, unless what is wanted changed since the look. */
static void tell(int place, const struct zsock_pollfd *found, unsigned int looked)
{
	STRUCT_SECTION_FOREACH(net_socket_service_desc, service) {
		struct net_socket_service_event *event;
		int at = place - *service->idx;
		bool current;

		if (at < 0 || at >= service->pev_len) {
			continue;
		}
		event = &service->pev[at];
		(void)k_mutex_lock(&lock, K_FOREVER);
		current = version == looked;
		if (current) {
			event->event.revents = found->revents;
		}
		k_mutex_unlock(&lock);
		if (current && event->callback != NULL) {
			event->callback(event);
		}
		return;
	}
}

static void serve(void *p1, void *p2, void *p3)
{
	static struct zsock_pollfd fds[CONFIG_ZVFS_POLL_MAX];
	unsigned int looked;
	zvfs_eventfd_t changes;
	int count, ready;

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	(void)k_mutex_lock(&lock, K_FOREVER);
	ready = begin();
	k_mutex_unlock(&lock);
	while (ready >= 0) {
		(void)k_mutex_lock(&lock, K_FOREVER);
		count = used;
		looked = version;
		for (int i = 0; i < count; i++) {
			fds[i] = wanted[i];
		}
		k_mutex_unlock(&lock);
		ready = zsock_poll(fds, count, -1);
		if (ready < 0) {
			return;
		}
		if (fds[0].revents != 0) {
			(void)zvfs_eventfd_read(changed, &changes);
		}
		for (int i = 1; i < count; i++) {
			if (fds[i].revents != 0) {
				tell(i, &fds[i], looked);
			}
		}
	}
}

K_THREAD_DEFINE(socket_service_thread, CONFIG_NET_SOCKETS_SERVICE_STACK_SIZE, serve, NULL, NULL, NULL,
		CLAMP(CONFIG_NET_SOCKETS_SERVICE_THREAD_PRIO, K_HIGHEST_APPLICATION_THREAD_PRIO,
		      K_LOWEST_APPLICATION_THREAD_PRIO),
		0, 0);

#endif /* CONFIG_NET_SOCKETS_SERVICE */
