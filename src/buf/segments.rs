// SPDX-License-Identifier: Apache-2.0
//! The send queue of a TCP connection: packets with one segment's payload each, and what the sender
//! knows of them.
//!
//! Called by: `transport::tcp` (records), `stack::tcp::tx` (packets). A packet stays in the queue
//! until its segment is acknowledged; while it is also in a driver's queue or waits for a neighbour,
//! its reference count tells so and nobody here touches its content.

use core::marker::PhantomData;
use core::ptr;

use bitflags::bitflags;

use super::{NetPkt, Pkt};
use crate::base::SeqNum;
use crate::wire::checksum::Sum;

bitflags! {
    /// What happened to a segment.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct SegFlags: u8 {
        /// It was sent at least once.
        const SENT = 1 << 0;
        /// The peer has it, out of order (RFC 2018).
        const SACKED = 1 << 1;
        /// Believed lost, and not sent again since.
        const LOST = 1 << 2;
        /// It was sent more than once.
        const RETRANSMITTED = 1 << 3;
        /// A FIN follows the payload.
        const FIN = 1 << 4;
        /// The end of what the application gave at once.
        const PSH = 1 << 5;
        /// The last byte is urgent (RFC 6093).
        const URG = 1 << 6;
        /// The sender had nothing more to send when it was sent.
        const APP_LIMITED = 1 << 7;
    }
}

/// What the sender knows of one segment. It lies in the packet's own scratch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct SegRecord {
    /// Sequence number of the first byte.
    pub seq: SeqNum,
    /// When it was sent last, in microseconds that wrap.
    pub sent_at: u32,
    /// Bytes of payload.
    pub len: u16,
    /// Folded sum of the payload.
    pub sum: u16,
    /// What happened to it.
    pub flags: SegFlags,
    /// How often it was sent.
    pub transmissions: u8,
}

impl SegRecord {
    /// Sequence numbers it takes: payload and FIN.
    #[inline]
    pub fn seq_len(&self) -> u32 {
        u32::from(self.len) + u32::from(self.flags.contains(SegFlags::FIN))
    }

    /// The sequence number behind it.
    #[inline]
    pub fn end(&self) -> SeqNum {
        self.seq + self.seq_len()
    }

    /// Was it sent, and is it neither believed lost nor known to have arrived?
    #[inline]
    pub fn is_in_flight(&self) -> bool {
        self.flags.intersection(SegFlags::SENT | SegFlags::SACKED | SegFlags::LOST)
            == SegFlags::SENT
    }
}

const _: () = assert!(size_of::<SegRecord>() <= size_of::<[u32; 4]>());

impl Pkt {
    /// What the sender knows of the segment whose payload this is. Arbitrary before it was set.
    #[inline]
    pub fn segment(&self) -> &SegRecord {
        // SAFETY: we hold a reference; the scratch is aligned, large enough, initialised with the
        // pool, and any bits make a record. Nobody else uses it while a packet is on its way out.
        unsafe { record(self.as_ptr()) }
    }

    /// The same, to be changed.
    #[inline]
    pub fn segment_mut(&mut self) -> &mut SegRecord {
        // SAFETY: as for `segment`, and `self` is borrowed mutably.
        unsafe { record(self.as_ptr()) }
    }
}

/// # Safety
/// `pkt` lives and its scratch is the caller's, as long as the result.
#[inline]
unsafe fn record<'a>(pkt: *mut NetPkt) -> &'a mut SegRecord {
    // SAFETY: as the caller vouches.
    unsafe { &mut *(&raw mut (*pkt).remote_addr).cast::<SegRecord>() }
}

/// The segments of a connection from the first unacknowledged one on, in sequence.
///
/// Linked through a member of the packet that no other queue uses.
pub struct SegQueue {
    first: *mut NetPkt,
    last: *mut NetPkt,
    /// The first that was never sent.
    unsent: *mut NetPkt,
}

// SAFETY: the queue owns one reference to each packet in it, and `Pkt` is `Send`.
unsafe impl Send for SegQueue {}

