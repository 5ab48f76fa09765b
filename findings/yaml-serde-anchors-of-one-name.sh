#!/usr/bin/env bash
# Package: yaml_serde 0.10.7 (crates.io), which reads YAML for serde through libyaml; beside yaml 2.8.1 (npm).
#
# Behaviour: YAML allows an anchor's name to be used again, and an alias stands for the nearest one before
# it. The crate numbers an anchor by how many names it has seen so far. After a name was used twice, the
# next new anchor therefore gets the number that the second of the two already has, and every alias of that
# one is read as the value of the later anchor, which stands behind it. Nothing is reported.
#
# Seen: for [&a one, &a two, *a, &b three]
#   yaml_serde: ["one", "two", "three", "three"]
#   yaml:       ["one", "two", "two", "three"]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

export TEXT='[&a one, &a two, *a, &b three]'

npm init -y >npm.log
npm install --silent --no-fund --no-audit yaml@2.8.1

cargo init --quiet --vcs none --name finding reader
cd reader
cargo add --quiet 'yaml_serde@=0.10.7'
cat >src/main.rs <<'RUST'
fn main() {
    let text = std::env::var("TEXT").expect("a text");
    let values: Vec<String> = yaml_serde::from_str(&text).expect("YAML");
    println!("yaml_serde: {values:?}");
}
RUST
seen=$(
  cargo run --quiet
  cd ..
  node -e 'console.log("yaml:      ", JSON.stringify(require("yaml").parse(process.env.TEXT)).replaceAll(",", ", "))'
)
echo "$seen"
expected='yaml_serde: ["one", "two", "three", "three"]
yaml:       ["one", "two", "two", "three"]'
[ "$seen" = "$expected" ] || { echo "this is no longer so" >&2; exit 1; }
