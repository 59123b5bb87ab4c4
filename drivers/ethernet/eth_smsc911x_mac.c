/* SPDX-License-Identifier: Apache-2.0 */
/* LAN9118: addresses, filters, the PHY and the link. Nothing here is on a frame's way. */

#include <errno.h>
#include <string.h>

#include <zephyr/logging/log.h>
LOG_MODULE_DECLARE(eth_smsc911x, CONFIG_ETHERNET_LOG_LEVEL);

#include <zephyr/random/random.h>

#include "eth_smsc911x_priv.h"

int smsc911x_wait_zero(const struct device *dev, uint32_t reg, uint32_t bits)
{
	for (int turn = 0; turn < 2000; turn++) {
		if ((smsc911x_read(dev, reg) & bits) == 0) {
			return 0;
		}
		k_busy_wait(10);
	}

	return -ETIMEDOUT;
}

/* ---- registers behind registers; mac_lock is held ---- */

static int mac_read(const struct device *dev, uint32_t reg, uint32_t *value)
{
	smsc911x_write(dev, MAC_CSR_CMD, MAC_CSR_BUSY | MAC_CSR_READ | reg);
	if (smsc911x_wait_zero(dev, MAC_CSR_CMD, MAC_CSR_BUSY) < 0) {
		return -EIO;
	}
	*value = smsc911x_read(dev, MAC_CSR_DATA);

	return 0;
}

static int mac_write(const struct device *dev, uint32_t reg, uint32_t value)
{
	smsc911x_write(dev, MAC_CSR_DATA, value);
	smsc911x_write(dev, MAC_CSR_CMD, MAC_CSR_BUSY | reg);

	return smsc911x_wait_zero(dev, MAC_CSR_CMD, MAC_CSR_BUSY) < 0 ? -EIO : 0;
}

static int mac_cr_write(const struct device *dev, uint32_t value)
{
	struct smsc911x_data *data = dev->data;
	int error = mac_write(dev, MAC_CR, value);

	if (error == 0) {
		data->mac_cr = value;
	}

	return error;
}

/* Carries out one access to the PHY and waits for its end. */
static int mii_access(const struct device *dev, uint32_t what)
{
	uint32_t access;
	int error = mac_write(dev, MAC_MII_ACC, MII_PHY | MII_BUSY | what);

	/* The management bus carries 64 bits of 400 ns, so a few turns do. */
	for (int turn = 0; error == 0 && turn < 100; turn++) {
		error = mac_read(dev, MAC_MII_ACC, &access);
		if (error == 0 && (access & MII_BUSY) == 0) {
			return 0;
		}
		k_busy_wait(10);
	}

	return -EIO;
}

static int phy_read(const struct device *dev, uint32_t reg, uint32_t *value)
{
	int error = mii_access(dev, MII_REG(reg));

	return error < 0 ? error : mac_read(dev, MAC_MII_DATA, value);
}

static int phy_write(const struct device *dev, uint32_t reg, uint32_t value)
{
	int error = mac_write(dev, MAC_MII_DATA, value);

	return error < 0 ? error : mii_access(dev, MII_REG(reg) | MII_WRITE);
}

/* ---- the address ---- */

static int address_write(const struct device *dev, const struct net_eth_addr *address)
{
	const uint8_t *a = address->addr;
	int error = mac_write(dev, MAC_ADDRH, a[4] | (uint32_t)a[5] << 8);

	return error < 0 ? error
			 : mac_write(dev, MAC_ADDRL,
				     a[0] | (uint32_t)a[1] << 8 | (uint32_t)a[2] << 16 |
					     (uint32_t)a[3] << 24);
}

/* Reads the address that the chip fetched from its EEPROM: all ones where there is none. */
static int address_read(const struct device *dev, struct net_eth_addr *address)
{
	uint32_t high, low;
	int error = mac_read(dev, MAC_ADDRH, &high);

	if (error == 0) {
		error = mac_read(dev, MAC_ADDRL, &low);
	}
	if (error < 0) {
		return error;
	}
	for (int i = 0; i < 4; i++) {
		address->addr[i] = low >> (8 * i);
	}
	address->addr[4] = high;
	address->addr[5] = high >> 8;

	return 0;
}

