// SPDX-License-Identifier: Apache-2.0
//! One command line option: how it is described, recognised and read.
//!
//! Called by `cmdline`; calls nothing above the standard library.

use core::ffi::{CStr, c_char, c_int, c_void};
use std::format;
use std::str::FromStr;
use std::string::String;

/// An option, as `struct args_struct_t` of `<nsi_cmdline.h>` describes it to C.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ArgsStruct {
    /// The parser leaves this option alone except in the help and for setting the default.
    pub manual: bool,
    /// Shown without brackets in the help.
    pub is_mandatory: bool,
    /// Takes no value: its presence sets a `bool`.
    pub is_switch: bool,
    /// Name behind the dashes. Null ends a table.
    pub option: *const c_char,
    /// What the help calls the value.
    pub name: *const c_char,
    /// Type behind `dest`: see [`ArgsStruct::store`]; 0 when nothing is stored.
    pub kind: c_char,
    /// Where the value goes; may be null.
    pub dest: *mut c_void,
    /// Called with the whole argument and the offset of its value.
    pub call_when_found: Option<unsafe extern "C" fn(argv: *mut c_char, offset: c_int)>,
    /// Sentence for the help.
    pub descript: *const c_char,
}

impl ArgsStruct {
    /// The entry that ends a table.
    pub const END: ArgsStruct = ArgsStruct {
        manual: false,
        is_mandatory: false,
        is_switch: false,
        option: core::ptr::null(),
        name: core::ptr::null(),
        kind: 0,
        dest: core::ptr::null_mut(),
        call_when_found: None,
        descript: core::ptr::null(),
    };

    /// A switch or option of this library: nothing is stored, `found` gets the argument.
    pub const fn callback(
        option: &'static CStr,
        name: Option<&'static CStr>,
        descript: &'static CStr,
        found: unsafe extern "C" fn(*mut c_char, c_int),
    ) -> Self {
        ArgsStruct {
            is_switch: name.is_none(),
            option: option.as_ptr(),
            name: match name {
                Some(name) => name.as_ptr(),
                None => c"".as_ptr(),
            },
            kind: if name.is_none() { b'b' as c_char } else { b's' as c_char },
            call_when_found: Some(found),
            descript: descript.as_ptr(),
            ..ArgsStruct::END
        }
    }

    /// How the option is written, for the help: `--name=<value>`, `--switch`, in brackets unless mandatory.
    pub(super) fn syntax(&self) -> String {
        let (option, name) = (text(self.option), text(self.name));
        let body = match () {
            () if self.is_switch => format!("--{option}"),
            () if self.kind as u8 == b'l' => format!("--{option} <{name}>..."),
            () => format!("--{option}=<{name}>"),
        };
        if self.is_mandatory { body } else { format!("[{body}]") }
    }

    /// The help sentence.
    pub(super) fn description(&self) -> String {
        text(self.descript)
    }

    /// Where the value of this option begins in `arg`; `None` when `arg` is another option.
    ///
    /// Up to two dashes precede the name; `=` or `:` precedes the value. An option that wants a value
    /// and has none is an error.
    pub(super) fn matches(&self, arg: &str) -> Result<Option<usize>, String> {
        let option = text(self.option);
        let bare = strip_dashes(arg);
        let Some(rest) = bare.strip_prefix(option.as_str()) else { return Ok(None) };
        if self.is_switch {
            return Ok(rest.is_empty().then_some(arg.len()));
        }
        match rest.as_bytes().first() {
            Some(b'=' | b':') => Ok(Some(arg.len() - rest.len() + 1)),
            None => Err(format!("option '{arg}' needs a value: --{option}=<{}>", text(self.name))),
            Some(_) => Ok(None),
        }
    }

    /// Sets `dest` to the value that means "not given": false, null, the type's maximum, not a number.
    ///
    /// # Safety
    /// `dest` is null or points to a writable object of the type that `kind` names.
    pub(super) unsafe fn set_default(&self) {
        if self.dest.is_null() {
            return;
        }
        // SAFETY: the caller's promise about `dest`.
        unsafe {
            match self.kind as u8 {
                b'b' => self.put(false),
                b's' => self.put(core::ptr::null::<c_char>()),
                b'u' => self.put(u32::MAX),
                b'U' => self.put(u64::MAX),
                b'i' => self.put(i32::MAX),
                b'I' => self.put(i64::MAX),
                b'd' => self.put(f64::NAN),
                _ => {}
            }
        }
    }

    /// Reads the value at `offset` of `arg` into `dest`, then calls the callback.
    ///
    /// # Safety
    /// `dest` as for [`set_default`](Self::set_default); `arg` is a string that stays alive, and `offset` lies within it.
    pub(super) unsafe fn store(&self, arg: *mut c_char, offset: usize) -> Result<(), String> {
        // SAFETY: `offset` lies within the string.
        let value = unsafe { arg.add(offset) };
        if !self.dest.is_null() {
            let given = text(value);
            // SAFETY: the caller's promise about `dest`.
            let stored = unsafe {
                match self.kind as u8 {
                    b'b' if self.is_switch => Some(true).map(|v| self.put(v)),
                    b's' => Some(value.cast_const()).map(|v| self.put(v)),
                    b'b' => boolean(&given).map(|v| self.put(v)),
                    b'u' => integer(&given, u32::from_str_radix).map(|v| self.put(v)),
                    b'U' => integer(&given, u64::from_str_radix).map(|v| self.put(v)),
                    b'i' => integer(&given, i32::from_str_radix).map(|v| self.put(v)),
                    b'I' => integer(&given, i64::from_str_radix).map(|v| self.put(v)),
                    b'd' => f64::from_str(&given).ok().map(|v| self.put(v)),
                    other => {
                        let option = text(self.option);
                        return Err(format!(
                            "option '{option}' has unknown type '{}'",
                            other as char
                        ));
                    }
                }
            };
            if stored.is_none() {
                return Err(format!(
                    "cannot read '{given}' as the value of --{}",
                    text(self.option)
                ));
            }
        }
        if let Some(found) = self.call_when_found {
            // SAFETY: the callback was registered for this argument form; the string stays alive.
            unsafe { found(arg, offset as c_int) };
        }
        Ok(())
    }

