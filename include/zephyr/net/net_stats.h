// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Counters, as drivers and the stack keep them.
 */

#ifndef ZEPHYR_INCLUDE_NET_NET_STATS_H_
#define ZEPHYR_INCLUDE_NET_NET_STATS_H_

#include <stdint.h>

#include <zephyr/net/net_core.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_mgmt.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A counter; it wraps. */
typedef uint32_t net_stats_t;

/** Bytes. */
struct net_stats_bytes {
	net_stats_t sent;     /**< Sent */
	net_stats_t received; /**< Received */
};

/** Packets. */
struct net_stats_pkts {
	net_stats_t tx; /**< Sent */
	net_stats_t rx; /**< Received */
};

/** IP packets. */
struct net_stats_ip {
	net_stats_t recv;      /**< Received */
	net_stats_t sent;      /**< Sent */
	net_stats_t forwarded; /**< Forwarded */
	net_stats_t drop;      /**< Dropped */
};

/** Reasons for dropping an IP packet. */
struct net_stats_ip_errors {
	net_stats_t vhlerr;   /**< Wrong version or header length */
	net_stats_t hblenerr; /**< Wrong length, high byte */
	net_stats_t lblenerr; /**< Wrong length, low byte */
	net_stats_t fragerr;  /**< Fragment that could not be used */
	net_stats_t chkerr;   /**< Wrong checksum */
	net_stats_t protoerr; /**< Unknown protocol */
};

/** ICMP messages. */
struct net_stats_icmp {
	net_stats_t recv;    /**< Received */
	net_stats_t sent;    /**< Sent */
	net_stats_t drop;    /**< Dropped */
	net_stats_t typeerr; /**< Of unknown type */
	net_stats_t chkerr;  /**< With a wrong checksum */
};

/** UDP datagrams. */
struct net_stats_udp {
	net_stats_t drop;   /**< Dropped */
	net_stats_t recv;   /**< Received */
	net_stats_t sent;   /**< Sent */
	net_stats_t chkerr; /**< With a wrong checksum */
};

/** TCP segments. */
struct net_stats_tcp {
	struct net_stats_bytes bytes; /**< Payload */
	net_stats_t resent;           /**< Payload sent again, in bytes */
	net_stats_t drop;             /**< Dropped */
	net_stats_t recv;             /**< Received */
	net_stats_t sent;             /**< Sent */
	net_stats_t seg_drop;         /**< Dropped for their place in the stream */
	net_stats_t chkerr;           /**< With a wrong checksum */
	net_stats_t ackerr;           /**< That acknowledge what was not sent, or long ago */
	net_stats_t rsterr;           /**< That reset, but not where the stream is */
	net_stats_t rst;              /**< That reset */
	net_stats_t rexmit;           /**< Sent again */
	net_stats_t conndrop;         /**< Connections refused for want of room */
	net_stats_t connrst;          /**< Connections to ports that nobody listens on */
};

/** Packets of IPv6 neighbour discovery. */
struct net_stats_ipv6_nd {
	net_stats_t drop; /**< Dropped */
	net_stats_t recv; /**< Received */
	net_stats_t sent; /**< Sent */
};

/** Path MTU discovery of IPv6. */
struct net_stats_ipv6_pmtu {
	net_stats_t drop; /**< Dropped */
	net_stats_t recv; /**< Received */
	net_stats_t sent; /**< Sent */
};

/** Path MTU discovery of IPv4. */
struct net_stats_ipv4_pmtu {
	net_stats_t drop; /**< Dropped */
	net_stats_t recv; /**< Received */
	net_stats_t sent; /**< Sent */
};

/** Messages of multicast listener discovery. */
struct net_stats_ipv6_mld {
	net_stats_t recv; /**< Received */
	net_stats_t sent; /**< Sent */
	net_stats_t drop; /**< Dropped */
};

/** Messages of IGMP. */
struct net_stats_ipv4_igmp {
	net_stats_t recv; /**< Received */
	net_stats_t sent; /**< Sent */
	net_stats_t drop; /**< Dropped */
};

