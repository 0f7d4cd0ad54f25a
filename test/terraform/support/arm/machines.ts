import { createHash, randomUUID } from 'node:crypto';
import { type Json, type JsonObject, object, objects, text } from './json';
import type { Resource } from './kind';

/** One virtual machine of a scale set. */
export interface Machine {
  readonly number: string;
  /** A machine that is replaced gets another. */
  readonly vmId: string;
  /** How often its disk was made anew. */
  reimages: number;
  /** Bootstrap data as the machine read it when its disk was made, base64: new data reaches it with the next disk only. */
  customData: string;
  /** Settings of each extension, by its name, as they ran on this machine last. */
  settings: Record<string, Json>;
  /** How often each extension ran. */
  runs: Record<string, number>;
  /** The hash of the model that it has. */
  model: string;
}

/** Of a scale set what no GET shows: its machines and its bootstrap data. */
export interface Fleet {
  customData: string;
  machines: Machine[];
}

/** The model of a scale set, as one text to be compared. */
export function modelOf(scaleSet: Resource, fleet: Fleet): string {
  const model = JSON.stringify([
    scaleSet.properties.virtualMachineProfile,
    object(scaleSet.sku).name,
    fleet.customData,
  ]);
  return createHash('sha256').update(model).digest('hex');
}

export function extensionsOf(scaleSet: Resource): readonly JsonObject[] {
  return objects(object(object(scaleSet.properties.virtualMachineProfile).extensionProfile).extensions);
}

/** An extension runs where its settings are not those that ran last. */
function runExtensions(machine: Machine, scaleSet: Resource): void {
  for (const extension of extensionsOf(scaleSet)) {
    const name = text(extension.name);
    const { settings } = object(extension.properties);
    if (name in machine.settings && JSON.stringify(machine.settings[name]) === JSON.stringify(settings)) continue;
    machine.settings[name] = structuredClone(settings);
    machine.runs[name] = (machine.runs[name] ?? 0) + 1;
  }
}

function reimage(machine: Machine, fleet: Fleet): void {
  machine.reimages += 1;
  machine.customData = fleet.customData;
  machine.settings = {};
}

/** Brings machines to the scale set's model; a changed image is a new disk, everything else goes without. */
export function upgrade(scaleSet: Resource, fleet: Fleet, machines: readonly Machine[], newDisk: boolean): void {
  for (const machine of machines) {
    if (newDisk) reimage(machine, fleet);
    runExtensions(machine, scaleSet);
    machine.model = modelOf(scaleSet, fleet);
  }
}

/** Makes or takes away machines until the scale set has its capacity; those that stay are not touched. */
function resize(scaleSet: Resource, fleet: Fleet): void {
  const capacity = Number(object(scaleSet.sku).capacity ?? 0);
  fleet.machines.length = Math.min(fleet.machines.length, capacity);
  while (fleet.machines.length < capacity) {
    const last = fleet.machines.at(-1);
    const machine: Machine = {
      number: String(last === undefined ? 0 : Number(last.number) + 1),
      vmId: randomUUID(),
      reimages: 0,
      customData: fleet.customData,
      settings: {},
      runs: {},
      model: '',
    };
    fleet.machines.push(machine);
    upgrade(scaleSet, fleet, [machine], false);
  }
}

/** After a change of the scale set: with Rolling and Automatic Azure upgrades the machines itself. */
export function roll(scaleSet: Resource, fleet: Fleet, present: Resource | undefined): void {
  resize(scaleSet, fleet);
  const { mode } = object(scaleSet.properties.upgradePolicy);
  if (mode !== 'Rolling' && mode !== 'Automatic') return;
  const image = (set: Resource): string =>
    JSON.stringify(object(object(set.properties.virtualMachineProfile).storageProfile).imageReference);
  const lagging = fleet.machines.filter(({ model }) => model !== modelOf(scaleSet, fleet));
  upgrade(scaleSet, fleet, lagging, present !== undefined && image(present) !== image(scaleSet));
}
