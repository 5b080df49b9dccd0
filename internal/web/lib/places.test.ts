import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clipped, nearest, readRat, readSpans, readSpots, scaleOf, type Scale, through, writeRat, writeSpans, writeSpots } from './places.ts'

const quarter: Scale = scaleOf({ from: '0', to: '2', step: '1', snap: '1/4' })
const ten: Scale = scaleOf({ from: '0', to: '10', step: '1', snap: '1' })

test('a number is read exactly and written as it was asked for', () => {
  for (const [text, written] of [['3/4', '3/4'], ['6/8', '3/4'], ['1 3/4', '7/4'], ['-2', '−2'], ['−0.5', '−1/2'], ['0.30', '3/10']] as const) assert.equal(writeRat(readRat(text)!), written)
  assert.equal(writeRat(readRat('3/2')!, true), '1.5')
  assert.equal(writeRat(readRat('1/3')!, true), '1/3')
  for (const text of ['', '3/0', 'x', '1.2.3', '2 3', '3/4/5']) assert.equal(readRat(text), null)
})

test('a place is the nearest one of the scale and never off it', () => {
  assert.deepEqual([0.6, 0.63, -3, 9].map((x) => writeRat(nearest(quarter, x))), ['1/2', '3/4', '0', '2'])
})

test('points go to text and back', () => {
  for (const text of ['(2, 3)', '(2, 3), (4, 6)', '(1/2, 3)']) assert.equal(writeSpots(readSpots(text, true)!, [ten, ten]), text)
  assert.equal(writeSpots(readSpots('3/4, 2', false)!, [quarter]), '3/4, 2')
  for (const text of ['2, 3', '(2)', '(2, 3) and', '(1, 2, 3)', 'y = 2x']) assert.equal(readSpots(text, true), null)
  assert.deepEqual(readSpots(' ', true), [])
})

test('intervals go to text and back', () => {
  for (const text of ['[2, ∞)', '(−∞, 1) ∪ [3, 5]', '(−3, 4]']) assert.equal(writeSpans(readSpans(text)!, false), text)
  assert.equal(writeSpans(readSpans('(-inf, 2] or [3, inf)')!, false), '(−∞, 2] ∪ [3, ∞)')
  for (const text of ['x > 2', '[5, 2]', '[2, y)', '2, 3']) assert.equal(readSpans(text), null)
})

test('a line is drawn inside its window alone', () => {
  assert.deepEqual(clipped(through(readSpots('(0, 0)', true)![0]!, readSpots('(1, 2)', true)![0]!)!, ten, ten)?.sort(), [0, 0, 10, 5].sort())
  assert.equal(clipped([1, 1, 99], ten, ten), null)
  assert.equal(through(readSpots('(1, 1)', true)![0]!, readSpots('(1, 1)', true)![0]!), undefined)
})
