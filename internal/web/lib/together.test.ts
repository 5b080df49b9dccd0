import assert from 'node:assert/strict'
import { test } from 'node:test'
import { together } from './together.ts'

test('together: a ratio, a short rule and a measure stay on one line', () => {
  for (const [text, want] of [
    ['So I would write 10 : 15.', 'So I would write 10~:~15.'],
    ['write their rule as y = kx.', 'write their rule as y~=~kx.'],
    ['All: 10 + 5 = 15, because', 'All: 10~+~5~=~15, because'],
    ['pies. 10 kg of apples, 3 m each', 'pies. 10~kg of apples, 3~m each'],
  ] as const) assert.equal(together(text), want.replaceAll('~', '\u00a0'))
})

test('together: a long calculation and plain words may break', () => {
  for (const text of ['3 + 4 + 5 + 6 + 7 = 25', 'Who is right: Noor or Jonas?', '10 green ones and 5 minutes', 'a - b']) assert.equal(together(text), text)
})
