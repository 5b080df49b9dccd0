import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decimalComma, split, typeInto } from './reading.ts'

test('a place that the school names is found in the text, beyond signs of two units too', () => {
  assert.deepEqual(split('2x + ?', 6, '?'), { before: '2x + ', there: '?', after: '', start: 5, end: 6 })
  assert.deepEqual(split('𝑥+foo', 3, 'foo'), { before: '𝑥+', there: 'foo', after: '', start: 3, end: 6 })
  assert.deepEqual(split('2x +', 5, ''), { before: '2x +', there: '', after: '', start: 4, end: 4 })
  assert.deepEqual(split('ab', 9, 'z'), { before: 'ab', there: '', after: '', start: 2, end: 2 })
})

test('a key types where the caret is, and parentheses close around what is marked', () => {
  assert.deepEqual(typeInto('2+3', 1, 1, 'x'), { text: '2x+3', caret: 2 })
  assert.deepEqual(typeInto('2+3', 0, 3, '()'), { text: '(2+3)', caret: 4 })
  assert.deepEqual(typeInto('', 0, 0, '√()'), { text: '√()', caret: 2 })
  assert.deepEqual(typeInto('2y', 1, 2, 'x'), { text: '2x', caret: 2 })
})

test('a comma parts decimals where the reader lives so', () => {
  assert.equal(decimalComma('en'), false)
  assert.equal(decimalComma('es'), true)
  assert.equal(decimalComma('not a locale'), false)
})
