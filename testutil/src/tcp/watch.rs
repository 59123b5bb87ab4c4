// SPDX-License-Identifier: Apache-2.0
//! Watches one flow and holds each segment against the rules that every segment obeys, whatever the
//! connection is about: within the peer's window, no larger than it said, acknowledging only what
//! was sent, never taking a window back, carrying only options that were agreed.

use super::segment::{Opt, Segment, flag, letters_of};
use super::stream;

/// MSS of a peer that did not say (RFC 9293, 3.7.1).
const DEFAULT_MSS: u32 = 536;
/// Least MSS that a host has to believe in: less would only keep it busy.
const LEAST_MSS: u32 = 88;

/// What a SYN said.
#[derive(Clone, Debug, Default)]
struct Syn {
    seq: u32,
    window: u32,
    mss: Option<u16>,
    shift: Option<u8>,
    sack: bool,
    timestamps: bool,
    ecn: u16,
}

impl Syn {
    fn of(segment: &Segment) -> Syn {
        Syn {
            seq: segment.seq,
            window: segment.window.into(),
            mss: segment.mss(),
            shift: segment.window_scale(),
            sack: segment.options.contains(&Opt::SackPermitted),
            timestamps: segment.timestamps().is_some(),
            ecn: segment.flags & (flag::ECE | flag::CWR),
        }
    }
}

/// One direction of a connection.
#[derive(Clone, Debug)]
struct Side {
    syn: Syn,
    /// Behind the last byte sent.
    max: u32,
    /// The same, the probe of a closed window included.
    top: u32,
    /// Behind the FIN.
    end: Option<u32>,
    /// Furthest byte the other may send.
    edge: u32,
    /// The same, as of the last window of zero: who has no memory left may take a window back whole.
    promised: u32,
    acked: u32,
    stamp: Option<u32>,
}

/// A SYN,ACK: who sent it, what it says, and what the SYN said that it answers.
#[derive(Clone, Debug)]
struct Offer {
    from: usize,
    mine: Syn,
    theirs: Syn,
}

/// Answers kept at a time.
const OFFERS: usize = 4;

/// A flow between two ends, 0 and 1.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// The SYNs that were sent last.
    asked: [Option<Syn>; 2],
    /// Answers to SYNs, the newest first.
    offers: Vec<Offer>,
    sides: Option<[Side; 2]>,
    salts: Option<[u32; 2]>,
    /// The end whose segments are not judged: a script's.
    unjudged: Option<usize>,
}

/// `a` is behind `b` on the circle of sequence numbers.
fn after(a: u32, b: u32) -> bool {
    a.wrapping_sub(b) as i32 > 0
}

fn later(a: u32, b: u32) -> u32 {
    if after(a, b) { a } else { b }
}

impl Watch {
    /// Watches a flow both ends of which are judged, each sending the [`stream`] of its salt.
    pub fn new(salts: [u32; 2]) -> Watch {
        Watch { salts: Some(salts), ..Watch::default() }
    }

    /// Judges end 0 only: the other is a script that may do whatever it likes.
    pub fn of_host(salt: u32) -> Watch {
        Watch { salts: Some([salt, 0]), unjudged: Some(1), ..Watch::default() }
    }

