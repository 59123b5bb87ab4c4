// SPDX-License-Identifier: Apache-2.0
//! The short way of ordinary packets over IPv6 says what the long way says.
//!
//! Each frame, most of them damaged somewhere, goes to two hosts that are alike: to one in a single
//! buffer, which is what the short way is for, to the other in two, which takes the long way.
#![cfg(all(CONFIG_NET_IPV6, CONFIG_NET_L2_ETHERNET, CONFIG_NET_UDP))]

use std::cell::{Cell, RefCell};
use std::net::Ipv6Addr;

use testutil::Rng;
use testutil::frame::ethernet;
use testutil::lab6::{Ipv6, mend_icmp};
use znet::base::{DropReason, Endpoint, EthAddr, Instant, IpAddr, Result};
use znet::buf::{NO_WAIT, Pkt, Pools};
use znet::iface::{IfBuilder, IfRef};
use znet::stack::{Call, Core, Env, Event, Platform, Shared};
use znet::transport::ContextId;
use znet::wire::ndp::Builder;

const OWN_MAC: EthAddr = EthAddr([2, 0, 0, 0, 0, 1]);
const PEER_MAC: EthAddr = EthAddr([2, 0, 0, 0, 0, 2]);
const OWN: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1);
const PEER: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 2);
const PORT: u16 = 4242;
/// Where the transport header begins.
const TRANSPORT: usize = 54;
const UDP: u8 = 17;
const TCP: u8 = 6;

/// A time at which nothing is waited for any more.
struct Later;

impl Env for Later {
    fn now(&self) -> Instant {
        Instant::from_millis(3_600_000)
    }

    fn random(&self, out: &mut [u8]) -> Result<()> {
        out.fill(1);
        Ok(())
    }
}

thread_local! {
    /// Frames sent by the host that acts.
    static SENT: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
    /// The time in milliseconds: it passes, lest limits of rates be all that is seen.
    static NOW: Cell<u64> = const { Cell::new(1) };
}

struct Wire;

impl Platform for Wire {
    fn transmit(&self, _: IfRef, pkt: Pkt) -> Result<()> {
        SENT.with_borrow_mut(|sent| sent.push(pkt.fragments().flatten().copied().collect()));
        Ok(())
    }
    fn call(&self, _: Call, _: Pkt) {}
    fn event(&self, _: Event) {}
    fn deadline(&self, _: Instant) {}
}

impl Env for Wire {
    fn now(&self) -> Instant {
        Instant::from_millis(NOW.get())
    }
    fn random(&self, out: &mut [u8]) -> Result<()> {
        out.fill(7);
        Ok(())
    }
}

struct Host {
    core: &'static Core,
    pools: &'static Pools,
    iface: IfRef,
    socket: ContextId,
}

/// Payload, sender's address and port, hop limit.
type Datagram = (Vec<u8>, Ipv6Addr, u16, u8);

/// What came of a frame: a datagram, the reasons of drops, the frames sent in answer.
type Outcome = (Option<Datagram>, Vec<u32>, Vec<Vec<u8>>);

fn keep(shared: Shared) -> &'static Shared {
    Box::leak(Box::new(shared))
}

impl Host {
    fn new() -> Host {
        let pools: &'static Pools = Box::leak(Box::new(Pools::new()));
        let core: &'static Core = Box::leak(Box::new(Core::with_new(pools, &Wire, keep)));
        let iface = IfBuilder::ethernet(OWN_MAC).ipv6(OWN, 64).up().build();
        let socket = core.with(|stack, env| {
            stack.ifaces.add(iface).unwrap();
            let id = stack.udp_open().unwrap();
            stack.context_set_v6(id).unwrap();
            let local = Endpoint::new(IpAddr::V6(Ipv6Addr::UNSPECIFIED), PORT);
            stack.udp_bind(env, id, local).unwrap();
            id
        });
        let host = Host { core, pools, iface, socket };
        host.meet();
        host
    }

    /// The peer asks for the host's address, so it is known from then on; who does not answer is
    /// forgotten.
    fn meet(&self) {
        self.core.with(|stack, env| stack.timers(env));
        let question = Builder::neighbour_solicit(OWN).source_link(PEER_MAC);
        let mut message = question.as_bytes().to_vec();
        mend_icmp(PEER, OWN, &mut message);
        let packet = Ipv6::new(PEER, OWN, 58).hop_limit(255).build(&message);
        let (_, _, sent) = self.take(&ethernet(OWN_MAC, PEER_MAC, 0x86dd, &packet), 0);
        assert_eq!(sent.len(), 1, "an advertisement");
    }

    /// Takes a frame, in one buffer or with its first `split` bytes in a buffer of their own.
    fn take(&self, frame: &[u8], split: usize) -> Outcome {
        let (first, rest) = frame.split_at(split.min(frame.len()));
        let mut pkt = self.pools.alloc_rx(frame.len(), NO_WAIT).unwrap();
        assert_eq!(pkt.append(rest), rest.len());
        if !first.is_empty() {
            pkt.prepend(first.len(), 0).unwrap().copy_from_slice(first);
        }
        assert_eq!(pkt.is_linear(), split == 0);
        SENT.with_borrow_mut(Vec::clear);
        self.core.with(|stack, env| stack.rx(env, self.iface, pkt));
        let got = self.core.with(|stack, _| stack.context_receive(self.socket)).unwrap();
        let got = got.map(|pkt| {
            let mut bytes = vec![0; pkt.len()];
            pkt.copy_out(0, &mut bytes);
            let (from, port) = pkt.remote();
            (bytes, from.into(), port, pkt.ttl())
        });
        let drops = DropReason::ALL.iter().map(|&r| self.core.with(|s, _| s.drops(r))).collect();
        (got, drops, SENT.with_borrow_mut(std::mem::take))
    }

