// SPDX-License-Identifier: Apache-2.0
//! The state of one connection (RFC 9293, 3.3).

use bitflags::bitflags;

use super::congestion::Kind;
use super::recovery::{Delivery, Sent};
use super::size::{Size, narrow, wide};
use super::timers::Timers;
use crate::base::SeqNum;
use crate::buf::{Early, SegQueue};
use crate::config;

/// Stands for "no slot" where slots are named by number.
pub const NONE: u16 = u16::MAX;

/// Largest segment to be sent to a peer that does not say what it takes (RFC 9293, 3.7.1), IPv4.
pub const DEFAULT_MSS: u16 = 536;

/// The states of RFC 9293, 3.3.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum State {
    /// No connection.
    Closed,
    /// Waiting for connection requests.
    Listen,
    /// A connection request is out.
    SynSent,
    /// Requests crossed; waiting for the acknowledgement of ours. (Those that arrive at a listener
    /// wait in [`syn`](super::syn), without a connection.)
    SynReceived,
    /// Open.
    Established,
    /// We closed; our FIN is not acknowledged.
    FinWait1,
    /// We closed; the peer has not.
    FinWait2,
    /// The peer closed; we have not.
    CloseWait,
    /// Both closed at once; our FIN is not acknowledged.
    Closing,
    /// Both closed, the peer first; our FIN is not acknowledged.
    LastAck,
    /// Both closed; the record that answers late segments is in [`timewait`](super::timewait).
    TimeWait,
}

impl State {
    /// Do both ends know the sequence numbers?
    #[inline]
    pub const fn is_synchronized(self) -> bool {
        self as u8 >= State::Established as u8
    }

    /// May the application still send?
    #[inline]
    pub const fn can_send(self) -> bool {
        matches!(self, State::Established | State::CloseWait)
    }

    /// May the peer still send?
    #[inline]
    pub const fn can_receive(self) -> bool {
        matches!(self, State::Established | State::FinWait1 | State::FinWait2)
    }
}

bitflags! {
    /// Switches of a connection and what it has to do.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Flags: u32 {
        /// An acknowledgement must go out now.
        const ACK_NOW = 1 << 0;
        /// An acknowledgement may wait for company.
        const ACK_DELAYED = 1 << 1;
        /// TCP_NODELAY.
        const NODELAY = 1 << 2;
        /// SO_KEEPALIVE.
        const KEEPALIVE = 1 << 3;
        /// A FIN is in the send queue.
        const FIN_QUEUED = 1 << 4;
        /// A FIN is to be queued as soon as a packet is free for it.
        const FIN_WANTED = 1 << 5;
        /// Closed by the application; nobody looks at it any more.
        const ORPHAN = 1 << 6;
        /// The connection was established at some time.
        const WAS_OPEN = 1 << 7;
        /// Both ends scale windows.
        const SCALE = 1 << 8;
        /// Both ends send time stamps.
        const TIMESTAMPS = 1 << 9;
        /// Both ends understand SACK.
        const SACK = 1 << 10;
        /// Both ends understand ECN.
        const ECN = 1 << 11;
        /// Echo congestion to the peer until it answers with CWR (RFC 3168, 6.1.3).
        const ECN_ECHO = 1 << 12;
        /// Tell the peer that we reacted (CWR).
        const ECN_REDUCED = 1 << 13;
        /// A byte beyond the peer's window was sent to probe it.
        const PROBED = 1 << 14;
        /// Send what the window takes although it is little: the peer's window is small and the timer
        /// ran out (RFC 9293, 3.8.6.2.1).
        const OVERRIDE = 1 << 15;
        /// The application gets no more data (SHUT_RD).
        const DEAF = 1 << 16;
        /// SO_LINGER is on, with `linger` seconds.
        const LINGER = 1 << 17;
        /// It failed; the context holds the error until somebody asks.
        const FAILED = 1 << 18;
        /// A duplicate was received that the next acknowledgement reports (D-SACK).
        const DUPLICATE = 1 << 19;
        /// The peer's urgent data has not been read past yet.
        const URGENT_IN = 1 << 20;
        /// Urgent data of ours is not acknowledged yet.
        const URGENT_OUT = 1 << 21;
        /// It stands in the index of flows.
        const INDEXED = 1 << 22;
        /// SO_RCVBUF was set: no auto-tuning.
        const FIXED_WINDOW = 1 << 23;
        /// The timer of sending waits to probe the peer's window.
        const PERSIST = 1 << 24;
        /// Only pacing holds the next new segment back.
        const PACED = 1 << 25;
        /// The block is a context's.
        const IN_USE = 1 << 26;
    }
}

