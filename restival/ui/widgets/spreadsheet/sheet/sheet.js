/* A small spreadsheet. Only the rows in sight are drawn. One input follows the active cell, so that typing, pasting,
   input methods and phone keyboards work as in any field. Every change is a splice of rows, sent in pieces: the server
   drops messages over a megabyte. */
import { ROW, isBlank, lengthOf } from "restival-sheet/cells.js";
import clipboard from "restival-sheet/clipboard.js";
import keyboard from "restival-sheet/keyboard.js";
import template from "restival-sheet/template.js";

const SHOWN = 10;
const SPARE = 6;
const LEAST = 5;
const PIECE = 150_000;
const UNDO = 100;

export default {
  template,
  props: {
    label: String,
    field: String,
    hint: String,
    columns: Array,
    content: String,
    errors: Object,
    disabled: Boolean,
    uploadUrl: String,
    accept: String,
    mostBytes: Number,
  },
  data() {
    return {
      rows: this.settled(JSON.parse(this.content)),
      marks: new Map(),
      summary: "",
      said: "",
      busy: "",
      r: 0,
      c: 0,
      anchor: { r: 0, c: 0 },
      editing: false,
      focused: false,
      top: 0,
      view: SHOWN * ROW,
      place: { top: `${ROW}px`, left: "0px" },
    };
  },
  computed: {
    seen() {
      const first = Math.max(0, Math.floor(this.top / ROW) - SPARE);
      const last = Math.min(this.rows.length, Math.ceil((this.top + this.view) / ROW) + SPARE);
      return Array.from({ length: last - first }, (_, index) => first + index);
    },
    filled() {
      return this.rows.filter((row) => !isBlank(row)).length;
    },
    mark() {
      return this.focused ? this.marks.get(`${this.r}.${this.c}`) : undefined;
    },
    area() {
      const [r, c] = [Math.min(this.r, this.anchor.r), Math.min(this.c, this.anchor.c)];
      return { r, c, rows: Math.abs(this.r - this.anchor.r) + 1, columns: Math.abs(this.c - this.anchor.c) + 1 };
    },
  },
  created() {
    this.past = [];
    this.leaving = false;
    this.before = "";
    this.markCells(this.errors);
  },
  mounted() {
    this.resized = new ResizeObserver(() => {
      this.view = this.$refs.scroll.clientHeight;
      this.put();
    });
    this.resized.observe(this.$refs.scroll);
    const kept = window.restival.keptWhileAway(this.$el, this.field);
    if (kept) this.splice(0, this.rows.length, kept, { undoable: false }); // it is sent when the app is there
    this.follow();
  },
  unmounted() {
    this.resized.disconnect();
  },
  methods: {
    t: (...told) => window.restival.t(...told),
    tn: (...told) => window.restival.tn(...told),
    ...clipboard,
    ...keyboard,

    id(...parts) {
      return `sheet-${this.$.uid}-${parts.join("-")}`;
    },
    kind(column) {
      const name = { string: this.t("text"), number: this.t("number"), boolean: this.t("yes or no") }[column.type];
      return column.optional ? this.t("{kind}, optional", { kind: name }) : name;
    },
    classes(r, c) {
      return {
        "r-number": this.columns[c].type === "number",
        "r-sheet-active": r === this.r && c === this.c && this.focused,
        "r-sheet-in": this.focused && this.inside(r, c),
        "r-sheet-wrong": this.marks.has(`${r}.${c}`),
      };
    },
    inside(r, c) {
      const { area } = this;
      return r >= area.r && r < area.r + area.rows && c >= area.c && c < area.c + area.columns;
    },
    measure() {
      this.top = this.$refs.scroll.scrollTop;
    },

    /* Rows. They are frozen, so that Vue doesn't watch each of them. */
    blank() {
      return this.columns.map(() => "");
    },
    settled(rows) {
      const settled = [...rows];
      if (this.disabled) return Object.freeze(settled.length ? settled : [this.blank()]);
      while (settled.length < LEAST || !isBlank(settled.at(-1))) settled.push(this.blank());
      return Object.freeze(settled);
    },
    splice(from, count, rows, { undoable = true, told = true } = {}) {
      if (rows.some((row) => lengthOf(row) > PIECE)) {
        this.summary = this.t("A row can have at most {count} characters.", { count: PIECE });
        return;
      }
      const old = this.rows.slice(from, from + count);
      if (undoable) this.past = [...this.past, { from, count: rows.length, rows: old }].slice(-UNDO);
      this.moveMarks(from, old, rows);
      this.rows = this.settled([...this.rows.slice(0, from), ...rows, ...this.rows.slice(from + count)]);
      if (told) this.tell(from, count, rows);
      this.keep();
    },
    keep() {
      if (window.restival.keepWhileAway(this.$el, this.field, this.rows)) return;
      this.summary = this.t(
        "The app is offline, and the table is too large to save in the browser. Don't reload the page.");
    },
    tell(from, count, rows) {
      let part = [];
      let size = 0;
      const send = () => {
        this.$emit("splice", { from, count, rows: part });
        [from, count, part, size] = [from + part.length, 0, [], 0];
      };
      for (const row of rows) {
        if (part.length && size + lengthOf(row) > PIECE) send();
        part.push(row);
        size += lengthOf(row);
      }
      send();
    },
    undo() {
      const last = this.past.pop();
      if (!last) return;
      this.splice(last.from, last.count, last.rows, { undoable: false });
      this.go(last.from, this.c);
    },
    change(undoable = true, written) {
      const { r, c, rows, columns } = this.area;
      const changed = this.rows.slice(r, r + rows).map((row, i) => row.map((cell, j) =>
        j >= c && j < c + columns ? written(cell, i, j - c) : cell));
      this.splice(r, rows, changed, { undoable });
    },

    /* Messages stay at their cells while rows come and go, and go when their cell is changed. */
    moveMarks(from, old, rows) {
      if (!this.marks.size) return;
      const moved = new Map();
      for (const [place, message] of this.marks) {
        const [r, c] = place.split(".").map(Number);
        if (r < from) moved.set(place, message);
        else if (r >= from + old.length) moved.set(`${r + rows.length - old.length}.${c}`, message);
        else if (rows.length === old.length && rows[r - from][c] === old[r - from][c]) moved.set(place, message);
      }
      if (moved.size < this.marks.size) this.summary = moved.size ? this.tn(
        "Correct the highlighted cell.", "Correct the {count} highlighted cells.", moved.size) : "";
      this.marks = moved;
    },
    markCells(errors) {
      const { "": summary = "", ...cells } = errors ?? {};
      this.summary = summary;
      this.marks = new Map(Object.entries(cells));
    },
    focusFirst() {
      this.show(this.marks.size ? this.marks.keys().next().value : "0.0");
    },
    show(place) {
      const [r, c] = place.split(".").map(Number);
      this.$refs.editor.focus({ preventScroll: true });
      this.go(r, c);
    },
    load(rows) {
      this.splice(0, this.rows.length, rows, { told: false });
      this.$refs.scroll.scrollTop = 0;
      this.go(0, 0);
    },
    read(message) {
      this.busy = "";
      if (message) this.summary = message;
    },

    /* The active cell. */
    go(r, c, extend = false) {
      this.editing = this.leaving = false;
      this.r = Math.max(0, Math.min(r, this.rows.length - 1));
      this.c = Math.max(0, Math.min(c, this.columns.length - 1));
      if (!extend) this.anchor = { r: this.r, c: this.c };
      this.follow();
    },
    follow() {
      const { editor, scroll } = this.$refs;
      editor.value = this.rows[this.r][this.c];
      if (!this.focused) return this.$nextTick(this.put);
      editor.select();
      const head = scroll.querySelector(".r-sheet-head").offsetHeight;
      const top = this.r * ROW;
      if (top < scroll.scrollTop) scroll.scrollTop = top;
      const bottom = top + ROW + head - scroll.clientHeight;
      if (bottom > scroll.scrollTop) scroll.scrollTop = bottom;
      this.measure();
      const [column, content] = [this.columns[this.c].name, this.rows[this.r][this.c] || this.t("empty")];
      this.said = this.t("{column}, row {number}: {content}", { column, number: this.r + 1, content });
      this.$nextTick(this.put);
    },
    put() {
      const { scroll } = this.$refs;
      const cell = document.getElementById(this.id(this.r, this.c));
      if (!scroll || !cell) return;
      const head = scroll.querySelector(".r-sheet-head").offsetHeight;
      this.place = {
        top: `${head + this.r * ROW}px`,
        left: `${cell.offsetLeft}px`,
        width: `${cell.offsetWidth}px`,
        textAlign: this.columns[this.c].type === "number" ? "right" : "left",
      };
      if (!this.focused) return;
      const edge = scroll.querySelector(".r-sheet-number").offsetWidth;
      if (cell.offsetLeft - edge < scroll.scrollLeft) scroll.scrollLeft = cell.offsetLeft - edge;
      const right = cell.offsetLeft + cell.offsetWidth - scroll.clientWidth;
      if (right > scroll.scrollLeft) scroll.scrollLeft = right;
    },
    enter() {
      if (this.focused) return;
      this.focused = true;
      this.leaving = false;
      this.follow();
    },
    leave() {
      this.editing = this.focused = false;
    },

    /* Editing: the cell always holds what is in the input, so that nothing half typed gets lost. */
    edit() {
      if (this.disabled || this.editing) return;
      this.begin();
      const { editor } = this.$refs;
      editor.setSelectionRange(editor.value.length, editor.value.length);
    },
    begin() {
      this.editing = true;
      this.before = this.rows[this.r][this.c];
      this.anchor = { r: this.r, c: this.c };
    },
    write(event) {
      const undoable = !this.editing;
      if (undoable) this.begin();
      this.change(undoable, () => event.target.value);
    },
    giveUp() {
      this.change(false, () => this.before);
      this.go(this.r, this.c);
    },
    clear() {
      this.change(true, () => "");
      this.follow();
    },

    /* The mouse. */
    press(event) {
      const { r, c } = event.target.dataset;
      if (r === undefined || event.button !== 0) return;
      if (this.editing && Number(r) === this.r && Number(c) === this.c) return;
      event.preventDefault();
      this.$refs.editor.focus({ preventScroll: true });
      if (c !== undefined) return this.go(Number(r), Number(c), event.shiftKey);
      this.go(Number(r), 0, event.shiftKey);
      this.anchor = { r: this.anchor.r, c: this.columns.length - 1 };
    },
    drag({ target: { dataset }, buttons }) {
      if (buttons !== 1 || dataset.c === undefined || this.editing) return;
      this.go(Number(dataset.r), Number(dataset.c), true);
    },

    /* Whole rows. */
    addRow() {
      const { r, rows } = this.area;
      const at = Math.min(r + rows, this.rows.length);
      this.splice(at, 0, [this.blank()]);
      this.$refs.editor.focus({ preventScroll: true });
      this.go(at, 0);
    },
    removeRows() {
      const { r, rows } = this.area;
      this.splice(r, rows, []);
      this.$refs.editor.focus({ preventScroll: true });
      this.go(r, this.c);
    },
    async upload([file]) {
      if (!file) return;
      this.$refs.file.value = "";
      if (file.size > this.mostBytes) {
        return this.read(this.t("{name} is larger than {size} MB.", { name: file.name, size: this.mostBytes / 1e6 }));
      }
      this.busy = this.t("Reading {name}…", { name: file.name });
      const body = new FormData();
      body.append("file", file);
      const sent = await fetch(this.uploadUrl, { method: "POST", body }).catch(() => null);
      if (!sent?.ok) this.read(this.t("{name} couldn't be uploaded. Try again.", { name: file.name }));
    },
  },
};
