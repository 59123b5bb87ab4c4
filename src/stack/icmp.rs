// SPDX-License-Identifier: Apache-2.0
//! ICMP in the stack: echo, errors in and errors out (RFC 792, RFC 1122 3.2.2).
//!
//! Called by: `stack::rx`, `capi::icmp`. Calls: `ip::v4::icmp`, `stack::tx`.

#[cfg(CONFIG_NET_TCP)]
use super::tcp::Trouble;
#[cfg(CONFIG_NET_L2_IPIP)]
use super::tunnel_error;
use super::tx::{HEADROOM, Offer};
use super::{Call, EchoRequest, Env, Stack};
use crate::base::{DropReason, Endpoint, Error, IpAddr, Ipv4Addr, Result};
use crate::buf::{NO_WAIT, Pkt};
use crate::iface::{Checksum, IfRef};
use crate::ip::v4::icmp::{echo_reply, may_answer_with_error};
#[cfg(CONFIG_NET_IPV4_HDR_OPTIONS)]
use crate::ip::v4::options;
use crate::ip::v4::{Cast, Info};
#[cfg(CONFIG_NET_IPV4_HDR_OPTIONS)]
use crate::ip::v4::{Hop, Route};
use crate::transport::demux::Flow;
use crate::transport::sum_of;
use crate::wire::checksum::Sum;
use crate::wire::icmpv4::{HEADER_LEN, Header, Message, Quote, kind, quote_len, unreachable};
use crate::wire::ipv4::{self, protocol};

/// Shows a message, whose IP header was pulled and has so many bytes, to those who listen.
pub(super) type Show = fn(&mut Stack, &mut Pkt, usize, &Header);

impl Stack {
    /// Sends an echo request to `dst`, by `iface` when one is given.
    ///
    /// # Errors
    /// Those of routing; [`Error::NoBufs`] without a free packet.
    pub fn icmp_echo_request(
        &mut self,
        env: &dyn Env,
        iface: Option<IfRef>,
        dst: Ipv4Addr,
        request: EchoRequest<'_>,
    ) -> Result<()> {
        let route = self.route_v4(iface.map_or(0, IfRef::index), None, dst)?;
        let len = HEADER_LEN + request.payload.iter().map(|piece| piece.len()).sum::<usize>();
        let mut pkt = self.pools().alloc_tx(HEADROOM, len, NO_WAIT).ok_or(Error::NoBufs)?;
        let message = Message::EchoRequest { ident: request.ident, seq: request.seq };
        if !fill(&mut pkt, message.header(), request.payload) {
            self.discard(DropReason::NoBuffer, pkt);
            return Err(Error::NoBufs);
        }
        #[cfg(CONFIG_NET_PMTU)]
        self.note_echo(IpAddr::V4(dst), &pkt);
        self.send_v4_apart(env, route, dst, protocol::ICMP, request.offer, pkt)
    }

    /// Takes an ICMP message; `pkt` starts at the IP header.
    pub(super) fn rx_icmp(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        mut pkt: Pkt,
        info: Info,
        local: bool,
    ) {
        let ip_len = info.header_len as usize;
        pkt.pull_up(ip_len + HEADER_LEN);
        let parsed =
            pkt.head().get(ip_len..).ok_or(DropReason::IcmpMalformed).and_then(Header::parse);
        let header = match parsed {
            Ok(header) => header,
            Err(reason) => return self.discard(reason, pkt),
        };
        pkt.pull(ip_len);
        if !local && iface.needs_rx_checksum(Checksum::IPV4_ICMP) && !sum_of(&pkt).is_valid() {
            return self.discard(DropReason::IcmpBadChecksum, pkt);
        }
        let wanted = self
            .icmp_interest
            .get(header.kind as usize / 32)
            .is_some_and(|word| word >> (header.kind % 32) & 1 != 0);
        if let Some(show) = self.icmp_show.filter(|_| wanted) {
            show(self, &mut pkt, ip_len, &header);
        }
        match header.kind {
            kind::ECHO_REQUEST => self.answer_echo(env, iface, pkt, info),
            kind::DEST_UNREACHABLE | kind::TIME_EXCEEDED | kind::PARAMETER_PROBLEM
                if cfg!(CONFIG_ZNET_ICMP_ERRORS) =>
            {
                match self.report_error(env, &pkt, iface, &header) {
                    Ok(()) => self.effects.free(pkt),
                    Err(reason) => self.discard(reason, pkt),
                }
            }
            _ if wanted => self.effects.free(pkt),
            _ => self.discard(DropReason::IcmpUnknownType, pkt),
        }
    }

