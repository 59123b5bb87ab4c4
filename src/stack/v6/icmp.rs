// SPDX-License-Identifier: Apache-2.0
//! ICMPv6 in the stack: echo, errors in and errors out (RFC 4443).
//!
//! Called by: `stack::v6::rx`, `capi::icmp`. Calls: the files of neighbour and listener discovery,
//! `stack::v6::tx`.

use super::super::tx::{HEADROOM, Offer};
use super::super::{Call, EchoRequest, Env, Stack};
use super::rx::in_wrong_frame;
use crate::base::{DropReason, Endpoint, Error, IpAddr, Ipv6Addr, Result};
use crate::buf::{NO_WAIT, Pkt};
use crate::iface::{Checksum, IfRef};
use crate::ip::v6::input::{Complaint, may_answer_with_error};
use crate::ip::v6::scope::{LINK_LOCAL, scope};
use crate::ip::v6::{Cast, Info, Route};
#[cfg(CONFIG_NET_TCP)]
use crate::stack::tcp::Trouble;
#[cfg(CONFIG_NET_L2_IPIP)]
use crate::stack::tunnel_error;
use crate::transport::demux::Flow;
use crate::transport::sum_of;
use crate::wire::checksum::{Sum, update_u16};
use crate::wire::icmpv6::{HEADER_LEN, Header, Quote, is_error, kind, quote_len, sum, unreachable};
use crate::wire::ipv6::{self, next_header};
#[cfg(CONFIG_NET_TCP)]
use crate::wire::tcp::HEADER_LEN as TCP_HEADER_LEN;

/// Shows a message, whose headers were pulled and have so many bytes, to those who listen.
pub(in crate::stack) type Show = fn(&mut Stack, &mut Pkt, usize, &Header);

impl Stack {
    /// Sends an echo request to `dst`, by `iface` when one is given.
    ///
    /// # Errors
    /// Those of routing; [`Error::NoBufs`] without a free packet.
    pub fn icmpv6_echo_request(
        &mut self,
        env: &dyn Env,
        iface: Option<IfRef>,
        dst: Ipv6Addr,
        request: EchoRequest<'_>,
    ) -> Result<()> {
        let route = self.route_v6(iface.map_or(0, IfRef::index), None, dst)?;
        let len = HEADER_LEN + request.payload.iter().map(|piece| piece.len()).sum::<usize>();
        let mut pkt = self.pools().alloc_tx(HEADROOM, len, NO_WAIT).ok_or(Error::NoBufs)?;
        let header = Header::echo(kind::ECHO_REQUEST, request.ident, request.seq);
        if !fill(&mut pkt, header, (route.src, dst), len, request.payload) {
            self.discard(DropReason::NoBuffer, pkt);
            return Err(Error::NoBufs);
        }
        #[cfg(CONFIG_NET_PMTU)]
        self.note_echo(IpAddr::V6(dst), &pkt);
        self.send_v6(env, route, dst, next_header::ICMPV6, request.offer, pkt)
    }

    /// Takes an ICMPv6 message; `pkt` starts at the IP header.
    pub(super) fn rx_icmpv6(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        mut pkt: Pkt,
        info: Info,
        verified: bool,
    ) {
        let headers = usize::from(info.header_len);
        pkt.pull_up(headers + HEADER_LEN);
        let parsed =
            pkt.head().get(headers..).ok_or(DropReason::IcmpMalformed).and_then(Header::parse);
        let header = match parsed {
            Ok(header) => header,
            Err(reason) => return self.discard(reason, pkt),
        };
        pkt.pull(headers);
        let checked = verified || !iface.needs_rx_checksum(Checksum::IPV6_ICMP);
        if !checked && !sum(info.src, info.dst, pkt.len(), sum_of(&pkt)).is_valid() {
            return self.discard(DropReason::IcmpBadChecksum, pkt);
        }
        let wanted = self
            .icmp_interest
            .get(header.kind as usize / 32)
            .is_some_and(|word| word >> (header.kind % 32) & 1 != 0);
        if let Some(show) = self.icmp_show_v6.filter(|_| wanted && info.cast != Cast::Tentative) {
            show(self, &mut pkt, headers, &header);
        }
        let done = match header.kind {
            kind::ECHO_REQUEST => return self.answer_echo_v6(env, iface, pkt, info),
            // Also those nobody knows are for whoever sent what they quote (RFC 4443, 2.4 a).
            kind if is_error(kind) && cfg!(CONFIG_ZNET_ICMP_ERRORS) => {
                self.report_error_v6(env, &pkt, iface, &header)
            }
            #[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
            kind::NEIGHBOUR_SOLICIT => self.rx_neighbour_solicit(env, iface, &pkt, &info),
            #[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
            kind::NEIGHBOUR_ADVERT => self.rx_neighbour_advert(env, iface, &pkt, &info),
            #[cfg(CONFIG_NET_IPV6_ND)]
            kind::ROUTER_ADVERT => self.rx_router_advert(env, iface, &pkt, &info),
            #[cfg(all(CONFIG_NET_IPV6_ND, CONFIG_ZNET_IPV6_ROUTES))]
            kind::REDIRECT => self.rx_redirect(env, iface, &pkt, &info),
            #[cfg(CONFIG_ZNET_IPV6_ROUTER_ADVERT)]
            kind::ROUTER_SOLICIT => self.rx_router_solicit(env, iface, &pkt, &info),
            // A host has nothing to say to one (RFC 4861, 6.2.6).
            #[cfg(not(CONFIG_ZNET_IPV6_ROUTER_ADVERT))]
            kind::ROUTER_SOLICIT => Err(DropReason::NdNotForUs),
            #[cfg(CONFIG_NET_IPV6_MLD)]
            kind::MLD_QUERY => self.rx_mld_query(env, iface, &pkt, &info),
            #[cfg(CONFIG_ZNET_IPV6_MLD_FULL)]
            kind::MLD_REPORT_V1 => self.rx_mld_report_v1(env, iface, &pkt, &info),
            // Unknown informational messages are dropped (RFC 4443, 2.4 b).
            _ if wanted => Ok(()),
            _ => Err(DropReason::IcmpUnknownType),
        };
        match done {
            Ok(()) => self.effects.free(pkt),
            Err(reason) => self.discard(reason, pkt),
        }
    }

