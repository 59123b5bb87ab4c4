// SPDX-License-Identifier: Apache-2.0
//! Packets and their cursor against a model: a vector of bytes.

use znet::buf::{NO_WAIT, Pkt, Pools};

use crate::input::Input;

thread_local! {
    static POOLS: &'static Pools = Box::leak(Box::new(Pools::new()));
}

/// Most bytes one operation writes.
const MAX: usize = 600;

/// Each byte of the input chooses an operation, the next ones its arguments.
pub fn run(data: &[u8]) {
    let pools = POOLS.with(|pools| *pools);
    let mut input = Input::new(data);
    let headroom = usize::from(input.byte() % 64);
    let room = usize::from(input.word()) % 2000;
    if let Some(pkt) = pools.alloc_tx(headroom, room, NO_WAIT) {
        let mut subject = Subject { pkt, model: Vec::new() };
        while !input.is_empty() {
            subject.operate(&mut input, pools);
            subject.compare();
        }
    }
    assert!(pools.all_free(), "{:?} of {:?} is free", pools.free(), Pools::capacity());
}

struct Subject {
    pkt: Pkt,
    model: Vec<u8>,
}

impl Subject {
    fn operate(&mut self, input: &mut Input<'_>, pools: &'static Pools) {
        let (pkt, model) = (&mut self.pkt, &mut self.model);
        let len = model.len();
        let operation = input.byte() % 16;
        let n = usize::from(input.word()) % (MAX + len);
        match operation {
            0 => {
                let data = input.take(n % MAX);
                let fitted = pkt.append(data);
                model.extend(&data[..fitted]);
            }
            1 => {
                let pulled = pkt.pull(n);
                assert_eq!(pulled, n <= len);
                model.drain(..if pulled { n } else { 0 });
            }
            2 => {
                let n = n % 80;
                let fits = n <= pkt.headroom() && pkt.fragments().next().is_some();
                let pushed = pkt.push(n);
                assert_eq!(pushed.is_some(), fits);
                if let Some(bytes) = pushed {
                    bytes.fill(0xab);
                    model.splice(..0, vec![0xab; n]);
                }
            }
            3 => {
                if let Some(bytes) = pkt.prepend(n % 80, 14) {
                    bytes.fill(0xcd);
                    let n = bytes.len();
                    model.splice(..0, vec![0xcd; n]);
                }
            }
            4 => {
                let cut = pkt.truncate(n);
                assert_eq!(cut, n <= len);
                model.truncate(if cut { n } else { len });
            }
            5 => {
                let data = input.short();
                let written = pkt.copy_in(n, data);
                assert_eq!(written, n + data.len() <= len);
                if written {
                    model[n..n + data.len()].copy_from_slice(data);
                }
            }
            6 => {
                let mut out = vec![0; usize::from(input.word()) % MAX];
                let got = pkt.copy_out(n, &mut out);
                let there = model.get(n..).unwrap_or(&[]);
                assert_eq!(out[..got], there[..out.len().min(there.len())]);
            }
            7 => {
                // Gathers what may lack memory; content stays.
                pkt.pull_up(n);
            }
            8 => self.overwrite(input, n),
            9 => self.read(input, n),
            10 => {
                let cut = pkt.update_length(n).is_ok();
                assert_eq!(cut, n <= len);
                model.truncate(if cut { n } else { len });
            }
            11 => pkt.trim().expect("nobody shares it"),
            12 => self.remove(input, n),
            13 => self.grow(input, n),
            14 => self.share(n),
            _ => self.copy(input, n, pools),
        }
    }

    /// Puts the cursor at `n`, or as far as there is content; says whether it got there.
    fn seek(&mut self, n: usize) -> bool {
        self.pkt.cursor_init();
        self.pkt.set_overwrite(true);
        let there = self.pkt.skip(n).is_ok();
        assert_eq!(there, n <= self.model.len());
        if there && n < self.model.len() {
            assert_eq!(self.pkt.cursor_offset(), n);
            assert_eq!(self.pkt.remaining(), self.model.len() - n);
            let piece = self.pkt.contiguous();
            assert!(piece > 0 && piece <= self.model.len() - n);
        }
        there
    }

