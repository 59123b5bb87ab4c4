// SPDX-License-Identifier: Apache-2.0
//! Functions that applications have called at fixed moments of the process: `NATIVE_TASK`, `NSI_TASK`.
//!
//! The macros add each task from a constructor function, before `main`, so that no linker script is needed.

use core::ffi::c_int;
use core::ptr;
use std::sync::{Mutex, PoisonError};
use std::vec::Vec;

/// When a task runs.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Before the command line is read: the moment to add options.
    PreBoot1 = 0,
    /// After the command line is read.
    PreBoot2 = 1,
    /// With the initialisation of simulated hardware.
    HwInit = 2,
    /// Right before the kernel boots.
    PreBoot3 = 3,
    /// When the kernel goes idle for the first time.
    FirstSleep = 4,
    /// When the process ends.
    OnExitPre = 5,
    /// After all others, when the process ends.
    OnExitPost = 6,
}

/// One task, `struct znet_native_task` of `<nsi_tasks.h>`.
#[repr(C)]
#[derive(Debug)]
pub struct NativeTask {
    /// The function.
    pub run: Option<extern "C" fn()>,
    /// A [`Level`] as a number.
    pub level: c_int,
    /// Order within the level, lowest first; equal ones keep the order of registration.
    pub prio: c_int,
    /// Used by the registry.
    pub next: *mut NativeTask,
}

/// The head of the list, which is kept in the order of running.
struct Registry(*mut NativeTask);

// SAFETY: the tasks are static objects that only the registry touches after their registration.
unsafe impl Send for Registry {}

static REGISTRY: Mutex<Registry> = Mutex::new(Registry(ptr::null_mut()));

/// Adds `task`.
///
/// # Safety
/// `task` is null or points to a task that is added once and lives as long as the process.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_native_task_add(task: *mut NativeTask) {
    let mut registry = REGISTRY.lock().unwrap_or_else(PoisonError::into_inner);
    // SAFETY: `task` is valid by the caller's promise, all others in the list were when they came.
    unsafe {
        let Some(new) = task.as_mut() else { return };
        let mut link: *mut *mut NativeTask = &mut registry.0;
        while let Some(at) = (*link).as_mut() {
            if (at.level, at.prio) > (new.level, new.prio) {
                break;
            }
            link = &mut at.next;
        }
        new.next = *link;
        *link = task;
    }
}

/// Runs the tasks of `level` in the order of their priority.
pub(super) fn run(level: Level) {
    let mut due = Vec::new();
    {
        let registry = REGISTRY.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = registry.0;
        // SAFETY: every task in the list lives as long as the process.
        while let Some(task) = unsafe { next.as_ref() } {
            if task.level == level as c_int {
                due.extend(task.run);
            }
            next = task.next;
        }
    }
    for task in due {
        task();
    }
}

/// Runs what is to run when the process ends.
pub(super) fn run_exit_levels() {
    run(Level::OnExitPre);
    run(Level::OnExitPost);
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "native_sim/nsi_tasks.h":
    NativeTask = "struct znet_native_task" { run, level, prio, next };
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::boxed::Box;

    static ORDER: Mutex<Vec<u8>> = Mutex::new(Vec::new());

    extern "C" fn first() {
        ORDER.lock().expect("not poisoned").push(1);
    }
    extern "C" fn second() {
        ORDER.lock().expect("not poisoned").push(2);
    }
    extern "C" fn third() {
        ORDER.lock().expect("not poisoned").push(3);
    }

    #[test]
    fn tasks_run_by_level_then_priority_then_registration() {
        let add = |run: extern "C" fn(), level: Level, prio| {
            let task =
                NativeTask { run: Some(run), level: level as c_int, prio, next: ptr::null_mut() };
            // SAFETY: the task is leaked, so it lives as long as the process.
            unsafe { znet_native_task_add(Box::leak(Box::new(task))) };
        };
        add(third, Level::FirstSleep, 20);
        add(first, Level::FirstSleep, 3);
        add(third, Level::HwInit, 0);
        add(second, Level::FirstSleep, 3);
        run(Level::FirstSleep);
        assert_eq!(*ORDER.lock().expect("not poisoned"), [1, 2, 3]);
    }
}
