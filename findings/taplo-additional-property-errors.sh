#!/usr/bin/env bash
# Package: taplo 0.9.3 (PyPI), which checks TOML against a JSON Schema.
#
# Behaviour: where a schema says `additionalProperties: false` and a table has one key too many, that
# one mistake is told for the table and then for each key and each value in it, all in the same words:
# a table of n keys gives 2n + 1 errors. Whoever counts errors, or takes the first for the place, is
# led to a key that is right.
#
# Seen: with two right keys and one wrong one, seven errors, at
#   1:1 1:1 1:8 2:1 2:8 3:1 3:9
# of which one (3:1) is the key that is not allowed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/pip install --quiet taplo==0.9.3

cat >schema.json <<'JSON'
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "type": "object",
  "additionalProperties": false,
  "properties": { "name": { "type": "string" }, "port": { "type": "integer" } }
}
JSON
printf 'name = "x"\nport = 1\nother = 2\n' >server.toml

told=$(venv/bin/taplo lint --schema "file://$folder/schema.json" server.toml 2>&1 || true)
places=$(grep -oE 'server\.toml:[0-9]+:[0-9]+' <<<"$told" | cut -d: -f2,3 | tr '\n' ' ')
errors=$(grep -c "'other' was unexpected" <<<"$told" || true)
echo "places: $places"
[[ $places == "1:1 1:1 1:8 2:1 2:8 3:1 3:9 " && $errors -ge 7 ]]
