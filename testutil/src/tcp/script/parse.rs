// SPDX-License-Identifier: Apache-2.0
//! The text of a script, line by line, into [`Script`].

use super::expr::{Expr, Span};
use crate::tcp::segment::flags_of;

/// A script: one rule of TCP, and how it shows.
#[derive(Clone, Debug)]
pub struct Script {
    /// The rule, with the section it comes from (`rule:`).
    pub rule: String,
    /// Kconfig symbols without which the rule does not apply (`needs:`).
    pub needs: Vec<String>,
    /// What happens.
    pub steps: Vec<Line>,
}

/// A time, or the least and the most.
pub type Delay = (Span, Option<Span>);

/// A step and where it stands.
#[derive(Clone, Debug)]
pub struct Line {
    /// Line in the file, from 1.
    pub number: usize,
    /// How long after the step before.
    pub after: Option<Delay>,
    /// What happens.
    pub step: Step,
}

/// One thing that happens, or that must be so.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum Step {
    /// The peer sends a segment (`<`).
    In(Pattern),
    /// The host must send a segment (`>`).
    Out(Pattern),
    /// The application calls (`send 10 = 10`), on the socket of that name.
    Call { socket: Option<String>, verb: String, args: Vec<String>, result: Option<String> },
    /// Nothing may come for so long.
    Quiet(Span),
    /// What comes now is looked at by the rules for every segment only.
    Drain,
    /// Segments belong to this flow from now on.
    Flow(Expr),
    /// The flow starts again, with the peer's ISN so much later.
    Renew(Expr),
    /// The peer sends an ICMP error about what the host sent last.
    Icmp { kind: String, mtu: Expr, seq: Option<Expr> },
    /// The last segments in were dropped for this reason.
    Drops { reason: String, times: Expr },
    /// A number of the connection compares so with another.
    Info { field: String, relation: String, value: Expr },
    /// A value gets a name.
    Let { name: String, value: Expr },
    /// Steps done several times; `i` counts from zero.
    Repeat(Expr, Vec<Line>),
}

/// A segment as a script writes it.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Control bits.
    pub flags: u16,
    /// First sequence number; the next one when absent.
    pub seq: Option<Expr>,
    /// Payload.
    pub len: Len,
    /// Acknowledgment number; all that was sent when absent.
    pub ack: Option<Expr>,
    /// Window as it stands in the header.
    pub window: Option<Expr>,
    /// Urgent pointer.
    pub urgent: Option<Expr>,
    /// ECN bits of the IP header.
    pub ecn: Option<u8>,
    /// Options; `None` when nothing is said of them.
    pub options: Option<Vec<OptPattern>>,
    /// What is wrong with it: `badsum`, `offset N`, `spoil`.
    pub spoil: Option<String>,
}

/// The length of a payload.
#[derive(Clone, Debug)]
pub enum Len {
    /// Nothing.
    None,
    /// Up to this sequence number (`1:1461`).
    To(Expr),
    /// So many bytes (`+1460`).
    Bytes(Expr),
}

/// An option as a script writes it.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum OptPattern {
    Nop,
    End,
    Mss(Option<Expr>),
    WindowScale(Option<Expr>),
    SackPermitted,
    Sack(Vec<(Expr, Expr)>),
    /// Value and echo; `None` is `*`, and `last` is what the other side said last.
    Timestamps(Stamp, Stamp),
    Raw(Vec<u8>),
}

/// A time stamp as a script writes it.
#[derive(Clone, Debug)]
pub enum Stamp {
    /// Any.
    Any,
    /// The last value that the other side sent, plus so much.
    Last(Expr),
    /// The first value that the other side sent, plus so much.
    First(Expr),
    /// A value.
    Value(Expr),
}

/// Reads a script.
///
/// # Errors
/// The line, and what is wrong with it.
pub fn parse(text: &str) -> Result<Script, (usize, String)> {
    let mut script = Script { rule: String::new(), needs: Vec::new(), steps: Vec::new() };
    let mut open: Vec<(usize, Option<Delay>, Expr, Vec<Line>)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        let line = line.split('#').next().unwrap_or("").trim();
        if line.is_empty() {
            continue;
        }
        if let Some(rule) = line.strip_prefix("rule:") {
            script.rule = rule.trim().into();
            continue;
        }
        if let Some(needs) = line.strip_prefix("needs:") {
            script.needs.extend(needs.split_whitespace().map(String::from));
            continue;
        }
        let fail = |what: String| (number, what);
        let (after, line) = delay(line).map_err(fail)?;
        let done = match line.split_once(' ').unwrap_or((line, "")) {
            ("open", how) => {
                let steps = opening(how).map_err(fail)?;
                let lines = steps.into_iter().map(|(after, step)| Line { number, after, step });
                open.last_mut().map_or(&mut script.steps, |(_, _, _, body)| body).extend(lines);
                continue;
            }
            ("repeat", count) => {
                open.push((number, after, Expr::new(count.trim()).map_err(fail)?, Vec::new()));
                continue;
            }
            ("end", "") => {
                let Some((number, after, count, body)) = open.pop() else {
                    return Err(fail("`end` without `repeat`".into()));
                };
                Line { number, after, step: Step::Repeat(count, body) }
            }
            _ => Line { number, after, step: step(line).map_err(fail)? },
        };
        match open.last_mut() {
            Some((_, _, _, body)) => body.push(done),
            None => script.steps.push(done),
        }
    }
    if let Some((number, ..)) = open.pop() {
        return Err((number, "`repeat` without `end`".into()));
    }
    if !script.rule.contains("RFC") && !script.rule.contains("POSIX") {
        return Err((1, "a script says its rule and where it comes from (`rule: RFC ...`)".into()));
    }
    Ok(script)
}