    /// Takes a segment that end `from` sent, with bytes right and well formed.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub fn see(&mut self, from: usize, segment: &Segment) -> Result<(), String> {
        let judged = self.unjudged != Some(from);
        if segment.has(flag::SYN) {
            if judged {
                self.judge_syn(from, segment)?;
            }
            self.syn(from, segment);
        }
        self.complete(from, segment);
        let Some(sides) = &mut self.sides else { return Ok(()) };
        // It may be about a connection that is not complete yet.
        let own = sides[from].syn.seq;
        let embryonic = |o: &Offer| {
            o.from == from && o.mine.seq != own && segment.seq.wrapping_sub(o.mine.seq) <= 1
        };
        if self.offers.iter().any(embryonic) {
            return Ok(());
        }
        if segment.has(flag::RST) {
            return Ok(());
        }
        let [first, second] = sides;
        let (me, other) = if from == 0 { (first, second) } else { (second, first) };
        let current = segment.seq.wrapping_sub(me.syn.seq);
        if judged {
            // Between two hosts a segment may be lost before the wire, while its neighbour is asked for.
            let hole = self.unjudged.is_some() && after(segment.seq, me.top);
            let verdict = if hole { Err("a hole in what was sent".into()) } else { Ok(()) };
            verdict.and_then(|()| judge(me, other, segment)).map_err(|what| {
                let (letters, len) = (letters_of(segment.flags), segment.payload.len());
                format!("{what} ({letters} seq {current}, {len} bytes)")
            })?;
            if let Some(salts) = self.salts
                && let Some(at) =
                    stream::first_wrong(salts[from], current.wrapping_sub(1), &segment.payload)
            {
                return Err(format!("byte {at} of a segment at {current} is wrong"));
            }
        }
        // The window may have opened while the probe was on its way: new data were ECN-capable.
        let ecn = me.syn.ecn != 0 && other.syn.ecn != 0;
        let single = ecn && segment.ecn == 0 && segment.payload.len() == 1;
        let probe = single || is_probe(other, segment);
        me.see(segment, other.syn.shift.is_some(), probe);
        Ok(())
    }

    fn judge_syn(&self, from: usize, segment: &Segment) -> Result<(), String> {
        if segment.ecn != 0 {
            return Err("a SYN that is ECN-capable (RFC 3168, 6.1.1)".into());
        }
        if segment.mss().is_none() {
            return Err("a SYN without MSS (RFC 9293, 3.7.1: SHOULD-5)".into());
        }
        if !segment.has(flag::ACK) {
            return Ok(());
        }
        let Some(asked) = &self.asked[1 - from] else {
            return Err("a SYN,ACK to nobody's SYN".into());
        };
        let unasked = |what: &str| Err(format!("{what} in answer to a SYN without it"));
        for option in &segment.options {
            match option {
                Opt::WindowScale(_) if asked.shift.is_none() => return unasked("window scale"),
                Opt::SackPermitted if !asked.sack => return unasked("SACK-permitted"),
                Opt::Timestamps(..) if !asked.timestamps => return unasked("time stamps"),
                _ => {}
            }
        }
        Ok(())
    }

    /// Keeps what a SYN says, and the answer to it.
    fn syn(&mut self, from: usize, segment: &Segment) {
        let mut mine = Syn::of(segment);
        if !segment.has(flag::ACK) {
            // One that is repeated without ECN may be lost, and the first one have arrived.
            if let Some(first) = self.asked[from].as_ref().filter(|first| first.seq == mine.seq) {
                mine.ecn |= first.ecn;
            }
            self.asked[from] = Some(mine);
            return;
        }
        let theirs = match &self.asked[1 - from] {
            Some(asked) if asked.seq.wrapping_add(1) == segment.ack => asked.clone(),
            _ => return,
        };
        let same = |offer: &Offer| offer.from == from && offer.mine.seq == mine.seq;
        let known = self.sides.as_ref().is_some_and(|sides| sides[from].syn.seq == mine.seq);
        if !known && !self.offers.iter().any(same) {
            self.offers.truncate(OFFERS - 1);
            self.offers.insert(0, Offer { from, mine, theirs });
        }
    }

    /// The segment that completes a handshake makes a connection of it. A SYN that was delayed may be
    /// answered long after, and that answer changes nothing.
    fn complete(&mut self, from: usize, segment: &Segment) {
        if segment.flags & (flag::SYN | flag::RST | flag::ACK) != flag::ACK {
            return;
        }
        let fits = |offer: &Offer| {
            offer.from != from
                && segment.ack == offer.mine.seq.wrapping_add(1)
                && segment.seq.wrapping_sub(offer.theirs.seq) < 1 << 16
        };
        let Some(at) = self.offers.iter().position(fits) else { return };
        let Offer { from, mine, theirs } = self.offers.remove(at);
        // When both asked, both answer, for one connection.
        let known = |sides: &[Side; 2]| {
            sides[from].syn.seq == mine.seq && sides[1 - from].syn.seq == theirs.seq
        };
        if self.sides.as_ref().is_some_and(known) {
            return;
        }
        let side = |syn: &Syn, other: &Syn| Side {
            max: syn.seq.wrapping_add(1),
            top: syn.seq.wrapping_add(1),
            end: None,
            edge: other.seq.wrapping_add(1).wrapping_add(syn.window),
            promised: other.seq.wrapping_add(1).wrapping_add(syn.window),
            acked: other.seq.wrapping_add(1),
            stamp: None,
            syn: syn.clone(),
        };
        let (a, b) = (side(&mine, &theirs), side(&theirs, &mine));
        self.sides = Some(if from == 0 { [a, b] } else { [b, a] });
    }
}

impl Side {
    /// The window of a segment in bytes.
    fn window(&self, segment: &Segment, agreed: bool) -> u32 {
        let shift = if agreed && !segment.has(flag::SYN) { self.syn.shift.unwrap_or(0) } else { 0 };
        u32::from(segment.window) << shift.min(14)
    }

