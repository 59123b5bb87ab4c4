// SPDX-License-Identifier: Apache-2.0
//! Neighbour discovery (RFC 4861) and the options of its messages (RFC 4191, 6775, 7527, 8106).
//!
//! Messages start at their ICMP header. Options are checked as a whole when a message is parsed: one
//! of length zero makes the message invalid (RFC 4861, 6.1 and 7.1).

use super::icmpv6::kind;
use super::ipv6::addr_at;
use crate::base::{DropReason, EthAddr, Ipv6Addr};

/// Bytes of a router solicitation without options.
pub const SOLICIT_ROUTER_LEN: usize = 8;
/// Bytes of a router advertisement without options.
pub const ROUTER_LEN: usize = 16;
/// Bytes of a neighbour solicitation or advertisement without options.
pub const NEIGHBOUR_LEN: usize = 24;
/// Bytes of a redirect without options.
pub const REDIRECT_LEN: usize = 40;
/// The hop limit of every message: none was forwarded (RFC 4861, 3.1).
pub const HOP_LIMIT: u8 = 255;
/// A lifetime of this many seconds does not end.
pub const INFINITE: u32 = u32::MAX;

/// Option types.
pub mod option {
    /// Source link-layer address.
    pub const SOURCE_LINK: u8 = 1;
    /// Target link-layer address.
    pub const TARGET_LINK: u8 = 2;
    /// Prefix information.
    pub const PREFIX: u8 = 3;
    /// The packet that was redirected.
    pub const REDIRECTED: u8 = 4;
    /// MTU.
    pub const MTU: u8 = 5;
    /// Nonce (RFC 3971, RFC 7527).
    pub const NONCE: u8 = 14;
    /// Route information (RFC 4191).
    pub const ROUTE: u8 = 24;
    /// DNS servers (RFC 8106).
    pub const RDNSS: u8 = 25;
    /// DNS search domains (RFC 8106).
    pub const DNSSL: u8 = 31;
    /// 6LoWPAN context (RFC 6775).
    pub const CONTEXT: u8 = 34;
}

/// How much a router wants to be used (RFC 4191, 2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Preference {
    /// Before others leave it be.
    Low,
    /// As usual; what the reserved value means too.
    Medium,
    /// Before all others.
    High,
}

impl Preference {
    /// The preference in bits 4 and 3 of a byte.
    const fn of(byte: u8) -> Preference {
        match byte >> 3 & 3 {
            1 => Preference::High,
            3 => Preference::Low,
            _ => Preference::Medium,
        }
    }
}

/// Prefix information.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefix {
    /// The prefix; bits behind its length may be anything.
    pub prefix: Ipv6Addr,
    /// Its length in bits, at most 128.
    pub len: u8,
    /// Its addresses are neighbours.
    pub on_link: bool,
    /// Addresses may be formed from it.
    pub autonomous: bool,
    /// Seconds.
    pub valid: u32,
    /// Seconds.
    pub preferred: u32,
}

/// A route through the router that sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// Where to; bits behind the length may be anything.
    pub prefix: Ipv6Addr,
    /// Its length in bits, at most 128.
    pub len: u8,
    /// How much it wants to be used.
    pub preference: Preference,
    /// Seconds.
    pub lifetime: u32,
}

/// A context for header compression (RFC 6775, 4.2). It is read, so that an advertisement with one is taken whole;
/// contexts are for links that compress headers (RFC 6282), and until one is built nobody keeps them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// The prefix.
    pub prefix: Ipv6Addr,
    /// How many bits of it count, at most 128.
    pub len: u8,
    /// May be used for sending.
    pub compress: bool,
    /// Number of the context, 0 to 15.
    pub id: u8,
    /// Minutes.
    pub lifetime: u16,
}

