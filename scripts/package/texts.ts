/** The small files of the Debian package. Pure. */

export interface PackageFacts {
  readonly version: string;
  /** "33.2.1" */
  readonly electron: string;
  readonly kind: 'release' | 'test';
  readonly installedKilobytes: number;
  /** Smallest glibc that the binding's symbols ask for: "2.34". */
  readonly glibc: string;
  /** Holds TensorFlow's libraries for the CPU. */
  readonly withRuntime: boolean;
  /** "Name <mail@example.org>" */
  readonly maintainer: string;
}

export const appFolder = '/opt/cultivar';
export const executable = 'cultivar-app';

/** A package around an Electron that is not for a release says so in its name. */
export const packageName = ({ kind }: Pick<PackageFacts, 'kind'>) => (kind === 'test' ? 'cultivar-test' : 'cultivar');
export const packageFile = (facts: Pick<PackageFacts, 'kind' | 'version' | 'withRuntime'>) => `${packageName(facts)}${facts.withRuntime ? '-with-runtime' : ''}_${facts.version}_amd64.deb`;

/** Either name: Debian 13 and Ubuntu 24.04 have renamed these for 64-bit time. */
const renamed = (name: string) => `${name} | ${name}t64`;
const libraries = ['libnss3', 'libnspr4', 'libgbm1', 'libxss1', 'libdrm2', 'libxkbcommon0', 'libxtst6', 'libnotify4', 'libstdc++6 (>= 11)', 'zlib1g',
  ...['libgtk-3-0', 'libasound2', 'libatk-bridge2.0-0', 'libatk1.0-0', 'libcups2'].map(renamed)];

export function control(facts: PackageFacts): string {
  const name = packageName(facts);
  const other = name === 'cultivar' ? 'cultivar-test' : 'cultivar';
  return [
    `Package: ${name}`,
    `Version: ${facts.version}`,
    'Section: science',
    'Priority: optional',
    'Architecture: amd64',
    `Maintainer: ${facts.maintainer}`,
    `Installed-Size: ${facts.installedKilobytes}`,
    `Depends: ${[`libc6 (>= ${facts.glibc})`, ...libraries].join(', ')}`,
    `Conflicts: ${other}`,
    `Replaces: ${other}`,
    'Description: image-classification experiments on your own workstation, offline',
    ' Design, run and judge experiments with residual networks: an app and a',
    ' command line on one library.',
    ' .',
    ` Built with Electron ${facts.electron}.`,
    ...(facts.kind === 'test' ? [' A TEST package: this Electron is a repack for tests and closed networks, not', ' for a release.'] : []),
    ' .',
    ...(facts.withRuntime ? [' TensorFlow\'s libraries for the CPU are in the package.'] : [' TensorFlow\'s libraries (275 MB) are fetched at the first start, or come in an', ' offline pack.']),
    '',
  ].join('\n');
}

export const desktopEntry = `[Desktop Entry]
Type=Application
Name=Cultivar
GenericName=Training experiments
GenericName[ja]=学習実験
Comment=Plan, run and judge image-classification experiments
Comment[ja]=画像分類の実験を計画し、実行し、判定する
Exec=${executable} %f
Icon=cultivar
Terminal=false
Categories=Science;Education;ArtificialIntelligence;
Keywords=training;network;classification;
MimeType=application/x-cultivar-archive;
StartupWMClass=Cultivar
StartupNotify=true
`;

/** Archives of runs are zip files; their own ending lets a double click open them here, and other zip files where they always did. */
export const mimeType = `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/x-cultivar-archive">
    <comment>Cultivar archive of runs</comment>
    <comment xml:lang="ja">Cultivar の実行のアーカイブ</comment>
    <sub-class-of type="application/zip"/>
    <glob pattern="*.cultivar.zip" weight="80"/>
  </mime-type>
</mime-info>
`;

/** The command line is the same build in the app's own executable, which is Node when it is told so. */
export const commandLine = `#!/bin/sh
ELECTRON_RUN_AS_NODE=1 exec ${appFolder}/${executable} ${appFolder}/resources/app/out/main/cli.js "$@"
`;
