// SPDX-License-Identifier: Apache-2.0
//! Segments into a live connection: control bits, numbers near the edges, options and lengths from the
//! input, checksums right, while the application does this and that.

use testutil::check::{Net, Transport, dissect};
use testutil::lab::{HOST_IP, PEER_IP};
use testutil::tcp::segment::{Opt, Segment, flag};
use testutil::{Lab, Socket, frame};
use znet::wire::ipv4::protocol;

use crate::input::Input;

/// The peer's port, and the host's.
const PORTS: (u16, u16) = (4001, 80);
const ISN: u32 = 0xffff_f000;

/// The station's side of a connection, and the host's sockets.
pub struct Peer {
    /// The listener and, while it lives, the connection.
    pub sockets: [Option<Socket>; 2],
    /// The next number of the peer's, and what it has seen of the host's.
    next: u32,
    seen: u32,
}

impl Peer {
    /// Connects; the bits of `offer` say which options the SYN has.
    pub fn connect(lab: &mut Lab, offer: u8) -> Peer {
        let listener = lab.host.tcp_server(PORTS.1);
        let mut peer = Peer { sockets: [Some(listener), None], next: ISN, seen: 0 };
        let all = [
            Opt::Mss(if offer & 8 == 0 { 1460 } else { 100 }),
            Opt::SackPermitted,
            Opt::WindowScale(3),
            Opt::Timestamps(1, 0),
        ];
        let chosen =
            |(n, option): (usize, Opt)| (n == 0 || offer >> (n - 1) & 1 == 1).then_some(option);
        let ecn = if offer & 16 == 0 { 0 } else { flag::ECE | flag::CWR };
        let options = all.into_iter().enumerate().filter_map(chosen).collect();
        let syn = Segment { flags: flag::SYN | ecn, ack: 0, options, ..peer.segment() };
        peer.send(lab, &syn);
        peer.next = peer.next.wrapping_add(1);
        peer.look(lab);
        let options = if offer & 4 == 0 { Vec::new() } else { vec![Opt::Timestamps(1, 0)] };
        let ack = Segment { options, ..peer.segment() };
        peer.send(lab, &ack);
        peer.sockets[1] = lab.host.tcp_accept(listener).ok();
        peer
    }

    /// An ordinary segment of the peer: an acknowledgment of all.
    pub fn segment(&self) -> Segment {
        Segment {
            src_port: PORTS.0,
            dst_port: PORTS.1,
            seq: self.next,
            ack: self.seen,
            flags: flag::ACK,
            window: 8000,
            ..Segment::default()
        }
    }

    /// Puts a segment on the wire and lets come of it what will.
    pub fn send(&self, lab: &mut Lab, segment: &Segment) {
        let mut packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::TCP);
        packet.repr.tos = segment.ecn;
        let bytes = segment.build(PEER_IP, HOST_IP);
        lab.peer.send_ipv4(lab.iface.mac(), &packet.build(&bytes));
        lab.net.run_until_idle();
    }

    /// Looks at what the host sent, to know its numbers.
    pub fn look(&mut self, lab: &Lab) {
        for frame in lab.peer.take() {
            let Ok(dissected) = dissect(&frame) else { continue };
            let Net::Ipv4(_, Transport::Tcp(segment)) = dissected.net else { continue };
            if segment.dst_port == PORTS.0 && !segment.has(flag::RST) {
                self.seen = segment.seq.wrapping_add(segment.seq_len());
                if segment.has(flag::ACK) && segment.ack.wrapping_sub(self.next) < 1 << 20 {
                    self.next = segment.ack;
                }
            }
        }
    }
}

/// A number at or near `base`, or any.
fn number(input: &mut Input<'_>, base: u32) -> u32 {
    let (how, word) = (input.byte(), input.word());
    match how % 8 {
        0..=3 => base,
        4 => base.wrapping_add(word.into()),
        5 => base.wrapping_sub(word.into()),
        6 => base.wrapping_add(u32::from(word) << 16),
        _ => base ^ 0x8000_0000 ^ u32::from(word),
    }
}

fn segment(input: &mut Input<'_>, peer: &Peer) -> Segment {
    let flags = u16::from(input.byte());
    let (seq, ack) = (number(input, peer.next), number(input, peer.seen));
    let window = if input.byte().is_multiple_of(2) { 8000 } else { input.word() };
    let urgent = if flags & flag::URG == 0 { 0 } else { input.word() };
    let (kind, mut options) = (input.byte(), Vec::new());
    match kind % 8 {
        0 => options.push(Opt::Timestamps(input.word().into(), 0)),
        1 | 2 => {
            let mut blocks = Vec::new();
            for _ in 0..1 + kind / 8 % 4 {
                let left = number(input, peer.seen);
                blocks.push((left, left.wrapping_add(input.word().into())));
            }
            options.push(Opt::Sack(blocks));
        }
        3 => {
            let raw = input.short();
            options.push(Opt::Raw(raw.get(..40).unwrap_or(raw).to_vec()));
        }
        _ => {}
    }
    let len = usize::from(input.word()) % 1400;
    Segment {
        seq,
        ack,
        // SYN and RST now and then only, or no connection lives long.
        flags: if kind & 0xc0 == 0 { flags } else { flags & !(flag::SYN | flag::RST) | flag::ACK },
        window,
        urgent,
        options,
        payload: vec![kind; len],
        ecn: kind & 3,
        ..peer.segment()
    }
}

fn act(lab: &Lab, peer: &mut Peer, action: u8, size: u16) {
    let Some(socket) = peer.sockets[1] else { return };
    // Whatever it is answered: this is about not breaking.
    let host = lab.host;
    let _ = match action % 16 {
        0..=4 => host.tcp_recv(socket, size.into(), false).map(drop),
        5..=9 => host.tcp_send(socket, &vec![action; usize::from(size) % 4000]).map(|_| ()),
        10 => host.tcp_shutdown(socket, "wr"),
        11 => host.tcp_shutdown(socket, "rd"),
        12 => {
            peer.sockets[1] = None;
            host.tcp_close(socket)
        }
        _ => Ok(()),
    };
}

/// A byte says what the connection is like; each piece is a segment and what the application does
/// after it.
pub fn run(data: &[u8]) {
    let (offer, data) = data.split_first().map_or((0, data), |(first, rest)| (*first, rest));
    let mut peer = None;
    super::against_host(data, |lab, piece| {
        let peer = peer.get_or_insert_with(|| Peer::connect(lab, offer));
        let mut input = Input::new(piece);
        let segment = segment(&mut input, peer);
        peer.send(lab, &segment);
        act(lab, peer, input.byte(), input.word());
        lab.net.run_until_idle();
        peer.look(lab);
    });
}
