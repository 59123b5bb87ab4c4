// SPDX-License-Identifier: Apache-2.0
//! Tries a board's Ethernet driver, together with the application `ffi-tests/boards/eth_smsc911x`, which
//! does what it is told in datagrams and answers with what it has seen.

use crate::join::INTERFACE;
use crate::proc::{Outcome, failed, say};
use crate::qemu::MAC;
use crate::relay;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::net::{Ipv4Addr, UdpSocket};
use std::os::unix::net::UnixStream;
use std::thread::sleep;
use std::time::{Duration, Instant};

const CONTROL_PORT: u16 = 4300;
const GROUP_PORT: u16 = 4301;
const UNREAD_PORT: u16 = 4302;
const LISTEN_PORT: u16 = 4303;
const PATIENCE: Duration = Duration::from_secs(2);

/// Two groups that share their Ethernet address (RFC 1112, 6.4), and one with an address of its own, whose
/// bit in a hash table of 64 differs too.
const GROUP: Ipv4Addr = Ipv4Addr::new(239, 1, 2, 3);
const ALIAS: Ipv4Addr = Ipv4Addr::new(225, 129, 2, 3);
const OTHER: Ipv4Addr = Ipv4Addr::new(239, 9, 9, 9);

/// How many frames a flood has, and after how many it draws breath, lest the host's own queues lose some.
const FLOOD: u32 = 10_000;
const BREATH: u32 = 50;

/// The words of an answer.
type State = BTreeMap<String, i64>;

/// A board under test.
pub struct Board {
    app: Ipv4Addr,
    host: Ipv4Addr,
    control: UdpSocket,
    /// Where QEMU takes commands.
    monitor: UnixStream,
    /// Frames as they are, from the host's end.
    wire: File,
}

/// Tries all. `ended` says how the machine ended, if it did.
pub fn check(
    app: Ipv4Addr,
    host: Ipv4Addr,
    monitor: UnixStream,
    ended: &mut dyn FnMut() -> Option<String>,
) -> Outcome {
    type Step = fn(&mut Board) -> io::Result<()>;
    let steps: [(&str, Step); 5] = [
        ("groups come in while joined", Board::groups),
        ("frames to others come in while promiscuous", Board::promiscuous),
        ("the carrier goes and comes", Board::carrier),
        ("the interface goes down and up", Board::bounce),
        ("a flood leaves nothing behind", Board::flood),
    ];
    let mut board =
        Board::meet(app, host, monitor).or_else(|why| failed(format!("meeting {app}: {why}")))?;
    for (what, step) in steps {
        let result = step(&mut board);
        if let Some(how) = ended() {
            return failed(format!("{what}: the machine ended: {how}"));
        }
        match result {
            Ok(()) => say(format!("{what}: ok")),
            Err(why) => return failed(format!("{what}: {why}")),
        }
    }
    Ok(())
}

impl Board {
    /// Waits until the application answers.
    fn meet(app: Ipv4Addr, host: Ipv4Addr, monitor: UnixStream) -> io::Result<Self> {
        let control = UdpSocket::bind((host, 0))?;
        control.connect((app, CONTROL_PORT))?;
        control.set_read_timeout(Some(PATIENCE))?;
        let wire = relay::open_packet(INTERFACE)?;
        let board = Self { app, host, control, monitor, wire };
        let deadline = Instant::now() + Duration::from_secs(10);
        while let Err(why) = board.ask("state") {
            if Instant::now() > deadline {
                return Err(why);
            }
            sleep(Duration::from_millis(20));
        }
        Ok(board)
    }

    fn ask(&self, command: &str) -> io::Result<State> {
        let mut answer = [0; 512];
        self.control.send(command.as_bytes())?;
        let len = self.control.recv(&mut answer)?;
        Ok(words(&String::from_utf8_lossy(&answer[..len])))
    }

    /// The same; the command must succeed.
    fn tell(&self, command: &str) -> io::Result<State> {
        let state = self.ask(command)?;
        expect(&format!("the result of '{command}'"), state["done"], 0)?;
        Ok(state)
    }

    /// Sends datagrams to a group; returns how many frames to groups and how many datagrams came. What is
    /// asked afterwards is answered afterwards: the way keeps the order.
    fn group(&self, group: Ipv4Addr) -> io::Result<(i64, i64)> {
        let before = self.ask("state")?;
        for _ in 0..5 {
            let payload = udp(self.host, group, GROUP_PORT, b"to a group");
            (&self.wire).write_all(&frame(&group_mac(group), 0x0800, &payload))?;
        }
        let after = self.ask("state")?;
        let grown = |name: &str| after[name] - before[name];
        Ok((grown("multicast"), grown("group")))
    }

    fn groups(&mut self) -> io::Result<()> {
        expect("before joining", self.group(GROUP)?, (0, 0))?;
        self.tell(&format!("join {GROUP}"))?;
        expect("joined", self.group(GROUP)?, (5, 5))?;
        expect("another group", self.group(OTHER)?, (0, 0))?;
        self.tell(&format!("join {ALIAS}"))?;
        self.tell(&format!("leave {GROUP}"))?;
        expect("a group with the same address", self.group(ALIAS)?, (5, 5))?;
        self.tell(&format!("leave {ALIAS}"))?;
        expect("after leaving", self.group(ALIAS)?, (0, 0))
    }