/// `+200ms` or `+1s..2s` at the head of a line.
fn delay(line: &str) -> Result<(Option<Delay>, &str), String> {
    let Some(rest) = line.strip_prefix('+') else { return Ok((None, line)) };
    let (span, rest) = rest.split_once(' ').ok_or("a delay, and then nothing")?;
    let after = match span.split_once("..") {
        Some((least, most)) => (Span::new(least)?, Some(Span::new(most)?)),
        None => (Span::new(span)?, None),
    };
    Ok((Some(after), rest.trim()))
}

/// A passive open in one line: `open [win N] [<options>] [rtt SPAN]`.
fn opening(how: &str) -> Result<Vec<(Option<Delay>, Step)>, String> {
    let (how, rtt) = match how.split_once("rtt ") {
        Some((how, rtt)) => (how, Some((Span::new(rtt.trim())?, None))),
        None => (how, None),
    };
    let how = if how.contains('<') { how.trim().into() } else { format!("{how} <mss 1460>") };
    // With time stamps the ACK has one too.
    let stamp = how.split("ts ").nth(1).filter(|_| !how.contains("ts *"));
    let value = stamp.and_then(|rest| rest.split_whitespace().next());
    let ack = value.map_or("< A".into(), |value| format!("< A <ts {value} last>"));
    Ok(vec![
        (None, step("listen")?),
        (None, step(&format!("< S {how}"))?),
        (None, step("> SA")?),
        (rtt, step(&ack)?),
        (None, step("accept")?),
    ])
}

fn step(line: &str) -> Result<Step, String> {
    if let Some(segment) = line.strip_prefix('<') {
        return Ok(Step::In(pattern(segment)?));
    }
    if let Some(segment) = line.strip_prefix('>') {
        return Ok(Step::Out(pattern(segment)?));
    }
    let mut words: Vec<&str> = line.split_whitespace().collect();
    let word = |n: usize| words.get(n).copied().ok_or("something is missing");
    let number = |n: usize| Expr::new(words.get(n).copied().ok_or("a number is missing")?);
    Ok(match words[0] {
        "quiet" => Step::Quiet(Span::new(word(1)?)?),
        "drain" => Step::Drain,
        "flow" => Step::Flow(number(1)?),
        "renew" => Step::Renew(number(1)?),
        "let" => Step::Let { name: word(1)?.into(), value: number(2)? },
        "drops" => Step::Drops {
            reason: word(1)?.into(),
            times: if words.len() > 2 { number(2)? } else { Expr::new("1")? },
        },
        "info" => {
            Step::Info { field: word(1)?.into(), relation: word(2)?.into(), value: number(3)? }
        }
        "icmp" => {
            let mut step = (word(1)?.to_string(), Expr::new("0")?, None);
            for pair in words[2..].chunks(2) {
                match pair {
                    ["mtu", n] => step.1 = Expr::new(n)?,
                    ["seq", n] => step.2 = Some(Expr::new(n)?),
                    _ => return Err(format!("`{}` is not understood", pair.join(" "))),
                }
            }
            Step::Icmp { kind: step.0, mtu: step.1, seq: step.2 }
        }
        _ => {
            let socket = words[0].strip_suffix(':').map(String::from);
            if socket.is_some() {
                words.remove(0);
            }
            let result = match words.iter().position(|w| *w == "=") {
                Some(at) => {
                    let result = words.get(at + 1..).filter(|r| !r.is_empty());
                    let result = result.ok_or("`=` and then nothing")?.join(" ");
                    words.truncate(at);
                    Some(result)
                }
                None => None,
            };
            let verb = words.first().ok_or("nothing to do")?.to_string();
            let args = words[1..].iter().map(|w| w.to_string()).collect();
            Step::Call { socket, verb, args, result }
        }
    })
}

