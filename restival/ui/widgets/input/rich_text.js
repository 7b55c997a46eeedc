/* Quasar's editor, which has no name of its own for those who can't see its label. */
const TOOLS = [["bold", "italic", "underline", "strike"], ["unordered", "ordered", "quote"], ["link", "removeFormat"], ["undo", "redo"]];

export default {
  template: `
    <div :id="id" :class="['r-field', { 'r-wrong': error, 'r-readonly': readonly }]">
      <div class="r-label" :id="id + '-label'" @click="focus">{{ label }}</div>
      <q-editor ref="editor" v-model="html" :readonly="readonly" :disable="false" :placeholder="placeholder" flat
        min-height="7.5rem" max-height="60vh" :toolbar="readonly ? [] : tools" class="r-editor" @update:model-value="tell" />
      <div v-if="hint" class="r-under"><span class="r-hint" :id="id + '-hint'">{{ hint }}</span></div>
      <div v-if="error" class="r-error" role="alert" :id="id + '-error'">{{ error }}</div>
    </div>`,
  props: {
    id: String, label: String, hint: String, error: String, readonly: Boolean,
    value: String, placeholder: String,
  },
  emits: ["change"],
  data() {
    return { html: this.value, tools: TOOLS };
  },
  computed: {
    described() {
      const ids = [this.hint && this.id + "-hint", this.error && this.id + "-error"].filter(Boolean);
      return ids.length ? ids.join(" ") : null;
    },
  },
  mounted() {
    this.name();
    this.watch = new MutationObserver(() => this.name());  // the editor draws its buttons anew by itself
    this.watch.observe(this.$el, { childList: true, subtree: true });
  },
  unmounted() {
    this.watch.disconnect();
  },
  updated() {
    this.name();
  },
  methods: {
    name() {
      const content = this.$el.querySelector(".q-editor__content");
      const described = this.described;
      const attributes = {
        role: "textbox", "aria-multiline": "true", "aria-labelledby": this.id + "-label", "aria-describedby": described,
        "aria-invalid": this.error ? "true" : null, "aria-readonly": this.readonly ? "true" : null, tabindex: "0",
      };
      for (const [name, value] of Object.entries(attributes)) {
        if (value === null) content.removeAttribute(name);
        else content.setAttribute(name, value);
      }
      for (const button of this.$el.querySelectorAll(".q-editor__toolbar a.q-btn")) button.setAttribute("role", "button");
      for (const button of this.$el.querySelectorAll(".q-editor__toolbar button:not([aria-label])")) {
        button.setAttribute("aria-label", button.textContent.trim().replace(/^format_/, "").replaceAll("_", " "));
      }
    },
    focus() {
      this.$el.querySelector(".q-editor__content").focus();
    },
    tell(html) {
      window.restival.inPieces(html, (piece) => this.$emit("change", piece));
    },
  },
};
