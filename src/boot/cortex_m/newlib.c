/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What newlib asks of a system: a console for its standard output, memory for malloc(), errno for each thread. There are
 * no files: newlib's own descriptors 0 to 2 are the console, and no others exist.
 */
#include <errno.h>
#include <reent.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <zephyr/kernel.h>
#include <zephyr/toolchain.h>
#include <zephyr/znet_freertos.h>
#include <zephyr/znet_port.h>

#include "cortex_m.h"

/* ---- output ---------------------------------------------------------------------------------- */

ssize_t _write(int fd, const void *bytes, size_t len)
{
	if (fd != 1 && fd != 2) {
		errno = EBADF;
		return -1;
	}
	znet_port_console(bytes, len);
	return (ssize_t)len;
}

ssize_t _read(int fd, void *bytes, size_t len)
{
	ARG_UNUSED(fd);
	ARG_UNUSED(bytes);
	ARG_UNUSED(len);
	return 0;
}

int _close(int fd)
{
	ARG_UNUSED(fd);
	errno = EBADF;
	return -1;
}

off_t _lseek(int fd, off_t offset, int whence)
{
	ARG_UNUSED(fd);
	ARG_UNUSED(offset);
	ARG_UNUSED(whence);
	errno = ESPIPE;
	return -1;
}

int _fstat(int fd, struct stat *status)
{
	ARG_UNUSED(fd);
	status->st_mode = S_IFCHR;
	return 0;
}

int _isatty(int fd)
{
	return fd >= 0 && fd <= 2;
}

/* ---- the end --------------------------------------------------------------------------------- */

void _exit(int code)
{
	znet_board_exit(code);
}

int _getpid(void)
{
	return 1;
}

int _kill(int pid, int signal)
{
	ARG_UNUSED(pid);
	ARG_UNUSED(signal);
	znet_board_exit(1);
}

/* ---- errno ----------------------------------------------------------------------------------- */

int *__errno(void)
{
	return znet_freertos_errno();
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* The rest of the RAM is malloc()'s; the library itself allocates nothing there. */
void *_sbrk(ptrdiff_t more)
{
	static char *end = znet_heap_start;
	char *const before = end;

	if (more > znet_heap_end - end || more < znet_heap_start - end) {
		errno = ENOMEM;
		return (void *)-1;
	}
	end += more;
	return before;
}

void __malloc_lock(struct _reent *reent)
{
	ARG_UNUSED(reent);
	k_sched_lock();
}

void __malloc_unlock(struct _reent *reent)
{
	ARG_UNUSED(reent);
	k_sched_unlock();
}
