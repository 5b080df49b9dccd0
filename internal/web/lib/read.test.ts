import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readNumber } from './read.ts'

test('read: numbers as people type them', () => {
  assert.deepEqual(readNumber('12'), { negative: false, whole: '12' })
  assert.deepEqual(readNumber(' 1,200 '), { negative: false, whole: '1200' })
  assert.deepEqual(readNumber('−3'), { negative: true, whole: '3' })
  assert.deepEqual(readNumber('.5'), { negative: false, whole: '0', decimals: '5' })
  assert.deepEqual(readNumber('0.750'), { negative: false, whole: '0', decimals: '750' })
  assert.deepEqual(readNumber('3 / 4'), { negative: false, whole: '', top: '3', bottom: '4' })
  assert.deepEqual(readNumber('1 1/2'), { negative: false, whole: '1', top: '1', bottom: '2' })
})

test('read: what is no number is not read as one', () => {
  for (const text of ['', 'abc', '1/0', '1 2/0', '3/', '1.2.3', '1,2,3', '--1', '1e3', '2x']) assert.equal(readNumber(text), null, text)
})

test('read: what the school reads is never called unreadable, and is the same number', () => {
  const value = (text: string) => { const [over, under] = text.split('/').map(Number); return over! / (under ?? 1) }
  for (const [typed, unit, want] of JSON.parse(readFileSync('internal/item/testdata/typed.json', 'utf8')) as [string, string, string][]) {
    const got = readNumber(typed, [unit])
    if (want === 'error') { assert.equal(got, null, `${typed} with ${unit}`); continue }
    assert.ok(got, `${typed} with ${unit}`)
    const n = Number(got.whole) + (got.top ? Number(got.top) / Number(got.bottom) : Number(`0.${got.decimals ?? 0}`))
    assert.ok(Math.abs((got.negative ? -n : n) - value(want.split('|')[0]!)) < 1e-9, `${typed} with ${unit}: ${JSON.stringify(got)}`)
  }
})
