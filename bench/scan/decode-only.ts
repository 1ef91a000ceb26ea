/**
 * The floor: the same worker threads read and decode every level-0 tile and drop the pixels.
 * `node decode-only.ts SLIDE WORKERS luma|all`
 */
import { createWorkerPool, openSlideFile } from '@parfocal/node';

const [path = '', workers = '2', planes = 'luma'] = process.argv.slice(2);
const slide = await openSlideFile(path);
const { columns, rows } = slide.levels[0]!;
const tiles = Array.from({ length: columns * rows }, (_, i) => ({ column: i % columns, row: Math.floor(i / columns) }));
await using pool = createWorkerPool({ workers: Number(workers) });
const unreadable = await pool.measurer(path).read({ slide, tiles, planes: planes === 'all' ? 'all' : 'luma' });
if (unreadable.length > 0) throw new Error(`${unreadable.length} tiles of ${path} could not be read`);
await slide.close();
