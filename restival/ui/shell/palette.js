/* The command palette: everything that the person may go to, found by typing (WAI-ARIA's combobox with a listbox).

   What there is comes from the server each time it is opened; finding in it needs no further word with the server. */
export default {
  template: `
    <dialog ref="dialog" class="r-palette" :aria-label="words.name" @close="closed" @click="beside">
      <div class="r-palette-top">
        <i class="material-icons notranslate r-icon" aria-hidden="true">search</i>
        <input ref="input" type="text" role="combobox" aria-expanded="true" aria-autocomplete="list"
          autocomplete="off" spellcheck="false" :aria-label="words.name" :placeholder="words.hint"
          :aria-controls="id + '-list'" :aria-activedescendant="found.length ? id + '-' + at : null"
          v-model="query" @keydown="press">
        <kbd class="r-key-hint" aria-hidden="true">Esc</kbd>
      </div>
      <div :id="id + '-list'" class="r-palette-list" role="listbox" :aria-label="words.name"
        :aria-busy="items ? 'false' : 'true'">
        <template v-if="items">
          <div v-for="group in groups" :key="group.title" role="group" :aria-label="group.title">
            <div class="r-palette-title" aria-hidden="true">{{ group.title }}</div>
            <a v-for="item in group.items" :key="item.number" :id="id + '-' + item.number" role="option" tabindex="-1"
              class="r-palette-option" :href="item.target" :target="item.elsewhere ? '_blank' : null"
              :rel="item.elsewhere ? 'noopener noreferrer' : null" data-starts
              :aria-selected="item.number === at ? 'true' : 'false'" @mousemove="at = item.number" @click="gone">
              <i class="material-icons notranslate r-icon" aria-hidden="true">{{ item.icon }}</i>
              <span>{{ item.title }}</span>
              <span v-if="item.hint" class="r-hint">{{ item.hint }}</span>
            </a>
          </div>
        </template>
        <div v-else role="option" aria-disabled="true" aria-selected="false" :aria-label="words.loading">
          <span v-for="n in 4" :key="n" class="r-skeleton" :style="{ width: 80 - 12 * n + '%' }"></span>
        </div>
      </div>
      <div v-if="items && !found.length" class="r-palette-none" role="status">{{ words.nothing }}</div>
    </dialog>`,
  props: { id: String, items: Array, words: Object },
  emits: ["opened", "closed"],
  data() {
    return { query: "", at: 0, early: null };
  },
  computed: {
    found() {
      const MOST = 300;
      const words = this.query.toLowerCase().split(/\s+/).filter(Boolean);
      const hits = (this.items ?? []).filter((item) => words.every((word) => searched(item).includes(word)));
      if (words.length) hits.sort((one, other) => rank(other, words[0]) - rank(one, words[0])); // stable
      const order = [...new Set(hits.map((item) => item.group))];
      hits.sort((one, other) => order.indexOf(one.group) - order.indexOf(other.group));
      return hits.slice(0, MOST).map((item, number) => ({ ...item, number }));
    },
    groups() {
      const groups = new Map();
      for (const item of this.found) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
      return [...groups].map(([title, items]) => ({ title, items }));
    },
  },
  watch: {
    query() {
      this.at = 0;
      this.early = null;
    },
    /* Who knows what they look for has pressed Enter before it is there. */
    items(now) {
      const early = this.early;
      if (now && early) this.$nextTick(() => this.$refs.dialog.open && this.option()?.dispatchEvent(pressed(early)));
      this.early = null;
    },
  },
  mounted() {
    addEventListener("keydown", this.shortcut);
    addEventListener("click", this.button);
  },
  unmounted() {
    removeEventListener("keydown", this.shortcut);
    removeEventListener("click", this.button);
  },
  methods: {
    shortcut(event) {
      if (event.key.toLowerCase() !== "k" || event.altKey || event.shiftKey || event.ctrlKey === event.metaKey) return;
      event.preventDefault();
      if (this.$refs.dialog.open) this.$refs.dialog.close();
      else this.open();
    },
    button(event) {
      if (event.target.closest("[data-palette]")) this.open();
    },
    open() {
      this.query = "";
      this.at = 0;
      this.early = null;
      this.$emit("opened");
      this.$refs.dialog.showModal();
      this.$refs.input.focus();
    },
    closed() {
      this.$emit("closed");
    },
    beside(event) {
      if (event.target === this.$refs.dialog) this.$refs.dialog.close();
    },
    gone(event) {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) this.$refs.dialog.close();
    },
    press(event) {
      const last = this.found.length - 1;
      const to = { ArrowDown: this.at < last ? this.at + 1 : 0, ArrowUp: this.at > 0 ? this.at - 1 : last }[event.key];
      if (event.isComposing) return;
      if (to !== undefined) this.move(to);
      else if (event.key === "Enter" && this.items) this.option()?.dispatchEvent(pressed(event));
      else if (event.key === "Enter") this.early = event;
      else return;
      event.preventDefault();
    },
    move(to) {
      this.at = Math.max(0, to);
      this.$nextTick(() => this.option()?.scrollIntoView({ block: "nearest" }));
    },
    option() {
      return document.getElementById(`${this.id}-${this.at}`);
    },
  },
};

const searched = (item) => `${item.title} ${item.hint} ${item.also}`.toLowerCase();

/* What begins with the word stands first, then what has a word that begins so. */
function rank(item, word) {
  const title = item.title.toLowerCase();
  return title.startsWith(word) ? 2 : title.includes(` ${word}`) ? 1 : 0;
}

/* A click with the same keys held, so that Ctrl-Enter opens a tab of its own. */
function pressed({ ctrlKey, metaKey, shiftKey }) {
  return new MouseEvent("click", { bubbles: true, cancelable: true, view: window, ctrlKey, metaKey, shiftKey });
}
