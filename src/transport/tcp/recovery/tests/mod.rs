// SPDX-License-Identifier: Apache-2.0
//! Losses of all kinds, repaired.

mod path;

use path::{Config, Frame, MSS, Path};

use super::{Ack, Delivery, Outcome, Phase};
use crate::base::SeqNum;
use crate::buf::{SegFlags, SegRecord};
use crate::transport::tcp::congestion::{Kind, initial_window};
use std::collections::VecDeque;
use std::vec::Vec;

const SECOND: u64 = 1_000_000;
const RACK: bool = cfg!(CONFIG_ZNET_TCP_RACK);
const FAST: bool = cfg!(CONFIG_NET_TCP_FAST_RETRANSMIT);

/// Sends `total` bytes over the usual path while `drop` loses segments; all must arrive.
fn transfer(config: Config, drop: fn(Frame) -> bool) -> Path {
    let mut path = Path::new(config, 1);
    path.drop = drop;
    path.run(600 * SECOND);
    assert_eq!(path.arrived(), config.total);
    path
}

/// A connection in full swing with Reno: a megabyte.
fn reno(sack: bool) -> Config {
    Config { sack, total: 1_000_000, ..Config::new(Kind::Reno) }
}

#[test]
fn without_losses_nothing_is_sent_again() {
    for kind in Kind::ALL {
        let path = transfer(Config { total: 1_000_000, ..Config::new(*kind) }, |_| false);
        assert_eq!((path.repeated, path.timeouts, path.probes), (0, 0, 0), "{kind:?}");
        assert_eq!(path.d.phase(), Phase::Open);
    }
}

#[test]
fn one_loss_costs_one_segment_and_half_the_window() {
    if !FAST {
        return;
    }
    for sack in [true, false] {
        let path = transfer(reno(sack), |f| f.number == 200);
        assert_eq!((path.repeated, path.timeouts), (1, 0), "SACK {sack}");
        let half = 65_535 / 2;
        let got = path.d.window.ssthresh;
        assert!(got.abs_diff(half) <= 2 * MSS, "SACK {sack}: {got}");
    }
}

#[test]
fn many_losses_in_one_window_cost_just_those() {
    if !FAST {
        return;
    }
    let path = transfer(reno(true), |f| (200..240).contains(&f.number) && f.number % 3 == 0);
    assert_eq!(path.timeouts, 0);
    let lost = (200..240).filter(|n| n % 3 == 0).count() as u32;
    assert!(path.repeated >= lost && path.repeated <= lost + 2, "{} for {lost}", path.repeated);
}

#[test]
fn without_sack_each_round_trip_repairs_one_loss() {
    if !FAST {
        return;
    }
    let path = transfer(reno(false), |f| (200..212).contains(&f.number) && f.number % 3 == 0);
    assert_eq!((path.repeated, path.timeouts), (4, 0));
}

#[test]
fn a_lost_repetition_is_noticed_without_a_time_out() {
    if !RACK {
        return;
    }
    // With room in the peer's window something is sent behind the repetition.
    let config = Config { buffer: 1 << 18, queue: 1 << 18, ..reno(true) };
    let path = transfer(config, |f| f.place == 150 * MSS && f.times <= 2);
    assert_eq!((path.repeated, path.timeouts), (2, 0));
}

#[test]
fn a_probe_finds_a_lost_tail() {
    if !RACK {
        return;
    }
    let config = Config { total: 100 * MSS, ..Config::new(Kind::Reno) };
    for lost in [1, 2, 5] {
        let mut path = Path::new(config, 1);
        path.drop = match lost {
            1 => |f| f.number == 100,
            2 => |f| f.number == 99 || f.number == 100,
            _ => |f| (96..=100).contains(&f.number),
        };
        path.run(60 * SECOND);
        assert_eq!(path.arrived(), config.total);
        assert_eq!((path.timeouts, path.probes), (0, 1), "{lost} lost");
        assert!(path.repeated <= lost + 1, "{} for {lost}", path.repeated);
    }
}

