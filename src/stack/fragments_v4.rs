// SPDX-License-Identifier: Apache-2.0
//! IPv4 packets that came, or have to go, in fragments (RFC 791, 3.2).
//!
//! Called by: `stack::{rx_v4, tx_v4, timers}`. Calls: `ip::reassembly`, then `stack::rx_v4` with the
//! whole packet; `stack::tx_v4` for each fragment.

use super::tx::{AF_INET, HEADROOM, Offer};
use super::{Env, Stack};
use crate::base::{DropReason, Duration, Error, Instant, IpAddr, Ipv4Addr, Result};
use crate::buf::{NO_WAIT, Pkt, PktList};
use crate::config;
use crate::iface::IfRef;
use crate::ip::reassembly::{Outcome, Piece, Reassembly};
use crate::ip::v4::output::Params;
use crate::ip::v4::{Cast, Hop, Info, Route};
use crate::wire::icmpv4::{Message, time_exceeded};
use crate::wire::ipv4::{HEADER_LEN, Header, Repr};

/// Whose a fragment is (RFC 791, 3.2).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    src: Ipv4Addr,
    dst: Ipv4Addr,
    ident: u16,
    protocol: u8,
}

/// Packets in fragments at a time.
const PACKETS: usize = config::NET_IPV4_FRAGMENT_MAX_COUNT;

/// The store of fragments.
pub(super) type Fragments = Reassembly<Key, PACKETS>;

/// Nothing there yet.
pub(super) const fn store() -> Fragments {
    Reassembly::new(
        config::NET_IPV4_FRAGMENT_MAX_PKT as u8,
        Duration::from_secs(config::NET_IPV4_FRAGMENT_TIMEOUT as u64),
    )
}

impl Stack {
    /// Takes a fragment whose header was found good; with the last that was missing, the packet.
    #[cold]
    pub(super) fn rx_fragment(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt, local: bool) {
        let Ok(header) = Header::parse(pkt.head(), pkt.len()) else {
            return self.discard(DropReason::Ipv4Malformed, pkt);
        };
        let (header_len, total) = (header.len(), usize::from(header.total_len()));
        let key = Key {
            src: header.src(),
            dst: header.dst(),
            ident: header.ident(),
            protocol: header.protocol(),
        };
        let (offset, more) = (header.fragment_offset(), header.more_fragments());
        // What the link padded the frame with is no part of the packet.
        if !pkt.truncate(total) || !pkt.pull(header_len) {
            return self.discard(DropReason::NoBuffer, pkt);
        }
        let pushed_out = self.fragments.make_room(key);
        self.discard_all(DropReason::FragmentLimit, pushed_out);
        let piece = Piece { key, offset, more, header_len: header_len as u16, pkt };
        match self.fragments.add(env.now(), piece) {
            Outcome::Kept(true) => {
                if let Some(at) = self.fragments.deadline() {
                    self.effects.deadline(at);
                }
            }
            Outcome::Kept(false) => {}
            Outcome::Refused(reason, list) => self.discard_all(reason, list),
            Outcome::Whole(mut pkt, header_len) => match mend(&mut pkt, usize::from(header_len)) {
                Some(()) => self.rx_v4_apart(env, iface, pkt, local),
                None => self.discard(DropReason::NoBuffer, pkt),
            },
        }
    }

    /// Gives up packets whose fragments did not all come (RFC 1122, 3.3.2).
    pub(super) fn fragment_timers(&mut self, env: &dyn Env) {
        while let Some((mut list, begins, header_len)) = self.fragments.expire(env.now()) {
            if begins && let Some(first) = list.pop_front() {
                let first = self.tell_timeout(env, first, usize::from(header_len));
                list.push_front(first);
            }
            self.discard_all(DropReason::FragmentTimeout, list);
        }
    }

    /// When [`fragment_timers`](Self::fragment_timers) has something to do next.
    pub(super) fn fragment_deadline(&self) -> Option<Instant> {
        self.fragments.deadline()
    }

