// What the headers say of the image: one frame of one or three components (ITU-T T.81 B.2.2).

export const MAX_COMPONENTS: i32 = 3;

/** One colour component and the plane it is decoded into. */
@unmanaged
export class Component {
  id: i32;
  /** Sampling factors: blocks of this component across and down one MCU. */
  h: i32;
  v: i32;
  quantiser: i32;
  dcTable: i32;
  acTable: i32;
  /** DC value of the block before, in this restart interval. */
  predictor: i32;
  /** Bytes from row to row and rows of the plane: whole MCUs, so at least the image. */
  stride: i32;
  rows: i32;
  plane: usize;
}

const COMPONENTS: usize = memory.data(MAX_COMPONENTS * 40, 16);

// @ts-ignore: decorator
@inline
export function component(index: i32): Component {
  return changetype<Component>(COMPONENTS + <usize>index * 40);
}

/** The frame header and what else decides how the scan is read. The first six fields are read from outside. */
@unmanaged
export class Frame {
  width: i32;
  height: i32;
  componentCount: i32;
  bitsPerSample: i32;
  /** Marker of the frame header, 0xC0 to 0xCF or 0xF7; 0 before one was met. */
  process: i32;
  /** Colour transform of the Adobe segment, -1 without one. */
  adobeTransform: i32;
  /** 1 when a JFIF segment was met. */
  jfif: i32;
  /** MCUs between restart markers, 0 without. */
  restartInterval: i32;
  /** Largest sampling factors. */
  maxH: i32;
  maxV: i32;
  /** MCUs across and down. */
  mcuColumns: i32;
  mcuRows: i32;
  /** First byte of entropy-coded data. */
  scan: usize;
}

export const FRAME: usize = memory.data(13 * 4, 16);
export const frame: Frame = changetype<Frame>(FRAME);

export function resetFrame(): void {
  memory.fill(FRAME, 0, 13 * 4);
  memory.fill(COMPONENTS, 0, MAX_COMPONENTS * 40);
  frame.adobeTransform = -1;
}
