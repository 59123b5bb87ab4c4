// SPDX-License-Identifier: Apache-2.0
//! Cuts the super-frames of segmentation offload into the frames a cable would have carried.
//!
//! Called by `link`. A sender that believes its network card cuts TCP data hands over frames of up to
//! 64 KiB; a packet socket gets them as they are, with the size of a segment beside them.

use crate::base::{Ipv4Addr, Ipv6Addr};
use crate::wire::checksum::{Sum, pseudo_ipv4, pseudo_ipv6};

const ETHERNET_LEN: usize = 14;
const VLAN_LEN: usize = 4;
const TCP: u8 = 6;
const FIN: u8 = 0x01;
const PSH: u8 = 0x08;
const CWR: u8 = 0x80;

/// Where the headers of a TCP segment lie in a frame.
#[derive(Clone, Copy)]
struct Layout {
    v6: bool,
    ip: usize,
    tcp: usize,
    data: usize,
    /// Behind the data; what follows is padding.
    end: usize,
}

impl Layout {
    fn of(frame: &[u8]) -> Option<Layout> {
        let half = |at: usize| Some(u16::from_be_bytes([*frame.get(at)?, *frame.get(at + 1)?]));
        let mut ip = ETHERNET_LEN;
        while matches!(half(ip - 2)?, 0x8100 | 0x88a8) {
            ip += VLAN_LEN;
        }
        let (v6, tcp, end) = match half(ip - 2)? {
            0x0800 if *frame.get(ip + 9)? == TCP => {
                let header = usize::from(*frame.get(ip)? & 0x0f) * 4;
                (false, ip + header, ip + usize::from(half(ip + 2)?))
            }
            0x86dd if *frame.get(ip + 6)? == TCP => {
                (true, ip + 40, ip + 40 + usize::from(half(ip + 4)?))
            }
            _ => return None,
        };
        let data = tcp + usize::from(*frame.get(tcp + 12)? >> 4) * 4;
        let sound = tcp >= ip + 20 && data >= tcp + 20 && data <= end && end <= frame.len();
        sound.then_some(Layout { v6, ip, tcp, data, end })
    }
}

/// Hands the segments of `size` bytes that `frame` is made of to `deliver`, as frames of their own built
/// in `space`. False when it is no TCP over IP that could be cut, or a segment is larger than `space`.
pub(super) fn cut(
    frame: &[u8],
    size: usize,
    space: &mut [u8],
    mut deliver: impl FnMut(&[u8]),
) -> bool {
    let Some(at) = Layout::of(frame) else { return false };
    if size == 0 || at.data + size > space.len() {
        return false;
    }
    let (headers, data) = (&frame[..at.data], &frame[at.data..at.end]);
    let count = data.len().div_ceil(size).max(1);
    for index in 0..count {
        let part = &data[index * size..data.len().min((index + 1) * size)];
        let one = &mut space[..at.data + part.len()];
        one[..at.data].copy_from_slice(headers);
        one[at.data..].copy_from_slice(part);
        finish(one, at, index, index * size, index + 1 == count);
        deliver(one);
    }
    true
}

/// Makes the headers of segment `index`, whose data begins at `offset`, say what they should.
fn finish(frame: &mut [u8], at: Layout, index: usize, offset: usize, last: bool) {
    let ip_len = frame.len() - at.ip;
    let ip = &mut frame[at.ip..];
    if at.v6 {
        ip[4..6].copy_from_slice(&((ip_len - 40) as u16).to_be_bytes());
    } else {
        ip[2..4].copy_from_slice(&(ip_len as u16).to_be_bytes());
        let ident = u16::from_be_bytes([ip[4], ip[5]]).wrapping_add(index as u16);
        ip[4..6].copy_from_slice(&ident.to_be_bytes());
        ip[10..12].fill(0);
        let sum = Sum::of(&ip[..at.tcp - at.ip]).finish();
        ip[10..12].copy_from_slice(&sum.to_be_bytes());
    }
    let tcp = &mut frame[at.tcp..];
    let sequence = u32::from_be_bytes([tcp[4], tcp[5], tcp[6], tcp[7]]).wrapping_add(offset as u32);
    tcp[4..8].copy_from_slice(&sequence.to_be_bytes());
    if !last {
        tcp[13] &= !(FIN | PSH);
    }
    if index > 0 {
        tcp[13] &= !CWR;
    }
    tcp[16..18].fill(0);
    let sum = pseudo_header(frame, at).then(&frame[at.tcp..]).finish();
    frame[at.tcp + 16..at.tcp + 18].copy_from_slice(&sum.to_be_bytes());
}

