// SPDX-License-Identifier: Apache-2.0
//! What is checked before an IPv6 packet is believed, and the walk over its extension headers
//! (RFC 8200, 3 and 4).
//!
//! Called by: `stack::rx_v6`. Calls: `wire::ipv6`, the interface's address tests.

use crate::base::{DropReason, Ipv6Addr};
use crate::buf::Pkt;
use crate::iface::{IfRef, IfTable, Ipv6Dst};
use crate::wire::icmpv6::{is_error, kind, problem};
use crate::wire::ipv6::{
    Action, Ext, FRAGMENT_LEN, Fragment, HEADER_LEN, Header, NEXT_HEADER_AT, OPTIONS_MIN, Options,
    action_of, next_header, option, transport_by,
};

/// To whom a packet was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cast {
    /// One host: us.
    Unicast,
    /// An address we are about to take; only neighbour discovery hears it (RFC 4862, 5.4).
    Tentative,
    /// A group.
    Multicast,
}

/// What later stages need of a packet's headers.
#[derive(Clone, Copy, Debug)]
pub struct Info {
    /// Source address.
    pub src: Ipv6Addr,
    /// Destination address.
    pub dst: Ipv6Addr,
    /// To whom it was sent.
    pub cast: Cast,
    /// What the headers end in: a transport protocol.
    pub protocol: u8,
    /// Bytes of all headers in front of that protocol.
    pub header_len: u16,
    /// Hop limit as received.
    pub hop_limit: u8,
    /// DSCP and ECN as received.
    pub traffic_class: u8,
    /// It went round inside this host and never was on a wire.
    pub local: bool,
    /// Its hop-by-hop options ask routers to look (RFC 2711).
    pub router_alert: bool,
}

/// An ICMP error that the sender is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Type of the error.
    pub kind: u8,
    /// Code of the error.
    pub code: u8,
    /// Pointer or MTU.
    pub value: u32,
    /// May answer a packet that was sent to a group (RFC 4443, 2.4 e.3).
    pub to_group: bool,
}

/// Where the walk over the extension headers ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// At the transport protocol that [`Info`] now names; its number is at `named_at`.
    Transport {
        /// Where the next-header field is that names it.
        named_at: usize,
    },
    /// At a fragment header, `at` bytes from the front.
    Fragment {
        /// The header.
        header: Fragment,
        /// Where it is.
        at: usize,
    },
    /// The packet is dropped, and perhaps the sender told.
    Drop(DropReason, Option<Complaint>),
}

/// Checks the header at the front of `pkt` and cuts link padding off. The header stays in place.
///
/// `local` tells that the packet went round inside this host: then the sender is us.
///
/// # Errors
/// The reason to drop it.
#[inline]
pub fn input(
    pkt: &mut Pkt,
    iface: IfRef,
    table: &IfTable,
    local: bool,
) -> Result<Info, DropReason> {
    let available = pkt.len();
    if !reach(pkt, HEADER_LEN + OPTIONS_MIN) {
        return Err(DropReason::NoBuffer);
    }
    let header = Header::parse(pkt.head(), available)?;
    let (src, dst) = (header.src(), header.dst());
    let info = Info {
        src,
        dst,
        cast: classify(iface, table, dst, local)?,
        protocol: header.next_header(),
        header_len: HEADER_LEN as u16,
        hop_limit: header.hop_limit(),
        traffic_class: header.traffic_class(),
        local,
        router_alert: false,
    };
    if !local && is_impossible(iface, table, src) {
        return Err(DropReason::Ipv6BadSource);
    }
    let total = header.payload_len() + HEADER_LEN;
    if total < available {
        pkt.truncate(total);
    }
    Ok(info)
}

/// Sees to it that the first `n` bytes of a packet that has them lie in one piece, and one more if
/// there is one: then pulling them leaves their fragment in front, where an answer that quotes them
/// finds them again.
fn reach(pkt: &mut Pkt, n: usize) -> bool {
    if pkt.is_linear() || pkt.head().len() > n {
        return true;
    }
    let available = pkt.len();
    let front = available.min(n + 1);
    // When that is all, empty fragments behind it go.
    pkt.pull_up(front) && (front < available || pkt.truncate(available))
}