    /// Leaves a copy for the handlers of an application, from the IP header on.
    pub(in crate::stack) fn show_v6(&mut self, pkt: &mut Pkt, headers: usize, header: &Header) {
        let pushed = pkt.push(headers).is_some();
        let copy = pkt.deep_clone(NO_WAIT);
        if pushed {
            pkt.pull(headers);
        }
        match copy.filter(|_| pushed) {
            Some(copy) => {
                self.effects.call(Call::Icmp { kind: header.kind, code: header.code }, copy);
            }
            None => self.count(DropReason::NoBuffer),
        }
    }

    /// Sends the reply to an echo request, in the packet that brought it.
    fn answer_echo_v6(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt, info: Info) {
        if info.cast == Cast::Tentative {
            return self.discard(DropReason::Ipv6NotForUs, pkt);
        }
        if info.src.is_unspecified() {
            return self.discard(DropReason::Ipv6BadSource, pkt);
        }
        if in_wrong_frame(&pkt, &info) {
            return self.discard(DropReason::Ipv4LinkBroadcast, pkt);
        }
        // What others still look at is not written to: then the answer goes in a copy.
        if pkt.refs() != 1 || pkt.head_mut().is_none() {
            match pkt.deep_clone(NO_WAIT) {
                Some(copy) => self.effects.free(core::mem::replace(&mut pkt, copy)),
                None => return self.discard(DropReason::NoBuffer, pkt),
            }
        }
        let own = (info.cast == Cast::Unicast).then_some(info.dst);
        let Ok(route) = self.route_back(iface, own, &info) else {
            return self.discard(DropReason::NoRoute, pkt);
        };
        if !turn(&mut pkt, own.is_some(), route.src, info.src) {
            return self.discard(DropReason::NoBuffer, pkt);
        }
        let offer = Offer { ttl: 0, tos: info.traffic_class, priority: pkt.priority() };
        #[cfg(CONFIG_NET_PMTU)]
        self.note_echo(IpAddr::V6(info.src), &pkt);
        // Counted where it is dropped; there is nobody to tell.
        let _ = self.send_v6(env, route, info.src, next_header::ICMPV6, offer, pkt);
    }

    /// The way to the sender of a packet: where it came from if that is a way, and on that link only
    /// when the address means nothing elsewhere.
    fn route_back(&self, iface: IfRef, own: Option<Ipv6Addr>, info: &Info) -> Result<Route> {
        // What we send back about a packet for another host takes a router's way.
        let transit = own.is_none() && info.cast == Cast::Unicast;
        let free = info.local || transit && scope(info.src) != LINK_LOCAL;
        let bound = if free { 0 } else { iface.index() };
        let route = self.route_v6(bound, own, info.src);
        if scope(info.src) == LINK_LOCAL {
            return route;
        }
        route.or_else(|_| self.route_v6(0, own, info.src))
    }

