/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls of a descriptor's ioctl(), whose arguments are a variable list.
 */
#include <zephyr/sys/fdtable.h>

#if defined(CONFIG_ZNET_FD_OBJECTS)

int znet_fd_ioctl_int(const struct fd_op_vtable *vtable, void *obj, unsigned int request, int arg);
int znet_fd_ioctl_ptr(const struct fd_op_vtable *vtable, void *obj, unsigned int request, void *arg);
int znet_fd_ioctl_poll(const struct fd_op_vtable *vtable, void *obj, unsigned int request, void *fd,
		       void *event, void *end);
int znet_fd_ioctl_offload(const struct fd_op_vtable *vtable, void *obj, void *fds, int count,
			  int timeout);

int znet_fd_ioctl_int(const struct fd_op_vtable *vtable, void *obj, unsigned int request, int arg)
{
	return zvfs_fdtable_call_ioctl(vtable, obj, request, arg);
}

int znet_fd_ioctl_ptr(const struct fd_op_vtable *vtable, void *obj, unsigned int request, void *arg)
{
	return zvfs_fdtable_call_ioctl(vtable, obj, request, arg);
}

int znet_fd_ioctl_poll(const struct fd_op_vtable *vtable, void *obj, unsigned int request, void *fd,
		       void *event, void *end)
{
	return zvfs_fdtable_call_ioctl(vtable, obj, request, fd, event, end);
}

int znet_fd_ioctl_offload(const struct fd_op_vtable *vtable, void *obj, void *fds, int count,
			  int timeout)
{
	return zvfs_fdtable_call_ioctl(vtable, obj, ZFD_IOCTL_POLL_OFFLOAD, fds, count, timeout);
}

int znet_native_ioctl(void *obj, unsigned int request, va_list args);
int znet_native_fd_ioctl(void *obj, unsigned long request, int *arg);
int znet_native_fd_fcntl(void *obj, int cmd, int flags);

/* ioctl() of this library's own descriptors, for who calls it by the table of functions. */
int znet_native_ioctl(void *obj, unsigned int request, va_list args)
{
	switch (request) {
	case ZVFS_F_GETFL:
		return znet_native_fd_fcntl(obj, ZVFS_F_GETFL, 0);
	case ZVFS_F_SETFL:
		return znet_native_fd_fcntl(obj, ZVFS_F_SETFL, va_arg(args, int));
	default:
		return znet_native_fd_ioctl(obj, request, va_arg(args, int *));
	}
}

#endif /* CONFIG_ZNET_FD_OBJECTS */
