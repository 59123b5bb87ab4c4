/* SPDX-License-Identifier: Apache-2.0 */
/* lwIP as small as it gets for the features of a row: SIZE_TCP and SIZE_IPV6 come from xtask. */

#ifndef BENCH_SIZE_LWIPOPTS_H_
#define BENCH_SIZE_LWIPOPTS_H_

#define NO_SYS               1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_NETCONN         0
#define LWIP_SOCKET          0
#define LWIP_STATS           0
#define LWIP_NOASSERT        1
#define MEM_ALIGNMENT        4

#define LWIP_IPV4            1
#define LWIP_IPV6            SIZE_IPV6
#define LWIP_TCP             SIZE_TCP
#define IP_REASSEMBLY        0
#define IP_FRAG              0
#define LWIP_IPV6_FRAG       0
#define LWIP_IPV6_REASS      0
#define LWIP_DHCP            0
#define LWIP_AUTOIP          0
#define LWIP_ACD             0
#define LWIP_DNS             0
#define LWIP_RAW             0
#define LWIP_IGMP            0

#endif
