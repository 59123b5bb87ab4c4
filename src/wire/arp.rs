// SPDX-License-Identifier: Apache-2.0
//! ARP for IPv4 over Ethernet (RFC 826).

use super::ethernet::ethertype;
use crate::base::{DropReason, EthAddr, Ipv4Addr};

/// Bytes of an ARP packet for IPv4 over Ethernet.
pub const PACKET_LEN: usize = 28;

/// Hardware type 1, protocol type IPv4, and the lengths of their addresses.
const ETHERNET_IPV4: [u8; 6] = {
    let [p0, p1] = ethertype::IPV4.to_be_bytes();
    [0, 1, p0, p1, 6, 4]
};

/// What an ARP packet asks or says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Who has the target protocol address?
    Request,
    /// The sender has its protocol address.
    Reply,
}

/// An ARP packet for IPv4 over Ethernet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repr {
    /// Request or reply.
    pub operation: Operation,
    /// Link address of the sender.
    pub sender_hw: EthAddr,
    /// IPv4 address of the sender; unspecified in a probe (RFC 5227, 1.1).
    pub sender_ip: Ipv4Addr,
    /// Link address of the target; meaningless in a request.
    pub target_hw: EthAddr,
    /// IPv4 address asked for, or that of the station answered.
    pub target_ip: Ipv4Addr,
}

impl Repr {
    /// Reads an ARP packet. Bytes behind it are padding and ignored.
    ///
    /// # Errors
    /// [`DropReason::ArpMalformed`] for a packet that is short, of another hardware or protocol, or
    /// of an operation other than request and reply.
    #[inline]
    pub fn parse(bytes: &[u8]) -> Result<Repr, DropReason> {
        let p = bytes.first_chunk::<PACKET_LEN>().ok_or(DropReason::ArpMalformed)?;
        let kind = [p[0], p[1], p[2], p[3], p[4], p[5]];
        if kind != ETHERNET_IPV4 {
            return Err(DropReason::ArpMalformed);
        }
        let operation = match u16::from_be_bytes([p[6], p[7]]) {
            1 => Operation::Request,
            2 => Operation::Reply,
            _ => return Err(DropReason::ArpMalformed),
        };
        Ok(Repr {
            operation,
            sender_hw: EthAddr([p[8], p[9], p[10], p[11], p[12], p[13]]),
            sender_ip: Ipv4Addr::new(p[14], p[15], p[16], p[17]),
            target_hw: EthAddr([p[18], p[19], p[20], p[21], p[22], p[23]]),
            target_ip: Ipv4Addr::new(p[24], p[25], p[26], p[27]),
        })
    }

    /// Writes the packet.
    #[inline]
    pub fn emit(&self, out: &mut [u8; PACKET_LEN]) {
        let [h0, h1, p0, p1, hw_len, ip_len] = ETHERNET_IPV4;
        let operation = match self.operation {
            Operation::Request => 1,
            Operation::Reply => 2,
        };
        let [s0, s1, s2, s3, s4, s5] = self.sender_hw.0;
        let [a0, a1, a2, a3] = self.sender_ip.octets();
        let [t0, t1, t2, t3, t4, t5] = self.target_hw.0;
        let [b0, b1, b2, b3] = self.target_ip.octets();
        *out = [
            h0, h1, p0, p1, hw_len, ip_len, 0, operation, s0, s1, s2, s3, s4, s5, a0, a1, a2, a3,
            t0, t1, t2, t3, t4, t5, b0, b1, b2, b3,
        ];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUEST: [u8; PACKET_LEN] =
        [0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 1, 192, 0, 2, 1, 0, 0, 0, 0, 0, 0, 192, 0, 2, 2];

    fn request() -> Repr {
        Repr {
            operation: Operation::Request,
            sender_hw: EthAddr([2, 0, 0, 0, 0, 1]),
            sender_ip: Ipv4Addr::new(192, 0, 2, 1),
            target_hw: EthAddr::UNSPECIFIED,
            target_ip: Ipv4Addr::new(192, 0, 2, 2),
        }
    }

    #[test]
    fn parses_what_it_emits() {
        assert_eq!(Repr::parse(&REQUEST), Ok(request()));
        let mut out = [0xee; PACKET_LEN];
        request().emit(&mut out);
        assert_eq!(out, REQUEST);
        let reply = Repr { operation: Operation::Reply, ..request() };
        reply.emit(&mut out);
        assert_eq!(out[6..8], [0, 2]);
        assert_eq!(Repr::parse(&out), Ok(reply));
    }

    #[test]
    fn padding_is_ignored() {
        let mut frame = [0xff; 46];
        frame[..PACKET_LEN].copy_from_slice(&REQUEST);
        assert_eq!(Repr::parse(&frame), Ok(request()));
    }

    #[test]
    fn every_short_packet_is_refused() {
        for len in 0..PACKET_LEN {
            assert_eq!(Repr::parse(&REQUEST[..len]), Err(DropReason::ArpMalformed), "length {len}");
        }
    }

    #[test]
    fn other_hardware_protocol_lengths_and_operations_are_refused() {
        for at in 0..8 {
            for bit in 0..8 {
                let mut packet = REQUEST;
                packet[at] ^= 1 << bit;
                assert_eq!(
                    Repr::parse(&packet),
                    Err(DropReason::ArpMalformed),
                    "byte {at} bit {bit}"
                );
            }
        }
    }
}
