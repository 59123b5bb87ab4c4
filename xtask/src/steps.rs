// SPDX-License-Identifier: Apache-2.0
//! Steps of `test` and `ci`: what has a core to itself or may share the machine, in which order, with a
//! table at the end.
//!
//! Most of a step is one compiler's last pass or one program in virtual time, each on one core. So steps
//! that look at no clock of the host's are done in as many lanes as there are cores, each by a process of
//! its own (`cargo xtask step`), whose output is printed whole when it ends. Steps that talk with the
//! host's kernel in real time have the machine to themselves.

use crate::ci;
use crate::proc::{Failure, Outcome, die_with_parent, failed, say};
use crate::setup::{self, Purpose};
use crate::suite;
use crate::tree;
use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::Instant;

/// More would ask for more memory than small machines have: a compiler takes up to a gigabyte.
const MOST_LANES: usize = 4;

struct Step {
    name: String,
    alone: bool,
    work: Box<dyn FnOnce() -> Outcome>,
}

/// Things to be done; one that fails does not keep the next from being tried.
pub struct Steps {
    what: &'static str,
    steps: Vec<Step>,
}

/// How a step ended: its name, how long it took in seconds.
struct Done {
    name: String,
    result: Outcome,
    seconds: u64,
}

impl Steps {
    pub fn new(what: &'static str) -> Self {
        Self { what, steps: Vec::new() }
    }

    /// A step that may run beside its neighbours.
    pub fn step(&mut self, name: impl Into<String>, work: impl FnOnce() -> Outcome + 'static) {
        self.steps.push(Step { name: name.into(), alone: false, work: Box::new(work) });
    }

    /// A step that needs the machine for itself, after all before it and before all after it.
    pub fn alone(&mut self, name: impl Into<String>, work: impl FnOnce() -> Outcome + 'static) {
        self.steps.push(Step { name: name.into(), alone: true, work: Box::new(work) });
    }

    /// Does all of them and prints the table; fails if one failed.
    pub fn run(self) -> Outcome {
        let what = self.what;
        let done = self.each(&|name, log| in_process_of_its_own(what, name, log));
        println!("\n{what}:");
        for Done { name, result, seconds } in &done {
            let word = if result.is_ok() { "ok" } else { "FAILED" };
            println!("  {word:<7} {seconds:>4} s  {name}");
        }
        let failures = done.iter().filter(|done| done.result.is_err()).count();
        println!("steps: {} passed, {failures} failed", done.len() - failures);
        match failures {
            0 => Ok(()),
            _ => failed(format!("{failures} of {} steps of {what} failed", done.len())),
        }
    }

    /// Does all of them, those that may stand beside each other by `beside`.
    fn each(self, beside: &(dyn Fn(&str, &Path) -> Outcome + Sync)) -> Vec<Done> {
        let mut done = Vec::new();
        let mut waiting = VecDeque::new();
        for step in self.steps {
            if !step.alone {
                waiting.push_back(step.name);
                continue;
            }
            in_lanes(self.what, std::mem::take(&mut waiting), beside, &mut done);
            say(format!("{}: {}", self.what, step.name));
            let start = Instant::now();
            let result = (step.work)();
            if let Err(why) = &result {
                eprintln!("error: {}", why.text());
            }
            done.push(Done { name: step.name, result, seconds: start.elapsed().as_secs() });
        }
        in_lanes(self.what, waiting, beside, &mut done);
        done
    }
}