    /// # Safety
    /// `dest` points to a writable `T`.
    unsafe fn put<T>(&self, value: T) {
        // SAFETY: the caller's promise.
        unsafe { self.dest.cast::<T>().write(value) }
    }
}

/// True for `-?`, `-h`, `--help` and their kin.
pub(super) fn is_help(arg: &str) -> bool {
    let bare = strip_dashes(arg);
    bare == "?" || bare.eq_ignore_ascii_case("h") || bare.eq_ignore_ascii_case("help")
}

/// A C string as text; empty for null, bytes that are not UTF-8 replaced.
pub(super) fn text(s: *const c_char) -> String {
    if s.is_null() {
        return String::new();
    }
    // SAFETY: every string that reaches this module is null or a C string alive for the whole process.
    unsafe { CStr::from_ptr(s) }.to_string_lossy().into_owned()
}

fn strip_dashes(arg: &str) -> &str {
    let arg = arg.strip_prefix('-').unwrap_or(arg);
    arg.strip_prefix('-').unwrap_or(arg)
}

fn boolean(s: &str) -> Option<bool> {
    match s {
        "0" => Some(false),
        "1" => Some(true),
        _ if s.eq_ignore_ascii_case("false") => Some(false),
        _ if s.eq_ignore_ascii_case("true") => Some(true),
        _ => None,
    }
}

/// An integer in C notation: decimal, `0x` hexadecimal, `0` octal, with a sign.
fn integer<T>(s: &str, from: fn(&str, u32) -> Result<T, core::num::ParseIntError>) -> Option<T> {
    let (sign, digits) = match s.as_bytes().first()? {
        b'-' => ("-", &s[1..]),
        b'+' => ("", &s[1..]),
        _ => ("", s),
    };
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    if digits.starts_with(['-', '+']) {
        return None;
    }
    from(&format!("{sign}{digits}"), radix).ok()
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "native_sim/nsi_cmdline.h":
    ArgsStruct = "struct args_struct_t" {
        manual, is_mandatory, is_switch, option, name, kind = "type", dest, call_when_found,
        descript,
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn option(name: &'static CStr, kind: u8, dest: *mut c_void) -> ArgsStruct {
        ArgsStruct {
            option: name.as_ptr(),
            name: c"value".as_ptr(),
            kind: kind as c_char,
            dest,
            ..ArgsStruct::END
        }
    }

    #[test]
    fn an_option_is_known_by_its_whole_name() {
        let opt = option(c"eth-if", b's', core::ptr::null_mut());
        for (arg, at) in [("--eth-if=zeth", 9), ("-eth-if:zeth", 8), ("eth-if=", 7)] {
            assert_eq!(opt.matches(arg), Ok(Some(at)), "{arg}");
        }
        assert_eq!(opt.matches("--eth-iface=zeth"), Ok(None));
        assert_eq!(opt.matches("--eth"), Ok(None));
        assert!(opt.matches("--eth-if").is_err(), "a value is wanted");
        let switch = ArgsStruct { is_switch: true, ..opt };
        assert_eq!(switch.matches("--eth-if"), Ok(Some(8)));
        assert_eq!(switch.matches("--eth-if=1"), Ok(None));
    }

    #[test]
    fn integers_follow_c_notation() {
        assert_eq!(integer("0x1f", u32::from_str_radix), Some(31));
        assert_eq!(integer("017", u32::from_str_radix), Some(15));
        assert_eq!(integer("0", u32::from_str_radix), Some(0));
        assert_eq!(integer("-0x10", i32::from_str_radix), Some(-16));
        assert_eq!(integer("-1", u32::from_str_radix), None);
        for bad in ["", "-", "--1", "0x", "1x", "4294967296"] {
            assert_eq!(integer(bad, u32::from_str_radix), None, "{bad:?}");
        }
    }

    #[test]
    fn values_reach_their_destination() {
        let mut number: u32 = 0;
        let opt = option(c"n", b'u', (&raw mut number).cast());
        let (good, bad) = (c"--n=0x10", c"--n=ten");
        // SAFETY: `dest` points to a u32; the strings are static and not written to.
        unsafe {
            opt.set_default();
            assert_eq!(number, u32::MAX);
            opt.store(good.as_ptr().cast_mut(), 4).expect("a number");
            assert_eq!(number, 16);
            let err = opt.store(bad.as_ptr().cast_mut(), 4).expect_err("not a number");
            assert!(err.contains("'ten'") && err.contains("--n"), "{err}");
        }
    }
}
