// SPDX-License-Identifier: Apache-2.0
//! Path MTU discovery (RFC 1191, RFC 8201), and what to do when nobody tells (RFC 4821, 7.7).

use super::state::{Flags, MIN_MSS, Tcb};
use crate::base::SeqNum;
use crate::buf::{SegFlags, SegRecord};

/// Segment sizes to go down to where large segments vanish without a word: IPv6's least MTU, and the
/// one every IPv4 host takes.
const PLATEAUS: [u16; 2] = [1220, 536];

/// The sizes to try where the router does not say what it takes (RFC 1191, 7.1), as payload.
const OLD_ROUTERS: [u16; 5] = [1452, 966, 536, 256, MIN_MSS];

/// A router says that a segment with sequence number `quoted` was too large for a link that takes
/// segments with `mss` bytes of payload, or 0. True when the connection has to send smaller ones from now
/// on.
///
/// Whoever guesses addresses and ports does not guess a sequence number that is on its way (RFC 5927,
/// 7.2), and no one makes us send crumbs.
pub fn too_big(t: &mut Tcb, quoted: SeqNum, mss: u16) -> bool {
    let present = t.path_mss.min(t.peer_mss);
    let next = || OLD_ROUTERS.into_iter().find(|&size| size < present).unwrap_or(MIN_MSS);
    let mss = if mss == 0 { next() } else { mss };
    let on_its_way = quoted.ge(t.snd_una) && quoted.lt(t.snd_nxt);
    let smaller = mss < present;
    if !on_its_way || !smaller || mss < MIN_MSS {
        return false;
    }
    shrink(t, mss);
    true
}

/// A time-out: when the first segment is a large one that was lost twice while the connection got
/// through before, the path may swallow large segments.
pub fn suspect_black_hole(t: &mut Tcb) {
    const SUSPICIOUS: u8 = 3;
    let Some(first) = t.queue.front() else { return };
    let (len, tries) = (first.len, first.transmissions);
    // What is repeated into a window that was taken back is not taken for reasons of its own.
    if t.snd_wnd == 0 || tries < SUSPICIOUS || len != t.mss() || !t.flags.contains(Flags::WAS_OPEN)
    {
        return;
    }
    // Large ones that arrive, or a repetition that did, tell of losses by chance.
    let arrives = |r: &SegRecord| r.len == len && r.flags.contains(SegFlags::SACKED);
    if t.delivery.rtt.timeouts() < SUSPICIOUS - 1 || t.queue.iter().any(arrives) {
        return;
    }
    if let Some(&smaller) = PLATEAUS.iter().find(|&&size| size < len) {
        shrink(t, smaller);
    }
}

/// Sends smaller segments from now on; those that are out and too large are sent again at once.
fn shrink(t: &mut Tcb, mss: u16) {
    t.path_mss = mss;
    let mss = t.mss();
    t.delivery.set_mss(mss);
    let mut any = false;
    let sent = t.queue.iter_mut().take_while(|r| r.flags.contains(SegFlags::SENT));
    for record in sent.filter(|r| r.len > mss && !r.flags.contains(SegFlags::SACKED)) {
        record.flags.insert(SegFlags::LOST);
        any = true;
    }
    if any {
        t.delivery.resend(&mut t.queue, t.snd_una);
    }
}
