// SPDX-License-Identifier: Apache-2.0
//! The host end of an interface: a descriptor that carries Ethernet frames.
//!
//! Called by `driver`; calls `tap`, `packet` and `unix`, which know the three kinds.

use super::packet::{self, Packet};
use super::segment;
use super::spec::Spec;
use super::sys;
use super::tap::{self, Tap};
use super::unix::Unix;
use std::boxed::Box;
use std::format;
use std::io::{self, IoSlice};
use std::os::fd::RawFd;
use std::string::String;
use std::time::Duration;
use std::vec;
use std::vec::Vec;

/// Frames one [`Link::receive`] takes at most.
pub const BATCH: usize = 16;
/// Bytes before the frame in a slot: room for a VLAN tag to put back, kept a multiple of the alignment.
const HEADROOM: usize = 16;
/// Bytes of a slot: the largest frame of a 1,500-byte MTU with two VLAN tags, and some more.
const SLOT: usize = 2048;
/// The same where frames come before segmentation: the largest IP packet, and headers before it.
pub(super) const SUPER_SLOT: usize = 66_048;
/// How long a send waits for a slow reader before the frame is lost.
pub(super) const SEND_PATIENCE: Duration = Duration::from_millis(20);
/// Pieces of a frame that one system call gathers.
pub const PIECES_MAX: usize = 64;

/// One kind of link.
pub(super) trait Host: Send + Sync {
    /// The descriptor to wait on.
    fn fd(&self) -> RawFd;
    /// Largest payload of a frame, without the Ethernet header.
    fn mtu(&self) -> usize;
    /// Longest frame that may come, with room for corrections.
    fn slot(&self) -> usize {
        SLOT
    }
    /// Reads the frames that are there into `slots`, [`BATCH`] at most, and returns their number. Does not wait.
    fn receive(&self, slots: &mut Slots) -> io::Result<usize>;
    /// Sends the frame made of `pieces`, [`PIECES_MAX`] at most. Waits [`SEND_PATIENCE`] at most for the other side.
    fn send(&self, pieces: &[IoSlice<'_>]) -> io::Result<()>;
}

/// An open link.
pub struct Link {
    host: Box<dyn Host>,
    description: String,
    /// The host's interface at this end, if it is one.
    interface: Option<String>,
}

/// What [`Link::receive`] saw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Frames handed to the caller.
    pub frames: usize,
    /// Frames longer than the link's MTU allows, dropped.
    pub oversize: usize,
}

impl Link {
    /// Opens what `spec` names; `tun_device` is the path of the TUN/TAP control device. The error is a sentence
    /// that says what to do.
    pub fn open(spec: &Spec, tun_device: &str) -> Result<Link, String> {
        match spec {
            Spec::Tap(name) => {
                Self::tap(name, tun_device).map_err(|e| tap::explain(name, tun_device, &e))
            }
            Spec::Packet(name) => Self::packet(name).map_err(|e| packet::explain(name, &e)),
            Spec::Unix { own, peer } => {
                let host = Unix::open(own, peer)
                    .map_err(|e| format!("cannot bind the unix socket {}: {e}", own.display()))?;
                let description = format!("unix:{},{}", own.display(), peer.display());
                Ok(Link { host: Box::new(host), description, interface: None })
            }
            Spec::Named(name) => Self::tap(name, tun_device).or_else(|no_tap| {
                // No TAP, or no right to make one: an interface of another sort may have this name.
                Self::packet(name).map_err(|no_packet| {
                    let why = tap::explain(name, tun_device, &no_tap);
                    match sys::interface_index(name) {
                        Ok(_) => format!("{why}; {}", packet::explain(name, &no_packet)),
                        Err(_) => why,
                    }
                })
            }),
        }
    }

    fn tap(name: &str, tun_device: &str) -> io::Result<Link> {
        let host = Box::new(Tap::open(name, tun_device)?);
        Ok(Link { host, description: format!("tap:{name}"), interface: Some(name.into()) })
    }

    fn packet(name: &str) -> io::Result<Link> {
        let host = Box::new(Packet::open(name)?);
        Ok(Link { host, description: format!("packet:{name}"), interface: Some(name.into()) })
    }

    /// Largest payload of a frame on this link, in bytes, without the Ethernet header.
    pub fn mtu(&self) -> usize {
        self.host.mtu()
    }

    /// Kind and name, as `--eth-if` would have them.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The host's interface, when somebody still has to set it up before frames pass.
    pub fn interface_down(&self) -> Option<&str> {
        let name = self.interface.as_deref()?;
        sys::interface_is_up(name).is_ok_and(|up| !up).then_some(name)
    }

    /// Waits until frames are there, or something happened to the link; false when `patience` was over first.
    pub fn wait(&self, patience: Option<Duration>) -> io::Result<bool> {
        let mut fd = libc::pollfd { fd: self.host.fd(), events: libc::POLLIN, revents: 0 };
        let millis = patience.map_or(-1, |p| i32::try_from(p.as_millis()).unwrap_or(i32::MAX));
        // SAFETY: one descriptor, open as long as `self` lives.
        let ready = unsafe { libc::poll(&mut fd, 1, millis) };
        if ready < 0 { Err(io::Error::last_os_error()) } else { Ok(ready > 0) }
    }

