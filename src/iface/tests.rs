// SPDX-License-Identifier: Apache-2.0
use core::net::Ipv4Addr;

use super::*;
use crate::base::{Error, EthAddr};

const A: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);

// Tests that need two addresses on an interface pass where the configuration has room for one.

fn ip(a: u8, b: u8, c: u8, d: u8) -> Ipv4Addr {
    Ipv4Addr::new(a, b, c, d)
}

#[test]
fn a_new_interface_is_down_and_empty() {
    let i = IfBuilder::dummy().build();
    assert!(!i.is_up() && !i.is_admin_up() && i.is_carrier_ok());
    assert_eq!(i.oper_state(), OperState::Unknown);
    assert_eq!(i.ipv4_addrs().count(), 0);
    assert_eq!(i.classify_ipv4(ip(0, 0, 0, 0)), Ipv4Dst::Other, "a free slot is no address");
}

#[test]
fn operational_state_follows_admin_carrier_and_dormant() {
    let i = IfBuilder::dummy().build();
    i.flag_clear(IfFlag::LowerUp);
    i.flag_set(IfFlag::Up);
    assert_eq!((i.update_oper_state(true), i.oper_state()), (None, OperState::Down));
    i.flag_set(IfFlag::LowerUp);
    i.flag_set(IfFlag::Dormant);
    assert_eq!((i.update_oper_state(true), i.oper_state()), (None, OperState::Dormant));
    i.flag_clear(IfFlag::Dormant);
    assert_eq!((i.update_oper_state(true), i.oper_state()), (Some(true), OperState::Up));
    assert_eq!(i.update_oper_state(true), None, "no second notice");
    assert_eq!(
        (i.update_oper_state(false), i.oper_state()),
        (Some(false), OperState::LowerLayerDown)
    );
    i.flag_clear(IfFlag::Up);
    assert_eq!((i.update_oper_state(true), i.oper_state()), (None, OperState::Down));
}

#[test]
fn the_link_address_stands_while_running() {
    let i = IfBuilder::ethernet(EthAddr([2, 0, 0, 0, 0, 1])).up().build();
    assert!(!i.set_link_addr(EthAddr([2, 0, 0, 0, 0, 2]).into()));
    i.bring_down();
    assert!(i.set_link_addr(EthAddr([2, 0, 0, 0, 0, 2]).into()));
    assert_eq!(i.mac(), EthAddr([2, 0, 0, 0, 0, 2]));
}

#[test]
fn destinations_are_told_apart() {
    if IPV4_ADDR_MAX < 2 {
        return;
    }
    let i = IfBuilder::dummy().ipv4(A, 24).ipv4([10, 0, 0, 1], 30).build();
    i.ipv4_group_join(ip(239, 1, 2, 3)).unwrap();
    for (dst, what) in [
        (A, Ipv4Dst::Unicast),
        (ip(10, 0, 0, 1), Ipv4Dst::Unicast),
        (ip(192, 0, 2, 2), Ipv4Dst::Other),
        (ip(192, 0, 2, 255), Ipv4Dst::Broadcast),
        (ip(10, 0, 0, 3), Ipv4Dst::Broadcast),
        (ip(10, 0, 0, 255), Ipv4Dst::Other),
        (ip(255, 255, 255, 255), Ipv4Dst::Broadcast),
        (ip(239, 1, 2, 3), Ipv4Dst::Multicast),
        (ip(239, 1, 2, 4), Ipv4Dst::Other),
        (ip(224, 0, 0, 1), Ipv4Dst::Multicast),
        (ip(0, 0, 0, 0), Ipv4Dst::Other),
    ] {
        assert_eq!(i.classify_ipv4(dst), what, "{dst}");
    }
}

#[test]
fn narrow_subnets_have_no_broadcast_address() {
    if IPV4_ADDR_MAX < 2 {
        return;
    }
    let i = IfBuilder::dummy().ipv4([10, 0, 0, 0], 31).ipv4([10, 0, 1, 1], 32).build();
    assert!(!i.is_ipv4_broadcast(ip(10, 0, 0, 1)), "RFC 3021");
    assert!(!i.is_ipv4_broadcast(ip(10, 0, 1, 1)));
    assert!(i.is_ipv4_onlink(ip(10, 0, 0, 1)));
    assert!(!i.is_ipv4_onlink(ip(10, 0, 1, 2)));
}

