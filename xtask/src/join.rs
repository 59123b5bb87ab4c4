// SPDX-License-Identifier: Apache-2.0
//! Starts an application, joins its Ethernet interface to the kernel of the network namespace this
//! process is in, and then tries it or leaves it to the user.

use crate::check;
use crate::driver;
use crate::proc::{self, Failure, Outcome, failed, say};
use crate::qemu::{MAC, Machine};
use crate::relay::{self, Relay};
use crate::run::Place;
use std::ffi::{CString, OsString};
use std::fs::{self, File};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The name under which `run` calls this program again inside a namespace.
pub const COMMAND: &str = "join-in-namespace";

/// The host's end of the link, named as in Zephyr.
pub const INTERFACE: &str = "zeth";
/// The application's end of a veth pair.
const APP_END: &str = "zeth-app";
/// The length of both addresses' network part.
const PREFIX_LEN: u8 = 24;
/// The same over IPv6.
const PREFIX_LEN_V6: u8 = 64;

/// What is to be started, and what then.
#[derive(Debug, PartialEq)]
pub struct Plan {
    pub exe: PathBuf,
    /// What it runs on; it is a process of the host's without.
    pub machine: Option<&'static Machine>,
    /// Where the application's output goes; to the terminal without it.
    pub log: Option<PathBuf>,
    pub app_ip: Ipv4Addr,
    pub host_ip: Ipv4Addr,
    /// The application's address over IPv6 and the host's, when it has that.
    pub ipv6: Option<(Ipv6Addr, Ipv6Addr)>,
    pub sample: Sample,
    pub trial: Trial,
    pub place: Place,
}

/// Which application it is, as far as this program knows any.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sample {
    Other,
    /// Answers on UDP port 4242.
    EchoServer,
    /// The same without ICMP errors: closed ports are silent.
    QuietEchoServer,
    /// Answers there over TCP too.
    EchoServerTcp,
    /// Answers HTTP requests.
    HttpServer,
    /// The board's half of a test of its Ethernet driver.
    EthernetDriver,
}

impl Sample {
    const WORDS: [(&'static str, Sample); 6] = [
        ("other", Sample::Other),
        ("echo", Sample::EchoServer),
        ("echo-quiet", Sample::QuietEchoServer),
        ("echo-tcp", Sample::EchoServerTcp),
        ("http", Sample::HttpServer),
        ("driver", Sample::EthernetDriver),
    ];

    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, sample)| *sample == self).map_or("other", |(word, _)| word)
    }

    fn parse(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, sample)| *sample)
    }
}

/// What is done with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trial {
    /// It is left to the user.
    None,
    /// What it should do is tried.
    Check,
    /// So many bytes are sent through it and back.
    Bulk(u64),
    /// As many as go in so long a time, whole seconds.
    Steady(Duration),
}

impl Trial {
    fn word(self) -> String {
        match self {
            Trial::None => "none".into(),
            Trial::Check => "check".into(),
            Trial::Bulk(bytes) => bytes.to_string(),
            Trial::Steady(span) => format!("{}s", span.as_secs()),
        }
    }

    fn parse(word: &str) -> Option<Self> {
        match word {
            "none" => Some(Trial::None),
            "check" => Some(Trial::Check),
            other => match other.strip_suffix('s') {
                Some(span) => span.parse().ok().map(|n| Trial::Steady(Duration::from_secs(n))),
                None => other.parse().ok().map(Trial::Bulk),
            },
        }
    }
}

impl Plan {
    /// The plan as arguments of [`command`].
    pub fn to_args(&self) -> Vec<OsString> {
        let place = match self.place {
            Place::Host => "host",
            Place::Namespace => "namespace",
            Place::UserNamespace => "user-namespace",
        };
        vec![
            self.exe.clone().into(),
            self.machine.map_or("", |machine| machine.name).into(),
            self.log.clone().unwrap_or_default().into(),
            self.app_ip.to_string().into(),
            self.host_ip.to_string().into(),
            self.ipv6.map_or(String::new(), |(app, host)| format!("{app} {host}")).into(),
            self.sample.word().into(),
            self.trial.word().into(),
            place.into(),
        ]
    }

