/* A drop zone with a button. A file goes by itself in a request of its own; the form gets what the server says of it. */
const UNITS = ["bytes", "KB", "MB", "GB"];

function inWords(size) {
  const power = Math.min(3, Math.floor(Math.log10(Math.max(1, size)) / 3));
  return `${(size / 1000 ** power).toFixed(power ? 1 : 0).replace(".0", "")} ${UNITS[power]}`;
}

export default {
  template: `
    <div :id="id" role="group" :aria-labelledby="id + '-label'" :class="['r-field', { 'r-wrong': error || failure }]">
      <span class="r-label" :id="id + '-label'">{{ label }}</span>
      <ul v-if="files.length || running.length" class="r-files" :aria-label="'Files of ' + label">
        <li v-for="file in files" :key="file.id"><span>{{ file.name }}</span>
          <span class="r-hint">{{ words(file.size) }}</span>
          <button v-if="!readonly" type="button" :aria-label="'Remove ' + file.name" @click="remove(file)">×</button></li>
        <li v-for="upload in running" :key="upload.number"><span>{{ upload.name }}</span>
          <progress max="1" :value="upload.share" :aria-label="'Upload of ' + upload.name"></progress>
          <span class="r-hint">{{ Math.floor(upload.share * 100) }} %</span>
          <button type="button" :aria-label="'Stop ' + upload.name" @click="stop(upload)">×</button></li>
      </ul>
      <div v-if="!readonly && (multiple || !files.length && !running.length)" :class="['r-drop', { 'r-over': over }]"
        @dragover.prevent="over = true" @dragleave="over = false" @drop.prevent="drop">
        <button ref="button" type="button" class="r-button r-plain" @click="$refs.chooser.click()" :id="id + '-button'"
          :aria-describedby="described">{{ multiple ? "Choose files" : "Choose file" }}</button>
        <span class="r-hint">or drop {{ multiple ? "them" : "it" }} here ({{ rules }})</span>
        <input ref="chooser" type="file" hidden :accept="accept || null" :multiple="multiple" @change="choose">
      </div>
      <div v-if="hint" class="r-under"><span class="r-hint" :id="id + '-hint'">{{ hint }}</span></div>
      <div v-if="failure || error" class="r-error" role="alert" :id="id + '-error'">{{ failure || error }}</div>
    </div>`,
  props: {
    id: String, label: String, hint: String, error: String, readonly: Boolean,
    value: Array, field: String, accept: String, multiple: Boolean, rules: String,
  },
  emits: ["change"],
  data() {
    return { files: this.value, running: [], failure: "", over: false, number: 0 };
  },
  computed: {
    described() {
      const ids = [this.hint && this.id + "-hint", (this.error || this.failure) && this.id + "-error"].filter(Boolean);
      return ids.length ? ids.join(" ") : null;
    },
  },
  unmounted() {
    for (const upload of this.running) upload.request.abort();
  },
  methods: {
    words: inWords,
    choose(event) {
      this.take([...event.target.files]);
      event.target.value = "";
    },
    drop(event) {
      this.over = false;
      this.take([...event.dataTransfer.files]);
    },
    take(files) {
      this.failure = "";
      for (const file of this.multiple ? files : files.slice(0, 1)) this.send(file);
    },
    send(file) {
      const [, transaction, call] = this.$el.closest("[data-draft]").dataset.draft.split("/");
      const query = new URLSearchParams({ name: file.name, last_modified: file.lastModified });
      const place = [transaction, call.split(".")[0], this.field].map(encodeURIComponent).join("/");
      const request = new XMLHttpRequest();
      this.running.push({ number: (this.number += 1), name: file.name, share: 0, request });
      const upload = this.running.at(-1);
      request.upload.onprogress = (event) => (upload.share = event.total ? event.loaded / event.total : 0);
      request.onload = () => this.arrived(upload, request);
      request.onerror = () => this.ended(upload, `${file.name} couldn't be uploaded. Please choose it again.`);
      request.open("PUT", `${window.path_prefix || ""}/api/files/${place}?${query}`);
      request.setRequestHeader("content-type", file.type || "application/octet-stream");
      request.send(file);
    },
    arrived(upload, request) {
      let answer = {};
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        answer = { error: `${upload.name} couldn't be uploaded. Please choose it again.` };
      }
      this.ended(upload, request.status === 201 ? "" : answer.error);
      if (request.status !== 201) return;
      this.files = [...this.files, answer];
      this.$emit("change", this.files);
    },
    ended(upload, failure) {
      this.running = this.running.filter((other) => other.number !== upload.number);
      if (failure) this.failure = failure;
    },
    stop(upload) {
      upload.request.abort();
      this.ended(upload, "");
      this.$nextTick(() => this.$refs.button?.focus());
    },
    remove(file) {
      this.files = this.files.filter((other) => other.id !== file.id);
      this.$emit("change", this.files);
      this.$nextTick(() => this.$refs.button?.focus());
    },
  },
};
