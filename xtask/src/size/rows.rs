// SPDX-License-Identifier: Apache-2.0
//! The rows: which program in which configuration, and how it is built.

use super::Figure;
use super::map::{self, Section};
use super::owner::{self, Index};
use super::stack::Calls;
use crate::app::App;
use crate::proc::{Failure, Outcome, cargo, failed, run, say};
use crate::setup;
use crate::suite::ECHO_SERVER;
use crate::tree;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The board whose defaults every configuration starts from, and its target in Rust.
const BOARD: &str = "mps2/an385";
pub const TARGET: &str = "thumbv7m-none-eabi";
/// The cargo profile of firmware that has to be small.
const PROFILE: &str = "tiny";

/// By how many the tables grow to see what one slot takes. Tables that are indexed by hash have
/// sizes that are powers of two: from 8 to 16 each of them grows by 8 slots.
const SLOTS: (u64, u64) = (8, 16);

/// Where each thread's or caller's way begins; the first name that is there counts, since what is
/// inlined into its caller has no name.
const RECEIVE: &[&str] = &["queues::rx_thread", "queues::to_stack"];
const SEND: &[&str] = &["zsock_sendto"];

/// One row.
pub struct Row {
    pub name: &'static str,
    what: &'static str,
    /// Fragments of `benches/size/conf` or reference configurations, the later over the earlier; empty: the
    /// echo server.
    conf: &'static [&'static str],
    flash: &'static str,
    /// Flash and RAM that the whole program has to fit.
    fits: Option<(u64, u64)>,
    measure: &'static [Measure],
}

