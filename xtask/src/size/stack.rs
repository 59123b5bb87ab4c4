// SPDX-License-Identifier: Apache-2.0
//! The deepest stack below a function, read from the disassembly: what each function pushes, and whom it
//! calls.
//!
//! An upper bound along calls by name. A call through a pointer in `stack/` and `socket/` is taken to reach
//! any method of the platform; others end the way, so that drivers and handlers of the application are
//! not counted, nor is what a panic takes.

use super::owner::without_hash;
use crate::proc::{Failure, Outcome, output};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// One function of the program.
#[derive(Debug, Default, PartialEq)]
struct Function {
    /// Bytes it takes itself, return address and all.
    frame: u64,
    calls: BTreeSet<String>,
    /// Calls through a pointer.
    indirect: bool,
}

/// The functions of a program, by demangled name.
pub struct Calls(BTreeMap<String, Function>);

/// Where a pointer leads to the platform, and the names of what it leads to.
const CALLERS: [&str; 2] = ["znet::stack::", "znet::socket::"];
const PLATFORM: [&str; 2] = ["::Platform>::", "::Env>::"];

impl Calls {
    /// Disassembles a program.
    pub fn of(program: &Path) -> Outcome<Self> {
        let text = output(
            Command::new("arm-none-eabi-objdump")
                .args(["--disassemble", "--no-show-raw-insn", "--demangle=rust"])
                .arg(program),
        )?;
        Ok(Self::from(&*text))
    }

    /// Bytes of stack from the first of `roots` that is there, and the way that takes them.
    pub fn deepest(&self, roots: &[&str]) -> Outcome<(u64, Vec<String>)> {
        let found = roots.iter().find_map(|root| self.0.keys().find(|name| name.ends_with(root)));
        let Some(root) = found else {
            return Err(Failure::Failed(format!(
                "no function {} in the program",
                roots.join(", ")
            )));
        };
        let mut known = BTreeMap::new();
        let depth = self.walk(root, &mut Vec::new(), &mut known);
        let mut way = vec![root.clone()];
        while let Some((_, Some(next))) = known.get(way.last().unwrap_or(root)) {
            way.push(next.clone());
        }
        Ok((depth, way))
    }

    /// The depth below `name`; `above` are the callers, which a call back to them does not count.
    fn walk<'a>(
        &'a self,
        name: &'a str,
        above: &mut Vec<&'a str>,
        known: &mut BTreeMap<String, (u64, Option<String>)>,
    ) -> u64 {
        if let Some((depth, _)) = known.get(name) {
            return *depth;
        }
        let Some(function) = self.0.get(name) else { return 0 };
        if above.contains(&name) || name.contains("panic") {
            return 0;
        }
        above.push(name);
        let deepest =
            self.next(name, function).map(|callee| (self.walk(callee, above, known), callee)).max();
        above.pop();
        let (below, next) = deepest.map_or((0, None), |(depth, callee)| (depth, Some(callee)));
        known.insert(name.into(), (function.frame + below, next.map(String::from)));
        function.frame + below
    }

    /// Whom the function `name` calls, through pointers to the platform too.
    fn next<'a>(&'a self, name: &str, function: &'a Function) -> impl Iterator<Item = &'a str> {
        let through = function.indirect && CALLERS.iter().any(|part| name.contains(part));
        let platform = self.0.keys().filter(move |_| through);
        let platform = platform.filter(|name| PLATFORM.iter().any(|part| name.contains(part)));
        function.calls.iter().chain(platform).map(String::as_str)
    }

    /// The functions of the program.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whom `name` calls by name.
    pub fn callees(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.get(name).into_iter().flat_map(|function| &function.calls).map(String::as_str)
    }

    /// Who calls `name` by name.
    pub fn callers(&self, name: &str) -> impl Iterator<Item = &str> {
        let calls = move |function: &Function| function.calls.contains(name);
        self.0
            .iter()
            .filter(move |(_, function)| calls(function))
            .map(|(caller, _)| caller.as_str())
    }

    /// The functions to which `roots` lead; what `stop` names is reached and leads no further.
    pub fn reachable<'a>(
        &'a self,
        roots: &[&'a str],
        stop: impl Fn(&str) -> bool,
    ) -> BTreeSet<&'a str> {
        let mut reached = BTreeSet::new();
        let mut waiting = roots.to_vec();
        while let Some(name) = waiting.pop() {
            let Some(function) = self.0.get(name) else { continue };
            if reached.insert(name) && !stop(name) {
                waiting.extend(self.next(name, function));
            }
        }
        reached
    }
}

impl From<&str> for Calls {
    /// From the text of a disassembly.
    fn from(text: &str) -> Self {
        Self(parse(text))
    }
}

