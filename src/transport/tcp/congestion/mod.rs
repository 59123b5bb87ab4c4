// SPDX-License-Identifier: Apache-2.0
//! Congestion control: how much may be on its way.
//!
//! [`Window`] is what the connection sends by. An [`Algorithm`] moves it; which one, a connection
//! chooses by [`Kind`], and [`Control`] holds its state. Only configured algorithms exist; with one
//! alone, `Control` is that one. Loss recovery (`recovery`) tells the algorithm what happened and
//! itself lowers the congestion window while losses are repaired.
//!
//! Sizes are bytes, times are microseconds on a clock that wraps at 32 bits.

#[cfg(CONFIG_ZNET_TCP_BBR)]
mod bbr;
#[cfg(CONFIG_ZNET_TCP_CUBIC)]
mod cubic;
mod reno;

#[cfg(CONFIG_ZNET_TCP_BBR)]
pub use bbr::Bbr;
#[cfg(CONFIG_ZNET_TCP_CUBIC)]
pub use cubic::Cubic;
pub use reno::Reno;

use super::size::{Size, narrow, wide};

/// Largest congestion window: half the largest window a peer can offer (RFC 7323, 2.3), so that sums
/// with it don't overflow.
const MAX_WINDOW: Size = narrow(1 << 29);

/// What a connection sends by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Congestion window: bytes that may be on their way.
    pub cwnd: Size,
    /// Slow-start threshold: below it the window doubles each round trip.
    pub ssthresh: Size,
    /// Largest payload of a segment sent, options taken off.
    pub mss: u16,
}

impl Window {
    /// The window of a new connection with segments of `mss` bytes.
    pub const fn new(mss: u16) -> Self {
        let cwnd = if cfg!(CONFIG_NET_TCP_CONGESTION_AVOIDANCE) {
            narrow(initial_window(mss))
        } else {
            MAX_WINDOW
        };
        Window { cwnd, ssthresh: MAX_WINDOW, mss }
    }

    /// Segments got another size: the path's MTU changed, or options were agreed on. A window that
    /// was not used yet starts anew.
    pub fn set_mss(&mut self, mss: u16) {
        let fresh = wide(self.cwnd) == initial_window(self.mss) && self.ssthresh == MAX_WINDOW;
        self.mss = mss;
        if fresh {
            self.cwnd = narrow(initial_window(mss));
        }
        self.cwnd = self.cwnd.max(narrow(u32::from(mss)));
    }

    /// Is the window below the threshold?
    #[inline]
    pub const fn in_slow_start(&self) -> bool {
        self.cwnd < self.ssthresh
    }

    /// Two segments, the least threshold (RFC 5681, (4)).
    pub const fn floor(&self) -> u32 {
        2 * self.mss as u32
    }

    /// Slow start (RFC 5681, 3.1) counting bytes (RFC 3465): grows by what was acknowledged, at most
    /// `limit` segments for one acknowledgment, up to the threshold. Returns what is left of `acked`
    /// for congestion avoidance.
    pub fn slow_start(&mut self, acked: u32, limit: u32) -> u32 {
        if !self.in_slow_start() {
            return acked;
        }
        let step = acked.min(limit * u32::from(self.mss));
        let room = wide(self.ssthresh - self.cwnd);
        if step < room {
            self.cwnd += narrow(step);
            0
        } else {
            self.cwnd = self.ssthresh;
            step - room
        }
    }

    /// Adds to the window, up to the largest there is.
    pub fn grow(&mut self, by: u32) {
        self.cwnd = narrow(wide(self.cwnd).saturating_add(by).min(wide(MAX_WINDOW)));
    }
}

/// The window a connection starts with, and starts again with after a pause (RFC 6928, (1)).
pub const fn initial_window(mss: u16) -> u32 {
    let mss = mss as u32;
    let least = if 2 * mss > 14_600 { 2 * mss } else { 14_600 };
    if 10 * mss < least { 10 * mss } else { least }
}

/// An acknowledgment that brought news, as an algorithm sees it.
#[derive(Clone, Copy, Debug, Default)]
pub struct AckEvent {
    /// When it came.
    pub now: u32,
    /// Bytes newly acknowledged in order.
    pub acked: u32,
    /// Bytes newly known to have arrived, in order or by SACK: each byte counts once.
    pub delivered: u32,
    /// Bytes on their way before it.
    pub flight_before: u32,
    /// Bytes on their way after it.
    pub flight: u32,
    /// The round-trip time it measured.
    pub rtt: Option<u32>,
    /// The smoothed round-trip time; 0 when none was measured yet.
    pub srtt: u32,
    /// There was nothing to send, or the peer had no room: the window was not what limited.
    pub app_limited: bool,
    /// Losses are being repaired: the window is recovery's.
    pub in_recovery: bool,
}

