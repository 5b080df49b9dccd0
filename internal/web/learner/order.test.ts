import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Edit, edits, added, place, shift, type Line } from './order.ts'

const lines: Line[] = [{ key: 'a', must: true }, { key: 'x', must: false }, { key: 'b', must: true }, { key: 'y', must: false }, { key: 'c', must: true }]

/** apply is what the school does with edits (package plan, Apply). */
function apply(from: Line[], list: Edit[]): string[] {
  let now = from.map((l) => l.key)
  for (const e of list) {
    if (e.act === 'drop') now = now.filter((k) => k !== e.key)
    else if (e.act === 'add') now = [...now.slice(0, e.to), added(e.skill), ...now.slice(e.to)]
    else {
      assert.ok(!from.find((l) => l.key === e.key)?.must, `${e.key} must stay and was moved`)
      now = place(now, e.key, e.to)
    }
  }
  return now
}

test('edits lead to every order that keeps the lines that must stay', () => {
  for (const wanted of [['a', 'x', 'b', 'y', 'c'], ['x', 'y', 'a', 'b', 'c'], ['a', 'b', 'c', 'y', 'x'], ['y', 'a', 'b', 'x', 'c'], ['a', 'b', 'y', 'c'], ['a', 'b', 'c']]) {
    assert.deepEqual(apply(lines, edits(lines, wanted)), wanted)
  }
})

test('nothing changed is no edit', () => {
  assert.deepEqual(edits(lines, lines.map((l) => l.key)), [])
})

test('an added skill comes where it is wanted', () => {
  const wanted = ['a', added('s'), 'x', 'b', 'y', 'c']
  assert.deepEqual(apply(lines, edits(lines, wanted, ['s'])), wanted)
})

test('a line that must stay cannot lose its place', () => {
  assert.throws(() => edits(lines, ['b', 'a', 'x', 'y', 'c']))
  assert.throws(() => edits(lines, ['a', 'x', 'b', 'y']))
})

test('shift stops at the ends', () => {
  assert.deepEqual(shift(['a', 'b'], 'a', -1), ['a', 'b'])
  assert.deepEqual(shift(['a', 'b'], 'a', 1), ['b', 'a'])
})