impl Flags {
    /// The switches of what is built.
    const BUILT: Flags = {
        let mut built = Flags::all();
        if !cfg!(CONFIG_ZNET_TCP_WINDOW_SCALE) {
            built = built.difference(Flags::SCALE);
        }
        if !cfg!(CONFIG_ZNET_TCP_TIMESTAMPS) {
            built = built.difference(Flags::TIMESTAMPS);
        }
        if !cfg!(CONFIG_ZNET_TCP_SACK) {
            built = built.difference(Flags::SACK.union(Flags::DUPLICATE));
        }
        if !cfg!(CONFIG_ZNET_TCP_ECN) {
            let marks = Flags::ECN.union(Flags::ECN_ECHO).union(Flags::ECN_REDUCED);
            built = built.difference(marks);
        }
        if !cfg!(CONFIG_ZNET_TCP_URGENT) {
            built = built.difference(Flags::URGENT_IN.union(Flags::URGENT_OUT));
        }
        if !cfg!(CONFIG_NET_TCP_KEEPALIVE) {
            built = built.difference(Flags::KEEPALIVE);
        }
        if !cfg!(CONFIG_ZNET_TCP_PACING) {
            built = built.difference(Flags::PACED);
        }
        built
    };

    /// What a connection request offers.
    pub const OFFERED: Flags = Flags::SCALE
        .union(Flags::TIMESTAMPS)
        .union(Flags::SACK)
        .union(Flags::ECN)
        .intersection(Flags::BUILT);

    /// Is this switch built and on?
    #[inline(always)]
    pub const fn has(self, switch: Flags) -> bool {
        self.intersects(switch.intersection(Flags::BUILT))
    }
}

/// A transmission control block: everything the machine knows of one connection.
///
/// Addresses, ports and received packets are in the context of the same connection.
pub struct Tcb {
    /// Where the connection is.
    pub state: State,
    /// Doublings of the persist timer, or probes without an answer.
    pub probes: u8,
    /// Slot of the context.
    pub context: u16,
    /// Switches.
    pub flags: Flags,

    /// SND.UNA: the first sequence number not acknowledged.
    pub snd_una: SeqNum,
    /// SND.NXT: behind the last sequence number ever sent.
    pub snd_nxt: SeqNum,
    /// SND.WND, in bytes, scaled.
    pub snd_wnd: Size,
    /// SND.WL1: sequence number of the segment of the last window update. SND.WL2, what that segment
    /// acknowledged, is SND.UNA: what acknowledges more tells the window too.
    pub snd_wl1: SeqNum,
    /// Largest window the peer ever offered.
    pub snd_wnd_max: Size,
    /// Behind the last segment sent that was not full (Minshall's variant of Nagle's algorithm).
    pub snd_small: SeqNum,
    /// What is sent and not acknowledged, and what is to be sent.
    pub queue: SegQueue,
    /// SO_SNDBUF.
    pub snd_limit: Size,

    /// RCV.NXT: the next sequence number expected.
    pub rcv_nxt: SeqNum,
    /// The right edge of the window that was offered: RCV.NXT + RCV.WND. Moves left only
    /// where memory ran out.
    pub rcv_edge: SeqNum,
    /// The acknowledgement that was sent last.
    pub rcv_acked: SeqNum,
    /// Bytes in the context's queue.
    pub rcv_queued: Size,
    /// SO_RCVBUF, or the present size with auto-tuning.
    pub rcv_limit: Size,
    /// Bytes of the first packet in the context's queue that were read.
    pub rcv_offset: u16,
    /// Largest payload seen, the peer's idea of a full segment.
    pub rcv_mss: u16,
    /// Segments that came too early, in sequence.
    pub early: Early,

    /// Largest segment the peer takes, without options.
    pub peer_mss: u16,
    /// TCP_MAXSEG, or 0.
    pub user_mss: u16,
    /// Largest segment the path takes.
    #[cfg(CONFIG_ZNET_TCP_PMTU)]
    pub path_mss: u16,

    /// Round-trip time, congestion window, and what is lost.
    pub delivery: Delivery,

    /// When what is due.
    pub timers: Timers,
    /// TCP_USER_TIMEOUT in milliseconds, or 0.
    #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
    pub user_timeout: u32,
    /// Keep-alive times.
    #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
    pub keepalive: super::timers::KeepAlive,
    /// When something was received last, or sent while all before was acknowledged, in milliseconds.
    pub heard_at: u32,
    /// SO_LINGER, in seconds.
    pub linger: u16,

