// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/zvfs/eventfd.h>.
 * Written by `cargo xtask headers` from src/capi/socket/eventfd.rs.
 */
#ifndef ZEPHYR_ZVFS_GENERATED_EVENTFD_H_
#define ZEPHYR_ZVFS_GENERATED_EVENTFD_H_

#ifdef __cplusplus
extern "C" {
#endif

#if (defined(CONFIG_ZVFS_EVENTFD) && defined(CONFIG_ZNET_CONTEXTS))
int (zvfs_eventfd)(uint32_t count, int flags);

int (zvfs_eventfd_read)(int fd, uint64_t *value);

int (zvfs_eventfd_write)(int fd, uint64_t value);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_ZVFS_GENERATED_EVENTFD_H_ */
