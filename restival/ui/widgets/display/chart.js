/* A chart by ECharts or Plotly in the colours of the page, drawn again when they change. Options are data: nothing in
   them is run as code, and what ECharts would take as HTML is drawn as text. */
const PALETTE = ["#4f6fe8", "#12a089", "#e3902a", "#c9497f", "#8a63d9", "#3aa0d8", "#90a12e", "#d4563f"];
const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const MANY = 100_000; // characters of options, from which on a canvas is faster than elements

const copy = (value) => JSON.parse(JSON.stringify(value));
const isObject = (value) => value !== null && typeof value === "object";

function colours(element) {
  const style = getComputedStyle(element);
  const names = ["text", "muted", "line", "surface"];
  const probe = element.appendChild(document.createElement("span"));
  const found = names.map((name) => {
    probe.style.color = `var(--r-${name})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return { ...Object.fromEntries(found), font: style.fontFamily };
}

function asText(options) {
  for (const [key, value] of Object.entries(options)) {
    if (!isObject(value)) continue;
    if (key === "tooltip") for (const tip of [value].flat()) tip.renderMode = "richText";
    asText(value);
  }
  return options;
}

function echartsTheme({ text, muted, line, surface, font }, options) {
  const axis = {
    axisLine: { lineStyle: { color: line } },
    axisTick: { lineStyle: { color: line } },
    axisLabel: { color: muted },
    nameTextStyle: { color: muted },
    splitLine: { lineStyle: { color: line } },
    splitArea: { areaStyle: { color: ["transparent", "transparent"] } },
  };
  const words = { textStyle: { color: text } };
  return {
    color: PALETTE,
    backgroundColor: "transparent",
    textStyle: { color: text, fontFamily: font },
    title: { ...words, subtextStyle: { color: muted } },
    legend: words,
    grid: { left: 4, right: 16, top: options.title ? 72 : 40, bottom: options.legend ? 48 : 8, containLabel: true },
    tooltip: { backgroundColor: surface, borderColor: line, ...words },
    pie: { label: { color: text }, itemStyle: { borderColor: surface, borderWidth: 2 } },
    radar: { ...axis, axisName: { color: muted } },
    gauge: { title: { color: text }, detail: { color: text }, axisLabel: { color: muted } },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: axis,
    logAxis: axis,
    timeAxis: axis,
  };
}

function plotlyLayout(layout, { text, muted, line, font }) {
  const axis = { gridcolor: line, linecolor: line, zerolinecolor: line, tickfont: { color: muted } };
  const base = layout.template?.layout ?? {};
  const template = {
    ...(layout.template ?? {}),
    layout: {
      ...base,
      colorway: PALETTE,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { ...base.font, color: text, family: font },
      xaxis: { ...base.xaxis, ...axis },
      yaxis: { ...base.yaxis, ...axis },
      polar: { ...base.polar, bgcolor: "rgba(0,0,0,0)", angularaxis: axis, radialaxis: axis },
      margin: { t: layout.title ? 56 : 16, r: 16, b: 48, l: 56 },
    },
  };
  return { ...layout, template, autosize: true, height: undefined, width: undefined };
}

export default {
  template: `<div><p v-if="failed" class="r-hint">{{ t("This chart can't be drawn.") }}</p></div>`,
  props: { kind: String, options: Object },
  data: () => ({ failed: false }),
  mounted() {
    this.surface = document.createElement("div");
    this.surface.className = "r-plot-surface";
    this.$el.append(this.surface);
    this.onColours = new MutationObserver(() => this.dark !== this.isDark() && this.draw());
    this.onColours.observe(document.body, { attributeFilter: ["class"] });
    this.onSize = new ResizeObserver(() => this.resize());
    this.onSize.observe(this.$el);
    this.draw();
  },
  unmounted() {
    this.gone = true;
    this.onColours.disconnect();
    this.onSize.disconnect();
    this.clear();
  },
  watch: {
    options() {
      this.draw();
    },
  },
  methods: {
    t: (...told) => window.restival.t(...told),
    isDark: () => document.body.classList.contains("body--dark"),
    async draw() {
      this.dark = this.isDark();
      try {
        if (this.kind === "plotly") await this.drawPlotly();
        else await this.drawEcharts();
      } catch (error) {
        console.warn(error);
        this.failed = true;
      }
    },
    async drawEcharts() {
      const { echarts, loadEchartsGL } = await import("nicegui-echart");
      const options = asText(copy(this.options));
      if (Object.keys(options).some((key) => key.includes("3D"))) await loadEchartsGL();
      if (this.gone) return;
      const renderer = JSON.stringify(options).length > MANY ? "canvas" : "svg";
      const look = renderer + this.dark;
      if (this.look !== look || !this.chart) {  // else it moves to the new numbers
        this.clear();
        this.chart = echarts.init(this.surface, echartsTheme(colours(this.$el), options), { renderer });
      }
      this.look = look;
      this.chart.setOption({ animation: !STILL.matches, ...options }, { notMerge: true });
    },
    async drawPlotly() {
      const { Plotly } = await import("nicegui-plotly");
      if (this.gone) return;
      this.Plotly = Plotly;
      const { data, layout = {}, frames } = copy(this.options);
      const config = { displaylogo: false, responsive: false, displayModeBar: false };
      const drawn = { data, layout: plotlyLayout(layout, colours(this.$el)), config, frames };
      await Plotly.newPlot(this.surface, drawn);
    },
    clear() {
      this.chart?.dispose();
      this.chart = null;
      this.Plotly?.purge(this.surface);
    },
    resize() {
      this.chart?.resize();
      if (this.Plotly && this.surface.data) this.Plotly.Plots.resize(this.surface);
    },
  },
};
