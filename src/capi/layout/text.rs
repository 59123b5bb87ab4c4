// SPDX-License-Identifier: Apache-2.0
//! Assertions in C, written by the compiler.

use crate::base::layout::{Constant, Layout};

/// What the text begins and ends with, for those who look for it in a library.
pub const BEGIN: &str = "/* znet: what Rust thinks of C */\n#include <stddef.h>\n";
pub const END: &str = "/* znet: that is all */\n";

/// Text of at most `N` bytes.
pub struct Text<const N: usize> {
    bytes: [u8; N],
    len: usize,
}

impl<const N: usize> Text<N> {
    pub const fn new() -> Self {
        Text { bytes: [0; N], len: 0 }
    }

    #[cfg(test)]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    const fn byte(&mut self, byte: u8) {
        assert!(self.len < N, "raise ROOM");
        self.bytes[self.len] = byte;
        self.len += 1;
    }

    pub const fn str(&mut self, text: &str) {
        let mut at = 0;
        while at < text.len() {
            self.byte(text.as_bytes()[at]);
            at += 1;
        }
    }

    pub(super) const fn number(&mut self, number: i64) {
        if number < 0 {
            self.byte(b'-');
        }
        let magnitude = number.unsigned_abs();
        let mut unit = 1;
        while magnitude / unit >= 10 {
            unit *= 10;
        }
        while unit > 0 {
            self.byte(b'0' + (magnitude / unit % 10) as u8);
            unit /= 10;
        }
    }

    /// A member as C spells it: `stringify!()` leaves the marks of raw identifiers and may put spaces
    /// around dots.
    pub(super) const fn member(&mut self, name: &str) {
        let name = name.as_bytes();
        let mut at = 0;
        while at < name.len() {
            match name[at] {
                b' ' => {}
                b'r' if at + 1 < name.len() && name[at + 1] == b'#' => at += 1,
                byte => self.byte(byte),
            }
            at += 1;
        }
    }

    const fn include(&mut self, header: &str) {
        self.str("#include <");
        self.str(header);
        self.str(">\n");
    }

    /// The end of an assertion that says `relation` of what stands before.
    const fn end(&mut self, relation: &str, value: i64) {
        self.str(relation);
        self.number(value);
        self.str(", \"Rust says ");
        self.number(value);
        self.str("\");\n");
    }

    /// Assertions about everything in `tables`.
    pub const fn layouts(&mut self, tables: &[&[Layout]]) {
        let mut table = 0;
        while table < tables.len() {
            let mut at = 0;
            while at < tables[table].len() {
                self.layout(&tables[table][at]);
                at += 1;
            }
            table += 1;
        }
    }

    /// The headers that `tables` name; once or more does not matter.
    pub const fn includes(&mut self, tables: &[&[Layout]]) {
        let mut table = 0;
        while table < tables.len() {
            let mut at = 0;
            while at < tables[table].len() {
                self.include(tables[table][at].header);
                at += 1;
            }
            table += 1;
        }
    }

    const fn layout(&mut self, layout: &Layout) {
        self.str("_Static_assert(sizeof(");
        self.str(layout.name);
        self.end(") == ", layout.size as i64);
        // Rust may ask for less: what it reads as bytes it reads at any address.
        self.str("_Static_assert(_Alignof(");
        self.str(layout.name);
        self.end(") >= ", layout.align as i64);
        let mut at = 0;
        while at < layout.members.len() {
            let member = &layout.members[at];
            self.str("_Static_assert(offsetof(");
            self.str(layout.name);
            self.str(", ");
            self.member(member.name);
            self.end(") == ", member.offset as i64);
            self.str("_Static_assert(sizeof(((");
            self.str(layout.name);
            self.str(" *)0)->");
            self.member(member.name);
            self.end(") == ", member.size as i64);
            at += 1;
        }
    }

    /// Assertions about every constant in `tables`.
    pub const fn constants(&mut self, tables: &[&[Constant]]) {
        let mut table = 0;
        while table < tables.len() {
            let mut at = 0;
            while at < tables[table].len() {
                let constant = &tables[table][at];
                self.include(constant.header);
                self.str("_Static_assert((long long)(");
                self.str(constant.name);
                self.end(") == ", constant.value);
                at += 1;
            }
            table += 1;
        }
    }
}
