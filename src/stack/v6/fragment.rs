// SPDX-License-Identifier: Apache-2.0
//! IPv6 packets that came, or have to go, in fragments (RFC 8200, 4.5; RFC 5722; RFC 6946).
//!
//! Called by: `stack::v6::{rx, tx, timers}`. Calls: `ip::reassembly`, then `stack::v6::rx` with the whole
//! packet; `stack::v6::tx` for each fragment.

use super::super::tx::{AF_INET6, HEADROOM, Offer};
use super::super::{Env, Stack};
use crate::base::{DropReason, Duration, Error, Instant, IpAddr, Ipv6Addr, Result};
use crate::buf::{NO_WAIT, Pkt, PktList};
use crate::config;
use crate::iface::IfRef;
use crate::ip::reassembly::{Outcome, Piece, Reassembly};
use crate::ip::v6::input::Complaint;
use crate::ip::v6::{Cast, Info, Route};
use crate::wire::icmpv6::{exceeded, kind, problem};
use crate::wire::ipv6::{
    FRAGMENT_LEN, Fragment, HEADER_LEN, Header, NEXT_HEADER_AT, Repr, is_chain_whole, next_header,
};

/// Whose a fragment is (RFC 8200, 4.5).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    src: Ipv6Addr,
    dst: Ipv6Addr,
    ident: u32,
    iface: u8,
}

/// Packets in fragments at a time.
const PACKETS: usize = config::NET_IPV6_FRAGMENT_MAX_COUNT;
/// Longest chain of headers in front of a fragment header; a longer one is dropped.
const HEADERS_MAX: usize = 256;
/// Where the payload length stands: what a fragment of odd length is told.
const PAYLOAD_LEN_AT: u32 = 4;

/// The store of fragments.
pub(super) type Fragments = Reassembly<Key, PACKETS>;

/// Nothing there yet.
pub(super) const fn store() -> Fragments {
    Reassembly::new(
        config::NET_IPV6_FRAGMENT_MAX_PKT as u8,
        Duration::from_secs(config::NET_IPV6_FRAGMENT_TIMEOUT as u64),
    )
}

impl Stack {
    /// Takes a fragment whose header is `at` bytes from the front; with the last that was missing, the
    /// packet.
    #[cold]
    pub(super) fn rx_fragment_v6(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        mut pkt: Pkt,
        info: &Info,
        (header, at): (Fragment, usize),
    ) {
        let headers = at + FRAGMENT_LEN;
        let len = pkt.len().saturating_sub(headers);
        let wrong = |value| Complaint {
            kind: kind::PARAMETER_PROBLEM,
            code: problem::FIELD,
            value,
            to_group: false,
        };
        let malformed = DropReason::FragmentMalformed;
        if header.more && !len.is_multiple_of(8) {
            let complaint = Some(wrong(PAYLOAD_LEN_AT));
            return self.refuse_v6(env, iface, pkt, info, malformed, complaint);
        }
        if usize::from(header.offset) + len > usize::from(u16::MAX) {
            let complaint = Some(wrong(at as u32 + 2));
            return self.refuse_v6(env, iface, pkt, info, malformed, complaint);
        }
        let mut chain = [0; HEADERS_MAX];
        let in_front = pkt.copy_out(headers, &mut chain);
        let chain = chain.get(..in_front).unwrap_or(&[]);
        if header.offset == 0 && !is_chain_whole(header.next_header, chain) {
            let code = problem::HEADER_CHAIN;
            let complaint = Some(Complaint { code, ..wrong(0) });
            return self.refuse_v6(env, iface, pkt, info, malformed, complaint);
        }
        if at > HEADERS_MAX || info.cast == Cast::Tentative {
            return self.discard(malformed, pkt);
        }
        if !pkt.pull(headers) {
            return self.discard(DropReason::NoBuffer, pkt);
        }
        let (src, dst, ident) = (info.src, info.dst, header.ident);
        let key = Key { src, dst, ident, iface: iface.index() };
        let pushed_out = self.v6.fragments.make_room(key);
        self.discard_all(DropReason::FragmentLimit, pushed_out);
        let (offset, more) = (header.offset, header.more);
        let piece = Piece { key, offset, more, header_len: headers as u16, pkt };
        match self.v6.fragments.add(env.now(), piece) {
            Outcome::Kept(true) => {
                if let Some(at) = self.v6.fragments.deadline() {
                    self.effects.deadline(at);
                }
            }
            Outcome::Kept(false) => {}
            Outcome::Refused(reason, list) => self.discard_all(reason, list),
            Outcome::Whole(mut pkt, header_len) => match mend(&mut pkt, usize::from(header_len)) {
                Some(()) => self.rx_v6_apart(env, iface, pkt, info.local),
                None => self.discard(DropReason::NoBuffer, pkt),
            },
        }
    }

