//! The gallery is what the program draws of the examples.
//! `UPDATE=1 cargo test --test all gallery` draws it anew.

use std::collections::BTreeSet;
use std::fs;

use statewright::{Options, compile, diagrams};

#[test]
fn the_gallery_shows_the_examples() {
    let folder = crate::common::root().join("examples/gallery");
    let svg = diagrams::find("svg").expect("a notation");
    let update = std::env::var_os("UPDATE").is_some_and(|v| v == "1");
    let mut expected = BTreeSet::new();
    for source in crate::common::examples() {
        let compilation = compile(&source, &Options::default());
        let resolved = compilation.resolved().expect("a graph");
        let identifier = resolved.workflow().identifier.as_ref().expect("a name");
        let path = folder.join(format!("{}.svg", identifier.value));
        let picture = svg.text(resolved, &diagrams::Style::default());
        if update {
            fs::create_dir_all(&folder).expect("writable");
            fs::write(&path, &picture).expect("writable");
        }
        assert!(
            fs::read_to_string(&path).unwrap_or_default() == picture,
            "{} is not fresh: UPDATE=1 cargo test --test all gallery",
            path.display()
        );
        expected.insert(path);
    }
    for path in crate::common::files_below(&folder, "svg") {
        assert!(expected.contains(&path), "{} shows nothing", path.display());
    }
}
