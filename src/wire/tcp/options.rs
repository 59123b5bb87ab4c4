// SPDX-License-Identifier: Apache-2.0
//! TCP options: maximum segment size (RFC 9293, 3.7.1), window scale and timestamps (RFC 7323),
//! selective acknowledgement (RFC 2018).

use super::{HEADER_LEN, MAX_HEADER_LEN};
use crate::base::{DropReason, SeqNum};

/// Option kinds.
mod kind {
    pub const END: u8 = 0;
    pub const NOP: u8 = 1;
    pub const MSS: u8 = 2;
    pub const WINDOW_SCALE: u8 = 3;
    pub const SACK_PERMITTED: u8 = 4;
    pub const SACK: u8 = 5;
    pub const TIMESTAMPS: u8 = 8;
}

/// Largest shift of a window (RFC 7323, 2.3).
const MAX_SHIFT: u8 = 14;
/// SACK blocks that fit into one header; none is looked at where size counts and nobody asks.
const MAX_BLOCKS: usize =
    if cfg!(any(CONFIG_ZNET_TCP_SACK, not(CONFIG_ZNET_PROFILE_TINY))) { 4 } else { 0 };

/// A timestamps option.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timestamps {
    /// The sender's clock.
    pub value: u32,
    /// The clock value of ours that it echoes; counts with an ACK.
    pub echo: u32,
}

/// A range of sequence numbers that has arrived: the first, and the one behind the last.
pub type SackBlock = (SeqNum, SeqNum);

/// The SACK blocks of a segment, in its order.
#[derive(Clone, Copy, Debug, Default)]
pub struct SackBlocks {
    blocks: [SackBlock; MAX_BLOCKS],
    len: u8,
}

impl SackBlocks {
    /// No blocks.
    pub const fn new() -> Self {
        SackBlocks { blocks: [(SeqNum(0), SeqNum(0)); MAX_BLOCKS], len: 0 }
    }

    /// Adds a block; false when there is no room for it.
    pub fn push(&mut self, block: SackBlock) -> bool {
        match self.blocks.get_mut(usize::from(self.len)) {
            Some(room) => {
                *room = block;
                self.len += 1;
                true
            }
            None => false,
        }
    }

    /// The blocks.
    #[inline]
    pub fn as_slice(&self) -> &[SackBlock] {
        if MAX_BLOCKS == 0 {
            return &[];
        }
        self.blocks.get(..usize::from(self.len)).unwrap_or(&[])
    }

    /// Are there none?
    #[inline]
    pub fn is_empty(&self) -> bool {
        MAX_BLOCKS == 0 || self.len == 0
    }

    /// Keeps the first `n`.
    pub fn truncate(&mut self, n: usize) {
        self.len = self.len.min(n as u8);
    }
}

impl PartialEq for SackBlocks {
    fn eq(&self, other: &SackBlocks) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl Eq for SackBlocks {}

/// The options of one segment, those we know of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Largest segment the sender takes; a SYN's only.
    pub mss: Option<u16>,
    /// Shift of the sender's windows, at most 14; a SYN's only.
    pub window_scale: Option<u8>,
    /// The sender understands SACK; a SYN's only.
    pub sack_permitted: bool,
    /// Timestamps.
    #[cfg(any(CONFIG_ZNET_TCP_TIMESTAMPS, not(CONFIG_ZNET_PROFILE_TINY)))]
    pub timestamps: Option<Timestamps>,
    /// What arrived out of order.
    pub sack: SackBlocks,
}

impl Options {
    /// No options.
    pub const NONE: Options = Options {
        mss: None,
        window_scale: None,
        sack_permitted: false,
        #[cfg(any(CONFIG_ZNET_TCP_TIMESTAMPS, not(CONFIG_ZNET_PROFILE_TINY)))]
        timestamps: None,
        sack: SackBlocks::new(),
    };

    /// The timestamps; none where size counts and nobody asks for them.
    #[inline(always)]
    pub const fn stamps(&self) -> Option<Timestamps> {
        #[cfg(any(CONFIG_ZNET_TCP_TIMESTAMPS, not(CONFIG_ZNET_PROFILE_TINY)))]
        return self.timestamps;
        #[cfg(not(any(CONFIG_ZNET_TCP_TIMESTAMPS, not(CONFIG_ZNET_PROFILE_TINY))))]
        None
    }

    /// Sets the timestamps, where there are any.
    #[inline(always)]
    pub fn stamp(&mut self, value: u32, echo: u32) {
        #[cfg(any(CONFIG_ZNET_TCP_TIMESTAMPS, not(CONFIG_ZNET_PROFILE_TINY)))]
        {
            self.timestamps = Some(Timestamps { value, echo });
        }
        let _ = (value, echo);
    }

    /// Reads the bytes of a header behind its fixed part. Unknown options, and known ones with a
    /// wrong length, are passed over. Of an option that comes twice the last counts.
    ///
    /// # Errors
    /// [`DropReason::TcpMalformed`] for an option whose length is impossible, so that nobody can tell
    /// where the next one begins (RFC 9293, 3.2, MUST-7).
    pub fn parse(bytes: &[u8]) -> Result<Options, DropReason> {
        let mut options = Options::NONE;
        options.read(bytes)?;
        Ok(options)
    }

