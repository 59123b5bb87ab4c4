// SPDX-License-Identifier: Apache-2.0
//! Captures in pcapng (draft-ietf-opsawg-pcapng): section, interfaces, enhanced packets.
//! Times are microseconds, the format's default resolution.

use znet::base::Instant;

/// Block types.
const SECTION_HEADER: u32 = 0x0a0d_0d0a;
const INTERFACE_DESCRIPTION: u32 = 1;
const ENHANCED_PACKET: u32 = 6;
/// Tells a reader the byte order of the section.
const BYTE_ORDER_MAGIC: u32 = 0x1a2b_3c4d;
/// Option codes: end of options, interface name, packet flags.
const OPT_END: u16 = 0;
const IF_NAME: u16 = 2;
const EPB_FLAGS: u16 = 2;

/// What a capture's frames begin with: LINKTYPE values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum LinkType {
    /// Ethernet.
    Ethernet = 1,
    /// Bare IPv4 or IPv6.
    RawIp = 101,
}

/// Which way a packet went, seen from its interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Received.
    In = 1,
    /// Sent.
    Out = 2,
}

/// A capture in memory.
#[derive(Clone, Debug)]
pub struct Writer {
    out: Vec<u8>,
    interfaces: u32,
}

impl Writer {
    /// A capture without interfaces and packets.
    pub fn new() -> Self {
        let mut writer = Writer { out: Vec::new(), interfaces: 0 };
        let mut body = Vec::new();
        body.extend(BYTE_ORDER_MAGIC.to_le_bytes());
        body.extend(1u16.to_le_bytes());
        body.extend(0u16.to_le_bytes());
        // Length of the section: unknown.
        body.extend((-1i64).to_le_bytes());
        writer.block(SECTION_HEADER, &body);
        writer
    }

    /// Adds an interface and returns its number.
    pub fn interface(&mut self, name: &str, link: LinkType) -> u32 {
        let mut body = Vec::new();
        body.extend((link as u16).to_le_bytes());
        body.extend(0u16.to_le_bytes());
        // No limit on the captured length.
        body.extend(0u32.to_le_bytes());
        option(&mut body, IF_NAME, name.as_bytes());
        option(&mut body, OPT_END, &[]);
        self.block(INTERFACE_DESCRIPTION, &body);
        self.interfaces += 1;
        self.interfaces - 1
    }

    /// Adds a packet that `interface` sent or received at `at`.
    pub fn packet(&mut self, interface: u32, at: Instant, direction: Direction, frame: &[u8]) {
        let time = at.as_micros();
        let mut body = Vec::new();
        body.extend(interface.to_le_bytes());
        body.extend(((time >> 32) as u32).to_le_bytes());
        body.extend((time as u32).to_le_bytes());
        body.extend((frame.len() as u32).to_le_bytes());
        body.extend((frame.len() as u32).to_le_bytes());
        body.extend(frame);
        pad(&mut body);
        option(&mut body, EPB_FLAGS, &(direction as u32).to_le_bytes());
        option(&mut body, OPT_END, &[]);
        self.block(ENHANCED_PACKET, &body);
    }

    /// The capture's bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.out
    }

    /// Writes the capture to a file.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn save(&self, path: &std::path::Path) -> std::io::Result<()> {
        std::fs::write(path, &self.out)
    }

    fn block(&mut self, kind: u32, body: &[u8]) {
        let len = (body.len() + 12) as u32;
        self.out.extend(kind.to_le_bytes());
        self.out.extend(len.to_le_bytes());
        self.out.extend(body);
        self.out.extend(len.to_le_bytes());
    }
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

fn option(body: &mut Vec<u8>, code: u16, value: &[u8]) {
    body.extend(code.to_le_bytes());
    body.extend((value.len() as u16).to_le_bytes());
    body.extend(value);
    pad(body);
}

fn pad(body: &mut Vec<u8>) {
    body.resize(body.len().next_multiple_of(4), 0);
}

/// One packet of a capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// Name of its interface; empty when the capture gives none.
    pub interface: String,
    /// When.
    pub at: Instant,
    /// Which way, if the capture says.
    pub direction: Option<Direction>,
    /// The frame.
    pub frame: Vec<u8>,
}

