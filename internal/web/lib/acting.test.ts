import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signal } from '@preact/signals'
import { actsWith } from './acting.ts'
import { setPage } from './page.ts'
import type { Problem } from './problem.ts'
import { act } from './send.ts'

const json = (body: unknown) => new Response(JSON.stringify(body), { status: 200, headers: { 'Content-Type': 'application/json' } })

test('actsWith: a double click does a thing once, also while the page is still being drawn anew', async (context) => {
  setPage({ self: '/api/v1/page/today' })
  const asked: string[] = []
  let drawn = () => {}
  context.mock.method(globalThis, 'fetch', (path: string) => {
    asked.push(path)
    return path === '/api/v1/page/today' ? new Promise<Response>((done) => { drawn = () => done(json({ view: {} })) }) : Promise.resolve(json({}))
  })
  const done = actsWith(signal<Problem | null>(null))
  const first = done('/api/v1/use', { question: 'q' })
  assert.equal(await done('/api/v1/use', { question: 'q' }), false)
  while (!asked.includes('/api/v1/page/today')) await new Promise((go) => setTimeout(go, 1))
  assert.equal(await done('/api/v1/use', { question: 'q' }), false)
  drawn()
  assert.equal(await first, true)
  assert.deepEqual(asked, ['/api/v1/use', '/api/v1/page/today'])
})

test('act: the very same act after a lost answer is the same op; another act, or one that was answered, is not', async (context) => {
  const ops: string[] = []
  let answers = false
  context.mock.method(globalThis, 'fetch', (_: string, init: RequestInit) => {
    ops.push((JSON.parse(init.body as string) as { op: string }).op)
    return answers ? Promise.resolve(json({})) : Promise.reject(new TypeError('no network'))
  })
  await act('/api/v1/sat', { pile: 'a' })
  await act('/api/v1/sat', { pile: 'a' })
  assert.equal(ops[0], ops[1])
  await act('/api/v1/sat', { pile: 'b' })
  assert.notEqual(ops[2], ops[0])
  answers = true
  await act('/api/v1/sat', { pile: 'b' })
  assert.equal(ops[3], ops[2])
  await act('/api/v1/sat', { pile: 'b' })
  assert.notEqual(ops[4], ops[3])
})
