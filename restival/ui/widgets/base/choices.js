/* Options that are all shown at once: radio buttons, or boxes where several may be chosen. The server hears only which
   are chosen. */
export default {
  template: `
    <div class="r-choices" :role="many ? 'group' : 'radiogroup'" :aria-labelledby="label ? id('label') : null"
      :aria-describedby="[hint && id('hint'), error && id('error')].filter(Boolean).join(' ') || null"
      :aria-required="many ? null : required" :aria-invalid="!many && error ? true : null">
      <div v-if="label" :id="id('label')" class="r-label">{{ label }}</div>
      <div v-if="hint" :id="id('hint')" class="r-hint">{{ hint }}</div>
      <div :class="['r-choices-list', { 'r-choices-rich': rich }]">
        <label v-for="option in options" :key="option.key" class="r-choices-option"
          :class="{ 'r-choices-on': picked.has(option.key), 'r-choices-off': off(option.key) }">
          <input :type="many ? 'checkbox' : 'radio'" :name="id('of')" :checked.prop="picked.has(option.key)"
            :disabled="off(option.key)" :aria-labelledby="id('name', option.key)"
            :aria-describedby="option.description ? id('about', option.key) : error ? id('error') : null"
            :aria-invalid="many && error ? true : null" @change="choose(option.key, $event.target)">
          <img v-if="option.image" :src="option.image" alt="" class="r-choices-image">
          <span class="r-choices-text">
            <span :id="id('name', option.key)">{{ option.label }}</span>
            <span v-if="option.description" :id="id('about', option.key)" class="r-hint">{{ option.description }}</span>
          </span>
        </label>
      </div>
      <div v-if="many || (!required && !disabled)" class="r-choices-foot">
        <span v-if="many" role="status">{{ told }}</span>
        <template v-if="!disabled">
          <button v-if="many && !tooMany" type="button" :disabled="picked.size === options.length" @click="all">
            {{ t("Select all") }}</button>
          <button type="button" :disabled="!picked.size" :class="{ 'r-choices-away': !many && !picked.size }"
            @click="none">
            {{ many ? t("Select none") : t("Clear") }}</button>
        </template>
      </div>
      <div v-if="error" :id="id('error')" class="r-error" role="alert">{{ error }}</div>
    </div>`,
  props: {
    label: String,
    hint: String,
    error: String,
    options: Array,
    many: Boolean,
    limit: { type: Number, default: null },
    required: Boolean,
    disabled: Boolean,
    chosen: { type: Array, default: () => [] },
  },
  data() {
    return { picked: new Set(this.chosen) };
  },
  computed: {
    rich() {
      return this.options.some((option) => option.description || option.image);
    },
    tooMany() {
      return this.limit !== null && this.options.length > this.limit;
    },
    told() {
      const told = { count: this.picked.size, limit: this.limit };
      return this.limit === null ? this.t("{count} selected", told) : this.t("{count} of {limit} selected", told);
    },
  },
  methods: {
    t: (...told) => window.restival.t(...told),
    id(part, key = "") {
      return `choices-${this.$.uid}-${part}${key}`;
    },
    off(key) {
      return this.disabled || (this.many && this.tooMany && this.picked.size >= this.limit && !this.picked.has(key));
    },
    choose(key, box) {
      if (!this.many) this.picked.clear();
      if (box.checked) this.picked.add(key);
      else this.picked.delete(key);
      this.tell();
    },
    all() {
      this.options.forEach((option) => this.picked.add(option.key));
      this.tell();
    },
    none() {
      this.picked.clear();
      this.tell();
      this.$nextTick(() => this.$el.querySelector("input")?.focus());
    },
    tell() {
      this.$emit("choose", [...this.picked]);
    },
  },
};
