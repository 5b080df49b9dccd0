import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { renderToString } from 'preact-render-to-string'
import type { InboxPage, InboxPlan } from '../lib/api.gen.ts'
import { setWords } from '../lib/words.ts'
import { cardsOf, commonOf, step } from './cards.ts'
import { Body, Editing, SendBack } from './Proposal.tsx'

const words = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
setWords({ ...words('internal/phrase/en/ui.en.json'), ...words('internal/phrase/en/step.en.json'), ...words('internal/phrase/en/reason.en.json'), ...words('internal/phrase/en/evidence.en.json'), ...words('internal/web/staff/proposal.en.json') })

const view = (JSON.parse(readFileSync('internal/web/staff/inbox.story.json', 'utf8')) as { view: InboxPage }[])[0]!.view
const names = (html: string) => html.replaceAll(/<[^>]*>/g, '')

test('cardsOf: look-alikes are one card, and whoever is taken out of it stands right after', () => {
  const [fold] = view.same
  const all = cardsOf(view, [], [])
  assert.equal(all[0]!.plans.length, fold!.plans.length)
  assert.equal(all.length, 1 + view.single.length)
  const second = fold!.plans[1]!.id
  const apart = cardsOf(view, [], [second])
  assert.deepEqual(apart.slice(0, 2).map((c) => c.plans.length), [fold!.plans.length - 1, 1])
  assert.equal(apart[1]!.id, second)
})

test('cardsOf: what was just decided is gone, and a fold of one is that plan', () => {
  const [first, ...rest] = view.same[0]!.plans.map((p) => p.id)
  assert.ok(!cardsOf(view, [view.single[0]!.id], []).some((c) => c.id === view.single[0]!.id))
  assert.equal(cardsOf(view, rest, [])[0]!.id, first)
  assert.equal(cardsOf(view, [first!, ...rest], []).length, view.single.length)
})

test('step: j and k stop at the ends', () => {
  const cards = cardsOf(view, [], [])
  assert.equal(step(cards, 0, -1), cards[0]!.id)
  assert.equal(step(cards, cards.length - 1, 1), cards.at(-1)!.id)
})

test('Body: the learner’s voice comes first, and each line says what changes', () => {
  const wish = view.single.find((p) => p.word)!
  const said = names(renderToString(<Body cls="c" plans={[wish]} />))
  assert.ok(said.indexOf(wish.word) < said.indexOf(wish.lines[0]!.title), 'voice before the lines')
  for (const words of [`Moved by ${wish.name}`, `Asked for by ${wish.name}`, `${wish.name} sees this otherwise`, 'New', 'Comes out', 'gives back about 13 minutes']) assert.ok(said.includes(words), words)
})

test('Body: in a fold each credit names whose it is', () => {
  const plans = view.same[0]!.plans as InboxPlan[]
  const said = names(renderToString(<Body cls="c" plans={plans} />))
  const owners = plans.filter((p) => p.credited.some((c) => c.key === plans[0]!.credited[0]!.key)).map((p) => p.name).join(', ')
  assert.ok(said.includes(owners), owners)
})

test('Editing and SendBack: one primary button, and a no needs its reason', () => {
  const one = view.single[0]!
  const primary = (html: string) => html.match(/class="button primary/g)?.length
  assert.equal(primary(renderToString(<Editing plan={one} puts={view.puts[0]} busy={false} onSave={() => {}} onCancel={() => {}} />)), 1)
  const back = renderToString(<SendBack plans={[one]} busy={false} onSend={() => {}} onCancel={() => {}} />)
  assert.equal(primary(back), 1)
  assert.match(back, /<button[^>]*aria-disabled="true"/)
})

test('commonOf: a plan beside a fold is told by what it shares; lines of its own are marked', () => {
  const fold = view.same[0]!
  const beside = view.single.find((p) => p.name === 'Leo M.')! // five steps of the fold's, and a talk
  const common = commonOf(view.same, beside)!
  assert.equal(common.plans, fold.plans.length)
  assert.deepEqual(beside.lines.filter((l) => !common.keys.has(l.key)).map((l) => l.kind), ['talk'])
  assert.equal(commonOf(view.same, fold.plans[0]!), undefined, 'a plan of the fold itself')
  assert.equal(commonOf(view.same, { ...beside, class_unit: 'another' }), undefined, 'a plan of another unit')
  assert.equal(commonOf(view.same, { ...beside, lines: beside.lines.slice(-1) }), undefined, 'a plan that shares less than half')
})

test('twenty-eight plans, most of them alike, are decided in as many acts as there are cards', () => {
  const [model] = view.same[0]!.plans
  const many = Array.from({ length: 23 }, (_, i) => ({ ...model!, id: `p${i}` }))
  const five = Array.from({ length: 5 }, (_, i) => ({ ...view.single[0]!, id: `s${i}` }))
  const inbox = { ...view, same: [{ plans: many }], single: five }
  let gone: string[] = [], acts = 0
  for (let cards = cardsOf(inbox, gone, []); cards.length > 0; cards = cardsOf(inbox, gone, [])) {
    gone = [...gone, ...cards[0]!.plans.map((p) => p.id)] // one key or one tap: accept; the next card opens by itself
    acts++
  }
  assert.equal(gone.length, 28)
  assert.equal(acts, 6)
})
