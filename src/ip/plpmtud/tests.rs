// SPDX-License-Identifier: Apache-2.0
//! Every transition of RFC 8899, 5.2, figure 5, and every row of 4.6.2.

use super::*;

const LIMITS: Limits = Limits { min: 556, base: 1200, max: 1480 };

/// A search on a path that carries so much, and the time.
struct Path {
    search: Search,
    now: Instant,
    carries: u16,
    /// Whether what is too big is answered by a router.
    told: bool,
    sent: u32,
}

impl Path {
    fn new(carries: u16) -> Path {
        let now = Instant::from_millis(1_000);
        Path { search: Search::new(LIMITS), now, carries, told: false, sent: 0 }
    }

    /// Lets time pass until then, with probes as they are due.
    fn run(&mut self, seconds: u64) {
        let end = self.now + Duration::from_secs(seconds);
        loop {
            while let Some(size) = self.search.due(self.now) {
                self.search.sent(self.now, size);
                self.sent += 1;
                if size <= self.carries {
                    self.search.confirmed(self.now, size);
                } else if self.told {
                    self.search.too_big(self.now, self.carries, size);
                }
            }
            let next = self.search.deadline();
            if next > end {
                break;
            }
            assert!(next > self.now, "time stands still");
            self.now = next;
        }
        self.now = end;
    }

    fn at(&self) -> (State, u16) {
        (self.search.state(), self.search.plpmtu())
    }
}

fn complete(carries: u16) -> Path {
    let mut path = Path::new(carries);
    path.run(400);
    assert_eq!(path.search.state(), State::Complete);
    path
}

#[test]
fn base_searching_complete_on_a_whole_link() {
    let mut search = Search::new(LIMITS);
    let now = Instant::from_millis(5);
    assert_eq!((search.state(), search.plpmtu(), search.due(now)), (State::Base, 1200, Some(1200)));
    search.sent(now, 1200);
    assert_eq!(search.due(now), None);
    search.confirmed(now, 1200);
    assert_eq!((search.state(), search.due(now)), (State::Searching, Some(1480)));
    search.sent(now, 1480);
    search.confirmed(now, 1480);
    assert_eq!((search.state(), search.plpmtu(), search.due(now)), (State::Complete, 1480, None));
}

#[test]
fn the_search_ends_close_below_what_passes() {
    for carries in (1200..=1480).step_by(7) {
        for told in [false, true] {
            let mut path = Path::new(carries);
            path.told = told;
            path.run(400);
            let (state, plpmtu) = path.at();
            assert_eq!(state, State::Complete);
            assert!(plpmtu <= carries && carries - plpmtu <= STEP, "{plpmtu} of {carries}");
            assert!(
                !told || (plpmtu, path.sent <= 16) == (carries, true),
                "a hint is exact and quick"
            );
        }
    }
}

#[test]
fn probes_are_given_up_after_three_and_their_timer() {
    let mut path = Path::new(0);
    path.run(44);
    assert_eq!((path.at(), path.sent), ((State::Base, 1200), 3));
    path.run(2);
    assert_eq!((path.at(), path.sent), ((State::Error, 556), 3));
}

#[test]
fn an_error_is_left_when_the_base_size_passes() {
    let mut path = Path::new(600);
    path.run(3600);
    assert_eq!(path.at(), (State::Error, 556));
    assert!(path.sent < 3 * 3600 / 60, "{}", path.sent);
    path.carries = 1480;
    path.run(100);
    assert_eq!(path.at(), (State::Complete, 1480));
}

#[test]
fn a_search_that_has_ended_begins_again_after_ten_minutes() {
    let mut path = complete(1300);
    path.carries = 1480;
    let (_, before) = path.at();
    path.run(190);
    assert_eq!(path.at(), (State::Complete, before));
    path.run(420);
    assert_eq!(path.at(), (State::Complete, 1480));
}

