// SPDX-License-Identifier: Apache-2.0
//! The heap of TCP's deadlines, near the end of its clock, against a list that is searched.

use znet::transport::tcp::wheel::Agenda;

use crate::input::Input;

const SLOTS: usize = 8;

/// Each step arms, disarms, or lets time pass.
pub fn run(data: &[u8]) {
    let mut agenda = Agenda::<SLOTS>::new();
    let mut model = [None; SLOTS];
    let mut now = u32::MAX - 5_000;
    let mut input = Input::new(data);
    while !input.is_empty() {
        let how = input.byte();
        // One slot in sixteen is none.
        let slot = usize::from(how >> 2) % (SLOTS + 1);
        match how % 4 {
            0 | 1 => {
                let at = now.wrapping_add(input.word().into());
                agenda.arm(slot, at);
                if let Some(known) = model.get_mut(slot) {
                    let later = |known: u32| at.wrapping_sub(known) as i32 >= 0;
                    *known = Some(known.filter(|&known| later(known)).unwrap_or(at));
                }
            }
            2 => {
                agenda.disarm(slot);
                model.get_mut(slot).map(Option::take);
            }
            _ => {
                now = now.wrapping_add(input.word().into());
                while let Some(slot) = agenda.pop_due(now) {
                    let at = model[slot].take().expect("it was armed");
                    assert!(at.wrapping_sub(now) as i32 <= 0, "too soon");
                    let earliest = earliest(&model, now);
                    assert!(earliest.is_none_or(|first| ahead(at, now) <= ahead(first, now)));
                }
                assert!(earliest(&model, now).is_none_or(|at| ahead(at, now) > 0), "too late");
            }
        }
        assert_eq!(agenda.earliest(), earliest(&model, now));
    }
}

fn ahead(at: u32, now: u32) -> i32 {
    at.wrapping_sub(now) as i32
}

fn earliest(model: &[Option<u32>], now: u32) -> Option<u32> {
    model.iter().flatten().copied().min_by_key(|&at| ahead(at, now))
}
