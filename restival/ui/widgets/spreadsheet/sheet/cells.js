/* A row is a list of cells, each a text; on the screen it is ROW pixels high. */
export const LONGEST_CELL = 32_767;
export const ROW = 36;

export const lengthOf = (row) => row.reduce((sum, cell) => sum + cell.length + 1, 0);
export const isBlank = (row) => row.every((cell) => cell.trim() === "");
