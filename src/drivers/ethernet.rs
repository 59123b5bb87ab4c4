// SPDX-License-Identifier: Apache-2.0
//! Ethernet drivers in Rust: [`EthernetDriver`], and the `ethernet_api` table made from it.
//!
//! The stack calls drivers through `struct ethernet_api` (`<zephyr/net/ethernet.h>`), whichever language they are
//! written in. [`vtable`] fills such a table with functions that find the driver behind a device and
//! turn its results into negative errno values.

use crate::base::{Error, Result};
use crate::buf::NetPkt;
use crate::iface::{Device, IfRef, NetIf, NetIfApi};
use core::ffi::{c_int, c_void};
use core::mem::ManuallyDrop;

use crate::buf::Pkt;

/// What a driver can do: bits of `enum ethernet_hw_caps`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caps(pub u32);

impl Caps {
    /// Nothing beyond sending and receiving.
    pub const NONE: Caps = Caps(0);
    /// Computes checksums of sent frames.
    pub const TX_CHECKSUM: Caps = Caps(1 << 0);
    /// Verifies checksums of received frames.
    pub const RX_CHECKSUM: Caps = Caps(1 << 1);
    /// Passes frames with VLAN tags.
    pub const VLAN: Caps = Caps(1 << 2);
    /// Has a clock.
    pub const PTP: Caps = Caps(1 << 8);
    /// Can be set to promiscuous mode.
    pub const PROMISC: Caps = Caps(1 << 10);
    /// Sends frames at the time they say.
    pub const TXTIME: Caps = Caps(1 << 19);

    /// Both.
    #[must_use]
    pub const fn with(self, other: Caps) -> Caps {
        Caps(self.0 | other.0)
    }
}

/// A setting that the application asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Setting {
    /// Use this MAC address; the interface is down.
    MacAddress([u8; 6]),
    /// Promiscuous mode on or off.
    Promiscuous(bool),
    /// Frames of a queue go at the time they say, or at once.
    TxTime {
        /// Number of the queue, from 0.
        queue: c_int,
        /// At their time.
        enabled: bool,
    },
}

/// A driver of Ethernet hardware, or of something like it.
///
/// One value drives one device and lives as long as the program. Methods may be called from any thread, `send` from
/// several at once.
pub trait EthernetDriver: Sync + 'static {
    /// The driver of `device`.
    fn of(device: &Device) -> Option<&'static Self>;

    /// Called once at start-up: sets the link address and the MTU of `iface`. What is received is handed over by
    /// [`receive`](super::upper::receive) from then on.
    fn init(&self, iface: IfRef);

    /// The interface is taken up.
    fn start(&self) -> Result<()> {
        Ok(())
    }

    /// The interface is taken down.
    fn stop(&self) -> Result<()> {
        Ok(())
    }

    /// What the driver can do.
    fn capabilities(&self) -> Caps {
        Caps::NONE
    }

    /// Changes a setting; `NotSup` for one the driver does not have.
    fn set(&self, setting: Setting) -> Result<()> {
        let _ = setting;
        Err(Error::NotSup)
    }

    /// The clock by which frames are stamped and sent; null when there is none.
    #[cfg(CONFIG_PTP_CLOCK)]
    fn ptp_clock(&self) -> *const Device {
        core::ptr::null()
    }

    /// Sends the frame in `pkt`. The driver is done with it when it returns, or keeps a reference.
    fn send(&self, pkt: &Pkt) -> Result<()>;
}

/// `struct ethernet_api`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct EthernetApi {
    pub iface_api: NetIfApi,
    #[cfg(CONFIG_NET_STATISTICS_ETHERNET)]
    pub get_stats: Option<unsafe extern "C" fn(*const Device) -> *mut c_void>,
    pub start: Option<unsafe extern "C" fn(*const Device) -> c_int>,
    pub stop: Option<unsafe extern "C" fn(*const Device) -> c_int>,
    pub get_capabilities: Option<unsafe extern "C" fn(*const Device) -> u32>,
    pub set_config: Option<unsafe extern "C" fn(*const Device, u32, *const c_void) -> c_int>,
    pub get_config: Option<unsafe extern "C" fn(*const Device, u32, *mut c_void) -> c_int>,
    #[cfg(CONFIG_NET_VLAN)]
    pub vlan_setup: Option<unsafe extern "C" fn(*const Device, *mut NetIf, u16, bool) -> c_int>,
    #[cfg(CONFIG_PTP_CLOCK)]
    pub get_ptp_clock: Option<unsafe extern "C" fn(*const Device) -> *const Device>,
    pub get_phy: Option<unsafe extern "C" fn(*const Device) -> *const Device>,
    pub send: Option<unsafe extern "C" fn(*const Device, *mut NetPkt) -> c_int>,
}

