// SPDX-License-Identifier: Apache-2.0
//! The memory of one stack: packets and buffers for each direction, sized by the configuration.

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;
use core::ptr;
use core::sync::atomic::{AtomicBool, Ordering};

use super::faults;
use super::shell::MemSlabInfo;
use super::{
    Deadline, MemSlab, NetBuf, NetBufDataAlloc, NetBufPool, NetPkt, Pkt, frag, pkt, pool, slab,
};
use crate::config;
use crate::os::{WaitQ, irq};

#[cfg(not(CONFIG_NET_BUF_VARIABLE_DATA_SIZE))]
#[path = "pools_fixed.rs"]
mod storage;
#[cfg(CONFIG_NET_BUF_VARIABLE_DATA_SIZE)]
#[path = "pools_var.rs"]
mod storage;

use storage::{RX_STORAGE, Storage, TX_STORAGE};

/// Bytes of user data per buffer.
const USER_DATA: usize = config::NET_PKT_BUF_USER_DATA_SIZE;

/// Packets and buffers for receiving and for sending.
///
/// All of it is zero at the start, so a static one takes no flash; the pools are set up when they
/// are first used. It must never move after that, hence every method wants `&'static self`: make
/// it a static, or leak it.
pub struct Pools {
    rx: Side<
        { config::NET_PKT_RX_COUNT },
        { config::NET_BUF_RX_COUNT },
        RX_STORAGE,
        { pool::RX_POOL_ID },
    >,
    tx: Side<
        { config::NET_PKT_TX_COUNT },
        { config::NET_BUF_TX_COUNT },
        TX_STORAGE,
        { pool::TX_POOL_ID },
    >,
}

/// Those of a firmware's stack.
pub static FIRST: Pools = Pools::new();

/// The pools that a stack takes its packets from. Where little flash counts those of a firmware are named by zero:
/// its stack is zero at the start then.
#[derive(Clone, Copy)]
pub struct Home {
    #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
    pools: &'static Pools,
    #[cfg(CONFIG_ZNET_PROFILE_TINY)]
    other: Option<&'static Pools>,
}

impl Home {
    /// These.
    #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
    pub const fn new(pools: &'static Pools) -> Self {
        Home { pools }
    }

    /// These.
    #[cfg(CONFIG_ZNET_PROFILE_TINY)]
    pub const fn new(pools: &'static Pools) -> Self {
        Home { other: Some(pools) }
    }

    /// The first.
    #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
    pub const fn first() -> Self {
        Home { pools: &FIRST }
    }

    /// The first.
    #[cfg(CONFIG_ZNET_PROFILE_TINY)]
    pub const fn first() -> Self {
        Home { other: None }
    }

    /// The pools themselves.
    #[inline(always)]
    pub fn get(self) -> &'static Pools {
        #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
        return self.pools;
        #[cfg(CONFIG_ZNET_PROFILE_TINY)]
        self.other.unwrap_or(&FIRST)
    }
}

/// How much of a [`Pools`] is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Packets for receiving.
    pub rx_pkts: usize,
    /// Buffers for receiving.
    pub rx_bufs: usize,
    /// Packets for sending.
    pub tx_pkts: usize,
    /// Buffers for sending.
    pub tx_bufs: usize,
}

impl Pools {
    /// Pools with everything free.
    pub const fn new() -> Self {
        Pools { rx: Side::new(), tx: Side::new() }
    }

    /// An empty packet for receiving with room for `len` bytes, waiting for memory until
    /// `deadline`. `None` when there was none in time.
    #[inline]
    pub fn alloc_rx(&'static self, len: usize, deadline: Deadline) -> Option<Pkt> {
        self.rx.alloc(0, len, deadline)
    }

