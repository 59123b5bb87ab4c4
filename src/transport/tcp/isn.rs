// SPDX-License-Identifier: Apache-2.0
//! Numbers a stranger can't guess: initial sequence numbers (RFC 6528) and SYN cookies, both by a
//! keyed hash of the connection's end points.

use crate::base::{Endpoint, IpAddr, SeqNum};

/// A secret, drawn at start.
#[derive(Clone, Copy)]
pub struct Secret([u64; 2]);

impl Secret {
    /// From random bytes.
    pub fn new(bytes: [u8; 16]) -> Secret {
        let n = u128::from_ne_bytes(bytes);
        Secret([n as u64, (n >> 64) as u64])
    }

    /// The hash of two end points and a number that tells uses apart.
    pub fn hash(&self, local: &Endpoint, remote: &Endpoint, salt: u32) -> u32 {
        let mut sip = Sip::new(self.0);
        let ports = u64::from(local.port) << 16 | u64::from(remote.port);
        sip.word(u64::from(salt) << 32 | ports);
        match (&local.addr, &remote.addr) {
            #[cfg(any(CONFIG_NET_IPV4, not(CONFIG_NET_IPV6)))]
            (IpAddr::V4(a), IpAddr::V4(b)) => {
                sip.word(u64::from(a.to_bits()) << 32 | u64::from(b.to_bits()));
            }
            #[cfg(CONFIG_NET_IPV6)]
            (IpAddr::V6(a), IpAddr::V6(b)) => {
                for bits in [a.to_bits(), b.to_bits()] {
                    sip.word((bits >> 64) as u64);
                    sip.word(bits as u64);
                }
            }
            // No connection joins two families.
            #[cfg(all(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
            _ => {}
        }
        sip.finish() as u32
    }

    /// The initial sequence number of a connection opened `micros` after start: it grows by one each
    /// four microseconds, from a place of its own for each pair of end points (RFC 6528, 3).
    pub fn initial(&self, local: &Endpoint, remote: &Endpoint, micros: u64) -> SeqNum {
        SeqNum((micros >> 2) as u32) + self.hash(local, remote, 0)
    }
}

/// SipHash-1-3 over whole words: one round a word, three to finish.
struct Sip {
    v: [u64; 4],
    len: u64,
}

impl Sip {
    fn new([k0, k1]: [u64; 2]) -> Sip {
        Sip {
            v: [
                k0 ^ 0x736f_6d65_7073_6575,
                k1 ^ 0x646f_7261_6e64_6f6d,
                k0 ^ 0x6c79_6765_6e65_7261,
                k1 ^ 0x7465_6462_7974_6573,
            ],
            len: 0,
        }
    }

    fn round(&mut self) {
        let [a, b, c, d] = &mut self.v;
        *a = a.wrapping_add(*b);
        *b = b.rotate_left(13) ^ *a;
        *a = a.rotate_left(32);
        *c = c.wrapping_add(*d);
        *d = d.rotate_left(16) ^ *c;
        *a = a.wrapping_add(*d);
        *d = d.rotate_left(21) ^ *a;
        *c = c.wrapping_add(*b);
        *b = b.rotate_left(17) ^ *c;
        *c = c.rotate_left(32);
    }

    fn word(&mut self, m: u64) {
        self.v[3] ^= m;
        self.round();
        self.v[0] ^= m;
        self.len += 8;
    }

    fn finish(mut self) -> u64 {
        self.word(self.len << 56);
        self.v[2] ^= 0xff;
        for _ in 0..3 {
            self.round();
        }
        self.v.into_iter().fold(0, |sum, v| sum ^ v)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use std::hash::Hasher;

    /// The same construction as a well-known other one, over the same bytes.
    #[test]
    #[allow(deprecated)]
    fn the_hash_is_siphash_1_3() {
        // Rust's own hasher is SipHash-1-3 with a key of zeros.
        for words in 0..5u64 {
            let mut theirs = std::hash::DefaultHasher::new();
            let mut ours = Sip::new([0, 0]);
            for n in 0..words {
                let word = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
                theirs.write(&word.to_le_bytes());
                ours.word(word);
            }
            assert_eq!(ours.finish(), theirs.finish(), "{words} words");
        }
    }

    #[test]
    fn numbers_grow_with_time_and_differ_by_end_point() {
        let secret = Secret::new([7; 16]);
        let a = Endpoint { port: 80, ..Endpoint::UNSPECIFIED };
        let b = Endpoint { port: 81, ..Endpoint::UNSPECIFIED };
        let at = |micros| secret.initial(&a, &b, micros);
        assert_eq!(at(4_000_000).since(at(0)), 1_000_000);
        assert_ne!(at(0), secret.initial(&b, &a, 0));
        assert_ne!(at(0), Secret::new([8; 16]).initial(&a, &b, 0));
    }
}
