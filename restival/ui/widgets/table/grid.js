/* A table with sorting, filter, pages and, where `mode` is "one" or "many", rows to choose. All of it is done here,
   the server hears only which rows are chosen; but with a `total` the rows are the first page, and `page` asks for
   others. While a page is under way, only the newest wish waits. */
const PHONE = matchMedia("(max-width: 560px)");
const PICTURES = { thumbnail: 32, small: 64, medium: 120, large: 200 };
/* A rich cell is an object: its label is shown and searched, its value, where it has one, is sorted by. */
const isRich = (cell) => cell !== null && typeof cell === "object";
const labelOf = (cell) => (isRich(cell) ? cell.label ?? "" : cell);
const valueOf = (cell) => (isRich(cell) ? cell.value ?? cell.label ?? "" : cell);
/* A number in the page's language, without groups: it may be a year, or name something. */
const written = (value) => (typeof value !== "number" ? value : value.toLocaleString(
  document.documentElement.lang, { useGrouping: false, maximumFractionDigits: 20 }));
const words = (cell) => String(written(labelOf(cell)) ?? "").toLowerCase();

function compared(first, second) {
  const [a, b] = [valueOf(first), valueOf(second)];
  const empty = (a === "") - (b === "");
  if (empty || a === b) return empty;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}

