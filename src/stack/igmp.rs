// SPDX-License-Identifier: Apache-2.0
//! Telling routers which IPv4 groups this host is in (RFC 9776; RFC 2236 and RFC 1112 where a router
//! knows no better).
//!
//! Called by: `stack::{rx_v4, membership, timers}`, `capi::igmp`. Calls: `ip::groups`, which decides
//! what is sent and when; `stack::tx_v4`.

use super::tx::HEADROOM;
use super::{Env, Event, Stack};
use crate::base::{DropReason, Duration, Error, Instant, Ipv4Addr, Result, list};
use crate::buf::{NO_WAIT, Pkt};
use crate::config;
use crate::iface::{IF_MAX, IfRef, L2Kind};
use crate::ip::groups::{self, Due, Said, Version, Why, state_of};
use crate::ip::v4::{Hop, Info};
use crate::transport::sum_of;
use crate::wire::checksum::Sum;
use crate::wire::igmp::{self, HEADER_LEN, Header, Record, kind};
use crate::wire::ipv4::{self, Repr, option, protocol};

/// Senders a group's filter can name.
pub const SOURCES: usize = config::NET_IF_MCAST_IPV4_SOURCE_COUNT;
/// As many groups as the interfaces have places for.
const GROUPS: usize = {
    let places = config::NET_IF_MCAST_IPV4_ADDR_COUNT * IF_MAX;
    if places == 0 { 1 } else { places }
};

/// Which senders to a group are wanted.
pub type Filter = groups::Filter<Ipv4Addr, SOURCES>;
pub(super) type Groups = groups::Groups<Ipv4Addr, GROUPS, IF_MAX, SOURCES>;

/// All routers that speak version 3 (RFC 9776, 4.2.14).
const ALL_V3_ROUTERS: Ipv4Addr = Ipv4Addr::new(224, 0, 0, 22);
/// All routers, who are told that a group is left in version 2 (RFC 2236, 3).
const ALL_ROUTERS: Ipv4Addr = Ipv4Addr::new(224, 0, 0, 2);
/// All hosts: joined for good and never reported (RFC 9776, 6).
const ALL_HOSTS: Ipv4Addr = Ipv4Addr::new(224, 0, 0, 1);
/// Tells routers to look at the packet though it is not for them (RFC 2113).
const ROUTER_ALERT: [u8; 4] = [option::ROUTER_ALERT, 4, 0, 0];
/// Bytes of the IPv4 header with that option.
const IP_LEN: usize = ipv4::HEADER_LEN + ROUTER_ALERT.len();
/// Longest message of one group or of a query's head.
const QUERY_HEAD: usize = 12;
/// Time to answer in that version 1 leaves unsaid (RFC 2236, 4).
const V1_RESPONSE: Duration = Duration::from_secs(10);

/// No groups yet.
pub(super) const fn groups() -> Groups {
    Groups::new(if cfg!(CONFIG_NET_IPV4_IGMPV3) { Version::V3 } else { Version::V2 })
}

impl Stack {
    /// Joins `group` on `iface` for one more user; with the first routers are told, and monitors and
    /// the hardware's filter by an event. `filter` says for which senders.
    ///
    /// # Errors
    /// [`Error::NoMem`] when the interface has no room for another group.
    pub fn ipv4_group_join(
        &mut self,
        iface: IfRef,
        group: Ipv4Addr,
        filter: Filter,
    ) -> Result<bool> {
        let first = iface.ipv4_group_join(group).ok_or(Error::NoMem)?;
        if filter != Filter::ALL && group != ALL_HOSTS && iface.l2_kind() != L2Kind::Loopback {
            self.igmp.join(iface.index(), group, filter);
            self.effects.deadline(Instant::ZERO);
        } else if first {
            self.report_group(iface, group);
        }
        if first {
            self.effects.event(Event::Ipv4Group { iface: iface.index(), group, joined: true });
        }
        Ok(first)
    }

    /// Leaves `group` for one user; with the last, routers and monitors are told.
    ///
    /// # Errors
    /// [`Error::NoEnt`] when the interface is not in the group.
    pub fn ipv4_group_leave(&mut self, iface: IfRef, group: Ipv4Addr) -> Result<()> {
        let last = iface.ipv4_group_leave(group).ok_or(Error::NoEnt)?;
        if last {
            self.igmp.leave(iface.index(), group);
            self.effects.deadline(Instant::ZERO);
            self.effects.event(Event::Ipv4Group { iface: iface.index(), group, joined: false });
        }
        Ok(())
    }

    /// The interface has come up: whoever listens there does not know our groups.
    pub fn igmp_rejoin(&mut self, iface: IfRef) {
        self.igmp.rejoin(iface.index());
        self.effects.deadline(Instant::ZERO);
    }

    /// The interface has gone down: nothing is to be told there.
    pub fn igmp_forget(&mut self, iface: IfRef) {
        self.igmp.forget(iface.index());
    }

