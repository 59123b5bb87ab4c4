/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Ethernet transceivers: what their drivers offer to those of controllers.
 */
#ifndef ZEPHYR_INCLUDE_DRIVERS_PHY_H_
#define ZEPHYR_INCLUDE_DRIVERS_PHY_H_

#include <errno.h>

#include <zephyr/device.h>
#include <zephyr/sys/util.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Speeds in Mbit/s, and whether both ends may send at a time; a bit each. */
enum phy_link_speed {
	LINK_HALF_10BASE = BIT(0),
	LINK_FULL_10BASE = BIT(1),
	LINK_HALF_100BASE = BIT(2),
	LINK_FULL_100BASE = BIT(3),
	LINK_HALF_1000BASE = BIT(4),
	LINK_FULL_1000BASE = BIT(5),
	LINK_FULL_2500BASE = BIT(6),
	LINK_FULL_5000BASE = BIT(7),
};

/* Their names before v4.2. */
#define LINK_HALF_10BASE_T   LINK_HALF_10BASE
#define LINK_FULL_10BASE_T   LINK_FULL_10BASE
#define LINK_HALF_100BASE_T  LINK_HALF_100BASE
#define LINK_FULL_100BASE_T  LINK_FULL_100BASE
#define LINK_HALF_1000BASE_T LINK_HALF_1000BASE
#define LINK_FULL_1000BASE_T LINK_FULL_1000BASE
#define LINK_FULL_2500BASE_T LINK_FULL_2500BASE
#define LINK_FULL_5000BASE_T LINK_FULL_5000BASE

/** Whether both ends may send at a time. */
#define PHY_LINK_IS_FULL_DUPLEX(x) (((x) & (BIT(1) | BIT(3) | BIT(5) | BIT(6) | BIT(7))) != 0)
/** 1000 Mbit/s. */
#define PHY_LINK_IS_SPEED_1000M(x) (((x) & (BIT(4) | BIT(5))) != 0)
/** 100 Mbit/s. */
#define PHY_LINK_IS_SPEED_100M(x) (((x) & (BIT(2) | BIT(3))) != 0)
/** 10 Mbit/s. */
#define PHY_LINK_IS_SPEED_10M(x) (((x) & (BIT(0) | BIT(1))) != 0)

/** How a link is to be made. */
enum phy_cfg_link_flag {
	PHY_FLAG_AUTO_NEGOTIATION_DISABLED = BIT(0), /**< By force, at the one speed given */
};

/** A link. */
struct phy_link_state {
	enum phy_link_speed speed;
	bool is_up;
};

/** What a transceiver of a shared medium does about collisions (IEEE 802.3cg, 148). */
struct phy_plca_cfg {
	uint8_t version;
	bool enable;
	uint8_t node_id;
	uint8_t node_count;
	uint8_t burst_count;
	uint8_t burst_timer;
	uint8_t to_timer;
};

/** Is told that the link has changed. */
typedef void (*phy_callback_t)(const struct device *dev, struct phy_link_state *state,
			       void *user_data);

/** What a driver does; any may be missing. */
__subsystem struct ethphy_driver_api {
	int (*get_link)(const struct device *dev, struct phy_link_state *state);
	int (*cfg_link)(const struct device *dev, enum phy_link_speed adv_speeds,
			enum phy_cfg_link_flag flags);
	int (*link_cb_set)(const struct device *dev, phy_callback_t cb, void *user_data);
	int (*read)(const struct device *dev, uint16_t reg_addr, uint32_t *data);
	int (*write)(const struct device *dev, uint16_t reg_addr, uint32_t data);
	int (*read_c45)(const struct device *dev, uint8_t devad, uint16_t regad, uint16_t *data);
	int (*write_c45)(const struct device *dev, uint8_t devad, uint16_t regad, uint16_t data);
	int (*set_plca_cfg)(const struct device *dev, struct phy_plca_cfg *plca_cfg);
	int (*get_plca_cfg)(const struct device *dev, struct phy_plca_cfg *plca_cfg);
	int (*get_plca_sts)(const struct device *dev, bool *plca_sts);
};

