import { createHash } from 'node:crypto';
import { causesOf } from '../core/config/diff';
import { inFirstForm } from '../core/config/firstForm';
import type { RunConfig } from '../core/config/run';

/** Hash of every field that can change a result: what a checkpoint belongs to. */
export const configHash = (config: RunConfig): string => createHash('sha256').update(JSON.stringify(inFirstForm(causesOf(config)))).digest('hex');