    /// Tells that a group is joined, and for which senders.
    pub(super) fn report_group(&mut self, iface: IfRef, group: Ipv4Addr) {
        if group != ALL_HOSTS && iface.l2_kind() != L2Kind::Loopback {
            let filter = self.merged_filter(iface, group);
            self.igmp.join(iface.index(), group, filter);
            self.effects.deadline(Instant::ZERO);
        }
    }

    /// The senders to a group that its users want together.
    fn merged_filter(&self, iface: IfRef, group: Ipv4Addr) -> Filter {
        #[cfg(CONFIG_ZNET_MCAST_FILTERS)]
        {
            let users = iface.ipv4_group(group).map_or(0, |slot| slot.users.get());
            let group = crate::base::IpAddr::V4(group);
            self.memberships.merged(iface.index(), group, users, Filter::ALL, |ip| ip.v4())
        }
        #[cfg(not(CONFIG_ZNET_MCAST_FILTERS))]
        {
            let _ = (iface, group);
            Filter::ALL
        }
    }

    /// Takes an IGMP message; `pkt` starts at the IP header.
    #[cold]
    pub(super) fn rx_igmp(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt, info: Info) {
        pkt.pull(usize::from(info.header_len));
        match self.hear_igmp(env, iface, &pkt, &info) {
            Ok(()) => self.effects.free(pkt),
            Err(reason) => self.discard(reason, pkt),
        }
    }

    fn hear_igmp(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        pkt: &Pkt,
        info: &Info,
    ) -> core::result::Result<(), DropReason> {
        let mut head = [0; QUERY_HEAD];
        let len = pkt.copy_out(0, &mut head);
        let header = Header::parse(head.get(..len).unwrap_or(&[]));
        let header = header.map_err(|_| DropReason::IgmpMalformed)?;
        // RFC 9776, 4: what has come over a router was not meant for this network.
        if info.ttl != 1 {
            return Err(DropReason::IgmpMalformed);
        }
        if !sum_of(pkt).is_valid() {
            return Err(DropReason::IgmpBadChecksum);
        }
        match header.kind {
            kind::QUERY => self.igmp_query(env, iface, &header, &head, pkt),
            kind::REPORT_V1 | kind::REPORT_V2 => {
                self.igmp.heard(env.now(), iface.index(), header.group);
                Ok(())
            }
            kind::LEAVE | kind::REPORT_V3 => Ok(()),
            _ => Err(DropReason::IgmpUnknownType),
        }
    }

    /// Which version a query is of, its length and time tell (RFC 9776, 7.1).
    fn igmp_query(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        header: &Header,
        head: &[u8; QUERY_HEAD],
        pkt: &Pkt,
    ) -> core::result::Result<(), DropReason> {
        let tenths = |n: u16| Duration::from_millis(u64::from(n) * 100);
        let (len, mut asked) = (pkt.len(), 0);
        let (version, within) = match (len, header.max_resp) {
            (HEADER_LEN, 0) => (Version::V1, V1_RESPONSE),
            (HEADER_LEN, code) => (Version::V2, tenths(code.into())),
            (QUERY_HEAD.., code) => {
                let sources = usize::from(u16::from_be_bytes([head[10], head[11]]));
                if QUERY_HEAD + sources * 4 > len {
                    return Err(DropReason::IgmpMalformed);
                }
                asked = sources;
                (Version::V3, tenths(igmp::decode_time(code)))
            }
            _ => return Err(DropReason::IgmpMalformed),
        };
        let group = (!header.group.is_unspecified()).then_some(header.group);
        let source = |at: usize| {
            let mut octets = [0; 4];
            pkt.copy_out(QUERY_HEAD + at * 4, &mut octets);
            Ipv4Addr::from(octets)
        };
        let sources = (0..asked).map(source);
        self.igmp.query(env.now(), random(env), iface.index(), version, group, sources, within);
        if let Some(at) = self.igmp.deadline() {
            self.effects.deadline(at);
        }
        Ok(())
    }

    /// Sends what is due.
    pub(super) fn igmp_timers(&mut self, env: &dyn Env) {
        while let Some(due) = self.igmp.poll(env.now(), random(env)) {
            match due {
                Due::All { iface } => self.report_all(env, iface),
                Due::Report { iface, group, records, why, version } => {
                    let Some(iface) = self.ifaces.get(iface) else { continue };
                    match version {
                        Version::V3 => {
                            let records = records.iter().map(|said| (group, said));
                            self.report_v3(env, iface, records);
                        }
                        _ => self.report_old(env, iface, group, why, version),
                    }
                }
            }
        }
    }

    /// When [`igmp_timers`](Self::igmp_timers) has something to do next.
    pub(super) fn igmp_deadline(&self) -> Option<Instant> {
        self.igmp.deadline()
    }

