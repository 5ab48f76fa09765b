
# Answers are kept, so that what succeeded is not sent again.
mkdir -p "$kept"
if [ ! -e answers/.gitignore ]; then printf '*\n' >answers/.gitignore; fi

# send ABOUT METHOD PATH KEY [once]: sends "$work/body", unless that succeeded before. What the product
# would do once more is marked while nobody knows whether it arrived.
send() {
  done_as=$kept/$4
  if [ -e "$done_as.json" ]; then
    say "done before: $2 $3: $1"
    cp "$done_as.json" "$work/answer"
    return 0
  fi
  if [ -e "$done_as.unknown" ]; then
    say "stopped: this was sent before, and nobody knows whether it arrived: $1"
    say "what to do: fetch what is live, and plan again; or, where it did not arrive, delete $done_as.unknown and run this again"
    exit 1
  fi
  say "$2 $3: $1"
  if [ -n "${5:-}" ]; then : >"$done_as.unknown"; fi
  call "$2" "$3"
  rm -f "$done_as.unknown"
  case $answered in
    2[0-9][0-9]) ;;
    *)
      cp "$work/answer" "$done_as.error.json"
      refuse "; nothing after this was sent"
      ;;
  esac
  cp "$work/answer" "$done_as.json.new"
  mv "$done_as.json.new" "$done_as.json"
}