/// Reads a little-endian capture with times in microseconds: what [`Writer`] writes.
///
/// # Errors
/// What is wrong with it, in words.
pub fn read(bytes: &[u8]) -> Result<Vec<Packet>, String> {
    let mut interfaces: Vec<String> = Vec::new();
    let mut packets = Vec::new();
    let mut rest = bytes;
    let mut first = true;
    while !rest.is_empty() {
        let kind = u32_at(rest, 0)?;
        let len = u32_at(rest, 4)? as usize;
        if len < 12 || !len.is_multiple_of(4) || len > rest.len() {
            return Err(format!("block of impossible length {len}"));
        }
        if u32_at(rest, len - 4)? as usize != len {
            return Err("the two lengths of a block differ".into());
        }
        if first && kind != SECTION_HEADER {
            return Err("does not begin with a section header".into());
        }
        first = false;
        let body = &rest[8..len - 4];
        match kind {
            SECTION_HEADER if u32_at(body, 0)? != BYTE_ORDER_MAGIC => {
                return Err("not a little-endian section".into());
            }
            INTERFACE_DESCRIPTION => {
                let name = find_option(body.get(8..).unwrap_or(&[]), IF_NAME)?;
                interfaces.push(String::from_utf8_lossy(name.unwrap_or(&[])).into_owned());
            }
            ENHANCED_PACKET => packets.push(packet(body, &interfaces)?),
            _ => {}
        }
        rest = &rest[len..];
    }
    Ok(packets)
}

fn packet(body: &[u8], interfaces: &[String]) -> Result<Packet, String> {
    let interface = u32_at(body, 0)? as usize;
    let name = interfaces.get(interface).ok_or("packet of an interface not described")?;
    let time = u64::from(u32_at(body, 4)?) << 32 | u64::from(u32_at(body, 8)?);
    let captured = u32_at(body, 12)? as usize;
    let frame = body.get(20..20 + captured).ok_or("packet longer than its block")?;
    let options = body.get(20 + captured.next_multiple_of(4)..).unwrap_or(&[]);
    let direction = match find_option(options, EPB_FLAGS)? {
        Some(flags) => match u32_at(flags, 0)? & 3 {
            1 => Some(Direction::In),
            2 => Some(Direction::Out),
            _ => None,
        },
        None => None,
    };
    Ok(Packet {
        interface: name.clone(),
        at: Instant::from_micros(time),
        direction,
        frame: frame.to_vec(),
    })
}

fn find_option(mut options: &[u8], wanted: u16) -> Result<Option<&[u8]>, String> {
    while !options.is_empty() {
        let head = options.get(..4).ok_or("option cut short")?;
        let code = u16::from_le_bytes([head[0], head[1]]);
        let len = usize::from(u16::from_le_bytes([head[2], head[3]]));
        if code == OPT_END {
            break;
        }
        let value = options.get(4..4 + len).ok_or("option longer than its block")?;
        if code == wanted {
            return Ok(Some(value));
        }
        options = options.get(4 + len.next_multiple_of(4)..).unwrap_or(&[]);
    }
    Ok(None)
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, String> {
    let word = bytes.get(at..at + 4).ok_or("block cut short")?;
    Ok(u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_it_writes() {
        let mut writer = Writer::new();
        let a = writer.interface("a:1", LinkType::Ethernet);
        let b = writer.interface("hôte:2", LinkType::RawIp);
        let far = Instant::from_micros(0x1_2345_6789);
        for len in 0..9u8 {
            let frame: Vec<u8> = (0..len).collect();
            writer.packet(a, Instant::from_micros(len.into()), Direction::Out, &frame);
        }
        writer.packet(b, far, Direction::In, &[9; 1514]);

        let packets = read(writer.as_bytes()).unwrap();
        assert_eq!(packets.len(), 10);
        assert_eq!(packets[5].frame, [0, 1, 2, 3, 4]);
        assert_eq!((packets[5].interface.as_str(), packets[5].at.as_micros()), ("a:1", 5));
        let last = Packet {
            interface: "hôte:2".into(),
            at: far,
            direction: Some(Direction::In),
            frame: vec![9; 1514],
        };
        assert_eq!(packets[9], last);
    }

    #[test]
    fn a_section_is_laid_out_as_the_draft_says() {
        let bytes = Writer::new().out;
        assert_eq!(bytes[..12], [0x0a, 0x0d, 0x0d, 0x0a, 28, 0, 0, 0, 0x4d, 0x3c, 0x2b, 0x1a]);
        assert_eq!((bytes.len(), bytes[24]), (28, 28));
    }

    #[test]
    fn every_cut_is_an_error_and_no_panic() {
        let mut writer = Writer::new();
        let a = writer.interface("a", LinkType::Ethernet);
        writer.packet(a, Instant::ZERO, Direction::In, &[1, 2, 3]);
        let bytes = writer.as_bytes();
        let whole_blocks = [0, 28, 60, bytes.len()];
        for len in 0..=bytes.len() {
            let ok = read(&bytes[..len]).is_ok();
            assert_eq!(ok, whole_blocks.contains(&len), "length {len}");
        }
    }
}
