// SPDX-License-Identifier: Apache-2.0
//! Addresses a host forms itself: interface identifiers and lifetimes (RFC 4862, RFC 7217).

use crate::base::{Duration, EthAddr, Instant, Ipv6Addr};
use crate::wire::ndp::INFINITE;

/// The prefix of link-local addresses.
pub const LINK_LOCAL_PREFIX: Ipv6Addr = Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0);
/// Length of an interface identifier in bits (RFC 4291, 2.5.1).
pub const IID_BITS: u8 = 64;
/// Below two hours a lifetime is not cut by an advertisement anybody could have sent
/// (RFC 4862, 5.5.3 e).
const TWO_HOURS: Duration = Duration::from_secs(2 * 60 * 60);

/// The modified EUI-64 of an Ethernet address (RFC 4291, appendix A).
pub fn eui64(mac: EthAddr) -> u64 {
    let [a, b, c, d, e, f] = mac.0;
    u64::from_be_bytes([a ^ 2, b, c, 0xff, 0xfe, d, e, f])
}

/// A stable identifier that tells nothing about the host: a hash, keyed by `secret`, of the prefix, the
/// interface and how often the address was found taken (RFC 7217, 5).
pub fn stable(secret: &[u8; 16], prefix: Ipv6Addr, mac: EthAddr, iface: u8, conflicts: u8) -> u64 {
    let mut message = [0; 16];
    message[..8].copy_from_slice(&prefix.octets()[..8]);
    message[8..14].copy_from_slice(&mac.0);
    message[14..].copy_from_slice(&[iface, conflicts]);
    siphash(secret, &message)
}

/// True for identifiers set aside for everybody (RFC 5453; the list of RFC 7217, 5).
pub fn is_reserved(iid: u64) -> bool {
    iid == 0
        || (0x0200_5eff_fe00_0000..=0x0200_5eff_fe00_5212).contains(&iid)
        || (0xfdff_ffff_ffff_ff80..=0xfdff_ffff_ffff_ffff).contains(&iid)
}

/// `prefix`, of 64 bits, with this identifier behind it.
pub fn join(prefix: Ipv6Addr, iid: u64) -> Ipv6Addr {
    let high = prefix.to_bits() >> IID_BITS << IID_BITS;
    Ipv6Addr::from_bits(high | u128::from(iid))
}

/// When `seconds` from `now` are over; `None` is never.
pub fn until(now: Instant, seconds: u32) -> Option<Instant> {
    (seconds != INFINITE).then(|| now + Duration::from_secs(seconds.into()))
}

/// The new end of an address that is valid until `old`, after an advertisement that says `seconds`
/// (RFC 4862, 5.5.3 e).
pub fn prolong(now: Instant, old: Option<Instant>, seconds: u32) -> Option<Instant> {
    let new = until(now, seconds);
    let limit = now + TWO_HOURS;
    match (new, old) {
        (None, _) => None,
        (Some(new), Some(old)) if new > limit || new > old => Some(new),
        (Some(new), None) if new > limit => Some(new),
        // What is left is short already: it stays as it is.
        (Some(_), Some(old)) if old <= limit => Some(old),
        _ => Some(limit),
    }
}

/// SipHash-2-4 of one message of sixteen bytes (Aumasson, Bernstein, 2012).
fn siphash(key: &[u8; 16], message: &[u8; 16]) -> u64 {
    let word = |bytes: &[u8; 16], at: usize| {
        bytes.get(at..).and_then(|b| b.first_chunk()).map_or(0, |b| u64::from_le_bytes(*b))
    };
    let (k0, k1) = (word(key, 0), word(key, 8));
    let mut v = [
        k0 ^ 0x736f_6d65_7073_6575,
        k1 ^ 0x646f_7261_6e64_6f6d,
        k0 ^ 0x6c79_6765_6e65_7261,
        k1 ^ 0x7465_6462_7974_6573,
    ];
    for block in [word(message, 0), word(message, 8), 16 << 56] {
        v[3] ^= block;
        rounds(&mut v, 2);
        v[0] ^= block;
    }
    v[2] ^= 0xff;
    rounds(&mut v, 4);
    v[0] ^ v[1] ^ v[2] ^ v[3]
}

fn rounds(v: &mut [u64; 4], count: usize) {
    let [mut a, mut b, mut c, mut d] = *v;
    for _ in 0..count {
        a = a.wrapping_add(b);
        c = c.wrapping_add(d);
        b = b.rotate_left(13) ^ a;
        d = d.rotate_left(16) ^ c;
        a = a.rotate_left(32);
        c = c.wrapping_add(b);
        a = a.wrapping_add(d);
        b = b.rotate_left(17) ^ c;
        d = d.rotate_left(21) ^ a;
        c = c.rotate_left(32);
    }
    *v = [a, b, c, d];
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAC: EthAddr = EthAddr([0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde]);

    #[test]
    fn the_example_of_rfc_2464() {
        assert_eq!(eui64(MAC), 0x3656_78ff_fe9a_bcde);
        let addr = join(LINK_LOCAL_PREFIX, eui64(MAC));
        assert_eq!(addr, Ipv6Addr::new(0xfe80, 0, 0, 0, 0x3656, 0x78ff, 0xfe9a, 0xbcde));
    }

    /// The vector of the paper's appendix is for fifteen bytes; this one is the next of the authors'
    /// list.
    #[test]
    fn siphash_of_sixteen_bytes() {
        let bytes = core::array::from_fn(|at| at as u8);
        assert_eq!(siphash(&bytes, &bytes), 0x3f2a_cc7f_57c2_9bdb);
    }

    #[test]
    fn stable_identifiers_differ_in_everything_that_goes_in() {
        let prefix = Ipv6Addr::new(0x2001, 0xdb8, 0, 1, 0, 0, 0, 0);
        let base = stable(&[7; 16], prefix, MAC, 1, 0);
        assert_eq!(base, stable(&[7; 16], prefix, MAC, 1, 0));
        for other in [
            stable(&[8; 16], prefix, MAC, 1, 0),
            stable(&[7; 16], LINK_LOCAL_PREFIX, MAC, 1, 0),
            stable(&[7; 16], prefix, EthAddr([2; 6]), 1, 0),
            stable(&[7; 16], prefix, MAC, 2, 0),
            stable(&[7; 16], prefix, MAC, 1, 1),
        ] {
            assert_ne!(base, other);
        }
        assert!(is_reserved(0) && is_reserved(u64::MAX - (2 << 56) - 1) && !is_reserved(1));
    }

    /// RFC 4862, 5.5.3 e, case by case; hours.
    #[test]
    fn the_two_hour_rule() {
        let at = |hours: u64| Instant::from_millis(hours * 3_600_000);
        let now = at(100);
        for (old, seconds, new) in [
            (Some(101), 3 * 3600, Some(103)),
            (Some(101), 3600 + 1800, None),
            (Some(101), 60, Some(101)),
            (Some(110), 60, Some(102)),
            (Some(110), 5 * 3600, Some(105)),
            (None, 60, Some(102)),
            (None, 5 * 3600, Some(105)),
        ] {
            let got = prolong(now, old.map(at), seconds);
            let want = match new {
                Some(hours) => Some(at(hours)),
                None => Some(now + Duration::from_secs(seconds.into())),
            };
            assert_eq!(got, want, "{old:?} {seconds}");
        }
        assert_eq!(prolong(now, Some(at(101)), INFINITE), None);
    }
}
