// SPDX-License-Identifier: Apache-2.0
//! TCP segments as tests make and read them. Written from RFC 9293 (3.1, 3.2) and the RFCs of the
//! options, without the stack's own code: one checks the other.

use std::fmt;

use znet::base::Ipv4Addr;
use znet::wire::ipv4::protocol;

use crate::check::ones_sum;

/// Length of a header without options.
pub const HEADER_LEN: usize = 20;

/// The control bits, in the order of the header's low nine bits.
pub mod flag {
    #![allow(missing_docs)]
    pub const FIN: u16 = 1;
    pub const SYN: u16 = 1 << 1;
    pub const RST: u16 = 1 << 2;
    pub const PSH: u16 = 1 << 3;
    pub const ACK: u16 = 1 << 4;
    pub const URG: u16 = 1 << 5;
    pub const ECE: u16 = 1 << 6;
    pub const CWR: u16 = 1 << 7;
    pub const AE: u16 = 1 << 8;
}

/// The letters of the control bits, lowest bit first.
const LETTERS: [(u16, char); 9] = [
    (flag::FIN, 'F'),
    (flag::SYN, 'S'),
    (flag::RST, 'R'),
    (flag::PSH, 'P'),
    (flag::ACK, 'A'),
    (flag::URG, 'U'),
    (flag::ECE, 'E'),
    (flag::CWR, 'W'),
    (flag::AE, 'N'),
];

/// The control bits that letters stand for.
pub fn flags_of(letters: &str) -> Option<u16> {
    letters
        .chars()
        .try_fold(0, |bits, c| LETTERS.iter().find(|(_, l)| *l == c).map(|(bit, _)| bits | bit))
}

/// The letters of control bits; `-` for none.
pub fn letters_of(flags: u16) -> String {
    if flags == 0 {
        return "-".into();
    }
    // As they are mostly written: SYN, FIN, RST and PSH before ACK.
    "SFRPAUEWN"
        .chars()
        .filter(|c| flags_of(&c.to_string()).is_some_and(|b| flags & b != 0))
        .collect()
}

/// An option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opt {
    /// Padding between options.
    Nop,
    /// The end of all options.
    End,
    /// Largest segment the sender takes.
    Mss(u16),
    /// Shift of the windows to come.
    WindowScale(u8),
    /// The sender takes selective acknowledgments.
    SackPermitted,
    /// Selective acknowledgments, left and right edges.
    Sack(Vec<(u32, u32)>),
    /// Time stamp and echo.
    Timestamps(u32, u32),
    /// Bytes as they are: an option nobody knows, or one that is wrong.
    Raw(Vec<u8>),
}

impl Opt {
    fn emit(&self, out: &mut Vec<u8>) {
        match self {
            Opt::Nop => out.push(1),
            Opt::End => out.push(0),
            Opt::Mss(mss) => {
                out.extend([2, 4]);
                out.extend(mss.to_be_bytes());
            }
            Opt::WindowScale(shift) => out.extend([3, 3, *shift]),
            Opt::SackPermitted => out.extend([4, 2]),
            Opt::Sack(blocks) => {
                out.extend([5, 2 + 8 * blocks.len() as u8]);
                for (left, right) in blocks {
                    out.extend(left.to_be_bytes());
                    out.extend(right.to_be_bytes());
                }
            }
            Opt::Timestamps(value, echo) => {
                out.extend([8, 10]);
                out.extend(value.to_be_bytes());
                out.extend(echo.to_be_bytes());
            }
            Opt::Raw(bytes) => out.extend(bytes),
        }
    }
}

/// A segment: header, options, payload, and the two ECN bits of its IP header.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Segment {
    /// Sender's port.
    pub src_port: u16,
    /// Receiver's port.
    pub dst_port: u16,
    /// Sequence number.
    pub seq: u32,
    /// Acknowledgment number.
    pub ack: u32,
    /// Control bits ([`flag`]).
    pub flags: u16,
    /// Window as in the header, not scaled.
    pub window: u16,
    /// Urgent pointer.
    pub urgent: u16,
    /// Options.
    pub options: Vec<Opt>,
    /// Payload.
    pub payload: Vec<u8>,
    /// ECN bits of the IP header (RFC 3168): 0 none, 1 ECT(1), 2 ECT(0), 3 CE.
    pub ecn: u8,
}