/* RFC 4180. What a spreadsheet would take for a formula gets an apostrophe in front, as in web/csv_lines.py. */
const FORMULA = /(^|[;\r\n]"*)(?=[=+\-@\t\r])/g;

function csvCell(value) {
  const cell = labelOf(value);
  const text = typeof cell === "string" && isNaN(cell) ? cell.replace(FORMULA, "$1'") : String(cell);
  return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
}

export default {
  template: `
    <div :class="['r-grid', { 'r-grid-cards': vertical || narrow, 'r-grid-chosen-from': mode }]">
      <div v-if="label || searchable || downloads" class="r-grid-top">
        <div class="r-grid-title">{{ label }}</div>
        <button v-if="downloads" type="button" class="r-button r-quiet r-grid-csv" @click="download" :aria-busy="fetching ? 'true' : null"
          :aria-label="t('Download {name} as CSV', { name })">CSV</button>
        <input v-if="searchable" v-model="query" type="search" class="r-grid-filter" :placeholder="t('Filter')"
          :aria-label="t('Filter {name}', { name })" @keydown.enter.exact.stop.prevent>
      </div>
      <div class="r-grid-scroll">
        <table :aria-label="name || null">
          <thead>
            <tr>
              <th v-if="mode" class="r-grid-pick">
                <span class="r-unseen">{{ t("Select") }}</span>
                <label v-if="mode === 'many' && limit === null && rows.length">
                  <input type="checkbox" :aria-label="total === null ? t('Select all rows') : t('Select all rows on this page')" :checked.prop="allChosen" :disabled="disabled"
                    :indeterminate.prop="someChosen" @change="chooseAll($event.target.checked)">
                  <span class="r-grid-all">{{ t("All") }}</span>
                </label>
              </th>
              <th v-for="(column, c) in columns" :key="c" scope="col" :class="{ 'r-number': column.numeric }"
                :aria-sort="sort !== c ? null : down ? 'descending' : 'ascending'">
                <button v-if="sortable && rows.length > 1 && (total === null || live)" type="button" @click="sortBy(c)">
                  {{ column.label }}<span aria-hidden="true">{{ sort !== c ? "" : down ? " ↓" : " ↑" }}</span>
                </button>
                <template v-else>{{ column.label }}</template>
              </th>
              <th v-if="hasMenus" class="r-grid-more"><span class="r-unseen">{{ t("Actions") }}</span></th>
            </tr>
          </thead>
          <tbody>
            <tr v-for="row in shown" :key="identities.get(row)" :class="{ 'r-grid-on': picked.has(row) }"
              @mousedown.shift.prevent @click="mode && choose(row, $event)">
              <td v-if="mode" class="r-grid-pick">
                <input :type="mode === 'one' ? 'radio' : 'checkbox'" :name="group" :aria-label="t('Select {name}', { name: nameOf(row) })"
                  :checked.prop="picked.has(row)" :disabled="disabled || full(row)" @click.stop="choose(row, $event)">
              </td>
              <td v-for="(column, c) in columns" :key="c" :data-label="column.label"
                :class="{ 'r-number': column.numeric }">
                <span v-if="rich(row, c)" :class="rich(row, c).highlight && 'r-hl r-hl-' + rich(row, c).highlight">
                  <img v-if="rich(row, c).image" :src="rich(row, c).image" :alt="rich(row, c).alt ?? ''" loading="lazy"
                    :style="{ maxWidth: pictures[rich(row, c).size ?? 'thumbnail'] + 'px' }">
                  <a v-if="rich(row, c).href" v-bind="linkTo(rich(row, c).href)" class="r-link" @click.stop>{{ written(rich(row, c).label) }}</a>
                  <template v-else>{{ written(rich(row, c).label) }}</template>
                </span>
                <template v-else>{{ written(known.get(row)[c]) }}</template>
              </td>
              <td v-if="hasMenus" class="r-grid-more">
                <button v-if="menusOf.get(row)?.length" type="button" class="r-button r-bare" aria-haspopup="true"
                  :aria-label="t('Actions for {name}', { name: nameOf(row) })" :popovertarget="group + '-menu'" @click.stop="openMenu(row, $event)"
                  :style="{ anchorName: opened === row ? '--' + group : 'none' }"><span aria-hidden="true">⋮</span></button>
              </td>
            </tr>
          </tbody>
        </table>
        <p v-if="!shown.length" class="r-grid-empty">{{ query ? t("No matching rows") : t("No rows") }}</p>
        <p v-if="failure" class="r-grid-empty r-error" role="alert">{{ failure }}
          <button type="button" class="r-button r-quiet" @click="ask">{{ t("Retry") }}</button></p>
      </div>
      <div v-if="hasMenus" :id="group + '-menu'" popover class="r-tile-choices" :style="{ '--r-name': '--' + group }"
        @click="$event.target.closest('a') && $event.currentTarget.hidePopover()">
        <template v-for="item in openedItems">
          <span v-if="item.disabled" role="link" aria-disabled="true" :class="'r-menu-link r-menu-' + item.theme">{{ item.label }}</span>
          <a v-else v-bind="linkTo(item.href)" :class="'r-menu-link r-menu-' + item.theme">{{ item.label }}</a>
        </template>
      </div>
      <div v-if="pages > 1 || mode === 'many' || total !== null" class="r-grid-foot">
        <span v-if="mode === 'many'" role="status">{{ told }}</span>
        <span class="r-grow"></span>
        <span v-if="total !== null && !live">{{ ofAll(t("First {shown} of {count} rows", { shown: shown.length, count: total }), t("First {shown} rows, more available", { shown: shown.length })) }}</span>
        <template v-else-if="pages > 1">
          <span v-if="busy" class="r-spinner" aria-hidden="true"></span>
          <span>{{ ofAll(t("{first}–{last} of {count}", { ...ends, count }), t("{first}–{last}, more available", ends)) }}</span>
          <button type="button" :aria-label="t('Previous page')" :disabled="at === 0" @click="turn(at - 1)">‹</button>
          <button type="button" :aria-label="t('Next page')" :disabled="at === pages - 1" @click="turn(at + 1)">›</button>
        </template>
      </div>
    </div>`,
  props: {
    label: String,
    name: String,
    columns: Array,
    rows: Array,
    menus: { type: Array, default: () => [] },
    total: { type: Number, default: null },
    live: Boolean,
    pageSize: Number,
    vertical: Boolean,
    sortable: Boolean,
    filterable: Boolean,
    mode: String,
    limit: { type: Number, default: null },
    required: Boolean,
    disabled: Boolean,
    chosen: { type: Array, default: () => [] },
  },
  data() {
    return {
      query: "",
      sort: null,
      down: false,
      page: 0,
      drawn: 0,
      keys: this.rows.map((_, row) => row),
      there: this.total,
      number: 0,
      busy: false,
      waits: false,
      failure: "",
      picked: new Set(this.chosen.map((row) => row.key ?? row)),
      last: null,
      narrow: PHONE.matches,
      opened: null,
      openedItems: [],
      fetching: false,
      pictures: PICTURES,
      group: `rows-${Math.random().toString(36).slice(2)}`,
    };
  },
  computed: {
    searchable() {
      if (this.total !== null) return this.filterable && this.live;
      return this.filterable && this.rows.length > this.pageSize;
    },
    downloads() {
      return this.rows.length > 0 && (this.total === null || this.live);
    },
    found() {
      if (this.total !== null) return this.keys;
      const wanted = words(this.query).split(/\s+/).filter(Boolean);
      const found = this.rows.map((_, row) => row).filter((row) => {
        const text = wanted.length ? this.rows[row].map(words).join(" ") : "";
        return wanted.every((word) => text.includes(word));
      });
      if (this.sort === null) return found;
      const sign = this.down ? -1 : 1;
      return found.sort((a, b) => sign * compared(this.rows[a][this.sort], this.rows[b][this.sort]) || a - b);
    },
    count() {
      return this.total === null ? this.found.length : this.there;
    },
    pages() {
      return Math.max(1, Math.ceil(this.count / this.pageSize));
    },
    at() {
      return Math.min(this.page, this.pages - 1);
    },
    from() {
      return this.at * this.pageSize;
    },
    ends() {
      return { first: this.shown.length ? this.from + 1 : 0, last: this.from + this.shown.length };
    },
    shown() {
      return this.total === null ? this.found.slice(this.from, this.from + this.pageSize) : this.keys;
    },
    allChosen() {
      return this.found.length > 0 && this.found.every((row) => this.picked.has(row));
    },
    someChosen() {
      return !this.allChosen && this.found.some((row) => this.picked.has(row));
    },
    /* Rows keep their elements, and with them the focus, when others come before them. */
    identities() {
      const times = {};
      return new Map(this.shown.map((row) => {
        if (this.mode) return [row, row];
        const name = JSON.stringify([this.menusOf.get(row) ?? [], labelOf(this.known.get(row)[0])]);
        times[name] = (times[name] ?? 0) + 1;
        return [row, name + times[name]];
      }));
    },
    hasMenus() {
      return this.menus.length > 0;
    },
    told() {
      const told = { count: this.picked.size, limit: this.limit };
      return this.limit === null ? this.t("{count} selected", told) : this.t("{count} of {limit} selected", told);
    },
  },
  mounted() {
    this.measure = () => (this.narrow = PHONE.matches);
    PHONE.addEventListener("change", this.measure);
  },
  unmounted() {
    PHONE.removeEventListener("change", this.measure);
  },
  created() {
    this.learn();
    for (const row of this.chosen) if (row.cells) this.known.set(row.key, row.cells);
  },
  watch: {
    query() {
      this.turn(0);
    },
    rows() {
      const at = this.$el.contains(document.activeElement) ? document.activeElement : null;
      if (this.total === null || this.isFirst()) {
        this.learn();
        this.keys = this.rows.map((_, row) => row);
        this.there = this.total;
      }
      this.$nextTick(() => at !== document.activeElement && at?.isConnected && at.focus({ preventScroll: true }));
    },
  },
  methods: {
    t: (...told) => window.restival.t(...told),
    written,
    /* Not in data: what these hold of a row never changes, and other rows come with other keys. */
    learn() {
      this.menusOf = new Map(this.menus.map((items, row) => [row, items]));
      this.known = new Map(this.rows.map((cells, row) => [row, cells]));
    },
    isFirst() {
      return this.page === 0 && !this.query && this.sort === null;
    },
    /* The rows were read anew: those of another page than the first have to be asked for. */
    again() {
      if (!this.isFirst()) this.ask();
    },
    /* Where nobody says how many there are, it is known of one row that it follows. */
    ofAll(exact, least) {
      return this.total !== null && this.count === this.ends.last + 1 ? least : exact;
    },
    turn(page) {
      this.page = page;
      if (this.total !== null) this.ask();
    },
    ask() {
      this.failure = "";
      this.waits = this.busy;
      if (this.busy) return;
      this.busy = true;
      this.number += 1;
      const wanted = { offset: this.page * this.pageSize, query: this.query, sort: this.sort, down: this.down };
      this.$emit("page", { number: this.number, wanted });
    },
    show(number, rows, total, failure) {
      if (number !== this.number) return;
      this.busy = false;
      if (this.waits) return this.ask();
      this.failure = failure;
      if (failure) return;
      if (!rows.length && this.page > 0) { // nothing follows after all, or any more
        this.there = total;
        if (this.drawn === this.page) return this.turn(Math.max(0, Math.min(this.page, this.pages) - 1));
        this.page = this.drawn;
        return;
      }
      this.drawn = this.page;
      for (const row of rows) {
        this.known.set(row.key, row.cells);
        this.menusOf.set(row.key, row.menu);
      }
      this.keys = rows.map((row) => row.key);
      this.there = total;
    },
    tell() {
      const chosen = [...this.picked];
      this.$emit("choose", this.total === null ? chosen : chosen.map((key) => ({ key, cells: this.known.get(key) })));
    },
    download() {
      if (this.total !== null) {
        this.fetching = true;
        this.failure = "";
        return this.$emit("csv");
      }
      const rows = [this.columns.map((column) => column.label), ...this.found.map((row) => this.rows[row])];
      const text = "\ufeff" + rows.map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
      link.download = (this.name || "table").replace(/[^\p{L}\p{N}]+/gu, "-").toLowerCase() + ".csv";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    },
    fetched(href, failure) {
      this.fetching = false;
      this.failure = failure;
      if (!href) return;
      const link = document.createElement("a");
      link.href = href;
      link.download = "";
      link.click();
    },
    nameOf(row) {
      return this.known.get(row).map(labelOf).map(written).find((label) => label !== "") ?? this.t("row {number}", { number: row + 1 });
    },
    rich(row, column) {
      const cell = this.known.get(row)[column];
      return isRich(cell) ? cell : null;
    },
    linkTo(href) {
      return /^(\/|mailto:|tel:)/.test(href) ? { href } : { href, target: "_blank", rel: "noopener noreferrer" };
    },
    openMenu(row) {
      this.opened = row;
      this.openedItems = this.menusOf.get(row) ?? [];
    },
    sortBy(column) {
      this.down = this.sort === column && !this.down;
      this.sort = column;
      if (this.total !== null) this.turn(0);
    },
    full(row) {
      return this.mode === "many" && this.limit !== null && this.picked.size >= this.limit && !this.picked.has(row);
    },
    choose(row, event) {
      const box = event.target.type === "checkbox" || event.target.type === "radio" ? event.target : null;
      if (this.disabled || (!box && getSelection().toString())) return;
      if (this.mode === "one") this.chooseOne(row, box && !event.detail);
      else if (event.shiftKey && this.last !== null) this.chooseRange(row);
      else this.set([row], !this.picked.has(row));
      this.last = row;
      this.tell();
      this.$nextTick(() => box && (box.checked = this.picked.has(row)));
    },
    chooseOne(row, byKey) {
      const emptied = this.picked.has(row) && !this.required && !byKey;
      this.picked.clear();
      if (!emptied) this.picked.add(row);
    },
    chooseRange(row) {
      const [from, to] = [this.found.indexOf(this.last), this.found.indexOf(row)].sort((a, b) => a - b);
      this.set(from < 0 ? [row] : this.found.slice(from, to + 1), !this.picked.has(row));
    },
    chooseAll(on) {
      this.set(this.found, on);
      this.tell();
    },
    set(rows, on) {
      for (const row of rows) {
        if (!on) this.picked.delete(row);
        else if (!this.full(row)) this.picked.add(row);
      }
    },
  },
};
