// SPDX-License-Identifier: Apache-2.0
//! `interop`: longer trials against the host's kernel, apart from those of `test`.

use crate::app::App;
use crate::join::Trial;
use crate::proc::{Failure, Outcome, cargo, run as run_command};
use crate::run;
use crate::setup;
use crate::suite::ECHO_SERVER;
use crate::tree;
use std::ffi::OsString;
use std::time::Duration;

/// Bytes sent each way unless the command line says otherwise.
const BYTES: u64 = 1 << 30;

/// Buffers for windows beyond 64 KiB.
const BUFFERS: [&str; 4] = [
    "-DCONFIG_NET_PKT_RX_COUNT=512",
    "-DCONFIG_NET_PKT_TX_COUNT=512",
    "-DCONFIG_NET_BUF_RX_COUNT=4096",
    "-DCONFIG_NET_BUF_TX_COUNT=4096",
];

/// `cargo xtask interop tcp [--bytes <n>]`, `... router`, `... ip`, `... attacks [--quick]`.
pub fn command(args: &[OsString]) -> Outcome {
    match args.first().and_then(|word| word.to_str()) {
        Some("router") if args.len() == 1 => router(),
        Some("ip") if args.len() == 1 => ip(),
        Some("attacks") if args.len() == 1 => attacks(false),
        Some("attacks") if args.len() == 2 && args[1] == "--quick" => attacks(true),
        _ => tcp(bytes(args)?),
    }
}

/// Puts the router sample between two hosts played by the host's kernel.
pub fn router() -> Outcome {
    let mut app = App::new(&tree::root().join("samples/net/router"), "native_sim")?;
    app.quiet = true;
    let exe = app.build()?;
    let mut command = cargo(["test", "--package", "znet", "--test", "interop_router"]);
    run_command(command.args(["--", "--nocapture"]).env("ZNET_ROUTER", exe))
}

/// Puts a host beside the kernel, radvd and ndisc6 on a bridge that snoops.
pub fn ip() -> Outcome {
    setup::neighbours()?;
    let mut app = App::new(&tree::root().join("tests/interop/host"), "native_sim")?;
    app.quiet = true;
    let exe = app.build()?;
    let mut command = cargo(["test", "--package", "znet", "--test", "interop_ip"]);
    run_command(command.args(["--", "--nocapture"]).env("ZNET_HOST", exe))
}

/// Lets nmap, hping3, scapy and iperf loose on a host; a quick run does some of each.
pub fn attacks(quick: bool) -> Outcome {
    setup::attackers()?;
    let mut app = App::new(&tree::root().join("tests/interop/target"), "native_sim")?;
    app.quiet = true;
    let exe = app.build()?;
    let mut command = cargo(["test", "--package", "znet", "--test", "interop_attacks"]);
    if quick {
        command.env("ZNET_QUICK", "1");
    }
    run_command(command.args(["--", "--nocapture"]).env("ZNET_TARGET", exe))
}

/// Sends `bytes` bytes through the echo server, over TCP, and compares what comes back.
pub fn tcp(bytes: u64) -> Outcome {
    through_echo_server(Trial::Bulk(bytes))
}

/// The same for so long, then looks whether all else still works.
pub fn steady(span: Duration) -> Outcome {
    through_echo_server(Trial::Steady(span))
}

fn through_echo_server(trial: Trial) -> Outcome {
    let mut app = App::new(&tree::root().join(ECHO_SERVER), "native_sim")?;
    app.quiet = true;
    app.build.as_mut_os_string().push("-bulk");
    app.cmake_args.extend(BUFFERS.map(OsString::from));
    run::run(&app, trial)
}

fn bytes(args: &[OsString]) -> Outcome<u64> {
    let words: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let usage = |text: &str| Err(Failure::Usage(text.into()));
    match words[..] {
        ["tcp"] => Ok(BYTES),
        ["tcp", "--bytes", number] => match number.parse() {
            Ok(bytes) => Ok(bytes),
            Err(_) => usage("--bytes wants a number"),
        },
        _ => usage("interop takes 'tcp', and how many bytes, or 'router', or 'ip', or 'attacks'"),
    }
}

#[cfg(test)]
mod tests {
    use super::{BYTES, bytes};
    use std::ffi::OsString;

    #[test]
    fn what_is_asked_for() {
        let words = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(bytes(&words("tcp")).ok(), Some(BYTES));
        assert_eq!(bytes(&words("tcp --bytes 5000")).ok(), Some(5000));
        for wrong in ["udp", "tcp --bytes", "tcp --bytes many", "tcp 1"] {
            assert!(bytes(&words(wrong)).is_err(), "{wrong}");
        }
    }
}
