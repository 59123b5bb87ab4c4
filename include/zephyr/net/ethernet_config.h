// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief MAC addresses, and parameters of Ethernet hardware. Part of ethernet.h, which includes it: include that.
 */

#ifndef ZNET_INCLUDE_NET_ETHERNET_CONFIG_H_
#define ZNET_INCLUDE_NET_ETHERNET_CONFIG_H_

#include <stdbool.h>
#include <stdint.h>

#include <zephyr/net/net_if.h>
#include <zephyr/net/ptp_time.h>
#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NET_ETH_ADDR_LEN 6U /**< Bytes of a MAC address */

/** MAC address. */
struct net_eth_addr {
	uint8_t addr[NET_ETH_ADDR_LEN]; /**< In transmission order */
};

/* Gates and queues, one for each class of packets sent; at least one for the arrays' sake. */
#define Z_NET_ETH_QUEUES MAX(NET_TC_TX_COUNT, 1)

/** Which member of struct ethernet_config is meant. */
enum ethernet_config_type {
	ETHERNET_CONFIG_TYPE_MAC_ADDRESS,           /**< mac_address */
	ETHERNET_CONFIG_TYPE_QAV_PARAM,             /**< qav_param */
	ETHERNET_CONFIG_TYPE_QBV_PARAM,             /**< qbv_param */
	ETHERNET_CONFIG_TYPE_QBU_PARAM,             /**< qbu_param */
	ETHERNET_CONFIG_TYPE_TXTIME_PARAM,          /**< txtime_param */
	ETHERNET_CONFIG_TYPE_PROMISC_MODE,          /**< promisc_mode */
	ETHERNET_CONFIG_TYPE_PRIORITY_QUEUES_NUM,   /**< priority_queues_num */
	ETHERNET_CONFIG_TYPE_FILTER,                /**< filter */
	ETHERNET_CONFIG_TYPE_PORTS_NUM,             /**< ports_num */
	ETHERNET_CONFIG_TYPE_T1S_PARAM,             /**< t1s_param */
	ETHERNET_CONFIG_TYPE_TXINJECTION_MODE,      /**< txinjection_mode */
	ETHERNET_CONFIG_TYPE_RX_CHECKSUM_SUPPORT,   /**< chksum_support */
	ETHERNET_CONFIG_TYPE_TX_CHECKSUM_SUPPORT,   /**< chksum_support */
	ETHERNET_CONFIG_TYPE_EXTRA_TX_PKT_HEADROOM, /**< extra_tx_pkt_headroom */
};

/** Which member of struct ethernet_t1s_param is meant. */
enum ethernet_t1s_param_type {
	ETHERNET_T1S_PARAM_TYPE_PLCA_CONFIG, /**< plca */
};

/** 10BASE-T1S: collision avoidance on a shared line (IEEE 802.3cg). */
struct ethernet_t1s_param {
	enum ethernet_t1s_param_type type; /**< Which member */
	union {
		struct {
			bool enable;         /**< In force */
			uint8_t node_id;     /**< 0 to 254 */
			uint8_t node_count;  /**< 1 to 255 */
			uint8_t burst_count; /**< Frames beyond the first in a turn */
			uint8_t burst_timer; /**< Bit times to wait for the next in a burst */
			uint8_t to_timer;    /**< Bit times of a transmit opportunity */
		} plca;                      /**< Turns on the line */
	};
};

/** Which member of struct ethernet_qav_param is meant. */
enum ethernet_qav_param_type {
	ETHERNET_QAV_PARAM_TYPE_DELTA_BANDWIDTH, /**< delta_bandwidth */
	ETHERNET_QAV_PARAM_TYPE_IDLE_SLOPE,      /**< idle_slope */
	ETHERNET_QAV_PARAM_TYPE_OPER_IDLE_SLOPE, /**< oper_idle_slope */
	ETHERNET_QAV_PARAM_TYPE_TRAFFIC_CLASS,   /**< traffic_class */
	ETHERNET_QAV_PARAM_TYPE_STATUS,          /**< enabled */
};

