/* Tags as chips in front of the field that adds them: by Enter, a comma, or by leaving the field. */
export default {
  template: `
    <div :id="id" :class="['r-field', { 'r-wrong': error, 'r-readonly': readonly }]">
      <label class="r-label" :for="id + '-input'">{{ label }}</label>
      <div class="r-box r-tags" @click.self="$refs.input?.focus()">
        <ul v-if="tags.length" :aria-label="t('Tags for {label}', { label })">
          <li v-for="tag in tags" :key="tag">{{ tag }}<button v-if="!readonly" type="button" @click="remove(tag)"
            :aria-label="t('Remove {name}', { name: tag })">×</button></li>
        </ul>
        <input v-if="!readonly" ref="input" :id="id + '-input'" type="text" autocomplete="off" :list="id + '-list'"
          v-model="typed" :placeholder="tags.length ? '' : placeholder" :disabled="full" role="combobox"
          :aria-invalid="error ? 'true' : null" :aria-describedby="described" aria-expanded="false"
          @input="changed" @keydown="press" @blur="add">
        <datalist :id="id + '-list'"><option v-for="word in offered" :key="word" :value="word"></option></datalist>
      </div>
      <div v-if="most" class="r-under"><span class="r-counter">{{ tags.length }} / {{ most }}</span></div>
      <div v-if="hint" class="r-under"><span class="r-hint" :id="id + '-hint'">{{ hint }}</span></div>
      <div v-if="error" class="r-error" role="alert" :id="id + '-error'">{{ error }}</div>
    </div>`,
  props: {
    id: String, label: String, hint: String, error: String, readonly: Boolean,
    value: Array, suggestions: Array, placeholder: String, most: { type: Number, default: null },
  },
  emits: ["change"],
  data() {
    return { tags: this.value, typed: "" };
  },
  computed: {
    full() {
      return this.most !== null && this.tags.length >= this.most;
    },
    offered() {
      return this.suggestions.filter((word) => !this.tags.includes(word));
    },
    described() {
      const ids = [this.hint && this.id + "-hint", this.error && this.id + "-error"].filter(Boolean);
      return ids.length ? ids.join(" ") : null;
    },
  },
  methods: {
    t: (...told) => window.restival.t(...told),
    add() {
      for (const tag of this.typed.split(",").map((part) => part.trim())) {
        if (tag && !this.full && !this.tags.includes(tag)) this.tags = [...this.tags, tag];
      }
      this.typed = "";
      this.tell();
    },
    remove(tag) {
      this.tags = this.tags.filter((other) => other !== tag);
      this.tell();
      this.$nextTick(() => this.$refs.input?.focus());
    },
    changed() {
      if (this.typed.includes(",") || this.offered.includes(this.typed)) this.add();
      else this.tell();
    },
    press(event) {
      if (event.key === "Enter" && this.typed.trim() && !event.ctrlKey && !event.metaKey) this.add();
      else if (event.key === "Backspace" && !this.typed && this.tags.length) this.remove(this.tags.at(-1));
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    tell() {
      const pending = this.typed.trim();
      this.$emit("change", pending && !this.tags.includes(pending) ? [...this.tags, pending] : this.tags);
    },
  },
};
