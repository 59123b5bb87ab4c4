// SPDX-License-Identifier: Apache-2.0
//! Prefixes of IPv6 addresses, byte by byte where little flash counts: a shift of 128 bits takes a processor of 32
//! bits more room than a loop.

use core::net::Ipv6Addr;

/// Number of leading bits two addresses share.
#[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
pub fn common_bits(a: Ipv6Addr, b: Ipv6Addr) -> u32 {
    if !cfg!(CONFIG_ZNET_PROFILE_TINY) {
        return (a.to_bits() ^ b.to_bits()).leading_zeros();
    }
    let mut common = 0;
    for (a, b) in a.octets().iter().zip(b.octets()) {
        common += (a ^ b).leading_zeros();
        if *a != b {
            break;
        }
    }
    common
}

/// True when `addr` lies in `prefix`/`len`.
pub fn is_in(addr: Ipv6Addr, prefix: Ipv6Addr, len: u8) -> bool {
    common_bits(addr, prefix) >= u32::from(len)
}

/// `addr` without what lies behind the first `len` bits.
#[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
pub fn network(addr: Ipv6Addr, len: u8) -> Ipv6Addr {
    if !cfg!(CONFIG_ZNET_PROFILE_TINY) {
        let mask = u128::MAX.checked_shl(128 - u32::from(len.min(128))).unwrap_or(0);
        return Ipv6Addr::from_bits(addr.to_bits() & mask);
    }
    let (mut octets, mut left) = (addr.octets(), len);
    for octet in &mut octets {
        let kept = left.min(8);
        *octet &= !(0xff_u32 >> kept) as u8;
        left -= kept;
    }
    Ipv6Addr::from(octets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_length_keeps() {
        let whole = Ipv6Addr::from_bits(u128::MAX);
        for len in 0..=128 {
            let prefix = network(whole, len);
            let kept = u128::MAX.checked_shl(128 - u32::from(len)).unwrap_or(0);
            assert_eq!(
                (prefix.to_bits(), common_bits(prefix, whole)),
                (kept, len.into()),
                "/{len}"
            );
            assert!(is_in(whole, prefix, len));
            assert!(len == 128 || !is_in(Ipv6Addr::from_bits(kept), whole, len + 1));
        }
        assert_eq!(network(whole, 255), whole);
    }
}
