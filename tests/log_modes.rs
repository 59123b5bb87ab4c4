// SPDX-License-Identifier: Apache-2.0
//! The forms of the log's lines, by configuration: the C sources compiled with each, and run.
//!
//! `ffi-tests/headers` tries the log inside a whole application; here are the choices it leaves out.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// A program that says one thing of each kind.
const PROGRAM: &str = r#"
#include <stdio.h>
#include <stdlib.h>
#include <zephyr/logging/log.h>
#include <zephyr/logging/log_ctrl.h>

LOG_MODULE_REGISTER(module, LOG_LEVEL_DBG);

void znet_console_write(const char *text, size_t len);
void znet_console_write(const char *text, size_t len)
{
	fwrite(text, 1, len, stdout);
}

unsigned long long znet_uptime_us(void);
unsigned long long znet_uptime_us(void)
{
	return 61000002;
}

void k_fatal_halt(unsigned int reason)
{
	exit((int)reason);
}

int main(void)
{
	printf("%d\n", log_set_tag("tag") == (CONFIG_LOG_TAG_MAX_LEN >= 3 ? 0 : -ENOTSUP));
	LOG_ERR("error %d", 1);
	LOG_WRN("warning");
	LOG_INF("information");
	LOG_DBG("detail");
	LOG_HEXDUMP_WRN("AB", 2, "bytes");
	return 0;
}
"#;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What the program writes in a configuration, after its first line.
fn output(name: &str, symbols: &[&str]) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let source = folder.join(format!("log-{name}.c"));
    let program = folder.join(format!("log-{name}"));
    fs::write(&source, PROGRAM).expect("writable");
    let mut compile = Command::new(env::var_os("CC").unwrap_or_else(|| "cc".into()));
    compile
        .args(["-std=c11", "-g", "-Wall", "-Wextra", "-Werror", "-fsanitize=undefined"])
        .arg("-I")
        .arg(root().join("include"))
        .args(["-DCONFIG_ARCH_POSIX=1", "-DCONFIG_LOG=1", "-DCONFIG_LOG_MAX_LEVEL=4"])
        .args(["-DCONFIG_LOG_DEFAULT_LEVEL=3", "-DCONFIG_LOG_TAG_DEFAULT=\"\""])
        .arg("-DCONFIG_SYS_CLOCK_TICKS_PER_SEC=10000")
        .args(symbols.iter().map(|symbol| format!("-DCONFIG_{symbol}")))
        .arg(&source);
    for file in ["log.c", "printk.c", "format.c", "format_fp.c"] {
        compile.arg(root().join("src/kernel/c").join(file));
    }
    let compiled = compile.arg("-o").arg(&program).output().expect("a C compiler");
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    let ran = Command::new(program).output().expect("runs");
    let complaints = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success() && complaints.is_empty(), "{complaints}");
    let text = String::from_utf8(ran.stdout).expect("UTF-8");
    text.strip_prefix("1\n").unwrap_or_else(|| panic!("log_set_tag():\n{text}")).to_string()
}

#[test]
fn minimal() {
    let text = output("minimal", &["LOG_MODE_MINIMAL=1", "LOG_TAG_MAX_LEN=0"]);
    let bytes = format!("   41 42 {}|AB{:15}", " ".repeat(14 * 3 + 1), "");
    assert_eq!(
        text,
        format!("E: error 1\nW: warning\nI: information\nD: detail\nW: bytes\n{bytes}\n")
    );
}

#[test]
fn colours_tag_and_function() {
    let symbols = [
        "LOG_BACKEND_SHOW_COLOR=1",
        "LOG_INFO_COLOR_GREEN=1",
        "LOG_BACKEND_FORMAT_TIMESTAMP=1",
        "LOG_TAG_MAX_LEN=3",
        "LOG_FUNC_NAME_PREFIX_ERR=1",
    ];
    let text = output("colours", &symbols);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[..4],
        [
            "tag [00:01:01.000,002] \x1b[1;31m<err> module: main: error 1\x1b[0m",
            "tag [00:01:01.000,002] \x1b[1;33m<wrn> module: warning\x1b[0m",
            "tag [00:01:01.000,002] \x1b[1;32m<inf> module: information\x1b[0m",
            "tag [00:01:01.000,002] <dbg> module: detail",
        ]
    );
    // The bytes stand below the text: colours take no room on the screen.
    assert_eq!(lines[5].find("41"), Some("tag [00:01:01.000,002] <wrn> module: ".len()));
}

#[test]
fn time_as_a_number() {
    let text = output("number", &["LOG_TAG_MAX_LEN=0"]);
    assert_eq!(text.lines().next(), Some("[61000002] <err> module: error 1"));
}