    /// As [`alloc_rx`](Self::alloc_rx) without waiting, when one buffer will do and there is nothing
    /// else to it. `None` says nothing about what `alloc_rx` would return.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn alloc_rx_quickly(&'static self, len: usize) -> Option<Pkt> {
        if faults::strike() {
            return None;
        }
        #[cfg(CONFIG_NET_PKT_ALLOC_STATS)]
        let since = super::alloc_stats::cycles();
        let pkt = self.rx.alloc_quickly(0, len);
        #[cfg(CONFIG_NET_PKT_ALLOC_STATS)]
        if let Some(pkt) = &pkt {
            // SAFETY: just taken.
            unsafe { super::alloc_stats::done(pkt.as_ptr(), len, since, true) };
        }
        pkt
    }

    /// A copy of `pkt` among the received packets, with the same description and headroom. `None` when
    /// memory is short.
    pub fn clone_rx(&'static self, pkt: &Pkt) -> Option<Pkt> {
        // SAFETY: the reference keeps the packet alive, which is only read; slab and pool are ours.
        unsafe { pkt::clone_deep(pkt.as_ptr(), self.rx_slab(), self.rx_pool(), super::NO_WAIT) }
    }

    /// An empty packet for sending with room for `headroom` bytes of headers, to be put in front by
    /// [`Pkt::push`], and `len` bytes of content. Waits as [`alloc_rx`](Self::alloc_rx) does.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn alloc_tx(&'static self, headroom: usize, len: usize, deadline: Deadline) -> Option<Pkt> {
        self.tx.alloc(headroom, len, deadline)
    }

    /// What is free now; the same before and after a test that leaks nothing.
    pub fn free(&'static self) -> Usage {
        let (rx_pkts, rx_bufs) = self.rx.free();
        let (tx_pkts, tx_bufs) = self.tx.free();
        Usage { rx_pkts, rx_bufs, tx_pkts, tx_bufs }
    }

    /// What was free at the beginning.
    pub const fn capacity() -> Usage {
        Usage {
            rx_pkts: config::NET_PKT_RX_COUNT,
            rx_bufs: config::NET_BUF_RX_COUNT,
            tx_pkts: config::NET_PKT_TX_COUNT,
            tx_bufs: config::NET_BUF_TX_COUNT,
        }
    }

    /// Bytes that the free receive buffers hold, less an eighth of all for everybody else: what may
    /// be promised to a peer. A glance that takes no lock, so the answer may be old when it comes.
    #[cfg(CONFIG_NET_TCP)]
    #[inline]
    pub fn rx_spare(&'static self) -> u32 {
        // SAFETY: slab and pool live for ever, and the words are aligned. Whoever changes them does so
        // under the irq lock; these loads see a value before or after.
        let (pkts, bufs) = unsafe {
            let (slab, pool) = (self.rx.slab.get(), self.rx.pool.get());
            let pkts = (&raw const (*slab).info.num_used).read_volatile();
            (pkts, u32::from((&raw const (*pool).used).read_volatile()))
        };
        // As `Pkt::home_is_scarce` has it: what leaves no more than an eighth is not kept.
        const fn left(all: usize, used: u32) -> u32 {
            let most = (all as u32 - all as u32 / 8).saturating_sub(1);
            (if most == 0 { 1 } else { most }).saturating_sub(used)
        }
        const FRAME: u32 = 1500;
        let (bufs, pkts) =
            (left(config::NET_BUF_RX_COUNT, bufs), left(config::NET_PKT_RX_COUNT, pkts));
        if cfg!(CONFIG_NET_BUF_VARIABLE_DATA_SIZE) {
            bufs.min(pkts) * FRAME
        } else {
            (bufs * config::NET_BUF_DATA_SIZE as u32).min(pkts * FRAME)
        }
    }

    /// Is nothing in use?
    pub fn all_free(&'static self) -> bool {
        self.free() == Self::capacity()
    }

    /// The packets for receiving, as C knows them.
    pub fn rx_slab(&'static self) -> *mut MemSlab {
        self.rx.ready().slab.get()
    }

    /// The packets for sending, as C knows them.
    pub fn tx_slab(&'static self) -> *mut MemSlab {
        self.tx.ready().slab.get()
    }

    /// The buffers for receiving, as C knows them.
    pub fn rx_pool(&'static self) -> *mut NetBufPool {
        self.rx.ready().pool.get()
    }

    /// The buffers for sending, as C knows them.
    pub fn tx_pool(&'static self) -> *mut NetBufPool {
        self.tx.ready().pool.get()
    }
}

