// SPDX-License-Identifier: Apache-2.0
//! JSON text from a structure.

use core::ffi::{CStr, c_char, c_int, c_void};

use super::{Descr, Text, kind, number_of, place, slice};
use crate::base::{Error, Result};

/// `json_append_bytes_t`.
pub type Append = unsafe extern "C" fn(*const c_char, usize, *mut c_void) -> c_int;

/// Where text goes; an error is a negative number.
type Sink<'s> = &'s mut dyn FnMut(&[u8]) -> core::result::Result<(), c_int>;
type Written = core::result::Result<(), c_int>;

const INVALID: c_int = -(Error::Inval.errno());

/// What stands for a byte within a string (RFC 8259, 7).
fn escaped(byte: u8, with: &mut [u8; 6]) -> &[u8] {
    let short = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        0x0c => b'f',
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0..0x20 => {
            let digit = |value: u8| if value < 10 { b'0' + value } else { b'a' + value - 10 };
            *with = [b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)];
            return with;
        }
        _ => {
            with[0] = byte;
            return &with[..1];
        }
    };
    (with[0], with[1]) = (b'\\', short);
    &with[..2]
}

fn string(text: &[u8], sink: Sink) -> Written {
    sink(b"\"")?;
    let mut rest = text;
    // Stretches without escapes go as they are.
    while let Some(at) = rest.iter().position(|&byte| byte < 0x20 || matches!(byte, b'"' | b'\\')) {
        let (plain, next) = rest.split_at(at);
        if !plain.is_empty() {
            sink(plain)?;
        }
        let Some((&byte, after)) = next.split_first() else { break };
        sink(escaped(byte, &mut [0; 6]))?;
        rest = after;
    }
    if !rest.is_empty() {
        sink(rest)?;
    }
    sink(b"\"")
}

fn number(negative: bool, mut value: u64, sink: Sink) -> Written {
    let mut digits = [0; 20];
    let mut from = digits.len();
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (value % 10) as u8;
        value /= 10;
        from -= 1;
        if value == 0 {
            break;
        }
    }
    if negative {
        sink(b"-")?;
    }
    sink(digits.get(from..).unwrap_or_default())
}

/// Reads the integer at `at`: is it negative, and its amount.
///
/// # Safety
/// `at` is one of `size` bytes.
unsafe fn integer(size: usize, signed: bool, at: *const c_void) -> Result<(bool, u64)> {
    // SAFETY: the caller's promise.
    let value: i128 = unsafe {
        match (size, signed) {
            (1, true) => at.cast::<i8>().read().into(),
            (2, true) => at.cast::<i16>().read_unaligned().into(),
            (4, true) => at.cast::<i32>().read_unaligned().into(),
            (8, true) => at.cast::<i64>().read_unaligned().into(),
            (1, false) => at.cast::<u8>().read().into(),
            (2, false) => at.cast::<u16>().read_unaligned().into(),
            (4, false) => at.cast::<u32>().read_unaligned().into(),
            (8, false) => at.cast::<u64>().read_unaligned().into(),
            _ => return Err(Error::Inval),
        }
    };
    Ok((value < 0, value.unsigned_abs() as u64))
}

/// # Safety
/// `at` is what `descr` describes.
unsafe fn value(descr: &Descr, at: *const c_void, sink: Sink) -> Written {
    // SAFETY: each kind of value has its type, by the caller's promise.
    unsafe {
        match descr.kind() {
            kind::OBJECT => members(descr.members(), at, sink),
            kind::STRING => match at.cast::<*const c_char>().read_unaligned() {
                text if text.is_null() => sink(b"null"),
                text => string(CStr::from_ptr(text).to_bytes(), sink),
            },
            kind::STRING_BUF => {
                let bytes: &[u8] = slice(at.cast(), descr.member_size());
                string(bytes.split(|&byte| byte == 0).next().unwrap_or_default(), sink)
            }
            kind::TRUE | kind::FALSE => {
                sink(if at.cast::<u8>().read() != 0 { b"true" } else { b"false" })
            }
            kind::FLOAT | kind::OPAQUE | kind::OBJ_ARRAY | kind::ENCODED_OBJ => {
                let text = at.cast::<Text>().read_unaligned();
                let quote: &[u8] = if descr.kind() == kind::OPAQUE { b"\"" } else { b"" };
                sink(quote)?;
                sink(slice(text.start, text.length))?;
                sink(quote)
            }
            #[cfg(CONFIG_JSON_LIBRARY_FP_SUPPORT)]
            kind @ (kind::FLOAT_FP | kind::DOUBLE_FP) => {
                super::float::with_text(kind == kind::DOUBLE_FP, at, sink)
            }
            kind => {
                let size = match kind {
                    kind::NUMBER => 4,
                    kind::INT64 | kind::UINT64 => 8,
                    kind::INT | kind::UINT => descr.member_size(),
                    _ => return Err(INVALID),
                };
                let signed = !matches!(kind, kind::UINT | kind::UINT64);
                let (negative, amount) = integer(size, signed, at).map_err(|_| INVALID)?;
                number(negative, amount, sink)
            }
        }
    }
}