    /// Shifts of windows: (peer's, ours).
    #[cfg(CONFIG_ZNET_TCP_WINDOW_SCALE)]
    pub shifts: (u8, u8),
    /// TS.Recent (RFC 7323, 4.3), and when it was taken, in milliseconds.
    #[cfg(CONFIG_ZNET_TCP_TIMESTAMPS)]
    pub ts_recent: (u32, u32),
    /// A block received twice, to be reported.
    #[cfg(CONFIG_ZNET_TCP_SACK)]
    pub duplicate: crate::wire::tcp::SackBlock,
    /// Numbers in the blocks that changed last, the latest first: the order of reporting.
    #[cfg(CONFIG_ZNET_TCP_SACK)]
    pub latest: [SeqNum; 4],
    /// Behind the peer's last urgent byte (RCV.UP).
    #[cfg(CONFIG_ZNET_TCP_URGENT)]
    pub rcv_urgent: SeqNum,
    /// Behind our last urgent byte (SND.UP).
    #[cfg(CONFIG_ZNET_TCP_URGENT)]
    pub snd_urgent: SeqNum,
    /// Nothing new is sent before this time, in microseconds.
    #[cfg(CONFIG_ZNET_TCP_PACING)]
    pub pace_at: u32,
    /// Reading since when, and how much: for the growth of the window.
    #[cfg(CONFIG_ZNET_TCP_AUTOTUNE)]
    pub tune: super::window::Tune,

    /// A listener's queue, or a connection's place in one.
    pub backlog: Backlog,
}

/// Connections that wait to be accepted: of a listener the last of a ring, of a connection the next.
#[derive(Clone, Copy, Debug)]
pub struct Backlog {
    /// A listener: the connection that came last. A connection that waits: the next in the ring.
    pub link: u16,
    /// The listener a connection waits at; [`NONE`] when it does not.
    pub listener: u16,
    /// A listener: how many wait.
    pub len: u16,
    /// A listener: how many may.
    pub limit: u16,
}

impl Tcb {
    /// A slot without connection: nothing but zeros where size counts, so that the table need not be
    /// copied from flash at the start.
    pub const FREE: Tcb = Tcb::blank(false);
    /// A block that was just taken.
    const FRESH: Tcb = Tcb::blank(true);

    const fn blank(fresh: bool) -> Tcb {
        let none = if fresh { NONE } else { 0 };
        Tcb {
            state: State::Closed,
            probes: 0,
            context: 0,
            flags: if fresh { Flags::IN_USE } else { Flags::empty() },
            snd_una: SeqNum::ZERO,
            snd_nxt: SeqNum::ZERO,
            snd_wnd: 0,
            snd_wl1: SeqNum::ZERO,
            snd_wnd_max: 0,
            snd_small: SeqNum::ZERO,
            queue: SegQueue::new(),
            snd_limit: if fresh { narrow(SEND_LIMIT) } else { 0 },
            rcv_nxt: SeqNum::ZERO,
            rcv_edge: SeqNum::ZERO,
            rcv_acked: SeqNum::ZERO,
            rcv_queued: 0,
            rcv_limit: if fresh { narrow(RECV_LIMIT) } else { 0 },
            rcv_offset: 0,
            rcv_mss: 0,
            early: Early::new(),
            peer_mss: if fresh { DEFAULT_MSS } else { 0 },
            user_mss: 0,
            #[cfg(CONFIG_ZNET_TCP_PMTU)]
            path_mss: u16::MAX,
            delivery: if fresh {
                Delivery::new(Kind::DEFAULT, DEFAULT_MSS)
            } else {
                Delivery::FREE
            },
            timers: Timers::new(),
            #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
            user_timeout: 0,
            #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
            keepalive: super::timers::KeepAlive::DEFAULT,
            heard_at: 0,
            linger: 0,
            #[cfg(CONFIG_ZNET_TCP_WINDOW_SCALE)]
            shifts: (0, 0),
            #[cfg(CONFIG_ZNET_TCP_TIMESTAMPS)]
            ts_recent: (0, 0),
            #[cfg(CONFIG_ZNET_TCP_SACK)]
            duplicate: (SeqNum::ZERO, SeqNum::ZERO),
            #[cfg(CONFIG_ZNET_TCP_SACK)]
            latest: [SeqNum::ZERO; 4],
            #[cfg(CONFIG_ZNET_TCP_URGENT)]
            rcv_urgent: SeqNum::ZERO,
            #[cfg(CONFIG_ZNET_TCP_URGENT)]
            snd_urgent: SeqNum::ZERO,
            #[cfg(CONFIG_ZNET_TCP_PACING)]
            pace_at: 0,
            #[cfg(CONFIG_ZNET_TCP_AUTOTUNE)]
            tune: super::window::Tune::new(),
            backlog: Backlog { link: none, listener: none, len: 0, limit: 0 },
        }
    }