    /// Leaves a copy of the message for its handlers, from the IP header on.
    pub(super) fn show(&mut self, pkt: &mut Pkt, ip_len: usize, header: &Header) {
        pkt.push(ip_len);
        let copy = pkt.deep_clone(NO_WAIT);
        pkt.pull(ip_len);
        match copy {
            Some(copy) => {
                let call = Call::Icmp { kind: header.kind, code: header.code };
                self.effects.call(call, copy);
            }
            None => self.count(DropReason::NoBuffer),
        }
    }

    /// Sends the reply to an echo request, in the packet that brought it.
    fn answer_echo(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt, info: Info) {
        if info.cast != Cast::Unicast && !cfg!(CONFIG_NET_ICMPV4_ACCEPT_BROADCAST) {
            return self.discard(DropReason::IcmpEchoToGroup, pkt);
        }
        if info.src.is_unspecified() {
            return self.discard(DropReason::Ipv4BadSource, pkt);
        }
        #[cfg(CONFIG_NET_IPV4_HDR_OPTIONS)]
        let options = reply_options(env, &mut pkt, &info);
        // What others still look at is not written to: then the answer goes in a copy.
        if pkt.refs() != 1 || pkt.head_mut().is_none() {
            match pkt.own_copy() {
                Some(copy) => self.effects.free(core::mem::replace(&mut pkt, copy)),
                None => return self.discard(DropReason::NoBuffer, pkt),
            }
        }
        if let Err(reason) = echo_reply(&mut pkt) {
            return self.discard(reason, pkt);
        }
        let src = (info.cast == Cast::Unicast).then_some(info.dst);
        let bound = if info.local { 0 } else { iface.index() };
        let route =
            self.route_v4(bound, src, info.src).or_else(|_| self.route_v4(0, src, info.src));
        match route {
            Ok(route) => {
                let offer = Offer { ttl: 0, tos: info.tos, priority: pkt.priority() };
                #[cfg(CONFIG_NET_PMTU)]
                self.note_echo(IpAddr::V4(info.src), &pkt);
                #[cfg(CONFIG_NET_IPV4_HDR_OPTIONS)]
                if !options.is_empty() {
                    return self.send_v4_with_options(env, route, info.src, &offer, pkt, &options);
                }
                // Counted where it is dropped; there is nobody to tell.
                let _ = self.send_v4_apart(env, route, info.src, protocol::ICMP, offer, pkt);
            }
            Err(_) => self.discard(DropReason::NoRoute, pkt),
        }
    }

    /// Sends an ICMP message behind a header with options; one that does not fit the link so goes
    /// without them.
    #[cfg(CONFIG_NET_IPV4_HDR_OPTIONS)]
    fn send_v4_with_options(
        &mut self,
        env: &dyn Env,
        route: Route,
        dst: Ipv4Addr,
        offer: &Offer,
        mut pkt: Pkt,
        options: &[u8],
    ) {
        let Route { iface, src, hop } = route;
        let payload = pkt.len() + options.len();
        if hop == Hop::Local || payload + ipv4::HEADER_LEN > usize::from(iface.mtu()) {
            let _ = self.send_v4_apart(env, route, dst, protocol::ICMP, *offer, pkt);
            return;
        }
        self.ident = self.ident.wrapping_add(1);
        let repr = ipv4::Repr {
            src,
            dst,
            protocol: protocol::ICMP,
            payload_len: payload as u16,
            ttl: iface.ipv4_ttl(),
            tos: offer.tos,
            ident: self.ident,
            dont_fragment: false,
            more_fragments: false,
            fragment_offset: 0,
        };
        if put_header(&mut pkt, &repr, options).is_none() {
            return self.discard(DropReason::NoBuffer, pkt);
        }
        pkt.set_family(super::tx::AF_INET);
        pkt.set_iface(iface.as_ptr().cast());
        self.link_output_v4_apart(env, iface, hop, pkt);
    }

