// SPDX-License-Identifier: Apache-2.0
//! Addresses that come and go while somebody else speaks from them: conflict detection in a live host.

use testutil::lab::{HOST_IP, PEER_IP};
use testutil::{EthAddr, Ipv4Addr, Lab};
use znet::iface::AddrType;
use znet::wire::arp::{Operation, Repr};

use super::against_host;
use crate::input::Input;

fn address(byte: u8) -> Ipv4Addr {
    match byte % 8 {
        0 => Ipv4Addr::UNSPECIFIED,
        1 => PEER_IP,
        2 => HOST_IP,
        3 => Ipv4Addr::new(169, 254, 1, 1),
        n => Ipv4Addr::new(192, 0, 2, 70 + n),
    }
}

/// Each step gives the interface an address, takes one away, or is an ARP packet about one.
pub fn run(data: &[u8]) {
    against_host(data, |lab: &mut Lab, piece| {
        let mut input = Input::new(piece);
        let (how, one, other) = (input.byte(), address(input.byte()), address(input.byte()));
        let iface = lab.iface;
        match how % 8 {
            0 | 1 if one != HOST_IP => {
                // The interface may have it, or no room.
                if iface.ipv4_addr_add(one, AddrType::Manual, 0).is_some() {
                    lab.host.core().with(|stack, env| stack.acd_begin(env, iface, one));
                }
            }
            2 if one != HOST_IP => {
                iface.ipv4_addr_rm(one);
                lab.host.core().with(|stack, _| stack.acd_forget(iface, one));
            }
            _ => {
                let repr = Repr {
                    operation: if how & 8 == 0 { Operation::Request } else { Operation::Reply },
                    sender_hw: if how & 16 == 0 { lab.peer.mac } else { iface.mac() },
                    // Whoever insists on the address that all is tried with gets it.
                    sender_ip: if one == HOST_IP { PEER_IP } else { one },
                    target_hw: EthAddr::UNSPECIFIED,
                    target_ip: other,
                };
                lab.peer.send_arp(EthAddr::BROADCAST, repr);
            }
        }
        lab.net.run_until_idle();
        lab.host.take_events();
    });
    // The next input begins with the address of the host alone.
    super::LAB.with_borrow(|lab| {
        let others = lab.iface.ipv4_addrs().map(|a| a.addr).filter(|addr| *addr != HOST_IP);
        for addr in others.collect::<Vec<_>>() {
            lab.iface.ipv4_addr_rm(addr);
        }
    });
}
