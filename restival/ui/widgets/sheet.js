/* A small spreadsheet. Only the rows in sight are drawn. One input follows the active cell, so that typing, pasting,
   input methods and phone keyboards work as in any field. Every change is a splice of rows, sent in pieces: the server
   drops messages over a megabyte. */
const ROW = 36;
const SHOWN = 10;
const SPARE = 6;
const LEAST = 5;
const PIECE = 150_000;
const LONGEST_CELL = 32_767;
const UNDO = 100;
const TOLD = 8;
const KEYS = "Type, or paste cells from a spreadsheet. Esc, then Tab leaves the table.";

const isBlank = (row) => row.every((cell) => cell.trim() === "");

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
  template: `
    <div class="r-sheet" role="group" :aria-labelledby="id('label')" :aria-describedby="id('hint')">
      <div class="r-sheet-top">
        <div :id="id('label')" class="r-label">{{ label }}</div>
        <template v-if="!disabled">
          <button type="button" :disabled="busy !== ''" @click="$refs.file.click()">Import file</button>
          <button type="button" @click="addRow">Add row</button>
          <button type="button" :disabled="!filled" @click="removeRows">
            {{ area.rows > 1 ? "Remove rows" : "Remove row" }}</button>
        </template>
      </div>
      <div :id="id('hint')" class="r-hint">
        {{ hint }} <span v-if="!disabled" class="r-sheet-keys">${KEYS}</span>
      </div>
      <div ref="scroll" class="r-sheet-scroll" :class="{ 'r-sheet-bad': summary }" @scroll="measure"
        @dragover.prevent @drop.prevent="!disabled && upload($event.dataTransfer.files)">
        <div role="grid" class="r-sheet-grid" :aria-labelledby="id('label')" :aria-rowcount="rows.length + 1"
          :aria-colcount="columns.length + 1" :aria-readonly="disabled" :style="{ '--columns': columns.length }">
          <div role="row" class="r-sheet-row r-sheet-head" aria-rowindex="1">
            <div role="columnheader" class="r-sheet-number" aria-label="Row"></div>
            <div v-for="column in columns" :key="column.name" role="columnheader"
              :class="{ 'r-number': column.type === 'number' }">
              <span class="r-sheet-name">{{ column.name }}</span>
              <span class="r-sheet-type">{{ kind(column) }}</span>
            </div>
          </div>
          <div role="rowgroup" class="r-sheet-body" :style="{ height: rows.length * ${ROW} + 'px' }"
            @mousedown="press" @mouseover="drag" @dblclick="edit">
            <div v-for="r in seen" :key="r" role="row" class="r-sheet-row" :aria-rowindex="r + 2"
              :style="{ top: r * ${ROW} + 'px' }">
              <div role="rowheader" class="r-sheet-number" :data-r="r">{{ r + 1 }}</div>
              <div v-for="(column, c) in columns" :key="c" role="gridcell" :id="id(r, c)" :data-r="r" :data-c="c"
                :class="classes(r, c)" :aria-invalid="marks.has(r + '.' + c) || null" :aria-selected="inside(r, c)"
                :title="marks.get(r + '.' + c) ?? null">{{ rows[r][c] }}</div>
            </div>
          </div>
        </div>
        <input ref="editor" type="text" class="r-sheet-editor" :class="{ 'r-sheet-editing': editing }" :style="place"
          :aria-label="label + ': ' + columns[c].name + ', row ' + (r + 1)" :aria-invalid="mark ? true : null"
          :aria-describedby="mark ? id('mark') : id('hint')" :readonly="disabled" :maxlength="${LONGEST_CELL}"
          autocomplete="off" spellcheck="false"
          @input="write" @keydown="key" @focus="enter" @blur="leave" @copy="copy" @cut="cut" @paste="paste">
      </div>
      <div class="r-sheet-foot">
        <span :id="id('mark')" :class="{ 'r-error': mark }">{{ mark ?? busy }}</span>
        <span class="r-grow"></span>
        <span>{{ filled === 1 ? "1 row" : filled.toLocaleString("en") + " rows" }}</span>
      </div>
      <input v-if="!disabled" ref="file" type="file" :accept="accept" hidden @change="upload($event.target.files)">
      <div class="r-sheet-said" role="status">{{ said }}</div>
      <div v-if="summary" class="r-sheet-errors">
        <div class="r-error" role="alert">{{ summary }}</div>
        <ul v-if="marks.size">
          <li v-for="[place, message] in [...marks].slice(0, ${TOLD})" :key="place">
            <button type="button" @click="show(place)">{{ message }}</button>
          </li>
        </ul>
        <div v-if="marks.size > ${TOLD}" class="r-hint">and {{ marks.size - ${TOLD} }} more marked cells</div>
      </div>
    </div>`,
  props: {
    label: String,
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
    this.follow();
  },
  unmounted() {
    this.resized.disconnect();
  },
  methods: {
    id(...parts) {
      return `sheet-${this.$.uid}-${parts.join("-")}`;
    },
    kind(column) {
      const name = { string: "text", number: "number", boolean: "yes or no" }[column.type];
      return column.optional ? `${name}, optional` : name;
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
      const old = this.rows.slice(from, from + count);
      if (undoable) this.past = [...this.past, { from, count: rows.length, rows: old }].slice(-UNDO);
      this.moveMarks(from, old, rows);
      this.rows = this.settled([...this.rows.slice(0, from), ...rows, ...this.rows.slice(from + count)]);
      if (told) this.tell(from, count, rows);
    },
    tell(from, count, rows) {
      let part = [];
      let size = 0;
      const send = () => {
        this.$emit("splice", { from, count, rows: part });
        [from, count, part, size] = [from + part.length, 0, [], 0];
      };
      for (const row of rows) {
        const length = row.reduce((sum, cell) => sum + cell.length + 4, 4);
        if (part.length && size + length > PIECE) send();
        part.push(row);
        size += length;
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
      const left = moved.size === 1 ? "One marked cell has" : `${moved.size} marked cells have`;
      if (moved.size < this.marks.size) this.summary = moved.size ? `${left} to be corrected.` : "";
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
      this.said = `${this.columns[this.c].name}, row ${this.r + 1}: ${this.rows[this.r][this.c] || "empty"}`;
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
        this.change(true, (cell) => (cell.trim().toLowerCase() === "yes" ? "no" : "yes"));
        return this.follow();
      }
      return false;
    },
    step(back) {
      const at = this.r * this.columns.length + this.c + back;
      if (this.leaving || at < 0 || at >= this.rows.length * this.columns.length) return false;
      this.go(Math.floor(at / this.columns.length), at % this.columns.length);
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

    /* The clipboard. */
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
      if (file.size > this.mostBytes) return this.read(`${file.name} has more than ${this.mostBytes / 1e6} MB.`);
      this.busy = `Reading ${file.name}…`;
      const body = new FormData();
      body.append("file", file);
      const sent = await fetch(this.uploadUrl, { method: "POST", body }).catch(() => null);
      if (!sent?.ok) this.read(`${file.name} couldn't be sent. Please try again.`);
    },
  },
};
