// SPDX-License-Identifier: Apache-2.0
//! [`IfRef`]: the stack's handle of an interface.

use core::ptr::NonNull;
use core::sync::atomic::Ordering::Relaxed;

use super::kinds::{Checksum, IfFlag, L2Kind, OperState};
use super::shell::{Device, NetIf, NetIfDev, NetL2};
use crate::base::{EthAddr, LinkAddr};
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;

/// A network interface. Copies freely; two handles are equal when they name the same interface.
///
/// Interfaces live as long as the program, so a handle never dangles. Every accessor is a plain
/// load or store of the shell that C shares; those asked on each packet are inlined.
#[derive(Clone, Copy)]
pub struct IfRef(&'static NetIf);

impl PartialEq for IfRef {
    fn eq(&self, other: &Self) -> bool {
        core::ptr::eq(self.0, other.0)
    }
}

impl Eq for IfRef {}

impl core::fmt::Debug for IfRef {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "IfRef({})", self.index())
    }
}

impl IfRef {
    /// The handle of an interface made in Rust.
    pub const fn from_static(iface: &'static NetIf) -> Self {
        IfRef(iface)
    }

    /// The handle of an interface C names; `None` when the pointer or its device side is null.
    ///
    /// # Safety
    /// A non-null `iface` points to a `struct net_if` that lives as long as the program, and so
    /// does the `net_if_dev` it names.
    #[inline]
    pub unsafe fn from_raw(iface: *mut NetIf) -> Option<Self> {
        // SAFETY: the caller's promise; all members are atomics, so sharing with C is sound.
        let iface: &'static NetIf = unsafe { NonNull::new(iface)?.as_ref() };
        if iface.if_dev.get().is_null() {
            return None;
        }
        Some(IfRef(iface))
    }

    /// The interface a packet came in on or goes out by; `None` when none is set.
    #[inline]
    pub fn of(pkt: &crate::buf::Pkt) -> Option<Self> {
        // SAFETY: a packet's interface is null or one that lives as long as the program: C sets it
        // from what it registered, and this library from an `IfRef`.
        unsafe { Self::from_raw(pkt.iface().cast()) }
    }