/* The configured address, that of the EEPROM, or a random one of local significance. */
static int address_choose(const struct device *dev)
{
	struct smsc911x_data *data = dev->data;
	struct net_eth_addr *mac = &data->mac;

	if (net_bytes_from_str(mac->addr, sizeof(mac->addr),
			       CONFIG_ZNET_ETH_SMSC911X_MAC_ADDR) < 0 ||
	    !net_eth_is_addr_valid(mac)) {
		int error = address_read(dev, mac);

		if (error < 0) {
			return error;
		}
	}
	if (!net_eth_is_addr_valid(mac)) {
		sys_rand_get(mac->addr, sizeof(mac->addr));
		mac->addr[0] = (mac->addr[0] & ~BIT(0)) | BIT(1);
	}

	return address_write(dev, mac);
}

int smsc911x_mac_address(const struct device *dev, const struct net_eth_addr *address)
{
	struct smsc911x_data *data = dev->data;
	int error;

	k_mutex_lock(&data->mac_lock, K_FOREVER);
	error = address_write(dev, address);
	if (error == 0) {
		data->mac = *address;
	}
	k_mutex_unlock(&data->mac_lock);

	return error;
}

/* ---- what comes in ---- */

/*
 * Stops the receiver for a change of its filters: early revisions of the chip take none while a
 * frame comes in. The caller writes MAC_CR again afterwards.
 */
static int receiver_pause(const struct device *dev)
{
	struct smsc911x_data *data = dev->data;
	int error;

	if ((data->mac_cr & MAC_CR_RX) == 0) {
		return 0;
	}
	smsc911x_write(dev, INT_STS, INT_RX_STOPPED);
	error = mac_write(dev, MAC_CR, data->mac_cr & ~MAC_CR_RX);
	/* A frame of full length lasts 1.2 ms at 10 Mbit/s. */
	for (int turn = 0; error == 0 && turn < 200; turn++) {
		if ((smsc911x_read(dev, INT_STS) & INT_RX_STOPPED) != 0) {
			break;
		}
		k_busy_wait(10);
	}

	return error;
}

static int mac_cr_change(const struct device *dev, uint32_t clear, uint32_t set)
{
	struct smsc911x_data *data = dev->data;
	int error;

	k_mutex_lock(&data->mac_lock, K_FOREVER);
	error = receiver_pause(dev);
	if (error == 0) {
		error = mac_cr_write(dev, (data->mac_cr & ~clear) | set);
	}
	k_mutex_unlock(&data->mac_lock);

	return error;
}

int smsc911x_mac_enable(const struct device *dev, bool on)
{
	const uint32_t both = MAC_CR_TX | MAC_CR_RX;

	return mac_cr_change(dev, on ? 0 : both, on ? both : 0);
}

int smsc911x_mac_promisc(const struct device *dev, bool on)
{
	return mac_cr_change(dev, on ? 0 : MAC_CR_PROMISC, on ? MAC_CR_PROMISC : 0);
}

/*
 * The bit of a group in the hash table: the upper six bits of the check sequence that Ethernet
 * would put behind the address (IEEE 802.3, 3.2.9), before it is turned over and inverted.
 */
static unsigned int hash_bit(const struct net_eth_addr *group)
{
	uint32_t crc = UINT32_MAX;

	for (size_t i = 0; i < sizeof(group->addr); i++) {
		for (int bit = 0; bit < 8; bit++) {
			uint32_t out = (crc >> 31) ^ ((group->addr[i] >> bit) & 1);

			crc = (crc << 1) ^ (out != 0 ? 0x04c11db7 : 0);
		}
	}

	return crc >> 26;
}

/* Writes the half of the hash table that has `bit` in it. */
static int hash_write(const struct device *dev, unsigned int bit)
{
	struct smsc911x_data *data = dev->data;
	const uint8_t *half = &data->groups[bit & 32];
	uint32_t table = 0;

	for (int i = 0; i < 32; i++) {
		table |= half[i] != 0 ? BIT(i) : 0;
	}

	return mac_write(dev, (bit & 32) != 0 ? MAC_HASHH : MAC_HASHL, table);
}

int smsc911x_mac_group(const struct device *dev, const struct net_eth_addr *group, bool on)
{
	struct smsc911x_data *data = dev->data;
	const unsigned int bit = hash_bit(group);
	uint8_t *count = &data->groups[bit];
	int error = 0;

	k_mutex_lock(&data->mac_lock, K_FOREVER);
	if (on ? *count == UINT8_MAX : *count == 0) {
		error = on ? -ENOSPC : -ENOENT;
	} else if ((*count += on ? 1 : -1) == (on ? 1 : 0)) {
		error = receiver_pause(dev);
		if (error == 0) {
			error = hash_write(dev, bit);
		}
		if (error == 0) {
			error = mac_cr_write(dev, data->mac_cr);
		}
	}
	k_mutex_unlock(&data->mac_lock);

	return error;
}

