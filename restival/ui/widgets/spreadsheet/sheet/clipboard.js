/* Copying, cutting and pasting of cells. */
import { LONGEST_CELL } from "restival-sheet/cells.js";

/* What a spreadsheet puts onto the clipboard: cells between tabs, those with line breaks in quotes. */
function pasted(text) {
  const rows = [];
  let row = [];
  const cell = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/y;
  while (cell.lastIndex < text.length) {
    const [, inside, plain, end] = cell.exec(text);
    row.push((inside?.replaceAll('""', '"') ?? plain).slice(0, LONGEST_CELL));
    if (end === "\t" && cell.lastIndex < text.length) continue;
    if (end === "\t") row.push("");
    rows.push(row);
    row = [];
  }
  return rows;
}

const quoted = (cell) => (/[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const copied = (rows) => rows.map((row) => row.map(quoted).join("\t")).join("\n");

export default {
  copy(event) {
    if (this.editing) return;
    const { r, c, rows, columns } = this.area;
    const taken = this.rows.slice(r, r + rows).map((row) => row.slice(c, c + columns));
    event.clipboardData.setData("text/plain", copied(taken));
    event.preventDefault();
  },
  cut(event) {
    if (this.editing || this.disabled) return;
    this.copy(event);
    this.clear();
  },
  paste(event) {
    if (this.editing || this.disabled) return;
    event.preventDefault();
    const block = this.withoutNames(pasted(event.clipboardData.getData("text/plain")));
    if (!block.length) return;
    if (block.length === 1 && block[0].length === 1) {
      this.change(true, () => block[0][0]);
      return this.follow();
    }
    const { r, c } = this.area;
    const rows = block.map((cells, i) =>
      (this.rows[r + i] ?? this.blank()).map((cell, j) => cells[j - c] ?? cell));
    this.splice(r, rows.length, rows);
    this.go(r, c);
    this.anchor = { r: r + rows.length - 1, c: Math.min(this.columns.length, c + block[0].length) - 1 };
  },
  withoutNames(block) {
    const named = this.columns.every(({ name }, c) => block[0]?.[c]?.trim().toLowerCase() === name.toLowerCase());
    return named && this.area.c === 0 ? block.slice(1) : block;
  },
};
