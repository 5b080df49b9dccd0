import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sized, widest } from './photo.ts'

test('a photo is made smaller, never larger, and keeps its shape', () => {
  assert.deepEqual(sized(4000, 3000), { width: widest, height: 1200 })
  assert.deepEqual(sized(3000, 4000), { width: 1200, height: widest })
  assert.deepEqual(sized(640, 480), { width: 640, height: 480 })
  assert.deepEqual(sized(9000, 1), { width: widest, height: 1 })
})