    #[inline(never)]
    fn rx_v6_apart(&mut self, env: &dyn Env, iface: IfRef, pkt: Pkt, local: bool) {
        self.rx_v6(env, iface, pkt, local);
    }

    /// Gives up packets whose fragments did not all come.
    pub(super) fn fragment_timers_v6(&mut self, env: &dyn Env) {
        while let Some((mut list, begins, header_len)) = self.v6.fragments.expire(env.now()) {
            if begins && let Some(first) = list.pop_front() {
                let first = self.tell_timeout_v6(env, first, usize::from(header_len));
                list.push_front(first);
            }
            self.discard_all(DropReason::FragmentTimeout, list);
        }
    }

    /// When [`fragment_timers_v6`](Self::fragment_timers_v6) has something to do next.
    pub(super) fn fragment_deadline_v6(&self) -> Option<Instant> {
        self.v6.fragments.deadline()
    }

    /// Tells the sender that time ran out; only the first fragment says whom to tell.
    fn tell_timeout_v6(&mut self, env: &dyn Env, mut first: Pkt, header_len: usize) -> Pkt {
        let described = IfRef::of(&first).filter(|_| first.push(header_len).is_some());
        let Some(iface) = described else { return first };
        if let Ok(header) = Header::parse_quoted(first.head()) {
            let single = !header.dst().is_multicast();
            let info = Info {
                src: header.src(),
                dst: header.dst(),
                cast: if single { Cast::Unicast } else { Cast::Multicast },
                protocol: next_header::FRAGMENT,
                header_len: header_len as u16,
                hop_limit: header.hop_limit(),
                traffic_class: header.traffic_class(),
                local: false,
                router_alert: false,
            };
            let complaint = Complaint {
                kind: kind::TIME_EXCEEDED,
                code: exceeded::REASSEMBLY,
                value: 0,
                to_group: false,
            };
            self.send_error_v6(env, iface, &first, &info, complaint);
        }
        first
    }

    /// Sends `pkt`, the payload of a packet larger than the link carries, in fragments.
    ///
    /// # Errors
    /// [`Error::MsgSize`] past 65,535 bytes, [`Error::NoBufs`] when there is not enough memory for
    /// all fragments: then none is sent.
    #[cold]
    pub(super) fn send_in_fragments_v6(
        &mut self,
        env: &dyn Env,
        route: Route,
        repr: Repr,
        offer: Offer,
        pkt: Pkt,
    ) -> Result<()> {
        let total = pkt.len();
        let mtu = usize::from(self.path_mtu(IpAddr::V6(repr.dst), route.iface.ipv6_mtu()));
        let room = mtu.saturating_sub(HEADER_LEN + FRAGMENT_LEN) & !7;
        if total > usize::from(u16::MAX) || room == 0 {
            self.discard(DropReason::TooBig, pkt);
            return Err(Error::MsgSize);
        }
        let ident = self.next_ident_v6(env);
        let cut = Cut { skipped: 0, repr, kept: &[], carried: repr.next_header, ident };
        let mut fragments = PktList::new();
        for offset in (0..total).step_by(room) {
            let len = room.min(total - offset);
            let Some(piece) = self.fragment_of_v6(&pkt, &cut, offset, len) else {
                self.discard(DropReason::NoBuffer, pkt);
                while let Some(piece) = fragments.pop_front() {
                    self.effects.free(piece);
                }
                return Err(Error::NoBufs);
            };
            fragments.push_back(piece);
        }
        self.effects.free(pkt);
        while let Some(mut piece) = fragments.pop_front() {
            piece.set_family(AF_INET6);
            piece.set_priority(offer.priority);
            piece.set_iface(route.iface.as_ptr().cast());
            self.link_output_v6(env, route.iface, route.hop, piece);
        }
        Ok(())
    }

