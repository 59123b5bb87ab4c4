// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_pmtu.h>`: what paths carry, as `subsys/net/ip/pmtu.h` shows it in Zephyr.
//!
//! Called by: C. Calls: `stack::pmtu` under the core lock. C sees copies.
#![allow(clippy::missing_safety_doc)]

use core::cell::UnsafeCell;
use core::ffi::{c_int, c_void};
use core::ptr;

use super::core;
use super::errno::negative;
use crate::base::{Error, IpAddr};
use crate::iface::NetAddr;
use crate::ip::pmtu::{self, PATHS, Path};

/// `struct net_pmtu_entry`.
#[repr(C)]
#[allow(missing_docs)]
pub struct NetPmtuEntry {
    pub dst: NetAddr,
    pub last_update: u32,
    pub mtu: u16,
    pub in_use: bool,
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_pmtu.h":
    NetPmtuEntry = "struct net_pmtu_entry" { dst, last_update, mtu, in_use };
}

type PmtuCb = unsafe extern "C" fn(*mut NetPmtuEntry, *mut c_void);

/// What C sees of the cache; the last is for an entry that was asked for by itself.
struct Shells([UnsafeCell<NetPmtuEntry>; PATHS + 1]);

// SAFETY: written under the core lock only; C reads what it was given a pointer to, as it does in Zephyr.
unsafe impl Sync for Shells {}

static SHELLS: Shells = Shells(
    [const {
        UnsafeCell::new(NetPmtuEntry {
            dst: NetAddr::unspecified(),
            last_update: 0,
            mtu: 0,
            in_use: false,
        })
    }; PATHS + 1],
);

/// Shows a path to C. Under the core lock.
fn show(at: usize, path: &Path) -> *mut NetPmtuEntry {
    let Some(shell) = SHELLS.0.get(at).map(UnsafeCell::get) else { return ptr::null_mut() };
    // SAFETY: nobody else writes while we hold the core lock.
    let shell_ref = unsafe { &mut *shell };
    match path.dst {
        #[cfg(any(CONFIG_NET_IPV4, not(CONFIG_NET_IPV6)))]
        IpAddr::V4(addr) => shell_ref.dst.set_ipv4(addr),
        #[cfg(CONFIG_NET_IPV6)]
        IpAddr::V6(addr) => shell_ref.dst.set_ipv6(addr),
    }
    shell_ref.last_update = path.since.as_millis() as u32;
    shell_ref.mtu = path.mtu;
    shell_ref.in_use = true;
    shell
}

/// The address behind a `struct sockaddr` from C.
///
/// # Safety
/// `dst` is null or a socket address of the family it names.
unsafe fn address(dst: *const c_void) -> Option<IpAddr> {
    if dst.is_null() {
        return None;
    }
    // Family, port, and behind them the address: in both families alike.
    // SAFETY: the caller's promise.
    let family = unsafe { dst.cast::<u16>().read_unaligned() };
    match family {
        #[cfg(CONFIG_NET_IPV4)]
        1 => {
            // SAFETY: as above.
            let octets = unsafe { dst.cast::<[u8; 8]>().read() };
            let [_, _, _, _, a, b, c, d] = octets;
            Some(IpAddr::V4([a, b, c, d].into()))
        }
        #[cfg(CONFIG_NET_IPV6)]
        2 => {
            // SAFETY: as above.
            let octets = unsafe { dst.cast::<u8>().add(4).cast::<[u8; 16]>().read() };
            Some(IpAddr::V6(octets.into()))
        }
        _ => None,
    }
}

/// What is known of the path to a destination.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pmtu_get_entry(dst: *const c_void) -> *mut NetPmtuEntry {
    // SAFETY: a socket address, or null.
    let Some(dst) = (unsafe { address(dst) }) else { return ptr::null_mut() };
    core().with(|stack, _| {
        let path = stack.paths().find(|path| path.dst == dst);
        path.map_or(ptr::null_mut(), |path| show(PATHS, path))
    })
}

