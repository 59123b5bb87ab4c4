// SPDX-License-Identifier: Apache-2.0
//! Address translation: the table against its promises, and packets whose ends are changed there and
//! back.

use znet::base::{Duration, Instant, Ipv4Addr};
use znet::ip::v4::nat::{End, Flow, Side, Table, flow, translate};
use znet::wire::checksum::Sum;
use znet::wire::ipv4::{self, protocol};

use crate::input::Input;

/// The first byte says whether the rest is a packet or a list of steps.
pub fn run(data: &[u8]) {
    let mut input = Input::new(data);
    match input.byte() % 2 {
        0 => packet(input.take(data.len())),
        _ => table(&mut input),
    }
}

/// Translated and translated back, a packet is what it was, and its checksums are as good.
fn packet(data: &[u8]) {
    let Some((end, bytes)) = data.split_first_chunk::<6>() else { return };
    let [a, b, c, d, p0, p1] = *end;
    let end = (Ipv4Addr::new(a, b, c, d), u16::from_be_bytes([p0, p1]));
    let Some(before) = flow(bytes) else { return };
    for side in [Side::Source, Side::Destination] {
        let (Flow::Ends { src, dst, .. } | Flow::Error { src, dst, .. }) = before;
        // An error travels against the packet it quotes, and goes by the quoted one's other end.
        let quoted = matches!(before, Flow::Error { .. });
        let old = if (side == Side::Source) != quoted { src } else { dst };
        let mut there = bytes.to_vec();
        if translate(&mut there, side, end).is_none() {
            continue;
        }
        assert_eq!(header_sum(bytes), header_sum(&there));
        let Some(after) = flow(&there) else { panic!("still a flow") };
        let (Flow::Ends { src, dst, .. } | Flow::Error { src, dst, .. }) = after;
        let new = if (side == Side::Source) != quoted { src } else { dst };
        assert_eq!(new.0, end.0);
        back(bytes, &mut there, side, old, quoted);
    }
}

fn header_sum(bytes: &[u8]) -> bool {
    ipv4::Header::parse_quoted(bytes).expect("a header").is_checksum_valid()
}

fn back(bytes: &[u8], there: &mut [u8], side: Side, old: End, quoted: bool) {
    let header = ipv4::Header::parse_quoted(bytes).expect("a header");
    // Whoever quotes has its own address changed too, to that of the end.
    if quoted {
        return;
    }
    assert!(translate(there, side, old).is_some());
    let same = |at: usize| there.get(at..) == bytes.get(at..);
    let (len, number) = (header.len(), header.protocol());
    let check = len + if number == protocol::TCP { 16 } else { 6 };
    assert!(
        number == protocol::ICMP
            || there[len..check.min(there.len())] == bytes[len..check.min(bytes.len())]
    );
    assert!(number == protocol::ICMP || same((check + 2).min(bytes.len())));
    // Of the two zeros of a sum either may come back.
    let sum = |bytes: &[u8]| Sum::of(&bytes[len..]).fold() % 0xffff;
    assert_eq!(sum(there), sum(bytes));
}

fn table(input: &mut Input<'_>) {
    let mut table = Table::new();
    let mut now = Instant::from_micros(1);
    while !input.is_empty() {
        let (how, who) = (input.byte(), input.byte());
        let number = [protocol::UDP, protocol::TCP, protocol::ICMP][usize::from(how >> 3) % 3];
        let inside = (Ipv4Addr::new(10, 0, 0, who >> 4), u16::from(who & 15));
        let port = u16::from(input.byte() % 64);
        let flags = input.byte();
        match how % 8 {
            0 => now += Duration::from_secs(u64::from(port) << (who % 8)),
            1..=3 => {
                let known = table.iter(now).find(|m| m.protocol == number && m.inside == inside);
                let known = known.map(|m| m.port);
                assert_eq!(table.outward(now, number, inside, flags), known);
            }
            4 | 5 => {
                let known = table.iter(now).find(|m| m.protocol == number && m.port == port);
                let known = known.map(|m| m.inside);
                assert_eq!(table.inward(now, number, port, flags), known);
            }
            _ => {
                let mapped = table.outward(now, number, inside, flags).is_some();
                if !mapped
                    && !table.is_taken(now, number, port)
                    && table.add(now, number, inside, port)
                {
                    assert_eq!(table.inward(now, number, port, flags), Some(inside));
                    assert_eq!(table.outward(now, number, inside, flags), Some(port));
                }
            }
        }
        let all: Vec<_> = table.iter(now).map(|m| (m.protocol, m.port, m.inside)).collect();
        for (at, one) in all.iter().enumerate() {
            let twin = |m: &&(u8, u16, End)| m.0 == one.0 && (m.1 == one.1 || m.2 == one.2);
            assert!(!all[at + 1..].iter().any(|m| twin(&m)), "{one:?} has a twin");
        }
    }
    assert_eq!(table.iter(now + Duration::from_secs(8_000)).count(), 0, "none lives for ever");
}
