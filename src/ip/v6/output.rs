// SPDX-License-Identifier: Apache-2.0
//! The IPv6 header of packets sent.
//!
//! Called by: `stack::tx_v6`. Calls: `wire::ipv6`.

use crate::base::DropReason;
use crate::buf::Pkt;
use crate::wire::ipv6::{HEADER_LEN, Repr};

/// Puts a header in front of `pkt`, whose content is the payload; `repr` needs no payload length.
///
/// # Errors
/// [`DropReason::TooBig`] past 65,535 bytes of payload, [`DropReason::NoBuffer`] without room in
/// front.
#[inline]
pub fn output(pkt: &mut Pkt, repr: Repr) -> Result<(), DropReason> {
    let payload_len = u16::try_from(pkt.len()).map_err(|_| DropReason::TooBig)?;
    let room = pkt.push(HEADER_LEN).and_then(|b| b.first_chunk_mut::<HEADER_LEN>());
    Repr { payload_len, ..repr }.emit(room.ok_or(DropReason::NoBuffer)?);
    Ok(())
}
