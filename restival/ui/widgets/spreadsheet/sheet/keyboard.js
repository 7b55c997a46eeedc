/* The keys of the spreadsheet. Escape lets the next Tab leave it. */
import { ROW } from "restival-sheet/cells.js";

export default {
  key(event) {
    const command = event.ctrlKey || event.metaKey;
    if (event.isComposing || event.altKey || (command && event.key === "Enter")) return;
    const done = this.editing ? this.keyEditing(event) : this.keyMoving(event, command);
    if (done === false) return;
    event.preventDefault();
    event.stopPropagation();
  },
  keyEditing({ key, shiftKey }) {
    const back = shiftKey ? -1 : 1;
    if (key === "Enter") this.go(this.r + back, this.c);
    else if (key === "Tab") return this.step(back);
    else if (key === "Escape") this.giveUp();
    else if (key === "ArrowUp") this.go(this.r - 1, this.c);
    else if (key === "ArrowDown") this.go(this.r + 1, this.c);
    else return false;
  },
  keyMoving({ key, shiftKey }, command) {
    const { r, c } = this;
    const page = Math.max(1, Math.floor(this.view / ROW) - 2);
    const [lastRow, lastColumn] = [this.rows.length - 1, this.columns.length - 1];
    const targets = {
      ArrowUp: [command ? 0 : r - 1, c],
      ArrowDown: [command ? lastRow : r + 1, c],
      ArrowLeft: [r, command ? 0 : c - 1],
      ArrowRight: [r, command ? lastColumn : c + 1],
      Home: [command ? 0 : r, 0],
      End: [command ? lastRow : r, lastColumn],
      PageUp: [r - page, c],
      PageDown: [r + page, c],
    };
    if (key in targets) return this.go(...targets[key], shiftKey);
    if (key === "Tab") return this.step(shiftKey ? -1 : 1);
    if (command && key.toLowerCase() === "a") {
      this.anchor = { r: lastRow, c: lastColumn };
      return this.go(0, 0, true);
    }
    if (key === "Escape") {
      this.leaving = true;
      return false;
    }
    if (this.disabled) return false;
    if (command && key.toLowerCase() === "z") return this.undo();
    if (key === "Enter" || key === "F2") return this.edit();
    if (key === "Delete" || key === "Backspace") return this.clear();
    if (key === " " && this.columns[c].type === "boolean") {
      this.anchor = { r, c };
      this.change(true, (cell) => (cell.trim().toLowerCase() === this.t("yes") ? this.t("no") : this.t("yes")));
      return this.follow();
    }
    return false;
  },
  step(back) {
    const at = this.r * this.columns.length + this.c + back;
    if (this.leaving || at < 0 || at >= this.rows.length * this.columns.length) return false;
    this.go(Math.floor(at / this.columns.length), at % this.columns.length);
  },
};