/** IEEE 802.1Qav: credit-based shaping. */
struct ethernet_qav_param {
	int queue_id;                      /**< Queue */
	enum ethernet_qav_param_type type; /**< Which member */
	union {
		bool enabled;                 /**< In force for the queue */
		unsigned int delta_bandwidth; /**< Per cent of the bandwidth */
		unsigned int idle_slope;      /**< Bits per second */
		unsigned int oper_idle_slope; /**< Bits per second, in fact */
		unsigned int traffic_class;   /**< Class bound to the queue */
	};
};

/** Which member of struct ethernet_qbv_param is meant. */
enum ethernet_qbv_param_type {
	ETHERNET_QBV_PARAM_TYPE_STATUS,                /**< enabled */
	ETHERNET_QBV_PARAM_TYPE_GATE_CONTROL_LIST,     /**< gate_control */
	ETHERNET_QBV_PARAM_TYPE_GATE_CONTROL_LIST_LEN, /**< gate_control_list_len */
	ETHERNET_QBV_PARAM_TYPE_TIME,                  /**< The three times */
};

/** Wanted or in force. */
enum ethernet_qbv_state_type {
	ETHERNET_QBV_STATE_TYPE_ADMIN, /**< Wanted */
	ETHERNET_QBV_STATE_TYPE_OPER,  /**< In force */
};

/** What happens at a row of the gate control list. */
enum ethernet_gate_state_operation {
	ETHERNET_SET_GATE_STATE,            /**< Gates change */
	ETHERNET_SET_AND_HOLD_MAC_STATE,    /**< And pre-emptable frames are held */
	ETHERNET_SET_AND_RELEASE_MAC_STATE, /**< And pre-emptable frames are released */
};

/** IEEE 802.1Qbv: scheduled traffic. */
struct ethernet_qbv_param {
	int port_id;                        /**< Port */
	enum ethernet_qbv_param_type type;  /**< Which member */
	enum ethernet_qbv_state_type state; /**< Wanted or in force */
	union {
		bool enabled; /**< In force */
		struct {
			bool gate_status[Z_NET_ETH_QUEUES];           /**< Open */
			enum ethernet_gate_state_operation operation; /**< What happens */
			uint32_t time_interval;                       /**< Nanoseconds */
			uint16_t row;                                 /**< Row of the list */
		} gate_control;                                       /**< One row */
		uint32_t gate_control_list_len;                       /**< Rows */
		struct {
			struct net_ptp_extended_time base_time; /**< Beginning */
			struct net_ptp_time cycle_time;         /**< Length of a cycle */
			uint32_t extension_time;                /**< Nanoseconds */
		};
	};
};

/** Which member of struct ethernet_qbu_param is meant. */
enum ethernet_qbu_param_type {
	ETHERNET_QBU_PARAM_TYPE_STATUS,                   /**< enabled */
	ETHERNET_QBU_PARAM_TYPE_RELEASE_ADVANCE,          /**< release_advance */
	ETHERNET_QBU_PARAM_TYPE_HOLD_ADVANCE,             /**< hold_advance */
	ETHERNET_QBU_PARAM_TYPE_PREEMPTION_STATUS_TABLE,  /**< frame_preempt_statuses */
	ETHERNET_QBR_PARAM_TYPE_LINK_PARTNER_STATUS,      /**< link_partner_status */
	ETHERNET_QBR_PARAM_TYPE_ADDITIONAL_FRAGMENT_SIZE, /**< additional_fragment_size */
};

/** Whether frames of a queue may be interrupted. */
enum ethernet_qbu_preempt_status {
	ETHERNET_QBU_STATUS_EXPRESS,     /**< No */
	ETHERNET_QBU_STATUS_PREEMPTABLE, /**< Yes */
} __packed;

