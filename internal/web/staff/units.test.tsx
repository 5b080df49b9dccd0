import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byNumber, nextMorning } from './units.tsx'

test('nextMorning: tomorrow at nine, Monday after a Friday', () => {
  assert.deepEqual(nextMorning('2026-11-24'), { on: '2026-11-25', at: '09:00' })
  assert.deepEqual(nextMorning('2026-11-27'), { on: '2026-11-30', at: '09:00' })
  assert.deepEqual(nextMorning('2026-12-31'), { on: '2027-01-01', at: '09:00' })
})

test('byNumber: chapter 2 comes before chapter 10', () => {
  const titles = ['10. Roots', '2. Equations', '1. Foundations'].map((title) => ({ title }))
  assert.deepEqual(titles.sort(byNumber).map((x) => x.title), ['1. Foundations', '2. Equations', '10. Roots'])
})