    /// An identification nobody can guess from others (RFC 7739); without entropy they count.
    pub(super) fn next_ident_v6(&mut self, env: &dyn Env) -> u32 {
        let mut bytes = [0; 4];
        self.v6.ident = match env.random(&mut bytes) {
            Ok(()) => u32::from_ne_bytes(bytes),
            Err(_) => self.v6.ident.wrapping_add(1),
        };
        self.v6.ident
    }

    /// The fragment with the `len` bytes of `whole` at `offset` behind what every fragment has, headers in front.
    pub(super) fn fragment_of_v6(
        &self,
        whole: &Pkt,
        cut: &Cut<'_>,
        offset: usize,
        len: usize,
    ) -> Option<Pkt> {
        let Cut { skipped, repr, kept, carried, ident } = *cut;
        let mut piece = self.pools().alloc_tx(HEADROOM + kept.len(), len, NO_WAIT)?;
        let mut copied = 0;
        while copied < len {
            let spare = piece.spare();
            let n = spare.len().min(len - copied);
            let n = whole.copy_out(skipped + offset + copied, spare.get_mut(..n)?);
            if n == 0 {
                return None;
            }
            piece.commit(n);
            copied += n;
        }
        let fragment = Fragment {
            next_header: carried,
            offset: offset as u16,
            more: skipped + offset + len < whole.len(),
            ident,
        };
        fragment.emit(piece.push(FRAGMENT_LEN)?.first_chunk_mut::<FRAGMENT_LEN>()?);
        let payload_len = (len + FRAGMENT_LEN + kept.len()) as u16;
        let next_header = match kept {
            [] => next_header::FRAGMENT,
            _ => {
                piece.push(kept.len())?.copy_from_slice(kept);
                repr.next_header
            }
        };
        let repr = Repr { next_header, payload_len, ..repr };
        repr.emit(piece.push(HEADER_LEN)?.first_chunk_mut::<HEADER_LEN>()?);
        Some(piece)
    }
}

/// How a packet is cut into fragments (RFC 8200, 4.5).
pub(super) struct Cut<'a> {
    /// Bytes at its begin that are not cut.
    pub skipped: usize,
    /// The IPv6 header of each fragment.
    pub repr: Repr,
    /// Extension headers between that and the fragment header; the last names the fragment header.
    pub kept: &'a [u8],
    /// What the cut part begins with.
    pub carried: u8,
    /// Identification.
    pub ident: u32,
}

/// Puts the first fragment's headers, `header_len` bytes in front of `pkt`, in charge of the whole: the
/// fragment header among them goes.
fn mend(pkt: &mut Pkt, header_len: usize) -> Option<()> {
    let at = header_len.checked_sub(FRAGMENT_LEN)?;
    let mut headers = [0; HEADERS_MAX];
    let pulled = pkt.pulled(header_len)?;
    let next = *pulled.get(at)?;
    let kept = headers.get_mut(..at)?;
    kept.copy_from_slice(pulled.get(..at)?);
    *kept.get_mut(named_at(kept)?)? = next;
    let payload_len = u16::try_from(pkt.len() + at - HEADER_LEN).ok()?;
    kept.get_mut(4..6)?.copy_from_slice(&payload_len.to_be_bytes());
    pkt.push(at)?.copy_from_slice(kept);
    pkt.set_ip_reassembled(true);
    Some(())
}

/// Where in `headers`, which end in front of a fragment header, the field is that names it.
fn named_at(headers: &[u8]) -> Option<usize> {
    let (mut named, mut at) = (NEXT_HEADER_AT as usize, HEADER_LEN);
    while at < headers.len() {
        named = at;
        at += (usize::from(*headers.get(at + 1)?) + 1) * 8;
    }
    (at == headers.len()).then_some(named)
}