/** IEEE 802.1Qbu and 802.3br: frame pre-emption. */
struct ethernet_qbu_param {
	int port_id;                       /**< Port */
	enum ethernet_qbu_param_type type; /**< Which member */
	union {
		uint32_t hold_advance;    /**< Nanoseconds */
		uint32_t release_advance; /**< Nanoseconds */
		/** By queue. */
		enum ethernet_qbu_preempt_status frame_preempt_statuses[Z_NET_ETH_QUEUES];
		bool enabled;                     /**< In force */
		bool link_partner_status;         /**< The other end can do it */
		uint8_t additional_fragment_size; /**< 0 to 3, units of 64 bytes beyond the first */
	};
};

/** Which address of a frame a filter looks at. */
enum ethernet_filter_type {
	ETHERNET_FILTER_TYPE_SRC_MAC_ADDRESS, /**< Source */
	ETHERNET_FILTER_TYPE_DST_MAC_ADDRESS, /**< Destination */
} __packed;

/** A MAC address filter. */
struct ethernet_filter {
	enum ethernet_filter_type type;  /**< Which address */
	struct net_eth_addr mac_address; /**< Its value */
	bool set;                        /**< Set or remove */
};

/** Which member of struct ethernet_txtime_param is meant. */
enum ethernet_txtime_param_type {
	ETHERNET_TXTIME_PARAM_TYPE_ENABLE_QUEUES, /**< enable_txtime */
};

/** Sending at a given time. */
struct ethernet_txtime_param {
	enum ethernet_txtime_param_type type; /**< Which member */
	int queue_id;                         /**< Queue */
	bool enable_txtime;                   /**< In force for the queue */
};

/** Kinds of Ethernet interfaces. */
enum ethernet_if_types {
	L2_ETH_IF_TYPE_ETHERNET, /**< IEEE 802.3 */
	L2_ETH_IF_TYPE_WIFI,     /**< IEEE 802.11 */
} __packed;

/** Checksums that hardware computes. */
enum ethernet_checksum_support {
	ETHERNET_CHECKSUM_SUPPORT_NONE = NET_IF_CHECKSUM_NONE_BIT,               /**< None */
	ETHERNET_CHECKSUM_SUPPORT_IPV4_HEADER = NET_IF_CHECKSUM_IPV4_HEADER_BIT, /**< IPv4 */
	ETHERNET_CHECKSUM_SUPPORT_IPV4_ICMP = NET_IF_CHECKSUM_IPV4_ICMP_BIT,     /**< ICMPv4 */
	ETHERNET_CHECKSUM_SUPPORT_IPV6_HEADER = NET_IF_CHECKSUM_IPV6_HEADER_BIT, /**< IPv6 */
	ETHERNET_CHECKSUM_SUPPORT_IPV6_ICMP = NET_IF_CHECKSUM_IPV6_ICMP_BIT,     /**< ICMPv6 */
	ETHERNET_CHECKSUM_SUPPORT_TCP = NET_IF_CHECKSUM_TCP_BIT,                 /**< TCP */
	ETHERNET_CHECKSUM_SUPPORT_UDP = NET_IF_CHECKSUM_UDP_BIT,                 /**< UDP */
};

/** One parameter. */
struct ethernet_config {
	union {
		bool promisc_mode;                             /**< Promiscuous mode */
		bool txinjection_mode;                         /**< Frames go as they are */
		struct net_eth_addr mac_address;               /**< MAC address */
		struct ethernet_t1s_param t1s_param;           /**< 10BASE-T1S */
		struct ethernet_qav_param qav_param;           /**< Shaping */
		struct ethernet_qbv_param qbv_param;           /**< Schedule */
		struct ethernet_qbu_param qbu_param;           /**< Pre-emption */
		struct ethernet_txtime_param txtime_param;     /**< Sending time */
		int priority_queues_num;                       /**< Queues */
		int ports_num;                                 /**< Ports */
		enum ethernet_checksum_support chksum_support; /**< Checksums */
		struct ethernet_filter filter;                 /**< Filter */
		uint16_t extra_tx_pkt_headroom;                /**< Bytes before a frame sent */
	};
};

BUILD_ASSERT(sizeof(struct ethernet_config) <= 64, "the stack keeps parameters in 64 bytes");

#ifdef __cplusplus
}
#endif

#endif /* ZNET_INCLUDE_NET_ETHERNET_CONFIG_H_ */
