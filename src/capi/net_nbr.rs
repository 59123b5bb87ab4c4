// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/znet_nbr.h>`: tables of neighbours in general, as `subsys/net/ip/nbr.h` has them in Zephyr.
//!
//! Called by: C, which owns the pools. The link addresses of all tables are here, each once, behind those of
//! the IPv6 neighbour cache.
#![allow(clippy::missing_safety_doc)]

use core::cell::Cell;
use core::ffi::c_int;
use core::ptr;

use super::core;
use super::errno::negative;
use super::net_ipv6_nbr::link_of;
use crate::base::{Error, NetLinkaddr, Result};
use crate::iface::NetIf;
use crate::ip::v6::neighbour::NEIGHBOURS;

/// `znet_nbr_idx_t`: the IPv6 neighbours come first, then the link addresses here.
#[cfg(not(CONFIG_ZNET_IPV6_MANY_NEIGHBORS))]
pub type Idx = u8;
/// `znet_nbr_idx_t`, where a byte does not suffice.
#[cfg(CONFIG_ZNET_IPV6_MANY_NEIGHBORS)]
pub type Idx = u16;

/// `NET_NBR_LLADDR_UNKNOWN`.
pub const UNKNOWN: Idx = Idx::MAX;

const _: () = assert!(2 * NEIGHBOURS <= UNKNOWN as usize, "every place has an index");

/// `struct net_nbr`.
#[repr(C, align(8))]
#[allow(missing_docs)]
pub struct NetNbr {
    pub ref_: u8,
    pub idx: Idx,
    pub size: u16,
    pub extra_data_size: u16,
    pub iface: *mut NetIf,
    pub data: *mut u8,
    pub remove: Option<unsafe extern "C" fn(*mut NetNbr)>,
}

impl NetNbr {
    /// A free place of no size.
    pub const FREE: NetNbr = NetNbr {
        ref_: 0,
        idx: UNKNOWN,
        size: 0,
        extra_data_size: 0,
        iface: ptr::null_mut(),
        data: ptr::null_mut(),
        remove: None,
    };
}

/// `struct net_nbr_table`.
#[repr(C)]
#[allow(missing_docs)]
pub struct NetNbrTable {
    pub nbr: *mut NetNbr,
    pub clear: Option<unsafe extern "C" fn(*mut NetNbrTable)>,
    pub nbr_count: u16,
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/znet_nbr.h":
    NetNbr = "struct net_nbr" { ref_ = "ref", idx, size, extra_data_size, iface, data, remove };
    NetNbrTable = "struct net_nbr_table" { nbr, clear, nbr_count };
}

/// A link address and how many neighbours have it.
struct Link {
    addr: NetLinkaddr,
    users: Cell<u16>,
}

struct Links([Link; NEIGHBOURS]);

// SAFETY: the counts are touched under the core lock only.
unsafe impl Sync for Links {}

static LINKS: Links =
    Links([const { Link { addr: NetLinkaddr::new(), users: Cell::new(0) } }; NEIGHBOURS]);

/// The entry of `LINKS` behind an index.
fn link_at(idx: Idx) -> Option<&'static Link> {
    LINKS.0.get(usize::from(idx).checked_sub(NEIGHBOURS)?)
}

/// The places of a table.
///
/// # Safety
/// `table` is null or a table over a pool made by `NET_NBR_POOL_INIT`.
unsafe fn places(table: *const NetNbrTable) -> impl Iterator<Item = *mut NetNbr> {
    // SAFETY: the caller's promise.
    let (first, count) = unsafe { table.as_ref() }.map_or((ptr::null_mut(), 0), |table| {
        (table.nbr, if table.nbr.is_null() { 0 } else { table.nbr_count })
    });
    // All places of a pool are of one size.
    let step = match count {
        0 => 0,
        // SAFETY: the pool has a first place.
        _ => unsafe {
            size_of::<NetNbr>() + usize::from((*first).size) + usize::from((*first).extra_data_size)
        },
    };
    (0..usize::from(count)).map(move |at| first.wrapping_byte_add(at * step))
}

/// Takes a free place of a table.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_nbr_get(table: *mut NetNbrTable) -> *mut NetNbr {
    // SAFETY: a table, or null; its places are C's, and nobody else takes one while we hold the core lock.
    core().with(|_, _| unsafe {
        let Some(nbr) = places(table).find(|nbr| (**nbr).ref_ == 0) else { return ptr::null_mut() };
        (*nbr).ref_ = 1;
        (*nbr).idx = UNKNOWN;
        (*nbr).iface = ptr::null_mut();
        (*nbr).data = nbr.wrapping_add(1).cast();
        nbr
    })
}

