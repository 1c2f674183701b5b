// FRM: all cases of the framework layer, in the order in which a run takes them.
import type { Case } from '../../core/case.ts';
import { operatorCases } from './operators.ts';

export const framework: readonly Case[] = [...operatorCases];
