// SPDX-License-Identifier: Apache-2.0
//! Proportional rate reduction (RFC 6937): in recovery as much is sent as arrives, in the proportion
//! in which the window shrinks, so that it reaches the threshold when recovery ends, without silence
//! before and without a burst after.

use crate::transport::tcp::congestion::Window;

/// Its state, named as in RFC 6937, 3.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Prr {
    /// Bytes that arrived in this recovery: prr_delivered.
    delivered: u32,
    /// Bytes sent in it: prr_out.
    out: u32,
    /// Bytes on their way when it began: RecoverFS.
    flight: u32,
}

impl Prr {
    pub(super) const fn new() -> Self {
        Prr { delivered: 0, out: 0, flight: 1 }
    }

    /// Recovery begins with `flight` bytes on their way.
    pub(super) fn begin(&mut self, flight: u32) {
        *self = Prr { delivered: 0, out: 0, flight: flight.max(1) };
    }

    /// `bytes` were sent.
    #[inline]
    pub(super) fn on_sent(&mut self, bytes: u32) {
        self.out = self.out.saturating_add(bytes);
    }

    /// An acknowledgment told of `delivered` bytes while `pipe` are on their way: sets the window so
    /// that it leaves room for what may be sent now. `clean` is one that moves SND.UNA and tells of
    /// no further loss: then the window may grow back as in slow start, else only as far as data
    /// arrives (the rule that RFC 9937 calls SafeACK).
    pub(super) fn on_ack(&mut self, w: &mut Window, pipe: u32, delivered: u32, clean: bool) {
        let mss = u32::from(w.mss);
        self.delivered = self.delivered.saturating_add(delivered);
        let mut send = if pipe > w.ssthresh {
            let due = u64::from(self.delivered) * u64::from(w.ssthresh);
            let due = due.div_ceil(u64::from(self.flight.max(1))).min(u64::from(u32::MAX)) as u32;
            due.saturating_sub(self.out)
        } else {
            let arrived = self.delivered.saturating_sub(self.out).max(delivered);
            let most = if clean { arrived + mss } else { arrived };
            most.min(w.ssthresh - pipe)
        };
        if self.out == 0 {
            // The fast retransmission itself is never held back.
            send = send.max(mss);
        }
        w.cwnd = pipe.saturating_add(send);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    const MSS: u32 = 1_000;

    /// The examples of RFC 6937, 5 in bytes: 20 segments on their way, Reno's half or CUBIC's 0.7,
    /// the first lost; each further acknowledgment tells of one segment. Returns when what was sent.
    fn one_loss(ssthresh: u32) -> Vec<u32> {
        let mut w = Window { cwnd: 20 * MSS, ssthresh, mss: MSS as u16 };
        let mut prr = Prr::new();
        prr.begin(20 * MSS);
        // Three were SACKed when recovery began, one is lost.
        let mut pipe = 16 * MSS;
        let mut sent = Vec::new();
        for ack in 0..17 {
            let delivered = if ack == 0 { 3 * MSS } else { MSS };
            if ack != 0 {
                pipe -= MSS;
            }
            prr.on_ack(&mut w, pipe, delivered, false);
            let mut now = 0;
            while pipe + MSS <= w.cwnd {
                pipe += MSS;
                prr.on_sent(MSS);
                now += 1;
            }
            sent.push(now);
        }
        assert!(pipe.abs_diff(ssthresh) <= MSS, "{pipe} at the end instead of {ssthresh}");
        sent
    }

    #[test]
    fn half_the_window_sends_for_every_second_arrival() {
        let sent = one_loss(10 * MSS);
        assert_eq!(sent[0], 1);
        assert_eq!(sent.iter().sum::<u32>(), 10);
        assert!(sent.iter().all(|n| *n <= 1), "{sent:?}");
        assert!(sent[..14].windows(3).all(|w| w.iter().sum::<u32>() <= 2), "{sent:?}");
    }

    #[test]
    fn seven_tenths_send_seven_for_ten() {
        let sent = one_loss(14 * MSS);
        assert_eq!(sent.iter().sum::<u32>(), 14);
        // The first covers the three that arrived before.
        assert!(sent[1..].iter().all(|n| *n <= 1), "{sent:?}");
    }

    #[test]
    fn after_heavy_loss_the_window_grows_back_with_what_arrives() {
        let mut w = Window { cwnd: 20 * MSS, ssthresh: 10 * MSS, mss: MSS as u16 };
        let mut prr = Prr::new();
        prr.begin(20 * MSS);
        prr.on_sent(MSS);
        // 15 of 20 lost: 1 on its way.
        prr.on_ack(&mut w, MSS, 4 * MSS, false);
        assert_eq!(w.cwnd, MSS + 4 * MSS);
        prr.on_sent(4 * MSS);
        prr.on_ack(&mut w, 4 * MSS, MSS, false);
        assert_eq!(w.cwnd, 5 * MSS);
        prr.on_ack(&mut w, 4 * MSS, MSS, true);
        assert_eq!(w.cwnd, 4 * MSS + 2 * MSS);
        prr.on_ack(&mut w, 9 * MSS + 500, 9 * MSS, true);
        assert_eq!(w.cwnd, 10 * MSS);
    }
}
