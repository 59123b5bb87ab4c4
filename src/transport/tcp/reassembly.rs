// SPDX-License-Identifier: Apache-2.0
//! Data that came too early: a list of packets in sequence, without overlaps.
//!
//! A packet's sequence number and length stand in its scratch. The list is bounded by the window and
//! by the receive packets it may hold, and so is the work on it.

use crate::base::{DropReason, SeqNum};
use crate::buf::{Early, Pkt, SegFlags};
use crate::config;
#[cfg(CONFIG_ZNET_TCP_SACK)]
use crate::wire::tcp::SackBlocks;

/// Most packets that wait: half of those there are to receive with, so that the one that is missing
/// finds one; never so many that walking over them costs much.
const LIMIT: usize = {
    const MOST: usize = 256;
    let half = config::NET_PKT_RX_COUNT / 2;
    if half > MOST {
        MOST
    } else if half < 2 {
        2
    } else {
        half
    }
};

/// What became of a packet.
pub enum Kept {
    /// It waits, what was new of it.
    All,
    /// Nothing of it does.
    Nothing(Pkt, DropReason),
}

/// Puts `pkt` into its place. Where it overlaps with what waits already, what came first stays, unless
/// `pkt` covers the whole of it: one segment of a peer that contradicts itself is never mixed with another.
pub fn keep(early: &mut Early, mut pkt: Pkt) -> Kept {
    if early.len() >= LIMIT {
        return Kept::Nothing(pkt, DropReason::TcpOutOfOrder);
    }
    let seq = pkt.segment().seq;
    let mut at = early.iter().take_while(|before| end_of(before).le(seq)).count();
    // The one behind may begin before it.
    if let Some((start, end)) = early.get(at).map(|next| (next.segment().seq, end_of(next)))
        && start.le(seq)
    {
        if let Err(reason) = cut_front(&mut pkt, end) {
            return Kept::Nothing(pkt, reason);
        }
        at += 1;
    }
    // Those it covers go; the end of it goes where the next one begins.
    while early.get(at).is_some_and(|next| end_of(next).le(end_of(&pkt))) {
        drop(early.remove(at));
    }
    if let Some(start) = early.get(at).map(|next| next.segment().seq)
        && start.lt(end_of(&pkt))
    {
        let len = start.since(pkt.segment().seq);
        if len == 0 || !pkt.truncate(len as usize) {
            return Kept::Nothing(pkt, DropReason::TcpDuplicate);
        }
        pkt.segment_mut().len = len as u16;
        pkt.segment_mut().flags = SegFlags::empty();
    }
    early.insert(at, pkt);
    Kept::All
}

/// Takes the packet that holds `next`, cut to begin there, and the sequence number behind its
/// payload. Packets that hold nothing new are dropped.
pub fn take_next(early: &mut Early, next: SeqNum) -> Option<(Pkt, SeqNum)> {
    while early.get(0)?.segment().seq.le(next) {
        let mut pkt = early.remove(0)?;
        let end = end_of(&pkt);
        let fin = pkt.segment().flags.contains(SegFlags::FIN);
        if end.lt(next) || (end == next && !fin) {
            continue;
        }
        let known = next.since(pkt.segment().seq);
        if known == 0 || pkt.pull(known as usize) {
            return Some((pkt, end));
        }
    }
    None
}

/// Data with sequence number `seq` is about to wait: its block is the latest now (RFC 2018, 4).
#[cfg(CONFIG_ZNET_TCP_SACK)]
pub fn note(early: &Early, latest: &mut [SeqNum; 4], seq: SeqNum) {
    // Where it joins a block that was noted before, that one's place is taken.
    let joins = |old: SeqNum| {
        blocks(early)
            .any(|(left, right)| left.le(old) && old.lt(right) && left.le(seq) && seq.le(right))
    };
    let last = latest.iter().position(|&old| joins(old)).unwrap_or(latest.len() - 1);
    let mut carried = seq;
    for place in latest.iter_mut().take(last + 1) {
        carried = core::mem::replace(place, carried);
    }
}

/// The blocks that wait, those that changed lately first (RFC 2018, 4), as many as there is room for.
#[cfg(CONFIG_ZNET_TCP_SACK)]
pub fn report(early: &Early, latest: &[SeqNum; 4], out: &mut SackBlocks) {
    for seq in latest {
        let holds = |b: &(SeqNum, SeqNum)| b.0.le(*seq) && seq.lt(b.1);
        if let Some(block) = blocks(early).find(holds)
            && !out.as_slice().contains(&block)
        {
            out.push(block);
        }
    }
    for block in blocks(early) {
        if !out.as_slice().contains(&block) && !out.push(block) {
            break;
        }
    }
}