    fn see(&mut self, segment: &Segment, scaled: bool, probe: bool) {
        let end = segment.seq.wrapping_add(segment.seq_len());
        self.top = later(self.top, end);
        if !probe {
            self.max = later(self.max, end);
        }
        if segment.has(flag::FIN) {
            self.end = Some(end);
        }
        if segment.has(flag::ACK) {
            let edge = segment.ack.wrapping_add(self.window(segment, scaled));
            self.edge = later(self.edge, edge);
            self.promised = if segment.window == 0 { edge } else { later(self.promised, edge) };
            self.acked = later(self.acked, segment.ack);
        }
        if let Some((value, _)) = segment.timestamps() {
            self.stamp = Some(value);
        }
    }
}

/// Is it a byte beyond the window, to find out whether that is open (RFC 9293, 3.8.6.1)?
fn is_probe(other: &Side, segment: &Segment) -> bool {
    let end = segment.seq.wrapping_add(1);
    segment.payload.len() == 1 && end == other.edge.wrapping_add(1)
}

/// The rules for a segment of `me` in a connection with `other`.
fn judge(me: &Side, other: &Side, segment: &Segment) -> Result<(), String> {
    let bad = |what: &str| Err(what.to_string());
    if segment.has(flag::SYN) {
        return Ok(());
    }
    let len = segment.payload.len() as u32;
    let data_end = segment.seq.wrapping_add(len);
    let end = segment.seq.wrapping_add(segment.seq_len());

    // What is sent.
    if len > 0 && after(data_end, other.edge) && !is_probe(other, segment) {
        let past = data_end.wrapping_sub(other.edge);
        return Err(format!("{past} bytes past the window (RFC 9293, 3.8.6)"));
    }
    let options: u32 = segment.options.iter().map(opt_len).sum();
    let mss = other.syn.mss.map_or(DEFAULT_MSS, u32::from).max(LEAST_MSS);
    if len > 0 && len + options.next_multiple_of(4) > mss {
        return Err(format!("{len} bytes and options exceed the MSS of {mss} (RFC 6691, 2)"));
    }
    if let Some(fin) = me.end {
        if after(end, fin) {
            return bad("something behind the FIN (RFC 9293, 3.6)");
        }
        if segment.has(flag::FIN) && end != fin {
            return bad("a second FIN elsewhere");
        }
    } else if segment.has(flag::FIN) && after(me.max, end) {
        return bad("a FIN before data that was sent");
    }

    // What is acknowledged.
    if after(segment.ack, other.top) {
        return bad("an acknowledgment of what was never sent");
    }
    if after(me.acked, segment.ack) {
        return bad("an acknowledgment taken back");
    }
    let agreed = other.syn.shift.is_some();
    let edge = segment.ack.wrapping_add(me.window(segment, agreed));
    let grain = if agreed { 1u32 << me.syn.shift.unwrap_or(0).min(14) } else { 1 };
    if segment.window != 0 && after(me.promised, edge.wrapping_add(grain - 1)) {
        let by = me.promised.wrapping_sub(edge);
        return Err(format!("the window's edge taken back by {by} (RFC 9293, 3.8.6)"));
    }
    for (n, (left, right)) in segment.sack().iter().enumerate() {
        if !other.syn.sack || !me.syn.sack {
            return bad("SACK without agreement (RFC 2018, 2)");
        }
        if after(*right, other.top) {
            return bad("SACK of what was never sent");
        }
        // The first block may tell of a duplicate (RFC 2883, 4).
        if n > 0 && !after(*left, segment.ack) {
            return bad("SACK of what is acknowledged (RFC 2018, 4)");
        }
    }

    // What was agreed.
    let stamps = me.syn.timestamps && other.syn.timestamps;
    match (stamps, segment.timestamps()) {
        (true, None) => return bad("time stamps are missing (RFC 7323, 3.2)"),
        (false, Some(_)) => return bad("time stamps without agreement (RFC 7323, 3.2)"),
        // After weeks of silence nobody can tell what is older.
        (true, Some((value, _)))
            if me.stamp.is_some_and(|last| (1..1 << 30).contains(&last.wrapping_sub(value))) =>
        {
            return bad("a time stamp older than the last (RFC 7323, 4.1)");
        }
        _ => {}
    }
    let ecn = me.syn.ecn != 0 && other.syn.ecn != 0;
    if segment.ecn != 0 {
        if !ecn {
            return bad("ECN-capable without agreement (RFC 3168, 6.1.1)");
        }
        if len == 0 {
            return bad("an ECN-capable segment without data (RFC 3168, 6.1.4)");
        }
        if after(me.max, segment.seq) {
            return bad("an ECN-capable retransmission (RFC 3168, 6.1.5)");
        }
    }
    Ok(())
}

