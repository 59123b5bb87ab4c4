// SPDX-License-Identifier: Apache-2.0
//! A network namespace for a trial beside the kernel, what runs in it, and the rows it prints. All of it goes
//! with the value.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The namespace.
pub struct Place {
    space: String,
    children: Vec<Child>,
    /// A folder for files.
    pub scratch: PathBuf,
    /// Rows that failed, and why.
    pub failed: Vec<String>,
}

impl Place {
    /// A new one; none without the right to make it, which is said.
    pub fn new(name: &str) -> Option<Place> {
        let space = format!("znet-{name}-{}", std::process::id());
        let made = Command::new("ip").args(["netns", "add", &space]).output();
        if !made.is_ok_and(|made| made.status.success()) {
            eprintln!("SKIPPED, cannot make a network namespace (run as root)");
            return None;
        }
        let scratch = std::env::temp_dir().join(&space);
        std::fs::create_dir_all(&scratch).expect("a folder for files");
        Some(Place { space, children: Vec::new(), scratch, failed: Vec::new() })
    }

    /// A command in the namespace, not started yet.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.space]).args(words);
        command
    }

    /// Runs a command in the namespace; what it printed, and whether it succeeded.
    pub fn run(&self, words: &str) -> (bool, String) {
        let words: Vec<&str> = words.split_whitespace().collect();
        let done = self.command(&words).output().expect("ip is installed");
        let text = [done.stdout, done.stderr].concat();
        (done.status.success(), String::from_utf8_lossy(&text).into_owned())
    }

    /// Runs a command that has to succeed.
    #[track_caller]
    pub fn must(&self, words: &str) {
        let (ok, text) = self.run(words);
        assert!(ok, "{words}: {text}");
    }

    /// Starts a program that runs until the end.
    pub fn start(&mut self, words: &[&str]) {
        let mut command = self.command(words);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.children.push(command.spawn().expect("it starts"));
    }

    /// A row: what is tried, and whether it succeeds before `seconds` are over.
    pub fn row(
        &mut self,
        what: &str,
        seconds: u64,
        mut attempt: impl FnMut(&Place) -> (bool, String),
    ) {
        let end = Instant::now() + Duration::from_secs(seconds);
        let (ok, text) = loop {
            let (ok, text) = attempt(self);
            if ok || Instant::now() > end {
                break (ok, text);
            }
            sleep(Duration::from_millis(200));
        };
        println!("{}  {what}", if ok { "pass" } else { "FAIL" });
        if !ok {
            self.failed.push(format!("{what}: {text}"));
        }
    }

    /// A row in which a command succeeds, and prints `want`.
    pub fn row_run(&mut self, words: &str, want: &str) {
        self.row(words, 3, |place| {
            let (ok, text) = place.run(words);
            (ok && text.contains(want), text)
        });
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        for child in &mut self.children {
            let _ = child.kill();
            let _ = child.wait();
        }
        let _ = Command::new("ip").args(["netns", "del", &self.space]).output();
        let _ = std::fs::remove_dir_all(&self.scratch);
    }
}
