// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/conn_mgr_connectivity.h>`: interfaces that have to be connected, as by dialling or
//! associating, through functions that an application binds to them.
//!
//! Called by: C, `net_mgmt` where it tells what happens to interfaces. Calls: the bound functions,
//! under the binding's own lock, as Zephyr does.
#![allow(clippy::missing_safety_doc)]

use core::ffi::{c_int, c_void};
use core::ptr;
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

use super::conn_mgr_monitor::is_ignored;
use super::{errno, net_if, net_if_state};
use crate::base::{Error, Result};
use crate::iface::{IfRef, NetIf, Word};
use crate::kernel::{Mutex, Timeout};
use crate::mgmt::event;

/// `struct conn_mgr_conn_api`.
#[repr(C)]
#[allow(missing_docs)]
pub struct Api {
    pub connect: Option<unsafe extern "C" fn(*mut Binding) -> c_int>,
    pub disconnect: Option<unsafe extern "C" fn(*mut Binding) -> c_int>,
    pub init: Option<unsafe extern "C" fn(*mut Binding)>,
    pub set_opt: Option<unsafe extern "C" fn(*mut Binding, c_int, *const c_void, usize) -> c_int>,
    pub get_opt:
        Option<unsafe extern "C" fn(*mut Binding, c_int, *mut c_void, *mut usize) -> c_int>,
}

/// `struct conn_mgr_conn_impl`.
#[repr(C)]
#[allow(missing_docs)]
pub struct Impl {
    pub api: *const Api,
}

/// `struct conn_mgr_conn_binding`.
#[repr(C)]
#[allow(missing_docs)]
pub struct Binding {
    pub iface: *mut NetIf,
    pub r#impl: *const Impl,
    pub ctx: *mut c_void,
    pub flags: Word,
    pub timeout: Word,
    pub mutex: *const Mutex,
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/conn_mgr_connectivity_impl.h":
    Api = "struct conn_mgr_conn_api" { connect, disconnect, init, set_opt, get_opt };
    Impl = "struct conn_mgr_conn_impl" { api };
    Binding = "struct conn_mgr_conn_binding" { iface, r#impl, ctx, flags, timeout, mutex };
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/conn_mgr_connectivity.h":
    event::CONN_IF_TIMEOUT => "NET_EVENT_CONN_IF_TIMEOUT",
    event::CONN_IF_FATAL_ERROR => "NET_EVENT_CONN_IF_FATAL_ERROR",
    PERSISTENT => "CONN_MGR_IF_PERSISTENT",
    NO_AUTO_CONNECT => "CONN_MGR_IF_NO_AUTO_CONNECT",
    NO_AUTO_DOWN => "CONN_MGR_IF_NO_AUTO_DOWN",
    FLAGS => "CONN_MGR_NUM_IF_FLAGS",
}

/// It connects again by itself.
const PERSISTENT: u32 = 0;
/// It is not connected when it is taken up.
const NO_AUTO_CONNECT: u32 = 1;
/// It is not taken down when it gives up.
const NO_AUTO_DOWN: u32 = 2;
const FLAGS: u32 = 3;

/// The program's bindings: the first, and how many.
static BINDINGS: (AtomicPtr<Binding>, AtomicUsize) =
    (AtomicPtr::new(ptr::null_mut()), AtomicUsize::new(0));

/// A binding whose functions there are.
#[derive(Clone, Copy)]
struct Bound {
    binding: *mut Binding,
    api: &'static Api,
}

impl Bound {
    /// Runs `f` under the binding's lock. Its own functions may take it again.
    fn with<R>(self, f: impl FnOnce(&Binding) -> R) -> R {
        // SAFETY: bindings live as long as the program; members that change are atomics.
        let binding = unsafe { &*self.binding };
        // SAFETY: the binding's own mutex, which the macro defined with it.
        let mutex = unsafe { binding.mutex.as_ref() };
        let locked = mutex.is_some_and(|mutex| mutex.lock(Timeout::until(None)).is_ok());
        let result = f(binding);
        if let Some(mutex) = mutex.filter(|_| locked) {
            let _ = mutex.unlock();
        }
        result
    }

    fn flag(self, flag: u32) -> bool {
        self.with(|binding| binding.flags.get() & 1 << flag != 0)
    }

