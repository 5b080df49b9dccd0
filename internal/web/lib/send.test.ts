import assert from 'node:assert/strict'
import { afterEach, beforeEach, type TestContext, test } from 'node:test'
import { memoryBox } from './box.ts'
import { setPage } from './page.ts'
import { act, arrived, claim, flush, putAway, refused, saved, send, signedOut, unclaimed, useBox, waiting } from './send.ts'

type Reply = { status: number; body?: unknown; after?: string } | 'network'

let box = memoryBox()
beforeEach(() => { box = memoryBox(); useBox(box); setPage({ me: { id: 'amina', name: 'Amina', role: 'learner' } }); signedOut.value = false })
afterEach(async () => { for (const e of await box.all('amina')) await putAway(e.op); useBox(memoryBox()) })

/** school answers requests in order with the replies, the last one for ever, and keeps what was posted. */
function school(context: TestContext, ...replies: Reply[]): { path: string; body: Record<string, unknown> }[] {
  const posted: { path: string; body: Record<string, unknown> }[] = []
  context.mock.method(globalThis, 'fetch', (path: string, init: { body: string }) => {
    const reply = replies[Math.min(posted.length, replies.length - 1)]!
    posted.push({ path, body: JSON.parse(init.body) as Record<string, unknown> })
    if (reply === 'network') return Promise.reject(new TypeError('no route'))
    return Promise.resolve(new Response(reply.body === undefined ? '{}' : JSON.stringify(reply.body), { status: reply.status, headers: reply.after ? { 'Retry-After': reply.after } : {} }))
  })
  return posted
}

test('send: an answer is on this device before it is sent, and gone from it once acknowledged', async (context) => {
  const order: string[] = []
  useBox({ ...box, put: async (e) => { order.push('put'); await box.put(e) }, drop: async (op) => { order.push('drop'); await box.drop(op) } })
  context.mock.method(globalThis, 'fetch', () => { order.push('sent'); return Promise.resolve(Response.json({ outcome: 'right' })) })
  const answer = await send<{ outcome: string }>('/api/v1/attempt', { boxes: ['3'] }, { keep: true })
  assert.deepEqual(order, ['put', 'sent', 'drop'])
  assert.deepEqual(answer, { ok: true, data: { outcome: 'right' } })
  await flush()
  assert.equal(waiting.value, 0)
  assert.equal(saved.value, 'saved')
})

test('send: without the school the answer is kept, counted, and sent later with the same op', async (context) => {
  const posted = school(context, 'network', { status: 200 })
  assert.deepEqual(await send('/api/v1/attempt', { boxes: ['3'] }, { keep: true }), { ok: false, kept: true })
  await flush()
  assert.equal(posted.length, 2)
  assert.equal(posted[0]!.body['op'], posted[1]!.body['op'])
  assert.equal((await box.all('amina')).length, 0)
})

test('send: what became of a late answer stays on this device until it has been seen, and is not sent again', async (context) => {
  const posted = school(context, 'network', { status: 200, body: { outcome: 'not_yet' } })
  await send('/api/v1/attempt', { boxes: ['3'] }, { keep: true, op: 'op-1', show: { text: 'How many?' } })
  await flush()
  assert.equal(waiting.value, 0)
  assert.equal(saved.value, 'saved')
  assert.deepEqual(arrived.value.map(({ op, show, told }) => ({ op, show, told })), [{ op: 'op-1', show: { text: 'How many?' }, told: { outcome: 'not_yet' } }])
  const taken = claim('op-1') // a part of the page that shows it itself
  assert.equal(unclaimed.value.length, 0)
  taken()
  assert.equal(unclaimed.value.length, 1)
  await flush()
  assert.equal(posted.length, 2)
  await putAway('op-1')
  assert.equal(arrived.value.length, 0)
  assert.equal((await box.all('amina')).length, 0)
})

test('send: an answer that the page still waits for is its own to show', async (context) => {
  school(context, { status: 200, body: { outcome: 'right' } })
  assert.deepEqual(await send('/api/v1/attempt', {}, { keep: true, show: {} }), { ok: true, data: { outcome: 'right' } })
  await flush()
  assert.equal(arrived.value.length, 0)
  assert.equal((await box.all('amina')).length, 0)
})

