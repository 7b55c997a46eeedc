/* The browser's colour picker with a text field beside it. Nothing is filled in until one of the two is used. */
export default {
  template: `
    <div :id="id" :class="['r-field', { 'r-wrong': error, 'r-readonly': readonly }]">
      <label class="r-label" :for="id + '-input'">{{ label }}</label>
      <div class="r-box">
        <input class="r-swatch" type="color" :value.prop="swatch" :disabled="readonly" :aria-label="t('{label}, picker', { label })"
          @input="fill($event.target.value)">
        <input ref="input" :id="id + '-input'" type="text" autocomplete="off" spellcheck="false" placeholder="#rrggbb"
          :value.prop="text" :readonly="readonly" :aria-invalid="error ? 'true' : null" :aria-describedby="described"
          @input="fill($event.target.value)">
      </div>
      <div v-if="hint" class="r-under"><span class="r-hint" :id="id + '-hint'">{{ hint }}</span></div>
      <div v-if="error" class="r-error" role="alert" :id="id + '-error'">{{ error }}</div>
    </div>`,
  props: {
    id: String, label: String, hint: String, error: String, readonly: Boolean,
    value: String,
  },
  emits: ["change"],
  data() {
    return { text: this.value };
  },
  computed: {
    swatch() {
      return /^#[0-9a-f]{6}$/i.test(this.text.trim()) ? this.text.trim() : "#888888";
    },
    described() {
      const ids = [this.hint && this.id + "-hint", this.error && this.id + "-error"].filter(Boolean);
      return ids.length ? ids.join(" ") : null;
    },
  },
  methods: {
    t: (...told) => window.restival.t(...told),
    fill(text) {
      this.text = text;
      this.$emit("change", text);
    },
  },
};
