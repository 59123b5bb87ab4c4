// SPDX-License-Identifier: Apache-2.0

use super::text::Text;
use crate::base::layout::Layout;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::string::String;
use std::{env, format, fs, process};

/// Compiles `source` against the headers; the compiler's complaints if it fails.
fn compile(name: &str, source: &[u8]) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let generated = Path::new(env!("OUT_DIR")).join("include");
    let file: PathBuf = env::temp_dir().join(format!("znet-{name}-{}.c", process::id()));
    fs::write(&file, source).map_err(|e| format!("{}: {e}", file.display()))?;
    let output = Command::new(env::var_os("CC").unwrap_or_else(|| "cc".into()))
        .args(["-std=c11", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-Wno-unused-function"])
        .arg("-I")
        .arg(root.join("include"))
        .arg("-I")
        .arg(&generated)
        .arg("-imacros")
        .arg(generated.join("zephyr/autoconf.h"))
        .arg(&file)
        .output()
        .map_err(|e| format!("no C compiler: {e}"))?;
    let _ = fs::remove_file(&file);
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

#[test]
fn c_agrees_with_rust() {
    if let Err(complaints) = compile("layout", super::ASSERTIONS.as_bytes()) {
        panic!("C sees these structures and constants otherwise than Rust:\n{complaints}");
    }
}

/// The assertions about the tables, and nothing around them.
fn text_of(tables: &[&[Layout]]) -> Text<4096> {
    let mut text = Text::new();
    text.str("#include <stddef.h>\n");
    text.includes(tables);
    text.layouts(tables);
    text
}

#[test]
fn a_difference_is_found() {
    #[repr(C)]
    struct Wrong {
        head: usize,
        tail: u32,
    }
    crate::base::layout::layouts! { TABLE in "zephyr/sys/slist.h":
        Wrong = "sys_slist_t" { head, tail };
    }
    let text = text_of(&[TABLE]);
    let complaints = compile("wrong", text.as_bytes()).expect_err("the tail is a pointer");
    assert!(complaints.contains("Rust says 4"), "{complaints}");
}

#[test]
fn numbers_and_names() {
    let mut text = Text::<64>::new();
    for number in [0, 7, 10, -5, 1_234_567, i64::from(i32::MIN)] {
        text.number(number);
        text.str(" ");
    }
    text.member("r#ref . b");
    assert_eq!(text.as_bytes(), b"0 7 10 -5 1234567 -2147483648 ref.b");
}
