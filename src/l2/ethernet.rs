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
    let header = pkt.head().first_chunk().ok_or(DropReason::LinkTruncated)?;
    let (dst, src, kind) = Header::fields(header);
    let is_group = |address: u64| address & 1 != 0;
    if is_group(src) {
        return Err(DropReason::LinkBadSource);
    }
    if dst != iface.dev().link_addr.eth_bits()
        && !is_group(dst)
        && !iface.flag_is_set(IfFlag::Promisc)
    {
        return Err(DropReason::LinkNotForUs);
    }
    if kind == ethertype::VLAN {
        return Err(DropReason::LinkUnknownProtocol);
    }
    pkt.set_eth_bits(src, dst);
    pkt.set_ll_proto_type(kind);
    pkt.pull(HEADER_LEN);
    Ok(kind)
}

/// Puts the link header in front of `pkt`.
///
/// # Errors
/// [`DropReason::NoBuffer`] when there is neither room nor a buffer for it.
#[inline]
pub fn output(iface: IfRef, pkt: &mut Pkt, dst: EthAddr, kind: u16) -> Result<(), DropReason> {
    pkt.set_ll_proto_type(kind);
    match pkt.push(HEADER_LEN).and_then(|b| b.first_chunk_mut::<HEADER_LEN>()) {
        Some(room) => {
            Header::put(room, dst.to_bits(), iface.dev().link_addr.eth_bits(), kind);
            Ok(())
        }
        None if !cfg!(CONFIG_ZNET_LINK_PREPEND) => Err(DropReason::NoBuffer),
        None => prepend(pkt, Header { dst, src: iface.mac(), ethertype: kind }),
    }
}

/// The header in a fragment of its own, for packets made without headroom.
#[cold]
fn prepend(pkt: &mut Pkt, header: Header) -> Result<(), DropReason> {
    let room = pkt.prepend(HEADER_LEN, 0).and_then(|b| b.first_chunk_mut::<HEADER_LEN>());
    header.emit(room.ok_or(DropReason::NoBuffer)?);
    Ok(())
}