    /// Tells the context whose packet an ICMP error quotes. `pkt` starts at the ICMP header.
    fn report_error_v6(
        &mut self,
        env: &dyn Env,
        pkt: &Pkt,
        iface: IfRef,
        header: &Header,
    ) -> core::result::Result<(), DropReason> {
        // Header, a few extension headers and the ports.
        let mut bytes = [0; 128];
        let len = pkt.copy_out(HEADER_LEN, &mut bytes);
        let quote = Quote::parse(bytes.get(..len).unwrap_or(&[]))?;
        #[cfg(CONFIG_NET_L2_IPIP)]
        if tunnel_error::is_carried(quote.header.next_header()) {
            let outer = tunnel_error::Outer {
                peer: IpAddr::V6(quote.header.dst()),
                protocol: quote.protocol,
                header_len: ipv6::HEADER_LEN,
            };
            return self.relay_error(env, pkt, outer, tunnel_error::Trouble::of_v6(header));
        }
        let error = match (header.kind, header.code) {
            (kind::DEST_UNREACHABLE, unreachable::PORT) => Error::ConnRefused,
            (kind::DEST_UNREACHABLE, unreachable::NO_ROUTE) => Error::NetUnreach,
            (kind::DEST_UNREACHABLE, unreachable::ADMIN_PROHIBITED) => Error::Access,
            (kind::PACKET_TOO_BIG, _) => Error::MsgSize,
            _ => Error::HostUnreach,
        };
        #[cfg(CONFIG_NET_PMTU)]
        let too_big = (header.kind == kind::PACKET_TOO_BIG).then(|| {
            let sent = (quote.header.payload_len() + ipv6::HEADER_LEN).min(usize::from(u16::MAX));
            (IpAddr::V6(quote.header.dst()), header.value(), sent as u16)
        });
        #[cfg(CONFIG_NET_PMTU)]
        if let Some((dst, mtu, sent)) = too_big
            && quote.protocol == next_header::ICMPV6
            && self.is_own_echo(dst, quote.transport)
        {
            self.path_too_big(env, dst, mtu, sent);
            return Ok(());
        }
        #[cfg(CONFIG_NET_TCP)]
        if quote.protocol == next_header::TCP {
            let bad = DropReason::IcmpBadQuote;
            let (local_port, remote_port) = quote.ports().ok_or(bad)?;
            let seq = quote.transport.get(4..).and_then(|rest| rest.first_chunk::<4>());
            let seq = crate::base::SeqNum(u32::from_be_bytes(*seq.ok_or(bad)?));
            let local = Endpoint::new(IpAddr::V6(quote.header.src()), local_port);
            let remote = Endpoint::new(IpAddr::V6(quote.header.dst()), remote_port);
            let trouble = match header.kind {
                // No link of IPv6 carries less than 1,280 bytes (RFC 8201, 4).
                kind::PACKET_TOO_BIG => {
                    let mtu = header.value().clamp(ipv6::MIN_MTU as u32, u16::MAX.into());
                    Trouble::TooBig(mtu as u16 - (ipv6::HEADER_LEN + TCP_HEADER_LEN) as u16)
                }
                _ => Trouble::Undelivered(error),
            };
            self.tcp_trouble(env, (local, remote), seq, trouble)?;
            #[cfg(CONFIG_NET_PMTU)]
            if let Some((dst, mtu, sent)) = too_big {
                self.path_too_big(env, dst, mtu, sent);
            }
            return Ok(());
        }
        let _ = env;
        #[cfg(CONFIG_ZNET_UDP_PLPMTUD)]
        if header.kind == kind::PACKET_TOO_BIG
            && let Some(id) = self.flow_of_v6(&quote, iface.index())
            && let Ok(remote) = self.contexts.get(id).map(|context| context.remote)
            && remote.addr == IpAddr::V6(quote.header.dst())
            && self.plpmtud_too_big(
                env,
                id,
                remote,
                header.value(),
                quote.header.payload_len() + ipv6::HEADER_LEN,
            )
        {
            return Ok(());
        }
        #[cfg(CONFIG_NET_PMTU)]
        if let Some((dst, mtu, sent)) = too_big {
            let found = self.flow_of_v6(&quote, iface.index()).is_some();
            if found {
                self.path_too_big(env, dst, mtu, sent);
            }
            // The next one goes in fragments: that is no trouble of the application's.
            if cfg!(all(CONFIG_NET_IPV6_PMTU, CONFIG_NET_IPV6_FRAGMENT)) && found {
                return Ok(());
            }
        }
        self.fail_flow_v6(&quote, iface.index(), error).ok_or(DropReason::IcmpBadQuote)
    }

    /// The context that sent what is quoted.
    fn flow_of_v6(&self, quote: &Quote<'_>, iface: u8) -> Option<crate::transport::ContextId> {
        let (local_port, remote_port) = quote.ports()?;
        self.contexts.find(&Flow {
            protocol: quote.protocol,
            iface,
            local: Endpoint::new(IpAddr::V6(quote.header.src()), local_port),
            remote: Endpoint::new(IpAddr::V6(quote.header.dst()), remote_port),
        })
    }

