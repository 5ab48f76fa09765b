//! What the parser complains of. It has sentences and no types for that: here they are known by how they begin,
//! and nowhere else.

use toml::de::Error;

/// What the parser complains of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Complaint {
    /// A key or table is there already. The parser reads on.
    Again,
    /// Lists and tables lie too deep in each other.
    Depth,
    Escape,
    Text,
    EmptyKey,
    SecondEquals,
    ExtraComma,
    /// A bracket closes what is not open.
    NotOpened,
    MissingComma,
    /// Something follows a value or a header.
    Trailing,
    Unexpected,
    /// A key of an inline table, or its `=`.
    InlineKey,
    /// A value that is none: text without quotes, a number that is none.
    Value,
    /// Something that only the text around it explains.
    Other,
}

/// How the parser's sentences begin; the first that fits counts.
const SENTENCES: &[(&str, Complaint)] = &[
    ("duplicate key", Complaint::Again),
    ("cannot extend value", Complaint::Again),
    ("cannot recurse further", Complaint::Depth),
    ("recursion limit", Complaint::Depth),
    ("missing escaped value", Complaint::Escape),
    ("too few unicode value digits", Complaint::Escape),
    ("invalid value", Complaint::Escape),
    ("invalid literal string", Complaint::Text),
    ("invalid basic string", Complaint::Text),
    ("invalid multi-line literal string", Complaint::Text),
    ("invalid multi-line basic string", Complaint::Text),
    ("unquoted keys cannot be empty", Complaint::EmptyKey),
    ("extra `=`", Complaint::SecondEquals),
    ("extra comma", Complaint::ExtraComma),
    ("missing inline table opening", Complaint::NotOpened),
    ("missing array opening", Complaint::NotOpened),
    ("missing comma", Complaint::MissingComma),
    ("extra assignment", Complaint::MissingComma),
    ("unexpected key or value", Complaint::Trailing),
    ("unexpected `=` in array", Complaint::Unexpected),
    ("invalid unquoted key", Complaint::InlineKey),
    ("missing assignment", Complaint::InlineKey),
    ("missing opening quote", Complaint::Value),
    ("string values must be quoted", Complaint::Value),
    ("invalid ", Complaint::Value),
];

impl Complaint {
    /// What `error` complains of.
    pub fn of(error: &Error) -> Complaint {
        let row = SENTENCES
            .iter()
            .find(|(start, _)| error.message().starts_with(start));
        row.map_or(Complaint::Other, |(_, complaint)| *complaint)
    }
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::*;

    /// Texts that make the parser say each of the sentences.
    #[test]
    fn the_parser_still_speaks_so() {
        let deep = format!("a = {}", "[".repeat(100));
        let dotted = format!("{}a = 1", "a.".repeat(100));
        let texts = [
            "a = 1\na = 2",
            "a = 1\na.b = 2",
            &deep,
            &dotted,
            r#"a = "\q""#,
            r#"a = "\u12""#,
            r#"a = "\ud800""#,
            "a = 'b",
            "a = \"b",
            "a = '''b",
            "a = \"\"\"b",
            "= 1",
            "a == 1",
            "a = [,]",
            "a = }",
            "a = ]",
            "a = [1 2]",
            "a = { b = 1 = 2 }",
            "a = 'b' c",
            "a = [=]",
            "é = 1",
            "a = { b {} }",
            "a = b\"",
            "a = b c",
            "a = 0x",
        ];
        let mut unsaid: Vec<&str> = SENTENCES.iter().map(|(start, _)| *start).collect();
        for text in texts {
            let (_, errors) = DeTable::parse_recoverable(text);
            for error in &errors {
                unsaid.retain(|start| !error.message().starts_with(start));
            }
        }
        assert_eq!(unsaid, [""; 0]);
    }
}
