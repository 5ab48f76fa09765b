umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM

# A value as curl's configuration has it between double quotes.
quoted() { printf '%s' "$1" | tr -d '\r\n' | sed 's/[\\"]/\\&/g'; }

say() { printf '%s\n' "$1" >&2; }

# seconds: how long the product asks to wait, in the head of its answer.
seconds() {
  asked=$(tr -d '\r' <"$work/head" | sed -n 's/^[Rr][Ee][Tt][Rr][Yy]-[Aa][Ff][Tt][Ee][Rr]: *\([0-9]\{1,5\}\)$/\1/p' | tail -n 1)
  printf '%s' "${asked:-10}"
}

# call METHOD PATH: sends "$work/body", where there is one. The answer is in "$work/answer". A product
# that asks for time gets it, up to a bound.
call() {
  tries=0
  while :; do
    : >"$work/answer"
    : >"$work/head"
    answered=$(configuration "$1" "$2" | curl --config - --output "$work/answer" \
      --dump-header "$work/head" --write-out '%{http_code}') || {
      if [ "$1" = GET ]; then
        say "stopped: there was no whole answer"
      else
        say "stopped: there was no whole answer; nobody knows whether this request arrived: fetch what is live, and plan again"
      fi
      exit 1
    }
    case $answered in
      429 | 503) ;;
      *) return 0 ;;
    esac
    tries=$((tries + 1))
    pause=$(seconds)
    if [ "$tries" -ge "$most_tries" ]; then return 0; fi
    if [ "$pause" -gt "$longest_wait" ]; then
      say "the product asks to wait for $pause seconds, which is too long"
      return 0
    fi
    say "waiting for $pause seconds, as the product asks"
    sleep "$pause"
  done
}

# read_error: what the answer calls the kind of error, and its sentence.
read_error() {
  sentence=
  kind=
  if command -v jq >/dev/null; then
    sentence=$(jq -r "$sentence_of" "$work/answer" 2>/dev/null | tr '\n' ' ' | sed 's/ *$//') || sentence=
    kind=$(jq -r "$kind_of" "$work/answer" 2>/dev/null) || kind=
  fi
}

# tell_refused BEFORE AFTER: tells why the product did not do it.
tell_refused() {
  cat "$work/answer" >&2
  say ""
  read_error
  say "$1the answer was $answered${sentence:+: $sentence}$2"
  advice=$(advise)
  if [ -n "$advice" ]; then say "what to do: $advice"; fi
}

# refuse WORDS: tells it, and ends.
refuse() {
  tell_refused "stopped: " "$1"
  exit 1
}
