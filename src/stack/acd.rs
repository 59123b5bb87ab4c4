// SPDX-License-Identifier: Apache-2.0
//! IPv4 addresses that are tried before they are used, and defended (RFC 5227), and those chosen
//! without a server (RFC 3927).
//!
//! Called by: `capi::{net_if_ipv4, net_if_state, ipv4_autoconf}`, `stack::{neighbour, timers}`. Calls:
//! `l2::acd`, which knows the rules, and `stack::neighbour` to send.

use super::{Env, Event, Stack};
use crate::base::{EthAddr, Instant, Ipv4Addr};
use crate::config;
use crate::iface::{AddrState, IF_MAX, IfRef, L2Kind};
use crate::l2::acd::{Claims, Conflict, Due};
use crate::wire::arp::{Operation, Repr};

/// As many as the interfaces have places for.
const ADDRESSES: usize = config::NET_IF_UNICAST_IPV4_ADDR_COUNT * IF_MAX;

/// The addresses that are watched.
pub(super) type Table = Claims<ADDRESSES, IF_MAX>;

/// What became of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody else has it; it may be used.
    Ours,
    /// Somebody else has it; it has been taken away before it was used.
    Taken,
    /// Somebody else insisted on it; it has been taken away.
    Lost,
}

impl Stack {
    /// Begins to try `addr`, which is not used before that has ended well. Where nobody can be asked
    /// it may be used at once.
    pub fn acd_begin(&mut self, env: &dyn Env, iface: IfRef, addr: Ipv4Addr) {
        let Some(slot) = iface.ipv4_slot(addr) else { return };
        if iface.l2_kind() != L2Kind::Ethernet {
            return;
        }
        slot.ipv4.set_addr_state(AddrState::Tentative);
        if iface.is_up() && self.acd.begin(env.now(), random(env), iface.index(), addr) {
            self.tell_acd_deadline();
        }
    }

    /// The link has come up: its addresses may have been given away meanwhile (RFC 5227, 2.1).
    pub fn acd_begin_all(&mut self, env: &dyn Env, iface: IfRef) {
        for own in iface.ipv4_addrs() {
            self.acd_begin(env, iface, own.addr);
        }
    }

    /// The address has been taken away.
    pub fn acd_forget(&mut self, iface: IfRef, addr: Ipv4Addr) {
        self.acd.forget(iface.index(), addr);
    }

    /// The link has gone down.
    pub fn acd_forget_all(&mut self, iface: IfRef) {
        self.acd.forget_all(iface.index());
    }

    /// Looks at an ARP packet for a conflict; true when it told of one. What an interface of ours said is
    /// none, whichever it was (RFC 5227, 2.1.1 and 2.4).
    pub(super) fn acd_heard(&mut self, env: &dyn Env, iface: IfRef, arp: &Repr) -> bool {
        if self.is_own_station(iface, arp.sender_hw) {
            return false;
        }
        let conflict = self.acd.heard(env.now(), iface.index(), arp.sender_ip, arp.target_ip);
        match conflict {
            Conflict::None => return false,
            Conflict::Taken(addr) => self.acd_give_up(iface, addr, Verdict::Taken),
            Conflict::Lost(addr) => self.acd_give_up(iface, addr, Verdict::Lost),
            Conflict::Defend(addr) => {
                self.effects.event(Event::Ipv4Conflict { iface: iface.index(), addr });
                self.announce_ipv4(iface, addr);
            }
        }
        true
    }

    fn acd_give_up(&mut self, iface: IfRef, addr: Ipv4Addr, verdict: Verdict) {
        iface.ipv4_addr_rm(addr);
        self.effects.event(Event::Ipv4Verdict { iface: iface.index(), addr, verdict });
    }

    /// Sends what is due.
    pub(super) fn acd_timers(&mut self, env: &dyn Env) {
        while let Some(due) = self.acd.poll(env.now(), random(env)) {
            let (Due::Probe { iface, addr } | Due::Announce { iface, addr, .. }) = due;
            let Some(iface) = self.ifaces.get(iface) else { continue };
            match due {
                Due::Probe { .. } => self.probe(iface, addr),
                Due::Announce { first, .. } => {
                    if first && let Some(slot) = iface.ipv4_slot(addr) {
                        slot.ipv4.set_addr_state(AddrState::Preferred);
                        let verdict = Verdict::Ours;
                        self.effects.event(Event::Ipv4Verdict {
                            iface: iface.index(),
                            addr,
                            verdict,
                        });
                    }
                    self.announce_ipv4(iface, addr);
                }
            }
        }
    }

    /// When [`acd_timers`](Self::acd_timers) has something to do next.
    pub(super) fn acd_deadline(&self) -> Option<Instant> {
        self.acd.deadline()
    }

    fn tell_acd_deadline(&mut self) {
        if let Some(at) = self.acd.deadline() {
            self.effects.deadline(at);
        }
    }

    /// Asks who has `addr`, without saying who asks (RFC 5227, 2.1.1).
    fn probe(&mut self, iface: IfRef, addr: Ipv4Addr) {
        let repr = Repr {
            operation: Operation::Request,
            sender_hw: iface.mac(),
            sender_ip: Ipv4Addr::UNSPECIFIED,
            target_hw: EthAddr::UNSPECIFIED,
            target_ip: addr,
        };
        self.send_arp(iface, EthAddr::BROADCAST, repr);
    }
}

/// An address of 169.254/16 for the station `mac`, the `attempt`th it tries: always the same, so that
/// a station has good chances to get the one it had before (RFC 3927, 2.1). The first and last 256
/// are left alone.
#[cfg(CONFIG_NET_IPV4_AUTO)]
pub fn link_local(mac: EthAddr, attempt: u32) -> Ipv4Addr {
    use crate::base::hash::mix;
    let [a, b, c, d, e, f] = mac.0;
    let word = mix(u32::from_be_bytes([c, d, e, f]), u32::from_be_bytes([a, b, 0, 0]));
    let spread = mix(word.wrapping_add(attempt.wrapping_mul(0x85eb_ca6b)), 0);
    Ipv4Addr::from_bits(0xa9fe_0100 + (spread >> 8) % (0xfe00))
}

/// Spreads probes in time; without entropy they come as late as they may.
fn random(env: &dyn Env) -> u32 {
    let mut bytes = [0xff; 4];
    let _ = env.random(&mut bytes);
    u32::from_ne_bytes(bytes)
}
