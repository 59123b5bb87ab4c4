// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_if.h>`: up and down, carrier, link address; start-up of all interfaces.
//!
//! Called by: C, start-up. Calls: link layers and drivers in C, without core lock.
#![allow(clippy::missing_safety_doc)]

use core::ffi::{c_int, c_void};
use core::sync::atomic::{AtomicBool, Ordering};

use super::net_if_lock::exclusive;
use super::{instance, l2, net_if, raise};
use crate::base::{Error, LinkAddr, LinkType, Result};
use crate::iface::{Checksum, IfFlag, IfRef, L2Kind, NetIf, NetIfApi};
use crate::mgmt::event;
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;
use crate::os::irq;

unsafe extern "C" {
    fn device_is_ready(device: *const c_void) -> bool;
}

/// Recomputes the operational state; what it became when it changed. From interrupts too: flags
/// are all it touches.
fn settle(iface: IfRef) -> Option<bool> {
    // An interface without a device is a virtual one, ready whenever it is wanted.
    let device = iface.device();
    // SAFETY: an interface's device lives as long as the program.
    let ready = device.is_null() || unsafe { device_is_ready(device.cast()) };
    // Without carrier it is down; where it is stacked on another, it says that this is the reason.
    #[cfg(CONFIG_NET_L2_VIRTUAL)]
    let ready = ready
        && (iface.is_carrier_ok()
            || !core::ptr::eq(iface.l2(), &raw const super::virtual_::VIRTUAL));
    irq::free(|| iface.update_oper_state(ready))
}

/// Tells that an interface has become operational, or has ceased to be.
fn tell(iface: IfRef, change: Option<bool>) {
    // IPv6 has to do when a link comes and goes; its thread looks.
    #[cfg(CONFIG_NET_IPV6)]
    if change.is_some() {
        instance::of(iface).service.give();
    }
    match change {
        Some(true) => {
            #[cfg(CONFIG_NET_IPV4_ACD)]
            super::ipv4_acd::link_up(iface);
            raise(event::IF_UP, iface, &[]);
        }
        Some(false) => raise(event::IF_DOWN, iface, &[]),
        None => {}
    }
}

/// Takes an interface up.
///
/// # Errors
/// `Already`; what the link layer or driver says, as a positive errno value.
pub(super) fn up(iface: IfRef) -> core::result::Result<(), c_int> {
    let change = exclusive(iface, || {
        if iface.is_admin_up() {
            return Err(Error::Already.errno());
        }
        if iface.l2().is_null() && iface.l2_kind() == L2Kind::Foreign {
            return Err(Error::NoDev.errno());
        }
        match l2::enable(iface, true) {
            // A driver that is running already has nothing to say against the interface.
            Err(error) if error != Error::Already.errno() => return Err(error),
            _ => {}
        }
        refresh_capabilities(iface);
        iface.flag_set(IfFlag::Up);
        Ok(settle(iface))
    })?;
    #[cfg(CONFIG_NET_IPV4_IGMP)]
    instance::of(iface).core.with(|stack, _| stack.igmp_rejoin(iface));
    raise(event::IF_ADMIN_UP, iface, &[]);
    tell(iface, change);
    Ok(())
}

/// Takes an interface down and forgets its neighbours.
///
/// # Errors
/// `Already`; what the link layer or driver says, as a positive errno value.
pub(super) fn down(iface: IfRef) -> core::result::Result<(), c_int> {
    let change = exclusive(iface, || {
        if !iface.is_admin_up() {
            return Err(Error::Already.errno());
        }
        l2::enable(iface, false)?;
        iface.flag_clear(IfFlag::Up);
        let change = settle(iface);
        #[cfg(all(CONFIG_NET_ARP, CONFIG_NET_IPV4))]
        instance::of(iface).core.with(|stack, _| stack.forget_neighbours(iface));
        #[cfg(all(CONFIG_NET_TCP, not(CONFIG_NET_TCP_PRESERVE_CONTEXT_STATE_ON_IFACE_DOWN)))]
        instance::of(iface).core.with(|stack, _| stack.tcp_iface_down(iface));
        #[cfg(CONFIG_NET_IPV4_IGMP)]
        instance::of(iface).core.with(|stack, _| stack.igmp_forget(iface));
        #[cfg(CONFIG_NET_IPV4_ACD)]
        instance::of(iface).core.with(|stack, _| stack.acd_forget_all(iface));
        Ok(change)
    })?;
    raise(event::IF_ADMIN_DOWN, iface, &[]);
    tell(iface, change);
    Ok(())
}