/* ---- the link ---- */

/* Whether there is a link, in *up, and MAC_CR made to fit its duplex mode. */
static int link_read(const struct device *dev, bool *up)
{
	struct smsc911x_data *data = dev->data;
	uint32_t status, ours, theirs, both, cr = data->mac_cr;
	int error;

	/* A link that was lost reads as lost once more, so the second look counts. */
	error = phy_read(dev, PHY_BMSR, &status);
	if (error == 0) {
		error = phy_read(dev, PHY_BMSR, &status);
	}
	if (error < 0) {
		return error;
	}
	*up = (status & BMSR_LINK) != 0 && (status & BMSR_NEGOTIATED) != 0;
	if (!*up) {
		return 0;
	}
	error = phy_read(dev, PHY_ADVERTISED, &ours);
	if (error == 0) {
		error = phy_read(dev, PHY_PARTNER, &theirs);
	}
	if (error < 0) {
		return error;
	}
	/* The best that both can do (IEEE 802.3, annex 28B.3). */
	both = ours & theirs;
	if ((both & ABILITY_100_FULL) != 0 || (both & (ABILITY_100_HALF | ABILITY_10_FULL)) ==
						      ABILITY_10_FULL) {
		cr = (cr | MAC_CR_FULL_DUPLEX) & ~MAC_CR_DEAF_TO_SELF;
	} else {
		cr = (cr | MAC_CR_DEAF_TO_SELF) & ~MAC_CR_FULL_DUPLEX;
	}

	return cr == data->mac_cr ? 0 : mac_cr_write(dev, cr);
}

void smsc911x_link_update(const struct device *dev)
{
	struct smsc911x_data *data = dev->data;
	uint32_t source;
	bool up = false, changed;
	int error;

	k_mutex_lock(&data->mac_lock, K_FOREVER);
	/* Reading takes the interrupt back; what changes from here on raises it anew. */
	error = phy_read(dev, PHY_INT_SOURCE, &source);
	if (error == 0) {
		error = link_read(dev, &up);
	}
	changed = error == 0 && up != data->link;
	if (changed) {
		data->link = up;
	}
	k_mutex_unlock(&data->mac_lock);

	if (error < 0) {
		LOG_ERR("%s: the PHY does not answer", dev->name);
	} else if (changed && up) {
		LOG_INF("%s: link up", dev->name);
		net_eth_carrier_on(data->iface);
	} else if (changed) {
		LOG_INF("%s: link down", dev->name);
		net_eth_carrier_off(data->iface);
	}
}

/* Resets the PHY, has it negotiate everything it can, and report what comes of it. */
static int phy_setup(const struct device *dev)
{
	uint32_t control;
	int error = phy_write(dev, PHY_BMCR, BMCR_RESET);

	for (int turn = 0; error == 0; turn++) {
		error = phy_read(dev, PHY_BMCR, &control);
		if (error == 0 && (control & BMCR_RESET) == 0) {
			break;
		}
		/* IEEE 802.3, 22.2.4.1.1 gives it half a second. */
		if (turn == 500) {
			return -ETIMEDOUT;
		}
		k_busy_wait(1000);
	}
	if (error == 0) {
		error = phy_write(dev, PHY_ADVERTISED,
				  ABILITY_100_FULL | ABILITY_100_HALF | ABILITY_10_FULL |
					  ABILITY_10_HALF | ABILITY_802_3);
	}
	if (error == 0) {
		error = phy_write(dev, PHY_INT_MASK, PHY_INT_UP | PHY_INT_DOWN);
	}

	return error < 0 ? error : phy_write(dev, PHY_BMCR, BMCR_NEGOTIATE | BMCR_RESTART);
}

int smsc911x_mac_setup(const struct device *dev)
{
	struct smsc911x_data *data = dev->data;
	int error;

	k_mutex_lock(&data->mac_lock, K_FOREVER);
	error = mac_cr_write(dev, MAC_CR_HASH | MAC_CR_FULL_DUPLEX);
	if (error == 0) {
		error = address_choose(dev);
	}
	if (error == 0) {
		error = phy_setup(dev);
	}
	k_mutex_unlock(&data->mac_lock);

	return error;
}