    /// As [`parse`](Self::parse), into options that are [`NONE`](Self::NONE) so far.
    ///
    /// # Errors
    /// Those of [`parse`](Self::parse).
    pub fn read(&mut self, bytes: &[u8]) -> Result<(), DropReason> {
        // Nearly always there are time stamps alone.
        #[cfg(any(CONFIG_ZNET_TCP_TIMESTAMPS, not(CONFIG_ZNET_PROFILE_TINY)))]
        if let Some(stamps) = Self::timestamps_alone(bytes) {
            self.timestamps = Some(stamps);
            return Ok(());
        }
        let mut rest = self.read_words(bytes.get(..MAX_HEADER_LEN - HEADER_LEN).unwrap_or(bytes));
        while let Some((&kind, tail)) = rest.split_first() {
            match kind {
                kind::END => break,
                kind::NOP => {
                    rest = tail;
                    continue;
                }
                _ => {}
            }
            let len = tail.first().ok_or(DropReason::TcpMalformed)?;
            let split = rest.split_at_checked(usize::from(*len));
            let (option, next) = split.ok_or(DropReason::TcpMalformed)?;
            self.take(kind, option.get(2..).ok_or(DropReason::TcpMalformed)?);
            rest = next;
        }
        Ok(())
    }

    /// Takes what is laid out in words, as a SYN's options are by nearly everybody; returns the rest.
    #[inline]
    fn read_words<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let mut rest = bytes;
        while !cfg!(CONFIG_ZNET_PROFILE_TINY)
            && let Some((word, next)) = rest.split_first_chunk()
        {
            match *word {
                [kind::MSS, 4, a, b] => self.mss = Some(u16::from_be_bytes([a, b])),
                [kind::NOP, kind::NOP, kind::SACK_PERMITTED, 2] => self.sack_permitted = true,
                [kind::NOP, kind::WINDOW_SCALE, 3, shift] => {
                    self.window_scale = Some(shift.min(MAX_SHIFT));
                }
                _ => break,
            }
            rest = next;
        }
        rest
    }

    fn take(&mut self, kind: u8, data: &[u8]) {
        match (kind, data) {
            (kind::MSS, &[a, b]) => self.mss = Some(u16::from_be_bytes([a, b])),
            // A larger shift is taken for the largest (RFC 7323, 2.3).
            (kind::WINDOW_SCALE, &[shift]) => self.window_scale = Some(shift.min(MAX_SHIFT)),
            (kind::SACK_PERMITTED, &[]) => self.sack_permitted = true,
            (kind::TIMESTAMPS, _) => {
                if let Some((value, echo)) = two_words(data)
                    && data.len() == 8
                {
                    self.stamp(value, echo);
                }
            }
            (kind::SACK, _) if MAX_BLOCKS != 0 && data.len().is_multiple_of(8) => {
                self.sack = SackBlocks::new();
                for block in data.as_chunks::<8>().0 {
                    if let Some((left, right)) = two_words(block) {
                        self.sack.push((SeqNum(left), SeqNum(right)));
                    }
                }
            }
            _ => {}
        }
    }

    /// The timestamps of a segment whose options are nothing else, laid out as everybody does it
    /// (RFC 7323, appendix A).
    #[inline]
    pub fn timestamps_alone(bytes: &[u8]) -> Option<Timestamps> {
        let (head, words) = bytes.split_first_chunk::<4>()?;
        if *head != [kind::NOP, kind::NOP, kind::TIMESTAMPS, 10] || words.len() != 8 {
            return None;
        }
        let (value, echo) = two_words(words)?;
        Some(Timestamps { value, echo })
    }

    /// Bytes these options take, padding included: a multiple of four, at most 40. SACK blocks
    /// that find no room are left out by [`emit`](Self::emit) and do not count here.
    pub fn len(&self) -> usize {
        let fixed = self.fixed_len();
        if self.sack.is_empty() {
            return fixed;
        }
        fixed + sack_len(self.sack.as_slice().len().min(room_for_blocks(fixed)))
    }

    /// Is there no option?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn fixed_len(&self) -> usize {
        let mut len = 0;
        if self.mss.is_some() {
            len += 4;
        }
        if self.window_scale.is_some() {
            len += 4;
        }
        match (self.stamps().is_some(), self.sack_permitted) {
            (true, _) => len += 12,
            (false, true) => len += 4,
            (false, false) => {}
        }
        len
    }

    /// Writes the options into `out`, which is [`len`](Self::len) bytes; a shorter one is left
    /// incomplete.
    pub fn emit(&self, out: &mut [u8]) {
        let mut out = Writer(out);
        if let Some(mss) = self.mss {
            let [a, b] = mss.to_be_bytes();
            out.put([kind::MSS, 4, a, b]);
        }
        if let Some(ts) = self.stamps() {
            let lead = if self.sack_permitted {
                [kind::SACK_PERMITTED, 2]
            } else {
                [kind::NOP, kind::NOP]
            };
            out.put([lead[0], lead[1], kind::TIMESTAMPS, 10]);
            out.put(ts.value.to_be_bytes());
            out.put(ts.echo.to_be_bytes());
        } else if self.sack_permitted {
            out.put([kind::NOP, kind::NOP, kind::SACK_PERMITTED, 2]);
        }
        if let Some(shift) = self.window_scale {
            out.put([kind::NOP, kind::WINDOW_SCALE, 3, shift]);
        }
        let blocks = self.sack.as_slice();
        let blocks = blocks.get(..room_for_blocks(self.fixed_len())).unwrap_or(blocks);
        if !blocks.is_empty() {
            out.put([kind::NOP, kind::NOP, kind::SACK, (2 + 8 * blocks.len()) as u8]);
            for block in blocks {
                out.put(block.0.0.to_be_bytes());
                out.put(block.1.0.to_be_bytes());
            }
        }
    }
}

