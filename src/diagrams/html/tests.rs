//! The policy names what is in the page, and nothing else is.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::*;

fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

#[test]
fn the_policy_names_the_hashes_of_what_is_in_the_page() {
    let [picture, merged] = [false, true].map(svg::style::sheet);
    let actual = [hash(STYLE), hash(&picture), hash(&merged), hash(SCRIPT)];
    let named = [STYLE_HASH, PICTURE_HASH, MERGED_HASH, SCRIPT_HASH];
    assert_eq!(named, actual, "the page has changed: copy the hashes");
}

#[test]
fn the_script_makes_no_markup_of_text() {
    let makers = [
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "document.write",
        "eval",
        "Function(",
        "fetch",
        "XMLHttp",
    ];
    for word in makers {
        assert!(!SCRIPT.contains(word), "{word}");
    }
    assert!(!SCRIPT.contains("</") && !STYLE.contains("</"));
}
