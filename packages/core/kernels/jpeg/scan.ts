// The one interleaved scan of a sequential image: MCU after MCU, restart interval after restart interval
// (ITU-T T.81 F.2.1.3, B.1.1.2 for the restart markers).

import { bits, isOverrun, nextSegment, openBits } from './bits';
import { BLOCK, clearBlock, decodeBlock } from './block';
import { Component, component, frame } from './frame';
import { huffmanTable } from './huffman';
import { inverseDct, inverseDctFlat } from './idct';
import { quantiser } from './quantisers';
import { BAD_CODE, BAD_RESTART, OK, TRUNCATED_SCAN } from './status';

const END_OF_IMAGE: i32 = 0xd9;

/** Decodes the scan into the planes of the first `keep` components; the others are entropy-decoded and dropped. */
export function decodeScan(end: usize, keep: i32): i32 {
  openBits(frame.scan, end);
  nextSegment();
  resetPredictors();
  let untilRestart = frame.restartInterval;
  let restarts = 0;
  for (let row = 0; row < frame.mcuRows; row++) {
    for (let column = 0; column < frame.mcuColumns; column++) {
      if (frame.restartInterval) {
        if (untilRestart == 0) {
          if (bits.marker == 0 || bits.marker == END_OF_IMAGE) return TRUNCATED_SCAN;
          if (bits.marker != (0xd0 | (restarts & 7))) return BAD_RESTART;
          restarts++;
          nextSegment();
          resetPredictors();
          untilRestart = frame.restartInterval;
        }
        untilRestart--;
      }
      if (!decodeMcu(column, row, keep)) return isOverrun() ? TRUNCATED_SCAN : BAD_CODE;
      if (isOverrun()) return TRUNCATED_SCAN;
    }
  }
  return OK;
}

function resetPredictors(): void {
  for (let i = 0; i < frame.componentCount; i++) component(i).predictor = 0;
}

/** False at an unknown code. */
function decodeMcu(column: i32, row: i32, keep: i32): bool {
  for (let i = 0; i < frame.componentCount; i++) {
    const c = component(i);
    const dcTable = huffmanTable(0, c.dcTable);
    const acTable = huffmanTable(1, c.acTable);
    for (let y = 0; y < c.v; y++) {
      for (let x = 0; x < c.h; x++) {
        if (i < keep) {
          clearBlock();
          const last = decodeBlock(c, dcTable, acTable);
          if (last < 0) return false;
          transform(c, last, column * c.h + x, row * c.v + y);
        } else if (decodeBlock(c, dcTable, acTable) < 0) return false;
      }
    }
  }
  return true;
}

// @ts-ignore: decorator
@inline
function transform(c: Component, last: i32, blockX: i32, blockY: i32): void {
  const to = c.plane + <usize>(blockY * 8) * <usize>c.stride + <usize>(blockX * 8);
  const factors = quantiser(c.quantiser);
  if (last == 0) inverseDctFlat(load<i16>(BLOCK), load<u16>(factors), to, c.stride);
  else inverseDct(BLOCK, factors, last, to, c.stride);
}