impl Segment {
    /// How much sequence space it takes.
    pub fn seq_len(&self) -> u32 {
        self.payload.len() as u32 + u32::from(self.has(flag::SYN)) + u32::from(self.has(flag::FIN))
    }

    /// True when all of `bits` are set.
    pub fn has(&self, bits: u16) -> bool {
        self.flags & bits == bits
    }

    /// The MSS option's value.
    pub fn mss(&self) -> Option<u16> {
        self.options.iter().find_map(|o| if let Opt::Mss(mss) = o { Some(*mss) } else { None })
    }

    /// The window scale option's value.
    pub fn window_scale(&self) -> Option<u8> {
        let shift = |o: &Opt| if let Opt::WindowScale(shift) = o { Some(*shift) } else { None };
        self.options.iter().find_map(shift)
    }

    /// The time stamps.
    pub fn timestamps(&self) -> Option<(u32, u32)> {
        let stamps = |o: &Opt| if let Opt::Timestamps(a, b) = o { Some((*a, *b)) } else { None };
        self.options.iter().find_map(stamps)
    }

    /// The blocks of selective acknowledgments.
    pub fn sack(&self) -> &[(u32, u32)] {
        let blocks = |o: &'_ Opt| matches!(o, Opt::Sack(_));
        match self.options.iter().find(|o| blocks(o)) {
            Some(Opt::Sack(blocks)) => blocks,
            _ => &[],
        }
    }

    /// The segment's bytes with its checksum. Options are padded with zeros.
    ///
    /// # Panics
    /// With more than forty bytes of options.
    pub fn build(&self, src: Ipv4Addr, dst: Ipv4Addr) -> Vec<u8> {
        let mut options = Vec::new();
        self.options.iter().for_each(|o| o.emit(&mut options));
        options.resize(options.len().next_multiple_of(4), 0);
        assert!(options.len() <= 40, "options of {} bytes", options.len());
        let mut out = Vec::with_capacity(HEADER_LEN + options.len() + self.payload.len());
        out.extend(self.src_port.to_be_bytes());
        out.extend(self.dst_port.to_be_bytes());
        out.extend(self.seq.to_be_bytes());
        out.extend(self.ack.to_be_bytes());
        let words = (HEADER_LEN + options.len()) as u16 / 4;
        out.extend((words << 12 | self.flags).to_be_bytes());
        out.extend(self.window.to_be_bytes());
        out.extend([0, 0]);
        out.extend(self.urgent.to_be_bytes());
        out.extend(&options);
        out.extend(&self.payload);
        mend(src, dst, &mut out);
        out
    }

