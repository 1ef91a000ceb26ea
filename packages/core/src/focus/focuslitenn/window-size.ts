/**
 * The published windows.
 * @module
 */

/** Side of a window and the step between windows of exact mode, px. */
export const WINDOW_PX = 235;
export const WINDOW_STRIDE_PX = 128;

/** Side of a map window in cells: the odd number of cells nearest to a published window. */
export const WINDOW_CELLS = 3;
