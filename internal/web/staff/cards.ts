// cards: what stands in the inbox, in which order.
import type { InboxFold, InboxPage, InboxPlan } from '../lib/api.gen.ts'

/** Card is one thing to decide: one plan, or several that look alike. */
export interface Card { id: string; plans: InboxPlan[] }

/** cardsOf are the cards of a view, without those that were just decided; apart are plans that were taken out of a fold to
 * be looked at by themselves: they stand right after it. */
export function cardsOf(view: InboxPage, gone: string[], apart: string[]): Card[] {
  const cards: Card[] = []
  for (const fold of view.same) {
    const here = fold.plans.filter((p) => !gone.includes(p.id))
    const together = here.filter((p) => !apart.includes(p.id))
    if (together.length > 0) cards.push({ id: together.length > 1 ? `same-${together[0]!.id}` : together[0]!.id, plans: together })
    for (const p of here) if (apart.includes(p.id)) cards.push({ id: p.id, plans: [p] })
  }
  for (const p of view.single) if (!gone.includes(p.id)) cards.push({ id: p.id, plans: [p] })
  return cards
}

/** step is the card that is by places further on; the ends stay where they are. */
export function step(cards: Card[], at: number, by: number): string | undefined {
  return cards[Math.min(cards.length - 1, Math.max(0, at + by))]?.id
}

/** Common is what most look-alikes agree on: the keys of their steps, and how many plans they are. */
export interface Common { keys: Set<string>; plans: number }

/** commonOf is the largest fold of the same unit that shares at least half of a plan's steps, for a plan outside of it: a
 * teacher who has read the fold then reads only what is different. */
export function commonOf(same: InboxFold[], plan: InboxPlan): Common | undefined {
  const folds = same.filter((f) => f.plans[0]!.class_unit === plan.class_unit && !f.plans.some((p) => p.id === plan.id)).toSorted((a, b) => b.plans.length - a.plans.length)
  for (const fold of folds) {
    const keys = new Set(fold.plans[0]!.lines.map((l) => l.key))
    if (plan.lines.filter((l) => keys.has(l.key)).length * 2 >= plan.lines.length) return { keys, plans: fold.plans.length }
  }
  return undefined
}