    /// Takes a segment apart and looks whether it is well formed: lengths, checksum, options that
    /// fit and are allowed where they stand.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn parse(src: Ipv4Addr, dst: Ipv4Addr, bytes: &[u8]) -> Result<Segment, String> {
        if bytes.len() < HEADER_LEN {
            return Err("TCP header cut short".into());
        }
        if ones_sum(&[&pseudo(src, dst, bytes.len()), bytes].concat()) != 0xffff {
            return Err("TCP checksum is wrong".into());
        }
        let word = |at: usize| u16::from_be_bytes([bytes[at], bytes[at + 1]]);
        let long = |at: usize| u32::from(word(at)) << 16 | u32::from(word(at + 2));
        let header_len = usize::from(word(12) >> 12) * 4;
        if header_len < HEADER_LEN || header_len > bytes.len() {
            return Err(format!("TCP data offset of {header_len} bytes"));
        }
        if word(12) & 0x0e00 != 0 {
            return Err("reserved TCP header bits are set".into());
        }
        let segment = Segment {
            src_port: word(0),
            dst_port: word(2),
            seq: long(4),
            ack: long(8),
            flags: word(12) & 0x1ff,
            window: word(14),
            urgent: word(18),
            options: parse_options(&bytes[HEADER_LEN..header_len])?,
            payload: bytes[header_len..].to_vec(),
            ecn: 0,
        };
        segment.sensible()?;
        Ok(segment)
    }

    /// Rules that hold for every segment, whatever the connection.
    fn sensible(&self) -> Result<(), String> {
        let bad = |what: &str| Err(format!("TCP segment {}: {what}", letters_of(self.flags)));
        if self.src_port == 0 || self.dst_port == 0 {
            return bad("port 0");
        }
        let kinds = [flag::SYN, flag::FIN, flag::RST].iter().filter(|f| self.has(**f)).count();
        if kinds > 1 {
            return bad("more than one of SYN, FIN and RST");
        }
        if !self.has(flag::SYN) && !self.has(flag::RST) && !self.has(flag::ACK) {
            return bad("no ACK in the middle of a connection");
        }
        if !self.has(flag::ACK) && self.ack != 0 {
            return bad("an acknowledgment number without ACK");
        }
        if !self.has(flag::URG) && self.urgent != 0 {
            return bad("an urgent pointer without URG");
        }
        if self.has(flag::RST) && !self.payload.is_empty() {
            return bad("data on a reset");
        }
        for option in &self.options {
            match option {
                Opt::Mss(_) | Opt::WindowScale(_) | Opt::SackPermitted if !self.has(flag::SYN) => {
                    return bad("an option that belongs to a SYN");
                }
                Opt::WindowScale(15..) => return bad("window scale above 14"),
                Opt::Sack(_) if self.has(flag::SYN) => return bad("SACK blocks on a SYN"),
                Opt::Sack(blocks) => {
                    for (left, right) in blocks {
                        if right.wrapping_sub(*left) as i32 <= 0 {
                            return bad("a SACK block whose edges are turned round");
                        }
                    }
                }
                Opt::Mss(mss) if *mss < 64 => return bad("an MSS that makes no sense"),
                Opt::Raw(_) => return bad("an option that nobody knows"),
                _ => {}
            }
        }
        Ok(())
    }
}

fn parse_options(mut bytes: &[u8]) -> Result<Vec<Opt>, String> {
    let mut options = Vec::new();
    while let [kind, rest @ ..] = bytes {
        match kind {
            0 if rest.iter().any(|b| *b != 0) => {
                return Err("something behind the end of the TCP options".into());
            }
            0 => break,
            1 => {
                options.push(Opt::Nop);
                bytes = rest;
                continue;
            }
            _ => {}
        }
        let len = usize::from(*rest.first().ok_or("TCP option without length")?);
        if len < 2 || len > bytes.len() {
            return Err(format!("TCP option {kind} of length {len}"));
        }
        let (option, after) = bytes.split_at(len);
        let long = |at: usize| {
            u32::from_be_bytes([option[at], option[at + 1], option[at + 2], option[at + 3]])
        };
        let parsed = match (kind, len) {
            (2, 4) => Opt::Mss(u16::from_be_bytes([option[2], option[3]])),
            (3, 3) => Opt::WindowScale(option[2]),
            (4, 2) => Opt::SackPermitted,
            (5, 10 | 18 | 26 | 34) => {
                Opt::Sack((2..len).step_by(8).map(|at| (long(at), long(at + 4))).collect())
            }
            (8, 10) => Opt::Timestamps(long(2), long(6)),
            (2..=5 | 8, _) => return Err(format!("TCP option {kind} of length {len}")),
            _ => Opt::Raw(option.to_vec()),
        };
        if options.iter().any(|o| {
            std::mem::discriminant(o) == std::mem::discriminant(&parsed)
                && !matches!(parsed, Opt::Nop | Opt::Raw(_))
        }) {
            return Err(format!("TCP option {kind} twice"));
        }
        options.push(parsed);
        bytes = after;
    }
    Ok(options)
}

