import { mostClasses } from '../../core/data/labels';
import { FileProblem } from '../../weights/fileProblem';
import type { Container } from '../containers/container';
import { isAside } from '../containers/safeName';
import { splitOf, type GivenSplit, type ImportSource } from '../source';
import { listedSource, type Listed } from './listed';

/** Files that lie beside images and are none. What an image is called does not matter; whether it is one is judged by its content. */
const notes = /(\.(txt|md|rst|json|jsonl|csv|tsv|xml|ya?ml|html?|pdf|ini|log|py|ipynb|sh|toml|cfg|npy|mat|pkl|h5|docx?|xlsx?|db|lnk|sha256|md5)|(^|\/)(readme|licen[cs]e|copying|makefile))$/i;

/**
 * A folder a class, as torchvision's ImageFolder, with or without train, val and test above, and with or without folders around all of it.
 * Classes are in the order of their names.
 * @throws FileProblem where there are no two classes
 */
export function classFolders(container: Container): ImportSource {
  const asides: number[] = [];
  const files: { entry: number; parts: string[] }[] = [];
  container.entries.forEach(({ name }, entry) => {
    if (isAside(name) || notes.test(name)) asides.push(entry);
    else files.push({ entry, parts: name.split('/') });
  });
  if (files.length === 0) throw new FileProblem('it holds no images');
  const { depth, splits } = layoutOf(files.map(({ parts }) => parts));
  const wanted: { entry: number; split: GivenSplit; className: string; name: string }[] = [];
  let outside = 0;
  for (const { entry, parts } of files) {
    const split = splits ? splitOf(parts[depth] ?? '') : 'train';
    const at = splits ? depth + 1 : depth;
    if (split === null || parts.length < at + 2) outside += 1;
    else wanted.push({ entry, split, className: parts[at]!, name: parts.join('/') });
  }
  const classes = [...new Set(wanted.map(({ className }) => className))].sort();
  checkClasses(classes, outside);
  const label = new Map(classes.map((name, i) => [name, i]));
  return listedSource('class-folders', container, classes, wanted.map(({ entry, split, className, name }): Listed => ({ entry, name, split, label: label.get(className)!, problem: null })), asides.length + outside);
}

/** How many folders lie around all images, and whether train, val or test follow. */
function layoutOf(files: readonly (readonly string[])[]): { depth: number; splits: boolean } {
  for (let depth = 0; ; depth++) {
    const names = new Set(files.filter((parts) => parts.length > depth + 1).map((parts) => parts[depth]!));
    if ([...names].some((name) => splitOf(name) === 'train') || (names.size > 0 && [...names].every((name) => splitOf(name) !== null))) return { depth, splits: true };
    // A single folder with folders in it is around them; one with images only would be the one class.
    const [only] = names;
    if (names.size !== 1 || only === undefined || !files.some((parts) => parts.length > depth + 2)) return { depth, splits: false };
  }
}

export function checkClasses(classes: readonly string[], outside = 0): void {
  if (classes.length === 0) throw new FileProblem(outside > 0 ? 'its images lie side by side, so nothing says their classes: put each class into a folder of its own, or give a CSV with the columns path and label' : 'it holds no images');
  if (classes.length === 1) throw new FileProblem(`it has only one class (${JSON.stringify(classes[0])}), and a network needs two to tell apart`);
  if (classes.length > mostClasses) throw new FileProblem(`it has ${classes.length.toLocaleString('en-US')} classes, and a data set can have ${mostClasses.toLocaleString('en-US')} at most`);
}
