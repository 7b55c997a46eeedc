/* A field of text in one element: label, input, hint, counter and error. What is typed stays here; the server hears of
   it, and only writes into the field when `revision` changes. */
export default {
  template: `
    <div :id="id" :class="['r-field', { 'r-wrong': error, 'r-readonly': readonly }]">
      <label v-if="label" class="r-label" :for="id + '-input'">{{ label }}</label>
      <div class="r-box">
        <span v-if="prefix" class="r-prefix" aria-hidden="true">{{ prefix }}</span>
        <component :is="multiline ? 'textarea' : 'input'" ref="input" :id="id + '-input'" v-bind="attributes"
          :value.prop="shown" :readonly="readonly" :aria-invalid="error ? 'true' : null"
          :aria-describedby="described" @input="type($event.target.value)" @focus="edit" @blur="editing = false" />
        <kbd v-if="shortcut" class="r-key-hint" aria-hidden="true">{{ shortcut }}</kbd>
      </div>
      <div v-if="hint || most" class="r-under">
        <span class="r-hint" :id="id + '-hint'">{{ hint }}</span>
        <span v-if="most" class="r-counter" :class="{ 'r-error': length > most }" :id="id + '-counter'">
          <span aria-hidden="true">{{ length }} / {{ most }}</span>
          <span class="r-unseen">{{ t("{count} of at most {most} characters.", { count: length, most }) }}</span></span>
      </div>
      <div v-if="error" class="r-error" role="alert" :id="id + '-error'">{{ error }}</div>
    </div>`,
  props: {
    id: String, label: String, value: String, revision: Number, attributes: Object, multiline: Boolean,
    readonly: Boolean, prefix: String, shortcut: String, hint: String, most: Number, error: String,
    groupedFrom: { type: Number, default: null }, places: Number, point: String, mark: String,
  },
  emits: ["change"],
  data() {
    return { text: this.value, editing: false };
  },
  watch: {
    revision() {
      this.text = this.value;
    },
  },
  computed: {
    shown() {
      const number = this.groupedFrom !== null && new RegExp(`^([-+]?)(\\d+)(?:[${this.point}](\\d*))?$`);
      const [, sign, whole, decimals = ""] = (number && number.exec(this.text.trim())) || [];
      if (this.editing || whole === undefined) return this.text;
      const groups = Number(whole) >= this.groupedFrom ? whole.replace(/\B(?=(\d{3})+$)/g, this.mark) : whole;
      const padded = decimals.padEnd(this.places, "0");
      return sign + groups + (padded && this.point + padded);
    },
    described() {
      const told = { hint: this.hint, counter: this.most, error: this.error };
      const ids = Object.keys(told).filter((part) => told[part]).map((part) => `${this.id}-${part}`);
      return ids.length ? ids.join(" ") : null;
    },
    /* In code points, as the server counts: a character outside of the basic plane is two units long in JavaScript. */
    length() {
      return this.most ? [...this.text].length : 0;
    },
  },
  methods: {
    t: (...told) => window.restival.t(...told),
    edit() {
      const changes = this.shown !== this.text;
      this.editing = true;
      // the browser selects all of a field that Tab leads to, which another text undoes
      if (changes) this.$nextTick(() => this.$refs.input.select());
    },
    type(text) {
      this.text = text;
      window.restival.inPieces(text, (piece) => this.$emit("change", piece));
    },
  },
};