    /// Takes the slot for a context, or begins anew with one that has it.
    pub fn open(&mut self, context: u16) {
        *self = Tcb::FRESH;
        self.context = context;
    }

    /// Gives the slot back, and what is queued. The rest is of no meaning until it is taken again.
    pub fn close(&mut self) {
        (self.queue, self.early) = (SegQueue::new(), Early::new());
        self.timers.stop_all();
        self.flags = Flags::empty();
        self.state = State::Closed;
    }

    /// Is the slot taken?
    #[inline]
    pub const fn is_in_use(&self) -> bool {
        self.flags.contains(Flags::IN_USE)
    }

    /// The send window's edges, for loss recovery.
    #[inline]
    pub fn sent(&self) -> Sent {
        Sent { una: self.snd_una, nxt: self.snd_nxt, sack_permitted: self.flags.has(Flags::SACK) }
    }

    /// Bytes sent and not acknowledged, SYN and FIN included.
    #[inline]
    pub const fn unacknowledged(&self) -> u32 {
        self.snd_nxt.since(self.snd_una)
    }

    /// Largest payload of a segment to be sent: the least of what the peer takes, the application
    /// wants and the path carries, less the options each segment has (RFC 6691).
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    pub fn mss(&self) -> u16 {
        let mut mss = self.peer_mss;
        if self.user_mss != 0 {
            mss = mss.min(self.user_mss);
        }
        #[cfg(CONFIG_ZNET_TCP_PMTU)]
        {
            mss = mss.min(self.path_mss);
        }
        if self.flags.has(Flags::TIMESTAMPS) {
            mss = mss.saturating_sub(12);
        }
        // Two at least fit into the send buffer: a peer that delays its acknowledgement of one sends it
        // with the second (RFC 9293, 3.8.6.3).
        let half = (wide(self.snd_limit) / 2).min(u16::MAX.into()) as u16;
        mss.min(half).max(MIN_MSS)
    }

    /// The sequence number the next byte the application gives gets.
    #[inline]
    pub fn snd_end(&self) -> SeqNum {
        self.queue.back().map_or(self.snd_nxt, |last| last.end())
    }

    /// Is our FIN sent and acknowledged?
    #[inline]
    pub fn fin_is_acknowledged(&self) -> bool {
        self.flags.contains(Flags::FIN_QUEUED) && self.queue.is_empty()
    }
}

/// Least segment size believed in: a peer or a router that asks for less wants to make us busy
/// (hostile small MSS; Linux's floor is 88).
pub const MIN_MSS: u16 = 88;

/// SO_RCVBUF at the start: a third of the receive buffers, unless Kconfig says more.
pub const RECV_LIMIT: u32 = limit(config::NET_TCP_MAX_RECV_WINDOW_SIZE, RX_BYTES / 3, RX_BYTES);
/// SO_SNDBUF at the start: a third of the transmit buffers, unless Kconfig says more.
pub const SEND_LIMIT: u32 =
    limit(config::NET_TCP_MAX_SEND_WINDOW_SIZE, TX_BYTES / 3, u32::MAX as usize);

/// Bytes all receive buffers hold.
pub const RX_BYTES: usize = if cfg!(CONFIG_NET_BUF_VARIABLE_DATA_SIZE) {
    config::NET_PKT_BUF_RX_DATA_POOL_SIZE
} else {
    config::NET_BUF_RX_COUNT * config::NET_BUF_DATA_SIZE
};
/// Bytes all transmit buffers hold.
pub const TX_BYTES: usize = if cfg!(CONFIG_NET_BUF_VARIABLE_DATA_SIZE) {
    config::NET_PKT_BUF_TX_DATA_POOL_SIZE
} else {
    config::NET_BUF_TX_COUNT * config::NET_BUF_DATA_SIZE
};

const fn limit(wanted: usize, default: usize, most: usize) -> u32 {
    let bytes = if wanted == 0 { default } else { wanted };
    let bytes = if bytes > most { most } else { bytes };
    if bytes < 256 { 256 } else { bytes as u32 }
}
