// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/data/json.h>`: C structures from JSON text and back, by descriptors of their members.
//!
//! [`lexer`] reads text, [`parse`] puts values where a descriptor says, [`encode`] writes them. Text may be
//! hostile, descriptors and structures are the application's.

mod encode;
#[cfg(CONFIG_JSON_LIBRARY_FP_SUPPORT)]
mod float;
mod lexer;
mod parse;

use core::ffi::{c_char, c_void};

#[cfg(any(test, znet_layout))]
pub(super) use parse::PROGRESS_LAYOUTS;

/// `enum json_tokens`, as far as a descriptor may name them.
mod kind {
    pub const OBJECT: u8 = b'{';
    pub const ARRAY: u8 = b'[';
    pub const STRING: u8 = b'"';
    pub const STRING_BUF: u8 = b's';
    /// `int32_t`.
    pub const NUMBER: u8 = b'0';
    pub const FLOAT: u8 = b'1';
    pub const OPAQUE: u8 = b'2';
    pub const OBJ_ARRAY: u8 = b'3';
    pub const ENCODED_OBJ: u8 = b'4';
    pub const INT64: u8 = b'5';
    pub const UINT64: u8 = b'6';
    /// `float`.
    pub const FLOAT_FP: u8 = b'7';
    /// `double`.
    pub const DOUBLE_FP: u8 = b'8';
    pub const INT: u8 = b'i';
    pub const UINT: u8 = b'u';
    pub const TRUE: u8 = b't';
    pub const FALSE: u8 = b'f';
}

/// `struct json_obj_descr`: a member of a structure and its name in JSON.
#[repr(C)]
pub struct Descr {
    field_name: *const c_char,
    /// From the lowest bit: 2 bits of `align_shift`, 7 of `field_name_len`, 7 of `type`, 16 of `offset`.
    bits: u32,
    /// Descriptors of an object's members or of an array's elements; or the size of a member.
    below: *const Descr,
    /// Their number, or the most elements of an array.
    count: usize,
}

impl Descr {
    fn align(&self) -> usize {
        1 << (self.bits & 3)
    }

    fn name(&self) -> &[u8] {
        if self.field_name.is_null() {
            return &[];
        }
        let len = (self.bits >> 2 & 0x7f) as usize;
        // SAFETY: the descriptor's name is as long as the descriptor says.
        unsafe { core::slice::from_raw_parts(self.field_name.cast(), len) }
    }

    fn kind(&self) -> u8 {
        (self.bits >> 9 & 0x7f) as u8
    }

    fn offset(&self) -> usize {
        (self.bits >> 16) as usize
    }

    /// Size of the member, for kinds that come in several.
    fn member_size(&self) -> usize {
        self.below.addr()
    }

    /// An object's members.
    fn members(&self) -> &[Descr] {
        // SAFETY: the descriptor's own table.
        unsafe { slice(self.below, self.count) }
    }

    /// What an array's elements are; its own offset is that of their number.
    fn element(&self) -> Option<&Descr> {
        // SAFETY: the descriptor of an array points to that of its elements.
        unsafe { self.below.as_ref() }
    }

    /// Bytes from one element of an array to the next.
    fn size(&self) -> usize {
        match self.kind() {
            kind::STRING => size_of::<*const c_char>(),
            kind::NUMBER | kind::FLOAT_FP => 4,
            kind::INT64 | kind::UINT64 | kind::DOUBLE_FP => 8,
            kind::TRUE | kind::FALSE => 1,
            kind::INT | kind::UINT | kind::STRING_BUF => self.member_size(),
            kind::FLOAT | kind::OPAQUE | kind::OBJ_ARRAY | kind::ENCODED_OBJ => size_of::<Text>(),
            kind::OBJECT => {
                let end = self.members().iter().map(Descr::end).max().unwrap_or(0);
                let align = self.members().iter().map(Descr::align).max().unwrap_or(1);
                end.next_multiple_of(align)
            }
            kind::ARRAY => self.end().next_multiple_of(self.align()),
            _ => 0,
        }
    }

    /// Where a member ends within its structure.
    fn end(&self) -> usize {
        if self.kind() != kind::ARRAY {
            return self.offset() + self.size();
        }
        let Some(element) = self.element() else { return self.offset() };
        let elements = self.offset() + self.count * element.unit().size();
        elements.max(element.offset() + size_of::<usize>())
    }

    /// What lies in an array's places: for an array of arrays the structure that holds the inner one.
    fn unit(&self) -> &Descr {
        if self.kind() == kind::ARRAY { self.element().unwrap_or(self) } else { self }
    }
}

/// `struct json_obj_token`: a piece of text.
#[repr(C)]
#[derive(Clone, Copy)]
struct Text {
    start: *const u8,
    length: usize,
}

/// # Safety
/// `items` points to `len` items that live as long as the result, or `len` is 0.
unsafe fn slice<'a, T>(items: *const T, len: usize) -> &'a [T] {
    if items.is_null() || len == 0 {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { core::slice::from_raw_parts(items, len) }
}

/// A member's place in the structure at `val`.
fn place(val: *const c_void, descr: &Descr) -> *const c_void {
    val.wrapping_byte_add(descr.offset())
}

/// Where the number of an array's elements is.
fn number_of(val: *const c_void, element: &Descr) -> *const usize {
    val.wrapping_byte_add(element.offset()).cast()
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/data/json.h":
    Descr = "struct json_obj_descr" { field_name, below = "object.sub_descr", count = "array.n_elements" };
    Text = "struct json_obj_token" { start, length };
}
