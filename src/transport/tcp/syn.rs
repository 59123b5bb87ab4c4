// SPDX-License-Identifier: Apache-2.0
//! Handshakes of incoming connections (RFC 9293, 3.10.7.2, and SYN-RECEIVED of 3.10.7.4).
//!
//! A connection request takes a small record here and nothing else; a context it gets when the
//! handshake is complete. When the records run out under a flood the oldest makes room, or, with
//! CONFIG_ZNET_TCP_SYN_COOKIES, the sequence number of the answer holds all that is needed to
//! recognise the peer's acknowledgement (RFC 4987, 3.6).

use super::Now;
use super::isn::Secret;
use super::segment::{Emit, Segment};
use super::state::{DEFAULT_MSS, Flags, Tcb};
use crate::base::hash::{HashIndex, buckets};
use crate::base::{Endpoint, SeqNum};
use crate::config;
use crate::wire::tcp::{Control, Options};

const RECORDS: usize =
    if config::ZNET_TCP_SYN_RECEIVED == 0 { 1 } else { config::ZNET_TCP_SYN_RECEIVED };
const BUCKETS: usize = buckets(RECORDS);

/// First time-out of an answer, in milliseconds, and how often it is repeated.
const TIMEOUT: u32 = config::NET_TCP_INIT_RETRANSMISSION_TIMEOUT as u32;
const TRIES: u8 =
    if config::NET_TCP_RETRY_COUNT < 5 { config::NET_TCP_RETRY_COUNT as u8 } else { 5 };

/// What is known of a peer that asked for a connection.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// Its and our end points.
    pub local: Endpoint,
    /// Where the request came from.
    pub remote: Endpoint,
    /// The peer's initial sequence number.
    pub irs: SeqNum,
    /// Ours.
    pub iss: SeqNum,
    /// Hash of the end points.
    pub hash: u32,
    /// The listener's slot.
    pub listener: u16,
    /// Interface by index.
    pub iface: u8,
    /// Largest segment the peer takes.
    pub mss: u16,
    /// The window we offered.
    pub window: u16,
    /// SCALE, SACK, TIMESTAMPS and ECN, as agreed.
    pub flags: Flags,
    /// Shift of the peer's windows.
    pub shift: u8,
    /// The peer's time stamp.
    pub ts_recent: u32,
    /// When we answered last, in microseconds.
    pub sent_at: u32,
    /// How often we answered.
    pub tries: u8,
}

#[derive(Clone, Copy)]
struct Record {
    request: Request,
    /// When the answer is repeated, in milliseconds.
    at: u32,
    in_use: bool,
}

/// The handshakes of one stack.
pub struct Syns {
    records: [Record; RECORDS],
    index: HashIndex<BUCKETS, RECORDS>,
    /// None is due before this time.
    due: u32,
    len: u16,
    /// When the last cookie was given out, if any was.
    #[cfg(CONFIG_ZNET_TCP_SYN_COOKIES)]
    cookie_at: Option<u32>,
}

/// What becomes of a segment for a handshake.
pub enum Answer {
    /// Answer the request again.
    Again(Request),
    /// Send this, by that interface.
    Send(Emit, u8),
    /// As above, within the limit for challenges.
    Challenge(Emit, u8),
    /// Nothing.
    Silence,
    /// The handshake is complete. The record stays where it is until it is [taken out](Syns::remove).
    Complete(Request, u16),
}

impl Request {
    /// From a SYN, as the listener `t` answers it.
    pub fn new(
        s: &Segment,
        ends: (Endpoint, Endpoint),
        hash: u32,
        iface: u8,
        listener: usize,
        t: &Tcb,
    ) -> Request {
        let o = &s.options;
        let mut flags = Flags::empty();
        flags.set(Flags::SCALE, cfg!(CONFIG_ZNET_TCP_WINDOW_SCALE) && o.window_scale.is_some());
        flags.set(Flags::SACK, cfg!(CONFIG_ZNET_TCP_SACK) && o.sack_permitted);
        let stamps = cfg!(CONFIG_ZNET_TCP_TIMESTAMPS) && o.stamps().is_some();
        flags.set(Flags::TIMESTAMPS, stamps);
        let ecn = Control::ECE | Control::CWR;
        flags.set(Flags::ECN, cfg!(CONFIG_ZNET_TCP_ECN) && s.control.contains(ecn));
        Request {
            local: ends.0,
            remote: ends.1,
            irs: s.seq,
            iss: SeqNum::ZERO,
            hash,
            listener: listener as u16,
            iface,
            mss: o.mss.unwrap_or(DEFAULT_MSS),
            window: super::window::first_limit(t).min(0xffff) as u16,
            flags,
            shift: o.window_scale.unwrap_or(0),
            ts_recent: o.stamps().map_or(0, |ts| ts.value),
            sent_at: 0,
            tries: 0,
        }
    }