    fn from_args(args: &[OsString]) -> Option<Self> {
        let [exe, machine, log, app_ip, host_ip, ipv6, sample, trial, place] = args else {
            return None;
        };
        Some(Self {
            exe: exe.into(),
            machine: match machine.to_str()? {
                "" => None,
                name => Some(Machine::named(name)?),
            },
            log: (!log.is_empty()).then(|| log.into()),
            app_ip: app_ip.to_str()?.parse().ok()?,
            host_ip: host_ip.to_str()?.parse().ok()?,
            ipv6: match ipv6.to_str()?.split_once(' ') {
                Some((app, host)) => Some((app.parse().ok()?, host.parse().ok()?)),
                None => None,
            },
            sample: Sample::parse(sample.to_str()?)?,
            trial: Trial::parse(trial.to_str()?)?,
            place: match place.to_str()? {
                "host" => Place::Host,
                "namespace" => Place::Namespace,
                "user-namespace" => Place::UserNamespace,
                _ => return None,
            },
        })
    }
}

/// The second half of `run`, inside the namespace.
pub fn command(args: &[OsString]) -> Outcome {
    let plan = Plan::from_args(args)
        .ok_or_else(|| Failure::Usage(format!("{COMMAND} is a part of run, not a command")))?;
    ip("link set lo up")?;
    carry_out(&plan)
}

/// Starts the application, joins it, and tries it or waits for its end.
pub fn carry_out(plan: &Plan) -> Outcome {
    let link = Link::choose();
    if link == Link::Veth {
        say("no TAP here: joining by a veth pair and AF_PACKET");
        ip(&format!("link add {INTERFACE} type veth peer name {APP_END}"))?;
        // That end is the application's alone: the kernel neither answers ARP there nor sends.
        ip(&format!("link set {APP_END} arp off"))?;
        let _ = fs::write(format!("/proc/sys/net/ipv6/conf/{APP_END}/disable_ipv6"), "1");
        ip(&format!("link set {APP_END} up"))?;
    }
    let mut app = Running::start(plan, link)?;
    let result = use_it(plan, &mut app);
    app.stop();
    if let (Err(_), Some(log)) = (&result, &plan.log) {
        show_log(log);
    }
    result
}

/// Tries the application that was started, or waits for its end.
fn use_it(plan: &Plan, app: &mut Running) -> Outcome {
    app.wait_for_interface()?;
    ip(&format!("address replace {}/{PREFIX_LEN} dev {INTERFACE}", plan.host_ip))?;
    if let Some((_, host)) = plan.ipv6 {
        // Nobody else is here who could have its addresses.
        let _ = fs::write(format!("/proc/sys/net/ipv6/conf/{INTERFACE}/accept_dad"), "0");
        ip(&format!("address replace {host}/{PREFIX_LEN_V6} dev {INTERFACE} nodad"))?;
    }
    ip(&format!("link set {INTERFACE} up"))?;
    say(format!(
        "{} is process {}: {} at its end, {} on {INTERFACE} at the host's",
        plan.exe.display(),
        app.child.id(),
        plan.app_ip,
        plan.host_ip
    ));
    if let (Sample::EthernetDriver, Some(joined)) = (plan.sample, &app.joined) {
        // Frames are counted: the kernel sends none of its own accord.
        let _ = fs::write(format!("/proc/sys/net/ipv6/conf/{INTERFACE}/disable_ipv6"), "1");
        let mac = MAC.map(|byte| format!("{byte:02x}")).join(":");
        ip(&format!(
            "neighbour replace {} lladdr {mac} dev {INTERFACE} nud permanent",
            plan.app_ip
        ))?;
        let monitor = joined.monitor.try_clone().or_else(|why| failed(why.to_string()))?;
        driver::check(plan.app_ip, plan.host_ip, monitor, &mut || app.ended())?;
        println!("check: passed");
        return Ok(());
    }
    if plan.trial != Trial::None {
        let v6 = plan.ipv6.map(|(addr, _)| (addr, index_of(INTERFACE)));
        let reach = check::Reach { v4: plan.app_ip, v6 };
        let process = app.child.id();
        let result = check::sample(reach, plan.sample, plan.trial, &mut || app.ended());
        if let Trial::Bulk(_) | Trial::Steady(_) = plan.trial {
            say(processor_time(process).unwrap_or_default());
        }
        return result;
    }
    println!("{}", suggestions(plan, std::process::id()));
    match app.child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => failed(format!("the application ended: {status}")),
        Err(why) => failed(format!("waiting for the application: {why}")),
    }
}

