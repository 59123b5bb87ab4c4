// SPDX-License-Identifier: Apache-2.0
//! Sixth, check the URG bit (RFC 9293, 3.10.7.4).
//!
//! Urgent data stays in its place in the stream (RFC 6093, 6); all the application is told is that
//! some is on its way, and where it ends.

use crate::transport::tcp::{Conn, Segment};
#[cfg(CONFIG_ZNET_TCP_URGENT)]
use crate::transport::tcp::{Flags, Todo};

/// Notes how far the peer's urgent data goes. The pointer counts from the segment's start to the
/// byte behind the urgent ones, as everybody reads it (RFC 6093, 3.1).
#[cold]
pub(super) fn input(c: &mut Conn, s: &Segment) {
    #[cfg(CONFIG_ZNET_TCP_URGENT)]
    {
        let t = &mut *c.tcb;
        let end = s.seq + u32::from(s.urgent);
        let later = !t.flags.has(Flags::URGENT_IN) || end.gt(t.rcv_urgent);
        // RCV.UP = max(RCV.UP, SEG.UP), if it is ahead of what was received.
        if t.state.can_receive() && end.gt(t.rcv_nxt) && later {
            t.rcv_urgent = end;
            t.flags.insert(Flags::URGENT_IN);
            c.todo |= Todo::WAKE;
        }
    }
    let _ = (c, s);
}