    fn promiscuous(&mut self) -> io::Result<()> {
        let others = frame(&[2, 0, 0x5e, 0, 0x53, 0x77], 0x88b5, &[0; 46]);
        let seen = |board: &Self| -> io::Result<i64> {
            let before = board.ask("state")?["frames"];
            (&board.wire).write_all(&others)?;
            // The command itself is a frame too.
            Ok(board.ask("state")?["frames"] - before - 1)
        };
        expect("by itself", seen(self)?, 0)?;
        self.tell("promisc 1")?;
        expect("promiscuous", seen(self)?, 1)?;
        self.tell("promisc 0")?;
        expect("afterwards", seen(self)?, 0)
    }

    fn carrier(&mut self) -> io::Result<()> {
        let before = self.ask("state")?["lost"];
        self.monitor.write_all(b"set_link link off\n")?;
        sleep(Duration::from_millis(100));
        self.control.set_read_timeout(Some(Duration::from_millis(200)))?;
        if self.ask("state").is_ok() {
            return Err(io::Error::other("an answer came without a link"));
        }
        self.control.set_read_timeout(Some(PATIENCE))?;
        self.monitor.write_all(b"set_link link on\n")?;
        sleep(Duration::from_millis(100));
        expect("carriers lost", self.ask("state")?["lost"] - before, 1)
    }

    fn bounce(&mut self) -> io::Result<()> {
        self.tell("bounce")?;
        self.tell("state").map(drop)
    }

    /// Many frames of all sorts at once. The pools must be full again afterwards.
    fn flood(&mut self) -> io::Result<()> {
        let pools = ["rx_pkts", "tx_pkts", "rx_bufs", "tx_bufs"];
        let before = self.ask("state")?;
        let mut random = 0x9e37_79b9;
        for number in 0..FLOOD {
            let frame = self.hostile(number, &mut random);
            (&self.wire).write_all(&frame)?;
            if number % BREATH == BREATH - 1 {
                sleep(Duration::from_millis(2));
            }
        }
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            sleep(Duration::from_millis(100));
            let after = match self.ask("state") {
                Ok(state) => state,
                // The command may have been lost with the rest of the flood.
                Err(_) if Instant::now() < deadline => continue,
                Err(why) => return Err(why),
            };
            let missing: Vec<&str> =
                pools.into_iter().filter(|name| after[*name] != before[*name]).collect();
            if missing.is_empty() {
                let grown = |name: &str| after[name] - before[name];
                say(format!(
                    "  {FLOOD} frames sent, {} came in, {} of them when no packet was free",
                    grown("frames"),
                    grown("no_buffer")
                ));
                return Ok(());
            }
            if Instant::now() > deadline {
                let text = format!("not back in the pools: {}: {after:?}", missing.join(", "));
                return Err(io::Error::other(text));
            }
        }
    }

    /// One frame of a flood.
    fn hostile(&self, number: u32, random: &mut u32) -> Vec<u8> {
        let mut next = || {
            *random ^= *random << 13;
            *random ^= *random >> 17;
            *random ^= *random << 5;
            *random
        };
        let filler = vec![0x5a; next() as usize % 1400];
        let (app, host) = (self.app, self.host);
        let ip = |payload: &[u8]| frame(&MAC, 0x0800, payload);
        match number % 13 {
            0 => ip(&udp(host, app, UNREAD_PORT, &filler)),
            1 => ip(&udp(host, app, 9, &filler)),
            2 => frame(&MAC, 0x0806, &arp(Ipv4Addr::from_bits(host.to_bits() & !0xff | 100), app)),
            3 => frame(&MAC, 0x88b5, &filler),
            4 => ip(&ipv4(host, app, 6, 0, &filler)),
            // Connections that are never made, from a port each.
            11 => ip(&syn(host, app, number as u16, next())),
            // Echo requests without a valid checksum.
            5 => ip(&ipv4(host, app, 1, 0, &[8, 0, 0, 0, 0, 0, 0, 0])),
            // The first fragment of a packet that is never whole.
            6 => ip(&ipv4(host, app, 17, 0x2000, &filler)),
            7 => frame(&group_mac(OTHER), 0x0800, &udp(host, OTHER, GROUP_PORT, &filler)),
            8 => frame(&[0xff; 6], 0x0800, &udp(host, Ipv4Addr::BROADCAST, 9, &filler)),
            // A length that the frame does not have.
            9 => {
                let mut packet = udp(host, app, UNREAD_PORT, b"short");
                packet[2..4].copy_from_slice(&2000u16.to_be_bytes());
                ip(&packet)
            }
            10 => ip(&[]),
            _ => ip(&(0..next() % 64).map(|_| next() as u8).collect::<Vec<u8>>()),
        }
    }
}