    /// The SYN and ACK; `mss` is what we take.
    pub fn answer(&self, now: Now, mss: u16) -> Emit {
        let mut control = Control::SYN | Control::ACK;
        if self.flags.has(Flags::ECN) {
            control |= Control::ECE;
        }
        let mut emit = Emit::bare(self.iss, self.irs + 1, control);
        emit.window = self.window;
        emit.options = Options {
            mss: Some(mss),
            window_scale: self.flags.has(Flags::SCALE).then_some(Tcb::SHIFT),
            sack_permitted: self.flags.has(Flags::SACK),
            ..Options::NONE
        };
        if self.flags.has(Flags::TIMESTAMPS) {
            emit.options.stamp(now.ms, self.ts_recent);
        }
        emit
    }

    /// An acknowledgement of the SYN alone, which has what was agreed: a scaled window, a time stamp.
    fn challenge(&self, now: Now) -> Emit {
        let mut emit = Emit::bare(self.iss + 1, self.irs + 1, Control::ACK);
        let shift = if self.flags.has(Flags::SCALE) { Tcb::SHIFT } else { 0 };
        emit.window = self.window >> shift;
        if self.flags.has(Flags::TIMESTAMPS) {
            emit.options.stamp(now.ms, self.ts_recent);
        }
        emit
    }

    /// Fills the block of the new connection.
    pub fn open(&self, t: &mut Tcb, now: Now) {
        t.flags |= self.flags;
        t.snd_una = self.iss + 1;
        t.snd_nxt = t.snd_una;
        t.snd_small = t.snd_una;
        t.rcv_nxt = self.irs + 1;
        t.rcv_acked = t.rcv_nxt;
        t.rcv_edge = t.rcv_nxt + u32::from(self.window);
        t.peer_mss = self.mss;
        t.heard_at = now.ms;
        #[cfg(CONFIG_ZNET_TCP_WINDOW_SCALE)]
        if self.flags.has(Flags::SCALE) {
            t.shifts = (self.shift, Tcb::SHIFT);
        }
        #[cfg(CONFIG_ZNET_TCP_TIMESTAMPS)]
        {
            t.ts_recent = (self.ts_recent, now.ms);
        }
        t.flags.insert(Flags::WAS_OPEN);
        let mss = t.mss();
        t.delivery.set_mss(mss);
        t.delivery.on_established(now.us, Some(self.sent_at), self.tries);
    }
}

impl Syns {
    /// No handshakes.
    pub const fn new() -> Self {
        const FREE: Record = Record {
            request: Request {
                local: Endpoint::UNSPECIFIED,
                remote: Endpoint::UNSPECIFIED,
                irs: SeqNum::ZERO,
                iss: SeqNum::ZERO,
                hash: 0,
                listener: 0,
                iface: 0,
                mss: 0,
                window: 0,
                flags: Flags::empty(),
                shift: 0,
                ts_recent: 0,
                sent_at: 0,
                tries: 0,
            },
            at: 0,
            in_use: false,
        };
        Syns {
            records: [FREE; RECORDS],
            index: HashIndex::new(),
            due: 0,
            len: 0,
            #[cfg(CONFIG_ZNET_TCP_SYN_COOKIES)]
            cookie_at: None,
        }
    }

