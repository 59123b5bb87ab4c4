// SPDX-License-Identifier: Apache-2.0
//! What an IPv6 packet a stack sent must look like, by a reading of its own.

use znet::base::{EthAddr, Ipv6Addr};
use znet::wire::ethernet;
use znet::wire::icmpv6::{self, kind};
use znet::wire::ipv6::{self, next_header};

/// A packet taken apart.
#[derive(Clone, Debug)]
pub struct Packet6 {
    /// Its link header.
    pub link: ethernet::Header,
    /// Its header.
    pub repr: ipv6::Repr,
    /// What the extension headers lead to.
    pub protocol: u8,
    /// The extension headers' bytes.
    pub ext: Vec<u8>,
    /// What is behind them: the transport header first.
    pub payload: Vec<u8>,
}

impl Packet6 {
    /// The ICMP header, if it is one.
    pub fn icmp(&self) -> Option<icmpv6::Header> {
        let is = self.protocol == next_header::ICMPV6;
        is.then(|| icmpv6::Header::parse(&self.payload).expect("looked at before"))
    }

    /// The type and code of an ICMP message.
    pub fn kind(&self) -> Option<(u8, u8)> {
        self.icmp().map(|header| (header.kind, header.code))
    }

    /// What is behind the ICMP header.
    pub fn body(&self) -> &[u8] {
        self.payload.get(icmpv6::HEADER_LEN..).unwrap_or(&[])
    }

    /// Whom a neighbour solicitation asks for.
    pub fn solicits(&self) -> Option<Ipv6Addr> {
        let header = self.icmp().filter(|header| header.kind == kind::NEIGHBOUR_SOLICIT)?;
        let _ = header;
        let octets: [u8; 16] = self.payload.get(8..24)?.try_into().ok()?;
        Some(octets.into())
    }

    /// Ports and payload of a UDP datagram.
    pub fn udp(&self) -> Option<(u16, u16, &[u8])> {
        if self.protocol != next_header::UDP {
            return None;
        }
        let p = &self.payload;
        Some((u16::from_be_bytes([p[0], p[1]]), u16::from_be_bytes([p[2], p[3]]), &p[8..]))
    }
}

/// Takes a frame with an IPv6 packet apart and looks whether it is well formed.
///
/// # Errors
/// What is wrong with it, in words.
pub fn dissect(frame: &[u8]) -> Result<Packet6, String> {
    let (link, bytes) = ethernet::Header::parse(frame).ok_or("shorter than an Ethernet header")?;
    let header = ipv6::Header::parse(bytes, bytes.len()).map_err(|e| format!("{e:?}"))?;
    let repr = ipv6::Repr::of(&header);
    if usize::from(repr.payload_len) + ipv6::HEADER_LEN != bytes.len() && bytes.len() > 46 {
        return Err("bytes behind the packet that are not padding".into());
    }
    if repr.hop_limit == 0 {
        return Err("sent with a hop limit of zero".into());
    }
    if repr.src.is_multicast() || repr.dst.is_unspecified() || repr.src.is_loopback() {
        return Err(format!("sent from {} to {}", repr.src, repr.dst));
    }
    if repr.dst.is_multicast() && link.dst != EthAddr::from_ipv6_multicast(repr.dst) {
        return Err(format!("group {} sent to {:?}", repr.dst, link.dst));
    }
    let whole = &bytes[..ipv6::HEADER_LEN + usize::from(repr.payload_len)];
    let (protocol, at) = match ipv6::transport_of(whole) {
        Some(found) => found,
        None => (next_header::FRAGMENT, ipv6::HEADER_LEN),
    };
    let ext = whole[ipv6::HEADER_LEN..at].to_vec();
    let payload = whole[at..].to_vec();
    let is_fragment = ext.len() >= 8 && repr.next_header == next_header::FRAGMENT;
    if !is_fragment && matches!(protocol, next_header::UDP | next_header::ICMPV6) {
        let mut pseudo = [repr.src.octets(), repr.dst.octets()].concat();
        pseudo.extend((payload.len() as u32).to_be_bytes());
        pseudo.extend([0, 0, 0, protocol]);
        pseudo.extend(&payload);
        let mut sum = 0u32;
        for pair in pseudo.chunks(2) {
            sum += u32::from(pair[0]) << 8 | u32::from(*pair.get(1).unwrap_or(&0));
            sum = (sum & 0xffff) + (sum >> 16);
        }
        if sum != 0xffff || payload.len() < 8 {
            return Err("transport checksum is wrong".into());
        }
    }
    let packet = Packet6 { link, repr, protocol, ext, payload };
    if let Some(header) = packet.icmp() {
        let error = icmpv6::is_error(header.kind);
        if error && bytes.len() > icmpv6::MAX_ERROR_LEN {
            return Err("ICMP error longer than 1280 bytes".into());
        }
        let nd = (kind::ROUTER_SOLICIT..=kind::REDIRECT).contains(&header.kind);
        if nd && (repr.hop_limit != 255 || header.code != 0) {
            return Err("neighbour discovery that looks forwarded".into());
        }
    }
    Ok(packet)
}
