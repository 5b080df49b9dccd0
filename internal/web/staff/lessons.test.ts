import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { El } from '../lib/api.gen.ts'
import { type Check, type LessonForm, blocksOf, draftOf, followed, formOf, inOrder, lacksOf, msOf, swapped, wordsOf } from './lessons.ts'

const p = (t: string): El => ({ n: 'p', c: [{ t }] })
const c = (item: string, at_ms = 0, after_block = 0): Check => ({ item, at_ms, after_block })
const form: LessonForm = { title: 'Two', objective: 'o', skills: ['s'], minutes: '4', kind: 'text', link: '', text: 'Read.', film: null, checks: [c('a', 0, 2), c('b', 0, 0), c('x', 0, 1)] }

test('formOf and draftOf: there and back, only what the kind has, checks as they are met', () => {
  assert.deepEqual(draftOf(form), { title: 'Two', objective: 'o', skills: ['s'], minutes: 4, text: 'Read.', checks: [{ item: 'x', after_block: 1 }, { item: 'a', after_block: 2 }, { item: 'b' }] })
  assert.deepEqual(draftOf(formOf(draftOf(form))), draftOf(form))
  const film: LessonForm = { ...form, kind: 'film', film: { file: 'f', ms: 9000 }, link: 'https://left.over', checks: [c('a', 5000, 3), c('b')] }
  assert.deepEqual(draftOf(film), { title: 'Two', objective: 'o', skills: ['s'], minutes: 4, text: 'Read.', film: { file: 'f', ms: 9000 }, checks: [{ item: 'a', at_ms: 5000 }, { item: 'b' }] })
  assert.equal(draftOf({ ...film, kind: 'link' }).film, undefined)
})

test('lacksOf: names all that is missing, and a check after the end of the film', () => {
  assert.deepEqual(lacksOf(form), [])
  assert.deepEqual(lacksOf({ ...form, title: ' ', skills: [], minutes: '0', text: ' ' }), ['title', 'skills', 'text', 'minutes'])
  assert.deepEqual(lacksOf({ ...form, kind: 'film' }), ['film'])
  assert.deepEqual(lacksOf({ ...form, kind: 'film', film: { file: 'f', ms: 9000 }, checks: [c('a', 9001)] }), ['checks'])
  for (const link of ['http://example.org', 'https://', 'javascript:alert(1)']) assert.deepEqual(lacksOf({ ...form, kind: 'link', link }), ['link'], link)
})

test('inOrder and swapped: by place, the end last; what is moved takes the other’s place', () => {
  assert.deepEqual(inOrder(form.checks, 'text').map((x) => x.item), ['x', 'a', 'b'])
  assert.deepEqual(inOrder([c('a'), c('b'), c('d', 1)], 'film').map((x) => x.item), ['d', 'a', 'b'])
  assert.deepEqual(swapped(form.checks, 'text', 'b', -1).map((x) => [x.item, x.after_block]), [['x', 1], ['b', 2], ['a', 0]])
  assert.deepEqual(swapped(form.checks, 'text', 'x', -1).map((x) => x.item), ['x', 'a', 'b'])
})

test('msOf: instants as people type them', () => {
  for (const [typed, ms] of [['1:05', 65_000], [' 65 ', 65_000], ['0:00', 0], ['1:02:03', 3_723_000], ['120:00', 7_200_000]] as const) assert.equal(msOf(typed), ms, typed)
  for (const typed of ['', 'soon', '1:75', '1:2:99', '-1', '1.5', ':30']) assert.equal(msOf(typed), null, typed)
})

test('followed: a check stays after its block', () => {
  const was = ['one', 'two', 'three', 'four'].map(p)
  const at = (now: string[], n: number) => followed([c('a', 0, n)], was, now.map(p))[0]!.after_block
  assert.equal(at(['one', 'new', 'two', 'three', 'four'], 2), 3)
  assert.equal(at(['one', 'new', 'two', 'three', 'four'], 1), 1)
  assert.equal(at(['one', 'four'], 4), 2)
  assert.equal(at(['one', 'four'], 2), 1)
  assert.equal(at(['one', 'two, in other words', 'three', 'four'], 2), 2)
  assert.equal(at([], 3), 0)
  assert.equal(followed([c('a')], was, [])[0]!.after_block, 0)
})

test('blocksOf and wordsOf: a pause counts as one block, a block is known by how it begins', () => {
  const pause: El = { n: 'section', a: { class: 'pause' }, c: [{ t: 'Think.' }] }
  assert.deepEqual(blocksOf([p('one'), pause, { n: 'div', a: { class: 'after-pause' }, c: [p('two'), p('three')] }]), [p('one'), pause, p('two'), p('three')])
  assert.equal(wordsOf(p('A short one')), 'A short one')
  assert.equal(wordsOf(p('A rather long beginning of a paragraph that goes on and on'), 20), 'A rather long …')
})