/// What a process took of the processor, itself and in the kernel on its behalf.
fn processor_time(process: u32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // Behind the name in parentheses: utime and stime are fields 14 and 15, in ticks of 10 ms.
    let mut fields = stat.rsplit(')').next()?.split_whitespace().skip(11);
    let mut seconds = || Some(fields.next()?.parse::<f64>().ok()? / 100.0);
    let (own, kernel) = (seconds()?, seconds()?);
    let share = 100.0 * kernel / (own + kernel).max(0.01);
    Some(format!(
        "processor time: {own:.1} s of its own, {kernel:.1} s in the kernel ({share:.0} %)"
    ))
}

/// The kernel's index of an interface; 0 when there is none of that name.
fn index_of(interface: &str) -> u32 {
    let name = CString::new(interface).expect("no NUL in it");
    // SAFETY: `name` is a C string.
    unsafe { libc::if_nametoindex(name.as_ptr()) }
}

/// Whether this process can make a TAP interface.
pub fn tun_works() -> bool {
    relay::open_tap("").is_ok()
}

/// How the application's interface meets the kernel.
#[derive(Clone, Copy, PartialEq)]
enum Link {
    /// A TAP interface. A process of the host's makes it itself; a relay does for a machine.
    Tap,
    /// A pair of virtual interfaces, one end read through `AF_PACKET`.
    Veth,
}

impl Link {
    fn choose() -> Self {
        if tun_works() { Link::Tap } else { Link::Veth }
    }

    fn option(self) -> String {
        match self {
            Link::Tap => format!("--eth-if=tap:{INTERFACE}"),
            Link::Veth => format!("--eth-if=packet:{APP_END}"),
        }
    }

    /// The end of the link that is not the kernel's, for a relay.
    fn open(self) -> std::io::Result<File> {
        match self {
            Link::Tap => relay::open_tap(INTERFACE),
            Link::Veth => {
                relay::complete_checksums(INTERFACE)?;
                relay::open_packet(APP_END)
            }
        }
    }
}

/// The application's process, or that of the machine it runs on; ends with this value.
struct Running {
    child: Child,
    joined: Option<Joined>,
}

/// What a machine has beside its process.
struct Joined {
    /// Its way to the host's kernel.
    _relay: Relay,
    /// Where QEMU takes commands.
    monitor: UnixStream,
}

impl Running {
    fn start(plan: &Plan, link: Link) -> Outcome<Self> {
        let (mut command, joined) = match plan.machine {
            None => {
                let mut command = Command::new(&plan.exe);
                command.arg(link.option());
                (command, None)
            }
            Some(machine) => {
                let host = link.open().or_else(|why| failed(format!("{INTERFACE}: {why}")))?;
                let (relay, network) = Relay::start(host)?;
                let (monitor, far) =
                    UnixStream::pair().or_else(|why| failed(format!("monitor: {why}")))?;
                let command = machine.joined(&plan.exe, network, far.into());
                (command, Some(Joined { _relay: relay, monitor }))
            }
        };
        command.stdin(Stdio::null());
        if let Some(log) = &plan.log {
            let mut open = || -> std::io::Result<()> {
                let file = File::create(log)?;
                command.stdout(file.try_clone()?).stderr(file);
                Ok(())
            };
            open().or_else(|why| failed(format!("{}: {why}", log.display())))?;
        }
        let started = proc::die_with_parent(&mut command).spawn();
        let child = started.or_else(|why| failed(format!("{}: {why}", plan.exe.display())))?;
        Ok(Self { child, joined })
    }

