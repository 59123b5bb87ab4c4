// SPDX-License-Identifier: Apache-2.0

#include "drivers.h"

struct fake plain = {.mac = {0x00, 0x00, 0x5e, 0x00, 0x53, 0x01}};
struct fake other = {.mac = {0x00, 0x00, 0x5e, 0x00, 0x53, 0x02}};
struct fake ether = {.mac = {0x00, 0x00, 0x5e, 0x00, 0x53, 0x03}};
struct fake sums = {.mac = {0x00, 0x00, 0x5e, 0x00, 0x53, 0x04}};

static int fake_send(const struct device *dev, struct net_pkt *pkt)
{
	struct fake *const fake = dev->data;

	if (fake->result != 0) {
		return fake->result;
	}
	net_pkt_cursor_init(pkt);
	fake->length = MIN(net_pkt_get_len(pkt), sizeof(fake->last));
	(void)net_pkt_read(pkt, fake->last, fake->length);
	fake->sent++;
	k_sem_give(&fake->some);
	return 0;
}

static int fake_start(const struct device *dev)
{
	((struct fake *)dev->data)->starts++;
	return 0;
}

static int fake_stop(const struct device *dev)
{
	((struct fake *)dev->data)->stops++;
	return 0;
}

static void fake_init(struct net_if *iface, enum net_link_type type)
{
	struct fake *const fake = net_if_get_device(iface)->data;

	k_sem_init(&fake->some, 0, 100);
	fake->iface = iface;
	net_if_set_link_addr(iface, fake->mac, sizeof(fake->mac), type);
}

static void plain_init(struct net_if *iface)
{
	fake_init(iface, NET_LINK_DUMMY);
}

static void ether_init(struct net_if *iface)
{
	fake_init(iface, NET_LINK_ETHERNET);
	ethernet_init(iface);
}

static enum ethernet_hw_caps ether_caps(const struct device *dev)
{
	if (dev->data == &sums) {
		return ETHERNET_LINK_10BASE | ETHERNET_HW_TX_CHKSUM_OFFLOAD |
		       ETHERNET_HW_RX_CHKSUM_OFFLOAD;
	}
	return ETHERNET_LINK_10BASE | ETHERNET_LINK_100BASE | ETHERNET_PROMISC_MODE;
}

static int dev_init(const struct device *dev)
{
	ARG_UNUSED(dev);
	return 0;
}

static struct dummy_api plain_api = {
	.iface_api.init = plain_init, .send = fake_send, .start = fake_start, .stop = fake_stop};
static struct ethernet_api ether_api = {.iface_api.init = ether_init,
					.send = fake_send,
					.start = fake_start,
					.stop = fake_stop,
					.get_capabilities = ether_caps};

NET_DEVICE_INIT_INSTANCE(plain_dev, "plain", 1, dev_init, NULL, &plain, NULL,
			 CONFIG_KERNEL_INIT_PRIORITY_DEFAULT, &plain_api, DUMMY_L2,
			 NET_L2_GET_CTX_TYPE(DUMMY_L2), 1280);
NET_DEVICE_INIT_INSTANCE(other_dev, "other", 2, dev_init, NULL, &other, NULL,
			 CONFIG_KERNEL_INIT_PRIORITY_DEFAULT, &plain_api, DUMMY_L2,
			 NET_L2_GET_CTX_TYPE(DUMMY_L2), 1280);
ETH_NET_DEVICE_INIT(ether_dev, "ether", dev_init, NULL, &ether, NULL, CONFIG_ETH_INIT_PRIORITY,
		    &ether_api, NET_ETH_MTU);
ETH_NET_DEVICE_INIT(sums_dev, "sums", dev_init, NULL, &sums, NULL, CONFIG_ETH_INIT_PRIORITY,
		    &ether_api, NET_ETH_MTU);

void fake_reset(struct fake *fake)
{
	fake->sent = fake->starts = fake->stops = 0;
	fake->result = 0;
	k_sem_reset(&fake->some);
}

int fake_receive(struct fake *fake, const void *data, size_t length)
{
	struct net_pkt *const pkt =
		net_pkt_rx_alloc_with_buffer(fake->iface, length, AF_UNSPEC, 0, K_NO_WAIT);
	int err;

	zassert_not_null(pkt);
	zassert_ok(net_pkt_write(pkt, data, length));
	net_pkt_cursor_init(pkt);
	err = net_recv_data(fake->iface, pkt);
	if (err < 0) {
		net_pkt_unref(pkt);
	}
	return err;
}

#define TOLD_MAX 64

static struct told told[TOLD_MAX];
static int told_count;
static struct net_mgmt_event_callback callback;
static bool listening;

static void tell(struct net_mgmt_event_callback *cb, uint64_t mgmt_event, struct net_if *iface)
{
	struct told *const one = &told[told_count % TOLD_MAX];

	one->event = mgmt_event;
	one->iface = iface;
	one->length = MIN(cb->info_length, sizeof(one->info));
	if (cb->info != NULL) {
		memcpy(one->info, cb->info, one->length);
	}
	told_count++;
}

#define MARK                                                                                       \
	(NET_MGMT_EVENT_BIT | NET_MGMT_LAYER(NET_MGMT_LAYER_L3) |                                  \
	 NET_MGMT_LAYER_CODE(NET_MGMT_LAYER_CODE_USER1) | BIT(0))

static K_SEM_DEFINE(marked, 0, 1);
static struct net_mgmt_event_callback mark_callback;

static void mark(struct net_mgmt_event_callback *cb, uint64_t mgmt_event, struct net_if *iface)
{
	ARG_UNUSED(cb);
	ARG_UNUSED(mgmt_event);
	ARG_UNUSED(iface);
	k_sem_give(&marked);
}

/* Waits until all that was raised has been told: events keep their order. */
static void events_drain(void)
{
	settle();
	k_sem_reset(&marked);
	net_mgmt_init_event_callback(&mark_callback, mark, MARK);
	net_mgmt_add_event_callback(&mark_callback);
	do {
		net_mgmt_event_notify(MARK, plain.iface);
	} while (k_sem_take(&marked, K_MSEC(100)) != 0);
	net_mgmt_del_event_callback(&mark_callback);
}

void events_listen(uint64_t mask)
{
	if (listening) {
		net_mgmt_del_event_callback(&callback);
	}
	listening = true;
	net_mgmt_init_event_callback(&callback, tell, mask);
	net_mgmt_add_event_callback(&callback);
	events_drain();
	told_count = 0;
}

void events_forget(void)
{
	events_drain();
	told_count = 0;
}

int events_count(uint64_t event)
{
	int found = 0;

	events_drain();
	for (int i = 0; i < MIN(told_count, TOLD_MAX); i++) {
		found += told[i].event == event;
	}
	return found;
}

const struct told *events_find(uint64_t event)
{
	events_drain();
	for (int i = 0; i < MIN(told_count, TOLD_MAX); i++) {
		if (told[i].event == event) {
			return &told[i];
		}
	}
	return NULL;
}
