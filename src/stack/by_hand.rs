// SPDX-License-Identifier: Apache-2.0
//! IP packets that somebody hands in without their link, and ICMP errors about packets of others.
//!
//! Called by: `capi::by_hand`. Calls: `rx_v4`, `v6::rx` and `icmp` of both families.

use super::{Env, Stack};
use crate::base::{DropReason, Error, Result};
use crate::buf::Pkt;
use crate::iface::IfRef;
#[cfg(CONFIG_NET_IPV4)]
use crate::ip::v4;
#[cfg(CONFIG_NET_IPV6)]
use crate::ip::v6;
#[cfg(CONFIG_NET_IPV4)]
use crate::wire::icmpv4;

impl Stack {
    /// Takes an IP packet as if `iface` had received it. False when it, or what it brought about, was
    /// dropped.
    pub fn rx_ip(&mut self, env: &dyn Env, iface: IfRef, pkt: Pkt) -> bool {
        let before = self.drops_total();
        match pkt.head().first().map(|first| first >> 4) {
            _ if !iface.is_up() => self.discard(DropReason::IfaceDown, pkt),
            #[cfg(CONFIG_NET_IPV4)]
            Some(4) => self.rx_v4(env, iface, pkt, false),
            #[cfg(CONFIG_NET_IPV6)]
            Some(6) => self.rx_v6(env, iface, pkt, false),
            _ => self.discard(DropReason::LinkUnknownProtocol, pkt),
        }
        self.drops_total() == before
    }

    /// Takes an ARP packet as if `iface` had received it. False when it was dropped.
    #[cfg(CONFIG_NET_ARP)]
    pub fn rx_arp_alone(&mut self, env: &dyn Env, iface: IfRef, pkt: Pkt) -> bool {
        let before = self.drops_total();
        self.rx_arp(env, iface, pkt);
        self.drops_total() == before
    }

    /// Tells the sender of `pkt`, which `iface` received and which starts at its IP header, what is wrong:
    /// an ICMP error of that type and code. `value` is the pointer or the MTU that some tell.
    ///
    /// # Errors
    /// [`Error::Inval`] for what is no packet to us or may not be answered (RFC 1122, 3.2.2; RFC 4443,
    /// 2.4 e), and for a type that is no error; [`Error::NoBufs`] when it could not be sent.
    pub fn send_icmp_error(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        pkt: &mut Pkt,
        (kind, code, value): (u8, u8, u32),
    ) -> Result<()> {
        let before = self.drops_total();
        match pkt.head().first().map(|first| first >> 4) {
            #[cfg(CONFIG_NET_IPV4)]
            Some(4) => {
                use icmpv4::{Message, kind};
                let message = match kind {
                    kind::DEST_UNREACHABLE => Message::DestUnreachable { code, mtu: value as u16 },
                    kind::TIME_EXCEEDED => Message::TimeExceeded { code },
                    kind::PARAMETER_PROBLEM => {
                        Message::ParameterProblem { code, pointer: value as u8 }
                    }
                    _ => return Err(Error::Inval),
                };
                let (table, senders) = (&self.ifaces, &self.senders);
                let info = v4::input::input(pkt, iface, table, senders, false, true);
                let info = info.map_err(|_| Error::Inval)?;
                if !v4::icmp::may_answer_with_error(pkt, &info, false) {
                    return Err(Error::Inval);
                }
                self.send_error(env, iface, pkt, &info, message);
            }
            #[cfg(CONFIG_NET_IPV6)]
            Some(6) => {
                use v6::input::{Complaint, may_answer_with_error};
                let info = v6::input::input(pkt, iface, &self.ifaces, false);
                let info = info.map_err(|_| Error::Inval)?;
                let to_group = kind == crate::wire::icmpv6::kind::PACKET_TOO_BIG;
                if kind >= 128 || !may_answer_with_error(pkt, &info, false, to_group) {
                    return Err(Error::Inval);
                }
                let complaint = Complaint { kind, code, value, to_group };
                self.send_error_v6(env, iface, pkt, &info, complaint);
            }
            _ => return Err(Error::Inval),
        }
        if self.drops_total() == before { Ok(()) } else { Err(Error::NoBufs) }
    }
}