    /// Nothing is held when all that waits has been given up.
    fn assert_clean(self) {
        self.core.with(|stack, _| {
            stack.timers(&Later);
            stack.timers(&Later);
        });
        self.iface.bring_down();
        self.core.with(|stack, _| stack.timers(&Later));
        assert!(self.pools.all_free());
    }
}

fn sum(bytes: &[u8], start: u32) -> u16 {
    let mut acc = start;
    for pair in bytes.chunks(2) {
        acc += u32::from(pair[0]) << 8 | pair.get(1).map_or(0, |&b| u32::from(b));
    }
    while acc > 0xffff {
        acc = (acc & 0xffff) + (acc >> 16);
    }
    !(acc as u16)
}

/// A sound frame around a transport header and payload.
fn frame(next_header: u8, content: &[u8]) -> Vec<u8> {
    let mut f = Vec::new();
    f.extend(OWN_MAC.0);
    f.extend(PEER_MAC.0);
    f.extend([0x86, 0xdd, 0x60, 0, 0, 0]);
    f.extend((content.len() as u16).to_be_bytes());
    f.extend([next_header, 61]);
    f.extend(PEER.octets());
    f.extend(OWN.octets());
    f.extend(content);
    repair(&mut f);
    f
}

fn datagram(len: usize) -> Vec<u8> {
    let mut f = Vec::new();
    f.extend(40_000u16.to_be_bytes());
    f.extend(PORT.to_be_bytes());
    f.extend((8 + len as u16).to_be_bytes());
    f.extend([0, 0]);
    f.extend((0..len).map(|i| i as u8));
    f
}

/// A segment for a port nobody listens on: it is answered by a reset.
fn segment(len: usize) -> Vec<u8> {
    let mut f = Vec::new();
    f.extend(40_000u16.to_be_bytes());
    f.extend(80u16.to_be_bytes());
    f.extend([0, 0, 1, 0, 0, 0, 2, 0, 0x80, 0x18, 16, 0, 0, 0, 0, 0]);
    f.extend([1, 1, 8, 10, 0, 0, 0, 9, 0, 0, 0, 7]);
    f.extend((0..len).map(|i| i as u8));
    f
}

/// Makes the checksum right again, where there is a transport header at all.
fn repair(f: &mut [u8]) {
    let Some(place) = f.get(20).map(|next| if *next == TCP { 16 } else { 6 }) else { return };
    let at = TRANSPORT + place;
    if f.len() < at + 2 {
        return;
    }
    f[at..at + 2].fill(0);
    let len = (f.len() - TRANSPORT) as u32;
    let pseudo: u32 = f[22..54].chunks(2).map(|p| u32::from(p[0]) << 8 | u32::from(p[1])).sum();
    let check = match sum(&f[TRANSPORT..], pseudo + u32::from(f[20]) + len) {
        0 => 0xffff,
        check => check,
    };
    f[at..at + 2].copy_from_slice(&check.to_be_bytes());
}

/// Damages a frame somewhere, or not.
fn damage(rng: &mut Rng, f: &mut Vec<u8>) {
    for _ in 0..rng.below(4) {
        let at = rng.below(f.len() as u64) as usize;
        // Headers first: most decisions are made there.
        let at = if rng.below(4) == 0 { at } else { at % (TRANSPORT + 8).min(f.len()) };
        f[at] = match rng.below(3) {
            0 => rng.below(256) as u8,
            1 => f[at] ^ 1 << rng.below(8),
            _ => [0, 1, 0x7f, 0x80, 0xfe, 0xff][rng.below(6) as usize],
        };
    }
    if rng.below(2) == 0 {
        repair(f);
    }
    if rng.below(8) == 0 {
        f.truncate(rng.below(f.len() as u64 + 1) as usize);
    }
    if rng.below(8) == 0 {
        f.extend([0; 6]);
    }
}

fn compare(seed: u64, make: impl Fn(usize) -> Vec<u8>, next_header: u8) -> usize {
    let (short, long) = (Host::new(), Host::new());
    let mut rng = Rng::new(seed);
    let mut taken = 0;
    for round in 0..10_000 {
        let mut f = frame(next_header, &make(rng.below(60) as usize));
        damage(&mut rng, &mut f);
        if f.len() < 2 {
            continue;
        }
        NOW.set(NOW.get() + 100);
        if round % 10 == 0 {
            short.meet();
            long.meet();
        }
        let split = 1 + rng.below(f.len() as u64 - 1) as usize;
        let (a, b) = (short.take(&f, 0), long.take(&f, split));
        assert_eq!(a, b, "round {round}, split at {split}: {f:02x?}");
        taken += usize::from(a.0.is_some() || !a.2.is_empty());
    }
    short.assert_clean();
    long.assert_clean();
    taken
}

#[test]
fn datagrams() {
    let delivered = compare(0x706c_6169, datagram, UDP);
    assert!(delivered > 2_000, "only {delivered} of the frames were sound");
}

#[test]
#[cfg(CONFIG_NET_TCP)]
fn segments() {
    let answered = compare(0x706c_6170, segment, TCP);
    assert!(answered > 2_000, "only {answered} of the frames were sound");
}
