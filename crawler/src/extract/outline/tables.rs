//! Tables: the item table gives rows of items, the attendance table gives rows of cells, a table of figures gives one block a row
//! ("Ward | Votes"), and a table used for layout gives what its cells hold.

use super::{Block, Mark, Row};
use crate::extract::text::labels;

/// The tables open at a point of the walk, the innermost last.
#[derive(Default)]
pub(super) struct Tables {
    open: Vec<Table>,
}

#[derive(Default)]
struct Table {
    items: bool,
    attendance: bool,
    /// Blocks before the first cell (a caption).
    before: Vec<Block>,
    rows: Vec<Vec<Cell>>,
}

#[derive(Default)]
struct Cell {
    number: bool,
    /// A heading of the table's own (`th`).
    head: bool,
    blocks: Vec<Block>,
}

impl Tables {
    pub(super) fn open(&mut self, items: bool, attendance: bool) {
        self.open.push(Table { items, attendance, ..Table::default() });
    }

    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    pub(super) fn row(&mut self) {
        if let Some(table) = self.open.last_mut() {
            table.rows.push(Vec::new());
        }
    }

    pub(super) fn cell(&mut self, number: bool, head: bool) {
        if let Some(table) = self.open.last_mut() {
            table.items |= number;
            if table.rows.is_empty() {
                table.rows.push(Vec::new());
            }
            if let Some(row) = table.rows.last_mut() {
                row.push(Cell { number, head, blocks: Vec::new() });
            }
        }
    }

    /// Puts a block where the walk stands: in the innermost open cell, else on the page.
    pub(super) fn put(&mut self, block: Block, page: &mut Vec<Block>) {
        match self.open.last_mut() {
            None => page.push(block),
            Some(table) => match table.rows.last_mut().and_then(|row| row.last_mut()) {
                Some(cell) => cell.blocks.push(block),
                None => table.before.push(block),
            },
        }
    }

    /// Ends the innermost table; its blocks go to the cell around it or to the page. True if it was the item table.
    pub(super) fn close(&mut self, page: &mut Vec<Block>) -> bool {
        let Some(table) = self.open.pop() else { return false };
        let items = table.items;
        let blocks = if items {
            item_rows(table)
        } else if table.attendance {
            attendance_rows(table)
        } else {
            plain_rows(table)
        };
        for block in blocks {
            self.put(block, page);
        }
        items
    }
}

fn item_rows(table: Table) -> Vec<Block> {
    let mut blocks = table.before;
    for row in table.rows {
        // "Item", "Rhif eitem": the table's own heads.
        if row.iter().all(|cell| cell.head && !cell.number) {
            continue;
        }
        let mut cells = row.into_iter().peekable();
        let mut start = Block { row: Some(Row::default()), content: true, ..Block::default() };
        let has_number = |cell: &Cell| {
            cell.number || cell.blocks.iter().all(|b| !b.word && labels::is_item_number(&b.text))
        };
        if let Some(first) = cells.next_if(has_number) {
            let texts: Vec<_> = first.blocks.iter().map(|b| b.text.as_str()).collect();
            start.row = Some(Row { number: texts.join(" "), end: false });
            start.targets = first.blocks.into_iter().flat_map(|b| b.targets).collect();
        }
        if cells.peek().is_some() || start.row.as_ref().is_some_and(|row| !row.number.is_empty()) {
            blocks.push(start);
            blocks.extend(cells.flat_map(|cell| cell.blocks));
        }
    }
    let end = Row { end: true, ..Row::default() };
    blocks.push(Block { row: Some(end), content: true, ..Block::default() });
    blocks
}

fn attendance_rows(table: Table) -> Vec<Block> {
    let is_head = |row: &Vec<Cell>| row.iter().all(|cell| cell.head);
    let rows = table.rows.into_iter().filter(|row| !is_head(row)).map(|row| {
        let cells: Vec<String> = row.iter().map(|cell| joined(&cell.blocks)).collect();
        let text = cells.join(" | ");
        let anchors = row.into_iter().flat_map(|c| c.blocks).flat_map(|b| b.anchors).collect();
        Block { text, cells, anchors, attendance: true, content: true, ..Block::default() }
    });
    table.before.into_iter().chain(rows).collect()
}

fn plain_rows(table: Table) -> Vec<Block> {
    let Table { before, rows, .. } = table;
    let is_structure = |b: &Block| {
        b.row.is_some() || b.attendance || b.heading.is_some() || (b.mark != Mark::None && !b.word)
    };
    let structure = rows.iter().flatten().flat_map(|cell| &cell.blocks).any(is_structure);
    let one_row = rows.len() == 1;
    let mut blocks = before;
    for row in rows {
        let mut cells: Vec<Cell> = row.into_iter().filter(|c| !c.blocks.is_empty()).collect();
        let paragraphs = cells.iter().map(|cell| cell.blocks.len()).max().unwrap_or(0);
        let layout = structure || cells.len() < 2 || (one_row && paragraphs > 2);
        let label = (cells.len() > 1)
            .then(|| joined(&cells[0].blocks))
            .filter(|text| labels::is_label(text) && !structure);
        if let Some(label) = label {
            // A numbered clause set in two columns.
            cells.remove(0);
            if cells.len() == 1 {
                if let Some(first) = cells[0].blocks.first_mut() {
                    first.text = format!("{label} {}", first.text);
                }
                blocks.extend(cells.remove(0).blocks);
            } else {
                blocks.push(as_row(cells, Some(&label)));
            }
        } else if layout {
            blocks.extend(cells.into_iter().flat_map(|cell| cell.blocks));
        } else {
            blocks.push(as_row(cells, None));
        }
    }
    blocks
}

fn as_row(cells: Vec<Cell>, label: Option<&str>) -> Block {
    let words: Vec<String> = cells.iter().map(|cell| joined(&cell.blocks)).collect();
    let text = match label {
        Some(label) => format!("{label} | {}", words.join(" | ")),
        None => words.join(" | "),
    };
    let mut all = cells.into_iter().flat_map(|cell| cell.blocks);
    let first = all.next().unwrap_or_default();
    let mut block = Block { text, cells: words, ..first };
    for other in all {
        block.anchors.extend(other.anchors);
        block.targets.extend(other.targets);
    }
    block
}

fn joined(blocks: &[Block]) -> String {
    blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join(" ")
}
