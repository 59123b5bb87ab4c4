// SPDX-License-Identifier: Apache-2.0
//! Fuzz targets: what a stack, or a part of one, does with bytes somebody else chose.
//!
//! A target is a function that takes bytes and panics when something is wrong. The engine
//! (`engine.rs`, libFuzzer) makes bytes up; the tests in `tests/replay.rs` give it those kept in
//! `corpus/` and `crashes/`. `README.md` tells how to run, reproduce and keep.

pub mod dictionary;
pub mod input;
pub mod seeds;
pub mod storm;
pub mod targets;
