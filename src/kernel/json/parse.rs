// SPDX-License-Identifier: Apache-2.0
//! Values from JSON text into a structure.

use core::ffi::{c_char, c_int, c_void};
use core::ops::Range;

use super::lexer::{Lexer, Token};
use super::{Descr, Text, kind, number_of, place, slice};
use crate::base::Error;

/// Why a value was not read.
enum Refused {
    /// It is no JSON, or of another kind than its place.
    Invalid,
    /// An array has more elements than there are places.
    TooMany,
}

type Result<T> = core::result::Result<T, Refused>;

impl From<Error> for Refused {
    fn from(_: Error) -> Self {
        Refused::Invalid
    }
}

/// ENOSPC, which the stack has no use for.
const ENOSPC: c_int = 28;

impl Refused {
    /// What C gets.
    fn negative(self) -> c_int {
        match self {
            Refused::Invalid => -Error::Inval.errno(),
            Refused::TooMany => -ENOSPC,
        }
    }
}

/// Text that is read, and changed in one way: a zero takes the place of a string's last quote.
struct Parser<'t> {
    lexer: Lexer<'t>,
    /// The same text, for C.
    text: *mut c_char,
}

impl Parser<'_> {
    /// # Safety
    /// `json` points to `len` bytes that nobody else uses until the values are not wanted any more.
    unsafe fn new(json: *mut c_char, len: usize) -> Self {
        // SAFETY: the caller's promise. Zeros are written behind what the lexer has read.
        Parser { lexer: Lexer::new(unsafe { slice(json.cast(), len) }), text: json }
    }

    /// # Safety
    /// `at` is what `descr` describes.
    unsafe fn value(&mut self, descr: &Descr, token: Token, at: *mut c_void) -> Result<()> {
        // SAFETY: each kind of value has a place of its type, by the caller's promise; alignment is not asked for.
        unsafe {
            match (descr.kind(), token) {
                (kind::OBJECT, Token::ObjectStart) => self.members(descr.members(), at).map(drop),
                (kind::TRUE | kind::FALSE, token @ (Token::True | Token::False)) => {
                    at.cast::<bool>().write(token == Token::True);
                    Ok(())
                }
                (kind::STRING, Token::String(range)) => {
                    self.terminate(range.end);
                    at.cast::<*mut c_char>().write_unaligned(self.text.add(range.start));
                    Ok(())
                }
                (kind::STRING_BUF, Token::String(range)) => {
                    let bytes = self.lexer.slice(range);
                    if bytes.len() >= descr.member_size() {
                        return Err(Refused::Invalid);
                    }
                    at.cast::<u8>().copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
                    at.cast::<u8>().add(bytes.len()).write(0);
                    Ok(())
                }
                (kind::OPAQUE, Token::String(range)) | (kind::FLOAT, Token::Number(range)) => {
                    self.write_text(range, at);
                    Ok(())
                }
                (kind::OBJ_ARRAY, token @ Token::ArrayStart)
                | (kind::ENCODED_OBJ, token @ Token::ObjectStart) => {
                    let start = self.lexer.position() - 1;
                    self.lexer.skip(&token)?;
                    self.write_text(start..self.lexer.position(), at);
                    Ok(())
                }
                #[cfg(CONFIG_JSON_LIBRARY_FP_SUPPORT)]
                (kind @ (kind::FLOAT_FP | kind::DOUBLE_FP), Token::Number(range)) => {
                    Ok(super::float::read(self.lexer.slice(range), kind == kind::DOUBLE_FP, at)?)
                }
                (kind, Token::Number(range)) => {
                    let size = match kind {
                        kind::NUMBER => 4,
                        kind::INT64 | kind::UINT64 => 8,
                        kind::INT | kind::UINT => descr.member_size(),
                        _ => return Err(Refused::Invalid),
                    };
                    let signed = !matches!(kind, kind::UINT | kind::UINT64);
                    write_number(self.lexer.slice(range), size, signed, at)
                }
                _ => Err(Refused::Invalid),
            }
        }
    }

    /// Ends a string of C in the text.
    ///
    /// # Safety
    /// `at` is where the quote behind it was.
    unsafe fn terminate(&mut self, at: usize) {
        // SAFETY: within the text, and read already.
        unsafe { self.text.add(at).write(0) };
    }

    /// # Safety
    /// `at` is a `struct json_obj_token`.
    unsafe fn write_text(&mut self, range: Range<usize>, at: *mut c_void) {
        // SAFETY: within the text; the caller's place.
        unsafe {
            let text = Text { start: self.text.add(range.start).cast(), length: range.len() };
            at.cast::<Text>().write_unaligned(text);
        }
    }

    /// The members of an object whose brace was read; a bit for each that was there.
    ///
    /// # Safety
    /// `val` is the structure that `descrs` describe.
    unsafe fn members(&mut self, descrs: &[Descr], val: *mut c_void) -> Result<i64> {
        let mut decoded = 0i64;
        let mut token = self.lexer.next()?;
        if token == Token::ObjectEnd {
            return Ok(decoded);
        }
        loop {
            let Token::String(name) = token else { return Err(Refused::Invalid) };
            let name = self.lexer.slice(name);
            self.lexer.expect(&Token::Colon)?;
            let first = self.lexer.next()?;
            // A name that comes twice counts once.
            let wanted = descrs.iter().enumerate().find(|(at, descr)| {
                decoded & 1i64.wrapping_shl(*at as u32) == 0 && descr.name() == name
            });
            match wanted {
                Some((at, descr)) => {
                    // SAFETY: a member of the caller's structure.
                    unsafe { self.member(descr, first, val)? };
                    decoded |= 1 << at;
                }
                None => self.lexer.skip(&first)?,
            }
            match self.lexer.next()? {
                Token::ObjectEnd => return Ok(decoded),
                Token::Comma => token = self.lexer.next()?,
                _ => return Err(Refused::Invalid),
            }
        }
    }

    /// # Safety
    /// `val` is the structure of which `descr` describes a member.
    unsafe fn member(&mut self, descr: &Descr, first: Token, val: *mut c_void) -> Result<()> {
        // SAFETY: the caller's promise.
        unsafe {
            if descr.kind() == kind::ARRAY {
                if first != Token::ArrayStart {
                    return Err(Refused::Invalid);
                }
                return self.elements(descr, val);
            }
            self.value(descr, first, place(val, descr).cast_mut())
        }
    }

    /// The elements of an array whose bracket was read.
    ///
    /// # Safety
    /// As [`Self::member`].
    unsafe fn elements(&mut self, descr: &Descr, val: *mut c_void) -> Result<()> {
        let element = descr.element().ok_or(Refused::Invalid)?;
        let unit = element.unit();
        let number = number_of(val, element).cast_mut();
        let mut at = place(val, descr).cast_mut();
        let mut count = 0;
        // SAFETY: the array's counter, in the caller's structure; at most as many elements as there is room for.
        unsafe {
            number.write_unaligned(0);
            let mut token = self.lexer.next()?;
            if token == Token::ArrayEnd {
                return Ok(());
            }
            loop {
                if count == descr.count {
                    return Err(Refused::TooMany);
                }
                if element.kind() == kind::ARRAY {
                    self.member(unit, token, at)?;
                } else {
                    self.value(unit, token, at)?;
                }
                count += 1;
                number.write_unaligned(count);
                at = at.byte_add(unit.size());
                match self.lexer.next()? {
                    Token::ArrayEnd => return Ok(()),
                    Token::Comma => token = self.lexer.next()?,
                    _ => return Err(Refused::Invalid),
                }
            }
        }
    }
}

