// A list of windows to measure: for each, where its pixels are and which phase of the chroma kernels fits it.

/** Bytes of a list entry: luma offset, chroma address, byte offset of the chroma weights (a single kernel's). */
export const WINDOW_BYTES: usize = 12;

/**
 * Lists the windows of a cell: every row of `rows` with every column of `columns`, whose entries have the same three
 * numbers and add up. The list is filled up with copies of its last window, so that loops may take four at a time.
 */
export function listWindows(columns: usize, columnCount: i32, rows: usize, rowCount: i32, list: usize): void {
  let to = list;
  for (let y = 0; y < rowCount; y++) {
    const row = rows + <usize>y * WINDOW_BYTES;
    const luma = load<i32>(row);
    const chroma = load<i32>(row, 4);
    const phase = load<i32>(row, 8);
    let column = columns;
    for (let x = 0; x < columnCount; x++) {
      store<i32>(to, luma + load<i32>(column));
      store<i32>(to, chroma + load<i32>(column, 4), 4);
      store<i32>(to, phase + load<i32>(column, 8), 8);
      to += WINDOW_BYTES;
      column += WINDOW_BYTES;
    }
  }
  const last = to - WINDOW_BYTES;
  for (let i = 0; i < 3; i++) {
    memory.copy(to, last, WINDOW_BYTES);
    to += WINDOW_BYTES;
  }
}
