// SPDX-License-Identifier: Apache-2.0
//! Extension headers: options, routing, fragment (RFC 8200, 4).

use super::next_header;
use crate::base::DropReason;

/// Bytes of the shortest options or routing header; their length is a multiple of it.
pub const OPTIONS_MIN: usize = 8;
/// Bytes of a fragment header.
pub const FRAGMENT_LEN: usize = 8;

/// An extension header that says how long it is: options or routing.
#[derive(Clone, Copy, Debug)]
pub struct Ext<'a> {
    /// What follows it.
    pub next_header: u8,
    /// The whole header, a multiple of eight bytes.
    pub bytes: &'a [u8],
}

impl<'a> Ext<'a> {
    /// The length in bytes that the header at the start of `head` claims; `None` when not even the
    /// length field is there. At most 2,048: it cannot wrap.
    #[inline]
    pub fn claimed_len(head: &[u8]) -> Option<usize> {
        head.get(1).map(|units| (usize::from(*units) + 1) * 8)
    }

    /// Reads the header at the start of `head`.
    ///
    /// # Errors
    /// [`DropReason::Ipv6BadExtension`] when it ends after `head` does.
    pub fn parse(head: &'a [u8]) -> Result<Ext<'a>, DropReason> {
        let bad = DropReason::Ipv6BadExtension;
        let len = Self::claimed_len(head).ok_or(bad)?;
        let bytes = head.get(..len).ok_or(bad)?;
        Ok(Ext { next_header: bytes[0], bytes })
    }

    /// The options of an options header.
    pub fn options(&self) -> Options<core::iter::Copied<core::slice::Iter<'a, u8>>> {
        Options::new(self.bytes.iter().copied(), self.bytes.len())
    }

    /// Type of a routing header.
    pub fn routing_type(&self) -> u8 {
        self.bytes.get(2).copied().unwrap_or(0)
    }

    /// Nodes a routing header still wants to visit.
    pub fn segments_left(&self) -> u8 {
        self.bytes.get(3).copied().unwrap_or(0)
    }
}

/// Types of options.
pub mod option {
    /// One byte of padding.
    pub const PAD1: u8 = 0;
    /// More bytes of padding.
    pub const PADN: u8 = 1;
    /// Routers shall look at this packet (RFC 2711).
    pub const ROUTER_ALERT: u8 = 5;
    /// Length of a jumbogram (RFC 2675), which nothing here supports.
    pub const JUMBO: u8 = 0xc2;
}

/// An option of an options header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TlvOption {
    /// Its type.
    pub kind: u8,
    /// Where in the header it begins: what an error points to.
    pub at: usize,
    /// Bytes of its content.
    pub len: usize,
}

/// What is to be done with a packet for an option nobody knows (RFC 8200, 4.2): the highest two bits
/// of the option's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Go on as if the option were not there.
    Skip,
    /// Drop the packet.
    Discard,
    /// Drop it and tell the sender.
    Report,
    /// Drop it and tell the sender unless it was sent to a group.
    ReportUnicast,
}

/// The action an option type of which nothing is known asks for.
pub const fn action_of(kind: u8) -> Action {
    match kind >> 6 {
        0 => Action::Skip,
        1 => Action::Discard,
        2 => Action::Report,
        _ => Action::ReportUnicast,
    }
}

/// Iterator over the options of a header, padding left out; ends after the first error. The header's
/// bytes may come from several pieces.
#[derive(Clone, Debug)]
pub struct Options<I> {
    bytes: I,
    at: usize,
    len: usize,
}

impl<I: Iterator<Item = u8>> Options<I> {
    /// The options of a header of `len` bytes, with which `bytes` begins.
    pub fn new(mut bytes: I, len: usize) -> Self {
        // What follows the header, and its length.
        bytes.nth(1);
        Options { bytes, at: 2, len }
    }
}

impl<I: Iterator<Item = u8>> Iterator for Options<I> {
    type Item = Result<TlvOption, DropReason>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.at < self.len {
            let at = self.at;
            let kind = self.bytes.next()?;
            if kind == option::PAD1 {
                self.at += 1;
                continue;
            }
            let len = self.bytes.next().map(usize::from);
            let Some(len) = len.filter(|len| at + 1 < self.len && at + 2 + len <= self.len) else {
                self.at = self.len;
                return Some(Err(DropReason::Ipv6BadOption));
            };
            if let Some(last) = len.checked_sub(1) {
                self.bytes.nth(last);
            }
            self.at = at + 2 + len;
            if kind != option::PADN {
                return Some(Ok(TlvOption { kind, at, len }));
            }
        }
        None
    }
}

