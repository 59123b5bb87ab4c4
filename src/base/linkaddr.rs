// SPDX-License-Identifier: Apache-2.0
//! `struct net_linkaddr`: a link-layer address with its type and length.
//!
//! The shell is read on every received frame and may be written from C, so it is kept in whole
//! aligned words: reading a MAC address costs two loads and never tears within a word.

use core::sync::atomic::{AtomicU32, Ordering::Relaxed};

use super::EthAddr;

/// Longest link address: 8 bytes for IEEE 802.15.4 and PPP, else 6 (`NET_LINK_ADDR_MAX_LENGTH`).
pub const LINK_ADDR_MAX: usize =
    if cfg!(any(CONFIG_NET_L2_IEEE802154, CONFIG_NET_L2_PPP)) { 8 } else { 6 };

const WORDS: usize = (2 + LINK_ADDR_MAX).div_ceil(4);

/// What kind of link an address belongs to (`enum net_link_type`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum LinkType {
    /// Not set.
    #[default]
    Unknown = 0,
    /// IEEE 802.15.4.
    Ieee802154 = 1,
    /// Bluetooth IPSP.
    Bluetooth = 2,
    /// Ethernet.
    Ethernet = 3,
    /// Dummy and loopback.
    Dummy = 4,
    /// Raw CAN.
    CanbusRaw = 5,
}

impl LinkType {
    /// The type with this value in C, `Unknown` for any other.
    pub const fn from_raw(raw: u8) -> Self {
        match raw {
            1 => LinkType::Ieee802154,
            2 => LinkType::Bluetooth,
            3 => LinkType::Ethernet,
            4 => LinkType::Dummy,
            5 => LinkType::CanbusRaw,
            _ => LinkType::Unknown,
        }
    }
}

/// A link address by value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkAddr {
    kind: LinkType,
    len: u8,
    bytes: [u8; LINK_ADDR_MAX],
}

impl LinkAddr {
    /// No address.
    pub const NONE: LinkAddr =
        LinkAddr { kind: LinkType::Unknown, len: 0, bytes: [0; LINK_ADDR_MAX] };

    /// The address `bytes` of type `kind`; `None` if it is longer than [`LINK_ADDR_MAX`].
    pub fn new(kind: LinkType, bytes: &[u8]) -> Option<Self> {
        let mut addr = LinkAddr { kind, len: bytes.len() as u8, bytes: [0; LINK_ADDR_MAX] };
        addr.bytes.get_mut(..bytes.len())?.copy_from_slice(bytes);
        Some(addr)
    }

    /// The type of link.
    pub fn kind(&self) -> LinkType {
        self.kind
    }

    /// The bytes in transmission order.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len).min(LINK_ADDR_MAX)]
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.as_bytes().len()
    }

    /// True when no address is set.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The first six bytes as a MAC address; zero-filled when the address is shorter.
    pub fn eth(&self) -> EthAddr {
        let [a, b, c, d, e, f, ..] = self.bytes;
        EthAddr([a, b, c, d, e, f])
    }
}

impl From<EthAddr> for LinkAddr {
    fn from(mac: EthAddr) -> Self {
        let mut addr = LinkAddr { kind: LinkType::Ethernet, len: 6, ..LinkAddr::NONE };
        addr.bytes[..6].copy_from_slice(&mac.0);
        addr
    }
}

/// C: `struct net_linkaddr { uint8_t type; uint8_t len; uint8_t addr[]; }`, aligned to a word.
#[repr(C)]
#[derive(Debug)]
pub struct NetLinkaddr {
    words: [AtomicU32; WORDS],
}

impl NetLinkaddr {
    /// An empty address.
    pub const fn new() -> Self {
        NetLinkaddr { words: [const { AtomicU32::new(0) }; WORDS] }
    }

    /// The address as a value.
    #[inline]
    pub fn get(&self) -> LinkAddr {
        let mut raw = [0u8; WORDS * 4];
        for (chunk, word) in raw.chunks_exact_mut(4).zip(&self.words) {
            chunk.copy_from_slice(&word.load(Relaxed).to_ne_bytes());
        }
        let mut bytes = [0; LINK_ADDR_MAX];
        bytes.copy_from_slice(&raw[2..2 + LINK_ADDR_MAX]);
        LinkAddr { kind: LinkType::from_raw(raw[0]), len: raw[1], bytes }
    }

