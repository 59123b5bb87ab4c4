// SPDX-License-Identifier: Apache-2.0
//! What the stack knows about a packet besides its content: members of `net_pkt`, read and written
//! through [`Pkt`]. Members that the configuration leaves out read as zero.

use super::shell::NetContext;
use super::{NetBufPool, NetIf, NetPkt, Pkt};
use crate::base::{EthAddr, LinkAddr};

/// Reads and writes of one-byte members.
macro_rules! bytes {
    ($($(#[$doc:meta])* $get:ident $set:ident $member:ident $(if $cfg:meta)?;)*) => {
        impl Pkt {$(
            $(#[$doc])*
            #[inline]
            pub fn $get(&self) -> u8 {
                $(#[cfg(not($cfg))] return 0;)?
                $(#[cfg($cfg)])?
                // SAFETY: we hold a reference to the packet.
                unsafe { (*self.as_ptr()).$member }
            }

            #[doc = concat!("Sets what [`", stringify!($get), "`](Pkt::", stringify!($get), ") returns.")]
            #[inline]
            pub fn $set(&mut self, value: u8) {
                $(#[cfg(not($cfg))] { let _ = value; })?
                $(#[cfg($cfg)])?
                // SAFETY: we hold a reference to the packet, and `self` is borrowed mutably.
                unsafe { (*self.as_ptr()).$member = value };
            }
        )*}
    };
}

/// Reads and writes of yes-or-no members.
macro_rules! flags {
    ($($(#[$doc:meta])* $get:ident $set:ident $member:ident $(if $cfg:meta)?;)*) => {
        impl Pkt {$(
            $(#[$doc])*
            #[inline]
            pub fn $get(&self) -> bool {
                $(#[cfg(not($cfg))] return false;)?
                $(#[cfg($cfg)])?
                // SAFETY: we hold a reference to the packet.
                unsafe { (*self.as_ptr()).$member != 0 }
            }

            #[doc = concat!("Sets what [`", stringify!($get), "`](Pkt::", stringify!($get), ") returns.")]
            #[inline]
            pub fn $set(&mut self, value: bool) {
                $(#[cfg(not($cfg))] { let _ = value; })?
                $(#[cfg($cfg)])?
                // SAFETY: we hold a reference to the packet, and `self` is borrowed mutably.
                unsafe { (*self.as_ptr()).$member = value as u8 };
            }
        )*}
    };
}

bytes! {
    /// Address family, in Zephyr's numbers.
    family set_family family;
    /// IPv4 TTL or IPv6 hop limit.
    ttl set_ttl ttl if CONFIG_NET_IP;
    /// Length of the IP header, without options and extension headers.
    ip_hdr_len set_ip_hdr_len ip_hdr_len if CONFIG_NET_IP;
    /// Length of the IPv4 options.
    ipv4_opts_len set_ipv4_opts_len ipv4_opts_len if CONFIG_NET_IPV4;
    /// Differentiated services code point.
    dscp set_dscp ip_dscp if CONFIG_NET_IP_DSCP_ECN;
    /// Explicit congestion notification.
    ecn set_ecn ip_ecn if CONFIG_NET_IP_DSCP_ECN;
    /// Priority, 0 to 7.
    priority set_priority priority;
    /// Which effect the packet stands for in the stack's effect list.
    effect set_effect effect;
}

flags! {
    /// Checksums are right already, or the hardware will see to them.
    chksum_done set_chksum_done chksum_done;
    /// On its way through us to another host.
    forwarding set_forwarding forwarding;
    /// The link layer is done with it.
    l2_processed set_l2_processed l2_processed;
    /// Came over a bridge and keeps its link header.
    l2_bridged set_l2_bridged l2_bridged;
    /// Last packet of a stream.
    eof set_eof eof;
    /// Already taken by the capture.
    captured set_captured captured;
    /// A PTP message.
    is_ptp set_ptp ptp_pkt;
    /// A PPP message.
    is_ppp set_ppp ppp_msg;
    /// Writes at the cursor replace content and leave its length alone.
    overwrite set_overwrite overwrite;
    /// Put together from IP fragments.
    ip_reassembled set_ip_reassembled ip_reassembled if CONFIG_NET_IP_FRAGMENT;
    /// An ARP message of IPv4 address conflict detection.
    ipv4_acd set_ipv4_acd ipv4_acd_arp_msg if CONFIG_NET_IPV4_ACD;
    /// A time stamp is wanted when it has been sent.
    tx_timestamping set_tx_timestamping tx_timestamping if CONFIG_NET_PKT_TIMESTAMP;
    /// An LLDP message.
    is_lldp set_lldp lldp_pkt if CONFIG_NET_LLDP;
}

/// In nanoseconds.
#[cfg(any(CONFIG_NET_PKT_TIMESTAMP, CONFIG_NET_PKT_TXTIME))]
const SECOND: u64 = 1_000_000_000;

#[cfg(any(CONFIG_NET_PKT_TIMESTAMP, CONFIG_NET_PKT_TXTIME))]
impl Pkt {
    /// When it was received or is to be sent.
    pub fn timestamp(&self) -> super::shell::NetPtpTime {
        // SAFETY: we hold a reference to the packet.
        unsafe { (*self.as_ptr()).timestamp }
    }

    /// When it is to be sent, in nanoseconds; 0 for at once.
    pub fn txtime(&self) -> u64 {
        let time = self.timestamp();
        time.second.saturating_mul(SECOND).saturating_add(time.nanosecond.into())
    }

    /// Says when it is to be sent, in nanoseconds.
    pub fn set_txtime(&mut self, nanoseconds: u64) {
        let time = super::shell::NetPtpTime {
            second: nanoseconds / SECOND,
            nanosecond: (nanoseconds % SECOND) as u32,
        };
        // SAFETY: we hold a reference to the packet, and `self` is borrowed mutably.
        unsafe { (*self.as_ptr()).timestamp = time };
    }
}

impl Pkt {
    /// The interface the packet came in on or goes out by; null when not set.
    #[inline]
    pub fn iface(&self) -> *mut NetIf {
        // SAFETY: we hold a reference to the packet.
        unsafe { (*self.as_ptr()).iface }
    }

    /// Sets the interface.
    #[inline]
    pub fn set_iface(&mut self, iface: *mut NetIf) {
        // SAFETY: we hold a reference to the packet, and `self` is borrowed mutably.
        unsafe { (*self.as_ptr()).iface = iface };
    }

    /// The network context the packet belongs to; null when not set.
    #[inline]
    pub fn context(&self) -> *mut NetContext {
        // SAFETY: we hold a reference to the packet.
        unsafe { (*self.as_ptr()).context }
    }

    /// Sets the network context.
    #[inline]
    pub fn set_context(&mut self, context: *mut NetContext) {
        // SAFETY: we hold a reference to the packet, and `self` is borrowed mutably.
        unsafe { (*self.as_ptr()).context = context };
    }

    /// Where further fragments for this packet come from; null when not set.
    #[inline]
    pub fn data_pool(&self) -> *mut NetBufPool {
        // SAFETY: we hold a reference to the packet.
        unsafe { (*self.as_ptr()).data_pool }
    }

    /// Link-layer source address.
    #[inline]
    pub fn lladdr_src(&self) -> LinkAddr {
        // SAFETY: we hold a reference to the packet.
        unsafe { (*self.as_ptr()).lladdr_src.get() }
    }

    /// Sets the link-layer source address.
    #[inline]
    pub fn set_lladdr_src(&mut self, addr: impl Into<LinkAddr>) {
        // SAFETY: we hold a reference to the packet.
        unsafe { (*self.as_ptr()).lladdr_src.set(addr.into()) };
    }

    /// Sets both link-layer addresses to MAC addresses, given as numbers ([`EthAddr::to_bits`]).
    #[inline]
    pub fn set_eth_bits(&mut self, src: u64, dst: u64) {
        // SAFETY: we hold a reference to the packet.
        unsafe {
            (*self.as_ptr()).lladdr_src.set_eth_bits(src);
            (*self.as_ptr()).lladdr_dst.set_eth_bits(dst);
        }
    }

    /// Sets both link-layer addresses to those of an Ethernet header, given as its first eight bytes and its
    /// last.
    #[inline(always)]
    pub fn set_eth_link(&mut self, (first, last): (u64, u64)) {
        let (first, last) = (u64::from_le(first), u64::from_le(last));
        // SAFETY: we hold a reference to the packet.
        unsafe {
            (*self.as_ptr()).lladdr_src.set_eth_bits(first >> 48 | (last >> 16) << 16);
            (*self.as_ptr()).lladdr_dst.set_eth_bits(first);
        }
    }

    /// The first six bytes of the link-layer source address.
    #[inline]
    pub fn eth_src(&self) -> EthAddr {
        // SAFETY: we hold a reference to the packet.
        unsafe { (*self.as_ptr()).lladdr_src.eth() }
    }

    /// Link-layer destination address.
    #[inline]
    pub fn lladdr_dst(&self) -> LinkAddr {
        // SAFETY: we hold a reference to the packet.
        unsafe { (*self.as_ptr()).lladdr_dst.get() }
    }

    /// Sets the link-layer destination address.
    #[inline]
    pub fn set_lladdr_dst(&mut self, addr: impl Into<LinkAddr>) {
        // SAFETY: we hold a reference to the packet.
        unsafe { (*self.as_ptr()).lladdr_dst.set(addr.into()) };
    }

    /// The first six bytes of the link-layer destination address.
    #[inline]
    pub fn eth_dst(&self) -> EthAddr {
        // SAFETY: we hold a reference to the packet.
        unsafe { (*self.as_ptr()).lladdr_dst.eth() }
    }

    /// Protocol above the link layer: an EtherType, as a rule.
    #[inline]
    pub fn ll_proto_type(&self) -> u16 {
        // SAFETY: we hold a reference to the packet.
        unsafe { (*self.as_ptr()).ll_proto_type }
    }

    /// Sets the protocol above the link layer.
    #[inline]
    pub fn set_ll_proto_type(&mut self, proto: u16) {
        // SAFETY: we hold a reference to the packet, and `self` is borrowed mutably.
        unsafe { (*self.as_ptr()).ll_proto_type = proto };
    }

    /// When it was made, or received, in cycles.
    #[cfg(any(CONFIG_NET_PKT_RXTIME_STATS, CONFIG_NET_PKT_TXTIME_STATS))]
    #[inline]
    pub fn create_time(&self) -> u32 {
        // SAFETY: we hold a reference to the packet.
        unsafe { (*self.as_ptr()).create_time }
    }

    /// Says that it has been made, or received, just now.
    #[cfg(CONFIG_NET_PKT_RXTIME_STATS)]
    #[inline]
    pub fn stamp_create_time(&mut self) {
        // SAFETY: we hold a reference to the packet, and `self` is borrowed mutably.
        unsafe { (*self.as_ptr()).create_time = super::cycles() };
    }

    /// Notes when it passed the next station of its way to the driver; further ones are not noted.
    #[cfg(CONFIG_NET_PKT_TXTIME_STATS_DETAIL)]
    #[inline]
    pub fn pass_station(&mut self) {
        // SAFETY: we hold a reference to the packet, and `self` is borrowed mutably.
        let detail = unsafe { &mut (*self.as_ptr()).detail };
        if let Some(place) =
            usize::try_from(detail.count).ok().and_then(|at| detail.stat.get_mut(at))
        {
            *place = super::cycles();
            detail.count += 1;
        }
    }

    /// When it passed those stations, in cycles; the next pass begins anew.
    #[cfg(CONFIG_NET_PKT_TXTIME_STATS_DETAIL)]
    pub fn take_stations(
        &mut self,
    ) -> heapless::Vec<u32, { super::shell::NET_PKT_DETAIL_STATS_COUNT }> {
        // SAFETY: we hold a reference to the packet, and `self` is borrowed mutably.
        let detail = unsafe { &mut (*self.as_ptr()).detail };
        let passed = usize::try_from(core::mem::take(&mut detail.count)).unwrap_or(0);
        detail.stat.iter().take(passed).copied().collect()
    }

    /// Length of the IPv6 extension headers.
    #[inline]
    pub fn ipv6_ext_len(&self) -> u16 {
        #[cfg(not(CONFIG_NET_IPV6))]
        return 0;
        #[cfg(CONFIG_NET_IPV6)]
        // SAFETY: we hold a reference to the packet.
        unsafe {
            (*self.as_ptr()).ipv6_ext_len
        }
    }

    /// Sets the length of the IPv6 extension headers.
    #[cfg(CONFIG_NET_IPV6)]
    #[inline]
    pub fn set_ipv6_ext_len(&mut self, len: u16) {
        // SAFETY: we hold a reference to the packet, and `self` is borrowed mutably.
        unsafe { (*self.as_ptr()).ipv6_ext_len = len };
    }

    /// VLAN tag control information; without VLAN support the unspecified tag (0x0fff).
    #[inline]
    pub fn vlan_tci(&self) -> u16 {
        #[cfg(not(CONFIG_NET_VLAN))]
        return 0x0fff;
        #[cfg(CONFIG_NET_VLAN)]
        // SAFETY: we hold a reference to the packet.
        unsafe {
            (*self.as_ptr()).vlan_tci
        }
    }

    /// Argument of [`effect`](Pkt::effect).
    #[inline]
    pub fn effect_arg(&self) -> usize {
        // SAFETY: we hold a reference to the packet.
        unsafe { (*self.as_ptr()).effect_arg }
    }

    /// Sets the argument of [`effect`](Pkt::effect).
    #[inline]
    pub fn set_effect_arg(&mut self, arg: usize) {
        // SAFETY: we hold a reference to the packet, and `self` is borrowed mutably.
        unsafe { (*self.as_ptr()).effect_arg = arg };
    }

    /// The peer that [`set_remote`](Pkt::set_remote) noted: address (IPv4 in the first four bytes)
    /// and port in host order. Before that, arbitrary bytes.
    #[inline]
    pub fn remote(&self) -> ([u8; 16], u16) {
        // SAFETY: we hold a reference to the packet; the bytes were initialised with the pool.
        unsafe {
            let pkt = self.as_ptr();
            ((&raw const (*pkt).remote_addr).cast::<[u8; 16]>().read(), (*pkt).remote_port)
        }
    }

    /// The IPv4 peer that [`set_remote_v4`](Pkt::set_remote_v4) noted.
    #[inline]
    pub fn remote_v4(&self) -> (core::net::Ipv4Addr, u16) {
        let ([a, b, c, d, ..], port) = self.remote();
        (core::net::Ipv4Addr::new(a, b, c, d), port)
    }

    /// Notes the peer of a received datagram.
    #[inline]
    pub fn set_remote(&mut self, addr: [u8; 16], port: u16) {
        // SAFETY: we hold a reference to the packet, and `self` is borrowed mutably.
        unsafe {
            (&raw mut (*self.as_ptr()).remote_addr).cast::<[u8; 16]>().write(addr);
            (*self.as_ptr()).remote_port = port;
        }
    }

    /// Notes the peer of a received IPv4 datagram.
    #[inline]
    pub fn set_remote_v4(&mut self, addr: core::net::Ipv4Addr, port: u16) {
        // SAFETY: we hold a reference to the packet, and `self` is borrowed mutably.
        unsafe {
            (&raw mut (*self.as_ptr()).remote_addr).cast::<[u8; 4]>().write(addr.octets());
            (*self.as_ptr()).remote_port = port;
        }
    }
}

/// Copies everything a clone shares with its original, which is all but links, counts, content and
/// the scratch of the effect list.
///
/// # Safety
/// Both packets are live, `to` is the caller's alone.
pub(super) unsafe fn copy_description(from: *const NetPkt, to: *mut NetPkt) {
    // SAFETY: as the caller vouches; a packet is plain bytes, and `from` may be copied while others
    // read it.
    unsafe {
        let slab = (*to).slab;
        to.copy_from_nonoverlapping(from, 1);
        (*to).fifo = 0;
        (*to).slab = slab;
        (*to).frags = core::ptr::null_mut();
        (*to).cursor.buf = core::ptr::null_mut();
        (*to).cursor.pos = core::ptr::null_mut();
        #[cfg(CONFIG_NET_TCP)]
        {
            (*to).next = core::ptr::null_mut();
        }
        (*to).atomic_ref = 1;
        (*to).effect = 0;
        (*to).effect_arg = 0;
    }
}
