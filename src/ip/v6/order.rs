// SPDX-License-Identifier: Apache-2.0
//! Which of a peer's addresses is tried first (RFC 6724, 6).
//!
//! Called by: `stack::v6::table`. IPv4 addresses take part in their mapped form (RFC 6724, 3.2).

use core::cmp::Ordering;

use super::scope::{GLOBAL, LINK_LOCAL, common_bits, scope};
use super::select::{label, precedence};
use crate::base::Ipv6Addr;

/// A destination with what is known of the way there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The destination.
    pub dst: Ipv6Addr,
    /// The address packets there would carry; `None` when it cannot be reached.
    pub src: Option<Ipv6Addr>,
    /// That address shall not be used for anything new.
    pub deprecated: bool,
}

/// How far an address reaches, those of IPv4 in their mapped form included (RFC 6724, 3.2).
fn reach(addr: Ipv6Addr) -> u8 {
    match addr.to_ipv4_mapped() {
        Some(v4) if v4.is_loopback() || v4.is_link_local() => LINK_LOCAL,
        Some(_) => GLOBAL,
        None => scope(addr),
    }
}

/// `Less` when `a` is to be tried before `b`; `Equal` leaves them in the order they came in (rule 10).
/// Rules 4 and 7 tell no two apart here: there are no mobile addresses and no tunnels.
pub fn compare(a: &Candidate, b: &Candidate) -> Ordering {
    // Rule 1: one that can be reached.
    let (Some(from_a), Some(from_b)) = (a.src, b.src) else {
        return b.src.is_some().cmp(&a.src.is_some());
    };
    // Rule 2: one that reaches as far as its source.
    let matches = |dst, src| reach(dst) == reach(src);
    let by_scope = matches(b.dst, from_b).cmp(&matches(a.dst, from_a));
    // Rule 3: not one from a deprecated address.
    let by_age = a.deprecated.cmp(&b.deprecated);
    // Rule 5: one with the label of its source.
    let suits = |dst, src| label(dst) == label(src);
    let by_label = suits(b.dst, from_b).cmp(&suits(a.dst, from_a));
    // Rule 6: the higher precedence.
    let by_precedence = precedence(b.dst).cmp(&precedence(a.dst));
    // Rule 8: the smaller scope.
    let by_reach = reach(a.dst).cmp(&reach(b.dst));
    // Rule 9: the longer prefix in common, of two of IPv6; identifiers do not count.
    let v6 = a.dst.to_ipv4_mapped().is_none() && b.dst.to_ipv4_mapped().is_none();
    let common = |dst, src| if v6 { common_bits(dst, src).min(64) } else { 0 };
    let by_prefix = common(b.dst, from_b).cmp(&common(a.dst, from_a));
    by_scope.then(by_age).then(by_label).then(by_precedence).then(by_reach).then(by_prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addr(text: &str) -> Ipv6Addr {
        match text.parse::<core::net::IpAddr>().unwrap() {
            core::net::IpAddr::V4(v4) => v4.to_ipv6_mapped(),
            core::net::IpAddr::V6(v6) => v6,
        }
    }

    /// A destination and its source; `-` in front of the source marks it deprecated, an empty one that
    /// there is no way.
    fn candidate((dst, src): (&str, &str)) -> Candidate {
        let plain = src.trim_start_matches('-');
        Candidate {
            dst: addr(dst),
            src: (!plain.is_empty()).then(|| addr(plain)),
            deprecated: src.starts_with('-'),
        }
    }

    /// The examples of RFC 6724, 10.2, and each rule once: the first of each pair is to be tried first.
    #[test]
    fn the_examples_of_the_rfc() {
        for (first, second) in [
            (("2001:db8:1::1", "2001:db8:1::2"), ("198.51.100.121", "169.254.13.78")),
            (("198.51.100.121", "198.51.100.117"), ("2001:db8:1::1", "fe80::1")),
            (("2001:db8:1::1", "2001:db8:1::2"), ("10.1.2.3", "10.1.2.4")),
            (("fe80::1", "fe80::2"), ("2001:db8:1::1", "2001:db8:1::2")),
            (("2001:db8:1::1", "2001:db8:1::2"), ("fe80::1", "-fe80::2")),
            (("2001:db8:1::1", "2001:db8:1::2"), ("2001:db8:3ffe::1", "2001:db8:3f44::2")),
            (("2002:c633:6401::1", "2002:c633:6401::2"), ("2001:db8:1::1", "2002:c633:6401::2")),
            (("2001:db8:1::1", "2001:db8:1::2"), ("2002:c633:6401::1", "2002:c633:6401::2")),
            (("198.51.100.1", "198.51.100.2"), ("2001:db8:1::1", "")),
            (("2001:db8:1::1", "2001:db8:1::2"), ("fd11::1", "2001:db8:1::2")),
        ] {
            let (first, second) = (candidate(first), candidate(second));
            assert_eq!(compare(&first, &second), Ordering::Less, "{first:?} {second:?}");
            assert_eq!(compare(&second, &first), Ordering::Greater, "{first:?} {second:?}");
        }
    }

    #[test]
    fn what_no_rule_tells_apart_stays_as_it_came() {
        let a = candidate(("2001:db8:1::1", "2001:db8:1::9"));
        let b = candidate(("2001:db8:1::2", "2001:db8:1::9"));
        assert_eq!(compare(&a, &b), Ordering::Equal);
        let (a, b) = (candidate(("10.0.0.1", "10.0.0.9")), candidate(("10.9.0.1", "10.0.0.9")));
        assert_eq!(compare(&a, &b), Ordering::Equal, "prefixes of IPv4 do not count");
        let (a, b) = (candidate(("10.0.0.1", "")), candidate(("fe80::1", "")));
        assert_eq!(compare(&a, &b), Ordering::Equal);
    }
}
