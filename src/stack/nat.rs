// SPDX-License-Identifier: Apache-2.0
//! Network address translation for packets that are forwarded to, or come from, the interface outside (RFC 3022).
//!
//! Called by: `stack::{forward_v4, rx_v4}`. Calls: `ip::v4::nat`, `stack::forward_v4`.

use super::{Env, Stack};
use crate::base::DropReason;
use crate::buf::Pkt;
use crate::iface::IfRef;
use crate::ip::v4::nat::{End, Flow, Mapping, Side, Table, asks, flow, translate};
use crate::ip::v4::{Cast, Info};
use crate::wire::ipv4::protocol;

/// Bytes from the IP header on that are looked at and changed: it, and that of TCP. Of an error, all.
const HEADERS: usize = 60 + 20;
/// Ports tried before a new mapping is given up.
const TRIES: u16 = 64;
/// The first port that needs no privilege, and that ordinary mappings take (RFC 4787, REQ-3).
const FIRST_PORT: u16 = 1024;

/// What the stack knows of translation.
pub(super) struct State {
    table: Table,
    outside: Option<IfRef>,
}

impl State {
    pub(super) const fn new() -> Self {
        State { table: Table::new(), outside: None }
    }
}

impl Stack {
    /// Names the interface outside, whose address all others hide behind; none ends translation. Forgets all mappings.
    pub fn nat_set_outside(&mut self, outside: Option<IfRef>) {
        self.nat.table.clear();
        self.nat.outside = outside;
    }

    /// The mappings that hold now.
    pub fn nat_mappings(&self, env: &dyn Env) -> impl Iterator<Item = &Mapping> {
        self.nat.table.iter(env.now())
    }

    /// True when there is an interface outside.
    #[cfg(CONFIG_NET_TCP)]
    pub(super) fn hides_anybody(&self) -> bool {
        self.nat.outside.is_some()
    }

    /// True when packets that leave by `out` are translated.
    pub(super) fn hides_behind(&self, iface: IfRef, out: IfRef) -> bool {
        self.nat.outside == Some(out) && iface != out
    }

    /// Gives a packet from inside, on its way out by `out`, the address and a port of ours.
    ///
    /// # Errors
    /// The packet, and why it can't be sent.
    pub(super) fn nat_out(
        &mut self,
        env: &dyn Env,
        out: IfRef,
        pkt: Pkt,
    ) -> Result<Pkt, (DropReason, Pkt)> {
        let mut pkt = self.writable(pkt).map_err(|pkt| (DropReason::NoBuffer, pkt))?;
        let Some(found) = look(&mut pkt) else { return Err((DropReason::NatUnknown, pkt)) };
        let now = env.now();
        let end = match found {
            Flow::Ends { protocol: protocol::ICMP, flags, .. } if !asks(flags) => {
                return Err((DropReason::NatUnknown, pkt));
            }
            Flow::Ends { protocol, src, dst, flags } => {
                let Some(own) = out.ipv4_select_src(dst.0) else {
                    return Err((DropReason::NoRoute, pkt));
                };
                let known = self.nat.table.outward(now, protocol, src, flags);
                let port = known.or_else(|| self.nat_port(env, protocol, src));
                match port {
                    Some(port) => (own, port),
                    None => return Err((DropReason::NatFull, pkt)),
                }
            }
            // An error about what had come in: it went to the end inside (RFC 5508, REQ-5).
            Flow::Error { protocol, src, dst } => {
                let known =
                    self.nat.table.iter(now).find(|m| m.protocol == protocol && m.inside == dst);
                let own = out.ipv4_select_src(src.0);
                match (own, known.map(|m| m.port)) {
                    (Some(own), Some(port)) => (own, port),
                    _ => return Err((DropReason::NatUnknown, pkt)),
                }
            }
        };
        match pkt.head_mut().and_then(|head| translate(head, Side::Source, end)) {
            Some(()) => Ok(pkt),
            None => Err((DropReason::NatUnknown, pkt)),
        }
    }