/** Chooses which speeds are offered to the partner. -ENOSYS if the driver can't. */
static inline int phy_configure_link(const struct device *dev,
					enum phy_link_speed speeds, enum phy_cfg_link_flag flags)
{
	const struct ethphy_driver_api *api = (const struct ethphy_driver_api *)dev->api;

	return api->cfg_link != NULL ? api->cfg_link(dev, speeds, flags) : -ENOSYS;
}

/** Tells the link. -ENOSYS if the driver can't. */
static inline int phy_get_link_state(const struct device *dev, struct phy_link_state *state)
{
	const struct ethphy_driver_api *api = (const struct ethphy_driver_api *)dev->api;

	return api->get_link != NULL ? api->get_link(dev, state) : -ENOSYS;
}

/** Has @p callback called when the link changes, and once at first. -ENOSYS if the driver can't. */
static inline int phy_link_callback_set(const struct device *dev,
					phy_callback_t callback, void *user_data)
{
	const struct ethphy_driver_api *api = (const struct ethphy_driver_api *)dev->api;

	return api->link_cb_set != NULL ? api->link_cb_set(dev, callback, user_data) : -ENOSYS;
}

/** Reads a register. -ENOSYS if the driver can't. */
static inline int phy_read(const struct device *dev, uint16_t reg_addr, uint32_t *value)
{
	const struct ethphy_driver_api *api = (const struct ethphy_driver_api *)dev->api;

	return api->read != NULL ? api->read(dev, reg_addr, value) : -ENOSYS;
}

/** Writes a register. -ENOSYS if the driver can't. */
static inline int phy_write(const struct device *dev, uint16_t reg_addr, uint32_t value)
{
	const struct ethphy_driver_api *api = (const struct ethphy_driver_api *)dev->api;

	return api->write != NULL ? api->write(dev, reg_addr, value) : -ENOSYS;
}

/** Reads a register by clause 45. -ENOSYS if the driver can't. */
static inline int phy_read_c45(const struct device *dev,
					uint8_t devad, uint16_t regad, uint16_t *data)
{
	const struct ethphy_driver_api *api = (const struct ethphy_driver_api *)dev->api;

	return api->read_c45 != NULL ? api->read_c45(dev, devad, regad, data) : -ENOSYS;
}

/** Writes a register by clause 45. -ENOSYS if the driver can't. */
static inline int phy_write_c45(const struct device *dev,
					uint8_t devad, uint16_t regad, uint16_t data)
{
	const struct ethphy_driver_api *api = (const struct ethphy_driver_api *)dev->api;

	return api->write_c45 != NULL ? api->write_c45(dev, devad, regad, data) : -ENOSYS;
}

/** Sets what PLCA does. -ENOSYS if the driver can't. */
static inline int phy_set_plca_cfg(const struct device *dev, struct phy_plca_cfg *plca_cfg)
{
	const struct ethphy_driver_api *api = (const struct ethphy_driver_api *)dev->api;

	return api->set_plca_cfg != NULL ? api->set_plca_cfg(dev, plca_cfg) : -ENOSYS;
}

/** Tells what PLCA does. -ENOSYS if the driver can't. */
static inline int phy_get_plca_cfg(const struct device *dev, struct phy_plca_cfg *plca_cfg)
{
	const struct ethphy_driver_api *api = (const struct ethphy_driver_api *)dev->api;

	return api->get_plca_cfg != NULL ? api->get_plca_cfg(dev, plca_cfg) : -ENOSYS;
}

/** Tells whether PLCA works. -ENOSYS if the driver can't. */
static inline int phy_get_plca_sts(const struct device *dev, bool *plca_status)
{
	const struct ethphy_driver_api *api = (const struct ethphy_driver_api *)dev->api;

	return api->get_plca_sts != NULL ? api->get_plca_sts(dev, plca_status) : -ENOSYS;
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_DRIVERS_PHY_H_ */
