// SPDX-License-Identifier: Apache-2.0
//! The targets, one file each, and the live host most of them talk to.

pub mod arp;
pub mod cursor;
pub mod ethernet;
pub mod icmp;
pub mod ipv4;
pub mod network;
pub mod options;
pub mod segments;
pub mod streams;
pub mod udp;
pub mod wire6;

use std::cell::RefCell;

use testutil::{Duration, Lab};

use crate::input::Input;

/// A target: panics when something is wrong.
pub type Target = fn(&[u8]);

/// All targets by name.
pub const ALL: &[(&str, Target)] = &[
    ("arp", arp::run),
    ("cursor", cursor::run),
    ("ethernet", ethernet::run),
    ("icmp", icmp::run),
    ("ipv4", ipv4::run),
    ("network", network::run),
    ("options", options::run),
    ("segments", segments::run),
    ("streams", streams::run),
    ("udp", udp::run),
    ("wire6", wire6::run),
];

/// The target of that name.
pub fn find(name: &str) -> Option<Target> {
    ALL.iter().find(|(n, _)| *n == name).map(|(_, target)| *target)
}

/// Inputs of the brief run that CI makes: some seconds of each target's time.
pub fn brief(name: &str) -> u32 {
    match name {
        "cursor" | "wire6" => 60_000,
        "network" => 4_000,
        "streams" => 2_000,
        _ => 12_000,
    }
}

/// Longest piece a target takes for one frame.
const MAX_FRAME: usize = 1514;

thread_local! {
    /// One host for all runs: hosts live until the process ends.
    static LAB: RefCell<Lab> = RefCell::new(Lab::new());
}

/// Feeds `data` to a fresh host: for each step a byte of milliseconds to let pass and a piece of
/// which `step` makes something hostile. Afterwards the host must be well and hold nothing.
fn against_host(data: &[u8], mut step: impl FnMut(&mut Lab, &[u8])) {
    LAB.with_borrow_mut(|lab| {
        lab.net.restart(1);
        let mut input = Input::new(data);
        while !input.is_empty() {
            let pause = input.byte();
            step(lab, input.piece(MAX_FRAME));
            lab.net.run_for(Duration::from_millis(pause.into()));
        }
        lab.host.close_all();
        // Longer than any request for a neighbour is repeated.
        lab.net.run_for(Duration::from_secs(5));
        if lab.host.leaks().is_some() {
            // A connection closed with data to send is tried for longer.
            lab.net.run_for(Duration::from_secs(1800));
        }
        testutil::tcp::alive(lab);
    });
}

/// Seeds for targets fed by [`against_host`]: each of `pieces` after a millisecond.
pub(crate) fn steps(pieces: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::new();
    for piece in pieces {
        out.push(1);
        crate::input::write_piece(&mut out, piece);
    }
    out
}