#[test]
fn a_probe_that_repaired_a_loss_slows_down() {
    if !RACK {
        return;
    }
    let config = Config { total: 100 * MSS, ..Config::new(Kind::Reno) };
    let mut path = transfer(config, |f| f.number == 100);
    path.config.total += 10 * MSS;
    path.run(SECOND);
    assert!(path.d.window.ssthresh < 1 << 20, "{}", path.d.window.ssthresh);
    // When only its acknowledgment was late, D-SACK says so, and nothing is lost.
    let mut path = Path::new(config, 1);
    path.run(SECOND / 20);
    path.config.delay = 100_000;
    path.run(60 * SECOND);
    assert!(path.probes > 0 && path.timeouts == 0);
    assert!(path.d.window.ssthresh > 1 << 20, "{}", path.d.window.ssthresh);
}

#[test]
fn when_all_is_lost_the_timer_begins_anew() {
    for sack in [true, false] {
        let path =
            transfer(reno(sack), |f| (200 * MSS..260 * MSS).contains(&f.place) && f.times == 1);
        assert!(path.timeouts + path.probes >= 1, "SACK {sack}");
        assert_eq!(path.d.rtt.timeouts(), 0);
    }
}

#[test]
fn a_dead_path_doubles_the_time_out() {
    let mut path = Path::new(reno(true), 1);
    path.drop = |f| f.number > 100;
    path.run(60 * SECOND);
    // 0.25 s doubling: a sum of 60 s after about 8.
    assert!((6..=9).contains(&path.timeouts), "{}", path.timeouts);
    assert_eq!(path.d.window.cwnd, MSS);
    path.drop = |_| false;
    path.run(120 * SECOND);
    assert_eq!(path.arrived(), 1_000_000);
}

#[test]
fn a_sudden_delay_is_not_taken_for_loss() {
    if !cfg!(CONFIG_ZNET_TCP_FRTO) {
        return;
    }
    let mut path = Path::new(Config { total: 4_000_000, stamps: true, ..reno(true) }, 1);
    path.run(SECOND);
    let before = path.d.window;
    path.config.delay = 400_000;
    path.run(60 * SECOND);
    assert!(path.timeouts > 0);
    assert!(path.repeated < 8, "{} sent again", path.repeated);
    assert!(path.d.window.ssthresh >= before.ssthresh, "{:?}", path.d.window);
}

#[test]
fn segments_that_overtake_are_learnt_about() {
    if !RACK {
        return;
    }
    let config = Config { total: 8_000_000, reorder: 500, jitter: 10_000, ..reno(true) };
    let path = transfer(config, |_| false);
    assert_eq!(path.timeouts, 0);
    // One in twenty is late, of 5,500.
    assert!(path.repeated < 40, "{} of {} sent again", path.repeated, path.sent);
}

#[test]
fn random_losses_are_repaired_by_every_algorithm() {
    for kind in Kind::ALL {
        for (sack, loss, reorder) in [(true, 100, 0), (true, 1_000, 300), (false, 300, 0)] {
            let config = Config {
                sack,
                loss,
                reorder,
                jitter: 20_000,
                total: 1_000_000,
                ..Config::new(*kind)
            };
            for seed in 1..=5 {
                let mut path = Path::new(config, seed);
                path.run(1_000 * SECOND);
                assert_eq!(path.arrived(), config.total, "{kind:?} SACK {sack} {loss} {seed}");
            }
        }
    }
}

#[test]
fn a_full_queue_is_shared_with_patience() {
    if !FAST {
        return;
    }
    // A quarter of what the path holds: losses come in bursts when start-up overshoots.
    for kind in [Kind::Reno, Kind::DEFAULT] {
        let config =
            Config { queue: 16_000, buffer: 1 << 20, total: 10_000_000, ..Config::new(kind) };
        let path = transfer(config, |_| false);
        let seconds = (path.now - SECOND) as f64 / 1e6;
        let share = 10_000_000.0 / 1_250_000.0 / seconds;
        assert!(share > 0.75, "{kind:?}: {share}, {} sent again", path.repeated);
    }
}

/// A sender with ten segments on their way, none acknowledged.
fn ten_sent() -> (Delivery, VecDeque<SegRecord>) {
    let mut d = Delivery::new(Kind::Reno, MSS as u16);
    d.on_established(50_000, Some(0), 1);
    let mut queue = VecDeque::new();
    d.resume(50_000);
    for n in 0..10 {
        let mut record =
            SegRecord { seq: SeqNum(n * MSS), len: MSS as u16, ..SegRecord::default() };
        d.on_sent(&mut record, 50_000 + n);
        queue.push_back(record);
    }
    (d, queue)
}

