import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clockOf } from '../lib/time.ts'
import { type Draft, body, guess, missing } from './addlesson.tsx'

const text: Draft = {
  skills: ['s'], objective: '', unit: 'u', title: 'Two and two', kind: 'text', link: 'https://left.over', text: 'Read.', film: null, checks: [{ item: 'a', at_ms: 5000, after_block: 0 }, { item: 'b', at_ms: 0, after_block: 1 }],
  minutes: '4', invite: true, on: '2026-11-25', at: '09:00',
}

test('missing: names all that the lesson lacks', () => {
  assert.deepEqual(missing(text), [])
  for (const minutes of ['0', '241', '2.5', 'soon']) assert.deepEqual(missing({ ...text, minutes }), ['minutes'], minutes)
  assert.deepEqual(missing({ ...text, on: '' }), ['before'])
  assert.deepEqual(missing({ ...text, title: '', kind: 'film', minutes: '0' }), ['title', 'film', 'minutes'])
  assert.deepEqual(missing({ ...text, on: '', invite: false }), [])
})

test('body: only what the chosen kind has is sent', () => {
  assert.deepEqual(body(text), { class_unit: 'u', title: 'Two and two', skill: 's', minutes: 4, checks: [{ item: 'b', after_block: 1 }, { item: 'a' }], text: 'Read.', before: { on: '2026-11-25', at: '09:00' } })
  const film = body({ ...text, kind: 'film', film: { file: 'f', ms: 90_000, captions: 'c' }, invite: false })
  assert.deepEqual(film, { class_unit: 'u', title: 'Two and two', skill: 's', minutes: 4, checks: [{ item: 'a', at_ms: 5000 }, { item: 'b' }], film: { file: 'f', ms: 90_000, captions: 'c' } })
  assert.equal(body({ ...text, kind: 'link', link: ' https://x.org ' }).link, 'https://x.org')
})

test('guess: a film with a moment for its checks, a text at reading speed', () => {
  assert.equal(guess('film', 208_000, ''), 5)
  assert.equal(guess('text', 0, 'word '.repeat(360)), 4)
  assert.equal(guess('link', 0, ''), 8)
  assert.equal(clockOf(125_900), '2:05')
})
