import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { El } from '../ui/Drawn.tsx'
import { pieces } from './reading.ts'

const p = (t: string): El => ({ n: 'p', c: [{ t }] })
const pause: El = { n: 'section', a: { class: 'pause' }, c: [{ t: 'Predict' }] }
const rest = (...c: El[]): El => ({ n: 'div', a: { class: 'after-pause' }, c })

test('a check stands after its block, and at the end without one', () => {
  assert.deepEqual(pieces([p('a'), p('b')], [1, 0]), [{ is: 'text', of: [p('a')] }, { is: 'check', n: 0 }, { is: 'text', of: [p('b')] }, { is: 'check', n: 1 }])
})

test('what follows a pause stands behind it, a second pause within', () => {
  assert.deepEqual(pieces([p('a'), pause, rest(p('b'), pause, rest(p('c')))], []), [
    { is: 'text', of: [p('a'), pause] }, { is: 'pause', n: 0 }, { is: 'text', of: [p('b'), pause] }, { is: 'pause', n: 1 }, { is: 'text', of: [p('c')] },
  ])
})

test('blocks are counted across pauses', () => {
  const out = pieces([p('a'), pause, rest(p('b'), p('c'))], [3])
  assert.deepEqual(out.map((x) => x.is), ['text', 'pause', 'text', 'check', 'text'])
})

test('a check after a block that is not there is not lost', () => {
  assert.deepEqual(pieces([p('a')], [7]).at(-1), { is: 'check', n: 0 })
})