    /// Tells the sender that time ran out; only the first fragment says whom to tell.
    fn tell_timeout(&mut self, env: &dyn Env, mut first: Pkt, header_len: usize) -> Pkt {
        let described = IfRef::of(&first).filter(|_| first.push(header_len).is_some());
        let Some(iface) = described else { return first };
        if let Ok(header) = Header::parse_quoted(first.head()) {
            let single = self.ifaces.owner_of_ipv4(header.dst()).is_some();
            let info = Info {
                src: header.src(),
                dst: header.dst(),
                cast: if single { Cast::Unicast } else { Cast::Multicast },
                protocol: header.protocol(),
                header_len: header_len as u8,
                ttl: header.ttl(),
                tos: header.dscp() << 2 | header.ecn(),
                local: false,
            };
            let message = Message::TimeExceeded { code: time_exceeded::REASSEMBLY };
            self.send_error(env, iface, &first, &info, message);
        }
        first
    }

    /// True when `payload` bytes make a packet larger than the path to `dst` carries. A packet to
    /// ourselves sees no link.
    #[inline]
    pub(super) fn needs_fragments(&self, route: &Route, dst: Ipv4Addr, payload: usize) -> bool {
        let mtu = self.path_mtu(IpAddr::V4(dst), route.iface.mtu());
        payload + HEADER_LEN > usize::from(mtu) && route.hop != Hop::Local
    }

    /// Sends `pkt`, the payload of a packet larger than the link carries, in fragments.
    ///
    /// # Errors
    /// [`Error::MsgSize`] past 65,535 bytes, [`Error::NoBufs`] when there is not enough memory for
    /// all fragments: then none is sent.
    #[cold]
    pub(super) fn send_in_fragments(
        &mut self,
        env: &dyn Env,
        route: Route,
        params: Params,
        offer: Offer,
        pkt: Pkt,
    ) -> Result<()> {
        let total = pkt.len();
        let mtu = self.path_mtu(IpAddr::V4(params.dst), route.iface.mtu());
        let room = usize::from(mtu).saturating_sub(HEADER_LEN) & !7;
        if total + HEADER_LEN > usize::from(u16::MAX) || room == 0 {
            self.discard(DropReason::TooBig, pkt);
            return Err(Error::MsgSize);
        }
        let mut fragments = PktList::new();
        for offset in (0..total).step_by(room) {
            let len = room.min(total - offset);
            let Some(piece) = self.fragment_of((&pkt, 0), params, offset, len) else {
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
            piece.set_family(AF_INET);
            piece.set_priority(offer.priority);
            piece.set_iface(route.iface.as_ptr().cast());
            self.link_output_v4_apart(env, route.iface, route.hop, piece);
        }
        Ok(())
    }

    /// The fragment with the `len` bytes at `offset` of what lies in `whole` behind a header of so many bytes.
    pub(super) fn fragment_of(
        &self,
        (whole, skipped): (&Pkt, usize),
        params: Params,
        offset: usize,
        len: usize,
    ) -> Option<Pkt> {
        let mut piece = self.pools().alloc_tx(HEADROOM, len, NO_WAIT)?;
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
        let repr = Repr {
            src: params.src,
            dst: params.dst,
            protocol: params.protocol,
            payload_len: len as u16,
            ttl: params.ttl,
            tos: params.tos,
            ident: params.ident,
            dont_fragment: false,
            more_fragments: skipped + offset + len < whole.len(),
            fragment_offset: offset as u16,
        };
        repr.emit(piece.push(HEADER_LEN)?.first_chunk_mut::<HEADER_LEN>()?);
        Some(piece)
    }
}

/// Puts the first fragment's header, `header_len` bytes in front of `pkt`, in charge of the whole.
fn mend(pkt: &mut Pkt, header_len: usize) -> Option<()> {
    pkt.push(header_len)?;
    let total = u16::try_from(pkt.len()).ok()?;
    crate::wire::ipv4::make_whole(pkt.head_mut()?.get_mut(..header_len)?, total)?;
    pkt.set_ip_reassembled(true);
    Some(())
}