    /// Handshakes under way.
    pub fn len(&self) -> usize {
        usize::from(self.len)
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Handshakes under way at a listener.
    pub fn of_listener(&self, listener: usize) -> usize {
        let at = |r: &&Record| r.in_use && usize::from(r.request.listener) == listener;
        self.records.iter().filter(at).count()
    }

    /// Takes a request up. The answer's sequence number is a cookie when there is no record for it.
    pub fn add(&mut self, now: Now, secret: &Secret, mut request: Request, isn: SeqNum) -> Request {
        request.iss = isn;
        request.sent_at = now.us;
        request.tries = 1;
        let slot = match self.records.iter().position(|record| !record.in_use) {
            Some(slot) => slot,
            None => {
                #[cfg(CONFIG_ZNET_TCP_SYN_COOKIES)]
                {
                    self.cookie_at = Some(now.ms);
                    return cookie::bake(secret, request, now);
                }
                #[cfg(not(CONFIG_ZNET_TCP_SYN_COOKIES))]
                {
                    let age = |r: &Record| now.us.wrapping_sub(r.request.sent_at);
                    let records = self.records.iter().enumerate();
                    let oldest = records.max_by_key(|(_, record)| age(record));
                    let slot = oldest.map_or(0, |(slot, _)| slot);
                    self.remove(slot);
                    slot
                }
            }
        };
        let _ = secret;
        let at = now.ms.wrapping_add(TIMEOUT);
        if let Some(record) = self.records.get_mut(slot) {
            *record = Record { request, at, in_use: true };
        }
        self.index.insert(request.hash, slot);
        self.note_due(at);
        self.len += 1;
        request
    }

    /// SEGMENT ARRIVES for a pair of end points in SYN-RECEIVED (3.10.7.4); `None` when there is no
    /// handshake between them.
    pub fn input(
        &mut self,
        now: Now,
        hash: u32,
        (local, remote): (&Endpoint, &Endpoint),
        s: &Segment,
    ) -> Option<Answer> {
        if self.len == 0 {
            return None;
        }
        let slot = self.index.chain(hash).find(|&slot| {
            let request = self.records.get(slot).map(|r| &r.request);
            request.is_some_and(|r| r.local == *local && r.remote == *remote)
        })?;
        let record = self.records.get_mut(slot)?;
        let request = &mut record.request;
        let next = request.irs + 1;
        // The request again: our answer was lost.
        if s.has(Control::SYN) && s.seq == request.irs && !s.has(Control::RST | Control::ACK) {
            request.tries = request.tries.saturating_add(1);
            return Some(Answer::Again(*request));
        }
        // First, the sequence number.
        let window = u32::from(request.window);
        let challenge =
            |request: &Request| Answer::Challenge(request.challenge(now), request.iface);
        let inside = s.seq.is_in(next, window.max(1))
            || (s.seq_len() != 0 && (s.end() - 1).is_in(next, window.max(1)));
        if !inside {
            let silent = s.has(Control::RST);
            return Some(if silent { Answer::Silence } else { challenge(request) });
        }
        // Second, the RST bit; a listener returns to what it did (RFC 5961, 3).
        if s.has(Control::RST) {
            if s.seq != next {
                return Some(challenge(request));
            }
            self.remove(slot);
            return Some(Answer::Silence);
        }
        // Fourth, the SYN bit (RFC 5961, 4).
        if s.has(Control::SYN) {
            return Some(challenge(request));
        }
        // Fifth, the ACK field.
        if !s.has(Control::ACK) {
            return Some(Answer::Silence);
        }
        if s.ack != request.iss + 1 {
            return Emit::reset_for(s).map(|emit| Answer::Send(emit, request.iface));
        }
        // RFC 7323, 5.2.
        if request.flags.has(Flags::TIMESTAMPS)
            && s.options
                .stamps()
                .is_some_and(|ts| (ts.value.wrapping_sub(request.ts_recent) as i32) < 0)
        {
            return Some(challenge(request));
        }
        Some(Answer::Complete(*request, slot as u16))
    }

    /// Ends every handshake at a listener.
    pub fn forget_listener(&mut self, listener: usize) {
        for slot in 0..RECORDS {
            let at = |r: &Record| r.in_use && usize::from(r.request.listener) == listener;
            if self.records.get(slot).is_some_and(at) {
                self.remove(slot);
            }
        }
    }

    /// The request that a segment acknowledges the cookie of, when cookies were given out lately.
    #[cfg(CONFIG_ZNET_TCP_SYN_COOKIES)]
    pub fn check_cookie(
        &self,
        now: Now,
        secret: &Secret,
        r: Request,
        s: &Segment,
    ) -> Option<Request> {
        let at = self.cookie_at?;
        if now.ms.wrapping_sub(at) > cookie::LIFETIME || !s.has(Control::ACK) {
            return None;
        }
        cookie::check(secret, r, s, now)
    }

    /// When the first answer is to be repeated, or before.
    pub fn due(&self) -> Option<u32> {
        (self.len != 0).then_some(self.due)
    }

    /// A request whose answer is to be repeated now. Those that were answered often enough are
    /// forgotten.
    pub fn next_due(&mut self, now: Now) -> Option<Request> {
        if self.len == 0 || (self.due.wrapping_sub(now.ms) as i32) > 0 {
            return None;
        }
        let mut next = None;
        for slot in 0..RECORDS {
            let Some(record) = self.records.get_mut(slot).filter(|r| r.in_use) else { continue };
            if record.at.wrapping_sub(now.ms) as i32 <= 0 {
                if record.request.tries > TRIES {
                    self.remove(slot);
                    continue;
                }
                record.at = now.ms.wrapping_add(TIMEOUT << record.request.tries.min(8));
                record.request.tries += 1;
                return Some(record.request);
            }
            let sooner = |at: u32| (record.at.wrapping_sub(at) as i32) < 0;
            if next.is_none_or(sooner) {
                next = Some(record.at);
            }
        }
        if let Some(at) = next {
            self.due = at;
        }
        None
    }

    fn note_due(&mut self, at: u32) {
        if self.len == 0 || (at.wrapping_sub(self.due) as i32) < 0 {
            self.due = at;
        }
    }

    /// Ends a handshake, completed or not.
    pub fn remove(&mut self, slot: usize) {
        if let Some(record) = self.records.get_mut(slot)
            && record.in_use
        {
            record.in_use = false;
            let hash = record.request.hash;
            self.index.remove(hash, slot);
            self.len -= 1;
        }
    }
}

impl Default for Syns {
    fn default() -> Self {
        Self::new()
    }
}

/// SYN cookies: five bits of time, three of segment size, twenty-four of hash.
#[cfg(CONFIG_ZNET_TCP_SYN_COOKIES)]
mod cookie {
    use super::{Flags, Now, Request, Secret, Segment};
    use crate::base::SeqNum;

