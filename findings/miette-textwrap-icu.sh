#!/usr/bin/env bash
# miette 7.6.0 (crates.io) breaks the lines of its drawings with textwrap. It asks for textwrap's feature
# `unicode-linebreak` from version 0.16.0 on. Up to 0.16.2 that feature is one crate, with the line breaking of Unicode's
# annex 14. From 0.16.3 on, a release that differs in its last number alone, the same feature is ICU's segmenter: data and
# machinery of 27 crates more, also for a program that draws English.
#
# So the same Cargo.toml of a program that shows diagnostics with miette has, by the age of its lock file, 8 crates in its
# tree or 35; and who builds without a lock file (pre-commit does) gets the larger one.
#
# Seen: "with textwrap 0.16.2: 8 crates, with 0.16.3: 35", "icu_segmenter in the tree: 1" (the program itself is one)
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cargo init --quiet --bin --vcs none --name drawn
cat >>Cargo.toml <<'TOML'
miette = { version = "=7.6.0", default-features = false, features = ["fancy-no-syscall"] }
TOML

crates() {
    cargo update --quiet --package textwrap --precise "$1"
    cargo tree --quiet --edges normal --prefix none --no-dedupe | awk 'NF { print $1, $2 }' | sort -u | wc -l
}

before=$(crates 0.16.2)
after=$(crates 0.16.3)
echo "with textwrap 0.16.2: $before crates, with 0.16.3: $after"
has_icu=$(cargo tree --edges normal --prefix none | grep -c '^icu_segmenter ' || true)
echo "icu_segmenter in the tree: $has_icu"
[[ $((after - before)) -ge 15 && $has_icu -ge 1 ]]