fn ack<'a>(una: u32, ack: u32, sacks: &'a [(SeqNum, SeqNum)]) -> Ack<'a> {
    Ack {
        now: 100_000,
        una: SeqNum(una),
        ack: SeqNum(ack),
        nxt: SeqNum(10 * MSS),
        sacks,
        sack_permitted: true,
        duplicate: una == ack,
        echo_rtt: None,
        ece: false,
        app_limited: false,
    }
}

#[test]
fn ece_reduces_once_a_round_trip() {
    let (mut d, mut queue) = ten_sent();
    let first = Ack { ece: true, ..ack(0, MSS, &[]) };
    let before = d.window.cwnd;
    assert!(d.on_ack(&mut queue, &first).contains(Outcome::CWR));
    queue.pop_front();
    let again = Ack { ece: true, ..ack(MSS, 2 * MSS, &[]) };
    assert!(!d.on_ack(&mut queue, &again).contains(Outcome::CWR));
    queue.pop_front();
    let last = ack(2 * MSS, 10 * MSS, &[]);
    d.on_ack(&mut queue, &last);
    assert_eq!(d.phase(), Phase::Open);
    if cfg!(CONFIG_NET_TCP_CONGESTION_AVOIDANCE) {
        assert!(d.window.cwnd <= before / 2 + MSS, "{:?}", d.window);
    }
}

#[test]
fn a_loss_in_the_round_trip_of_ece_does_not_reduce_again() {
    if !FAST {
        return;
    }
    let (mut d, mut queue) = ten_sent();
    d.on_ack(&mut queue, &Ack { ece: true, ..ack(0, MSS, &[]) });
    queue.pop_front();
    let after = d.window.ssthresh;
    d.on_ack(&mut queue, &ack(MSS, MSS, &[(SeqNum(2 * MSS), SeqNum(6 * MSS))]));
    assert_eq!((d.phase(), d.window.ssthresh), (Phase::Recovery, after));
    assert!(queue[0].flags.contains(SegFlags::LOST) && d.may_send(MSS));
}

#[test]
fn blocks_that_tell_nothing_change_nothing() {
    let (mut d, mut queue) = ten_sent();
    // Before the acknowledgment, beyond what was sent, reversed, and a part of a segment.
    let silly = [
        (SeqNum(0u32.wrapping_sub(5_000)), SeqNum(0)),
        (SeqNum(20 * MSS), SeqNum(21 * MSS)),
        (SeqNum(5 * MSS), SeqNum(4 * MSS)),
        (SeqNum(5 * MSS + 1), SeqNum(6 * MSS)),
    ];
    for block in silly {
        d.on_ack(&mut queue, &ack(0, 0, &[block]));
    }
    assert!(queue.iter().all(|r| r.flags == SegFlags::SENT));
    assert_eq!((d.in_flight(), d.phase()), (10 * MSS, Phase::Open));
}

#[test]
fn segments_sacked_and_then_acknowledged_count_once() {
    if !FAST {
        return;
    }
    let (mut d, mut queue) = ten_sent();
    d.on_ack(&mut queue, &ack(0, 0, &[(SeqNum(MSS), SeqNum(3 * MSS))]));
    assert_eq!(d.in_flight(), 8 * MSS);
    d.on_ack(&mut queue, &ack(0, 0, &[(SeqNum(MSS), SeqNum(5 * MSS))]));
    // The first is lost now.
    assert_eq!((d.in_flight(), d.phase()), (5 * MSS, Phase::Recovery));
    assert!(queue[0].flags.contains(SegFlags::LOST) && d.is_repairing());
    assert!(d.may_send(MSS));
    d.on_sent(&mut queue[0], 101_000);
    assert_eq!(d.in_flight(), 6 * MSS);
    let outcome = d.on_ack(&mut queue, &Ack { now: 150_000, ..ack(0, 10 * MSS, &[]) });
    assert!(outcome.contains(Outcome::PROGRESS));
    assert_eq!((d.in_flight(), d.phase()), (0, Phase::Open));
}

