
# judge MEMBER: what the product would refuse, by its last answer, is no success, and is asked for again.
judge() {
  filter='input | if type != "object" or (.[$member] | type | . != "array" and . != "null") then error else (.[$member] // [])[]
    | (if type == "object" then . else {message: .} end)
    | (if .level == "WARNING" then "warning: " else "refused: " end)
      + ((.message // tojson) | tostring | gsub("\n"; " ")) end'
  if ! jq -rn --arg member "$1" "$filter" "$work/answer" >"$work/judged" 2>/dev/null; then
    mv "$done_as.json" "$done_as.error.json"
    say "stopped: the answer does not say what would be refused, and nothing after this was sent"
    exit 1
  fi
  cat "$work/judged" >&2
  if grep -q '^refused: ' "$work/judged"; then
    mv "$done_as.json" "$done_as.error.json"
    say "stopped: the product would refuse it; nothing after this was sent"
    exit 1
  fi
}