    /// Calls `step`, one of its functions that take nothing else.
    ///
    /// # Errors
    /// Its own, or that there is none, as a positive errno value.
    fn step(self, step: Option<unsafe extern "C" fn(*mut Binding) -> c_int>) -> c_int {
        let Some(step) = step else { return -Error::NotSup.errno() };
        // SAFETY: the application's function on its own binding.
        self.with(|_| unsafe { step(self.binding) })
    }
}

/// All bindings whose functions there are.
fn bindings() -> impl Iterator<Item = Bound> {
    let (first, count) = (BINDINGS.0.load(Ordering::Acquire), BINDINGS.1.load(Ordering::Acquire));
    (0..count).filter_map(move |index| {
        let binding = first.wrapping_add(index);
        // SAFETY: the bounds of the program's list; implementations live as long.
        let api = unsafe { (*binding).r#impl.as_ref().and_then(|which| which.api.as_ref()) };
        api.map(|api| Bound { binding, api })
    })
}

fn bound(iface: IfRef) -> Result<Bound> {
    // SAFETY: bindings live as long as the program.
    bindings()
        .find(|bound| unsafe { (*bound.binding).iface } == iface.as_ptr())
        .ok_or(Error::NotSup)
}

/// # Safety
/// `iface` is null or an interface.
unsafe fn known(iface: *mut NetIf) -> Result<(IfRef, Bound)> {
    // SAFETY: the caller's promise.
    let iface = unsafe { IfRef::from_raw(iface) }.ok_or(Error::NotSup)?;
    Ok((iface, bound(iface)?))
}

/// An interface that is down is taken up first.
fn connect(iface: IfRef, bound: Bound) -> c_int {
    if bound.api.connect.is_some() && !iface.is_admin_up() {
        let status = unless_already(net_if_state::up(iface));
        if status != 0 {
            return status;
        }
    }
    bound.step(bound.api.connect)
}

/// Does nothing with an interface that is down.
fn disconnect(iface: IfRef, bound: Bound) -> c_int {
    if bound.api.disconnect.is_some() && !iface.is_admin_up() {
        return 0;
    }
    let status = bound.step(bound.api.disconnect);
    if status == 0 {
        take_down(iface, bound);
    }
    status
}

/// It has given up: it is taken down, unless that is not wanted.
fn take_down(iface: IfRef, bound: Bound) {
    if cfg!(CONFIG_NET_CONNECTION_MANAGER_AUTO_IF_DOWN) && !bound.flag(NO_AUTO_DOWN) {
        // Being down already is what was wanted.
        let _ = net_if_state::down(iface);
    }
}

/// Does what is to be done when `event` has happened to `iface`.
pub(super) fn hear(event: u64, iface: IfRef) {
    let Ok(bound) = bound(iface) else { return };
    match event {
        event::IF_ADMIN_UP if !bound.flag(NO_AUTO_CONNECT) => {
            // How it went is told by other events.
            let _ = connect(iface, bound);
        }
        event::IF_DOWN if !bound.flag(PERSISTENT) => take_down(iface, bound),
        event::CONN_IF_TIMEOUT | event::CONN_IF_FATAL_ERROR => take_down(iface, bound),
        _ => {}
    }
}

/// Has every binding get ready, and connects those whose interface is up. The start-up code does
/// it, with the bounds of the program's bindings.
///
/// # Safety
/// The bounds of one array that lives as long as the program, or null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_conn_mgr_init(first: *mut Binding, end: *mut Binding) {
    // SAFETY: the caller's promise.
    let count = if first.is_null() { 0 } else { unsafe { end.offset_from(first) } };
    BINDINGS.0.store(first, Ordering::Release);
    BINDINGS.1.store(usize::try_from(count).unwrap_or(0), Ordering::Release);
    for bound in bindings() {
        bound.with(|binding| {
            binding.timeout.set(0);
            if let Some(init) = bound.api.init {
                // SAFETY: the application's function on its own binding.
                unsafe { init(bound.binding) };
            }
        });
    }
    net_if::for_each(|iface| {
        if iface.is_admin_up() {
            hear(event::IF_ADMIN_UP, iface);
        }
    });
}

/// Connects an interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn conn_mgr_if_connect(iface: *mut NetIf) -> c_int {
    // SAFETY: an interface, or null.
    match unsafe { known(iface) } {
        Ok((iface, bound)) => connect(iface, bound),
        Err(error) => -error.errno(),
    }
}

/// Disconnects an interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn conn_mgr_if_disconnect(iface: *mut NetIf) -> c_int {
    // SAFETY: an interface, or null.
    match unsafe { known(iface) } {
        Ok((iface, bound)) => disconnect(iface, bound),
        Err(error) => -error.errno(),
    }
}

/// Whether an interface has to be connected.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn conn_mgr_if_is_bound(iface: *mut NetIf) -> bool {
    // SAFETY: an interface, or null.
    unsafe { known(iface) }.is_ok()
}