/** DNS messages. */
struct net_stats_dns {
	net_stats_t recv; /**< Received */
	net_stats_t sent; /**< Sent */
	net_stats_t drop; /**< Dropped */
};

/** How long packets took from being made to having been sent. */
struct net_stats_tx_time {
	uint64_t sum;      /**< Together, in microseconds */
	net_stats_t count; /**< How many */
};

/** How long packets took from the driver through the stack. */
struct net_stats_rx_time {
	uint64_t sum;      /**< Together, in microseconds */
	net_stats_t count; /**< How many */
};

/** Traffic classes counted on sending: one without any. */
#if NET_TC_TX_COUNT == 0
#define NET_TC_TX_STATS_COUNT 1
#else
#define NET_TC_TX_STATS_COUNT NET_TC_TX_COUNT
#endif

/** Traffic classes counted on receiving: one without any. */
#if NET_TC_RX_COUNT == 0
#define NET_TC_RX_STATS_COUNT 1
#else
#define NET_TC_RX_STATS_COUNT NET_TC_RX_COUNT
#endif

/** Packets by traffic class. */
struct net_stats_tc {
	struct {
		struct net_stats_tx_time tx_time; /**< Time they took */
#if defined(CONFIG_NET_PKT_TXTIME_STATS_DETAIL)
		/** Time between their stations */
		struct net_stats_tx_time tx_time_detail[NET_PKT_DETAIL_STATS_COUNT];
#endif
		net_stats_t pkts;    /**< Packets */
		net_stats_t dropped; /**< Dropped */
		net_stats_t bytes;   /**< Bytes */
		uint8_t priority;    /**< Priority of the last */
	} sent[NET_TC_TX_STATS_COUNT]; /**< Sent */

	struct {
		struct net_stats_rx_time rx_time; /**< Time they took */
#if defined(CONFIG_NET_PKT_RXTIME_STATS_DETAIL)
		/** Time between their stations */
		struct net_stats_rx_time rx_time_detail[NET_PKT_DETAIL_STATS_COUNT];
#endif
		net_stats_t pkts;    /**< Packets */
		net_stats_t dropped; /**< Dropped */
		net_stats_t bytes;   /**< Bytes */
		uint8_t priority;    /**< Priority of the last */
	} recv[NET_TC_RX_STATS_COUNT]; /**< Received */
};

/** Power management. */
struct net_stats_pm {
	uint64_t overall_suspend_time; /**< Time suspended, in milliseconds */
	net_stats_t suspend_count;     /**< How often */
	uint32_t last_suspend_time;    /**< How long the last time, in milliseconds */
	uint32_t start_time;           /**< When that began */
};

