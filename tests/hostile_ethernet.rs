// SPDX-License-Identifier: Apache-2.0
//! Hostile frames, by the numbers of the list of known attacks. Each test ends with a host that
//! still answers and holds nothing ([`Lab::assert_alive`]).
#![cfg(CONFIG_NET_IPV4)]

use testutil::{DropReason, EthAddr, Lab, frame};
use znet::wire::ethernet::ethertype;

/// 1: a frame that says it carries a VLAN tag and ends in the middle of it.
#[test]
fn hostile_1_vlan_tag_cut_short() {
    let mut lab = Lab::new();
    for len in 0..4 {
        let frame =
            frame::ethernet(lab.iface.mac(), lab.peer.mac, ethertype::VLAN, &[0, 1, 8, 0][..len]);
        lab.dropped(frame, DropReason::LinkUnknownProtocol);
    }
    lab.assert_alive();
}

/// 1, neighbours: tags within tags, to the end of the frame and cut at every byte.
#[test]
fn hostile_1_vlan_tags_in_a_row() {
    let mut lab = Lab::new();
    let tags = [0x81, 0x00, 0x00, 0x01].repeat(300);
    for len in (0..20).chain([1000, 1200]) {
        let frame = frame::ethernet(lab.iface.mac(), lab.peer.mac, ethertype::VLAN, &tags[..len]);
        lab.dropped(frame, DropReason::LinkUnknownProtocol);
    }
    lab.assert_alive();
}

/// 2: an EtherType nobody handles; the frame is freed exactly once.
#[test]
fn hostile_2_unknown_ethertype() {
    let mut lab = Lab::new();
    for kind in (0..=u16::MAX).step_by(97) {
        if matches!(kind, ethertype::IPV4 | ethertype::ARP | ethertype::IPV6) {
            continue;
        }
        let frame = frame::ethernet(lab.iface.mac(), lab.peer.mac, kind, &[0x45; 300]);
        lab.dropped(frame, DropReason::LinkUnknownProtocol);
    }
    lab.assert_alive();
}

/// 3: frames that end before their header does.
#[test]
fn hostile_3_short_frame_of_every_length() {
    let mut lab = Lab::new();
    let whole = frame::ethernet(lab.iface.mac(), lab.peer.mac, ethertype::IPV4, &[]);
    for len in 1..14 {
        lab.dropped(whole[..len].to_vec(), DropReason::LinkTruncated);
    }
    // A frame of no bytes at all, as a confused driver may hand over.
    let before = lab.host.drops(DropReason::LinkTruncated);
    lab.host.receive(lab.iface, &[]);
    assert_eq!(lab.host.drops(DropReason::LinkTruncated), before + 1);
    lab.assert_alive();
}

/// 3, neighbours: a header and nothing in it, for each protocol there is.
#[test]
fn hostile_3_header_without_content() {
    let mut lab = Lab::new();
    let (to, from) = (lab.iface.mac(), lab.peer.mac);
    let empty = |kind| frame::ethernet(to, from, kind, &[]);
    lab.dropped(empty(ethertype::IPV4), DropReason::Ipv4Malformed);
    lab.dropped(empty(ethertype::ARP), DropReason::ArpMalformed);
    lab.assert_alive();
}

/// 3, neighbours: senders that are no station, receivers that are not we.
#[test]
fn hostile_3_impossible_addresses() {
    let mut lab = Lab::new();
    let (host, peer) = (lab.iface.mac(), lab.peer.mac);
    let frame = |dst, src| frame::ethernet(dst, src, ethertype::IPV4, &[0; 46]);
    lab.dropped(frame(host, EthAddr::BROADCAST), DropReason::LinkBadSource);
    lab.dropped(frame(host, EthAddr([1, 0, 0x5e, 0, 0, 1])), DropReason::LinkBadSource);
    lab.dropped(frame(EthAddr([2, 9, 9, 9, 9, 9]), peer), DropReason::LinkNotForUs);
    lab.dropped(frame(EthAddr::UNSPECIFIED, peer), DropReason::LinkNotForUs);
    lab.assert_alive();
}

/// 14: ARP packets cut at every byte are not answered with what an earlier frame left behind.
#[test]
fn hostile_14_short_arp_of_every_length() {
    let mut lab = Lab::new();
    lab.acquaint();
    lab.peer.ask_arp(testutil::lab::HOST_IP);
    lab.net.run_until_idle();
    let reply = lab.peer.next().unwrap();
    // Turn the host's reply into a good request and cut it.
    let mut request = reply.clone();
    request[..6].fill(0xff);
    request[6..12].copy_from_slice(&lab.peer.mac.0);
    request[21] = 1;
    request[22..28].copy_from_slice(&lab.peer.mac.0);
    request[28..32].copy_from_slice(&[192, 0, 2, 2]);
    request[38..42].copy_from_slice(&[192, 0, 2, 1]);
    for len in 14..42 {
        lab.dropped(request[..len].to_vec(), DropReason::ArpMalformed);
    }
    lab.send(request);
    assert_eq!(lab.peer.take(), [reply], "whole again, it is answered");
    lab.assert_alive();
}