/// One option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NdOption<'a> {
    /// Link-layer address of the sender: type and length not counted, padding included.
    SourceLink(&'a [u8]),
    /// Link-layer address of the target.
    TargetLink(&'a [u8]),
    /// Prefix information.
    Prefix(Prefix),
    /// MTU of the link.
    Mtu(u32),
    /// Random bytes that tell one sender from another.
    Nonce(&'a [u8]),
    /// Route information.
    Route(Route),
    /// DNS servers: seconds of validity, addresses.
    Rdnss(u32, &'a [[u8; 16]]),
    /// DNS search domains: seconds of validity, domains as RFC 1035 encodes them.
    Dnssl(u32, &'a [u8]),
    /// Header compression context.
    Context(Context),
    /// One that is not known, or whose length does not fit its type: to be passed over.
    Unknown(u8),
}

impl NdOption<'_> {
    /// The Ethernet address in a link-layer address option.
    pub fn mac(link: &[u8]) -> Option<EthAddr> {
        link.first_chunk::<6>().map(|bytes| EthAddr(*bytes)).filter(|_| link.len() == 6)
    }
}

/// Options of a message whose lengths are sound.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    bytes: &'a [u8],
}

impl<'a> Options<'a> {
    /// Looks whether each option ends within `bytes` and none has a length of zero.
    ///
    /// # Errors
    /// [`DropReason::NdMalformed`] when that is not so.
    pub fn parse(bytes: &'a [u8]) -> Result<Options<'a>, DropReason> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let len = rest.get(1).map_or(0, |units| usize::from(*units) * 8);
            rest = rest.get(len..).filter(|_| len != 0).ok_or(DropReason::NdMalformed)?;
        }
        Ok(Options { bytes })
    }

    /// The options in order.
    pub fn iter(&self) -> impl Iterator<Item = NdOption<'a>> + use<'a> {
        let mut rest = self.bytes;
        core::iter::from_fn(move || split(&mut rest).map(read))
    }

    /// What the first option of this type says that `fits`, by its length: type and length not counted.
    fn find(&self, kind: u8, fits: fn(usize) -> bool) -> Option<&'a [u8]> {
        let mut rest = self.bytes;
        while let Some(option) = split(&mut rest) {
            if let [first, _, body @ ..] = option
                && *first == kind
                && fits(body.len())
            {
                return Some(body);
            }
        }
        None
    }

    fn link(&self, kind: u8) -> Option<EthAddr> {
        self.find(kind, |len| len == 6).and_then(NdOption::mac)
    }

    /// The Ethernet address of the sender.
    pub fn source_link(&self) -> Option<EthAddr> {
        self.link(option::SOURCE_LINK)
    }

    /// The Ethernet address of the target.
    pub fn target_link(&self) -> Option<EthAddr> {
        self.link(option::TARGET_LINK)
    }

    /// The nonce.
    pub fn nonce(&self) -> Option<&'a [u8]> {
        self.find(option::NONCE, |_| true)
    }
}

/// Takes the first option off.
fn split<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let len = usize::from(*rest.get(1)?) * 8;
    let (option, behind) = rest.split_at_checked(len).filter(|_| len != 0)?;
    *rest = behind;
    Some(option)
}

/// What is read of what only some configurations heed. Elsewhere it is passed over as unknown.
const ALL: bool = cfg!(not(CONFIG_ZNET_PROFILE_TINY));
const ROUTES: bool = ALL || cfg!(CONFIG_ZNET_IPV6_ROUTES);
const DNS: bool = ALL || cfg!(CONFIG_NET_IPV6_RA_RDNSS);

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|b| b.first_chunk()).map_or(0, |b| u32::from_be_bytes(*b))
}

