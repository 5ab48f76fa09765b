//! Addresses of files, as editors write them (RFC 3986, RFC 8089).

use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stands in the path of an address as it is.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// The path of a file; `None` of an address of something else.
pub fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file:")?;
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    // A host before the path is this machine, or none that files can be had of.
    let rest = &rest[rest.find('/')?..];
    let path = percent_decode_str(rest).decode_utf8().ok()?;
    let is_drive = |path: &str| {
        let mut chars = path.chars();
        chars.next() == Some('/')
            && chars.next().is_some_and(|c| c.is_ascii_alphabetic())
            && chars.next() == Some(':')
    };
    Some(PathBuf::from(match is_drive(&path) {
        true => &path[1..],
        false => &path,
    }))
}

/// The address of a file.
pub fn of(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let slash = if text.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{}", utf8_percent_encode(&text, PATH))
}

/// The same for all addresses of one thing: editors write `c%3A` and `C:`.
pub fn key(uri: &str) -> String {
    path(uri).map_or_else(|| uri.to_owned(), |path| of(&path).to_lowercase_drive())
}

trait Drive {
    fn to_lowercase_drive(self) -> String;
}

impl Drive for String {
    /// The letter of a drive may be large or small.
    fn to_lowercase_drive(self) -> String {
        let is_drive = self.get(9..12) == Some("%3A");
        match is_drive {
            true => format!("file:///{}{}", self[8..9].to_lowercase(), &self[9..]),
            false => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_file_are_one() {
        for (uri, wanted) in [
            ("file:///a%20b/c.yaml", "/a b/c.yaml"),
            ("file:///a b/c.yaml", "/a b/c.yaml"),
            ("file:/x", "/x"),
            ("file://localhost/x", "/x"),
            ("file:///c%3A/x", "c:/x"),
        ] {
            assert_eq!(path(uri), Some(PathBuf::from(wanted)), "{uri}");
        }
        assert_eq!(path("untitled:Untitled-1"), None);
        assert_eq!(key("file:///C:/x"), key("file:///c%3A/x"));
        assert_eq!(
            of(Path::new("/a b/\u{fc}[1].yaml")),
            "file:///a%20b/%C3%BC%5B1%5D.yaml"
        );
    }
}
