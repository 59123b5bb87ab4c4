// SPDX-License-Identifier: Apache-2.0
//! The network: links, what is attached to them, and the queue of events in virtual time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use znet::base::{Duration, EthAddr, Instant, Ipv4Addr};
#[cfg(CONFIG_NET_IPV4)]
use znet::iface::IfBuilder;
use znet::iface::IfRef;

use crate::check;
use crate::host::{Clock, Host};
use crate::link::{Line, LinkConfig, LinkStats, fate};
use crate::pcapng::{Direction, LinkType, Writer};
use crate::rng::Rng;
use crate::station::Station;

/// Environment variable that names a folder for captures of every network.
pub const PCAP_ENV: &str = "ZNET_PCAP";
/// How long a network that goes out of scope may run until all is quiet, in virtual time.
const SETTLE: Duration = Duration::from_secs(600);
/// When a network begins. Not at zero: a stack that takes "never" for time zero shall be found out.
const START: Instant = Instant::from_millis(1_000);
/// Events after which a run is taken for an endless loop.
const STORM: u64 = 5_000_000;

/// Names a link of a [`Network`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkId(usize);

/// Sees each frame on a link before its dice are thrown, and may change it; false loses it.
pub type Filter = Box<dyn FnMut(Instant, &mut Vec<u8>) -> bool>;

/// Hosts, stations and links. Everything that happens follows from the seed.
pub struct Network {
    clock: Clock,
    rng: Rng,
    links: Vec<Link>,
    ports: Vec<Port>,
    hosts: Vec<&'static Host>,
    events: BinaryHeap<Reverse<Event>>,
    /// Orders events of the same time as they were made.
    sequence: u64,
    capture: Option<Capture>,
    allow_malformed: bool,
}

/// A capture under way, saved when it goes out of scope: after a panic as well.
struct Capture {
    writer: Writer,
    path: PathBuf,
}

impl Drop for Capture {
    fn drop(&mut self) {
        if let Err(error) = self.writer.save(&self.path) {
            eprintln!("{}: {error}", self.path.display());
        }
    }
}

struct Link {
    config: LinkConfig,
    rng: Rng,
    stats: LinkStats,
    filter: Option<Filter>,
    up: bool,
}

struct Port {
    link: LinkId,
    line: Line,
    end: End,
    capture: u32,
}

enum End {
    Host(&'static Host, IfRef),
    Station(Station),
}

/// A frame on its way to a port.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Event {
    at: Instant,
    sequence: u64,
    port: usize,
    frame: Vec<u8>,
}

impl Network {
    /// An empty network whose chances all follow from `seed`.
    pub fn new(seed: u64) -> Self {
        let mut net = Network {
            clock: Arc::new(AtomicU64::new(START.as_micros())),
            rng: Rng::new(seed),
            links: Vec::new(),
            ports: Vec::new(),
            hosts: Vec::new(),
            events: BinaryHeap::new(),
            sequence: 0,
            capture: None,
            allow_malformed: false,
        };
        if let Some(folder) = std::env::var_os(PCAP_ENV) {
            let thread = std::thread::current();
            let name = thread.name().unwrap_or("main").replace("::", ".");
            net.capture(PathBuf::from(folder).join(format!("{name}.{seed}.pcapng")));
        }
        net
    }

    /// Writes all frames from now on to `path` when the network goes out of scope.
    pub fn capture(&mut self, path: impl Into<PathBuf>) {
        let mut writer = Writer::new();
        for (number, port) in self.ports.iter_mut().enumerate() {
            port.capture = writer.interface(&port.name(number), LinkType::Ethernet);
        }
        self.capture = Some(Capture { writer, path: path.into() });
    }

    /// Starts again from `seed`: time, hosts and what is on its way are as in a new network; links,
    /// interfaces and stations stay. For fuzzing, where a new host each time would cost memory.
    pub fn restart(&mut self, seed: u64) {
        self.set_now(START);
        self.events.clear();
        self.sequence = 0;
        self.rng = Rng::new(seed);
        for host in &self.hosts {
            host.restart(self.rng.draw());
        }
        for link in &mut self.links {
            link.rng = self.rng.fork();
            link.stats = LinkStats::default();
        }
        for port in &mut self.ports {
            port.line = Line::default();
            if let End::Station(station) = &port.end {
                station.restart();
            }
        }
    }

    /// Lets hosts send frames that are not well formed, which is a panic otherwise.
    pub fn allow_malformed(&mut self) {
        self.allow_malformed = true;
    }

