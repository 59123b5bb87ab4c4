// SPDX-License-Identifier: Apache-2.0
//! Which of its addresses a host sends from (RFC 6724, 5).

use super::scope::{LINK_LOCAL, common_bits, is_in, scope};
use crate::base::Ipv6Addr;
use crate::iface::{AddrState, IfRef, Ipv6IfAddr};

/// The label of an address in the default policy table (RFC 6724, 2.1): two addresses of the same
/// label suit each other.
pub fn label(addr: Ipv6Addr) -> u8 {
    policy(addr).0
}

/// The precedence of a destination in that table: the higher the sooner it is tried.
pub fn precedence(addr: Ipv6Addr) -> u8 {
    policy(addr).1
}

/// Label and precedence of an address.
fn policy(addr: Ipv6Addr) -> (u8, u8) {
    const fn net(a: u16, b: u16, f: u16) -> Ipv6Addr {
        Ipv6Addr::new(a, b, 0, 0, 0, f, 0, 0)
    }
    // Longest prefix first.
    const TABLE: [(Ipv6Addr, u8, (u8, u8)); 8] = [
        (Ipv6Addr::LOCALHOST, 128, (0, 50)),
        (net(0, 0, 0xffff), 96, (4, 35)),
        (net(0, 0, 0), 96, (3, 1)),
        (net(0x2001, 0, 0), 32, (5, 5)),
        (net(0x2002, 0, 0), 16, (2, 30)),
        (net(0x3ffe, 0, 0), 16, (12, 1)),
        (net(0xfec0, 0, 0), 10, (11, 1)),
        (net(0xfc00, 0, 0), 7, (13, 3)),
    ];
    if !cfg!(CONFIG_ZNET_IPV6_POLICY) {
        return (1, 40);
    }
    let found = TABLE.iter().find(|(prefix, len, _)| is_in(addr, *prefix, *len));
    found.map_or((1, 40), |entry| entry.2)
}

/// IPV6_PREFER_SRC_TMP (RFC 5014, 3).
pub const PREFER_TEMPORARY: u16 = 0x0001;
/// IPV6_PREFER_SRC_PUBLIC.
pub const PREFER_PUBLIC: u16 = 0x0002;
/// IPV6_PREFER_SRC_PUBTMP_DEFAULT.
pub const PREFER_DEFAULT: u16 = 0x0100;
/// Preferences of which one at most can hold: temporary or public, care-of or home, generated or not.
const CONTRARY: [u16; 3] = [PREFER_TEMPORARY | PREFER_PUBLIC | PREFER_DEFAULT, 0x0404, 0x0808];

/// Whether preferences are known, and none contradicts another (RFC 5014, 5).
pub fn is_consistent(flags: u16) -> bool {
    let known = CONTRARY[0] | CONTRARY[1] | CONTRARY[2];
    flags & !known == 0 && CONTRARY.iter().all(|group| (flags & group).count_ones() <= 1)
}

/// Whether public addresses go before temporary ones on `iface` for one who prefers `flags`.
pub fn prefers_public(iface: IfRef, flags: u16) -> bool {
    match flags & (PREFER_TEMPORARY | PREFER_PUBLIC) {
        PREFER_PUBLIC => true,
        PREFER_TEMPORARY => false,
        _ => iface.prefers_public_ipv6(),
    }
}

/// The source address of packets to `dst` over `iface`; `None` when it has none to use.
///
/// Candidates are the interface's own addresses, as RFC 6724, 4 recommends, so rules 4 and 5 decide
/// nothing. `prefer_public` turns rule 7 round.
pub fn source(iface: IfRef, dst: Ipv6Addr, prefer_public: bool) -> Option<Ipv6Addr> {
    iface
        .ipv6_addrs()
        .filter(|own| own.state != AddrState::Tentative)
        // What reaches no further than this host is of no use elsewhere.
        .filter(|own| own.addr.is_loopback() == dst.is_loopback())
        .reduce(|best, next| if is_better(&next, &best, dst, prefer_public) { next } else { best })
        .map(|own| own.addr)
}

