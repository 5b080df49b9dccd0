import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sendFiles, sized, widest } from './photo.ts'

test('a photo is made smaller, never larger, and keeps its shape', () => {
  assert.deepEqual(sized(4000, 3000), { width: widest, height: 1200 })
  assert.deepEqual(sized(3000, 4000), { width: 1200, height: widest })
  assert.deepEqual(sized(640, 480), { width: 640, height: 480 })
  assert.deepEqual(sized(9000, 1), { width: widest, height: 1 })
})

test('a photo that the school has is not sent again when the next one did not get through', async () => {
  const was = globalThis.fetch
  const sent: unknown[] = []
  let broken = true
  globalThis.fetch = ((_: unknown, how: RequestInit) => {
    sent.push(how.body)
    if (sent.length === 2 && broken) return Promise.reject(new TypeError('offline'))
    return Promise.resolve(Response.json({ file: `f${sent.length}` }))
  }) as typeof fetch
  try {
    const one = new Blob(['1']), two = new Blob(['2']), at: number[] = []
    assert.equal((await sendFiles([one, two], (n) => at.push(n))).ok, false)
    broken = false
    assert.deepEqual(await sendFiles([one, two], (n) => at.push(n)), { ok: true, files: ['f1', 'f3'], documents: [] })
    assert.deepEqual(sent, [one, two, two])
    assert.deepEqual(at, [1, 2, 2])
  } finally { globalThis.fetch = was }
})