    /// The first six bytes of the address: what a received frame's destination is compared with.
    #[inline]
    pub fn eth(&self) -> EthAddr {
        let [_, _, a, b] = self.words[0].load(Relaxed).to_ne_bytes();
        let [c, d, e, f] = self.words[1].load(Relaxed).to_ne_bytes();
        EthAddr([a, b, c, d, e, f])
    }

    /// The first six bytes as [`EthAddr::to_bits`] has them.
    #[inline]
    pub fn eth_bits(&self) -> u64 {
        let head = u32::from_le(self.words[0].load(Relaxed));
        let tail = u32::from_le(self.words[1].load(Relaxed));
        u64::from(head >> 16) | u64::from(tail) << 16
    }

    /// Replaces the address by a MAC address, given as a number.
    #[inline]
    pub fn set_eth_bits(&self, bits: u64) {
        let kind_and_len = u32::from(LinkType::Ethernet as u8) | 6 << 8;
        self.words[0].store((kind_and_len | (bits as u32) << 16).to_le(), Relaxed);
        self.words[1].store(((bits >> 16) as u32).to_le(), Relaxed);
    }

    /// The type as C keeps it.
    #[inline]
    pub fn kind_byte(&self) -> u8 {
        let [kind, ..] = self.words[0].load(Relaxed).to_ne_bytes();
        kind
    }

    /// Makes this an empty address of a type as C keeps it.
    #[inline]
    pub fn clear_to(&self, kind: u8) {
        self.words[0].store(u32::from_ne_bytes([kind, 0, 0, 0]), Relaxed);
        for word in &self.words[1..] {
            word.store(0, Relaxed);
        }
    }

    /// Gives one that is all zeros a type as C keeps it.
    #[inline]
    pub fn name(&self, kind: u8) {
        self.words[0].store(u32::from_ne_bytes([kind, 0, 0, 0]), Relaxed);
    }

    /// Length in bytes, never more than [`LINK_ADDR_MAX`].
    #[inline]
    pub fn len(&self) -> usize {
        usize::from(self.words[0].load(Relaxed).to_ne_bytes()[1]).min(LINK_ADDR_MAX)
    }

    /// True when no address is set.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Replaces the address.
    pub fn set(&self, addr: LinkAddr) {
        let mut raw = [0u8; WORDS * 4];
        raw[0] = addr.kind as u8;
        raw[1] = addr.len;
        raw[2..2 + LINK_ADDR_MAX].copy_from_slice(&addr.bytes);
        for (chunk, word) in raw.chunks_exact(4).zip(&self.words) {
            let mut bytes = [0; 4];
            bytes.copy_from_slice(chunk);
            word.store(u32::from_ne_bytes(bytes), Relaxed);
        }
    }
}

impl Default for NetLinkaddr {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_type_length_and_bytes() {
        let shell = NetLinkaddr::new();
        assert!(shell.is_empty());
        let mac = EthAddr([2, 0, 0x5e, 0, 0x53, 0xff]);
        shell.set(mac.into());
        assert_eq!((shell.eth(), shell.eth_bits()), (mac, mac.to_bits()));
        let same = NetLinkaddr::new();
        same.set_eth_bits(mac.to_bits());
        assert_eq!(same.get(), shell.get());
        assert_eq!(shell.get().as_bytes(), &mac.0);
        assert_eq!(shell.get().kind(), LinkType::Ethernet);
        assert_eq!(shell.len(), 6);
        let other = NetLinkaddr::new();
        other.set(LinkAddr::new(LinkType::Dummy, &[9; 6]).unwrap());
        other.clear_to(shell.kind_byte());
        assert_eq!(other.get(), LinkAddr::new(LinkType::Ethernet, &[]).unwrap());
    }

    #[test]
    fn too_long_is_refused() {
        assert_eq!(LinkAddr::new(LinkType::Dummy, &[0; LINK_ADDR_MAX + 1]), None);
        let short = LinkAddr::new(LinkType::Dummy, &[7]).unwrap();
        assert_eq!(short.as_bytes(), &[7]);
    }

    /// C may write any length into the shell.
    #[test]
    fn a_length_from_c_is_clamped() {
        let shell = NetLinkaddr::new();
        shell.words[0].store(u32::from_ne_bytes([3, 200, 1, 2]), Relaxed);
        assert_eq!(shell.len(), LINK_ADDR_MAX);
        assert_eq!(shell.get().as_bytes().len(), LINK_ADDR_MAX);
    }
}