    /// Gives the context that sent what is quoted an error; `None` when there is none such. Only a
    /// connected one can tell which of its packets failed.
    pub(super) fn fail_flow_v6(
        &mut self,
        quote: &Quote<'_>,
        iface: u8,
        error: Error,
    ) -> Option<()> {
        let id = self.flow_of_v6(quote, iface)?;
        let context = self.contexts.get_mut(id).ok()?;
        if context.is_connected() {
            context.error = Some(error);
            self.effects.wake(id.index());
        }
        Some(())
    }

    /// Tells the sender of `pkt`, which starts at its IP header, what is wrong, where RFC 4443, 2.4 e
    /// allows it and the rate limit has room.
    #[cold]
    pub(in crate::stack) fn send_error_v6(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        pkt: &Pkt,
        info: &Info,
        complaint: Complaint,
    ) {
        let Complaint { kind, code, value, to_group } = complaint;
        let silent =
            kind == kind::DEST_UNREACHABLE && cfg!(CONFIG_NET_DISABLE_ICMP_DESTINATION_UNREACHABLE);
        let link_group = !info.local && pkt.eth_dst().is_multicast();
        if silent || !may_answer_with_error(pkt, info, link_group, to_group) {
            return;
        }
        if !self.v6.limit.take(env.now()) {
            return self.count(DropReason::IcmpRateLimited);
        }
        // RFC 4443, 2.2: from the address it was sent to; for a group, or another host, from one of ours.
        let ours = !cfg!(any(CONFIG_NET_ROUTING, CONFIG_NET_L2_IPIP))
            || self.ifaces.owner_of_ipv6(info.dst).is_some();
        let own = (info.cast == Cast::Unicast && ours).then_some(info.dst);
        let Ok(route) = self.route_back(iface, own, info) else {
            return self.count(DropReason::NoRoute);
        };
        let quoted = quote_len(pkt.len());
        let len = HEADER_LEN + quoted;
        let Some(mut error) = self.pools().alloc_tx(HEADROOM, len, NO_WAIT) else {
            return self.count(DropReason::NoBuffer);
        };
        let mut left = quoted;
        let mut pieces = [&[][..]; MAX_PIECES];
        for (slot, piece) in pieces.iter_mut().zip(pkt.fragments()) {
            *slot = piece.get(..left.min(piece.len())).unwrap_or(&[]);
            left -= slot.len();
        }
        let addresses = (route.src, info.src);
        if !fill(&mut error, Header::error(kind, code, value), addresses, len - left, &pieces) {
            return self.discard(DropReason::NoBuffer, error);
        }
        let offer = Offer { ttl: 0, tos: 0, priority: pkt.priority() };
        let _ = self.send_v6(env, route, info.src, next_header::ICMPV6, offer, error);
    }
}

/// Fragments an error quotes at most; what lies in later ones is left out.
const MAX_PIECES: usize = 12;

/// Makes an echo request, ICMP header first, the reply that goes from `src` to `dst`. To a `unicast`
/// request the two addresses change places, which leaves their sum as it was.
fn turn(pkt: &mut Pkt, unicast: bool, src: Ipv6Addr, dst: Ipv6Addr) -> bool {
    {
        let Some([kind, code, c0, c1, ..]) = pkt.head_mut() else { return false };
        let old = u16::from_be_bytes([*kind, *code]);
        *kind = kind::ECHO_REPLY;
        let new = u16::from_be_bytes([*kind, *code]);
        let sum = match unicast {
            true => update_u16(u16::from_be_bytes([*c0, *c1]), old, new),
            false => 0,
        };
        [*c0, *c1] = sum.to_be_bytes();
    }
    if unicast {
        return true;
    }
    let check = sum(src, dst, pkt.len(), sum_of(pkt)).finish();
    pkt.copy_in(2, &check.to_be_bytes())
}

/// Writes an ICMP message of `len` bytes into an empty packet; false when it does not fit.
fn fill(
    pkt: &mut Pkt,
    mut header: Header,
    (src, dst): (Ipv6Addr, Ipv6Addr),
    len: usize,
    payload: &[&[u8]],
) -> bool {
    let mut bytes = [0; HEADER_LEN];
    header.emit(&mut bytes);
    let all = payload.iter().fold(Sum::of(&bytes), |sum, piece| sum.then(piece));
    header.checksum = sum(src, dst, len, all).finish();
    header.emit(&mut bytes);
    pkt.append(&bytes) == HEADER_LEN && payload.iter().all(|p| pkt.append(p) == p.len())
}

const _: () = assert!(ipv6::MIN_MTU > ipv6::HEADER_LEN + HEADER_LEN, "an error quotes something");
