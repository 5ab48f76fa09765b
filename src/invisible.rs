//! Characters that a reader cannot see, or cannot tell from a space.

/// Whether a reader cannot see `c`, or cannot tell it from a space: control characters,
/// directions, joiners, variation selectors, every blank but the space itself.
pub fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    // No character is assigned to the last two places of a plane.
    let last_of_plane = c as u32 & 0xfffe == 0xfffe;
    last_of_plane
        || c.is_control()
        || matches!(c,
            // Blanks that are not the space, and the line and paragraph separators.
            '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}'
            | '\u{202f}' | '\u{205f}' | '\u{2800}' | '\u{3000}'
            // Hyphens, joiners and fillers that show nothing.
            | '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}'
            | '\u{3164}' | '\u{ffa0}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            // Directions.
            | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{206f}'
            // Byte order mark, annotations, variation selectors, tags, and what is no character.
            | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// The hidden characters of `text` that have no business where they stand, by their byte offset.
///
/// Some hidden characters are part of how a language or a picture is written: joiners in Persian
/// and Hindi, word breaks in Khmer, what makes one emoji of several, the marks of direction beside
/// Hebrew. Those are left out, and so are blanks that are as wide as a space, line ends and tabs.
pub fn misplaced(text: &str) -> Vec<(usize, char)> {
    let mut found = Vec::new();
    // Nearly every text is done here, and so is nearly every line of the others.
    if !has_invisible(text) {
        return found;
    }
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        if has_invisible(line) {
            in_line(line, start, &mut found);
        }
        start += line.len();
    }
    found
}

/// Whether a character of `text` is invisible, wherever it stands.
fn has_invisible(text: &str) -> bool {
    let is_control = |byte: u8| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r');
    // Without a way out half way, this is done many bytes at a time.
    text.bytes().fold(false, |any, byte| any | is_control(byte))
        || beyond_ascii(text).any(is_invisible)
}

/// The characters of `text` that are not of ASCII. What is, is gone over many bytes at a time.
pub fn beyond_ascii(text: &str) -> impl Iterator<Item = char> + '_ {
    const STEP: usize = 16;
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while bytes.get(at..at + STEP).is_some_and(<[u8]>::is_ascii) {
            at += STEP;
        }
        at += bytes[at..].iter().position(|byte| !byte.is_ascii())?;
        let c = text[at..].chars().next()?;
        at += c.len_utf8();
        Some(c)
    })
}

/// Adds what is misplaced in `line`, which stands at byte `start` of its text.
fn in_line(line: &str, start: usize, found: &mut Vec<(usize, char)>) {
    let mut before = Before::default();
    let mut characters = line.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        if is_invisible(c) {
            let mark_of_order = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}');
            let fits = match mark_of_order {
                true => before.right_to_left || turns_around(&line[at..]),
                false => before.allows(c, next),
            };
            if !fits {
                found.push((start + at, c));
            }
        } else {
            before.last = Some(c);
            before.right_to_left |= is_right_to_left(c);
        }
        before.flag = c == '\u{1f3f4}' || (before.flag && is_tag(c));
    }
}

/// Whether `c` shows nothing at all, so that nobody knows that it is there.
pub fn is_invisible(c: char) -> bool {
    let blank = matches!(
        c,
        '\t' | '\n' | '\r' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{2800}' | '\u{3000}'
    );
    is_hidden(c) && !blank
}

/// What of a line stands before a character.
#[derive(Default)]
struct Before {
    /// The nearest character that shows something.
    last: Option<char>,
    /// Whether a letter of a script that runs from right to left stands there.
    right_to_left: bool,
    /// Whether a flag of a region is being spelt out.
    flag: bool,
}

impl Before {
    /// Whether `c`, with `next` after it, is part of how something is written.
    fn allows(&self, c: char, next: Option<char>) -> bool {
        let Some(last) = self.last else { return false };
        match c {
            '\u{200d}' => joins(last) || (is_picture(last) && next.is_some_and(is_picture)),
            '\u{200c}' => joins(last),
            '\u{200b}' => breaks_words(last) && next.is_some_and(breaks_words),
            // Variation selectors: `#` and digits have them only to become a key.
            '\u{fe00}'..='\u{fe0f}' => match last.is_ascii() {
                true => next == Some('\u{20e3}'),
                false => true,
            },
            '\u{e0100}'..='\u{e01ef}' => is_ideograph(last),
            '\u{180b}'..='\u{180f}' => matches!(last, '\u{1800}'..='\u{18aa}'),
            '\u{34f}' => matches!(last, '\u{591}'..='\u{5f4}'),
            '\u{115f}' | '\u{1160}' => {
                let jamo = |c: char| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97c}');
                jamo(last) || next.is_some_and(jamo)
            }
            c if is_tag(c) => self.flag,
            _ => false,
        }
    }
}

/// Whether joiners between letters of this script change how they are written: Arabic and its
/// neighbours, the scripts of India and of what lies around it, Mongolian.
fn joins(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{dff}' | '\u{f00}'..='\u{109f}' | '\u{1700}'..='\u{18aa}'
        | '\u{1900}'..='\u{1c4f}' | '\u{1cd0}'..='\u{1cff}' | '\u{a800}'..='\u{abff}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10a00}'..='\u{10fff}'
        | '\u{11000}'..='\u{11fff}' | '\u{1e900}'..='\u{1e95f}')
}

