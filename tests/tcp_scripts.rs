// SPDX-License-Identifier: Apache-2.0
//! The segment scripts in `tests/tcp/scripts`, one rule of TCP each.
//!
//! They are run with the buffers and options of `kconfig/configs/tcp.config`, as `cargo xtask test`
//! does. `ZNET_SCRIPT` names a part of a path, to run only those that contain it.
#![cfg(CONFIG_NET_TCP)]

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::{env, fs, panic, thread};

use testutil::tcp::script::{self, Names};
use znet::config;

/// Stack of a thread that runs scripts, in bytes.
const STACK: usize = 16 << 20;
/// Packets that a script may hold on to.
const PACKETS: usize = 128;

/// Which of the named Kconfig symbols are set.
macro_rules! symbols {
    ($($name:ident)*) => {
        /// Whether a symbol that scripts may need is set; `None` for one not listed here.
        fn is_set(symbol: &str) -> Option<bool> {
            match symbol {
                $(stringify!($name) => Some(cfg!($name)),)*
                _ => None,
            }
        }
    };
}

symbols! {
    CONFIG_NET_TCP_KEEPALIVE
    CONFIG_ZNET_TCP_ECN
    CONFIG_ZNET_TCP_FRTO
    CONFIG_ZNET_TCP_PMTU
    CONFIG_ZNET_TCP_PRR
    CONFIG_ZNET_TCP_RACK
    CONFIG_ZNET_TCP_SACK
    CONFIG_ZNET_TCP_SYN_COOKIES
    CONFIG_ZNET_TCP_TIMESTAMPS
    CONFIG_ZNET_TCP_WINDOW_SCALE
}

/// What names in scripts stand for; times in milliseconds.
fn names() -> Names {
    [
        ("mss", 1460),
        ("rto", config::NET_TCP_INIT_RETRANSMISSION_TIMEOUT),
        ("retries", config::NET_TCP_RETRY_COUNT),
        ("delack", config::ZNET_TCP_ACK_DELAY),
        ("timewait", config::NET_TCP_TIME_WAIT_DELAY),
        ("orphan", config::ZNET_TCP_ORPHAN_TIMEOUT),
    ]
    .map(|(name, value)| (name.into(), value as i64))
    .into()
}

#[derive(Debug)]
enum Outcome {
    Passed,
    /// The configuration lacks this symbol.
    Unfit(String),
    Failed(String),
}

fn scripts(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of scripts").flatten() {
        let path = entry.path();
        if path.is_dir() {
            scripts(&path, found);
        } else if path.extension().is_some_and(|e| e == "tcp") {
            found.push(path);
        }
    }
}

fn run(path: &Path) -> Outcome {
    let text = fs::read_to_string(path).expect("a script");
    let script = match script::parse(&text) {
        Ok(script) => script,
        Err((line, what)) => return Outcome::Failed(format!("{}:{line}: {what}", path.display())),
    };
    for symbol in &script.needs {
        match is_set(&format!("CONFIG_{symbol}")) {
            Some(true) => {}
            Some(false) => return Outcome::Unfit(symbol.clone()),
            None => return Outcome::Failed(format!("{}: what is {symbol}?", path.display())),
        }
    }
    match panic::catch_unwind(|| script::run(&script, &names())) {
        Ok(Ok(())) => Outcome::Passed,
        Ok(Err(failure)) => {
            Outcome::Failed(format!("{}:{}: {failure}", path.display(), failure.line))
        }
        Err(_) => Outcome::Failed(format!("{}: panicked, see above", path.display())),
    }
}

#[test]
fn scripts_hold() {
    if config::NET_PKT_TX_COUNT < PACKETS || config::NET_PKT_RX_COUNT < PACKETS {
        println!("scripts: none, for want of packets; see kconfig/configs/tcp.config");
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = Vec::new();
    scripts(&root.join("tests/tcp/scripts"), &mut all);
    all.sort();
    if let Ok(part) = env::var("ZNET_SCRIPT") {
        all.retain(|path| path.to_string_lossy().contains(&part));
    }
    assert!(!all.is_empty(), "no script of that name");

    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(Vec::new());
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            // A debug build makes whole hosts on the stack.
            let thread = thread::Builder::new().stack_size(STACK);
            let work = || {
                while let Some(path) = all.get(next.fetch_add(1, Relaxed)) {
                    let outcome = run(path.strip_prefix(root).unwrap_or(path));
                    outcomes.lock().expect("no panic").push((path, outcome));
                }
            };
            thread.spawn_scoped(scope, work).expect("a thread");
        }
    });
    let mut outcomes = outcomes.into_inner().expect("no panic");
    outcomes.sort_by_key(|(path, _)| *path);
    let (mut passed, mut unfit, mut failed) = (0, 0, 0);
    for (path, outcome) in &outcomes {
        let name = path.strip_prefix(root.join("tests/tcp/scripts")).unwrap_or(path).display();
        match outcome {
            Outcome::Passed => {
                passed += 1;
                println!("ok       {name}");
            }
            Outcome::Unfit(symbol) => {
                unfit += 1;
                println!("not here {name}: {symbol} is not set");
            }
            Outcome::Failed(_) => failed += 1,
        }
    }
    for (_, outcome) in &outcomes {
        if let Outcome::Failed(what) = outcome {
            println!("FAILED   {what}");
        }
    }
    println!("scripts: {passed} passed, {failed} failed, {unfit} do not apply");
    assert_eq!(failed, 0, "{failed} scripts failed");
}
