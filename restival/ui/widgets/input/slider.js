/* A range with a number field beside it. Nothing is filled in until one of the two is used. */
export default {
  template: `
    <div :id="id" :class="['r-field', { 'r-wrong': error, 'r-readonly': readonly }]">
      <label class="r-label" :for="id + '-input'">{{ label }}</label>
      <div class="r-slider">
        <input type="range" :min="min" :max="max" :step="step" :value.prop="at" :disabled="readonly"
          :aria-label="t('{label}, slider', { label })" @input="fill(typed($event.target.value))">
        <div class="r-box"><input ref="input" :id="id + '-input'" type="text" inputmode="decimal" autocomplete="off"
          :value.prop="text" :readonly="readonly" :placeholder="'–'" :aria-invalid="error ? 'true' : null"
          :aria-describedby="described" @input="fill($event.target.value)" @keydown.up.prevent="move(1)"
          @keydown.down.prevent="move(-1)"></div>
      </div>
      <div class="r-under r-ends" aria-hidden="true"><span>{{ typed(String(min)) }}</span><span>{{ typed(String(max)) }}</span></div>
      <div v-if="hint" class="r-under"><span class="r-hint" :id="id + '-hint'">{{ hint }}</span></div>
      <div v-if="error" class="r-error" role="alert" :id="id + '-error'">{{ error }}</div>
    </div>`,
  props: {
    id: String, label: String, hint: String, error: String, readonly: Boolean,
    value: String, min: Number, max: Number, step: Number, point: String,
  },
  emits: ["change"],
  data() {
    return { text: this.value };
  },
  computed: {
    at() {
      const number = Number(this.text.replace(this.point, "."));
      return this.text.trim() && Number.isFinite(number) ? number : this.min;
    },
    described() {
      const ids = [this.hint && this.id + "-hint", this.error && this.id + "-error"].filter(Boolean);
      return ids.length ? ids.join(" ") : null;
    },
  },
  methods: {
    t: (...told) => window.restival.t(...told),
    typed(number) {
      return number.replace(".", this.point);
    },
    fill(text) {
      this.text = text;
      this.$emit("change", text);
    },
    move(by) {
      if (this.readonly) return;
      const digits = (String(this.step).split(".")[1] ?? "").length;
      const next = Math.min(this.max, Math.max(this.min, this.at + by * this.step));
      this.fill(this.typed(String(Number(next.toFixed(digits)))));
    },
  },
};
