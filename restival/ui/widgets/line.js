/* A field of text in one element: label, input, hint, counter and error. What is typed stays here; the server hears of
   it, and only writes into the field when `revision` changes. */
export default {
  template: `
    <div :id="id" :class="['r-field', { 'r-wrong': error, 'r-readonly': readonly }]">
      <label v-if="label" class="r-label" :for="id + '-input'">{{ label }}</label>
      <div class="r-box">
        <span v-if="prefix" class="r-prefix" aria-hidden="true">{{ prefix }}</span>
        <component :is="multiline ? 'textarea' : 'input'" ref="input" :id="id + '-input'" v-bind="attributes"
          :value.prop="text" :readonly="readonly" :aria-invalid="error ? 'true' : null"
          :aria-describedby="described" @input="type($event.target.value)" />
        <kbd v-if="shortcut" class="r-key-hint" aria-hidden="true">{{ shortcut }}</kbd>
      </div>
      <div v-if="hint || most" class="r-under">
        <span class="r-hint" :id="id + '-hint'">{{ hint }}</span>
        <span v-if="most" class="r-counter" :class="{ 'r-error': text.length > most }">{{ text.length }} / {{ most }}</span>
      </div>
      <div v-if="error" class="r-error" role="alert" :id="id + '-error'">{{ error }}</div>
    </div>`,
  props: {
    id: String, label: String, value: String, revision: Number, attributes: Object, multiline: Boolean,
    readonly: Boolean, prefix: String, shortcut: String, hint: String, most: Number, error: String,
  },
  emits: ["change"],
  data() {
    return { text: this.value };
  },
  watch: {
    revision() {
      this.text = this.value;
    },
  },
  computed: {
    described() {
      const ids = [this.hint && this.id + "-hint", this.error && this.id + "-error"].filter(Boolean);
      return ids.length ? ids.join(" ") : null;
    },
  },
  methods: {
    type(text) {
      this.text = text;
      window.restival.inPieces(text, (piece) => this.$emit("change", piece));
    },
  },
};