/// True when the rules prefer `a` to `b`; the one that comes first wins a draw.
fn is_better(a: &Ipv6IfAddr, b: &Ipv6IfAddr, dst: Ipv6Addr, prefer_public: bool) -> bool {
    // Rule 1: the same address.
    if a.addr == dst || b.addr == dst {
        return a.addr == dst;
    }
    // Rule 2: the smaller scope that still reaches there, else the larger.
    let (sa, sb, sd) = (scope(a.addr), scope(b.addr), scope(dst).max(LINK_LOCAL));
    if sa != sb {
        return if sa < sb { sa >= sd } else { sb < sd };
    }
    // Rule 3: not a deprecated one.
    let deprecated = |own: &Ipv6IfAddr| own.state == AddrState::Deprecated;
    if deprecated(a) != deprecated(b) {
        return deprecated(b);
    }
    // Rule 6: the label of the destination.
    let fits = |own: &Ipv6IfAddr| label(own.addr) == label(dst);
    if fits(a) != fits(b) {
        return fits(a);
    }
    // Rule 7: a temporary one.
    let privacy = cfg!(any(CONFIG_NET_IPV6_PE, not(CONFIG_ZNET_PROFILE_TINY)));
    if privacy && a.temporary != b.temporary {
        return a.temporary != prefer_public;
    }
    // Rule 8: the longest common prefix; interface identifiers do not count.
    let common = |own: &Ipv6IfAddr| common_bits(own.addr, dst).min(64);
    common(a) > common(b)
}

#[cfg(all(test, CONFIG_ARCH_POSIX))]
mod tests {
    use super::*;
    use crate::iface::{AddrType, IfBuilder};

    fn addr(text: &str) -> Ipv6Addr {
        text.parse().unwrap()
    }

    /// What a host with the addresses `own` sends from; `-` in front of one marks it deprecated, `~`
    /// temporary.
    fn select(own: &[&str], dst: &str, prefer_public: bool) -> Option<Ipv6Addr> {
        let iface = IfBuilder::dummy().build();
        for text in own {
            let plain = addr(text.trim_start_matches(['-', '~']));
            let state =
                if text.starts_with('-') { AddrState::Deprecated } else { AddrState::Preferred };
            let slot = iface.ipv6_addr_add(plain, AddrType::Manual, 0, state).expect("room");
            slot.is_temporary.set(u8::from(text.starts_with('~')));
        }
        source(iface, addr(dst), prefer_public)
    }

    /// The examples of RFC 6724, 10.1, as far as one interface shows them.
    #[test]
    fn the_examples_of_the_rfc() {
        for (own, dst, best) in [
            (&["2001:db8:3::1", "fe80::1"][..], "2001:db8:1::1", "2001:db8:3::1"),
            (&["fe80::1", "2001:db8:3::1"], "ff05::1", "2001:db8:3::1"),
            (&["-2001:db8:1::1", "2001:db8:2::1"], "2001:db8:1::1", "2001:db8:1::1"),
            (&["-2001:db8:1::2", "2001:db8:2::1"], "2001:db8:1::1", "2001:db8:2::1"),
            (&["fe80::1", "2001:db8:2::1"], "ff02::1", "fe80::1"),
            (&["fe80::1", "2001:db8:2::1"], "fe80::2", "fe80::1"),
            (&["2001:db8:1::2", "2001:db8:3::2"], "2001:db8:1::1", "2001:db8:1::2"),
            (&["2002:c633:6401::2", "2001:db8:1::2"], "2002:c633:6401::1", "2002:c633:6401::2"),
            (&["2001:db8::2", "fd00::2"], "fd11::9", "fd00::2"),
        ] {
            assert_eq!(select(own, dst, false), Some(addr(best)), "{own:?} to {dst}");
            let turned: std::vec::Vec<&str> = own.iter().rev().copied().collect();
            assert_eq!(select(&turned, dst, false), Some(addr(best)), "{turned:?} to {dst}");
        }
        assert_eq!(select(&["::1"], "2001:db8::1", false), None);
        assert_eq!(select(&[], "2001:db8::1", false), None);
    }

    #[test]
    fn temporary_addresses_go_first_unless_told_otherwise() {
        let own = ["2001:db8:1::2", "~2001:db8:1::d5e3"];
        assert_eq!(select(&own, "2001:db8:1::1", false), Some(addr("2001:db8:1::d5e3")));
        assert_eq!(select(&own, "2001:db8:1::1", true), Some(addr("2001:db8:1::2")));
    }

    #[test]
    fn preferences_that_contradict_each_other() {
        for good in [0, PREFER_TEMPORARY, PREFER_PUBLIC | 0x0004, PREFER_DEFAULT | 0x0400 | 0x0800]
        {
            assert!(is_consistent(good), "{good:#x}");
        }
        for bad in [PREFER_TEMPORARY | PREFER_PUBLIC, 0x0101, 0x0404, 0x0808, 0x8000] {
            assert!(!is_consistent(bad), "{bad:#x}");
        }
    }

    #[test]
    fn labels_follow_the_longest_prefix() {
        let of = |text: &str| label(addr(text));
        assert_eq!([of("::1"), of("::ffff:1.2.3.4"), of("::1.2.3.4")], [0, 4, 3]);
        assert_eq!([of("2001:db8::1"), of("2001::1"), of("fd00::1"), of("fe80::1")], [1, 5, 13, 1]);
    }
}
