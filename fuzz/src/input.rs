// SPDX-License-Identifier: Apache-2.0
//! Reads a fuzzer's bytes as numbers and pieces. Where they end, everything is zero: every input
//! means something, and a shorter one means the beginning of a longer one.

/// The bytes not yet used.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    rest: &'a [u8],
}

impl<'a> Input<'a> {
    /// All of `data`.
    pub const fn new(data: &'a [u8]) -> Self {
        Input { rest: data }
    }

    /// True when all is used.
    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        match self.rest.split_first() {
            Some((byte, rest)) => {
                self.rest = rest;
                *byte
            }
            None => 0,
        }
    }

    /// The next two bytes, low one first.
    pub fn word(&mut self) -> u16 {
        let low = self.byte();
        u16::from_le_bytes([low, self.byte()])
    }

    /// The next `len` bytes, or those that are left.
    pub fn take(&mut self, len: usize) -> &'a [u8] {
        let (piece, rest) = self.rest.split_at(len.min(self.rest.len()));
        self.rest = rest;
        piece
    }

    /// The next short piece: a byte of length, and as many bytes.
    pub fn short(&mut self) -> &'a [u8] {
        let len = usize::from(self.byte());
        self.take(len)
    }

    /// The next piece: two bytes of length, at most `max`, and as many bytes.
    pub fn piece(&mut self, max: usize) -> &'a [u8] {
        let len = usize::from(self.word()).min(max);
        self.take(len)
    }
}

/// The reverse of [`Input::piece`].
pub fn write_piece(out: &mut Vec<u8>, piece: &[u8]) {
    out.extend((piece.len() as u16).to_le_bytes());
    out.extend(piece);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_was_written_and_zeros_after_it() {
        let mut bytes = vec![7];
        write_piece(&mut bytes, b"abc");
        bytes.push(9);
        let mut input = Input::new(&bytes);
        assert_eq!((input.byte(), input.piece(100), input.word()), (7, &b"abc"[..], 9));
        assert!(input.is_empty());
        assert_eq!((input.byte(), input.piece(100)), (0, &[][..]));
    }
}
