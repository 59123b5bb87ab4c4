// SPDX-License-Identifier: Apache-2.0
//! `run`: builds an application and starts it joined to the host's kernel.
//!
//! Decides where it runs, then hands over to `join` in that place:
//!
//! | who | place | link |
//! | --- | --- | --- |
//! | root, to look around | the host's own network, if the addresses are free in it | TAP interface `zeth`, as Zephyr does |
//! | root with `--check`, or without TUN | a network namespace | TAP, else veth and `AF_PACKET` |
//! | anybody else | a user and network namespace | the same |
//!
//! A board that QEMU plays is joined to the same links by a relay in this program; see `relay`.
//!
//! A namespace has no name: it goes with the last process in it, however that ends.

use crate::app::App;
use crate::join::{self, Plan, Sample, Trial};
use crate::proc::{self, Failure, Outcome, failed, say};
use crate::qemu::{self, Machine};
use crate::setup::{self, Purpose};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;

/// Where the process runs, as far as networks go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    Host,
    Namespace,
    UserNamespace,
}

impl Place {
    /// The arguments of unshare(1), none for the host's own network.
    fn unshare(self) -> &'static [&'static str] {
        match self {
            Place::Host => &[],
            Place::Namespace => &["--net"],
            Place::UserNamespace => &["--user", "--map-root-user", "--net"],
        }
    }

    fn works(self) -> bool {
        proc::succeeds(Command::new("unshare").args(self.unshare()).arg("true"))
    }
}

/// What the command line asks for.
#[derive(Debug)]
struct Request {
    app: PathBuf,
    board: String,
    build: Option<PathBuf>,
    check: bool,
    cmake_args: Vec<OsString>,
}

/// `cargo xtask run <app> [options]`.
pub fn command(args: &[OsString]) -> Outcome {
    let request = parse(args)?;
    let mut app = App::new(&request.app, &request.board)?;
    if let Some(build) = request.build {
        app.build = build;
    }
    app.cmake_args = request.cmake_args;
    run(&app, if request.check { Trial::Check } else { Trial::None })
}

/// Builds `app` and starts it; with a trial returns when that is done.
pub fn run(app: &App, trial: Trial) -> Outcome {
    setup::ensure(Purpose::Run)?;
    if !app.on_host() {
        setup::firmware()?;
    }
    say(format!("building {} for {}", app.source.display(), app.board));
    let exe = app.build()?;
    let config = app.config()?;
    let machine = if config.contains_key("ARCH_POSIX") {
        None
    } else {
        let machine = qemu::machine(&config, &app.board)?;
        setup::machine(machine)?;
        Some(machine)
    };
    let app_ip = address(&config, "NET_CONFIG_MY_IPV4_ADDR", "192.0.2.1")?;
    let tried = trial != Trial::None;
    let place = place(tried, app_ip)?;
    let name = app.source.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let sample = match name {
        "echo_server" if config.contains_key("NET_TCP") => Sample::EchoServerTcp,
        "echo_server" => Sample::EchoServer,
        "dumb_http_server" => Sample::HttpServer,
        "eth_smsc911x" => Sample::EthernetDriver,
        _ if tried => return failed(format!("nobody knows what to expect of {name}")),
        _ => Sample::Other,
    };
    let plan = Plan {
        exe,
        machine,
        log: tried.then(|| app.build.join("run.log")),
        app_ip,
        host_ip: address(&config, "NET_CONFIG_PEER_IPV4_ADDR", "192.0.2.2")?,
        ipv6: match config.get("NET_CONFIG_MY_IPV6_ADDR").is_some_and(|addr| !addr.is_empty()) {
            true => Some((
                address(&config, "NET_CONFIG_MY_IPV6_ADDR", "2001:db8::1")?,
                address(&config, "NET_CONFIG_PEER_IPV6_ADDR", "2001:db8::2")?,
            )),
            false => None,
        },
        sample,
        trial,
        place,
    };
    enter(place, &plan)
}

/// Starts a firmware that another build made, with the sample's addresses, and tries it.
pub fn firmware(program: &Path, machine: &'static Machine, sample: Sample) -> Outcome {
    setup::ensure(Purpose::Run)?;
    setup::machine(machine)?;
    let (app_ip, host_ip) = (Ipv4Addr::new(192, 0, 2, 1), Ipv4Addr::new(192, 0, 2, 2));
    let place = place(true, app_ip)?;
    let plan = Plan {
        exe: program.into(),
        machine: Some(machine),
        log: Some(program.with_extension("log")),
        app_ip,
        host_ip,
        ipv6: None,
        sample,
        trial: Trial::Check,
        place,
    };
    enter(place, &plan)
}