/** All counters, of the host or of an interface. */
struct net_stats {
	net_stats_t processing_error;         /**< Packets of no known protocol */
	struct net_stats_bytes bytes;         /**< Bytes with link headers */
	struct net_stats_ip_errors ip_errors; /**< Why IP packets were dropped */
#if defined(CONFIG_NET_STATISTICS_IPV6)
	struct net_stats_ip ipv6; /**< IPv6 */
#endif
#if defined(CONFIG_NET_STATISTICS_IPV4)
	struct net_stats_ip ipv4; /**< IPv4 */
#endif
#if defined(CONFIG_NET_STATISTICS_ICMP)
	struct net_stats_icmp icmp; /**< ICMP of both versions */
#endif
#if defined(CONFIG_NET_STATISTICS_TCP)
	struct net_stats_tcp tcp; /**< TCP */
#endif
#if defined(CONFIG_NET_STATISTICS_UDP)
	struct net_stats_udp udp; /**< UDP */
#endif
#if defined(CONFIG_NET_STATISTICS_IPV6_ND)
	struct net_stats_ipv6_nd ipv6_nd; /**< Neighbour discovery */
#endif
#if defined(CONFIG_NET_STATISTICS_IPV6_PMTU)
	struct net_stats_ipv6_pmtu ipv6_pmtu; /**< Path MTU of IPv6 */
#endif
#if defined(CONFIG_NET_STATISTICS_IPV4_PMTU)
	struct net_stats_ipv4_pmtu ipv4_pmtu; /**< Path MTU of IPv4 */
#endif
#if defined(CONFIG_NET_STATISTICS_MLD)
	struct net_stats_ipv6_mld ipv6_mld; /**< Multicast listener discovery */
#endif
#if defined(CONFIG_NET_STATISTICS_IGMP)
	struct net_stats_ipv4_igmp ipv4_igmp; /**< IGMP */
#endif
#if defined(CONFIG_NET_STATISTICS_DNS)
	struct net_stats_dns dns; /**< DNS */
#endif
#if NET_TC_COUNT > 1
	struct net_stats_tc tc; /**< By traffic class */
#endif
#if defined(CONFIG_NET_PKT_TXTIME_STATS)
	struct net_stats_tx_time tx_time; /**< Time of sending */
#endif
#if defined(CONFIG_NET_PKT_RXTIME_STATS)
	struct net_stats_rx_time rx_time; /**< Time of receiving */
#endif
#if defined(CONFIG_NET_PKT_TXTIME_STATS_DETAIL)
	/** Time between the stations of sending */
	struct net_stats_tx_time tx_time_detail[NET_PKT_DETAIL_STATS_COUNT];
#endif
#if defined(CONFIG_NET_PKT_RXTIME_STATS_DETAIL)
	/** Time between the stations of receiving */
	struct net_stats_rx_time rx_time_detail[NET_PKT_DETAIL_STATS_COUNT];
#endif
#if defined(CONFIG_NET_STATISTICS_POWER_MANAGEMENT)
	struct net_stats_pm pm; /**< Power management */
#endif
};

/** What an Ethernet driver has seen go wrong. */
struct net_stats_eth_errors {
	net_stats_t rx_length_errors;        /**< Wrong length */
	net_stats_t rx_over_errors;          /**< Overrun */
	net_stats_t rx_crc_errors;           /**< Wrong frame check sequence */
	net_stats_t rx_frame_errors;         /**< Misaligned */
	net_stats_t rx_no_buffer_count;      /**< No buffer */
	net_stats_t rx_missed_errors;        /**< Missed */
	net_stats_t rx_long_length_errors;   /**< Too long */
	net_stats_t rx_short_length_errors;  /**< Too short */
	net_stats_t rx_align_errors;         /**< Alignment */
	net_stats_t rx_dma_failed;           /**< DMA */
	net_stats_t rx_buf_alloc_failed;     /**< Allocation */
	net_stats_t tx_aborted_errors;       /**< Aborted */
	net_stats_t tx_carrier_errors;       /**< Carrier lost */
	net_stats_t tx_fifo_errors;          /**< FIFO */
	net_stats_t tx_heartbeat_errors;     /**< Heartbeat */
	net_stats_t tx_window_errors;        /**< Window */
	net_stats_t tx_dma_failed;           /**< DMA */
	net_stats_t uncorr_ecc_errors;       /**< Memory, not corrected */
	net_stats_t corr_ecc_errors;         /**< Memory, corrected */
};

/** Flow control. */
struct net_stats_eth_flow {
	net_stats_t rx_flow_control_xon;  /**< XON received */
	net_stats_t rx_flow_control_xoff; /**< XOFF received */
	net_stats_t tx_flow_control_xon;  /**< XON sent */
	net_stats_t tx_flow_control_xoff; /**< XOFF sent */
};

/** Checksums done by hardware. */
struct net_stats_eth_csum {
	net_stats_t rx_csum_offload_good;   /**< Correct */
	net_stats_t rx_csum_offload_errors; /**< Wrong */
};

/** Time stamps taken by hardware. */
struct net_stats_eth_hw_timestamp {
	net_stats_t rx_hwtstamp_cleared;  /**< Lost on receiving */
	net_stats_t tx_hwtstamp_timeouts; /**< Never came on sending */
	net_stats_t tx_hwtstamp_skipped;  /**< Not taken on sending */
};