/// # Safety
/// `val` is the structure that `descrs` describe.
unsafe fn members(descrs: &[Descr], val: *const c_void, sink: Sink) -> Written {
    sink(b"{")?;
    for (at, descr) in descrs.iter().enumerate() {
        if at > 0 {
            sink(b",")?;
        }
        string(descr.name(), sink)?;
        sink(b":")?;
        // SAFETY: a member of the caller's structure.
        unsafe { member(descr, val, sink)? };
    }
    sink(b"}")
}

/// # Safety
/// `val` is the structure of which `descr` describes a member.
unsafe fn member(descr: &Descr, val: *const c_void, sink: Sink) -> Written {
    // SAFETY: the caller's promise.
    unsafe {
        if descr.kind() == kind::ARRAY {
            elements(descr, val, sink)
        } else {
            value(descr, place(val, descr), sink)
        }
    }
}

/// # Safety
/// As [`member`], for an array.
unsafe fn elements(descr: &Descr, val: *const c_void, sink: Sink) -> Written {
    let element = descr.element().ok_or(INVALID)?;
    let unit = element.unit();
    // SAFETY: the array's counter in the caller's structure.
    let count = unsafe { number_of(val, element).read_unaligned() };
    if count > descr.count {
        return Err(INVALID);
    }
    sink(b"[")?;
    for index in 0..count {
        if index > 0 {
            sink(b",")?;
        }
        // SAFETY: an element within the array.
        unsafe {
            let at = place(val, descr).byte_add(index * unit.size());
            if element.kind() == kind::ARRAY {
                member(unit, at, sink)?;
            } else {
                value(unit, at, sink)?;
            }
        }
    }
    sink(b"]")
}

/// What is to be written: an object by its members, or an array.
enum Whole<'d> {
    Object(&'d [Descr]),
    Array(Option<&'d Descr>),
}

/// # Safety
/// `val` is the structure that `whole` describes.
unsafe fn encode(whole: &Whole, val: *const c_void, sink: Sink) -> Written {
    // SAFETY: the caller's promise.
    unsafe {
        match whole {
            Whole::Object(descrs) => members(descrs, val, sink),
            Whole::Array(Some(descr)) if descr.kind() == kind::ARRAY => elements(descr, val, sink),
            Whole::Array(_) => Err(INVALID),
        }
    }
}

fn status(written: Written) -> c_int {
    written.map_or_else(|error| error, |()| 0)
}

/// Text goes to a function of C.
///
/// # Safety
/// As [`encode`]; `append` is the application's.
unsafe fn to_function(
    whole: &Whole,
    val: *const c_void,
    append: Option<Append>,
    data: *mut c_void,
) -> c_int {
    let Some(append) = append else { return INVALID };
    // SAFETY: the caller's promise.
    status(unsafe {
        encode(whole, val, &mut |bytes| match append(bytes.as_ptr().cast(), bytes.len(), data) {
            error if error < 0 => Err(error),
            _ => Ok(()),
        })
    })
}

/// Text goes to a buffer, with a final zero.
///
/// # Safety
/// As [`encode`]; `buffer` has room for `size` bytes.
unsafe fn to_buffer(whole: &Whole, val: *const c_void, buffer: *mut c_char, size: usize) -> c_int {
    let mut used = 0;
    if buffer.is_null() || size == 0 {
        return -Error::NoMem.errno();
    }
    // SAFETY: the caller's promise; one byte is always left for the zero.
    unsafe {
        buffer.write(0);
        status(encode(whole, val, &mut |bytes| {
            if bytes.len() >= size - used {
                return Err(-Error::NoMem.errno());
            }
            buffer.cast::<u8>().add(used).copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
            used += bytes.len();
            buffer.add(used).write(0);
            Ok(())
        }))
    }
}

/// Length of the text, or a negative errno.
///
/// # Safety
/// As [`encode`].
unsafe fn measure(whole: &Whole, val: *const c_void) -> isize {
    let mut total = 0;
    // SAFETY: the caller's promise.
    let written = unsafe {
        encode(whole, val, &mut |bytes| {
            total += bytes.len();
            Ok(())
        })
    };
    written.map_or_else(|error| error as isize, |()| total as isize)
}

/// Writes an object through `append_bytes`: 0 or a negative errno.
///
/// # Safety
/// `descr` points to `descr_len` descriptors of the structure `val`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn json_obj_encode(
    descr: *const Descr,
    descr_len: usize,
    val: *const c_void,
    append_bytes: Option<Append>,
    data: *mut c_void,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { to_function(&Whole::Object(slice(descr, descr_len)), val, append_bytes, data) }
}

