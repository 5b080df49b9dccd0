import assert from 'node:assert/strict'
import { test } from 'node:test'
import { h } from 'preact'
import { setPage } from './page.ts'
import { rich, say, setWords, t } from './words.ts'

test('words: a key without words shows in brackets and is logged', (context) => {
  const log = context.mock.method(console, 'error', () => {})
  setWords({ 'a.b': 'Hello {name}' })
  assert.equal(t('a.c'), '[a.c]')
  assert.equal(log.mock.callCount(), 1)
  assert.equal(say({ code: 'a.b', args: { name: 'Ben' } }), 'Hello Ben')
  assert.equal(say(null), '')
})

test('words: rich keeps elements whole and in place', () => {
  setWords({ 'a.b': '{n, plural, one {# plan} other {# plans}} for {name}, today' })
  const name = h('bdi', null, 'نور')
  assert.deepEqual(rich('a.b', { n: 2, name }), ['2 plans for ', name, ', today'])
})

test('words: values are isolated from right to left only', () => {
  setWords({ 'a.b': 'Hello {name}' })
  setPage({ locale: 'ar' })
  assert.equal(t('a.b', { name: 'Ben' }), 'Hello \u2068Ben\u2069')
  setPage({ locale: 'en' })
  assert.equal(t('a.b', { name: 'Ben' }), 'Hello Ben')
})
