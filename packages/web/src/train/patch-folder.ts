/**
 * A folder of patches as a user has it: one folder a class, inside anything.
 * @module
 */

/** A file with its path inside the chosen folder. */
export interface ChosenFile {
	/** Parts are separated by `/`. */
	readonly path: string;
	readonly file: Blob;
}

/** A patch with its class. */
export interface LabelledPatch extends ChosenFile {
	/** Index into `classes`. */
	readonly label: number;
}

/** What a folder holds. */
export interface PatchFolder {
	/** Names of the classes, sharpest first: numbers by size, words by alphabet. */
	readonly classes: readonly string[];
	readonly patches: readonly LabelledPatch[];
	/** Files that are no pictures. */
	readonly leftOut: number;
}

const PICTURE = /\.(png|jpe?g|webp|bmp)$/i;

/** Fewest patches of a class with which learning makes sense: two to learn from and one to check with. */
const FEWEST_OF_A_CLASS = 3;

/**
 * Sorts files into classes by the name of the folder they lie in.
 * @throws {RangeError} when there are no pictures, fewer than two classes, or a class of one or two patches
 */
export function sortPatches(files: readonly ChosenFile[]): PatchFolder {
	const pictures = files.filter(({ path }) => PICTURE.test(path));
	if (pictures.length === 0) {
		throw new RangeError('There are no pictures in this folder (PNG, JPEG, WebP or BMP).');
	}
	const classes = [...new Set(pictures.map(classOf))].toSorted(naturally);
	if (classes.length < 2) {
		throw new RangeError(
			`All ${pictures.length} pictures lie in one folder, “${classes[0]}”. Put each class in a folder of its own, such as “0”, “1”, “2” for growing defocus, and choose the folder around them.`,
		);
	}
	const patches = pictures.map((picture) => ({ ...picture, label: classes.indexOf(classOf(picture)) }));
	for (const [label, name] of classes.entries()) {
		const count = patches.filter((patch) => patch.label === label).length;
		if (count < FEWEST_OF_A_CLASS) {
			throw new RangeError(`Class “${name}” has ${count} of the ${FEWEST_OF_A_CLASS} pictures it needs at least.`);
		}
	}
	return { classes, patches, leftOut: files.length - pictures.length };
}

function classOf({ path }: ChosenFile): string {
	return path.split('/').at(-2) ?? '';
}

function naturally(a: string, b: string): number {
	return a.localeCompare(b, 'en', { numeric: true });
}

/**
 * Every fifth patch of each class is kept to check with, chosen by a hash of its path: the same folder, the same choice.
 * Patches cut from one picture may land on both sides: the page says so.
 */
export function holdOut<Patch extends LabelledPatch>(patches: readonly Patch[]): { train: Patch[]; check: Patch[] } {
	const train: Patch[] = [];
	const check: Patch[] = [];
	for (const label of new Set(patches.map((patch) => patch.label))) {
		const own = patches.filter((patch) => patch.label === label).toSorted((a, b) => hash(a.path) - hash(b.path));
		const held = Math.max(1, Math.round(own.length / 5));
		check.push(...own.slice(0, held));
		train.push(...own.slice(held));
	}
	return { train, check };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
	return value >>> 0;
}
