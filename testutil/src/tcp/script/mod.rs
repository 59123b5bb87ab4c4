// SPDX-License-Identifier: Apache-2.0
//! Scripts of segments: what comes in, what must go out, what the application calls, in virtual time.
//!
//! A script is a text of one rule. Its lines are steps:
//!
//! ```text
//! rule: RFC 9293, 3.5: a SYN to a listener is answered with SYN,ACK
//! needs: ZNET_TCP_SACK                  Kconfig symbols without which the rule does not apply
//! listen                                a socket `l` on port 80
//! < S <mss 1460>                        the peer sends: bits, sequence numbers, options
//! > SA ack 1                            the host must answer at once
//! < A
//! accept                                the connection becomes the socket `c`
//! < PA 1:101                            a hundred bytes of the peer's stream; `+100` does the same
//! +40ms..200ms > A ack 101              and this between 40 and 200 ms later
//! recv 100                              the application reads; every byte is checked
//! send 10 = 10
//! > PA +10
//! +rto > PA 1:11                        nothing came back, so it comes again
//! state ESTABLISHED
//! ```
//!
//! Sequence numbers are relative to the sender's ISN (a SYN has 0). What a segment's line leaves out is
//! what follows from the segments before: the next sequence number, an acknowledgment of everything,
//! the window said last; for a segment of the host that is what is *expected*, except that its window,
//! options and PSH are judged only where the line speaks of them. `win`, `urg`, `ect0`, `ect1`, `ce`,
//! `noecn` and `<mss 1460, ws 7, sackok, sack 1:2, ts 10 last, nop, eol, raw fe04>` say more; in time
//! stamps `*` is any, `last` what the other side sent last. `badsum`, `offset 4` and `spoil` (other
//! bytes than before) make a segment of the peer wrong.
//!
//! `open` stands for the lines from `listen` to `accept`: `open win 1000 <mss 536> rtt 100ms`, all of which may be left
//! out, is a passive open with a peer that says so and answers after so long.
//!
//! Calls take what they must return behind `=`: a number or the name of an errno value. A word with a
//! colon before the call names the socket. `quiet 1s` lets time pass in which nothing may come;
//! `flow 2` turns to another four-tuple, `renew 1000` to a new connection on the same one; `drops
//! TcpOutOfWindow` is the reason for which the last step's segment was dropped; `drain` accepts whatever
//! came; `repeat 3` ... `end` has the counter `i`. A segment that came and was not spoken of fails the
//! script. After each script sockets are aborted and pools and tables must be as they were.
//!
//! Whatever a script says, each segment of the host is also held against [`Watch`](super::Watch).

pub mod expr;
#[cfg(CONFIG_NET_TCP)]
mod flow;
pub mod parse;
#[cfg(CONFIG_NET_TCP)]
mod run;

pub use expr::Names;
pub use parse::{Script, parse};
#[cfg(CONFIG_NET_TCP)]
pub use run::{Failure, run};
