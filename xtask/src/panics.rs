// SPDX-License-Identifier: Apache-2.0
//! `panics`: what a linked firmware holds that a packet must never meet.
//!
//! Formatting (`core::fmt`) may be nowhere in the image: it is large, and a panic message that nobody reads
//! drags it in. A function that a packet's way reaches may not call what panics on an index, a slice, an
//! overflow or an `unwrap`. The way is followed through calls by name, as `size` follows the stack.

use crate::proc::{Failure, Outcome, failed};
use crate::size::stack::Calls;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::Path;

/// Where a packet's ways begin: the stack's threads, and what drivers and applications call. Each stands
/// for all names that begin so.
const WAYS: &[&str] =
    &[THREADS, DRIVERS, "net_pkt_", "net_buf_", "zsock_send", "zsock_recv", "zsock_poll"];

/// Two of them that every program with a network has.
const THREADS: &str = "znet::capi::queues::";
const DRIVERS: &str = "net_recv_data";

/// What may be nowhere, by parts of demangled names.
const FORMATTING: &[&str] = &["core::fmt::", "as core::fmt::"];

/// What ends the program when an assumption does not hold.
const PANICKING: &[&str] = &[
    "core::panicking::",
    "core::slice::index::slice_",
    "len_mismatch_fail",
    "core::result::unwrap_failed",
    "core::option::unwrap_failed",
    "core::option::expect_failed",
    "core::str::slice_error_fail",
    "core::cell::panic_already",
];

/// `panics <program>`
pub fn command(args: &[OsString]) -> Outcome {
    let [program] = args else {
        return Err(Failure::Usage("panics takes a linked firmware".into()));
    };
    check(Path::new(program))
}

/// Looks through a linked firmware.
pub fn check(program: &Path) -> Outcome {
    let complaint = complaint(&Calls::of(program)?);
    if complaint.is_empty() {
        println!("{}: nothing on a packet's way panics or formats", program.display());
        return Ok(());
    }
    failed(format!("{}:\n{}", program.display(), complaint.trim_end()))
}

/// What is wrong with a program; empty if nothing is.
fn complaint(calls: &Calls) -> String {
    let mut text = String::new();
    for name in calls.names().filter(|name| has(name, FORMATTING)) {
        let _ = writeln!(text, "  formatting: {name}, called by {}", list(calls.callers(name)));
    }
    let roots: Vec<&str> =
        calls.names().filter(|name| WAYS.iter().any(|way| name.starts_with(way))).collect();
    for way in [THREADS, DRIVERS] {
        if !roots.iter().any(|name| name.starts_with(way)) {
            let _ = writeln!(text, "  no way of a packet begins at {way}");
        }
    }
    let reached = calls.reachable(&roots, |name| has(name, PANICKING));
    for function in reached.iter().filter(|name| !has(name, PANICKING)) {
        let bad: BTreeSet<&str> =
            calls.callees(function).filter(|name| has(name, PANICKING)).collect();
        if !bad.is_empty() {
            let _ = writeln!(text, "  {function} can panic: {}", list(bad));
        }
    }
    text
}

fn has(name: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| name.contains(part))
}

fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    if names.is_empty() { "nobody by name".into() } else { names.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program in which `net_recv_data` calls `znet::input`, and that calls `last`.
    fn program(last: &str) -> String {
        let text = format!(
            "\n00000000 <net_recv_data>:\n   0:\tbl\t8 <znet::input>\n\
             \n00000004 <znet::capi::queues::rx_thread>:\n   4:\tbx\tlr\n\
             \n00000008 <znet::input>:\n   8:\tbl\t10 <{last}>\n\
             \n00000010 <{last}>:\n  10:\tbx\tlr\n\
             \n00000018 <znet::shell>:\n  18:\tbl\t20 <core::panicking::panic_fmt>\n\
             \n00000020 <core::panicking::panic_fmt>:\n  20:\tbx\tlr\n"
        );
        complaint(&Calls::from(&*text))
    }

    #[test]
    fn a_harmless_way() {
        assert_eq!(program("znet::output"), "");
    }

    #[test]
    fn a_panic_on_the_way_is_told_with_its_caller() {
        let text = program("core::panicking::panic_bounds_check");
        assert_eq!(text, "  znet::input can panic: core::panicking::panic_bounds_check\n");
    }

    #[test]
    fn formatting_is_told_wherever_it_is() {
        let text = program("core::fmt::write");
        assert_eq!(text, "  formatting: core::fmt::write, called by znet::input\n");
    }

    #[test]
    fn a_program_without_packets_is_no_proof() {
        assert!(
            complaint(&Calls::from("\n00000000 <main>:\n"))
                .contains("no way of a packet begins at")
        );
    }
}
