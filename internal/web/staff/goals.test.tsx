import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OptionShown, ShortOf } from '../lib/api.gen.ts'
import { daysForMany } from './goals.tsx'

const later = (on: string, fits = true): OptionShown => ({ kind: 'later', fits, spares: 0, steps: 0, skill: '', with: '', minutes: 0, goal: 'g1', on })
const short = (n: number, ...options: OptionShown[]): ShortOf => ({ who: { id: `l${n}`, name: `L${n}` }, goal: 'g1', minutes: 10, options })

test('a day that is too near for many gets one for half of them and one for all', () => {
  const days = ['2026-12-20', '2026-12-18', '2026-12-19', '2026-12-24', '2026-12-22', '2026-12-21', '2026-12-23']
  assert.deepEqual(daysForMany(days.map((d, i) => short(i, later(d)))), [{ goal: 'g1', n: 7, half: '2026-12-21', all: '2026-12-24' }])
})

test('few learners have their own ways alone, and a day that does not fit is nobody\u2019s', () => {
  assert.deepEqual(daysForMany([1, 2, 3, 4, 5, 6].map((i) => short(i, later('2026-12-20')))), [])
  assert.deepEqual(daysForMany([1, 2, 3, 4, 5, 6, 7].map((i) => short(i, later('2026-12-20', i > 1)))), [])
})
