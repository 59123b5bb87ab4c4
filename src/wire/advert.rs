// SPDX-License-Identifier: Apache-2.0
//! Router advertisements as a router sends them (RFC 4861, 4.2; RFC 4191; RFC 8106).

use super::icmpv6::kind;
use super::ndp::{Preference, Prefix, Route, option};
use crate::base::{EthAddr, Ipv6Addr};

/// Room for a message; what does not fit is left out.
const ROOM: usize = 512;

/// A router advertisement under construction, checksum zero.
#[derive(Clone, Debug)]
pub struct Advert {
    bytes: [u8; ROOM],
    len: usize,
}

/// A preference in bits 4 and 3 of a byte (RFC 4191, 2.1).
const fn bits(preference: Preference) -> u8 {
    match preference {
        Preference::High => 1 << 3,
        Preference::Medium => 0,
        Preference::Low => 3 << 3,
    }
}

impl Advert {
    /// One that tells the hop limit to use, and for how many seconds the sender is a default router: 0 is not at all.
    pub fn new(hop_limit: u8, lifetime: u16, preference: Preference) -> Advert {
        let mut bytes = [0; ROOM];
        bytes[0] = kind::ROUTER_ADVERT;
        bytes[4] = hop_limit;
        // Who is no default router has no preference to tell (RFC 4191, 2.2).
        bytes[5] = if lifetime == 0 { 0 } else { bits(preference) };
        [bytes[6], bytes[7]] = lifetime.to_be_bytes();
        Advert { bytes, len: 16 }
    }

    /// Adds an option, its length in eights behind its type.
    fn option(&mut self, kind: u8, rest: &[&[u8]]) {
        let len = 2 + rest.iter().map(|piece| piece.len()).sum::<usize>();
        let Some(room) = self.bytes.get_mut(self.len..self.len + len) else { return };
        let mut all =
            [kind, (len / 8) as u8].into_iter().chain(rest.iter().copied().flatten().copied());
        room.fill_with(|| all.next().unwrap_or(0));
        self.len += len;
    }

    /// Adds the sender's Ethernet address.
    pub fn source_link(&mut self, mac: EthAddr) {
        self.option(option::SOURCE_LINK, &[&mac.0]);
    }

    /// Adds the MTU of the link.
    pub fn mtu(&mut self, mtu: u32) {
        self.option(option::MTU, &[&[0; 2], &mtu.to_be_bytes()]);
    }

    /// Adds a prefix.
    pub fn prefix(&mut self, prefix: &Prefix) {
        let flags = u8::from(prefix.on_link) << 7 | u8::from(prefix.autonomous) << 6;
        let (valid, preferred) = (prefix.valid.to_be_bytes(), prefix.preferred.to_be_bytes());
        let octets = prefix.prefix.octets();
        self.option(option::PREFIX, &[&[prefix.len, flags], &valid, &preferred, &[0; 4], &octets]);
    }

    /// Adds a route by the sender.
    pub fn route(&mut self, route: &Route) {
        let head = [route.len, bits(route.preference)];
        self.option(option::ROUTE, &[&head, &route.lifetime.to_be_bytes(), &route.prefix.octets()]);
    }

    /// Adds a DNS server, to be used for so many seconds.
    pub fn dns_server(&mut self, addr: Ipv6Addr, lifetime: u32) {
        self.option(option::RDNSS, &[&[0; 2], &lifetime.to_be_bytes(), &addr.octets()]);
    }

    /// The message.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::super::ndp::{NdOption, RouterAdvert};
    use super::*;
    extern crate std;
    use std::vec::Vec;

    #[test]
    fn an_advertisement_parses_as_what_was_told() {
        let (mac, addr) = (EthAddr([2, 0, 0, 0, 0, 1]), "2001:db8::53".parse().unwrap());
        let prefix = Prefix {
            prefix: "2001:db8:1::".parse().unwrap(),
            len: 64,
            on_link: true,
            autonomous: false,
            valid: 600,
            preferred: 300,
        };
        let route = Route {
            prefix: "2001:db8:2::".parse().unwrap(),
            len: 48,
            preference: Preference::High,
            lifetime: 77,
        };
        let mut advert = Advert::new(64, 1800, Preference::Low);
        advert.source_link(mac);
        advert.mtu(1400);
        advert.prefix(&prefix);
        advert.route(&route);
        advert.dns_server(addr, 99);
        let parsed = RouterAdvert::parse(advert.as_bytes()).unwrap();
        assert_eq!((parsed.hop_limit, parsed.lifetime), (64, 1800));
        assert_eq!((parsed.preference, parsed.options.source_link()), (Preference::Low, Some(mac)));
        let options: Vec<_> = parsed.options.iter().skip(1).collect();
        let servers = [addr.octets()];
        let want = [
            NdOption::Mtu(1400),
            NdOption::Prefix(prefix),
            NdOption::Route(route),
            NdOption::Rdnss(99, &servers),
        ];
        assert_eq!(options, want);
        for _ in 0..40 {
            advert.prefix(&prefix);
        }
        assert!(RouterAdvert::parse(advert.as_bytes()).is_ok(), "full, and whole");
    }
}
