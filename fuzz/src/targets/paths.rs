// SPDX-License-Identifier: Apache-2.0
//! The cache of path MTUs: whatever routers claim, an estimate is possible, believable, and ends.

use znet::base::{Duration, Instant, IpAddr, Ipv4Addr, Ipv6Addr};
use znet::ip::pmtu::{Cache, LEAST_V4, LEAST_V6, PATHS};

use crate::input::Input;

fn destination(byte: u8) -> (IpAddr, u16) {
    if byte & 1 == 0 {
        (IpAddr::V4(Ipv4Addr::new(192, 0, 2, byte >> 1 & 7)), LEAST_V4)
    } else {
        (
            IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, u16::from(byte >> 1 & 7))),
            LEAST_V6,
        )
    }
}

/// Each step is a claim, an estimate of our own, an echo message, or time that passes.
pub fn run(data: &[u8]) {
    let mut cache = Cache::new();
    let mut now = Instant::from_micros(1);
    let mut input = Input::new(data);
    while !input.is_empty() {
        let (how, (dst, least)) = (input.byte(), destination(input.byte()));
        let (mtu, sent) = (input.word(), input.word());
        let before = cache.mtu(dst, u16::MAX);
        match how % 8 {
            0..=3 => match cache.too_big(now, dst, mtu, sent) {
                Some(new) => {
                    assert!(new >= least && new < sent && new < before);
                    assert_eq!(cache.mtu(dst, u16::MAX), new);
                }
                None => assert_eq!(cache.mtu(dst, u16::MAX), before),
            },
            4 => {
                let known = cache.set(now, dst, mtu.max(least));
                assert!(known.is_none_or(|known| known == before));
                assert_eq!(cache.mtu(dst, u16::MAX), mtu.max(least));
            }
            5 => {
                cache.note_echo(dst, mtu.into());
                assert!(cache.is_echo(dst, mtu.into()));
            }
            _ => {
                now += Duration::from_millis(u64::from(sent) * 64);
                cache.expire(now);
                assert!(cache.deadline().is_none_or(|at| at > now), "it should have gone");
            }
        }
        assert!(cache.iter().count() <= PATHS);
        let least = cache.iter().map(|path| path.mtu).min().unwrap_or(u16::MAX);
        assert_eq!(cache.least(), least);
        assert!(cache.mtu(dst, 1500) <= 1500);
    }
    cache.expire(now + Duration::from_secs(600));
    assert_eq!((cache.iter().count(), cache.least()), (0, u16::MAX));
}
