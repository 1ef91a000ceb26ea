/**
 * The files of a folder that was chosen or dropped.
 * @module
 */
import type { ChosenFile } from './patch-folder.ts';

/** All files of a chosen folder, or of everything that was dropped, with their paths. */
export async function filesOf(source: HTMLInputElement | DataTransfer): Promise<ChosenFile[]> {
	if (source instanceof HTMLInputElement) {
		return [...(source.files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
	}
	// Entries must be taken before the first wait: the list is emptied after the event.
	const entries = [...source.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
	return (await Promise.all(entries.map(filesUnder))).flat();
}

async function filesUnder(entry: FileSystemEntry): Promise<ChosenFile[]> {
	if (entry.isFile) {
		const file = await new Promise<File>((resolve, reject) => {
			(entry as FileSystemFileEntry).file(resolve, reject);
		});
		return [{ path: entry.fullPath.slice(1), file }];
	}
	const reader = (entry as FileSystemDirectoryEntry).createReader();
	const files: ChosenFile[] = [];
	// A reader gives at most a hundred entries at a time, and none at the end.
	for (;;) {
		const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
		if (part.length === 0) return files;
		files.push(...(await Promise.all(part.map(filesUnder))).flat());
	}
}
