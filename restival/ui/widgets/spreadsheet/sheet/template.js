/* What the spreadsheet draws: a grid of the rows in sight, and one input that follows the active cell. */
import { LONGEST_CELL, ROW } from "restival-sheet/cells.js";

const TOLD = 8;

export default `
  <div class="r-sheet" role="group" :aria-labelledby="id('label')" :aria-describedby="id('hint')">
    <div class="r-sheet-top">
      <div :id="id('label')" class="r-label">{{ label }}</div>
      <template v-if="!disabled">
        <button type="button" class="r-button r-plain" :disabled="busy !== ''" @click="$refs.file.click()">
          {{ t("Import file") }}</button>
        <button type="button" class="r-button r-plain" @click="addRow">{{ t("Add row") }}</button>
        <button type="button" class="r-button r-plain" :disabled="!filled" @click="removeRows">
          {{ area.rows > 1 ? t("Remove rows") : t("Remove row") }}</button>
      </template>
    </div>
    <div :id="id('hint')" class="r-hint">
      {{ hint }} <span v-if="!disabled" class="r-sheet-keys">{{
        t("Type or paste cells from a spreadsheet. Press Esc, then Tab to leave the table.") }}</span>
    </div>
    <div ref="scroll" class="r-sheet-scroll" :class="{ 'r-sheet-bad': summary }" @scroll="measure"
      @dragover.prevent @drop.prevent="!disabled && upload($event.dataTransfer.files)">
      <div role="grid" class="r-sheet-grid" :aria-labelledby="id('label')" :aria-rowcount="rows.length + 1"
        :aria-colcount="columns.length + 1" :aria-readonly="disabled" :style="{ '--columns': columns.length }">
        <div role="row" class="r-sheet-row r-sheet-head" aria-rowindex="1">
          <div role="columnheader" class="r-sheet-number"><span class="r-unseen">{{ t("Row") }}</span></div>
          <div v-for="column in columns" :key="column.name" role="columnheader"
            :class="{ 'r-number': column.type === 'number' }">
            <span class="r-sheet-name">{{ column.name }}</span>
            <span class="r-sheet-type">{{ kind(column) }}</span>
          </div>
        </div>
        <div role="rowgroup" class="r-sheet-body" :style="{ height: rows.length * ${ROW} + 'px' }"
          @mousedown="press" @mouseover="drag" @dblclick="edit">
          <div v-for="r in seen" :key="r" role="row" class="r-sheet-row" :aria-rowindex="r + 2"
            :style="{ top: r * ${ROW} + 'px' }">
            <div role="rowheader" class="r-sheet-number" :data-r="r">{{ r + 1 }}</div>
            <div v-for="(column, c) in columns" :key="c" role="gridcell" :id="id(r, c)" :data-r="r" :data-c="c"
              :class="classes(r, c)" :aria-invalid="marks.has(r + '.' + c) || null" :aria-selected="inside(r, c)"
              :title="marks.get(r + '.' + c) ?? null">{{ rows[r][c] }}</div>
          </div>
        </div>
      </div>
      <input ref="editor" type="text" class="r-sheet-editor" :class="{ 'r-sheet-editing': editing }" :style="place"
        :aria-label="t('{label}: {column}, row {number}', { label, column: columns[c].name, number: r + 1 })" :aria-invalid="mark ? true : null"
        :aria-describedby="mark ? id('mark') : id('hint')" :readonly="disabled" :maxlength="${LONGEST_CELL}"
        autocomplete="off" spellcheck="false"
        @input="write" @keydown="key" @focus="enter" @blur="leave" @copy="copy" @cut="cut" @paste="paste">
    </div>
    <div class="r-sheet-foot">
      <span :id="id('mark')" :class="{ 'r-error': mark }">{{ mark ?? busy }}</span>
      <span class="r-grow"></span>
      <span>{{ tn("{count} row", "{count} rows", filled) }}</span>
    </div>
    <input v-if="!disabled" ref="file" type="file" :accept="accept" hidden @change="upload($event.target.files)">
    <div class="r-sheet-said" role="status">{{ said }}</div>
    <div v-if="summary" class="r-sheet-errors">
      <div class="r-error" role="alert">{{ summary }}</div>
      <ul v-if="marks.size">
        <li v-for="[place, message] in [...marks].slice(0, ${TOLD})" :key="place">
          <button type="button" @click="show(place)">{{ message }}</button>
        </li>
      </ul>
      <div v-if="marks.size > ${TOLD}" class="r-hint">{{
        t("Highlighted cells not listed: {count}", { count: marks.size - ${TOLD} }) }}</div>
    </div>
  </div>`;
