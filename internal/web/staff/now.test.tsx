import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { NowPage } from '../lib/api.gen.ts'
import { setPage } from '../lib/page.ts'
import { setWords } from '../lib/words.ts'
import { Hands, type Part, Piles } from './now.tsx'
import { Grid } from './now_grid.tsx'
import { doing } from './now_words.ts'

const read = (file: string) => JSON.parse(readFileSync(`internal/web/${file}`, 'utf8'))
const stories = read('staff/now.story.json') as { name: string; view: NowPage }[]
const view = stories.find((s) => s.name.startsWith('running, six hands'))!.view
setWords({ ...JSON.parse(readFileSync('internal/phrase/en/ui.en.json', 'utf8')), ...JSON.parse(readFileSync('internal/phrase/en/pile.en.json', 'utf8')), ...read('staff/now.en.json') })
setPage({ at: Date.UTC(2026, 10, 24, 10, 10), zone: 'Europe/London', locale: 'en' })

const part: Part = { view, naming: (_, name) => name, send: () => Promise.resolve(true), busy: '' }
const hidden: Part = { ...part, naming: (id) => `Learner ${view.learners.findIndex((l) => l.id === id) + 1}` }

test('hands stand in the order of the view, which is oldest first, and each says who and what', () => {
  const html = renderToString(h(Hands, part))
  const at = view.hands.map((hand) => html.indexOf(hand.line))
  assert.ok(at.every((n, i) => n > 0 && (i === 0 || n > at[i - 1]!)), String(at))
  assert.ok(html.includes(`Coming: ${view.hands[1]!.name}`))
  assert.ok(html.includes('You are on your way') && html.includes('is on the way'))
})

test('while names are hidden, no part of the page says one', () => {
  const html = [renderToString(h(Hands, hidden)), renderToString(h(Piles, hidden)), renderToString(h(Grid, { view, naming: hidden.naming }))].join('')
  for (const l of view.learners) assert.ok(!html.includes(`>${l.name}<`) && !html.includes(`${l.name},`), l.name)
})

test('the exit check is told in dots that are read out, and in a sum', () => {
  const html = renderToString(h(Piles, part))
  assert.ok(html.includes('Exit check: right, not yet'))
  assert.ok(html.includes('2 of 3 right so far'))
})

test('one square of the grid is in the tab order', () => {
  const html = renderToString(h(Grid, { view, naming: part.naming }))
  assert.equal([...html.matchAll(/<td tabindex="0"/g)].length, 1)
  assert.equal([...html.matchAll(/<td /g)].length, view.learners.length * view.skills.length)
})

test('a page without words of its own is somewhere in Kith', () => {
  assert.equal(doing('practice', 'Unit rates'), 'practicing Unit rates')
  assert.equal(doing('practice', ''), 'practicing')
  assert.equal(doing('somewhere', ''), 'in Kith')
  assert.equal(doing('', ''), '')
})
