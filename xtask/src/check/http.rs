// SPDX-License-Identifier: Apache-2.0
//! Tries the HTTP server sample.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use crate::proc::{on_path, say};

const PATIENCE: Duration = Duration::from_secs(10);
/// Requests of the load, each on a connection of its own.
const REQUESTS: u32 = 10_000;
/// Clients that make them.
const CLIENTS: u32 = 8;
/// How long wrk(1) makes requests, where it is installed.
const WRK_SECONDS: u32 = 5;

/// The page comes whole, and curl(1) gets the same one.
pub fn page(server: SocketAddr) -> io::Result<()> {
    let body = get(server)?;
    if !body.ends_with(b"</html>\n") {
        return Err(wrong("the page has no end"));
    }
    if !on_path("curl") {
        say("  no curl here");
        return Ok(());
    }
    let curl = Command::new("curl")
        .args(["--silent", "--show-error", "--fail", "--max-time", "10"])
        .arg(format!("http://{server}/"))
        .stderr(Stdio::inherit())
        .output()?;
    if !curl.status.success() || curl.stdout != body {
        return Err(wrong("curl did not get the page"));
    }
    Ok(())
}

/// Clients that send their request byte by byte, or a long one, or leave before they sent it, and
/// then one that gets the page still.
pub fn odd(server: SocketAddr) -> io::Result<()> {
    let mut slow = connect(server)?;
    slow.set_nodelay(true)?;
    for byte in b"GET / HTTP/1.0\r\n\r\n" {
        slow.write_all(&[*byte])?;
    }
    page_from(slow)?;

    let mut long = connect(server)?;
    long.write_all(b"GET / HTTP/1.1\r\n")?;
    for line in 0..200 {
        long.write_all(format!("X-{line}: {:040}\r\n", 0).as_bytes())?;
    }
    long.write_all(b"\r\n")?;
    page_from(long)?;

    drop(connect(server)?);
    connect(server)?.write_all(b"GET / HT")?;
    get(server).map(|_| ())
}

/// As many requests as [`REQUESTS`] by some clients, and those of wrk(1).
pub fn load(server: SocketAddr) -> io::Result<()> {
    let wanted = get(server)?;
    let left = AtomicU32::new(REQUESTS);
    let take = || left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1));
    thread::scope(|scope| {
        let client = || -> io::Result<()> {
            while take().is_ok() {
                if get(server)? != wanted {
                    return Err(wrong("another page came"));
                }
            }
            Ok(())
        };
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(client)).collect();
        clients.into_iter().try_for_each(|client| {
            client.join().unwrap_or_else(|_| Err(io::Error::other("a client gave up")))
        })
    })?;
    if !on_path("wrk") {
        say("  no wrk here");
        return Ok(());
    }
    wrk(server)
}

fn wrk(server: SocketAddr) -> io::Result<()> {
    let done = Command::new("wrk")
        .args(["-t", "2", "-c", &CLIENTS.to_string(), "-d", &format!("{WRK_SECONDS}s")])
        .arg(format!("http://{server}/"))
        .stderr(Stdio::inherit())
        .output()?;
    let text = String::from_utf8_lossy(&done.stdout);
    let requests = wrk_result(&text).map_err(io::Error::other)?;
    say(format!("  wrk: {requests} requests in {WRK_SECONDS} s"));
    Ok(())
}

/// How many requests wrk(1) made; an error with its text when one failed.
fn wrk_result(text: &str) -> Result<u64, String> {
    let failed = ["Socket errors", "Non-2xx"].iter().any(|word| text.contains(word));
    let line = text.lines().find_map(|line| line.split_once(" requests in "));
    match line.and_then(|(number, _)| number.trim().parse().ok()) {
        Some(requests) if !failed && requests > 0 => Ok(requests),
        _ => Err(format!("wrk says:\n{text}")),
    }
}

fn connect(server: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&server, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// The body of the page.
fn get(server: SocketAddr) -> io::Result<Vec<u8>> {
    let mut stream = connect(server)?;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: znet\r\n\r\n")?;
    page_from(stream)
}

/// The body of the answer on `stream`, which is as long as it says, and the last thing to come.
fn page_from(mut stream: TcpStream) -> io::Result<Vec<u8>> {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    body(&answer).map(<[u8]>::to_vec).map_err(wrong)
}

fn body(answer: &[u8]) -> Result<&[u8], &'static str> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").ok_or("no end of headers")?;
    let (head, body) = (&answer[..end], &answer[end + 4..]);
    let head = std::str::from_utf8(head).map_err(|_| "headers that are no text")?;
    let mut lines = head.split("\r\n");
    if !lines.next().is_some_and(|line| line.starts_with("HTTP/1.") && line.ends_with(" 200 OK")) {
        return Err("the status is not 200");
    }
    let length = lines
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.parse::<usize>().ok());
    if length != Some(body.len()) {
        return Err("the content is not as long as it says");
    }
    Ok(body)
}

fn wrong(what: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::{body, wrk_result};

    #[test]
    fn answers_are_taken_apart() {
        let good = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";
        assert_eq!(body(good), Ok(&b"abc"[..]));
        assert!(body(&good[..good.len() - 1]).is_err());
        assert!(body(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n").is_err());
        assert!(body(b"HTTP/1.1 200 OK\r\n").is_err());
    }

    #[test]
    fn the_words_of_wrk() {
        let text = "Running 5s test\n  12345 requests in 5.00s, 4.4MB read\nRequests/sec: 2469\n";
        assert_eq!(wrk_result(text), Ok(12345));
        let failed = format!("{text}  Socket errors: connect 0, read 1, write 0, timeout 0\n");
        assert!(wrk_result(&failed).is_err());
        assert!(wrk_result("unable to connect").is_err());
    }
}
