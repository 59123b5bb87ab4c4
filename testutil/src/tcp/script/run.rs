// SPDX-License-Identifier: Apache-2.0
//! Runs a script against a host in virtual time.

use std::collections::{HashMap, VecDeque};
use std::fmt;

use znet::base::{DropReason, Duration, Error, Instant};
use znet::buf::{NO_WAIT, Pkt};
use znet::wire::icmpv4::Message;
use znet::wire::ipv4::protocol;

use super::expr::{Names, Span};
use super::flow::{Flow, HOST_SALT, PEER_SALT, spoil};
use super::parse::{Delay, Line, Pattern, Script, Step};
use crate::check::{Net, Transport, dissect};
use crate::lab::{HOST_IP, PEER_IP};
use crate::tcp::{Segment, alive, segment::flag, stream};
use crate::{Lab, Socket, frame};

/// Port on which the host listens when the script names none.
const HOST_PORT: u16 = 80;
/// The peer's port in the flow of number zero, when it is the one who connects.
const PEER_CLIENT: u16 = 40_000;
/// The same, when the host connects.
const PEER_SERVER: u16 = 8080;
/// The peer's ISN when the script says nothing else.
const PEER_ISN: u32 = 0x6000_0000;
/// How much earlier or later than said a segment may come: the tick of a timer.
const TOLERANCE: Duration = Duration::from_millis(10);
/// How long to wait for orphans after the script: longer than any retransmission goes on.
const REST: Duration = Duration::from_secs(1800);

/// Why a script failed.
#[derive(Debug)]
pub struct Failure {
    /// Line of the script.
    pub line: usize,
    /// Expected and seen.
    pub what: String,
    /// What happened until then.
    pub trace: Vec<String>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.what)?;
        self.trace.iter().try_for_each(|line| writeln!(f, "      {line}"))
    }
}

/// An application's socket.
struct Open {
    id: Socket,
    flow: u32,
    sent: u32,
    received: u32,
}

/// A script under way.
pub struct Run {
    lab: Lab,
    names: Names,
    flows: HashMap<u32, Flow>,
    flow: u32,
    /// The application's names for sockets.
    sockets: HashMap<String, Open>,
    /// Segments of the host nobody has looked at: when, flow, and where its data ended before.
    inbox: VecDeque<(Instant, u32, u32, Segment)>,
    /// When the step before happened.
    last: Instant,
    drops: Vec<(DropReason, u32)>,
    /// The IP packet that the host sent last in each flow.
    quotes: HashMap<u32, Vec<u8>>,
    held: Vec<Pkt>,
    line: usize,
    trace: Vec<String>,
    connecting: bool,
}

/// Runs `script`, with values for the names in it.
///
/// # Errors
/// Where the host does anything else than the script says, or keeps something after it.
pub fn run(script: &Script, names: &Names) -> Result<(), Failure> {
    let mut lab = Lab::new();
    lab.acquaint();
    let last = lab.net.now();
    let mut run = Run {
        lab,
        names: names.clone(),
        flows: HashMap::new(),
        flow: 0,
        sockets: HashMap::new(),
        inbox: VecDeque::new(),
        last,
        drops: Vec::new(),
        quotes: HashMap::new(),
        held: Vec::new(),
        line: 0,
        trace: Vec::new(),
        connecting: false,
    };
    let result = run.steps(&script.steps).and_then(|()| run.finish());
    result.map_err(|what| {
        // What is left behind tells nothing new.
        std::mem::forget(std::mem::take(&mut run.lab));
        let skip = run.trace.len().saturating_sub(40);
        Failure { line: run.line, what, trace: run.trace.split_off(skip) }
    })
}

type Outcome = Result<(), String>;

