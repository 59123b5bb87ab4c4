// SPDX-License-Identifier: Apache-2.0
//! Numbers and spans of time in scripts: `1461`, `2*mss+1`, `(i+1)*1460`, `200ms`, `2*rto`.

use std::collections::HashMap;

use znet::base::Duration;

/// What names stand for.
pub type Names = HashMap<String, i64>;

/// A number, kept as text until its names have values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr(String);

impl Expr {
    /// An expression; only its characters are looked at here.
    pub fn new(text: &str) -> Result<Expr, String> {
        let known = |c: char| c.is_ascii_alphanumeric() || "_+-*/()".contains(c);
        if text.is_empty() || !text.chars().all(known) {
            return Err(format!("`{text}` is no number"));
        }
        Ok(Expr(text.into()))
    }

    /// Its value.
    pub fn value(&self, names: &Names) -> Result<i64, String> {
        let mut parser = Parser { rest: &self.0, names };
        let value = parser.sum()?;
        if parser.rest.is_empty() { Ok(value) } else { Err(format!("`{}` is no number", self.0)) }
    }
}

struct Parser<'a> {
    rest: &'a str,
    names: &'a Names,
}

impl Parser<'_> {
    fn eat(&mut self, c: char) -> bool {
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn sum(&mut self) -> Result<i64, String> {
        let mut value = self.product()?;
        loop {
            if self.eat('+') {
                value += self.product()?;
            } else if self.eat('-') {
                value -= self.product()?;
            } else {
                return Ok(value);
            }
        }
    }

    fn product(&mut self) -> Result<i64, String> {
        let mut value = self.atom()?;
        loop {
            if self.eat('*') {
                value *= self.atom()?;
            } else if self.eat('/') {
                let by = self.atom()?;
                value = value.checked_div(by).ok_or("division by zero")?;
            } else {
                return Ok(value);
            }
        }
    }

    fn atom(&mut self) -> Result<i64, String> {
        if self.eat('-') {
            return Ok(-self.atom()?);
        }
        if self.eat('(') {
            let value = self.sum()?;
            return if self.eat(')') { Ok(value) } else { Err("`)` is missing".into()) };
        }
        let end = self
            .rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        match word.chars().next() {
            Some('0'..='9') => word.parse().map_err(|_| format!("`{word}` is no number")),
            Some(_) => {
                self.names.get(word).copied().ok_or_else(|| format!("nobody knows `{word}`"))
            }
            None => Err("a number is missing".into()),
        }
    }
}

/// A span of time: a number with its unit, or milliseconds without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    number: Expr,
    micros: i64,
}

impl Span {
    /// A span as written.
    pub fn new(text: &str) -> Result<Span, String> {
        for (unit, micros) in [("us", 1), ("ms", 1_000), ("s", 1_000_000), ("min", 60_000_000)] {
            if let Some(number) = text.strip_suffix(unit)
                && number.ends_with(|c: char| c.is_ascii_digit() || c == ')')
            {
                return Ok(Span { number: Expr::new(number)?, micros });
            }
        }
        Ok(Span { number: Expr::new(text)?, micros: 1_000 })
    }

    /// Its length.
    pub fn value(&self, names: &Names) -> Result<Duration, String> {
        let micros = self.number.value(names)? * self.micros;
        u64::try_from(micros).map(Duration::from_micros).map_err(|_| "time runs backwards".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_is_as_at_school() {
        let names = Names::from([("mss".into(), 1460), ("i".into(), 2)]);
        let value = |text: &str| Expr::new(text).unwrap().value(&names);
        assert_eq!(value("1+2*3"), Ok(7));
        assert_eq!(value("(1+2)*3-4/2"), Ok(7));
        assert_eq!(value("-5"), Ok(-5));
        assert_eq!(value("(i+1)*mss"), Ok(4380));
        for bad in ["x", "1+", "(1", "1)", "1/0"] {
            assert!(value(bad).is_err(), "{bad}");
        }
        assert!(Expr::new("").is_err() && Expr::new("1 2").is_err());
    }

    #[test]
    fn spans_have_units() {
        let names = Names::from([("rto".into(), 200)]);
        let micros = |text: &str| Span::new(text).unwrap().value(&names).unwrap().as_micros();
        assert_eq!(micros("3us"), 3);
        assert_eq!(micros("2s"), 2_000_000);
        assert_eq!(micros("2min"), 120_000_000);
        assert_eq!(micros("2*rto"), 400_000);
        assert_eq!(micros("(1+1)ms"), 2_000);
    }
}