fn parse(text: &str) -> BTreeMap<String, Function> {
    let mut functions = BTreeMap::new();
    let mut name = String::new();
    let mut function = Function::default();
    let mut depth: u64 = 0;
    for line in text.lines() {
        if let Some(label) = label(line) {
            functions.insert(std::mem::replace(&mut name, label), std::mem::take(&mut function));
            depth = 0;
            continue;
        }
        let Some((_, instruction)) = line.split_once(":\t") else { continue };
        let (mnemonic, operands) = instruction.split_once('\t').unwrap_or((instruction, ""));
        let mnemonic = mnemonic.split('.').next().unwrap_or_default();
        let operands = operands.split(['@', ';']).next().unwrap_or_default().trim();
        match effect(mnemonic, operands) {
            Effect::Down(bytes) => depth += bytes,
            Effect::Up(bytes) => depth = depth.saturating_sub(bytes),
            // What follows is reached from inside the body.
            Effect::Leave => depth = function.frame,
            Effect::None => {}
        }
        function.frame = function.frame.max(depth);
        if mnemonic.starts_with('b') {
            if let Some(target) = target(instruction).filter(|target| *target != name) {
                function.calls.insert(target);
                if mnemonic == "b" {
                    depth = function.frame;
                }
            }
            let register = operands.starts_with('r') || operands == "ip" || operands == "lr";
            function.indirect |=
                register && (mnemonic == "blx" || mnemonic == "bx" && operands != "lr");
        }
    }
    functions.insert(name, function);
    functions.remove("");
    functions
}

enum Effect {
    None,
    Down(u64),
    Up(u64),
    Leave,
}

/// What an instruction does to the stack pointer.
fn effect(mnemonic: &str, operands: &str) -> Effect {
    let immediate =
        || operands.rsplit_once('#').and_then(|(_, n)| n.trim_end_matches([']', '!']).parse().ok());
    let on_stack = operands.starts_with("sp,");
    match mnemonic {
        "push" => Effect::Down(4 * registers(operands)),
        "vpush" => Effect::Down(8 * registers(operands)),
        "stmdb" if operands.starts_with("sp!") => Effect::Down(4 * registers(operands)),
        "pop" | "ldmia" | "ldm" if operands.contains("pc") => Effect::Leave,
        "bx" if operands == "lr" => Effect::Leave,
        "pop" => Effect::Up(4 * registers(operands)),
        "ldmia" if operands.starts_with("sp!") => Effect::Up(4 * registers(operands)),
        "sub" | "subw" if on_stack => Effect::Down(immediate().unwrap_or(0)),
        "add" | "addw" if on_stack => Effect::Up(immediate().unwrap_or(0)),
        "str" | "strd" if operands.ends_with("]!") && operands.contains("[sp, #-") => {
            let bytes = operands.rsplit_once("#-").map(|(_, n)| n.trim_end_matches("]!"));
            Effect::Down(bytes.and_then(|n| n.parse().ok()).unwrap_or(0))
        }
        "ldr" if operands.starts_with("pc, [sp]") => Effect::Leave,
        "ldr" | "ldrd" if operands.contains("[sp], #") => Effect::Up(immediate().unwrap_or(0)),
        _ => Effect::None,
    }
}

/// How many registers a list such as `{r4, r5, r7, lr}` or `{d8-d10}` names.
fn registers(operands: &str) -> u64 {
    let list = operands.split_once('{').map_or("", |(_, list)| list.trim_end_matches('}'));
    let number = |register: &str| register[1..].parse::<u64>().unwrap_or(0);
    list.split(',')
        .map(|part| match part.trim().split_once('-') {
            Some((first, last)) => number(last) - number(first) + 1,
            None => 1,
        })
        .sum()
}

/// The name in `00000018 <name>:`.
fn label(line: &str) -> Option<String> {
    let (address, name) = line.strip_suffix(">:")?.split_once(" <")?;
    u64::from_str_radix(address, 16).ok()?;
    Some(without_hash(name).into())
}

/// The function in `bl 9e78 <name>`; a branch within a function names it with an offset.
fn target(instruction: &str) -> Option<String> {
    let (_, name) = instruction.split_once('<')?;
    let name = name.trim_end().strip_suffix('>')?;
    let name = without_hash(name);
    (!name.contains("+0x")).then(|| name.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "
00000000 <root>:
       0:\tpush\t{r4, r5, r7, lr}
       2:\tsub\tsp, #24
       4:\tcbz\tr0, a <root+0xa>
       6:\tbl\t20 <small>
       8:\tadd\tsp, #24
       9:\tpop\t{r4, r5, r7, pc}
       a:\tbl\t30 <znet::stack::big::h0123456789abcdef>
       c:\tb.n\t6 <root+0x6>

00000020 <small>:
      20:\tstr.w\tfp, [sp, #-4]!
      24:\tbl\t0 <root>
      28:\tldr.w\tfp, [sp], #4
      2c:\tbx\tlr

00000030 <znet::stack::big::h0123456789abcdef>:
      30:\tstmdb\tsp!, {r4, r5, r6, r7, r8, lr}
      32:\tblx\tr3
      34:\tb.w\t50 <core::panicking::panic>

00000040 <<znet::F as znet::Platform>::call::h0123456789abcdef>:
      40:\tsub.w\tsp, sp, #256\t@ 0x100
      44:\tbx\tlr

00000050 <core::panicking::panic>:
      50:\tsub.w\tsp, sp, #4096
";

    #[test]
    fn the_deepest_way() {
        let calls = Calls(parse(TEXT));
        assert_eq!(calls.0["root"].frame, 40);
        assert_eq!(calls.0["small"].frame, 4);
        let (depth, way) = calls.deepest(&["gone", "root"]).ok().unwrap();
        assert_eq!(depth, 40 + 24 + 256);
        assert_eq!(way, ["root", "znet::stack::big", "<znet::F as znet::Platform>::call"]);
        assert!(calls.deepest(&["gone"]).is_err());
    }

    #[test]
    fn lists_of_registers() {
        assert_eq!(registers("{r4, lr}"), 2);
        assert_eq!(registers("sp!, {d8-d10, d12}"), 4);
    }
}