    /// Tells the context whose packet an ICMP error quotes. `pkt` starts at the ICMP header.
    fn report_error(
        &mut self,
        env: &dyn Env,
        pkt: &Pkt,
        iface: IfRef,
        header: &Header,
    ) -> core::result::Result<(), DropReason> {
        let _ = env;
        let mut bytes = [0; ipv4::MAX_HEADER_LEN + 8];
        let len = pkt.copy_out(HEADER_LEN, &mut bytes);
        let quote = Quote::parse(bytes.get(..len).unwrap_or(&[]))?;
        #[cfg(CONFIG_NET_L2_IPIP)]
        if tunnel_error::is_carried(quote.header.protocol()) {
            let outer = tunnel_error::Outer {
                peer: IpAddr::V4(quote.header.dst()),
                protocol: quote.header.protocol(),
                header_len: quote.header.len(),
            };
            return self.relay_error(env, pkt, outer, tunnel_error::Trouble::of_v4(header));
        }
        #[cfg(CONFIG_NET_PMTU)]
        let too_big = too_big(header, &quote);
        #[cfg(CONFIG_NET_PMTU)]
        if let Some((dst, mtu, sent)) = too_big
            && quote.header.protocol() == protocol::ICMP
            && self.is_own_echo(dst, quote.transport)
        {
            self.path_too_big(env, dst, mtu, sent);
            return Ok(());
        }
        let (local_port, remote_port) = quote.ports().ok_or(DropReason::IcmpBadQuote)?;
        let flow = Flow {
            protocol: quote.header.protocol(),
            iface: iface.index(),
            local: Endpoint::new(IpAddr::V4(quote.header.src()), local_port),
            remote: Endpoint::new(IpAddr::V4(quote.header.dst()), remote_port),
        };
        let error = match (header.kind, header.code) {
            (kind::DEST_UNREACHABLE, unreachable::PORT | unreachable::PROTOCOL) => {
                Error::ConnRefused
            }
            (kind::DEST_UNREACHABLE, unreachable::FRAGMENTATION_NEEDED) => Error::MsgSize,
            (kind::DEST_UNREACHABLE, unreachable::NET | unreachable::NET_UNKNOWN) => {
                Error::NetUnreach
            }
            _ => Error::HostUnreach,
        };
        #[cfg(CONFIG_NET_TCP)]
        if flow.protocol == protocol::TCP {
            let seq = quote.transport.get(4..).and_then(|rest| rest.first_chunk::<4>());
            let seq = seq.ok_or(DropReason::IcmpBadQuote)?;
            let seq = crate::base::SeqNum(u32::from_be_bytes(*seq));
            let trouble = match header.message() {
                Some(Message::DestUnreachable { mtu, .. }) if error == Error::MsgSize => {
                    Trouble::TooBig(mtu.saturating_sub(40))
                }
                _ => Trouble::Undelivered(error),
            };
            self.tcp_trouble(env, (flow.local, flow.remote), seq, trouble)?;
            #[cfg(CONFIG_NET_PMTU)]
            if let Some((dst, mtu, sent)) = too_big {
                self.path_too_big(env, dst, mtu, sent);
            }
            return Ok(());
        }
        let id = self.contexts.find(&flow).ok_or(DropReason::IcmpBadQuote)?;
        #[cfg(CONFIG_ZNET_UDP_PLPMTUD)]
        if let Some(Message::DestUnreachable { mtu, .. }) = header.message()
            && error == Error::MsgSize
            && self.plpmtud_too_big(
                env,
                id,
                flow.remote,
                mtu.into(),
                usize::from(quote.header.total_len()),
            )
        {
            return Ok(());
        }
        #[cfg(CONFIG_NET_PMTU)]
        if let Some((dst, mtu, sent)) = too_big {
            self.path_too_big(env, dst, mtu, sent);
            // The next one goes in fragments: that is no trouble of the application's.
            if cfg!(all(CONFIG_NET_IPV4_PMTU, CONFIG_NET_IPV4_FRAGMENT)) {
                return Ok(());
            }
        }
        // Only a connected context can tell which of its packets failed (RFC 1122, 4.1.3.3).
        let context = self.contexts.get_mut(id).map_err(|_| DropReason::IcmpBadQuote)?;
        if context.is_connected() {
            context.error = Some(error);
            self.effects.wake(id.index());
        }
        Ok(())
    }

    /// Answers a datagram for a port nobody listens on. `pkt` starts behind the UDP header.
    #[cfg(CONFIG_NET_UDP)]
    #[cold]
    pub(super) fn refuse_port(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt, info: Info) {
        pkt.push(info.header_len as usize + crate::wire::udp::HEADER_LEN);
        self.send_unreachable(env, iface, &pkt, &info, unreachable::PORT);
        self.discard(DropReason::UdpNoSocket, pkt);
    }

    /// Answers a packet whose protocol nobody handles.
    #[cold]
    pub(super) fn refuse_protocol(&mut self, env: &dyn Env, iface: IfRef, pkt: Pkt, info: Info) {
        self.send_unreachable(env, iface, &pkt, &info, unreachable::PROTOCOL);
        self.discard(DropReason::Ipv4UnknownProtocol, pkt);
    }

    fn send_unreachable(&mut self, env: &dyn Env, iface: IfRef, pkt: &Pkt, info: &Info, code: u8) {
        if !cfg!(CONFIG_NET_DISABLE_ICMP_DESTINATION_UNREACHABLE) {
            let message = Message::DestUnreachable { code, mtu: 0 };
            self.send_error(env, iface, pkt, info, message);
        }
    }