impl Run {
    fn steps(&mut self, steps: &[Line]) -> Outcome {
        for line in steps {
            self.line = line.number;
            if !matches!(line.step, Step::Out(_)) {
                self.pause(line.after.as_ref())?;
            }
            match &line.step {
                Step::Repeat(count, body) => {
                    let outer = self.names.get("i").copied();
                    for i in 0..count.value(&self.names)? {
                        self.names.insert("i".into(), i);
                        if let Some(outer) = outer {
                            self.names.insert("j".into(), outer);
                        }
                        self.steps(body)?;
                    }
                    if let Some(outer) = outer {
                        self.names.insert("i".into(), outer);
                    }
                }
                Step::Out(pattern) => self.expect(pattern, line.after.as_ref())?,
                step => self.step(step)?,
            }
        }
        Ok(())
    }

    fn step(&mut self, step: &Step) -> Outcome {
        let names = self.names.clone();
        // What came and was not expected is told before anything else happens.
        if !matches!(step, Step::Drain | Step::Let { .. } | Step::Flow(_)) {
            self.nothing_came()?;
        }
        match step {
            Step::In(pattern) => self.inject(pattern),
            Step::Call { socket, verb, args, result } => {
                self.note_drops();
                let done = self.call(socket.as_deref(), verb, args, result.as_deref());
                self.settle()?;
                done
            }
            Step::Quiet(span) => self.pause(Some(&(span.clone(), None))),
            Step::Drain => {
                self.settle()?;
                self.inbox.clear();
                Ok(())
            }
            Step::Flow(number) => {
                self.flow = number.value(&names)? as u32;
                Ok(())
            }
            Step::Renew(further) => {
                let further = further.value(&names)? as u32;
                self.flow().renew(further);
                Ok(())
            }
            Step::Icmp { kind, mtu, seq } => {
                let mtu = mtu.value(&names)? as u16;
                let seq = seq.as_ref().map(|e| e.value(&names)).transpose()?;
                self.icmp(kind, mtu, seq.map(|s| s as u32))
            }
            Step::Drops { reason, times } => self.dropped(reason, times.value(&names)? as u32),
            Step::Info { field, relation, value } => {
                let want = value.value(&names)?;
                let seen = self.info(field)?;
                let holds = match relation.as_str() {
                    "=" => seen == want,
                    "<" => seen < want,
                    "<=" => seen <= want,
                    ">" => seen > want,
                    ">=" => seen >= want,
                    other => return Err(format!("`{other}` is no relation")),
                };
                if holds {
                    Ok(())
                } else {
                    Err(format!("{field} {relation} {want} expected, {seen} seen"))
                }
            }
            Step::Let { name, value } => {
                self.names.insert(name.clone(), value.value(&names)?);
                Ok(())
            }
            Step::Out(_) | Step::Repeat(..) => Ok(()),
        }
    }

    /// The current flow, made when it is new.
    fn flow(&mut self) -> &mut Flow {
        let number = self.flow;
        let (host, peer) = if self.connecting {
            (None, PEER_SERVER + number as u16)
        } else {
            (Some(HOST_PORT), PEER_CLIENT + number as u16)
        };
        // A flow of the peer's towards a port that the host chose for another.
        let host = host.or_else(|| self.flows.get(&0).and_then(|f| f.host_port));
        let isn = self.names.get("isn").map_or(PEER_ISN, |isn| *isn as u32);
        self.flows.entry(number).or_insert_with(|| Flow::new(host, peer, isn))
    }

    fn pause(&mut self, after: Option<&Delay>) -> Outcome {
        let Some((span, _)) = after else { return Ok(()) };
        let span = span.value(&self.names)?;
        self.nothing_came()?;
        self.lab.net.run_for(span);
        self.last = self.lab.net.now();
        self.pull()?;
        self.nothing_came()
    }

    fn nothing_came(&self) -> Outcome {
        let Some((at, flow, _, segment)) = self.inbox.front() else { return Ok(()) };
        Err(format!(
            "nothing expected, {} seen at {}",
            self.flows[flow].show(true, segment),
            clock(*at)
        ))
    }

    /// Lets everything happen that follows without time passing.
    fn settle(&mut self) -> Outcome {
        self.lab.net.run_until_idle();
        self.last = self.lab.net.now();
        self.pull()
    }