fn expect<T: PartialEq + std::fmt::Debug>(what: &str, got: T, wanted: T) -> io::Result<()> {
    if got == wanted {
        return Ok(());
    }
    Err(io::Error::other(format!("{what}: {got:?} instead of {wanted:?}")))
}

/// `name=value` words.
fn words(text: &str) -> State {
    text.split_whitespace()
        .filter_map(|word| word.split_once('='))
        .filter_map(|(name, value)| Some((name.to_string(), value.parse().ok()?)))
        .collect()
}

/// The Ethernet address of a group (RFC 1112, 6.4).
fn group_mac(group: Ipv4Addr) -> [u8; 6] {
    let [_, b, c, d] = group.octets();
    [0x01, 0x00, 0x5e, b & 0x7f, c, d]
}

/// An Ethernet frame, filled up to the shortest.
fn frame(to: &[u8; 6], kind: u16, payload: &[u8]) -> Vec<u8> {
    const FROM: [u8; 6] = [2, 0, 0x5e, 0, 0x53, 0x02];
    let mut bytes = [&to[..], &FROM, &kind.to_be_bytes(), payload].concat();
    bytes.resize(bytes.len().max(60), 0);
    bytes
}

/// An IPv4 packet; `fragment` are the flags and the offset as they lie there.
fn ipv4(from: Ipv4Addr, to: Ipv4Addr, protocol: u8, fragment: u16, payload: &[u8]) -> Vec<u8> {
    let len = (20 + payload.len()) as u16;
    let mut header = vec![0x45, 0];
    header.extend(len.to_be_bytes());
    header.extend([0x12, 0x34]);
    header.extend(fragment.to_be_bytes());
    header.extend([1, protocol, 0, 0]);
    header.extend(from.octets());
    header.extend(to.octets());
    let sum = crate::icmp::checksum(&header);
    header[10..12].copy_from_slice(&sum.to_be_bytes());
    header.extend(payload);
    header
}

/// A UDP datagram without a checksum, in its IPv4 packet.
fn udp(from: Ipv4Addr, to: Ipv4Addr, port: u16, payload: &[u8]) -> Vec<u8> {
    let mut datagram = 40_000u16.to_be_bytes().to_vec();
    datagram.extend(port.to_be_bytes());
    datagram.extend(((8 + payload.len()) as u16).to_be_bytes());
    datagram.extend([0, 0]);
    datagram.extend(payload);
    ipv4(from, to, 17, 0, &datagram)
}

/// A segment that asks port [`LISTEN_PORT`] for a connection (RFC 9293, 3.1).
fn syn(from: Ipv4Addr, to: Ipv4Addr, port: u16, sequence: u32) -> Vec<u8> {
    let mut segment = port.to_be_bytes().to_vec();
    segment.extend(LISTEN_PORT.to_be_bytes());
    segment.extend(sequence.to_be_bytes());
    segment.extend([0, 0, 0, 0, 0x50, 0x02, 0x40, 0x00, 0, 0, 0, 0]);
    let pseudo = [&from.octets()[..], &to.octets(), &[0, 6, 0, 20], &segment].concat();
    let sum = crate::icmp::checksum(&pseudo);
    segment[16..18].copy_from_slice(&sum.to_be_bytes());
    ipv4(from, to, 6, 0, &segment)
}

/// A question for the Ethernet address of `to`.
fn arp(from: Ipv4Addr, to: Ipv4Addr) -> Vec<u8> {
    let mut packet = vec![0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0x5e, 0, 0x53, 0x02];
    packet.extend(from.octets());
    packet.extend([0; 6]);
    packet.extend(to.octets());
    packet
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers() {
        let state = words("done=-95 rx_pkts=14 nonsense group=x");
        assert_eq!(state, State::from([("done".into(), -95), ("rx_pkts".into(), 14)]));
    }

    #[test]
    fn groups_that_share_an_address() {
        assert_eq!(group_mac(GROUP), [1, 0, 0x5e, 1, 2, 3]);
        assert_eq!(group_mac(GROUP), group_mac(ALIAS));
        assert_ne!(group_mac(GROUP), group_mac(OTHER));
    }

    #[test]
    fn packets_are_well_formed() {
        let packet = udp([192, 0, 2, 2].into(), [192, 0, 2, 1].into(), 9, b"abc");
        assert_eq!(crate::icmp::checksum(&packet[..20]), 0);
        assert_eq!(packet.len(), 31);
        assert_eq!(packet[24..26], [0, 11]);
        assert_eq!(frame(&[0; 6], 0x0800, &packet).len(), 60);
        let packet = syn([192, 0, 2, 2].into(), [192, 0, 2, 1].into(), 9, 0x1234_5678);
        let pseudo = [&packet[12..20], &[0, 6, 0, 20], &packet[20..]].concat();
        assert_eq!(crate::icmp::checksum(&pseudo), 0);
        assert_eq!(arp([192, 0, 2, 2].into(), [192, 0, 2, 1].into()).len(), 28);
    }
}