/** A counter of the driver's own. */
struct net_stats_eth_vendor {
	const char *const key; /**< Name; NULL ends the list */
	uint32_t value;        /**< Count */
};

/** Counters of an Ethernet driver. */
struct net_stats_eth {
	struct net_stats_bytes bytes;                   /**< Bytes */
	struct net_stats_pkts pkts;                     /**< Frames */
	struct net_stats_pkts broadcast;                /**< To all */
	struct net_stats_pkts multicast;                /**< To groups */
	struct net_stats_pkts errors;                   /**< With errors */
	struct net_stats_eth_errors error_details;      /**< Which */
	struct net_stats_eth_flow flow_control;         /**< Flow control */
	struct net_stats_eth_csum csum;                 /**< Checksums */
	struct net_stats_eth_hw_timestamp hw_timestamp; /**< Time stamps */
	net_stats_t collisions;                         /**< Collisions */
	net_stats_t tx_dropped;                         /**< Dropped on sending */
	net_stats_t tx_timeout_count;                   /**< Time-outs on sending */
	net_stats_t tx_restart_queue;                   /**< Restarts of the sending queue */
	net_stats_t unknown_protocol;                   /**< Unknown protocol */
#if defined(CONFIG_NET_STATISTICS_ETHERNET_VENDOR)
	struct net_stats_eth_vendor *vendor; /**< The driver's own */
#endif
};

/** Counters of a PPP link. */
struct net_stats_ppp {
	struct net_stats_bytes bytes; /**< Bytes */
	struct net_stats_pkts pkts;   /**< Packets */
	net_stats_t drop;             /**< Dropped */
	net_stats_t chkerr;           /**< With a wrong checksum */
};

/** Beacons of a Wi-Fi station. */
struct net_stats_sta_mgmt {
	net_stats_t beacons_rx;   /**< Received */
	net_stats_t beacons_miss; /**< Missed */
};

/** Counters of a Wi-Fi driver. */
struct net_stats_wifi {
	struct net_stats_sta_mgmt sta_mgmt; /**< Beacons */
	struct net_stats_bytes bytes;       /**< Bytes */
	struct net_stats_pkts pkts;         /**< Frames */
	struct net_stats_pkts broadcast;    /**< To all */
	struct net_stats_pkts multicast;    /**< To groups */
	struct net_stats_pkts errors;       /**< With errors */
	struct net_stats_pkts unicast;      /**< To one */
	net_stats_t overrun_count;          /**< Lost for want of room */
};

#define NET_STATS_LAYER NET_MGMT_LAYER_L3
#define NET_STATS_CODE  NET_MGMT_LAYER_CODE_STATS
#define NET_STATS_BASE  (NET_MGMT_LAYER(NET_STATS_LAYER) | NET_MGMT_LAYER_CODE(NET_STATS_CODE))

/** Requests. */
enum net_request_stats_cmd {
	NET_REQUEST_STATS_CMD_GET_ALL = 1,
	NET_REQUEST_STATS_CMD_GET_PROCESSING_ERROR,
	NET_REQUEST_STATS_CMD_GET_BYTES,
	NET_REQUEST_STATS_CMD_GET_IP_ERRORS,
	NET_REQUEST_STATS_CMD_GET_IPV4,
	NET_REQUEST_STATS_CMD_GET_IPV6,
	NET_REQUEST_STATS_CMD_GET_IPV6_ND,
	NET_REQUEST_STATS_CMD_GET_IPV6_PMTU,
	NET_REQUEST_STATS_CMD_GET_IPV4_PMTU,
	NET_REQUEST_STATS_CMD_GET_ICMP,
	NET_REQUEST_STATS_CMD_GET_UDP,
	NET_REQUEST_STATS_CMD_GET_TCP,
	NET_REQUEST_STATS_CMD_GET_ETHERNET,
	NET_REQUEST_STATS_CMD_GET_PPP,
	NET_REQUEST_STATS_CMD_GET_PM,
	NET_REQUEST_STATS_CMD_GET_WIFI,
	NET_REQUEST_STATS_CMD_RESET_WIFI,
};

