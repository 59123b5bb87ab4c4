// SPDX-License-Identifier: Apache-2.0
//! The last question of a hostile test.

use znet::wire::ipv4::protocol;

use super::segment::{Opt, Segment, flag};
use crate::check::{Net, Transport, dissect};
use crate::lab::{HOST_IP, PEER_IP};
use crate::{Lab, frame};

/// Makes sure that the host of a lab still answers a ping, delivers a datagram, and takes, serves and
/// ends a connection.
///
/// # Panics
/// When it does not.
#[track_caller]
pub fn alive(lab: &mut Lab) {
    lab.assert_alive();
    let port = 0xa11e;
    let server = lab.host.tcp_server(port);
    let mut segment = Segment {
        src_port: 0xa11f,
        dst_port: port,
        seq: 0xa11e_0000,
        flags: flag::SYN,
        window: 1000,
        options: vec![Opt::Mss(1460)],
        ..Segment::default()
    };
    let send = |lab: &mut Lab, segment: &Segment| {
        let bytes = segment.build(PEER_IP, HOST_IP);
        let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::TCP);
        lab.peer.send_ipv4(lab.iface.mac(), &packet.build(&bytes));
        lab.net.run_until_idle();
    };
    send(lab, &segment);
    let answer = lab.peer.expect(&[]);
    let Net::Ipv4(_, Transport::Tcp(answer)) = dissect(&answer).expect("a good frame").net else {
        panic!("no segment in answer to a SYN");
    };
    assert!(answer.has(flag::SYN | flag::ACK), "no SYN,ACK: {answer:?}");
    segment.flags = flag::ACK;
    segment.seq += 1;
    segment.ack = answer.seq.wrapping_add(1);
    segment.options.clear();
    segment.payload = b"alive".to_vec();
    send(lab, &segment);
    let socket = lab.host.tcp_accept(server).expect("a connection");
    assert_eq!(lab.host.tcp_recv(socket, 100, false).as_deref(), Ok(&b"alive"[..]));
    lab.host.tcp_abort(socket).expect("an open socket");
    lab.host.tcp_close(server).expect("an open socket");
    lab.net.run_until_idle();
    lab.peer.take();
    lab.assert_clean();
}