#[test]
fn a_new_address_has_the_configured_netmask() {
    let i = IfBuilder::dummy().build();
    let slot = i.ipv4_addr_add(A, AddrType::Manual, 0).unwrap();
    assert_eq!(
        slot.netmask.get().to_bits().count_ones() as usize,
        crate::config::NET_IPV4_DEFAULT_NETMASK
    );
    assert_eq!(
        slot.netmask.get().to_bits().leading_ones() as usize,
        crate::config::NET_IPV4_DEFAULT_NETMASK
    );
}

#[test]
fn an_address_without_netmask_reaches_nothing_directly() {
    let i = IfBuilder::dummy().build();
    i.ipv4_addr_add(A, AddrType::Manual, 0).unwrap();
    assert!(i.set_ipv4_netmask(A, Ipv4Addr::UNSPECIFIED));
    assert!(!i.is_ipv4_onlink(ip(192, 0, 2, 2)));
    assert!(i.set_ipv4_netmask(A, ip(255, 255, 255, 0)));
    assert!(i.is_ipv4_onlink(ip(192, 0, 2, 2)));
    assert!(!i.set_ipv4_netmask(ip(9, 9, 9, 9), ip(255, 0, 0, 0)));
}

#[test]
fn addresses_come_and_go() {
    let i = IfBuilder::dummy().build();
    let slot = i.ipv4_addr_add(A, AddrType::Manual, 0).unwrap();
    assert!(core::ptr::eq(slot, i.ipv4_addr_add(A, AddrType::Manual, 0).unwrap()), "no duplicate");
    assert_eq!(slot.ipv4.addr_state(), AddrState::Preferred);
    assert_eq!(slot.ipv4.is_infinite.get(), 1);
    for n in 0..IPV4_ADDR_MAX as u8 - 1 {
        assert!(i.ipv4_add(ip(10, 0, n, 1), 24));
    }
    assert!(i.ipv4_addr_add(ip(10, 9, 9, 9), AddrType::Manual, 0).is_none(), "full");
    assert!(i.ipv4_addr_rm(A) && !i.ipv4_addr_rm(A));
    assert!(i.ipv4_addr_add(ip(10, 9, 9, 9), AddrType::Dhcp, 60).is_some());
    for bad in [ip(0, 0, 0, 0), ip(224, 0, 0, 5), ip(255, 255, 255, 255)] {
        assert!(i.ipv4_addr_add(bad, AddrType::Manual, 0).is_none(), "{bad}");
    }
}

#[test]
fn an_overridable_address_gives_way_to_dhcp_only() {
    if IPV4_ADDR_MAX < 2 {
        return;
    }
    let i = IfBuilder::dummy().build();
    i.ipv4_addr_add(A, AddrType::Overridable, 0).unwrap();
    i.ipv4_addr_add(ip(10, 0, 0, 1), AddrType::Manual, 0).unwrap();
    assert!(i.has_ipv4_addr(A));
    i.ipv4_addr_add(ip(10, 0, 0, 2), AddrType::Dhcp, 3600).unwrap();
    assert!(!i.has_ipv4_addr(A));
    assert!(i.has_ipv4_addr(ip(10, 0, 0, 1)) && i.has_ipv4_addr(ip(10, 0, 0, 2)));
}

#[test]
fn source_is_of_the_subnet_of_the_destination() {
    if IPV4_ADDR_MAX < 2 {
        return;
    }
    let i = IfBuilder::dummy().ipv4(A, 24).ipv4([10, 0, 0, 1], 8).build();
    assert_eq!(i.ipv4_select_src(ip(10, 7, 7, 7)), Some(ip(10, 0, 0, 1)));
    assert_eq!(i.ipv4_select_src(ip(192, 0, 2, 9)), Some(A));
    assert_eq!(i.ipv4_select_src(ip(192, 0, 3, 9)), Some(A), "most leading bits");
    i.ipv4_slot(A).unwrap().ipv4.set_addr_state(AddrState::Tentative);
    assert_eq!(i.ipv4_select_src(ip(192, 0, 2, 9)), Some(ip(10, 0, 0, 1)));
    assert_eq!(IfBuilder::dummy().build().ipv4_select_src(A), None);
}

