// SPDX-License-Identifier: Apache-2.0
//! The structs that C shares with us, member for member.
//!
//! Members carry Zephyr's names. Bit-fields of the original are whole bytes here. Nothing in this
//! file is ever borrowed: code takes raw pointers and reads single members through them.

use core::ffi::c_void;

use super::KTimeout;
#[cfg(any(test, znet_layout))]
use super::heap::KHeap;
use crate::base::NetLinkaddr;
use crate::os::WaitQ;

/// A network interface, opaque on this floor; `iface` knows what is inside.
#[repr(C)]
pub struct NetIf {
    _opaque: [u8; 0],
}

/// A network context, opaque on this floor.
#[repr(C)]
pub struct NetContext {
    _opaque: [u8; 0],
}

/// `struct net_buf_simple`: a window of `len` bytes at `data` in `size` bytes of storage at `__buf`.
#[repr(C)]
pub struct NetBufSimple {
    /// First byte of the content.
    pub data: *mut u8,
    /// Bytes of content.
    pub len: u16,
    /// Bytes of storage.
    pub size: u16,
    /// First byte of the storage.
    pub __buf: *mut u8,
}

/// Bit of [`NetBuf::flags`]: the storage is the caller's, not the pool's.
pub const NET_BUF_EXTERNAL_DATA: u8 = 1;

/// Bit of [`NetBuf::kind`]: nothing but its pool and this library has a say when it is freed, so that
/// it goes straight onto the free list.
pub const BUF_SIMPLE_END: u8 = 1;
/// Bit of [`NetBuf::kind`]: its storage is from a heap of its pool's own.
pub const BUF_VAR: u8 = 2;

/// `struct net_buf`: one fragment. User data follows the struct in memory.
#[repr(C)]
pub struct NetBuf {
    /// Link for queues and for the pool's free list. First, so that a FIFO can hold the buffer.
    pub node: *mut NetBuf,
    /// Next fragment of the same message.
    pub frags: *mut NetBuf,
    /// References held; 0 while the buffer is free.
    pub r#ref: u8,
    /// `NET_BUF_EXTERNAL_DATA` and bits for users.
    pub flags: u8,
    /// Place of the pool in the `net_buf_pool` section, or its own number; 255 for one without.
    pub pool_id: u8,
    /// Bytes of user data behind the struct.
    pub user_data_size: u8,
    /// What the pool's allocator and destroy callback mean for the buffer: [`BUF_SIMPLE_END`] ...
    pub kind: u8,
    /// The content; in C its members are also members of `net_buf` itself.
    pub b: NetBufSimple,
    /// The pool the buffer returns to.
    pub pool: *mut NetBufPool,
    /// User data begins here, aligned as configured.
    pub user_data: [<Alignment<{ crate::config::NET_BUF_ALIGNMENT }> as Aligned>::Unit; 0],
}

/// A type for each alignment that `CONFIG_NET_BUF_ALIGNMENT` may ask for.
pub trait Aligned {
    /// Aligned so.
    type Unit;
}

/// See [`Aligned`].
pub struct Alignment<const BYTES: usize>;