/// A fragment header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// What the fragmented part begins with.
    pub next_header: u8,
    /// Place of what follows in the whole, in bytes: a multiple of 8.
    pub offset: u16,
    /// Fragments with higher offsets exist.
    pub more: bool,
    /// Equal in all fragments of one packet.
    pub ident: u32,
}

impl Fragment {
    /// Reads the header at the start of `head`.
    ///
    /// # Errors
    /// [`DropReason::Ipv6BadExtension`] when it is cut short.
    pub fn parse(head: &[u8]) -> Result<Fragment, DropReason> {
        let h = head.first_chunk::<FRAGMENT_LEN>().ok_or(DropReason::Ipv6BadExtension)?;
        let word = u16::from_be_bytes([h[2], h[3]]);
        Ok(Fragment {
            next_header: h[0],
            offset: word & !7,
            more: word & 1 != 0,
            ident: u32::from_be_bytes([h[4], h[5], h[6], h[7]]),
        })
    }

    /// A fragment that is the whole packet (RFC 6946).
    pub const fn is_atomic(&self) -> bool {
        self.offset == 0 && !self.more
    }

    /// Writes the header.
    pub fn emit(&self, out: &mut [u8; FRAGMENT_LEN]) {
        let [o0, o1] = (self.offset & !7 | u16::from(self.more)).to_be_bytes();
        let [i0, i1, i2, i3] = self.ident.to_be_bytes();
        *out = [self.next_header, 0, o0, o1, i0, i1, i2, i3];
    }
}

/// True for headers that are walked over on the way to the transport header.
pub const fn is_extension(next: u8) -> bool {
    matches!(
        next,
        next_header::HOP_BY_HOP
            | next_header::ROUTING
            | next_header::FRAGMENT
            | next_header::DEST_OPTIONS
    )
}

/// The transport header's number and its place in `bytes`, a packet as an ICMP error quotes it; `None`
/// when the quote ends before, or the packet is a fragment other than the first.
pub fn transport_of(bytes: &[u8]) -> Option<(u8, usize)> {
    let found = transport_by(|at| bytes.get(at..)?.first_chunk().copied())?;
    bytes.get(found.1..).map(|_| found)
}

/// The same for a packet wherever its bytes lie: `read` gives eight of them from a place on.
pub fn transport_by(read: impl Fn(usize) -> Option<[u8; 8]>) -> Option<(u8, usize)> {
    let mut next = read(0)?[super::NEXT_HEADER_AT as usize];
    let mut at = super::HEADER_LEN;
    while is_extension(next) {
        let head = read(at)?;
        if next == next_header::FRAGMENT {
            if Fragment::parse(&head).ok()?.offset != 0 {
                return None;
            }
            at += FRAGMENT_LEN;
        } else {
            at += Ext::claimed_len(&head)?;
        }
        next = head[0];
    }
    Some((next, at))
}

