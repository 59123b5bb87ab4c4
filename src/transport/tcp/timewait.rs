// SPDX-License-Identifier: Apache-2.0
//! Closed connections that are remembered (RFC 9293, 3.6.1; TIME-WAIT): a small record each, without
//! context or buffers.

#[cfg(CONFIG_ZNET_TCP_TIMESTAMPS)]
use super::Flags;
use super::segment::{Emit, Segment};
use super::{Now, Tcb};
use crate::base::hash::{HashIndex, buckets};
use crate::base::{Endpoint, SeqNum};
use crate::config;
use crate::wire::tcp::Control;

const RECORDS: usize = if config::NET_TCP_TIME_WAIT_DELAY == 0 || config::ZNET_TCP_TIME_WAIT == 0 {
    1
} else {
    config::ZNET_TCP_TIME_WAIT
};
const BUCKETS: usize = buckets(RECORDS);

/// How long, in milliseconds.
const DELAY: u32 = config::NET_TCP_TIME_WAIT_DELAY as u32;

#[derive(Clone, Copy)]
struct Record {
    local: Endpoint,
    remote: Endpoint,
    snd_nxt: SeqNum,
    rcv_nxt: SeqNum,
    #[cfg(CONFIG_ZNET_TCP_TIMESTAMPS)]
    ts_recent: Option<u32>,
    hash: u32,
    until: u32,
    window: u16,
    iface: u8,
    in_use: bool,
}

/// The records of one stack.
pub struct TimeWaits {
    records: [Record; RECORDS],
    index: HashIndex<BUCKETS, RECORDS>,
    /// None ends before this time.
    due: u32,
    len: u16,
}

/// What becomes of a segment for a remembered connection.
pub enum Answer {
    /// Send this, on that interface (0 is any).
    Send(Emit, u8),
    /// Nothing.
    Silence,
    /// It is a request for a new connection, which may take the place of the old one, and whose initial
    /// sequence number has to be beyond this one.
    Reopen(SeqNum),
}

