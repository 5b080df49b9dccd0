import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spoken } from './spoken.ts'

test('spoken: mathematics and pictures have a name in one line', () => {
  const mn = (t: string) => ({ n: 'mn', c: [{ t }] })
  assert.equal(spoken([{ n: 'p', c: [{ t: 'Half is ' }, { n: 'math', c: [{ n: 'mfrac', c: [mn('1'), mn('2')] }] }] }]), 'Half is 1/2')
  assert.equal(spoken([{ n: 'p', c: [{ n: 'math', c: [{ n: 'mi', c: [{ t: 'y' }] }, { n: 'mo', c: [{ t: '=' }] }, mn('2'), { n: 'mo', c: [{ t: '\u2062' }] }, { n: 'msup', c: [{ n: 'mi', c: [{ t: 'x' }] }, mn('2')] }] }] }]), 'y = 2 x^2')
  assert.equal(spoken([{ n: 'figure', c: [{ n: 'svg', c: [{ n: 'title', c: [{ t: 'A line.' }] }, { n: 'text', c: [{ t: '5' }] }] }] }, { n: 'img', a: { alt: 'A jug' } }]), 'A line. A jug')
  assert.equal(spoken([{ n: 'math', c: [{ n: 'mfrac', c: [{ n: 'mrow', c: [mn('1'), { n: 'mo', c: [{ t: '+' }] }, mn('2')] }, mn('3')] }] }]), '(1 + 2)/3')
  assert.equal(spoken(null), '')
})
