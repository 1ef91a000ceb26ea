/**
 * Carries out one batch on an open slide.
 * @module
 */
import {
	type FocusModel,
	isParfocalError,
	type ModelDefinition,
	measureInThread,
	type Slide,
	type UnreadableTile,
} from '@parfocal/core';
import type { Answer, ReadTilesRequest, Request } from './protocol.ts';

/** The answer to a request, made in this thread. A corrupt tile is part of the answer; everything else throws. */
export async function carryOut(
	request: Request,
	slide: Slide,
	modelOf: (definition: ModelDefinition) => FocusModel,
): Promise<Answer<Request>> {
	switch (request.kind) {
		case 'cells':
			return measureInThread.cells({ slide, model: modelOf(request.model), tiles: request.tiles });
		case 'windows':
			return measureInThread.windows({ slide, model: modelOf(request.model), windows: request.windows });
		case 'read':
			return readTiles(slide, request);
	}
}

async function readTiles(slide: Slide, { tiles, planes }: ReadTilesRequest): Promise<UnreadableTile[]> {
	const unreadable: UnreadableTile[] = [];
	for (const { column, row } of tiles) {
		try {
			const pixels = slide.readTile(0, column, row, { planes });
			// Awaiting what is already there costs more than a small tile does.
			if (pixels instanceof Promise) await pixels;
		} catch (error) {
			if (!isParfocalError(error, 'format')) throw error;
			unreadable.push({ column, row, message: (error as Error).message });
		}
	}
	return unreadable;
}