    /// A new port outside: the one inside when it is free, else one of the same parity (RFC 4787, REQ-4).
    fn nat_port(&mut self, env: &dyn Env, number: u8, inside: End) -> Option<u16> {
        let now = env.now();
        let free = |stack: &Stack, port: u16| {
            let ours = number != protocol::ICMP && stack.contexts.port_in_use(number, port);
            !ours && !stack.nat.table.is_taken(now, number, port)
        };
        let wanted = inside.1;
        let mut port = wanted;
        let privileged = wanted < FIRST_PORT && number != protocol::ICMP;
        if privileged || !free(self, wanted) {
            let start = super::local::random_port(env);
            let candidates = (0..TRIES).map(|n| {
                let port = start.wrapping_add(n.wrapping_mul(2)).max(FIRST_PORT);
                port & !1 | wanted & 1
            });
            port = candidates.into_iter().find(|&port| free(self, port))?;
        }
        self.nat.table.add(now, number, inside, port).then_some(port)
    }

    /// Takes a packet to our address outside. What belongs to a mapping goes on to the end inside; all else comes back.
    pub(super) fn nat_in(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        mut pkt: Pkt,
        info: &Info,
    ) -> Option<Pkt> {
        let outside = self.nat.outside.filter(|out| out.has_ipv4_addr(info.dst));
        if outside.is_none() || info.cast != Cast::Unicast || info.local {
            return Some(pkt);
        }
        let Some(found) = look(&mut pkt) else { return Some(pkt) };
        let now = env.now();
        let inside = match found {
            // Whoever asks from outside asks us.
            Flow::Ends { protocol: protocol::ICMP, flags, .. } if asks(flags) => None,
            Flow::Ends { protocol, dst: (_, port), flags, .. } => {
                self.nat.table.inward(now, protocol, port, flags)
            }
            // About a packet that had left with our address.
            Flow::Error { protocol, src: (_, port), .. } => {
                let known =
                    self.nat.table.iter(now).find(|m| m.protocol == protocol && m.port == port);
                known.map(|m| m.inside)
            }
        };
        let Some(inside) = inside else { return Some(pkt) };
        // From inside to our own address outside: both ends change (RFC 4787, REQ-9).
        if Some(iface) != outside
            && let Some(out) = outside
        {
            pkt = match self.nat_out(env, out, pkt) {
                Ok(pkt) => pkt,
                Err((reason, pkt)) => {
                    self.discard(reason, pkt);
                    return None;
                }
            };
        }
        self.nat_deliver(env, iface, pkt, info, inside);
        None
    }

    /// Sends a packet on to the end inside.
    fn nat_deliver(&mut self, env: &dyn Env, iface: IfRef, pkt: Pkt, info: &Info, inside: End) {
        let way = match self.way_inside(&pkt, info, inside.0) {
            Ok(way) => way,
            Err((reason, message)) => {
                // The sender hears of it as if we were where the packet went.
                if let Some(message) = message {
                    self.send_error(env, iface, &pkt, info, message);
                }
                return self.discard(reason, pkt);
            }
        };
        let mut pkt = match self.writable(pkt) {
            Ok(pkt) => pkt,
            Err(pkt) => return self.discard(DropReason::NoBuffer, pkt),
        };
        match pkt.head_mut().and_then(|head| translate(head, Side::Destination, inside)) {
            Some(()) => self.pass_on(env, way, pkt),
            None => self.discard(DropReason::NatUnknown, pkt),
        }
    }
}

/// Reads the flow of a packet and has its headers in one piece: of an error all there is.
fn look(pkt: &mut Pkt) -> Option<Flow> {
    let len = pkt.len();
    let is_icmp = pkt.head().get(9) == Some(&protocol::ICMP);
    let front = if is_icmp { len.min(576) } else { len.min(HEADERS) };
    if pkt.head().len() < front && !pkt.pull_up(front) {
        return None;
    }
    let found = flow(pkt.head())?;
    // Its checksum covers all of it.
    match found {
        Flow::Error { .. } if pkt.head().len() < len => None,
        _ => Some(found),
    }
}