/// Computes the checksum of a segment anew, after a test spoilt it.
pub fn mend(src: Ipv4Addr, dst: Ipv4Addr, bytes: &mut [u8]) {
    bytes[16..18].fill(0);
    let sum = !ones_sum(&[&pseudo(src, dst, bytes.len()), &*bytes].concat());
    bytes[16..18].copy_from_slice(&sum.to_be_bytes());
}

fn pseudo(src: Ipv4Addr, dst: Ipv4Addr, len: usize) -> Vec<u8> {
    let mut out = [src.octets(), dst.octets()].concat();
    out.extend([0, protocol::TCP]);
    out.extend((len as u16).to_be_bytes());
    out
}

impl fmt::Display for Opt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Opt::Nop => write!(f, "nop"),
            Opt::End => write!(f, "eol"),
            Opt::Mss(mss) => write!(f, "mss {mss}"),
            Opt::WindowScale(shift) => write!(f, "ws {shift}"),
            Opt::SackPermitted => write!(f, "sackok"),
            Opt::Sack(blocks) => {
                write!(f, "sack")?;
                blocks.iter().try_for_each(|(left, right)| write!(f, " {left}:{right}"))
            }
            Opt::Timestamps(value, echo) => write!(f, "ts {value} {echo}"),
            Opt::Raw(bytes) => {
                write!(f, "raw ")?;
                bytes.iter().try_for_each(|b| write!(f, "{b:02x}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
    const B: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 2);

    fn segment() -> Segment {
        Segment {
            src_port: 1,
            dst_port: 2,
            seq: 0x8000_0000,
            ack: 7,
            flags: flag::ACK | flag::PSH,
            window: 1000,
            options: vec![Opt::Nop, Opt::Nop, Opt::Timestamps(1, 2), Opt::Sack(vec![(9, 12)])],
            payload: b"odd".to_vec(),
            ..Segment::default()
        }
    }

    #[test]
    fn reads_what_it_writes() {
        let bytes = segment().build(A, B);
        assert_eq!(Segment::parse(A, B, &bytes), Ok(segment()));
        assert_eq!(bytes.len(), 20 + 24 + 3);
    }

    #[test]
    fn every_bit_error_and_cut_is_seen() {
        let good = segment().build(A, B);
        for bit in 0..good.len() * 8 {
            let mut bad = good.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(Segment::parse(A, B, &bad).is_err(), "bit {bit}");
        }
        for len in 0..good.len() {
            assert!(Segment::parse(A, B, &good[..len]).is_err(), "length {len}");
        }
    }

    #[test]
    fn what_nobody_may_send_is_refused() {
        let spoilt = |spoil: fn(&mut Segment)| {
            let mut bad = segment();
            spoil(&mut bad);
            Segment::parse(A, B, &bad.build(A, B))
        };
        let wrong: [fn(&mut Segment); 9] = [
            |s| s.src_port = 0,
            |s| s.flags |= flag::SYN | flag::FIN,
            |s| s.flags = 0,
            |s| s.urgent = 1,
            |s| s.flags |= flag::RST,
            |s| s.options = vec![Opt::Mss(1460)],
            |s| s.options = vec![Opt::Sack(vec![(5, 5)])],
            |s| s.options = vec![Opt::Raw(vec![8, 9, 0, 0, 0, 0, 0, 0, 0])],
            |s| s.options = vec![Opt::Timestamps(1, 1), Opt::Timestamps(1, 1)],
        ];
        for spoil in wrong {
            assert!(spoilt(spoil).is_err());
        }
        assert!(spoilt(|_| ()).is_ok());
    }

    #[test]
    fn letters_stand_for_control_bits() {
        assert_eq!(flags_of("SA"), Some(flag::SYN | flag::ACK));
        assert_eq!(letters_of(flag::ACK | flag::FIN | flag::PSH), "FPA");
        assert_eq!((flags_of("X"), letters_of(0)), (None, "-".into()));
    }
}
