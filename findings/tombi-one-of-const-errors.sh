#!/usr/bin/env bash
# Package: tombi 1.9.6 (PyPI), which checks TOML against a JSON Schema.
#
# Behaviour: a list of allowed words can be written as `enum`, or as `oneOf` with a `const` and a
# description each, which is what schema generators make of documented variants (schemars does) and
# what editors show best. To JSON Schema both are the same. Of a wrong word tombi gives one error for
# the `enum` and one for each alternative of the `oneOf`, with the words in doubled quotes; no error
# names the alternatives together.
#
# Seen: for `level = "hihg"`, with three words
#   enum : 1 error,  the value must be one of ["low", "middle", "high"], but found "hihg"
#   oneOf: 3 errors, the value must be const value ""low"", but found ""hihg"" (and so on)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/pip install --quiet tombi==1.9.6

cat >enum.json <<'JSON'
{ "$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
  "properties": { "level": { "enum": ["low", "middle", "high"] } } }
JSON
cat >oneof.json <<'JSON'
{ "$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
  "properties": { "level": { "oneOf": [{ "const": "low" }, { "const": "middle" }, { "const": "high" }] } } }
JSON
cat >tombi.toml <<'TOML'
[[schemas]]
path = "enum.json"
include = ["enum.toml"]
[[schemas]]
path = "oneof.json"
include = ["oneof.toml"]
TOML
export NO_COLOR=1
for kind in enum oneof; do
  printf 'level = "hihg"\n' >$kind.toml
  told=$(venv/bin/tombi lint --offline $kind.toml 2>&1 || true)
  echo "$kind:"
  grep 'Error' <<<"$told"
  declare "$kind=$(grep -c 'Error' <<<"$told")"
done
[[ $enum == 1 && $oneof == 3 ]]