/// RFC 8985, 6.2, with clocks that wrap: what arrived before a long pause must not seem to have been sent
/// after what is sent now.
#[test]
#[cfg(CONFIG_ZNET_TCP_RACK)]
fn what_came_before_a_long_pause_overtakes_nothing() {
    const MINUTE: u32 = 60_000_000;
    for pause in [1, 20, 36, 50, 70, 71] {
        let mut d = Delivery::new(Kind::Reno, MSS as u16);
        d.on_established(50_000, Some(0), 1);
        let mut queue = VecDeque::new();
        let send = |d: &mut Delivery, queue: &mut VecDeque<SegRecord>, n: u32, now| {
            let seq = SeqNum(n * MSS);
            let mut record = SegRecord { seq, len: MSS as u16, ..SegRecord::default() };
            d.on_sent(&mut record, now);
            queue.push_back(record);
        };
        d.resume(50_000);
        send(&mut d, &mut queue, 0, 50_000);
        d.on_ack(&mut queue, &Ack { nxt: SeqNum(MSS), ..ack(0, MSS, &[]) });
        queue.clear();
        let start = 50_000u32.wrapping_add(pause * MINUTE);
        d.resume(start);
        for n in 1..10 {
            send(&mut d, &mut queue, n, start.wrapping_add(n));
        }
        // The second of these came, a little late; the first did not.
        let now = start.wrapping_add(400_000);
        let sack = [(SeqNum(2 * MSS), SeqNum(3 * MSS))];
        d.on_ack(&mut queue, &Ack { now, ..ack(MSS, MSS, &sack) });
        let later = now.wrapping_add(400_000);
        d.on_reorder_timer(&mut queue, SeqNum(MSS), SeqNum(10 * MSS), later);
        let lost: Vec<_> = queue.iter().map(|r| r.flags.contains(SegFlags::LOST)).collect();
        assert_eq!(lost.iter().filter(|&&lost| lost).count(), 1, "after {pause} min: {lost:?}");
        assert!(lost[0]);
    }
}

#[test]
fn a_pause_ends_what_was_earned() {
    let mut path = Path::new(reno(true), 1);
    path.run(600 * SECOND);
    let earned = path.d.window.cwnd;
    assert!(earned > 3 * initial_window(MSS as u16) || !cfg!(CONFIG_NET_TCP_CONGESTION_AVOIDANCE));
    path.d.resume((path.now + 10_000) as u32);
    assert_eq!(path.d.window.cwnd, earned);
    path.d.resume((path.now + 10 * SECOND) as u32);
    if cfg!(CONFIG_NET_TCP_CONGESTION_AVOIDANCE) {
        assert_eq!(path.d.window.cwnd, initial_window(MSS as u16));
    }
}

#[test]
fn needless_repetitions_are_taken_back() {
    if !cfg!(CONFIG_ZNET_TCP_FRTO) || !FAST {
        return;
    }
    let (mut d, mut queue) = ten_sent();
    let before = d.window;
    d.on_ack(&mut queue, &ack(0, 0, &[(SeqNum(MSS), SeqNum(5 * MSS))]));
    assert_eq!(d.phase(), Phase::Recovery);
    d.on_sent(&mut queue[0], 101_000);
    // The first copy was late only: both arrived.
    let outcome = d.on_ack(&mut queue, &ack(0, 5 * MSS, &[(SeqNum(0), SeqNum(MSS))]));
    assert!(outcome.contains(Outcome::UNDONE));
    assert_eq!(d.phase(), Phase::Open);
    assert!(d.window.cwnd >= before.cwnd && d.window.ssthresh == before.ssthresh);
}

#[test]
fn what_a_peer_takes_back_is_sent_again() {
    let (mut d, mut queue) = ten_sent();
    d.on_ack(&mut queue, &ack(0, 0, &[(SeqNum(0), SeqNum(10 * MSS))]));
    assert_eq!(d.in_flight(), 0);
    let sent = super::Sent { una: SeqNum(0), nxt: SeqNum(10 * MSS), sack_permitted: true };
    let at = d.deadline(&sent).expect("unacknowledged data");
    assert_eq!(d.on_timer(&mut queue, &sent, at, 0), super::Fired::Timeout);
    d.renege(&mut queue);
    let lost = queue.iter().filter(|r| r.flags.contains(SegFlags::LOST)).count();
    assert_eq!((lost, d.in_flight()), (10, 0));
}
