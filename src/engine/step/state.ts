import { CultivarError } from '../../contracts/errors';
import type { Feed, Fetched } from '../backend';
import type { Graph, Value } from '../graph/graph';
import { bitcast, deepCopy, transpose } from '../graph/ops';
import { initialWeights } from '../model/initialWeights';
import { slotNames } from '../../core/model/optimizerSlots';
import { elements, parametersOf, type ParameterSpec } from '../../core/model/parameters';
import { countsSteps } from './optimizer';
import { architectureOf, type NetworkSpec, type StateTensor } from './spec';

/** Name of the state that counts Adam's steps. It lives beside the graph: its powers are computed in double precision. */
const stepName = 'optimizer.step';
/** Of those, the ones that trained the classifier alone: torch counts each parameter's own steps. */
const frozenName = 'optimizer.frozenSteps';
export const averagePrefix = 'average.';

/** Steps of the optimizer that live beside the graph. */
export interface StepCounts {
  readonly step: number;
  readonly frozenSteps: number;
}
const isCount = (name: string) => name === stepName || name === frozenName;

export const slotName = (slot: string, parameter: string): string => `optimizer.${slot}.${parameter}`;

export interface StateSpec {
  readonly name: string;
  /** As torchvision has it. */
  readonly shape: readonly number[];
  readonly role: StateTensor['role'];
  /** The parameter that this is, or that this slot belongs to; null for the step count. */
  readonly parameter: ParameterSpec | null;
}

/** Everything that a bit-exact resume needs, in one fixed order: the state_dict, the optimizer's slots and step counts, the moving averages. */
export function stateSpecs(spec: NetworkSpec): StateSpec[] {
  const parameters = parametersOf(architectureOf(spec));
  const trained = parameters.filter(({ role }) => role === 'parameter');
  return [
    ...parameters.map((parameter) => ({ name: parameter.name, shape: parameter.shape, role: parameter.role, parameter })),
    ...slotNames(spec.optimizer).flatMap((slot) =>
      trained.map((parameter) => ({
        name: slotName(slot, parameter.name),
        shape: parameter.shape,
        role: 'optimizer' as const,
        parameter,
      })),
    ),
    ...(!countsSteps(spec.optimizer) ? [] : [stepName, ...(spec.freezable ? [frozenName] : [])].map((name) => ({ name, shape: [], role: 'optimizer' as const, parameter: null }))),
    ...(spec.averages ? parameters.map((parameter) => ({ name: `${averagePrefix}${parameter.name}`, shape: parameter.shape, role: 'average' as const, parameter })) : []),
  ];
}

/** The state of a network before its first step: the network's own initialisation, drawn from `seed`; the optimizer's is zero. */
export function initialState(spec: NetworkSpec, seed: number): StateTensor[] {
  const { classifier: { features } } = architectureOf(spec);
  return stateSpecs(spec).map(({ name, shape, role, parameter }) => ({
    name,
    shape,
    role,
    data: role === 'optimizer' ? new Float32Array(elements(shape)) : initialWeights(parameter!, features, seed),
  }));
}

/** A state whose moving averages are its weights: where an average starts. */
export function averagesOfWeights(state: readonly StateTensor[]): StateTensor[] {
  const byName = new Map(state.map((tensor) => [tensor.name, tensor]));
  return state.map((tensor) => (tensor.role === 'average' ? { ...tensor, data: byName.get(tensor.name.slice(averagePrefix.length))!.data } : tensor));
}

/** OIHW from HWIO and back. */
const toTorch = [3, 2, 0, 1];
const fromTorch = [2, 3, 1, 0];

/** Adds the signatures `read` and `write` over `variables` (state name → handle). Layouts change in the graph. */
export function addStateSignatures(graph: Graph, specs: readonly StateSpec[], variables: ReadonlyMap<string, Value>): void {
  const outputs: Record<string, Value> = {};
  const inputs: Record<string, Value> = {};
  const assignments: Value[] = [];
  for (const { name, shape, parameter } of specs) {
    const handle = variables.get(name);
    if (!handle) continue;
    const convolution = parameter?.kind === 'convolution';
    const value = graph.read(handle);
    outputs[name] = convolution ? transpose(graph, value, toTorch) : value;
    const input = graph.placeholder(`write/${name}`, 'int32', shape);
    const floats = bitcast(graph, input, 'float32');
    // A variable adopts the buffer it is assigned, and the fed one may be the caller's own array.
    const copied = deepCopy(graph, convolution ? transpose(graph, floats, fromTorch) : floats);
    assignments.push(graph.assign(handle, copied));
    inputs[name] = input;
  }
  graph.signature('read', {}, outputs);
  graph.signature('write', inputs, { count: graph.afterAll(graph.scalar(assignments.length), assignments) });
}

/**
 * Tensors as feeds of `write`, and the step counts.
 * @throws CultivarError 'checkpoint-damaged' that names the tensors which are unknown, missing, given twice or misshapen
 */
export function stateFeeds(specs: readonly StateSpec[], tensors: readonly StateTensor[]): { feeds: Record<string, Feed>; counts: StepCounts } {
  const given = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const known = new Map(specs.map((spec) => [spec.name, spec]));
  const problems = [
    ...list('unknown', tensors.filter(({ name }) => !known.has(name)).map(({ name }) => name)),
    ...list('missing', specs.filter(({ name }) => !given.has(name)).map(({ name }) => name)),
    ...list('given twice', repeated(tensors.map(({ name }) => name))),
    ...list('of another shape', specs.flatMap((spec) => {
      const tensor = given.get(spec.name);
      const fits = !tensor || (tensor.shape.join() === spec.shape.join() && tensor.data.length === elements(spec.shape));
      return fits ? [] : [`${spec.name} [${tensor.shape.join(', ')}] with ${tensor.data.length} values, wanted [${spec.shape.join(', ')}]`];
    })),
  ];
  if (problems.length > 0) {
    throw new CultivarError({
      code: 'checkpoint-damaged',
      message: `This state does not fit the network: ${problems.join('; ')}.`,
      remedy: 'Take a state of the same network and optimizer.',
    });
  }
  const feeds: Record<string, Feed> = {};
  for (const { name, shape } of specs) {
    const { data } = given.get(name)!;
    if (!isCount(name)) feeds[name] = { data: new Int32Array(data.buffer, data.byteOffset, data.length), shape };
  }
  const count = (name: string) => given.get(name)?.data[0] ?? 0;
  return { feeds, counts: { step: count(stepName), frozenSteps: count(frozenName) } };
}

function repeated(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.filter((name) => seen.has(name) || !seen.add(name));
}

function list(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return [`${what}: ${names.slice(0, 3).join(', ')}${more}`];
}

/** What `read` fetched, as state tensors in their fixed order. */
export const stateTensors = (specs: readonly StateSpec[], fetched: Readonly<Record<string, Fetched>>, { step, frozenSteps }: StepCounts): StateTensor[] =>
  specs.map(({ name, shape, role }) => ({
    name,
    shape,
    role,
    data: isCount(name) ? Float32Array.of(name === stepName ? step : frozenSteps) : fetched[name]!,
  }));