impl AckEvent {
    /// Was the window in full use? Only then it may grow (RFC 9293 leaves that open, RFC 7661 and
    /// RFC 9438, 4.2 ask for it). In slow start half of it suffices, since it doubles.
    pub fn used(&self, w: &Window) -> bool {
        let spare = u32::from(w.mss).saturating_mul(2);
        let used = self.flight_before.saturating_add(spare);
        let used = if w.in_slow_start() { used.saturating_mul(2) } else { used };
        used > wide(w.cwnd)
    }
}

/// Why the window must shrink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A segment was lost.
    Loss,
    /// A router marked a packet (RFC 3168).
    Ecn,
}

/// The behaviour of a congestion control algorithm.
pub trait Algorithm {
    /// An acknowledgment brought news. Outside recovery the window may grow.
    fn on_ack(&mut self, w: &mut Window, e: &AckEvent);

    /// Congestion was noticed, for the first time in this round trip, with `flight` bytes on their
    /// way: sets the threshold. Recovery lowers the window to it, by and by, where
    /// [`yields`](Algorithm::yields).
    fn on_congestion(&mut self, w: &mut Window, now: u32, flight: u32, cause: Cause);

    /// The retransmission timer expired for the first time since the last progress: sets the
    /// threshold and the window, one segment as a rule (RFC 5681, (7)).
    fn on_timeout(&mut self, w: &mut Window, now: u32, flight: u32) {
        self.on_congestion(w, now, flight, Cause::Loss);
        w.cwnd = narrow(u32::from(w.mss));
    }

    /// All losses are repaired.
    fn on_recovered(&mut self, _w: &mut Window, _now: u32) {}

    /// The congestion was none: window and threshold are as they were before, and so shall be what
    /// else the algorithm keeps.
    fn undo(&mut self, _w: &mut Window) {}

    /// Data is sent again after `idle` microseconds without any on its way, longer than a
    /// retransmission time-out: the window starts again (RFC 5681, 4.1).
    fn on_idle(&mut self, w: &mut Window, _now: u32, _idle: u32) {
        w.cwnd = w.cwnd.min(narrow(initial_window(w.mss)));
    }

    /// Does the window shrink in recovery?
    fn yields(&self) -> bool {
        true
    }

    /// Bytes a second to be sent at most; `None` sends as acknowledgments allow.
    fn pacing_rate(&self, _w: &Window) -> Option<u32> {
        None
    }
}

/// Names an algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// RFC 5681.
    Reno,
    /// RFC 9438.
    #[cfg(CONFIG_ZNET_TCP_CUBIC)]
    Cubic,
    /// By the path's measured rate.
    #[cfg(CONFIG_ZNET_TCP_BBR)]
    Bbr,
}

impl Kind {
    /// All that are configured.
    pub const ALL: &'static [Kind] = &[
        Kind::Reno,
        #[cfg(CONFIG_ZNET_TCP_CUBIC)]
        Kind::Cubic,
        #[cfg(CONFIG_ZNET_TCP_BBR)]
        Kind::Bbr,
    ];

    /// What a connection uses that did not choose, from Kconfig.
    pub const DEFAULT: Kind = {
        #[cfg(CONFIG_ZNET_TCP_DEFAULT_BBR)]
        {
            Kind::Bbr
        }
        #[cfg(CONFIG_ZNET_TCP_DEFAULT_CUBIC)]
        {
            Kind::Cubic
        }
        #[cfg(not(any(CONFIG_ZNET_TCP_DEFAULT_BBR, CONFIG_ZNET_TCP_DEFAULT_CUBIC)))]
        {
            Kind::Reno
        }
    };

    /// Its name, as the socket option TCP_CONGESTION spells it.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Reno => "reno",
            #[cfg(CONFIG_ZNET_TCP_CUBIC)]
            Kind::Cubic => "cubic",
            #[cfg(CONFIG_ZNET_TCP_BBR)]
            Kind::Bbr => "bbr",
        }
    }

    /// The algorithm of this name, if it is configured.
    pub fn named(name: &[u8]) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.name().as_bytes() == name)
    }
}

/// The state of a connection's algorithm.
#[derive(Clone, Debug)]
pub enum Control {
    /// RFC 5681.
    Reno(Reno),
    /// RFC 9438.
    #[cfg(CONFIG_ZNET_TCP_CUBIC)]
    Cubic(Cubic),
    /// By the path's measured rate.
    #[cfg(CONFIG_ZNET_TCP_BBR)]
    Bbr(Bbr),
}

/// Calls a method of whatever algorithm it is.
macro_rules! dispatch {
    ($self:expr, $a:ident => $call:expr) => {
        match $self {
            Control::Reno($a) => $call,
            #[cfg(CONFIG_ZNET_TCP_CUBIC)]
            Control::Cubic($a) => $call,
            #[cfg(CONFIG_ZNET_TCP_BBR)]
            Control::Bbr($a) => $call,
        }
    };
}

