// SPDX-License-Identifier: Apache-2.0
//! Closed connections that are remembered: any segments for them, while they come and go.

use znet::base::{Endpoint, Instant, IpAddr, Ipv4Addr, SeqNum};
use znet::config::{NET_TCP_TIME_WAIT_DELAY, ZNET_TCP_TIME_WAIT};
use znet::transport::tcp::timewait::{Answer, TimeWaits};
use znet::transport::tcp::{Now, Segment, Tcb};
use znet::wire::tcp::Control;

use super::syns::segment;
use crate::input::Input;

pub(super) fn ends(who: u8) -> (Endpoint, Endpoint) {
    let end = |host: u8, port: u16| Endpoint::new(IpAddr::V4(Ipv4Addr::new(192, 0, 2, host)), port);
    (end(1, 80 + u16::from(who & 1)), end(2, 4000 + u16::from(who >> 1)))
}

/// Each step closes a connection, brings a segment, or lets time pass.
pub fn run(data: &[u8]) {
    let mut waits = TimeWaits::new();
    let mut ms: u64 = (1 << 32) - 90_000;
    let mut input = Input::new(data);
    while !input.is_empty() {
        let (how, who) = (input.byte(), input.byte() % 32);
        let (local, remote) = ends(who);
        let now = Now::of(Instant::from_millis(ms));
        let hash = u32::from(who % 5);
        match how % 4 {
            0 if !waits.holds(hash, &local, &remote) => {
                let mut t = Tcb::FREE;
                (t.snd_nxt, t.rcv_nxt) = (SeqNum(7), SeqNum(u32::from(input.word()) << 16));
                t.rcv_edge = t.rcv_nxt + 1000;
                waits.add(now, hash, (local, remote), 1, &t);
                assert!(waits.holds(hash, &local, &remote) && waits.has_local(&local));
            }
            0 | 1 => {
                ms += u64::from(input.word());
                let now = Now::of(Instant::from_millis(ms));
                waits.expire(now);
                assert!(waits.due().is_none_or(|at| at.wrapping_sub(now.ms) as i32 > 0));
            }
            _ => {
                let known = waits.holds(hash, &local, &remote);
                let s = segment(&mut input);
                let answer = waits.input(now, hash, &local, &remote, &s);
                assert_eq!(answer.is_some(), known);
                judge(&s, answer, waits.holds(hash, &local, &remote));
            }
        }
        assert!(waits.len() <= ZNET_TCP_TIME_WAIT.max(1));
        assert_eq!(waits.is_empty(), waits.due().is_none());
    }
    // Two rounds: the first may only look when the next is due.
    for _ in 0..2 {
        ms += NET_TCP_TIME_WAIT_DELAY as u64 + 1;
        waits.expire(Now::of(Instant::from_millis(ms)));
    }
    assert!(waits.is_empty());
}

fn judge(s: &Segment, answer: Option<Answer>, still: bool) {
    match answer {
        None => {}
        // RFC 1337.
        _ if s.has(Control::RST) => assert!(matches!(answer, Some(Answer::Silence)) && still),
        Some(Answer::Reopen(_)) => {
            assert!(s.has(Control::SYN) && !s.has(Control::ACK) && !still);
        }
        Some(Answer::Send(emit, _)) => assert!(still && emit.control == Control::ACK),
        Some(Answer::Silence) => assert!(still),
    }
}
