// SPDX-License-Identifier: Apache-2.0
//! What reading messages of neighbour and listener discovery has in common.
//!
//! Called by: `stack::v6::{neighbour, router, mld}`.

use crate::base::DropReason;
use crate::buf::Pkt;
#[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
use crate::ip::v6::Info;
use crate::wire::icmpv6::kind;
#[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
use crate::wire::ndp::HOP_LIMIT;
use crate::wire::ndp::{REDIRECT_LEN, option};

/// What a received message comes to.
pub(super) type Verdict = Result<(), DropReason>;

/// Longest message that is read when it lies in pieces; a longer one comes from nobody who means well.
const MAX_GATHERED: usize = 512;

/// Runs `read` on the message in `pkt`, in one piece.
pub(super) fn with_message<R>(
    pkt: &Pkt,
    read: impl FnOnce(&[u8]) -> Result<R, DropReason>,
) -> Result<R, DropReason> {
    if pkt.is_linear() {
        return read(pkt.head());
    }
    gathered(pkt, read)
}

/// The same for a message in pieces; out of line for the sake of the stack of those that are not.
#[inline(never)]
fn gathered<R>(
    pkt: &Pkt,
    read: impl FnOnce(&[u8]) -> Result<R, DropReason>,
) -> Result<R, DropReason> {
    let mut bytes = [0; MAX_GATHERED];
    read(gather(pkt, &mut bytes).ok_or(DropReason::NdMalformed)?)
}

/// The part of it that is the same for all readers. `None` when it is too long.
fn gather<'a>(pkt: &Pkt, bytes: &'a mut [u8; MAX_GATHERED]) -> Option<&'a [u8]> {
    let len = match pkt.len() {
        len if len <= bytes.len() => pkt.copy_out(0, bytes),
        _ => without_quote(pkt, bytes)?,
    };
    bytes.get(..len)
}

/// A redirect fills up 1,280 bytes with the packet that caused it (RFC 4861, 4.6.3), which nobody reads
/// here: copies all of it but that, and says how much it is. `None` for what is no such redirect.
fn without_quote(pkt: &Pkt, out: &mut [u8]) -> Option<usize> {
    let mut filled = pkt.copy_out(0, out.get_mut(..REDIRECT_LEN)?);
    if out.first() != Some(&kind::REDIRECT) {
        return None;
    }
    let (mut at, mut head) = (filled, [0; 2]);
    while at < pkt.len() {
        pkt.copy_out(at, &mut head);
        let len = usize::from(head[1]) * 8;
        if len == 0 || at + len > pkt.len() {
            return None;
        }
        if head[0] != option::REDIRECTED {
            filled += pkt.copy_out(at, out.get_mut(filled..filled + len)?);
        }
        at += len;
    }
    Some(filled)
}

/// What all messages must have (RFC 4861, 6.1, 7.1 and 8.1): they were not forwarded, and their code
/// is zero.
#[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
pub(super) fn check(pkt: &Pkt, info: &Info) -> Verdict {
    let code = pkt.head().get(1).copied().unwrap_or(0);
    if info.hop_limit != HOP_LIMIT || code != 0 { Err(DropReason::NdInvalid) } else { Ok(()) }
}
