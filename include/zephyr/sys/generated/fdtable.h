// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/sys/fdtable.h>.
 * Written by `cargo xtask headers` from src/capi/socket/object.rs.
 */
#ifndef ZEPHYR_SYS_GENERATED_FDTABLE_H_
#define ZEPHYR_SYS_GENERATED_FDTABLE_H_

#ifdef __cplusplus
extern "C" {
#endif

#if (defined(CONFIG_ZNET_FD_OBJECTS) && defined(CONFIG_ZNET_CONTEXTS))
int (zvfs_reserve_fd)(void);

void (zvfs_finalize_typed_fd)(int fd, void *object, const struct fd_op_vtable *ops, uint32_t mode);

int (zvfs_alloc_fd)(void *object, const struct fd_op_vtable *ops);

void (zvfs_free_fd)(int fd);

void *(zvfs_get_fd_obj)(int fd, const struct fd_op_vtable *ops, int err);

void *(zvfs_get_fd_obj_and_vtable)(int fd, const struct fd_op_vtable **ops, struct k_mutex **lock);

bool (zvfs_get_obj_lock_and_cond)(void *object,
				const struct fd_op_vtable *ops,
				struct k_mutex **lock,
				struct k_condvar **cond);
#endif

#if (defined(CONFIG_NET_SOCKETS_OFFLOAD_DISPATCHER) && defined(CONFIG_ZNET_FD_OBJECTS) && defined(CONFIG_ZNET_CONTEXTS))
int (znet_fd_move)(int from,
		 int to);
#endif

#if (defined(CONFIG_ZNET_FD_OBJECTS) && defined(CONFIG_ZNET_CONTEXTS))
int (zvfs_fsync)(int fd);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_SYS_GENERATED_FDTABLE_H_ */
