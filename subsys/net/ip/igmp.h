// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Numbers of IGMP (RFC 9776), for sources that include this from Zephyr's own folder.
 */

#ifndef ZNET_SUBSYS_NET_IP_IGMP_H_
#define ZNET_SUBSYS_NET_IP_IGMP_H_

#include <zephyr/net/igmp.h>

/** Kinds of records in a report (RFC 9776, 4.2.14). */
#define IGMPV3_MODE_IS_INCLUDE        0x01
#define IGMPV3_MODE_IS_EXCLUDE        0x02
#define IGMPV3_CHANGE_TO_INCLUDE_MODE 0x03
#define IGMPV3_CHANGE_TO_EXCLUDE_MODE 0x04
#define IGMPV3_ALLOW_NEW_SOURCES      0x05
#define IGMPV3_BLOCK_OLD_SOURCES      0x06

#endif /* ZNET_SUBSYS_NET_IP_IGMP_H_ */