test('send: a busy school is asked again, not shown as a refusal', async (context) => {
  school(context, { status: 503, body: { kind: 'unavailable', say: { code: 'fault.busy' } }, after: '3600' })
  assert.deepEqual(await send('/api/v1/attempt', {}, { keep: true }), { ok: false, kept: true })
  assert.equal(waiting.value, 1)
  assert.equal(refused.value.length, 0)
  assert.equal(saved.value, 'waiting')
})

test('send: what the school refuses stays on this device and does not hold up what follows', async (context) => {
  const posted = school(context, { status: 422, body: { kind: 'invalid', say: { code: 'fault.x' } } }, { status: 200 })
  const first = await send('/api/v1/attempt', { n: 1 }, { keep: true })
  assert.deepEqual(first, { ok: false, kept: false, problem: { status: 422, kind: 'invalid', say: { code: 'fault.x' }, ref: undefined } })
  assert.ok((await send('/api/v1/attempt', { n: 2 }, { keep: true })).ok)
  await flush()
  assert.equal(posted.length, 2)
  assert.equal(refused.value.length, 1)
  assert.equal(waiting.value, 0)
  await putAway(refused.value[0]!.op)
  assert.equal(refused.value.length, 0)
})

test('send: a session that ended keeps the work and says so', async (context) => {
  school(context, { status: 401, body: { kind: 'unauthenticated', say: { code: 'fault.x' } } })
  assert.deepEqual(await send('/api/v1/attempt', {}, { keep: true }), { ok: false, kept: true })
  assert.equal(signedOut.value, true)
  assert.equal((await box.all('amina')).length, 1)
})

test('send: entries go out one at a time in the order they were made', async (context) => {
  let open = 0
  const seen: unknown[] = []
  context.mock.method(globalThis, 'fetch', async (_: string, init: { body: string }) => {
    assert.equal(++open, 1, 'two requests at once')
    await new Promise((done) => { setTimeout(done, 5) })
    seen.push((JSON.parse(init.body) as { n: number }).n)
    open--
    return Response.json({})
  })
  await Promise.all([1, 2, 3, 4].map((n) => send('/api/v1/attempt', { n }, { keep: true })))
  assert.deepEqual(seen, [1, 2, 3, 4])
})

test('send: one person’s work on a shared tablet is never sent by another', async (context) => {
  const posted = school(context, 'network', { status: 200 })
  await send('/api/v1/attempt', { n: 1 }, { keep: true })
  setPage({ me: { id: 'ben', name: 'Ben', role: 'learner' } })
  await flush()
  assert.equal(posted.length, 1)
  assert.equal(waiting.value, 0)
  setPage({ me: { id: 'amina', name: 'Amina', role: 'learner' } })
  await flush()
  assert.equal(posted.length, 2)
})

test('send: a device that cannot store does not stop the answer', async (context) => {
  const posted = school(context, { status: 200, body: { outcome: 'right' } })
  useBox({ ...box, put: () => Promise.reject(new DOMException('full', 'QuotaExceededError')) })
  assert.deepEqual(await send('/api/v1/attempt', { n: 1 }, { keep: true }), { ok: true, data: { outcome: 'right' } })
  assert.equal(posted.length, 1)
  assert.equal(waiting.value, 0)
})

test('act: says what became of it and keeps nothing; trying again may be the same act', async (context) => {
  const posted = school(context, 'network', { status: 200, body: { n: 1 } })
  const first = await act('/api/v1/accept', { plan: 'p' }, 'op-1')
  assert.ok(!first.ok && !first.kept && first.problem.status === 0)
  assert.deepEqual(await act('/api/v1/accept', { plan: 'p' }, 'op-1'), { ok: true, data: { n: 1 } })
  assert.deepEqual(posted.map((p) => p.body), [{ plan: 'p', op: 'op-1' }, { plan: 'p', op: 'op-1' }])
  assert.equal((await box.all('amina')).length, 0)
})

test('act: a proxy’s page instead of a problem document is still a plain sentence', async (context) => {
  context.mock.method(globalThis, 'fetch', () => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 })))
  const got = await act('/api/v1/x')
  assert.deepEqual(got, { ok: false, kept: false, problem: { status: 502, kind: 'internal', say: { code: 'ui.error.unknown' }, ref: undefined } })
})
