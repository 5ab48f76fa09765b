use super::*;
use crate::diagrams::layout::{Piece, Point, Size};
use crate::diagrams::svg::drawing::{Group, Outline, Shape, Stroke};
use crate::source::{Source, SourceId, Syntax};

fn of_text(text: &str, style: &Style) -> Encoded {
    let source = Source::new(SourceId(0), "w", Syntax::Yaml, text.to_owned());
    let compilation = crate::compile(&source, &crate::Options::default());
    let resolved = compilation.resolved().expect("a graph");
    NOTATION.file(resolved, style).expect("small")
}

fn painted(state: &str) -> Encoded {
    let text = format!(
        "workflow: w\ndescription: 説明\nstart: {state}\nstates: {{ {state}: {{ category: open }} }}\n"
    );
    of_text(&text, &Style::default())
}

/// An empty drawing.
fn blank(width: f64, height: f64) -> Drawing<'static> {
    Drawing {
        size: Size { width, height },
        title: "",
        summary: String::new(),
        is_merged: false,
        items: Vec::new(),
    }
}

fn rectangle(x: f64, y: f64, width: f64, height: f64, color: &'static str) -> Shape<'static> {
    Shape {
        class: "",
        outline: Outline::Rectangle {
            corner: Point { x, y },
            size: Size { width, height },
            round: 0.0,
        },
        fill: Some(color),
        stroke: None,
    }
}

/// The pixels of a PNG, four bytes each, and how many a row has.
fn pixels(bytes: &[u8]) -> (Vec<u8>, usize) {
    let decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    let mut reader = decoder.read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut pixels).expect("pixels");
    (pixels, info.width as usize)
}

/// The colour at a place of the drawing.
fn color_at(bytes: &[u8], x: usize, y: usize) -> [u8; 4] {
    let (pixels, width) = pixels(bytes);
    let at = 4 * (2 * y * width + 2 * x);
    pixels[at..at + 4].try_into().expect("four")
}

#[test]
fn a_picture_has_twice_the_pixels_and_the_same_bytes_each_time() {
    let bytes = encode_drawing(&blank(30.0, 20.0), None)
        .expect("small")
        .bytes;
    assert_eq!(&bytes[1..4], b"PNG");
    assert_eq!(&bytes[16..24], &[0, 0, 0, 60, 0, 0, 0, 40]);
    assert_eq!(painted("Überprüfung").bytes, painted("Überprüfung").bytes);
    assert_ne!(
        painted("New").bytes,
        painted("Old").bytes,
        "names are painted"
    );
}

#[test]
fn letters_that_the_font_lacks_are_told_where_they_are_drawn() {
    assert_eq!(painted("Überprüfung").note, None);
    assert_eq!(painted("Проверка").note, None);
    assert_eq!(painted("\"go\u{fe0f}\"").note, None, "nothing to draw");
    let note = painted("確認").note.expect("a note");
    assert!(
        note.starts_with("the font for PNG lacks `確` `認`:"),
        "{note}"
    );
    assert_ne!(painted("確認").bytes, painted("\" \"").bytes, "boxes");
}

#[test]
fn letters_stand_as_the_font_says() {
    let letters = Letters::new(None).expect("the font");
    let width = |text| letters.of(text).1;
    assert!(width("iii") < width("mmm"));
    assert!(
        width("AV") < width("A") + width("V"),
        "nearer to each other"
    );
    // A mark that makes no other letter stands on the one before it.
    assert_eq!(letters.of("e\u{301}").0, letters.of("é").0);
    assert_eq!(width("q\u{301}x"), width("qx"));
    assert_eq!(letters.of("q\u{301}x").0.len(), 3);
    let mut letters = letters;
    let lacking = letters.of("確").0[0].glyph;
    assert_eq!(lacking.id.0, 0);
    let outline = letters.outline(lacking).expect("a box");
    assert!(outline.bounds().width() > 0.0 && outline.bounds().height() > 0.0);
}

