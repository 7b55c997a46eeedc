/* A drop zone with a button. A file goes by itself in a request of its own: to the app, which says what it has got, or
   where the action says (`presigned`). What may go well another time can be tried again. */
const UNITS = ["", "KB", "MB", "GB"];

function inWords(size) {
  const power = Math.min(3, Math.floor(Math.log10(Math.max(1, size)) / 3));
  if (!power) return window.restival.tn("{count} byte", "{count} bytes", size);
  const amount = (size / 1000 ** power).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
  return `${amount} ${UNITS[power]}`;
}

export default {
  template: `
    <div :id="id" role="group" :aria-labelledby="id + '-label'" :class="['r-field', { 'r-wrong': error || failure }]">
      <span class="r-label" :id="id + '-label'">{{ label }}</span>
      <ul v-if="files.length || running.length" class="r-files" :aria-label="t('Files for {label}', { label })">
        <li v-for="file in files" :key="file.id"><span>{{ file.name }}</span>
          <span class="r-hint">{{ words(file.size) }}</span>
          <button v-if="!readonly" type="button" :aria-label="t('Remove {name}', file)" @click="remove(file)">×</button></li>
        <li v-for="upload in running" :key="upload.number" :class="{ 'r-files-failed': upload.failure }">
          <span>{{ upload.file.name }}</span>
          <template v-if="upload.failure">
            <span class="r-error" role="alert">{{ upload.failure }}</span>
            <button type="button" class="r-button r-plain" :aria-label="t('Retry {name}', upload.file)"
              @click="start(upload)">{{ t("Retry") }}</button>
          </template>
          <template v-else>
            <progress max="1" :value="upload.share" :aria-label="t('Uploading {name}', upload.file)"></progress>
            <span class="r-hint">{{ Math.floor(upload.share * 100) }} %</span>
          </template>
          <button type="button" :aria-label="upload.failure ? t('Remove {name}', upload.file) : t('Stop uploading {name}', upload.file)"
            @click="stop(upload)">×</button></li>
      </ul>
      <div v-if="!readonly && (multiple || !files.length && !running.length)" :class="['r-drop', { 'r-over': over }]"
        @dragover.prevent="over = true" @dragleave="over = false" @drop.prevent="drop">
        <button ref="button" type="button" class="r-button r-plain" @click="$refs.chooser.click()" :id="id + '-button'"
          :aria-describedby="described">{{ multiple ? t("Choose files") : t("Choose file") }}</button>
        <span class="r-hint" :id="id + '-rules'">{{ multiple ? t("or drop them here ({rules})", { rules }) : t("or drop it here ({rules})", { rules }) }}</span>
        <input ref="chooser" type="file" hidden :accept="accept || null" :multiple="multiple" @change="choose">
      </div>
      <div v-if="hint" class="r-under"><span class="r-hint" :id="id + '-hint'">{{ hint }}</span></div>
      <div v-if="failure || error" class="r-error" role="alert" :id="id + '-error'">{{ failure || error }}</div>
    </div>`,
  props: {
    id: String, label: String, hint: String, error: String, readonly: Boolean,
    value: Array, field: String, accept: String, multiple: Boolean, rules: String,
    presigned: Boolean,
  },
  emits: ["change", "presign", "running"],
  data() {
    return { files: this.value, running: [], failure: "", over: false, number: 0 };
  },
  computed: {
    underWay() {
      return this.running.filter((upload) => !upload.failure).map((upload) => upload.file.name);
    },
    described() {
      const told = { rules: true, hint: this.hint, error: this.error || this.failure };
      return Object.keys(told).filter((part) => told[part]).map((part) => `${this.id}-${part}`).join(" ");
    },
  },
  watch: {
    underWay(names, before) {
      if (names.join("/") !== before.join("/")) this.$emit("running", names);
    },
  },
  created() {
    this.order = {};
  },
  unmounted() {
    for (const upload of this.running) upload.request?.abort();
  },
  methods: {
    t: (...told) => window.restival.t(...told),
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
      for (const file of this.multiple ? files : files.slice(0, 1)) {
        this.running.push({ number: (this.number += 1), file, share: 0, failure: "", request: null });
        this.start(this.running.at(-1));
      }
    },
    start(upload) {
      upload.failure = "";
      upload.share = 0;
      const { file, number } = upload;
      if (!this.presigned) return this.put(upload, this.own(file), (request) => this.taken(upload, request));
      const { name, size, lastModified } = file;
      const told = { name, size, type: this.type(file), last_modified: new Date(lastModified).toISOString() };
      this.$emit("presign", { number, file: told });
    },
    type(file) {
      return file.type || "application/octet-stream";
    },
    own(file) {
      const [, transaction, call] = this.$el.closest("[data-draft]").dataset.draft.split("/");
      const query = new URLSearchParams({ name: file.name, last_modified: file.lastModified });
      const place = [transaction, call.split(".")[0], this.field].map(encodeURIComponent).join("/");
      return `${window.path_prefix || ""}/api/files/${place}?${query}`;
    },
    put(upload, url, arrived) {
      const request = (upload.request = new XMLHttpRequest());
      request.upload.onprogress = (event) => (upload.share = event.total ? event.loaded / event.total : 0);
      request.onload = () => arrived(request);
      request.onerror = () => this.failed(upload, this.presigned
        ? this.t("the storage can't be reached, or its CORS rules don't allow this page.")
        : this.t("the connection was lost."));
      request.open("PUT", url);
      request.setRequestHeader("content-type", this.type(upload.file));
      request.send(upload.file);
    },
    failed(upload, why) {
      upload.failure = this.t("{name} couldn't be uploaded: {why}", { name: upload.file.name, why });
    },
    taken(upload, request) {
      let answer = {};
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        answer.error = this.t("the app returned {status}.", { status: String(request.status) });
      }
      if (request.status === 201) return this.arrived(upload, answer);
      if (request.status >= 500) return this.failed(upload, answer.error);
      this.ended(upload);
      this.failure = answer.error;
    },
    send(number, where, failure, final) {
      const upload = this.running.find((other) => other.number === number);
      if (!upload) return;
      if (final) this.ended(upload);
      if (final) this.failure = failure;
      else if (failure) upload.failure = failure;
      else this.put(upload, where.upload_url, ({ status }) => {
        if (status >= 200 && status < 300) this.arrived(upload, where.file);
        else this.failed(upload, this.t("the storage rejected the file ({status}).", { status: String(status) }));
      });
    },
    arrived(upload, file) {
      this.ended(upload);
      this.order[file.id] = upload.number;
      const place = ({ id }) => this.order[id] ?? 0;
      this.files = [...this.files, file].sort((a, b) => place(a) - place(b)); // as they were chosen
      this.$emit("change", this.files);
    },
    ended(upload) {
      this.running = this.running.filter((other) => other.number !== upload.number);
    },
    stop(upload) {
      upload.request?.abort();
      this.ended(upload);
      this.$nextTick(() => this.$refs.button?.focus());
    },
    remove(file) {
      this.files = this.files.filter((other) => other.id !== file.id);
      this.$emit("change", this.files);
      this.$nextTick(() => this.$refs.button?.focus());
    },
  },
};
