/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Registers of the LAN9118 and what the files of its driver share.
 *
 * Names and numbers are those of the chip's data sheet. Registers of the bus are read and written
 * directly; those of the MAC through two of them, those of the PHY through two of the MAC's.
 */

#ifndef ZNET_DRIVERS_ETHERNET_ETH_SMSC911X_PRIV_H_
#define ZNET_DRIVERS_ETHERNET_ETH_SMSC911X_PRIV_H_

#include <zephyr/device.h>
#include <zephyr/kernel.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/net/net_stats.h>
#include <zephyr/sys/sys_io.h>
#include <zephyr/sys/util.h>

/* Registers of the bus, as offsets in bytes */
#define RX_DATA_FIFO   0x00
#define TX_DATA_FIFO   0x20
#define RX_STATUS_FIFO 0x40
#define TX_STATUS_FIFO 0x48
#define ID_REV         0x50
#define IRQ_CFG        0x54
#define INT_STS        0x58
#define INT_EN         0x5c
#define BYTE_TEST      0x64
#define FIFO_INT       0x68
#define RX_CFG         0x6c
#define TX_CFG         0x70
#define HW_CFG         0x74
#define RX_FIFO_INF    0x7c
#define TX_FIFO_INF    0x80
#define PMT_CTRL       0x84
#define GPIO_CFG       0x88
#define RX_DROP        0xa0
#define MAC_CSR_CMD    0xa4
#define MAC_CSR_DATA   0xa8
#define E2P_CMD        0xb0

/* What BYTE_TEST reads as when the bus is wired the right way round */
#define BYTE_TEST_VALUE 0x87654321

#define IRQ_CFG_EN        BIT(8)
#define IRQ_CFG_HIGH      BIT(4) /* active high */
#define IRQ_CFG_PUSH_PULL BIT(0)

/* Bits of INT_STS and INT_EN */
#define INT_RX_STOPPED BIT(24)
#define INT_TX_DONE    BIT(21) /* a frame with TX_A_INTERRUPT has gone */
#define INT_PHY        BIT(18)
#define INT_RX_ERROR   BIT(14)
#define INT_RX_STATUS  BIT(3) /* more receive statuses than FIFO_INT says */

#define HW_CFG_RESET        BIT(0)
#define HW_CFG_MUST_BE_ONE  BIT(20)
#define HW_CFG_TX_FIFO_5_KB (5 << 16) /* of the 16 kB that both directions share */

#define TX_CFG_ON      BIT(1)
#define PMT_CTRL_READY BIT(0)
#define E2P_CMD_BUSY   BIT(31)
#define GPIO_CFG_LEDS  0x70070000 /* three LED outputs, push-pull */

/* The first word before a frame in the TX data FIFO; the second holds the length once more */
#define TX_A_INTERRUPT BIT(31)
#define TX_A_FIRST     BIT(13)
#define TX_A_LAST      BIT(12)
#define TX_HEADER_SIZE 8

#define TX_FIFO_INF_STATUSES(inf) (((inf) >> 16) & 0xff)
#define TX_FIFO_INF_FREE(inf)     ((inf) & 0xffff) /* bytes */

#define TX_STATUS_ERROR          BIT(15)
#define TX_STATUS_NO_CARRIER     (BIT(11) | BIT(10))
#define TX_STATUS_LATE           BIT(9)
#define TX_STATUS_ABORTED        (BIT(8) | BIT(2))
#define TX_STATUS_COLLISIONS(st) (((st) >> 3) & 0xf)

#define RX_FIFO_INF_STATUSES(inf) (((inf) >> 16) & 0xff)

#define RX_STATUS_LENGTH(st) (((st) >> 16) & 0x3fff) /* bytes, check sequence included */
#define RX_STATUS_ERROR      BIT(15)
#define RX_STATUS_BROADCAST  BIT(13)
#define RX_STATUS_RUNT       BIT(11)
#define RX_STATUS_MULTICAST  BIT(10)
#define RX_STATUS_TOO_LONG   BIT(7)
#define RX_STATUS_CRC        BIT(1)

/* Registers of the MAC, by number */
#define MAC_CR       1
#define MAC_ADDRH    2
#define MAC_ADDRL    3
#define MAC_HASHH    4
#define MAC_HASHL    5
#define MAC_MII_ACC  6
#define MAC_MII_DATA 7

#define MAC_CSR_BUSY BIT(31)
#define MAC_CSR_READ BIT(30)

