// SPDX-License-Identifier: Apache-2.0
//! The targets, one file each, and the live host most of them talk to.

pub mod agenda;
pub mod arp;
pub mod calls;
pub mod checksum;
#[cfg(CONFIG_NET_IPV4_ACD)]
pub mod claims;
#[cfg(CONFIG_NET_IPV4_ACD)]
pub mod conflicts;
pub mod cursor;
#[cfg(CONFIG_NET_IPV6)]
pub mod dad;
pub mod delivery;
#[cfg(CONFIG_NET_IPV6)]
pub mod discovery;
pub mod early;
pub mod ethernet;
#[cfg(CONFIG_NET_IPV6)]
pub mod extensions;
pub mod floods;
#[cfg(CONFIG_ZNET_IPV4_NAT)]
pub mod forward4;
#[cfg(CONFIG_ZNET_IPV4_NAT)]
pub mod forward6;
#[cfg(CONFIG_NET_IPV4_FRAGMENT)]
pub mod fragments4;
#[cfg(CONFIG_NET_IPV6)]
pub mod fragments6;
#[cfg(any(CONFIG_NET_IPV4_IGMP, CONFIG_NET_IPV6_MLD))]
pub mod groups;
pub mod icmp;
#[cfg(CONFIG_NET_IPV4_IGMP)]
pub mod igmp;
pub mod index;
pub mod ipv4;
#[cfg(CONFIG_NET_IPV6)]
pub mod mld;
#[cfg(CONFIG_ZNET_IPV4_NAT)]
pub mod nat;
pub mod neighbours;
#[cfg(CONFIG_NET_IPV6)]
pub mod neighbours6;
pub mod network;
pub mod options;
#[cfg(all(CONFIG_NET_IPV4_PMTU, CONFIG_NET_IPV6_PMTU))]
pub mod paths;
#[cfg(CONFIG_NET_IP_FRAGMENT)]
pub mod pieces;
pub mod rate;
#[cfg(CONFIG_NET_IPV6)]
pub mod routers;
#[cfg(CONFIG_NET_IPV6)]
pub mod routes;
pub mod segments;
pub mod streams;
pub mod syns;
pub mod timewaits;
pub mod udp;
pub mod vlan;
pub mod wire4;
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
    ("agenda", agenda::run),
    ("arp", arp::run),
    ("calls", calls::run),
    ("checksum", checksum::run),
    #[cfg(CONFIG_NET_IPV4_ACD)]
    ("claims", claims::run),
    #[cfg(CONFIG_NET_IPV4_ACD)]
    ("conflicts", conflicts::run),
    ("cursor", cursor::run),
    #[cfg(CONFIG_NET_IPV6)]
    ("dad", dad::run),
    ("delivery", delivery::run),
    #[cfg(CONFIG_NET_IPV6)]
    ("discovery", discovery::run),
    ("early", early::run),
    ("ethernet", ethernet::run),
    #[cfg(CONFIG_NET_IPV6)]
    ("extensions", extensions::run),
    ("floods", floods::run),
    #[cfg(CONFIG_ZNET_IPV4_NAT)]
    ("forward4", forward4::run),
    #[cfg(CONFIG_ZNET_IPV4_NAT)]
    ("forward6", forward6::run),
    #[cfg(CONFIG_NET_IPV4_FRAGMENT)]
    ("fragments4", fragments4::run),
    #[cfg(CONFIG_NET_IPV6)]
    ("fragments6", fragments6::run),
    #[cfg(any(CONFIG_NET_IPV4_IGMP, CONFIG_NET_IPV6_MLD))]
    ("groups", groups::run),
    ("icmp", icmp::run),
    #[cfg(CONFIG_NET_IPV4_IGMP)]
    ("igmp", igmp::run),
    ("index", index::run),
    ("ipv4", ipv4::run),
    #[cfg(CONFIG_NET_IPV6)]
    ("mld", mld::run),
    #[cfg(CONFIG_ZNET_IPV4_NAT)]
    ("nat", nat::run),
    ("neighbours", neighbours::run),
    #[cfg(CONFIG_NET_IPV6)]
    ("neighbours6", neighbours6::run),
    ("network", network::run),
    ("options", options::run),
    #[cfg(all(CONFIG_NET_IPV4_PMTU, CONFIG_NET_IPV6_PMTU))]
    ("paths", paths::run),
    #[cfg(CONFIG_NET_IP_FRAGMENT)]
    ("pieces", pieces::run),
    ("rate", rate::run),
    #[cfg(CONFIG_NET_IPV6)]
    ("routers", routers::run),
    #[cfg(CONFIG_NET_IPV6)]
    ("routes", routes::run),
    ("segments", segments::run),
    ("streams", streams::run),
    ("syns", syns::run),
    ("timewaits", timewaits::run),
    ("udp", udp::run),
    ("vlan", vlan::run),
    ("wire4", wire4::run),
    ("wire6", wire6::run),
];

/// The target of that name.
pub fn find(name: &str) -> Option<Target> {
    ALL.iter().find(|(n, _)| *n == name).map(|(_, target)| *target)
}

/// Targets of what the default configuration leaves out, and the reference configuration the command
/// builds them in.
pub const CONFIGURED: &[(&str, &str)] = &[
    ("claims", "full"),
    ("conflicts", "full"),
    ("dad", "full"),
    ("discovery", "full"),
    ("extensions", "full"),
    ("forward4", "router"),
    ("forward6", "router"),
    ("fragments4", "full"),
    ("fragments6", "full"),
    ("groups", "full"),
    ("igmp", "full"),
    ("mld", "full"),
    ("nat", "router"),
    ("neighbours6", "full"),
    ("paths", "full"),
    ("pieces", "full"),
    ("routers", "full"),
    ("routes", "router"),
];

/// The reference configuration a target wants, if not the default one.
pub fn configuration(name: &str) -> Option<&'static str> {
    CONFIGURED.iter().find(|(n, _)| *n == name).map(|(_, configuration)| *configuration)
}

/// Inputs of the brief run that CI makes: some seconds of each target's time.
pub fn brief(name: &str) -> u32 {
    match name {
        // Parts by themselves.
        "agenda" | "checksum" | "claims" | "cursor" | "groups" | "index" | "nat" | "neighbours"
        | "neighbours6" | "paths" | "pieces" | "rate" | "syns" | "timewaits" | "wire4"
        | "wire6" => 20_000,
        "delivery" => 8_000,
        // Compares every byte that waits.
        "early" => 600,
        "network" | "routes" => 3_000,
        // Each begins with an interface that comes up, or ends with many connections that go.
        "calls" | "dad" | "discovery" | "extensions" | "floods" | "forward4" | "forward6"
        | "fragments6" | "mld" | "routers" | "streams" => 2_000,
        _ => 8_000,
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
