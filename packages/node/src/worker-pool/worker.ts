/**
 * What runs in a worker thread: opens the slide for itself, measures the tiles it is sent, answers with numbers (pixels
 * never leave the thread); afterwards, makes files from the map.
 * @module
 */
import { parentPort } from 'node:worker_threads';
import { createFocusModel, type FocusModel, type ModelDefinition, type Slide } from '@parfocal/core';
import { deriveFile } from '../derived-files.ts';
import { openSlideFile } from '../open-file.ts';
import { carryOut } from './carry-out.ts';
import { type FileReply, type FileRequest, packError, type Reply, type Request, type Subject } from './protocol.ts';

let open: { readonly id: number; readonly slide: Slide } | undefined;
let built: { readonly definition: ModelDefinition; readonly model: FocusModel } | undefined;

async function slideOf({ id, path, mpp }: Subject): Promise<Slide> {
	if (open?.id === id) return open.slide;
	await open?.slide.close();
	open = undefined;
	const slide = await openSlideFile(path, { blocking: true, ...(mpp !== undefined && { mpp }) });
	open = { id, slide };
	return slide;
}

function modelOf(definition: ModelDefinition): FocusModel {
	const same = built?.definition.sha256 === definition.sha256 && built.definition.name === definition.name;
	if (!same || built === undefined) built = { definition, model: createFocusModel(definition) };
	return built.model;
}

/** Numbers and files are handed over, not copied. */
function buffersIn({ answer }: { readonly answer: object }): ArrayBuffer[] {
	if ('pieces' in answer) return (answer as { pieces: Uint8Array<ArrayBuffer>[] }).pieces.map(({ buffer }) => buffer);
	if ('grid' in answer) return [(answer as { grid: { data: Float32Array<ArrayBuffer> } }).grid.data.buffer];
	if ('scores' in answer) return [(answer as { scores: Float32Array<ArrayBuffer> }).scores.buffer];
	return [];
}

async function answerTo(request: Request | FileRequest) {
	if (request.kind === 'file') {
		return { answer: { pieces: [...(await deriveFile(request.file))] } } satisfies FileReply;
	}
	return { answer: await carryOut(request, await slideOf(request.subject), modelOf) } satisfies Reply;
}

parentPort?.on('message', async (request: Request | FileRequest) => {
	try {
		const reply = await answerTo(request);
		parentPort?.postMessage(reply, buffersIn(reply));
	} catch (error) {
		parentPort?.postMessage({ failure: packError(error) } satisfies Reply);
	}
});