#[test]
fn link_local_addresses_serve_link_local_destinations() {
    if IPV4_ADDR_MAX < 2 {
        return;
    }
    let ll = ip(169, 254, 1, 1);
    let i = IfBuilder::dummy().ipv4(ll, 16).ipv4(A, 24).build();
    assert_eq!(i.ipv4_select_src(ip(198, 51, 100, 1)), Some(A));
    assert_eq!(i.ipv4_select_src(ip(169, 254, 9, 9)), Some(ll));
    assert_eq!(i.ipv4_select_src(ip(224, 0, 0, 251)), Some(ll));
}

#[test]
fn groups_are_left_by_the_last_user() {
    let i = IfBuilder::dummy().build();
    let g = ip(239, 0, 0, 1);
    assert_eq!(i.ipv4_group_join(g), Some(true));
    assert_eq!(i.ipv4_group_join(g), Some(false));
    assert_eq!(i.ipv4_group_leave(g), Some(false));
    assert!(i.is_ipv4_group_joined(g));
    assert_eq!(i.ipv4_group_leave(g), Some(true));
    assert!(!i.is_ipv4_group_joined(g));
    assert_eq!(i.ipv4_group_leave(g), None);
    assert_eq!(i.ipv4_group_join(A), None, "not a group");
    for n in 0..IPV4_MADDR_MAX as u8 {
        assert_eq!(i.ipv4_group_join(ip(239, 0, 1, n)), Some(true));
    }
    assert_eq!(i.ipv4_group_join(g), None, "full");
}

#[test]
fn indices_stand_until_removal() {
    let (a, b, c) =
        (IfBuilder::dummy().build(), IfBuilder::loopback().build(), IfBuilder::dummy().build());
    let mut t = IfTable::new();
    for i in [a, b] {
        t.add(i).unwrap();
    }
    assert_eq!(t.add(a), Err(Error::Already));
    t.set_default(Some(b));
    assert_eq!(t.default_iface(), Some(b));
    assert!(t.remove(a) && !t.remove(a));
    assert_eq!((a.index(), b.index(), t.get(2)), (0, 2, Some(b)));
    assert_eq!(t.add(c), Ok(1));
    assert_eq!((t.get(0), t.get(200)), (None, None));
    t.remove(b);
    assert_eq!(t.default_iface(), Some(c));
    assert_eq!(t.first_of_kind(L2Kind::Loopback), None);
}

#[test]
fn blocks_are_lent_and_come_back_clean() {
    static POOL: Ipv4Pool = Ipv4Pool::new();
    let bare = || {
        let dev = std::boxed::Box::leak(std::boxed::Box::new(NetIfDev::new(1500)));
        let shell =
            std::boxed::Box::leak(std::boxed::Box::new(NetIf::new(dev, None, L2Kind::Dummy)));
        IfRef::from_static(shell)
    };
    let i = bare();
    assert!(!i.ipv4_add(A, 24), "no block, no address");
    POOL.lend(i).unwrap();
    assert!(i.ipv4_add(A, 24));
    POOL.take_back(i).unwrap();
    assert_eq!(POOL.take_back(i), Err(Error::Inval));
    let mut last = bare();
    for _ in 0..crate::config::NET_IF_MAX_IPV4_COUNT {
        last = bare();
        POOL.lend(last).unwrap();
        assert_eq!(last.ipv4_addrs().count(), 0);
    }
    assert!(matches!(POOL.lend(bare()), Err(Error::NoMem)));
    POOL.take_back(last).unwrap();
    assert!(POOL.lend(bare()).is_ok());
}

#[test]
fn checksums_the_device_does_are_not_ours() {
    let i = IfBuilder::dummy().build();
    assert!(i.needs_tx_checksum(Checksum::IPV4_UDP));
    i.set_checksum_offload(Checksum(Checksum::IPV4_HEADER.0), Checksum::ALL);
    assert!(!i.needs_tx_checksum(Checksum::IPV4_HEADER));
    assert!(i.needs_tx_checksum(Checksum::IPV4_UDP), "both bits are owed");
    assert!(!i.needs_rx_checksum(Checksum::IPV4_ICMP));
}
