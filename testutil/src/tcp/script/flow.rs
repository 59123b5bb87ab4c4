// SPDX-License-Identifier: Apache-2.0
//! One four-tuple of a script: what its peer sent and saw, so that the text may leave it out.

use znet::base::Ipv4Addr;

use super::expr::{Expr, Names};
use super::parse::{Len, OptPattern, Pattern, Stamp};
use crate::tcp::segment::{self, Opt, Segment, flag, letters_of};
use crate::tcp::{Watch, stream};

/// Names the stream that the host sends.
pub const HOST_SALT: u32 = 0x1057;
/// Names the stream that the peer sends.
pub const PEER_SALT: u32 = 0x9ee7;

/// A flow, seen from the peer. Numbers are relative to the sender's ISN unless said otherwise.
#[derive(Debug)]
pub struct Flow {
    pub host_port: Option<u16>,
    pub peer_port: u16,
    pub peer_isn: u32,
    pub host_isn: Option<u32>,
    /// Behind the last byte that the peer sent.
    pub peer_max: u32,
    /// Behind the last byte that the host sent.
    pub host_max: u32,
    /// The window the peer said last.
    window: u16,
    /// First and last time stamp of the host, and the last of the peer.
    stamps: [u32; 3],
    pub watch: Watch,
}

impl Flow {
    pub fn new(host_port: Option<u16>, peer_port: u16, peer_isn: u32) -> Flow {
        Flow {
            host_port,
            peer_port,
            peer_isn,
            host_isn: None,
            peer_max: 0,
            host_max: 0,
            window: 65535,
            stamps: [0; 3],
            watch: Watch::of_host(HOST_SALT),
        }
    }

    /// Sets this flow up for another connection, with the peer's ISN so much further on.
    pub fn renew(&mut self, further: u32) {
        let isn = self.peer_isn.wrapping_add(further);
        *self = Flow::new(self.host_port, self.peer_port, isn);
    }

    /// The segment that the peer sends, from its pattern.
    pub fn build(&mut self, pattern: &Pattern, names: &Names) -> Result<Segment, String> {
        let value = |e: &Expr| e.value(names).map(|v| v as u32);
        let seq = pattern.seq.as_ref().map_or(Ok(self.peer_max), value)?;
        let len = length(&pattern.len, seq, names)?;
        let has_ack = pattern.flags & flag::ACK != 0;
        let ack = match &pattern.ack {
            Some(ack) => value(ack)?,
            None => self.host_max,
        };
        if let Some(window) = &pattern.window {
            self.window = u16::try_from(window.value(names)?).map_err(|_| "window above 65535")?;
        }
        let mut options = Vec::new();
        for option in pattern.options.iter().flatten() {
            options.push(self.option_in(option, names)?);
        }
        let salt = PEER_SALT ^ u32::from(pattern.spoil.as_deref() == Some("spoil"));
        let segment = Segment {
            src_port: self.peer_port,
            dst_port: self.host_port.ok_or("the host has not shown its port yet")?,
            seq: self.peer_isn.wrapping_add(seq),
            ack: if has_ack || pattern.ack.is_some() {
                self.host_isn.unwrap_or(0).wrapping_add(ack)
            } else {
                0
            },
            flags: pattern.flags,
            window: self.window,
            urgent: pattern.urgent.as_ref().map_or(Ok(0), value)? as u16,
            options,
            payload: stream::bytes(salt, seq.wrapping_sub(1), len as usize),
            ecn: pattern.ecn.unwrap_or(0),
        };
        Ok(segment)
    }

    /// Keeps what the peer has sent.
    pub fn sent(&mut self, segment: &Segment) {
        let end = segment.seq.wrapping_sub(self.peer_isn).wrapping_add(segment.seq_len());
        // What is far off is meant to be refused.
        let step = end.wrapping_sub(self.peer_max) as i32;
        if (1..1 << 24).contains(&step) && !segment.has(flag::RST) {
            self.peer_max = end;
        }
        if let Some((value, _)) = segment.timestamps() {
            self.stamps[2] = value;
        }
        // Only the host is judged, so nothing can be wrong with this.
        let _ = self.watch.see(1, segment);
    }

    /// Keeps what the host sent.
    ///
    /// # Errors
    /// The rule for all segments that it breaks.
    pub fn received(&mut self, segment: &Segment) -> Result<(), String> {
        if segment.has(flag::SYN) {
            if self.host_isn != Some(segment.seq) {
                self.host_max = 0;
                self.stamps[0] = segment.timestamps().map_or(0, |(value, _)| value);
            }
            self.host_isn = Some(segment.seq);
        }
        if !segment.has(flag::RST) {
            let isn = self.host_isn.unwrap_or(0);
            let end = segment.seq.wrapping_add(segment.seq_len()).wrapping_sub(isn);
            if end.wrapping_sub(self.host_max) as i32 > 0 {
                self.host_max = end;
            }
        }
        if let Some((value, _)) = segment.timestamps() {
            self.stamps[1] = value;
        }
        self.watch.see(0, segment)
    }