impl SegQueue {
    /// An empty queue.
    pub const fn new() -> Self {
        SegQueue { first: ptr::null_mut(), last: ptr::null_mut(), unsent: ptr::null_mut() }
    }

    /// Is nothing in it?
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.first.is_null()
    }

    /// Segments in it.
    #[inline]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Bytes of payload in it: they are in sequence, without gaps.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    pub fn bytes(&self) -> u32 {
        match (self.front(), self.back()) {
            (Some(first), Some(last)) => last.seq.since(first.seq) + u32::from(last.len),
            _ => 0,
        }
    }

    /// Is there a segment that was never sent?
    #[inline]
    pub fn has_unsent(&self) -> bool {
        !self.unsent.is_null()
    }

    /// Appends a segment that was never sent; its record is complete.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    pub fn push_back(&mut self, pkt: Pkt) {
        let raw = pkt.into_raw();
        // SAFETY: the queue owns the reference now, and those of all packets in it.
        unsafe {
            (*raw).next = ptr::null_mut();
            if self.last.is_null() {
                self.first = raw;
            } else {
                (*self.last).next = raw.cast();
            }
        }
        self.last = raw;
        if self.unsent.is_null() {
            self.unsent = raw;
        }
    }

    /// Takes the first segment out, sent or not.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    pub fn pop_front(&mut self) -> Option<Pkt> {
        let raw = self.first;
        if raw.is_null() {
            return None;
        }
        // SAFETY: the queue owns a reference to `raw` and hands it over.
        unsafe {
            let next = (*raw).next.cast::<NetPkt>();
            (*raw).next = ptr::null_mut();
            self.first = next;
            if next.is_null() {
                self.last = ptr::null_mut();
            }
            if self.unsent == raw {
                self.unsent = next;
            }
            Some(Pkt::from_raw(raw))
        }
    }

    /// The record of the first segment.
    #[inline]
    pub fn front(&self) -> Option<&SegRecord> {
        self.iter().next()
    }

    /// The record of the last segment.
    #[inline]
    pub fn back(&self) -> Option<&SegRecord> {
        // SAFETY: the queue owns the packet, and its record while the queue is borrowed.
        (!self.last.is_null()).then(|| unsafe { &*record(self.last) })
    }

    /// The records in sequence.
    #[inline]
    pub fn iter(&self) -> Iter<'_> {
        Iter { at: self.first, of: PhantomData }
    }

    /// The records in sequence, to be changed. Whoever changes a length or a sequence number breaks
    /// the queue's account.
    #[inline]
    pub fn iter_mut(&mut self) -> IterMut<'_> {
        IterMut { at: self.first, of: PhantomData }
    }

    /// The first segment that was never sent.
    #[inline]
    pub fn unsent(&mut self) -> Option<Held<'_>> {
        Held::new(self.unsent)
    }

    /// The record of the first segment that was never sent.
    #[inline]
    pub fn next_unsent(&self) -> Option<&SegRecord> {
        // SAFETY: the queue owns the packet, and its record while the queue is borrowed.
        (!self.unsent.is_null()).then(|| unsafe { &*record(self.unsent) })
    }

    /// The first segment of which `wanted` is true.
    #[inline]
    pub fn find(&mut self, mut wanted: impl FnMut(&SegRecord) -> bool) -> Option<Held<'_>> {
        let mut at = self.first;
        while !at.is_null() {
            // SAFETY: the queue owns the packet and its record.
            unsafe {
                if wanted(record(at)) {
                    return Held::new(at);
                }
                at = (*at).next.cast();
            }
        }
        None
    }

    /// The last segment.
    #[inline]
    pub fn last(&mut self) -> Option<Held<'_>> {
        Held::new(self.last)
    }

    /// The first never-sent segment has been sent now.
    #[inline]
    pub fn advance(&mut self) {
        if !self.unsent.is_null() {
            // SAFETY: the queue owns the packet.
            self.unsent = unsafe { (*self.unsent).next.cast() };
        }
    }

    /// Joins the payload of `pkt` to the last segment when that was never sent, has room, and is
    /// touched by nobody else; gives `pkt` back when not. `sum` is that of both payloads.
    pub fn join(&mut self, pkt: Pkt, sum: u16) -> Result<Pkt, Pkt> {
        if self.unsent.is_null() {
            return Err(pkt);
        }
        let added = *pkt.segment();
        // SAFETY: `last` is not null where `unsent` is not; the queue's handle is used for this call
        // only, the count is one.
        unsafe {
            if super::pkt::count_of(self.last).load(core::sync::atomic::Ordering::Acquire) != 1 {
                return Err(pkt);
            }
            let mut last = core::mem::ManuallyDrop::new(Pkt::from_raw(self.last));
            let len = usize::from(added.len);
            if !pkt.is_linear() || last.tailroom() < len || last.append(pkt.head()) != len {
                return Err(pkt);
            }
            let record = last.segment_mut();
            record.len += added.len;
            record.sum = sum;
            record.flags |= added.flags;
        }
        Ok(pkt)
    }

    /// Puts `pkt`, which holds the last segment's payload and more, in the place of the last segment,
    /// which was never sent. Its record is complete.
    pub fn replace_last(&mut self, pkt: Pkt) {
        let raw = pkt.into_raw();
        let old = self.last;
        if old.is_null() || self.unsent.is_null() {
            // SAFETY: the reference is ours still.
            return drop(unsafe { Pkt::from_raw(raw) });
        }
        // SAFETY: the queue owns its packets, and the new one now; the old one is given up.
        unsafe {
            let mut link = &raw mut self.first;
            while *link != old {
                link = (&raw mut (**link).next).cast();
            }
            *link = raw;
            (*raw).next = ptr::null_mut();
            if self.unsent == old {
                self.unsent = raw;
            }
            self.last = raw;
            drop(Pkt::from_raw(old));
        }
    }

    /// Drops the first `n` bytes of the first segment, which was never sent: the peer has them from a
    /// probe of its window.
    pub fn trim_front(&mut self, n: u16) {
        let Some(mut held) = Held::new(self.first) else { return };
        let record = *held.record();
        if record.flags.contains(SegFlags::SENT) || n >= record.len {
            return;
        }
        let Some(mut pkt) = held.send() else { return };
        if pkt.pull(usize::from(n)) {
            let sum = sum(&pkt);
            let record = held.record_mut();
            record.seq += u32::from(n);
            record.len -= n;
            record.sum = sum;
        }
    }

    /// Puts `rest`, the part of the segment `head` from `at` bytes on, behind it. Both records are
    /// adjusted by the caller except for lengths: the segment that was found keeps its first `at`
    /// bytes. False, and nothing changed, when there is no such segment or somebody holds it.
    pub fn split(&mut self, seq: SeqNum, at: u16, mut rest: Pkt) -> Option<Pkt> {
        let mut raw = self.first;
        // SAFETY: the queue owns its packets and their records; content is touched only while the
        // count is one.
        unsafe {
            while !raw.is_null() && record(raw).seq != seq {
                raw = (*raw).next.cast();
            }
            if raw.is_null()
                || super::pkt::count_of(raw).load(core::sync::atomic::Ordering::Acquire) != 1
            {
                return Some(rest);
            }
            let mut head = core::mem::ManuallyDrop::new(Pkt::from_raw(raw));
            let whole = *head.segment();
            if at == 0 || at >= whole.len || !head.truncate(usize::from(at)) {
                return Some(rest);
            }
            let both = SegFlags::FIN | SegFlags::PSH | SegFlags::URG;
            *head.segment_mut() =
                SegRecord { len: at, sum: sum(&head), flags: whole.flags - both, ..whole };
            *rest.segment_mut() = SegRecord {
                seq: whole.seq + u32::from(at),
                len: whole.len - at,
                sum: sum(&rest),
                ..whole
            };
            let rest = rest.into_raw();
            (*rest).next = (*raw).next;
            (*raw).next = rest.cast();
            if self.last == raw {
                self.last = rest;
            }
        }
        None
    }
}

