// SPDX-License-Identifier: Apache-2.0
//! Dictionaries: pieces of input that random changes would not find soon, in libFuzzer's form.
//! A line is `"text"` or `name="text"`, with `\xAB`, `\\` and `\"` in it; `#` begins a remark.

use std::path::{Path, PathBuf};

/// Where the words of a target are, if it has some.
pub fn file(target: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries");
    folder.join(target).with_extension("dict")
}

/// The words of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dictionary {
    words: Vec<Vec<u8>>,
}

impl Dictionary {
    /// Reads a file's text.
    ///
    /// # Errors
    /// The line that is not of the form.
    pub fn parse(text: &str) -> Result<Self, String> {
        let lines = text.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let words = lines.map(|line| word(line).ok_or_else(|| line.to_string()));
        words.collect::<Result<_, _>>().map(|words| Dictionary { words })
    }

    /// One of the words, if there are any.
    pub fn pick(&self, random: u64) -> Option<&[u8]> {
        let at = random as usize % self.words.len().max(1);
        self.words.get(at).map(Vec::as_slice)
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

fn word(line: &str) -> Option<Vec<u8>> {
    let (_, quoted) = line.split_once('"')?;
    let mut bytes = quoted.strip_suffix('"')?.bytes();
    let mut word = Vec::new();
    while let Some(byte) = bytes.next() {
        word.push(match byte {
            b'\\' => match bytes.next()? {
                b'x' => {
                    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
                    digit(bytes.next()?)? << 4 | digit(bytes.next()?)?
                }
                quoted @ (b'\\' | b'"') => quoted,
                _ => return None,
            },
            other => other,
        });
    }
    Some(word).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_form_of_libfuzzer() {
        let text = "# remark\n\nname=\"a\\x00b\"\n\"\\\\\\\"\"\n";
        let read = Dictionary::parse(text).unwrap();
        assert_eq!(read.words, [b"a\0b".to_vec(), b"\\\"".to_vec()]);
        assert_eq!((read.pick(3), read.len()), (Some(&b"\\\""[..]), 2));
        for wrong in ["word", "\"", "\"\"", "\"\\x0\"", "\"\\n\""] {
            assert!(Dictionary::parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(Dictionary::default().pick(1), None);
    }
}