    /// Takes what the host sent from the wire.
    fn pull(&mut self) -> Outcome {
        while let Some((at, bytes)) = self.lab.peer.next_with_time() {
            let dissected = dissect(&bytes)?;
            let Net::Ipv4(packet, Transport::Tcp(segment)) = dissected.net else { continue };
            if packet.header.dst() != PEER_IP {
                continue;
            }
            let number = self.flow_of(&segment)?;
            self.quotes.insert(number, bytes[14..].to_vec());
            let flow = self.flows.get_mut(&number).ok_or("a flow")?;
            let before = flow.host_max;
            let judged = flow.received(&segment);
            let shown = flow.show(true, &segment);
            self.trace.push(format!("{} {shown}", clock(at)));
            judged.map_err(|what| format!("{what}: {shown}"))?;
            // A SYN again begins where the first one did.
            let before = if segment.has(flag::SYN) { 0 } else { before };
            self.inbox.push_back((at, number, before, *segment));
        }
        Ok(())
    }

    fn flow_of(&mut self, segment: &Segment) -> Result<u32, String> {
        let of = |flow: &Flow| {
            flow.peer_port == segment.dst_port
                && flow.host_port.is_none_or(|port| port == segment.src_port)
        };
        let found = self.flows.iter_mut().find(|(_, flow)| of(flow));
        let (number, flow) = found.ok_or_else(|| {
            format!("a segment from port {} to {}", segment.src_port, segment.dst_port)
        })?;
        flow.host_port = Some(segment.src_port);
        Ok(*number)
    }

