// SPDX-License-Identifier: Apache-2.0
//! Second, check the RST bit (RFC 9293, 3.10.7.4, as RFC 5961, 3 has it).

use crate::base::{DropReason, Error};
use crate::transport::tcp::{Conn, Segment, State, Todo};

/// A reset whose sequence number lies in the window. Only one that hits RCV.NXT exactly is believed;
/// the challenge makes an honest peer send that one.
pub(super) fn input(c: &mut Conn, s: &Segment) -> Result<(), DropReason> {
    if s.seq != c.tcb.rcv_nxt {
        c.todo |= Todo::CHALLENGE;
        return Err(DropReason::TcpBadReset);
    }
    let error = match c.tcb.state {
        // Our request was refused after all.
        State::SynReceived => Some(Error::ConnRefused),
        // Nothing more is to come: only the last words were lost.
        State::Closing | State::LastAck | State::TimeWait => None,
        _ => Some(Error::ConnReset),
    };
    c.over(error);
    Ok(())
}