fn pseudo_header(frame: &[u8], at: Layout) -> Sum {
    let len = frame.len() - at.tcp;
    if at.v6 {
        let addr = |from: usize| {
            let mut octets = [0; 16];
            octets.copy_from_slice(&frame[at.ip + from..at.ip + from + 16]);
            Ipv6Addr::from(octets)
        };
        pseudo_ipv6(addr(8), addr(24), TCP, len as u32)
    } else {
        let addr = |from: usize| {
            let octets = &frame[at.ip + from..at.ip + from + 4];
            Ipv4Addr::new(octets[0], octets[1], octets[2], octets[3])
        };
        pseudo_ipv4(addr(12), addr(16), TCP, len as u16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    /// A frame with `data` behind headers whose checksums are not computed.
    fn super_frame(tags: usize, v6: bool, data: &[u8]) -> Vec<u8> {
        let mut frame = std::vec![0x02; 12];
        for _ in 0..tags {
            frame.extend([0x81, 0x00, 0x00, 0x07]);
        }
        let tcp_len = 24 + data.len();
        if v6 {
            frame.extend([0x86, 0xdd, 0x60, 0, 0, 0]);
            frame.extend((tcp_len as u16).to_be_bytes());
            frame.extend([TCP, 64]);
            frame.extend([0xfd; 32]);
        } else {
            frame.extend([0x08, 0x00, 0x45, 0]);
            frame.extend(((20 + tcp_len) as u16).to_be_bytes());
            frame.extend([0xff, 0xff, 0x40, 0, 64, TCP, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2]);
        }
        frame.extend([
            0,
            80,
            1,
            0,
            0xff,
            0xff,
            0xff,
            0xf0,
            0,
            0,
            0,
            1,
            0x60,
            CWR | PSH | FIN | 0x10,
        ]);
        frame.extend([0xff, 0xff, 0xab, 0xcd, 0, 0, 1, 1, 1, 1]);
        frame.extend(data);
        frame
    }

    #[test]
    fn segments_carry_the_data_in_order_with_sound_headers() {
        let data: Vec<u8> = (0..3001u32).map(|i| (i * 7) as u8).collect();
        for (tags, v6) in [(0, false), (0, true), (1, false), (2, true)] {
            let frame = super_frame(tags, v6, &data);
            let (mut joined, mut flags) = (Vec::<u8>::new(), Vec::new());
            let mut space = [0; 2048];
            assert!(cut(&frame, 1000, &mut space, |one| {
                let at = Layout::of(one).expect("sound");
                assert_eq!(at.end, one.len());
                let tcp = &one[at.tcp..];
                let sequence = u32::from_be_bytes([tcp[4], tcp[5], tcp[6], tcp[7]]);
                assert_eq!(sequence, 0xffff_fff0u32.wrapping_add(joined.len() as u32));
                assert!(pseudo_header(one, at).then(tcp).is_valid());
                assert!(v6 || Sum::of(&one[at.ip..at.tcp]).is_valid());
                flags.push(tcp[13]);
                joined.extend(&one[at.data..]);
            }));
            assert_eq!(joined, data);
            assert_eq!(flags, [CWR | 0x10, 0x10, 0x10, PSH | FIN | 0x10]);
        }
    }

    #[test]
    fn what_cannot_be_cut_is_refused() {
        let frame = super_frame(0, false, &[1; 3000]);
        let mut space = [0; 2048];
        let mut refused = |frame: &[u8], size| !cut(frame, size, &mut space, |_| {});
        assert!(refused(&frame, 0));
        assert!(refused(&frame, 2000));
        assert!(refused(&frame[..frame.len() - 1], 1000));
        for len in 0..60 {
            assert!(refused(&frame[..len], 1000), "{len}");
        }
        let mut udp = frame.clone();
        udp[23] = 17;
        assert!(refused(&udp, 1000));
        let mut short = frame;
        short[46] = 0x40;
        assert!(refused(&short, 1000));
    }
}
