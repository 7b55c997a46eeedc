/* Tabs (WAI-ARIA's pattern, chosen as the focus moves). The panels stay in the page, so that fields keep what they hold.
   `marked` counts the times that the server has looked for errors: then a tab with errors comes to the front. */
export default {
  template: `
    <div :id="id" class="r-tabs">
      <div class="r-tab-list" role="tablist" @keydown="press">
        <button v-for="(label, i) in labels" :key="i" type="button" role="tab" ref="tabs" class="r-tab"
          :id="id + '-tab-' + i" :aria-controls="id + '-panel-' + i" :aria-selected="i === at ? 'true' : 'false'"
          :tabindex="i === at ? 0 : -1" :class="{ 'r-tab-wrong': wrong.includes(i) }" @click="at = i">
          {{ label }}<span v-if="wrong.includes(i)" class="r-unseen"> ({{ t("has errors") }})</span></button>
      </div>
      <div v-for="(label, i) in labels" :key="i" v-show="i === at" role="tabpanel" class="r-tab-panel"
        :id="id + '-panel-' + i" :aria-labelledby="id + '-tab-' + i"><slot :name="'panel-' + i"></slot></div>
    </div>`,
  props: { id: String, labels: Array, wrong: Array, marked: Number },
  data() {
    return { at: this.wrong.length ? this.wrong[0] : 0 };
  },
  watch: {
    marked() {
      if (this.wrong.length && !this.wrong.includes(this.at)) this.at = this.wrong[0];
    },
  },
  methods: {
    t: (...told) => window.restival.t(...told),
    press(event) {
      const last = this.labels.length - 1;
      const to = { ArrowRight: this.at === last ? 0 : this.at + 1, ArrowLeft: this.at === 0 ? last : this.at - 1,
        Home: 0, End: last }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      this.at = to;
      this.$refs.tabs[to].focus();
    },
  },
};
