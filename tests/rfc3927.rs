// SPDX-License-Identifier: Apache-2.0
//! RFC 3927: addresses of 169.254/16, which hosts choose themselves. How they are tried and defended is in `rfc5227.rs`.
#![cfg(all(CONFIG_NET_IPV4_AUTO, CONFIG_NET_L2_ETHERNET))]

use testutil::lab::{HOST_IP, PEER_IP};
use testutil::{EthAddr, Ipv4Addr, Lab};
use znet::stack::acd::link_local;
use znet::wire::arp::{Operation, Repr};

/// 2.1: spread over the range without its ends, and the same at each start.
#[test]
fn section_2_1_choosing() {
    let mut seen = std::collections::HashSet::new();
    for station in 0..100u8 {
        for attempt in 1..20 {
            let mac = EthAddr([2, 0, 0, 0, 1, station]);
            let addr = link_local(mac, attempt);
            assert!(addr.is_link_local() && !matches!(addr.octets()[2], 0 | 255), "{addr}");
            assert_eq!(addr, link_local(mac, attempt));
            seen.insert(addr);
        }
    }
    assert!(seen.len() > 1800, "{} different ones of 1900", seen.len());
}

/// 2.5: ARP packets from such an address go to everybody, answers too; those from others do not.
#[test]
fn section_2_5_all_hear_arp_packets() {
    let mut lab = Lab::new();
    let own = Ipv4Addr::new(169, 254, 7, 7);
    assert!(lab.iface.ipv4_add(own, 16));
    for (target, to) in [(own, EthAddr::BROADCAST), (HOST_IP, lab.peer.mac)] {
        lab.peer.ask_arp(target);
        lab.net.run_until_idle();
        let reply = lab.peer.next().expect("an answer");
        let arp = Repr::parse(&reply[14..]).unwrap();
        assert_eq!(
            (arp.operation, arp.sender_ip, arp.target_ip),
            (Operation::Reply, target, PEER_IP)
        );
        assert_eq!((&reply[..6], arp.target_hw), (&to.0[..], lab.peer.mac));
    }
    lab.assert_alive();
}