    fn option_in(&self, option: &OptPattern, names: &Names) -> Result<Opt, String> {
        let number = |e: &Option<Expr>| e.as_ref().ok_or("`*` is no value")?.value(names);
        Ok(match option {
            OptPattern::Nop => Opt::Nop,
            OptPattern::End => Opt::End,
            OptPattern::Mss(mss) => Opt::Mss(number(mss)? as u16),
            OptPattern::WindowScale(shift) => Opt::WindowScale(number(shift)? as u8),
            OptPattern::SackPermitted => Opt::SackPermitted,
            OptPattern::Sack(blocks) => {
                Opt::Sack(edges(blocks, self.host_isn.unwrap_or(0), names)?)
            }
            OptPattern::Timestamps(value, echo) => Opt::Timestamps(
                self.stamp(value, self.stamps[2], names)?,
                self.stamp(echo, self.stamps[1], names)?,
            ),
            OptPattern::Raw(bytes) => Opt::Raw(bytes.clone()),
        })
    }

    fn stamp(&self, stamp: &Stamp, last: u32, names: &Names) -> Result<u32, String> {
        Ok(match stamp {
            Stamp::Any => return Err("`*` is no value".into()),
            Stamp::Value(value) => value.value(names)? as u32,
            Stamp::Last(more) => last.wrapping_add(more.value(names)? as u32),
            Stamp::First(more) => self.stamps[0].wrapping_add(more.value(names)? as u32),
        })
    }

    /// Holds a segment of the host against a pattern. `before` is where the host's data ended before it
    /// came.
    ///
    /// # Errors
    /// What was expected and what was seen.
    pub fn matches(
        &self,
        pattern: &Pattern,
        segment: &Segment,
        before: u32,
        names: &Names,
    ) -> Result<(), String> {
        let value = |e: &Expr| e.value(names).map(|v| v as u32);
        let same = |what: &str, want: u32, seen: u32| {
            if want == seen { Ok(()) } else { Err(format!("{what} {want} expected, {seen} seen")) }
        };
        // PSH is looked at only where the script speaks of it: when it is set is the sender's affair.
        let mut care = if pattern.flags & flag::PSH == 0 { !flag::PSH } else { !0 };
        // Whether our SYN asks for ECN is looked at only where the script speaks of that.
        let ecn = flag::ECE | flag::CWR;
        if pattern.flags & (flag::SYN | flag::ACK | ecn) == flag::SYN {
            care &= !ecn;
        }
        if segment.flags & care != pattern.flags {
            return Err(format!(
                "{} expected, {} seen",
                letters_of(pattern.flags),
                letters_of(segment.flags)
            ));
        }
        let seq = pattern.seq.as_ref().map_or(Ok(before), value)?;
        same("seq", seq, segment.seq.wrapping_sub(self.host_isn.unwrap_or(0)))?;
        same("length", length(&pattern.len, seq, names)?, segment.payload.len() as u32)?;
        if segment.has(flag::ACK) {
            let ack = pattern.ack.as_ref().map_or(Ok(self.peer_max), value)?;
            same("ack", ack, segment.ack.wrapping_sub(self.peer_isn))?;
        }
        if let Some(window) = &pattern.window {
            same("window", value(window)?, segment.window.into())?;
        }
        if let Some(urgent) = &pattern.urgent {
            same("urgent pointer", value(urgent)?, segment.urgent.into())?;
        }
        if let Some(ecn) = pattern.ecn {
            same("ECN bits", ecn.into(), segment.ecn.into())?;
        }
        match &pattern.options {
            Some(options) => self.options_match(options, segment, names),
            None => Ok(()),
        }
    }

    fn options_match(
        &self,
        patterns: &[OptPattern],
        segment: &Segment,
        names: &Names,
    ) -> Result<(), String> {
        let is_padding = |o: &&Opt| matches!(o, Opt::Nop | Opt::End);
        let mut left: Vec<&Opt> = segment.options.iter().filter(|o| !is_padding(o)).collect();
        for pattern in patterns {
            let mut found = None;
            for (at, option) in left.iter().enumerate() {
                if self.option_matches(pattern, option, names)? {
                    found = Some(at);
                    break;
                }
            }
            match found {
                Some(at) => drop(left.remove(at)),
                None => {
                    return Err(format!(
                        "option {pattern:?} expected, {} seen",
                        self.list(segment)
                    ));
                }
            }
        }
        if left.is_empty() {
            return Ok(());
        }
        Err(format!("more options than expected: {}", self.list(segment)))
    }

