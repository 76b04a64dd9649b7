export interface NotificationText {
  readonly title: string;
  readonly body: string;
}

/** The few sentences that main says by itself; everything else is the window's. */
export interface Words {
  readonly ended: (name: string, outcome: 'completed' | 'failed' | 'interrupted', accuracy: number | null) => NotificationText;
  readonly experimentEnded: (name: string, completed: number, failed: number) => NotificationText;
  readonly importEnded: (name: string, outcome: 'completed' | 'failed', images: number) => NotificationText;
  readonly exportEnded: (name: string, outcome: 'completed' | 'unlike' | 'failed') => NotificationText;
  /** `pairs`: null where it failed. */
  readonly auditEnded: (name: string, pairs: number | null) => NotificationText;
  /** The queue waits for a person. */
  readonly held: NotificationText;
  readonly otherLibrary: (open: string, asked: string) => { readonly message: string; readonly detail: string };
  readonly close: { readonly message: string; readonly keep: string; readonly stop: string; readonly cancel: string };
  readonly exportPlace: string;
  /** Titles of the questions for a file. */
  readonly archive: { readonly save: string; readonly open: string; readonly metrics: string };
  readonly weights: string;
  readonly images: string;
  readonly runtimePack: string;
}

const percent = (accuracy: number) => `${(accuracy * 100).toFixed(2)} %`;

const english: Words = {
  ended: (name, outcome, accuracy) => ({
    title: outcome === 'completed' ? `${name} is done` : `${name} has failed`,
    body: accuracy === null ? 'No epoch was finished.' : `Validation accuracy ${percent(accuracy)}`,
  }),
  experimentEnded: (name, completed, failed) => ({
    title: `${name}: no run is awaited any more`,
    body: failed === 0 ? `${completed} ${completed === 1 ? 'run has' : 'runs have'} finished.` : `${completed} finished, ${failed} failed.`,
  }),
  importEnded: (name, outcome, images) => ({
    title: outcome === 'completed' ? `${name} is imported` : `The import of ${name} has failed`,
    body: outcome === 'completed' ? `${images.toLocaleString('en-US')} images` : 'The library is as it was before.',
  }),
  exportEnded: (name, outcome) => ({
    title: outcome === 'failed' ? `The export of ${name} has failed` : `The export of ${name} has ended`,
    body: { completed: 'Same answers as the trained model.', unlike: 'It did not pass the check against the trained model.', failed: 'Nothing of it was left.' }[outcome],
  }),
  auditEnded: (name, pairs) => ({
    title: pairs === null ? `The audit of ${name} has failed` : `${name} is audited`,
    body: pairs === null ? 'The data set is as it was before.' : pairs === 0 ? 'No duplicates were found.' : `${pairs.toLocaleString('en-US')} ${pairs === 1 ? 'pair' : 'pairs'} of duplicates`,
  }),
  held: { title: 'The queue is held', body: 'No run can be trained until what is wrong is mended.' },
  otherLibrary: (open, asked) => ({
    message: 'Cultivar is open with another library.',
    detail: `Open: ${open}\nAsked for: ${asked}\nClose this window first, then start again.`,
  }),
  close: { message: 'A run is training.', keep: 'Keep training', stop: 'Stop at a checkpoint', cancel: 'Cancel' },
  exportPlace: 'Where to export',
  archive: { save: 'Save as an archive', open: 'Import an archive', metrics: 'Where to write the metrics' },
  weights: 'Starting weights',
  images: 'Images to import',
  runtimePack: 'Offline pack',
};

const japanese: Words = {
  ended: (name, outcome, accuracy) => ({
    title: outcome === 'completed' ? `${name} が終わりました` : `${name} は失敗しました`,
    body: accuracy === null ? '終わったエポックはありません。' : `検証精度 ${percent(accuracy)}`,
  }),
  experimentEnded: (name, completed, failed) => ({
    title: `${name}：待っている実行はもうありません`,
    body: failed === 0 ? `${completed}個の実行が終わりました。` : `${completed}個が終わり、${failed}個が失敗しました。`,
  }),
  importEnded: (name, outcome, images) => ({
    title: outcome === 'completed' ? `${name} を取り込みました` : `${name} の取り込みに失敗しました`,
    body: outcome === 'completed' ? `${images.toLocaleString('en-US')}枚の画像` : 'ライブラリは前のままです。',
  }),
  exportEnded: (name, outcome) => ({
    title: outcome === 'failed' ? `${name} の書き出しに失敗しました` : `${name} の書き出しが終わりました`,
    body: { completed: '学習したモデルと同じ答えです。', unlike: '学習したモデルとの照合に通りませんでした。', failed: '何も残っていません。' }[outcome],
  }),
  auditEnded: (name, pairs) => ({
    title: pairs === null ? `${name} の監査に失敗しました` : `${name} を監査しました`,
    body: pairs === null ? 'データセットは前のままです。' : pairs === 0 ? '重複は見つかりませんでした。' : `${pairs.toLocaleString('en-US')}組の重複`,
  }),
  held: { title: 'キューは待っています', body: '問題が直るまで、どの実行も学習できません。' },
  otherLibrary: (open, asked) => ({
    message: 'Cultivar は別のライブラリで開いています。',
    detail: `開いているもの：${open}\n求められたもの：${asked}\nこのウィンドウを閉じてから、もう一度起動してください。`,
  }),
  close: { message: '学習中の実行があります。', keep: '学習を続ける', stop: 'チェックポイントで止める', cancel: 'キャンセル' },
  exportPlace: '書き出し先',
  archive: { save: 'アーカイブとして保存', open: 'アーカイブを読み込む', metrics: '指標の書き出し先' },
  weights: '初期重み',
  images: '取り込む画像',
  runtimePack: 'オフラインパック',
};

/** @param language as set; `system` follows `locale`, the system's language */
export const wordsIn = (language: 'system' | 'en' | 'ja', locale: string): Words =>
  (language === 'system' ? locale.toLowerCase().startsWith('ja') : language === 'ja') ? japanese : english;