/// Writes an integer of `size` bytes; one that does not fit is refused.
///
/// # Safety
/// `at` has room for it.
unsafe fn write_number(digits: &[u8], size: usize, signed: bool, at: *mut c_void) -> Result<()> {
    let text = core::str::from_utf8(digits).map_err(|_| Refused::Invalid)?;
    let value: i128 = if signed {
        text.parse::<i64>().map_err(|_| Refused::Invalid)?.into()
    } else {
        text.parse::<u64>().map_err(|_| Refused::Invalid)?.into()
    };
    /// Writes `value` as a `T`.
    unsafe fn write<T: TryFrom<i128>>(value: i128, at: *mut c_void) -> Result<()> {
        let value = T::try_from(value).map_err(|_| Refused::Invalid)?;
        // SAFETY: the caller's place.
        unsafe { at.cast::<T>().write_unaligned(value) };
        Ok(())
    }
    // SAFETY: the caller's promise.
    unsafe {
        match (size, signed) {
            (1, true) => write::<i8>(value, at),
            (2, true) => write::<i16>(value, at),
            (4, true) => write::<i32>(value, at),
            (8, true) => write::<i64>(value, at),
            (1, false) => write::<u8>(value, at),
            (2, false) => write::<u16>(value, at),
            (4, false) => write::<u32>(value, at),
            (8, false) => write::<u64>(value, at),
            _ => Err(Refused::Invalid),
        }
    }
}

