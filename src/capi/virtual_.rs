// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/virtual.h>`, `<zephyr/net/virtual_mgmt.h>`: interfaces that stand on others, such as tunnels.
//!
//! Called by: `transmit` through the link layer's table, `net_if_state`, C. Calls: drivers, without core
//! lock. A virtual interface is a link in C as any other; which ones stand on an interface is found by asking
//! them all, of which there are few.
#![allow(clippy::missing_safety_doc)]

use core::ffi::{CStr, c_char, c_int, c_void};
use core::ptr;

use super::l2::table;
use super::list::Node;
use super::{net_if, net_if_state};
use crate::base::{Error, LinkAddr, LinkType, NetLinkaddr, Result};
use crate::buf::NetPkt;
use crate::config;
use crate::iface::{Byte, Device, IfFlag, IfRef, NetAddr, NetIf, NetIfApi, NetL2, NetVerdict, Ptr};
use crate::os::entropy;

/// `struct virtual_interface_api`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub struct VirtualApi {
    pub iface_api: NetIfApi,
    pub get_capabilities: Option<unsafe extern "C" fn(*mut NetIf) -> u32>,
    pub start: Option<unsafe extern "C" fn(*const Device) -> c_int>,
    pub stop: Option<unsafe extern "C" fn(*const Device) -> c_int>,
    pub send: Option<unsafe extern "C" fn(*mut NetIf, *mut NetPkt) -> c_int>,
    pub recv: Option<unsafe extern "C" fn(*mut NetIf, *mut NetPkt) -> NetVerdict>,
    pub attach: Option<unsafe extern "C" fn(*mut NetIf, *mut NetIf) -> c_int>,
    pub set_config: Option<unsafe extern "C" fn(*mut NetIf, u32, *const Config) -> c_int>,
    pub get_config: Option<unsafe extern "C" fn(*mut NetIf, u32, *mut Config) -> c_int>,
}

/// `struct virtual_interface_context`.
#[repr(C)]
#[allow(missing_docs)]
pub struct VirtualContext {
    pub node: Node,
    pub virtual_iface: Ptr<NetIf>,
    pub iface: Ptr<NetIf>,
    pub virtual_l2_flags: Byte,
    pub is_init: Byte,
    pub lladdr: NetLinkaddr,
    pub name: [Byte; config::NET_L2_VIRTUAL_MAX_NAME_LEN],
}

/// `struct virtual_interface_config`, and the data of a request, which is the same.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub struct Config {
    pub family: u16,
    pub value: [u32; 4],
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/virtual_mgmt.h":
    VirtualApi = "struct virtual_interface_api" {
        iface_api, get_capabilities, start, stop, send, recv, attach, set_config, get_config
    };
    VirtualContext = "struct virtual_interface_context" {
        node, virtual_iface, iface, virtual_l2_flags, is_init, lladdr, name
    };
    Config = "struct virtual_interface_config" { family, value = "peer6addr" };
    Config = "struct virtual_interface_req_params" { family, value = "peer6addr" };
}

/// `enum virtual_interface_config_type`.
#[allow(missing_docs)]
pub mod kind {
    pub const PEER_ADDRESS: u32 = 0;
    pub const MTU: u32 = 1;
    pub const LINK_TYPE: u32 = 2;
}

/// `NET_L2_POINT_TO_POINT`.
#[cfg(CONFIG_NET_L2_IPIP)]
pub const POINT_TO_POINT: u8 = 1 << 3;

/// `VIRTUAL_L2`.
#[unsafe(export_name = "_net_l2_VIRTUAL")]
pub static VIRTUAL: NetL2 = NetL2 {
    recv: Some(recv),
    send: Some(send),
    enable: Some(enable),
    get_flags: Some(flags),
    alloc: None,
};

/// A virtual interface.
#[derive(Clone, Copy)]
struct Virtual {
    iface: IfRef,
    context: &'static VirtualContext,
    device: &'static Device,
    api: &'static VirtualApi,
}

impl Virtual {
    fn of(iface: IfRef) -> Option<Virtual> {
        if !ptr::eq(iface.l2(), &raw const VIRTUAL) {
            return None;
        }
        // SAFETY: the interface's definition gave it data, device and table of these types, which live
        // as long as the program.
        unsafe {
            let device: &'static Device = iface.device().as_ref()?;
            let context = iface.dev().l2_data.cast::<VirtualContext>().as_ref()?;
            Some(Virtual { iface, context, device, api: table(device)? })
        }
    }

