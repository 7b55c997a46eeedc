/* A line with a number in it: in groups of three digits while it isn't edited, as it was typed while it is. */
const NUMBER = /^([-+]?)(\d+)(?:\.(\d*))?$/;

export default {
  template: `
    <q-input ref="qRef" v-bind="$attrs" :model-value="editing ? typed : grouped" @update:model-value="type"
      @focus="edit" @blur="editing = false">
      <template v-for="(_, slot) in $slots" v-slot:[slot]="slotProps">
        <slot :name="slot" v-bind="slotProps || {}" />
      </template>
    </q-input>`,
  props: { value: String, groupedFrom: Number, places: Number },
  data() {
    return { typed: this.value ?? "", editing: false };
  },
  computed: {
    grouped() {
      const [, sign, whole, decimals = ""] = NUMBER.exec(this.typed.trim()) ?? [];
      if (whole === undefined) return this.typed;
      const groups = Number(whole) >= this.groupedFrom ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
      const padded = decimals.padEnd(this.places, "0");
      return sign + groups + (padded && `.${padded}`);
    },
  },
  watch: {
    value() {
      this.updateValue();
    },
  },
  methods: {
    updateValue() {
      this.typed = this.value ?? "";
    },
    type(value) {
      this.typed = value ?? "";
      this.$emit("update:value", this.typed);
    },
    edit() {
      const changes = this.grouped !== this.typed;
      this.editing = true;
      // the browser selects all of a field that Tab leads to, which the other text would undo
      if (changes) this.$nextTick(() => this.$refs.qRef.select());
    },
  },
};
