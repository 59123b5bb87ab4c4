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

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_NET_STATS_H_ */
