// SPDX-License-Identifier: Apache-2.0
//! `licences`: whether every dependency may be used, by its licence and by `deny.toml`.
//!
//! What `cargo deny check licenses` looks at, without a program that has to be installed first: each
//! dependency has to offer a licence that is allowed, or be an exception.

use std::fs;

use crate::proc::{Outcome, cargo, failed, output, say};
use crate::tree;

/// `cargo xtask licences`.
pub fn command() -> Outcome {
    let path = tree::root().join("deny.toml");
    let rules = fs::read_to_string(&path).or_else(|e| failed(format!("deny.toml: {e}")))?;
    let (allowed, exceptions) = (allowed(&rules), exceptions(&rules));
    let tree = ["tree", "--workspace", "--all-features", "--target", "all", "--prefix", "none"];
    let mut list = cargo(tree);
    let list = output(list.args(["--no-dedupe", "--edges", "all", "--format", "{p}|{l}"]))?;
    let mut packages: Vec<(&str, &str)> =
        list.lines().filter_map(|line| line.trim_end_matches(" (*)").split_once('|')).collect();
    packages.sort_unstable();
    packages.dedup();
    let refused: Vec<String> = packages
        .iter()
        .filter(|(package, licence)| {
            let name = package.split(' ').next().unwrap_or_default();
            let more = exceptions.iter().filter(|(n, _)| n == name).map(|(_, more)| more.as_str());
            let may =
                |one: &str| allowed.iter().any(|a| a == one) || more.clone().any(|a| a == one);
            !satisfied(licence, &may)
        })
        .map(|(package, licence)| format!("{package}: '{licence}'"))
        .collect();
    if refused.is_empty() {
        say(format!("{} packages, all with a licence that deny.toml allows", packages.len()));
        return Ok(());
    }
    failed(format!("not allowed by deny.toml:\n{}", refused.join("\n")))
}

/// The words in quotes on a line.
fn quoted(line: &str) -> Vec<String> {
    line.split('"').skip(1).step_by(2).map(String::from).collect()
}

/// What `allow` of the section `[licenses]` lists.
fn allowed(rules: &str) -> Vec<String> {
    rules.lines().find(|line| line.starts_with("allow = [")).map(quoted).unwrap_or_default()
}

/// Package and licence of each exception.
fn exceptions(rules: &str) -> Vec<(String, String)> {
    let lines = rules.lines().filter(|line| line.contains("crate = "));
    let pairs = lines.filter_map(|line| match quoted(line).as_slice() {
        [name, licence, ..] => Some((name.clone(), licence.clone())),
        _ => None,
    });
    pairs.collect()
}

/// Whether an expression of SPDX can be met. `AND` binds closer than `OR`; the `/` of old manifests is
/// an `OR`.
fn satisfied(expression: &str, may: &dyn Fn(&str) -> bool) -> bool {
    let mut text = expression.trim().replace('/', " OR ");
    // Innermost parentheses first, each replaced by what it comes to.
    while let Some((open, close)) = text.find(')').and_then(|c| Some((text[..c].rfind('(')?, c))) {
        let inner = satisfied(&text[open + 1..close], may);
        text.replace_range(open..=close, if inner { "+yes" } else { "+no" });
    }
    let one = |word: &str| match word.trim() {
        "+yes" => true,
        "+no" => false,
        word => may(word.split(" WITH ").next().unwrap_or(word).trim()),
    };
    text.split(" OR ").any(|some| some.split(" AND ").all(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_met_or_not() {
        let may = |word: &str| ["MIT", "Apache-2.0"].contains(&word);
        for good in [
            "MIT",
            "MIT/GPL-2.0",
            "GPL-2.0 OR MIT",
            "(MIT OR GPL-2.0) AND Apache-2.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-2.0",
        ] {
            assert!(satisfied(good, &may), "{good}");
        }
        for bad in ["", "GPL-2.0", "MIT AND GPL-2.0", "(GPL-2.0 OR LGPL-2.1) AND MIT"] {
            assert!(!satisfied(bad, &may), "{bad}");
        }
    }

    #[test]
    fn the_rules_are_read() {
        let rules = fs::read_to_string(tree::root().join("deny.toml")).unwrap();
        assert!(allowed(&rules).contains(&"MIT".to_string()));
        assert_eq!(
            exceptions(&rules),
            [("cbindgen".into(), "MPL-2.0".into()), ("libfuzzer-sys".into(), "NCSA".into())]
        );
    }
}