/// Holds a neighbour once more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_nbr_ref(nbr: *mut NetNbr) -> *mut NetNbr {
    // SAFETY: a neighbour, or null.
    if let Some(nbr) = unsafe { nbr.as_mut() } {
        nbr.ref_ = nbr.ref_.saturating_add(1);
    }
    nbr
}

/// Holds a neighbour once less.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_nbr_unref(nbr: *mut NetNbr) {
    // SAFETY: a neighbour, or null.
    let Some(held) = (unsafe { nbr.as_mut() }) else { return };
    held.ref_ = held.ref_.saturating_sub(1);
    if held.ref_ == 0
        && let Some(remove) = held.remove
    {
        // SAFETY: the owner's callback, on what is its own.
        unsafe { remove(nbr) };
    }
}

/// Finds a neighbour by its link address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_nbr_lookup(
    table: *mut NetNbrTable,
    iface: *mut NetIf,
    lladdr: *mut NetLinkaddr,
) -> *mut NetNbr {
    // SAFETY: a link address, or null.
    let Some(wanted) = (unsafe { lladdr.as_ref() }).map(NetLinkaddr::get) else {
        return ptr::null_mut();
    };
    let is = |nbr: &NetNbr| {
        let link = link_at(nbr.idx).map(|link| link.addr.get());
        let same = link.is_some_and(|link| link.as_bytes() == wanted.as_bytes());
        nbr.ref_ != 0 && ptr::eq(nbr.iface, iface) && same
    };
    // SAFETY: a table, or null.
    core().with(|_, _| unsafe { places(table).find(|nbr| is(&**nbr)).unwrap_or(ptr::null_mut()) })
}

/// Gives a neighbour its link address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_nbr_link(
    nbr: *mut NetNbr,
    iface: *mut NetIf,
    lladdr: *const NetLinkaddr,
) -> c_int {
    // SAFETY: a neighbour and a link address, or null.
    let (nbr, lladdr) = unsafe { (nbr.as_mut(), lladdr.as_ref()) };
    let link = |nbr: &mut NetNbr, addr: &NetLinkaddr| -> Result<()> {
        if nbr.idx != UNKNOWN {
            return Err(Error::Already);
        }
        let addr = addr.get();
        let same =
            |link: &Link| link.users.get() != 0 && link.addr.get().as_bytes() == addr.as_bytes();
        let at = LINKS.0.iter().position(same);
        let at = at.or_else(|| LINKS.0.iter().position(|link| link.users.get() == 0));
        let (at, link) = at.and_then(|at| Some((at, LINKS.0.get(at)?))).ok_or(Error::NoEnt)?;
        link.addr.set(addr);
        link.users.set(link.users.get() + 1);
        nbr.idx = (NEIGHBOURS + at) as Idx;
        nbr.iface = iface;
        Ok(())
    };
    negative(match (nbr, lladdr) {
        (Some(nbr), Some(addr)) => core().with(|_, _| link(nbr, addr)),
        _ => Err(Error::Inval),
    })
}

/// Takes the link address from a neighbour.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_nbr_unlink(nbr: *mut NetNbr, _lladdr: *mut NetLinkaddr) -> c_int {
    // SAFETY: a neighbour, or null.
    let Some(nbr) = (unsafe { nbr.as_mut() }) else { return negative(Err(Error::Inval)) };
    let Some(link) = link_at(nbr.idx) else { return negative(Err(Error::Already)) };
    core().with(|_, _| {
        link.users.set(link.users.get().saturating_sub(1));
        if link.users.get() == 0 {
            link.addr.clear_to(0);
        }
        nbr.idx = UNKNOWN;
        nbr.iface = ptr::null_mut();
    });
    0
}

/// The link address behind an index.
#[unsafe(no_mangle)]
pub extern "C" fn net_nbr_get_lladdr(idx: Idx) -> *mut NetLinkaddr {
    let link = link_of(idx.into()).or_else(|| link_at(idx).map(|link| &link.addr));
    link.map_or(ptr::null_mut(), |addr| ptr::from_ref(addr).cast_mut())
}

/// Takes the link address from every neighbour of a table.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_nbr_clear_table(table: *mut NetNbrTable) {
    // SAFETY: a table, or null.
    for nbr in unsafe { places(table) } {
        // SAFETY: a place of the table.
        unsafe { net_nbr_unlink(nbr, ptr::null_mut()) };
    }
    // SAFETY: a table, or null, and its owner's callback.
    unsafe {
        if let Some(clear) = table.as_ref().and_then(|table| table.clear) {
            clear(table);
        }
    }
}