/// The largest packet that the path to a destination carries.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pmtu_get_mtu(dst: *const c_void) -> c_int {
    // SAFETY: a socket address, or null.
    let Some(dst) = (unsafe { address(dst) }) else { return negative(Err(Error::Inval)) };
    let mtu = core().with(|stack, _| stack.paths().find(|p| p.dst == dst).map(|p| p.mtu));
    mtu.map_or_else(|| negative(Err(Error::NoEnt)), c_int::from)
}

/// Notes what the path to a destination carries; returns what was known, 0 for nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pmtu_update_mtu(dst: *const c_void, mtu: u16) -> c_int {
    // SAFETY: a socket address, or null.
    let Some(dst) = (unsafe { address(dst) }) else { return negative(Err(Error::Inval)) };
    update(dst, mtu)
}

fn update(dst: IpAddr, mtu: u16) -> c_int {
    let least = match dst {
        #[cfg(any(CONFIG_NET_IPV4, not(CONFIG_NET_IPV6)))]
        IpAddr::V4(_) => pmtu::LEAST_V4,
        #[cfg(CONFIG_NET_IPV6)]
        IpAddr::V6(_) => pmtu::LEAST_V6,
    };
    if mtu < least {
        return negative(Err(Error::Inval));
    }
    core().with(|stack, env| stack.path_set(env, dst, mtu)).map_or(0, c_int::from)
}

/// The same for an entry that [`net_pmtu_get_entry`] returned.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pmtu_update_entry(entry: *mut NetPmtuEntry, mtu: u16) -> c_int {
    if !SHELLS.0.iter().any(|shell| ptr::eq(shell.get(), entry)) {
        return negative(Err(Error::Inval));
    }
    // SAFETY: one of ours, filled when it was given out.
    let shell = unsafe { &mut *entry };
    let dst = match shell.dst.family.get() {
        #[cfg(CONFIG_NET_IPV4)]
        1 => IpAddr::V4(shell.dst.ipv4()),
        #[cfg(CONFIG_NET_IPV6)]
        2 => IpAddr::V6(shell.dst.ipv6()),
        _ => return negative(Err(Error::Inval)),
    };
    let before = update(dst, mtu);
    if before >= 0 {
        shell.mtu = mtu;
    }
    before
}

/// Shows what is known of all paths to `cb`; returns how many there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pmtu_foreach(cb: Option<PmtuCb>, user_data: *mut c_void) -> c_int {
    let mut count = 0;
    for at in 0..PATHS {
        let entry = core()
            .with(|stack, _| stack.paths().nth(at).map_or(ptr::null_mut(), |path| show(at, path)));
        if entry.is_null() {
            break;
        }
        count += 1;
        if let Some(cb) = cb {
            // SAFETY: a callback of the application's, on a structure that lives as long as the program.
            unsafe { cb(entry, user_data) };
        }
    }
    count
}

/// Tells listeners what a path carries from now on.
#[cfg(CONFIG_NET_MGMT_EVENT)]
pub(super) fn tell(iface: crate::iface::IfRef, dst: IpAddr, mtu: u16) {
    use crate::mgmt::event;
    match dst {
        #[cfg(any(CONFIG_NET_IPV4, not(CONFIG_NET_IPV6)))]
        IpAddr::V4(addr) => {
            // `struct net_event_ipv4_pmtu_info`, with what stands behind its last member.
            let mut info = [0; 8];
            info[..4].copy_from_slice(&addr.octets());
            info[4..6].copy_from_slice(&mtu.to_ne_bytes());
            super::raise(event::IPV4_PMTU_CHANGED, iface, &info);
        }
        #[cfg(CONFIG_NET_IPV6)]
        IpAddr::V6(addr) => {
            // `struct net_event_ipv6_pmtu_info`.
            let mut info = [0; 20];
            info[..16].copy_from_slice(&addr.octets());
            info[16..].copy_from_slice(&u32::from(mtu).to_ne_bytes());
            super::raise(event::IPV6_PMTU_CHANGED, iface, &info);
        }
    }
}