/** @name Requests
 *
 * net_mgmt() copies counters of an interface, or those of the host for NULL. -EINVAL for data of
 * another size than what is asked for, -ENOENT for an interface that does not count it. They are
 * answered with CONFIG_NET_STATISTICS_USER_API and the option that counts what they ask for.
 * @{
 */
/** Reads a struct net_stats. */
#define NET_REQUEST_STATS_GET_ALL (NET_STATS_BASE | NET_REQUEST_STATS_CMD_GET_ALL)
/** Reads a net_stats_t. */
#define NET_REQUEST_STATS_GET_PROCESSING_ERROR                                                     \
	(NET_STATS_BASE | NET_REQUEST_STATS_CMD_GET_PROCESSING_ERROR)
/** Reads a struct net_stats_bytes. */
#define NET_REQUEST_STATS_GET_BYTES (NET_STATS_BASE | NET_REQUEST_STATS_CMD_GET_BYTES)
/** Reads a struct net_stats_ip_errors. */
#define NET_REQUEST_STATS_GET_IP_ERRORS (NET_STATS_BASE | NET_REQUEST_STATS_CMD_GET_IP_ERRORS)
/** Reads a struct net_stats_ip. */
#define NET_REQUEST_STATS_GET_IPV4 (NET_STATS_BASE | NET_REQUEST_STATS_CMD_GET_IPV4)
/** Reads a struct net_stats_ip. */
#define NET_REQUEST_STATS_GET_IPV6 (NET_STATS_BASE | NET_REQUEST_STATS_CMD_GET_IPV6)
/** Reads a struct net_stats_ipv6_nd. */
#define NET_REQUEST_STATS_GET_IPV6_ND (NET_STATS_BASE | NET_REQUEST_STATS_CMD_GET_IPV6_ND)
/** Reads a struct net_stats_ipv6_pmtu. */
#define NET_REQUEST_STATS_GET_IPV6_PMTU (NET_STATS_BASE | NET_REQUEST_STATS_CMD_GET_IPV6_PMTU)
/** Reads a struct net_stats_ipv4_pmtu. */
#define NET_REQUEST_STATS_GET_IPV4_PMTU (NET_STATS_BASE | NET_REQUEST_STATS_CMD_GET_IPV4_PMTU)
/** Reads a struct net_stats_icmp. */
#define NET_REQUEST_STATS_GET_ICMP (NET_STATS_BASE | NET_REQUEST_STATS_CMD_GET_ICMP)
/** Reads a struct net_stats_udp. */
#define NET_REQUEST_STATS_GET_UDP (NET_STATS_BASE | NET_REQUEST_STATS_CMD_GET_UDP)
/** Reads a struct net_stats_tcp. */
#define NET_REQUEST_STATS_GET_TCP (NET_STATS_BASE | NET_REQUEST_STATS_CMD_GET_TCP)
/** Reads a struct net_stats_eth. */
#define NET_REQUEST_STATS_GET_ETHERNET (NET_STATS_BASE | NET_REQUEST_STATS_CMD_GET_ETHERNET)
/** Reads a struct net_stats_ppp. */
#define NET_REQUEST_STATS_GET_PPP (NET_STATS_BASE | NET_REQUEST_STATS_CMD_GET_PPP)
/** Reads a struct net_stats_pm. */
#define NET_REQUEST_STATS_GET_PM (NET_STATS_BASE | NET_REQUEST_STATS_CMD_GET_PM)
/** Reads a struct net_stats_wifi. */
#define NET_REQUEST_STATS_GET_WIFI (NET_STATS_BASE | NET_REQUEST_STATS_CMD_GET_WIFI)
/** Sets those of a Wi-Fi driver to 0. */
#define NET_REQUEST_STATS_RESET_WIFI (NET_STATS_BASE | NET_REQUEST_STATS_CMD_RESET_WIFI)