fn classify(iface: IfRef, table: &IfTable, dst: Ipv6Addr, local: bool) -> Result<Cast, DropReason> {
    match iface.classify_ipv6(dst) {
        // RFC 4291, 2.5.3: from a wire it is dropped.
        Ipv6Dst::Unicast if dst.is_loopback() && !local => Err(DropReason::Ipv6BadDestination),
        Ipv6Dst::Unicast => Ok(Cast::Unicast),
        Ipv6Dst::Multicast => Ok(Cast::Multicast),
        Ipv6Dst::Tentative => Ok(Cast::Tentative),
        Ipv6Dst::Other if dst.is_unspecified() || dst.is_loopback() && !local => {
            Err(DropReason::Ipv6BadDestination)
        }
        // An address of ours is ours on every interface, unless it means another host on each link.
        Ipv6Dst::Other => match table.owner_of_ipv6(dst) {
            Some(_) if !dst.is_unicast_link_local() || local => Ok(Cast::Unicast),
            _ => Err(DropReason::Ipv6NotForUs),
        },
    }
}

/// True for what can't be the address of another host: groups, `::1` (RFC 4291, 2.5.3 and 2.7),
/// mapped addresses (which belong on no wire) and our own.
fn is_impossible(iface: IfRef, table: &IfTable, src: Ipv6Addr) -> bool {
    if src.is_multicast() || src.is_loopback() || src.to_ipv4_mapped().is_some() {
        return true;
    }
    // The same link-local address may be another host's on another link.
    if src.is_unicast_link_local() {
        iface.has_ipv6_addr(src)
    } else {
        table.owner_of_ipv6(src).is_some()
    }
}

/// True when a packet on `iface` from `src` to `dst` is one from another host to an address of that
/// interface's which is in use.
pub fn may_be_pair(iface: IfRef, table: &IfTable, src: Ipv6Addr, dst: Ipv6Addr) -> bool {
    iface.classify_ipv6(dst) == Ipv6Dst::Unicast
        && !dst.is_loopback()
        && !src.is_unspecified()
        && !is_impossible(iface, table, src)
}

/// Walks over the extension headers, from where `info` stands, and leaves in `info` where it ended.
///
/// Order and number of headers are free, except that hop-by-hop options come first (RFC 8200, 4.1).
/// Lengths come in multiples of eight and are compared with what is there: the walk ends. The headers
/// may lie in several pieces.
pub fn walk(pkt: &Pkt, info: &mut Info, mut named_at: usize) -> Walk {
    loop {
        let at = usize::from(info.header_len);
        match info.protocol {
            next_header::HOP_BY_HOP if named_at != NEXT_HEADER_AT as usize => {
                return unknown(named_at);
            }
            next_header::HOP_BY_HOP | next_header::DEST_OPTIONS | next_header::ROUTING => {
                let (ext, len) = match header_at(pkt, at) {
                    Ok(found) => found,
                    Err(reason) => return Walk::Drop(reason, None),
                };
                let verdict = match info.protocol {
                    next_header::ROUTING => routing(ext[3], at),
                    _ => options(pkt, info, at, len),
                };
                if let Some(drop) = verdict {
                    return drop;
                }
                info.protocol = ext[0];
                // At most 65,535 + 40 bytes were received.
                info.header_len = info.header_len.saturating_add(len as u16);
                named_at = at;
            }
            next_header::FRAGMENT => {
                let mut bytes = [0; FRAGMENT_LEN];
                let there = pkt.copy_out(at, &mut bytes);
                return match Fragment::parse(bytes.get(..there).unwrap_or(&[])) {
                    Ok(header) => Walk::Fragment { header, at },
                    Err(reason) => Walk::Drop(reason, None),
                };
            }
            next_header::NONE => return Walk::Drop(DropReason::Ipv6NoNextHeader, None),
            _ => return Walk::Transport { named_at },
        }
    }
}

/// The error for a next header nobody handles, named at `named_at`.
pub fn unknown(named_at: usize) -> Walk {
    let complaint = Complaint {
        kind: kind::PARAMETER_PROBLEM,
        code: problem::NEXT_HEADER,
        value: named_at as u32,
        to_group: false,
    };
    Walk::Drop(DropReason::Ipv6UnknownNextHeader, Some(complaint))
}

/// Sees to it that the headers `info` tells of, and the beginning of what they lead to, lie in one piece.
/// Where they are longer than a piece can be, those that were walked over go: what is left is the packet
/// as if it had come without them.
pub fn gather(pkt: &mut Pkt, info: &mut Info) -> bool {
    reach(pkt, usize::from(info.header_len) + OPTIONS_MIN)
        || leave_out(pkt, info).is_some() && reach(pkt, HEADER_LEN + OPTIONS_MIN)
}