/// True when the headers of a packet, from `next` at the front of `bytes` on, are all there, the one of
/// the transport protocol included: what a first fragment must hold (RFC 8200, 4.5; RFC 7112, 5).
pub fn is_chain_whole(mut next: u8, bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while is_extension(next) {
        // A fragment header among fragments has a reserved field where others have their length.
        let len = match next {
            next_header::FRAGMENT => FRAGMENT_LEN,
            _ => Ext::claimed_len(rest).unwrap_or(0),
        };
        let (Some(following), Some(behind)) = (rest.first(), rest.get(len..)) else { return false };
        if len == 0 {
            return false;
        }
        (next, rest) = (*following, behind);
    }
    let transport = match next {
        next_header::NONE => 0,
        // Without options (RFC 9293, 3.1); UDP's and ICMP's are of one length.
        next_header::TCP => 20,
        _ => 8,
    };
    rest.len() >= transport
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use std::vec::Vec;

    #[test]
    fn a_chain_ends_in_a_whole_header_of_the_transport() {
        let chain = [60, 0, 1, 4, 0, 0, 0, 0, 17, 1, 1, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        let whole = [&chain[..], &[0; 8]].concat();
        assert!(is_chain_whole(0, &whole) && is_chain_whole(17, &whole[24..]));
        for len in 0..whole.len() {
            assert!(!is_chain_whole(0, &whole[..len]), "{len}");
        }
        assert!(is_chain_whole(next_header::NONE, &[]));
        assert!(is_chain_whole(next_header::TCP, &[0; 20]));
        assert!(!is_chain_whole(next_header::TCP, &[0; 16]));
        let atomic = [&[58, 7, 0, 0, 0, 0, 0, 1][..], &[0; 8]].concat();
        assert!(is_chain_whole(next_header::FRAGMENT, &atomic));
    }

    #[test]
    fn options_are_listed_without_padding() {
        let bytes = [17, 1, 1, 2, 0, 0, 0, 5, 2, 0, 0, 0x3e, 1, 9, 1, 0];
        let ext = Ext::parse(&bytes).unwrap();
        let options: Vec<_> = ext.options().map(Result::unwrap).collect();
        assert_eq!(ext.next_header, 17);
        assert_eq!(
            options,
            [
                TlvOption { kind: option::ROUTER_ALERT, at: 7, len: 2 },
                TlvOption { kind: 0x3e, at: 11, len: 1 },
            ]
        );
    }

    #[test]
    fn an_option_past_its_header_ends_the_walk() {
        for len in 5..=255 {
            let bytes = [17, 0, 0x3e, len, 0, 0, 0, 0];
            let all: Vec<_> = Ext::parse(&bytes).unwrap().options().collect();
            assert_eq!(all, [Err(DropReason::Ipv6BadOption)], "length {len}");
        }
        let lonely = [17, 0, 1, 3, 0, 0, 0, 7];
        assert_eq!(
            Ext::parse(&lonely).unwrap().options().last(),
            Some(Err(DropReason::Ipv6BadOption)),
            "a type without a length"
        );
    }

    #[test]
    fn a_header_longer_than_its_packet_is_refused() {
        let mut bytes = [0; 2048];
        for units in 0..=255 {
            bytes[1] = units;
            let len = (usize::from(units) + 1) * 8;
            assert!(Ext::parse(&bytes[..len - 1]).is_err());
            assert_eq!(Ext::parse(&bytes[..len]).unwrap().bytes.len(), len);
        }
        assert!(Ext::parse(&[]).is_err() && Ext::parse(&[0]).is_err());
    }

    #[test]
    fn fragment_header_byte_for_byte() {
        let repr = Fragment { next_header: 17, offset: 1448, more: true, ident: 0xdead_beef };
        let mut out = [0xee; FRAGMENT_LEN];
        repr.emit(&mut out);
        assert_eq!(out, [17, 0, 5, 0xa9, 0xde, 0xad, 0xbe, 0xef]);
        assert_eq!(Fragment::parse(&out), Ok(repr));
        for len in 0..FRAGMENT_LEN {
            assert!(Fragment::parse(&out[..len]).is_err());
        }
        assert!(Fragment { offset: 0, more: false, ..repr }.is_atomic() && !repr.is_atomic());
    }

    #[test]
    fn the_high_bits_say_what_to_do() {
        assert_eq!(action_of(0x3e), Action::Skip);
        assert_eq!(action_of(0x40), Action::Discard);
        assert_eq!(action_of(0x80), Action::Report);
        assert_eq!(action_of(option::JUMBO), Action::ReportUnicast);
    }

    #[test]
    fn transport_is_found_behind_every_chain() {
        let mut packet = [0u8; 72];
        packet[6] = next_header::HOP_BY_HOP;
        packet[40] = next_header::DEST_OPTIONS;
        packet[48] = next_header::FRAGMENT;
        packet[56] = next_header::UDP;
        assert_eq!(transport_of(&packet), Some((next_header::UDP, 64)));
        for len in 0..64 {
            assert_eq!(transport_of(&packet[..len]), None, "length {len}");
        }
        packet[59] = 8;
        assert_eq!(transport_of(&packet), None, "not the first fragment");
        packet[6] = next_header::UDP;
        assert_eq!(transport_of(&packet[..39]), None, "the header itself is cut");
        assert_eq!(transport_of(&packet[..40]), Some((next_header::UDP, 40)));
    }
}