    /// Waits until the kernel knows the interface, which the application may be about to make.
    fn wait_for_interface(&mut self) -> Outcome {
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            if index_of(INTERFACE) != 0 {
                return Ok(());
            }
            if let Some(how) = self.ended() {
                return failed(format!("the application ended before it made {INTERFACE}: {how}"));
            }
            if Instant::now() > deadline {
                return failed(format!("the application made no interface {INTERFACE}"));
            }
            sleep(Duration::from_millis(10));
        }
    }

    /// How it ended, if it did.
    fn ended(&mut self) -> Option<String> {
        self.child.try_wait().ok().flatten().map(|status| status.to_string())
    }

    /// Asks it to end, and insists after two seconds.
    fn stop(&mut self) {
        if self.ended().is_some() {
            return;
        }
        // SAFETY: the child has not been waited for, so the id is still its own.
        unsafe { libc::kill(self.child.id().cast_signed(), libc::SIGTERM) };
        let deadline = Instant::now() + Duration::from_secs(2);
        while self.ended().is_none() && Instant::now() < deadline {
            sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

/// `ip <words>`.
fn ip(words: &str) -> Outcome {
    proc::run(Command::new("ip").args(words.split_whitespace()))
}

fn show_log(log: &Path) {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    eprintln!("---- the application's last lines ({}) ----", log.display());
    for line in &lines[lines.len().saturating_sub(30)..] {
        eprintln!("{line}");
    }
    eprintln!("----");
}

/// The addresses and three commands to try, from the place where they work.
fn suggestions(plan: &Plan, pid: u32) -> String {
    let enter = match plan.place {
        Place::Host => String::new(),
        Place::Namespace => format!("nsenter -t {pid} -n "),
        Place::UserNamespace => format!("nsenter -t {pid} -U -n --preserve-credentials "),
    };
    let app = plan.app_ip;
    let mut text = format!("\naddress {app}, peer {}; try in another terminal:\n\n", plan.host_ip);
    text += &format!("  {enter}ping -c 3 {app}\n");
    if let Some((app, _)) = plan.ipv6 {
        text += &format!("  {enter}ping -c 3 {app}\n");
    }
    text += &match plan.sample {
        Sample::EchoServer | Sample::QuietEchoServer => format!(
            "  {enter}bash -c 'exec 3<>/dev/udp/{app}/4242; echo hello >&3; head -n 1 <&3'\n"
        ),
        Sample::EchoServerTcp => format!(
            "  {enter}bash -c 'exec 3<>/dev/tcp/{app}/4242; echo hello >&3; head -n 1 <&3'\n"
        ),
        Sample::HttpServer => format!("  {enter}curl http://{app}:8080/\n"),
        Sample::Other | Sample::EthernetDriver => {
            format!("  {enter}ip -statistics link show {INTERFACE}\n")
        }
    };
    text + &format!("  {enter}ip neighbour show dev {INTERFACE}\n\nCtrl-C ends it.\n")
}

#[cfg(test)]
mod tests {
    use super::{Machine, Place, Plan, Sample, Trial, suggestions};

    fn plan(place: Place) -> Plan {
        Plan {
            exe: "build/zephyr/zephyr.exe".into(),
            machine: None,
            log: None,
            app_ip: [192, 0, 2, 1].into(),
            host_ip: [192, 0, 2, 2].into(),
            ipv6: None,
            sample: Sample::EchoServer,
            trial: Trial::Bulk(1 << 30),
            place,
        }
    }

    #[test]
    fn a_plan_survives_the_command_line() {
        for place in [Place::Host, Place::Namespace, Place::UserNamespace] {
            assert_eq!(Plan::from_args(&plan(place).to_args()), Some(plan(place)));
            let addresses = ("2001:db8::1".parse().unwrap(), "2001:db8::2".parse().unwrap());
            let both = Plan { ipv6: Some(addresses), ..plan(place) };
            assert_eq!(Plan::from_args(&both.to_args()), Some(both));
            let on_board = Plan { machine: Machine::named("mps2-an385"), ..plan(place) };
            assert!(on_board.machine.is_some());
            assert_eq!(Plan::from_args(&on_board.to_args()), Some(on_board));
        }
        assert_eq!(Plan::from_args(&[]), None);
    }

    #[test]
    fn suggestions_enter_the_namespace() {
        assert!(suggestions(&plan(Place::Host), 7).contains("\n  ping -c 3 192.0.2.1\n"));
        let inside = suggestions(&plan(Place::UserNamespace), 7);
        assert_eq!(inside.matches("nsenter -t 7 -U -n --preserve-credentials").count(), 3);
    }
}
