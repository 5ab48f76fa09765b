//! Characters that must not stand in the text of a picture as they are.

/// What a figure, by its number, is called where its own name could mean something to the language.
pub struct Id(pub usize);

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "s{}", self.0 + 1)
    }
}

/// Whether a character cannot be seen but changes what is: control characters, which may be
/// commands to a terminal, and the ones that turn text around or hide in it. Notations spell
/// these by number, so that whoever reads the text of a picture sees everything in it.
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether XML cannot hold a character, however it is spelt (XML 1.0, 2.2).
pub fn is_no_xml(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Texts one below the other, for a notation in which `\n` ends a line and which has no numbers for
/// characters: each as `spell` writes it, and what must not stand there by its name.
pub fn of_lines<'t>(
    texts: impl IntoIterator<Item = &'t str>,
    spell: impl Fn(&mut String, char),
) -> String {
    let mut out = String::new();
    for (number, text) in texts.into_iter().enumerate() {
        if number > 0 {
            out.push_str("\\n");
        }
        for c in text.chars() {
            match c {
                c if c.is_control() || is_no_xml(c) => {
                    format!("<U+{:04X}>", c as u32)
                        .chars()
                        .for_each(|c| spell(&mut out, c));
                }
                c => spell(&mut out, c),
            }
        }
    }
    out
}