/// Without `CONFIG_NET_TCP_CONGESTION_AVOIDANCE` nothing ever moves the window.
const ACTIVE: bool = cfg!(CONFIG_NET_TCP_CONGESTION_AVOIDANCE);

impl Control {
    /// The algorithm of a new connection. It may be replaced at any time: each starts from the
    /// window it finds.
    pub const fn new(kind: Kind) -> Self {
        match kind {
            Kind::Reno => Control::Reno(Reno::new()),
            #[cfg(CONFIG_ZNET_TCP_CUBIC)]
            Kind::Cubic => Control::Cubic(Cubic::new()),
            #[cfg(CONFIG_ZNET_TCP_BBR)]
            Kind::Bbr => Control::Bbr(Bbr::new()),
        }
    }

    /// Which algorithm it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Control::Reno(_) => Kind::Reno,
            #[cfg(CONFIG_ZNET_TCP_CUBIC)]
            Control::Cubic(_) => Kind::Cubic,
            #[cfg(CONFIG_ZNET_TCP_BBR)]
            Control::Bbr(_) => Kind::Bbr,
        }
    }
}

impl Algorithm for Control {
    #[inline]
    fn on_ack(&mut self, w: &mut Window, e: &AckEvent) {
        if ACTIVE {
            dispatch!(self, a => a.on_ack(w, e));
        }
    }

    fn on_congestion(&mut self, w: &mut Window, now: u32, flight: u32, cause: Cause) {
        if ACTIVE {
            dispatch!(self, a => a.on_congestion(w, now, flight, cause));
        }
    }

    fn on_timeout(&mut self, w: &mut Window, now: u32, flight: u32) {
        if ACTIVE {
            dispatch!(self, a => a.on_timeout(w, now, flight));
        }
    }

    fn on_recovered(&mut self, w: &mut Window, now: u32) {
        if ACTIVE {
            dispatch!(self, a => a.on_recovered(w, now));
        }
    }

    fn undo(&mut self, w: &mut Window) {
        if ACTIVE {
            dispatch!(self, a => a.undo(w));
        }
    }

    fn on_idle(&mut self, w: &mut Window, now: u32, idle: u32) {
        if ACTIVE {
            dispatch!(self, a => a.on_idle(w, now, idle));
        }
    }

    fn yields(&self) -> bool {
        ACTIVE && dispatch!(self, a => a.yields())
    }

    #[inline]
    fn pacing_rate(&self, w: &Window) -> Option<u32> {
        if ACTIVE { dispatch!(self, a => a.pacing_rate(w)) } else { None }
    }
}

#[cfg(all(test, not(CONFIG_ZNET_TCP_SHORT)))]
mod tests {
    use super::*;

    #[test]
    fn the_first_window_is_ten_segments_of_the_usual_size() {
        assert_eq!(initial_window(1460), 14_600);
        assert_eq!(initial_window(536), 5_360);
        assert_eq!(initial_window(9_000), 18_000);
        assert_eq!(initial_window(2_190), 14_600);
        assert_eq!(initial_window(1), 10);
    }

    #[test]
    fn another_segment_size_starts_a_fresh_window_anew() {
        let mut w = Window::new(536);
        w.set_mss(1460);
        assert_eq!(w.mss, 1460);
        if ACTIVE {
            assert_eq!(w.cwnd, 14_600);
            w.cwnd = 20_000;
            w.set_mss(1000);
            assert_eq!(w.cwnd, 20_000);
        }
    }

    #[test]
    fn slow_start_stops_at_the_threshold() {
        let mut w = Window { cwnd: 10_000, ssthresh: 12_000, mss: 1_000 };
        assert_eq!(w.slow_start(1_000, 2), 0);
        assert_eq!(w.cwnd, 11_000);
        assert_eq!(w.slow_start(5_000, 2), 1_000);
        assert_eq!(w.cwnd, 12_000);
        assert_eq!(w.slow_start(5_000, 2), 5_000);
    }

    #[test]
    fn a_window_half_used_does_not_grow_for_it() {
        let w = Window { cwnd: 100_000, ssthresh: 50_000, mss: 1_000 };
        let e = |flight_before| AckEvent { flight_before, ..AckEvent::default() };
        assert!(e(99_000).used(&w) && !e(50_000).used(&w));
        let w = Window { ssthresh: 200_000, ..w };
        assert!(e(60_000).used(&w) && !e(30_000).used(&w));
    }

    #[test]
    fn algorithms_are_found_by_name() {
        for kind in Kind::ALL {
            assert_eq!(Kind::named(kind.name().as_bytes()), Some(*kind));
            assert_eq!(Control::new(*kind).kind(), *kind);
        }
        assert_eq!(Kind::named(b"vegas"), None);
        assert!(Kind::ALL.contains(&Kind::DEFAULT));
    }
}
