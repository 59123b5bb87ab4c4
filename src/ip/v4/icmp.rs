// SPDX-License-Identifier: Apache-2.0
//! ICMP as a host owes it (RFC 792, RFC 1122 3.2.2).
//!
//! Called by: `stack::rx`. Calls: `wire::icmpv4`. What is to be sent is returned as a packet.

use super::input::{Cast, Info};
use crate::base::DropReason;
use crate::buf::Pkt;
use crate::wire::checksum::update_u16;
use crate::wire::icmpv4;
use crate::wire::ipv4::protocol;

/// True when RFC 1122, 3.2.2 allows an error in answer to this packet. `link_group` tells that the
/// frame was a link-layer broadcast or multicast. `pkt` starts at the IP header.
pub fn may_answer_with_error(pkt: &Pkt, info: &Info, link_group: bool) -> bool {
    let src = info.src.octets();
    let single = src[0] != 0 && src[0] < 224 && (info.local || !info.src.is_loopback());
    if info.cast != Cast::Unicast || link_group || !single {
        return false;
    }
    if info.protocol != protocol::ICMP {
        return true;
    }
    // Queries may be answered with an error, errors never.
    pkt.head().get(info.header_len as usize).is_some_and(|&kind| !icmpv4::is_error(kind))
}

/// Turns an echo request, ICMP header first, into its reply.
///
/// # Errors
/// [`DropReason::IcmpMalformed`] when it is short.
pub fn echo_reply(pkt: &mut Pkt) -> Result<(), DropReason> {
    let head = pkt.head_mut().and_then(|h| h.first_chunk_mut::<8>());
    let head = head.ok_or(DropReason::IcmpMalformed)?;
    let [kind, code, c0, c1, ..] = head;
    let old = u16::from_be_bytes([*kind, *code]);
    *kind = icmpv4::kind::ECHO_REPLY;
    let new = u16::from_be_bytes([*kind, *code]);
    let sum = match update_u16(u16::from_be_bytes([*c0, *c1]), old, new) {
        // Now all the rest may be zero, and then only all ones is right; it is never wrong.
        0 => 0xffff,
        sum => sum,
    };
    [*c0, *c1] = sum.to_be_bytes();
    Ok(())
}
