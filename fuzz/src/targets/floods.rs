// SPDX-License-Identifier: Apache-2.0
//! Handshakes with a listener from many ends at once, most of which are never finished, while its
//! application accepts now and then.

use testutil::check::{Net, Transport, dissect};
use testutil::lab::{HOST_IP, PEER_IP};
use testutil::tcp::segment::{Opt, Segment, flag};
use testutil::{Lab, Socket, frame};
use znet::wire::ipv4::protocol;

use super::against_host;
use crate::input::Input;

const PORT: u16 = 80;
/// Most connections kept open by the application.
const OPEN: usize = 4;

fn send(lab: &mut Lab, segment: &Segment) {
    let bytes = segment.build(PEER_IP, HOST_IP);
    let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::TCP).build(&bytes);
    lab.peer.send_ipv4(lab.iface.mac(), &packet);
    lab.net.run_until_idle();
}

/// The number of the host's last answer to that port of the station's, if there is one.
fn answer(lab: &Lab, port: u16) -> Option<u32> {
    let frames = lab.peer.take();
    let answers = frames.iter().filter_map(|frame| match dissect(frame).ok()?.net {
        Net::Ipv4(_, Transport::Tcp(segment)) => Some(segment),
        _ => None,
    });
    answers.filter(|s| s.dst_port == port && s.flags & flag::SYN != 0).map(|s| s.seq).next_back()
}

/// Each step is a segment from one of 256 ends, or the application that accepts or closes.
pub fn run(data: &[u8]) {
    let mut listener = None;
    let mut open: Vec<Socket> = Vec::new();
    let mut numbers = [0u32; 256];
    against_host(data, |lab: &mut Lab, piece| {
        let listener = *listener.get_or_insert_with(|| lab.host.tcp_server(PORT));
        let mut input = Input::new(piece);
        let (how, who) = (input.byte(), input.byte());
        let src_port = 2000 + u16::from(who);
        let flags = match how % 8 {
            0..=2 => flag::SYN,
            3 | 4 => flag::ACK,
            5 => flag::RST,
            6 => input.byte().into(),
            _ => {
                open.extend(lab.host.tcp_accept(listener).ok());
                if open.len() > OPEN || how & 8 != 0 {
                    open.pop().map(|socket| lab.host.tcp_close(socket));
                }
                return;
            }
        };
        let skew = if how & 16 == 0 { 0 } else { u32::from(input.byte()).wrapping_sub(128) };
        let seq = u32::from(who) << 20;
        let first = flags & flag::SYN != 0;
        let options = if how & 32 == 0 { vec![] } else { vec![Opt::Mss(536), Opt::WindowScale(7)] };
        let segment = Segment {
            src_port,
            dst_port: PORT,
            seq: if first { seq } else { seq + 1 }.wrapping_add(skew),
            ack: if first { 0 } else { numbers[usize::from(who)].wrapping_add(1) },
            flags,
            window: 4000,
            options: if first { options } else { vec![] },
            payload: if first { vec![] } else { vec![0; usize::from(how >> 6)] },
            ..Segment::default()
        };
        send(lab, &segment);
        if let Some(number) = answer(lab, src_port) {
            numbers[usize::from(who)] = number;
        }
    });
}
