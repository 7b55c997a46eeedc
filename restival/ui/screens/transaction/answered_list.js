/* Pieces of HTML that only become more. A piece may be told of twice: with the element, and by itself. */
export default {
  template: `<div class="r-answered-run"></div>`,
  props: { items: Array },
  mounted() {
    this.items.forEach((item, n) => this.add(n, item));
  },
  methods: {
    add(n, item) {
      if (n !== this.$el.childElementCount) return;
      this.$el.insertAdjacentHTML("beforeend", `<div class="r-answered">${item}</div>`);
    },
  },
};
