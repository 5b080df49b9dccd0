import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EditorLine } from '../lib/api.gen.ts'
import { placeIn, shiftTo } from './columns.ts'

const lines = (names: string): EditorLine[] => names.split(' ').map((n, at) => {
  const [key, column] = n.split('.') as [string, EditorLine['column']]
  return { key, column, at, kind: 'practice', where: 'screen', title: key, must: false, pinned: false, minutes: 0, reason: { code: 'reason.ready' }, status: column === 'done' ? 'done' : 'todo' }
})

/** moved does what package plan's Apply does with a move. */
const moved = (list: EditorLine[], key: string, to: number) => {
  const rest = list.filter((l) => l.key !== key)
  rest.splice(to, 0, list.find((l) => l.key === key)!)
  return rest.map((l) => l.key).join('')
}

const ten = lines('a.done b.now c.now d.now e.now f.now g.next h.next i.next j.next k.later')

test('placeIn: the first of Now stands before everything that is not done', () => {
  assert.equal(moved(ten, 'k', placeIn(ten, 'k', 'now')), 'akbcdefghij')
})

test('placeIn: the first of Next has five before it', () => {
  assert.equal(moved(ten, 'b', placeIn(ten, 'b', 'next')), 'acdefgbhijk')
})

test('placeIn: Later is the end, and nothing goes where it is', () => {
  assert.equal(moved(ten, 'c', placeIn(ten, 'c', 'later')), 'abdefghijkc')
  assert.equal(placeIn(ten, 'c', 'now'), -1)
  assert.equal(placeIn(ten, 'a', 'now'), -1)
})

test('shiftTo: one line sooner or later, over what is done', () => {
  const list = lines('b.now a.done c.now')
  assert.equal(moved(list, 'c', shiftTo(list, 'c', -1)), 'cba')
  assert.equal(moved(list, 'b', shiftTo(list, 'b', 1)), 'acb')
  assert.equal(shiftTo(list, 'b', -1), -1)
})