    /// True when packets to `group` from `source` are wanted.
    pub(super) fn wants_source(&self, iface: IfRef, group: Ipv4Addr, source: Ipv4Addr) -> bool {
        !cfg!(CONFIG_NET_IPV4_IGMPV3) || self.igmp.passes(iface.index(), group, &source)
    }

    /// Answers a question about all groups.
    fn report_all(&mut self, env: &dyn Env, index: u8) {
        let Some(iface) = self.ifaces.get(index) else { return };
        let states: heapless::Vec<(Ipv4Addr, Said<Ipv4Addr, SOURCES>), GROUPS> =
            list::gather(self.igmp.of(index).map(|(group, filter)| (group, state_of(filter))));
        let most = (usize::from(iface.mtu()).saturating_sub(IP_LEN + HEADER_LEN)
            / (Record::LEN + 4 * SOURCES))
            .max(1);
        for states in states.chunks(most) {
            self.report_v3(env, iface, states.iter().map(|(group, said)| (*group, said)));
        }
    }

    fn report_v3<'a>(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        records: impl Iterator<Item = (Ipv4Addr, &'a Said<Ipv4Addr, SOURCES>)> + Clone,
    ) {
        let count = records.clone().count();
        let sources: usize = records.clone().map(|(_, (_, sources))| sources.len()).sum();
        let len = HEADER_LEN + count * Record::LEN + sources * 4;
        let Some(mut pkt) = self.pools.get().alloc_tx(HEADROOM, len, NO_WAIT) else {
            return self.count(DropReason::NoBuffer);
        };
        let mut header = [0; HEADER_LEN];
        igmp::emit_report_v3(count as u16, &mut header);
        let mut written = pkt.append(&header);
        for (group, (kind, sources)) in records {
            let mut record = [0; Record::LEN];
            Record { kind: *kind, sources: sources.len() as u16, group }.emit(&mut record);
            written += pkt.append(&record);
            for source in sources {
                written += pkt.append(&source.octets());
            }
        }
        self.send_igmp(env, iface, ALL_V3_ROUTERS, pkt, written);
    }

    fn report_old(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        group: Ipv4Addr,
        why: Why,
        version: Version,
    ) {
        let (kind, to) = match (why, version) {
            (Why::Left, _) => (kind::LEAVE, ALL_ROUTERS),
            (_, Version::V1) => (kind::REPORT_V1, group),
            _ => (kind::REPORT_V2, group),
        };
        let Some(mut pkt) = self.pools.get().alloc_tx(HEADROOM, HEADER_LEN, NO_WAIT) else {
            return self.count(DropReason::NoBuffer);
        };
        let mut bytes = [0; HEADER_LEN];
        Header { kind, max_resp: 0, checksum: 0, group }.emit(&mut bytes);
        let written = pkt.append(&bytes);
        self.send_igmp(env, iface, to, pkt, written);
    }

    /// Sends a message of `len` bytes whose checksum is missing.
    fn send_igmp(&mut self, env: &dyn Env, iface: IfRef, to: Ipv4Addr, mut pkt: Pkt, len: usize) {
        let [c0, c1] = sum_of(&pkt).finish().to_be_bytes();
        if pkt.len() != len
            || !pkt.copy_in(2, &[c0, c1])
            || put_header(iface, to, &mut pkt).is_none()
        {
            return self.discard(DropReason::NoBuffer, pkt);
        }
        pkt.set_family(super::tx::AF_INET);
        pkt.set_iface(iface.as_ptr().cast());
        self.link_output_v4_apart(env, iface, Hop::Group(to), pkt);
    }
}

/// Puts a header with the router alert option in front. A host without an address yet speaks from
/// 0.0.0.0 (RFC 9776, 4.2.13).
fn put_header(iface: IfRef, to: Ipv4Addr, pkt: &mut Pkt) -> Option<()> {
    let payload = pkt.len();
    let out = pkt.push(IP_LEN)?;
    let (fixed, options) = out.split_first_chunk_mut::<{ ipv4::HEADER_LEN }>()?;
    options.copy_from_slice(&ROUTER_ALERT);
    Repr {
        src: iface.ipv4_select_src(to).unwrap_or(Ipv4Addr::UNSPECIFIED),
        dst: to,
        protocol: protocol::IGMP,
        payload_len: (payload + ROUTER_ALERT.len()) as u16,
        ttl: 1,
        tos: 0xc0,
        ident: 0,
        dont_fragment: true,
        more_fragments: false,
        fragment_offset: 0,
    }
    .emit_without_checksum(fixed);
    fixed[0] = 0x40 | (IP_LEN / 4) as u8;
    let [c0, c1] = Sum::of(out).finish().to_be_bytes();
    out.get_mut(10..12)?.copy_from_slice(&[c0, c1]);
    Some(())
}

/// Spreads reports in time; without entropy they come late, not never.
fn random(env: &dyn Env) -> u32 {
    let mut bytes = [0xff; 4];
    let _ = env.random(&mut bytes);
    u32::from_ne_bytes(bytes)
}