macro_rules! alignments {
    ($($bytes:literal $unit:ident),*) => {$(
        /// A byte aligned as the name says.
        #[repr(align($bytes))]
        pub struct $unit(#[allow(dead_code)] u8);
        impl Aligned for Alignment<$bytes> {
            type Unit = $unit;
        }
    )*};
}

impl Aligned for Alignment<0> {
    type Unit = *const c_void;
}

alignments!(
    1 Align1, 2 Align2, 4 Align4, 8 Align8, 16 Align16, 32 Align32, 64 Align64, 128 Align128,
    256 Align256, 512 Align512, 1024 Align1024, 2048 Align2048, 4096 Align4096
);

/// `struct net_buf_data_cb`: how a pool gets and returns storage.
#[repr(C)]
pub struct NetBufDataCb {
    /// Storage of at least `*size` bytes for `buf`; sets `*size` to what it gave. Null on failure.
    pub alloc: Option<unsafe extern "C" fn(*mut NetBuf, *mut usize, KTimeout) -> *mut u8>,
    /// One more user of the storage; absent where storage can't be shared.
    pub r#ref: Option<unsafe extern "C" fn(*mut NetBuf, *mut u8) -> *mut u8>,
    /// One user fewer.
    pub unref: Option<unsafe extern "C" fn(*mut NetBuf, *mut u8)>,
}

/// `struct net_buf_data_alloc`: the allocator of a pool and its state.
#[repr(C)]
pub struct NetBufDataAlloc {
    /// The functions.
    pub cb: *const NetBufDataCb,
    /// Their state.
    pub alloc_data: *mut c_void,
    /// The largest request that can succeed; 0 where there is no fixed limit.
    pub max_alloc_size: usize,
}

/// `struct net_buf_pool_fixed`: state of the allocator for equal pieces.
#[repr(C)]
pub struct NetBufPoolFixed {
    /// `buf_count` pieces of `max_alloc_size` bytes.
    pub data_pool: *mut u8,
}

/// `struct net_buf_pool`.
#[repr(C)]
pub struct NetBufPool {
    /// Buffers given back, last first.
    pub free: *mut NetBuf,
    /// Threads waiting for one.
    pub wait_q: WaitQ,
    /// Buffers in all.
    pub buf_count: u16,
    /// Buffers never handed out; they lie at the end of `__bufs`.
    pub uninit_count: u16,
    /// Buffers out now.
    pub used: u16,
    /// Bytes of user data per buffer.
    pub user_data_size: u8,
    /// Number of a pool outside the section; 0 for those inside and those without.
    pub own_id: u8,
    /// Buffers free now.
    #[cfg(CONFIG_NET_BUF_POOL_USAGE)]
    pub avail_count: isize,
    /// Bytes of storage in all.
    #[cfg(CONFIG_NET_BUF_POOL_USAGE)]
    pub pool_size: u16,
    /// Most buffers that were ever in use at once.
    #[cfg(CONFIG_NET_BUF_POOL_USAGE)]
    pub max_used: u16,
    /// Name of the C variable.
    #[cfg(CONFIG_NET_BUF_POOL_USAGE)]
    pub name: *const core::ffi::c_char,
    /// Called instead of returning a buffer to the pool; it must end in `net_buf_destroy`.
    pub destroy: Option<unsafe extern "C" fn(*mut NetBuf)>,
    /// Where storage comes from.
    pub alloc: *const NetBufDataAlloc,
    /// The buffers, each followed by its user data.
    pub __bufs: *mut NetBuf,
}

/// `struct k_mem_slab_info`.
#[repr(C)]
pub struct MemSlabInfo {
    /// Blocks in all.
    pub num_blocks: u32,
    /// Bytes per block.
    pub block_size: usize,
    /// Blocks handed out.
    pub num_used: u32,
    /// Most blocks that were ever handed out at once.
    #[cfg(CONFIG_MEM_SLAB_TRACE_MAX_UTILIZATION)]
    pub max_used: u32,
}

/// `struct k_mem_slab`: blocks of one size.
#[repr(C)]
pub struct MemSlab {
    /// Threads waiting for a block.
    pub wait_q: WaitQ,
    /// The blocks.
    pub buffer: *mut u8,
    /// Blocks given back; the first word of each points to the next.
    pub free_list: *mut u8,
    /// Blocks that were handed out at least once; the rest lie behind them.
    pub num_touched: u32,
    /// Figures.
    pub info: MemSlabInfo,
}

/// `struct net_ptp_time`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetPtpTime {
    /// Seconds; 48 bits on the wire.
    pub second: u64,
    /// Nanoseconds of the second.
    pub nanosecond: u32,
}

/// `struct net_pkt_cursor`: a place in the content of a packet.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NetPktCursor {
    /// The fragment; null before the first buffer is attached and after the last was left.
    pub buf: *mut NetBuf,
    /// The byte in it.
    pub pos: *mut u8,
}

