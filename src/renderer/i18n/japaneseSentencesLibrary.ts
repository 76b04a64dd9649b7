/** Of notes, tags and the bin; see japaneseSentences.ts. */
export const librarySentences: readonly (readonly [english: string, japanese: string])[] = [
  ['A note has at most {a} characters.', 'メモは最大 {a} 文字です。'],
  ['At most {a} tags.', 'タグは最大 {a} 個です。'],
  ['Remove one first.', '先にどれかを外してください。'],
  ['"{a}" cannot be a tag.', '「{a}」はタグにできません。'],
  ['A tag has 1 to 40 characters, no comma, colon or quotation mark, and no sign in front.', 'タグは 1〜40 文字で、コンマ・コロン・引用符と先頭の符号は使えません。'],
  ['Restore it from a backup, or remove it: only the note and the tags are lost.', 'バックアップから戻すか、取り除いてください。失われるのはメモとタグだけです。'],
  ['The run "{a}" waits in the queue.', '実行「{a}」はキューで待っています。'],
  ['Take it out of the queue first.', '先にキューから外してください。'],
  ['The run "{a}" waits or trains: it needs its weights.', '実行「{a}」は待機中または学習中で、重みが必要です。'],
  ['Take it out of the queue, or wait for its end.', 'キューから外すか、終わるまで待ってください。'],
  ['The bin has no weights of the run "{a}".', 'ゴミ箱に実行「{a}」の重みはありません。'],
  ['The run "{a}" has weights again.', '実行「{a}」には再び重みがあります。'],
  ['It has trained on since: what it has now stays.', 'その後さらに学習したため、今の重みを残します。'],
];
