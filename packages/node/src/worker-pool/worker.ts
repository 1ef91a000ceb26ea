/**
 * What runs in a worker thread: opens the slide for itself, measures the tiles it is sent, answers with numbers.
 * Pixels never leave the thread.
 * @module
 */
import { parentPort } from 'node:worker_threads';
import { createFocusModel, type FocusModel, type ModelDefinition, type Slide } from '@parfocal/core';
import { openSlideFile } from '../open-file.ts';
import { measureCells, readTiles, scoreWindows } from './measure-batch.ts';
import { type Done, packError, type Reply, type Request, type Subject } from './protocol.ts';

let open: { readonly id: number; readonly slide: Slide } | undefined;
let built: FocusModel | undefined;

async function slideOf({ id, path, mpp }: Subject): Promise<Slide> {
	if (open?.id === id) return open.slide;
	await open?.slide.close();
	open = undefined;
	const slide = await openSlideFile(path, mpp === undefined ? {} : { mpp });
	open = { id, slide };
	return slide;
}

function modelOf(definition: ModelDefinition): FocusModel {
	if (built?.sha256 !== definition.sha256 || built.name !== definition.name) built = createFocusModel(definition);
	return built;
}

async function carryOut(request: Request): Promise<Done> {
	const slide = await slideOf(request.subject);
	switch (request.kind) {
		case 'cells':
			return measureCells(slide, modelOf(request.model), request.places, request.cells);
		case 'windows':
			return scoreWindows(slide, modelOf(request.model), request.places);
		case 'read':
			return readTiles(slide, request.places, request.planes);
	}
}

parentPort?.on('message', async (request: Request) => {
	let reply: Reply;
	try {
		reply = await carryOut(request);
	} catch (error) {
		reply = { failure: packError(error) };
	}
	const transfer = 'numbers' in reply ? [reply.numbers.buffer as ArrayBuffer] : [];
	parentPort?.postMessage(reply, transfer);
});