/// Takes an interface up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_up(iface: *mut NetIf) -> c_int {
    // SAFETY: an interface, or null.
    match unsafe { IfRef::from_raw(iface) } {
        Some(iface) => up(iface).err().map_or(0, |e| -e),
        None => -Error::Inval.errno(),
    }
}

/// Takes an interface down.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_down(iface: *mut NetIf) -> c_int {
    // SAFETY: an interface, or null.
    match unsafe { IfRef::from_raw(iface) } {
        Some(iface) => down(iface).err().map_or(0, |e| -e),
        None => -Error::Inval.errno(),
    }
}

/// Changes a flag that the operational state depends on.
///
/// # Safety
/// `iface` is null or an interface that lives as long as the program.
unsafe fn signal(iface: *mut NetIf, flag: IfFlag, on: bool) {
    // SAFETY: the caller's promise.
    let Some(iface) = (unsafe { IfRef::from_raw(iface) }) else { return };
    let was = if on { iface.flag_set(flag) } else { iface.flag_clear(flag) };
    if was != on {
        let change = settle(iface);
        tell(iface, change);
    }
}

/// The carrier has come.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_carrier_on(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    unsafe { signal(iface, IfFlag::LowerUp, true) }
}

/// The carrier has gone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_carrier_off(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    unsafe { signal(iface, IfFlag::LowerUp, false) }
}

/// The link waits for an external event.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_dormant_on(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    unsafe { signal(iface, IfFlag::Dormant, true) }
}

/// The external event has come.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_dormant_off(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    unsafe { signal(iface, IfFlag::Dormant, false) }
}

/// Sets the link address while the interface is not running.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_set_link_addr_locked(
    iface: *mut NetIf,
    addr: *const u8,
    len: u8,
    kind: u8,
) -> c_int {
    // SAFETY: an interface, or null; `len` bytes at `addr`, or null.
    let set = || unsafe {
        let iface = IfRef::from_raw(iface).ok_or(Error::Inval)?;
        if addr.is_null() {
            return Err(Error::Inval);
        }
        let bytes = core::slice::from_raw_parts(addr, usize::from(len));
        let addr = LinkAddr::new(LinkType::from_raw(kind), bytes).ok_or(Error::MsgSize)?;
        if !exclusive(iface, || iface.set_link_addr(addr)) {
            return Err(Error::Perm);
        }
        #[cfg(CONFIG_NET_HOSTNAME_UNIQUE)]
        super::hostname::set_postfix(bytes);
        Ok(())
    };
    super::errno::negative(set())
}

/// Switches promiscuous mode of an interface whose link has one.
#[cfg(CONFIG_NET_PROMISCUOUS_MODE)]
fn promisc(iface: IfRef, on: bool) -> core::result::Result<(), c_int> {
    if iface.flag_is_set(IfFlag::Promisc) == on {
        return Err(Error::Already.errno());
    }
    if l2::flags(iface) & l2::PROMISC_MODE == 0 {
        return Err(Error::NotSup.errno());
    }
    #[cfg(CONFIG_NET_L2_ETHERNET)]
    if iface.l2_kind() == L2Kind::Ethernet {
        super::ethernet::promisc(iface, on)?;
    }
    if on {
        iface.flag_set(IfFlag::Promisc);
    } else {
        iface.flag_clear(IfFlag::Promisc);
    }
    Ok(())
}

