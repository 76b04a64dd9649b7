import type { desktop as english } from './en';

export const desktop: typeof english = {
  notifications: '通知', notify: 'ほかを見ている間に終わったことを通知する', notifyNote: '単独の実行、実験、取り込み、失敗、止まったキューが対象です。クリックするとその場所が開きます。',
  preventSleep: '学習中はコンピューターをスリープさせない', preventSleepNote: '一時停止中は対象外です。画面は消えます。',
  remedy: { system: '診断を開く', storage: 'ディスクを空ける', library: 'ライブラリを開く', datasets: 'データセットを開く', folder: 'フォルダーを表示', queue: 'キューを続ける' },
  fix: { batch: 'バッチ {value} で新しい実行', rate: '学習率 {value} で新しい実行', float32: 'float32 で新しい実行', noXla: 'XLA なしで新しい実行' },
  about: {
    tab: 'このアプリ', text: 'Cultivar は下の部品でできています。それぞれのライセンスはそのままで、本文はアプリに含まれ、ネットワークは要りません。', own: 'Cultivar 自身：Apache-2.0。', count: '{count}個の部品', search: '部品を検索', none: 'その名前の部品はありません。', noText: 'このパッケージにはライセンスの本文がありません。ライセンスは {licence} です。',
    loading: 'ライセンスを読み込み中', part: '部品', version: 'バージョン', licence: 'ライセンス', copy: '本文をコピー',
    chromium: 'Electron は Chromium を含みます。その部品とライセンスは、プログラムと同じ場所の LICENSES.chromium.html にあります。', tensorflow: 'TensorFlow のライブラリ（Apache-2.0）はランタイムに付属し、ライセンスはそのフォルダーにあります。',
  },
};