/// `struct net_pkt_alloc_stats`: cost of allocations from one slab.
#[cfg(CONFIG_NET_PKT_ALLOC_STATS)]
#[repr(C)]
pub struct NetPktAllocStats {
    /// Bytes asked for, summed up.
    pub alloc_sum: u64,
    /// Cycles spent, summed up.
    pub time_sum: u64,
    /// Allocations.
    pub count: u32,
}

/// `struct net_pkt_alloc_stats_slab`.
#[cfg(CONFIG_NET_PKT_ALLOC_STATS)]
#[repr(C)]
pub struct NetPktAllocStatsSlab {
    /// Those that succeeded.
    pub ok: NetPktAllocStats,
    /// Those that failed.
    pub fail: NetPktAllocStats,
    /// The slab they were for.
    pub slab: *mut MemSlab,
}

/// Ticks kept in [`NetPktDetail`]: a received packet has one station more than a sent one.
#[cfg(any(CONFIG_NET_PKT_TXTIME_STATS_DETAIL, CONFIG_NET_PKT_RXTIME_STATS_DETAIL))]
pub const NET_PKT_DETAIL_STATS_COUNT: usize =
    if cfg!(CONFIG_NET_PKT_RXTIME_STATS_DETAIL) { 4 } else { 3 };

/// Cycle counts at the stations of a packet.
#[cfg(any(CONFIG_NET_PKT_TXTIME_STATS_DETAIL, CONFIG_NET_PKT_RXTIME_STATS_DETAIL))]
#[repr(C)]
pub struct NetPktDetail {
    /// One per station passed.
    pub stat: [u32; NET_PKT_DETAIL_STATS_COUNT],
    /// Stations passed.
    pub count: i32,
}

/// IPv4 fragment header members of a packet.
#[cfg(CONFIG_NET_IPV4_FRAGMENT)]
#[repr(C)]
pub struct Ipv4Fragment {
    /// Offset and more-fragments bit as on the wire, in host order.
    pub flags: u16,
    /// Identification.
    pub id: u16,
}

/// IPv6 fragment header members of a packet.
#[cfg(CONFIG_NET_IPV6_FRAGMENT)]
#[repr(C)]
pub struct Ipv6Fragment {
    /// Offset and more-fragments bit as on the wire, in host order.
    pub flags: u16,
    /// Identification.
    pub id: u32,
    /// Offset of the fragment header in the packet.
    pub hdr_start: u16,
}

/// `NET_SOCKADDR_MAX_SIZE` in the families there are.
pub const SOCKADDR_MAX: usize = if cfg!(CONFIG_NET_NATIVE_OFFLOADED_SOCKETS) {
    110
} else if cfg!(CONFIG_NET_IPV6) || !cfg!(any(CONFIG_NET_IPV4, CONFIG_NET_SOCKETS_PACKET)) {
    24
} else if cfg!(CONFIG_NET_SOCKETS_PACKET) {
    20
} else {
    8
};

/// Room for a remote address in a packet: `struct sockaddr_storage`.
#[cfg(any(CONFIG_NET_OFFLOAD, CONFIG_NET_L2_IPIP))]
#[repr(C)]
pub struct RemoteStorage {
    /// Family; `AF_UNSPEC` until an address is set.
    pub family: u16,
    /// The rest.
    pub data: [u8; SOCKADDR_MAX - 2],
}