/// Receives packets for other stations too.
#[cfg(CONFIG_NET_PROMISCUOUS_MODE)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_set_promisc(iface: *mut NetIf) -> c_int {
    // SAFETY: an interface, or null.
    match unsafe { IfRef::from_raw(iface) } {
        Some(iface) => promisc(iface, true).err().map_or(0, |e| -e),
        None => -Error::Inval.errno(),
    }
}

/// Receives packets for this station only.
#[cfg(CONFIG_NET_PROMISCUOUS_MODE)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_unset_promisc(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    if let Some(iface) = unsafe { IfRef::from_raw(iface) } {
        let _ = promisc(iface, false);
    }
}

/// Whether promiscuous mode is on.
#[cfg(CONFIG_NET_PROMISCUOUS_MODE)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_is_promisc(iface: *mut NetIf) -> bool {
    // SAFETY: an interface, or null.
    unsafe { IfRef::from_raw(iface) }.is_some_and(|i| i.flag_is_set(IfFlag::Promisc))
}

/// Stops sending.
#[cfg(CONFIG_NET_POWER_MANAGEMENT)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_suspend(iface: *mut NetIf) -> c_int {
    // SAFETY: an interface, or null.
    let Some(iface) = (unsafe { IfRef::from_raw(iface) }) else { return -Error::Inval.errno() };
    if iface.flag_set(IfFlag::Suspended) {
        return -Error::Already.errno();
    }
    #[cfg(CONFIG_NET_STATISTICS_POWER_MANAGEMENT)]
    iface.stats().pm.begin(crate::os::clock::now().as_millis() as u32);
    0
}

/// Sends again.
#[cfg(CONFIG_NET_POWER_MANAGEMENT)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_resume(iface: *mut NetIf) -> c_int {
    // SAFETY: an interface, or null.
    let Some(iface) = (unsafe { IfRef::from_raw(iface) }) else { return -Error::Inval.errno() };
    if !iface.flag_clear(IfFlag::Suspended) {
        return -Error::Already.errno();
    }
    #[cfg(CONFIG_NET_STATISTICS_POWER_MANAGEMENT)]
    iface.stats().pm.end(crate::os::clock::now().as_millis() as u32);
    0
}

/// Whether the interface is suspended.
#[cfg(CONFIG_NET_POWER_MANAGEMENT)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_is_suspended(iface: *mut NetIf) -> bool {
    // SAFETY: an interface, or null.
    unsafe { IfRef::from_raw(iface) }.is_some_and(|i| i.flag_is_set(IfFlag::Suspended))
}

/// Asks the driver what it can do, and notes which checksums that spares the stack.
fn refresh_capabilities(iface: IfRef) {
    #[cfg(CONFIG_NET_L2_ETHERNET)]
    if iface.l2_kind() == L2Kind::Ethernet {
        let (caps, tx, rx) = super::ethernet::capabilities(iface);
        iface.set_hw_caps(caps);
        iface.set_checksum_offload(tx, rx);
    }
    // What never leaves the program cannot be damaged on the way.
    if iface.l2_kind() == L2Kind::Loopback {
        iface.set_checksum_offload(Checksum::ALL, Checksum::ALL);
    }
}

/// Registers the interfaces from `first` up to, not including, `end`, and runs their drivers'
/// interface functions in that order. They stay down until [`start`].
///
/// # Errors
/// `NoMem` when there are more than `CONFIG_ZNET_IF_MAX_COUNT`; the rest is registered.
///
/// # Safety
/// `first..end` is an array of interfaces defined in C (the section `net_if`), whose devices have
/// been initialised.
pub unsafe fn register(first: *mut NetIf, end: *mut NetIf) -> Result<()> {
    let mut next = first;
    let mut result = Ok(());
    while next < end {
        // SAFETY: an element of the array.
        let iface = unsafe { IfRef::from_raw(next) };
        // SAFETY: the next element, or the end.
        next = unsafe { next.add(1) };
        if let Some(iface) = iface {
            result = result.and(add(iface));
        }
    }
    result
}