#if defined(CONFIG_NET_STATISTICS_USER_API)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_STATS_GET_ALL);
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_STATS_GET_PROCESSING_ERROR);
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_STATS_GET_BYTES);
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_STATS_GET_IP_ERRORS);
#if defined(CONFIG_NET_STATISTICS_IPV4)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_STATS_GET_IPV4);
#endif
#if defined(CONFIG_NET_STATISTICS_IPV6)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_STATS_GET_IPV6);
#endif
#if defined(CONFIG_NET_STATISTICS_IPV6_ND)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_STATS_GET_IPV6_ND);
#endif
#if defined(CONFIG_NET_STATISTICS_IPV6_PMTU)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_STATS_GET_IPV6_PMTU);
#endif
#if defined(CONFIG_NET_STATISTICS_IPV4_PMTU)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_STATS_GET_IPV4_PMTU);
#endif
#if defined(CONFIG_NET_STATISTICS_ICMP)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_STATS_GET_ICMP);
#endif
#if defined(CONFIG_NET_STATISTICS_UDP)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_STATS_GET_UDP);
#endif
#if defined(CONFIG_NET_STATISTICS_TCP)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_STATS_GET_TCP);
#endif
#if defined(CONFIG_NET_STATISTICS_ETHERNET)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_STATS_GET_ETHERNET);
#endif
#if defined(CONFIG_NET_STATISTICS_POWER_MANAGEMENT)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_STATS_GET_PM);
#endif
#endif
/** @} */

#if defined(CONFIG_NET_STATISTICS)
/** The host's counters. */
extern struct net_stats net_stats;

struct net_if;

/** Sets all counters of an interface to 0, or with NULL those of the host. */
void net_stats_reset(struct net_if *iface);
#endif

/** @name Names of Prometheus metrics
 *
 * An interface's counters become metrics where CONFIG_NET_STATISTICS_VIA_PROMETHEUS is set.
 * @{
 */
#define NET_STATS_GET_METRIC_NAME(_name)                _name
#define NET_STATS_GET_COLLECTOR_NAME(dev_id, sfx)       net_stats_##dev_id##_##sfx##_collector
#define NET_STATS_GET_VAR(dev_id, sfx, var)             zephyr_net_##var
#define NET_STATS_GET_INSTANCE(dev_id, sfx, _not_used)  STRINGIFY(_##dev_id##_##sfx)
/** @} */

#if !defined(CONFIG_NET_STATISTICS_VIA_PROMETHEUS)
#define NET_STATS_PROMETHEUS_COUNTER_DEFINE(...)
#define NET_STATS_PROMETHEUS_GAUGE_DEFINE(...)
#define NET_STATS_PROMETHEUS_HISTOGRAM_DEFINE(...)
#define NET_STATS_PROMETHEUS_SUMMARY_DEFINE(...)
#define NET_STATS_PROMETHEUS_IPV6(iface, dev_id, sfx)
#define NET_STATS_PROMETHEUS_IPV4(iface, dev_id, sfx)
#define NET_STATS_PROMETHEUS_ICMP(iface, dev_id, sfx)
#define NET_STATS_PROMETHEUS_UDP(iface, dev_id, sfx)
#define NET_STATS_PROMETHEUS_TCP(iface, dev_id, sfx)
#define NET_STATS_PROMETHEUS_IPV6_ND(iface, dev_id, sfx)
#define NET_STATS_PROMETHEUS_IPV6_PMTU(iface, dev_id, sfx)
#define NET_STATS_PROMETHEUS_IPV4_PMTU(iface, dev_id, sfx)
#define NET_STATS_PROMETHEUS_MLD(iface, dev_id, sfx)
#define NET_STATS_PROMETHEUS_IGMP(iface, dev_id, sfx)
#define NET_STATS_PROMETHEUS_DNS(iface, dev_id, sfx)
#define NET_STATS_PROMETHEUS_TX_TIME(iface, dev_id, sfx)
#define NET_STATS_PROMETHEUS_RX_TIME(iface, dev_id, sfx)
#define NET_STATS_PROMETHEUS(iface, dev_id, sfx)
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_NET_STATS_H_ */
