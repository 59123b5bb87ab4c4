// SPDX-License-Identifier: Apache-2.0
//! The Ethernet link: which frames are ours, and the header of those we send.
//!
//! Called by: `stack::rx`, `stack::tx`, `stack::neighbour`. Calls: `wire::ethernet`.

use crate::base::{DropReason, EthAddr};
use crate::buf::Pkt;
use crate::iface::{IfFlag, IfRef};
use crate::wire::ethernet::{HEADER_LEN, Header, ethertype};

/// Checks a received frame, notes its link addresses in the packet and pulls the header. Returns
/// the EtherType of what is left.
///
/// # Errors
/// The reason to drop the frame.
#[inline]
pub fn input(iface: IfRef, pkt: &mut Pkt) -> Result<u16, DropReason> {
    if !pkt.pull_up(HEADER_LEN) {
        return Err(DropReason::LinkTruncated);
    }
    let (header, _) = Header::parse(pkt.head()).ok_or(DropReason::LinkTruncated)?;
    if header.src.is_multicast() {
        return Err(DropReason::LinkBadSource);
    }
    if header.dst != iface.mac()
        && !header.dst.is_multicast()
        && !iface.flag_is_set(IfFlag::Promisc)
    {
        return Err(DropReason::LinkNotForUs);
    }
    if header.ethertype == ethertype::VLAN {
        return Err(DropReason::LinkUnknownProtocol);
    }
    pkt.set_lladdr_src(header.src);
    pkt.set_lladdr_dst(header.dst);
    pkt.set_ll_proto_type(header.ethertype);
    pkt.pull(HEADER_LEN);
    Ok(header.ethertype)
}

/// Puts the link header in front of `pkt`.
///
/// # Errors
/// [`DropReason::NoBuffer`] when there is neither room nor a buffer for it.
#[inline]
pub fn output(iface: IfRef, pkt: &mut Pkt, dst: EthAddr, kind: u16) -> Result<(), DropReason> {
    let header = Header { dst, src: iface.mac(), ethertype: kind };
    pkt.set_ll_proto_type(kind);
    match pkt.push(HEADER_LEN).and_then(|b| b.first_chunk_mut::<HEADER_LEN>()) {
        Some(room) => {
            header.emit(room);
            Ok(())
        }
        None => prepend(pkt, header),
    }
}

/// The header in a fragment of its own, for packets made without headroom.
#[cold]
fn prepend(pkt: &mut Pkt, header: Header) -> Result<(), DropReason> {
    let room = pkt.prepend(HEADER_LEN, 0).and_then(|b| b.first_chunk_mut::<HEADER_LEN>());
    header.emit(room.ok_or(DropReason::NoBuffer)?);
    Ok(())
}
