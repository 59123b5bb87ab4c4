// SPDX-License-Identifier: Apache-2.0
//! Handshakes of incoming connections: requests, floods, cookies, resets and time, in any order.

use znet::base::{Instant, SeqNum};
use znet::config::ZNET_TCP_SYN_RECEIVED;
use znet::transport::tcp::isn::Secret;
use znet::transport::tcp::syn::{Answer, Request, Syns};
use znet::transport::tcp::{Now, Segment, Tcb};
use znet::wire::tcp::{Control, Options, Timestamps};

use super::timewaits::ends;
use crate::input::Input;

const LISTENERS: u8 = 3;
const IRS: SeqNum = SeqNum(u32::MAX - 2);

/// A segment near the numbers that matter, or far from them.
pub(super) fn segment(input: &mut Input<'_>) -> Segment {
    let how = input.byte();
    let near = |byte: u8, at: SeqNum| SeqNum(at.0.wrapping_add(u32::from(byte)).wrapping_sub(4));
    let far = |byte: u8| SeqNum(u32::from(byte) << 24);
    let (seq, ack) = (input.byte(), input.byte());
    Segment {
        seq: if how & 1 == 0 { near(seq, IRS) } else { far(seq) },
        ack: if how & 2 == 0 { near(ack, SeqNum(100)) } else { far(ack) },
        len: u32::from(how & 4),
        window: input.word(),
        urgent: 0,
        control: Control::from_bits_retain(input.byte()),
        marked: false,
        options: Options {
            mss: (how & 8 != 0).then_some(u16::from(seq) << 4),
            window_scale: (how & 16 != 0).then_some(ack % 15),
            sack_permitted: how & 32 != 0,
            timestamps: (how & 64 != 0).then_some(Timestamps { value: ack.into(), echo: 0 }),
            ..Options::NONE
        },
    }
}

/// Each step is a request, another segment, a listener that goes, or time that passes.
pub fn run(data: &[u8]) {
    let mut syns = Syns::new();
    let secret = Secret::new([7; 16]);
    let mut listener = Tcb::FREE;
    listener.rcv_limit = 4000;
    let mut ms: u64 = (1 << 32) - 20_000;
    let mut input = Input::new(data);
    while !input.is_empty() {
        let (how, who) = (input.byte(), input.byte() % 64);
        let (local, remote) = ends(who);
        let hash = u32::from(who % 7);
        let now = Now::of(Instant::from_millis(ms));
        match how % 4 {
            0 => {
                let s = Segment { seq: IRS, control: Control::SYN, ..segment(&mut input) };
                if let Some(answer) = syns.input(now, hash, (&local, &remote), &s) {
                    assert!(matches!(answer, Answer::Again(_) | Answer::Challenge(..)));
                    continue;
                }
                let at = usize::from(who % LISTENERS);
                let request = Request::new(&s, (local, remote), hash, 1, at, &listener);
                let full = syns.len();
                let answered = syns.add(now, &secret, request, SeqNum(99));
                let emit = answered.answer(now, 1460);
                assert!(emit.control.contains(Control::SYN | Control::ACK));
                assert_eq!(emit.ack, IRS + 1);
                if syns.len() == full && answered.iss != SeqNum(99) {
                    cookie(&syns, now, &secret, &answered, &s);
                }
            }
            1 => {
                ms += u64::from(input.word());
                let now = Now::of(Instant::from_millis(ms));
                let mut round = 0;
                while let Some(request) = syns.next_due(now) {
                    assert!(request.tries >= 2);
                    round += 1;
                    assert!(round <= 1000, "for ever at one time");
                }
            }
            2 => {
                let s = segment(&mut input);
                match syns.input(now, hash, (&local, &remote), &s) {
                    Some(Answer::Complete(request, record)) => {
                        assert!(s.has(Control::ACK) && s.ack == request.iss + 1);
                        let before = syns.len();
                        syns.remove(usize::from(record));
                        assert_eq!(syns.len(), before - 1);
                        let mut t = Tcb::FREE;
                        request.open(&mut t, now);
                        assert_eq!(t.rcv_nxt, request.irs + 1);
                    }
                    Some(Answer::Challenge(emit, _)) => assert_eq!(emit.control, Control::ACK),
                    Some(Answer::Send(emit, _)) => assert!(emit.control.contains(Control::RST)),
                    _ => {}
                }
            }
            _ if how > 240 => syns.forget_listener(usize::from(who % LISTENERS)),
            _ => {}
        }
        let by_listener: usize = (0..LISTENERS).map(|at| syns.of_listener(at.into())).sum();
        assert_eq!(by_listener, syns.len());
        assert!(syns.len() <= ZNET_TCP_SYN_RECEIVED.max(1));
        assert_eq!(syns.is_empty(), syns.due().is_none());
    }
    (0..LISTENERS).for_each(|at| syns.forget_listener(at.into()));
    assert!(syns.is_empty());
}

/// A cookie is known by whoever got it, for a while, and by nobody else.
#[cfg(CONFIG_ZNET_TCP_SYN_COOKIES)]
fn cookie(syns: &Syns, now: Now, secret: &Secret, answered: &Request, s: &Segment) {
    let ack = Segment {
        seq: s.seq + 1,
        ack: answered.iss + 1,
        control: Control::ACK,
        options: Options::NONE,
        ..*s
    };
    let known = syns.check_cookie(now, secret, *answered, &ack).expect("it was given out now");
    assert!(known.mss <= answered.mss.max(536) && known.iss == answered.iss);
    let forged = Segment { ack: ack.ack + 1, ..ack };
    assert!(syns.check_cookie(now, secret, *answered, &forged).is_none());
}

#[cfg(not(CONFIG_ZNET_TCP_SYN_COOKIES))]
fn cookie(_: &Syns, _: Now, _: &Secret, _: &Request, _: &Segment) {}
