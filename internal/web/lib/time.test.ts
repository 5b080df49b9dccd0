import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setPage } from './page.ts'
import { clock, longDay, shortDay, wallClock } from './time.ts'

// Documents without script word time themselves: leaf_test.go in package web expects the same of them.
test('time: days and times are worded in the reader’s order', () => {
  const at = Date.UTC(2026, 10, 24, 14, 30)
  const said = (locale: string) => {
    setPage({ locale, zone: 'UTC' })
    return [longDay('2026-11-24'), shortDay('2026-11-24'), clock(at), wallClock('09:00')].map((s) => s.replaceAll(/\s/g, ' '))
  }
  assert.deepEqual(said('en'), ['Tuesday, November 24', 'Nov 24', '2:30 PM', '9:00 AM'])
  assert.deepEqual(said('es'), ['martes, 24 de noviembre', '24 nov', '14:30', '9:00'])
})