#[test]
fn a_black_hole_is_found_by_confirmation() {
    let mut path = complete(1480);
    path.carries = 1250;
    // The next confirmation, three probes, and the base size.
    path.run(30 + 45 + 5);
    let (state, plpmtu) = path.at();
    assert!(state == State::Searching && plpmtu == 1200, "{state:?} {plpmtu}");
    path.run(400);
    assert_eq!(path.at().0, State::Complete);
    assert!((1234..=1250).contains(&path.at().1));
    // It swallows everything.
    path.carries = 0;
    path.run(200);
    assert_eq!(path.at(), (State::Error, 556));
}

#[test]
fn data_confirms_as_well() {
    let mut path = complete(1480);
    path.search.confirmed(path.now, 1480);
    path.sent = 0;
    for _ in 0..60 {
        path.run(20);
        path.search.confirmed(path.now, 1480);
    }
    assert_eq!(path.sent, 0);
}

#[test]
fn what_was_not_probed_is_not_confirmed() {
    let mut search = Search::new(LIMITS);
    let now = Instant::from_millis(5);
    search.confirmed(now, 1200);
    assert_eq!(search.state(), State::Base, "nothing was sent yet");
    search.sent(now, 1000);
    search.confirmed(now, 1000);
    search.sent(now, 1200);
    for size in [0, 1199, 1201, 1480, u16::MAX] {
        search.confirmed(now, size);
    }
    assert_eq!((search.state(), search.plpmtu()), (State::Base, 1200));
}

/// 4.6.2, by rows.
#[test]
fn packet_too_big_is_a_hint() {
    let now = Instant::from_millis(9);
    let searching = || {
        let mut search = Search::new(LIMITS);
        search.sent(now, 1200);
        search.confirmed(now, 1200);
        search.sent(now, 1480);
        search
    };
    // No less than the least, no more than what was sent, about nothing that was: nothing.
    for (size, sent) in [(555, 1480), (0, 1480), (1480, 1480), (2000, 1480), (1300, 9000)] {
        let mut search = searching();
        search.too_big(now, size, sent);
        assert_eq!((search.state(), search.due(now)), (State::Searching, None), "{size} of {sent}");
    }
    // PLPMTU < PL_PTB_SIZE < PROBED_SIZE: it is probed next, not believed.
    let mut search = searching();
    search.too_big(now, 1300, 1480);
    assert_eq!((search.plpmtu(), search.due(now)), (1200, Some(1300)));
    search.sent(now, 1300);
    search.confirmed(now, 1300);
    assert_eq!((search.state(), search.plpmtu()), (State::Complete, 1300));
    // BASE_PLPMTU <= PL_PTB_SIZE < PLPMTU: back to the base, and from there to what was named.
    let mut search = complete(1480).search;
    search.too_big(now, 1400, 1480);
    assert_eq!((search.state(), search.plpmtu(), search.due(now)), (State::Base, 1200, Some(1200)));
    search.sent(now, 1200);
    search.confirmed(now, 1200);
    assert_eq!(search.due(now), Some(1400));
    // MIN_PLPMTU <= PL_PTB_SIZE < BASE_PLPMTU: an error, which ends as soon as the base size passes.
    let mut search = complete(1480).search;
    search.too_big(now, 1000, 1480);
    assert_eq!((search.state(), search.plpmtu(), search.due(now)), (State::Error, 556, Some(1200)));
    search.sent(now, 1200);
    search.confirmed(now, 1200);
    assert_eq!((search.state(), search.due(now)), (State::Searching, Some(1480)));
}

#[test]
fn a_small_link_bounds_all() {
    let mut search = Search::new(Limits { min: 556, base: 1200, max: 400 });
    let now = Instant::from_millis(5);
    assert_eq!((search.plpmtu(), search.due(now)), (400, Some(400)));
    search.sent(now, 400);
    search.confirmed(now, 400);
    assert_eq!((search.state(), search.plpmtu()), (State::Complete, 400));
    let mut search = Search::new(Limits { min: 1240, base: 1240, max: u16::MAX });
    search.sent(now, 1240);
    search.confirmed(now, 1240);
    assert_eq!(search.due(now), Some(u16::MAX - 1));
}