/// Sets an option of the interface's implementation.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn conn_mgr_if_set_opt(
    iface: *mut NetIf,
    optname: c_int,
    optval: *const c_void,
    optlen: usize,
) -> c_int {
    if optval.is_null() {
        return -Error::Inval.errno();
    }
    // SAFETY: an interface, or null.
    match unsafe { known(iface) }.and_then(|(_, b)| Ok((b, b.api.set_opt.ok_or(Error::NotSup)?))) {
        // SAFETY: the application's function on its own binding and the caller's value.
        Ok((b, set)) => b.with(|_| unsafe { set(b.binding, optname, optval, optlen) }),
        Err(error) => -error.errno(),
    }
}

/// Reads an option of the interface's implementation.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn conn_mgr_if_get_opt(
    iface: *mut NetIf,
    optname: c_int,
    optval: *mut c_void,
    optlen: *mut usize,
) -> c_int {
    if optlen.is_null() {
        return -Error::Inval.errno();
    }
    let get = match optval.is_null() {
        true => Err(Error::Inval),
        false => {
            // SAFETY: an interface, or null.
            unsafe { known(iface) }.and_then(|(_, b)| Ok((b, b.api.get_opt.ok_or(Error::NotSup)?)))
        }
    };
    match get {
        // SAFETY: the application's function on its own binding and the caller's places.
        Ok((b, get)) => b.with(|_| unsafe { get(b.binding, optname, optval, optlen) }),
        Err(error) => {
            // SAFETY: not null.
            unsafe { optlen.write(0) };
            -error.errno()
        }
    }
}

/// A flag of an interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn conn_mgr_if_get_flag(iface: *mut NetIf, flag: u32) -> bool {
    // SAFETY: an interface, or null.
    unsafe { known(iface) }.is_ok_and(|(_, bound)| flag < FLAGS && bound.flag(flag))
}

/// Changes a flag of an interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn conn_mgr_if_set_flag(iface: *mut NetIf, flag: u32, value: bool) -> c_int {
    if flag >= FLAGS {
        return -Error::Inval.errno();
    }
    // SAFETY: an interface, or null.
    errno::negative(unsafe { known(iface) }.map(|(_, bound)| {
        bound.with(|binding| {
            let others = binding.flags.get() & !(1 << flag);
            binding.flags.set(others | u32::from(value) << flag);
        });
    }))
}

/// How long an interface tries to connect, in seconds; 0 for ever.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn conn_mgr_if_get_timeout(iface: *mut NetIf) -> c_int {
    // SAFETY: an interface, or null.
    unsafe { known(iface) }.map_or(0, |(_, b)| b.with(|binding| binding.timeout.get() as c_int))
}

/// Changes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn conn_mgr_if_set_timeout(iface: *mut NetIf, timeout: c_int) -> c_int {
    // SAFETY: an interface, or null.
    errno::negative(unsafe { known(iface) }.map(|(_, bound)| {
        bound.with(|binding| binding.timeout.set(timeout as u32));
    }))
}

/// Does `f` to every interface, or to those that count; the first status that is not 0.
fn all(skip_ignored: bool, mut f: impl FnMut(IfRef) -> c_int) -> c_int {
    let mut first = 0;
    net_if::for_each(|iface| {
        if !(skip_ignored && is_ignored(iface)) {
            let status = f(iface);
            first = if first == 0 { status } else { first };
        }
    });
    first
}

/// What is there already is no error here.
fn unless_already(result: core::result::Result<(), c_int>) -> c_int {
    result.err().filter(|&error| error != Error::Already.errno()).map_or(0, |error| -error)
}

/// Takes all interfaces up.
#[unsafe(no_mangle)]
pub extern "C" fn conn_mgr_all_if_up(skip_ignored: bool) -> c_int {
    all(skip_ignored, |iface| unless_already(net_if_state::up(iface)))
}

/// Takes all interfaces down.
#[unsafe(no_mangle)]
pub extern "C" fn conn_mgr_all_if_down(skip_ignored: bool) -> c_int {
    all(skip_ignored, |iface| unless_already(net_if_state::down(iface)))
}

/// Takes all interfaces up and connects those that have to be connected.
#[unsafe(no_mangle)]
pub extern "C" fn conn_mgr_all_if_connect(skip_ignored: bool) -> c_int {
    let up = conn_mgr_all_if_up(skip_ignored);
    let connected = all(skip_ignored, |iface| match bound(iface) {
        Ok(bound) => connect(iface, bound),
        Err(_) => 0,
    });
    if up != 0 { up } else { connected }
}

/// Disconnects all interfaces that have to be connected.
#[unsafe(no_mangle)]
pub extern "C" fn conn_mgr_all_if_disconnect(skip_ignored: bool) -> c_int {
    all(skip_ignored, |iface| match bound(iface) {
        Ok(bound) => disconnect(iface, bound),
        _ => 0,
    })
}
