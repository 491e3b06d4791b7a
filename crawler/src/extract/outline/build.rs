//! The walk itself: opens and closes of elements become blocks. Iterative, so that nesting costs no stack.

use ego_tree::iter::Edge;
use scraper::{Html, Node, node::Element};

use super::elements::{Signs, is_attendance_table, is_block, is_unseen};
use super::lists::Lists;
use super::tables::Tables;
use super::{Anchor, Block, Mark, Outline};
use crate::extract::{bytes, council, heading};

/// Reads a page's words.
pub(crate) fn read(html: &str) -> Outline {
    let tree = Html::parse_document(&bytes::tame(html));
    let mut walk = Walk::default();
    for edge in tree.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) => walk.text(text),
                Node::Element(element) => walk.open(element),
                Node::Comment(comment) if comment.contains("ModernGov Reverse CMS") => {
                    walk.page.is_moderngov = true;
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    walk.close(element);
                }
            }
        }
    }
    walk.finish()
}

/// What is open at a point of the walk.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own")]
struct Walk {
    page: Outline,
    tables: Tables,
    lists: Lists,
    /// One entry for each open element that changed something.
    open: Vec<Scope>,
    /// Depth of elements whose words no reader sees.
    hidden: usize,
    marks: Vec<Mark>,
    headings: Vec<u8>,
    word: usize,
    content: usize,
    content_seen: bool,
    label_depth: usize,
    strong: usize,
    /// Whether words of the paragraph stand outside of anything strong.
    weak: bool,
    title_depth: usize,
    /// The paragraph being gathered; newlines stand for `<br>`.
    line: String,
    gap: bool,
    label: String,
    anchors: Vec<Anchor>,
    anchor_open: bool,
    targets: Vec<u64>,
}

/// What to undo when an element closes.
#[derive(Default, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each tells one thing to undo, in any combination"
)]
struct Scope {
    block: bool,
    hidden: bool,
    mark: bool,
    heading: bool,
    word: bool,
    content: bool,
    label: bool,
    strong: bool,
    title: bool,
}