#define MAC_CR_DEAF_TO_SELF BIT(23) /* half duplex: does not receive what it sends */
#define MAC_CR_FULL_DUPLEX  BIT(20)
#define MAC_CR_PROMISC      BIT(18)
#define MAC_CR_HASH         BIT(13) /* groups by hash table, the station by its address */
#define MAC_CR_TX           BIT(3)
#define MAC_CR_RX           BIT(2)

#define MII_BUSY     BIT(0)
#define MII_WRITE    BIT(1)
#define MII_REG(reg) ((reg) << 6)
#define MII_PHY      (1 << 11) /* the PHY inside the chip has address 1 */

/* Registers of the PHY: those of IEEE 802.3, clause 22, and two of its own */
#define PHY_BMCR       0
#define PHY_BMSR       1
#define PHY_ADVERTISED 4
#define PHY_PARTNER    5
#define PHY_INT_SOURCE 29
#define PHY_INT_MASK   30

#define BMCR_RESET       BIT(15)
#define BMCR_NEGOTIATE   BIT(12)
#define BMCR_RESTART     BIT(9)
#define BMSR_NEGOTIATED  BIT(5)
#define BMSR_LINK        BIT(2)
#define ABILITY_100_FULL BIT(8)
#define ABILITY_100_HALF BIT(7)
#define ABILITY_10_FULL  BIT(6)
#define ABILITY_10_HALF  BIT(5)
#define ABILITY_802_3    BIT(0)
#define PHY_INT_UP       BIT(6) /* negotiation is complete */
#define PHY_INT_DOWN     BIT(4)

/* Bits of the hash table that tells groups apart */
#define HASH_BITS 64

struct smsc911x_config {
	mem_addr_t base;
	/* Connects the interrupt and lets it in */
	void (*connect)(void);
};

struct smsc911x_data {
	struct net_if *iface;
	struct net_eth_addr mac;
	/* Registers of MAC and PHY, which take several accesses each, and what follows here */
	struct k_mutex mac_lock;
	/* MAC_CR as last written */
	uint32_t mac_cr;
	/* How many groups stand behind each bit of the hash table */
	uint8_t groups[HASH_BITS];
	bool link;
	/* One frame at a time into the TX data FIFO */
	struct k_mutex tx_lock;
	/* From the interrupt: a frame has gone */
	struct k_sem tx_done;
	/* From the interrupt: frames have come, or the link changed */
	struct k_sem wake;
	struct k_thread thread;
	K_KERNEL_STACK_MEMBER(stack, CONFIG_ZNET_ETH_SMSC911X_STACK_SIZE);
#if defined(CONFIG_NET_STATISTICS_ETHERNET)
	struct net_stats_eth stats;
#endif
};

/* Adds to a counter that the application asked for */
#if defined(CONFIG_NET_STATISTICS_ETHERNET)
#define SMSC911X_COUNT(data, counter, amount) ((data)->stats.counter += (amount))
#else
#define SMSC911X_COUNT(data, counter, amount) ((void)(data), (void)(amount))
#endif

static inline uint32_t smsc911x_read(const struct device *dev, uint32_t reg)
{
	const struct smsc911x_config *config = dev->config;

	return sys_read32(config->base + reg);
}

static inline void smsc911x_write(const struct device *dev, uint32_t reg, uint32_t value)
{
	const struct smsc911x_config *config = dev->config;

	sys_write32(value, config->base + reg);
}

/* Waits up to 20 ms until all `bits` of a register read as zero. Returns 0 or -ETIMEDOUT. */
int smsc911x_wait_zero(const struct device *dev, uint32_t reg, uint32_t bits);

/* Gives the MAC an address, its own or one of ours, and the PHY its orders. */
int smsc911x_mac_setup(const struct device *dev);

/* Starts or stops both directions. */
int smsc911x_mac_enable(const struct device *dev, bool on);

int smsc911x_mac_address(const struct device *dev, const struct net_eth_addr *address);
int smsc911x_mac_promisc(const struct device *dev, bool on);

/* Lets frames to a group in, or no more. */
int smsc911x_mac_group(const struct device *dev, const struct net_eth_addr *group, bool on);

/* Finds out whether there is a link, and tells the interface when that has changed. */
void smsc911x_link_update(const struct device *dev);

#endif /* ZNET_DRIVERS_ETHERNET_ETH_SMSC911X_PRIV_H_ */