impl Default for SegQueue {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for SegQueue {
    fn drop(&mut self) {
        while self.pop_front().is_some() {}
    }
}

/// The sum of a payload.
fn sum(pkt: &Pkt) -> u16 {
    pkt.fragments().fold(Sum::ZERO, Sum::then).fold()
}

/// A segment in its queue.
pub struct Held<'a> {
    raw: *mut NetPkt,
    of: PhantomData<&'a mut SegQueue>,
}

impl Held<'_> {
    #[inline]
    fn new<'a>(raw: *mut NetPkt) -> Option<Held<'a>> {
        (!raw.is_null()).then_some(Held { raw, of: PhantomData })
    }

    /// What is known of it.
    #[inline]
    pub fn record(&self) -> &SegRecord {
        // SAFETY: the queue, which is borrowed, owns the packet and its record.
        unsafe { record(self.raw) }
    }

    /// The same, to be changed.
    #[inline]
    pub fn record_mut(&mut self) -> &mut SegRecord {
        // SAFETY: as above, mutably.
        unsafe { record(self.raw) }
    }

    /// Is it still in somebody else's hands: a driver's, or waiting for a neighbour?
    #[inline]
    pub fn is_away(&self) -> bool {
        // SAFETY: the queue owns a reference.
        unsafe { super::pkt::count_of(self.raw) }.load(core::sync::atomic::Ordering::Acquire) != 1
    }

    /// The packet with nothing but the payload in it, to be sent; the queue keeps a reference.
    /// `None` while it is away.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    pub fn send(&mut self) -> Option<Pkt> {
        if self.is_away() {
            return None;
        }
        let payload = usize::from(self.record().len);
        // SAFETY: the count was one, so the handle returned is the only one that touches the
        // content until it is given up: the queue does so only while the count is one.
        unsafe {
            super::pkt::hold(self.raw);
            let mut pkt = Pkt::from_raw(self.raw);
            let headers = pkt.len().saturating_sub(payload);
            if headers != 0 {
                pkt.pull(headers);
            }
            Some(pkt)
        }
    }

    /// Copies the payload behind the content of `to`; false when it is away or does not fit.
    pub fn append_to(&mut self, to: &mut Pkt) -> bool {
        let Some(pkt) = self.send() else { return false };
        pkt.fragments().all(|piece| to.append(piece) == piece.len())
    }

    /// Reads the payload from `offset` on into `out`; `None` while the packet is away, for headers
    /// may then stand before it.
    pub fn copy_out(&mut self, offset: usize, out: &mut [u8]) -> Option<usize> {
        let pkt = self.send()?;
        Some(pkt.copy_out(offset, out))
    }
}

/// Iterator over the records of a queue.
pub struct Iter<'a> {
    at: *mut NetPkt,
    of: PhantomData<&'a SegQueue>,
}

impl<'a> Iterator for Iter<'a> {
    type Item = &'a SegRecord;

    #[inline]
    fn next(&mut self) -> Option<&'a SegRecord> {
        if self.at.is_null() {
            return None;
        }
        // SAFETY: the borrowed queue owns the packet and its record.
        unsafe {
            let item = record(self.at);
            self.at = (*self.at).next.cast();
            Some(item)
        }
    }
}

/// Iterator over the records of a queue, to be changed.
pub struct IterMut<'a> {
    at: *mut NetPkt,
    of: PhantomData<&'a mut SegQueue>,
}

impl<'a> Iterator for IterMut<'a> {
    type Item = &'a mut SegRecord;

    #[inline]
    fn next(&mut self) -> Option<&'a mut SegRecord> {
        if self.at.is_null() {
            return None;
        }
        // SAFETY: the mutably borrowed queue owns the packet and its record, and each comes once.
        unsafe {
            let item = record(self.at);
            self.at = (*self.at).next.cast();
            Some(item)
        }
    }
}