    /// # Safety
    /// `iface` is null or an interface.
    unsafe fn from_raw(iface: *mut NetIf) -> Option<Virtual> {
        // SAFETY: the caller's promise.
        unsafe { IfRef::from_raw(iface) }.and_then(Virtual::of)
    }

    /// True when `lower` is this interface, or stands on it by way of others.
    fn carries(self, lower: IfRef) -> bool {
        let below = |iface: &IfRef| Virtual::of(*iface).and_then(Virtual::lower);
        core::iter::successors(Some(lower), below).any(|iface| iface == self.iface)
    }

    /// The interface it stands on.
    fn lower(self) -> Option<IfRef> {
        // SAFETY: null, or the interface that `attach` was given.
        unsafe { IfRef::from_raw(self.context.iface.get()) }
    }
}

/// Does `f` to every virtual interface that stands on `lower`.
fn for_each_upon(lower: IfRef, mut f: impl FnMut(Virtual)) {
    net_if::for_each(|iface| {
        if let Some(upper) = Virtual::of(iface).filter(|upper| upper.lower() == Some(lower)) {
            f(upper);
        }
    });
}

/// Gets the link layer's data of a new interface ready, before its driver's function runs.
pub(super) fn prepare(iface: IfRef) {
    if let Some(new) = Virtual::of(iface) {
        new.context.virtual_iface.set(iface.as_ptr());
        new.context.is_init.set(1);
    }
}

unsafe extern "C" fn recv(iface: *mut NetIf, pkt: *mut c_void) -> NetVerdict {
    // SAFETY: the caller passes an interface and a packet of its own; the driver's function gets both.
    unsafe {
        match Virtual::from_raw(iface).and_then(|v| v.api.recv) {
            Some(recv) => recv(iface, pkt.cast()),
            None => NetVerdict::Continue,
        }
    }
}

unsafe extern "C" fn send(iface: *mut NetIf, pkt: *mut c_void) -> c_int {
    // SAFETY: as above.
    unsafe {
        match Virtual::from_raw(iface).and_then(|v| v.api.send) {
            Some(send) => send(iface, pkt.cast()),
            None => -Error::NoEnt.errno(),
        }
    }
}

unsafe extern "C" fn enable(iface: *mut NetIf, on: bool) -> c_int {
    // SAFETY: the caller passes an interface.
    let Some(v) = (unsafe { Virtual::from_raw(iface) }) else { return -Error::NoEnt.errno() };
    if on && let Some(lower) = v.lower().filter(|lower| !lower.is_admin_up()) {
        // One that can't be taken up says so itself, by its state.
        let _ = net_if_state::up(lower);
    }
    let step = if on { v.api.start } else { v.api.stop };
    if let Some(step) = step {
        // What it stands on decides whether it works; a driver that is running already is fine.
        // SAFETY: the driver's own function on its own device.
        unsafe { step(v.device) };
    }
    0
}

unsafe extern "C" fn flags(iface: *mut NetIf) -> u8 {
    // SAFETY: the caller passes an interface.
    unsafe { Virtual::from_raw(iface) }.map_or(0, |v| v.context.virtual_l2_flags.get())
}

/// A link address of no vendor, for one station (IEEE 802, 8.4).
fn random_address() -> Option<LinkAddr> {
    let mut mac = [0; 6];
    // Without entropy all are alike, which links without addresses do not mind.
    let _ = entropy::fill(&mut mac);
    mac[0] = mac[0] & 0xfc | 0x02;
    LinkAddr::new(LinkType::Unknown, &mac)
}

fn attach(v: Virtual, lower: Option<IfRef>) -> Result<()> {
    let attach = v.api.attach.ok_or(Error::NoEnt)?;
    if v.lower().is_some() == lower.is_some() {
        return Err(Error::Already);
    }
    if lower.is_none() {
        // Down already is as good.
        let _ = net_if_state::down(v.iface);
    } else if let Some(addr) = random_address() {
        v.context.lladdr.set(addr);
        // A running interface keeps the address it has.
        let _ = v.iface.set_link_addr(addr);
    }
    let raw = lower.map_or(ptr::null_mut(), IfRef::as_ptr);
    v.context.iface.set(raw);
    // SAFETY: the driver's own function on its own interface.
    let status = unsafe { attach(v.iface.as_ptr(), raw) };
    if status < 0 {
        v.context.iface.set(ptr::null_mut());
        return Err(Error::Io);
    }
    if lower.is_some() && !v.iface.flag_is_set(IfFlag::NoAutoStart) {
        // As at start: one that fails stays down.
        let _ = net_if_state::up(v.iface);
    }
    Ok(())
}