/// Reads an object; a bit for each member that was there, or a negative errno.
///
/// # Safety
/// `json` points to `len` bytes, `descr` to `descr_len` descriptors of the structure `val`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn json_obj_parse(
    json: *mut c_char,
    len: usize,
    descr: *const Descr,
    descr_len: usize,
    val: *mut c_void,
) -> i64 {
    // The sign says that something is wrong.
    if descr_len >= 63 {
        return -i64::from(Error::Inval.errno());
    }
    // SAFETY: the caller's promise.
    let result = unsafe {
        let mut parser = Parser::new(json, len);
        parser
            .lexer
            .expect(&Token::ObjectStart)
            .map_err(Refused::from)
            .and_then(|()| parser.members(slice(descr, descr_len), val))
    };
    result.unwrap_or_else(|why| why.negative().into())
}

/// Reads an array: 0 or a negative errno.
///
/// # Safety
/// `json` points to `len` bytes, `descr` to the descriptor of an array in the structure `val`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn json_arr_parse(
    json: *mut c_char,
    len: usize,
    descr: *const Descr,
    val: *mut c_void,
) -> c_int {
    // SAFETY: the caller's promise.
    let result = unsafe {
        let mut parser = Parser::new(json, len);
        match descr.as_ref() {
            Some(descr) if descr.kind() == kind::ARRAY => parser
                .lexer
                .next()
                .map_err(Refused::from)
                .and_then(|first| parser.member(descr, first, val)),
            _ => Err(Refused::Invalid),
        }
    };
    result.map_or_else(Refused::negative, |()| 0)
}

/// `struct json_obj`: where one is in an array whose objects are read one by one.
#[repr(C)]
pub struct Progress {
    state: *const c_void,
    start: *mut c_char,
    pos: *mut c_char,
    end: *mut c_char,
    /// `[` before the first object, `}` after one, `]` after the last.
    last: u32,
    token: [*mut c_char; 2],
}

/// Begins an array of objects: 0, or `-EINVAL` for what is none.
///
/// # Safety
/// `json` points to memory for the progress, `payload` to `len` bytes that stay.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn json_arr_separate_object_parse_init(
    json: *mut Progress,
    payload: *mut c_char,
    len: usize,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let mut lexer = Lexer::new(slice(payload.cast(), len));
        if lexer.expect(&Token::ArrayStart).is_err() {
            return -Error::Inval.errno();
        }
        let pos = payload.add(lexer.position());
        json.write(Progress {
            state: core::ptr::null(),
            start: payload,
            pos,
            end: payload.add(len),
            last: u32::from(kind::ARRAY),
            token: [pos; 2],
        });
    }
    0
}

/// Reads the next object: a bit for each member, 0 behind the last, or a negative errno.
///
/// # Safety
/// `json` was begun; `descr` points to `descr_len` descriptors of the structure `val`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn json_arr_separate_parse_object(
    json: &mut Progress,
    descr: *const Descr,
    descr_len: usize,
    val: *mut c_void,
) -> c_int {
    if descr_len >= 31 || json.last == u32::from(b']') {
        return if descr_len >= 31 { -Error::Inval.errno() } else { 0 };
    }
    // SAFETY: the caller's promise.
    let result = unsafe {
        let mut parser = Parser::new(json.pos, json.end.offset_from_unsigned(json.pos));
        let is_first = json.last == u32::from(kind::ARRAY);
        let result = parser.lexer.next().map_err(Refused::from).and_then(|token| {
            let first = match token {
                Token::ArrayEnd => return Ok(None),
                Token::Comma if !is_first => parser.lexer.next()?,
                first if is_first => first,
                _ => return Err(Refused::Invalid),
            };
            if first != Token::ObjectStart {
                return Err(Refused::Invalid);
            }
            parser.members(slice(descr, descr_len), val).map(Some)
        });
        json.pos = json.pos.add(parser.lexer.position());
        result
    };
    match result {
        Ok(Some(decoded)) => {
            json.last = u32::from(b'}');
            decoded as c_int
        }
        Ok(None) => {
            json.last = u32::from(b']');
            0
        }
        Err(why) => why.negative(),
    }
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(in super::super) PROGRESS_LAYOUTS in "zephyr/data/json.h":
    Progress = "struct json_obj" {
        state = "lex.state", start = "lex.start", pos = "lex.pos", end = "lex.end"
    };
}
