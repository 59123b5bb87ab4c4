/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lwIP at its best for this work: raw API without an RTOS, no statistics, the fastest of its checksums,
 * buffers that hold a frame. BENCH_IPV6 and BENCH_MANY come from build.rs.
 */

#ifndef BENCH_LWIP_LWIPOPTS_H_
#define BENCH_LWIP_LWIPOPTS_H_

#include <stdint.h>

#define NO_SYS              1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_NETCONN        0
#define LWIP_SOCKET         0
#define LWIP_STATS          0
#define LWIP_NOASSERT       1
#define LWIP_CHKSUM_ALGORITHM 3

#define LWIP_IPV4           (!BENCH_IPV6)
#define LWIP_IPV6           BENCH_IPV6
#define LWIP_IPV6_MLD       0
#define LWIP_IPV6_DUP_DETECT_ATTEMPTS 0
#define IPV6_FRAG_COPYHEADER 1

#define LWIP_DHCP           0
#define LWIP_AUTOIP         0
#define LWIP_ACD            0
#define LWIP_DNS            0
#define LWIP_RAW            0

#define MEM_ALIGNMENT       8
#define MEM_SIZE            (4 * 1024 * 1024)
#define MEMP_NUM_PBUF       512
#define PBUF_POOL_SIZE      512
#define PBUF_POOL_BUFSIZE   1600

#if BENCH_MANY
#define MEMP_NUM_UDP_PCB    1024
#define MEMP_NUM_TCP_PCB    1024
#else
#define MEMP_NUM_UDP_PCB    4
#define MEMP_NUM_TCP_PCB    16
#endif
#define MEMP_NUM_TCP_PCB_LISTEN 2
#define MEMP_NUM_TCP_SEG    2048

#define TCP_MSS             1460
/* Bytes; the program chooses. The checks of such values want constants. */
extern uint32_t bench_buffer;
#define TCP_WND             bench_buffer
#define TCP_SND_BUF         bench_buffer
#define TCP_SND_QUEUELEN    256
#define TCP_SNDLOWAT        1460
#define TCP_SNDQUEUELOWAT   128
#define LWIP_DISABLE_TCP_SANITY_CHECKS 1
#define TCP_LISTEN_BACKLOG  0

#endif