/// Writes an array through `append_bytes`: 0 or a negative errno.
///
/// # Safety
/// `descr` points to the descriptor of an array in the structure `val`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn json_arr_encode(
    descr: *const Descr,
    val: *const c_void,
    append_bytes: Option<Append>,
    data: *mut c_void,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { to_function(&Whole::Array(descr.as_ref()), val, append_bytes, data) }
}

/// Writes an object into a buffer: 0, or `-ENOMEM` when it does not fit.
///
/// # Safety
/// As [`json_obj_encode`]; `buffer` has room for `buf_size` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn json_obj_encode_buf(
    descr: *const Descr,
    descr_len: usize,
    val: *const c_void,
    buffer: *mut c_char,
    buf_size: usize,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { to_buffer(&Whole::Object(slice(descr, descr_len)), val, buffer, buf_size) }
}

/// Writes an array into a buffer: 0, or `-ENOMEM` when it does not fit.
///
/// # Safety
/// As [`json_arr_encode`]; `buffer` has room for `buf_size` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn json_arr_encode_buf(
    descr: *const Descr,
    val: *const c_void,
    buffer: *mut c_char,
    buf_size: usize,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { to_buffer(&Whole::Array(descr.as_ref()), val, buffer, buf_size) }
}

/// Length of an object's text, or a negative errno.
///
/// # Safety
/// As [`json_obj_encode`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn json_calc_encoded_len(
    descr: *const Descr,
    descr_len: usize,
    val: *const c_void,
) -> isize {
    // SAFETY: the caller's promise.
    unsafe { measure(&Whole::Object(slice(descr, descr_len)), val) }
}

/// Length of an array's text, or a negative errno.
///
/// # Safety
/// As [`json_arr_encode`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn json_calc_encoded_arr_len(
    descr: *const Descr,
    val: *const c_void,
) -> isize {
    // SAFETY: the caller's promise.
    unsafe { measure(&Whole::Array(descr.as_ref()), val) }
}

/// Length of `len` bytes with escapes.
///
/// # Safety
/// `text` points to them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn json_calc_escaped_len(text: *const c_char, len: usize) -> usize {
    // SAFETY: the caller's promise.
    let bytes: &[u8] = unsafe { slice(text.cast(), len) };
    bytes.iter().map(|&byte| escaped(byte, &mut [0; 6]).len()).sum()
}

/// Puts escapes into `*len` bytes in place: 0, or `-ENOMEM` when `buf_size` bytes do not hold them and a zero.
///
/// # Safety
/// `text` has room for `buf_size` bytes, `len` is the length of what is in it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn json_escape(text: *mut c_char, len: &mut usize, buf_size: usize) -> isize {
    // SAFETY: the caller's promise. From the back, so that nothing is overwritten that was not read.
    unsafe {
        let total = json_calc_escaped_len(text, *len);
        if total >= buf_size {
            return -(Error::NoMem.errno() as isize);
        }
        let bytes = text.cast::<u8>();
        bytes.add(total).write(0);
        let mut to = total;
        for from in (0..*len).rev() {
            let mut with = [0; 6];
            let new = escaped(bytes.add(from).read(), &mut with);
            to -= new.len();
            bytes.add(to).copy_from_nonoverlapping(new.as_ptr(), new.len());
        }
        *len = total;
    }
    0
}
