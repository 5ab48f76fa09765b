//! Identifiers and colours: what is spelt right, and what a wrong spelling plainly means.

/// Whether `text` is words of a-z and 0-9 joined by single `-`.
pub fn is_identifier(text: &str) -> bool {
    let word = |w: &str| {
        !w.is_empty()
            && w.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    text.split('-').all(word)
}

/// The identifier that `text` comes nearest to: "Hardware Repair" is `hardware-repair`.
pub fn identifier_like(text: &str) -> Option<String> {
    if text.chars().any(char::is_alphabetic) && !text.is_ascii() {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let words = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty());
    let joined = words.collect::<Vec<_>>().join("-");
    is_identifier(&joined).then_some(joined)
}

/// Whether `text` is a colour of the form `#rrggbb`, of either letter case.
pub fn is_color(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or("");
    digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit())
}

/// What word processors put around text, which YAML takes for a part of it.
pub const QUOTES: &[char] = &['“', '”', '„', '‘', '’', '«', '»', '"', '\''];

/// The colour that `text` means, and whether it is sure to: `#f00` and `1f77b4` are. `red` most likely
/// is that of the web, and `facade` a colour at all.
pub fn color_like(text: &str) -> Option<(String, bool)> {
    let text = text.trim_matches(QUOTES).trim();
    let digits = text.strip_prefix('#').unwrap_or(text);
    let hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
    let is_sure = text.contains(|c: char| c == '#' || c.is_ascii_digit());
    let twice = |all: String, digit: char| format!("{all}{digit}{digit}");
    match digits.len() {
        6 if hex => Some((format!("#{digits}"), is_sure)),
        3 if hex => Some((digits.chars().fold("#".to_owned(), twice), is_sure)),
        _ => NAMED_COLORS
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(text))
            .map(|(_, hex)| ((*hex).to_owned(), false)),
    }
}

/// The sixteen basic colour words (CSS Color Module Level 4, §6.1, the names that HTML 4 had).
const NAMED_COLORS: &[(&str, &str)] = &[
    ("black", "#000000"),
    ("silver", "#c0c0c0"),
    ("gray", "#808080"),
    ("white", "#ffffff"),
    ("maroon", "#800000"),
    ("red", "#ff0000"),
    ("purple", "#800080"),
    ("fuchsia", "#ff00ff"),
    ("green", "#008000"),
    ("lime", "#00ff00"),
    ("olive", "#808000"),
    ("yellow", "#ffff00"),
    ("navy", "#000080"),
    ("blue", "#0000ff"),
    ("teal", "#008080"),
    ("aqua", "#00ffff"),
    ("orange", "#ffa500"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_words_joined_by_hyphens() {
        for good in ["a", "hardware-repair", "v2", "2fa-reset"] {
            assert!(is_identifier(good), "{good}");
            assert_eq!(identifier_like(good).as_deref(), Some(good));
        }
        for bad in ["", "-a", "a-", "a--b", "A", "a_b", "a b", "ä"] {
            assert!(!is_identifier(bad), "{bad}");
        }
        assert_eq!(
            identifier_like("Hardware Repair (new)").as_deref(),
            Some("hardware-repair-new")
        );
        assert_eq!(identifier_like("Überprüfung"), None);
        assert_eq!(identifier_like("--"), None);
    }

    #[test]
    fn colours_that_are_plainly_meant_are_known() {
        assert!(is_color("#1F77b4") && !is_color("1f77b4") && !is_color("#1f77b"));
        for (written, meant, is_sure) in [
            ("#f00", "#ff0000", true),
            ("1f77b4", "#1f77b4", true),
            ("facade", "#facade", false),
            ("Red", "#ff0000", false),
        ] {
            assert_eq!(color_like(written), Some((meant.to_owned(), is_sure)));
        }
        assert_eq!(color_like("rgb(1,2,3)"), None);
        assert_eq!(color_like(""), None);
    }
}
