// SPDX-License-Identifier: Apache-2.0
//! TCP (RFC 9293): the machine, apart from packets' ways, clocks and locks.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `state` | the block of one connection and its states |
//! | `segment` | a segment as the machine sees it |
//! | `input/` | what an arriving segment does: RFC 9293, 3.10.7, step by step |
//! | `output` | which segment is to be sent next |
//! | `close` | shutdown, close and abort |
//! | `timers` | what the passing of time does; `wheel` knows whose turn it is, or where
//! little flash and RAM count a walk over them tells |
//! | `window` | how much the peer may send; silly windows |
//! | `reassembly` | data that came too early |
//! | `size` | in how many bits windows are kept |
//! | `rtt`, `congestion/`, `recovery/` | how fast and what to send again |
//! | `isn` | initial sequence numbers (RFC 6528) |
//! | `syn` | handshakes of incoming connections, SYN cookies |
//! | `timewait` | closed connections that are remembered for a while |
//! | `pmtu` | path MTU discovery |
//! | `table` | all connections, found by their four-tuple |
//!
//! A connection is a [`Tcb`] plus the received packets in its context; [`Conn`] is both for the time
//! of one call. Functions here change them and leave what is to be done in [`Todo`]; `stack::tcp`
//! does it.

#![forbid(unsafe_code)]

pub mod close;
pub mod congestion;
pub mod input;
pub mod isn;
pub mod output;
#[cfg(CONFIG_ZNET_TCP_PMTU)]
pub mod pmtu;
pub mod reassembly;
pub mod recovery;
pub mod rtt;
pub mod segment;
pub mod size;
pub mod state;
pub mod syn;
pub mod table;
pub mod timers;
pub mod timewait;
#[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
pub mod wheel;
pub mod window;

pub use segment::{Emit, Segment};
pub use state::{Backlog, Flags, NONE, State, Tcb};
pub use table::Connections;

use bitflags::bitflags;

use crate::base::{Error, Instant};
use crate::buf::PktList;

/// The time, in the two units of this folder; both wrap.
#[derive(Clone, Copy, Debug, Default)]
pub struct Now {
    /// Microseconds, for measuring.
    pub us: u32,
    /// Milliseconds, for deadlines.
    pub ms: u32,
}

impl Now {
    /// A point in time.
    #[inline]
    pub const fn of(at: Instant) -> Now {
        Now { us: at.as_micros() as u32, ms: at.as_millis() as u32 }
    }

    /// A deadline in microseconds as one in milliseconds, not before it.
    #[inline]
    pub const fn millis_at(self, us: u32) -> u32 {
        if recovery::is_ahead(us, self.us) {
            self.ms.wrapping_add(us.wrapping_sub(self.us).div_ceil(1_000))
        } else {
            self.ms
        }
    }
}

bitflags! {
    /// What a call leaves to be done with the connection.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Todo: u8 {
        /// Send what may be sent now.
        const OUTPUT = 1 << 0;
        /// Wake whoever waits on the context.
        const WAKE = 1 << 1;
        /// Answer with a challenge acknowledgement, if the limit allows one (RFC 5961, 7).
        const CHALLENGE = 1 << 2;
        /// Answer with a reset whose sequence number is the acknowledgement that came.
        const RESET = 1 << 3;
        /// It is established now.
        const ESTABLISHED = 1 << 4;
        /// Both ends are closed: remember it in TIME-WAIT.
        const TIME_WAIT = 1 << 5;
        /// It is over.
        const CLOSED = 1 << 6;
    }
}

/// A connection during one call.
pub struct Conn<'a> {
    /// Its block.
    pub tcb: &'a mut Tcb,
    /// Its context's received packets.
    pub rx: &'a mut PktList,
    /// The time.
    pub now: Now,
    /// Whoever takes the data is told at once and does not close by a call of its own soon: the peer's
    /// FIN is acknowledged without waiting for ours.
    pub prompt: bool,
    /// What is to be done afterwards.
    pub todo: Todo,
    /// Why it is over, with [`Todo::CLOSED`]; `None` when all went well.
    pub error: Option<Error>,
}

impl Conn<'_> {
    /// The connection is over.
    fn over(&mut self, error: Option<Error>) {
        self.tcb.state = State::Closed;
        self.error = error;
        self.todo |= Todo::CLOSED | Todo::WAKE;
    }
}