/// Does the steps of these names in lanes, and prints what each said when it has ended.
fn in_lanes(
    what: &str,
    names: VecDeque<String>,
    work: &(dyn Fn(&str, &Path) -> Outcome + Sync),
    done: &mut Vec<Done>,
) {
    let lanes = thread::available_parallelism().map_or(1, usize::from).min(MOST_LANES);
    let queue = Mutex::new(names);
    let (ended, results) = mpsc::channel();
    thread::scope(|scope| {
        for lane in 0..lanes {
            let (queue, ended) = (&queue, ended.clone());
            scope.spawn(move || {
                for round in 0.. {
                    let Some(name) = queue.lock().ok().and_then(|mut names| names.pop_front())
                    else {
                        return;
                    };
                    let log = tree::target().join(format!("steps/{what}-{lane}-{round}.log"));
                    let start = Instant::now();
                    let result = work(&name, &log);
                    let seconds = start.elapsed().as_secs();
                    if ended.send((Done { name, result, seconds }, log)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(ended);
        for (step, log) in results {
            say(format!("{what}: {}", step.name));
            show(&log);
            if let Err(why) = &step.result {
                eprintln!("error: {}", why.text());
            }
            done.push(step);
        }
    });
}

/// Copies a step's output to standard output.
fn show(log: &PathBuf) {
    if let Ok(mut file) = File::open(log) {
        // Who reads has gone: the steps go on for their result.
        let _ = io::copy(&mut file, &mut io::stdout().lock());
        let _ = fs::remove_file(log);
    }
}

/// Does one step of `what` in a process of its own that writes into `log`.
fn in_process_of_its_own(what: &str, name: &str, log: &Path) -> Outcome {
    let opened = log.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
        let file = File::create(log)?;
        Ok((file.try_clone()?, file))
    });
    let (out, err) = opened.or_else(|why| failed(format!("{}: {why}", log.display())))?;
    // The file that this process was started from: cargo may have put another in its place.
    let mut step = Command::new("/proc/self/exe");
    step.args(["step", what, name]).stdin(Stdio::null()).stdout(out).stderr(err);
    match die_with_parent(&mut step).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => failed(format!("{name}: {status}")),
        Err(why) => failed(format!("{name}: {why}")),
    }
}

/// `cargo xtask step <test|ci> [<name>]`: one step of a list, or the names of all.
pub fn command(args: &[OsString]) -> Outcome {
    let words: Vec<_> = args.iter().map(|word| word.to_string_lossy()).collect();
    let (what, name) = match words.iter().map(AsRef::as_ref).collect::<Vec<&str>>()[..] {
        [what] => (what, None),
        [what, name] => (what, Some(name.to_string())),
        _ => return Err(Failure::Usage("step takes test or ci, and the name of a step".into())),
    };
    setup::ensure(Purpose::Test)?;
    let list = match what {
        "test" => suite::steps(),
        "ci" => ci::steps(false)?,
        _ => return Err(Failure::Usage(format!("step: no list '{what}'; there are test, ci"))),
    };
    let Some(name) = name else {
        list.steps.iter().for_each(|step| println!("{}", step.name));
        return Ok(());
    };
    match list.steps.into_iter().find(|step| step.name == name) {
        Some(step) => (step.work)(),
        None => failed(format!("no step '{name}'; 'cargo xtask step {what}' lists them")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::rc::Rc;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn one_failure_fails_all_and_stops_nothing() {
        let mut steps = Steps::new("trial");
        let ran = Rc::new(Cell::new(0));
        let count = Rc::clone(&ran);
        steps.alone("bad", || failed("on purpose"));
        steps.alone("good", move || {
            count.set(count.get() + 1);
            Ok(())
        });
        let Err(Failure::Failed(why)) = steps.run() else { panic!("it should fail") };
        assert_eq!((ran.get(), why.as_str()), (1, "1 of 2 steps of trial failed"));
    }

    #[test]
    fn who_wants_the_machine_waits_for_the_others_and_they_for_it() {
        let ended = Arc::new(AtomicUsize::new(0));
        let mut steps = Steps::new("trial");
        for name in ["a", "b", "c"] {
            steps.step(name, || Ok(()));
        }
        let (before, seen) = (Rc::new(Cell::new(0)), Arc::clone(&ended));
        let at = Rc::clone(&before);
        steps.alone("alone", move || {
            at.set(seen.load(Ordering::Relaxed));
            Ok(())
        });
        steps.step("d", || Ok(()));
        let done = steps.each(&|name, _| {
            ended.fetch_add(1, Ordering::Relaxed);
            if name == "b" { failed("on purpose") } else { Ok(()) }
        });
        assert_eq!(before.get(), 3);
        let names = |steps: &[&Done]| steps.iter().map(|d| d.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&done.iter().filter(|d| d.result.is_err()).collect::<Vec<_>>()), ["b"]);
        assert_eq!(names(&done.iter().skip(3).collect::<Vec<_>>()), ["alone", "d"]);
    }
}
