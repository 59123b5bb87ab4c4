// SPDX-License-Identifier: Apache-2.0
//! Router advertisements: every lifetime, timer and flag, and options of all types with content of the
//! input's.

use testutil::lab6::{Advert, Lab6, PEER_LL};
use znet::base::Ipv6Addr;

use super::against_host6;
use super::discovery::options;
use crate::input::Input;

/// Link address, prefix, MTU, route, servers, domains, context, nonce.
const OPTIONS: [u8; 8] = [1, 3, 5, 24, 25, 31, 34, 14];

/// A prefix or route as a router means it, so that what follows from it is reached.
fn prefixes(advert: Advert, input: &mut Input<'_>) -> Advert {
    let times = [0, 1, 60, 7_200, 100_000, u32::MAX - 1, u32::MAX];
    let mut time = || times[usize::from(input.byte()) % times.len()];
    let (valid, preferred) = (time(), time());
    let (site, flags) = (input.byte() % 6, input.byte());
    advert.prefix(
        &format!("2001:db8:{site}::"),
        if flags & 1 == 0 { 64 } else { flags },
        flags,
        valid,
        preferred,
    )
}

/// Each step is one advertisement, of one of four routers.
pub fn run(data: &[u8]) {
    against_host6(data, |lab: &mut Lab6, piece| {
        let mut input = Input::new(piece);
        lab.iface.set_privacy(input.byte() & 1 == 1);
        let router = Ipv6Addr::from_bits(PEER_LL.to_bits() + u128::from(input.byte() % 4));
        let lifetime = input.word();
        let mut advert = Advert::new(lifetime)
            .hop_limit(input.byte())
            .flags(input.byte())
            .timers(u32::from(input.word()) << 8, u32::from(input.word()) << 4);
        for _ in 0..input.byte() % 4 {
            advert = prefixes(advert, &mut input);
        }
        advert = advert.option(&options(&mut input, &OPTIONS));
        lab.advert(router, &advert);
    });
}
