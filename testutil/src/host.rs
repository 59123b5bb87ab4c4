// SPDX-License-Identifier: Apache-2.0
//! A simulated host: one stack, its pools, and a platform that moves frames in virtual time.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard};

#[cfg(CONFIG_NET_IPV4)]
use znet::base::IpAddr;
use znet::base::{DropReason, Endpoint, Error, Instant, Ipv4Addr};
use znet::buf::{Home, NO_WAIT, Pkt, Pools};
use znet::iface::IfRef;
use znet::stack::{Call, Core, Env, Event, Platform, Stack, UDP_HEADROOM};
#[cfg(CONFIG_NET_IPV4)]
use znet::stack::{EchoRequest, Offer};
use znet::transport::ContextId;
use znet::wire::checksum::Sum;

use crate::rng::Rng;
use crate::turn::Turn;

/// Virtual time, shared by everything in one network.
pub(crate) type Clock = Arc<AtomicU64>;

/// A UDP end point of a [`Host`].
pub type Socket = ContextId;

/// A datagram as an application gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Datagram {
    /// Who sent it.
    pub from: (Ipv4Addr, u16),
    /// Its payload.
    pub data: Vec<u8>,
}

/// One stack on its own machine. Hosts are made by [`Network::host`](crate::Network::host) and
/// live, like firmware, until the process ends.
pub struct Host {
    name: String,
    core: Core,
    machine: &'static Machine,
    pools: &'static Pools,
    sockets: Mutex<Vec<Socket>>,
}

/// What surrounds the stack: clock, entropy, drivers, listeners.
struct Machine {
    clock: Clock,
    rng: Mutex<Rng>,
    outbox: Mutex<VecDeque<(IfRef, Vec<u8>)>>,
    calls: Mutex<Vec<(Call, Vec<u8>)>>,
    events: Mutex<Vec<Event>>,
    deadline: Mutex<Option<Instant>>,
    driver_fails: AtomicBool,
    driver_scribbles: AtomicBool,
    entropy_fails: AtomicBool,
    frames: Turn,
    draws: Turn,
    pools: &'static Pools,
}

impl Env for Machine {
    fn now(&self) -> Instant {
        Instant::from_micros(self.clock.load(Relaxed))
    }

    fn random(&self, out: &mut [u8]) -> Result<(), Error> {
        if self.draws.strikes() || self.entropy_fails.load(Relaxed) {
            return Err(Error::NoDev);
        }
        lock(&self.rng).fill(out);
        Ok(())
    }
}

impl Platform for Machine {
    fn transmit(&self, iface: IfRef, pkt: Pkt) -> Result<(), Error> {
        if self.frames.strikes() || self.driver_fails.load(Relaxed) {
            return Err(Error::Io);
        }
        lock(&self.outbox).push_back((iface, bytes_of(&pkt)));
        drop(pkt);
        if self.driver_scribbles.load(Relaxed) {
            scribble(self.pools);
        }
        Ok(())
    }

    fn call(&self, call: Call, pkt: Pkt) {
        lock(&self.calls).push((call, bytes_of(&pkt)));
    }

    fn event(&self, event: Event) {
        lock(&self.events).push(event);
    }

    fn deadline(&self, at: Instant) {
        let mut deadline = lock(&self.deadline);
        *deadline = Some(deadline.map_or(at, |d| d.min(at)));
    }
}

