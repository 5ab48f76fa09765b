//! A place in a text that is read from its start, byte by byte.

/// What is left of a text. It holds no NUL: that byte stands for its end.
pub(super) struct Cursor<'t> {
    /// The whole text.
    pub text: &'t str,
    /// How far it is read, in bytes.
    pub at: usize,
}

impl<'t> Cursor<'t> {
    /// The start of `text`.
    pub fn new(text: &'t str) -> Self {
        Cursor { text, at: 0 }
    }

    /// The byte that comes next; 0 at the end.
    pub fn byte(&self) -> u8 {
        self.byte_at(self.at)
    }

    /// The byte at `at`; 0 at and after the end.
    pub fn byte_at(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// Whether everything is read.
    pub fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Whether the end of a line, or of the text, comes next.
    pub fn is_at_line_end(&self) -> bool {
        is_line_end(self.byte())
    }

    /// Goes on to the next control character (of which only the ends of lines are left), to the next of
    /// `stops`, or to the end: eight bytes at a time, which are fewer steps than bytes.
    #[inline]
    pub fn skip_to<const N: usize>(&mut self, stops: [u8; N]) {
        const LOW: u64 = u64::from_le_bytes([1; 8]);
        const HIGH: u64 = LOW << 7;
        let bytes = self.text.as_bytes();
        // The highest bit of every byte that is smaller than `least`, up to the first of them.
        let smaller = |word: u64, least: u8| word.wrapping_sub(LOW * u64::from(least)) & !word;
        while let Some(eight) = bytes.get(self.at..).and_then(|rest| rest.first_chunk()) {
            let word = u64::from_le_bytes(*eight);
            let is_stop = |found, stop: u8| found | smaller(word ^ (LOW * u64::from(stop)), 1);
            let found = stops.into_iter().fold(smaller(word, b' '), is_stop) & HIGH;
            if found != 0 {
                self.at += found.trailing_zeros() as usize / 8;
                return;
            }
            self.at += 8;
        }
        let is_over = |byte: &u8| *byte < b' ' || stops.contains(byte);
        let rest = bytes.get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(is_over).unwrap_or(rest.len());
    }

    /// Goes over spaces.
    pub fn skip_spaces(&mut self) {
        while self.byte() == b' ' {
            self.at += 1;
        }
    }

    /// Goes to the end of the line.
    pub fn skip_to_line_end(&mut self) {
        self.skip_to([]);
    }

    /// Goes over the end of a line, if it comes next.
    pub fn skip_line_end(&mut self) {
        self.at += match self.byte() {
            b'\r' => 2,
            b'\n' => 1,
            _ => 0,
        };
    }

    /// Goes over `byte`, which must come next.
    pub fn expect(&mut self, byte: u8) -> Option<()> {
        let is_there = self.byte() == byte;
        self.at += usize::from(is_there);
        is_there.then_some(())
    }

    /// Goes over an escape sequence; answers the character that it stands for, where both syntaxes agree
    /// on it. Few others are in use.
    pub fn escape(&mut self) -> Option<char> {
        let letter = self.byte_at(self.at + 1);
        self.at += 2;
        Some(match letter {
            b'"' => '"',
            b'\\' => '\\',
            b'n' => '\n',
            b't' => '\t',
            b'u' => self.hex_character(4)?,
            _ => return None,
        })
    }

    /// Goes over `digits` hexadecimal digits; answers the character that has this number.
    fn hex_character(&mut self, digits: usize) -> Option<char> {
        let text = self.text.get(self.at..self.at + digits)?;
        self.at += digits;
        let is_hex = text.bytes().all(|digit| digit.is_ascii_hexdigit());
        let number = u32::from_str_radix(text, 16).ok().filter(|_| is_hex)?;
        // Half a character is none.
        char::from_u32(number)
    }

    /// The text from byte `start` to here.
    #[inline]
    pub fn since(&self, start: usize) -> &'t str {
        &self.text[start..self.at]
    }
}

/// Whether `byte` ends a line or is the end of the text.
pub(super) fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r' | 0)
}