    fn inject(&mut self, pattern: &Pattern) -> Outcome {
        let names = self.names.clone();
        let flow = self.flow();
        let segment = flow.build(pattern, &names)?;
        let mut bytes = segment.build(PEER_IP, HOST_IP);
        if let Some(how) = &pattern.spoil {
            spoil(how, PEER_IP, HOST_IP, &mut bytes)?;
        }
        let shown = flow.show(false, &segment);
        if pattern.spoil.is_none() {
            flow.sent(&segment);
        }
        self.trace.push(format!("{} {shown}", clock(self.lab.net.now())));
        let mut packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::TCP);
        packet.repr.tos = segment.ecn;
        self.note_drops();
        self.lab.peer.send_ipv4(self.lab.iface.mac(), &packet.build(&bytes));
        self.settle()
    }

    fn expect(&mut self, pattern: &Pattern, after: Option<&Delay>) -> Outcome {
        let names = self.names.clone();
        let (least, most) = match after {
            None => (Duration::ZERO, TOLERANCE),
            Some((span, None)) => {
                let span = span.value(&names)?.as_micros();
                let slack = TOLERANCE.as_micros().max(span / 50);
                (
                    Duration::from_micros(span.saturating_sub(slack)),
                    Duration::from_micros(span + slack),
                )
            }
            Some((least, Some(most))) => {
                let least = least.value(&names)?.as_micros().saturating_sub(TOLERANCE.as_micros());
                let most = most.value(&names)?.as_micros() + TOLERANCE.as_micros();
                (Duration::from_micros(least), Duration::from_micros(most))
            }
        };
        if self.inbox.is_empty() && after.is_some() {
            let end = self.last + most;
            while self.inbox.is_empty() {
                let left = end - self.lab.net.now();
                let peer = self.lab.peer.clone();
                let came = self.lab.net.run_until(left, || peer.has_mail());
                self.pull()?;
                if !came {
                    break;
                }
            }
        }
        self.flow();
        let shown = |run: &Run, segment: &Segment, at: Instant, flow: u32| {
            format!("{} at {}", run.flows[&flow].show(true, segment), clock(at))
        };
        let Some((at, number, before, segment)) = self.inbox.pop_front() else {
            return Err(format!("a segment expected within {}, none seen", millis(most)));
        };
        let seen = shown(self, &segment, at, number);
        if number != self.flow {
            return Err(format!("a segment of flow {} expected, {seen} seen", self.flow));
        }
        let flow = &self.flows[&number];
        flow.matches(pattern, &segment, before, &names)
            .map_err(|what| format!("{what}: {seen}"))?;
        let took = at - self.last;
        // Without a delay it is an answer, which may have left before the step was over.
        if took > most || (after.is_some() && took < least) {
            let want = format!("{}..{}", millis(least), millis(most));
            return Err(format!("expected after {want}, came after {}: {seen}", millis(took)));
        }
        if after.is_some() {
            self.last = at;
        }
        Ok(())
    }

    fn icmp(&mut self, kind: &str, mtu: u16, seq: Option<u32>) -> Outcome {
        let number = self.flow;
        let mut quote =
            self.quotes.get(&number).ok_or("nothing sent that could be quoted")?.clone();
        let isn = self.flow().host_isn.unwrap_or(0);
        if let Some(seq) = seq {
            quote[24..28].copy_from_slice(&isn.wrapping_add(seq).to_be_bytes());
        }
        let unreachable = |code| Message::DestUnreachable { code, mtu };
        let message = match kind {
            "net-unreachable" => unreachable(0),
            "host-unreachable" => unreachable(1),
            "protocol-unreachable" => unreachable(2),
            "port-unreachable" => unreachable(3),
            "frag-needed" => unreachable(4),
            "admin-prohibited" => unreachable(13),
            "source-quench" | "time-exceeded" => {
                let code = if kind == "source-quench" { 4 } else { 11 };
                let data = &quote[..28];
                let raw = frame::icmp_raw(code, 0, [0; 4], data);
                let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP).build(&raw);
                self.note_drops();
                self.lab.peer.send_ipv4(self.lab.iface.mac(), &packet);
                return self.settle();
            }
            other => return Err(format!("nobody knows the ICMP error `{other}`")),
        };
        self.trace.push(format!("{} < ICMP {kind} {mtu}", clock(self.lab.net.now())));
        self.note_drops();
        self.lab.peer.send_icmp(self.lab.at(), message, &quote[..28]);
        self.settle()
    }

    fn note_drops(&mut self) {
        self.drops = self.lab.host.drop_counts();
    }

    fn dropped(&self, reason: &str, times: u32) -> Outcome {
        let Some(reason) = DropReason::ALL.iter().find(|r| r.name() == reason) else {
            return Err(format!("nobody knows the drop reason `{reason}`"));
        };
        let before = self.drops.iter().find(|(r, _)| r == reason).map_or(0, |(_, n)| *n);
        let seen = self.lab.host.drops(*reason) - before;
        if seen == times {
            return Ok(());
        }
        let list = self.lab.drop_list();
        Err(format!("{times} drops for {reason:?} expected, {seen} seen; so far: {list}"))
    }

    fn finish(&mut self) -> Outcome {
        self.nothing_came()?;
        self.held.clear();
        for (_, open) in self.sockets.drain() {
            let _ = self.lab.host.tcp_abort(open.id);
        }
        self.lab.host.close_all();
        // Orphans are told off: the peer is gone.
        self.lab.net.run_for(REST);
        if let Some(leak) = self.lab.host.leaks() {
            return Err(format!("at the end {leak}"));
        }
        alive(&mut self.lab);
        Ok(())
    }

    fn open(&self, name: &str) -> Result<&Open, String> {
        self.sockets.get(name).ok_or_else(|| format!("there is no socket `{name}`"))
    }

    fn add(&mut self, name: &str, id: Socket) {
        let flow = self.flow;
        self.sockets.insert(name.into(), Open { id, flow, sent: 0, received: 0 });
    }

    fn call(
        &mut self,
        socket: Option<&str>,
        verb: &str,
        args: &[String],
        want: Option<&str>,
    ) -> Outcome {
        let host = self.lab.host;
        let names = self.names.clone();
        let number = |n: usize| match args.get(n) {
            Some(text) => super::expr::Expr::new(text)?.value(&names),
            None => Err(format!("`{verb}` needs a number")),
        };
        let mut call = vec![verb];
        call.extend(args.iter().map(String::as_str));
        self.trace.push(format!("{} {}", clock(self.lab.net.now()), call.join(" ")));
        let listener = matches!(verb, "listen" | "accept");
        let name = socket.unwrap_or(if listener { "l" } else { "c" }).to_string();
        match verb {
            "socket" => {
                let got = host.tcp_open();
                if let Ok(id) = got {
                    self.add(&name, id);
                }
                check(want, got.map(|_| None))
            }
            "bind" | "listen" | "connect" => {
                if !self.sockets.contains_key(&name) {
                    let id = host.tcp_open().map_err(|e| format!("no socket: {e:?}"))?;
                    self.add(&name, id);
                    if verb == "listen" {
                        host.tcp_bind(id, HOST_PORT).map_err(|e| format!("bind: {e:?}"))?;
                    }
                }
                let id = self.open(&name)?.id;
                let got = match verb {
                    "bind" => host.tcp_bind(id, number(0)? as u16),
                    "listen" => {
                        let backlog = if args.is_empty() { 8 } else { number(0)? };
                        host.tcp_listen(id, backlog as u16)
                    }
                    _ => {
                        self.connecting = true;
                        let port = self.flow().peer_port;
                        host.tcp_connect(id, (PEER_IP, port))
                    }
                };
                check(want, got.map(|()| None))
            }
            "connected" => check(
                want,
                host.tcp_connected(self.open(&name)?.id).map(|yes| Some(i64::from(yes))),
            ),
            "accept" => {
                // `d: accept` gives the new connection the name d; the listener is l.
                let id = self.open("l")?.id;
                let got = host.tcp_accept(id);
                if let Ok(id) = got {
                    self.add(socket.unwrap_or("c"), id);
                }
                check(want, got.map(|_| None))
            }
            "send" => {
                let want_len = number(0)?;
                let open = self.open(&name)?;
                let data = stream::bytes(HOST_SALT, open.sent, want_len as usize);
                let got = host.tcp_send(open.id, &data);
                if let (Ok(sent), Some(open)) = (got, self.sockets.get_mut(&name)) {
                    open.sent += sent as u32;
                }
                let wanted = want_len.to_string();
                check(want.or(Some(&wanted)), got.map(|n| Some(n as i64)))
            }
            "recv" | "peek" => {
                let most = if args.is_empty() { 1 << 20 } else { number(0)? };
                let open = self.open(&name)?;
                let offset = open.received;
                let got = host.tcp_recv(open.id, most as usize, verb == "peek");
                if let Ok(data) = &got {
                    if let Some(at) = stream::first_wrong(PEER_SALT, offset, data) {
                        return Err(format!(
                            "byte {} of the stream is wrong",
                            offset as usize + at
                        ));
                    }
                    if verb == "recv"
                        && let Some(open) = self.sockets.get_mut(&name)
                    {
                        open.received += data.len() as u32;
                    }
                }
                let wanted = most.to_string();
                check(want.or(Some(&wanted)), got.map(|data| Some(data.len() as i64)))
            }
            "shutdown" => {
                let what = args.first().map_or("both", String::as_str);
                check(want, host.tcp_shutdown(self.open(&name)?.id, what).map(|()| None))
            }
            "close" | "abort" => {
                let id = self.open(&name)?.id;
                let got = if verb == "close" { host.tcp_close(id) } else { host.tcp_abort(id) };
                // The name stays good for asking about the state.
                check(want, got.map(|()| None))
            }
            "set" => {
                if !self.sockets.contains_key(&name) {
                    let id = host.tcp_open().map_err(|e| format!("no socket: {e:?}"))?;
                    self.add(&name, id);
                    if name == "l" {
                        host.tcp_bind(id, HOST_PORT).map_err(|e| format!("bind: {e:?}"))?;
                    }
                }
                let id = self.open(&name)?.id;
                let option = args.first().map_or("", String::as_str);
                check(want, host.tcp_set(id, option, number(1)?).map(|()| None))
            }
            "state" => {
                let flow = socket.map_or(self.flow, |s| self.sockets.get(s).map_or(0, |o| o.flow));
                let want = args.join(" ");
                let seen = self.state(&name, flow);
                if seen == want {
                    Ok(())
                } else {
                    Err(format!("state {want} expected, {seen} seen"))
                }
            }
            "poll" => {
                let seen = host.tcp_poll(self.open(&name)?.id);
                let mut want: Vec<&str> = args.iter().map(String::as_str).collect();
                want.retain(|w| *w != "none");
                want.sort_unstable();
                let mut got: Vec<&str> = seen.to_vec();
                got.sort_unstable();
                if got == want {
                    Ok(())
                } else {
                    Err(format!("poll {want:?} expected, {got:?} seen"))
                }
            }
            "error" => {
                let seen = host.tcp_error(self.open(&name)?.id).map_or("none".into(), errno_name);
                let want = args.first().map_or("none", String::as_str);
                if seen == want {
                    Ok(())
                } else {
                    Err(format!("error {want} expected, {seen} seen"))
                }
            }
            "readable" => check(
                args.first().map(String::as_str),
                host.tcp_readable(self.open(&name)?.id).map(|n| Some(n as i64)),
            ),
            "wait" => {
                let span = Span::new(args.first().map_or("", String::as_str))?.value(&names)?;
                self.lab.net.run_for(span);
                Ok(())
            }
            "entropy" => {
                host.fail_entropy(args.first().is_some_and(|a| a == "off"));
                Ok(())
            }
            "hold" => self.hold(args.first().map_or("", String::as_str), number(1)? as usize),
            "release" => {
                self.held.clear();
                Ok(())
            }
            other => Err(format!("nobody knows `{other}`")),
        }
    }

    /// Takes packets out of a pool until so few are left.
    fn hold(&mut self, pool: &str, left: usize) -> Outcome {
        let pools = self.lab.host.core().pools();
        let take = || match pool {
            "tx" => Ok(pools.alloc_tx(0, 1, NO_WAIT)),
            "rx" => Ok(pools.alloc_rx(1, NO_WAIT)),
            other => Err(format!("there is no pool `{other}`")),
        };
        let mut taken = Vec::new();
        while let Some(pkt) = take()? {
            taken.push(pkt);
        }
        taken.truncate(taken.len().saturating_sub(left));
        self.held.extend(taken);
        Ok(())
    }

    fn state(&mut self, name: &str, flow: u32) -> String {
        let ports = self.flows.get(&flow).map(|f| (f.host_port.unwrap_or(0), f.peer_port));
        let id = self.sockets.get(name).map(|open| open.id);
        self.lab.host.tcp_state(id, ports.map(|(host, peer)| (host, (PEER_IP, peer))))
    }

    fn info(&mut self, field: &str) -> Result<i64, String> {
        let id = self.open("c")?.id;
        self.lab.host.tcp_number(id, field).ok_or_else(|| format!("nobody knows `{field}`"))
    }
}

/// Holds the outcome of a call against what the script wants: a number, an error, or success.
fn check(want: Option<&str>, got: Result<Option<i64>, Error>) -> Outcome {
    let seen = match got {
        Ok(Some(number)) => number.to_string(),
        Ok(None) => "ok".into(),
        Err(error) => errno_name(error),
    };
    let want = match (want, got) {
        (Some(want), _) => want,
        (None, Ok(_)) => return Ok(()),
        (None, Err(_)) => "success",
    };
    if seen == want { Ok(()) } else { Err(format!("{want} expected, {seen} seen")) }
}

/// The name of an error's errno value.
fn errno_name(error: Error) -> String {
    format!("E{}", format!("{error:?}").to_uppercase()).replace("EACCESS", "EACCES")
}

fn clock(at: Instant) -> String {
    let micros = at.as_micros();
    format!("{:>4}.{:06}", micros / 1_000_000, micros % 1_000_000)
}

fn millis(span: Duration) -> String {
    format!("{}.{:03} ms", span.as_micros() / 1000, span.as_micros() % 1000)
}