/// Puts a virtual interface on another one, or with NULL on none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_virtual_interface_attach(
    virtual_iface: *mut NetIf,
    iface: *mut NetIf,
) -> c_int {
    // SAFETY: interfaces, or null.
    let (v, lower) = unsafe { (Virtual::from_raw(virtual_iface), IfRef::from_raw(iface)) };
    // A ring would stand on nothing.
    match v.filter(|v| !lower.is_some_and(|lower| v.carries(lower))) {
        Some(v) => super::errno::negative(attach(v, lower)),
        None => -Error::Inval.errno(),
    }
}

/// The interface that a virtual one stands on, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_virtual_get_iface(iface: *mut NetIf) -> *mut NetIf {
    // SAFETY: an interface, or null.
    net_if::raw(unsafe { Virtual::from_raw(iface) }.and_then(Virtual::lower))
}

/// Copies the name of a virtual interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_virtual_get_name(
    iface: *mut NetIf,
    buf: *mut c_char,
    len: usize,
) -> *mut c_char {
    // SAFETY: an interface, or null.
    let Some(v) = (unsafe { Virtual::from_raw(iface) }) else { return ptr::null_mut() };
    let Some(last) = len.checked_sub(1).filter(|_| !buf.is_null()) else { return ptr::null_mut() };
    let bytes = v.context.name.iter().map(Byte::get).take_while(|&byte| byte != 0);
    let mut end = 0;
    for (at, byte) in bytes.take(last).enumerate() {
        // SAFETY: within the caller's buffer.
        unsafe { buf.add(at).write(byte as c_char) };
        end = at + 1;
    }
    // SAFETY: at most the last byte of it.
    unsafe { buf.add(end).write(0) };
    buf
}

/// Names a virtual interface; what is too long is cut.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_virtual_set_name(iface: *mut NetIf, name: *const c_char) {
    // SAFETY: an interface, or null.
    let Some(v) = (unsafe { Virtual::from_raw(iface) }).filter(|_| !name.is_null()) else { return };
    // SAFETY: the caller's text.
    let text = unsafe { CStr::from_ptr(name) }.to_bytes();
    let Some((last, places)) = v.context.name.split_last() else { return };
    for (place, byte) in places.iter().zip(text.iter().chain(core::iter::repeat(&0))) {
        place.set(*byte);
    }
    last.set(0);
}

/// Sets the link's properties; what they were.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_virtual_set_flags(iface: *mut NetIf, flags: u8) -> u8 {
    // SAFETY: an interface, or null.
    let Some(v) = (unsafe { Virtual::from_raw(iface) }) else { return 0 };
    let before = v.context.virtual_l2_flags.get();
    v.context.virtual_l2_flags.set(flags);
    before
}

/// Shows a packet to the virtual interfaces that stand on the one it came by.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_virtual_input(
    input_iface: *mut NetIf,
    _remote_addr: *mut NetAddr,
    pkt: *mut NetPkt,
) -> NetVerdict {
    // SAFETY: an interface, or null.
    let Some(lower) = (unsafe { IfRef::from_raw(input_iface) }) else { return NetVerdict::Drop };
    let mut verdict = NetVerdict::Drop;
    for_each_upon(lower, |upper| {
        if verdict != NetVerdict::Drop || !upper.iface.is_up() || pkt.is_null() {
            return;
        }
        if let Some(recv) = upper.api.recv {
            // SAFETY: the driver's own function on its own interface and the caller's packet.
            verdict = unsafe {
                (*pkt).iface = upper.iface.as_ptr().cast();
                recv(upper.iface.as_ptr(), pkt)
            };
        }
    });
    if verdict == NetVerdict::Drop && !pkt.is_null() {
        // SAFETY: the caller's packet.
        unsafe { (*pkt).iface = input_iface.cast() };
    }
    verdict
}

/// Gets a virtual interface ready; start-up does it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_virtual_init(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    if let Some(iface) = unsafe { IfRef::from_raw(iface) } {
        prepare(iface);
    }
}

