// SPDX-License-Identifier: Apache-2.0
//! Reads a `.config` and checks each value against the type its symbol was declared with.

use std::collections::BTreeMap;

use super::tree::{Kind, Symbols};

/// The value of one symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `y`, or `is not set`.
    Bool(bool),
    /// Of a symbol that is never negative.
    Unsigned(u64),
    /// Of a symbol that may be negative.
    Signed(i64),
    /// Without quotes and escapes.
    Text(String),
}

/// A symbol's value, and whether the file gave it: where the dependencies of a symbol are not met, C
/// sources see no macro.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub value: Value,
    pub given: bool,
}

/// Every declared symbol, and those an application's own Kconfig brought into the file.
pub type Config = BTreeMap<String, Entry>;

/// Parses a `.config`. Symbols it does not mention get `n`, 0 or the empty string: their
/// dependencies are not met. An error is the number of a line and what is wrong with it.
pub fn parse(text: &str, declared: &Symbols) -> Result<Config, (usize, String)> {
    let mut config: Config =
        declared.iter().map(|(name, kind)| (name.clone(), unset(*kind))).collect();
    for (number, line) in text.lines().enumerate() {
        let fail = |reason: String| (number + 1, reason);
        let line = line.trim();
        if let Some(name) =
            line.strip_prefix("# CONFIG_").and_then(|l| l.strip_suffix(" is not set"))
        {
            config.entry(name.to_string()).or_insert_with(|| unset(Kind::Bool));
            continue;
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, raw) = line
            .strip_prefix("CONFIG_")
            .and_then(|l| l.split_once('='))
            .filter(|(name, _)| is_name(name))
            .ok_or_else(|| fail(format!("malformed line '{line}': expected CONFIG_NAME=value")))?;
        let kind = declared.get(name).copied().unwrap_or_else(|| guess(raw));
        let value = value(raw, kind).ok_or_else(|| {
            fail(format!("CONFIG_{name}: '{raw}' is malformed: expected {}", wanted(kind)))
        })?;
        config.insert(name.to_string(), Entry { value, given: true });
    }
    Ok(config)
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn unset(kind: Kind) -> Entry {
    let value = match kind {
        Kind::Bool => Value::Bool(false),
        Kind::Unsigned => Value::Unsigned(0),
        Kind::Signed => Value::Signed(0),
        Kind::Text => Value::Text(String::new()),
    };
    Entry { value, given: false }
}

/// The type of a symbol that our tree does not declare, told from its value.
fn guess(raw: &str) -> Kind {
    match raw.as_bytes().first() {
        Some(b'"') => Kind::Text,
        Some(b'-') => Kind::Signed,
        Some(b'0'..=b'9') => Kind::Unsigned,
        _ => Kind::Bool,
    }
}

fn value(raw: &str, kind: Kind) -> Option<Value> {
    match kind {
        Kind::Bool => (raw == "y" || raw == "n").then(|| Value::Bool(raw == "y")),
        Kind::Unsigned => match raw.strip_prefix("0x").or(raw.strip_prefix("0X")) {
            Some(hex) => u64::from_str_radix(hex, 16).ok(),
            None => raw.parse().ok(),
        }
        .map(Value::Unsigned),
        Kind::Signed => raw.parse().ok().map(Value::Signed),
        Kind::Text => text(raw).map(Value::Text),
    }
}

/// The inside of a quoted string; a backslash keeps the character after it.
fn text(raw: &str) -> Option<String> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    let mut out = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(chars.next()?),
            '"' => return None,
            _ => out.push(c),
        }
    }
    Some(out)
}

fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Bool => "y or n",
        Kind::Unsigned => "a number that is not negative",
        Kind::Signed => "a decimal number",
        Kind::Text => "a string in double quotes",
    }
}
