// SPDX-License-Identifier: Apache-2.0
//! Start-up entries and devices (`<zephyr/init.h>`, `<zephyr/device.h>`).

use core::ffi::{CStr, c_char, c_int, c_void};
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering::*};

use crate::base::Error;

use super::wait::neg;

/// `struct device_state`.
#[repr(C)]
struct State {
    /// Positive errno of the init function.
    init_res: u8,
    initialized: bool,
}

/// `struct device`.
#[repr(C)]
pub struct Device {
    name: *const c_char,
    config: *const c_void,
    api: *const c_void,
    state: *mut State,
    data: *mut c_void,
    init: Option<extern "C" fn(&Device) -> c_int>,
    #[cfg(CONFIG_DEVICE_DEINIT_SUPPORT)]
    deinit: Option<extern "C" fn(&Device) -> c_int>,
    flags: u8,
}

/// `DEVICE_FLAG_INIT_DEFERRED`.
const DEFERRED: u8 = 1;

/// `struct init_entry`.
#[repr(C)]
pub struct InitEntry {
    function: Option<extern "C" fn() -> c_int>,
    device: Option<&'static Device>,
}

/// The list of devices.
static FIRST: AtomicPtr<Device> = AtomicPtr::new(core::ptr::null_mut());
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// Says where the devices are.
pub(super) fn set_list(devices: &'static [Device]) {
    FIRST.store(devices.as_ptr().cast_mut(), Release);
    COUNT.store(devices.len(), Release);
}

fn list() -> &'static [Device] {
    let first = FIRST.load(Acquire);
    if first.is_null() {
        return &[];
    }
    // SAFETY: the parts of the slice given to `set_list`.
    unsafe { core::slice::from_raw_parts(first, COUNT.load(Acquire)) }
}

/// Runs the entries of one level.
pub(super) fn run_level(entries: &[InitEntry]) {
    for entry in entries {
        match (entry.device, entry.function) {
            (Some(device), _) if device.flags & DEFERRED == 0 => {
                // Its state keeps the result.
                let _ = device.bring_up();
            }
            (None, Some(function)) => {
                // Zephyr ignores it too.
                let _ = function();
            }
            _ => {}
        }
    }
}

impl Device {
    /// # Safety
    /// No other reference to the state is in use; the start-up is one thread.
    #[allow(clippy::mut_from_ref)]
    unsafe fn state(&self) -> &mut State {
        // SAFETY: every device has one, of its own.
        unsafe { &mut *self.state }
    }

    fn bring_up(&self) -> c_int {
        let result = self.init.map_or(0, |init| init(self));
        // SAFETY: the init function has returned.
        let state = unsafe { self.state() };
        state.init_res = result.unsigned_abs().min(u32::from(u8::MAX)) as u8;
        state.initialized = true;
        result
    }
}

/// Has the device come up?
#[unsafe(no_mangle)]
pub extern "C" fn device_is_ready(device: Option<&Device>) -> bool {
    // SAFETY: a read of two members.
    device.map(|device| unsafe { device.state() }).is_some_and(|s| s.initialized && s.init_res == 0)
}

/// The device of this name, if it has come up; else NULL.
///
/// # Safety
/// `name` is a string or null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn device_get_binding(name: *const c_char) -> Option<&'static Device> {
    if name.is_null() {
        return None;
    }
    // SAFETY: the caller's string.
    let name = unsafe { CStr::from_ptr(name) };
    // SAFETY: names of devices are strings.
    let named = |device: &&Device| unsafe { CStr::from_ptr(device.name) } == name;
    list().iter().find(|device| device_is_ready(Some(device)) && named(device))
}

/// Brings a deferred device up: 0, -EALREADY, or what its init function says.
#[unsafe(no_mangle)]
pub extern "C" fn device_init(device: &Device) -> c_int {
    // SAFETY: a read of one member.
    if unsafe { device.state() }.initialized {
        return neg(Error::Already);
    }
    device.bring_up()
}

/// Takes a device down: 0, -EPERM, -ENOTSUP, or what its deinit function says.
#[cfg(CONFIG_DEVICE_DEINIT_SUPPORT)]
#[unsafe(no_mangle)]
pub extern "C" fn device_deinit(device: &Device) -> c_int {
    // SAFETY: a read of one member.
    if !unsafe { device.state() }.initialized {
        return neg(Error::Perm);
    }
    let Some(deinit) = device.deinit else { return neg(Error::NotSup) };
    let result = deinit(device);
    if result == 0 {
        // SAFETY: the deinit function has returned.
        unsafe { device.state() }.initialized = false;
    }
    result
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/device.h":
    State = "struct device_state" { init_res, initialized };
    Device = "struct device" { name, config, api, state, data, init = "ops.init", flags };
    InitEntry = "struct init_entry" { function = "init_fn", device = "dev" };
}
