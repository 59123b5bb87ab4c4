// SPDX-License-Identifier: Apache-2.0
//! The rows of the table.

use crate::transfer::{Path, Setup};

/// 64 KiB, as large as a window without scaling.
const SMALL: u32 = 65_535;
/// Four times that.
const LARGE: u32 = 262_144;

/// A row.
pub struct Figure {
    /// Its name: `goodput_<loss in per cent>_<algorithm>`, with what is different behind.
    pub name: &'static str,
    /// Least median that is taken for right, in Mbit/s, also of a short run.
    pub expected: f64,
    setup: Setup,
}

impl Figure {
    /// Runs it on `path` from so many seeds, none longer than `most` seconds; returns the goodputs in
    /// order.
    pub fn measure(&self, path: &mut Path, seeds: u64, most: u64) -> Vec<f64> {
        let mut setup = self.setup;
        setup.seconds = setup.seconds.min(most);
        let mut runs: Vec<f64> = (1..=seeds).map(|seed| path.run(&setup, seed)).collect();
        runs.sort_by(f64::total_cmp);
        runs
    }
}

const fn row(
    name: &'static str,
    algorithm: &'static str,
    loss: f64,
    buffer: u32,
    expected: f64,
) -> Figure {
    let seconds = if loss == 0.0 { 10 } else { 60 };
    Figure { name, expected, setup: Setup { algorithm, loss, buffer, seconds, warm_up: 0 } }
}

const fn steady(name: &'static str, buffer: u32, expected: f64) -> Figure {
    let setup = Setup { algorithm: "cubic", loss: 0.0, buffer, seconds: 10, warm_up: 2 };
    Figure { name, expected, setup }
}

/// All rows.
pub const FIGURES: &[Figure] = &[
    row("goodput_0_reno", "reno", 0.0, SMALL, 9.5),
    row("goodput_0_cubic", "cubic", 0.0, SMALL, 9.5),
    row("goodput_0_bbr", "bbr", 0.0, SMALL, 9.4),
    row("goodput_0_cubic_auto", "cubic", 0.0, LARGE, 9.3),
    steady("goodput_0_cubic_steady", SMALL, 9.6),
    steady("goodput_0_cubic_auto_steady", LARGE, 9.6),
    row("goodput_1_reno", "reno", 0.01, SMALL, 2.5),
    row("goodput_1_cubic", "cubic", 0.01, SMALL, 2.7),
    row("goodput_1_bbr", "bbr", 0.01, SMALL, 6.0),
    row("goodput_1_cubic_auto", "cubic", 0.01, LARGE, 2.7),
    row("goodput_1_bbr_auto", "bbr", 0.01, LARGE, 8.0),
    row("goodput_3_reno", "reno", 0.03, SMALL, 1.3),
    row("goodput_3_cubic", "cubic", 0.03, SMALL, 1.5),
    row("goodput_3_bbr", "bbr", 0.03, SMALL, 4.5),
    row("goodput_3_cubic_auto", "cubic", 0.03, LARGE, 1.5),
    row("goodput_3_bbr_auto", "bbr", 0.03, LARGE, 7.0),
];