    fn overwrite(&mut self, input: &mut Input<'_>, n: usize) {
        let data = input.short();
        if self.seek(n) {
            let fits = data.len().min(self.model.len() - n);
            let written = self.pkt.write(data);
            assert_eq!(written.is_ok(), fits == data.len());
            self.model[n..n + fits].copy_from_slice(&data[..fits]);
        }
    }

    fn read(&mut self, input: &mut Input<'_>, n: usize) {
        let mut out = vec![0; usize::from(input.word()) % MAX];
        if self.seek(n) {
            let there = &self.model[n..];
            let read = self.pkt.read(&mut out);
            assert_eq!(read.is_ok(), out.len() <= there.len());
            let got = out.len().min(there.len());
            assert_eq!(out[..got], there[..got]);
        }
    }

    fn remove(&mut self, input: &mut Input<'_>, n: usize) {
        let count = usize::from(input.byte());
        if self.seek(n) {
            let there = count.min(self.model.len() - n);
            let removed = self.pkt.pull_at_cursor(count);
            assert_eq!(removed.is_ok(), there == count);
            self.model.drain(n..n + there);
        }
    }

    /// Writes in growing mode. Over content that lengthens it by what it does not replace in a way
    /// only Zephyr could like: there the model follows, and bounds are all that is checked.
    fn grow(&mut self, input: &mut Input<'_>, n: usize) {
        let data = input.short();
        let empty = self.model.is_empty();
        if !empty && !self.seek(n) {
            return;
        }
        if empty {
            self.pkt.cursor_init();
        }
        self.pkt.set_overwrite(false);
        let written = self.pkt.write(data);
        let bytes: Vec<u8> = self.pkt.fragments().flatten().copied().collect();
        if empty {
            assert!(data.starts_with(&bytes));
            assert_eq!(written.is_ok(), bytes.len() == data.len());
        }
        assert!(bytes.len() <= self.model.len() + data.len());
        self.model = bytes;
    }

    /// While a clone shares the content, nothing changes it.
    fn share(&mut self, n: usize) {
        let Some(clone) = self.pkt.shallow_clone(NO_WAIT) else { return };
        if !self.model.is_empty() {
            assert_eq!(self.pkt.append(&[1, 2, 3]), 0);
            assert!(self.pkt.push(1).is_none());
            assert!(!self.pkt.pull(1.min(n)) || n == 0);
            assert!(self.pkt.write(&[1]).is_err() && self.pkt.trim().is_err());
        }
        assert!(holds(&clone, &self.model));
        drop(clone);
    }

    /// A deep clone, and a copy by cursor, hold the same bytes and are free to change.
    fn copy(&mut self, input: &mut Input<'_>, n: usize, pools: &'static Pools) {
        if let Some(mut clone) = self.pkt.deep_clone(NO_WAIT) {
            assert!(holds(&clone, &self.model));
            if let Some(first) = clone.head_mut().and_then(|head| head.first_mut()) {
                *first ^= 0xff;
            }
        }
        let count = usize::from(input.word()) % MAX;
        let Some(mut target) = pools.alloc_tx(0, count, NO_WAIT) else { return };
        if self.seek(n) {
            target.cursor_init();
            target.set_overwrite(false);
            let there = count.min(self.model.len() - n);
            let copied = target.copy_from(&mut self.pkt, count);
            assert_eq!(copied.is_ok(), there == count);
            assert!(holds(&target, &self.model[n..n + there]));
        }
    }

    fn compare(&self) {
        assert_eq!(self.pkt.len(), self.model.len());
        assert!(holds(&self.pkt, &self.model), "content differs");
        assert_eq!(self.pkt.is_empty(), self.model.is_empty());
    }
}

/// True when the packet's content is `bytes`.
fn holds(pkt: &Pkt, bytes: &[u8]) -> bool {
    let rest = pkt.fragments().try_fold(bytes, |rest, piece| rest.strip_prefix(piece));
    rest.is_some_and(<[u8]>::is_empty)
}
