import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fit } from './room_fit.ts'

const places = (n: number, each: number) => Array.from({ length: n }, (_, i) => ({ where: `Table ${i + 1}`, names: Array.from({ length: each }, (_, k) => `Name ${k}`) }))

test('six tables of five stand in three columns, not five and one', () => {
  assert.equal(fit(places(6, 5)).columns, 3)
})

test('eight tables leave no hole when letters stay nearly as large', () => {
  const some = [3, 2, 3, 5, 5, 6, 3, 4].map((n, i) => places(8, n)[i]!)
  assert.equal(8 % fit(some).columns, 0)
})

test('a few tables stand side by side', () => {
  assert.equal(fit(places(3, 4)).columns, 3)
  assert.equal(fit(places(1, 4)).columns, 1)
})

test('one long name does not make all names small', () => {
  const some = places(4, 4)
  some[0]!.names[0] = 'Maximiliane-Theodora'
  assert.ok(fit(some).letters <= 14)
})

test('no places are no error', () => {
  assert.equal(fit([]).columns, 1)
})