/// Bytes of the SACK option with `n` blocks.
const fn sack_len(n: usize) -> usize {
    if n == 0 { 0 } else { 4 + 8 * n }
}

/// Blocks that fit behind `fixed` bytes of other options.
const fn room_for_blocks(fixed: usize) -> usize {
    (MAX_HEADER_LEN - HEADER_LEN - 4).saturating_sub(fixed) / 8
}

fn two_words(bytes: &[u8]) -> Option<(u32, u32)> {
    let (a, rest) = bytes.split_first_chunk::<4>()?;
    let b = rest.first_chunk::<4>()?;
    Some((u32::from_be_bytes(*a), u32::from_be_bytes(*b)))
}

/// Writes words one behind the other, as long as there is room.
struct Writer<'a>(&'a mut [u8]);

impl Writer<'_> {
    fn put(&mut self, word: [u8; 4]) {
        if let Some((room, rest)) = core::mem::take(&mut self.0).split_first_chunk_mut() {
            *room = word;
            self.0 = rest;
        }
    }
}

#[cfg(all(test, not(CONFIG_ZNET_PROFILE_TINY)))]
mod tests {
    use super::*;
    extern crate std;
    use std::vec;

    fn parse(bytes: &[u8]) -> Options {
        Options::parse(bytes).unwrap()
    }

    const LINUX_SYN: [u8; 20] = [2, 4, 5, 0xb4, 4, 2, 8, 10, 0, 0, 0, 9, 0, 0, 0, 7, 1, 3, 3, 7];

    fn syn_options() -> Options {
        Options {
            mss: Some(1460),
            window_scale: Some(7),
            sack_permitted: true,
            timestamps: Some(Timestamps { value: 9, echo: 7 }),
            sack: SackBlocks::new(),
        }
    }

    #[test]
    fn a_usual_syn_is_read_and_written() {
        assert_eq!(parse(&LINUX_SYN), syn_options());
        let mut out = [0xff; 20];
        assert_eq!(syn_options().len(), 20);
        syn_options().emit(&mut out);
        assert_eq!(out, LINUX_SYN);
    }

    #[test]
    fn every_combination_comes_back() {
        for bits in 0..32u8 {
            let has = |n: u8| bits >> n & 1 != 0;
            for blocks in 0..=4 {
                let mut options = Options {
                    mss: has(0).then_some(536),
                    window_scale: has(1).then_some(14),
                    sack_permitted: has(2),
                    timestamps: has(3).then_some(Timestamps { value: 1, echo: u32::MAX }),
                    sack: SackBlocks::new(),
                };
                for n in 0..blocks {
                    options.sack.push((SeqNum(n * 100), SeqNum(n * 100 + 50)));
                }
                let mut out = vec![0xff; options.len()];
                assert!(out.len() <= 40 && out.len().is_multiple_of(4));
                options.emit(&mut out);
                let fits = room_for_blocks(options.fixed_len());
                options.sack.truncate(fits);
                assert_eq!(parse(&out), options, "bits {bits:b}, {blocks} blocks");
            }
        }
    }

    #[test]
    fn impossible_lengths_are_refused_and_wrong_ones_passed_over() {
        for bad in [&[2, 0, 5, 180][..], &[2, 1, 5, 180], &[2, 5, 5, 180], &[2], &[254], &[1, 1, 5]]
        {
            assert_eq!(Options::parse(bad), Err(DropReason::TcpMalformed), "{bad:?}");
        }
        // Wrong length of a known kind, then a good one.
        assert_eq!(parse(&[3, 4, 1, 1, 2, 4, 5, 180]).mss, Some(1460));
        assert_eq!(parse(&[0, 2, 4, 5, 180]), Options::NONE, "behind the end");
        assert_eq!(parse(&[3, 3, 255]).window_scale, Some(14));
        assert!(parse(&[5, 9, 1, 2, 3, 4, 5, 6, 7]).sack.is_empty());
    }

    #[test]
    fn lone_timestamps_are_recognised() {
        let bytes = [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2];
        assert_eq!(Options::timestamps_alone(&bytes), Some(Timestamps { value: 1, echo: 2 }));
        assert_eq!(Options::timestamps_alone(&bytes[..11]), None);
        assert_eq!(Options::timestamps_alone(&LINUX_SYN), None);
    }
}
