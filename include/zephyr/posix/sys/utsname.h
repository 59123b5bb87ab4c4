/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief What system this is.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_SYS_UTSNAME_H_
#define ZEPHYR_INCLUDE_POSIX_SYS_UTSNAME_H_

#include <zephyr/posix/posix_name.h>

#ifdef __cplusplus
extern "C" {
#endif

#define Z_UTS_LEN 32

/** Names of the system; each is cut to its room. */
struct utsname {
	char sysname[sizeof("Zephyr")];
	char nodename[Z_UTS_LEN + 1]; /**< The host's name, or "zephyr" */
	char release[Z_UTS_LEN + 1];  /**< The level of Zephyr's API: "4.2.0" */
	char version[64 + 1];         /**< What made the program, and when */
	char machine[Z_UTS_LEN + 1];  /**< The processor's family */
};

/** Tells them: 0, or -1 with EINVAL. */
int uname(struct utsname *name) ZNET_NAME_FOR(znet_uname);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_SYS_UTSNAME_H_ */
