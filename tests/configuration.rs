// SPDX-License-Identifier: Apache-2.0
//! The way from Kconfig to the crate: declared symbols, types of constants, malformed input.

#[path = "../kconfig/rust/dotconfig.rs"]
mod dotconfig;
#[path = "../kconfig/rust/emit.rs"]
mod emit;
#[path = "../kconfig/rust/tree.rs"]
mod tree;

use std::fs;
use std::path::PathBuf;

use dotconfig::{Value, parse};
use tree::{Kind, Symbols, Tree};

fn our_tree() -> Tree {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("kconfig");
    tree::read(&root, "Kconfig").expect("the tree can be read")
}

/// A tree of one file, in a folder of the test's own.
fn small_tree(test: &str, text: &str) -> Symbols {
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    fs::create_dir_all(&root).expect("the temporary folder is writable");
    fs::write(root.join("Kconfig"), text).expect("the temporary folder is writable");
    tree::read(&root, "Kconfig").expect("the tree can be read").symbols
}

// The types do not depend on the values of a configuration.
const _: usize = znet::config::NET_PKT_RX_COUNT;
const _: usize = znet::config::NET_IF_MAX_IPV6_COUNT;
const _: i64 = znet::config::MAIN_THREAD_PRIORITY;
const _: i64 = znet::config::SYSTEM_WORKQUEUE_PRIORITY;
const _: &str = znet::config::BOARD;

#[test]
fn every_symbol_of_the_references_is_declared_with_its_type() {
    let declared = our_tree().symbols;
    for name in ["default", "minimal", "ipv4_only", "ipv6_only", "full"] {
        let path = format!("{}/kconfig/configs/{name}.config", env!("CARGO_MANIFEST_DIR"));
        let text = fs::read_to_string(&path).expect("the reference is committed");
        let config = parse(&text, &declared).expect("the reference is well formed");
        assert_eq!(config.len(), declared.len(), "{name} has a symbol that no file declares");
    }
}

#[test]
fn templates_declare_a_symbol_for_each_module() {
    let declared = our_tree().symbols;
    for module in ["NET_CORE", "NET_IPV4", "NET_ARP", "KERNEL", "NET_BUF"] {
        assert_eq!(declared.get(&format!("{module}_LOG_LEVEL")), Some(&Kind::Unsigned));
        assert_eq!(declared.get(&format!("{module}_LOG_LEVEL_DBG")), Some(&Kind::Bool));
    }
    assert!(declared.keys().all(|name| !name.contains('$')));
}

#[test]
fn a_negative_default_or_range_makes_a_symbol_signed() {
    let declared = small_tree(
        "signed",
        "config A\n\tint \"a\"\n\tdefault -1 if B\n\tdefault 0\n\
         config B\n\tint\n\trange -5 5\n\
         config C\n\thex\n\tdefault 0x10\n",
    );
    assert_eq!(declared["A"], Kind::Signed);
    assert_eq!(declared["B"], Kind::Signed);
    assert_eq!(declared["C"], Kind::Unsigned);
}

#[test]
fn help_texts_declare_nothing() {
    let declared = small_tree(
        "help",
        "config A\n\tbool \"a\"\n\thelp\n\t  config B\n\t  int\n\n\t  default -1\nconfig C\n\tstring\n",
    );
    assert_eq!(declared["A"], Kind::Bool);
    assert_eq!(declared["C"], Kind::Text);
    assert_eq!(declared.len(), 2);
}

#[test]
fn values_are_read_by_type() {
    let declared = small_tree(
        "values",
        "config B\n\tbool\nconfig N\n\tint\nconfig H\n\thex\nconfig S\n\tstring\n\
         config I\n\tint\n\tdefault -1\n",
    );
    let text = "# a comment\nCONFIG_B=y\nCONFIG_N=12\nCONFIG_H=0x1F\nCONFIG_S=\"a \\\"b\\\" \\\\c\"\n\
                CONFIG_I=3\nCONFIG_OWN=7\n# CONFIG_OWN_OFF is not set\n";
    let config = parse(text, &declared).expect("well formed");
    assert_eq!(config["B"].value, Value::Bool(true));
    assert_eq!(config["N"].value, Value::Unsigned(12));
    assert_eq!(config["H"].value, Value::Unsigned(31));
    assert_eq!(config["S"].value, Value::Text("a \"b\" \\c".into()));
    assert_eq!(config["I"].value, Value::Signed(3));
    assert_eq!(config["OWN"].value, Value::Unsigned(7));
    assert_eq!(config["OWN_OFF"].value, Value::Bool(false));
}

#[test]
fn malformed_values_name_line_and_symbol() {
    let declared =
        small_tree("malformed", "config B\n\tbool\nconfig N\n\tint\nconfig S\n\tstring\n");
    let cases = [
        ("CONFIG_B=1", "CONFIG_B: '1' is malformed: expected y or n"),
        ("CONFIG_N=-1", "CONFIG_N: '-1' is malformed: expected a number that is not negative"),
        ("CONFIG_N=", "CONFIG_N: '' is malformed: expected a number that is not negative"),
        ("CONFIG_S=a", "CONFIG_S: 'a' is malformed: expected a string in double quotes"),
        (
            "CONFIG_S=\"a\\\"",
            "CONFIG_S: '\"a\\\"' is malformed: expected a string in double quotes",
        ),
        ("CONFIG_N 1", "malformed line 'CONFIG_N 1': expected CONFIG_NAME=value"),
        ("CONFIG_=1", "malformed line 'CONFIG_=1': expected CONFIG_NAME=value"),
        ("N=1", "malformed line 'N=1': expected CONFIG_NAME=value"),
    ];
    for (line, reason) in cases {
        let text = format!("# first\n{line}\n");
        assert_eq!(parse(&text, &declared), Err((2, reason.to_string())));
    }
}

#[test]
fn symbols_without_a_value_are_zero_in_rust_and_absent_in_c() {
    let declared = small_tree("unset", "config B\n\tbool\nconfig N\n\tint\nconfig S\n\tstring\n");
    let config = parse("", &declared).expect("well formed");
    assert_eq!(
        emit::rust_constants(&config),
        "pub const N: usize = 0;\npub const S: &str = \"\";\n"
    );
    assert_eq!(emit::autoconf(&config), "#pragma once\n\n");
    assert_eq!(
        emit::cargo_lines(&config),
        ["cargo::rustc-check-cfg=cfg(CONFIG_B, CONFIG_N, CONFIG_S)"]
    );
}

#[test]
fn set_symbols_reach_rust_and_c() {
    let declared = small_tree("set", "config B\n\tbool\nconfig S\n\tstring\nconfig H\n\thex\n");
    let config = parse("CONFIG_B=y\nCONFIG_S=\"a\\\"\\\\\"\nCONFIG_H=0x10\n", &declared)
        .expect("well formed");
    assert_eq!(
        emit::rust_constants(&config),
        "pub const H: usize = 16;\npub const S: &str = \"a\\\"\\\\\";\n"
    );
    assert_eq!(
        emit::autoconf(&config),
        "#pragma once\n\n#define CONFIG_B 1\n#define CONFIG_H 16\n#define CONFIG_S \"a\\\"\\\\\"\n"
    );
    assert!(emit::cargo_lines(&config).contains(&"cargo::rustc-cfg=CONFIG_B".to_string()));
}
