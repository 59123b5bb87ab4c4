// SPDX-License-Identifier: Apache-2.0
//! What reading messages of neighbour and listener discovery has in common.
//!
//! Called by: `stack::v6::{neighbour, router, mld}`.

use crate::base::DropReason;
use crate::buf::Pkt;
use crate::ip::v6::Info;
use crate::wire::ndp::HOP_LIMIT;

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
    let mut bytes = [0; MAX_GATHERED];
    if pkt.len() > bytes.len() {
        return Err(DropReason::NdMalformed);
    }
    let len = pkt.copy_out(0, &mut bytes);
    read(bytes.get(..len).unwrap_or(&[]))
}

/// What all messages must have (RFC 4861, 6.1, 7.1 and 8.1): they were not forwarded, and their code
/// is zero.
pub(super) fn check(pkt: &Pkt, info: &Info) -> Verdict {
    let code = pkt.head().get(1).copied().unwrap_or(0);
    if info.hop_limit != HOP_LIMIT || code != 0 { Err(DropReason::NdInvalid) } else { Ok(()) }
}
