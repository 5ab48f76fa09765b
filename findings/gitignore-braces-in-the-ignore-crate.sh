#!/usr/bin/env bash
# Package: ignore 0.4.34 (the crate of ripgrep that reads .gitignore), beside git.
#
# Behaviour: in a .gitignore, `{a,b}.txt` means to git the one file that is called `{a,b}.txt`: braces
# are ordinary letters in its patterns. The crate takes them for alternatives, so that `a.txt` and
# `b.txt` are left out, which git would track, and the file that git leaves out is not. A program that
# finds files with the crate therefore looks at others than git has.
#
# Seen (git 2.47.3):
#   git    {a,b}.txt: ignored
#   git    a.txt: not ignored
#   ignore {a,b}.txt: not ignored
#   ignore a.txt: ignored
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cargo init --quiet --vcs none --name finding reader
cd reader
cargo add --quiet 'ignore@=0.4.34'
cat >src/main.rs <<'RUST'
fn main() {
    let mut rules = ignore::gitignore::GitignoreBuilder::new("");
    rules.add_line(None, "{a,b}.txt").expect("a pattern");
    let rules = rules.build().expect("patterns");
    for name in ["{a,b}.txt", "a.txt"] {
        let not = if rules.matched(name, false).is_ignore() { "" } else { "not " };
        println!("ignore {name}: {not}ignored");
    }
}
RUST

mkdir ../tree
git -C ../tree init --quiet
echo '{a,b}.txt' >../tree/.gitignore
seen=$(
  for name in '{a,b}.txt' a.txt; do
    if git -C ../tree check-ignore --quiet "$name"; then not=; else not='not '; fi
    echo "git    $name: ${not}ignored"
  done
  cargo run --quiet
)
echo "$seen"
expected='git    {a,b}.txt: ignored
git    a.txt: not ignored
ignore {a,b}.txt: not ignored
ignore a.txt: ignored'
[ "$seen" = "$expected" ] || { echo "this is no longer so" >&2; exit 1; }