    fn option_matches(
        &self,
        pattern: &OptPattern,
        option: &Opt,
        names: &Names,
    ) -> Result<bool, String> {
        let number = |want: &Option<Expr>, seen: u32| match want {
            Some(want) => want.value(names).map(|want| want as u32 == seen),
            None => Ok(true),
        };
        let stamp = |want: &Stamp, last: u32, seen: u32| match want {
            Stamp::Any => Ok(true),
            want => self.stamp(want, last, names).map(|want| want == seen),
        };
        match (pattern, option) {
            (OptPattern::Mss(want), Opt::Mss(seen)) => number(want, (*seen).into()),
            (OptPattern::WindowScale(want), Opt::WindowScale(seen)) => number(want, (*seen).into()),
            (OptPattern::SackPermitted, Opt::SackPermitted) => Ok(true),
            (OptPattern::Sack(want), Opt::Sack(seen)) => {
                Ok(edges(want, self.peer_isn, names)? == *seen)
            }
            (OptPattern::Timestamps(value, echo), Opt::Timestamps(seen, echoed)) => {
                Ok(stamp(value, self.stamps[1], *seen)? && stamp(echo, self.stamps[2], *echoed)?)
            }
            (OptPattern::Raw(want), Opt::Raw(seen)) => Ok(want == seen),
            _ => Ok(false),
        }
    }

    fn list(&self, segment: &Segment) -> String {
        let relative = |o: &Opt| match o {
            Opt::Sack(blocks) => Opt::Sack(
                blocks
                    .iter()
                    .map(|(l, r)| (l.wrapping_sub(self.peer_isn), r.wrapping_sub(self.peer_isn)))
                    .collect(),
            )
            .to_string(),
            other => other.to_string(),
        };
        format!("<{}>", segment.options.iter().map(relative).collect::<Vec<_>>().join(", "))
    }

    /// A segment in the language of scripts, for messages.
    pub fn show(&self, from_host: bool, segment: &Segment) -> String {
        let (mine, other) = match from_host {
            true => (self.host_isn.unwrap_or(0), self.peer_isn),
            false => (self.peer_isn, self.host_isn.unwrap_or(0)),
        };
        let seq = segment.seq.wrapping_sub(mine);
        let mut out =
            format!("{} {} {seq}", if from_host { '>' } else { '<' }, letters_of(segment.flags));
        if !segment.payload.is_empty() {
            out += &format!(":{}", seq.wrapping_add(segment.payload.len() as u32));
        }
        if segment.has(flag::ACK) {
            out += &format!(" ack {}", segment.ack.wrapping_sub(other));
        }
        out += &format!(" win {}", segment.window);
        if segment.has(flag::URG) {
            out += &format!(" urg {}", segment.urgent);
        }
        if segment.ecn != 0 {
            out += [" ", " ect1", " ect0", " ce"][usize::from(segment.ecn & 3)];
        }
        if !segment.options.is_empty() {
            out += " ";
            out += &match from_host {
                true => self.list(segment),
                false => {
                    let all: Vec<_> = segment.options.iter().map(Opt::to_string).collect();
                    format!("<{}>", all.join(", "))
                }
            };
        }
        if self.peer_port != 40_000 && self.peer_port != 8080 {
            out += &format!("   (peer port {})", self.peer_port);
        }
        out
    }
}

fn edges(blocks: &[(Expr, Expr)], isn: u32, names: &Names) -> Result<Vec<(u32, u32)>, String> {
    let edge = |e: &Expr| e.value(names).map(|v| isn.wrapping_add(v as u32));
    blocks.iter().map(|(left, right)| Ok((edge(left)?, edge(right)?))).collect()
}

fn length(len: &Len, seq: u32, names: &Names) -> Result<u32, String> {
    let len = match len {
        Len::None => 0,
        Len::To(end) => end.value(names)? - i64::from(seq as i32),
        Len::Bytes(len) => len.value(names)?,
    };
    u32::try_from(len).ok().filter(|len| *len <= 65_000).ok_or(format!("a length of {len}"))
}

/// Spoils the bytes of a segment as a pattern says.
pub fn spoil(how: &str, src: Ipv4Addr, dst: Ipv4Addr, bytes: &mut [u8]) -> Result<(), String> {
    match how.split_once(' ').unwrap_or((how, "")) {
        ("badsum", _) => bytes[16] ^= 0x5a,
        ("offset", words) => {
            let words: u8 = words.parse().map_err(|_| "an offset is a number of words")?;
            bytes[12] = bytes[12] & 0x0f | words << 4;
            segment::mend(src, dst, bytes);
        }
        _ => {}
    }
    Ok(())
}