/// Bytes an option takes.
fn opt_len(option: &Opt) -> u32 {
    match option {
        Opt::Nop | Opt::End => 1,
        Opt::Mss(_) => 4,
        Opt::WindowScale(_) => 3,
        Opt::SackPermitted => 2,
        Opt::Sack(blocks) => 2 + 8 * blocks.len() as u32,
        Opt::Timestamps(..) => 10,
        Opt::Raw(bytes) => bytes.len() as u32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(flags: u16, seq: u32, ack: u32, len: usize) -> Segment {
        let payload = stream::bytes(1, seq.wrapping_sub(101), len);
        Segment { seq, ack, flags, window: 1000, payload, ..Segment::default() }
    }

    /// Ends 0 (ISN 100, judged) and 1 (ISN 500), shaken hands; end 1 takes 1000 bytes of at most 100.
    fn connected() -> Watch {
        let mut watch = Watch::of_host(1);
        let mut syn = segment(flag::SYN, 500, 0, 0);
        syn.options = vec![Opt::Mss(100)];
        watch.see(1, &syn).unwrap();
        let mut answer = segment(flag::SYN | flag::ACK, 100, 501, 0);
        answer.options = vec![Opt::Mss(1460)];
        watch.see(0, &answer).unwrap();
        watch.see(1, &segment(flag::ACK, 501, 101, 0)).unwrap();
        watch
    }

    #[test]
    fn what_is_within_the_rules_passes() {
        let mut watch = connected();
        for n in 0..10 {
            watch.see(0, &segment(flag::ACK, 101 + 100 * n, 501, 100)).unwrap();
        }
        // The probe of a window that is full, an acknowledgment, and the end.
        watch.see(0, &segment(flag::ACK, 1101, 501, 1)).unwrap();
        watch.see(1, &segment(flag::ACK | flag::FIN, 501, 1102, 0)).unwrap();
        watch.see(0, &segment(flag::ACK | flag::FIN, 1102, 502, 0)).unwrap();
        watch.see(0, &segment(flag::ACK | flag::FIN, 1102, 502, 0)).unwrap();
    }

    #[test]
    fn each_rule_is_held() {
        let refused = |segment: Segment| connected().see(0, &segment).is_err();
        assert!(!refused(segment(flag::ACK, 101, 501, 100)));
        assert!(refused(segment(flag::ACK, 101, 501, 101)), "larger than the MSS");
        assert!(refused(segment(flag::ACK, 111, 501, 90)), "a hole");
        assert!(refused(segment(flag::ACK, 101, 502, 0)), "never sent");
        assert!(refused(segment(flag::ACK, 101, 500, 0)), "taken back");
        let mut smaller = segment(flag::ACK, 101, 501, 0);
        smaller.window = 999;
        assert!(refused(smaller), "the window shrinks");
        let mut wrong = segment(flag::ACK, 101, 501, 9);
        wrong.payload[4] ^= 1;
        assert!(refused(wrong), "a wrong byte");
        for option in [Opt::Timestamps(1, 1), Opt::Sack(vec![(501, 502)])] {
            let mut extra = segment(flag::ACK, 101, 501, 0);
            extra.options = vec![option];
            assert!(refused(extra), "an option not agreed");
        }
        let mut capable = segment(flag::ACK, 101, 501, 9);
        capable.ecn = 2;
        assert!(refused(capable), "ECN not agreed");

        let mut watch = connected();
        for n in 0..10 {
            watch.see(0, &segment(flag::ACK, 101 + 100 * n, 501, 100)).unwrap();
        }
        assert!(watch.see(0, &segment(flag::ACK, 1101, 501, 2)).is_err(), "past the window");
        let mut watch = connected();
        watch.see(0, &segment(flag::ACK | flag::FIN, 101, 501, 0)).unwrap();
        assert!(watch.see(0, &segment(flag::ACK, 102, 501, 1)).is_err(), "behind the FIN");
    }

    #[test]
    fn an_answer_has_only_what_was_asked() {
        for option in [Opt::WindowScale(1), Opt::SackPermitted, Opt::Timestamps(1, 0)] {
            let mut watch = Watch::of_host(1);
            watch.see(1, &segment(flag::SYN, 500, 0, 0)).unwrap();
            let mut answer = segment(flag::SYN | flag::ACK, 100, 501, 0);
            answer.options = vec![Opt::Mss(1460), option];
            assert!(watch.see(0, &answer).is_err());
        }
    }
}
