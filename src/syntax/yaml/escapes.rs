//! Escape sequences in double quotes, as YAML 1.2.2, §5.7, has them.

/// How many bytes the escape sequence at the start of `text` has: `Ok` where there is one, `Err`
/// where there is not.
pub(super) fn length(text: &str) -> Result<usize, usize> {
    let mut chars = text.chars();
    chars.next();
    let Some(letter) = chars.next() else {
        return Err(text.len());
    };
    let digits = match letter {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        '0' | 'a' | 'b' | 't' | '\t' | 'n' | 'v' | 'f' | 'r' | 'e' | ' ' | '"' | '/' | '\\'
        | 'N' | '_' | 'L' | 'P' | '\n' | '\r' => return Ok(2),
        _ => return Err(1 + letter.len_utf8()),
    };
    let hex: &str = &text[2..2 + text[2..]
        .bytes()
        .take(digits)
        .take_while(u8::is_ascii_hexdigit)
        .count()];
    let value = u32::from_str_radix(hex, 16)
        .ok()
        .filter(|_| hex.len() == digits);
    match value {
        // Two halves of one character are read together by the parser; alone they are none.
        Some(0xd800..=0xdbff) if has_low_half(&text[2 + digits..]) => Ok(12),
        Some(value) if char::from_u32(value).is_some() => Ok(2 + digits),
        _ => Err(2 + hex.len()),
    }
}

fn has_low_half(text: &str) -> bool {
    let digits = text.strip_prefix("\\u").and_then(|rest| rest.get(..4));
    let value = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    value.is_some_and(|value| (0xdc00..=0xdfff).contains(&value))
}
