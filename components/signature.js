/* A pad to sign on. The drawing has one size, whatever the screen has: ink on nothing, shown on white. Each stroke that
   ends is told to the server, with all that was drawn before it. */
const WIDTH = 630;
const HEIGHT = 180;

export default {
  template: `
    <div :id="id" style="display: grid; gap: 8px; max-width: 420px">
      <div v-if="!typing" style="position: relative">
        <canvas ref="pad" :width="${WIDTH}" :height="${HEIGHT}" role="img"
          :aria-label="empty ? 'Signature pad, empty' : 'Signature pad, signed'"
          :style="{ display: 'block', width: '100%', aspectRatio: '${WIDTH} / ${HEIGHT}', background: '#fff', borderRadius: '8px',
            border: '1px ' + (readonly ? 'dashed' : 'solid') + ' var(--r-line-strong)', touchAction: 'none',
            cursor: readonly ? 'default' : 'crosshair' }"
          @pointerdown="begin" @pointermove="go" @pointerup="end" @pointercancel="end"></canvas>
        <div aria-hidden="true" style="position: absolute; left: 6%; right: 6%; bottom: 24%; border-bottom: 1px solid #b6bcc6; pointer-events: none"></div>
        <div v-if="empty" aria-hidden="true" style="position: absolute; left: 6%; bottom: 6%; color: #5b6472; font-size: 13px; pointer-events: none">
          Sign above the line</div>
      </div>
      <div v-else class="r-box"><input ref="name" type="text" autocomplete="name" aria-label="Your name, instead of drawing"
        placeholder="Your full name" :value="text" :readonly="readonly" @input="write($event.target.value)"></div>
      <div v-if="!readonly" style="display: flex; gap: 8px; flex-wrap: wrap">
        <button v-if="!typing" type="button" class="r-button r-plain" :disabled="empty" @click="clear">Clear</button>
        <button type="button" class="r-button r-quiet" @click="turn">
          {{ typing ? "Draw instead" : "Type your name instead" }}</button>
      </div>
      <span class="r-unseen" role="status">{{ told }}</span>
    </div>`,
  props: { id: String, drawing: String, name: String, readonly: Boolean },
  emits: ["change"],
  data() {
    return { typing: Boolean(this.name), text: this.name ?? "", empty: !this.drawing, last: this.drawing, told: "" };
  },
  mounted() {
    this.restore();
  },
  methods: {
    restore() {
      if (this.typing || !this.last) return;
      const image = new Image();
      image.onload = () => this.$refs.pad?.getContext("2d").drawImage(image, 0, 0);
      image.src = this.last;
    },
    at(event) {
      const box = this.$refs.pad.getBoundingClientRect();
      return [((event.clientX - box.left) * WIDTH) / box.width, ((event.clientY - box.top) * HEIGHT) / box.height];
    },
    begin(event) {
      if (this.readonly || event.button !== 0 || !event.isPrimary) return;
      event.preventDefault();
      this.$refs.pad.setPointerCapture(event.pointerId);
      const pen = this.$refs.pad.getContext("2d");
      Object.assign(pen, { lineWidth: 3.5, lineCap: "round", lineJoin: "round", strokeStyle: "#14213d" });
      this.point = this.at(event);
      this.line([this.point[0] + 0.1, this.point[1]]);
    },
    go(event) {
      if (!this.point) return;
      for (const each of event.getCoalescedEvents?.() ?? [event]) this.line(this.at(each));
    },
    line(to) {
      const pen = this.$refs.pad.getContext("2d");
      pen.beginPath();
      pen.moveTo(...this.point);
      pen.lineTo(...to);
      pen.stroke();
      this.point = to;
    },
    end() {
      if (!this.point) return;
      this.point = null;
      this.empty = false;
      this.tell(this.$refs.pad.toDataURL("image/png"), null);
    },
    clear() {
      this.$refs.pad.getContext("2d").clearRect(0, 0, WIDTH, HEIGHT);
      this.empty = true;
      this.told = "Signature cleared";
      this.tell(null, null);
    },
    write(text) {
      this.text = text;
      this.tell(null, text);
    },
    async turn() {
      this.typing = !this.typing;
      this.tell(this.typing ? null : this.last, this.typing ? this.text : null);
      await this.$nextTick();
      this.restore();
      this.$refs.name?.focus();
    },
    tell(drawing, name) {
      if (!this.typing) this.last = drawing;
      this.$emit("change", { drawing, name });
    },
  },
};