/// Reads one option of at least eight bytes, all of it.
fn read(bytes: &[u8]) -> NdOption<'_> {
    let [kind, _, body @ ..] = bytes else { return NdOption::Unknown(0) };
    match (*kind, bytes.len()) {
        (option::SOURCE_LINK, _) => NdOption::SourceLink(body),
        (option::TARGET_LINK, _) => NdOption::TargetLink(body),
        (option::NONCE, _) => NdOption::Nonce(body),
        (option::MTU, 8) => NdOption::Mtu(u32_at(bytes, 4)),
        (option::PREFIX, 32) if body[0] <= 128 => NdOption::Prefix(Prefix {
            prefix: addr_at(bytes, 16),
            len: body[0],
            on_link: body[1] & 0x80 != 0,
            autonomous: body[1] & 0x40 != 0,
            valid: u32_at(bytes, 4),
            preferred: u32_at(bytes, 8),
        }),
        (option::ROUTE, len @ (8 | 16 | 24)) if ROUTES && usize::from(body[0]) <= (len - 8) * 8 => {
            let mut octets = [0; 16];
            let given = bytes.get(8..).unwrap_or(&[]);
            octets.iter_mut().zip(given).for_each(|(to, from)| *to = *from);
            NdOption::Route(Route {
                prefix: octets.into(),
                len: body[0],
                preference: Preference::of(body[1]),
                lifetime: u32_at(bytes, 4),
            })
        }
        (option::RDNSS, len) if DNS && len >= 24 && len % 16 == 8 => {
            let servers = bytes.get(8..).unwrap_or(&[]).as_chunks::<16>().0;
            NdOption::Rdnss(u32_at(bytes, 4), servers)
        }
        (option::DNSSL, len) if DNS && len >= 16 => {
            NdOption::Dnssl(u32_at(bytes, 4), bytes.get(8..).unwrap_or(&[]))
        }
        (option::CONTEXT, len @ (16 | 24)) if ALL && usize::from(body[0]) <= (len - 8) * 8 => {
            let mut octets = [0; 16];
            let given = bytes.get(8..).unwrap_or(&[]);
            octets.iter_mut().zip(given).for_each(|(to, from)| *to = *from);
            NdOption::Context(Context {
                prefix: octets.into(),
                len: body[0],
                compress: body[1] & 0x10 != 0,
                id: body[1] & 0x0f,
                lifetime: u16::from_be_bytes([body[4], body[5]]),
            })
        }
        (kind, _) => NdOption::Unknown(kind),
    }
}

/// A router solicitation.
#[derive(Clone, Copy, Debug)]
pub struct RouterSolicit<'a> {
    /// Its options.
    pub options: Options<'a>,
}

impl<'a> RouterSolicit<'a> {
    /// Reads a message.
    ///
    /// # Errors
    /// [`DropReason::NdMalformed`].
    pub fn parse(bytes: &'a [u8]) -> Result<RouterSolicit<'a>, DropReason> {
        let options = bytes.get(SOLICIT_ROUTER_LEN..).ok_or(DropReason::NdMalformed)?;
        Ok(RouterSolicit { options: Options::parse(options)? })
    }
}

/// A router advertisement.
#[derive(Clone, Copy, Debug)]
pub struct RouterAdvert<'a> {
    /// Hop limit of packets sent; 0 leaves it open.
    pub hop_limit: u8,
    /// Addresses come from DHCPv6.
    pub managed: bool,
    /// Other configuration comes from DHCPv6.
    pub other: bool,
    /// How much the router wants to be used.
    pub preference: Preference,
    /// Seconds for which it is a default router; 0 is not.
    pub lifetime: u16,
    /// Milliseconds a neighbour is believed reachable; 0 leaves it open.
    pub reachable: u32,
    /// Milliseconds between solicitations; 0 leaves it open.
    pub retrans: u32,
    /// Its options.
    pub options: Options<'a>,
}