/// Whether the script is written without spaces, so that a zero-width space tells its words.
fn breaks_words(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{f00}'..='\u{fff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}' | '\u{1950}'..='\u{19df}' | '\u{1a20}'..='\u{1aaf}')
}

/// Whether it takes more than a picture of each letter to write this script: it runs from right to
/// left, or its letters join.
#[cfg(feature = "png")]
pub fn is_shaped(c: char) -> bool {
    is_right_to_left(c) || joins(c) || breaks_words(c)
}

fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Whether the rest of the line has a letter of a script that runs from right to left.
fn turns_around(text: &str) -> bool {
    const FAR_ENOUGH: usize = 200;
    let line = text.chars().take_while(|c| !matches!(c, '\n' | '\r'));
    line.take(FAR_ENOUGH)
        .any(|c| is_right_to_left(c) && !is_invisible(c))
}

/// Whether `c` is, or may be, a picture that others join to.
fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
        | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{27bf}' | '\u{2900}'..='\u{297f}'
        | '\u{2b00}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
        | '\u{1f000}'..='\u{1faff}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Tags spell the region of a flag: England's is `🏴` and five of them.
fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0020}'..='\u{e007f}')
}

/// Whether `c` makes a reader see the text around it in another order.
pub fn reorders(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}')
}

/// What `c` is: "a zero-width space".
pub fn describe(c: char) -> &'static str {
    match c {
        '\u{ad}' => "a soft hyphen",
        '\u{61c}' | '\u{200e}' | '\u{200f}' => "a mark of direction",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' => "a zero-width non-joiner",
        '\u{200d}' => "a zero-width joiner",
        '\u{2028}' => "a line separator",
        '\u{2029}' => "a paragraph separator",
        '\u{202a}' | '\u{202b}' => "an embedding that turns text around",
        '\u{202d}' | '\u{202e}' => "an override that turns text around",
        '\u{202c}' => "the end of an embedding or override",
        '\u{2066}'..='\u{2068}' => "an isolate that turns text around",
        '\u{2069}' => "the end of an isolate",
        '\u{2060}' => "a word joiner",
        '\u{feff}' => "a byte order mark",
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => "a filler of no width",
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180f}' => {
            "a variation selector"
        }
        '\u{e0000}'..='\u{e007f}' => "a tag character",
        c if c.is_control() => "a control character",
        _ => "a character that shows nothing",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_languages_and_pictures_are_written_is_no_alarm() {
        for text in [
            "Été 完了 Готово e\u{301} 😀 ✅ → ‘x’ — …",
            "\u{646}\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}", // Persian, a non-joiner
            "\u{915}\u{94d}\u{200d}\u{937} \u{915}\u{94d}\u{200c}\u{937}", // Hindi, both joiners
            "\u{dc1}\u{dca}\u{200d}\u{dbb}\u{dd3}",                        // Sinhala
            "\u{1797}\u{17b6}\u{179f}\u{17b6}\u{200b}\u{1781}\u{17d2}\u{1798}", // Khmer, a word break
            "\u{5d0}\u{5d1} (x)\u{200f} \u{5d2}",                               // Hebrew, a mark
            "\u{200e}abc \u{5d0}",
            "👨\u{200d}👩\u{200d}👧\u{200d}👦 👩🏽\u{200d}🚒 🏳\u{fe0f}\u{200d}🌈 ❤\u{fe0f}\u{200d}🔥",
            "☎\u{fe0f} 1\u{fe0f}\u{20e3} #\u{fe0f}\u{20e3}",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "葛\u{e0100}城",
            "In\u{a0}Progress\u{3000}état\u{202f}!",
            "a\tb\r\nc",
        ] {
            assert_eq!(misplaced(text), [], "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_character_beyond_ascii_is_passed_over(text in "([ -~]{0,40}\\PC{0,3}){0,5}") {
            let slowly: String = text.chars().filter(|c| !c.is_ascii()).collect();
            proptest::prop_assert_eq!(beyond_ascii(&text).collect::<String>(), slowly);
        }
    }

    #[test]
    fn what_only_hides_is_found() {
        for (text, expected) in [
            ("New\u{200b}", vec![(3, '\u{200b}')]),
            ("a\u{200d}b", vec![(1, '\u{200d}')]),
            (
                "\u{202e}txet\u{202c}",
                vec![(0, '\u{202e}'), (7, '\u{202c}')],
            ),
            ("\u{5d0}\u{202e}", vec![(2, '\u{202e}')]),
            ("abc\u{200e}", vec![(3, '\u{200e}')]),
            ("😀\u{200d}x", vec![(4, '\u{200d}')]),
            ("1\u{fe0f}x", vec![(1, '\u{fe0f}')]),
            ("x\u{e0041}", vec![(1, '\u{e0041}')]),
            ("x\u{feff}y\u{2060}", vec![(1, '\u{feff}'), (5, '\u{2060}')]),
            ("x\u{7}\u{85}", vec![(1, '\u{7}'), (2, '\u{85}')]),
            ("\u{7}x\u{1b}", vec![(0, '\u{7}'), (2, '\u{1b}')]),
            ("so\u{ad}ft", vec![(2, '\u{ad}')]),
        ] {
            assert_eq!(misplaced(text), expected, "{text:?}");
        }
    }
}
