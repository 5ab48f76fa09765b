//! The slips: of each what it is, its message, what its label says, and what to do about it.

use super::{Extent, Grammar, Parts, Whole, Written, in_quotes, spaces};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Makes the list of slips, and the function that puts one in words. `grammar` is that of the file, `at` the
/// place of the slip.
macro_rules! slips {
    (<$t:lifetime> |$grammar:ident, $at:ident| $(
        $(#[$doc:meta])*
        $name:ident $(($($field:ident: $type:ty),*))? {
            $(let $var:pat = $value:expr;)*
            $message:literal; $label:literal; $help:literal;
            $(.$method:ident($($arg:expr),*))*
        }
    )*) => {
        /// A mistake of the text itself.
        pub(in crate::syntax) enum Slip<$t> {
            $($(#[$doc])* $name $(($($type),*))?,)*
        }

        impl<$t> Slip<$t> {
            pub(super) fn in_words(self, $grammar: &Grammar, $at: Span) -> Diagnostic {
                match self {
                    $(Slip::$name $(($($field),*))? => {
                        $(let $var = $value;)*
                        Diagnostic::new($grammar.code, format!($message), $at, format!($label))
                            .help(format!($help))
                            $(.$method($($arg),*))*
                    })*
                }
            }
        }
    };
}

slips! { <'t> |grammar, at|

    // Characters.

    /// A control character, or one that is none; so many others were found in the file.
    ControlCharacter(character: char, more: usize) {
        let number = character as u32;
        let place = if grammar.is_of_products() { "" } else { " in double quotes" };
        "control character U+{number:04X} stands in the text";
        "an invisible character";
        "delete it, or write `\\u{number:04X}`{place}";
        .note_if(more > 0, &format!("control characters in the file besides this one: {more}"))
    }
    /// A byte order mark in the middle of the text.
    StrayByteOrderMark {
        "byte order mark U+FEFF stands inside the text";
        "an invisible character";
        "delete it; it may stand only at the very start of a file";
    }
    /// So many blanks that are no spaces, the first of them this.
    OddBlanks(first: char, count: usize) {
        let what = match first {
            '\u{a0}' => "no-break space".to_owned(),
            first => format!("blank U+{:04X}", first as u32),
        };
        let (stand, spaces) = match count {
            1 => ("character stands where a space belongs", "a space in its place"),
            _ => ("characters stand where spaces belong", "spaces in their place"),
        };
        "{what} {stand}";
        "looks like a space but is not one";
        "write {spaces}";
        .fix(at, " ".repeat(count))
    }
    /// A carriage return without a line feed.
    LoneCarriageReturn {
        "line ends with a carriage return alone";
        "a line feed belongs after it";
        "save the file with the line ends LF or CRLF";
    }
    /// A carriage return in the middle of a line, which ends it there.
    ReturnInLine {
        "carriage return stands in the middle of a line";
        "an invisible character, which ends the line";
        "delete it, or write a space in its place";
    }
    /// Tabs that indent a line, and so many others; how far the line belongs to the right, where that is not two
    /// spaces for each tab.
    TabIndentation(more: usize, wanted: Option<usize>) {
        let are = if more == 1 { "one more line is" } else { &format!("{more} more lines are") };
        let help = match wanted {
            Some(wanted) => format!("indent the line by {}", spaces(wanted)),
            None => "write two spaces for each tab".to_owned(),
        };
        "tab character indents a line";
        "only spaces may stand here";
        "{help}";
        .note_if(more > 0, &format!("{are} indented with tabs"))
    }
    /// A line that begins or ends a block of Markdown; the place is all of it.
    MarkdownFence(place: Span) {
        "fence of a Markdown block stands in the text";
        "belongs to the page that this was copied from";
        "delete the line";
        .fix(place, "")
    }
    /// The number of a line before each line, from this.
    LineNumbers(count: usize) {
        "every line begins with its number";
        "the number of the line, which was copied with it";
        "delete the number, and the blanks after it, from each of the {count} lines";
    }
    /// Two versions of some lines, where git left them for a person to choose: the places of its other marks,
    /// the first and the last line, and how many more there are in the file.
    Conflict(marks: (Span, Span), lines: (usize, usize), more: usize) {
        let (first, last) = lines;
        "merge conflict is not resolved, lines {first} to {last}";
        "one version begins here";
        "keep one version, and delete the other and the lines with `<<<<<<<`, `=======` and `>>>>>>>`";
        .label(marks.0, "the other version begins here")
        .label(marks.1, "the conflict ends here")
        .note_if(more > 0, &format!("conflicts in the file besides this one: {more}"))
    }
    /// A line that git wrote into a conflict, which is otherwise resolved, and how many more there are.
    LoneMark(mark: Written<'t>, more: usize) {
        let them = if more == 0 { "delete the line" } else { "delete these lines, and one of two versions that stand between them" };
        "line `{mark}` is left over from a merge conflict";
        "a mark of git";
        "{them}";
    }

    /// A line with the mark of a comparison of two versions before it; whether some are of the old one.
    DiffMark(line: Written<'t>, has_old: bool) {
        let old = if has_old { ", and each line that begins with `-`" } else { "" };
        "line `{line}` begins with a mark of a diff";
        "copied from a comparison of two versions";
        "delete each `+` at the start of a line{old}";
    }

    /// A picture in a notation, in which states and arrows are drawn.
    Drawing(notation: &'t str, arrow: &'t str) {
        "text is {notation}, and not a workflow";
        "so {notation} begins";
        "write the states under `states`, and each arrow under `transitions`: `{arrow}`";
        .note("`statewright init` writes a workflow to start from")
    }
    /// A text of another syntax.
    OtherSyntax {
        let other = if grammar.name == "TOML" { "YAML" } else { "TOML" };
        let ending = other.to_lowercase();
        let name = grammar.name;
        "text is {other}, and the file is read as {name}";
        "this is how {other} is written";
        "let the name of the file end in `.workflow.{ending}`";
        .note("the ending of its name tells in which syntax a file is read")
    }

    // Brackets.

    /// A list or map that is open to the end; its last entry and where that became plain, or what would close all
    /// that is open where the file is `cut` off.
    Unclosed(bracket: char, last: Option<Written<'t>>, stop: Option<Span>, cut: Option<(Span, &'t str)>) {
        let (what, close) = grammar.collection(bracket);
        let help = match cut {
            Some((_, all)) => format!("save the whole answer again if it was cut off, or write `{all}` at the end"),
            None => match last.filter(|last| last.is_whole()) {
                Some(last) => format!("write `{close}` after `{last}`"),
                None => format!("write `{close}` after the last entry of the {what}"),
            },
        };
        "{what} that begins with `{bracket}` is never closed";
        "this `{bracket}` has no `{close}`";
        "{help}";
        .label_at(stop, &format!("the {what} should have ended before this"))
        .label_at(cut.map(|(end, _)| end), "the text ends here")
    }
    /// A list or map that is closed by the bracket of the other.
    Mismatched(bracket: char, wrong: Option<(Span, char)>) {
        let (what, right) = grammar.collection(bracket);
        let (place, wrong) = wrong.unzip();
        let wrong = wrong.unwrap_or(right);
        "{what} that begins with `{bracket}` is not closed by `{right}`";
        "no `{right}` belongs to it";
        "write `{right}` after the last entry of the {what}";
        .label_at(place, &format!("`{wrong}` stands where `{right}` is expected"))
    }
    /// The bracket of the other that closes what begins there.
    WrongBracket(found: char, bracket: char, open: Span) {
        let (what, close) = grammar.collection(bracket);
        let before = if found == ')' { "in its place" } else { "before it, or in its place" };
        "{what} that begins with `{bracket}` is closed with `{found}`";
        "`{close}` belongs here";
        "write `{close}` {before}";
        .label(open, format!("the {what} begins here"))
    }
    /// A closing bracket that closes nothing.
    StrayBracket(bracket: char) {
        "bracket `{bracket}` closes nothing";
        "nothing that it could close is open here";
        "delete `{bracket}`, or put quotes around the text that it belongs to";
    }
    /// The closing bracket of a map that has none before its first key.
    NeverOpened(key: Written<'t>, first: Span) {
        "map that ends with `}}` is never opened";
        "this `}}` has no `{{`";
        "write `{{` before `{key}`, or delete the `}}`";
        .label(first, "a `{` belongs before this")
        .unsafe_fix(Span { end: first.start, ..first }, "{ ")
    }
    /// A comment that holds what should close the bracket, and was meant as the value at the place, or as the
    /// rest of it.
    SwallowedBracket(comment: Written<'t>, value: (Written<'t>, Span), open: (Span, char)) {
        let (what, close) = grammar.collection(open.1);
        let (value, place) = value;
        let is_all = value.0.starts_with('#');
        let put = if is_all { format!("put `{value}` in quotes") } else { "put quotes around the whole value".to_owned() };
        let (in_quotes, why) = (value.quoted(), grammar.comment);
        "`{comment}` is read as a comment";
        "{why}";
        "{put}: `{in_quotes}`";
        .label(open.0, format!("so this {what} has no `{close}`"))
        .fix_if(is_all, place, value.all_quoted())
    }

    // Commas.

    /// A comma with no entry before it.
    StrayComma {
        "comma has no entry before it";
        "an entry belongs before this";
        "delete the comma";
        .fix(at, "")
    }
    /// A comma after the last entry.
    TrailingComma {
        "comma has no entry after it";
        "an entry belongs after this";
        "delete the comma";
    }
    /// A comma behind a value that no bracket surrounds.
    CommaAfterValue {
        "comma follows a value that has ended";
        "only entries inside brackets have commas between them";
        "delete the comma";
        .fix(at, "")
    }
    /// A semicolon behind a value.
    SemicolonAfterValue {
        "semicolon follows a value that has ended";
        "a value ends with its line";
        "delete the semicolon";
        .fix(at, "")
    }
    /// One more assignment on the line of another.
    SecondAssignment(second: Written<'t>) {
        "`{second}` stands on the line of another key";
        "one key and its value stand on a line";
        "write `{second}` on a line of its own";
    }
    /// A semicolon between two entries in brackets.
    SemicolonBetween {
        "semicolon stands between two entries";
        "a comma belongs here";
        "write `,`";
        .fix(at, ",")
    }
    /// Two entries without a comma between them, as they are written, or what they stand in.
    MissingComma(around: Option<(Written<'t>, Written<'t>)>, open: Option<(Span, char)>) {
        let (between, help) = match around {
            Some((before, after)) => (
                format!("`{before}` and `{after}`"),
                format!("write `{before}, {after}`, or quotes around a value that goes on here"),
            ),
            None => ("two entries".to_owned(), "write `,` before this entry".to_owned()),
        };
        let (open, bracket) = open.unzip();
        let (what, _) = grammar.collection(bracket.unwrap_or('['));
        "comma is missing between {between}";
        "the next entry begins here";
        "{help}";
        .label_at(open, &format!("the {what} begins here"))
    }

    // Text in quotes.

    /// Text in quotes that is open to the end; where that became plain.
    UnclosedText(quote: &'t str, extent: Extent, stop: Option<Span>) {
        let place = match extent {
            Extent::Line => " on this line",
            Extent::Lines => " where it should",
            Extent::File => "",
        };
        let again = if extent == Extent::File { "save the whole answer again if it was cut off, or " } else { "" };
        "text that begins with `{quote}` is never closed";
        "no closing quote follows{place}";
        "{again}write `{quote}` at the end of the text";
        .label_at(stop, "the text should have ended before this")
        .note_if(grammar.is_of_products() && extent == Extent::Line, "a line break inside of text is written `\\n`")
    }
    /// `"New" ticket`: what follows the closing quote.
    AfterQuote(rest: Written<'t>, quote: char) {
        let inside = if quote == '"' { "\\\"" } else { "''" };
        "text `{rest}` follows a closing quote";
        "the text in quotes has ended before this";
        "put all of it inside the quotes; there, a `{quote}` is written `{inside}`";
    }
    /// An escape in double quotes that there is not.
    BadEscape(escape: Written<'t>) {
        let (quotes, instead) = match grammar.is_of_products() {
            true => ("", ""),
            false => ("in double quotes, ", ", or use single quotes around the text"),
        };
        let help = match grammar.is_of_products() && escape.0.starts_with("\\u") {
            true => "write four hexadecimal digits after `\\u`, and a character beyond U+FFFF as a pair, such as `\\ud83d\\ude00`".to_owned(),
            false => format!("write `\\\\` for one backslash{instead}"),
        };
        "`{escape}` is not an escape sequence";
        "{quotes}`\\` begins an escape sequence";
        "{help}";
    }
    /// Quotes of another kind than `"`.
    OtherQuotes(quote: char) {
        "text begins with `{quote}`";
        "only straight double quotes may stand around text";
        "write `\"` before and after the text";
    }

    // Keys, and what stands between them and their values.

    /// `key = value` or `key: value`, with the separator of the other syntax.
    OtherSeparator(key: Written<'t>, sign: char, value: Written<'t>) {
        let found = match sign {
            ':' => "a colon",
            '=' => "an equals sign",
            _ => "a full-width colon",
        };
        let (wanted, help) = match (grammar.separator, value.is_empty()) {
            ('=', _) => ("`=`", format!("write `{key} = ` and the value; text values are in quotes")),
            (_, true) => ("a colon", format!("write `{key}:`")),
            (_, false) => ("a colon", format!("write `{key}: {value}`")),
        };
        "key `{key}` has {found} after it";
        "{wanted} belongs here";
        "{help}";
    }
    /// A key without a separator, and what follows it.
    NoSeparator(key: Written<'t>, rest: Written<'t>) {
        let (what, sign, start) = match grammar.separator {
            '=' => ("`=`", '=', format!("{key} = ")),
            sign => ("colon", sign, format!("{}: ", key.quoted())),
        };
        let help = match rest.is_empty() {
            true => format!("write `{start}` and a value"),
            false => format!("write `{start}{rest}`"),
        };
        "key `{key}` has no {what} after it";
        "`{sign}` and a value belong after this";
        "{help}";
    }
    /// A key at a place that has no colon before its bracket, or before its value; where it is a key elsewhere,
    /// it is sure to be one.
    NoColonBefore(key: Written<'t>, name: Span, value: Option<(Written<'t>, bool)>) {
        let help = match value {
            None => format!("write `{key}:` before the bracket"),
            Some((value, true)) => format!("write `{key}: {value}`"),
            Some((value, false)) => format!("write `{key}: {value}`, or indent the line if it belongs to the value above"),
        };
        "key `{key}` has no colon";
        "a `:` belongs before this";
        "{help}";
        .unsafe_fix(name.after(), ":")
    }
    /// A line that is no key, where only keys can stand.
    NoColon(text: Written<'t>) {
        "line `{text}` has no colon";
        "a key and its colon belong here";
        "write `{text}: ` and a value, or indent the line if it belongs to the value above";
    }
    /// `name:Foo`.
    NoSpaceAfterColon(key: Written<'t>, value: Written<'t>) {
        "key `{key}` has no space after its colon";
        "a space must follow";
        "write `{key}: {value}`";
        .unsafe_fix(at.after(), " ")
    }
    /// `a = = 1`.
    SecondEquals {
        "`=` is written twice";
        "a value belongs here";
        "delete one `=`";
    }
    /// `a => 1`.
    ArrowForEquals {
        "arrow `=>` stands after a key";
        "`=` belongs here";
        "write `=`";
    }
    /// `key: a: b`, at the second colon.
    SecondColon(key: Written<'t>, value: Whole<'t>) {
        let help = match (value, in_quotes(value)) {
            (_, Some((quoted, _))) => format!("write `{key}: {quoted}`"),
            (Some((value, _)), _) if value.holds_fields() => "take away what stands around the braces".to_owned(),
            _ => "put quotes around the whole value".to_owned(),
        };
        "value of `{key}` has a colon inside and no quotes";
        "read as the end of another key";
        "{help}";
        .fixed_by(in_quotes(value))
    }
    /// The value of the key, or the item that begins with it, holds more fields: the colon of one of them; how
    /// they are written as a map.
    NoBraces(key: Written<'t>, is_block: bool, map: Whole<'t>) {
        let map = map.filter(|(map, _)| map.is_whole());
        let help = match map {
            Some((map, _)) => format!("write `{map}`"),
            None if is_block => "write each field on a line of its own".to_owned(),
            None => "put the fields in braces, with commas between them".to_owned(),
        };
        "fields after `{key}` have no braces around them";
        "read as the end of another key";
        "{help}";
        .fixed_by(map.map(|(map, place)| (map.0.to_owned(), place)))
    }
    /// A key that needs quotes.
    BareKey(key: Written<'t>) {
        let (why, quoted) = (grammar.bare_keys, key.quoted());
        "key `{key}` needs quotes";
        "{why}";
        "write `{quoted}`";
        .unsafe_fix(at, key.all_quoted())
    }
    /// A colon with nothing before it.
    NoKeyBeforeColon {
        "colon has no key before it";
        "a key belongs before this";
        "write a name before the colon";
    }
    /// `=` or a dot without a name.
    MissingName {
        "name of a key is missing";
        "a name belongs here";
        "write a name, in quotes if it has spaces";
    }
    /// A header that ends with the dot before a name, and what it is without, where no name is meant.
    DotAtEnd(header: Written<'t>, whole: Option<Written<'t>>) {
        let help = match whole {
            Some(whole) => format!("write `{whole}`"),
            None => "write a name after the dot, in quotes if it has spaces".to_owned(),
        };
        "header `{header}` ends with a dot";
        "a name belongs after this, or no dot";
        "{help}";
    }
    /// Something else where a key belongs.
    NoKeyBefore(found: Written<'t>) {
        "key is missing before `{found}`";
        "a key in quotes belongs here";
        "write a key, a colon and a value, such as `\"Name\": \"New\"`";
    }
    /// A key that is a list or a map ("a list").
    CollectionAsKey(what: &'t str) {
        "key of an entry is {what}";
        "a name belongs here";
        "write a name before the colon; put quotes around one that begins with `[` or `{{`";
    }
    /// A key of so many characters, which is more than YAML reads.
    LongKey(length: usize) {
        "key of {length} characters is longer than the 1024 that YAML reads";
        "the key begins here";
        "shorten the key";
    }
    /// A header that is not closed on its line, by these brackets.
    UnclosedHeader(close: &'t str) {
        "header of a table is not closed on its line";
        "`{close}` belongs after the name";
        "write `{close}` after the name";
    }
    /// `[ [name] ]`, and how it is meant.
    SpacedHeader(header: Written<'t>) {
        "blank stands between the two brackets of a header";
        "read as a part of its name";
        "write `{header}`";
    }
    /// A header with another sign than a dot between two names, and how it is meant.
    OtherDot(sign: char, header: Written<'t>) {
        "header has `{sign}` between two names";
        "a dot belongs here";
        "write `{header}`";
    }
    /// The header of a list of tables, as others of that name are, that begins with one bracket only.
    HalfHeader(name: Written<'t>) {
        "header `[{name}]]` begins with one bracket and ends with two";
        "a second `[` belongs here";
        "write `[[{name}]]`, as the others are";
    }

    /// The header of the first item of a list of tables, in one pair of brackets.
    SingleHeader(name: Written<'t>, other: Span) {
        "header `[{name}]` has one pair of brackets, and others of its name have two";
        "two pairs of brackets belong here";
        "write `[[{name}]]`, as the others are";
        .label(other, "an item of the same list")
        .fix(at, format!("[[{}]]", name.0))
    }

    // Lines and their indentation.

    /// A line beside list items that is none.
    NoDash(text: Written<'t>) {
        "line `{text}` has no dash";
        "a `-` belongs before this";
        "write `- {text}`";
    }
    /// `- New: { … }` before other entries, where they have no dash, or among such.
    DashBeforeKey(key: Written<'t>) {
        "key `{key}` has a dash before it, and the keys beside it have none";
        "only items of a list begin with a dash";
        "delete the `-`";
    }
    /// `-item`, at the dash.
    NoSpaceAfterDash(item: Written<'t>) {
        "list item `{item}` has no space after its dash";
        "a space must follow";
        "write `- {item}`";
        .unsafe_fix(at.after(), " ")
    }
    /// Another sign in the place of a dash, before each of so many items.
    OtherDash(sign: Written<'t>, count: usize) {
        let each = if count > 1 { ", and so before each item" } else { "" };
        "list item begins with `{sign}`";
        "a dash belongs here";
        "write `- `{each}";
    }
    /// `"key: value"`, where a key belongs.
    QuotedEntry(entry: Written<'t>) {
        "quotes stand around a key and its value";
        "read as one text";
        "write `{entry}`";
    }
    /// `-- {`.
    SeveralDashes(dashes: Written<'t>) {
        "list item begins with `{dashes}`";
        "one dash belongs here";
        "write `- `";
        .fix(at, "-")
    }
    /// `- x` where there are no dashes, and what it is without, where that is a statement.
    DashItem(line: Written<'t>, statement: Option<Written<'t>>) {
        let help = match statement {
            Some(statement) => format!("write `{statement}` without the dash"),
            None => "write a list as `key = [\"a\", \"b\"]`, and each of several tables under `[[key]]`".to_owned(),
        };
        "line `{line}` is a list item of YAML";
        "there are no lists with dashes in TOML";
        "{help}";
    }
    /// `- name = "x"` and more fields below it, as of so many items, and the header that belongs in the place of each
    /// dash, where it can be told.
    DashTables(line: Written<'t>, count: usize, header: Option<Written<'t>>) {
        let each = if count == 1 { "the dash" } else { "each dash" };
        let help = match header {
            Some(header) => format!("write `{header}` on a line of its own in the place of {each}"),
            None => format!("write `[[…]]`, with the name of the list, on a line of its own in the place of {each}"),
        };
        "line `{line}` begins an item of a list as in YAML";
        "there are no lists with dashes in TOML";
        "{help}";
    }
    /// A line that looks like an item, or some, of a list that was never opened.
    StrayItem(line: Written<'t>) {
        "line `{line}` is an item of no list";
        "no `[` is open here";
        "write `key = [` on the line above the first item";
    }
    /// A list item that stands at the first indentation, not at the second where its list is.
    OutdentedItem(item: Written<'t>, indent: usize, wanted: usize) {
        let (indent, wanted) = (spaces(indent), spaces(wanted));
        "list item `{item}` is indented less than its list";
        "it stands at {indent}";
        "indent it by {wanted}";
    }
    /// A key that stands further left than those before and after it.
    Outdented(key: Written<'t>, indent: usize, wanted: usize) {
        let (indent, wanted) = (spaces(indent), spaces(wanted));
        "key `{key}` is indented less than those around it";
        "it stands at {indent}";
        "indent it by {wanted}";
    }
    /// A key under another and deeper than it, though that one has a value.
    TooDeep(key: Written<'t>, above: Written<'t>, indent: usize) {
        let indent = spaces(indent);
        "key `{key}` is indented deeper than `{above}`, which has a value already";
        "`{above}` stands at {indent}";
        "indent `{key}` by {indent} like `{above}`, or take the value of `{above}` away";
    }
    /// A key beside another that it belongs to, and that has no value.
    Beside(key: Written<'t>, owner: Written<'t>) {
        "key `{key}` stands beside `{owner}`, not below it";
        "as far right as `{owner}`";
        "indent it by 2 more spaces, and so whatever belongs to the key above it";
    }
    /// A line that is indented like nothing above it; the lines above that it could stand beside: how far they
    /// are indented, and how they begin.
    Misfit(text: Written<'t>, indent: usize, beside: &'t [(usize, &'t str)]) {
        let way = |(indent, name): &(usize, &str)| format!("by {} to stand beside `{}`", spaces(*indent), Written(name));
        let ways = beside.iter().map(way).collect::<Vec<_>>();
        let how = if ways.is_empty() { "like the line that it belongs beside" } else { &ways.join(", or ") };
        let indent = spaces(indent);
        "line `{text}` is indented like no line above it";
        "it stands at {indent}";
        "indent it {how}";
    }
    /// The first key of a file, with blanks before it that no other key has.
    FirstIndented(key: Written<'t>, indent: usize) {
        let indent = spaces(indent);
        "first key `{key}` is indented, and those below it are not";
        "it stands at {indent}";
        "indent it by no spaces";
    }
    /// An item that stands where the fields of the item above do; the items stand at so many spaces.
    ItemTooDeep(item: Written<'t>, indent: usize) {
        let indent = spaces(indent);
        "list item `{item}` is indented deeper than the items above it";
        "read as one more field of the item above";
        "indent it by {indent}";
    }
    /// A list item where keys stand, and how many follow.
    ItemAmongKeys(item: Written<'t>, more: usize) {
        "list item `{item}` stands among keys";
        "a key belongs here";
        "indent the item under the key whose list it belongs to, or delete the `-`";
        .note_if(more > 0, &format!("items of the list that follow it: {more}; a `- ` may be missing before the key above"))
    }
    /// A key where list items stand; it would belong to the item above if it had so many spaces.
    KeyAmongItems(key: Written<'t>, indent: usize) {
        let indent = spaces(indent);
        "key `{key}` stands among list items";
        "a `-` belongs here";
        "indent `{key}` by {indent} to make it part of the item above, or write `- ` before it";
    }
    /// `key: - item` on one line.
    ListBesideKey {
        "list begins on the line of its key";
        "a list with dashes begins on a line of its own";
        "move `- ` and what follows to the next line, indented by 2 spaces";
    }
    /// Text on the line of `|` or `>`.
    BlockTextHeader(bar: char) {
        "text follows `{bar}` on its line";
        "`{bar}` says that text begins on the next line";
        "move the text to the next line, or put quotes around a value that begins with `{bar}`";
    }
    /// Something after the end of the document.
    AfterEnd(text: Written<'t>) {
        "line `{text}` follows the end of the document";
        "what stands above is complete";
        "indent all keys of the file alike, and write nothing else beside them";
    }
    /// A line that begins with `%` and is no directive.
    PercentLine {
        "line that begins with `%` is not followed by `---`";
        "at the start of a line, `%` begins a directive";
        "put quotes around the key, or write `---` on the line after the directive";
    }
    /// A directive that YAML does not have.
    BadDirective(text: Written<'t>) {
        "directive `{text}` is not one that YAML 1.2 has";
        "at the start of a line, `%` begins a directive";
        "delete the line: a workflow needs no directive";
    }

    // Values.

    /// A key and nothing, or a comment where its value belongs.
    NoValue(key: Written<'t>, comment: Option<Written<'t>>) {
        let (label, help) = match comment {
            Some(comment) => ("`#` begins a comment", format!("write `{key} = {}` if this is the value", comment.quoted())),
            None => ("a value belongs here", format!("write a value after `{key} =`, or delete the line")),
        };
        "key `{key}` has no value";
        "{label}";
        "{help}";
    }
    /// Something else where a value belongs.
    NoValueBefore(found: Written<'t>) {
        "value is missing before `{found}`";
        "a value belongs here";
        "write a value: text in quotes, a number, a list, an object, `true`, `false` or `null`";
    }
    /// Text without quotes, and what of it stands inside them.
    BareValue(value: Written<'t>, inner: Written<'t>) {
        let quoted = inner.quoted();
        "value `{value}` has no quotes";
        "text must stand in straight quotes";
        "write `{quoted}`";
        .unsafe_fix(at, inner.all_quoted())
    }
    /// A word that means something elsewhere, and what it means here, if anything.
    OtherWord(value: Written<'t>, meant: Option<&'t str>) {
        let (name, words, quoted) = (grammar.name, grammar.words, value.quoted());
        let instead = meant.map_or("delete the line".to_owned(), |meant| format!("write `{meant}`"));
        let or = if meant.is_some() { "" } else { "write " };
        "value `{value}` is not one that {name} has";
        "{words}";
        "{instead}, or {or}`{quoted}` if it is text";
    }
    /// A list or fields in the brackets of another language, or in none, and as they are meant.
    OtherBrackets(value: Written<'t>, meant: Written<'t>) {
        "value `{value}` has no brackets that TOML knows";
        "a list stands in `[…]`, and fields in `{{…}}`";
        "write `{meant}`";
        .unsafe_fix(at, meant.0)
    }
    /// A value that begins like a number or date and is none.
    NotANumber(value: Written<'t>) {
        let (number, quoted) = (grammar.number, value.quoted());
        "value `{value}` is {number}";
        "read as a number, because it begins like one";
        "write `{quoted}` if it is text";
        .note(grammar.numbers)
    }
    /// A value at a place, which begins with a character that YAML keeps for itself, and what it is without that,
    /// where that is a name elsewhere.
    ReservedStart(character: char, value: Written<'t>, place: Span, bare: Option<Written<'t>>) {
        let why = match character {
            '*' => "`*` begins the name of an alias",
            '&' => "`&` begins the name of an anchor",
            '!' => "`!` begins a tag",
            '%' => "`%` begins a directive",
            _ => "this character has a meaning of its own in YAML",
        };
        let (name, them) = match character {
            '`' => ("a backtick".to_owned(), "the backticks".to_owned()),
            _ => (format!("`{character}`"), format!("`{character}`")),
        };
        let quoted = value.quoted();
        let fix = bare.map_or_else(|| value.all_quoted(), |bare| bare.0.to_owned());
        let help = match value.0.strip_prefix("& ") {
            _ if bare.is_some() => format!("write `{fix}`"),
            _ if value.holds_fields() && character == '*' => "delete `*`, or write `-` for it where an item of a list begins".to_owned(),
            _ if value.holds_fields() => format!("delete {them}"),
            Some(rest) => format!("write `{}`, or `{quoted}` where the `&` belongs to the text", Written(rest)),
            None => format!("write `{quoted}`"),
        };
        "value `{value}` begins with {name} and has no quotes";
        "{why}";
        "{help}";
        .fixed_by((!value.holds_fields()).then_some((fix, place)))
    }
    /// What follows a value on its line, and that value with it.
    AfterValue(rest: Written<'t>, whole: Whole<'t>) {
        let help = match (whole, in_quotes(whole)) {
            (_, Some((quoted, _))) => format!("put quotes around the whole value: `{quoted}`"),
            (Some((whole, _)), _) if whole.holds_fields() => format!("delete `{rest}`"),
            _ if rest.0.starts_with(',') => "delete the comma".to_owned(),
            _ => "put quotes around the whole value, or delete this".to_owned(),
        };
        "text `{rest}` follows a value that has ended";
        "nothing more belongs on this line";
        "{help}";
        .fixed_by(in_quotes(whole))
    }
    /// `*name` without an anchor, and an anchor with a similar name, or a key that is spelt alike.
    UnknownAlias(name: &'t str, near: Option<&'t str>, key: Option<&'t str>) {
        let help = match (near, key) {
            (Some(near), _) => format!("change `*{name}` to `*{near}`"),
            (None, Some(key)) => format!("change `*{name}` to `{key}`, or write `&{name}` before the value"),
            _ => format!("write `&{name}` before the value, or `\"*{name}\"` if it is text"),
        };
        "alias `*{name}` has no anchor `&{name}` before it";
        "no anchor has this name";
        "{help}";
    }
    /// `*name` inside what `&name` names.
    RecursiveAlias(name: &'t str) {
        "alias `*{name}` stands inside the value that it stands for";
        "the value would hold itself";
        "write the value out here";
    }

    // Comments, and what is nothing of all this.

    /// A comment of another language, and as it is written here.
    OtherComment(comment: Written<'t>, here: &'t str) {
        let name = grammar.name;
        "comment `{comment}` is not one that {name} has";
        "a comment begins with `#`";
        "write `{here}`";
    }

    /// `"x"#comment`.
    CommentWithoutSpace {
        "comment has no space before its `#`";
        "a space belongs before this";
        "write ` #`";
    }
    /// ` #` in a key without quotes, which is this, and its place.
    HashInKey(key: Written<'t>, place: Span) {
        let quoted = key.quoted();
        "key `{key}` has no quotes";
        "without quotes, ` #` begins a comment";
        "write `{quoted}`";
        .unsafe_fix(place, key.all_quoted())
    }
    /// A comment between the lines of one text.
    CommentInText {
        "comment stands inside a text of several lines";
        "the text goes on after this";
        "delete the comment, or put quotes around the text if `#` belongs to it";
    }
    /// A comment where there are none.
    Comment(text: Written<'t>) {
        "comment `{text}` stands in JSON";
        "there are no comments in JSON";
        "delete the comment";
    }
    /// A text without any value.
    Nothing {
        "text holds no JSON value";
        "a value belongs here";
        "save the whole answer of the product, from its first `{{` to its last `}}`";
    }
    /// More text after the value.
    SecondValue {
        "text goes on after its JSON value has ended";
        "nothing more belongs here";
        "keep one answer of the product in one file";
    }
    /// A web page.
    Markup {
        "text begins with `<`, as a web page does";
        "a JSON value begins with `{{` or `[`";
        "save the answer of the product's API, not a page that asks for a password";
    }
    /// Whatever has no words of its own.
    Unreadable(text: Written<'t>) {
        let (name, check) = (grammar.name, grammar.check);
        let message = if text.is_empty() { "the file ends too early" } else { &format!("text `{text}` is not valid {name} here") };
        "{message}";
        "does not fit what comes before";
        "{check}";
    }
}