impl<'a> RouterAdvert<'a> {
    /// Reads a message.
    ///
    /// # Errors
    /// [`DropReason::NdMalformed`].
    pub fn parse(bytes: &'a [u8]) -> Result<RouterAdvert<'a>, DropReason> {
        let (h, options) =
            bytes.split_first_chunk::<ROUTER_LEN>().ok_or(DropReason::NdMalformed)?;
        Ok(RouterAdvert {
            hop_limit: h[4],
            managed: h[5] & 0x80 != 0,
            other: h[5] & 0x40 != 0,
            preference: Preference::of(h[5]),
            lifetime: u16::from_be_bytes([h[6], h[7]]),
            reachable: u32_at(h, 8),
            retrans: u32_at(h, 12),
            options: Options::parse(options)?,
        })
    }
}

/// A neighbour solicitation.
#[derive(Clone, Copy, Debug)]
pub struct NeighbourSolicit<'a> {
    /// Whose link-layer address is asked for.
    pub target: Ipv6Addr,
    /// Its options.
    pub options: Options<'a>,
}

impl<'a> NeighbourSolicit<'a> {
    /// Reads a message.
    ///
    /// # Errors
    /// [`DropReason::NdMalformed`]; a group as target is malformed too.
    pub fn parse(bytes: &'a [u8]) -> Result<NeighbourSolicit<'a>, DropReason> {
        let (target, options) = target(bytes)?;
        Ok(NeighbourSolicit { target, options })
    }
}

fn target(bytes: &[u8]) -> Result<(Ipv6Addr, Options<'_>), DropReason> {
    let (head, options) =
        bytes.split_first_chunk::<NEIGHBOUR_LEN>().ok_or(DropReason::NdMalformed)?;
    let target = addr_at(head, 8);
    if target.is_multicast() {
        return Err(DropReason::NdMalformed);
    }
    Ok((target, Options::parse(options)?))
}

/// A neighbour advertisement.
#[derive(Clone, Copy, Debug)]
pub struct NeighbourAdvert<'a> {
    /// The sender is a router.
    pub router: bool,
    /// It answers a solicitation.
    pub solicited: bool,
    /// It shall replace what is known.
    pub override_: bool,
    /// Whose link-layer address is told.
    pub target: Ipv6Addr,
    /// Its options.
    pub options: Options<'a>,
}

impl<'a> NeighbourAdvert<'a> {
    /// Reads a message.
    ///
    /// # Errors
    /// [`DropReason::NdMalformed`]; a group as target is malformed too.
    pub fn parse(bytes: &'a [u8]) -> Result<NeighbourAdvert<'a>, DropReason> {
        let (target, options) = target(bytes)?;
        let flags = bytes.get(4).copied().unwrap_or(0);
        Ok(NeighbourAdvert {
            router: flags & 0x80 != 0,
            solicited: flags & 0x40 != 0,
            override_: flags & 0x20 != 0,
            target,
            options,
        })
    }
}

/// A redirect.
#[derive(Clone, Copy, Debug)]
pub struct Redirect<'a> {
    /// The better first hop; the destination itself when that is a neighbour.
    pub target: Ipv6Addr,
    /// Where the packet was going.
    pub dst: Ipv6Addr,
    /// Its options.
    pub options: Options<'a>,
}

impl<'a> Redirect<'a> {
    /// Reads a message.
    ///
    /// # Errors
    /// [`DropReason::NdMalformed`]; a group as destination is malformed too.
    pub fn parse(bytes: &'a [u8]) -> Result<Redirect<'a>, DropReason> {
        let (head, options) =
            bytes.split_first_chunk::<REDIRECT_LEN>().ok_or(DropReason::NdMalformed)?;
        let (target, dst) = (addr_at(head, 8), addr_at(head, 24));
        if dst.is_multicast() {
            return Err(DropReason::NdMalformed);
        }
        Ok(Redirect { target, dst, options: Options::parse(options)? })
    }
}

/// Bytes of the longest message this host sends: a solicitation with address and nonce.
pub const MAX_SENT: usize = NEIGHBOUR_LEN + 8 + 8;

/// A message under construction, checksum zero.
#[derive(Clone, Debug)]
pub struct Builder {
    bytes: [u8; MAX_SENT],
    len: usize,
}

impl Builder {
    fn new(kind: u8, len: usize) -> Builder {
        let mut bytes = [0; MAX_SENT];
        bytes[0] = kind;
        Builder { bytes, len }
    }