    /// The address of the shell, as C names the interface.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn as_ptr(self) -> *mut NetIf {
        core::ptr::from_ref(self.0).cast_mut()
    }

    /// The shell itself.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn shell(self) -> &'static NetIf {
        self.0
    }

    /// The device side.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn dev(self) -> &'static NetIfDev {
        // SAFETY: non-null by construction (`NetIf::new`, `from_raw`), set once, and lives as
        // long as the program.
        unsafe { &*self.0.if_dev.get() }
    }

    /// Position in the table, from 1; 0 before registration.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn index(self) -> u8 {
        self.0.index.get()
    }

    pub(super) fn set_index(self, index: u8) {
        self.0.index.set(index);
    }

    /// What it has received and sent.
    #[cfg(CONFIG_NET_STATISTICS_PER_INTERFACE)]
    pub fn stats(self) -> &'static super::stats::NetStats {
        &self.0.stats
    }

    /// Which stack of the process the interface belongs to.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn instance(self) -> u8 {
        self.0.instance.get()
    }

    /// Assigns the interface to a stack of the process.
    pub fn set_instance(self, instance: u8) {
        self.0.instance.set(instance);
    }

    /// The link layer that drives it.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn l2_kind(self) -> L2Kind {
        // Where there is but one kind, nobody has to look.
        if cfg!(all(CONFIG_NET_L2_ETHERNET, not(CONFIG_ZNET_L2_C), not(CONFIG_NET_L2_DUMMY))) {
            return L2Kind::Ethernet;
        }
        L2Kind::from_raw(self.0.kind.get())
    }

    /// Records the link layer, found by the address of its function table.
    pub fn set_l2_kind(self, kind: L2Kind) {
        self.0.kind.set(kind as u8);
    }

    /// The link layer's function table; null for an interface made in Rust.
    pub fn l2(self) -> *const NetL2 {
        self.dev().l2
    }

    /// The driver's device; null for an interface made in Rust.
    pub fn device(self) -> *const Device {
        self.dev().dev
    }

    /// Whether a device with its own IP stack or sockets stands behind the interface.
    pub fn is_offloaded(self) -> bool {
        #[cfg(CONFIG_NET_OFFLOAD)]
        if !self.dev().offload.get().is_null() {
            return true;
        }
        #[cfg(CONFIG_NET_SOCKETS_OFFLOAD)]
        if !self.dev().socket_offload.get().is_null() {
            return true;
        }
        false
    }

    /// Largest network-layer packet in bytes.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn mtu(self) -> u16 {
        self.dev().mtu.get()
    }

    /// Changes the MTU.
    pub fn set_mtu(self, mtu: u16) {
        self.dev().mtu.set(mtu);
    }

    /// The link address with its type.
    #[inline]
    pub fn link_addr(self) -> LinkAddr {
        self.dev().link_addr.get()
    }

    /// The MAC address: the first six bytes of the link address.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn mac(self) -> EthAddr {
        self.dev().link_addr.eth()
    }

    /// Sets the link address; false, and nothing changed, while the interface is running.
    #[must_use]
    pub fn set_link_addr(self, addr: LinkAddr) -> bool {
        if self.flag_is_set(IfFlag::Running) {
            return false;
        }
        self.dev().link_addr.set(addr);
        true
    }

    /// Whether a flag is set.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn flag_is_set(self, flag: IfFlag) -> bool {
        self.dev().flags[0].load(Relaxed) & flag.bit() != 0
    }

    /// Sets a flag; returns whether it was set before.
    pub fn flag_set(self, flag: IfFlag) -> bool {
        let before = self.dev().flags[0].fetch_or(flag.bit(), Relaxed);
        super::changes::note();
        before & flag.bit() != 0
    }

    /// Clears a flag; returns whether it was set before.
    pub fn flag_clear(self, flag: IfFlag) -> bool {
        let before = self.dev().flags[0].fetch_and(!flag.bit(), Relaxed);
        super::changes::note();
        before & flag.bit() != 0
    }

    /// Ready to send and receive: up and running.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn is_up(self) -> bool {
        let both = IfFlag::Up.bit() | IfFlag::Running.bit();
        self.dev().flags[0].load(Relaxed) & both == both
    }

    /// Administratively up, whatever the carrier says.
    pub fn is_admin_up(self) -> bool {
        self.flag_is_set(IfFlag::Up)
    }

    /// Whether the driver reports a carrier.
    pub fn is_carrier_ok(self) -> bool {
        self.flag_is_set(IfFlag::LowerUp)
    }

    /// Whether the driver waits for an external event.
    pub fn is_dormant(self) -> bool {
        self.flag_is_set(IfFlag::Dormant)
    }

    /// Operational state (RFC 2863).
    pub fn oper_state(self) -> OperState {
        OperState::from_raw(self.dev().oper_state.get())
    }

    /// Recomputes the operational state from the flags and stores it, with `RUNNING` to match.
    /// `device_ready` is the driver's own verdict on its hardware.
    ///
    /// Returns whether the interface has begun (`Some(true)`) or ceased (`Some(false)`) to be
    /// operational by this; `None` when neither.
    pub fn update_oper_state(self, device_ready: bool) -> Option<bool> {
        let new = if !self.is_admin_up() {
            OperState::Down
        } else if !device_ready {
            OperState::LowerLayerDown
        } else if !self.is_carrier_ok() {
            OperState::Down
        } else if self.is_dormant() {
            OperState::Dormant
        } else {
            OperState::Up
        };
        self.dev().oper_state.set(new as u8);
        let was = match new {
            OperState::Up => self.flag_set(IfFlag::Running),
            _ => self.flag_clear(IfFlag::Running),
        };
        let is = new == OperState::Up;
        (was != is).then_some(is)
    }

    /// Takes an interface without driver code up: the simulator's and tests' short way.
    pub fn bring_up(self) {
        self.flag_set(IfFlag::Up);
        self.update_oper_state(true);
    }

    /// Undoes [`IfRef::bring_up`].
    pub fn bring_down(self) {
        self.flag_clear(IfFlag::Up);
        self.update_oper_state(true);
    }

    /// True when the stack must compute this checksum for packets sent here.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn needs_tx_checksum(self, sum: Checksum) -> bool {
        !cfg!(CONFIG_ZNET_CHECKSUM_OFFLOAD) || self.0.tx_offload.get() & sum.0 != sum.0
    }

    /// True when the stack must verify this checksum of packets received here.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn needs_rx_checksum(self, sum: Checksum) -> bool {
        !cfg!(CONFIG_ZNET_CHECKSUM_OFFLOAD) || self.0.rx_offload.get() & sum.0 != sum.0
    }

    /// Records which checksums the device computes when sending and verifies when receiving.
    pub fn set_checksum_offload(self, tx: Checksum, rx: Checksum) {
        self.0.tx_offload.set(tx.0);
        self.0.rx_offload.set(rx.0);
    }

    /// The driver's capabilities (`enum ethernet_hw_caps`).
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn hw_caps(self) -> u32 {
        self.0.hw_caps.get()
    }

    /// Records the driver's capabilities.
    pub fn set_hw_caps(self, caps: u32) {
        self.0.hw_caps.set(caps);
    }

    /// Copies the interface's name into `buf`, without terminator; returns the part filled.
    /// Empty when the interface has no name or names are not configured.
    #[cfg_attr(not(CONFIG_NET_INTERFACE_NAME), allow(unused_variables))]
    pub fn name(self, buf: &mut [u8]) -> &[u8] {
        #[cfg(CONFIG_NET_INTERFACE_NAME)]
        {
            let mut n = 0;
            for (to, from) in buf.iter_mut().zip(&self.0.config.name) {
                *to = from.get();
                if *to == 0 {
                    break;
                }
                n += 1;
            }
            &buf[..n]
        }
        #[cfg(not(CONFIG_NET_INTERFACE_NAME))]
        &[]
    }

    /// Names the interface; false when names are not configured or `name` is too long.
    #[must_use]
    #[cfg_attr(not(CONFIG_NET_INTERFACE_NAME), allow(unused_variables))]
    pub fn set_name(self, name: &[u8]) -> bool {
        #[cfg(CONFIG_NET_INTERFACE_NAME)]
        {
            let cells = &self.0.config.name;
            if name.len() >= cells.len() || name.contains(&0) {
                return false;
            }
            for (cell, byte) in cells.iter().zip(name.iter().chain(core::iter::repeat(&0))) {
                cell.set(*byte);
            }
            true
        }
        #[cfg(not(CONFIG_NET_INTERFACE_NAME))]
        false
    }
}