    /// Sends an error to the sender of `pkt`, which starts at its IP header, where that is allowed and
    /// the rate limit has room.
    pub(super) fn send_error(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        pkt: &Pkt,
        info: &Info,
        message: Message,
    ) {
        if !may_answer_with_error(pkt, info, pkt.eth_dst().is_multicast()) {
            return;
        }
        if !self.icmp_limit.take(env.now()) {
            return self.count(DropReason::IcmpRateLimited);
        }
        // About a packet for another host it goes a router's way (RFC 1812, 4.3.2.4).
        let ours = !cfg!(any(CONFIG_ZNET_IPV4_FORWARDING, CONFIG_NET_L2_IPIP))
            || self.ifaces.owner_of_ipv4(info.dst).is_some();
        let bound = if info.local || !ours { 0 } else { iface.index() };
        let Ok(route) = self.route_v4(bound, ours.then_some(info.dst), info.src) else {
            return self.count(DropReason::NoRoute);
        };
        let quoted = quote_len(pkt.len());
        let Some(mut error) = self.pools().alloc_tx(HEADROOM, HEADER_LEN + quoted, NO_WAIT) else {
            return self.count(DropReason::NoBuffer);
        };
        let header = message.header();
        let mut left = quoted;
        let mut pieces = [&[][..]; MAX_PIECES];
        for (slot, piece) in pieces.iter_mut().zip(pkt.fragments()) {
            *slot = piece.get(..left.min(piece.len())).unwrap_or(&[]);
            left -= slot.len();
        }
        if !fill(&mut error, header, &pieces) {
            return self.discard(DropReason::NoBuffer, error);
        }
        // RFC 1812, 4.3.2.5: errors go at precedence 6.
        let offer = Offer { ttl: 0, tos: 0xc0, priority: pkt.priority() };
        let _ = self.send_v4_apart(env, route, info.src, protocol::ICMP, offer, error);
    }
}

/// What an error says of a path: destination, the MTU or 0, and how long the packet was.
#[cfg(CONFIG_NET_PMTU)]
fn too_big(header: &Header, quote: &Quote<'_>) -> Option<(IpAddr, u32, u16)> {
    match header.message() {
        Some(Message::DestUnreachable { code: unreachable::FRAGMENTATION_NEEDED, mtu }) => {
            Some((IpAddr::V4(quote.header.dst()), mtu.into(), quote.header.total_len()))
        }
        _ => None,
    }
}

/// Fragments an error quotes at most; what lies in later ones is left out.
const MAX_PIECES: usize = 8;

/// Writes an ICMP message into an empty packet; false when it does not fit.
fn fill(pkt: &mut Pkt, mut header: Header, payload: &[&[u8]]) -> bool {
    let mut bytes = [0; HEADER_LEN];
    header.emit(&mut bytes);
    let sum = payload.iter().fold(Sum::of(&bytes), |sum, piece| sum.then(piece));
    header.checksum = sum.finish();
    header.emit(&mut bytes);
    pkt.append(&bytes) == HEADER_LEN && payload.iter().all(|p| pkt.append(p) == p.len())
}

/// Puts an IPv4 header with options, which are whole words, in front of a packet.
#[cfg(CONFIG_NET_IPV4_HDR_OPTIONS)]
fn put_header(pkt: &mut Pkt, repr: &ipv4::Repr, options: &[u8]) -> Option<()> {
    let len = ipv4::HEADER_LEN + options.len();
    let out = pkt.push(len)?;
    let (fixed, room) = out.split_first_chunk_mut::<{ ipv4::HEADER_LEN }>()?;
    room.get_mut(..options.len())?.copy_from_slice(options);
    repr.emit_without_checksum(fixed);
    fixed[0] = 0x40 | (len / 4) as u8;
    let [c0, c1] = Sum::of(out.get(..len)?).finish().to_be_bytes();
    out.get_mut(10..12)?.copy_from_slice(&[c0, c1]);
    Some(())
}

/// The options of the reply to the echo request in `pkt`, behind whose header it begins.
#[cfg(CONFIG_NET_IPV4_HDR_OPTIONS)]
fn reply_options(env: &dyn Env, pkt: &mut Pkt, info: &Info) -> options::Bytes {
    let len = usize::from(info.header_len);
    if len == ipv4::HEADER_LEN || pkt.push(len).is_none() {
        return options::Bytes::new();
    }
    let found = pkt.head().get(ipv4::HEADER_LEN..len).unwrap_or(&[]);
    let millis = env.now().as_micros() / 1000;
    let reply = options::of_reply(ipv4::Options::new(found), info.dst, millis as u32);
    pkt.pull(len);
    reply
}
