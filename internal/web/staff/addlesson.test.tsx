import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clockOf } from '../lib/time.ts'
import { type Draft, body, guess, missing } from './addlesson.tsx'

const text: Draft = { skill: 's', unit: 'u', title: 'Two and two', kind: 'text', link: 'https://left.over', text: 'Read.', captions: '', checks: [{ item: 'a', at_ms: 5000 }, { item: 'b' }], minutes: '4', invite: true, on: '2026-11-25', at: '09:00' }

test('missing: names all that the lesson lacks', () => {
  assert.deepEqual(missing(text), [])
  assert.deepEqual(missing({ ...text, title: '  ' }), ['title'])
  assert.deepEqual(missing({ ...text, text: ' \n' }), ['text'])
  assert.deepEqual(missing({ ...text, kind: 'film' }), ['film'])
  for (const link of ['http://example.org', 'example.org', 'https://', 'javascript:alert(1)']) assert.deepEqual(missing({ ...text, kind: 'link', link }), ['link'], link)
  assert.deepEqual(missing({ ...text, kind: 'link', link: ' https://example.org/a ' }), [])
  for (const minutes of ['0', '121', '2.5', 'soon']) assert.deepEqual(missing({ ...text, minutes }), ['minutes'], minutes)
  assert.deepEqual(missing({ ...text, on: '' }), ['before'])
  assert.deepEqual(missing({ ...text, title: '', kind: 'film', minutes: '0' }), ['title', 'film', 'minutes'])
  assert.deepEqual(missing({ ...text, on: '', invite: false }), [])
})

test('body: only what the chosen kind has is sent', () => {
  assert.deepEqual(body(text), { class_unit: 'u', title: 'Two and two', skill: 's', minutes: 4, checks: [{ item: 'a' }, { item: 'b' }], text: 'Read.', before: { on: '2026-11-25', at: '09:00' } })
  const film = body({ ...text, kind: 'film', film: { file: 'f', ms: 90_000 }, captions: 'c', invite: false })
  assert.deepEqual(film, { class_unit: 'u', title: 'Two and two', skill: 's', minutes: 4, checks: [{ item: 'a', at_ms: 5000 }, { item: 'b' }], film: { file: 'f', ms: 90_000, captions: 'c' } })
  assert.equal(body({ ...text, kind: 'link', link: ' https://x.org ' }).link, 'https://x.org')
})

test('guess: a film with a moment for its checks, a text at reading speed', () => {
  assert.equal(guess('film', 208_000, ''), 5)
  assert.equal(guess('text', 0, 'word '.repeat(360)), 4)
  assert.equal(guess('link', 0, ''), 8)
  assert.equal(clockOf(125_900), '2:05')
})