fn pattern(text: &str) -> Result<Pattern, String> {
    let (head, options) = match text.split_once('<') {
        Some((head, options)) => {
            let options = options.trim().strip_suffix('>').ok_or("options without `>`")?;
            (head, Some(options))
        }
        None => (text, None),
    };
    let mut words = head.split_whitespace().peekable();
    let letters = words.next().ok_or("a segment without control bits")?;
    let flags = if letters == "-" { Some(0) } else { flags_of(letters) };
    let flags = flags.ok_or_else(|| format!("`{letters}` are no control bits"))?;
    let mut pattern = Pattern {
        flags,
        seq: None,
        len: Len::None,
        ack: None,
        window: None,
        urgent: None,
        ecn: None,
        options: None,
        spoil: None,
    };
    while let Some(word) = words.next() {
        let mut number = || Expr::new(words.next().ok_or("a number is missing")?);
        match word {
            "ack" => pattern.ack = Some(number()?),
            "win" => pattern.window = Some(number()?),
            "urg" => pattern.urgent = Some(number()?),
            "noecn" => pattern.ecn = Some(0),
            "ect1" => pattern.ecn = Some(1),
            "ect0" => pattern.ecn = Some(2),
            "ce" => pattern.ecn = Some(3),
            "badsum" | "spoil" => pattern.spoil = Some(word.into()),
            "offset" => {
                let to = words.next().ok_or("a number is missing")?;
                pattern.spoil = Some(format!("offset {to}"));
            }
            _ => {
                if let Some(len) = word.strip_prefix('+') {
                    pattern.len = Len::Bytes(Expr::new(len)?);
                } else if let Some((first, last)) = word.split_once(':') {
                    pattern.seq = Some(Expr::new(first)?);
                    pattern.len = match last.strip_prefix('+') {
                        Some(len) => Len::Bytes(Expr::new(len)?),
                        None => Len::To(Expr::new(last)?),
                    };
                } else {
                    pattern.seq = Some(Expr::new(word)?);
                }
            }
        }
    }
    pattern.options = options.map(parse_options).transpose()?;
    Ok(pattern)
}

fn parse_options(text: &str) -> Result<Vec<OptPattern>, String> {
    text.split(',').map(str::trim).filter(|o| !o.is_empty()).map(parse_option).collect()
}

fn parse_option(text: &str) -> Result<OptPattern, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |text: &str| match text {
        "*" => Ok::<_, String>(None),
        text => Ok(Some(Expr::new(text)?)),
    };
    Ok(match words[..] {
        ["nop"] => OptPattern::Nop,
        ["eol"] => OptPattern::End,
        ["mss", n] => OptPattern::Mss(number(n)?),
        ["ws", n] => OptPattern::WindowScale(number(n)?),
        ["sackok"] => OptPattern::SackPermitted,
        ["ts", value, echo] => OptPattern::Timestamps(stamp(value)?, stamp(echo)?),
        ["raw", hex] => OptPattern::Raw(bytes(hex)?),
        ["sack", ..] => {
            let block = |word: &&str| {
                let (left, right) = word.split_once(':').ok_or("a block is `left:right`")?;
                Ok::<_, String>((Expr::new(left)?, Expr::new(right)?))
            };
            OptPattern::Sack(words[1..].iter().map(block).collect::<Result<_, _>>()?)
        }
        _ => return Err(format!("nobody knows the option `{text}`")),
    })
}

fn stamp(text: &str) -> Result<Stamp, String> {
    let relative = |rest: &str| Expr::new(&format!("0{rest}"));
    Ok(if text == "*" {
        Stamp::Any
    } else if let Some(rest) = text.strip_prefix("last") {
        Stamp::Last(relative(rest)?)
    } else if let Some(rest) = text.strip_prefix("first") {
        Stamp::First(relative(rest)?)
    } else {
        Stamp::Value(Expr::new(text)?)
    })
}

fn bytes(hex: &str) -> Result<Vec<u8>, String> {
    if !hex.is_ascii() || !hex.len().is_multiple_of(2) {
        return Err(format!("`{hex}` are no bytes"));
    }
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16))
        .collect::<Result<_, _>>()
        .map_err(|_| format!("`{hex}` are no bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_read_line_by_line() {
        let script = parse(
            "rule: RFC 9293, 3.5: an example # with a remark\n\
             needs: ZNET_TCP_SACK\n\n\
             listen 5\n\
             < S <mss 1460, sackok>\n\
             +0ms..10ms > SA ack 1\n\
             repeat 3\n  < A +10 ack 1 ce\nend\n\
             d: recv 30 = EAGAIN\n",
        )
        .unwrap();
        assert_eq!(script.rule, "RFC 9293, 3.5: an example");
        assert_eq!((script.needs.len(), script.steps.len()), (1, 5));
        assert!(matches!(&script.steps[3].step, Step::Repeat(_, body) if body.len() == 1));
        let Step::Call { socket, verb, result, .. } = &script.steps[4].step else {
            panic!("no call");
        };
        assert_eq!(socket.as_deref(), Some("d"));
        assert_eq!((verb.as_str(), result.as_deref()), ("recv", Some("EAGAIN")));
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        let mistake = |line: &str| parse(&format!("rule: RFC 1\n{line}\n")).unwrap_err();
        for line in [
            "< X",
            "< A 1:",
            "< A ack",
            "< S <mss",
            "< S <foo 1>",
            "< S <raw 1>",
            "repeat 2",
            "end",
            "+10ms",
            "send 1 =",
            "icmp unreachable foo 1",
        ] {
            assert_eq!(mistake(line).0, 2, "{line}");
        }
        assert!(parse("listen\n").is_err(), "no rule");
    }
}
