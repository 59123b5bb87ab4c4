// SPDX-License-Identifier: Apache-2.0
//! The map that GNU ld writes: every input section with its size and the file it came from.

/// Where a section ends up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// In flash: code and constants.
    Flash,
    /// In RAM, with the first content in flash.
    Both,
    /// In RAM, zeroed at start.
    Ram,
}

/// An input section that the linker kept.
#[derive(Debug, PartialEq)]
pub struct Section {
    /// Name in the object file, such as `.text.zsock_close`.
    pub name: String,
    /// The object file; of an archive, the member in parentheses behind it.
    pub file: String,
    pub bytes: u64,
    pub place: Place,
}

impl Section {
    pub fn flash(&self) -> u64 {
        if self.place == Place::Ram { 0 } else { self.bytes }
    }

    pub fn ram(&self) -> u64 {
        if self.place == Place::Flash { 0 } else { self.bytes }
    }
}

/// Where RAM begins: on a Cortex-M, and in the scripts of the boards there are.
const RAM: u64 = 0x2000_0000;

/// The sections that occupy memory. Padding between them is a section without a file.
pub fn parse(text: &str) -> Vec<Section> {
    let body = text.split_once("Linker script and memory map").map_or(text, |(_, body)| body);
    let mut sections = Vec::new();
    let mut output = String::new();
    let mut name = String::new();
    for line in body.lines() {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        if !line.starts_with(' ') {
            output = words.first().map_or_else(String::new, |word| (*word).into());
            continue;
        }
        // A long name stands on a line of its own, before address, size and file.
        if line.starts_with(" .") || line.starts_with(" COMMON") || line.starts_with(" *fill*") {
            name = words.remove(0).into();
        } else if !line.starts_with("                0x") {
            continue;
        }
        let [address, size, file @ ..] = &words[..] else { continue };
        let (Some(address), Some(bytes)) = (number(address), number(size)) else { continue };
        let is_fill = name == "*fill*";
        if let Some(place) = place(&output, address)
            && bytes > 0
            && (is_fill || !file.is_empty())
        {
            sections.push(Section {
                name: std::mem::take(&mut name),
                file: if is_fill { String::new() } else { file.join(" ") },
                bytes,
                place,
            });
        }
    }
    sections
}

fn place(output: &str, address: u64) -> Option<Place> {
    match output {
        ".bss" | ".noinit" => Some(Place::Ram),
        _ if output.starts_with(".debug") => None,
        ".comment" | ".ARM.attributes" | ".stack_sizes" | ".symtab" | ".strtab" => None,
        _ if address >= RAM => Some(Place::Both),
        _ => Some(Place::Flash),
    }
}

fn number(word: &str) -> Option<u64> {
    u64::from_str_radix(word.strip_prefix("0x")?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &str = "\
Discarded input sections

 .text.gone     0x00000000       0x10 a.o

Linker script and memory map

.text           0x00000000       0x34
 *(.text .text.*)
 .text.short    0x00000000       0x10 a.o
                0x00000000                short
 .text.a_name_that_is_long
                0x00000010       0x20 lib.a(b.o)
                0x00000010                a_name_that_is_long
 *fill*         0x00000030        0x4 
 .text.empty    0x00000034        0x0 a.o

.data           0x20000000        0x8 load address 0x00000034
 .data.x        0x20000000        0x8 a.o

.bss            0x20000008       0x10
 .bss.y         0x20000008       0x10 a.o
 COMMON         0x20000018        0x4 a.o

.comment        0x00000000       0x27
 .comment       0x00000000       0x27 a.o
";

    #[test]
    fn sections_with_their_place() {
        let found: Vec<_> =
            parse(MAP).into_iter().map(|s| (s.name, s.file, s.bytes, s.place)).collect();
        let section =
            |name: &str, file: &str, bytes, place| (name.into(), file.into(), bytes, place);
        assert_eq!(
            found,
            [
                section(".text.short", "a.o", 0x10, Place::Flash),
                section(".text.a_name_that_is_long", "lib.a(b.o)", 0x20, Place::Flash),
                section("*fill*", "", 4, Place::Flash),
                section(".data.x", "a.o", 8, Place::Both),
                section(".bss.y", "a.o", 0x10, Place::Ram),
                section("COMMON", "a.o", 4, Place::Ram),
            ]
        );
    }
}
