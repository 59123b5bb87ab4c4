// SPDX-License-Identifier: Apache-2.0
//! The targets, one file each, and the live host most of them talk to.

pub mod arp;
pub mod cursor;
#[cfg(CONFIG_NET_IPV6)]
pub mod discovery;
pub mod ethernet;
#[cfg(CONFIG_NET_IPV6)]
pub mod extensions;
#[cfg(CONFIG_NET_IPV6)]
pub mod fragments6;
pub mod icmp;
#[cfg(CONFIG_NET_IPV4_IGMP)]
pub mod igmp;
pub mod ipv4;
#[cfg(CONFIG_NET_IPV6)]
pub mod mld;
pub mod network;
pub mod options;
#[cfg(CONFIG_NET_IPV6)]
pub mod routers;
pub mod segments;
pub mod streams;
pub mod udp;
pub mod wire6;

use std::cell::RefCell;

#[cfg(CONFIG_NET_IPV6)]
use testutil::lab6::{HOST, HOST_LL, Lab6};
use testutil::{Duration, Lab};

use crate::input::Input;

/// A target: panics when something is wrong.
pub type Target = fn(&[u8]);

/// All targets by name.
pub const ALL: &[(&str, Target)] = &[
    ("arp", arp::run),
    ("cursor", cursor::run),
    #[cfg(CONFIG_NET_IPV6)]
    ("discovery", discovery::run),
    ("ethernet", ethernet::run),
    #[cfg(CONFIG_NET_IPV6)]
    ("extensions", extensions::run),
    #[cfg(CONFIG_NET_IPV6)]
    ("fragments6", fragments6::run),
    ("icmp", icmp::run),
    #[cfg(CONFIG_NET_IPV4_IGMP)]
    ("igmp", igmp::run),
    ("ipv4", ipv4::run),
    #[cfg(CONFIG_NET_IPV6)]
    ("mld", mld::run),
    ("network", network::run),
    ("options", options::run),
    #[cfg(CONFIG_NET_IPV6)]
    ("routers", routers::run),
    ("segments", segments::run),
    ("streams", streams::run),
    ("udp", udp::run),
    ("wire6", wire6::run),
];

/// The target of that name.
pub fn find(name: &str) -> Option<Target> {
    ALL.iter().find(|(n, _)| *n == name).map(|(_, target)| *target)
}

/// Targets of what the default configuration leaves out: the command builds them in `full`.
pub const IN_FULL: &[&str] = &["discovery", "extensions", "fragments6", "igmp", "mld", "routers"];

/// Inputs of the brief run that CI makes: some seconds of each target's time.
pub fn brief(name: &str) -> u32 {
    match name {
        "cursor" | "wire6" => 60_000,
        "network" => 4_000,
        // Each begins with an interface that comes up.
        "discovery" | "extensions" | "fragments6" | "mld" | "routers" => 3_000,
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

#[cfg(CONFIG_NET_IPV6)]
thread_local! {
    /// The same for IPv6.
    static LAB6: RefCell<Lab6> = RefCell::new(Lab6::new());
}

/// As [`against_host`], for a host with IPv6: what routers and neighbours made it believe wears off
/// before it has to be well.
#[cfg(CONFIG_NET_IPV6)]
fn against_host6(data: &[u8], mut step: impl FnMut(&mut Lab6, &[u8])) {
    LAB6.with_borrow_mut(|lab| {
        begin_anew(lab);
        lab.net.restart(1);
        begin_anew(lab);
        let mut input = Input::new(data);
        let echo = lab.socket(7);
        while !input.is_empty() {
            let pause = input.byte();
            step(lab, input.piece(MAX_FRAME));
            lab.net.run_for(Duration::from_millis(u64::from(pause) * 16));
            while lab.recv(echo).is_some_and(|(to, data)| lab.send_to(echo, to, &data).is_ok()) {}
            lab.run();
            lab.host.take_events();
        }
        lab.host.close(echo);
        begin_anew(lab);
        lab.settle();
        lab.assert_clean();
        lab.assert_alive();
    });
}

/// Takes the interface down and up again with the addresses it had in the beginning.
#[cfg(CONFIG_NET_IPV6)]
fn begin_anew(lab: &mut Lab6) {
    lab.iface.bring_down();
    lab.host.core().with(|stack, env| stack.timers(env));
    lab.iface.ipv6_config().expect("it has IPv6").reset();
    assert!(lab.iface.ipv6_add(HOST_LL, 128) && lab.iface.ipv6_add(HOST, 64));
    lab.iface.bring_up();
    lab.host.core().with(|stack, env| stack.timers(env));
    lab.settle();
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