    /// The segment sizes a cookie tells apart.
    const SIZES: [u16; 8] = [216, 536, 768, 996, 1220, 1380, 1440, 1460];
    /// Milliseconds of one count of its time, as a shift.
    const COUNT: u32 = 16;
    /// A cookie is good for two counts at most.
    pub(super) const LIFETIME: u32 = 2 << COUNT;

    /// Gives the request a cookie for its sequence number. What a cookie can't hold is not agreed on.
    pub(super) fn bake(secret: &Secret, mut r: Request, now: Now) -> Request {
        let size = SIZES.iter().rposition(|&size| size <= r.mss).unwrap_or(0);
        r.iss = value(secret, &r, now.ms >> COUNT, size as u32);
        strip(&mut r);
        r
    }

    /// The request a segment acknowledges the cookie of.
    pub(super) fn check(secret: &Secret, mut r: Request, s: &Segment, now: Now) -> Option<Request> {
        r.irs = s.seq - 1;
        r.iss = s.ack - 1;
        let size = r.iss.0 >> 24 & 7;
        let count = now.ms >> COUNT;
        let fits = |age: u32| value(secret, &r, count.wrapping_sub(age), size) == r.iss;
        if !(fits(0) || fits(1)) {
            return None;
        }
        r.mss = SIZES.get(size as usize).copied()?;
        strip(&mut r);
        // The round trip can't be told.
        r.sent_at = now.us;
        r.tries = 2;
        Some(r)
    }

    fn strip(r: &mut Request) {
        r.flags = Flags::empty();
        r.shift = 0;
    }

    fn value(secret: &Secret, r: &Request, count: u32, size: u32) -> SeqNum {
        let salt = r.irs.0.wrapping_add(count.wrapping_mul(0x9e37_79b1)) ^ size.rotate_right(3);
        let hash = secret.hash(&r.local, &r.remote, salt ^ 0x5eed_c00c);
        SeqNum((count & 31) << 27 | size << 24 | hash >> 8)
    }
}
