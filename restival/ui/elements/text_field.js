/* A field of text in one element: label, input, hint, counter and error. What is typed stays here; the server hears of
   it, and only writes into the field when `revision` changes. The field may become another one in the same place, its
   next `generation`: it looks as it was told then until the element itself is told of a change. */
export default {
  template: `
    <div :id="id" :class="['r-field', { 'r-wrong': look.error, 'r-readonly': look.readonly }]">
      <label v-if="look.label" class="r-label" :for="id + '-input'">{{ look.label }}</label>
      <div class="r-box">
        <span v-if="look.prefix" class="r-prefix" aria-hidden="true">{{ look.prefix }}</span>
        <component :is="look.multiline ? 'textarea' : 'input'" ref="input" :id="id + '-input'" v-bind="look.attributes"
          :value.prop="shown" :readonly="look.readonly" :aria-invalid="look.error ? 'true' : null"
          :aria-describedby="described" @input="type($event.target.value)" @focus="edit" @blur="editing = false" />
        <kbd v-if="look.shortcut" class="r-key-hint" aria-hidden="true">{{ look.shortcut }}</kbd>
      </div>
      <div v-if="look.hint || look.most" class="r-under">
        <span class="r-hint" :id="id + '-hint'">{{ look.hint }}</span>
        <span v-if="look.most" class="r-counter" :class="{ 'r-error': length > look.most }" :id="id + '-counter'">
          <span aria-hidden="true">{{ length }} / {{ look.most }}</span>
          <span class="r-unseen">{{
            t("{count} of {most} characters.", { count: length, most: look.most })
          }}</span></span>
      </div>
      <div v-if="look.error" class="r-error" role="alert" :id="id + '-error'">{{ look.error }}</div>
    </div>`,
  props: {
    id: String, label: String, value: String, revision: Number, generation: Number, attributes: Object,
    multiline: Boolean, readonly: Boolean, prefix: String, shortcut: String, hint: String, most: Number, error: String,
    grouped: { type: Number, default: null }, places: Number, point: String, mark: String,
  },
  emits: ["change"],
  data() {
    return { text: this.value, editing: false, renewed: null };
  },
  watch: {
    revision() {
      if (!this.editing) this.text = this.value; // what was typed meanwhile stays
    },
  },
  computed: {
    look() {
      return this.renewed?.generation > this.generation ? this.renewed : this.$props;
    },
    shown() {
      const { grouped = null, places, point, mark } = this.look;
      const number = grouped !== null && new RegExp(`^([-+]?)(\\d+)(?:[${point}](\\d*))?$`);
      const [, sign, whole, decimals = ""] = (number && number.exec(this.text.trim())) || [];
      if (this.editing || whole === undefined) return this.text;
      const groups = Number(whole) >= grouped ? whole.replace(/\B(?=(\d{3})+$)/g, mark) : whole;
      const padded = decimals.padEnd(places, "0");
      return sign + groups + (padded && point + padded);
    },
    described() {
      const told = { hint: this.look.hint, counter: this.look.most, error: this.look.error };
      const ids = Object.keys(told).filter((part) => told[part]).map((part) => `${this.id}-${part}`);
      return ids.length ? ids.join(" ") : null;
    },
    /* In code points, as the server counts: a character outside of the basic plane is two units long in JavaScript. */
    length() {
      return this.look.most ? [...this.text].length : 0;
    },
  },
  methods: {
    t: (...told) => window.restival.t(...told),
    renew(look) {
      this.renewed = look;
      this.text = look.value;
    },
    edit() {
      const changes = this.shown !== this.text;
      this.editing = true;
      // the browser selects all of a field that Tab leads to, which another text undoes
      if (changes) this.$nextTick(() => this.$refs.input.select());
    },
    type(text) {
      this.text = text;
      const { generation } = this.look;
      window.restival.inPieces(text, (piece) => this.$emit("change", piece, generation));
    },
  },
};
