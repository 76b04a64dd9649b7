/** An optimizer, as far as what it keeps hangs on it. */
type SlotChoice = { readonly kind: 'sgd'; readonly momentum: number } | { readonly kind: 'muon' | 'adam' | 'adamw' };

/** What an optimizer keeps for each trained parameter, a number for each of its numbers, under torch's names. All start at zero. */
export function slotNames(optimizer: SlotChoice): readonly string[] {
  switch (optimizer.kind) {
    case 'sgd':
      return optimizer.momentum === 0 ? [] : ['momentum_buffer'];
    case 'muon':
      return ['momentum_buffer'];
    case 'adam':
    case 'adamw':
      return ['exp_avg', 'exp_avg_sq'];
  }
}
