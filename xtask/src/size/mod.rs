// SPDX-License-Identifier: Apache-2.0
//! `size`: flash, RAM and stack on a Cortex-M3, by folder of `src/`.
//!
//! Each row is a program of `benches/size`, linked in a configuration of its own and never run. The
//! linker's map says what lies in flash and RAM; the disassembly says how deep the stack gets.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `rows` | the rows: configurations, how they are built |
//! | `map` | the linker's map: which section is how large and whose |
//! | `owner` | to which part of the project a symbol belongs |
//! | `stack` | the deepest way through the disassembly |
//! | `peers` | lwIP and smoltcp with like features |
//! | `table` | the committed table, and whether it still holds |

mod map;
mod owner;
pub mod peers;
mod rows;
pub mod stack;
mod table;

use crate::proc::{Failure, Outcome};
use std::ffi::OsString;

/// One figure, as `bench instructions --json` would print it.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub name: &'static str,
    pub bytes: u64,
}

#[derive(Default)]
struct Options {
    json: bool,
    check: bool,
    write: bool,
    peers: bool,
    /// Without what takes more than one build: RAM a slot.
    quick: bool,
    top: Option<usize>,
    rows: Vec<String>,
}

/// `size [--json] [--check|--write|--peers] [--top[=COUNT]] [--quick] [row]...`
pub fn command(args: &[OsString]) -> Outcome {
    let options = parse(args)?;
    rows::prepare()?;
    if options.peers {
        return peers::command(options.json);
    }
    let mut figures = Vec::new();
    let mut text = String::new();
    for row in rows::ROWS.iter().filter(|row| options.wants(row.name)) {
        let built = row.build(options.quick)?;
        text += &built.report(options.top);
        figures.extend(built.figures);
    }
    if options.json {
        for Figure { name, bytes } in &figures {
            println!("{{\"name\":\"{name}\",\"value\":{bytes}.0,\"unit\":\"bytes\"}}");
        }
    } else {
        print!("{text}");
        println!("\n{}", table::print(&figures).trim_end());
    }
    match (options.write, options.check) {
        (true, _) => table::write(&figures),
        (_, true) => table::check(&figures),
        _ => Ok(()),
    }
}

impl Options {
    fn wants(&self, row: &str) -> bool {
        self.rows.is_empty() || self.rows.iter().any(|name| name == row)
    }
}

fn parse(args: &[OsString]) -> Outcome<Options> {
    let mut options = Options::default();
    for arg in args {
        let arg = arg.to_string_lossy();
        match &*arg {
            "--json" => options.json = true,
            "--check" => options.check = true,
            "--write" => options.write = true,
            "--peers" => options.peers = true,
            "--quick" => options.quick = true,
            "--top" => options.top = Some(25),
            name if rows::ROWS.iter().any(|row| row.name == name) => options.rows.push(name.into()),
            other => match other.strip_prefix("--top=").and_then(|count| count.parse().ok()) {
                Some(count) => options.top = Some(count),
                None => return Err(Failure::Usage(format!("size: {other}: {}", known()))),
            },
        }
    }
    if (options.check || options.write) && (options.quick || !options.rows.is_empty()) {
        return Err(Failure::Usage("size: the table is compared and written as a whole".into()));
    }
    Ok(options)
}

fn known() -> String {
    let rows: Vec<_> = rows::ROWS.iter().map(|row| row.name).collect();
    format!("neither an option nor a row; the rows are {}", rows.join(", "))
}
