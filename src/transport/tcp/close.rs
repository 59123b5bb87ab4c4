// SPDX-License-Identifier: Apache-2.0
//! Ends: the application closes its side, or both at once, or breaks off (RFC 9293, 3.10.4, 3.10.5,
//! 3.6).

use super::segment::Emit;
use super::{Flags, State, Tcb};
use crate::base::SeqNum;
use crate::buf::{Pkt, SegFlags, SegRecord};
use crate::wire::tcp::Control;

/// What closing leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// Our FIN is queued or will be: send what may be sent.
    Orderly,
    /// There is nothing to tell the peer: the connection is over.
    Over,
    /// Nothing changes: closed before.
    Already,
}

/// CLOSE (3.10.4): no more data from us. A FIN follows what is queued.
pub fn shut_down(t: &mut Tcb) -> Closing {
    match t.state {
        State::Closed | State::Listen | State::SynSent => return Closing::Over,
        State::SynReceived => {}
        State::Established => t.state = State::FinWait1,
        State::CloseWait => t.state = State::LastAck,
        _ => return Closing::Already,
    }
    t.flags.insert(Flags::FIN_WANTED);
    Closing::Orderly
}

/// Puts the FIN behind the last segment, when that has not been sent yet; else it needs a segment of
/// its own, which [`queue_fin`] takes.
pub fn join_fin(t: &mut Tcb) -> bool {
    if !t.queue.has_unsent() {
        return false;
    }
    let Some(mut last) = t.queue.last() else { return false };
    last.record_mut().flags.insert(SegFlags::FIN);
    t.flags.remove(Flags::FIN_WANTED);
    t.flags.insert(Flags::FIN_QUEUED);
    true
}

/// Queues a FIN in an empty packet.
pub fn queue_fin(t: &mut Tcb, mut pkt: Pkt) {
    *pkt.segment_mut() =
        SegRecord { seq: t.snd_end(), flags: SegFlags::FIN, ..SegRecord::default() };
    t.queue.push_back(pkt);
    t.flags.remove(Flags::FIN_WANTED);
    t.flags.insert(Flags::FIN_QUEUED);
}

/// ABORT (3.10.5): the reset to be sent, if the peer knows of the connection.
pub fn abort(t: &Tcb) -> Option<Emit> {
    let known = matches!(
        t.state,
        State::SynReceived
            | State::Established
            | State::FinWait1
            | State::FinWait2
            | State::CloseWait
            | State::Closing
            | State::LastAck
    );
    known.then(|| reset(t.snd_nxt, t.rcv_nxt))
}

/// A reset in a connection.
pub fn reset(seq: SeqNum, ack: SeqNum) -> Emit {
    Emit::bare(seq, ack, Control::RST | Control::ACK)
}