/// The table of the driver `D`.
pub const fn vtable<D: EthernetDriver>() -> EthernetApi {
    EthernetApi {
        iface_api: NetIfApi { init: Some(init::<D>) },
        #[cfg(CONFIG_NET_STATISTICS_ETHERNET)]
        get_stats: None,
        start: Some(start::<D>),
        stop: Some(stop::<D>),
        get_capabilities: Some(get_capabilities::<D>),
        set_config: Some(set_config::<D>),
        get_config: None,
        #[cfg(CONFIG_NET_VLAN)]
        vlan_setup: None,
        #[cfg(CONFIG_PTP_CLOCK)]
        get_ptp_clock: Some(get_ptp_clock::<D>),
        get_phy: None,
        send: Some(send::<D>),
    }
}

/// `enum ethernet_config_type`: those that become a [`Setting`].
const CONFIG_MAC_ADDRESS: u32 = 0;
const CONFIG_TXTIME_PARAM: u32 = 4;
const CONFIG_PROMISC_MODE: u32 = 5;

/// An enumeration of C with values that a byte holds, which is what it takes in the ABI of ARM without a system
/// (AAPCS32, 8.1.1); elsewhere it is an `int`.
#[cfg(all(target_arch = "arm", target_os = "none"))]
pub type SmallEnum = u8;
/// An enumeration of C.
#[cfg(not(all(target_arch = "arm", target_os = "none")))]
pub type SmallEnum = u32;

/// `struct ethernet_txtime_param`, whose only kind says whether a queue minds times.
#[repr(C)]
#[allow(missing_docs)]
pub struct TxTimeParam {
    pub kind: SmallEnum,
    pub queue: c_int,
    pub enabled: u8,
}

/// # Safety
/// `device` is null or a device that lives as long as the program.
unsafe fn driver<D: EthernetDriver>(device: *const Device) -> Result<&'static D> {
    // SAFETY: the caller's promise.
    unsafe { device.as_ref() }.and_then(D::of).ok_or(Error::NoDev)
}

fn status(result: Result<()>) -> c_int {
    match result {
        Ok(()) => 0,
        Err(error) => -error.errno(),
    }
}

unsafe extern "C" fn init<D: EthernetDriver>(iface: *mut NetIf) {
    // SAFETY: the stack passes a registered interface with its device.
    unsafe {
        let Some(iface) = IfRef::from_raw(iface) else { return };
        if let Ok(driver) = driver::<D>(iface.device()) {
            driver.init(iface);
        }
    }
}

unsafe extern "C" fn start<D: EthernetDriver>(device: *const Device) -> c_int {
    // SAFETY: the stack passes the interface's device.
    status(unsafe { driver::<D>(device) }.and_then(D::start))
}

unsafe extern "C" fn stop<D: EthernetDriver>(device: *const Device) -> c_int {
    // SAFETY: the stack passes the interface's device.
    status(unsafe { driver::<D>(device) }.and_then(D::stop))
}

unsafe extern "C" fn get_capabilities<D: EthernetDriver>(device: *const Device) -> u32 {
    // SAFETY: the stack passes the interface's device.
    unsafe { driver::<D>(device) }.map_or(0, |d| d.capabilities().0)
}

#[cfg(CONFIG_PTP_CLOCK)]
unsafe extern "C" fn get_ptp_clock<D: EthernetDriver>(device: *const Device) -> *const Device {
    // SAFETY: the stack passes the interface's device.
    unsafe { driver::<D>(device) }.map_or(core::ptr::null(), D::ptp_clock)
}

unsafe extern "C" fn set_config<D: EthernetDriver>(
    device: *const Device,
    kind: u32,
    config: *const c_void,
) -> c_int {
    // SAFETY: the stack passes the interface's device and a `struct ethernet_config`, a union whose member for this
    // kind lies at its start.
    let result = unsafe {
        driver::<D>(device).and_then(|driver| {
            if config.is_null() {
                return Err(Error::Inval);
            }
            let setting = match kind {
                CONFIG_MAC_ADDRESS => Setting::MacAddress(config.cast::<[u8; 6]>().read()),
                CONFIG_PROMISC_MODE => Setting::Promiscuous(config.cast::<u8>().read() != 0),
                CONFIG_TXTIME_PARAM => {
                    let TxTimeParam { kind: 0, queue, enabled } =
                        config.cast::<TxTimeParam>().read()
                    else {
                        return Err(Error::NotSup);
                    };
                    Setting::TxTime { queue, enabled: enabled != 0 }
                }
                _ => return Err(Error::NotSup),
            };
            driver.set(setting)
        })
    };
    status(result)
}

unsafe extern "C" fn send<D: EthernetDriver>(device: *const Device, pkt: *mut NetPkt) -> c_int {
    if pkt.is_null() {
        return status(Err(Error::Inval));
    }
    // SAFETY: the stack passes the interface's device, and a packet whose reference stays the stack's: the handle is
    // borrowed, never dropped.
    let (driver, pkt) = unsafe { (driver::<D>(device), ManuallyDrop::new(Pkt::from_raw(pkt))) };
    status(driver.and_then(|driver| driver.send(&pkt)))
}