/// What is measured beside the flash.
enum Measure {
    /// The RAM of the whole image.
    Ram(&'static str),
    /// The RAM of one more socket, where this symbol is there.
    Slot(&'static str, &'static str),
    /// The deepest stack below these functions.
    Stack(&'static str, &'static [&'static str]),
}

pub const ROWS: &[Row] = &[
    Row {
        name: "udp_only",
        what: "UDP by sockets, IPv4, ARP, ICMP echo, Ethernet",
        conf: &["tiny"],
        flash: "udp_only_flash",
        fits: Some((32 << 10, 16 << 10)),
        measure: &[
            Measure::Slot("udp_socket_ram", "NET_UDP"),
            Measure::Stack("receive_stack", RECEIVE),
            Measure::Stack("send_stack", SEND),
        ],
    },
    Row {
        name: "ipv4_udp_tcp",
        what: "UDP and TCP over IPv4",
        conf: &["tiny", "tcp"],
        flash: "ipv4_udp_tcp_flash",
        fits: None,
        measure: &[Measure::Slot("tcp_connection_ram", "NET_TCP")],
    },
    Row {
        name: "ipv4",
        what: "UDP and TCP over IPv4, DHCP",
        conf: &["tiny", "tcp", "dhcp"],
        flash: "ipv4_flash",
        fits: None,
        measure: &[],
    },
    Row {
        name: "ipv4_ipv6",
        what: "UDP and TCP over IPv4 and IPv6",
        conf: &["tiny", "tcp", "ipv6"],
        flash: "ipv4_ipv6_flash",
        fits: None,
        measure: &[],
    },
    Row {
        name: "echo_server",
        what: "the sample echo_server over IPv4: the whole image, its kernel and C library included",
        conf: &[],
        flash: "echo_server_flash",
        fits: None,
        measure: &[Measure::Ram("echo_server_ram")],
    },
];

/// A row that was measured.
pub struct Built {
    row: &'static Row,
    /// What the row is to hold and this version does not have.
    lacks: Vec<String>,
    parts: BTreeMap<String, (u64, u64)>,
    symbols: Vec<(String, u64, u64)>,
    ways: Vec<(&'static str, Vec<String>)>,
    pub figures: Vec<Figure>,
}

/// Sees to it that the compilers are there.
pub fn prepare() -> Outcome {
    setup::firmware()
}

impl Row {
    /// Builds and measures; `quick`: not what takes further builds.
    pub fn build(&'static self, quick: bool) -> Outcome<Built> {
        say(format!("size: {}", self.name));
        let image = if self.conf.is_empty() { echo_server()? } else { self.link(None)? };
        let mut built = Built {
            row: self,
            lacks: image.lacks,
            parts: BTreeMap::new(),
            symbols: Vec::new(),
            ways: Vec::new(),
            figures: Vec::new(),
        };
        let Some(program) = image.program else { return Ok(built) };
        built.add(&image.sections)?;
        let (flash, ram) = built.sum(true);
        if let Some((most_flash, most_ram)) = self.fits
            && (flash > most_flash || ram > most_ram)
        {
            return failed(format!(
                "{}: {flash} bytes of flash and {ram} of RAM do not fit {most_flash} and {most_ram}",
                self.name
            ));
        }
        // The figure stands for all that the row is to hold.
        if built.lacks.is_empty() {
            let flash = built.sum(self.conf.is_empty()).0;
            built.figures.push(Figure { name: self.flash, bytes: flash });
        }
        for measure in self.measure {
            match measure {
                Measure::Ram(name) => {
                    let ram = built.sum(true).1;
                    built.figures.push(Figure { name, bytes: ram });
                }
                Measure::Slot(name, symbol)
                    if !quick && image.symbols.contains(&(*symbol).into()) =>
                {
                    let bytes = self.slot()?;
                    built.figures.push(Figure { name, bytes });
                }
                Measure::Slot(..) => {}
                Measure::Stack(name, roots) => {
                    let (bytes, way) = Calls::of(&program)?.deepest(roots)?;
                    built.figures.push(Figure { name, bytes });
                    built.ways.push((name, way));
                }
            }
        }
        Ok(built)
    }

    /// The RAM that one more socket takes: context, descriptor, and its share of the index.
    fn slot(&self) -> Outcome<u64> {
        let ram = |count: u64| -> Outcome<u64> {
            let image = self.link(Some(count))?;
            Ok(image.sections.iter().filter(|s| !s.file.is_empty()).map(Section::ram).sum())
        };
        Ok((ram(SLOTS.1)? - ram(SLOTS.0)?).div_ceil(SLOTS.1 - SLOTS.0))
    }

    /// Links the program of this row, with room for `sockets` sockets if a number is given.
    fn link(&self, sockets: Option<u64>) -> Outcome<Image> {
        let name = sockets.map_or(self.name.into(), |count| format!("{}-{count}", self.name));
        let out = tree::target().join("size").join(name);
        let (fragments, lacks) = self.fragments(&out)?;
        let config = configure(&out, &fragments, sockets)?;
        let library = library(&out)?;
        let program = out.join("program.elf");
        link(&out, &library, &program)?;
        let sections = map::parse(&read(&out.join("program.map"))?);
        let symbols = config
            .lines()
            .filter_map(|line| line.strip_prefix("CONFIG_")?.strip_suffix("=y"))
            .map(String::from)
            .collect();
        Ok(Image { lacks, sections, symbols, program: Some(program) })
    }

    /// The fragments, without the assignments of symbols that this version does not have.
    fn fragments(&self, out: &Path) -> Outcome<(Vec<PathBuf>, Vec<String>)> {
        let later = read(&tree::root().join("kconfig/Kconfig.later"))?;
        let (mut fragments, mut lacks) = (Vec::new(), Vec::new());
        fs::create_dir_all(out).or_else(|why| failed(format!("{}: {why}", out.display())))?;
        for name in self.conf {
            let own = tree::root().join(format!("benches/size/conf/{name}.conf"));
            let reference = tree::root().join(format!("kconfig/configs/{name}.conf"));
            let text = read(if own.is_file() { &own } else { &reference })?;
            let (kept, dropped) = available(&text, &later);
            let path = out.join(format!("{name}.conf"));
            fs::write(&path, kept).or_else(|why| failed(format!("{}: {why}", path.display())))?;
            fragments.push(path);
            lacks.extend(dropped);
        }
        Ok((fragments, lacks))
    }
}

/// The lines of a fragment that can be had, and the symbols of the others.
fn available(fragment: &str, later: &str) -> (String, Vec<String>) {
    let mut lacks = Vec::new();
    let kept: Vec<&str> = fragment
        .lines()
        .filter(|line| {
            let symbol = line.strip_prefix("CONFIG_").and_then(|line| line.split('=').next());
            let lacking = symbol.filter(|symbol| {
                later.lines().any(|line| line.strip_prefix("config ") == Some(symbol))
            });
            lacks.extend(lacking.map(String::from));
            lacking.is_none()
        })
        .collect();
    (kept.join("\n") + "\n", lacks)
}

/// A linked program.
struct Image {
    lacks: Vec<String>,
    sections: Vec<Section>,
    /// The symbols that are y.
    symbols: Vec<String>,
    /// None: this version cannot build it.
    program: Option<PathBuf>,
}

/// Evaluates a configuration; returns it.
fn configure(out: &Path, fragments: &[PathBuf], sockets: Option<u64>) -> Outcome<String> {
    let mut command = Command::new(tree::python());
    command
        .arg(tree::root().join("scripts/kconfig.py"))
        .args(["--board", BOARD, "--app"])
        .arg(tree::root().join("cmake/blank"))
        .arg("--out")
        .arg(out);
    for fragment in fragments {
        command.arg("--conf").arg(fragment);
    }
    for symbol in ["NET_MAX_CONTEXTS", "NET_MAX_CONN", "ZVFS_OPEN_MAX"] {
        if let Some(count) = sockets {
            command.arg("-D").arg(format!("CONFIG_{symbol}={count}"));
        }
    }
    run(&mut command)?;
    read(&out.join(".config"))
}

/// Builds the library in the configuration of `out`.
fn library(out: &Path) -> Outcome<PathBuf> {
    let folder = out.join("library");
    let archive = folder.join(TARGET).join(PROFILE).join("libznet.a");
    let mut cargo = cargo(["rustc", "--quiet", "--lib", "--crate-type", "staticlib"]);
    cargo
        .args(["--package", "znet", "--profile", PROFILE, "--target", TARGET, "--target-dir"])
        .arg(&folder);
    run(Command::new(tree::python())
        .arg(tree::root().join("scripts/tiny.py"))
        .args(["--nm", "arm-none-eabi-nm", "--archive"])
        .arg(&archive)
        .arg(cargo.get_program())
        .args(cargo.get_args())
        .current_dir(tree::root())
        .env("ZNET_DOTCONFIG", out.join(".config"))
        .env("CC_thumbv7m_none_eabi", COMPILER))?;
    Ok(archive)
}

pub const COMPILER: &str = "arm-none-eabi-gcc";
/// What the linker is to take from the C library and not from the Rust one.
const ROUTINES: &[&str] = &[
    "memcpy",
    "memmove",
    "memset",
    "__aeabi_memcpy",
    "__aeabi_memcpy4",
    "__aeabi_memcpy8",
    "__aeabi_memmove",
    "__aeabi_memclr",
    "__aeabi_memclr4",
    "__aeabi_memclr8",
    "__aeabi_memset",
    "__aeabi_uldivmod",
];
pub const MACHINE: [&str; 2] = ["-mcpu=cortex-m3", "-mthumb"];

/// Compiles the program of `benches/size` and the library's own start-up, and links them.
fn link(out: &Path, library: &Path, program: &Path) -> Outcome {
    let root = tree::root();
    let autoconf = out.join("include/generated/zephyr/autoconf.h");
    let mut objects = Vec::new();
    for folder in ["benches/size", "src/boot/c"] {
        for source in c_sources(&root.join(folder)) {
            let object = out.join(source.with_extension("o").file_name().unwrap_or_default());
            run(Command::new(COMPILER)
                .args(MACHINE)
                .args(["-std=c11", "-Os", "-Wall", "-Wextra", "-Werror", "-D__ZEPHYR__=1"])
                .args(["-ffunction-sections", "-fdata-sections", "-imacros"])
                .arg(&autoconf)
                .arg("-I")
                .arg(root.join("include"))
                .arg("-I")
                .arg(out.join("include/generated"))
                .arg("-c")
                .arg(&source)
                .arg("-o")
                .arg(&object))?;
            objects.push(object);
        }
    }
    let script = out.join("link.ld");
    run(Command::new(COMPILER)
        .args([
            "-x",
            "assembler-with-cpp",
            "-E",
            "-P",
            "-undef",
            "-D__GCC_LINKER_CMD__",
            "-imacros",
        ])
        .arg(&autoconf)
        .arg("-I")
        .arg(root.join("include"))
        .arg(root.join("benches/size/link.ld"))
        .arg("-o")
        .arg(&script))?;
    run(Command::new(COMPILER)
        .args(MACHINE)
        .args(["-nostartfiles", "--specs=nano.specs", "--specs=nosys.specs"])
        .args(["-Wl,--gc-sections", "-Wl,--no-warn-execstack", "-T"])
        .arg(&script)
        .arg(format!("-Wl,-Map={}", out.join("program.map").display()))
        .args(&objects)
        // The C library's are smaller than those that come with Rust, which count for speed.
        .args(ROUTINES.iter().map(|name| format!("-Wl,-u,{name}")))
        .args(["-lc", "-lgcc"])
        .arg(library)
        .arg("-o")
        .arg(program))
}

fn c_sources(folder: &Path) -> Vec<PathBuf> {
    let mut sources: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "c"))
        .collect();
    sources.sort();
    sources
}

/// The echo server for the board, through the CMake package.
fn echo_server() -> Outcome<Image> {
    let board = tree::root().join("cmake/boards").join(BOARD.replace('/', "_"));
    if !board.is_dir() {
        let lacks = vec![format!("board {BOARD}")];
        return Ok(Image { lacks, sections: Vec::new(), symbols: Vec::new(), program: None });
    }
    let mut app = App::new(&tree::root().join(ECHO_SERVER), BOARD)?;
    app.build = tree::target().join("size/echo_server");
    // The row is older than the sample's IPv6: it stays what it was.
    app.cmake_args = vec!["-DCONFIG_ZNET_PROFILE_TINY=y".into(), "-DCONFIG_NET_IPV6=n".into()];
    app.quiet = true;
    let program = app.build()?;
    let sections = map::parse(&read(&app.build.join("zephyr/zephyr.map"))?);
    let symbols = app.config()?.into_iter().filter(|(_, v)| v == "y").map(|(k, _)| k).collect();
    Ok(Image { lacks: Vec::new(), sections, symbols, program: Some(program) })
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|why| Failure::Failed(format!("{}: {why}", path.display())))
}

impl Built {
    fn add(&mut self, sections: &[Section]) -> Outcome {
        let index = Index::read();
        for (section, symbol) in sections.iter().zip(owner::symbols(sections)?) {
            let part = self.parts.entry(index.part(section, &symbol)).or_default();
            part.0 += section.flash();
            part.1 += section.ram();
            self.symbols.push((symbol, section.flash(), section.ram()));
        }
        Ok(())
    }