impl TimeWaits {
    /// No records.
    pub const fn new() -> Self {
        const FREE: Record = Record {
            local: Endpoint::UNSPECIFIED,
            remote: Endpoint::UNSPECIFIED,
            snd_nxt: SeqNum::ZERO,
            rcv_nxt: SeqNum::ZERO,
            #[cfg(CONFIG_ZNET_TCP_TIMESTAMPS)]
            ts_recent: None,
            hash: 0,
            until: 0,
            window: 0,
            iface: 0,
            in_use: false,
        };
        TimeWaits { records: [FREE; RECORDS], index: HashIndex::new(), due: 0, len: 0 }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        usize::from(self.len)
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Remembers a connection; the oldest makes room when there is none.
    pub fn add(&mut self, now: Now, hash: u32, ends: (Endpoint, Endpoint), iface: u8, t: &Tcb) {
        if DELAY == 0 {
            return;
        }
        let age = |r: &Record| if r.in_use { r.until.wrapping_sub(now.ms) } else { 0 };
        let records = self.records.iter().enumerate();
        let Some((slot, _)) = records.min_by_key(|(_, record)| age(record)) else { return };
        self.remove(slot);
        let until = now.ms.wrapping_add(DELAY);
        let Some(record) = self.records.get_mut(slot) else { return };
        *record = Record {
            local: ends.0,
            remote: ends.1,
            snd_nxt: t.snd_nxt,
            rcv_nxt: t.rcv_nxt,
            #[cfg(CONFIG_ZNET_TCP_TIMESTAMPS)]
            ts_recent: t.flags.has(Flags::TIMESTAMPS).then_some(t.ts_recent.0),
            hash,
            until,
            window: (t.rcv_edge.since(t.rcv_nxt) >> t.own_shift()).min(0xffff) as u16,
            iface,
            in_use: true,
        };
        self.index.insert(hash, slot);
        if self.len == 0 {
            self.due = until;
        }
        self.len += 1;
    }

    /// When the first one ends, or before.
    pub fn due(&self) -> Option<u32> {
        (self.len != 0).then_some(self.due)
    }

    /// Forgets those whose time has come.
    pub fn expire(&mut self, now: Now) {
        if self.len == 0 || (self.due.wrapping_sub(now.ms) as i32) > 0 {
            return;
        }
        let mut next = now.ms.wrapping_add(DELAY);
        for slot in 0..RECORDS {
            let Some(record) = self.records.get(slot).filter(|r| r.in_use) else { continue };
            if record.until.wrapping_sub(now.ms) as i32 <= 0 {
                self.remove(slot);
            } else if (record.until.wrapping_sub(next) as i32) < 0 {
                next = record.until;
            }
        }
        self.due = next;
    }

    /// Is the pair of end points remembered?
    pub fn holds(&self, hash: u32, local: &Endpoint, remote: &Endpoint) -> bool {
        self.find(hash, local, remote).is_some()
    }

    /// Is the local end point of a remembered connection `local`? Its address may be unspecified.
    pub fn has_local(&self, local: &Endpoint) -> bool {
        self.records.iter().any(|r| {
            let any = local.addr.is_unspecified() || r.local.addr == local.addr;
            r.in_use && r.local.port == local.port && any
        })
    }

    fn find(&self, hash: u32, local: &Endpoint, remote: &Endpoint) -> Option<usize> {
        self.index.chain(hash).find(|&slot| {
            self.records.get(slot).is_some_and(|r| r.local == *local && r.remote == *remote)
        })
    }

    /// SEGMENT ARRIVES in TIME-WAIT (3.10.7.4); `None` when the pair is not remembered.
    pub fn input(
        &mut self,
        now: Now,
        hash: u32,
        local: &Endpoint,
        remote: &Endpoint,
        s: &Segment,
    ) -> Option<Answer> {
        if self.len == 0 {
            return None;
        }
        let slot = self.find(hash, local, remote)?;
        let record = self.records.get_mut(slot)?;
        // RFC 1337: a reset does not end TIME-WAIT early.
        if s.has(Control::RST) {
            return Some(Answer::Silence);
        }
        // RFC 9293, 3.10.7.4 (fourth) and RFC 6191: a new connection may begin when its sequence
        // numbers, or its time stamp, can't be taken for the old one's.
        if s.has(Control::SYN) && !s.has(Control::ACK) {
            let beyond = s.seq.gt(record.rcv_nxt);
            #[cfg(CONFIG_ZNET_TCP_TIMESTAMPS)]
            let beyond = match (record.ts_recent, s.options.stamps()) {
                (Some(old), Some(new)) => {
                    let ahead = new.value.wrapping_sub(old) as i32;
                    ahead > 0 || (ahead == 0 && beyond)
                }
                (Some(_), None) => beyond,
                (None, Some(_)) => true,
                (None, None) => beyond,
            };
            if beyond {
                let floor = record.snd_nxt;
                self.remove(slot);
                return Some(Answer::Reopen(floor));
            }
        }
        // A FIN again: our last acknowledgement was lost. The time begins anew.
        if s.has(Control::FIN) && s.end() == record.rcv_nxt {
            record.until = now.ms.wrapping_add(DELAY);
        } else if s.seq_len() == 0 && s.seq == record.rcv_nxt {
            return Some(Answer::Silence);
        }
        let mut emit = Emit::bare(record.snd_nxt, record.rcv_nxt, Control::ACK);
        emit.window = record.window;
        #[cfg(CONFIG_ZNET_TCP_TIMESTAMPS)]
        if let Some(echo) = record.ts_recent {
            emit.options.stamp(now.ms, echo);
        }
        Some(Answer::Send(emit, record.iface))
    }

    fn remove(&mut self, slot: usize) {
        if let Some(record) = self.records.get_mut(slot)
            && record.in_use
        {
            record.in_use = false;
            self.index.remove(record.hash, slot);
            self.len -= 1;
        }
    }
}

impl Default for TimeWaits {
    fn default() -> Self {
        Self::new()
    }
}
