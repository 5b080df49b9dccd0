import assert from 'node:assert/strict'
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
  for (const text of ['', 'abc', '1/0', '1 2/0', '3/', '1.2.3', '1,20', '--1', '1e3', '2x']) assert.equal(readNumber(text), null, text)
})