/// The interface below has gone: so have those that stand on it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_virtual_disable(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    if let Some(lower) = unsafe { IfRef::from_raw(iface) } {
        // SAFETY: an interface.
        for_each_upon(lower, |v| unsafe { net_if_state::net_if_carrier_off(v.iface.as_ptr()) });
    }
}

/// It has come back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_virtual_enable(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    if let Some(lower) = unsafe { IfRef::from_raw(iface) } {
        // SAFETY: an interface.
        for_each_upon(lower, |v| unsafe { net_if_state::net_if_carrier_on(v.iface.as_ptr()) });
    }
}

/// Sets what `data` holds, while the interface is down.
///
/// # Safety
/// `iface` is null or an interface; `data` is null or the data of a request.
#[cfg(CONFIG_NET_L2_VIRTUAL_MGMT)]
unsafe fn set(iface: *mut NetIf, data: *mut c_void, len: usize, what: u32) -> c_int {
    // SAFETY: the caller's promise.
    let Some(v) = (unsafe { Virtual::from_raw(iface) }) else { return -Error::Inval.errno() };
    if data.is_null() || len != size_of::<Config>() {
        return -Error::Inval.errno();
    }
    let Some(set) = v.api.set_config else { return -Error::NotSup.errno() };
    // A tunnel comes up as soon as its other end is named, and takes another MTU all the same.
    #[cfg(CONFIG_NET_L2_IPIP)]
    let settles = what == kind::MTU && ptr::eq(v.api, &raw const super::ipip::znet_ipip_api);
    #[cfg(not(CONFIG_NET_L2_IPIP))]
    let settles = false;
    if v.iface.is_up() && !settles {
        return -Error::Access.errno();
    }
    // SAFETY: the driver's own function on its own interface, and data of the right size.
    unsafe {
        let config = data.cast::<Config>().read_unaligned();
        set(iface, what, &raw const config)
    }
}

/// Reads into `data`.
///
/// # Safety
/// As [`set`].
#[cfg(CONFIG_NET_L2_VIRTUAL_MGMT)]
unsafe fn get(iface: *mut NetIf, data: *mut c_void, len: usize, what: u32) -> c_int {
    // SAFETY: the caller's promise.
    let Some(v) = (unsafe { Virtual::from_raw(iface) }) else { return -Error::Inval.errno() };
    if data.is_null() || len != size_of::<Config>() {
        return -Error::Inval.errno();
    }
    let Some(get) = v.api.get_config else { return -Error::NotSup.errno() };
    // SAFETY: the driver's own function on its own interface, and data of the right size.
    unsafe {
        let mut config = data.cast::<Config>().read_unaligned();
        let status = get(iface, what, &raw mut config);
        if status >= 0 {
            data.cast::<Config>().write_unaligned(config);
        }
        status
    }
}

#[cfg(CONFIG_NET_L2_VIRTUAL_MGMT)]
super::request::requests! {
    /// Sets the other end's address.
    net_mgmt_NET_REQUEST_VIRTUAL_INTERFACE_SET_PEER_ADDRESS = set(kind::PEER_ADDRESS);
    /// Reads the other end's address.
    net_mgmt_NET_REQUEST_VIRTUAL_INTERFACE_GET_PEER_ADDRESS = get(kind::PEER_ADDRESS);
    /// Sets the MTU.
    net_mgmt_NET_REQUEST_VIRTUAL_INTERFACE_SET_MTU = set(kind::MTU);
    /// Reads the MTU.
    net_mgmt_NET_REQUEST_VIRTUAL_INTERFACE_GET_MTU = get(kind::MTU);
    /// Sets which links are captured.
    net_mgmt_NET_REQUEST_VIRTUAL_INTERFACE_SET_LINK_TYPE = set(kind::LINK_TYPE);
    /// Reads which links are captured.
    net_mgmt_NET_REQUEST_VIRTUAL_INTERFACE_GET_LINK_TYPE = get(kind::LINK_TYPE);
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/virtual.h":
    kind::PEER_ADDRESS => "VIRTUAL_INTERFACE_CONFIG_TYPE_PEER_ADDRESS",
    kind::MTU => "VIRTUAL_INTERFACE_CONFIG_TYPE_MTU",
    kind::LINK_TYPE => "VIRTUAL_INTERFACE_CONFIG_TYPE_LINK_TYPE",
}
