/**
 * `parfocal simulate`: its commands.
 * @module
 */
import { buildRouteMap, type RouteMap } from '@stricli/core';
import type { Context } from '../context.ts';
import { focusPathRoute } from './simulate-focuspath.ts';
import { zStackRoute } from './simulate-zstack.ts';

/** The route of `parfocal simulate`. */
export const simulateRoute: RouteMap<Context> = buildRouteMap({
	routes: { zstack: zStackRoute, focuspath: focusPathRoute },
	docs: { brief: 'Data whose focus is known: simulated focal stacks' },
});
