import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Drivers of a processor's own sensors: Intel, AMD (two), ARM boards. */
const sensors = ['coretemp', 'k10temp', 'zenpower', 'cpu_thermal'];

/**
 * The processor's temperature in °C: the first reading of its own sensor (the package's), else the thermal zone that is named after it.
 * null where the machine tells none, as most virtual ones do.
 * @param root stands for /sys
 */
export async function cpuTemperature(root = '/sys'): Promise<number | null> {
  for (const [folder, nameFile, reading, isOurs] of [
    ['class/hwmon', 'name', 'temp1_input', (name: string) => sensors.includes(name)],
    ['class/thermal', 'type', 'temp', (name: string) => /^x86_pkg_temp$|^(?:cpu|soc)[-_]/i.test(name)],
  ] as const) {
    const parent = join(root, folder);
    for (const entry of (await readdir(parent).catch((): string[] => [])).sort()) {
      const read = (file: string) => readFile(join(parent, entry, file), 'utf8').then((text) => text.trim()).catch(() => '');
      if (!isOurs(await read(nameFile))) continue;
      const text = await read(reading);
      // A sensor that is asleep answers with an error or with 0.
      if (/^-?\d+$/.test(text) && Number(text) > 0) return Number(text) / 1000;
    }
  }
  return null;
}
