// SPDX-License-Identifier: Apache-2.0
//! UDP over the Internet layer (RFC 768, RFC 1122 4.1).
//!
//! Called by: `stack::rx`, `stack::udp`. Calls: `wire::udp`.

use crate::base::DropReason;
#[cfg(CONFIG_NET_IPV4)]
use crate::base::Ipv4Addr;
#[cfg(CONFIG_NET_IPV6)]
use crate::base::Ipv6Addr;
use crate::buf::Pkt;
#[cfg(CONFIG_NET_IPV4)]
use crate::ip::v4::Info;
use crate::transport::sum_of;
use crate::wire::checksum::Sum;
use crate::wire::udp::{self, HEADER_LEN, Header};

/// Checks a received datagram, which starts where `pkt` does and has `sum_verified` when link or
/// driver vouch for it, cuts padding off and pulls the header. `info` is what IP found.
///
/// # Errors
/// The reason to drop it.
#[cfg(CONFIG_NET_IPV4)]
#[inline]
pub fn input_v4(pkt: &mut Pkt, info: &Info, sum_verified: bool) -> Result<Header, DropReason> {
    let available = pkt.len();
    if !pkt.pull_up(HEADER_LEN) {
        return Err(DropReason::UdpMalformed);
    }
    let header = Header::parse(pkt.head(), available)?;
    if header.dst_port == 0 {
        return Err(DropReason::UdpBadPort);
    }
    if (header.len as usize) < available {
        pkt.truncate(header.len as usize);
    }
    if header.checksum == 0 {
        // RFC 768: the sender made none. RFC 1122, 4.1.3.4 leaves it to us to refuse; our own, left
        // to hardware that a packet to ourselves does not pass, is no reason.
        if !cfg!(CONFIG_NET_UDP_MISSING_CHECKSUM) && !info.local {
            return Err(DropReason::UdpBadChecksum);
        }
    } else if cfg!(CONFIG_NET_UDP_CHECKSUM)
        && !sum_verified
        && !udp::is_valid_ipv4(info.src, info.dst, header.len, sum_of(pkt))
    {
        return Err(DropReason::UdpBadChecksum);
    }
    pkt.pull(HEADER_LEN);
    Ok(header)
}

/// Puts the header in front of a payload whose sum is `payload`; `None` asks for no checksum here
/// because the hardware makes it.
///
/// # Errors
/// [`DropReason::NoBuffer`] when there is no room in front, [`DropReason::TooBig`] past 65,535 bytes.
#[cfg(CONFIG_NET_IPV4)]
#[inline]
pub fn output_v4(
    pkt: &mut Pkt,
    src: (Ipv4Addr, u16),
    dst: (Ipv4Addr, u16),
    payload: Option<Sum>,
) -> Result<(), DropReason> {
    let len = u16::try_from(pkt.len() + HEADER_LEN).map_err(|_| DropReason::TooBig)?;
    let mut header = Header { src_port: src.1, dst_port: dst.1, len, checksum: 0 };
    if let Some(sum) = payload {
        header.checksum = header.checksum_ipv4(src.0, dst.0, sum);
    }
    let room = pkt.push(HEADER_LEN).and_then(|b| b.first_chunk_mut::<HEADER_LEN>());
    header.emit(room.ok_or(DropReason::NoBuffer)?);
    Ok(())
}

/// As [`input_v4`], over IPv6, where a datagram without a checksum is none (RFC 8200, 8.1).
///
/// # Errors
/// The reason to drop it.
#[cfg(CONFIG_NET_IPV6)]
#[inline]
pub fn input_v6(
    pkt: &mut Pkt,
    info: &crate::ip::v6::Info,
    sum_verified: bool,
) -> Result<Header, DropReason> {
    let available = pkt.len();
    if !pkt.pull_up(HEADER_LEN) {
        return Err(DropReason::UdpMalformed);
    }
    let header = Header::parse(pkt.head(), available)?;
    if header.dst_port == 0 {
        return Err(DropReason::UdpBadPort);
    }
    if usize::from(header.len) < available {
        pkt.truncate(header.len.into());
    }
    // Our own, left to hardware that a packet to ourselves does not pass, may have none.
    let missing = header.checksum == 0 && !info.local;
    let wrong = || !udp::is_valid_ipv6(info.src, info.dst, header.len, sum_of(pkt));
    if missing || cfg!(CONFIG_NET_UDP_CHECKSUM) && !sum_verified && wrong() {
        return Err(DropReason::UdpBadChecksum);
    }
    pkt.pull(HEADER_LEN);
    Ok(header)
}

/// As [`output_v4`], over IPv6.
///
/// # Errors
/// [`DropReason::NoBuffer`] when there is no room in front, [`DropReason::TooBig`] past 65,535 bytes.
#[cfg(CONFIG_NET_IPV6)]
#[inline]
pub fn output_v6(
    pkt: &mut Pkt,
    src: (Ipv6Addr, u16),
    dst: (Ipv6Addr, u16),
    payload: Option<Sum>,
) -> Result<(), DropReason> {
    let len = u16::try_from(pkt.len() + HEADER_LEN).map_err(|_| DropReason::TooBig)?;
    let mut header = Header { src_port: src.1, dst_port: dst.1, len, checksum: 0 };
    if let Some(sum) = payload {
        header.checksum = header.checksum_ipv6(src.0, dst.0, sum);
    }
    let room = pkt.push(HEADER_LEN).and_then(|b| b.first_chunk_mut::<HEADER_LEN>());
    header.emit(room.ok_or(DropReason::NoBuffer)?);
    Ok(())
}
