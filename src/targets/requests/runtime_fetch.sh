
# What was done before is in what is fetched now, and must not keep it from being done again.
before=$(ls "$kept" 2>/dev/null | grep -E '\.(json|unknown)$' || true)
if [ -n "$before" ]; then
  number=1
  while [ -e "$kept/$number" ]; do number=$((number + 1)); done
  mkdir "$kept/$number"
  printf '%s\n' "$before" | while IFS= read -r name; do mv "$kept/$name" "$kept/$number/$name"; done
fi

unread=0

# left FILE KIND: goes on without an answer. Where the product says KIND, there is nothing to read.
left() {
  read_error
  if [ -n "$2" ] && [ "$kind" = "$2" ]; then
    say "the product has none: $kind"
    # An older answer is not what is live.
    rm -f "$1"
    return 0
  fi
  case $answered in 401 | 429) refuse "" ;; esac
  tell_refused "" ""
  unread=$((unread + 1))
}

# fetch ABOUT PATH FILE KIND: keeps the answer in a file.
fetch() {
  say "GET $2: $1"
  rm -f "$work/body"
  call GET "$2"
  case $answered in
    2[0-9][0-9]) ;;
    *) left "$3" "$4"; return 0 ;;
  esac
  jq . "$work/answer" >"$3.new" || { say "stopped: the answer is not JSON"; exit 1; }
  mv "$3.new" "$3"
  say "wrote $3"
}

# fetch_pages ABOUT PATH FILE ITEMS PARAMETER FIRST COUNTS_PAGES LAST OF_PAGE: keeps all pages in a file.
fetch_pages() {
  say "GET $2: $1"
  rm -f "$work/body" "$work/page" "$work/pages"
  at=$6
  asked=0
  case $2 in
    *\?*) joint='&' ;;
    *) joint='?' ;;
  esac
  while :; do
    call GET "$2$joint$5=$at"
    case $answered in
      2[0-9][0-9]) ;;
      *) left "$3" ""; return 0 ;;
    esac
    count=$(jq --arg items "$4" 'if $items == "" then . else .[$items] end | arrays | length' "$work/answer") || count=
    if [ -z "$count" ]; then
      say "stopped: the answer has no list${4:+ in \`$4\`}"
      exit 1
    fi
    if [ "$count" -gt 0 ] && [ -e "$work/page" ] && cmp -s "$work/page" "$work/answer"; then
      say "stopped: the product gives the same page again and again"
      exit 1
    fi
    cp "$work/answer" "$work/page"
    cat "$work/answer" >>"$work/pages"
    printf '\n' >>"$work/pages"
    if [ "$count" -eq 0 ]; then break; fi
    if [ -n "$8" ] && [ "$(jq --arg last "$8" '.[$last] == true' "$work/answer")" = true ]; then break; fi
    if [ "$7" = true ]; then at=$((at + 1)); else at=$((at + count)); fi
    asked=$((asked + 1))
    if [ "$asked" -ge "$most_pages" ]; then
      say "stopped: there are too many pages"
      exit 1
    fi
  done
  # What several pages speak of beside the items is told on each.
  jq -s --arg items "$4" --argjson of_page "$9" '
    if $items == "" then add
    else map(with_entries(select(.key as $key | $of_page | index($key) | not))) as $pages
      | reduce ($pages[] | to_entries[]) as $entry ({};
          if ($entry.value | type) == "array" then .[$entry.key] += $entry.value
          else .[$entry.key] = $entry.value end)
      | with_entries(if (.value | type) == "array" and .key != $items then .value |= unique else . end)
    end' "$work/pages" >"$3.new"
  mv "$3.new" "$3"
  say "wrote $3"
}