impl Default for Pools {
    fn default() -> Self {
        Self::new()
    }
}

/// A buffer with its user data behind it.
#[repr(C)]
struct Slot {
    buf: NetBuf,
    user: [u8; USER_DATA],
}

/// One direction, known by the number of its pool of buffers.
struct Side<const PKTS: usize, const BUFS: usize, const STORAGE: usize, const ID: u8> {
    set_up: AtomicBool,
    slab: UnsafeCell<MemSlab>,
    pool: UnsafeCell<NetBufPool>,
    alloc: UnsafeCell<NetBufDataAlloc>,
    pkts: UnsafeCell<[MaybeUninit<NetPkt>; PKTS]>,
    bufs: UnsafeCell<[MaybeUninit<Slot>; BUFS]>,
    storage: UnsafeCell<Storage<BUFS, STORAGE>>,
}

// SAFETY: slab and pool are changed under the irq lock only; the rest is handed out block by block.
unsafe impl<const P: usize, const B: usize, const S: usize, const I: u8> Sync for Side<P, B, S, I> {}
// SAFETY: nothing in it belongs to a thread.
unsafe impl<const P: usize, const B: usize, const S: usize, const I: u8> Send for Side<P, B, S, I> {}

impl<const PKTS: usize, const BUFS: usize, const STORAGE: usize, const ID: u8>
    Side<PKTS, BUFS, STORAGE, ID>
{
    /// What its packets begin with.
    const PRIORITY: u8 = if ID == pool::TX_POOL_ID {
        config::NET_TX_DEFAULT_PRIORITY as u8
    } else {
        config::NET_RX_DEFAULT_PRIORITY as u8
    };

    const fn new() -> Self {
        Side {
            set_up: AtomicBool::new(false),
            slab: UnsafeCell::new(MemSlab {
                wait_q: WaitQ::new(),
                buffer: ptr::null_mut(),
                free_list: ptr::null_mut(),
                num_touched: 0,
                info: MemSlabInfo {
                    num_blocks: 0,
                    block_size: 0,
                    num_used: 0,
                    #[cfg(CONFIG_MEM_SLAB_TRACE_MAX_UTILIZATION)]
                    max_used: 0,
                },
            }),
            pool: UnsafeCell::new(NetBufPool {
                free: ptr::null_mut(),
                wait_q: WaitQ::new(),
                buf_count: 0,
                uninit_count: 0,
                used: 0,
                user_data_size: 0,
                own_id: 0,
                #[cfg(CONFIG_NET_BUF_POOL_USAGE)]
                avail_count: 0,
                #[cfg(CONFIG_NET_BUF_POOL_USAGE)]
                pool_size: 0,
                #[cfg(CONFIG_NET_BUF_POOL_USAGE)]
                max_used: 0,
                #[cfg(CONFIG_NET_BUF_POOL_USAGE)]
                name: ptr::null(),
                destroy: None,
                alloc: ptr::null(),
                __bufs: ptr::null_mut(),
            }),
            alloc: UnsafeCell::new(NetBufDataAlloc {
                cb: ptr::null(),
                alloc_data: ptr::null_mut(),
                max_alloc_size: 0,
            }),
            pkts: UnsafeCell::new([const { MaybeUninit::zeroed() }; PKTS]),
            bufs: UnsafeCell::new([const { MaybeUninit::zeroed() }; BUFS]),
            storage: UnsafeCell::new(Storage::new()),
        }
    }

    /// Sets the pools up when that has not happened yet.
    #[inline]
    fn ready(&'static self) -> &'static Self {
        if !self.set_up.load(Ordering::Acquire) {
            self.set_up();
        }
        self
    }

    #[cold]
    fn set_up(&'static self) {
        // SAFETY: under the lock nobody else looks at the members; they are written once, before
        // anything was taken, and hold addresses that never change because `self` is static.
        irq::free(|| unsafe {
            let (slab, pool) = (self.slab.get(), self.pool.get());
            if self.set_up.load(Ordering::Relaxed) {
                return;
            }
            (*slab).buffer = self.pkts.get().cast();
            (*slab).info.num_blocks = PKTS as u32;
            (*slab).info.block_size = size_of::<NetPkt>();
            Storage::describe(self.storage.get(), self.alloc.get());
            (*pool).alloc = self.alloc.get();
            (*pool).__bufs = self.bufs.get().cast();
            (*pool).buf_count = BUFS as u16;
            (*pool).uninit_count = BUFS as u16;
            (*pool).user_data_size = USER_DATA as u8;
            (*pool).own_id = ID;
            #[cfg(CONFIG_NET_BUF_POOL_USAGE)]
            {
                (*pool).avail_count = BUFS as isize;
                (*pool).pool_size = STORAGE.min(usize::from(u16::MAX)) as u16;
                let direction = if ID == pool::TX_POOL_ID { c"TX" } else { c"RX" };
                (*pool).name = direction.as_ptr();
            }
            self.set_up.store(true, Ordering::Release);
        });
    }

    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    fn alloc(&'static self, headroom: usize, len: usize, deadline: Deadline) -> Option<Pkt> {
        if faults::strike() {
            return None;
        }
        #[cfg(CONFIG_NET_PKT_ALLOC_STATS)]
        let since = super::alloc_stats::cycles();
        let pkt = match self.alloc_quickly(headroom, len) {
            Some(pkt) => Some(pkt),
            None => self.alloc_slowly(headroom, len, deadline),
        };
        #[cfg(CONFIG_NET_PKT_ALLOC_STATS)]
        match &pkt {
            // SAFETY: just taken.
            Some(pkt) => unsafe { super::alloc_stats::done(pkt.as_ptr(), len, since, true) },
            None => super::alloc_stats::failed(self.slab.get(), len, since),
        }
        pkt
    }

    /// The common case in one critical section: a packet and the one buffer it needs, both given
    /// back before. A pool not set up yet has empty lists and falls through.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    fn alloc_quickly(&'static self, headroom: usize, len: usize) -> Option<Pkt> {
        if cfg!(CONFIG_ZNET_PROFILE_TINY) {
            return None;
        }
        let (slab, from) = (self.slab.get(), self.pool.get());
        let size = headroom.saturating_add(len);
        if !Storage::<BUFS, STORAGE>::fits_one(size) {
            return None;
        }
        // SAFETY: slab and pool live for ever, and are changed under the lock.
        unsafe {
            let key = irq::lock_at_once()?;
            let buf = (*from).free;
            if buf.is_null()
                || (*slab).free_list.is_null()
                || !Storage::<BUFS, STORAGE>::fit_locked(buf, size)
            {
                irq::unlock(key);
                return None;
            }
            pool::take_locked(from);
            let raw = slab::take_locked(slab).cast::<NetPkt>();
            irq::unlock(key);
            pkt::init(raw, slab, Self::PRIORITY);
            pool::init(buf, Storage::<BUFS, STORAGE>::size_of_one(size), headroom);
            (*raw).frags = buf;
            (*raw).data_pool = from;
            Some(Pkt::from_raw(raw))
        }
    }

    #[cold]
    fn alloc_slowly(&'static self, headroom: usize, len: usize, deadline: Deadline) -> Option<Pkt> {
        self.ready();
        let (slab, from) = (self.slab.get(), self.pool.get());
        // SAFETY: slab and pool live for ever; what was taken is ours alone.
        unsafe {
            let raw = pkt::alloc(slab, Self::PRIORITY, deadline);
            if raw.is_null() {
                return None;
            }
            (*raw).data_pool = from;
            let pkt = Pkt::from_raw(raw);
            (*raw).frags = frag::alloc_chain(from, len, headroom, deadline)?;
            Some(pkt)
        }
    }

    fn free(&'static self) -> (usize, usize) {
        self.ready();
        // SAFETY: slab and pool live for ever.
        unsafe { (slab::num_free(self.slab.get()), pool::num_free(self.pool.get())) }
    }
}