/// What waits, as ranges without gaps.
#[cfg(CONFIG_ZNET_TCP_SACK)]
fn blocks(early: &Early) -> impl Iterator<Item = (SeqNum, SeqNum)> {
    let mut packets = early.iter().filter(|p| p.segment().len != 0).peekable();
    core::iter::from_fn(move || {
        let first = packets.next()?;
        let (left, mut right) = (first.segment().seq, end_of(first));
        while let Some(more) = packets.next_if(|p| p.segment().seq == right) {
            right = end_of(more);
        }
        Some((left, right))
    })
}

/// The sequence number behind the payload.
fn end_of(pkt: &Pkt) -> SeqNum {
    pkt.segment().seq + u32::from(pkt.segment().len)
}

/// Cuts off what lies before `start`.
fn cut_front(pkt: &mut Pkt, start: SeqNum) -> Result<(), DropReason> {
    if end_of(pkt).le(start) {
        return Err(DropReason::TcpDuplicate);
    }
    let known = start.since(pkt.segment().seq);
    if !pkt.pull(known as usize) {
        return Err(DropReason::TcpOutOfOrder);
    }
    let record = pkt.segment_mut();
    record.seq = start;
    record.len -= known as u16;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buf::{NO_WAIT, Pools};
    extern crate std;
    use std::boxed::Box;
    use std::vec::Vec;

    fn piece(pools: &'static Pools, seq: u32, len: usize) -> Pkt {
        let mut pkt = pools.alloc_rx(len, NO_WAIT).unwrap();
        let bytes: Vec<u8> = (seq..seq + len as u32).map(|n| n as u8).collect();
        assert_eq!(pkt.append(&bytes), len);
        let record = pkt.segment_mut();
        *record = Default::default();
        (record.seq, record.len) = (SeqNum(seq), len as u16);
        pkt
    }

    /// Whatever order and overlap the pieces come in, the stream comes out once and in order.
    #[test]
    fn any_order_gives_the_stream() {
        let pools: &'static Pools = Box::leak(Box::new(Pools::new()));
        let mut state = 1u32;
        for _ in 0..500 {
            let mut early = Early::new();
            let mut have = [false; 101];
            for _ in 0..LIMIT.min(8) {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let (seq, len) = ((state >> 8) % 80, (state >> 20) % 20 + 1);
                let _ = keep(&mut early, piece(pools, seq, len as usize));
                have[seq as usize..(seq + len) as usize].fill(true);
                let mut last = SeqNum(0);
                for pkt in early.iter() {
                    assert!(last.le(pkt.segment().seq), "overlap");
                    assert_eq!(pkt.len(), usize::from(pkt.segment().len));
                    assert_eq!(pkt.head().first().copied(), Some(pkt.segment().seq.0 as u8));
                    last = end_of(pkt);
                }
            }
            let total: usize = early.iter().map(Pkt::len).sum();
            assert_eq!(total, have.iter().filter(|h| **h).count());
            let mut next = SeqNum(have.iter().position(|h| *h).unwrap_or(0) as u32);
            while let Some((pkt, end)) = take_next(&mut early, next) {
                assert_eq!(pkt.head()[0], next.0 as u8);
                next = end;
            }
            assert!(!have[next.0 as usize]);
        }
        assert!(pools.all_free());
    }

    #[cfg(CONFIG_ZNET_TCP_SACK)]
    #[test]
    fn blocks_are_merged_and_the_latest_comes_first() {
        let pools: &'static Pools = Box::leak(Box::new(Pools::new()));
        let mut early = Early::new();
        for (seq, len) in [(10, 10), (40, 5), (20, 5), (60, 1), (80, 1), (90, 1)] {
            let _ = keep(&mut early, piece(pools, seq, len));
        }
        let mut blocks = SackBlocks::new();
        report(&early, &[SeqNum(60), SeqNum(22), SeqNum(0), SeqNum(0)], &mut blocks);
        let list: Vec<_> = blocks.as_slice().iter().map(|b| (b.0.0, b.1.0)).collect();
        assert_eq!(list, [(60, 61), (10, 25), (40, 45), (80, 81)]);
    }
}
