import assert from 'node:assert/strict'
import { test } from 'node:test'
import { step } from './now_grid.tsx'

test('arrows move by one square and stop at the edges', () => {
  assert.deepEqual(step('ArrowRight', 2, 3, 30, 16, false), [2, 4])
  assert.deepEqual(step('ArrowLeft', 2, 0, 30, 16, false), [2, 0])
  assert.deepEqual(step('ArrowUp', 0, 3, 30, 16, false), [0, 3])
  assert.deepEqual(step('ArrowDown', 29, 3, 30, 16, false), [29, 3])
})

test('from right to left the arrows follow the eye', () => {
  assert.deepEqual(step('ArrowLeft', 2, 3, 30, 16, true), [2, 4])
  assert.deepEqual(step('ArrowRight', 2, 3, 30, 16, true), [2, 2])
})

test('Home and End stay in the row, other keys are left alone', () => {
  assert.deepEqual(step('Home', 5, 9, 30, 16, false), [5, 0])
  assert.deepEqual(step('End', 5, 9, 30, 16, false), [5, 15])
  assert.equal(step('Tab', 5, 9, 30, 16, false), null)
  assert.equal(step('a', 5, 9, 30, 16, false), null)
})
