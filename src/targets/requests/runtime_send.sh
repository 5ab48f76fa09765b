
# Answers are kept, so that what succeeded is not sent again.
mkdir -p "$kept"
if [ ! -e answers/.gitignore ]; then printf '*\n' >answers/.gitignore; fi

# send ABOUT METHOD PATH KEY: sends "$work/body", unless that succeeded before.
send() {
  if [ -e "$kept/$4.json" ]; then
    say "done before: $2 $3: $1"
    cp "$kept/$4.json" "$work/answer"
    return 0
  fi
  say "$2 $3: $1"
  call "$2" "$3"
  case $answered in
    2[0-9][0-9]) ;;
    *)
      cp "$work/answer" "$kept/$4.error.json"
      refuse "; nothing after this was sent"
      ;;
  esac
  cp "$work/answer" "$kept/$4.json.new"
  mv "$kept/$4.json.new" "$kept/$4.json"
}
