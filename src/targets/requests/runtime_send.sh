
# Answers are kept, so that what succeeded is not sent again.
mkdir -p "$kept"
if [ ! -e answers/.gitignore ]; then printf '*\n' >answers/.gitignore; fi

# send ABOUT METHOD PATH KEY: sends "$work/body", unless that succeeded before.
send() {
  done_as=$kept/$4
  if [ -e "$done_as.json" ]; then
    say "done before: $2 $3: $1"
    cp "$done_as.json" "$work/answer"
    return 0
  fi
  say "$2 $3: $1"
  call "$2" "$3"
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
