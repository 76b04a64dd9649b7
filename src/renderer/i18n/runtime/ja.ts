import type { runtime as english } from './en';

export const runtime: typeof english = {
  title: 'あと一つ、足りないものがあります',
  text: '学習の計算は TensorFlow が行います。そのライブラリはパッケージに含まれていません。一度だけ取得し、ハッシュで確認し、小さな学習ステップで試してから、あなた専用に保存します。その後はネットワークは要りません。',
  need: { get: '取得する量', arrived: '{all}（うち {arrived} は届いています）', disk: 'ディスク', diskFree: '{need}（空き {free}）', from: '取得元', fromUnknown: 'パッケージインデックスが分かりません', for: '対象', where: '保存先' },
  fetch: 'ランタイムを取得', resume: '続きを取得', cpuOnly: 'CPU 用のみ、{bytes}', usePack: 'オフラインパックを使う…', packNote: 'ネットワークがない場合は、別のコンピューターで次のコマンドで作ったパックを使えます：',
  running: 'ネイティブランタイムを用意しています', cancelling: 'キャンセル中', kept: 'キャンセルしました。届いた分は残してあり、続きから取得できます。',
  phase: { checking: '{what} を確認中', downloading: '{what} をダウンロード中', unpacking: '{what} を展開中', proving: '{what} で小さな学習ステップを試しています' }, progress: '{phase}、{done} / {all}', status: 'ランタイムを取得中、{part}',
};