#[cold]
fn leave_out(pkt: &mut Pkt, info: &mut Info) -> Option<()> {
    let mut header = [0; HEADER_LEN];
    pkt.copy_out(0, &mut header);
    if !pkt.pull(info.header_len.into()) {
        return None;
    }
    let payload_len = u16::try_from(pkt.len()).ok()?;
    header[4..6].copy_from_slice(&payload_len.to_be_bytes());
    header[NEXT_HEADER_AT as usize] = info.protocol;
    *pkt.prepend(HEADER_LEN, 0)?.first_chunk_mut::<HEADER_LEN>()? = header;
    info.header_len = HEADER_LEN as u16;
    Some(())
}

/// How far headers may reach that do not lie in one piece, since each is looked for from the front: the
/// smallest MTU, which a chain should not pass (RFC 7112, 3; RFC 8504, 5.3).
const SCATTERED_MAX: usize = 1280;

/// The beginning of the header at `at`, and its length.
fn header_at(pkt: &Pkt, at: usize) -> Result<([u8; 4], usize), DropReason> {
    let mut bytes = [0; 4];
    let there = pkt.copy_out(at, &mut bytes);
    let len = bytes.get(..there).and_then(Ext::claimed_len).unwrap_or(0);
    if len == 0 || at + len > pkt.len() {
        return Err(DropReason::Ipv6BadExtension);
    }
    if at + len > SCATTERED_MAX && at + len > pkt.head().len() {
        return Err(DropReason::NoBuffer);
    }
    Ok((bytes, len))
}

/// Every option that is not known is treated as its type says (RFC 8200, 4.2). The router alert is
/// for routers; a jumbogram's length is not known here (RFC 2675, 3).
fn options(pkt: &Pkt, info: &mut Info, at: usize, len: usize) -> Option<Walk> {
    for found in Options::new(pkt.fragments().flatten().copied().skip(at), len) {
        let found = match found {
            Ok(found) => found,
            Err(reason) => return Some(Walk::Drop(reason, None)),
        };
        let action = match found.kind {
            option::ROUTER_ALERT => {
                info.router_alert |= info.protocol == next_header::HOP_BY_HOP;
                Action::Skip
            }
            kind => action_of(kind),
        };
        let complaint = Complaint {
            kind: kind::PARAMETER_PROBLEM,
            code: problem::OPTION,
            value: (at + found.at) as u32,
            to_group: action == Action::Report,
        };
        match action {
            Action::Skip => {}
            Action::Discard => return Some(Walk::Drop(DropReason::Ipv6UnknownOption, None)),
            Action::Report | Action::ReportUnicast => {
                return Some(Walk::Drop(DropReason::Ipv6UnknownOption, Some(complaint)));
            }
        }
    }
    None
}

/// A routing header that wants nothing more is passed over; we are no stop on the way of any type
/// (RFC 8200, 4.4; RFC 5095, 3).
fn routing(segments_left: u8, at: usize) -> Option<Walk> {
    if segments_left == 0 {
        return None;
    }
    let complaint = Complaint {
        kind: kind::PARAMETER_PROBLEM,
        code: problem::FIELD,
        value: (at + 2) as u32,
        to_group: false,
    };
    Some(Walk::Drop(DropReason::Ipv6RoutingHeader, Some(complaint)))
}

/// True when RFC 4443, 2.4 e allows an error in answer to this packet. `pkt` starts at its IP header;
/// `link_group` tells that the frame was a link-layer broadcast or multicast.
pub fn may_answer_with_error(pkt: &Pkt, info: &Info, link_group: bool, to_group: bool) -> bool {
    let single = !info.src.is_unspecified() && !info.src.is_multicast();
    let cast = to_group || info.cast == Cast::Unicast && !link_group;
    if !single || !cast || info.cast == Cast::Tentative {
        return false;
    }
    // Informational messages may be answered with an error; errors and redirects never, whatever
    // stands in front of them.
    let Some((next_header::ICMPV6, at)) = transport_in(pkt) else { return true };
    let mut first = [0];
    pkt.copy_out(at, &mut first) == 0 || !is_error(first[0]) && first[0] != kind::REDIRECT
}

/// The transport header's number and its place in a packet that starts at its IP header, however long
/// the chain of headers in front of it is.
pub fn transport_in(pkt: &Pkt) -> Option<(u8, usize)> {
    transport_by(|at| {
        let mut head = [0; 8];
        (pkt.copy_out(at, &mut head) == head.len()).then_some(head)
    })
}