/// A shape of each kind, long lines and dashed ones among them, some of it standing back.
fn mixed() -> Drawing<'static> {
    let mut drawing = blank(120.0, 400.0);
    drawing.shape(rectangle(0.0, 0.0, 120.0, 400.0, "#ffffff"));
    for (aside, dashes, x) in [
        (false, None, 10.0),
        (true, None, 40.0),
        (false, Some([4.0, 3.0]), 70.0),
    ] {
        let bend = |y: f64| {
            let p = |x, y| Point { x, y };
            Piece::Curve(p(x + 40.0, y - 60.0), p(x - 9.0, y - 20.0), p(x, y))
        };
        drawing.open(Group {
            aside,
            ..Group::default()
        });
        drawing.shape(Shape {
            class: "",
            outline: Outline::Path {
                start: Point { x, y: 5.0 },
                pieces: vec![
                    bend(90.0),
                    Piece::Line(Point { x, y: 150.0 }),
                    bend(240.0),
                    bend(390.0),
                ],
                closed: false,
            },
            fill: None,
            stroke: Some(Stroke {
                dashes,
                ..Stroke::plain("#5c6670", 2.6)
            }),
        });
        // Nearly level, so that it is in a band's first or last row for long.
        drawing.shape(Shape {
            class: "",
            outline: Outline::Path {
                start: Point { x: 2.0, y: x * 4.0 },
                pieces: vec![Piece::Curve(
                    Point {
                        x: 60.0,
                        y: x * 4.0 + 1.0,
                    },
                    Point {
                        x: 90.0,
                        y: x * 4.0 + 6.0,
                    },
                    Point {
                        x: 118.0,
                        y: x * 4.0 + 24.0,
                    },
                )],
                closed: false,
            },
            fill: None,
            stroke: Some(Stroke::plain("#5c6670", 1.4)),
        });
        drawing.dot(Point { x, y: 151.3 }, 8.0, "#b34700");
        drawing.close();
    }
    let middle = Point { x: 60.0, y: 201.0 };
    let font = svg::scene::Font {
        size: 40.0,
        line: 45.0,
    };
    drawing.lines("", middle, font, "#1a1a1a", &["Äpfel".to_owned()]);
    drawing
}

/// Lines thinner than a pixel are painted in another way than others.
#[test]
fn bands_meet_without_a_seam() {
    let drawing = mixed();
    for scale in [2.0, 0.33] {
        let in_bands = |columns: u32, rows: u32| {
            let mut bytes = Vec::new();
            let letters = Letters::new(None).expect("the font");
            let mut painting = Painting::of(&drawing, letters, scale);
            let written = painting.write_in_bands(&mut bytes, columns, rows);
            written.expect("written");
            pixels(&bytes).0
        };
        let whole = in_bands(10_000, 1_000);
        let tiles = [(10_000, 1), (10_000, 7), (64, 16), (37, 37), (3, 128)];
        for (columns, rows) in tiles {
            let banded = in_bands(columns, rows);
            let differ = whole.iter().zip(&banded).map(|(a, b)| a.abs_diff(*b));
            let worst = differ.max().expect("pixels");
            // A curve is cut elsewhere, and its edge is a quarter of a pixel off at most.
            assert!(
                worst <= 64,
                "{scale}, {columns} columns, {rows} rows: {worst}"
            );
        }
    }
}

/// What is painted is written and given back; nothing grows with the picture but its file.
#[test]
fn a_larger_picture_takes_no_more_memory() {
    let peak = |height: f64| {
        let mut drawing = blank(200.0, height);
        drawing.shape(rectangle(0.0, 0.0, 200.0, height, "#5c6670"));
        let letters = Letters::new(None).expect("the font");
        let mut painting = Painting::of(&drawing, letters, 2.0);
        let write = || {
            painting
                .write_in_bands(std::io::sink(), 10_000, 16)
                .expect("written")
        };
        allocation_counter::measure(write).bytes_max
    };
    let (small, large) = (peak(100.0), peak(1_600.0));
    assert!(large <= small + small / 20, "{small} {large}");
}