impl Walk {
    fn open(&mut self, element: &Element) {
        let name = element.name();
        let mut scope = Scope::default();
        let signs = Signs::read(element);
        if self.hidden > 0 || is_unseen(name, &signs) {
            self.hidden += 1;
            scope.hidden = true;
            // A title counts wherever it stands.
            if name == "title" && self.page.title.is_empty() {
                self.hidden -= 1;
                scope.hidden = false;
                scope.title = true;
                self.title_depth += 1;
            }
            self.meta(element);
            self.open.push(scope);
            return;
        }
        scope.block = is_block(name);
        if scope.block {
            self.flush();
        }
        self.target(&signs);
        self.classes(&signs, &mut scope);
        match name {
            "br" => {
                self.line.push('\n');
                self.gap = false;
            }
            "b" | "strong" | "u" => {
                self.strong += 1;
                scope.strong = true;
            }
            "html" => element.attr("lang").unwrap_or_default().clone_into(&mut self.page.lang),
            "a" => self.anchor(element),
            "table" => self.tables.open(signs.is_item_table(), is_attendance_table(element)),
            "tr" => self.tables.row(),
            "td" | "th" => self.tables.cell(signs.has_class("mgItemNumberCell"), name == "th"),
            "ol" | "ul" => self.lists.open(element),
            "li" => self.lists.item(element),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.headings.push(name.as_bytes()[1] - b'0');
                scope.heading = true;
            }
            _ => {}
        }
        self.open.push(scope);
    }

    fn classes(&mut self, signs: &Signs<'_>, scope: &mut Scope) {
        if signs.id == "modgov" {
            self.page.is_moderngov = true;
            scope.content = true;
        }
        for class in signs.class.split_ascii_whitespace() {
            let mark = match class {
                "mgMainTitleTxt" => Mark::MainTitle,
                "mgSubTitleTxt" => Mark::SubTitle,
                "mgSectionTitle" => Mark::SectionTitle,
                "mgAiTitleTxt" => Mark::ItemTitle,
                "mgSubItemTitleTxt" => Mark::SubLabel,
                "mgActionList" | "mgLinks" => Mark::Actions,
                "mgBulletList" => Mark::Bullets,
                "mgNonBulletTableList" => Mark::Meetings,
                "mgErrorTxt" => Mark::Error,
                "mgFooter" => Mark::Footer,
                "mgContent" => {
                    scope.content = true;
                    continue;
                }
                "mgWordPara" => {
                    scope.word = true;
                    continue;
                }
                "mgLabel" => {
                    scope.label = true;
                    continue;
                }
                _ if class.starts_with("WordSection") || class == "Section1" => {
                    scope.word = true;
                    continue;
                }
                _ => continue,
            };
            self.page.has_sub_labels |= mark == Mark::SubLabel;
            if !scope.mark {
                self.marks.push(mark);
                scope.mark = true;
            }
        }
        if scope.content {
            self.enter_content();
        }
        if scope.word {
            self.word += 1;
            self.page.has_word_parts = true;
        }
        if scope.label {
            self.label_depth += 1;
        }
    }

    fn enter_content(&mut self) {
        self.content += 1;
        self.content_seen = true;
        self.page.is_moderngov = true;
    }

    fn close(&mut self, element: &Element) {
        let scope = self.open.pop().unwrap_or_default();
        if scope.hidden {
            self.hidden = self.hidden.saturating_sub(1);
            return;
        }
        if scope.title {
            self.title_depth -= 1;
            return;
        }
        if scope.block {
            self.flush();
        }
        match element.name() {
            "a" => self.anchor_open = false,
            "table" => {
                self.page.has_item_table |= self.tables.close(&mut self.page.blocks);
            }
            "ol" | "ul" => self.lists.close(),
            _ => {}
        }
        if scope.heading {
            self.headings.pop();
        }
        if scope.mark {
            self.marks.pop();
        }
        self.word -= usize::from(scope.word);
        self.content -= usize::from(scope.content);
        self.label_depth -= usize::from(scope.label);
        self.strong -= usize::from(scope.strong);
    }

    fn meta(&mut self, element: &Element) {
        match (element.name(), element.attr("name"), element.attr("content")) {
            ("meta", Some(name), Some(content)) if name.eq_ignore_ascii_case("DC.title") => {
                content.clone_into(&mut self.page.dc_title);
            }
            ("link", _, _) if element.attr("href").is_some_and(|h| h.contains("ssMgStyles")) => {
                self.page.is_moderngov = true;
            }
            _ => {}
        }
    }

    fn target(&mut self, signs: &Signs<'_>) {
        for name in [signs.id, signs.name] {
            let number = name.strip_prefix("AI").and_then(|n| n.parse().ok());
            if let Some(number) = number {
                self.targets.push(number);
            }
        }
    }

    fn anchor(&mut self, element: &Element) {
        if let Some(href) = element.attr("href") {
            self.anchors.push(Anchor {
                href: href.trim().to_owned(),
                words: String::new(),
                title: element.attr("title").unwrap_or_default().to_owned(),
            });
            self.anchor_open = true;
        }
    }

    fn text(&mut self, text: &str) {
        if self.title_depth > 0 {
            self.page.title.push_str(text);
            return;
        }
        if self.hidden > 0 {
            return;
        }
        let mut at = 0;
        loop {
            let rest = &text[at..];
            let run = rest.trim_start_matches(is_space);
            self.gap |= run.len() < rest.len();
            if run.is_empty() {
                return;
            }
            let (len, plain) = run_len(run);
            self.run(&run[..len], plain);
            at = text.len() - run.len() + len;
        }
    }

    /// Words of a paragraph, one space between them; `plain` when every character is seen.
    fn run(&mut self, words: &str, plain: bool) {
        if self.gap && !self.line.is_empty() && !self.line.ends_with('\n') {
            self.line.push(' ');
        }
        if self.label_depth > 0 {
            push_word(&mut self.label, words, self.gap);
        }
        if self.anchor_open
            && let Some(anchor) = self.anchors.last_mut()
        {
            push_word(&mut anchor.words, words, self.gap);
        }
        self.gap = false;
        self.weak |= self.strong == 0;
        if plain {
            self.line.push_str(words);
        } else {
            self.line.extend(words.chars().filter(|c| !is_invisible(*c)));
        }
    }

    fn flush(&mut self) {
        self.gap = false;
        let mut line = std::mem::take(&mut self.line);
        self.paragraph(&line);
        // Its room serves the next paragraph.
        line.clear();
        self.line = line;
    }

    fn paragraph(&mut self, line: &str) {
        let weak = std::mem::take(&mut self.weak);
        let nothing = line.trim().is_empty();
        if nothing && self.anchors.iter().all(|anchor| anchor.words.is_empty()) {
            self.label.clear();
            if !self.anchor_open {
                self.anchors.clear();
            }
            return;
        }
        let block = Block {
            mark: self.marks.last().copied().unwrap_or_default(),
            heading: self.headings.last().copied(),
            word: self.word > 0,
            strong: !weak,
            content: self.content > 0,
            label: (!self.label.is_empty()).then(|| std::mem::take(&mut self.label)),
            targets: std::mem::take(&mut self.targets),
            anchors: self.take_anchors(),
            ..Block::default()
        };
        let mut texts = super::lists::paragraphs(line).into_iter();
        let Some(first) = texts.next() else { return };
        let (mark, heading, word, strong, content) =
            (block.mark, block.heading, block.word, block.strong, block.content);
        let text = self.lists.labelled(first, mark);
        self.tables.put(Block { text, ..block }, &mut self.page.blocks);
        for text in texts {
            let next = Block { text, mark, heading, word, strong, content, ..Block::default() };
            self.tables.put(next, &mut self.page.blocks);
        }
    }

    /// The links gathered; one still open goes on in the next block.
    fn take_anchors(&mut self) -> Vec<Anchor> {
        let anchors = std::mem::take(&mut self.anchors);
        if self.anchor_open
            && let Some(last) = anchors.last()
        {
            self.anchors.push(Anchor { words: String::new(), ..last.clone() });
        }
        anchors
    }

    fn finish(mut self) -> Outline {
        self.flush();
        while self.tables.is_open() {
            self.page.has_item_table |= self.tables.close(&mut self.page.blocks);
        }
        self.page.title = minutebook_record::text::one_line(&self.page.title);
        let around = self.page.blocks.iter().filter(|block| !block.content);
        self.page.council = std::iter::once(self.page.title.as_str())
            .chain(around.map(|block| block.text.as_str()))
            .find_map(council::name);
        if self.content_seen {
            // Templates put the page's title where they like, so headings outside stay if they tell of a meeting.
            self.page.blocks.retain(|block| {
                block.content || (block.heading.is_some() && heading::is_telling(&block.text))
            });
        }
        self.page
    }
}

fn push_word(to: &mut String, word: &str, gap: bool) {
    if gap && !to.is_empty() {
        to.push(' ');
    }
    to.push_str(word);
}

/// How far words joined by single spaces run, and whether every character of them is seen. Text begins with a word.
fn run_len(text: &str) -> (usize, bool) {
    let bytes = text.as_bytes();
    let (mut at, mut plain) = (0, true);
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_graphic() {
            at += 1;
        } else if *byte == b' ' && bytes.get(at + 1).is_some_and(u8::is_ascii_graphic) {
            at += 2;
        } else if let Some(c) = text[at..].chars().next().filter(|c| !is_space(*c)) {
            plain &= !is_invisible(c);
            at += c.len_utf8();
        } else {
            break;
        }
    }
    (at, plain)
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{200b}' | '\u{feff}' | '\u{2060}')
}

/// Soft hyphens, direction marks and controls: seen by nobody.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}') || c.is_control()
}
