// SPDX-License-Identifier: Apache-2.0
//! The tokens of JSON text (RFC 8259), as ranges of it: nothing is copied or changed.
#![forbid(unsafe_code)]

use core::ops::Range;

use crate::base::{Error, Result};

/// A piece of JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    Colon,
    Comma,
    /// Where the text between the quotes is, escapes and all.
    String(Range<usize>),
    /// Where its digits are.
    Number(Range<usize>),
    True,
    False,
    Null,
    /// Nothing but white space is left.
    End,
}

/// Most arrays and objects within each other that [`Lexer::skip`] goes through.
pub(super) const MOST_LEVELS: u32 = 64;

/// Reads JSON text from front to back.
pub(super) struct Lexer<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Lexer<'t> {
    /// Begins at the front of `text`.
    pub(super) fn new(text: &'t [u8]) -> Self {
        Lexer { text, at: 0 }
    }

    /// Bytes read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// The text of a token.
    pub(super) fn slice(&self, range: Range<usize>) -> &'t [u8] {
        self.text.get(range).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn skip_while(&mut self, is: impl Fn(u8) -> bool) -> usize {
        let from = self.at;
        while self.peek().is_some_and(&is) {
            self.at += 1;
        }
        self.at - from
    }

    /// Goes over `byte` if it is next.
    fn eat(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// The next token.
    ///
    /// # Errors
    /// [`Error::Inval`] for what is no JSON.
    pub(super) fn next(&mut self) -> Result<Token> {
        self.skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
        let Some(byte) = self.peek() else { return Ok(Token::End) };
        self.at += 1;
        match byte {
            b'{' => Ok(Token::ObjectStart),
            b'}' => Ok(Token::ObjectEnd),
            b'[' => Ok(Token::ArrayStart),
            b']' => Ok(Token::ArrayEnd),
            b':' => Ok(Token::Colon),
            b',' => Ok(Token::Comma),
            b'"' => self.string(),
            b'-' | b'0'..=b'9' => {
                self.at -= 1;
                self.number()
            }
            b'N' if cfg!(CONFIG_JSON_LIBRARY_FP_SUPPORT) => {
                self.word(b"aN", Token::Number(self.at - 1..self.at + 2))
            }
            b'I' if cfg!(CONFIG_JSON_LIBRARY_FP_SUPPORT) => self.infinity(self.at - 1),
            b't' => self.word(b"rue", Token::True),
            b'f' => self.word(b"alse", Token::False),
            b'n' => self.word(b"ull", Token::Null),
            _ => Err(Error::Inval),
        }
    }

    /// Behind the I of "Infinity", which is no JSON but is what is written where floats are.
    fn infinity(&mut self, from: usize) -> Result<Token> {
        self.word(b"nfinity", Token::Null)?;
        Ok(Token::Number(from..self.at))
    }

    fn word(&mut self, rest: &[u8], token: Token) -> Result<Token> {
        if !rest.iter().all(|&byte| self.eat(byte)) {
            return Err(Error::Inval);
        }
        Ok(token)
    }

    /// RFC 8259, 7; bytes of more than seven bits are taken as they come.
    fn string(&mut self) -> Result<Token> {
        let from = self.at;
        loop {
            let byte = self.peek().ok_or(Error::Inval)?;
            self.at += 1;
            match byte {
                b'"' => return Ok(Token::String(from..self.at - 1)),
                b'\\' => self.escape()?,
                0..0x20 => return Err(Error::Inval),
                _ => {}
            }
        }
    }

    fn escape(&mut self) -> Result<()> {
        let byte = self.peek().ok_or(Error::Inval)?;
        self.at += 1;
        match byte {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Ok(()),
            b'u' => {
                let digits = self.text.get(self.at..self.at + 4).ok_or(Error::Inval)?;
                self.at += 4;
                if digits.iter().all(u8::is_ascii_hexdigit) { Ok(()) } else { Err(Error::Inval) }
            }
            _ => Err(Error::Inval),
        }
    }

    fn digits(&mut self) -> Result<()> {
        match self.skip_while(|byte| byte.is_ascii_digit()) {
            0 => Err(Error::Inval),
            _ => Ok(()),
        }
    }

    /// RFC 8259, 6.
    fn number(&mut self) -> Result<Token> {
        let from = self.at;
        self.eat(b'-');
        if cfg!(CONFIG_JSON_LIBRARY_FP_SUPPORT) && self.eat(b'I') {
            return self.infinity(from);
        }
        if self.eat(b'0') {
            // No digit may follow a leading zero.
            if self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                return Err(Error::Inval);
            }
        } else {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _ = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        Ok(Token::Number(from..self.at))
    }

    /// The next token, which must be `token`.
    pub(super) fn expect(&mut self, token: &Token) -> Result<()> {
        if self.next()? == *token { Ok(()) } else { Err(Error::Inval) }
    }

    /// Goes over the rest of the value that begins with `first`.
    ///
    /// # Errors
    /// [`Error::Inval`] for what is no JSON, and for more than [`MOST_LEVELS`] levels.
    pub(super) fn skip(&mut self, first: &Token) -> Result<()> {
        // A bit a level: is it an object?
        let (mut levels, mut depth) = (0u64, 0);
        let mut token = first.clone();
        loop {
            match token {
                Token::ObjectStart | Token::ArrayStart => {
                    if depth == MOST_LEVELS {
                        return Err(Error::Inval);
                    }
                    let is_object = token == Token::ObjectStart;
                    (levels, depth) = (levels << 1 | u64::from(is_object), depth + 1);
                    let end = if is_object { Token::ObjectEnd } else { Token::ArrayEnd };
                    token = self.next()?;
                    if token != end {
                        token = self.member(is_object, token)?;
                        continue;
                    }
                    (levels, depth) = (levels >> 1, depth - 1);
                }
                Token::String(_) | Token::Number(_) | Token::True | Token::False | Token::Null => {}
                _ => return Err(Error::Inval),
            }
            // A value has ended; so may have those around it.
            loop {
                if depth == 0 {
                    return Ok(());
                }
                let is_object = levels & 1 != 0;
                match self.next()? {
                    Token::Comma => {
                        let next = self.next()?;
                        token = self.member(is_object, next)?;
                        break;
                    }
                    Token::ObjectEnd if is_object => {}
                    Token::ArrayEnd if !is_object => {}
                    _ => return Err(Error::Inval),
                }
                (levels, depth) = (levels >> 1, depth - 1);
            }
        }
    }

    /// The first token of a member's value; `token` is the member's first.
    fn member(&mut self, of_object: bool, token: Token) -> Result<Token> {
        if !of_object {
            return Ok(token);
        }
        let Token::String(_) = token else { return Err(Error::Inval) };
        self.expect(&Token::Colon)?;
        self.next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skips(text: &str) -> bool {
        let mut lexer = Lexer::new(text.as_bytes());
        let first = lexer.next();
        first.is_ok_and(|first| lexer.skip(&first).is_ok())
            && matches!(lexer.next(), Ok(Token::End))
    }

    #[test]
    fn values_are_skipped_whole() {
        for text in [
            "1",
            "-0.5e+7",
            "\"a\\u12aF\\n\"",
            "true",
            "null",
            "[]",
            "{}",
            "[[],[{}]]",
            " { \"a\" : [ 1 , 2 , { \"b\" : null } ] , \"c\" : \"\" } ",
        ] {
            assert!(skips(text), "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in [
            "",
            "]",
            "[1,]",
            "[1 2]",
            "{\"a\":1,}",
            "{\"a\" 1}",
            "{1:2}",
            "[}",
            "{]",
            "01",
            "1.",
            "-",
            "1e",
            "tru",
            "\"a",
            "\"\\x\"",
            "\"\\u12g4\"",
            "\"\\u12",
            "\"\n\"",
            "+1",
            "{\"a\":}",
            "[",
            "'a'",
        ] {
            assert!(!skips(text), "{text}");
        }
    }

    #[test]
    fn levels_are_bounded() {
        let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(skips(&nested(MOST_LEVELS as usize)));
        assert!(!skips(&nested(MOST_LEVELS as usize + 1)));
    }

    #[test]
    fn any_cut_or_changed_text_ends_without_a_panic() {
        let text = b"{\"a\":[1,-2.5e3,{\"b\":\"c\\u0041\\\\\"}],\"d\":true,\"e\":null}";
        for at in 0..text.len() {
            for byte in [0, b'"', b'\\', b'{', b']', b'9', 0xff] {
                let mut changed = *text;
                changed[at] = byte;
                for end in 0..=text.len() {
                    let mut lexer = Lexer::new(&changed[..end]);
                    if let Ok(first) = lexer.next() {
                        let _ = lexer.skip(&first);
                    }
                    assert!(lexer.position() <= end);
                }
            }
        }
    }
}