fn parse(args: &[OsString]) -> Outcome<Request> {
    let usage = |text: &str| Failure::Usage(text.to_string());
    let mut app = None;
    let mut request = Request {
        app: PathBuf::new(),
        board: "native_sim".into(),
        build: None,
        check: false,
        cmake_args: Vec::new(),
    };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.to_str() {
            Some("--check") => request.check = true,
            Some("--board") => {
                let board = args.next().ok_or_else(|| usage("--board wants a board"))?;
                request.board = board.to_string_lossy().into_owned();
            }
            Some("--build-dir") => {
                let dir = args.next().ok_or_else(|| usage("--build-dir wants a directory"))?;
                request.build = Some(std::path::absolute(dir).map_err(|e| usage(&e.to_string()))?);
            }
            Some("--") => {
                request.cmake_args = args.by_ref().cloned().collect();
            }
            Some(option) if option.starts_with('-') => {
                return Err(usage(&format!("run has no option {option}")));
            }
            _ if app.is_none() => app = Some(PathBuf::from(arg)),
            _ => return Err(usage("run takes one application directory")),
        }
    }
    request.app = app.ok_or_else(|| usage("run wants an application directory"))?;
    Ok(request)
}

fn place(check: bool, app: Ipv4Addr) -> Outcome<Place> {
    if proc::is_root() {
        if !check && join::tun_works() {
            let routes = std::fs::read_to_string("/proc/net/route").unwrap_or_default();
            match route_to(&routes, app) {
                None => return Ok(Place::Host),
                Some(interface) => say(format!(
                    "{app} already belongs to {interface} here: going into a network namespace"
                )),
            }
        }
        if Place::Namespace.works() {
            return Ok(Place::Namespace);
        }
    }
    if Place::UserNamespace.works() {
        return Ok(Place::UserNamespace);
    }
    failed(
        "this user may make no network namespace: become root, or allow it with\n  \
         sysctl kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0",
    )
}

/// The interface to which `routes`, in the form of /proc/net/route, leads packets for `address`; the
/// default route and the interface that this program makes do not count.
fn route_to(routes: &str, address: Ipv4Addr) -> Option<&str> {
    routes.lines().skip(1).find_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [interface, network, _, _, _, _, _, mask, ..] = words[..] else { return None };
        // Hexadecimal numbers of the machine's byte order, over addresses of the network's.
        let number =
            |word| u32::from_str_radix(word, 16).ok().map(u32::to_ne_bytes).map(u32::from_be_bytes);
        let (network, mask) = (number(network)?, number(mask)?);
        let covers = mask != 0 && address.to_bits() & mask == network;
        (covers && interface != join::INTERFACE).then_some(interface)
    })
}

fn address<A: FromStr>(
    config: &BTreeMap<String, String>,
    symbol: &str,
    default: &str,
) -> Outcome<A> {
    let text = config.get(symbol).filter(|value| !value.is_empty()).map_or(default, String::as_str);
    text.parse().or_else(|_| failed(format!("CONFIG_{symbol}: '{text}' is no such address")))
}

/// Carries out the plan in its place: in this process, or in a child in a namespace.
fn enter(place: Place, plan: &Plan) -> Outcome {
    if place == Place::Host {
        return join::carry_out(plan);
    }
    let me = std::env::current_exe().unwrap_or_else(|_| Path::new("/proc/self/exe").into());
    let mut command = Command::new("unshare");
    command.args(place.unshare()).arg("--").arg(me).arg(join::COMMAND).args(plan.to_args());
    match proc::die_with_parent(&mut command).status() {
        Ok(status) if status.success() => Ok(()),
        // The child has said why.
        Ok(_) => failed(format!("{} did not pass", plan.exe.display())),
        Err(why) => failed(format!("unshare: {why}")),
    }
}

#[cfg(test)]
mod tests {
    use super::{parse, route_to};
    use std::ffi::OsString;

    fn words(text: &str) -> Vec<OsString> {
        text.split_whitespace().map(OsString::from).collect()
    }

    #[test]
    fn options_and_arguments_for_cmake() {
        let request =
            parse(&words("--check app --board native_sim/native/64 -- -DX=y --check")).unwrap();
        assert!(request.check);
        assert_eq!(request.app.to_str(), Some("app"));
        assert_eq!(request.board, "native_sim/native/64");
        assert_eq!(request.cmake_args, words("-DX=y --check"));
    }

    #[test]
    #[cfg(target_endian = "little")]
    fn routes_that_stand_in_the_way() {
        let routes = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n\
            eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n\
            eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n\
            zeth\t000A0A0A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n";
        assert_eq!(route_to(routes, [192, 0, 2, 1].into()), Some("eth0"));
        assert_eq!(route_to(routes, [192, 0, 3, 1].into()), None);
        assert_eq!(route_to(routes, [10, 10, 10, 1].into()), None);
        assert_eq!(route_to("", [10, 10, 10, 1].into()), None);
    }

    #[test]
    fn wrong_usage() {
        for bad in ["", "--check", "a b", "a --board", "a --nonsense"] {
            assert!(parse(&words(bad)).is_err(), "{bad}");
        }
    }
}
