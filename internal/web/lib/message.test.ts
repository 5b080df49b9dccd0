// The same vectors are run by internal/phrase/phrase_test.go.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type Args, format, isRtl, parse } from './message.ts'

interface Vector { message: string; args: Args; locale: string; said: string; malformed?: boolean }

const vectors = JSON.parse(readFileSync('internal/phrase/testdata/vectors.json', 'utf8')) as Vector[]

test('message: the golden vectors say what package phrase says', () => {
  assert.ok(vectors.length >= 40)
  for (const v of vectors) {
    if (v.malformed) assert.throws(() => parse(v.message), Error, v.message)
    else assert.equal(format(parse(v.message), v.args, { locale: v.locale, isolate: isRtl(v.locale) }), v.said, `${v.locale} ${v.message}`)
  }
})

test('message: a pseudo-locale counts as English does', () => {
  const parts = parse('{n, plural, one {one} few {few} other {other}}')
  assert.equal(format(parts, { n: 3 }, { locale: 'ar-XB', isolate: true }), 'other')
  assert.equal(format(parts, { n: 1 }, { locale: 'en-XA', isolate: false }), 'one')
})
