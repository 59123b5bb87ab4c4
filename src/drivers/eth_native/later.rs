// SPDX-License-Identifier: Apache-2.0
//! Frames that are to be sent at a given time (`SCM_TXTIME`, `ETHERNET_TXTIME`) wait here, by the clock of their device.

use super::clock;
use crate::base::{Error, Result};
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::vec::Vec;

/// So many wait at most.
const WAITING: usize = 256;
/// The thread looks at its clock again after so long, should somebody move it.
const LOOK: Duration = Duration::from_millis(50);

/// Copies of frames, so that no buffer is held up, in the order of their times, equal ones in the order they came.
#[derive(Debug)]
pub struct Later {
    waiting: Mutex<VecDeque<(u64, Vec<u8>)>>,
    news: Condvar,
}

impl Later {
    /// Nothing waits.
    pub const fn new() -> Self {
        Later { waiting: Mutex::new(VecDeque::new()), news: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<(u64, Vec<u8>)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps `frame` until `time` in nanoseconds.
    ///
    /// # Errors
    /// [`Error::NoBufs`] when as many wait as may.
    pub fn keep(&self, time: u64, frame: Vec<u8>) -> Result<()> {
        let mut waiting = self.lock();
        if waiting.len() >= WAITING {
            return Err(Error::NoBufs);
        }
        let place = waiting.partition_point(|(earlier, _)| *earlier <= time);
        waiting.insert(place, (time, frame));
        self.news.notify_one();
        Ok(())
    }

    /// Waits for the next frame whose time has come by the clock of interface `index`.
    pub fn next(&self, index: usize) -> Option<Vec<u8>> {
        let mut waiting = self.lock();
        loop {
            let left = match waiting.front() {
                Some(&(time, _)) => Some(clock::of(index)?.until(clock::host(), time)),
                None => None,
            };
            waiting = match left {
                Some(0) => return waiting.pop_front().map(|(_, frame)| frame),
                Some(left) => {
                    let wait = Duration::from_nanos(left).min(LOOK);
                    self.news.wait_timeout(waiting, wait).unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.news.wait(waiting).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// Drops what waits.
    pub fn clear(&self) {
        self.lock().clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_go_in_the_order_of_their_times() {
        let later = Later::new();
        for (time, frame) in [(3, 1), (1, 2), (3, 3), (2, 4)] {
            later.keep(time, Vec::from([frame])).expect("room");
        }
        // All these times are long past by any clock.
        let order: Vec<_> = (0..4).map_while(|_| later.next(0)).flatten().collect();
        assert_eq!(order, [2, 4, 1, 3]);
    }

    #[test]
    fn a_frame_waits_for_its_time_and_not_for_others() {
        let later = Later::new();
        let now = clock::of(0).expect("there is one").at(clock::host());
        let soon = now + 20_000_000;
        later.keep(now + 3_600_000_000_000, Vec::from([1])).expect("room");
        later.keep(soon, Vec::from([2])).expect("room");
        assert_eq!(later.next(0), Some(Vec::from([2])));
        assert!(clock::of(0).expect("there is one").at(clock::host()) >= soon);
    }

    #[test]
    fn no_more_wait_than_may() {
        let later = Later::new();
        for _ in 0..WAITING {
            later.keep(u64::MAX, Vec::new()).expect("room");
        }
        assert_eq!(later.keep(0, Vec::new()), Err(Error::NoBufs));
        later.clear();
        assert_eq!(later.keep(0, Vec::new()), Ok(()));
    }
}
