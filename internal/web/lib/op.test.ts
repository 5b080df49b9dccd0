import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newOp } from './op.ts'

test('op: is a UUIDv7 of its time', () => {
  const op = newOp(Date.UTC(2100, 0, 1))
  assert.match(op, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.equal(Number.parseInt(op.replaceAll('-', '').slice(0, 12), 16), Date.UTC(2100, 0, 1))
})

test('op: sorts in the order it was made, also within a millisecond and when the clock steps back', () => {
  const at = Date.UTC(2100, 0, 2)
  const made = Array.from({ length: 10_000 }, () => newOp(at))
  made.push(newOp(at - 60_000))
  assert.deepEqual(made, [...made].sort())
  assert.equal(new Set(made).size, made.length)
})
