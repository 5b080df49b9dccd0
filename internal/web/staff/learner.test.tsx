import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { renderToString } from 'preact-render-to-string'
import type { LearnerPage } from '../lib/api.gen.ts'
import { setPage } from '../lib/page.ts'
import { setWords } from '../lib/words.ts'
import { Evidence, Moments } from './Evidence.tsx'
import { PlanEditor } from './PlanEditor.tsx'

const words = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
const said = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
setWords(Object.assign({}, ...['ui', 'step', 'reason', 'evidence', 'why'].map((n) => words(`internal/phrase/en/${n}.en.json`)), words('internal/web/staff/proposal.en.json'), words('internal/web/staff/learner.en.json')) as Record<string, string>)
setPage({ zone: 'Europe/London', at: Date.UTC(2026, 10, 24, 10, 10) })

const stories = (JSON.parse(readFileSync('internal/web/staff/learner.story.json', 'utf8')) as { view: LearnerPage }[]).map((s) => s.view)

test('Evidence: what was taken out stays, struck through, with who and why', () => {
  const html = renderToString(<Evidence view={stories[0]!} />)
  const out = stories[0]!.evidence.lines.find((l) => l.withdrawn)!
  const row = html.split('<li').find((li) => li.includes('<s '))!
  assert.ok(said(row).includes(`Taken out by ${out.withdrawn!.by}`) && said(row).includes(out.withdrawn!.reason.words!), said(row))
  assert.ok(!said(row).includes('Take out'), 'it cannot be taken out twice')
})

test('Evidence: a learner’s own words are not a teacher’s to take out', () => {
  const html = renderToString(<Evidence view={stories[0]!} />)
  for (const l of stories[0]!.evidence.lines.filter((x) => x.kind === 'question' || x.kind === 'self_rating')) assert.equal(l.may, false)
  const question = html.split('<li').find((li) => said(li).includes('Brought a question'))!
  assert.ok(!said(question).includes('Take out') && said(question).includes(stories[0]!.evidence.lines.find((l) => l.kind === 'question')!.words!))
})

test('PlanEditor: four columns; each line that is not done can be moved and taken out', () => {
  const view = stories[0]!
  const html = renderToString(<PlanEditor view={view} />)
  for (const title of ['Now', 'Next', 'Later', 'Done']) assert.ok(said(html).includes(title))
  const left = view.plan!.lines.filter((l) => l.column !== 'done').length
  assert.equal(html.match(/aria-label="Take out: /g)?.length, left)
  assert.equal(html.match(/data-drag="/g)?.length, left)
})

test('PlanEditor: while nothing is decided it says that this is open meanwhile', () => {
  assert.ok(said(renderToString(<PlanEditor view={{ ...stories[1]!, plan: { ...stories[1]!.plan!, revision: 0 } }} />)).includes('Nothing is decided yet'))
})

test('Moments: sentences, without a number that ranks', () => {
  const text = said(renderToString(<Moments view={stories[0]!} />))
  assert.match(text, /became secure|is growing/)
  assert.doesNotMatch(text, /%|rank|behind|late\b|wrong/i)
})