    /// A router solicitation.
    pub fn router_solicit() -> Builder {
        Builder::new(kind::ROUTER_SOLICIT, SOLICIT_ROUTER_LEN)
    }

    /// A neighbour solicitation.
    pub fn neighbour_solicit(target: Ipv6Addr) -> Builder {
        let mut new = Builder::new(kind::NEIGHBOUR_SOLICIT, NEIGHBOUR_LEN);
        new.bytes[8..24].copy_from_slice(&target.octets());
        new
    }

    /// A neighbour advertisement of a host, override set.
    pub fn neighbour_advert(target: Ipv6Addr, router: bool, solicited: bool) -> Builder {
        Self::neighbour_advert_with(target, 0x20 | u8::from(router) << 7 | u8::from(solicited) << 6)
    }

    /// The same with flags as they are on the wire: 0x80 is R, 0x40 S, 0x20 O.
    pub fn neighbour_advert_with(target: Ipv6Addr, flags: u8) -> Builder {
        let mut new = Builder::neighbour_solicit(target);
        new.bytes[0] = kind::NEIGHBOUR_ADVERT;
        new.bytes[4] = flags & 0xe0;
        new
    }

    /// Adds an option of eight bytes.
    fn option(mut self, kind: u8, content: [u8; 6]) -> Builder {
        if let Some(room) = self.bytes.get_mut(self.len..self.len + 8) {
            room[..2].copy_from_slice(&[kind, 1]);
            room[2..].copy_from_slice(&content);
            self.len += 8;
        }
        self
    }

    /// Adds the sender's Ethernet address.
    #[must_use]
    pub fn source_link(self, mac: EthAddr) -> Builder {
        self.option(option::SOURCE_LINK, mac.0)
    }

    /// Adds the target's Ethernet address.
    #[must_use]
    pub fn target_link(self, mac: EthAddr) -> Builder {
        self.option(option::TARGET_LINK, mac.0)
    }

    /// Adds a nonce.
    #[must_use]
    pub fn nonce(self, nonce: [u8; 6]) -> Builder {
        self.option(option::NONCE, nonce)
    }

    /// The message.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use std::vec::Vec;

    const MAC: EthAddr = EthAddr([2, 0, 0x5e, 0, 0x53, 1]);
    const TARGET: Ipv6Addr = Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 1);

