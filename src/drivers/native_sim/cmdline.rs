// SPDX-License-Identifier: Apache-2.0
//! The option table and the parser over it.
//!
//! Called by `znet_native_start` and, to add options, by C code; calls `args`.

use super::args::{ArgsStruct, is_help, text};
use super::host;
use core::ffi::{c_char, c_int};
use std::format;
use std::string::String;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::vec::Vec;

/// Width of the help message, and the column where its descriptions begin.
const HELP_WIDTH: usize = 100;
const HELP_COLUMN: usize = 30;

/// Everything behind this option belongs to the application.
const TESTARGS: ArgsStruct = ArgsStruct {
    manual: true,
    option: c"testargs".as_ptr(),
    name: c"arg".as_ptr(),
    kind: b'l' as c_char,
    descript: c"Leave everything that follows to the application".as_ptr(),
    ..ArgsStruct::END
};

/// An argument vector kept for later questions.
#[derive(Clone, Copy)]
struct Vector(c_int, *mut *mut c_char);

impl Vector {
    const EMPTY: Vector = Vector(0, core::ptr::null_mut());
}

struct State {
    options: Vec<ArgsStruct>,
    all: Vector,
    test: Vector,
}

// SAFETY: the pointers are to strings, vectors and destinations that live as long as the process, and
// they are followed during start-up only, by the one thread there is then.
unsafe impl Send for State {}

static STATE: Mutex<State> =
    Mutex::new(State { options: Vec::new(), all: Vector::EMPTY, test: Vector::EMPTY });

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// Run; the application's own arguments begin at this index.
    Run(usize),
    /// Print the help and end.
    Help,
}

/// The whole command line, as `main` got it.
pub fn command_line() -> (c_int, *mut *mut c_char) {
    let Vector(argc, argv) = state().all;
    (argc, argv)
}

/// The arguments behind `--testargs`.
pub fn test_command_line() -> (c_int, *mut *mut c_char) {
    let Vector(argc, argv) = state().test;
    (argc, argv)
}

/// Adds `options` to those the command line may hold.
///
/// # Safety
/// The strings and destinations in `options` stay valid as long as the process, and each destination has the type its option names.
pub unsafe fn add_options(options: &[ArgsStruct]) {
    state().options.extend_from_slice(options);
}

/// Reads the command line into the destinations of the options. Ends the process, with status 0 after the help and 2
/// after a command line that cannot be understood.
///
/// # Safety
/// `argv` holds `argc` strings; all live as long as the process.
pub(super) unsafe fn handle(argc: c_int, argv: *mut *mut c_char) {
    let count = usize::try_from(argc).unwrap_or(0);
    let args: Vec<*mut c_char> = match argv.is_null() {
        true => Vec::new(),
        // SAFETY: the caller's promise.
        false => unsafe { core::slice::from_raw_parts(argv, count) }.to_vec(),
    };
    let options = {
        let mut state = state();
        state.all = Vector(argc, argv);
        state.options.push(TESTARGS);
        state.options.clone()
    };
    // The table is walked unlocked: a callback may ask for the command line.
    // SAFETY: `add_options` was promised valid destinations; the strings are `argv`'s.
    match unsafe { parse(&options, &args) } {
        Ok(Outcome::Run(own)) if own < args.len() => {
            // SAFETY: `own` is within the vector.
            state().test = Vector((args.len() - own) as c_int, unsafe { argv.add(own) });
        }
        Ok(Outcome::Run(_)) => {}
        Ok(Outcome::Help) => {
            host::print(&help(&options));
            host::exit(0);
        }
        Err(why) => host::fail(&format!("{why}\n(--help lists the options of this build)")),
    }
}

/// # Safety
/// As for `handle` and `add_options`.
unsafe fn parse(options: &[ArgsStruct], args: &[*mut c_char]) -> Result<Outcome, String> {
    for option in options {
        // SAFETY: the caller's promise about destinations.
        unsafe { option.set_default() };
    }
    let testargs = ArgsStruct { is_switch: true, ..TESTARGS };
    'args: for (index, &arg) in args.iter().enumerate().skip(1) {
        let given = text(arg);
        if testargs.matches(&given)?.is_some() {
            return Ok(Outcome::Run(index + 1));
        }
        if is_help(&given) {
            return Ok(Outcome::Help);
        }
        for option in options.iter().filter(|o| !o.manual) {
            if let Some(offset) = option.matches(&given)? {
                // SAFETY: the caller's promise about destinations and strings.
                unsafe { option.store(arg, offset)? };
                continue 'args;
            }
        }
        return Err(format!("unknown option '{given}'"));
    }
    Ok(Outcome::Run(args.len()))
}

/// The help: first how the options are written, then what each does.
fn help(options: &[ArgsStruct]) -> String {
    let mut out = String::from("usage: zephyr.exe");
    let mut column = out.len();
    for word in core::iter::once(String::from("[--help]")).chain(options.iter().map(|o| o.syntax()))
    {
        if column + 1 + word.len() > HELP_WIDTH {
            out.push_str("\n   ");
            column = 3;
        }
        out.push(' ');
        out.push_str(&word);
        column += 1 + word.len();
    }
    out.push_str("\n\n");
    describe(&mut out, "[--help]", "Print this and end");
    for option in options {
        describe(&mut out, &option.syntax(), &option.description());
    }
    out.push_str("\nWhich options there are depends on the features and drivers configured.\n");
    out
}

