/* A combobox (WAI-ARIA's pattern with a listbox). Each change of the query asks the server at once; while an answer is
   under way only the newest query waits for its turn, so answers can't come in the wrong order. */
export default {
  template: `
    <div :id="id" :class="['r-field', 'r-search-box', { 'r-wrong': error, 'r-readonly': readonly }]" @focusout="leave">
      <label class="r-label" :for="id + '-input'">{{ label }}</label>
      <ul v-if="picked.length" class="r-chips" :aria-label="t('Chosen for {label}', { label })">
        <li v-for="item in picked" :key="item.key" class="r-chip-item">
          <img v-if="item.image" :src="item.image" alt="" class="r-option-image">
          <span>{{ item.label }}</span>
          <button v-if="!readonly" type="button" :aria-label="t('Remove {name}', { name: item.label })" @click="remove(item)">×</button>
        </li>
      </ul>
      <div v-show="multiple || !picked.length" class="r-anchor"><div class="r-box">
        <input ref="input" :id="id + '-input'" type="text" role="combobox" autocomplete="off" spellcheck="false"
          :placeholder="placeholder" :value.prop="query" :readonly="readonly" :aria-expanded="open ? 'true' : 'false'"
          aria-autocomplete="list" :aria-controls="id + '-list'" :aria-invalid="error ? 'true' : null"
          :aria-describedby="described" :aria-activedescendant="open && at >= 0 ? id + '-' + at : null"
          @input="type($event.target.value)" @click="unfold" @keydown="press">
        <span v-if="busy" class="r-spinner" aria-hidden="true"></span>
      </div>
      <div v-show="open" class="r-results">
        <ul :id="id + '-list'" role="listbox" :aria-label="label" :aria-busy="busy ? 'true' : 'false'">
          <li v-for="(item, i) in results" :key="item.key" :id="id + '-' + i" role="option"
            :aria-selected="isPicked(item) ? 'true' : 'false'" :class="{ 'r-at': i === at }"
            @mousedown.prevent @click="pick(item)" @mousemove="at = i">
            <img v-if="item.image" :src="item.image" alt="" class="r-option-image">
            <span class="r-result-text"><span>{{ item.label }}</span>
              <span v-if="item.description" class="r-hint">{{ item.description }}</span></span>
          </li>
        </ul>
        <div v-if="failure" class="r-results-note r-error" role="alert">{{ failure }}
          <button type="button" class="r-button r-quiet" @mousedown.prevent @click="ask">{{ t("Retry") }}</button></div>
        <div v-else-if="!results.length" class="r-results-note r-hint">
          {{ busy ? t("Searching…") : answered ? t("No results") : t("Type to search.") }}</div>
      </div></div>
      <div v-if="hint" class="r-under"><span class="r-hint" :id="id + '-hint'">{{ hint }}</span></div>
      <div v-if="error" class="r-error" role="alert" :id="id + '-error'">{{ error }}</div>
      <span class="r-unseen" role="status">{{ told }}</span>
    </div>`,
  props: {
    id: String, label: String, initial: Array, placeholder: String, multiple: Boolean, chosen: Array,
    hint: String, error: String, readonly: Boolean,
  },
  emits: ["search", "choose"],
  data() {
    return {
      query: "", results: this.initial, picked: this.chosen, open: false, at: -1, moved: false, number: 0,
      busy: false, waits: false, answered: false, failure: "",
    };
  },
  computed: {
    described() {
      const ids = [this.hint && this.id + "-hint", this.error && this.id + "-error"].filter(Boolean);
      return ids.length ? ids.join(" ") : null;
    },
    told() {
      if (!this.open || this.busy || !this.answered) return "";
      return window.restival.tn("{count} result", "{count} results", this.results.length);
    },
  },
  methods: {
    t: (...told) => window.restival.t(...told),
    type(text) {
      this.query = text;
      this.moved = false;
      this.unfold();
      if (text.trim()) return this.ask();
      this.waits = false;
      this.results = this.initial;
      this.answered = false;
      this.failure = "";
      this.at = -1;
    },
    ask() {
      this.failure = "";
      if (this.busy) {
        this.waits = true;
        return;
      }
      this.busy = true;
      this.number += 1;
      this.$emit("search", { number: this.number, query: this.query });
    },
    show(number, results, failure) {
      if (number !== this.number) return;
      this.busy = false;
      if (this.waits) {
        this.waits = false;
        this.ask();
      }
      if (!this.query.trim()) return;
      this.failure = failure;
      if (failure) return;
      const was = this.moved ? this.results[this.at] : null;
      const same = (result) => result.label === was.label && result.description === was.description;
      this.results = results;
      this.answered = true;
      this.at = Math.max(was ? results.findIndex(same) : -1, results.length ? 0 : -1);
    },
    unfold() {
      if (!this.readonly) this.open = true;
    },
    leave(event) {
      if (!this.$el.contains(event.relatedTarget)) this.open = false;
    },
    press(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        this.unfold();
        const most = this.results.length - 1;
        this.moved = true;
        this.at = Math.max(most < 0 ? -1 : 0, Math.min(most, this.at + step));
        this.$nextTick(() => document.getElementById(this.id + "-" + this.at)?.scrollIntoView({ block: "nearest" }));
      } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && this.open && this.at >= 0) {
        this.pick(this.results[this.at]);
      } else if (event.key === "Escape" && this.open) {
        this.open = false;
      } else if (event.key === "Backspace" && !this.query && this.multiple && this.picked.length) {
        this.remove(this.picked.at(-1));
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    },
    isPicked(item) {
      return this.picked.some((other) => other.key === item.key);
    },
    pick(item) {
      if (this.multiple && this.isPicked(item)) return this.remove(item);
      this.tell(this.multiple ? [...this.picked, item] : [item]);
      this.query = "";
      this.results = this.initial;
      this.answered = false;
      this.at = -1;
      this.open = false;
      this.$nextTick(() => this.multiple ? this.$refs.input.focus() : this.$el.querySelector(".r-chips button")?.focus());
    },
    remove(item) {
      this.tell(this.picked.filter((other) => other.key !== item.key));
      this.$nextTick(() => this.$refs.input.focus());
    },
    tell(picked) {
      this.picked = picked;
      this.$emit("choose", picked);
    },
  },
};