    /// Flash and RAM, of networking alone or of the whole image.
    fn sum(&self, whole: bool) -> (u64, u64) {
        self.parts
            .iter()
            .filter(|(part, _)| whole || owner::is_networking(part))
            .fold((0, 0), |sum, (_, bytes)| (sum.0 + bytes.0, sum.1 + bytes.1))
    }

    /// The row as text, with the `top` largest symbols.
    pub fn report(&self, top: Option<usize>) -> String {
        let mut text = format!("\n{}: {}\n", self.row.name, self.row.what);
        if !self.lacks.is_empty() {
            let _ = writeln!(text, "  not in this version: {}", self.lacks.join(", "));
        }
        if self.parts.is_empty() {
            return text;
        }
        let _ = writeln!(text, "  {:<20} {:>8} {:>8}", "", "flash", "RAM");
        let mut line = |name: &str, (flash, ram): (u64, u64)| {
            let _ = writeln!(text, "  {name:<20} {flash:>8} {ram:>8}");
        };
        for networking in [true, false] {
            for (part, bytes) in &self.parts {
                if owner::is_networking(part) == networking {
                    line(part, *bytes);
                }
            }
            if networking {
                line("= networking", self.sum(false));
            }
        }
        line("= image", self.sum(true));
        for (name, way) in &self.ways {
            let _ = writeln!(text, "  {name}: {}", way.join(" > "));
        }
        if let Some(count) = top {
            text += &self.top(count);
        }
        text
    }

    fn top(&self, count: usize) -> String {
        let mut text = String::new();
        for (title, bytes) in [("flash", 1), ("RAM", 2)] {
            let mut largest: Vec<_> =
                self.symbols.iter().map(|s| (if bytes == 1 { s.1 } else { s.2 }, &s.0)).collect();
            largest.sort_by(|a, b| b.cmp(a));
            let _ = writeln!(text, "\n  {title:>8}  symbol");
            for (bytes, symbol) in largest.into_iter().take(count).filter(|(bytes, _)| *bytes > 0) {
                let _ = writeln!(text, "  {bytes:>8}  {symbol}");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::available;

    #[test]
    fn what_is_not_there_yet_is_left_out_and_named() {
        let (kept, lacks) = available(
            "# text\nCONFIG_NET_TCP=y\nCONFIG_NET_UDP=y\n",
            "config NET_TCP\n\tbool\nconfig NET_TCP_X\n",
        );
        assert_eq!(kept, "# text\nCONFIG_NET_UDP=y\n");
        assert_eq!(lacks, ["NET_TCP"]);
    }
}
