//! Text and numbers as XML has them.

use crate::diagrams::text::shown;

/// Text for an element or an attribute, [`shown`].
pub fn escaped(text: &str) -> String {
    escaped_as_it_is(&shown(text))
}

/// The same of a text that is [`shown`] already.
pub fn escaped_as_it_is(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Two of them and a bracket are a command to Azure Pipelines, wherever they are printed.
            '#' if rest.as_str().starts_with('#') => out.push_str("&#35;"),
            c => out.push(c),
        }
    }
    out
}

/// As [`escaped`], but of several lines; a line break is a space there.
pub fn in_one_line(text: &str) -> String {
    escaped(&text.replace('\n', " "))
}

/// Lengths to a tenth of a pixel.
pub struct Px(pub f64);

impl Px {
    /// The length that is spelt.
    #[cfg(feature = "png")]
    pub fn rounded(&self) -> f64 {
        self.tenths() as f64 / 10.0
    }

    fn tenths(&self) -> i64 {
        (self.0 * 10.0).round() as i64
    }
}

impl std::fmt::Display for Px {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = self.tenths();
        let sign = if tenths < 0 { "-" } else { "" };
        let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
        match rest {
            0 => write!(f, "{sign}{whole}"),
            _ => write!(f, "{sign}{whole}.{rest}"),
        }
    }
}
