// SPDX-License-Identifier: Apache-2.0
//! The limit of ICMP errors: never more than a burst and fifty a second, and never none for long.

use znet::base::{Duration, Instant};
use znet::ip::limit::RateLimit;

use crate::input::Input;

/// Each step is a pause and a number of errors wanted.
pub fn run(data: &[u8]) {
    let mut limit = RateLimit::new();
    let start = Instant::from_micros(1 << 40);
    let (mut now, mut taken) = (start, 0);
    let mut input = Input::new(data);
    while !input.is_empty() {
        let pause = Duration::from_micros(u64::from(input.word()) << (input.byte() % 8));
        now += pause;
        for _ in 0..input.byte() % 32 {
            taken += u64::from(limit.take(now));
        }
        let most = 20 + now.since(start).as_millis() / 20;
        assert!(taken <= most, "{taken} of {most}");
    }
    now += Duration::from_millis(20);
    assert!(limit.take(now), "one is due after twenty milliseconds");
}
