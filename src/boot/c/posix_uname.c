// SPDX-License-Identifier: Apache-2.0
/*
 * POSIX's questions to the system: what it is, and what it can.
 */
#if defined(CONFIG_POSIX_API)

#include <errno.h>
#include <string.h>

#include <zephyr/kernel_version.h>
#include <zephyr/net/hostname.h>
#include <zephyr/posix/sys/sysconf.h>
#include <zephyr/posix/sys/utsname.h>
#include <zephyr/posix/unistd.h>
#include <zephyr/random/random.h>
#include <zephyr/sys/printk.h>
#include <zephyr/version.h>

int znet_uname(struct utsname *name)
{
	if (name == NULL) {
		errno = EINVAL;
		return -1;
	}
	*name = (struct utsname){.sysname = "Zephyr"};
#if defined(CONFIG_NET_HOSTNAME_ENABLE)
	snprintk(name->nodename, sizeof(name->nodename), "%s", net_hostname_get());
#else
	strcpy(name->nodename, "zephyr");
#endif
	strcpy(name->release, KERNEL_VERSION_STRING);
	strcpy(name->version, "znet " __DATE__ " " __TIME__);
	snprintk(name->machine, sizeof(name->machine), "%s", CONFIG_ARCH);
	return 0;
}

int znet_getentropy(void *buffer, size_t length)
{
	if (buffer == NULL || length > 256) {
		errno = buffer == NULL ? EFAULT : EIO;
		return -1;
	}
	if (sys_csrand_get(buffer, length) != 0) {
		errno = EIO;
		return -1;
	}
	return 0;
}

long znet_sysconf(int name)
{
	switch (name) {
	case _SC_PAGESIZE:
		return 4096;
	case _SC_OPEN_MAX:
#if defined(CONFIG_ZVFS_OPEN_MAX)
		return CONFIG_ZVFS_OPEN_MAX;
#else
		return 0;
#endif
	case _SC_CLK_TCK:
		return CONFIG_SYS_CLOCK_TICKS_PER_SEC;
	case _SC_NPROCESSORS_CONF:
	case _SC_NPROCESSORS_ONLN:
		return 1;
	case _SC_TIMER_MAX:
		return CONFIG_POSIX_TIMER_MAX;
	case _SC_DELAYTIMER_MAX:
		return CONFIG_POSIX_DELAYTIMER_MAX;
	case _SC_THREAD_THREADS_MAX:
		return CONFIG_POSIX_THREAD_THREADS_MAX;
	case _SC_THREAD_KEYS_MAX:
		return CONFIG_POSIX_THREAD_KEYS_MAX;
	case _SC_THREAD_DESTRUCTOR_ITERATIONS:
		return 4;
	case _SC_SEM_VALUE_MAX:
		return CONFIG_POSIX_SEM_VALUE_MAX;
	case _SC_SEM_NSEMS_MAX:
		return CONFIG_POSIX_SEM_NSEMS_MAX;
#if defined(CONFIG_POSIX_MESSAGE_PASSING)
	case _SC_MQ_OPEN_MAX:
		return CONFIG_POSIX_MQ_OPEN_MAX;
	case _SC_MQ_PRIO_MAX:
		return CONFIG_POSIX_MQ_PRIO_MAX;
#endif
	case _SC_VERSION:
	case _SC_TIMERS:
	case _SC_THREADS:
	case _SC_SEMAPHORES:
	case _SC_BARRIERS:
	case _SC_SPIN_LOCKS:
	case _SC_READER_WRITER_LOCKS:
	case _SC_MONOTONIC_CLOCK:
	case _SC_CLOCK_SELECTION:
	case _SC_TIMEOUTS:
	case _SC_THREAD_ATTR_STACKADDR:
	case _SC_THREAD_ATTR_STACKSIZE:
	case _SC_THREAD_PRIORITY_SCHEDULING:
	case _SC_THREAD_PRIO_INHERIT:
		return 200809L;
	case _SC_MESSAGE_PASSING:
		return IS_ENABLED(CONFIG_POSIX_MESSAGE_PASSING) ? 200809L : -1;
	case _SC_ASYNCHRONOUS_IO:
	case _SC_REALTIME_SIGNALS:
	case _SC_THREAD_PRIO_PROTECT:
	case _SC_MAPPED_FILES:
		return -1;
	default:
		errno = EINVAL;
		return -1;
	}
}

#endif /* CONFIG_POSIX_API */
