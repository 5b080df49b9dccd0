// steps: the smaller questions that hints ask, as they are typed: an answer beside a hint, whose kind is guessed as that of the whole.
import type { DraftStep } from '../lib/api.gen.ts'
import { type Form, choicesOf, guess, mathsFollow, ways } from './drafts.ts'

/** Step is the answer beside a hint, "" where it asks nothing. was is the step that it came as: what has no field here stays with it
 * until the answer is changed. */
export interface Step { answer: string; was?: DraftStep }

/** answerOf is a step's answer as it is typed. */
export function answerOf(s: DraftStep): string {
  if (s.kind === 'choice') return s.options.map((o) => `${o.right || o.if ? '*' : ''}${o.text.replaceAll('\n', ' ')}`).join('\n')
  return [s.key, s.unit].filter(Boolean).join(' ')
}

/** stepsOf are the steps of a draft beside its hints. */
export function stepsOf(hints: string[], steps: DraftStep[] | undefined): Step[] {
  return hints.map((_, i) => { const was = steps?.find((s) => s.rung === i + 1); return was ? { answer: answerOf(was), was } : { answer: '' } })
}

/** toSteps are the steps as the school takes them; hints that are empty are left out of the draft, and so are their steps. */
export function toSteps(f: Form): DraftStep[] {
  const out: DraftStep[] = []
  let rung = 0
  for (const [i, hint] of f.hints.entries()) {
    if (hint.trim() === '') continue
    rung++
    const s = f.steps?.[i]
    if (!s || s.answer.trim() === '') continue
    out.push(s.was && answerOf(s.was) === s.answer ? { ...s.was, rung } : made(f, rung, s.answer))
  }
  return out
}

function made(f: Form, rung: number, answer: string): DraftStep {
  const g = guess(answer, [...f.draws, ...f.rest.let].map((d) => d.name))
  const none = { rung, key: '', unit: '', options: [], ordered: false, forms: [], shows: '' }
  if (g.kind === 'choice' || g.kind === 'choices') return { ...none, kind: 'choice', options: choicesOf(answer).map((c) => ({ text: c.text, right: c.right, if: '', mistake: '', nudge: '', group: 0 })) }
  if (g.kind === 'number' || g.kind === 'fraction') return { ...none, kind: g.kind, key: ways(f, g.value)[0] ?? g.value, unit: g.unit }
  return { ...none, kind: g.kind === 'equation' ? 'equation' : 'expression', key: mathsFollow(f, answer.trim()) }
}
