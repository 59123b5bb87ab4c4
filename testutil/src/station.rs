// SPDX-License-Identifier: Apache-2.0
//! A peer without a stack: it sends what a test makes by hand and keeps what it receives.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};

use znet::base::{EthAddr, Instant, Ipv4Addr};
use znet::wire::arp::{self, Operation};
use znet::wire::ethernet::{self, ethertype};
use znet::wire::icmpv4::Message;
use znet::wire::ipv4::protocol;

use crate::check::{self, Check};
use crate::frame;

/// A station on a link. Clones are the same station.
#[derive(Clone, Debug)]
pub struct Station {
    inner: Arc<Mutex<Inner>>,
    /// Its link address.
    pub mac: EthAddr,
    /// The IPv4 address it pretends to have.
    pub ip: Ipv4Addr,
}

#[derive(Debug)]
struct Inner {
    outbox: VecDeque<Vec<u8>>,
    inbox: VecDeque<(Instant, Vec<u8>)>,
    answers_arp: bool,
    promiscuous: bool,
    hears_announcements: bool,
}

impl Inner {
    fn new() -> Self {
        Inner {
            outbox: VecDeque::new(),
            inbox: VecDeque::new(),
            answers_arp: true,
            promiscuous: false,
            hears_announcements: false,
        }
    }
}

impl Station {
    pub(crate) fn new(mac: EthAddr, ip: Ipv4Addr) -> Self {
        Station { inner: Arc::new(Mutex::new(Inner::new())), mac, ip }
    }

    pub(crate) fn restart(&self) {
        *self.inner() = Inner::new();
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("no panic while it was held")
    }

    /// Whether it answers ARP requests for its address by itself, as it does at first. Such
    /// requests do not appear among what it received.
    pub fn answer_arp(&self, yes: bool) {
        self.inner().answers_arp = yes;
    }

    /// Whether it keeps frames for other stations as well.
    pub fn promiscuous(&self, yes: bool) {
        self.inner().promiscuous = yes;
    }

    /// Whether it keeps ARP requests in which a host asks for its own address. At first it does not:
    /// some configurations send them every now and then, between whatever a test waits for.
    pub fn hear_announcements(&self, yes: bool) {
        self.inner().hears_announcements = yes;
    }

    /// Sends a frame as it is, when the network runs next.
    pub fn send(&self, frame: Vec<u8>) {
        self.inner().outbox.push_back(frame);
    }

    /// Sends an IPv4 packet to a station.
    pub fn send_ipv4(&self, to: EthAddr, packet: &[u8]) {
        self.send(frame::ipv4_frame(to, self.mac, packet));
    }

    /// Sends a UDP datagram from this station's address.
    pub fn send_udp(&self, to: (EthAddr, Ipv4Addr), ports: (u16, u16), data: &[u8]) {
        let udp = frame::udp((self.ip, ports.0), (to.1, ports.1), data);
        self.send_ipv4(to.0, &frame::Ipv4::new(self.ip, to.1, protocol::UDP).build(&udp));
    }

    /// Sends an ICMP message from this station's address.
    pub fn send_icmp(&self, to: (EthAddr, Ipv4Addr), message: Message, data: &[u8]) {
        let icmp = frame::icmp(message, data);
        self.send_ipv4(to.0, &frame::Ipv4::new(self.ip, to.1, protocol::ICMP).build(&icmp));
    }

    /// Sends an ARP packet from this station's link address.
    pub fn send_arp(&self, to: EthAddr, repr: arp::Repr) {
        self.send(frame::ethernet(to, self.mac, ethertype::ARP, &frame::arp(&repr)));
    }

    /// Asks everybody who has `target`.
    pub fn ask_arp(&self, target: Ipv4Addr) {
        let repr = arp::Repr {
            operation: Operation::Request,
            sender_hw: self.mac,
            sender_ip: self.ip,
            target_hw: EthAddr::UNSPECIFIED,
            target_ip: target,
        };
        self.send_arp(EthAddr::BROADCAST, repr);
    }

    /// Tells one station that this one has its address.
    pub fn reply_arp(&self, to: (EthAddr, Ipv4Addr)) {
        let repr = arp::Repr {
            operation: Operation::Reply,
            sender_hw: self.mac,
            sender_ip: self.ip,
            target_hw: to.0,
            target_ip: to.1,
        };
        self.send_arp(to.0, repr);
    }

    /// The oldest frame received and not yet taken.
    pub fn next(&self) -> Option<Vec<u8>> {
        self.inner().inbox.pop_front().map(|(_, frame)| frame)
    }

    /// The oldest frame received and when it came.
    pub fn next_with_time(&self) -> Option<(Instant, Vec<u8>)> {
        self.inner().inbox.pop_front()
    }

    /// Whether something was received that nobody has taken.
    pub fn has_mail(&self) -> bool {
        !self.inner().inbox.is_empty()
    }

    /// Takes all frames received.
    pub fn take(&self) -> Vec<Vec<u8>> {
        self.inner().inbox.drain(..).map(|(_, frame)| frame).collect()
    }

    /// Takes the oldest frame received and holds it against `checks`.
    ///
    /// # Panics
    /// When there is none or a check fails.
    #[track_caller]
    pub fn expect(&self, checks: &[&Check]) -> Vec<u8> {
        let frame = self.next().expect("a frame should have come");
        check::expect(&frame, checks);
        frame
    }

    /// Makes sure that nothing came that was not taken.
    ///
    /// # Panics
    /// When something did.
    #[track_caller]
    pub fn expect_nothing(&self) {
        if let Some(frame) = self.next() {
            panic!("a frame that should not have come:\n{}", check::hex(&frame));
        }
    }

    pub(crate) fn pop_outgoing(&self) -> Option<Vec<u8>> {
        self.inner().outbox.pop_front()
    }

    pub(crate) fn receive(&self, now: Instant, frame: &[u8]) {
        let Some((header, payload)) = ethernet::Header::parse(frame) else { return };
        let mut inner = self.inner();
        if !inner.promiscuous && header.dst != self.mac && !header.dst.is_multicast() {
            return;
        }
        if header.ethertype == ethertype::ARP
            && let Ok(arp) = arp::Repr::parse(payload)
            && arp.operation == Operation::Request
        {
            if inner.answers_arp && arp.target_ip == self.ip {
                drop(inner);
                return self.reply_arp((arp.sender_hw, arp.sender_ip));
            }
            if !inner.hears_announcements && arp.target_ip == arp.sender_ip {
                return;
            }
        }
        inner.inbox.push_back((now, frame.to_vec()));
    }
}
