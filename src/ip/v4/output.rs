// SPDX-License-Identifier: Apache-2.0
//! The IPv4 header of packets sent.
//!
//! Called by: `stack::tx`. Calls: `wire::ipv4`.

use crate::base::{DropReason, Ipv4Addr};
use crate::buf::Pkt;
use crate::wire::ipv4::{HEADER_LEN, Repr};

/// What a header is made of.
#[derive(Clone, Copy, Debug)]
pub struct Params {
    /// Source address.
    pub src: Ipv4Addr,
    /// Destination address.
    pub dst: Ipv4Addr,
    /// Protocol number of the payload.
    pub protocol: u8,
    /// Time to live, 1 to 255.
    pub ttl: u8,
    /// DSCP and ECN.
    pub tos: u8,
    /// Identification; only fragments need it (RFC 6864).
    pub ident: u16,
    /// Don't-fragment is set.
    pub whole: bool,
}

/// Puts a header in front of `pkt`, whose content is the payload.
///
/// Don't-fragment is set, unless the sender does not want that: nothing here fragments, and routers on the
/// way shall say so instead (RFC 1191, 3).
///
/// # Errors
/// [`DropReason::TooBig`] past 65,535 bytes, [`DropReason::NoBuffer`] without room in front.
#[inline]
pub fn output(pkt: &mut Pkt, params: Params) -> Result<(), DropReason> {
    let payload_len = u16::try_from(pkt.len()).map_err(|_| DropReason::TooBig)?;
    if payload_len > u16::MAX - HEADER_LEN as u16 {
        return Err(DropReason::TooBig);
    }
    let repr = Repr {
        src: params.src,
        dst: params.dst,
        protocol: params.protocol,
        payload_len,
        ttl: params.ttl,
        tos: params.tos,
        ident: params.ident,
        dont_fragment: params.whole,
        more_fragments: false,
        fragment_offset: 0,
    };
    let room = pkt.push(HEADER_LEN).and_then(|b| b.first_chunk_mut::<HEADER_LEN>());
    repr.emit(room.ok_or(DropReason::NoBuffer)?);
    Ok(())
}
