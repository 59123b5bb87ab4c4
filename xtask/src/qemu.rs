// SPDX-License-Identifier: Apache-2.0
//! Boards that QEMU plays.

use crate::proc::{Outcome, failed};
use std::collections::BTreeMap;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// A board as QEMU knows it.
#[derive(Debug, PartialEq)]
pub struct Machine {
    /// The Kconfig symbol of the board.
    symbol: &'static str,
    /// QEMU's name of it.
    pub name: &'static str,
    /// The Ethernet controller on it.
    nic: &'static str,
    /// The program that plays it, and the Debian package that has the program.
    pub program: &'static str,
    pub package: &'static str,
}

/// All of them.
pub const MACHINES: &[Machine] = &[Machine {
    symbol: "BOARD_MPS2_AN385",
    name: "mps2-an385",
    nic: "lan9118",
    program: "qemu-system-arm",
    package: "qemu-system-arm",
}];

/// The address of the machine's Ethernet interface: local, of the form that RFC 7042 documents.
pub const MAC: [u8; 6] = [0x02, 0x00, 0x5e, 0x00, 0x53, 0x01];

impl Machine {
    /// The machine for which an application was configured, if QEMU plays it.
    pub fn of(config: &BTreeMap<String, String>) -> Option<&'static Self> {
        MACHINES.iter().find(|machine| config.contains_key(machine.symbol))
    }

    /// The machine that QEMU calls so.
    pub fn named(name: &str) -> Option<&'static Self> {
        MACHINES.iter().find(|machine| machine.name == name)
    }

    /// The command that starts `program` on the machine, its console on standard output, its exit status
    /// that of the command.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(self.program);
        command
            .args(["-machine", self.name, "-nographic", "-no-reboot"])
            .args(["-semihosting-config", "enable=on,target=native"])
            .arg("-kernel")
            .arg(program);
        command
    }

    /// The same without a network, and without QEMU's own commands.
    pub fn alone(&self, program: &Path) -> Command {
        let mut command = self.command(program);
        command.args(["-monitor", "none", "-nic", "none"]);
        command
    }

    /// The same with the Ethernet interface joined to `network`, a datagram socket, and with QEMU's commands
    /// coming from `monitor`, a stream.
    pub fn joined(&self, program: &Path, network: OwnedFd, monitor: OwnedFd) -> Command {
        let mut command = self.command(program);
        let mac = MAC.map(|byte| format!("{byte:02x}")).join(":");
        // 'dgram' says the same from QEMU 7.2 on; 'socket' is as old as any that plays these machines.
        command
            .arg("-netdev")
            .arg(format!("socket,id=link,fd={}", network.as_raw_fd()))
            .arg("-net")
            .arg(format!("nic,netdev=link,model={},macaddr={mac}", self.nic))
            .arg("-chardev")
            .arg(format!("socket,id=monitor,fd={}", monitor.as_raw_fd()))
            .args(["-mon", "chardev=monitor,mode=readline"]);
        // SAFETY: fcntl is async-signal-safe. The descriptors live in the closure until the process has them.
        unsafe {
            command.pre_exec(move || {
                [&network, &monitor].into_iter().try_for_each(|fd| {
                    match libc::fcntl(fd.as_raw_fd(), libc::F_SETFD, 0) {
                        0 => Ok(()),
                        _ => Err(io::Error::last_os_error()),
                    }
                })
            });
        }
        command
    }
}

/// The machine for which an application was configured; a failure where QEMU plays none.
pub fn machine(config: &BTreeMap<String, String>, board: &str) -> Outcome<&'static Machine> {
    match Machine::of(config) {
        Some(machine) => Ok(machine),
        None => failed(format!("board {board} is no Linux process and nothing that QEMU plays")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boards_and_their_machines() {
        let config = BTreeMap::from([("BOARD_MPS2_AN385".to_string(), "y".to_string())]);
        let machine = Machine::of(&config).unwrap();
        assert_eq!(Machine::named("mps2-an385"), Some(machine));
        assert!(Machine::of(&BTreeMap::new()).is_none());
    }
}
