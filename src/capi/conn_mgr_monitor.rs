// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/conn_mgr_monitor.h>`: events when the host gets connected, and when it is cut off.
//!
//! Called by: `net_mgmt` with what happens to interfaces, C. Calls: `net_mgmt`. There is no thread:
//! whoever changes something finds out what follows, and the event is told like all others.
#![allow(clippy::missing_safety_doc)]

use super::{net_if, net_mgmt};
use crate::iface::{IfRef, NetIf, NetL2};
use crate::mgmt::connectivity::{Connectivity, News, judge};
use crate::os::{IrqCell, irq};

static STATE: IrqCell<Connectivity> = IrqCell::new(Connectivity::new());

/// Runs `f` on the state and queues the news in the order in which they came about.
fn with<const N: usize>(f: impl FnOnce(&mut Connectivity) -> [Option<News>; N]) {
    let any = irq::free(|| {
        let news = STATE.with(f);
        news.into_iter().flatten().fold(false, |_, (event, iface)| {
            net_mgmt::queue(event, iface, &[]);
            true
        })
    });
    if any {
        net_mgmt::work();
    }
}

/// Something has happened to an interface. From interrupts too.
pub(super) fn changed(iface: IfRef) {
    with(|state| state.update(iface, judge(iface)));
}

/// # Safety
/// `iface` is null or an interface.
unsafe fn ignore(iface: *mut NetIf, ignored: bool) {
    // SAFETY: the caller's promise.
    if let Some(iface) = unsafe { IfRef::from_raw(iface) } {
        with(|state| state.ignore(iface, ignored));
    }
}

fn ignore_l2(l2: *const NetL2, ignored: bool) {
    net_if::for_each(|iface| {
        if core::ptr::eq(iface.l2(), l2) {
            with(|state| state.ignore(iface, ignored));
        }
    });
}

/// Raises the events again that say how things stand.
#[unsafe(no_mangle)]
pub extern "C" fn conn_mgr_mon_resend_status() {
    with(|state| state.status().map(Some));
}

/// Has an interface not count.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn conn_mgr_ignore_iface(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    unsafe { ignore(iface, true) }
}

/// Has it count again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn conn_mgr_watch_iface(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    unsafe { ignore(iface, false) }
}

/// Whether an interface does not count.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn conn_mgr_is_iface_ignored(iface: *mut NetIf) -> bool {
    // SAFETY: an interface, or null.
    unsafe { IfRef::from_raw(iface) }.is_some_and(is_ignored)
}

/// Whether an interface does not count.
pub(super) fn is_ignored(iface: IfRef) -> bool {
    STATE.with(|state| state.is_ignored(iface))
}

/// Has all interfaces of a link layer not count.
#[unsafe(no_mangle)]
pub extern "C" fn conn_mgr_ignore_l2(l2: *const NetL2) {
    ignore_l2(l2, true);
}

/// Has them count again.
#[unsafe(no_mangle)]
pub extern "C" fn conn_mgr_watch_l2(l2: *const NetL2) {
    ignore_l2(l2, false);
}