    /// Hands the frames that are there, [`BATCH`] at most, to `deliver`. Does not wait.
    pub fn receive(
        &self,
        slots: &mut Slots,
        mut deliver: impl FnMut(&[u8]),
    ) -> io::Result<Received> {
        let mut seen = Received::default();
        slots.make_room(self.host.slot());
        for index in 0..self.host.receive(slots)? {
            let mut space = [0; SLOT];
            match (slots.frame(index), slots.segment(index)) {
                (Some(frame), 0) => {
                    seen.frames += 1;
                    deliver(frame);
                }
                (Some(frame), size) => {
                    let one = |frame: &[u8]| {
                        seen.frames += 1;
                        deliver(frame);
                    };
                    if !segment::cut(frame, size, &mut space, one) {
                        seen.oversize += 1;
                    }
                }
                (None, _) => seen.oversize += 1,
            }
        }
        Ok(seen)
    }

    /// Sends the frame made of `pieces`, [`PIECES_MAX`] at most. Waits a moment at most when the other side is slow.
    pub fn send(&self, pieces: &[IoSlice<'_>]) -> io::Result<()> {
        self.host.send(pieces)
    }
}

/// Memory that [`Link::receive`] fills.
pub struct Slots {
    /// One slot behind the other.
    memory: Vec<u8>,
    /// Bytes of a slot.
    size: usize,
    /// Where each frame begins and ends in its slot; an end beyond the slot is a frame that did not fit.
    spans: [(usize, usize); BATCH],
    /// Into pieces of how many bytes of TCP data each frame is to be cut; 0 for one that is as it should be.
    segments: [usize; BATCH],
}

impl Slots {
    /// Empty slots.
    pub fn new() -> Self {
        let mut slots =
            Slots { memory: Vec::new(), size: 0, spans: [(0, 0); BATCH], segments: [0; BATCH] };
        slots.make_room(SLOT);
        slots
    }

    /// Makes the slots at least `size` bytes long each.
    fn make_room(&mut self, size: usize) {
        if self.size < size {
            self.size = size;
            self.memory = vec![0; size * BATCH];
        }
    }

    fn slot(&mut self, index: usize) -> &mut [u8] {
        &mut self.memory[index * self.size..(index + 1) * self.size]
    }

    /// Where frame `index` is to be written.
    pub(super) fn space(&mut self, index: usize) -> &mut [u8] {
        &mut self.slot(index)[HEADROOM..]
    }

    /// Says that `len` bytes arrived in slot `index`, or would have.
    pub(super) fn set_len(&mut self, index: usize, len: usize) {
        self.spans[index] = (HEADROOM, HEADROOM + len);
        self.segments[index] = 0;
    }

    /// Says that the frame in slot `index` is to be cut into segments with `size` bytes of data.
    pub(super) fn set_segment(&mut self, index: usize, size: usize) {
        self.segments[index] = size;
    }

    /// What [`set_segment`](Self::set_segment) said.
    fn segment(&self, index: usize) -> usize {
        self.segments[index]
    }

    /// Frame `index`; `None` when it was too long.
    fn frame(&self, index: usize) -> Option<&[u8]> {
        let (start, end) = self.spans[index];
        self.memory[index * self.size..(index + 1) * self.size].get(start..end)
    }

    /// Frame `index` for corrections; `None` when it was too long.
    pub(super) fn frame_mut(&mut self, index: usize) -> Option<&mut [u8]> {
        let (start, end) = self.spans[index];
        self.slot(index).get_mut(start..end)
    }

    /// Where the slots' free space is, for calls that fill several at once.
    pub(super) fn spaces(&mut self) -> impl Iterator<Item = &mut [u8]> {
        self.memory.chunks_exact_mut(self.size).map(|slot| &mut slot[HEADROOM..])
    }

    /// Puts a VLAN tag back between the addresses and the type of frame `index`.
    pub(super) fn insert_vlan(&mut self, index: usize, protocol: u16, tci: u16) {
        const ADDRESSES: usize = 12;
        const TAG: usize = 4;
        let (start, end) = self.spans[index];
        if start < TAG || end - start < ADDRESSES {
            return;
        }
        let slot = self.slot(index);
        let new = start - TAG;
        slot.copy_within(start..start + ADDRESSES, new);
        let tag = new + ADDRESSES;
        slot[tag..tag + 2].copy_from_slice(&protocol.to_be_bytes());
        slot[tag + 2..tag + 4].copy_from_slice(&tci.to_be_bytes());
        self.spans[index].0 = new;
    }
}

impl Default for Slots {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vlan_tag_goes_back_between_addresses_and_type() {
        let mut slots = Slots::new();
        let frame: std::vec::Vec<u8> = (0..20).collect();
        slots.space(0)[..20].copy_from_slice(&frame);
        slots.set_len(0, 20);
        slots.insert_vlan(0, 0x8100, 0x0123);
        let tagged = slots.frame(0).expect("fits");
        assert_eq!(tagged[..12], frame[..12]);
        assert_eq!(tagged[12..16], [0x81, 0x00, 0x01, 0x23]);
        assert_eq!(tagged[16..], frame[12..]);
    }

    #[test]
    fn a_frame_beyond_its_slot_is_not_handed_out() {
        let mut slots = Slots::new();
        slots.set_len(3, 65_000);
        assert!(slots.frame(3).is_none());
        slots.insert_vlan(3, 0x8100, 1);
        assert!(slots.frame(3).is_none());
    }
}
