/* SPDX-License-Identifier: Apache-2.0 */
/* A transceiver's driver, and who asks it. */

#include <zephyr/net/mii.h>
#include <zephyr/net/phy.h>
#include <zephyr/ztest.h>

static uint32_t control = MII_BMCR_AUTONEG_ENABLE;

static int read_register(const struct device *dev, uint16_t reg_addr, uint32_t *data)
{
	ARG_UNUSED(dev);
	if (reg_addr != MII_BMCR) {
		return -EIO;
	}
	*data = control;
	return 0;
}

static int write_register(const struct device *dev, uint16_t reg_addr, uint32_t data)
{
	ARG_UNUSED(dev);
	ARG_UNUSED(reg_addr);
	control = data;
	return 0;
}

static int configure(const struct device *dev, enum phy_link_speed speeds,
		     enum phy_cfg_link_flag flags)
{
	if ((flags & PHY_FLAG_AUTO_NEGOTIATION_DISABLED) == 0) {
		return -ENOTSUP;
	}
	return phy_write(dev, MII_BMCR,
			 (PHY_LINK_IS_SPEED_100M(speeds) ? MII_BMCR_SPEED_100 : MII_BMCR_SPEED_10) |
				 (PHY_LINK_IS_FULL_DUPLEX(speeds) ? MII_BMCR_DUPLEX_MODE : 0));
}

static int tell(const struct device *dev, struct phy_link_state *state)
{
	uint32_t value;

	zassert_ok(phy_read(dev, MII_BMCR, &value));
	state->is_up = true;
	state->speed = (value & MII_BMCR_SPEED_MASK) == MII_BMCR_SPEED_100 ? LINK_FULL_100BASE
									    : LINK_FULL_10BASE;
	return 0;
}

static const struct ethphy_driver_api api = {
	.get_link = tell,
	.cfg_link = configure,
	.read = read_register,
	.write = write_register,
};

DEVICE_DEFINE(test_phy, "phy", NULL, NULL, NULL, NULL, POST_KERNEL, 50, &api);

ZTEST_SUITE(phy, NULL, NULL, NULL, NULL, NULL);

ZTEST(phy, test_calls)
{
	const struct device *dev = device_get_binding("phy");
	struct phy_link_state state;
	uint32_t value;
	uint16_t half;

	zassert_not_null(dev);
	zassert_equal(phy_configure_link(dev, LINK_FULL_100BASE, 0), -ENOTSUP);
	zassert_ok(phy_configure_link(dev, LINK_FULL_100BASE_T,
				      PHY_FLAG_AUTO_NEGOTIATION_DISABLED));
	zassert_ok(phy_get_link_state(dev, &state));
	zassert_equal(state.speed, LINK_FULL_100BASE);
	zassert_true(state.is_up);
	zassert_ok(phy_read(dev, MII_BMCR, &value));
	zassert_equal(value, 0x2100);
	zassert_equal(phy_read(dev, MII_BMSR, &value), -EIO);
	zassert_equal(phy_read_c45(dev, 1, 2, &half), -ENOSYS);
	zassert_equal(phy_link_callback_set(dev, NULL, NULL), -ENOSYS);
	zassert_false(PHY_LINK_IS_SPEED_10M(LINK_HALF_100BASE));
}
