// SPDX-License-Identifier: Apache-2.0
//! A segment as the machine sees it, coming in and going out.

use crate::base::{DropReason, SeqNum};
use crate::wire::checksum::Sum;
use crate::wire::tcp::{Control, Header, Options};

/// A received segment whose header was checked.
#[derive(Clone, Copy, Debug)]
pub struct Segment {
    /// SEG.SEQ.
    pub seq: SeqNum,
    /// SEG.ACK.
    pub ack: SeqNum,
    /// SEG.LEN without SYN and FIN: bytes of payload.
    pub len: u32,
    /// SEG.WND, as it came.
    pub window: u16,
    /// SEG.UP, as it came.
    pub urgent: u16,
    /// Control bits.
    pub control: Control,
    /// The packet carried a congestion mark (RFC 3168: CE).
    pub marked: bool,
    /// Its options.
    pub options: Options,
}

impl Segment {
    /// From a header and the number of payload bytes behind it, without options, which
    /// [`read_options`](Self::read_options) adds.
    #[inline(always)]
    pub fn new(header: &Header, len: usize, marked: bool) -> Segment {
        Segment {
            seq: header.seq,
            ack: header.ack,
            len: len as u32,
            window: header.window,
            urgent: header.urgent,
            control: header.control,
            marked,
            options: Options::NONE,
        }
    }

    /// Adds the options in `bytes`.
    ///
    /// # Errors
    /// [`DropReason::TcpMalformed`] for options that can't be told apart.
    #[inline(always)]
    pub fn read_options(&mut self, bytes: &[u8]) -> Result<(), DropReason> {
        if bytes.is_empty() { Ok(()) } else { self.options.read(bytes) }
    }

    /// Does it have this control bit?
    #[inline]
    pub const fn has(&self, bit: Control) -> bool {
        self.control.contains(bit)
    }

    /// SEG.LEN: the sequence numbers it takes.
    #[inline]
    pub fn seq_len(&self) -> u32 {
        self.len + u32::from(self.has(Control::SYN)) + u32::from(self.has(Control::FIN))
    }

    /// The sequence number behind it.
    #[inline]
    pub fn end(&self) -> SeqNum {
        self.seq + self.seq_len()
    }
}

/// A segment to be sent, apart from addresses, ports and payload.
#[derive(Clone, Copy, Debug)]
pub struct Emit {
    /// Sequence number.
    pub seq: SeqNum,
    /// Acknowledgement; counts with [`Control::ACK`].
    pub ack: SeqNum,
    /// Control bits.
    pub control: Control,
    /// Window field.
    pub window: u16,
    /// Urgent pointer.
    pub urgent: u16,
    /// Options.
    pub options: Options,
    /// Sum of the payload, folded.
    pub sum: Sum,
    /// It may carry a congestion mark (ECT, RFC 3168).
    pub ecn: bool,
    /// What it says of received data holds for the next one sent in the same go.
    pub stamped: bool,
}

impl Emit {
    /// The fixed part of its header, which is `len` bytes with options.
    #[inline(always)]
    pub fn header(&self, src_port: u16, dst_port: u16, len: usize) -> Header {
        Header {
            src_port,
            dst_port,
            seq: self.seq,
            ack: self.ack,
            len: len as u8,
            control: self.control,
            window: self.window,
            urgent: self.urgent,
        }
    }

    /// A segment without payload and options.
    pub const fn bare(seq: SeqNum, ack: SeqNum, control: Control) -> Emit {
        Emit {
            seq,
            ack,
            control,
            window: 0,
            urgent: 0,
            options: Options::NONE,
            sum: Sum::ZERO,
            ecn: false,
            stamped: false,
        }
    }

    /// The reset that answers a segment of no connection (RFC 9293, 3.10.7.1); `None` for a reset,
    /// which is never answered.
    pub fn reset_for(s: &Segment) -> Option<Emit> {
        if s.has(Control::RST) {
            return None;
        }
        Some(if s.has(Control::ACK) {
            Emit::bare(s.ack, SeqNum::ZERO, Control::RST)
        } else {
            Emit::bare(SeqNum::ZERO, s.end(), Control::RST | Control::ACK)
        })
    }
}
