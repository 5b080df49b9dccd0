// slips: patterns of wrong answers that are recognized in any answer, by the kind of the item. Their words, each with an example, are
// author.near.NAME; that every example is recognized is proved in internal/item/slipped_test.go.
import type { Kind } from './drafts.ts'

const of: Partial<Record<Kind, string[]>> = {
  number: ['sign', 'off-by-one', 'off-by-factor', 'power-of-ten', 'digits-swapped', 'rounding', 'reciprocal'],
  fraction: ['reciprocal', 'sign', 'off-by-factor'],
  expression: ['sign', 'distributed-once', 'dropped-negative', 'combined-unlike', 'squared-termwise', 'added-exponents', 'multiplied-exponents', 'exponent', 'missing-constant', 'missing-term', 'swapped-terms', 'one-term'],
  equation: ['reversed-inequality', 'endpoint', 'missing-solution', 'one-side'],
  interval: ['endpoint', 'one-end'],
  plane: ['swapped', 'one-coordinate'],
  numberline: ['one-place'],
}

/** slipsOf are the patterns that can be recognized in answers of a kind. */
export const slipsOf = (kind: Kind): string[] => of[kind] ?? []

/** own are those whose words differ by kind. */
const own = new Set(['fraction.sign', 'fraction.reciprocal', 'fraction.off-by-factor', 'expression.sign', 'interval.endpoint'])

/** wordsOf is the key of a pattern's words for a kind. */
export const wordsOf = (kind: Kind, slip: string): string => `author.near.${own.has(`${kind}.${slip}`) ? `${kind}.` : ''}${slip}`