    fn advert() -> Vec<u8> {
        let mut ra = std::vec![134, 0, 0, 0, 64, 0xc8, 7, 8, 0, 0, 0x75, 0x30, 0, 0, 3, 0xe8];
        ra.extend([option::SOURCE_LINK, 1]);
        ra.extend(MAC.0);
        ra.extend([option::MTU, 1, 0, 0, 0, 0, 5, 0xdc]);
        ra.extend([option::PREFIX, 4, 64, 0xc0, 0, 0, 0, 60, 0, 0, 0, 30, 0, 0, 0, 0]);
        ra.extend(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0).octets());
        ra.extend([option::ROUTE, 2, 32, 0x18, 0, 0, 2, 0x58, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0]);
        ra.extend([option::RDNSS, 3, 0, 0, 0, 0, 4, 0xb0]);
        ra.extend(TARGET.octets());
        ra.extend([99, 1, 0, 0, 0, 0, 0, 0]);
        ra
    }

    #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
    #[test]
    fn an_advertisement_tells_all() {
        let bytes = advert();
        let ra = RouterAdvert::parse(&bytes).unwrap();
        assert_eq!((ra.hop_limit, ra.managed, ra.other, ra.lifetime), (64, true, true, 1800));
        assert_eq!((ra.reachable, ra.retrans, ra.preference), (30_000, 1000, Preference::High));
        assert_eq!(ra.options.source_link(), Some(MAC));
        let options: Vec<_> = ra.options.iter().collect();
        assert_eq!(options.len(), 6);
        assert_eq!(options[1], NdOption::Mtu(1500));
        let NdOption::Prefix(prefix) = options[2] else { panic!("{options:?}") };
        assert_eq!((prefix.len, prefix.on_link, prefix.autonomous), (64, true, true));
        assert_eq!((prefix.valid, prefix.preferred), (60, 30));
        let NdOption::Route(route) = options[3] else { panic!("{options:?}") };
        assert_eq!((route.len, route.preference, route.lifetime), (32, Preference::Low, 600));
        assert_eq!(options[4], NdOption::Rdnss(1200, &[TARGET.octets()]));
        assert_eq!(options[5], NdOption::Unknown(99));
    }

    #[test]
    fn every_cut_is_refused_or_loses_whole_options() {
        let bytes = advert();
        let ends = [16, 24, 32, 64, 80, 104, 112];
        for len in 0..=bytes.len() {
            assert_eq!(RouterAdvert::parse(&bytes[..len]).is_ok(), ends.contains(&len), "{len}");
        }
    }

    #[test]
    fn an_option_of_length_zero_spoils_the_message() {
        for kind in 0..=255 {
            assert!(Options::parse(&[kind, 0, 0, 0, 0, 0, 0, 0]).is_err());
        }
    }

    #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
    #[test]
    fn hostile_19_prefixes_longer_than_an_address() {
        let mut context = [0; 24];
        (context[0], context[1]) = (option::CONTEXT, 3);
        let mut prefix = [0; 32];
        (prefix[0], prefix[1]) = (option::PREFIX, 4);
        for len in 0..=255 {
            context[2] = len;
            prefix[2] = len;
            let read = |bytes| Options::parse(bytes).unwrap().iter().next().unwrap();
            assert_eq!(matches!(read(&context), NdOption::Context(_)), len <= 128, "{len}");
            assert_eq!(matches!(read(&prefix), NdOption::Prefix(_)), len <= 128, "{len}");
            let short = [option::CONTEXT, 2, len, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];
            assert_eq!(matches!(read(&short), NdOption::Context(_)), len <= 64, "{len}");
        }
    }

    #[test]
    fn messages_parse_what_is_built() {
        let bytes = Builder::neighbour_solicit(TARGET).source_link(MAC).nonce([1; 6]);
        let ns = NeighbourSolicit::parse(bytes.as_bytes()).unwrap();
        assert_eq!((ns.target, ns.options.source_link()), (TARGET, Some(MAC)));
        assert_eq!(ns.options.nonce(), Some(&[1; 6][..]));
        let bytes = Builder::neighbour_advert(TARGET, false, true).target_link(MAC);
        let na = NeighbourAdvert::parse(bytes.as_bytes()).unwrap();
        assert_eq!((na.router, na.solicited, na.override_), (false, true, true));
        assert_eq!(na.options.target_link(), Some(MAC));
        assert_eq!(Builder::router_solicit().as_bytes(), [133, 0, 0, 0, 0, 0, 0, 0]);
        assert!(RouterSolicit::parse(&[133, 0, 0, 0, 0, 0, 0]).is_err());
    }

    #[test]
    fn a_group_is_no_target() {
        let group = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1);
        let bytes = Builder::neighbour_solicit(group);
        assert!(NeighbourSolicit::parse(bytes.as_bytes()).is_err());
        assert!(NeighbourAdvert::parse(bytes.as_bytes()).is_err());
        let mut redirect = [0; REDIRECT_LEN];
        redirect[8..24].copy_from_slice(&TARGET.octets());
        redirect[24..].copy_from_slice(&TARGET.octets());
        let parsed = Redirect::parse(&redirect).unwrap();
        assert_eq!((parsed.target, parsed.dst), (TARGET, TARGET));
        redirect[24] = 0xff;
        assert!(Redirect::parse(&redirect).is_err());
    }
}