/// `struct net_pkt`: a message and what the stack knows about it.
///
/// Everything up to `remote_addr` is zeroed when a packet is allocated, so members that are read
/// without having been set read as zero; keep it short.
#[repr(C)]
pub struct NetPkt {
    /// Link for queues. First, so that a `k_fifo` can hold the packet.
    pub fifo: isize,
    /// The slab the packet returns to.
    pub slab: *mut MemSlab,
    /// The first fragment; in C also called `buffer`.
    pub frags: *mut NetBuf,
    /// Where the next read or write happens.
    pub cursor: NetPktCursor,
    /// The connection the packet belongs to.
    pub context: *mut NetContext,
    /// The interface it came in on or goes out by.
    pub iface: *mut NetIf,
    /// Where further fragments for this packet come from; null: the global transmit pool.
    pub data_pool: *mut NetBufPool,
    /// Link for `sys_slist_t`.
    #[cfg(CONFIG_NET_TCP)]
    pub next: *mut c_void,
    /// The interface it came in on, where it may leave by another.
    #[cfg(any(CONFIG_NET_ROUTING, CONFIG_NET_ETHERNET_BRIDGE))]
    pub orig_iface: *mut NetIf,
    /// When it was received or is to be sent.
    #[cfg(any(CONFIG_NET_PKT_TIMESTAMP, CONFIG_NET_PKT_TXTIME))]
    pub timestamp: NetPtpTime,
    /// When it was made, in cycles.
    #[cfg(any(CONFIG_NET_PKT_RXTIME_STATS, CONFIG_NET_PKT_TXTIME_STATS, CONFIG_TRACING_NET_CORE))]
    pub create_time: u32,
    /// Cycle counts at the stations it passed.
    #[cfg(any(CONFIG_NET_PKT_TXTIME_STATS_DETAIL, CONFIG_NET_PKT_RXTIME_STATS_DETAIL))]
    pub detail: NetPktDetail,
    /// Where allocation costs of its slab are summed up.
    #[cfg(CONFIG_NET_PKT_ALLOC_STATS)]
    pub alloc_stats: *mut NetPktAllocStatsSlab,
    /// References held; 0 while the packet is free.
    pub atomic_ref: isize,
    /// Scratch of the stack's effect list.
    pub effect_arg: usize,
    /// Link-layer source.
    pub lladdr_src: NetLinkaddr,
    /// Link-layer destination.
    pub lladdr_dst: NetLinkaddr,
    /// Protocol above the link layer (an EtherType, as a rule).
    pub ll_proto_type: u16,
    /// Scratch of the stack's effect list.
    pub effect: u8,
    /// Length of the IP header without options and extension headers.
    #[cfg(CONFIG_NET_IP)]
    pub ip_hdr_len: u8,
    /// Writes replace content and leave its length alone.
    pub overwrite: u8,
    /// Last packet of a stream.
    pub eof: u8,
    /// A PTP message.
    pub ptp_pkt: u8,
    /// On its way through us to another host.
    pub forwarding: u8,
    /// Address family.
    pub family: u8,
    /// An ARP message of IPv4 address conflict detection.
    #[cfg(CONFIG_NET_IPV4_ACD)]
    pub ipv4_acd_arp_msg: u8,
    /// An LLDP message.
    #[cfg(CONFIG_NET_LLDP)]
    pub lldp_pkt: u8,
    /// A PPP message.
    pub ppp_msg: u8,
    /// Already taken by the capture.
    pub captured: u8,
    /// Came over a bridge and keeps its link header.
    pub l2_bridged: u8,
    /// The link layer is done with it.
    pub l2_processed: u8,
    /// Checksums are already right.
    pub chksum_done: u8,
    /// Put together from IP fragments.
    #[cfg(CONFIG_NET_IP_FRAGMENT)]
    pub ip_reassembled: u8,
    /// A time stamp is wanted when it has been sent.
    #[cfg(CONFIG_NET_PKT_TIMESTAMP)]
    pub tx_timestamping: u8,
    /// A time stamp is wanted for what is received.
    #[cfg(CONFIG_NET_PKT_TIMESTAMP)]
    pub rx_timestamping: u8,
    /// IPv4 TTL or IPv6 hop limit.
    #[cfg(CONFIG_NET_IP)]
    pub ttl: u8,
    /// Bytes of IPv4 options.
    #[cfg(CONFIG_NET_IPV4)]
    pub ipv4_opts_len: u8,
    /// Bytes of IPv6 extension headers.
    #[cfg(CONFIG_NET_IPV6)]
    pub ipv6_ext_len: u16,
    /// IPv4 fragment header.
    #[cfg(CONFIG_NET_IPV4_FRAGMENT)]
    pub ipv4_fragment: Ipv4Fragment,
    /// IPv6 fragment header.
    #[cfg(CONFIG_NET_IPV6_FRAGMENT)]
    pub ipv6_fragment: Ipv6Fragment,
    /// Offset of the last header before the payload.
    #[cfg(CONFIG_NET_IPV6)]
    pub ipv6_prev_hdr_start: u16,
    /// Length of a neighbour-discovery option.
    #[cfg(CONFIG_NET_IPV6)]
    pub ipv6_ext_opt_len: u8,
    /// Next-header value of the IPv6 header itself.
    #[cfg(CONFIG_NET_IPV6)]
    pub ipv6_next_hdr: u8,
    /// Differentiated services code point.
    #[cfg(CONFIG_NET_IP_DSCP_ECN)]
    pub ip_dscp: u8,
    /// Explicit congestion notification.
    #[cfg(CONFIG_NET_IP_DSCP_ECN)]
    pub ip_ecn: u8,
    /// VLAN tag control information in host order.
    #[cfg(CONFIG_NET_VLAN)]
    pub vlan_tci: u16,
    /// Priority, 0 to 7.
    pub priority: u8,
    /// Recorded in cooked mode.
    #[cfg(CONFIG_NET_CAPTURE_COOKED_MODE)]
    pub cooked_mode_pkt: u8,
    /// Its destination has a path MTU.
    #[cfg(CONFIG_NET_IPV4_PMTU)]
    pub ipv4_pmtu: u8,
    /// Port that goes with `remote_addr`, in host order.
    pub remote_port: u16,
    /// Where a received datagram came from, IPv4 in the first four bytes; in the send queue of TCP a
    /// segment's record, hence the alignment. Valid once set.
    pub remote_addr: [u32; 4],
    /// Peer of an offloaded socket or a tunnel. Valid once set.
    #[cfg(any(CONFIG_NET_OFFLOAD, CONFIG_NET_L2_IPIP))]
    pub remote: RemoteStorage,
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) BUF_LAYOUTS in "zephyr/net_buf.h":
    NetBufSimple = "struct net_buf_simple" { data, len, size, __buf };
    NetBuf = "struct net_buf" {
        node, frags, r#ref, flags, pool_id, user_data_size, kind, pool,
        b.data = "data", b.len = "len", b.size = "size", b.__buf = "__buf",
    };
    NetBufDataCb = "struct net_buf_data_cb" { alloc, r#ref, r#unref };
    NetBufDataAlloc = "struct net_buf_data_alloc" { cb, alloc_data, max_alloc_size };
    NetBufPoolFixed = "struct net_buf_pool_fixed" { data_pool };
    NetBufPool = "struct net_buf_pool" {
        free, wait_q, buf_count, uninit_count, used, user_data_size, own_id,
        #[cfg(CONFIG_NET_BUF_POOL_USAGE)]
        avail_count,
        #[cfg(CONFIG_NET_BUF_POOL_USAGE)]
        pool_size,
        #[cfg(CONFIG_NET_BUF_POOL_USAGE)]
        max_used,
        #[cfg(CONFIG_NET_BUF_POOL_USAGE)]
        name,
        destroy, alloc, __bufs,
    };
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) KERNEL_LAYOUTS in "zephyr/kernel.h":
    KTimeout = "k_timeout_t" { ticks };
    MemSlab = "struct k_mem_slab" {
        wait_q, buffer, free_list, num_touched,
        info.num_blocks, info.block_size, info.num_used,
        #[cfg(CONFIG_MEM_SLAB_TRACE_MAX_UTILIZATION)]
        info.max_used,
    };
    KHeap = "struct k_heap" {
        heap = "heap.heap", init_mem = "heap.init_mem", init_bytes = "heap.init_bytes", wait_q,
    };
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) PKT_LAYOUTS in "zephyr/net/net_pkt.h":
    NetPktCursor = "struct net_pkt_cursor" { buf, pos };
    NetPtpTime = "struct net_ptp_time" { second, nanosecond };
    #[cfg(CONFIG_NET_PKT_ALLOC_STATS)]
    NetPktAllocStats = "struct net_pkt_alloc_stats" { alloc_sum, time_sum, count };
    #[cfg(CONFIG_NET_PKT_ALLOC_STATS)]
    NetPktAllocStatsSlab = "struct net_pkt_alloc_stats_slab" { ok, fail, slab };
    NetPkt = "struct net_pkt" {
        fifo,
        slab,
        frags,
        cursor,
        context,
        iface,
        data_pool,
        #[cfg(CONFIG_NET_TCP)]
        next,
        #[cfg(any(CONFIG_NET_ROUTING, CONFIG_NET_ETHERNET_BRIDGE))]
        orig_iface,
        #[cfg(any(CONFIG_NET_PKT_TIMESTAMP, CONFIG_NET_PKT_TXTIME))]
        timestamp,
        #[cfg(any(CONFIG_NET_PKT_RXTIME_STATS, CONFIG_NET_PKT_TXTIME_STATS, CONFIG_TRACING_NET_CORE))]
        create_time,
        #[cfg(any(CONFIG_NET_PKT_TXTIME_STATS_DETAIL, CONFIG_NET_PKT_RXTIME_STATS_DETAIL))]
        detail,
        #[cfg(CONFIG_NET_PKT_ALLOC_STATS)]
        alloc_stats,
        atomic_ref,
        effect_arg,
        lladdr_src,
        lladdr_dst,
        ll_proto_type,
        effect,
        #[cfg(CONFIG_NET_IP)]
        ip_hdr_len,
        overwrite,
        eof,
        ptp_pkt,
        forwarding,
        family,
        #[cfg(CONFIG_NET_IPV4_ACD)]
        ipv4_acd_arp_msg,
        #[cfg(CONFIG_NET_LLDP)]
        lldp_pkt,
        ppp_msg,
        captured,
        l2_bridged,
        l2_processed,
        chksum_done,
        #[cfg(CONFIG_NET_IP_FRAGMENT)]
        ip_reassembled,
        #[cfg(CONFIG_NET_PKT_TIMESTAMP)]
        tx_timestamping,
        #[cfg(CONFIG_NET_PKT_TIMESTAMP)]
        rx_timestamping,
        #[cfg(CONFIG_NET_IP)]
        ttl = "ipv4_ttl",
        #[cfg(CONFIG_NET_IPV4)]
        ipv4_opts_len,
        #[cfg(CONFIG_NET_IPV6)]
        ipv6_ext_len,
        #[cfg(CONFIG_NET_IPV4_FRAGMENT)]
        ipv4_fragment,
        #[cfg(CONFIG_NET_IPV6_FRAGMENT)]
        ipv6_fragment,
        #[cfg(CONFIG_NET_IPV6)]
        ipv6_prev_hdr_start,
        #[cfg(CONFIG_NET_IPV6)]
        ipv6_ext_opt_len,
        #[cfg(CONFIG_NET_IPV6)]
        ipv6_next_hdr,
        #[cfg(CONFIG_NET_IP_DSCP_ECN)]
        ip_dscp,
        #[cfg(CONFIG_NET_IP_DSCP_ECN)]
        ip_ecn,
        #[cfg(CONFIG_NET_VLAN)]
        vlan_tci,
        priority,
        #[cfg(CONFIG_NET_CAPTURE_COOKED_MODE)]
        cooked_mode_pkt,
        #[cfg(CONFIG_NET_IPV4_PMTU)]
        ipv4_pmtu,
        remote_port,
        remote_addr,
        #[cfg(any(CONFIG_NET_OFFLOAD, CONFIG_NET_L2_IPIP))]
        remote = "remote_storage",
    };
}