/// One entry of the long help, its description wrapped at words.
fn describe(out: &mut String, syntax: &str, description: &str) {
    let mut line = format!("  {syntax}");
    if line.len() >= HELP_COLUMN {
        out.push_str(&line);
        out.push('\n');
        line.clear();
    }
    for word in description.split_whitespace() {
        if line.len() < HELP_COLUMN {
            line = format!("{line:HELP_COLUMN$}");
        } else if line.len() + 1 + word.len() > HELP_WIDTH {
            out.push_str(&line);
            out.push('\n');
            line = format!("{:HELP_COLUMN$}", "");
        } else {
            line.push(' ');
        }
        line.push_str(word);
    }
    out.push_str(&line);
    out.push('\n');
}

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Adds the options of a table that `ARG_TABLE_ENDMARKER` ends.
///
/// # Safety
/// `args` is null or such a table; its strings and destinations stay valid as long as the process.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn native_add_command_line_opts(args: *mut ArgsStruct) {
    let mut options = Vec::new();
    let mut next = args.cast_const();
    // SAFETY: the table is read up to its end mark.
    unsafe {
        while !next.is_null() && !(*next).option.is_null() {
            options.push(*next);
            next = next.add(1);
        }
        add_options(&options);
    }
}

/// The same under the native simulator's name.
///
/// # Safety
/// As for [`native_add_command_line_opts`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nsi_add_command_line_opts(args: *mut ArgsStruct) {
    // SAFETY: the caller's promise is the one asked for.
    unsafe { native_add_command_line_opts(args) }
}

/// Writes the vector that `main` got.
///
/// # Safety
/// Both pointers are valid for writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn native_get_cmd_line_args(argc: *mut c_int, argv: *mut *mut *mut c_char) {
    // SAFETY: the caller's promise.
    unsafe { (*argc, *argv) = command_line() }
}

/// Writes the arguments behind `--testargs`.
///
/// # Safety
/// Both pointers are valid for writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn native_get_test_cmd_line_args(
    argc: *mut c_int,
    argv: *mut *mut *mut c_char,
) {
    // SAFETY: the caller's promise.
    unsafe { (*argc, *argv) = test_command_line() }
}

/// Writes the vector that `main` got.
///
/// # Safety
/// Both pointers are valid for writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nsi_get_cmd_line_args(argc: *mut c_int, argv: *mut *mut *mut c_char) {
    // SAFETY: the caller's promise.
    unsafe { (*argc, *argv) = command_line() }
}

/// Writes the arguments behind `--testargs`.
///
/// # Safety
/// Both pointers are valid for writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nsi_get_test_cmd_line_args(argc: *mut c_int, argv: *mut *mut *mut c_char) {
    // SAFETY: the caller's promise.
    unsafe { (*argc, *argv) = test_command_line() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::ffi::CStr;

    fn run(options: &[ArgsStruct], args: &[&'static CStr]) -> Result<Outcome, String> {
        let args: Vec<_> = args.iter().map(|a| a.as_ptr().cast_mut()).collect();
        // SAFETY: the strings are static, and each test's destinations outlive the call.
        unsafe { parse(options, &args) }
    }

    #[test]
    fn an_unknown_option_is_named() {
        let err = run(&[], &[c"exe", c"--bogus=1"]).expect_err("unknown");
        assert_eq!(err, "unknown option '--bogus=1'");
    }

    #[test]
    fn help_wins_over_what_follows() {
        for word in [c"--help", c"-h", c"-?"] {
            assert_eq!(run(&[], &[c"exe", word, c"--bogus"]), Ok(Outcome::Help));
        }
    }

    #[test]
    fn test_arguments_are_not_read() {
        let args = [c"exe", c"--testargs", c"--bogus"];
        assert_eq!(run(&[], &args), Ok(Outcome::Run(2)));
    }

    #[test]
    fn the_last_of_two_values_counts() {
        let mut seconds = 0.0_f64;
        let stop = ArgsStruct {
            option: c"stop_at".as_ptr(),
            name: c"time".as_ptr(),
            kind: b'd' as c_char,
            dest: (&raw mut seconds).cast(),
            ..ArgsStruct::END
        };
        let args = [c"exe", c"--stop_at=1", c"-stop_at=2.5"];
        assert_eq!(run(&[stop], &args), Ok(Outcome::Run(3)));
        assert_eq!(seconds, 2.5);
    }

    #[test]
    fn the_help_fits_its_width_and_names_every_option() {
        let long =
            c"word word word word word word word word word word word word word word word word word";
        let option = |name: &'static CStr| ArgsStruct {
            option: name.as_ptr(),
            name: c"v".as_ptr(),
            descript: long.as_ptr(),
            ..ArgsStruct::END
        };
        let options = [option(c"one"), option(c"a-very-long-option-name-indeed"), option(c"three")];
        let help = help(&options);
        assert!(help.lines().all(|l| l.len() <= HELP_WIDTH), "{help}");
        for name in ["--one=<v>", "--a-very-long-option-name-indeed=<v>", "--three=<v>"] {
            assert_eq!(help.matches(name).count(), 2, "{name} in\n{help}");
        }
    }
}