impl Host {
    pub(crate) fn new(name: &str, clock: Clock, rng: Rng) -> &'static Host {
        let pools: &'static Pools = Box::leak(Box::new(Pools::new()));
        let machine: &'static Machine = Box::leak(Box::new(Machine {
            clock,
            rng: Mutex::new(rng),
            outbox: Mutex::default(),
            calls: Mutex::default(),
            events: Mutex::default(),
            deadline: Mutex::default(),
            driver_fails: AtomicBool::new(false),
            driver_scribbles: AtomicBool::new(false),
            entropy_fails: AtomicBool::new(false),
            frames: Turn::new(),
            draws: Turn::new(),
            pools,
        }));
        let host: &'static Host = Box::leak(Box::new(Host {
            name: name.into(),
            core: Core::with_new(pools, machine, |shared| Box::leak(Box::new(shared))),
            machine,
            pools,
            sockets: Mutex::default(),
        }));
        host.core.with(|stack, env| stack.start(env));
        host
    }

    /// Switches the machine off and on: a new stack with the interfaces of the old one, their
    /// addresses kept, everything else forgotten.
    pub fn restart(&self, seed: u64) {
        lock(&self.sockets).clear();
        *lock(&self.machine.rng) = Rng::new(seed);
        self.core.with(|stack, env| {
            let ifaces: Vec<IfRef> = stack.ifaces.iter().collect();
            *stack = Stack::new(Home::new(self.pools));
            stack.start(env);
            for iface in ifaces {
                stack.ifaces.add(iface).expect("there was room before");
            }
        });
        lock(&self.machine.outbox).clear();
        lock(&self.machine.calls).clear();
        lock(&self.machine.events).clear();
        *lock(&self.machine.deadline) = None;
    }

    /// What the host is called in captures and messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The stack behind its lock.
    pub fn core(&self) -> &Core {
        &self.core
    }

    /// How often the stack dropped a packet for `reason`.
    pub fn drops(&self, reason: DropReason) -> u32 {
        self.core.with(|stack, _| stack.drops(reason))
    }

    /// All drops of the stack.
    pub fn drops_total(&self) -> u32 {
        self.core.with(|stack, _| stack.drops_total())
    }

    /// The reasons for which the stack dropped packets so far, and how often.
    pub fn drop_counts(&self) -> Vec<(DropReason, u32)> {
        let counts = |stack: &mut Stack| {
            DropReason::ALL.iter().map(|r| (*r, stack.drops(*r))).filter(|(_, n)| *n > 0).collect()
        };
        self.core.with(|stack, _| counts(stack))
    }

    /// Takes what was handed to callbacks: which, and the packet's bytes.
    pub fn take_calls(&self) -> Vec<(Call, Vec<u8>)> {
        std::mem::take(&mut lock(&self.machine.calls))
    }

    /// Takes what management listeners were told.
    pub fn take_events(&self) -> Vec<Event> {
        std::mem::take(&mut lock(&self.machine.events))
    }

    /// Makes the driver refuse every frame, or none again.
    pub fn fail_driver(&self, fail: bool) {
        self.machine.driver_fails.store(fail, Relaxed);
    }

    /// Makes the driver refuse the frame before which it is given `n` others from now on; none when `None`.
    pub fn fail_frame(&self, n: Option<u64>) {
        self.machine.frames.plan(n);
    }

    /// Frames that the driver was given since then.
    pub fn frames_tried(&self) -> u64 {
        self.machine.frames.tried()
    }

    /// Makes the entropy source fail at the draw before which there are `n` others from now on.
    pub fn fail_draw(&self, n: Option<u64>) {
        self.machine.draws.plan(n);
    }

    /// Draws since then.
    pub fn draws_tried(&self) -> u64 {
        self.machine.draws.tried()
    }

    /// Makes the driver overwrite every buffer that is free after it sent a frame: whoever still
    /// looks at the packet then finds rubbish.
    pub fn scribble_after_send(&self, yes: bool) {
        self.machine.driver_scribbles.store(yes, Relaxed);
    }

    /// Takes the entropy source away, or gives it back.
    pub fn fail_entropy(&self, fail: bool) {
        self.machine.entropy_fails.store(fail, Relaxed);
    }

    /// What the driver does with a frame from the wire. False when there was no buffer for it.
    pub fn receive(&self, iface: IfRef, frame: &[u8]) -> bool {
        let Some(mut pkt) = self.pools.alloc_rx(frame.len(), NO_WAIT) else { return false };
        if pkt.append(frame) != frame.len() {
            return false;
        }
        pkt.set_iface(iface.as_ptr().cast());
        self.core.with(|stack, env| stack.rx(env, iface, pkt));
        true
    }

    /// Opens a UDP socket.
    ///
    /// # Panics
    /// When all contexts are in use.
    pub fn udp_open(&self) -> Socket {
        self.try_udp_open().expect("a free context")
    }

    /// Opens a UDP socket.
    ///
    /// # Errors
    /// When all contexts are in use.
    pub fn try_udp_open(&self) -> Result<Socket, Error> {
        let socket = self.core.with(|stack, _| stack.udp_open())?;
        lock(&self.sockets).push(socket);
        Ok(socket)
    }

    /// Opens a UDP socket on a port, for all addresses.
    ///
    /// # Panics
    /// When all contexts are in use or the port is taken.
    #[cfg(CONFIG_NET_IPV4)]
    #[track_caller]
    pub fn udp_bind(&self, port: u16) -> Socket {
        let socket = self.udp_open();
        self.bind(socket, (Ipv4Addr::UNSPECIFIED, port)).expect("a free port");
        socket
    }

    /// Gives a socket its address and port.
    ///
    /// # Errors
    /// Those of [`Stack::udp_bind`].
    #[cfg(CONFIG_NET_IPV4)]
    pub fn bind(&self, socket: Socket, to: (impl Into<Ipv4Addr>, u16)) -> Result<(), Error> {
        let local = endpoint(to);
        self.core.with(|stack, env| stack.udp_bind(env, socket, local))
    }

    /// Ties a socket to one peer.
    ///
    /// # Errors
    /// Those of [`Stack::udp_connect`].
    #[cfg(CONFIG_NET_IPV4)]
    pub fn connect(&self, socket: Socket, to: (impl Into<Ipv4Addr>, u16)) -> Result<(), Error> {
        let remote = endpoint(to);
        self.core.with(|stack, env| stack.udp_connect(env, socket, Some(remote)))
    }

    /// Closes a socket.
    ///
    /// # Panics
    /// When it was closed before.
    #[track_caller]
    pub fn close(&self, socket: Socket) {
        lock(&self.sockets).retain(|s| *s != socket);
        self.core.with(|stack, _| stack.context_close(socket)).expect("an open socket");
    }

    /// Sends a datagram.
    ///
    /// # Errors
    /// Those of [`Stack::udp_send`].
    #[cfg(CONFIG_NET_IPV4)]
    pub fn udp_send_to(
        &self,
        socket: Socket,
        to: (impl Into<Ipv4Addr>, u16),
        data: &[u8],
    ) -> Result<(), Error> {
        self.send(socket, Some(endpoint(to)), data)
    }

    /// Sends a datagram to the peer the socket is connected to.
    ///
    /// # Errors
    /// Those of [`Stack::udp_send`].
    pub fn udp_send(&self, socket: Socket, data: &[u8]) -> Result<(), Error> {
        self.send(socket, None, data)
    }

    fn send(&self, socket: Socket, to: Option<Endpoint>, data: &[u8]) -> Result<(), Error> {
        let mut pkt =
            self.pools.alloc_tx(UDP_HEADROOM, data.len(), NO_WAIT).ok_or(Error::NoBufs)?;
        if pkt.append(data) != data.len() {
            return Err(Error::NoBufs);
        }
        let sum = Sum::of(data);
        self.core.with(|stack, env| stack.udp_send(env, socket, to, pkt, sum))
    }

    /// The oldest datagram that waits for a socket.
    pub fn udp_recv(&self, socket: Socket) -> Option<Datagram> {
        self.try_udp_recv(socket).ok().flatten()
    }

    /// The oldest datagram that waits for a socket.
    ///
    /// # Errors
    /// The socket's pending error.
    pub fn try_udp_recv(&self, socket: Socket) -> Result<Option<Datagram>, Error> {
        let Some(pkt) = self.core.with(|stack, _| stack.context_receive(socket))? else {
            return Ok(None);
        };
        Ok(Some(Datagram { from: pkt.remote_v4(), data: bytes_of(&pkt) }))
    }

    /// Sends an echo request.
    ///
    /// # Errors
    /// Those of [`Stack::icmp_echo_request`].
    #[cfg(CONFIG_NET_IPV4)]
    pub fn ping(&self, to: impl Into<Ipv4Addr>, seq: u16, payload: &[u8]) -> Result<(), Error> {
        let request = EchoRequest { ident: 1, seq, payload: &[payload], offer: Offer::default() };
        let to = to.into();
        self.core.with(|stack, env| stack.icmp_echo_request(env, None, to, request))
    }

    /// What has to be back at its baseline and is not, in words; `None` when all is.
    pub fn leaks(&self) -> Option<String> {
        if !self.pools.all_free() {
            let (free, all) = (self.pools.free(), Pools::capacity());
            return Some(format!("{}: {free:?} is free, not {all:?}", self.name));
        }
        #[cfg(CONFIG_NET_TCP)]
        if let Some(leak) = self.tcp_leaks() {
            return Some(leak);
        }
        let contexts = self.core.with(|stack, _| stack.contexts.in_use());
        let open = lock(&self.sockets).len();
        (contexts != open)
            .then(|| format!("{}: {contexts} contexts in use, {open} sockets", self.name))
    }

    /// Closes every socket opened here; connections end with a reset.
    pub fn close_all(&self) {
        for socket in std::mem::take(&mut *lock(&self.sockets)) {
            // A test may have closed it through the stack itself.
            #[cfg(CONFIG_NET_TCP)]
            if self.core.with(|stack, env| stack.tcp_abort(env, socket)).is_ok() {
                continue;
            }
            let _ = self.core.with(|stack, _| stack.context_close(socket));
        }
    }

    /// Counts a socket among those opened here.
    #[cfg(CONFIG_NET_TCP)]
    pub(crate) fn remember(&self, socket: Socket) {
        lock(&self.sockets).push(socket);
    }

    /// The reverse of [`remember`](Self::remember).
    #[cfg(CONFIG_NET_TCP)]
    pub(crate) fn forget(&self, socket: Socket) {
        lock(&self.sockets).retain(|s| *s != socket);
    }

    pub(crate) fn pop_outgoing(&self) -> Option<(IfRef, Vec<u8>)> {
        lock(&self.machine.outbox).pop_front()
    }

    /// When the stack asked to be looked at: only what it said is used, as in a firmware.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        *lock(&self.machine.deadline)
    }

    /// Runs the stack's timers.
    pub(crate) fn run_timers(&self) {
        *lock(&self.machine.deadline) = None;
        let next = self.core.with(|stack, env| {
            stack.timers(env);
            stack.deadline()
        });
        if let Some(at) = next {
            self.machine.deadline(at);
        }
    }
}

/// Takes all free buffers, fills them with rubbish and gives them back.
fn scribble(pools: &'static Pools) {
    let rubbish = [0xdd; 1500];
    let mut all: Vec<Pkt> = Vec::new();
    for len in [rubbish.len(), 64] {
        all.extend(std::iter::from_fn(|| pools.alloc_rx(len, NO_WAIT)));
        all.extend(std::iter::from_fn(|| pools.alloc_tx(0, len, NO_WAIT)));
    }
    for pkt in &mut all {
        pkt.append(&rubbish);
    }
}

#[cfg(CONFIG_NET_IPV4)]
fn endpoint((addr, port): (impl Into<Ipv4Addr>, u16)) -> Endpoint {
    Endpoint::new(IpAddr::V4(addr.into()), port)
}

fn bytes_of(pkt: &Pkt) -> Vec<u8> {
    pkt.fragments().flatten().copied().collect()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no panic while it was held")
}
