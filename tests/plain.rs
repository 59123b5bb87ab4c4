// SPDX-License-Identifier: Apache-2.0
//! The short way of ordinary datagrams says what the long way says.
//!
//! Each frame, most of them damaged somewhere, goes to two hosts that are alike: to one in a single
//! buffer, which is what the short way is for, to the other in two, which takes the long way.
#![cfg(CONFIG_NET_IPV4)]

use std::net::Ipv4Addr;

use testutil::Rng;
use znet::base::{DropReason, Endpoint, EthAddr, Instant, IpAddr, Result};
use znet::buf::{NO_WAIT, Pkt, Pools};
use znet::iface::{IfBuilder, IfRef};
use znet::stack::{Call, Core, Env, Event, Platform, Shared};
use znet::transport::ContextId;

const OWN_MAC: EthAddr = EthAddr([2, 0, 0, 0, 0, 1]);
const PEER_MAC: EthAddr = EthAddr([2, 0, 0, 0, 0, 2]);
const OWN: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
const PEER: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 2);
const PORT: u16 = 4242;

struct Still;

impl Env for Still {
    fn now(&self) -> Instant {
        Instant::from_millis(1)
    }
    fn random(&self, out: &mut [u8]) -> Result<()> {
        out.fill(7);
        Ok(())
    }
}

impl Platform for Still {
    fn transmit(&self, _: IfRef, _: Pkt) -> Result<()> {
        Ok(())
    }
    fn call(&self, _: Call, _: Pkt) {}
    fn event(&self, _: Event) {}
    fn deadline(&self, _: Instant) {}
}

struct Host {
    core: &'static Core,
    pools: &'static Pools,
    iface: IfRef,
    socket: ContextId,
}

/// Payload, sender's address and port, time to live.
type Datagram = (Vec<u8>, Ipv4Addr, u16, u8);

fn keep(shared: Shared) -> &'static Shared {
    Box::leak(Box::new(shared))
}

impl Host {
    fn new() -> Host {
        let pools: &'static Pools = Box::leak(Box::new(Pools::new()));
        let core: &'static Core = Box::leak(Box::new(Core::with_new(pools, &Still, keep)));
        let iface = IfBuilder::ethernet(OWN_MAC).ipv4(OWN, 24).up().build();
        let socket = core.with(|stack, env| {
            stack.ifaces.add(iface).unwrap();
            let id = stack.udp_open().unwrap();
            let local = Endpoint::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), PORT);
            stack.udp_bind(env, id, local).unwrap();
            id
        });
        Host { core, pools, iface, socket }
    }

    /// Takes a frame, in one buffer or with its first `split` bytes in a buffer of their own. Returns
    /// the datagram that came of it and the reasons of drops.
    fn take(&self, frame: &[u8], split: usize) -> (Option<Datagram>, Vec<u32>) {
        let (first, rest) = frame.split_at(split.min(frame.len()));
        let mut pkt = self.pools.alloc_rx(frame.len(), NO_WAIT).unwrap();
        assert_eq!(pkt.append(rest), rest.len());
        if !first.is_empty() {
            pkt.prepend(first.len(), 0).unwrap().copy_from_slice(first);
        }
        assert_eq!(pkt.is_linear(), split == 0);
        self.core.with(|stack, env| stack.rx(env, self.iface, pkt));
        let got = self.core.with(|stack, _| stack.context_receive(self.socket)).unwrap();
        let got = got.map(|pkt| {
            let mut bytes = vec![0; pkt.len()];
            pkt.copy_out(0, &mut bytes);
            let (from, port) = pkt.remote_v4();
            (bytes, from, port, pkt.ttl())
        });
        let drops = DropReason::ALL.iter().map(|&r| self.core.with(|s, _| s.drops(r))).collect();
        (got, drops)
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

/// A sound frame with `len` bytes of payload.
fn frame(len: usize) -> Vec<u8> {
    let mut f = Vec::new();
    f.extend(OWN_MAC.0);
    f.extend(PEER_MAC.0);
    f.extend([8, 0, 0x45, 0]);
    f.extend((28 + len as u16).to_be_bytes());
    f.extend([0, 1, 0x40, 0, 61, 17, 0, 0]);
    f.extend(PEER.octets());
    f.extend(OWN.octets());
    f.extend(40_000u16.to_be_bytes());
    f.extend(PORT.to_be_bytes());
    f.extend((8 + len as u16).to_be_bytes());
    f.extend([0, 0]);
    f.extend((0..len).map(|i| i as u8));
    repair(&mut f);
    f
}

/// Makes the checksums right again, where there are headers at all.
fn repair(f: &mut [u8]) {
    if f.len() < 42 {
        return;
    }
    f[24..26].fill(0);
    let header = sum(&f[14..34], 0);
    f[24..26].copy_from_slice(&header.to_be_bytes());
    f[40..42].fill(0);
    let len = (f.len() - 34) as u32;
    let pseudo: u32 = f[26..34].chunks(2).map(|p| u32::from(p[0]) << 8 | u32::from(p[1])).sum();
    let check = match sum(&f[34..], pseudo + 17 + len) {
        0 => 0xffff,
        check => check,
    };
    f[40..42].copy_from_slice(&check.to_be_bytes());
}

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

#[test]
fn the_short_way_says_what_the_long_way_says() {
    let (short, long) = (Host::new(), Host::new());
    let mut rng = Rng::new(0x706c_6169);
    let mut delivered = 0;
    for round in 0..20_000 {
        let mut f = frame(rng.below(60) as usize);
        for _ in 0..rng.below(4) {
            let at = rng.below(f.len() as u64) as usize;
            // Headers first: most decisions are made there.
            let at = if rng.below(4) == 0 { at } else { at % 42 };
            f[at] = match rng.below(3) {
                0 => rng.below(256) as u8,
                1 => f[at] ^ 1 << rng.below(8),
                _ => [0, 1, 0x7f, 0x80, 0xe0, 0xff][rng.below(6) as usize],
            };
        }
        if rng.below(2) == 0 {
            repair(&mut f);
        }
        if rng.below(8) == 0 {
            f.truncate(rng.below(f.len() as u64 + 1) as usize);
        }
        if rng.below(8) == 0 {
            f.extend([0; 6]);
        }
        if f.len() < 2 {
            continue;
        }
        let split = 1 + rng.below(f.len() as u64 - 1) as usize;
        let (a, b) = (short.take(&f, 0), long.take(&f, split));
        assert_eq!(a, b, "round {round}, split at {split}: {f:02x?}");
        delivered += usize::from(a.0.is_some());
    }
    for host in [short, long] {
        // Fragments that wait for others, errors that wait for a neighbour's address.
        host.core.with(|stack, _| stack.timers(&Later));
        host.core.with(|stack, _| stack.forget_neighbours(host.iface));
        assert!(host.pools.all_free());
    }
    assert!(delivered > 4_000, "only {delivered} of the frames were sound");
}
