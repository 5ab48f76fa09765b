#!/usr/bin/env bash
# imara-diff 0.2.0 (crates.io) prints unified diffs itself (`Diff::unified_diff`). Where the first change of a text is in its
# line 5, 6 or 7, and three lines of context are asked for, the hunk holds all lines from the first on, four to six lines of
# context, but its header says the line that three lines of context would begin at. A change in line 4 or in line 8 comes out
# right. Who goes by the header puts the hunk one to three lines too low; `patch` finds the place by its text and says that
# the hunk is off. The hunks that the same crate lists (`Diff::hunks`) are right, and can be printed by hand.
#
# Seen, with a change in one of twelve lines:
#   "4: @@ -1,7 +1,7 @@ begins with line 1"
#   "5: @@ -2,8 +2,8 @@ begins with line 1"
#   "6: @@ -3,9 +3,9 @@ begins with line 1"
#   "7: @@ -4,10 +4,10 @@ begins with line 1"
#   "8: @@ -5,7 +5,7 @@ begins with line 5"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cargo init --quiet --bin --vcs none --name printed
cargo add --quiet imara-diff@=0.2.0
cat >src/main.rs <<'RUST'
use imara_diff::{Algorithm, BasicLineDiffPrinter, Diff, InternedInput, UnifiedDiffConfig};

fn main() {
    let old: String = (1..=12).map(|n| format!("line {n}\n")).collect();
    for changed in 4..=8 {
        let new = old.replace(&format!("line {changed}\n"), "another\n");
        let input = InternedInput::new(old.as_str(), new.as_str());
        let diff = Diff::compute(Algorithm::Histogram, &input);
        let printer = BasicLineDiffPrinter(&input.interner);
        let text = diff
            .unified_diff(&printer, UnifiedDiffConfig::default(), &input)
            .to_string();
        let lines: Vec<&str> = text.lines().take(2).collect();
        println!("{changed}: {} begins with {}", lines[0], lines[1].trim());
    }
}
RUST

seen=$(cargo run --quiet)
echo "$seen"
[[ $seen == "4: @@ -1,7 +1,7 @@ begins with line 1
5: @@ -2,8 +2,8 @@ begins with line 1
6: @@ -3,9 +3,9 @@ begins with line 1
7: @@ -4,10 +4,10 @@ begins with line 1
8: @@ -5,7 +5,7 @@ begins with line 5" ]]