/// A box that stands back does not show what is behind it within its own group.
#[test]
fn a_group_stands_back_as_a_whole() {
    let mut drawing = blank(40.0, 40.0);
    drawing.shape(rectangle(0.0, 0.0, 40.0, 40.0, "#ffffff"));
    drawing.open(Group {
        aside: true,
        origin: Point { x: 10.0, y: 10.0 },
        ..Group::default()
    });
    drawing.shape(rectangle(0.0, 0.0, 20.0, 20.0, "#ff0000"));
    drawing.shape(rectangle(5.0, 5.0, 10.0, 10.0, "#000000"));
    drawing.close();
    let bytes = encode_drawing(&drawing, None).expect("small").bytes;
    assert_eq!(color_at(&bytes, 5, 5), [255, 255, 255, 255]);
    assert_eq!(color_at(&bytes, 12, 12), [255, 173, 173, 255]);
    assert_eq!(color_at(&bytes, 20, 20), [173, 173, 173, 255]);
}

#[test]
fn a_huge_picture_is_drawn_smaller() {
    assert!((scale_of(&blank(400.0, 300.0)) - SCALE).abs() < f32::EPSILON);
    let scale = scale_of(&blank(9_000.0, 90_000.0));
    assert!(9_000.0 * scale * 90_000.0 * scale <= MOST_PIXELS * 1.01);
}

/// Each box reaches over all pixels of the picture.
#[test]
fn what_would_take_too_long_is_refused_before() {
    let cost = |boxes| {
        let mut drawing = blank(30_000.0, 400.0);
        for _ in 0..boxes {
            drawing.shape(rectangle(0.0, 0.0, 30_000.0, 400.0, "#ffffff"));
        }
        let letters = Letters::new(None).expect("the font");
        check_cost(&Painting::of(&drawing, letters, scale_of(&drawing)))
    };
    assert_eq!(cost(33), Ok(()));
    assert_eq!(
        cost(34).expect_err("too much").to_string(),
        "the lines of the picture would reach over 816 million pixels, and notation `png` paints 800: \
         add `--only CATEGORY` for a part of it, or take `svg`"
    );
}

/// A line as long as the picture is in few rows, and is work all the same.
#[test]
fn very_long_lines_are_refused_before() {
    let cost = |lines: usize, dashes| {
        let mut drawing = blank(30_000.0, 400.0);
        for line in 0..lines {
            let y = (line % 400) as f64;
            drawing.shape(Shape {
                class: "",
                outline: Outline::Path {
                    start: Point { x: 0.0, y },
                    pieces: vec![Piece::Line(Point { x: 30_000.0, y })],
                    closed: false,
                },
                fill: None,
                stroke: Some(Stroke {
                    dashes,
                    ..Stroke::plain("#5c6670", 1.0)
                }),
            });
        }
        let letters = Letters::new(None).expect("the font");
        check_cost(&Painting::of(&drawing, letters, scale_of(&drawing)))
    };
    assert_eq!(cost(200, Some([4.0, 3.0])), Ok(()));
    assert!(cost(300, Some([4.0, 3.0])).is_err());
    assert_eq!(cost(600, None), Ok(()));
    assert!(cost(1_000, None).is_err());
}

/// However small they are.
#[test]
fn more_letters_than_can_be_painted_in_time_are_refused_before() {
    let cost = |thousands: usize, bold| {
        let mut drawing = blank(30_000.0, 400.0);
        let font = svg::scene::Font {
            size: 1.0,
            line: 1.0,
        };
        let text = "x".repeat(1_000);
        for _ in 0..thousands {
            drawing.text("", Point { x: 0.0, y: 200.0 }, font, bold, &text);
        }
        let letters = Letters::new(None).expect("the font");
        check_cost(&Painting::of(&drawing, letters, scale_of(&drawing)))
    };
    assert_eq!(cost(750, false), Ok(()));
    assert!(cost(900, false).is_err());
    assert_eq!(cost(375, true), Ok(()));
    assert!(cost(450, true).is_err());
}
