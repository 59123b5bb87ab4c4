// SPDX-License-Identifier: Apache-2.0
//! `struct dummy_api`: drivers of links without link header (`<zephyr/net/dummy.h>`).

use core::ffi::c_int;

use crate::buf::NetPkt;
use crate::iface::{Device, NetIfApi};

/// `struct dummy_api`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct DummyApi {
    pub iface_api: NetIfApi,
    pub send: Option<unsafe extern "C" fn(*const Device, *mut NetPkt) -> c_int>,
    pub start: Option<unsafe extern "C" fn(*const Device) -> c_int>,
    pub stop: Option<unsafe extern "C" fn(*const Device) -> c_int>,
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/dummy.h":
    DummyApi = "struct dummy_api" { iface_api, send, start, stop };
}