    /// Adds a host without interfaces.
    pub fn host(&mut self, name: &str) -> &'static Host {
        let host = Host::new(name, self.clock.clone(), self.rng.fork());
        self.hosts.push(host);
        host
    }

    /// Adds a link: whatever one port sends, all others receive.
    pub fn link(&mut self, config: LinkConfig) -> LinkId {
        let link = Link {
            config,
            rng: self.rng.fork(),
            stats: LinkStats::default(),
            filter: None,
            up: true,
        };
        self.links.push(link);
        LinkId(self.links.len() - 1)
    }

    /// Gives `host` an Ethernet interface with this address on `link`, up and ready.
    #[cfg(CONFIG_NET_IPV4)]
    pub fn attach(
        &mut self,
        host: &'static Host,
        link: LinkId,
        addr: impl Into<Ipv4Addr>,
        prefix: u8,
    ) -> IfRef {
        let mac = self.next_mac();
        let iface = IfBuilder::ethernet(mac).ipv4(addr, prefix).up().build();
        // It speaks no IPv6: tests of IPv4 wait for what they sent for.
        #[cfg(CONFIG_NET_IPV6)]
        iface.set_ipv6_config(None);
        self.attach_iface(host, link, iface);
        iface
    }

    /// Registers `iface` with `host` and puts it on `link`.
    ///
    /// # Panics
    /// When the host's interface table is full.
    pub fn attach_iface(&mut self, host: &'static Host, link: LinkId, iface: IfRef) {
        host.core().with(|stack, _| stack.ifaces.add(iface)).expect("room for an interface");
        self.add_port(link, End::Host(host, iface));
    }

    /// Adds a station with this address to `link`.
    pub fn station(&mut self, link: LinkId, ip: impl Into<Ipv4Addr>) -> Station {
        let station = Station::new(self.next_mac(), ip.into());
        self.add_port(link, End::Station(station.clone()));
        station
    }

    /// Changes the nature of a link, from the next frame on.
    pub fn set_link(&mut self, link: LinkId, config: LinkConfig) {
        self.links[link.0].config = config;
    }

    /// Cuts a link, or mends it. What is under way still arrives.
    pub fn set_link_up(&mut self, link: LinkId, up: bool) {
        self.links[link.0].up = up;
    }

    /// Shows each frame on `link` to `filter`, which may change or lose it.
    pub fn filter(
        &mut self,
        link: LinkId,
        filter: impl FnMut(Instant, &mut Vec<u8>) -> bool + 'static,
    ) {
        self.links[link.0].filter = Some(Box::new(filter));
    }

    /// What a link did so far.
    pub fn stats(&self, link: LinkId) -> LinkStats {
        self.links[link.0].stats
    }

    /// The virtual time.
    pub fn now(&self) -> Instant {
        Instant::from_micros(self.clock.load(Relaxed))
    }

    /// Lets the next thing happen, a frame's arrival or a timer. False when nothing is to come.
    pub fn step(&mut self) -> bool {
        self.collect();
        let Some(at) = self.next_time() else { return false };
        self.advance(at);
        true
    }

    /// Runs until nothing is on its way; timers that come due meanwhile run as well.
    pub fn run_until_idle(&mut self) {
        self.collect();
        let mut steps = 0;
        while !self.events.is_empty() || self.timer_due() {
            self.step();
            self.collect();
            steps += 1;
            assert!(steps < STORM, "a storm of frames: each causes another");
        }
    }

    /// Runs for this span of virtual time.
    pub fn run_for(&mut self, span: Duration) {
        let end = self.now() + span;
        let mut steps = 0;
        self.collect();
        while let Some(at) = self.next_time().filter(|at| *at <= end) {
            self.advance(at);
            self.collect();
            steps += 1;
            assert!(steps < STORM, "a storm of frames or timers");
        }
        self.set_now(end);
    }

    /// Lets time pass in which nothing runs, as while a machine sleeps: what arrived or came due
    /// meanwhile happens late, all at once.
    pub fn jump(&mut self, span: Duration) {
        self.collect();
        self.set_now(self.now() + span);
    }

    /// Runs until `done` says so after something happened, but no longer than for this span. The
    /// clock stays where it happened; true when it did.
    pub fn run_until(&mut self, span: Duration, mut done: impl FnMut() -> bool) -> bool {
        let end = self.now() + span;
        self.collect();
        while let Some(at) = self.next_time().filter(|at| *at <= end) {
            self.advance(at);
            self.collect();
            if done() {
                return true;
            }
        }
        self.set_now(end);
        false
    }

    /// Runs until no frame is on its way and no timer is set, ten minutes at most.
    pub fn settle(&mut self) {
        let end = self.now() + SETTLE;
        self.collect();
        while let Some(at) = self.next_time().filter(|at| *at <= end) {
            self.advance(at);
            self.collect();
        }
    }

    /// Closes all sockets, lets everything come to rest and looks for what did not come back.
    /// Happens by itself when the network goes out of scope.
    ///
    /// # Panics
    /// When a pool or a table is not as it was.
    pub fn check_leaks(&mut self) {
        for host in &self.hosts {
            host.close_all();
        }
        self.settle();
        let leaks: Vec<String> = self.hosts.iter().filter_map(|host| host.leaks()).collect();
        assert!(leaks.is_empty(), "{}", leaks.join("; "));
    }

    fn next_mac(&self) -> EthAddr {
        let [hi, lo] = (self.ports.len() as u16 + 1).to_be_bytes();
        EthAddr([2, 0, 0, 0, hi, lo])
    }

    fn add_port(&mut self, link: LinkId, end: End) {
        let mut port = Port { link, line: Line::default(), end, capture: 0 };
        if let Some(Capture { writer, .. }) = &mut self.capture {
            port.capture = writer.interface(&port.name(self.ports.len()), LinkType::Ethernet);
        }
        self.ports.push(port);
    }

    fn set_now(&self, now: Instant) {
        self.clock.store(now.as_micros(), Relaxed);
    }

    /// When the next frame arrives or the next timer is due.
    fn next_time(&self) -> Option<Instant> {
        let arrival = self.events.peek().map(|Reverse(event)| event.at);
        let timers = self.hosts.iter().filter_map(|host| host.deadline());
        timers.chain(arrival).min().map(|at| at.max(self.now()))
    }

    fn timer_due(&self) -> bool {
        self.hosts.iter().any(|host| host.deadline().is_some_and(|at| at <= self.now()))
    }

    /// Moves the clock to `at` and lets everything of that time happen that is known by now.
    fn advance(&mut self, at: Instant) {
        // What is late does not turn the clock back.
        let at = at.max(self.now());
        self.set_now(at);
        for host in &self.hosts {
            if host.deadline().is_some_and(|due| due <= at) {
                host.run_timers();
            }
        }
        if self.events.peek().is_some_and(|Reverse(event)| event.at <= at) {
            let Some(Reverse(event)) = self.events.pop() else { return };
            self.arrive(&event);
        }
    }

    fn arrive(&mut self, event: &Event) {
        self.record(event.port, Direction::In, &event.frame);
        let now = self.now();
        match &self.ports[event.port].end {
            End::Host(host, iface) => {
                host.receive(*iface, &event.frame);
            }
            End::Station(station) => station.receive(now, &event.frame),
        }
    }

    /// Takes what hosts and stations want to send and puts it on the links.
    fn collect(&mut self) {
        for host in self.hosts.clone() {
            while let Some((iface, frame)) = host.pop_outgoing() {
                if !self.allow_malformed
                    && let Err(what) = check::dissect(&frame)
                {
                    panic!("{} sent a bad frame: {what}\n{}", host.name(), check::hex(&frame));
                }
                if let Some(port) = self.ports.iter().position(|port| port.is_of(host, iface)) {
                    self.send(port, frame);
                }
            }
        }
        for port in 0..self.ports.len() {
            let End::Station(station) = &self.ports[port].end else { continue };
            let station = station.clone();
            while let Some(frame) = station.pop_outgoing() {
                self.send(port, frame);
            }
        }
    }

    /// Puts a frame on the link of `port`.
    fn send(&mut self, port: usize, mut frame: Vec<u8>) {
        self.record(port, Direction::Out, &frame);
        let now = self.now();
        let id = self.ports[port].link;
        let link = &mut self.links[id.0];
        link.stats.sent += 1;
        if frame.len() > link.config.max_frame {
            link.stats.oversized += 1;
            return;
        }
        if !link.up || link.filter.as_mut().is_some_and(|filter| !filter(now, &mut frame)) {
            link.stats.lost += 1;
            return;
        }
        let Some(left) = self.ports[port].line.send(now, frame.len(), &link.config) else {
            link.stats.overflowed += 1;
            return;
        };
        for to in (0..self.ports.len()).filter(|to| *to != port) {
            if self.ports[to].link != id {
                continue;
            }
            for arrival in fate(&link.config, &mut link.rng, frame.len(), &mut link.stats) {
                let mut frame = frame.clone();
                if let Some(bit) = arrival.turned {
                    frame[bit / 8] ^= 1 << (bit % 8);
                }
                self.sequence += 1;
                let at = left + arrival.after;
                let event = Event { at, sequence: self.sequence, port: to, frame };
                self.events.push(Reverse(event));
            }
        }
    }

    fn record(&mut self, port: usize, direction: Direction, frame: &[u8]) {
        let now = self.now();
        if let Some(Capture { writer, .. }) = &mut self.capture {
            writer.packet(self.ports[port].capture, now, direction, frame);
        }
    }
}

impl Port {
    fn is_of(&self, host: &Host, iface: IfRef) -> bool {
        matches!(self.end, End::Host(h, i) if std::ptr::eq(h, host) && i == iface)
    }

    fn name(&self, number: usize) -> String {
        match &self.end {
            End::Host(host, iface) => format!("{}:{}", host.name(), iface.index()),
            End::Station(station) => format!("station{number}:{}", station.ip),
        }
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.check_leaks();
        }
    }
}