/// Registers one interface with the instance that calls act on.
fn add(iface: IfRef) -> Result<()> {
    iface.set_instance(instance::selected());
    let kind = l2::kind_of(iface.l2());
    if !cfg!(CONFIG_ZNET_L2_C) && kind == L2Kind::Foreign {
        return Err(Error::NotSup);
    }
    iface.set_l2_kind(kind);
    instance::of(iface).core.with(|stack, _| stack.ifaces.add(iface))?;
    if cfg!(CONFIG_NET_IPV4) {
        iface.flag_set(IfFlag::Ipv4);
    }
    if cfg!(CONFIG_NET_IPV6) {
        iface.flag_set(IfFlag::Ipv6);
    }
    // Without a block left it speaks no IPv6.
    #[cfg(CONFIG_NET_IPV6)]
    let _ = super::net_if_ipv6::config(iface);
    #[cfg(CONFIG_NET_IPV6_PE)]
    super::net_ipv6_pe::enable(iface);
    #[cfg(CONFIG_NET_INTERFACE_NAME)]
    set_default_name(iface);
    #[cfg(CONFIG_NET_L2_VIRTUAL)]
    super::virtual_::prepare(iface);
    // SAFETY: the device and its table live as long as the program, and every network driver's
    // table begins with `struct net_if_api`.
    unsafe {
        let api = iface.device().as_ref().and_then(|device| l2::table::<NetIfApi>(device));
        if let Some(init) = api.and_then(|api| api.init) {
            init(iface.as_ptr());
        }
    }
    refresh_capabilities(iface);
    Ok(())
}

/// Starts networking with the interfaces from `first` up to, not including, `end`: the stack's
/// threads, the drivers' interface functions, then every interface that may start by itself. Once;
/// later calls do nothing.
///
/// # Safety
/// As [`register`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_net_init(first: *mut NetIf, end: *mut NetIf) -> c_int {
    static DONE: AtomicBool = AtomicBool::new(false);
    if DONE.swap(true, Ordering::AcqRel) {
        return 0;
    }
    let result = instance::current().start();
    #[cfg(CONFIG_NET_MGMT_EVENT)]
    super::net_mgmt::net_mgmt_event_init();
    // SAFETY: the caller's promise.
    let result = result.and(unsafe { register(first, end) });
    start();
    super::errno::negative(result)
}

/// Takes up every interface that does not ask to be left down.
pub fn start() {
    net_if::for_each(|iface| {
        if !iface.flag_is_set(IfFlag::NoAutoStart) {
            // A driver that fails leaves its interface down; the others start.
            let _ = up(iface);
        }
    });
}

/// Names an interface by its link and a number counted for each kind, as `eth0`.
#[cfg(CONFIG_NET_INTERFACE_NAME)]
fn set_default_name(iface: IfRef) {
    use core::sync::atomic::AtomicU8;
    static NEXT: [AtomicU8; 3] = [const { AtomicU8::new(0) }; 3];
    let (stem, which): (&[u8], usize) = match iface.l2_kind() {
        L2Kind::Ethernet => (b"eth", 0),
        L2Kind::Dummy | L2Kind::Loopback => (b"dummy", 1),
        L2Kind::Foreign => (b"net", 2),
    };
    let number = NEXT[which].fetch_add(1, Ordering::Relaxed);
    let mut name = [0; 8];
    let mut len = stem.len();
    name[..len].copy_from_slice(stem);
    for divisor in [100, 10, 1] {
        if number >= divisor || divisor == 1 {
            name[len] = b'0' + number / divisor % 10;
            len += 1;
        }
    }
    // A name too long for the configured length is no name: the interface has its index.
    let _ = iface.set_name(&name[..len]);
}
